"""Data quality against rows that are counted by hand."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insatser.models import Insats
from remisser.models import Deltagare
from samordning.karna.kalender import Period, halvar
from samordning.karna.models import Atkomst, Handelse
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.filer import importera, rad
from tests.uppfoljning.personer import ny_remiss, starta
from uppfoljning import inskrivning
from uppfoljning.datakvalitet import datakvalitet
from uppfoljning.models import Avslutsorsak, Deltagande, Lage

pytestmark = pytest.mark.django_db
DAG = datetime.date


@pytest.fixture(autouse=True)
def en_dag_2024():
    with time_machine.travel("2024-07-20 12:00", tick=False):
        yield


def uppgift(namn, kvalitet=None):
    """(applies, refused, not collected, contradiction, total)"""
    kvalitet = kvalitet or datakvalitet(halvar(2024, 1))
    en = next(en for en in kvalitet["uppgifter"] if en["id"] == namn)
    return tuple(en[nyckel] for nyckel in ("galler", "ves", "saknas", "motsagelse", "totalt"))


def varningar(kvalitet=None):
    """{id: count} of those that are not zero."""
    kvalitet = kvalitet or datakvalitet(halvar(2024, 1))
    return {rad["id"]: rad["antal"] for rad in kvalitet["varningar"] if rad["antal"]}


HEL = {"slut": "2024-03-01", "avslutsorsak": "arbete", "start_skattning_datum": "2024-01-10", "halsa_start": "4",
       "slut_skattning_datum": "2024-03-01", "halsa_slut": "8", "bemotande_slut": "9", "tim_start": "0",
       "tim_slut": "40", "forsorjning_start": "FK", "forsorjning_slut": "LON", "remittent": "FK"}  # fmt: skip


def test_three_kinds_of_missing_are_three_figures():
    importera([
        rad(1, **HEL),
        rad(2, **HEL | {"halsa_start": "VES", "forsorjning_start": "VES", "forsorjning_slut": "VES"}),
        rad(3, **HEL | {"halsa_start": "", "halsa_slut": "VES", "forsorjning_slut": "", "kon": "O", "tim_slut": ""}),
        rad(4, **HEL | {"avslutsorsak": "", "remittent": ""}),
        rad(5),  # open, and nothing but a start
    ])  # fmt: skip
    kvalitet = datakvalitet(halvar(2024, 1))
    assert uppgift("avslutsorsak", kvalitet) == (4, None, 1, 0, 1)
    assert uppgift("kon", kvalitet) == (5, None, 1, None, 1)
    assert uppgift("skattning_start", kvalitet) == (5, 1, 2, 0, 3)
    assert uppgift("skattning_slut", kvalitet) == (4, 1, 0, 0, 1)
    assert uppgift("forsorjning_start", kvalitet) == (5, 1, 1, 0, 2)
    assert uppgift("forsorjning_slut", kvalitet) == (4, 1, 1, 0, 2)
    assert uppgift("timmar_start", kvalitet) == (5, None, 1, None, 1)
    assert uppgift("timmar_slut", kvalitet) == (4, None, 1, None, 1)
    assert uppgift("remittent", kvalitet) == (5, None, 2, None, 2)
    assert next(en["andel"] for en in kvalitet["uppgifter"] if en["id"] == "avslutsorsak") == 0.25


def test_each_insats_has_its_own_and_they_sum():
    importera([rad(1, **HEL), rad(2, **HEL | {"avslutsorsak": ""}), rad(3, insats="B", **HEL | {"avslutsorsak": ""})])
    en = datakvalitet(halvar(2024, 1))["uppgifter"][0]
    assert (en["galler"], en["saknas"]) == (3, 2)
    assert {slug: (rad["galler"], rad["saknas"]) for slug, rad in en["per_insats"].items()} == {
        "a": (2, 1),
        "b": (1, 1),
    }


def test_what_a_protected_person_may_not_have_does_not_apply():
    importera([rad(1, **HEL), rad(2, **HEL | {"skyddad": "1"})])
    assert uppgift("remittent")[0] == uppgift("kommun")[0] == 1


def test_only_the_deltaganden_of_the_report_are_counted():
    importera([
        rad(1, **HEL), rad(2, anonym="1", person="", start="2024"), rad(3, **HEL | {"avslutsorsak": "felregistrering"}),
        rad(4, start="2023-01-10", slut="2023-12-31"), rad(5, insats="Struktur", **HEL),
    ])  # fmt: skip
    Insats.objects.filter(slug="struktur").update(inriktning="struktur")
    assert uppgift("kon")[0] == 1


def test_contradictions():
    importera([
        rad(1, **HEL | {"start_skattning_datum": "2024-03-02", "slut_skattning_datum": "2024-03-02"}),
        rad(2, **HEL | {"slut_skattning_datum": "2024-01-09"}),
        rad(3, **HEL),
    ])  # fmt: skip
    Deltagare.objects.filter(pk=Deltagande.objects.get(externt_id="R3").deltagare_id).update(fodelsear=2015)
    lage = Lage.objects.get(deltagande__externt_id="R3", tillfalle="start")
    lage.andelar.create(kod="FK", procent=80)
    lage.andelar.create(kod="LON", procent=40)
    kvalitet = datakvalitet(halvar(2024, 1))
    assert uppgift("skattning_start", kvalitet)[3] == 2  # after the exit; after the other half
    assert uppgift("skattning_slut", kvalitet)[3] == 1  # before the start
    assert uppgift("alder", kvalitet)[2:] == (2, 1, 3)
    assert uppgift("forsorjning_start", kvalitet)[3] == 1  # 120 per cent
    assert varningar(kvalitet) == {"skattning_utanfor": 2}


def test_a_code_that_was_not_valid_on_the_day_is_a_contradiction():
    importera([rad(1, **HEL)])
    Avslutsorsak.objects.filter(kod="arbete").update(giltig_till=DAG(2024, 2, 29))
    assert uppgift("avslutsorsak") == (1, None, 0, 1, 1)


def test_warnings():
    importera([
        rad(1, **HEL | {"start_skattning_datum": ""}),  # health and hours without a date: one stay
        rad(2, slut="2024-07-05", start="2024-06-01"),  # fifteen days ago
        rad(3, slut="2024-06-30", avslutsorsak="arbete"),
        rad(4, start="2024-04-20"),  # 91 days ago
        rad(5, start="2024-04-21"),  # 90 days ago
    ])  # fmt: skip
    Insats.objects.update(max_veckor=12)
    assert varningar() == {"svar_utan_datum": 1, "over_langsta_tid": 2, "utan_slutskattning": 1, "tyst": 1}
    Insats.objects.update(max_veckor=13)  # 91 days
    assert "over_langsta_tid" not in varningar()


def test_an_exit_half_is_asked_for_after_fourteen_days():
    importera([rad(1, slut="2024-07-05"), rad(2, slut="2024-07-06"), rad(3, **HEL | {"slut": "2024-07-05"})])
    assert varningar(datakvalitet(halvar(2024, 2)))["utan_slutskattning"] == 1


def test_something_that_happens_breaks_the_silence():
    importera([rad(1, start="2024-01-10")])
    assert varningar() == {"tyst": 1}
    Handelse.logga(Deltagande.objects.get(), "andrad", data={"falt": ["telefon"]})
    assert varningar() == {}


def test_an_accepted_remiss_without_a_start(ny_anvandare):
    insats, av = ny_insats("Gläntan"), ny_anvandare("remittent")
    for dag in (DAG(2024, 5, 20), DAG(2024, 5, 21)):  # 61 and 60 days ago
        remiss = ny_remiss(insats, av)
        besvarad = datetime.datetime.combine(dag, datetime.time(9), datetime.UTC)
        type(remiss).objects.filter(pk=remiss.pk).update(besvarad=besvarad)
    kvalitet = datakvalitet(halvar(2024, 1))
    assert varningar(kvalitet) == {"remiss_utan_start": 1}
    assert kvalitet["varningar"][-1]["per_insats"] == {"glantan": 1}
    assert varningar(datakvalitet(halvar(2023, 2))) == {}


def tider(namn):
    rad = next(rad for rad in datakvalitet(Period(DAG(2024, 1, 1), DAG(2024, 7, 20)))["tider"] if rad["id"] == namn)
    return {klass: antal for klass, antal in (rad["per_klass"] | rad).items() if isinstance(antal, int) and antal}


def test_how_soon_it_was_typed_in(ny_anvandare):
    """By the record of the start and of the exit; rows of a file stand apart."""
    insats, av = ny_insats("Gläntan"), ny_anvandare("insatspersonal")
    for dagar in (0, 1, 3, 4, 6, 7, 10, 11, 30):
        starta(insats, av, start=DAG(2024, 7, 20) - datetime.timedelta(dagar))
    importera([rad(1, **HEL)])
    assert tider("start") == {"0": 1, "1-3": 2, "4-6": 2, "7-10": 2, "11+": 2, "import": 1}
    sist = Deltagande.objects.latest("start")
    inskrivning.avsluta(deltagande=sist, slut=DAG(2024, 7, 20), orsak=None, av=av)
    assert tider("slut") == {"0": 1, "import": 1}


def test_two_queries_and_nobody_is_shown():
    importera([rad(nr, insats=f"Insats {nr}") for nr in range(12)])
    with CaptureQueriesContext(connection) as fragor:
        datakvalitet(halvar(2024, 1))
    assert len(fragor) == 2
    assert not Atkomst.objects.exists()


def test_a_period_without_anybody():
    kvalitet = datakvalitet(halvar(2015, 1))
    assert uppgift("kon", kvalitet) == (0, None, 0, None, 0)
    assert kvalitet["uppgifter"][0]["andel"] is None
    assert varningar(kvalitet) == {}
