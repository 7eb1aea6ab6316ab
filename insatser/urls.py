from django.urls import path

from insatser import (
    utbud_kansli_views,
    utbud_views,
    views,
    views_avtal,
    views_bemanning,
    views_redigering,
    views_utdrag,
)

app_name = "insatser"
urlpatterns = [
    path("", views.insats_list, name="insats_list"),
    # Before the slugs, and a name that `ledig_slug` never gives.
    path("ny/", views_redigering.insats_create, name="insats_create"),
    path("katalog.json", views_utdrag.insats_json, name="insats_json"),
    path("kontakt/<int:pk>/", views_bemanning.kontakt_panel, name="kontakt_panel"),
    path("grupper/", utbud_views.grupp_list, name="grupp_list"),
    path("implementering/", utbud_kansli_views.implementering_list, name="implementering_list"),
    path("nck/", utbud_kansli_views.nck_list, name="nck"),
    path("nck/<int:pk>/", utbud_kansli_views.nck_edit, name="nck_edit"),
    path("<slug:slug>/", views.insats_detail, name="insats_detail"),
    path("<slug:slug>/blad.pdf", views_utdrag.insats_blad, name="insats_blad"),
    path("<slug:slug>/andra/", views_redigering.insats_edit, name="insats_edit"),
    path("<slug:slug>/historik/", views_redigering.insats_historik, name="insats_historik"),
    path("<slug:slug>/platser/", views_redigering.insats_platser, name="insats_platser"),
    path("<slug:slug>/kontakter/ny/", views_bemanning.insats_kontakt_create, name="insats_kontakt_create"),
    path("<slug:slug>/kontakter/<int:pk>/", views_bemanning.insats_kontakt_edit, name="insats_kontakt_edit"),
    path(
        "<slug:slug>/kontakter/<int:pk>/ta-bort/",
        views_bemanning.insats_kontakt_delete,
        name="insats_kontakt_delete",
    ),
    path("<slug:slug>/medarbetare/", views_bemanning.medarbetare_list, name="medarbetare_list"),
    path("<slug:slug>/medarbetare/ny/", views_bemanning.medarbetare_create, name="medarbetare_create"),
    path("<slug:slug>/medarbetare/<int:pk>/avsluta/", views_bemanning.medarbetare_end, name="medarbetare_end"),
    path("<slug:slug>/avtal/nytt/", views_avtal.avtal_create, name="avtal_create"),
    path("<slug:slug>/avtal/<int:pk>/", views_avtal.avtal_edit, name="avtal_edit"),
    path("<slug:slug>/grupper/ny/", utbud_views.grupp_create, name="grupp_create"),
    path("<slug:slug>/grupper/<int:pk>/", utbud_views.grupp_edit, name="grupp_edit"),
    path("<slug:slug>/grupper/<int:pk>/bekrafta/", utbud_views.grupp_bekrafta, name="grupp_bekrafta"),
    path("<slug:slug>/grupper/<int:pk>/avsluta/", utbud_views.grupp_avsluta, name="grupp_avsluta"),
    path("<slug:slug>/blankett/", utbud_kansli_views.blankett_edit, name="blankett_edit"),
    path("<slug:slug>/blankett/hamta/", utbud_kansli_views.blankett, name="blankett"),
    path("<slug:slug>/blankett/ta-bort/", utbud_kansli_views.blankett_delete, name="blankett_delete"),
    path("<slug:slug>/implementering/", utbud_kansli_views.implementering, name="implementering"),
]
