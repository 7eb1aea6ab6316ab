from django.urls import path

from uppfoljning import views

app_name = "uppfoljning"
urlpatterns = [
    path("utfall/", views.utfall, name="utfall"),
    path("utfall/json/", views.utfall_json, name="utfall_json"),
]
