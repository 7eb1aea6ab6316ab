from django.urls import path

from insatser import views, views_avtal, views_bemanning, views_redigering

app_name = "insatser"
urlpatterns = [
    path("", views.insats_list, name="insats_list"),
    # Before the slugs, and a name that `ledig_slug` never gives.
    path("ny/", views_redigering.insats_create, name="insats_create"),
    path("<slug:slug>/", views.insats_detail, name="insats_detail"),
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
]
