"""The record on paper, and its approval. Joined in `moten/urls.py`."""

from django.urls import path

from moten import justering_views as justering

urlpatterns = [
    path("moten/<int:pk>/protokoll.pdf", justering.protokoll_pdf_view, name="protokoll_pdf"),
    path("moten/<int:pk>/utdrag/<int:punkt>.pdf", justering.paragraf_pdf, name="paragraf_pdf"),
    path("protokollversioner/<int:pk>/fil/", justering.protokollversion_fil, name="protokollversion_fil"),
    path("moten/<int:pk>/justering/", justering.justering, name="justering"),
    path("moten/<int:pk>/justering/justera/", justering.justera, name="justera"),
    path("moten/<int:pk>/justering/kommentera/", justering.kommentera, name="justering_kommentera"),
    path("moten/<int:pk>/justering/ta-tillbaka/", justering.justering_ta_tillbaka, name="justering_ta_tillbaka"),
    path("moten/<int:pk>/justering/paminn/", justering.justering_paminn, name="justering_paminn"),
    path("moten/<int:pk>/justering/undertecknat/", justering.justering_undertecknat, name="justering_undertecknat"),
    path("justeringskommentarer/<int:pk>/", justering.kommentar_svar, name="kommentar_svar"),
]
