"""The participant's own pages, open to who has a code."""

from django.urls import path

from uppfoljning import svar_views

app_name = "svara"
urlpatterns = [
    path("", svar_views.kod, name="kod"),
    path("start/", svar_views.start, name="start"),
    path("sprak/", svar_views.sprak, name="sprak"),
    path("fraga/<slug:steg>/", svar_views.fraga, name="fraga"),
    path("kontrollera/", svar_views.granska, name="granska"),
    path("skicka/", svar_views.skicka, name="skicka"),
    path("klart/", svar_views.klart, name="klart"),
    path("andra/", svar_views.andra, name="andra"),
    path("stang/", svar_views.stang, name="stang"),
]
