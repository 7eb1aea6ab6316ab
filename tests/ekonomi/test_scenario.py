"""What applications do to the plan of 2019: 300 tkr is undecided."""

from decimal import Decimal

from ekonomi.belopp import STANDARDREGEL, Kapitalregel
from ekonomi.scenario import rakna
from tests.ekonomi.test_belopp import planen

REGEL = Kapitalregel.av(STANDARDREGEL)


def _ett(kronor, kategori="individ", **byt):
    return rakna([planen(**byt)], {2019: {kategori: Decimal(kronor)}}, REGEL)[0]


def test_what_fits_leaves_the_closing_equity_as_it_was():
    ar = _ett(200_000)
    assert (ar.tillagt, ar.kvar, ar.over) == (200_000, 100_000, 0)
    assert ar.efter.eget_kapital_ut == ar.fore.eget_kapital_ut == 150_000
    assert (ar.fore.eget_kapital_om_kvar, ar.efter.eget_kapital_om_kvar) == (450_000, 250_000)
    assert [(efter.belopp / 1000, efter.procent) for _, efter in ar.andelar][:3] == [(2600, 62), (495, 12), (250, 6)]
    assert [(fore.procent, efter.procent) for _, fore, efter in ar.bedomningar()] == [
        (Decimal("18.9"), Decimal("18.9")), (Decimal("4.3"), Decimal("4.3")), (Decimal("12.9"), Decimal("7.2")),
    ]  # fmt: skip
    assert ar.lage == "klarar"


def test_what_does_not_fit_is_taken_from_equity():
    ar = _ett(400_000, "struktur")
    assert (ar.kvar, ar.over) == (-100_000, 100_000)
    assert ar.efter.eget_kapital_ut == ar.efter.eget_kapital_om_kvar == 50_000
    assert ar.lage == "klarar"
    assert ar.efter.kategorier["struktur"] == 895_000


def test_when_equity_is_gone_it_says_so():
    ar = _ett("450000.01")
    assert (ar.efter.eget_kapital_ut, ar.lage) == (Decimal("-0.01"), "under_noll")


def test_the_rule_that_only_holds_if_the_money_is_used():
    fore = _ett(0, eget_kapital_in=Decimal(1_000_000))
    assert (fore.fore.eget_kapital_ut, fore.lage_fore) == (489_000, "klarar_om")
    assert _ett(100_000, eget_kapital_in=Decimal(1_000_000)).lage == "klarar"
    assert _ett(0, eget_kapital_in=Decimal(1_300_000)).lage == "bryter"


def test_the_next_year_begins_with_what_was_taken():
    budgetar = [planen(), planen()]
    budgetar[1] = type(budgetar[0])(**{**vars(budgetar[1]), "ar": 2020})
    forsta, andra = rakna(budgetar[::-1], {2019: {"individ": Decimal(350_000)}, 2030: {"individ": Decimal(9)}}, REGEL)
    assert (forsta.ar, andra.ar) == (2019, 2020)
    assert (forsta.over, andra.tillagt) == (50_000, 0)
    assert (andra.fore.eget_kapital_in, andra.efter.eget_kapital_in) == (661_000, 611_000)
    assert andra.efter.eget_kapital_ut == 100_000


def test_the_meter_compares_with_both_allocations():
    ar = rakna([planen()], {2019: {"individ": Decimal(200_000)}}, REGEL, {2019: Decimal(1_746_000)})[0]
    total, statens = ar.kapital
    assert [(rad.tak, rad.in_.hogst) for rad in (total, statens)] == [(20, 698_400), (20, 349_200)]  # G24, G25
    assert [str(rad.procent) for _, rad in total.rader] == ["4.3", "4.3", "7.2"]
    assert [str(rad.procent) for _, rad in statens.rader] == ["8.6", "8.6", "14.3"]
    assert len(_ett(1).kapital) == 1, "nobody has written what the state pays"
