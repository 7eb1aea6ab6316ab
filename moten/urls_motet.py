"""The meeting while it goes on and its page. Joined in `moten/urls.py`."""

from django.urls import path

from moten import motet_anteckna_views as anteckna
from moten import motet_narvaro_views as narvaro
from moten import motet_views as motet

urlpatterns = [
    path("moten/<int:pk>/", motet.mote_detail, name="mote_detail"),
    path("moten/<int:pk>/oppna/", motet.mote_oppna, name="mote_oppna"),
    path("moten/<int:pk>/narvaro/", narvaro.narvaro_list, name="narvaro_list"),
    path("moten/<int:pk>/narvaro/alla/", narvaro.narvaro_alla, name="narvaro_alla"),
    path("moten/<int:pk>/narvaro/ny/", narvaro.narvaro_create, name="narvaro_create"),
    path("narvaro/<int:pk>/", narvaro.narvaro_edit, name="narvaro_edit"),
    path("narvaro/<int:pk>/pricka/", narvaro.narvaro_satt, name="narvaro_satt"),
    path("moten/<int:pk>/anteckna/", anteckna.anteckna, name="anteckna"),
    path("punkter/<int:pk>/anteckna/", anteckna.punkt_anteckna, name="punkt_anteckna"),
    path("punkter/<int:pk>/undantag/", anteckna.undantag_satt, name="undantag_satt"),
    path("punkter/<int:pk>/utfall/nytt/", anteckna.utfall_create, name="utfall_create"),
    path("utfall/<int:pk>/", anteckna.utfall_edit, name="utfall_edit"),
    path("utfall/<int:pk>/upp/", anteckna.utfall_upp, name="utfall_upp"),
    path("utfall/<int:pk>/ner/", anteckna.utfall_ner, name="utfall_ner"),
    path("utfall/<int:pk>/ta-bort/", anteckna.utfall_delete, name="utfall_delete"),
    path("punkter/<int:pk>/min-anteckning/", motet.min_anteckning, name="min_anteckning"),
]
