"""The plan of 2019 to the krona (doman.md 8.14), and the rule about equity."""

from decimal import Decimal

import pytest

from ekonomi.belopp import STANDARDREGEL, Arsbudget, Kapitalregel, kr, procent, summa_i_procent
from samordning.demo.plan2019 import PLANEN_2019

REGEL = Kapitalregel.av(STANDARDREGEL)


def planen(**byt):
    kategorier = {}
    for _, kategori, tkr in PLANEN_2019:
        kategori = kategori.removesuffix("_adm")
        kategorier[kategori] = kategorier.get(kategori, Decimal(0)) + tkr * 1000
    falt = {"tilldelning": Decimal(3_492_000), "ovriga_intakter": Decimal(42_000), "eget_kapital_in": Decimal(661_000)}
    return Arsbudget(ar=2019, kategorier=kategorier, **falt | byt)


def test_the_sums_of_2019():
    budget = planen()
    assert budget.medel == 4_195_000  # G08
    assert budget.kostnader == 4_045_000  # G14
    assert budget.eget_kapital_ut == 150_000  # G15
    assert budget.eget_kapital_om_kvar == 450_000  # G19
    assert budget.ej_beslutat == 300_000


def test_the_shares_of_2019_are_rounded_alone_and_become_101():
    andelar = planen().andelar()
    assert {rad.kategori: (rad.belopp / 1000, rad.procent) for rad in andelar} == {
        "individ": (2400, 57), "struktur": (495, 12), "ej_beslutat": (450, 11), "ledning": (820, 20), "ovrigt": (30, 1),
    }  # fmt: skip
    assert summa_i_procent(andelar) == 101  # G22


def test_a_year_without_money_has_no_shares():
    assert {rad.procent for rad in Arsbudget(2030, Decimal(0)).andelar()} == {None}


@pytest.mark.parametrize(("kapital", "andel", "lage"), [
    (150_000, "4.3", "klarar"), (450_000, "12.9", "klarar"), (661_000, "18.9", "klarar"),  # G24
    (698_400, "20.0", "klarar"), ("698400.01", "20.0", "bryter"), (-1, "0.0", "under_noll"), (0, "0.0", "klarar"),
])  # fmt: skip
def test_the_rule_about_equity(kapital, andel, lage):
    bedomning = REGEL.bedom(Decimal(kapital), Decimal(3_492_000))
    assert (abs(bedomning.procent), bedomning.lage, bedomning.hogst) == (Decimal(andel), lage, Decimal(698_400))


def test_above_the_last_step_no_rule_is_guessed():
    assert REGEL.bedom(Decimal(1), Decimal(7_000_000)).lage == "klarar"
    over = REGEL.bedom(Decimal(1), Decimal(7_000_001))
    assert (over.lage, over.hogst) == ("ingen_regel", None)
    tva = Kapitalregel.av([[10_000_000, 15], [7_000_000, 20]])
    assert tva.hogst_procent(Decimal(8_000_000)) == 15


def test_money_in_words():
    assert kr(Decimal("450000.00")) == "450\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr"
    assert kr(Decimal("-1200.50")) == "\N{MINUS SIGN}1\N{NO-BREAK SPACE}200,50\N{NO-BREAK SPACE}kr"
    assert procent(Decimal(1), Decimal(0)) is None
