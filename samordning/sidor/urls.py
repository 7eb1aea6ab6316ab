from django.conf import settings
from django.urls import path

from samordning.sidor import arende_views, jobb_views, sok_views, views

app_name = "sidor"
urlpatterns = [
    path("", views.rot, name="rot"),
    path("start/", views.start, name="start"),
    path("start/notiser/las/", views.notiser_las, name="notiser_las"),
    path("sok/", sok_views.sok, name="sok"),
    path("sok/sparade/", sok_views.sokning_list, name="sokning_list"),
    path("sok/sparade/ny/", sok_views.sokning_create, name="sokning_create"),
    path("sok/sparade/<int:pk>/", sok_views.sokning_visa, name="sokning_visa"),
    path("sok/sparade/<int:pk>/namn/", sok_views.sokning_edit, name="sokning_edit"),
    path("sok/sparade/<int:pk>/ta-bort/", sok_views.sokning_delete, name="sokning_delete"),
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
