"""A meeting's close, what is to be done, and what became of it. Joined in `moten/urls.py`."""

from django.urls import path

from moten import atgard_views as atgard
from moten import avslut_views as avslut

urlpatterns = [
    path("moten/<int:pk>/avsluta/", avslut.mote_avsluta, name="mote_avsluta"),
    path("moten/<int:pk>/ateroppna/", avslut.mote_ateroppna, name="mote_ateroppna"),
    path("atgarder/", atgard.atgard_list, name="atgard_list"),
    path("atgarder/<int:pk>/", atgard.atgard_edit, name="atgard_edit"),
]
