"""The summons, answers to it, and calendars. Joined in `moten/urls.py`."""

from django.urls import path

from moten import kalender_views as kalender
from moten import kallelse_views as kallelse
from moten import svar_views as svar

urlpatterns = [
    path("moten/<int:pk>/kallelse/", kallelse.kallelse_create, name="kallelse_create"),
    path("moten/<int:pk>/kallelse/paminn/", kallelse.kallelse_paminn, name="kallelse_paminn"),
    path("moten/<int:pk>/kallelse/igen/", kallelse.kallelse_igen, name="kallelse_igen"),
    path("kallelser/<int:pk>/fil/", kallelse.kallelse_fil, name="kallelse_fil"),
    path("kallelser/svar/<str:kod>/", svar.narvaro_svar, name="narvaro_svar"),
    path("narvaro/<int:pk>/svara/", svar.narvaro_svara, name="narvaro_svara"),
    path("kalender/", kalender.kalender_lank, name="kalender_lank"),
    path("kalender/organ/<int:pk>.ics", kalender.kalender_organ, name="kalender_organ"),
    path("kalender/<str:kod>.ics", kalender.kalender_person, name="kalender_person"),
]
