from django.urls import path

from samordning.karna import tema

app_name = "karna"
urlpatterns = [path("tema/", tema.tema, name="tema")]
