from django.urls import path

from moten import (
    arende_views,
    beslut_views,
    handling_views,
    organ_views,
    runda_views,
    urls_dagordning,
    urls_motet,
)

app_name = "moten"
urlpatterns = [
    path("arenden/", arende_views.arende_list, name="arende_list"),
    path("arenden/<int:pk>/till-beredning/", arende_views.arende_till_beredning, name="arende_till_beredning"),
    path("arenden/<int:pk>/till-au/", arende_views.arende_till_au, name="arende_till_au"),
    path("arenden/<int:pk>/till-styrelse/", arende_views.arende_till_styrelse, name="arende_till_styrelse"),
    path("arenden/<int:pk>/aterkalla/", arende_views.arende_aterkalla, name="arende_aterkalla"),
    path("arenden/<int:pk>/avsluta/", arende_views.arende_avsluta, name="arende_avsluta"),
    path("arenden/<int:pk>/handlaggare/", arende_views.handlaggare_edit, name="handlaggare_edit"),
    path("arenden/<int:pk>/yttranden/", runda_views.runda_create, name="runda_create"),
    path("arenden/<int:pk>/beslut/", beslut_views.beslut_create, name="beslut_create"),
    path("arenden/<int:pk>/handlingar/", handling_views.handling_create, name="handling_create"),
    path("arenden/<int:pk>/jav/", handling_views.jav_edit, name="jav_edit"),
    path("rundor/<int:pk>/", runda_views.runda_detail, name="runda_detail"),
    path("rundor/<int:pk>/paminn/", runda_views.runda_paminn, name="runda_paminn"),
    path("rundor/<int:pk>/stang/", runda_views.runda_stang, name="runda_stang"),
    path("yttranden/<int:pk>/", runda_views.yttrande_edit, name="yttrande_edit"),
    path("beslut/<int:pk>/", beslut_views.beslut_klart, name="beslut_klart"),
    path("beslut/<int:pk>/ratta/", beslut_views.beslut_edit, name="beslut_edit"),
    path("handlingar/<int:pk>/fil/", handling_views.handling_fil, name="handling_fil"),
    path("handlingar/<int:pk>/makulera/", handling_views.handling_makulera, name="handling_makulera"),
    path("organ/", organ_views.organ_list, name="organ_list"),
    path("organ/nytt/", organ_views.organ_create, name="organ_create"),
    path("organ/<int:pk>/", organ_views.organ_detail, name="organ_detail"),
    path("organ/<int:pk>/andra/", organ_views.organ_edit, name="organ_edit"),
    path("organ/<int:pk>/ledamoter/ny/", organ_views.ledamot_create, name="ledamot_create"),
    path("organ/<int:pk>/moten/nya/", organ_views.mote_create, name="mote_create"),
    path("ledamoter/<int:pk>/", organ_views.ledamot_edit, name="ledamot_edit"),
    path("moten/<int:pk>/ta-bort/", organ_views.mote_delete, name="mote_delete"),
    *urls_dagordning.urlpatterns,
    *urls_motet.urlpatterns,
]
