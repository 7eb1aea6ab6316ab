"""The record on paper: PDF/UA, everything that was said, nothing that is the kansli's own; extracts of one item."""

import page
import pytest
from django.urls import reverse

from moten import protokoll, protokoll_pdf
from moten.models import Grupp, Grupparbete, Mote, Narvaro, Punkt, Utfall
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote
from tests.uppfoljning.tryck import sidor

pytestmark = pytest.mark.django_db


@pytest.fixture
def mote(kommun):
    mote = ett_mote("beredning", lage="avslutat", dag=idag(), plats="Rådhuset")
    for nr in range(4):
        kontakt = Kontakt.objects.create(namn=f"Åsa Prov {nr}", part=kommun)
        status = "franvarande" if nr == 3 else "narvarande"
        Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, status=status)
    punkt = Punkt.objects.create(
        mote=mote, ordning=1, nummer=1, rubrik="Gläntan", text="Vi talade.\n- ett\n- två", intern="Hemligheten",
        status="behandlad",
    )  # fmt: skip
    Utfall.objects.create(punkt=punkt, typ="medskick", text="Ta med vården.")
    Utfall.objects.create(punkt=punkt, typ="atgard", text="Ring runt.", senast=idag())
    arbete = Grupparbete.objects.create(punkt=punkt, fragor="Vad tycker ni?", staller=True)
    Grupp.objects.create(arbete=arbete, nr=1, stallning="tillstyrker", text="Bra.")
    Punkt.objects.create(mote=mote, ordning=2, nummer=2, rubrik="Övrigt", status="bordlagd")
    return mote


def _text(innehall):
    return " ".join(" ".join(sidor(innehall)).split())


def test_the_record_is_pdf_ua_and_holds_what_was_said(mote, forbund):
    innehall = protokoll_pdf.gor(protokoll.las(mote, intern=True))
    svar = page.validate_pdf_bytes(innehall, profile=page.ValidationProfile.PDF_UA_1)
    assert svar.is_compliant, svar.failures
    text = _text(innehall)
    for ord_ in (
        "Minnesanteckningar", "Rådhuset", "3 av 4 var med", "Närvarande: Åsa Prov 0, Åsa Prov 1, Åsa Prov 2",
        "Frånvarande: Åsa Prov 3", "1. Gläntan", "Grupp 1", "Tillstyrker", "Medskick till styrelsen",
        "Ta med vården.", "Att göra", "Punkten bordlades.",
    ):  # fmt: skip
        assert ord_ in text
    assert "Hemligheten" not in text


def test_a_frozen_record_gives_the_same_pages(mote, forbund):
    blad = protokoll.las(mote)
    fryst = protokoll.som_json(blad)
    assert _text(protokoll_pdf.gor(fryst)) == _text(protokoll_pdf.gor(blad))
    punkt = fryst["punkter"][0]
    utdrag = protokoll_pdf.gor_utdrag(fryst, punkt)
    assert page.validate_pdf_bytes(utdrag, profile=page.ValidationProfile.PDF_UA_1).is_compliant
    text = _text(utdrag)
    assert "Rätt utdraget bestyrks" in text
    assert "Gläntan" in text
    assert "Övrigt" not in text


def test_an_empty_and_a_long_record_are_made(forbund, kommun):
    tomt = ett_mote("medlemsrad", lage="avslutat", dag=idag())
    assert "Mötet hade inga punkter." in _text(protokoll_pdf.gor(protokoll.las(tomt)))
    for nr in range(60):
        Punkt.objects.create(mote=tomt, ordning=nr, nummer=nr + 1, rubrik=f"Punkt {'å' * 60}", text="Ord. " * 200)
    for nr in range(40):
        kontakt = Kontakt.objects.create(namn=f"Namn {nr}", part=kommun)
        Narvaro.objects.create(mote=tomt, kontakt=kontakt, part=kommun, status="narvarande")
    assert "40 av 40 var med" in _text(protokoll_pdf.gor(protokoll.las(tomt)))


def test_who_may_see_it_downloads_it_and_only_what_is_ready_is_no_draft(inloggad, mote, forbund):
    sida = reverse("moten:protokoll_pdf", args=[mote.pk])
    client = inloggad("beredning")
    svar = client.get(sida)
    assert svar["Content-Disposition"] == (f'attachment; filename="minnesanteckningar-beredningsgrupp-{mote.dag}.pdf"')
    assert "Utkast" in _text(svar.content)
    Mote.objects.filter(pk=mote.pk).update(lage="justerat")
    assert "Utkast" not in _text(client.get(sida).content)
    Mote.objects.filter(pk=mote.pk).update(lage="kallat")
    assert client.get(sida).status_code == 404


def test_an_extract_of_what_one_may_not_see_does_not_exist(inloggad, kommun, forbund):
    mote = ett_mote(lage="avslutat", dag=idag())
    arende = skickad_ansokan(kommun, ny_part(), lage="inkommen").arende
    ett = Punkt.objects.create(mote=mote, ordning=1, nummer=7, rubrik="Ekonomi")
    dold = Punkt.objects.create(mote=mote, ordning=2, rubrik="Ett ärende som väntar", arende=arende)
    client = inloggad("styrelse")
    assert client.get(reverse("moten:paragraf_pdf", args=[mote.pk, ett.pk])).status_code == 200
    assert client.get(reverse("moten:paragraf_pdf", args=[mote.pk, dold.pk])).status_code == 404
    assert "som väntar" not in _text(client.get(reverse("moten:protokoll_pdf", args=[mote.pk])).content)
    annat = Punkt.objects.create(mote=ett_mote(lage="avslutat"), ordning=1, rubrik="Annat")
    assert client.get(reverse("moten:paragraf_pdf", args=[mote.pk, annat.pk])).status_code == 404
