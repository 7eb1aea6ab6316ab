"""The end of a year: what has to be there, what it comes to, closing, carrying over, and corrections afterwards."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekonomi import bok_spara, bok_utfall, bokslut, paneler
from ekonomi.models import Verifikationsrad, Verksamhetsar
from ekonomi.sie.las import las
from samordning.demo import bokforing, budget
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from tests.ekonomi.bokfabrik import VERIFIKATIONER, granskad, nytt_ar, regel, sie, sparad
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition

pytestmark = pytest.mark.django_db
SLUT = ("C", "9", "1231", "Bokslut", (("5010", "", "10.00"), ("1930", "", "-10.00")))


@pytest.fixture
def ar(db):
    """A whole year of 500 in and 210.50 out, every row with its line, decided."""
    ar = nytt_ar(2019, tilldelning=500, eget_kapital_in=100)
    poster = {
        namn: ar.poster.create(rubrik=namn, kategori="individ", belopp=100) for namn in ("Gården", "Åkern", "Hyra")
    }
    regel(ar, "3010", "huvudman")
    for konto, namn, objekt in (("4010", "Gården", "P1"), ("4010", "Åkern", "P2"), ("5010", "Hyra", "")):
        regel(ar, konto, poster[namn], objekt)
    sparad(sie([*VERIFIKATIONER, SLUT]), ar=ar)
    Verksamhetsar.objects.filter(pk=ar.pk).update(lage="faststalld")
    return Verksamhetsar.objects.get(pk=ar.pk)


def _url(namn, ar):
    return reverse(f"ekonomi:bokslut_{namn}", args=[ar.pk])


def _laget(ar):
    return bokslut.bokslut(Verksamhetsar.objects.get(pk=ar.pk))


def _rod(ar, krav=None):
    return [rad.text for rad in _laget(ar).kontroller if not rad.klar and krav in (None, rad.krav)]


def _text(svar):
    return " ".join(svar.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_result_and_closing_equity(ar):
    laget = _laget(ar)
    assert (laget.resultat, laget.kapital_in_bok, laget.kapital_ut) == (Decimal("289.50"), None, Decimal("389.50"))
    assert (_rod(ar, True), _rod(ar, False)) == ([], ["Prognos", "Årsredovisning"])


def test_opening_equity_is_the_ledgers_where_a_file_says_it(ar):
    # A later file of the same year: its balances count.
    mer = "#IB 0 1930 90.00\n#IB 0 2010 -120.00\n#IB 0 2440 30.00\n"
    sparad(sie([*VERIFIKATIONER, SLUT], mer=mer), ar=ar)
    laget = _laget(ar)
    assert (laget.kapital_in_bok, laget.kapital_ut) == (120, Decimal("409.50"))
    assert "Det egna kapitalet vid årets början är lika i budget och bokföring" in _rod(ar, False)


def test_the_result_that_is_moved_to_equity_is_still_the_result(ar):
    flytt = ("C", "10", "1231", "Årets resultat", (("8999", "", "289.50"), ("2099", "", "-289.50")))
    sparad(sie([*VERIFIKATIONER, SLUT, flytt]), ar=ar)
    regel(ar, "8999", "utanfor")
    assert (_laget(ar).resultat, _laget(ar).kapital_ut) == (Decimal("289.50"), Decimal("389.50"))
    assert bok_utfall.utfall(ar).resultat == 0


def test_each_thing_that_is_missing_is_red(ar):
    sparad(
        sie([*VERIFIKATIONER, SLUT, ("D", "1", "0501", "Okänt", (("7000", "", "5.00"), ("1930", "", "-5.00")))]), ar=ar
    )
    granskad(ar=ar)
    assert _rod(ar, True) == [
        "Inga importer väntar", "Varje rad i bokföringen har sin plats i budgeten", "Tabellen är lika med bokföringen",
    ]  # fmt: skip
    oppet = nytt_ar(idag().year)
    assert _rod(oppet, True) == [
        "Året är slut", "Budgeten är fastställd", "Bokföringen är sparad för hela året",
        "Varje rad i bokföringen har sin plats i budgeten", "Tabellen är lika med bokföringen",
        "Bokföringen är lika med filens egen summa",
    ]  # fmt: skip


def test_a_file_with_another_sum_is_red(ar):
    sparad(sie([*VERIFIKATIONER, SLUT], mer="#RES 0 3010 -500.00\n#RES 0 4010 1.00\n"), ar=ar)
    assert _rod(ar, True) == ["Bokföringen är lika med filens egen summa"]


def test_requisitions_that_wait(ar, ny_anvandare):
    a, b, c = (ny_anvandare("kansli") for _ in range(3))
    avtal = avtal_med_pengar(ar=2019)
    ny_rekvisition(avtal, a, lage="inskickad")
    ny_rekvisition(avtal, a, period="H2", lage="betald", attest=(b, c))
    assert _rod(ar, False)[:2] == ["Rekvisitionerna är betalda", "Rekvisitionerna är kopplade till bokföringen"]


@pytest.mark.parametrize("steg", ["page", "function"])
def test_a_year_that_is_not_ready_is_not_closed(client, inloggad, ar, steg):
    inloggad("kansli")
    ar.bokimporter.update(fil=ar.bokimporter.first().fil)
    granskad(ar=ar)
    if steg == "page":
        assert "Det här måste göras först" in _text(client.get(_url("avsluta", ar)))
        svar = client.post(_url("avsluta", ar), {"sett": "on"}, follow=True)
        assert "kan inte avslutas än. Inga importer väntar" in _text(svar)
    else:
        with pytest.raises(OtillatenOvergang, match="kan inte avslutas än"):
            bokslut.avsluta(ar, av=None)
    ar.refresh_from_db()
    assert ar.lage == "faststalld"


def test_closing_asks_about_what_is_not_done_and_locks_the_year(client, inloggad, ar):
    inloggad("forbundschef")
    assert "Kryssa i rutan" in client.post(_url("avsluta", ar), {}).context["form"].errors["sett"][0]
    assert "2019 är avslutat." in _text(client.post(_url("avsluta", ar), {"sett": "on"}, follow=True))
    ar.refresh_from_db()
    assert ar.lage == "avslutat"
    assert Handelse.objects.om(ar).get(namn="bokslut").data == {
        "resultat": "289.500000", "eget_kapital": "389.50", "kostnader": "210.500000",
    }  # fmt: skip
    for andra in (
        lambda: ar.poster.update(belopp=1),
        lambda: ar.regler.all().delete(),
        lambda: Verifikationsrad.objects.all().delete(),
        lambda: Verksamhetsar.objects.filter(pk=ar.pk).update(lage="faststalld"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            andra()
    svar = client.post(_url("avsluta", ar), {"sett": "on"}, follow=True)
    assert "redan avslutat" in _text(svar)


def test_a_correction_after_it_is_listed_with_its_reason_and_what_it_did(client, inloggad, ny_anvandare, ar):
    inloggad("kansli")
    client.post(_url("avsluta", ar), {"sett": "on"})
    ny = ("C", "10", "1231", "Glömd faktura", (("5010", "", "19.50"), ("1930", "", "-19.50")))
    andrad = ("B", "1", "0301", "=Hyra; mars", (("5010", "", "45.00"), ("1930", "", "-45.00")))
    innehall = sie([*VERIFIKATIONER[:3], andrad, SLUT, ny])
    ar.refresh_from_db()
    with pytest.raises(bok_spara.KanInteSparas):
        bok_spara.spara(granskad(innehall, ar), las(innehall), av=None)
    bok_spara.spara(
        granskad(innehall, ar), las(innehall), av=ny_anvandare("ekonom", namn="Ekonom Ek"), skal="Revisionen"
    )
    laget = _laget(ar)
    assert (laget.resultat_vid_avslut, laget.rattat, laget.resultat) == (
        Decimal("289.50"), Decimal("-24.50"), Decimal("265.00"),
    )  # fmt: skip
    rader = [(str(rad), str(rad.rattar or ""), rad.skal, rad.omslutning, rad.effekt) for rad in bokslut.rattelser(ar)]
    assert rader == [
        ("B 1", "B 1", "Revisionen", 5, -5), ("C 10", "", "Revisionen", Decimal("19.5"), Decimal("-19.5")),
    ]  # fmt: skip
    text = _text(client.get(_url("detail", ar)))
    for ord_ in ("Revisionen", "Ekonom Ek", "Resultat när året avslutades", "-24,50"):
        assert ord_ in text
    inloggad("styrelse")
    assert "Revisionen" not in _text(client.get(_url("detail", ar)))


def test_closing_equity_goes_to_the_next_years_budget(client, inloggad, ar):
    nasta = nytt_ar(2020, tilldelning=500, eget_kapital_in=300)
    inloggad("ekonom")
    sida = client.get(_url("detail", ar))
    assert sida.context["laget"].skillnad_nasta == Decimal("89.50")
    assert "Olika" in _text(sida)
    over = sida.context["over"]
    assert "har ändrats sedan du öppnade sidan" in _text(client.post(_url("for_over", ar), {"sedd": "1"}, follow=True))
    client.post(_url("for_over", ar), {"sedd": over})
    nasta.refresh_from_db()
    assert (nasta.eget_kapital_in, nasta.version) == (Decimal("389.50"), 2)
    assert Handelse.objects.om(nasta).first().data == {"eget_kapital_in": ["300.00", "389.50"]}
    assert "Det är preliminärt tills 2019 är avslutat" in _text(client.get(_url("detail", ar)))


def test_a_decided_budget_is_not_written_in(client, inloggad, ar):
    nytt_ar(2020, tilldelning=500, eget_kapital_in=300, lage="faststalld")
    inloggad("ekonom")
    sida = client.get(_url("detail", ar))
    assert "ändras bara i en" in _text(sida)
    svar = client.post(_url("for_over", ar), {"sedd": sida.context["over"]}, follow=True)
    assert "Börja en revidering först" in _text(svar)
    assert Verksamhetsar.objects.get(ar=2020).eget_kapital_in == 300


def test_no_next_year_and_no_ledger_are_said(client, inloggad, ar):
    inloggad("ekonom")
    assert "Budgeten för nästa år finns inte än" in _text(client.get(_url("detail", ar)))
    tomt = nytt_ar(2021)
    assert "Ingen bokföring är inläst för 2021" in _text(client.get(_url("detail", tomt)))
    assert "Året ska vara slut och hela dess bokföring inläst" in _text(
        client.post(_url("for_over", tomt), {"sedd": ""}, follow=True)
    )


def test_of_a_year_that_is_not_booked_to_its_end_nothing_is_carried_over(client, inloggad):
    ar, nasta = nytt_ar(2022), nytt_ar(2023, tilldelning=500, eget_kapital_in=300)
    sparad(ar=ar)  # to the first of March
    inloggad("ekonom")
    sida = client.get(_url("detail", ar))
    assert not sida.context["laget"].hel
    text = _text(sida)
    assert "Eget kapital enligt det som är bokfört hittills" in text
    assert "Det räknas när året är slut och hela bokföringen är inläst. Budgeten för 2023 börjar med 300 kr." in text
    assert _url("for_over", ar) not in text
    client.post(_url("for_over", ar), {"sedd": sida.context["over"]})
    nasta.refresh_from_db()
    assert nasta.eget_kapital_in == 300


def test_the_demos_2019_can_be_closed(ny_anvandare):
    ekonom = ny_anvandare("ekonom")
    budget.faststall_plan(ekonom)
    bokforing.skriv_2019(ekonom)
    ar = Verksamhetsar.objects.get(ar=2019)
    laget = _laget(ar)
    assert (laget.hinder, laget.kapital_in_bok) == ([], 661_000)
    assert laget.kapital_ut == 661_000 + 3_534_000 - bok_utfall.utfall(ar).kostnader


def test_the_number_of_queries_does_not_grow(client, inloggad, ar):
    inloggad("kansli")
    nytt_ar(2020)

    def antal():
        with CaptureQueriesContext(connection) as fragor:
            client.get(_url("detail", ar))
        return len(fragor)

    sparad(sie([*VERIFIKATIONER, SLUT, ("E", "1", "0601", "R", (("5010", "", "1.00"), ("1930", "", "-1.00")))]), ar=ar)
    _skal(ar, 1)
    antal()
    fore = antal()
    _skal(ar, 5)
    assert len(client.get(_url("detail", ar)).context["rattelser"].object_list) == 6
    assert antal() == fore


def _skal(ar, antal):
    """So many corrections, each a file with another rent."""
    nr = ar.bokimporter.count()
    for steg in range(nr, nr + antal):
        hyra = ("B", "1", "0301", "=Hyra; mars", (("5010", "", f"{50 + steg}.00"), ("1930", "", f"-{50 + steg}.00")))
        sparad(sie([hyra]), ar=ar, skal=f"Steg {steg}")


# ---- What waits


def test_what_waits_for_whom(ar, ny_anvandare, monkeypatch):
    kansli, ekonom, styrelse = (ny_anvandare(roll) for roll in ("kansli", "ekonom", "styrelse"))

    def texter(vem):
        return [post.text for post in paneler.att_gora(vem)]

    assert texter(kansli) == ["Avsluta 2019"]
    assert texter(ekonom) == texter(styrelse) == []
    granskad(ar=ar)
    okant = ("D", "1", "0501", "Okänt", (("7000", "", "5.00"), ("1930", "", "-5.00")))
    motpart = ("D", "2", "0502", "Okänt", (("7001", "", "-12.00"), ("1930", "", "12.00")))
    sparad(sie([*VERIFIKATIONER, SLUT, okant, motpart]), ar=ar)
    vantar, omappat = paneler.att_gora(ekonom)
    assert vantar.text == "Spara eller avvisa bokföringen för 2019"
    assert omappat.text == "Lägg till regler för 2019"
    assert omappat.varfor.replace("\N{NO-BREAK SPACE}", " ") == "Omappat: 2 rader, 17 kr."
    assert texter(kansli)[-1] == "Avsluta 2019"
    assert texter(styrelse) == []
    Verksamhetsar.objects.filter(pk=ar.pk).update(lage="avslutat")
    assert texter(kansli) == ["Spara eller avvisa bokföringen för 2019"], "a closed year's rules stand still"


def test_a_year_without_ledger_or_that_goes_on_is_not_asked_for(ny_anvandare):
    kansli = ny_anvandare("kansli")
    nytt_ar(2018)
    assert paneler.att_gora(kansli) == []
    i_ar = nytt_ar(idag().year)
    sparad(ar=i_ar)
    assert "Avsluta" not in " ".join(post.text for post in paneler.att_gora(kansli))


def test_what_waits_costs_the_same_for_many_years(ny_anvandare, ar):
    kansli = ny_anvandare("kansli")

    def antal():
        with CaptureQueriesContext(connection) as fragor:
            paneler.att_gora(kansli)
        return len(fragor)

    antal()
    fore = antal()
    for nr in range(2010, 2013):
        sparad(ar=nytt_ar(nr))
        granskad(ar=nytt_ar(nr))
    assert len(paneler.att_gora(kansli)) == 10
    assert antal() == fore
