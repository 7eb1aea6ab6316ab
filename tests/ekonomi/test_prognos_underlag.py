"""What a forecast is counted from: the ledger, agreements and requisitions, each krona once."""

import datetime
from decimal import Decimal

import pytest

from ekonomi import bok_utfall, matchning, prognos, prognos_underlag
from ekonomi.models import Prognos, Verifikationsrad, Verksamhetsar
from samordning.demo import bokforing, budget
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition
from tests.insatser.fabrik import ny_insats

pytestmark = pytest.mark.django_db
AR, TILL = 2026, datetime.date(2026, 8, 31)


@pytest.fixture
def personer(ny_anvandare):
    return [ny_anvandare("kansli") for _ in range(3)]


@pytest.fixture
def ar(db):
    return Verksamhetsar.objects.get(pk=nytt_ar(AR, tilldelning=1_000_000, eget_kapital_in=50_000).pk)


def _post(ar, belopp, insats=None, **falt):
    standard = {"rubrik": "Raden", "kategori": "individ"}
    return ar.poster.create(belopp=belopp, insats=insats, **standard | falt)


def _bok(ar, *rader):
    """(day, kronor) on the project P1, against the bank."""
    ver = [
        ("A", str(nr), dag, f"Kostnad {nr}", (("4010", "6 P1", f"{kronor}.00"), ("1930", "", f"{-kronor}.00")))
        for nr, (dag, kronor) in enumerate(rader, 1)
    ]
    return sparad(sie(ver, ar=ar.ar), ar=ar)


def _rapport(ar, till=TILL, **falt):
    rad = Prognos.objects.create(verksamhetsar=ar, nr=1, till=till, **falt)
    return prognos_underlag.rapport(rad)


def _raden(ar, till=TILL):
    """The only line: (outcome, asked for and not booked, not asked for, sum)."""
    rad = _rapport(ar, till).block[0].rader[0]
    return rad.utfall, rad.avtalat, rad.prognos


def _betald(avtal, personer, **falt):
    return ny_rekvisition(avtal, personer[0], lage="betald", attest=personer[1:], **falt)


def test_outcome_and_the_rest_of_the_agreement(ar, personer):
    avtal = avtal_med_pengar(ar=AR, kronor=200_000)
    post = _post(ar, 200_000, avtal.insats)
    regel(ar, "4010", post, "P1")
    _bok(ar, ("0630", 120_000), ("1001", 5_000))
    assert _raden(ar) == (120_000, 80_000, 200_000)  # what comes after the day is not in the outcome


def test_a_requisition_counts_once_wherever_it_is(ar, personer, monkeypatch):
    avtal = avtal_med_pengar(ar=AR, kronor=400_000)
    post = _post(ar, 400_000, avtal.insats)
    regel(ar, "4010", post, "P1")
    rekvisition = _betald(avtal, personer, belopp=150_000)
    _bok(ar, ("0630", 150_000), ("0815", 7_000))
    monkeypatch.setattr(prognos_underlag, "localdate", lambda _: TILL)
    # Not joined, but a cost of the same sum is there: it is taken for the same, and the page says so.
    rapport = _rapport(ar)
    rad = rapport.block[0].rader[0]
    assert (rad.utfall, rad.avtalat, rad.prognos) == (157_000, 243_000, 400_000)
    assert any("så den räknas som bokförd" in text for text in rapport.varningar)
    Prognos.objects.all().delete()
    matchning.koppla(rekvisition, Verifikationsrad.objects.get(belopp=150_000), av=personer[0])
    assert _raden(ar) == (157_000, 243_000, 400_000)
    Prognos.objects.all().delete()
    # Sent in and not booked: of what is granted still, and once.
    ny_rekvisition(avtal, personer[0], period="H2", belopp=100_000, lage="inskickad")
    assert _raden(ar) == (157_000, 243_000, 400_000)


def test_all_is_asked_for_and_another_bill_came_on_the_line(ar, personer):
    avtal = avtal_med_pengar(ar=AR, kronor=400_000)
    regel(ar, "4010", _post(ar, 400_000, avtal.insats), "P1")
    forsta = _betald(avtal, personer, belopp=200_000)
    ny_rekvisition(avtal, personer[0], period="H2", belopp=200_000, lage="inskickad")
    _bok(ar, ("0630", 200_000), ("0701", 20_000))
    matchning.koppla(forsta, Verifikationsrad.objects.get(belopp=200_000), av=personer[0])
    assert _raden(ar) == (220_000, 200_000, 420_000)


def test_all_is_asked_for_and_what_is_paid_is_not_joined_yet(ar, personer, monkeypatch):
    avtal = avtal_med_pengar(ar=AR, kronor=400_000)
    regel(ar, "4010", _post(ar, 400_000, avtal.insats), "P1")
    # Two of the same sum, and the ledger has one of them.
    forsta, _ = (_betald(avtal, personer, period=period, belopp=100_000) for period in ("K1", "K2"))
    ny_rekvisition(avtal, personer[0], period="H2", belopp=200_000, lage="inskickad")
    monkeypatch.setattr(prognos_underlag, "localdate", lambda _: TILL)
    _bok(ar, ("0415", 100_000))
    assert _raden(ar) == (100_000, 300_000, 400_000)
    Prognos.objects.all().delete()
    matchning.koppla(forsta, Verifikationsrad.objects.get(belopp=100_000), av=personer[0])
    assert _raden(ar) == (100_000, 300_000, 400_000), "a row that is joined is not the other's too"


def test_a_paid_one_that_the_ledger_has_not_is_still_to_come(ar, personer, monkeypatch):
    avtal = avtal_med_pengar(ar=AR, kronor=400_000)
    regel(ar, "4010", _post(ar, 400_000, avtal.insats), "P1")
    _betald(avtal, personer, belopp=150_000)
    monkeypatch.setattr(prognos_underlag, "localdate", lambda _: TILL)
    _bok(ar, ("0115", 10_000))
    rapport = _rapport(ar)
    rad = rapport.block[0].rader[0]
    assert (rad.utfall, rad.prognos) == (10_000, 400_000)
    assert any("räknas som inte bokförd" in text for text in rapport.varningar)


def test_booked_after_the_day_or_another_year(ar, personer):
    avtal = avtal_med_pengar(ar=AR, kronor=400_000)
    regel(ar, "4010", _post(ar, 400_000, avtal.insats), "P1")
    sen, annat_ar = _betald(avtal, personer, belopp=100_000), _betald(avtal, personer, period="H2", belopp=50_000)
    _bok(ar, ("0115", 1_000), ("1215", 100_000))
    nasta = nytt_ar(AR + 1)
    _bok(nasta, ("0115", 50_000))
    matchning.koppla(sen, Verifikationsrad.objects.get(belopp=100_000), av=personer[0])
    matchning.koppla(annat_ar, Verifikationsrad.objects.get(belopp=50_000), av=personer[0])
    rapport = _rapport(ar)
    rad = rapport.block[0].rader[0]
    # 1 000 is booked, 100 000 is booked later, 250 000 - 1 000 not asked for; 50 000 is the next year's cost.
    assert (rad.utfall, rad.avtalat, rad.prognos) == (1_000, 349_000, 350_000)
    assert any("bokförd ett annat år" in text for text in rapport.varningar)


def test_drafts_and_withdrawn_ones_are_not_asked_for(ar, personer):
    avtal = avtal_med_pengar(ar=AR, kronor=400_000)
    _post(ar, 400_000, avtal.insats)
    ny_rekvisition(avtal, personer[0], belopp=100_000)
    ny_rekvisition(avtal, personer[0], period="H2", belopp=100_000).aterkalla(av=personer[0])
    rad = _rapport(ar).block[0].rader[0]
    assert (rad.prognos, "rekvirerat" in rad.hur) == (400_000, False)


def test_an_option_that_nobody_has_decided_is_not_in_it(ar):
    avtal = avtal_med_pengar(ar=AR, kronor=200_000)
    avtal.slut = datetime.date(AR, 6, 30)
    avtal.save()
    avtal.belopp.create(ar=AR + 1, kronor=400_000)
    _post(ar, 400_000, avtal.insats)
    rad = _rapport(ar).block[0].rader[0]
    assert rad.prognos == 200_000
    assert "30\N{NO-BREAK SPACE}juni\N{NO-BREAK SPACE}2026, och en förlängning är inte med" in rad.hur


def test_an_insats_with_two_lines_has_its_agreement_once(ar):
    avtal = avtal_med_pengar(ar=AR, kronor=150_000)
    _post(ar, 100_000, avtal.insats)
    _post(ar, 50_000, avtal.insats)
    assert [rad.prognos for rad in _rapport(ar).block[0].rader] == [100_000, 50_000]


def test_an_agreement_without_a_line_and_rows_without_a_rule_have_their_own(ar):
    avtal = avtal_med_pengar(ar=AR, kronor=90_000)
    _post(ar, 300_000, kategori="ej_beslutat")
    _bok(ar, ("0115", 1_000))
    rapport = _rapport(ar)
    assert rapport.block[0].rader[0].prognos == 0
    utan = {rad.namn: rad.prognos for rad in rapport.block[1].rader}
    assert utan == {"Avtal utan rad i budgeten": 90_000, "Bokfört utan regel": 1_000}
    assert avtal.insats.namn in rapport.block[1].rader[0].hur
    assert rapport.slut == 50_000 + 1_000_000 - 91_000, "nothing of the ledger is lost on the way to equity"


def test_a_line_without_agreement_and_the_boards_own_sum(ar):
    post = _post(ar, 300_000, ny_insats())
    rad = Prognos.objects.create(verksamhetsar=ar, nr=1, till=TILL)
    rad.rader.create(post=post, belopp=Decimal("250000.50"), kommentar="En tjänst är vakant")
    rapport = prognos_underlag.rapport(rad)
    (en,) = rapport.block[0].rader
    assert (en.forslag, en.prognos, en.skillnad, en.andrad) == (
        300_000,
        Decimal("250000.50"),
        Decimal("-49999.50"),
        True,
    )


def test_the_years_result_that_is_booked_is_no_cost(ar):
    regel(ar, "4010", _post(ar, 1_000), "P1")
    ver = [
        ("A", "1", "0115", "Kostnad", (("4010", "6 P1", "500.00"), ("1930", "", "-500.00"))),
        ("A", "2", "0116", "Årets resultat", (("8999", "", "-500.00"), ("2099", "", "500.00"))),
        ("A", "3", "0117", "Ränta", (("8310", "", "-30.00"), ("1930", "", "30.00"))),
    ]
    sparad(sie(ver, ar=AR), ar=ar)
    regel(ar, "8000", "utanfor", till="8999")
    rapport = _rapport(ar)
    assert (rapport.utanfor, rapport.slut) == (30, 50_000 + 1_000_000 - 1_000 + 30)


def test_the_plan_of_2019_on_both_bases(ny_anvandare):
    ar = budget.skriv_plan()
    bokforing.skriv_2019(ny_anvandare("ekonom"))
    rapport = _rapport(Verksamhetsar.objects.get(pk=ar.pk), datetime.date(2019, 12, 31))
    assert (rapport.slut_budget, rapport.resultat_budget) == (150_000, -511_000)  # G15, G16
    total, statens = rapport.kapital
    assert [str(rad.procent) for _, rad in total.rader[:2]] == ["18.9", "4.3"]  # G24
    assert [str(rad.procent) for _, rad in statens.rader[:2]] == ["37.9", "8.6"]  # G25
    assert [rad.lage for _, rad in statens.rader[:2]] == ["bryter", "klarar"]
    assert rapport.kostnader.utfall == bok_utfall.utfall(ar).kostnader
    # A whole year that is booked: nothing is left but what the lines without agreement have not used.
    assert rapport.slut == rapport.eget_kapital_in + 3_534_000 - rapport.kostnader.prognos


def test_no_ledger_is_said(ar):
    (text,) = _rapport(ar).varningar
    assert text.startswith("Ingen bokföring till och med 31")


def test_the_number_of_queries_does_not_grow(ar, personer, django_assert_num_queries):
    rad = Prognos.objects.create(verksamhetsar=ar, nr=1, till=TILL)
    nr = 0

    def lagg_till():
        nonlocal nr
        nr += 1
        avtal = avtal_med_pengar(ar=AR)
        post = _post(ar, 400_000, avtal.insats)
        rad.rader.create(post=post, belopp=1, kommentar="Därför")
        ny_rekvisition(avtal, personer[0], lage="inskickad")
        _betald(avtal, personer, period="H2")

    _bok(ar, ("0115", 1_000))
    lagg_till()
    with django_assert_num_queries(17):
        prognos_underlag.rapport(Prognos.objects.select_related("verksamhetsar").get())
    for _ in range(3):
        lagg_till()
    with django_assert_num_queries(17):
        rapport = prognos_underlag.rapport(Prognos.objects.select_related("verksamhetsar").get())
    assert len(rapport.block[0].rader) == 4
    assert prognos.ur_varden(prognos.som_varden(rapport)) == rapport
