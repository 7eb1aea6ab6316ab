"""The annual report: statements out of the ledger, what must agree, goals, who signs, and only public results."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from ekonomi import dokument as dokumenten
from ekonomi.dokument_bok import bokslut, utfallet
from ekonomi.models import Budgetpost, Dokument, Konteringsregel
from moten.models import Ledamotskap, Organ
from samordning.karna.kalender import tolka_period
from samordning.karna.models import Kontakt, Part
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.ekonomi.dokumentfabrik import del_for, fylld, i_ord, nytt, rapport, tabellen
from uppfoljning.reports import i_dokument

pytestmark = pytest.mark.django_db
# 1 000 in the bank at the beginning, of which 200 are debts; 500 come in, 200.50 go out, 50 of them unpaid.
IN = "#IB 0 1930 1000.00\n#IB 0 2010 -800.00\n#IB 0 2440 -200.00\n"
ARET = (
    ("A", "1", "0115", "Bidrag", (("1930", "", "500.00"), ("3010", "", "-500.00"))),
    ("A", "2", "0131", "Faktura", (("4010", "6 P1", "100.00"), ("1930", "", "-100.00"))),
    ("A", "3", "0210", "Faktura", (("4010", "6 P2", "60.50"), ("1930", "", "-60.50"))),
    ("A", "4", "1201", "Hyra", (("5010", "", "50.00"), ("2440", "", "-50.00"))),
    ("A", "5", "1210", "Ränta", (("8410", "", "10.00"), ("8310", "", "-4.00"), ("1930", "", "-6.00"))),
)  # fmt: skip
OMFORT = ("A", "6", "1231", "Årets resultat", (("8999", "", "283.50"), ("2010", "", "-283.50")))
KONTON = (
    '#KONTO 2010 "Eget kapital"\n#KONTO 8310 "Ränteintäkter"\n#KONTO 8410 "Räntekostnader"\n#KONTO 8999 "Resultat"\n'
)


def _ar(*mer, ib=IN, extra="", **falt):
    ar = nytt_ar(2019, **{"eget_kapital_in": 800} | falt)
    sparad(sie([*ARET, *mer], mer=KONTON + ib + extra), ar=ar)
    return ar


def _plan(ar):
    poster = [
        Budgetpost.objects.create(verksamhetsar=ar, rubrik=namn, kategori="individ", belopp=belopp, block="insatser")
        for namn, belopp in (("Gården", 120), ("Åkern", 60))
    ]
    for post, objekt in zip(poster, ("P1", "P2"), strict=True):
        regel(ar, "4010", post, objekt=objekt)
    regel(ar, "3010", "huvudman")
    regel(ar, "5010", "utanfor")
    regel(ar, "8310", "utanfor", till="8410")


def _vanligt(celler):
    return [ett.replace("\u00a0", " ") for ett in celler]


def _last(**texter):
    return dokumenten.las(fylld("arsredov", **texter))


def test_the_statements_are_the_ledgers(db):
    _plan(_ar())
    varden = _last().varden
    resultat, balans = tabellen(varden, "Resultaträkning"), tabellen(varden, "Balansräkning")
    assert _vanligt(resultat["Verksamhetens intäkter"]) == ["1", "500 kr", "–"]
    assert _vanligt(resultat["Verksamhetens kostnader"])[1] == "−210,50 kr"
    assert _vanligt(resultat["Verksamhetens resultat"])[1] == "289,50 kr"
    assert [_vanligt(resultat[f"Finansiella {ett}"])[1] for ett in ("intäkter", "kostnader")] == ["4 kr", "−10 kr"]
    assert _vanligt(resultat["Årets resultat"])[1] == "283,50 kr"
    assert _vanligt(balans["1930 Bank"])[1] == "1 333,50 kr"
    assert _vanligt(balans["2440 Leverantörsskulder"])[1] == "250 kr"
    assert [_vanligt(balans[namn])[1] for namn in ("Vid årets början", "Summa eget kapital")] == [
        "800 kr",
        "1 083,50 kr",
    ]
    assert _vanligt(balans["Summa tillgångar"])[1:] == _vanligt(balans["Summa eget kapital och skulder"])[1:]


def test_a_year_whose_result_is_moved_to_equity_reads_the_same(db):
    ar = _ar(OMFORT)
    _plan(ar)
    bok = bokslut(ar)
    assert (bok.resultat, bok.bokfort_resultat) == (Decimal("283.5"), Decimal("283.5"))
    assert (bok.kapital_in, bok.kapital_annat, bok.kapital_ut, bok.gar_ihop) == (800, 0, Decimal("1083.5"), True)
    assert utfallet(ar).resultat == Decimal("283.5")
    varden = _last().varden
    assert _vanligt(tabellen(varden, "Budget och utfall")["Resultat"])[1] == "283,50 kr"
    assert _vanligt(tabellen(varden, "Intäkter och kostnader")["Årets resultat"]) == ["283,50 kr"]
    assert "8999 Resultat" not in i_ord(varden)


def test_budget_and_outcome_line_by_line_end_in_the_ledgers_result(db):
    _plan(_ar())
    tabell = tabellen(_last().varden, "Budget och utfall")
    assert _vanligt(tabell["Gården"]) == ["−120 kr", "−100 kr", "20 kr"]
    assert _vanligt(tabell["Åkern"]) == ["−60 kr", "−60,50 kr", "−0,50 kr"]
    assert _vanligt(tabell["Räknas inte mot budgeten"])[1] == "−56 kr"
    assert _vanligt(tabell["Resultat"]) == ["320 kr", "283,50 kr", "−36,50 kr"]


def test_rows_without_a_line_are_in_the_table_and_told_of(db):
    ar = _ar()
    _plan(ar)
    Konteringsregel.objects.filter(verksamhetsar=ar, mal="utanfor").delete()
    last = _last()
    tabell = tabellen(last.varden, "Budget och utfall")
    assert _vanligt(tabell["Har ingen plats i budgeten än"])[1] == "−56 kr"
    assert _vanligt(tabell["Resultat"])[1] == "283,50 kr"
    assert any("3 rader i bokföringen, 64 kr" in brist.text.replace("\u00a0", " ") for brist in last.brister)


def test_the_notes_tell_each_account_under_its_line(db):
    _plan(_ar())
    tabell = del_for(_last().varden, "noter", "tabell")
    rader = [(rad["slag"], _vanligt(rad["celler"])) for rad in tabell["rader"]]
    plats = rader.index(("grupp", ["Åkern"]))
    assert rader[plats + 1] == ("", ["4010 Köpt verksamhet", "−60,50 kr"])
    assert ("", ["8310 Ränteintäkter", "4 kr"]) in rader


# ---- What must agree


def test_without_opening_balances_there_is_no_balance_sheet(db):
    _ar(ib="")
    last = _last()
    assert any("inga ingående saldon" in brist.text for brist in last.brister)
    with pytest.raises(AssertionError):
        tabellen(last.varden, "Balansräkning")


def test_a_balance_sheet_that_does_not_balance_is_never_adopted(db):
    _ar(ib=IN.replace("-800.00", "-700.00"))
    last = _last(saknas="Vi vet varför.")
    (hinder,) = last.hinder
    assert "går inte ihop" in hinder.text
    with pytest.raises(dokumenten.KanInteFaststallas, match="Inget är fastställt"):
        dokumenten.beslutade(last, beslutad=datetime.date(2020, 3, 1), paragraf="§ 1")
    with pytest.raises(AssertionError):
        tabellen(last.varden, "Balansräkning")


@pytest.mark.parametrize(
    ("byt", "text"),
    [
        ({"extra": "#UB 0 1930 1300.00\n"}, "är inte filens på 1 konton, bland dem 1930 Bank"),
        ({"eget_kapital_in": 790}, "är 800 kr i bokföringen och 790 kr i budgeten"),
    ],
)
def test_what_differs_is_told(db, byt, text):
    _ar(**byt)
    assert any(text in brist.text.replace("\u00a0", " ") for brist in _last().brister)


def test_a_year_that_is_not_booked_to_its_end_and_one_that_begins_elsewhere(db):
    ar = nytt_ar(2019, eget_kapital_in=800)
    sparad(sie(ARET[:3], mer=KONTON + IN), ar=ar)
    assert any("Den sista verifikationen är från 10 februari" in b.text.replace("\u00a0", " ") for b in _last().brister)


@pytest.mark.parametrize(
    ("ib", "slut", "sagt"),
    [("300.00", "800 kr", ""), ("150.00", "650 kr", "slutet av 2018 var 650 kr"), ("", "–", "")],
)
def test_the_year_before_stands_beside_and_must_end_where_this_begins(db, ib, slut, sagt):
    mer = f"#IB 0 1930 {ib}\n#IB 0 2010 -{ib}\n" if ib else ""
    sparad(sie(ARET[:1], ar=2018, mer=KONTON + mer), ar=nytt_ar(2018, eget_kapital_in=700))
    _ar()
    last = _last()
    om_2018 = [brist.text.replace("\u00a0", " ") for brist in last.brister if "slutet av 2018" in brist.text]
    assert bool(sagt) == bool(om_2018)
    assert all(sagt in text for text in om_2018)
    assert _vanligt(tabellen(last.varden, "Resultaträkning")["Årets resultat"])[2] == "500 kr"
    assert _vanligt(tabellen(last.varden, "Balansräkning")["Summa tillgångar"])[1:] == ["1 333,50 kr", slut]


def _igen():
    """The same draft, read once more."""
    return dokumenten.las(Dokument.objects.get(slag="arsredov"))


# ---- Goals, board, results


def test_the_goals_are_those_of_the_years_plan(db):
    assert any("Verksamhetsplanen för 2019 finns inte här" in brist.text for brist in _last().brister)
    nytt("plan", mal_verksamhet="Vi ska samverka mer.")
    last = _igen()
    assert any("är inte fastställd, så målen kan ändras" in brist.text for brist in last.brister)
    assert "Vi ska samverka mer." in i_ord(last.varden)


def test_who_sits_today_signs_and_who_sat_is_listed(db, ny_anvandare):
    ny_anvandare("revisor", namn="Ragna Revisor")
    organ = Organ.objects.create(namn="Styrelsen i provet", slag="styrelse")
    for namn, fran, till, ersattare in (
        ("Åsa Avgick", "2018-01-01", "2019-06-30", False), ("Bo Nu", "2020-01-01", None, False),
        ("Cia Ersatt", "2018-01-01", None, True),
    ):  # fmt: skip
        kontakt = Kontakt.objects.create(namn=namn, part=Part.objects.forbund())
        Ledamotskap.objects.create(
            organ=organ, kontakt=kontakt, part=kontakt.part, fran=fran, till=till, ersattare=ersattare
        )  # fmt: skip
    varden = _last().varden
    arets = tabellen(varden, "Styrelsen 2019")
    assert arets["Åsa Avgick"][2].replace("\u00a0", " ") == "till 30 juni 2019"
    assert arets["Cia Ersatt"][0] == "Ersättare"
    assert "Bo Nu" not in arets
    namnen = [[namn for namn, _ in del_for(varden, "underskrifter", "underskrifter", nr)["rader"]] for nr in range(3)]
    assert namnen == [[""], ["Bo Nu"], ["Ragna Revisor", ""]]


CELL = {"K": "..", "M": "..", "O": 0, "T": 12}


def test_results_come_from_the_public_version_only(db):
    for malgrupp, lage in (("intern", "slappt"), ("styrelse", "slappt"), ("publik", "granskad")):
        rapport(malgrupp, "2019", lage, P3={"K": 7, "M": 7, "O": 0, "T": 14})
    last = _last()
    assert any("Ingen rapport om 2019 är släppt till allmänheten" in brist.text for brist in last.brister)
    assert "14" not in i_ord(last.varden).split()
    rapport("publik", "2019", P3=CELL)
    tabell = tabellen(_igen().varden, "Deltagare i alla")
    assert tabell["Tog emot"] == ["dolt", "dolt", "0", "12"]


def test_an_internal_report_is_never_quoted(db):
    intern = rapport("intern", "2019")
    with pytest.raises(ValueError, match="internal"):
        i_dokument(intern.varden, tolka_period("2019"))


def test_the_last_day_is_three_months_after_the_year(client, inloggad, db):
    dokument = fylld("arsredov")
    inloggad("revisor")
    with time_machine.travel("2020-03-31 12:00", tick=False):
        assert "Skulle ha varit klar" not in client.get(f"/ekonomi/dokument/{dokument.pk}/").content.decode()
    with time_machine.travel("2020-04-01 12:00", tick=False):
        text = client.get(f"/ekonomi/dokument/{dokument.pk}/").content.decode()
    assert "Skulle ha varit klar" in text
    assert "31\u00a0mars\u00a02020" in text
