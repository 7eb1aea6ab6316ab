from django.urls import path

from samordning.karna.kontakter import views

app_name = "kontakter"
urlpatterns = [
    path("", views.kontakt_list, name="kontakt_list"),
    path("ny/", views.kontakt_create, name="kontakt_create"),
    path("<int:pk>/", views.kontakt_detail, name="kontakt_detail"),
    path("<int:pk>/andra/", views.kontakt_edit, name="kontakt_edit"),
    path("<int:pk>/sla-ihop/", views.kontakt_valj, name="kontakt_valj"),
    path("<int:pk>/sla-ihop/<int:andra>/", views.kontakt_sla_ihop, name="kontakt_sla_ihop"),
]
