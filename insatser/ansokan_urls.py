"""Applications as the parties write them; what the kansli does with them is in handlaggning_views.py."""

from django.urls import path

from insatser import (
    ansokan_ide_views,
    ansokan_komplettering_views,
    ansokan_parter_views,
    ansokan_skriva_views,
    ansokan_views,
    handlaggning_views,
)

app_name = "ansokan"
urlpatterns = [
    path("", ansokan_views.ansokan_list, name="ansokan_list"),
    path("ny/<slug:slag>/", ansokan_skriva_views.ansokan_create, name="ansokan_create"),
    path("ideer/", ansokan_ide_views.ide_list, name="ide_list"),
    path("ideer/ny/", ansokan_ide_views.ide_create, name="ide_create"),
    path("ideer/<int:pk>/", ansokan_ide_views.ide_edit, name="ide_edit"),
    path("<int:pk>/", ansokan_views.ansokan_detail, name="ansokan_detail"),
    path("<int:pk>/versioner/", ansokan_views.ansokan_versioner, name="ansokan_versioner"),
    path("<int:pk>/namn/", ansokan_skriva_views.ansokan_edit, name="ansokan_edit"),
    path("<int:pk>/skriv/<slug:nyckel>/", ansokan_skriva_views.avsnitt_edit, name="avsnitt_edit"),
    path("<int:pk>/kontroll/", ansokan_skriva_views.kontroll, name="kontroll"),
    path("<int:pk>/skicka/", ansokan_skriva_views.ansokan_skicka, name="ansokan_skicka"),
    path("<int:pk>/omarbeta/", ansokan_skriva_views.ansokan_omarbeta, name="ansokan_omarbeta"),
    path("<int:pk>/ta-bort/", ansokan_skriva_views.ansokan_delete, name="ansokan_delete"),
    path("<int:pk>/parter/", ansokan_parter_views.parter, name="parter"),
    path("<int:pk>/parter/<int:rad>/bakom/", ansokan_parter_views.part_bakom, name="part_bakom"),
    path("<int:pk>/parter/<int:rad>/angra/", ansokan_parter_views.part_angra, name="part_angra"),
    path("<int:pk>/parter/<int:rad>/huvudpart/", ansokan_parter_views.part_huvud, name="part_huvud"),
    path("<int:pk>/parter/<int:rad>/ta-bort/", ansokan_parter_views.part_delete, name="part_delete"),
    path("<int:pk>/bilagor/", ansokan_parter_views.bilagor, name="bilagor"),
    path("<int:pk>/bilagor/<int:bilaga>/", ansokan_parter_views.bilaga_fil, name="bilaga_fil"),
    path("<int:pk>/bilagor/<int:bilaga>/ta-bort/", ansokan_parter_views.bilaga_delete, name="bilaga_delete"),
    path("<int:pk>/komplettering/", ansokan_komplettering_views.komplettering_edit, name="komplettering_edit"),
    path(
        "<int:pk>/komplettering/skicka/", ansokan_komplettering_views.komplettering_skicka, name="komplettering_skicka"
    ),
    path("<int:pk>/begar-komplettering/", handlaggning_views.komplettering_create, name="komplettering_create"),
    path("<int:pk>/granskning/", handlaggning_views.granskning_edit, name="granskning"),
]
