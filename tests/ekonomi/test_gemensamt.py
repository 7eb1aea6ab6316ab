"""Shared costs: nothing is lost, what is nobody's is told, and what two owe each other is set off (MC13, G26)."""

import datetime
import io
import uuid
from decimal import Decimal

import page
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ekonomi.gemensamt import Kostnad, Parter, avrakna
from ekonomi.models import Budgetpost, Verksamhetsar
from samordning.demo import bokforing, budget
from samordning.karna.models import Installning, Part
from tests.ekonomi.fabrik import budgetar

ANDELAR = reverse("ekonomi:gemensam_edit")
VI, ANDRA = "Norra", (("Västra", Decimal(45)), ("Östra", Decimal(40)))


def kostnad(pk=1, budget="433333.33", andel=15, radens="65000.00", totalt=None, betalar=0):
    hela = Decimal(budget)
    return Kostnad(pk, f"Kostnad {pk}", hela, Decimal(andel), Decimal(radens), Decimal(totalt or hela), betalar)


@pytest.mark.parametrize(("hela", "var"), [("433333.33", "65000.00"), ("466666.67", "70000.00")])
def test_fifteen_percent_of_the_common_costs(hela, var):
    """G26: 65 and 70 tkr of 433,3 and 466,7."""
    (rad,) = avrakna(VI, Parter(ANDRA), [kostnad(budget=hela, radens=var)]).rader
    assert (rad.delar[0], rad.avviker, rad.hel) == (Decimal(var), None, True)
    assert sum(rad.delar) == Decimal(hela)


PROCENT = st.integers(1, 33_000).map(lambda tal: Decimal(tal) / 1000)


@given(
    st.lists(PROCENT, min_size=1, max_size=3), PROCENT.filter(lambda tal: tal <= 1),
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 1)), min_size=1, max_size=6),
)  # fmt: skip
def test_no_ore_is_lost_and_every_debt_is_paid(andra, var, kostnader):
    parter = Parter(tuple((f"Förbund {nr}", andel) for nr, andel in enumerate(andra)))
    rader = [kostnad(nr, str(Decimal(ore) / 100), var, betalar=betalar) for nr, (ore, betalar) in enumerate(kostnader)]
    svar = avrakna(VI, parter, rader)
    for delad in svar.rader:
        assert sum(delad.delar) + delad.kvar == delad.kostnad.totalt
        assert all(del_ >= 0 and del_ == round(del_, 2) for del_ in (*delad.delar, delad.kvar))
    assert sum(svar.summor) + svar.kvar == svar.totalt
    # After the payments each party has paid its own part, and who paid first also what is nobody's.
    betalt = dict.fromkeys(svar.namn, Decimal(0))
    for delad in svar.rader:
        betalt[svar.namn[delad.kostnad.betalar]] += delad.kostnad.totalt - delad.kvar
    for skuld in svar.skulder:
        assert skuld.belopp > 0
        betalt[skuld.fran] += skuld.belopp
        betalt[skuld.till] -= skuld.belopp
    assert list(betalt.values()) == svar.summor
    par = [frozenset((rad.fran, rad.till)) for rad in svar.skulder]
    assert len(par) == len(set(par)), "two pay each other once"


def test_what_two_owe_each_other_is_set_off():
    svar = avrakna(VI, Parter(ANDRA), [kostnad(1, "1000", betalar=0), kostnad(2, "2000", betalar=1)])
    # We paid 1 000: Västra owes 450, Östra 400. Västra paid 2 000: we owe 300, Östra 800.
    assert [(rad.fran, rad.till, rad.belopp) for rad in svar.skulder] == [
        ("Västra", VI, 150), ("Östra", VI, 400), ("Östra", "Västra", 800),
    ]  # fmt: skip
    assert svar.summor == [450, 1350, 1200]


def test_parts_that_are_not_the_whole_are_told():
    for_lite = avrakna(VI, Parter(ANDRA[:1]), [kostnad(budget="1000", radens="150")])
    (rad,) = for_lite.ofullstandiga
    assert (rad.utan, rad.kvar, rad.delar) == (40, 400, (150, 450))
    (mycket,) = avrakna(VI, Parter((*ANDRA, ("Södra", Decimal(1)))), [kostnad(budget="1000")]).rader
    assert (mycket.for_mycket, mycket.delar, mycket.kvar) == (True, (0, 0, 0, 0), 1000)
    ensam = avrakna(VI, Parter(), [kostnad(budget="1000", radens="149.99")])
    assert (ensam.skulder, ensam.rader[0].kvar, ensam.rader[0].avviker) == ((), 850, 150)


# ---- The pages


@pytest.fixture
def ar(db):
    return budget.skriv_plan()


def skriv(**byt):
    falt = {"nyckel": "gemensamma_parter", "giltig_fran": datetime.date(2019, 1, 1), "beslut_text": "Avtalet § 3",
            "varde": {"andra": [["Västra", "45"], ["Östra", "40"]], "forst": 1}}  # fmt: skip
    return Installning.objects.create(**falt | byt)


def sida(ar, namn="detail"):
    return reverse(f"ekonomi:gemensam_{namn}", args=[ar.pk])


def ord_pa(svar):
    return " ".join(svar.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_year_is_settled_on_the_page(client, inloggad, ar):
    skriv()
    skriv(giltig_fran=datetime.date(2020, 1, 1), varde={"andra": [["Senare", "1"]], "forst": 0})
    vart = Part.objects.forbund().namn
    inloggad("styrelse")
    svar = client.get(sida(ar))
    text = ord_pa(svar)
    for vantat in ("65 000,00", "70 000,00", "466 666,67", "Avtalet § 3", "Västra betalar först"):
        assert vantat in text, vantat
    assert "Andelarna blir inte" not in text
    assert "Senare" not in text
    avrakning = svar.context["avrakning"]
    assert [(rad.fran, rad.till, rad.belopp) for rad in avrakning.skulder] == [
        (vart, "Västra", 135_000), ("Östra", "Västra", 360_000),
    ]  # fmt: skip
    kur, vald = ar.poster.exclude(gemensamt_totalt=None)
    provat = client.get(sida(ar), {f"totalt_{kur.pk}": "400 000", f"betalar_{kur.pk}": "2", f"betalar_{vald.pk}": "0"})
    rader = {rad.kostnad.namn: rad for rad in provat.context["avrakning"].rader}
    assert rader[kur.rubrik].delar == (60_000, 180_000, 160_000)
    assert [rad.kostnad.betalar for rad in rader.values()] == [2, 0]
    assert "I budgeten är hela kostnaden 466 666,67 kr" in ord_pa(provat)
    fel = client.get(sida(ar), {f"totalt_{kur.pk}": "mycket", f"betalar_{kur.pk}": "9"})
    assert len(fel.context["form"].errors) == 2
    assert fel.context["avrakning"].totalt == 900_000


def test_what_is_missing_is_told(client, inloggad, ar):
    inloggad("styrelse")
    text = ord_pa(client.get(sida(ar)))
    assert "85 procent, 368 333,33 kr, har inget förbund" in text
    assert "De andras andelar är inte inskrivna" in text
    Budgetpost.objects.filter(rubrik="Våld i nära relation").update(belopp=1)
    assert "Raden i budgeten är 1 kr, men vår del av kostnaden där är 65 000 kr" in ord_pa(client.get(sida(ar)))
    tomt = Verksamhetsar.objects.create(ar=2030, tilldelning=1)
    assert "Ingen rad i budgeten är gemensam" in ord_pa(client.get(sida(tomt)))


def test_the_ledger_stands_beside(client, inloggad, ar, ny_anvandare):
    bokforing.skriv_2019(ny_anvandare("ekonom"))
    skriv()
    inloggad("revisor")
    svar = client.get(sida(ar))
    assert [rad.kostnad.utfall for rad in svar.context["avrakning"].rader] == [63_900, 65_000]
    assert "Vår rad i bokföringen" in ord_pa(svar)


def test_the_sheet_and_the_paper_say_what_the_page_says(client, inloggad, ar):
    from openpyxl import load_workbook

    skriv(varde={"andra": [["=Västra", "45"], ["Östra", "30"]], "forst": 0})
    kur = ar.poster.exclude(gemensamt_totalt=None)[0]
    inloggad("ekonom")
    fraga = {f"totalt_{kur.pk}": "1 000"}
    bok = load_workbook(io.BytesIO(client.get(sida(ar, "blad"), fraga).content))
    rader = [[cell.value for cell in rad] for rad in bok["Kostnader"].iter_rows()]
    assert rader[0][5] == "=Västra"
    assert bok["Kostnader"]["F1"].data_type == "s"
    assert rader[1][2:9] == [1000, Part.objects.forbund().namn, 150, 450, 300, 100, 70_000]
    assert rader[3][4] == "=SUM(E2:E3)"
    skulder = [[cell.value for cell in rad] for rad in bok["Avräkning"].iter_rows(min_row=2)]
    assert [round(rad[2], 2) for rad in skulder] == [195_450, 130_300]
    pdf = client.get(sida(ar, "pdf"), fraga)
    assert page.validate_pdf_bytes(pdf.content, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_the_others_parts_are_written_with_their_day(client, inloggad, db):
    vart = Part.objects.forbund().namn
    inloggad("kansli")
    data = {"giltig_fran": "2026-01-01", "beslut_text": "Möte 3 mars", "namn_0": "Västra", "procent_0": "42,5",
            "namn_2": " Östra  Skaraborg ", "procent_2": "40", "forst": "3"}  # fmt: skip
    for byt, falt, ord_ in (
        ({"procent_0": ""}, "procent_0", "hur många procent"), ({"namn_0": ""}, "namn_0", "vilket förbund"),
        ({"namn_0": vart.upper()}, "namn_0", "egen andel"), ({"namn_0": "östra skaraborg"}, "namn_2", "två rader"),
        ({"procent_0": "60"}, "procent_0", "100 procent eller mer"), ({"forst": "2"}, "forst", "Rad 2 är tom"),
        ({"namn_0": "", "procent_0": "", "namn_2": "", "procent_2": "", "forst": "0"}, "namn_0", "minst ett"),
    ):  # fmt: skip
        assert ord_ in client.post(ANDELAR, data | byt).context["form"].errors[falt][0], byt
    data["inskick"] = str(uuid.uuid4())
    for _ in range(2):
        assert client.post(ANDELAR, data).status_code == 302
    rad = Installning.objects.get()
    assert rad.varde == {"andra": [["Västra", "42.5"], ["Östra Skaraborg", "40"]], "forst": 2}
    assert Parter.av(rad.varde).summa == Decimal("82.5")
    text = ord_pa(client.get(ANDELAR))
    assert "Östra Skaraborg: 40 procent, betalar först" in text


def test_the_number_of_queries_does_not_grow(client, inloggad, ar, assert_constant_queries):
    skriv()
    inloggad("ekonom")

    def mer():
        Budgetpost.objects.create(verksamhetsar=ar, rubrik="Gemensam", kategori="struktur", belopp=1,
                                  gemensamt_totalt=10, gemensam_andel=10)  # fmt: skip

    assert_constant_queries(sida(ar), mer)
    inloggad("kansli")
    assert_constant_queries(ANDELAR, skriv)


def test_a_year_of_its_own(client, inloggad):
    """The plan's lines without shared costs."""
    inloggad("kansli")
    svar = client.get(sida(budgetar(2018)))
    assert svar.context["avrakning"].rader == ()
    assert "skriv hela kostnaden och vår andel" in ord_pa(svar)
