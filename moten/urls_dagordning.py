"""The agenda: what a body always takes up, wishes, building and ordering. Joined in `moten/urls.py`."""

from django.urls import path

from moten import dagordning_kallor_views as kallor
from moten import dagordning_mote_views as mote
from moten import dagordning_views as dagordning

urlpatterns = [
    path("moten/", mote.mote_list, name="mote_list"),
    path("moten/<int:pk>/andra/", mote.mote_edit, name="mote_edit"),
    path("moten/<int:pk>/stall-in/", mote.mote_stall_in, name="mote_stall_in"),
    path("moten/<int:pk>/ateruppta/", mote.mote_ateruppta, name="mote_ateruppta"),
    path("moten/<int:pk>/nasta/", mote.mote_nasta, name="mote_nasta"),
    path("moten/<int:pk>/dagordning/", dagordning.dagordning_edit, name="dagordning_edit"),
    path("moten/<int:pk>/dagordning/bygg/", dagordning.dagordning_bygg, name="dagordning_bygg"),
    path("moten/<int:pk>/punkter/ny/", dagordning.punkt_create, name="punkt_create"),
    path("punkter/<int:pk>/", dagordning.punkt_edit, name="punkt_edit"),
    path("punkter/<int:pk>/upp/", dagordning.punkt_upp, name="punkt_upp"),
    path("punkter/<int:pk>/ner/", dagordning.punkt_ner, name="punkt_ner"),
    path("punkter/<int:pk>/ta-bort/", dagordning.punkt_delete, name="punkt_delete"),
    path("moten/<int:pk>/underlag/nytt/", dagordning.underlag_create, name="underlag_create"),
    path("underlag/<int:pk>/fil/", dagordning.underlag_fil, name="underlag_fil"),
    path("underlag/<int:pk>/utga/", dagordning.underlag_utga, name="underlag_utga"),
    path("organ/<int:pk>/fasta-punkter/", kallor.fastpunkt_list, name="fastpunkt_list"),
    path("organ/<int:pk>/fasta-punkter/vanliga/", kallor.fastpunkt_vanliga, name="fastpunkt_vanliga"),
    path("organ/<int:pk>/fasta-punkter/ny/", kallor.fastpunkt_create, name="fastpunkt_create"),
    path("fasta-punkter/<int:pk>/", kallor.fastpunkt_edit, name="fastpunkt_edit"),
    path("fasta-punkter/<int:pk>/ta-bort/", kallor.fastpunkt_delete, name="fastpunkt_delete"),
    path("fasta-punkter/<int:pk>/upp/", kallor.fastpunkt_upp, name="fastpunkt_upp"),
    path("fasta-punkter/<int:pk>/ner/", kallor.fastpunkt_ner, name="fastpunkt_ner"),
    path("onskade-punkter/", kallor.forslag_list, name="forslag_list"),
    path("onskade-punkter/ny/", kallor.forslag_create, name="forslag_create"),
    path("onskade-punkter/<int:pk>/ta-inte-upp/", kallor.forslag_avfor, name="forslag_avfor"),
    path("samtalsfragor/", kallor.samtalsfraga_list, name="samtalsfraga_list"),
    path("samtalsfragor/ny/", kallor.samtalsfraga_create, name="samtalsfraga_create"),
    path("samtalsfragor/<int:pk>/", kallor.samtalsfraga_edit, name="samtalsfraga_edit"),
]
