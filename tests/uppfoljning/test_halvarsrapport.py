"""The half-year report as one value: its parts, what it says that it leaves out, and that it needs nothing more."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insatser.models import Insats
from samordning.karna.kalender import halvar, helar
from samordning.karna.models import Installning
from tests.uppfoljning.filer import importera, rad, slumprader
from uppfoljning.halvarsrapport import halvarsrapport, omslut
from uppfoljning.rapportdokument import dokument
from uppfoljning.reports import k_for, rapport_html, rapport_json, skyddad
from uppfoljning.utfall import utfall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]
DAG = datetime.date


def som_json(varde):
    return json.loads(json.dumps(varde))


@pytest.mark.parametrize(
    ("kod", "perioder"),
    [
        ("2024H1", [halvar(2024, 1)]),
        ("2024H2", [halvar(2024, 2), helar(2024)]),
        ("2024", [helar(2024)]),
        (" 2024H2 ", [halvar(2024, 2), helar(2024)]),
    ],
)
def test_the_parts_are_the_outcome_reports_of_their_periods(kod, perioder):
    importera(slumprader(60, 7))
    rapport = halvarsrapport(kod)
    assert rapport["delar"] == [utfall(period.fran, period.till) for period in perioder]
    assert (rapport["rapport"], rapport["period"], rapport["for"]) == ("halvar", kod.strip(), "intern")
    assert som_json(rapport) == rapport  # nothing that a database column of JSON would change


def test_names_are_frozen_in_the_value():
    importera([rad(1, insats="Gläntan", slut="2024-08-01", forsorjning_start="FK", forsorjning_slut="LON")])
    rapport = som_json(halvarsrapport("2024H2"))
    Insats.objects.update(namn="Något annat")
    assert rapport["namn"] == {"glantan": "Gläntan"}
    assert dokument(rapport)["insatser"][0]["namn"] == "Gläntan"
    assert dokument(rapport)["delar"][0]["forsorjning"] == [
        ("Sjukpenning eller rehabiliteringspenning", "Lön", 1, 0, 0, 1)
    ]


def test_the_document_asks_the_database_nothing():
    importera(slumprader(60, 7))
    rapport = halvarsrapport("2024H2")
    with CaptureQueriesContext(connection) as fragor:
        dokument(rapport)
        rapport_html(rapport, datetime.datetime(2025, 1, 16, 9, tzinfo=datetime.UTC))
        rapport_json(rapport)
    assert len(fragor) == 0


def test_the_number_of_queries_does_not_grow():
    importera(slumprader(30, 5))
    with CaptureQueriesContext(connection) as fore:
        halvarsrapport("2024H2")
    importera([rad(f"till{nr}", insats=f"Ny {nr}", start="2024-08-01") for nr in range(20)], kalla="till")
    with CaptureQueriesContext(connection) as efter:
        halvarsrapport("2024H2")
    assert len(fore) == len(efter) < 15


def test_a_period_that_has_not_ended_says_so():
    assert "Perioden är inte slut förrän den 30\xa0juni\xa02026." in halvarsrapport("2026H1")["utelamnat"][0]
    assert len(halvarsrapport("2024H2")["utelamnat"]) == 1


@pytest.mark.parametrize("kod", ["2026H2", "2027", "2031H1"])
def test_a_period_that_has_not_begun_is_refused(kod):
    with pytest.raises(ValueError, match="Välj en period som har börjat"):
        halvarsrapport(kod)


@pytest.mark.parametrize("kod", ["2024H3", "24H1", "2024-H1", "", "2024h1"])
def test_what_is_no_period_is_refused(kod):
    with pytest.raises(ValueError, match="är inte en period"):
        halvarsrapport(kod)


def test_without_the_year_the_report_says_why():
    rapport = halvarsrapport("2024H2", utan_ar=True)
    assert [del_["period"] for del_ in rapport["delar"]] == [["2024-07-01", "2024-12-31"]]
    assert "Hela årets tal finns inte med" in rapport["utelamnat"][0]


def test_a_broken_report_of_one_period_has_the_same_document():
    importera(slumprader(60, 7))
    varde = omslut(utfall(DAG(2024, 1, 1), DAG(2024, 2, 15), ["a"]))
    d = dokument(varde)
    assert (varde["period"], varde["rapport"], varde["datakvalitet"]) == ("2024-01-01--2024-02-15", "utfall", None)
    assert d["titel"] == "Resultat 2024-01-01 till 2024-02-15"
    assert [insats["slug"] for insats in d["insatser"]] == ["a"]
    assert d["datakvalitet"] is None


def test_the_document_of_a_whole_report():
    importera(slumprader(120, 3))
    d = dokument(halvarsrapport("2024H2"))
    assert (d["titel"], d["malgrupp_text"]) == ("Resultat andra halvåret 2024", "Intern – får inte spridas")
    assert [del_["rubrik"] for del_ in d["delar"]] == ["Andra halvåret 2024", "Hela 2024"]
    assert [text for _, text, _ in d["innehall"]] == [
        "Kort sagt", "Andra halvåret 2024", "Hela 2024", "Insatserna", "Alla tal", "Uppgifternas kvalitet",
        "Så läser du rapporten",
    ]  # fmt: skip
    assert [len(insats["delar"]) for insats in d["insatser"]] == [2] * 5
    assert len(d["datakvalitet"]["uppgifter"]) == 11
    assert [tecken for tecken, _ in d["tecken"]] == ["0", "–"]
    assert ("m, gränsen för bättre", "1") in [rad[:2] for rad in d["installningar"]]


def test_a_report_without_anybody():
    d = dokument(halvarsrapport("2024H1"))
    assert d["tom"]
    assert d["undertitel"] == "Ingen insats hade deltagare"
    assert "Ingen deltog under perioden" in rapport_html(
        halvarsrapport("2024H1"), datetime.datetime(2025, 1, 16, tzinfo=datetime.UTC)
    )


def test_k_is_the_associations_but_never_under_three():
    assert [k_for(malgrupp, DAG(2024, 6, 30)) for malgrupp in ("intern", "styrelse", "publik")] == [None, 3, 5]
    for nyckel, varde, fran in (("k_publik", 10, DAG(2024, 1, 1)), ("k_styrelse", 1, DAG(2024, 1, 1))):
        Installning.objects.create(nyckel=nyckel, varde=varde, giltig_fran=fran, beslut_text="§ 12")
    assert [k_for(malgrupp, DAG(2024, 6, 30)) for malgrupp in ("styrelse", "publik")] == [3, 10]
    assert k_for("publik", DAG(2023, 12, 31)) == 5


def test_protected_versions_hide_all_parts_together():
    halvt = {"start": "2024-08-01", "slut": "2024-12-01", "avslutsorsak": "arbete"}
    importera([
        *(rad(nr, kon="K" if nr else "M", **halvt) for nr in range(7)),
        *(rad(nr, insats="B") for nr in range(10, 13)),
    ])  # fmt: skip
    rapport = halvarsrapport("2024H2")
    assert skyddad(rapport, "intern") is rapport
    for malgrupp, k in (("styrelse", 3), ("publik", 5)):
        dold = skyddad(rapport, malgrupp)
        assert (dold["for"], dold["datakvalitet"]) == (malgrupp, None)
        assert [del_["installningar"]["k"] for del_ in dold["delar"]] == [k, k]
        text = rapport_html(dold, datetime.datetime(2025, 1, 16, tzinfo=datetime.UTC))
        assert f"Tal under {k} visas inte" in text
        assert '<span class="dolt">dolt</span>' in text
        assert "Uppgifternas kvalitet" not in text
        assert 'data-cell="H5_7"' in text
        assert 'data-cell="H6"' not in text
