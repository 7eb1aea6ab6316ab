"""Closing a meeting: ends, numbers, opinions and decisions that go to the cases, and what is refused."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from moten import avslut, dagordning
from moten.models import Beslut, Grupp, Grupparbete, Organ, Paragraf, Punkt, Utfall, Yttrande
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, ny_runda, nytt_mote, nytt_organ

pytestmark = pytest.mark.django_db


def ett_pagaende(slag, *rubriker, dag=None, **falt):
    """A meeting that goes on today, with items."""
    organ = nytt_organ(slag)
    if slag in ("styrelse", "au"):
        Organ.objects.filter(pk=organ.pk).update(numrering="paragraf", justeras=True)
    mote = ett_mote(organ=nytt_organ(slag), lage="pagar", dag=dag or idag(), **falt)
    return mote, [Punkt.objects.create(mote=mote, ordning=nr, rubrik=rubrik) for nr, rubrik in enumerate(rubriker, 1)]


def _sida(client, mote):
    return client.get(reverse("moten:mote_avsluta", args=[mote.pk]))


def fyll(client, mote, **byt):
    """What the page's form would send, with `byt` in place; a name is "<item>-<what>" with _ for -."""
    form = _sida(client, mote).context["form"]
    data = {}
    for falt in form:
        varde = falt.value()
        if varde is True:
            data[falt.html_name] = "on"
        elif varde not in (None, False):
            data[falt.html_name] = varde
    for namn, varde in byt.items():
        namn = namn.removeprefix("p").replace("_", "-")
        if varde is None:
            data.pop(namn, None)
        else:
            data[namn] = varde
    return data


def avsluta(client, mote, **byt):
    return client.post(reverse("moten:mote_avsluta", args=[mote.pk]), fyll(client, mote, **byt), follow=True)


def felen(svar):
    return {namn: list(fel) for namn, fel in svar.context["form"].errors.items()}


def test_every_item_ends_and_those_that_were_taken_up_get_the_next_paragraphs(inloggad):
    client = inloggad("kansli")
    gammalt = ett_mote(lage="avslutat", dag=idag() - timedelta(1), organ=nytt_organ("styrelse"))
    mote, (ett, tva, tre) = ett_pagaende("styrelse", "Ekonomi", "Övrigt", "Hanns inte")
    Paragraf.objects.create(
        organ=mote.organ, ar=idag().year, nummer=41, punkt=Punkt.objects.create(mote=gammalt, rubrik="Förra")
    )
    Punkt.objects.filter(pk=ett.pk).update(text="Vi gick igenom den.")
    svar = avsluta(client, mote)
    assert set(felen(svar)) == {f"{tva.pk}-status", f"{tre.pk}-status"}  # nobody knows how these ended
    mote.refresh_from_db()
    assert mote.lage == "pagar"
    byt = {f"p{tva.pk}_status": "bordlagd", f"p{tre.pk}_status": "ej_behandlad"}
    assert "Mötet är avslutat." in avsluta(client, mote, **byt).content.decode()
    mote.refresh_from_db()
    assert (mote.lage, mote.avslutat is not None) == ("avslutat", True)
    assert list(mote.punkter.values_list("status", "nummer")) == [
        ("behandlad", 42), ("bordlagd", 43), ("ej_behandlad", None),
    ]  # fmt: skip
    assert set(Paragraf.objects.filter(organ=mote.organ).values_list("nummer", flat=True)) == {41, 42, 43}
    nasta = nytt_mote("styrelse")
    assert [rad.punkt.fortsattning_pa for rad in dagordning.forslag(nasta)] == [tva, tre]
    with pytest.raises(OtillatenOvergang):
        avslut.avsluta(mote, [], {}, forsta=None, av=Anvandare.objects.first())


def test_a_preparation_group_numbers_from_one_and_a_reopened_meeting_keeps_its_numbers(inloggad):
    client = inloggad("kansli")
    mote, (ett, tva) = ett_pagaende("beredning", "Ett", "Två")
    avsluta(client, mote, **{f"p{rad.pk}_status": "behandlad" for rad in (ett, tva)})
    assert list(mote.punkter.values_list("nummer", flat=True)) == [1, 2]
    client.post(reverse("moten:mote_ateroppna", args=[mote.pk]))
    mote.refresh_from_db()
    assert mote.lage == "pagar"
    Punkt.objects.filter(pk=ett.pk).update(ordning=9)
    ny = Punkt.objects.create(mote=mote, ordning=1, rubrik="Ny")
    avsluta(client, mote, **{f"p{ny.pk}_status": "behandlad"})
    assert dict(mote.punkter.values_list("rubrik", "nummer")) == {"Ett": 1, "Två": 2, "Ny": 3}


def test_a_paragraph_is_never_given_twice(inloggad, kommun):
    client = inloggad("kansli")
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    mote, (ett,) = ett_pagaende("styrelse", "Ekonomi")
    Beslut.objects.create(
        arende=arende, organ=mote.organ, datum=idag() - timedelta(3), paragraf="§ 7", utfall="aterremiss"
    )
    assert _sida(client, mote).context["form"]["forsta"].value() == 8
    svar = avsluta(client, mote, forsta="7", **{f"p{ett.pk}_status": "behandlad"})
    assert "§ 7 är redan given i år" in felen(svar)["forsta"][0]
    assert arende.diarienummer in felen(svar)["forsta"][0]
    assert not Paragraf.objects.exists()
    assert "Första paragrafen" in avsluta(client, mote, forsta="x").content.decode()
    avsluta(client, mote, forsta="10", **{f"p{ett.pk}_status": "behandlad"})
    assert mote.punkter.get().nummer == 10


def _grupper(punkt, *stallningar):
    arbete = Grupparbete.objects.create(punkt=punkt, fragor="Vad tycker ni?", staller=True)
    for nr, stallning in enumerate(stallningar, 1):
        text = "Ta med vården." if stallning == "medskick" else ""
        Grupp.objects.create(arbete=arbete, nr=nr, stallning=stallning, text=text)
    return arbete


def test_groups_positions_become_opinions_and_the_case_goes_on_with_them(inloggad, kommun, mailoutbox):
    client = inloggad("kansli")
    arende = skickad_ansokan(kommun, ny_part(), lage="beredning").arende
    mote, (punkt,) = ett_pagaende("beredning", "Gläntan")
    Punkt.objects.filter(pk=punkt.pk).update(arende=arende)
    Utfall.objects.create(punkt=punkt, typ="medskick", text="Glöm inte\ntolkarna.")
    _grupper(punkt, "tillstyrker", "medskick", "")
    sida = _sida(client, mote).content.decode()
    assert "Gruppernas svar sparas som yttranden i ärendet." in sida
    assert "arbetsutskottet" not in sida  # the association has none
    svar = avsluta(client, mote)
    assert f"{arende.diarienummer} har gått till styrelsen." in svar.content.decode()
    arende.refresh_from_db()
    assert arende.lage == "styrelse"
    runda = arende.rundor.get()
    assert (runda.organ, runda.lage, runda.fraga) == (mote.organ, "stangd", "Vad tycker ni?")
    assert list(runda.yttranden.values_list("grupp", "stallning", "kalla", "inkom")) == [
        ("Grupp 1", "tillstyrker", "mote", idag()), ("Grupp 2", "medskick", "mote", idag()),
        ("Grupp 3", "", "mote", None),
    ]  # fmt: skip
    punkt.refresh_from_db()
    assert runda.sammanfattning
    assert punkt.text.endswith(runda.sammanfattning)
    nasta = nytt_mote("styrelse")
    (ny,) = dagordning.bygg(nasta, Anvandare.objects.first())
    assert "Beredningsgruppens medskick" in ny.underlag
    assert "- Glöm inte tolkarna." in ny.underlag
    assert "Grupp 2: Tillstyrker med medskick. Ta med vården." in ny.underlag


def test_a_given_opinion_stands_unless_it_is_replaced_on_purpose(inloggad, kommun):
    client = inloggad("kansli")
    arende = skickad_ansokan(kommun, ny_part(), lage="beredning").arende
    mote, (punkt,) = ett_pagaende("beredning", "Gläntan")
    Punkt.objects.filter(pk=punkt.pk).update(arende=arende)
    runda = ny_runda(arende, "Grupp 1", "Grupp 2", organ=mote.organ)
    Yttrande.objects.filter(grupp="Grupp 1").update(stallning="avstyrker", text="Nej.", inkom=idag())
    _grupper(punkt, "tillstyrker", "tillstyrker")
    sida = _sida(client, mote).content.decode()
    assert "Grupp 1: lämnat avstyrker, på mötet tillstyrker" in sida
    byt = {f"p{punkt.pk}_stang": None, f"p{punkt.pk}_vag": "stannar"}
    avsluta(client, mote, **byt)
    assert list(runda.yttranden.values_list("stallning", flat=True)) == ["avstyrker", "tillstyrker"]
    runda.refresh_from_db()
    arende.refresh_from_db()
    assert (runda.lage, arende.lage) == ("oppen", "beredning")
    client.post(reverse("moten:mote_ateroppna", args=[mote.pk]))
    avsluta(client, mote, **byt | {f"p{punkt.pk}_byt": "on"})
    assert list(runda.yttranden.values_list("stallning", flat=True)) == ["tillstyrker", "tillstyrker"]


def test_a_case_does_not_go_on_while_somebody_is_asked_nor_from_an_item_that_was_not_finished(inloggad, kommun):
    client = inloggad("kansli")
    arende = skickad_ansokan(kommun, ny_part(), lage="beredning").arende
    mote, (punkt,) = ett_pagaende("beredning", "Gläntan")
    Punkt.objects.filter(pk=punkt.pk).update(arende=arende)
    ny_runda(arende, "Grupp 1", organ=mote.organ)
    vidare = {f"p{punkt.pk}_vag": "till_styrelse"}
    svar = avsluta(client, mote, **vidare | {f"p{punkt.pk}_status": "behandlad"})
    assert "öppen" in felen(svar)[f"{punkt.pk}-vag"][0]
    stang = {f"p{punkt.pk}_stang": "on", f"p{punkt.pk}_sammanfattning": ""}
    svar = avsluta(client, mote, **vidare | stang | {f"p{punkt.pk}_status": "bordlagd"})
    assert "är behandlad" in felen(svar)[f"{punkt.pk}-vag"][0]
    assert "Skriv vad de som svarade" in felen(svar)[f"{punkt.pk}-sammanfattning"][0]


def _styrelsens(kommun, *utfall, **falt):
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse", **falt).arende
    mote, (punkt,) = ett_pagaende("styrelse", "Gläntan")
    Punkt.objects.filter(pk=punkt.pk).update(arende=arende)
    for ett in utfall:
        Utfall.objects.create(punkt=punkt, typ="beslut", text="Styrelsen beviljar.", arendeutfall=ett)
    return arende, mote, punkt


def test_the_boards_decision_goes_to_the_case_with_its_paragraph_and_is_approved_later(inloggad, kommun, ny_anvandare):
    client = inloggad("kansli")
    arende, mote, punkt = _styrelsens(kommun, "bifall")
    svar = avsluta(client, mote, forsta="34")
    assert "Ett beslut är fört till ärendena." in svar.content.decode()
    beslut = arende.alla_beslut.get()
    assert (beslut.paragraf, beslut.utfall, beslut.datum, beslut.motivering) == (
        "§ 34", "bifall", idag(), "Styrelsen beviljar.",
    )  # fmt: skip
    arende.refresh_from_db()
    assert arende.lage == "beviljad"
    assert punkt.utfall.get().beslut == beslut
    assert avslut.justerade(mote, idag()) == 1
    assert avslut.justerade(mote, idag()) == 0
    beslut.refresh_from_db()
    assert beslut.justerat == idag()


def test_a_decision_that_cannot_be_is_refused_by_its_item_and_nothing_is_written(inloggad, kommun):
    client = inloggad("kansli")
    arende, mote, punkt = _styrelsens(kommun, "bifall")
    falt = f"{punkt.pk}-status"
    runda = ny_runda(arende, "Grupp 1")
    assert "Yttranderundan" in felen(avsluta(client, mote))[falt][0]
    runda.stang(av=None, sammanfattning="Klart")
    assert "Punkten har ett beslut" in felen(avsluta(client, mote, **{f"p{punkt.pk}_status": "bordlagd"}))[falt][0]
    Utfall.objects.create(punkt=punkt, typ="beslut", text="Eller inte.", arendeutfall="avslag")
    assert "flera beslut" in felen(avsluta(client, mote))[falt][0]
    Utfall.objects.filter(text="Eller inte.").delete()
    arende.flytta("aterremittera", av=None)
    assert "kan inte besluta det" in felen(avsluta(client, mote))[falt][0]
    arende.flytta("till_styrelse", av=None)
    type(arende).objects.filter(pk=arende.pk).update(inkom=idag() + timedelta(1))
    assert "efter mötets dag" in felen(avsluta(client, mote))[falt][0]
    type(arende).objects.filter(pk=arende.pk).update(inkom=idag())
    annan = Punkt.objects.create(mote=mote, ordning=2, rubrik="Igen", arende=arende)
    Utfall.objects.create(punkt=annan, typ="beslut", text="Bifall.", arendeutfall="bifall")
    assert "avgörs också i punkten Gläntan" in felen(avsluta(client, mote))[f"{annan.pk}-status"][0]
    assert not Beslut.objects.exists()
    assert not Paragraf.objects.exists()
    mote.refresh_from_db()
    assert mote.lage == "pagar"


def test_a_decision_that_was_written_by_hand_is_the_same_one(inloggad, kommun):
    client = inloggad("kansli")
    arende, mote, punkt = _styrelsens(kommun, "bifall")
    arende.flytta("bevilja", av=None)
    beslut = Beslut.objects.create(arende=arende, organ=mote.organ, datum=idag(), paragraf="§ 12", utfall="bifall")
    form = _sida(client, mote).context["form"]
    assert form["forsta"].value() == 12
    assert "redan skrivet som § 12" in felen(avsluta(client, mote, forsta="13"))["forsta"][0]
    avsluta(client, mote)
    assert Beslut.objects.count() == 1
    assert punkt.utfall.get().beslut == beslut
    assert mote.punkter.get().nummer == 12


def test_what_was_written_meanwhile_is_shown_before_the_meeting_closes(inloggad):
    client = inloggad("kansli")
    mote, (ett,) = ett_pagaende("beredning", "Ett")
    data = fyll(client, mote, **{f"p{ett.pk}_status": "behandlad"})
    ny = Punkt.objects.create(mote=mote, ordning=2, rubrik="Ny punkt")
    Punkt.objects.filter(pk=ett.pk).update(text="Mer text.", version=5)
    sidan = reverse("moten:mote_avsluta", args=[mote.pk])
    svar = client.post(sidan, data)
    fel = felen(svar)
    assert "lagts till" in fel[f"{ny.pk}-status"][0]
    assert "ändrat i punkten" in fel[f"{ett.pk}-status"][0]
    assert "har ändrats sedan du öppnade sidan" in fel["__all__"][0]
    mote.refresh_from_db()
    assert mote.lage == "pagar"
    data = {falt.html_name: falt.value() for falt in svar.context["form"] if falt.value() is not None}
    client.post(sidan, data | {f"{ny.pk}-status": "tom"})
    mote.refresh_from_db()
    assert mote.lage == "avslutat"
    ny_mote, (kvar, bort) = ett_pagaende("medlemsrad", "Kvar", "Bort")
    data = fyll(client, ny_mote, **{f"p{rad.pk}_status": "tom" for rad in (kvar, bort)})
    bort.delete()
    svar = client.post(reverse("moten:mote_avsluta", args=[ny_mote.pk]), data)
    assert "Punkter har tagits bort." in felen(svar)["__all__"][0]


def test_a_referred_item_says_to_what(inloggad):
    client = inloggad("kansli")
    mote, (ett,) = ett_pagaende("beredning", "Ett")
    svar = avsluta(client, mote, **{f"p{ett.pk}_status": "hanvisad"})
    assert "Skriv vad punkten hänvisas till." in felen(svar)[f"{ett.pk}-hanvisad"]
    avsluta(client, mote, **{f"p{ett.pk}_status": "hanvisad", f"p{ett.pk}_hanvisad": "bilaga 2"})
    assert mote.punkter.get().hanvisad_till == "bilaga 2"


def test_an_empty_meeting_closes_and_a_closed_one_says_so(inloggad):
    client = inloggad("kansli")
    mote, _ = ett_pagaende("styrelse")
    assert "Mötet har inga punkter" in _sida(client, mote).content.decode()
    avsluta(client, mote)
    mote.refresh_from_db()
    assert mote.lage == "avslutat"
    svar = client.post(reverse("moten:mote_avsluta", args=[mote.pk]), follow=True)
    assert "avslutas inte nu" in svar.content.decode()


def test_a_meeting_that_is_approved_in_part_or_published_is_not_opened_again(inloggad, kommun):
    client = inloggad("kansli")
    mote = ett_mote(lage="avslutat", dag=idag())
    sidan = reverse("moten:mote_ateroppna", args=[mote.pk])
    assert "Ja, öppna igen" in client.get(sidan).content.decode()
    mote.justerare.create(kontakt=Kontakt.objects.create(namn="Per Prov", part=kommun), justerade=nu())
    assert "Någon har justerat" in client.get(sidan).content.decode()
    assert "Inget ändrades" in client.post(sidan, follow=True).content.decode()
    mote.refresh_from_db()
    assert mote.lage == "avslutat"


@pytest.mark.parametrize("antal", [2, 12])
def test_the_page_asks_the_database_as_often_for_many_items(inloggad, kommun, django_assert_max_num_queries, antal):
    client = inloggad("kansli")
    mote, punkter = ett_pagaende("beredning", *(f"Punkt {nr}" for nr in range(antal)))
    for punkt in punkter:
        arende = skickad_ansokan(kommun, ny_part(), lage="beredning").arende
        Punkt.objects.filter(pk=punkt.pk).update(arende=arende)
        ny_runda(arende, "Grupp 1", organ=mote.organ)
        _grupper(punkt, "tillstyrker")
    _sida(client, mote)
    with django_assert_max_num_queries(30):
        assert _sida(client, mote).status_code == 200


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_boards_meetings_that_close_at_once_share_no_paragraph(ny_anvandare):
    """Both read the same next number; the body is locked, so the second one is told."""
    av = ny_anvandare("kansli")
    moten = [ett_pagaende("styrelse", "Ett", "Två", dag=idag() - timedelta(nr))[0] for nr in range(2)]
    svar, grind, data = {}, threading.Barrier(2), {}
    for mote in moten:
        client = Client()
        client.force_login(av)
        byt = {f"p{punkt.pk}_status": "behandlad" for punkt in mote.punkter.all()}
        data[mote.pk] = (client, fyll(client, mote, **byt))

    def stang(mote):
        client, falt = data[mote.pk]
        grind.wait()
        try:
            svar[mote.pk] = client.post(reverse("moten:mote_avsluta", args=[mote.pk]), falt).status_code
        finally:
            connection.close()

    tradar = [threading.Thread(target=stang, args=[mote]) for mote in moten]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert sorted(svar.values()) == [200, 302]
    assert Paragraf.objects.count() == 2
