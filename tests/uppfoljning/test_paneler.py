"""What the start page asks of the kansli about figures."""

import datetime

import pytest
import time_machine

from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.filer import importera, rad
from tests.uppfoljning.personer import nytt_deltagande, personal
from uppfoljning.paneler import att_gora

pytestmark = pytest.mark.django_db


def poster(user, dag):
    with time_machine.travel(f"{dag} 12:00", tick=False):
        return [(post.text, post.varfor) for post in att_gora(user)]


def test_the_kansli_is_asked_to_read_and_to_complete(ny_anvandare, django_assert_num_queries):
    kansli = ny_anvandare("kansli")
    importera([rad(1, slut="2024-03-01"), rad(2, slut="2024-03-01", avslutsorsak="arbete"), rad(3)])
    assert kansli.ar_kansli
    assert poster(kansli, "2024-07-10") == [
        ("Läs resultatet för första halvåret 2024", "Halvåret är slut och talen är räknade."),
        (
            "Be insatserna ange avslutsorsak",
            "1 avslut första halvåret 2024 saknar orsak och räknas inte som positiva.",
        ),
    ]
    assert [text for text, _ in poster(kansli, "2024-11-10")] == ["Be insatserna ange avslutsorsak"]
    assert poster(kansli, "2023-11-10") == []
    with django_assert_num_queries(2):
        att_gora(kansli)


def test_nobody_else_is_asked(ny_anvandare):
    importera([rad(1, slut="2024-03-01")])
    assert poster(ny_anvandare("insatspersonal"), "2024-07-10") == []


def test_staff_are_asked_for_an_assessment_only_while_it_can_be_of_use(ny_anvandare):
    insats = ny_insats("Gläntan")
    user = personal(ny_anvandare, insats)
    nytt_deltagande(insats, start=datetime.date(2026, 1, 12))
    nytt_deltagande(insats, start=datetime.date(2024, 1, 12))
    assert poster(user, "2026-02-01") == [("Be om skattning vid start", "Den saknas för 1 deltagare.")]
    assert poster(user, "2026-04-01") == []
