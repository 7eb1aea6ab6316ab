"""No more votes and answers than there are people in the room, however many phones send them."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from moten import ordrunda, protokoll, rum, rum_resultat
from moten.models import (
    Grupp,
    Grupparbete,
    Mote,
    Narvaro,
    Omrostning,
    Ordrunda,
    Punkt,
    Svar,
    Svarare,
    Utvardering,
    Valsedel,
)
from samordning.karna.kalender import idag, nu
from samordning.karna.logg import UtanVarden
from samordning.karna.models import Handelse, Kontakt, Part
from tests.conftest import Klient
from tests.moten.fabrik import ett_mote
from tests.moten.test_rum import _i_rummet, en_rostning

pytestmark = pytest.mark.django_db


@pytest.fixture
def mote():
    return ett_mote("beredning", lage="pagar", dag=idag(), oppnat=nu())


@pytest.fixture
def punkt(mote):
    return Punkt.objects.create(mote=mote, ordning=1, rubrik="Vårens utbildningar")


def _folk(mote, antal):
    """So many more are ticked off as here."""
    for _ in range(antal):
        kontakt = Kontakt.objects.create(namn=f"Person {Kontakt.objects.count()}", part=Part.objects.forbund())
        Narvaro.objects.create(mote=mote, kontakt=kontakt, status="narvarande")


def _fragor(mote, lage="oppen"):
    utvardering = rum.ny_utvardering(mote)
    Utvardering.objects.update(lage=lage)
    return utvardering, utvardering.fragor.filter(slag="stjarnor").first()


@pytest.mark.parametrize(("har_", "hogst"), [(0, 1), (3, 4), (9, 10), (10, 12), (18, 20), (27, 30)])
def test_one_to_spare_for_each_ten(har_, hogst):
    assert rum.Antal(0, har_).hogst == hogst
    assert not rum.Antal(hogst - 1, har_).fullt
    assert rum.Antal(hogst, har_).fullt
    assert (rum.Antal(har_, har_).fler, rum.Antal(har_ + 1, har_).fler) == (False, True)


def test_who_throws_the_cookie_away_is_stopped_by_the_number_of_people(mote, punkt, inloggad):
    _folk(mote, 3)
    rad, (a, b) = en_rostning(punkt, "A", "B")
    sida = _i_rummet(mote, "rum_rosta", rad.pk)
    svar = [Klient().post(sida, {f"val_{a.pk}": "1"}) for _ in range(20)]
    assert Valsedel.objects.count() == 4
    sist = svar[-1]
    assert (sist.status_code, "fler svar än det finns personer här, så ditt" in sist.content.decode()) == (200, True)
    assert 'value="1" selected' in sist.content.decode()  # nothing that was typed is lost
    kansli = inloggad("kansli")
    html = kansli.get(reverse("moten:omrostning_detail", args=[rad.pk])).content.decode()
    assert "4 har röstat, och 3 personer är prickade" in html
    assert "Fler har röstat än det finns personer här" in html
    vaggen = kansli.get(reverse("moten:rum_visa", args=[mote.pk])).content.decode()
    assert "4 av 3 har röstat. Det är fler än det finns personer." in vaggen
    _folk(mote, 1)  # somebody more is ticked off: there is room again
    Klient().post(sida, {f"val_{b.pk}": "1"})
    assert Valsedel.objects.count() == 5
    Omrostning.objects.update(lage="stangd")
    assert rum_resultat.staplar(rad).roster == 5
    assert protokoll.las(mote).punkter[0].rostningar[0].hur == "5 röstade med 2 prickar var, men 4 var med vid mötet."


def test_who_has_voted_may_change_it_when_the_room_is_full(mote, punkt):
    _folk(mote, 1)
    rad, (a, b) = en_rostning(punkt, "A", "B")
    rum.rosta(rad, "ett", {a.pk: 1})
    rum.rosta(rad, "tva", {a.pk: 1})
    with pytest.raises(rum.Fullt):
        rum.rosta(rad, "tre", {a.pk: 1})
    rum.rosta(rad, "ett", {b.pk: 2})
    assert rum.mina_prickar(rad, "ett") == {b.pk: 2}


def test_the_record_says_how_many_of_those_who_were_there(mote, punkt):
    rad, (a, _) = en_rostning(punkt, "A", "B", prickar=1)
    rum.rosta(rad, "ett", {a.pk: 1})
    Omrostning.objects.update(lage="stangd")
    assert protokoll.las(mote).punkter[0].rostningar[0].hur == "1 röstade med en prick var."  # nobody is ticked off
    _folk(mote, 2)
    assert protokoll.las(mote).punkter[0].rostningar[0].hur == "1 av 2 närvarande röstade med en prick var."


def test_options_with_as_many_dots_stand_in_their_own_order(mote, punkt):
    _folk(mote, 4)
    rad, (a, b, c, d) = en_rostning(punkt, "Skolan", "Vården", "Bussar", "Arbete", prickar=2)
    rum.rosta(rad, "ett", {d.pk: 1, b.pk: 1})
    rum.rosta(rad, "tva", {b.pk: 1, d.pk: 1})
    rum.rosta(rad, "tre", {c.pk: 1})
    staplar = rum_resultat.staplar(rad)
    assert [(val.text, val.antal) for val in staplar.rader] == [
        ("Vården", 2), ("Arbete", 2), ("Bussar", 1), ("Skolan", 0),
    ]  # fmt: skip
    assert (staplar.hogst, a.text) == (2, "Skolan")


def test_nothing_that_all_send_once_is_opened_before_anybody_is_ticked_off(mote, punkt, inloggad):
    client = inloggad("kansli")
    rad, _ = en_rostning(punkt, "A", "B", lage="utkast")
    utvardering, _fraga = _fragor(mote, "utkast")
    runda = Ordrunda.objects.create(punkt=punkt, fraga="Hur är läget?")
    for namn, ett in (("omrostning_vand", rad), ("utvardering_vand", utvardering), ("ordrunda_vand", runda)):
        adress = reverse(f"moten:{namn}", args=[ett.pk])
        assert "Pricka av vilka som är här" in client.post(adress, {"vad": "oppna"}, follow=True).content.decode()
        ett.refresh_from_db()
        assert ett.lage == "utkast"
    _folk(mote, 1)
    client.post(reverse("moten:omrostning_vand", args=[rad.pk]), {"vad": "oppna"})
    rad.refresh_from_db()
    assert rad.lage == "oppen"


def test_the_evaluation_takes_no_more_answers_than_there_are_people(mote, inloggad):
    _folk(mote, 5)
    utvardering, stjarna = _fragor(mote)
    sida = _i_rummet(mote, "rum_utvardera")
    svar = [Klient().post(sida, {f"fraga_{stjarna.pk}": "1"}) for _ in range(9)]
    assert (Svarare.objects.count(), Svar.objects.count()) == (6, 6)
    assert "fler svar än det finns personer" in svar[-1].content.decode()
    client = inloggad("kansli")
    sidan = reverse("moten:utvardering_edit", args=[mote.pk])
    assert "6 har svarat, och 5 personer är prickade" in client.get(sidan).content.decode()
    client.post(reverse("moten:utvardering_vand", args=[utvardering.pk]), {"vad": "stang"})
    Punkt.objects.create(mote=mote, ordning=2, rubrik="Utvärdering", slag="utvardering")
    assert protokoll.las(mote).punkter[-1].enkat_hur == "6 svarade, men 5 var med vid mötet."


def test_a_vote_with_a_surplus_is_emptied_and_begun_again_and_no_other(mote, punkt, inloggad):
    _folk(mote, 2)
    rad, (a, _) = en_rostning(punkt, "A", "B")
    client, tom = inloggad("kansli"), reverse("moten:omrostning_tom", args=[rad.pk])
    for enhet in ("ett", "tva"):
        rum.rosta(rad, enhet, {a.pk: 1})
    assert "inte kommit fler svar än" in client.post(tom, follow=True).content.decode()
    assert Valsedel.objects.count() == 2
    rum.rosta(rad, "tre", {a.pk: 1})
    client.post(tom)
    assert (Valsedel.objects.count(), rum.mina_prickar(rad, "ett")) == (0, {})
    assert Handelse.objects.om(rad).get(namn="tomd").data == {"valsedlar": 3}
    utvardering, stjarna = _fragor(mote)
    for enhet in ("ett", "tva", "tre"):
        rum.svara(utvardering, enhet, {stjarna.pk: 4})
    tom = reverse("moten:utvardering_tom", args=[utvardering.pk])
    client.post(tom)
    assert (Svarare.objects.count(), Svar.objects.count()) == (0, 0)
    assert "inte kommit fler svar än" in client.post(tom, follow=True).content.decode()
    Mote.objects.filter(pk=mote.pk).update(lage="avslutat")
    assert "Inget ändrades" in client.post(tom, follow=True).content.decode()


def test_an_item_that_somebody_has_answered_is_not_taken_away(mote, punkt, inloggad):
    _folk(mote, 1)
    rad, (a, _) = en_rostning(punkt, "A", "B")
    rum.rosta(rad, "ett", {a.pk: 1})
    svar = inloggad("kansli").post(reverse("moten:punkt_delete", args=[punkt.pk]), follow=True)
    assert "går inte att ta bort" in svar.content.decode()
    assert Punkt.objects.filter(pk=punkt.pk).exists()


# ---- At once


def _samtidigt(antal, vad):
    """Each in a thread and a connection of its own: [what `vad(nr)` gave or raised]."""
    start, utfall = threading.Barrier(antal), []

    def kor(nr):
        try:
            start.wait()
            utfall.append(vad(nr))
        except rum.Fullt:
            utfall.append("fullt")
        finally:
            connection.close()

    tradar = [threading.Thread(target=kor, args=[nr]) for nr in range(antal)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    return utfall


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_phones_that_send_at_the_same_moment_are_counted_one_by_one():
    mote = ett_mote("beredning", lage="pagar", dag=idag(), oppnat=nu())
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Idéer")
    _folk(mote, 2)
    rad, (a, _) = en_rostning(punkt, "A", "B")
    utfall = _samtidigt(6, lambda nr: rum.rosta(rad, f"e{nr}", {a.pk: 1}))
    assert sorted(map(str, utfall)) == ["None"] * 3 + ["fullt"] * 3
    assert Valsedel.objects.count() == 3
    utvardering, stjarna = _fragor(mote)
    assert _samtidigt(6, lambda nr: rum.svara(utvardering, f"e{nr}", {stjarna.pk: 4})).count("fullt") == 3
    assert (Svarare.objects.count(), Svar.objects.count()) == (3, 3)
    runda = Ordrunda.objects.create(punkt=punkt, fraga="Hur är läget?", lage="oppen")
    assert _samtidigt(6, lambda nr: ordrunda.svara(runda, f"e{nr}", namn="", text="bra")).count("fullt") == 3
    assert list(runda.svar.values_list("ordning", flat=True)) == [1, 2, 3]
    # The same phone twice at once is one phone.
    _samtidigt(2, lambda nr: rum.rosta(rad, "e0" if rum.mina_prickar(rad, "e0") else "e1", {a.pk: nr + 1}))
    assert Valsedel.objects.count() == 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_phone_that_sends_twice_at_the_same_moment_votes_once():
    mote = ett_mote("beredning", lage="pagar", dag=idag(), oppnat=nu())
    _folk(mote, 5)
    rad, (a, b) = en_rostning(Punkt.objects.create(mote=mote, ordning=1, rubrik="Idéer"), "A", "B")
    _samtidigt(4, lambda nr: rum.rosta(rad, "samma", {(a, b)[nr % 2].pk: 2}))
    assert Valsedel.objects.count() == 1
    assert sum(rum.mina_prickar(rad, "samma").values()) == 2


# ---- The code, and the end


def test_the_code_is_not_written_in_the_log(client, mote, caplog):
    kod, rader = rum.kod(mote), UtanVarden("%(message)s")
    for vag in (f"/rum/{kod}/finns-inte/", f"/rum/{kod}/rosta/999/"):
        assert client.get(vag).status_code == 404
    assert client.post(_i_rummet(mote)).status_code == 405
    skrivet = [rader.format(rad) for rad in caplog.records]
    assert {rad.partition(" (")[0].partition(":")[0] for rad in skrivet if "/rum/…/" in rad} == {
        "Not Found", "Method Not Allowed",
    }  # fmt: skip
    assert not any(kod in rad for rad in skrivet)


def test_a_page_that_asks_by_itself_stops_when_the_meeting_ends(client, mote, inloggad):
    kansli, vaggen = inloggad("kansli"), reverse("moten:rum_visa", args=[mote.pk])
    fragar = {"HTTP_HX_REQUEST": "true"}
    sida = _i_rummet(mote)
    for vem, adress in ((client, sida), (kansli, vaggen)):
        html = vem.get(adress, **fragar).content.decode()
        assert ('hx-trigger="every' in html, "htmx-2.min.js" in html) == (True, True)
    Mote.objects.filter(pk=mote.pk).update(lage="avslutat", avslutat=nu())
    for vem, adress in ((client, sida), (kansli, vaggen)):
        svar = vem.get(adress, **fragar)
        html = svar.content.decode()
        assert (svar.status_code, 'id="oppet"' in html, "hx-trigger" in html) == (286, True, False)
    assert client.get(sida).status_code == 404
    Mote.objects.filter(pk=mote.pk).update(dag="2026-01-02")  # nor does a phone that was left on overnight
    assert client.get(sida, **fragar).status_code == 286


def test_a_phone_in_a_room_that_is_locked_out_asks_on(client, mote, monkeypatch):
    monkeypatch.setattr(rum, "FEL_PER_TIMME", 1)
    client.get(reverse("moten:rum", args=["AAAAAA"]))
    assert client.get(_i_rummet(mote), HTTP_HX_REQUEST="true").status_code == 404


# ---- The kansli's pages


def _mycket(mote, antal):
    _folk(mote, antal)
    _fragor(mote, "stangd")
    for nr in range(antal):
        punkt = Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}")
        rad, _ = en_rostning(punkt, *(f"Val {ett}" for ett in range(antal + 1)), lage="stangd")
        Valsedel.objects.bulk_create(Valsedel(omrostning=rad, enhet=f"e{ett}") for ett in range(antal))
        runda = Ordrunda.objects.create(punkt=punkt, fraga=f"Hur {nr}?", lage="oppen")
        ordrunda.skriv(runda, [("", f"bra {ett}") for ett in range(antal)])
        arbete = Grupparbete.objects.create(punkt=punkt, lage="oppen")
        for ett in range(antal):
            Grupp.objects.create(arbete=arbete, nr=ett).deltagare.set(mote.narvaro.all())


@pytest.mark.parametrize("antal", [1, 6])
@pytest.mark.parametrize(
    ("namn", "fragor"),
    [
        ("rummet", 10), ("rum_visa", 15), ("utvardering_edit", 14), ("ordrunda_edit", 11), ("omrostning_detail", 14),
        ("grupparbete_edit", 15), ("anteckna", 29), ("mote_avsluta", 17),
    ],
)  # fmt: skip
def test_the_pages_of_the_kansli_ask_as_often_for_much(inloggad, mote, django_assert_num_queries, namn, fragor, antal):
    _mycket(mote, antal)
    client, punkt = inloggad("kansli"), mote.punkter.first()
    nyckel = {"ordrunda_edit": punkt.pk, "grupparbete_edit": punkt.pk, "omrostning_detail": punkt.omrostningar.get().pk}
    adress = reverse(f"moten:{namn}", args=[nyckel.get(namn, mote.pk)])
    client.get(adress)
    with django_assert_num_queries(fragor):
        assert client.get(adress).status_code == 200
