"""What people do together on their phones during a meeting. Joined in `moten/urls.py`."""

from django.urls import path

from moten import ordrunda_views as runda
from moten import rum_kansli_views as kansli
from moten import rum_views as rum

urlpatterns = [
    path("rum/", rum.rum_kod, name="rum_kod"),
    path("rum/<str:kod>/", rum.rum_sida, name="rum"),
    path("rum/<str:kod>/grupp/<int:pk>/", rum.rum_grupp, name="rum_grupp"),
    path("rum/<str:kod>/rosta/<int:pk>/", rum.rum_rosta, name="rum_rosta"),
    path("rum/<str:kod>/laget-runt/<int:pk>/", rum.rum_ord, name="rum_ord"),
    path("rum/<str:kod>/utvardera/", rum.rum_utvardera, name="rum_utvardera"),
    path("moten/<int:pk>/rum/", kansli.rummet, name="rummet"),
    path("moten/<int:pk>/rum/visa/", rum.rum_visa, name="rum_visa"),
    path("moten/<int:pk>/utvardering/", kansli.utvardering_edit, name="utvardering_edit"),
    path("utvarderingar/<int:pk>/vand/", kansli.utvardering_vand, name="utvardering_vand"),
    path("utvarderingar/<int:pk>/tom/", kansli.utvardering_tom, name="utvardering_tom"),
    path("utvarderingsfragor/<int:pk>/ta-bort/", kansli.fraga_delete, name="fraga_delete"),
    path("organ/<int:pk>/utvarderingar/", kansli.utvardering_trend, name="utvardering_trend"),
    path("punkter/<int:pk>/grupparbete/", kansli.grupparbete_edit, name="grupparbete_edit"),
    path("grupparbeten/<int:pk>/flytta/", kansli.grupp_flytta, name="grupp_flytta"),
    path("grupparbeten/<int:pk>/vand/", kansli.grupparbete_vand, name="grupparbete_vand"),
    path("punkter/<int:pk>/laget-runt/", runda.ordrunda_edit, name="ordrunda_edit"),
    path("laget-runt/<int:pk>/vand/", runda.ordrunda_vand, name="ordrunda_vand"),
    path("laget-runt/svar/<int:pk>/", runda.ordsvar_edit, name="ordsvar_edit"),
    path("laget-runt/svar/<int:pk>/upp/", runda.ordsvar_upp, name="ordsvar_upp"),
    path("laget-runt/svar/<int:pk>/ner/", runda.ordsvar_ner, name="ordsvar_ner"),
    path("laget-runt/svar/<int:pk>/ta-bort/", runda.ordsvar_delete, name="ordsvar_delete"),
    path("punkter/<int:pk>/omrostning/ny/", kansli.omrostning_create, name="omrostning_create"),
    path("omrostningar/<int:pk>/", kansli.omrostning_detail, name="omrostning_detail"),
    path("omrostningar/<int:pk>/vand/", kansli.omrostning_vand, name="omrostning_vand"),
    path("omrostningar/<int:pk>/tom/", kansli.omrostning_tom, name="omrostning_tom"),
    path("omrostningar/<int:pk>/sla-ihop/", kansli.omrostning_sla_ihop, name="omrostning_sla_ihop"),
    path("omrostningar/<int:pk>/ta-bort/", kansli.omrostning_delete, name="omrostning_delete"),
]
