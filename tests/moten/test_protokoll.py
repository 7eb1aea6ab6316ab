"""The record of a meeting as a value: who was there, what came of each item, at a constant number of queries."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moten import protokoll
from moten.models import (
    Alternativ,
    Grupp,
    Grupparbete,
    Narvaro,
    Omrostning,
    Prick,
    Punkt,
    Svar,
    Undantag,
    Utfall,
    Utvardering,
    Utvarderingsfraga,
    Valsedel,
)
from moten.templatetags.motestext import stycken
from samordning.karna.models import Kontakt
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db


def _narvaro(mote, namn, part, status="narvarande", **falt):
    kontakt = Kontakt.objects.create(namn=namn, part=part)
    return Narvaro.objects.create(mote=mote, kontakt=kontakt, part=part, status=status, **falt)


def _punkt(mote, nr):
    punkt = Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}", intern="Bara vi", text="En.\n\n- två")
    Utfall.objects.create(punkt=punkt, typ="medskick", text="Gruppen står bakom.")
    return punkt


def test_det_som_ska_skrivas_ut_ar_med(kommun, forbund):
    mote = ett_mote("beredning", lage="avslutat")
    eva = _narvaro(mote, "Eva Hallgren", kommun, "franvarande")
    bo = _narvaro(mote, "Bo Ek", kommun, ersatter=eva.kontakt, roll="ersattare")
    _narvaro(mote, "Okallad Reserv", kommun, "franvarande", roll="ersattare")
    _narvaro(mote, "Karin Åberg", forbund, roll="kansli")
    punkt, sist = _punkt(mote, 1), _punkt(mote, 2)
    Punkt.objects.filter(pk=sist.pk).update(status="bordlagd", slag="utvardering")
    Undantag.objects.create(punkt=punkt, narvaro=bo, slag="jav")
    arbete = Grupparbete.objects.create(punkt=punkt)
    Grupp.objects.create(arbete=arbete, nr=1, stallning="tveksam", text="Vården behövs.")
    val = Omrostning.objects.create(punkt=punkt, fraga="Vad först?", lage="stangd")
    ett = Alternativ.objects.create(omrostning=val, text="Vården", ordning=1)
    tva = Alternativ.objects.create(omrostning=val, text="Psykiatrin", ordning=2, sammanslaget_med=ett)
    sedel = Valsedel.objects.create(omrostning=val, enhet="a")
    Prick.objects.create(valsedel=sedel, alternativ=ett, antal=1)
    Prick.objects.create(valsedel=sedel, alternativ=tva, antal=2)
    enkat = Utvardering.objects.create(mote=mote, lage="stangd")
    fler, farre = (Utvarderingsfraga.objects.create(utvardering=enkat, text=text) for text in ("Innehållet", "Lokalen"))
    Svar.objects.bulk_create([Svar(fraga=fler, varde=v) for v in (5, 4, 4, 4, 3)] + [Svar(fraga=farre, varde=1)] * 1)

    varde = protokoll.las(mote)
    assert varde.slag == "Minnesanteckningar"
    assert (varde.antal_narvarande, varde.antal) == (2, 3)
    assert varde.narvarande == "Bo Ek (ersätter Eva Hallgren), Karin Åberg"
    assert varde.franvarande == "Eva Hallgren"
    assert [grupp.namn for grupp in varde.grupper] == ["Kommunerna", "Kansliet"]
    forsta, andra = varde.punkter
    assert forsta.deltog_inte == ("Bo Ek deltog inte på grund av jäv.",)
    assert forsta.grupper[0].stallning == "Tveksam"
    assert (forsta.rostningar[0].rader[0].text, forsta.rostningar[0].rader[0].antal) == ("Vården + Psykiatrin", 3)
    assert forsta.rostningar[0].rader[0].hopslaget == "Vården: 1, Psykiatrin: 2"
    assert andra.slut == "Punkten bordlades."
    assert [(rad.text, rad.betyg) for rad in andra.enkat] == [("Innehållet", "4,0")]
    assert len(varde.medskick) == 2
    assert "Bara vi" not in json.dumps(protokoll.som_json(varde))
    assert protokoll.las(mote, intern=True).punkter[0].intern == "Bara vi"


def test_lika_manga_fragor_hur_langt_det_an_ar(kommun):
    mote = ett_mote("beredning", lage="avslutat")
    _narvaro(mote, "Bo Ek", kommun)
    _punkt(mote, 1)
    with CaptureQueriesContext(connection) as fore:
        protokoll.las(mote)
    for nr in range(2, 12):
        _punkt(mote, nr)
        _narvaro(mote, f"Person {nr}", kommun)
    with CaptureQueriesContext(connection) as efter:
        protokoll.las(mote)
    assert len(efter) == len(fore) <= 25


def test_en_text_blir_stycken_och_listor():
    assert stycken("Ett\nmed rad\n\n- a\n- b\nslut") == [("p", ["Ett", "med rad"]), ("ul", ["a", "b"]), ("p", ["slut"])]
    assert stycken(None) == []
