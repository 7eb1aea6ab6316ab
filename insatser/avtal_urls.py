from django.urls import path

from insatser import avtal_views, uppdrag_views

app_name = "avtal"
urlpatterns = [
    path("", avtal_views.avtal_list, name="avtal_list"),
    path("<int:pk>/", avtal_views.avtal_detail, name="avtal_detail"),
    path("beslut/<int:pk>/", avtal_views.avtal_fran_beslut, name="avtal_fran_beslut"),
    path("beslut/<int:pk>/villkor/", avtal_views.villkor_create, name="villkor_create"),
    path("villkor/<int:pk>/", avtal_views.villkor_edit, name="villkor_edit"),
    path("lagesrapporter/", uppdrag_views.lagesrapport_list, name="lagesrapport_list"),
    path("lagesrapporter/<int:pk>/", uppdrag_views.lagesrapport_detail, name="lagesrapport_detail"),
    path("lagesrapporter/<int:pk>/skriv/", uppdrag_views.lagesrapport_edit, name="lagesrapport_edit"),
    path("lagesrapporter/<int:pk>/godkann/", uppdrag_views.lagesrapport_godkann, name="lagesrapport_godkann"),
    path(
        "lagesrapporter/<int:pk>/skicka-tillbaka/",
        uppdrag_views.lagesrapport_skicka_tillbaka,
        name="lagesrapport_skicka_tillbaka",
    ),
    path("lagesrapporter/<int:pk>/hoppa/", uppdrag_views.lagesrapport_hoppa, name="lagesrapport_hoppa"),
    path("lagesrapporter/<int:pk>/aterstall/", uppdrag_views.lagesrapport_aterstall, name="lagesrapport_aterstall"),
]
