from django.urls import path

from uppfoljning import publik_views

app_name = "resultat"
urlpatterns = [
    path("", publik_views.resultat_list, name="resultat_list"),
    path("<slug:kod>/", publik_views.resultat_detail, name="resultat_detail"),
    path("<slug:kod>/<slug:slag>/", publik_views.resultat_fil, name="resultat_fil"),
]
