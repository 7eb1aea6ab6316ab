"""`manage.py rapport`: files for each audience, who may take them out, and refusals that leave nothing behind."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from insatser.models import Insats
from samordning.karna.models import Atkomst, Rapportversion
from tests.insatser.fabrik import ny_medarbetare
from tests.uppfoljning.filer import importera, rad
from uppfoljning.halvarsrapport import halvarsrapport
from uppfoljning.rojande import DOLT
from uppfoljning.utfall import utfall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]
PERIOD = ("--fran", "2024-01-01", "--till", "2024-06-30")
DAG = datetime.date


@pytest.fixture
def deltaganden():
    """Two insatser in 2024: seven in A, of whom one is a man, and three in B."""
    halvt = {"slut": "2024-05-01", "avslutsorsak": "arbete", "forsorjning_start": "FK", "forsorjning_slut": "LON"}
    importera([
        *(rad(nr, kon="K" if nr else "M", **halvt) for nr in range(7)),
        *(rad(nr, insats="D", start="2024-08-01") for nr in range(10, 13)),
    ])  # fmt: skip


def kor(*argument, ut=None):
    """The command's JSON."""
    call_command("rapport", *argument, "--ut", str(ut))
    return json.loads(ut.read_text())


def nekas(*argument, text, kod=1, ut=None):
    with pytest.raises(CommandError, match=text) as fel:
        call_command("rapport", *argument, *(["--ut", str(ut)] if ut else []))
    assert fel.value.returncode == kod
    assert "Inget skrevs" in str(fel.value)
    assert not (ut and ut.exists())
    assert not Atkomst.objects.exists()


def slappt(malgrupp="publik", lage="slappt"):
    """A report of the first half of 2024, released unless told otherwise."""
    return Rapportversion.objects.create(
        typ="halvar", parametrar={"period": "2024H1"}, version=1, malgrupp=malgrupp, varden={}, lage=lage,
        fran=DAG(2024, 1, 1), till=DAG(2024, 6, 30),
    )  # fmt: skip


def test_the_half_year_report_is_the_same_value(tmp_path, deltaganden):
    for kod, delar in (("2024H1", 1), ("2024H2", 2), ("2024", 1)):
        rapport = kor("halvar", kod, ut=tmp_path / "r.json")
        assert rapport == json.loads(json.dumps(halvarsrapport(kod)))
        assert len(rapport["delar"]) == delar


def test_the_internal_outcome_report_has_the_shape_of_the_format(tmp_path, deltaganden):
    rapport = kor("utfall", *PERIOD, ut=tmp_path / "r.json")
    assert rapport == json.loads(json.dumps(utfall(DAG(2024, 1, 1), DAG(2024, 6, 30))))


@pytest.mark.parametrize(("malgrupp", "k"), [("styrelse", 3), ("publik", 5)])
def test_small_numbers_are_hidden_for_others(tmp_path, deltaganden, malgrupp, k):
    rapport = kor("utfall", *PERIOD, "--for", malgrupp, ut=tmp_path / "r.json")
    assert (rapport["for"], rapport["installningar"]["k"], rapport["rapport"]) == (malgrupp, k, "utfall")
    assert "H5_7" in rapport["celler"]
    assert "H6" not in rapport["celler"]
    assert DOLT in json.dumps(rapport)
    rapport = kor("halvar", "2024H2", "--for", malgrupp, ut=tmp_path / "r.json")
    assert [del_["for"] for del_ in rapport["delar"]] == [malgrupp] * 2


@pytest.mark.parametrize("argument", [("utfall", *PERIOD), ("halvar", "2024H2")])
@pytest.mark.parametrize("malgrupp", ["intern", "publik"])
def test_every_format_is_a_file(tmp_path, deltaganden, argument, malgrupp):
    for format_, borjan in (("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-"), ("xlsx", b"PK"), ("json", b"{")):
        fil = tmp_path / f"rapport.{format_}"
        call_command("rapport", *argument, "--for", malgrupp, "--format", format_, "--ut", str(fil))
        assert fil.read_bytes().lstrip().startswith(borjan)


@pytest.mark.parametrize("format_", ["pdf", "xlsx"])
def test_what_is_no_text_needs_a_file(format_):
    nekas("halvar", "2024H1", "--format", format_, text="Ange en fil med --ut", kod=2)


def test_text_is_printed_without_a_file(capsys):
    call_command("rapport", "halvar", "2024H1")
    assert json.loads(capsys.readouterr().out)["period"] == "2024H1"


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (("halvar", "2024H3"), "är inte en period"),
        (("halvar", "2024H1", "--insats", "a"), "--insats"),
        (("halvar", "2024H1", "--for", "alla"), "--for"),
        (("halvar",), "PERIOD"),
    ],
)
def test_wrong_usage(argument, text):
    with pytest.raises(CommandError, match=text):
        call_command("rapport", *argument)


def test_a_period_that_has_not_begun(tmp_path):
    nekas("halvar", "2027H1", text="Välj en period som har börjat", ut=tmp_path / "r.json")


def test_a_file_that_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="Det gick inte att skriva"):
        call_command("rapport", "halvar", "2024H1", "--ut", str(tmp_path / "finns" / "inte.json"))


# ---- Who


def test_the_record_says_who_took_out_what(tmp_path, ny_anvandare):
    kansli = ny_anvandare("kansli")
    kor("halvar", "2024H1", ut=tmp_path / "r.json")
    kor("utfall", *PERIOD, "--for", "styrelse", "--som", kansli.epost, ut=tmp_path / "r.json")
    assert list(Atkomst.objects.order_by("pk").values_list("anvandare", "objekt_typ", "objekt_id", "andamal")) == [
        (None, "halvarsrapport", "2024H1", "kommandorad, intern"),
        (kansli.pk, "utfallsrapport", "2024-01-01--2024-06-30", "kommandorad, styrelse"),
    ]


@pytest.mark.parametrize(
    ("roll", "far"),
    [
        ("kansli", {"intern", "styrelse", "publik"}),
        ("forbundschef", {"intern", "styrelse", "publik"}),
        ("styrelse", {"styrelse", "publik"}),
        ("beredning", {"styrelse", "publik"}),
        ("revisor", {"styrelse", "publik"}),
        ("remittent", {"publik"}),
        ("drift", {"publik"}),
        ("insatspersonal", {"publik"}),
    ],
)
def test_each_role_gets_its_audiences_only(tmp_path, ny_anvandare, roll, far):
    epost = ny_anvandare(roll).epost
    for malgrupp in ("intern", "styrelse", "publik"):
        fil = tmp_path / f"{malgrupp}.json"
        argument = ("halvar", "2024H1", "--for", malgrupp, "--som", epost)
        if malgrupp in far:
            assert kor(*argument, ut=fil)["for"] == malgrupp
        else:
            with pytest.raises(CommandError, match="Inget skrevs"):
                call_command("rapport", *argument, "--ut", str(fil))
            assert not fil.exists()


def test_staff_take_out_the_figures_of_their_own_insatser(tmp_path, deltaganden, ny_anvandare):
    personal = ny_anvandare("insatspersonal")
    som = ("--som", personal.epost)
    nekas("utfall", *PERIOD, *som, text="inga insatser att se tal för", ut=tmp_path / "r.json")
    ny_medarbetare(Insats.objects.get(slug="a"), personal)
    nekas("utfall", *PERIOD, *som, "--insats", "a", "--insats", "d", text="interna tal för d", ut=tmp_path / "r.json")
    assert kor("utfall", *PERIOD, *som, ut=tmp_path / "r.json")["insatser"] == ["a"]


def test_nobody_with_that_address(tmp_path):
    nekas("halvar", "2024H1", "--som", "ingen@example.se", text="inget öppet konto", ut=tmp_path / "r.json")


# ---- Two reports of the same time


@pytest.mark.parametrize("argument", [("halvar", "2024H1"), ("halvar", "2024"), ("utfall", *PERIOD),
                                      ("utfall", "--fran", "2024-06-30", "--till", "2024-07-10")])  # fmt: skip
@pytest.mark.parametrize("malgrupp", ["styrelse", "publik"])
def test_a_released_report_of_the_same_time_is_in_the_way(tmp_path, argument, malgrupp):
    slappt(malgrupp=malgrupp)
    nekas(*argument, "--for", malgrupp, text="redan släppt: Resultat första halvåret 2024", ut=tmp_path / "r.json")


def test_a_draft_or_the_internal_report_is_not_in_the_way(tmp_path):
    slappt(lage="granskad")
    slappt(malgrupp="intern")
    assert kor("halvar", "2024H1", "--for", "publik", ut=tmp_path / "r.json")["for"] == "publik"
    assert kor("halvar", "2024H1", ut=tmp_path / "r.json")["for"] == "intern"


def test_after_the_first_half_the_second_comes_without_the_year(tmp_path):
    slappt()
    rapport = kor("halvar", "2024H2", "--for", "publik", ut=tmp_path / "r.json")
    assert [del_["period"] for del_ in rapport["delar"]] == [["2024-07-01", "2024-12-31"]]
    assert any("Hela årets tal finns inte med" in text for text in rapport["utelamnat"])
    assert len(kor("halvar", "2024H2", ut=tmp_path / "r.json")["delar"]) == 2
