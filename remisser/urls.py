from django.urls import path

from remisser import views, views_enhet, views_skriva, views_svara

app_name = "remisser"
urlpatterns = [
    path("", views.remiss_list, name="remiss_list"),
    path("inkorg/", views.inkorg_list, name="inkorg_list"),
    path("flode/", views.flode, name="flode"),
    path("enheter/", views_enhet.enhet_list, name="enhet_list"),
    path("enhet/<int:pk>/", views_enhet.enhet_edit, name="enhet_edit"),
    path("ny/<slug:slug>/", views_skriva.remiss_create, name="remiss_create"),
    path("papper/<slug:slug>/", views_svara.papper_create, name="papper_create"),
    path("<uuid:uuid>/", views.remiss_detail, name="remiss_detail"),
    path("<uuid:uuid>/steg/<int:nr>/", views_skriva.remiss_steg, name="remiss_steg"),
    path("<uuid:uuid>/skicka/", views_skriva.remiss_skicka, name="remiss_skicka"),
    path("<uuid:uuid>/aterta/", views_skriva.remiss_aterta, name="remiss_aterta"),
    path("<uuid:uuid>/ta-bort/", views_skriva.remiss_ta_bort, name="remiss_ta_bort"),
    path("<uuid:uuid>/ta-emot/", views_svara.remiss_ta_emot, name="remiss_ta_emot"),
    path("<uuid:uuid>/avboj/", views_svara.remiss_avboj, name="remiss_avboj"),
]
