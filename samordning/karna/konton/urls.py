from django.urls import path

from samordning.karna.konton import inbjudan_views, views

app_name = "konton"
urlpatterns = [
    path("", views.konto_list, name="konto_list"),
    path("mitt/", views.mitt_konto, name="mitt_konto"),
    path("bjud-in/", inbjudan_views.inbjudan_create, name="inbjudan_create"),
    path("inbjudan/", inbjudan_views.inbjudan_los_in, name="inbjudan_los_in"),
    path("<int:pk>/", views.konto_detail, name="konto_detail"),
    path("<int:pk>/inbjudan/", inbjudan_views.inbjudan_resend, name="inbjudan_resend"),
    path("<int:pk>/uppdrag/", views.uppdrag_create, name="uppdrag_create"),
    path("<int:pk>/uppdrag/<int:uppdrag_pk>/avsluta/", views.uppdrag_end, name="uppdrag_end"),
    path("<int:pk>/stang/", views.konto_stang, name="konto_stang"),
    path("<int:pk>/oppna/", views.konto_oppna, name="konto_oppna"),
]
