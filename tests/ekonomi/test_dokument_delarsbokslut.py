"""The half-year report to the board: the ledger until June, the forecast, who has reported, and the board's figures."""

import datetime

import pytest
from django.utils import timezone

from ekonomi import dokument as dokumenten
from ekonomi import prognos_underlag
from ekonomi.models import Budgetpost, Dokument, Prognos
from insatser.models import Lagesrapport
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.ekonomi.dokumentfabrik import fylld, i_ord, rapport, tabellen
from tests.insatser.fabrik import ny_insats, nytt_avtal

pytestmark = pytest.mark.django_db
ARET = (
    ("A", "1", "0115", "Bidrag", (("1930", "", "250.00"), ("3010", "", "-250.00"))),
    ("A", "2", "0630", "Faktura", (("4010", "", "40.00"), ("1930", "", "-40.00"))),
    ("A", "3", "0701", "Faktura", (("4010", "", "60.00"), ("1930", "", "-60.00"))),
)


JUNI = datetime.date(2019, 6, 30)


def _ar():
    ar = nytt_ar(2019, eget_kapital_in=100)
    post = Budgetpost.objects.create(
        verksamhetsar=ar, rubrik="Gården", kategori="individ", belopp=160, block="insatser"
    )
    sparad(sie(ARET), ar=ar)
    regel(ar, "4010", post)
    regel(ar, "3010", "huvudman")
    ar.refresh_from_db()
    return ar


def _igen():
    return dokumenten.las(Dokument.objects.get(slag="delar"))


def _vanligt(celler):
    return [ett.replace("\u00a0", " ") for ett in celler]


def test_only_what_is_booked_until_june_counts(db):
    _ar()
    fylld("delar")
    tabell = tabellen(_igen().varden, "Budget 2019 och bokföring")
    assert _vanligt(tabell["Gården"]) == ["−160 kr", "−40 kr", "25 %"]
    assert _vanligt(tabell["Intäkter huvudmän"]) == ["500 kr", "250 kr", "50 %"]
    assert _vanligt(tabell["Resultat"]) == ["340 kr", "210 kr", "–"]


def test_the_latest_frozen_forecast_stands_there_with_the_rule(db, ny_anvandare):
    ar = _ar()
    fylld("delar")
    assert any("Ingen prognos för 2019 är låst" in brist.text for brist in _igen().brister)
    rad = Prognos.objects.create(verksamhetsar=ar, nr=1, till=datetime.date(2019, 8, 31), kommentar="Lugnt läge.")
    assert any("Ingen prognos" in brist.text for brist in _igen().brister), "a draft is not the board's"
    varde = prognos_underlag.rapport(rad)
    prognos_underlag.las(rad, av=ny_anvandare("kansli"), sedd=prognos_underlag.avtryck(varde))
    last = _igen()
    tabell = tabellen(last.varden, "Prognos för 2019")
    assert _vanligt(tabell["Kostnader"])[:2] == ["−160 kr", "−160 kr"]
    assert _vanligt(tabell["Resultat"])[1] == "340 kr"
    kapital = tabellen(last.varden, "Eget kapital vid årets slut enligt prognosen")
    assert [_vanligt(rad)[:2] for rad in kapital.values()] == [["440 kr", "88,0 %"]]
    assert "Lugnt läge." in i_ord(last.varden)


def test_each_agreement_is_in_or_missing(db):
    _ar()
    dagar = (datetime.date(2019, 1, 1), datetime.date(2019, 12, 31))
    for namn, lage in (
        ("Akaciagården", "inlamnad"),
        ("Björkgården", "vantar"),
        ("Cypressgården", "hoppad"),
        ("Dunge", ""),
    ):
        avtal = nytt_avtal(ny_insats(namn), *dagar)
        if lage:
            Lagesrapport.objects.create(
                avtal=avtal, fran=dagar[0], till=JUNI, senast=dagar[1], lage=lage,
                inlamnad=timezone.now() if lage == "inlamnad" else None,
            )  # fmt: skip
    nytt_avtal(ny_insats("Höstgården"), datetime.date(2019, 7, 1), dagar[1])
    fylld("delar")
    last = _igen()
    tabell = {namn: rad[1] for namn, rad in tabellen(last.varden, "Lägesrapporter").items()}
    assert tabell["Akaciagården"].startswith("Inlämnad ")
    assert (tabell["Björkgården"], tabell["Cypressgården"]) == ("Inte inlämnad", "Behövs inte")
    assert tabell["Dunge"] == "Saknas"
    assert "Höstgården" not in tabell, "its agreement begins after June"
    assert any("2 lägesrapporter är inte inlämnade" in brist.text for brist in last.brister)


def test_the_figures_are_those_that_the_board_was_given(db):
    _ar()
    fylld("delar")
    rapport("publik", "2019H1", P3={"K": 5, "M": 5, "O": 0, "T": 10})
    rapport("intern", "2019H1", P3={"K": 2, "M": 7, "O": 0, "T": 9})
    assert any("släppt till styrelsen" in brist.text for brist in _igen().brister)
    rapport("styrelse", "2019H1", k=3, P3={"K": "..", "M": "..", "O": 0, "T": 9})
    senare = rapport("styrelse", "2019H1", k=3, P3={"K": 4, "M": 6, "O": 0, "T": 10})
    last = _igen()
    assert tabellen(last.varden, "Deltagare i alla insatser")["Tog emot"] == ["4", "6", "0", "10"]
    text = i_ord(last.varden).replace("\u00a0", " ")
    assert f"version {senare.version}. Den räknades" in text
    assert "släpptes 20 januari 2020" in text
    assert "Tal under 3 visas inte" in text


def test_the_number_of_queries_does_not_grow(db, django_assert_num_queries):
    ar = _ar()
    dokument = fylld("delar")
    with django_assert_num_queries(15):
        dokumenten.las(dokument)
    for _ in range(4):
        nytt_avtal(ny_insats(), datetime.date(2019, 1, 1), datetime.date(2019, 12, 31))
        Budgetpost.objects.create(verksamhetsar=ar, rubrik="Rad", kategori="individ", belopp=1, block="insatser")
    with django_assert_num_queries(16):  # asks for their reports, since there are agreements
        dokumenten.las(dokument)
    for _ in range(4):
        nytt_avtal(ny_insats(), datetime.date(2019, 1, 1), datetime.date(2019, 12, 31))
    with django_assert_num_queries(16):
        dokumenten.las(dokument)
