"""The diarium's papers and requests for disclosure. Joined in `moten/urls.py`."""

from django.urls import path

from moten import diarium_views, utlamnande_views

urlpatterns = [
    path("arenden/export/", diarium_views.arende_export, name="arende_export"),
    path("handlingar/", diarium_views.handling_list, name="handling_list"),
    path("utlamnanden/", utlamnande_views.utlamnande_list, name="utlamnande_list"),
    path("utlamnanden/ny/", utlamnande_views.utlamnande_create, name="utlamnande_create"),
    path("utlamnanden/<int:pk>/", utlamnande_views.utlamnande_edit, name="utlamnande_edit"),
]
