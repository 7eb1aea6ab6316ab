"""The record on paper: PDF/UA, everything that was said, nothing that is the kansli's own; extracts of one item."""

from time import process_time

import page
import pytest
from django.urls import reverse

from moten import protokoll, protokoll_pdf, publicering
from moten.models import (
    Grupp,
    Grupparbete,
    Mote,
    Narvaro,
    Punkt,
    Svar,
    Undantag,
    Utfall,
    Utvardering,
    Utvarderingsfraga,
)
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
        "Minnesanteckningar", "Rådhuset", "3 av 4 var med", "Part Närvarande Frånvarande", "Åsa Prov 0",
        "Åsa Prov 3", "1. Gläntan", "Grupp 1", "Tillstyrker", "Medskick till styrelsen",
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


def test_who_reads_only_what_is_published_gets_the_masked_copy(inloggad, mote, forbund):
    """An auditor has no seat: the whole record is the published file, an extract is made of what was published."""
    Punkt.objects.filter(mote=mote, ordning=1).update(text="Nils Hemlig var med.")
    sida, punkt = reverse("moten:protokoll_pdf", args=[mote.pk]), mote.punkter.first()
    utdrag = reverse("moten:paragraf_pdf", args=[mote.pk, punkt.pk])
    client = inloggad("revisor")
    assert [client.get(ett).status_code for ett in (sida, utdrag)] == [404, 404]
    blad, _, _ = publicering.underlag(mote)
    publicering.publicera(mote, blad, [("Nils Hemlig", "")], [], av=None)
    assert client.get(sida)["Location"] == reverse("moten:protokoll_fil", args=[mote.pk])
    text = _text(client.get(utdrag).content)
    assert "[dolt] var med" in text
    assert "Nils" not in text
    assert "Utkast" not in text


def test_an_extract_says_what_it_is_of_and_names_no_person_in_the_file_name(inloggad, mote, forbund):
    punkt = mote.punkter.first()
    client = inloggad("beredning")
    svar = client.get(reverse("moten:paragraf_pdf", args=[mote.pk, punkt.pk]))
    assert svar["Content-Disposition"] == (
        f'attachment; filename="minnesanteckningar-beredningsgrupp-{mote.dag}-1.pdf"'
    )  # fmt: skip
    text = _text(svar.content)
    assert "Utdrag ur minnesanteckningar" in text
    assert "Utkast" in text


def test_what_people_thought_and_who_left_the_room_is_printed(mote, forbund):
    punkt = mote.punkter.first()
    Undantag.objects.create(punkt=punkt, narvaro=mote.narvaro.first(), slag="jav")
    utvardering = Utvardering.objects.create(mote=mote, lage="stangd")
    fragor = (
        ("Hur var mötet?", "stjarnor", [4] * 9 + [5]), ("Ska vi fortsätta?", "ja_nej", [1] * 6 + [0]),
        ("Få", "ja_nej", [1]),
    )  # fmt: skip
    for nr, (fraga, slag, varden) in enumerate(fragor, 1):
        rad = Utvarderingsfraga.objects.create(utvardering=utvardering, ordning=nr, text=fraga, slag=slag)
        Svar.objects.bulk_create(Svar(fraga=rad, varde=varde) for varde in varden)
    text = _text(protokoll_pdf.gor(protokoll.las(mote)))
    assert "Hur var mötet? fick 4,1/5 stjärnor (10 svar)" in text
    assert "Ska vi fortsätta? Ja 6, nej 1 (7 svar)" in text
    assert "(1 svar)" not in text, "so few could be told apart"
    assert "deltog inte på grund av jäv" in text


def test_a_record_of_twenty_items_takes_less_than_two_seconds(mote, forbund):
    for nr in range(3, 21):
        punkt = Punkt.objects.create(mote=mote, ordning=nr, nummer=nr, rubrik=f"Punkt {nr}", text="Vi talade. " * 60)
        Utfall.objects.create(punkt=punkt, typ="beslut", text="Så blev det.")
    blad = protokoll.las(mote)
    start = process_time()
    innehall = protokoll_pdf.gor(blad)
    assert process_time() - start < 2
    assert page.validate_pdf_bytes(innehall, profile=page.ValidationProfile.PDF_UA_1).is_compliant
