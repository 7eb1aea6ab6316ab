"""The report on screen and as a file: who gets which figures, and what a wrong choice says."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from insatser.models import Insats, Medarbetare
from samordning.karna.models import Atkomst
from tests.uppfoljning.filer import importera, rad, slumprader
from uppfoljning.utfall import utfall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]

PERIOD = {"fran": "2024-01-01", "till": "2024-06-30"}
SIDA, FIL = "uppfoljning:utfall", "uppfoljning:utfall_json"


@pytest.fixture
def tva_insatser():
    importera([rad(1, slut="2024-03-01", avslutsorsak="arbete"), rad(2, insats="B", kon="M")])


def test_the_page_and_the_file_have_the_same_figures(inloggad, tva_insatser):
    klient = inloggad("kansli")
    vantat = utfall(datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))
    assert klient.get(reverse(FIL), PERIOD).json() == vantat
    sida = klient.get(reverse(SIDA), PERIOD)
    assert sida.context["rapport"] == vantat
    text = sida.content.decode()
    for sagt in ("Resultat första halvåret 2024", "har insatserna tagit emot 2 deltagare", "Intern vy.",
                 'data-cell="S3.omdome"', "Rapportens kontroller går ihop", "t, gränsen för nöjd"):  # fmt: skip
        assert sagt in text


def test_every_showing_and_fetching_is_written_down(inloggad, tva_insatser):
    klient = inloggad("kansli")
    klient.get(reverse(SIDA), PERIOD)
    klient.get(reverse(FIL), PERIOD | {"insats": "a"})
    rader = [(a.handling, a.objekt_id, a.andamal, a.person) for a in Atkomst.objects.order_by("pk")]
    assert rader == [
        ("visade", "2024-01-01--2024-06-30", "alla insatser", None),
        ("hämtade", "2024-01-01--2024-06-30", "a", None),
    ]


def test_staff_see_their_own_insats_and_no_other(client, ny_anvandare, tva_insatser):
    personal = ny_anvandare("insatspersonal")
    Medarbetare.objects.create(insats=Insats.objects.get(slug="b"), anvandare=personal, fran="2024-01-01")
    client.force_login(personal)
    assert client.get(reverse(FIL), PERIOD).json()["insatser"] == ["b"]
    svar = client.get(reverse(FIL), PERIOD | {"insats": "a"})
    assert (svar.status_code, "går inte att välja" in svar.content.decode()) == (400, True)
    assert "deltagande" not in svar.content.decode()


def test_staff_without_an_insats_are_told_who_can_help(inloggad, tva_insatser):
    svar = inloggad("insatspersonal").get(reverse(SIDA), PERIOD)
    assert "Du har inga insatser att se tal för" in svar.content.decode()
    assert "rapport" not in svar.context


def test_an_ended_listing_ends_the_right(client, ny_anvandare, tva_insatser):
    personal = ny_anvandare("insatspersonal")
    Medarbetare.objects.create(
        insats=Insats.objects.get(slug="b"), anvandare=personal, fran="2024-01-01", till="2026-02-28"
    )
    client.force_login(personal)
    assert client.get(reverse(FIL), PERIOD).status_code == 400


@pytest.mark.parametrize(
    ("fraga", "text"),
    [
        ({"fran": "2024-06-30", "till": "2024-01-01"}, "Den sista dagen är före den första"),
        ({"fran": "i går", "till": "2024-01-01"}, "Skriv periodens första dag som ÅÅÅÅ-MM-DD."),
        ({"fran": "", "till": "2024-01-01"}, "Välj periodens första dag."),
        ({"fran": "1066-01-01", "till": "2024-01-01"}, "från 1990 och senast i dag"),
        ({"fran": "2024-01-01", "till": "9999-12-31"}, "för långt fram"),
        (PERIOD | {"insats": "zz"}, "En av insatserna går inte att välja"),
    ],
)
def test_a_wrong_choice_is_told_and_kept(inloggad, tva_insatser, fraga, text):
    klient = inloggad("kansli")
    svar = klient.get(reverse(SIDA), fraga)
    assert svar.status_code == 400
    assert svar.content.decode().count(text) == 2  # in the summary and at the field
    assert "<title>Fel: Resultat" in svar.content.decode()
    assert klient.get(reverse(FIL), fraga).status_code == 400


def test_without_a_choice_it_is_the_latest_whole_half_year(inloggad, tva_insatser):
    svar = inloggad("kansli").get(reverse(SIDA))
    assert svar.context["rapport"]["period"] == ["2025-07-01", "2025-12-31"]


def test_a_period_without_anybody_says_so(inloggad, tva_insatser):
    svar = inloggad("kansli").get(reverse(SIDA), {"fran": "2015-01-01", "till": "2015-12-31"})
    assert "Ingen deltog under perioden" in svar.content.decode()


def test_the_page_costs_the_same_with_more_insatser(inloggad, assert_constant_queries):
    inloggad("kansli")
    nummer = iter(range(100))
    assert_constant_queries(
        f"{reverse(SIDA)}?fran=2024-01-01&till=2024-06-30", lambda: importera([rad(n := next(nummer), insats=f"I{n}")])
    )


def test_the_report_as_one_file(tmp_path):
    importera(slumprader(60, 7))
    fil = tmp_path / "rapport.html"
    call_command(
        "rapport", "utfall", "--fran", "2024-01-01", "--till", "2024-12-31", "--format", "html", "--ut", str(fil)
    )
    text = fil.read_text()
    assert "Intern – får inte spridas." in text
    assert 'data-cell="P1"' in text
    assert "<link" not in text
    assert "<script" not in text
    assert Atkomst.objects.get().handling == "hämtade"
