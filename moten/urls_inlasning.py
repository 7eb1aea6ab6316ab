"""Old minutes that are read in. Joined in `moten/urls.py`."""

from django.urls import path

from moten import inlasning_views as views

urlpatterns = [
    path("inlasning/", views.inlasning_list, name="inlasning_list"),
    path("inlasning/ny/", views.inlasning_create, name="inlasning_create"),
    path("inlasning/spara/", views.inlasning_spara_klara, name="inlasning_spara_klara"),
    path("inlasning/<int:pk>/", views.inlasning_detail, name="inlasning_detail"),
    path("inlasning/<int:pk>/las/", views.inlasning_las, name="inlasning_las"),
    path("inlasning/<int:pk>/ta-bort/", views.inlasning_kasta, name="inlasning_kasta"),
    path("inlasning/<int:pk>/angra/", views.angra, name="inlasning_angra"),
    path("inlasning/<int:pk>/fil/", views.inlasning_fil, name="inlasning_fil"),
    path("moten/<int:pk>/original/", views.mote_original, name="mote_original"),
]
