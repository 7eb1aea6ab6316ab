from django.conf import settings
from django.urls import path

from samordning.sidor import arende_views, jobb_views, views

app_name = "sidor"
urlpatterns = [
    path("", views.rot, name="rot"),
    path("start/", views.start, name="start"),
    path("start/notiser/las/", views.notiser_las, name="notiser_las"),
    path("jobb/", jobb_views.jobb_list, name="jobb_list"),
    path("jobb/<uuid:uuid>/", jobb_views.jobb_detail, name="jobb_detail"),
    path("jobb/<uuid:uuid>/avbryt/", jobb_views.jobb_avbryt, name="jobb_avbryt"),
    path("jobb/<uuid:uuid>/igen/", jobb_views.jobb_igen, name="jobb_igen"),
    path("arenden/<int:pk>/", arende_views.arende, name="arende"),
    path("arenden/<int:pk>/pdf/", arende_views.arende_pdf, name="arende_pdf"),
    path("ansokningstider/", arende_views.ansokningstider, name="ansokningstider"),
    path("halsa/", views.halsa, name="halsa"),
]
if settings.DEBUG:
    urlpatterns += [
        path("komponenter/", views.komponenter, name="komponenter"),
        path("komponenter/deltagare/", views.komponenter_deltagare, name="komponenter_deltagare"),
    ]
