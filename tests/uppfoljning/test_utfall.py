"""The figures: against a second implementation, against known answers, and against the rules' edges."""

import datetime
import json

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insatser.models import Insats
from samordning.karna.models import Installning
from tests.uppfoljning import orakel
from tests.uppfoljning.filer import importera, rad, slumprader
from uppfoljning.models import Deltagande, Formular, Parnyckel, Skattning
from uppfoljning.utfall import utfall

PERIODER = {
    "H1": ("2024-01-01", "2024-06-30"), "H2": ("2023-07-01", "2023-12-31"), "ar": ("2023-01-01", "2023-12-31"),
    "dag": ("2024-02-29", "2024-02-29"), "udda": ("2023-03-07", "2024-05-19"), "tom": ("2015-01-01", "2015-12-31"),
}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]


@pytest.fixture
def en_dag_2026():
    with time_machine.travel("2026-03-01 12:00", tick=False):
        yield


def dag(text):
    return datetime.date.fromisoformat(text)


def raknat(period, valda=None):
    """The report as JSON gives it, so that types are compared too."""
    return json.loads(json.dumps(utfall(*map(dag, period), valda)))


def celler(period=PERIODER["H1"], kon="T"):
    return {cell: delar[kon] for cell, delar in raknat(period)["celler"].items()}


@pytest.mark.parametrize("fro", [1, 2])
def test_every_cell_equals_a_second_implementation(fro):
    rader = slumprader(260, fro)
    importera(rader)
    for period in PERIODER.values():
        rapport = raknat(period)
        vantat = orakel.rapport(rader, *map(dag, period))
        assert orakel.skillnader(vantat, {nyckel: rapport[nyckel] for nyckel in vantat}) == [], period
        assert rapport["identiteter"] == {"ok": True, "brutna": []}, period


def test_chosen_insatser_keep_the_history_of_all():
    rader = slumprader(200, 3)
    importera(rader)
    valda = ["a", "angen"]
    rapport = raknat(PERIODER["udda"], valda)
    vantat = orakel.rapport(rader, *map(dag, PERIODER["udda"]), valda=set(valda))
    assert orakel.skillnader(vantat, {nyckel: rapport[nyckel] for nyckel in vantat}) == []


def test_an_empty_database_gives_zeros_and_nulls():
    c = celler()
    assert c["P1"] == c["U1"] == c["H1"] == 0
    assert c["X5"] is None
    assert c["S3"]["svarsandel"] is None
    assert c["L1"] == {"medel": None, "median": None}
    assert c["F1"] == {}
    assert c["V1"] == 0.0


@pytest.mark.parametrize(
    ("start", "slut", "cell"),
    [
        ("2024-01-01", "", "P3"), ("2024-06-30", "", "P3"), ("2023-12-31", "", "P2"),
        ("2023-11-01", "2024-01-01", "P4"), ("2023-11-01", "2024-06-30", "P4"), ("2023-11-01", "2024-07-01", "P5"),
    ],
)  # fmt: skip
def test_both_ends_of_the_period_are_in_it(start, slut, cell):
    importera([rad(1, start=start, slut=slut)])
    c = celler()
    assert (c["P1"], c[cell]) == (1, 1)


@pytest.mark.parametrize(("start", "slut"), [("2023-11-01", "2023-12-31"), ("2024-07-01", "")])
def test_the_day_before_and_the_day_after_are_not(start, slut):
    importera([rad(1, start=start, slut=slut)])
    assert celler()["P1"] == 0


def test_a_stay_of_one_day_is_zero_days_long_and_one_day_in_weeks():
    importera([rad(1, slut="2024-01-10")])
    c = celler()
    assert (c["L1"]["medel"], c["V1"]) == (0.0, 0.14)


def test_refused_wins_over_missing_and_late():
    importera([rad(1, slut="2024-03-01", halsa_start="VES", start_skattning_datum="2024-01-10")])
    c = celler()
    assert (c["H5"], c["H6"], c["H7"]) == (1, 0, 0)


def test_neutral_exits_leave_every_share():
    svar = {"halsa_start": "2", "halsa_slut": "9", "start_skattning_datum": "2024-01-10",
            "slut_skattning_datum": "2024-03-01", "bemotande_slut": "10"}  # fmt: skip
    importera([rad(1, slut="2024-03-01", avslutsorsak="flyttat", **svar)])
    c = celler()
    assert (c["P4"], c["P6"], c["P7"], c["H1"], c["S1"], c["F1"]) == (1, 1, 0, 0, 0, {})


def test_a_missing_exit_code_stays_in_the_denominator():
    importera([rad(1, slut="2024-03-01")])
    c = celler()
    assert (c["P7"], c["X4"], c["X1"]) == (1, 1, 0)


def test_a_structural_insats_is_not_counted():
    importera([rad(1)])
    Insats.objects.filter(slug="a").update(inriktning="struktur")
    assert raknat(PERIODER["H1"])["insatser"] == []
    with pytest.raises(ValueError, match="individinriktad"):
        utfall(*map(dag, PERIODER["H1"]), ["a"])


def test_only_the_half_that_counts_is_counted_and_a_week_is_its_nearest_day():
    importera([rad(1, slut="2024-03-01", halsa_start="4", start_skattning_datum="2024-01-10", halsa_slut="4",
                   slut_skattning_datum="2024-03-01")])  # fmt: skip
    nyckel = Parnyckel.objects.get().nyckel
    slut = Skattning.objects.filter(parnyckel=nyckel, tillfalle="slut")
    slut.update(galler=False)
    # The week of Monday 25 March ends on Sunday 31 March, exactly 30 days after the exit for its nearest day.
    webb = Skattning.objects.create(
        parnyckel=nyckel,
        tillfalle="slut",
        formular=Formular.objects.get(kod="bilaga2"),
        vecka=dag("2024-03-25"),
        halsa=9,
    )
    assert (celler()["H1"], celler()["H2"]) == (1, 1)
    webb.vecka = dag("2024-04-01")  # its nearest day is 31 days after
    webb.save()
    assert (celler()["H1"], celler()["H7"]) == (0, 1)


def test_the_association_decides_thresholds_and_the_report_says_which():
    svar = {"slut": "2024-03-01", "slut_skattning_datum": "2024-03-11", "start_skattning_datum": "2024-01-10"}
    importera([rad(1, halsa_start="4", halsa_slut="5", bemotande_slut="7", **svar)])
    assert (celler()["H2"], celler()["S2"], celler()["S1"]) == (1, 1, 1)
    for nyckel, varde in (("t", 8), ("m", 2)):
        Installning.objects.create(nyckel=nyckel, varde=varde, giltig_fran=dag("2024-01-01"), beslut_text="§ 12")
    c = celler()
    assert (c["H2"], c["H3"], c["S2"], c["S3"]["andel_t_minus_1"]) == (0, 1, 0, 1.0)
    Installning.objects.create(nyckel="fonster_dagar", varde=9, giltig_fran=dag("2024-01-01"), beslut_text="§ 13")
    rapport = raknat(PERIODER["H1"])
    assert (rapport["celler"]["H7"]["T"], rapport["celler"]["S1"]["T"]) == (1, 0)
    assert rapport["installningar"] == {"t": 8, "m": 2, "k": None, "fonster_dagar": 9}


def test_anonymous_rows_are_a_line_of_their_own_in_a_whole_year():
    importera([rad(1, anonym="1", person="", start="2024"), rad(2)])
    assert raknat(("2024-01-01", "2024-12-31"))["anonyma"] == {"T": 1, "K": 1, "M": 0, "O": 0}
    assert raknat(("2023-01-01", "2023-12-31"))["anonyma"] == {"T": 0, "K": 0, "M": 0, "O": 0}
    assert raknat(PERIODER["H1"])["anonyma"] is None
    assert celler()["P1"] == 1


def test_the_number_of_queries_does_not_grow():
    importera(slumprader(40, 5))
    with CaptureQueriesContext(connection) as fore:
        utfall(dag("2024-01-01"), dag("2024-12-31"))
    importera([rad(f"till{nr}", insats=f"Ny {nr}") for nr in range(20)], kalla="till")
    with CaptureQueriesContext(connection) as efter:
        utfall(dag("2024-01-01"), dag("2024-12-31"))
    assert len(fore) == len(efter) < 15


def test_a_broken_identity_is_told(monkeypatch):
    importera([rad(1, slut="2024-03-01")])
    Deltagande.objects.update(avslutsorsak=None)
    monkeypatch.setattr("uppfoljning.utfall.UTFALL", _utan("'forsamrad_halsa'", "''"))
    brutna = raknat(PERIODER["H1"])["identiteter"]
    assert not brutna["ok"]
    assert {"nr": "5", "del": "T", "insats": "a"} in brutna["brutna"]


def _utan(gammalt, nytt):
    from uppfoljning.utfall import UTFALL

    assert gammalt in UTFALL
    return UTFALL.replace(gammalt, nytt)


def test_the_command_writes_the_same_report(tmp_path, capsys):
    importera([rad(1)])
    fil = tmp_path / "rapport.json"
    call_command("rapport", "utfall", "--fran", "2024-01-01", "--till", "2024-06-30", "--ut", str(fil))
    assert json.loads(fil.read_text()) == raknat(PERIODER["H1"])
    call_command("rapport", "utfall", "--fran", "2024-01-01", "--till", "2024-06-30", "--insats", "a")
    assert json.loads(capsys.readouterr().out)["insatser"] == ["a"]


def test_the_command_takes_days_only():
    for fran in ("20240101", "2024-W26", "i går"):
        with pytest.raises(CommandError, match="är inte ett datum"):
            call_command("rapport", "utfall", "--fran", fran, "--till", "2024-12-31")


@pytest.mark.parametrize(
    ("argument", "fel"),
    [
        (["--fran", "2024-06-30", "--till", "2024-01-01"], "Inget skrevs"),
        (["--fran", "2024-01-01", "--till", "2024-06-30", "--insats", "finns-inte"], "finns-inte"),
    ],
)
def test_the_command_refuses_in_words(argument, fel):
    with pytest.raises(CommandError, match=fel):
        call_command("rapport", "utfall", *argument)
