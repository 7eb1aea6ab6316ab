from django.urls import path

from insatser import tillfalle_anmalan_views, tillfalle_nominering_views, tillfalle_views

app_name = "tillfallen"
urlpatterns = [
    path("", tillfalle_views.tillfalle_list, name="tillfalle_list"),
    path("nytt/", tillfalle_views.tillfalle_create, name="tillfalle_create"),
    path("<int:pk>/", tillfalle_views.tillfalle_detail, name="tillfalle_detail"),
    path("<int:pk>/andra/", tillfalle_views.tillfalle_edit, name="tillfalle_edit"),
    path("<int:pk>/stall-in/", tillfalle_views.tillfalle_stall_in, name="tillfalle_stall_in"),
    path("<int:pk>/anmal/", tillfalle_anmalan_views.anmalan_create, name="anmalan_create"),
    path("<int:pk>/avanmal/", tillfalle_anmalan_views.anmalan_avanmal, name="anmalan_avanmal"),
    path("<int:pk>/anmal-annan/", tillfalle_anmalan_views.anmalan_annan, name="anmalan_annan"),
    path("<int:pk>/anmalda/<int:anmalan>/ta-bort/", tillfalle_anmalan_views.anmalan_ta_bort, name="anmalan_ta_bort"),
    path("<int:pk>/narvaro/", tillfalle_anmalan_views.narvaro, name="narvaro"),
    path("<int:pk>/narvaro.xlsx", tillfalle_anmalan_views.narvaro_xlsx, name="narvaro_xlsx"),
    path("goda-exemplet/", tillfalle_nominering_views.nominering_list, name="nominering_list"),
    path("goda-exemplet/ny/", tillfalle_nominering_views.nominering_create, name="nominering_create"),
    path("goda-exemplet/<int:pk>/", tillfalle_nominering_views.nominering_edit, name="nominering_edit"),
    path("goda-exemplet/<int:pk>/ta-bort/", tillfalle_nominering_views.nominering_delete, name="nominering_delete"),
    path("goda-exemplet/<int:pk>/valj/", tillfalle_nominering_views.nominering_valj, name="nominering_valj"),
    path(
        "goda-exemplet/<int:pk>/valj-bort/",
        tillfalle_nominering_views.nominering_valj_bort,
        name="nominering_valj_bort",
    ),  # fmt: skip
]
