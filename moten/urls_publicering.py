"""Publication of records, and what the public reads. Joined in `moten/urls.py`."""

from django.urls import path

from moten import anslag_views as anslag
from moten import publicering_views as publicering

urlpatterns = [
    path("moten/<int:pk>/publicera/", publicering.publicera, name="publicera"),
    path("moten/<int:pk>/ratta/", publicering.mote_ratta, name="mote_ratta"),
    path("moten/<int:pk>/arkivera/", publicering.mote_arkivera, name="mote_arkivera"),
    path("moten/<int:pk>/anslag/", anslag.anslag_edit, name="anslag_edit"),
    path("moten/<int:pk>/anslag/bevis.pdf", anslag.anslag_bevis, name="anslag_bevis"),
    path("protokoll/", publicering.protokoll_list, name="protokoll_list"),
    path("protokoll/<int:pk>/", publicering.protokoll_detail, name="protokoll_detail"),
    path("protokoll/<int:pk>/fil/", publicering.protokoll_fil, name="protokoll_fil"),
    path("anslag/", anslag.anslag_list, name="anslag_list"),
]
