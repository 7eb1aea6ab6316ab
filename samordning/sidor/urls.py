from django.conf import settings
from django.urls import path

from samordning.sidor import views

app_name = "sidor"
urlpatterns = [
    path("", views.rot, name="rot"),
    path("start/", views.start, name="start"),
    path("start/notiser/las/", views.notiser_las, name="notiser_las"),
    path("halsa/", views.halsa, name="halsa"),
]
if settings.DEBUG:
    urlpatterns += [
        path("komponenter/", views.komponenter, name="komponenter"),
        path("komponenter/deltagare/", views.komponenter_deltagare, name="komponenter_deltagare"),
    ]
