from django.urls import path

from ekonomi import views_ar, views_budget, views_flode, views_regel, views_rekvisition, views_scenario

app_name = "ekonomi"
REKVISITION = "rekvisitioner/<int:pk>/"
urlpatterns = [
    path("", views_ar.ar_list, name="ar_list"),
    path("ar/nytt/", views_ar.ar_create, name="ar_create"),
    path("ar/<int:pk>/", views_ar.ar_detail, name="ar_detail"),
    path("ar/<int:pk>/andra/", views_ar.ar_edit, name="ar_edit"),
    path("ar/<int:pk>/bidrag/", views_budget.bidrag_edit, name="bidrag_edit"),
    path("ar/<int:pk>/faststall/", views_budget.ar_faststall, name="ar_faststall"),
    path("ar/<int:pk>/revidera/", views_budget.ar_revidera, name="ar_revidera"),
    path("rader/<int:pk>/", views_budget.post_edit, name="post_edit"),
    path("budgetversioner/<int:pk>/", views_budget.version_detail, name="version_detail"),
    path("eget-kapital/", views_regel.kapitalregel_edit, name="kapitalregel_edit"),
    path("rekvisitioner/", views_rekvisition.rekvisition_list, name="rekvisition_list"),
    path("rekvisitioner/kalkylblad/", views_rekvisition.rekvisition_blad, name="rekvisition_blad"),
    path("rekvisitioner/ny/<int:pk>/", views_rekvisition.rekvisition_create, name="rekvisition_create"),
    path("avtal/<int:pk>/rekvisitioner/", views_rekvisition.rekvisition_panel, name="rekvisition_panel"),
    path(REKVISITION, views_rekvisition.rekvisition_detail, name="rekvisition_detail"),
    path(f"{REKVISITION}andra/", views_rekvisition.rekvisition_edit, name="rekvisition_edit"),
    path(f"{REKVISITION}underlag/", views_rekvisition.rekvisition_fil, name="rekvisition_fil"),
    path(f"{REKVISITION}skicka/", views_flode.rekvisition_skicka, name="rekvisition_skicka"),
    path(f"{REKVISITION}attestera/", views_flode.rekvisition_attestera_forst, name="rekvisition_attestera_forst"),
    path(f"{REKVISITION}attestera-andra/", views_flode.rekvisition_attestera_sist, name="rekvisition_attestera_sist"),
    path(f"{REKVISITION}skicka-tillbaka/", views_flode.rekvisition_skicka_tillbaka, name="rekvisition_skicka_tillbaka"),
    path(f"{REKVISITION}betald/", views_flode.rekvisition_betala, name="rekvisition_betala"),
    path(f"{REKVISITION}aterkalla/", views_flode.rekvisition_aterkalla, name="rekvisition_aterkalla"),
    path("scenarier/", views_scenario.scenario_list, name="scenario_list"),
    path("scenarier/nytt/", views_scenario.scenario_create, name="scenario_create"),
    path("scenarier/jamfor/", views_scenario.scenario_jamfor, name="scenario_jamfor"),
    path("scenarier/<int:pk>/", views_scenario.scenario_detail, name="scenario_detail"),
    path("scenarier/<int:pk>/andra/", views_scenario.scenario_edit, name="scenario_edit"),
    path("scenarier/<int:pk>/ta-bort/", views_scenario.scenario_ta_bort, name="scenario_ta_bort"),
    path("scenarier/<int:pk>/underlag/", views_scenario.scenario_underlag, name="scenario_underlag"),
]
