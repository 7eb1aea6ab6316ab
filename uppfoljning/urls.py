from django.urls import path

from uppfoljning import (
    deltagande_views,
    forlangning_views,
    kod_views,
    pappersblankett,
    rapport_views,
    sammanslagning_views,
    start_views,
    views,
)

app_name = "uppfoljning"
urlpatterns = [
    path("utfall/", views.utfall, name="utfall"),
    path("utfall/json/", views.utfall_json, name="utfall_json"),
    path("rapporter/", rapport_views.rapport_list, name="rapport_list"),
    path("rapporter/ny/", rapport_views.rapport_create, name="rapport_create"),
    path("rapporter/<uuid:uuid>/", rapport_views.rapport_detail, name="rapport_detail"),
    path("rapporter/<uuid:uuid>/fil/<slug:slag>/", rapport_views.rapport_fil, name="rapport_fil"),
    path("rapporter/<uuid:uuid>/granska/", rapport_views.rapport_granska, name="rapport_granska"),
    path("rapporter/<uuid:uuid>/slapp/", rapport_views.rapport_slapp, name="rapport_slapp"),
    path("rapporter/<uuid:uuid>/faststall/", rapport_views.rapport_faststall, name="rapport_faststall"),
    path("deltagare/", deltagande_views.deltagande_list, name="deltagande_list"),
    path("deltagare/<uuid:uuid>/", deltagande_views.deltagande_detail, name="deltagande_detail"),
    path("deltagare/<uuid:uuid>/nummer/", deltagande_views.deltagande_nummer, name="deltagande_nummer"),
    path("deltagare/<uuid:uuid>/andra/", deltagande_views.deltagande_edit, name="deltagande_edit"),
    path("deltagare/<uuid:uuid>/lage/<str:tillfalle>/", deltagande_views.lage_edit, name="lage_edit"),
    path("deltagare/<uuid:uuid>/avsluta/", deltagande_views.deltagande_avsluta, name="deltagande_avsluta"),
    path(
        "deltagare/<uuid:uuid>/felregistrera/",
        deltagande_views.deltagande_felregistrera,
        name="deltagande_felregistrera",
    ),
    path("deltagare/<uuid:uuid>/skydda/", deltagande_views.deltagande_skydda, name="deltagande_skydda"),
    path("deltagare/<uuid:uuid>/blankett/", pappersblankett.blankett, name="blankett"),
    path("deltagare/<uuid:uuid>/samma-person/", sammanslagning_views.samma_person, name="samma_person"),
    path(
        "deltagare/<uuid:uuid>/samma-person/<uuid:annan>/",
        sammanslagning_views.sammanslagning_create,
        name="sammanslagning_create",
    ),
    path(
        "deltagare/<uuid:uuid>/dela-upp/", sammanslagning_views.sammanslagning_dela_upp, name="sammanslagning_dela_upp"
    ),
    path("deltagare/<uuid:uuid>/kod/<str:tillfalle>/", kod_views.svarskod_create, name="svarskod_create"),
    path("forlangning/<int:pk>/", forlangning_views.forlangning_create, name="forlangning_create"),
    path("forlangning/<int:pk>/resultat/", forlangning_views.forlangning_resultat, name="forlangning_resultat"),
    path("lagesrapport/<int:pk>/siffror/", forlangning_views.lagesrapport_siffror, name="lagesrapport_siffror"),
    path("start/ny/<slug:slug>/", start_views.start_utan_remiss, name="start_utan_remiss"),
    path("start/<uuid:uuid>/", start_views.start_fran_remiss, name="start_fran_remiss"),
]
