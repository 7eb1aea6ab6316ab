"""Which half counts when there are several (7.3)."""

import datetime
from types import SimpleNamespace

import pytest

from samordning.karna.models import Installning
from tests.uppfoljning.personer import nytt_deltagande
from uppfoljning.gallande import besvarade, gallande, rakna_om, spara_halva, svarsdagar, utan_svar, valj
from uppfoljning.models import Deltagande, Formular, Parnyckel, Skattning

D = datetime.date
HANDELSE = D(2026, 1, 12)  # a Monday


def papper(dag):
    return SimpleNamespace(pk=f"papper {dag}", datum=dag, vecka=None)


def webb(mandag):
    return SimpleNamespace(pk=f"webb {mandag}", datum=None, vecka=mandag)


UTAN = SimpleNamespace(pk="utan", datum=None, vecka=None)


@pytest.mark.parametrize(
    ("halvor", "tillfalle", "vantat"),
    [
        ([], "start", None),
        ([UTAN], "start", UTAN),
        ([papper(D(2026, 1, 20)), papper(D(2026, 1, 14))], "start", papper(D(2026, 1, 14))),
        ([papper(D(2026, 1, 20)), papper(D(2026, 1, 14))], "slut", papper(D(2026, 1, 20))),
        # earlier than the window is not the earliest in it
        ([papper(D(2025, 12, 12)), papper(D(2026, 1, 14))], "start", papper(D(2026, 1, 14))),
        ([papper(D(2025, 12, 13)), papper(D(2026, 1, 14))], "start", papper(D(2025, 12, 13))),
        # the week of the web answer and paper of that week are the same day
        ([papper(D(2026, 1, 12)), webb(D(2026, 1, 12))], "start", webb(D(2026, 1, 12))),
        ([papper(D(2026, 1, 18)), webb(D(2026, 1, 12))], "slut", webb(D(2026, 1, 12))),
        ([papper(D(2026, 1, 19)), webb(D(2026, 1, 12))], "slut", papper(D(2026, 1, 19))),
        # none in the window: the nearest outside
        ([papper(D(2025, 11, 1)), papper(D(2025, 12, 1)), UTAN], "start", papper(D(2025, 12, 1))),
        ([papper(D(2026, 6, 1)), papper(D(2026, 3, 1))], "slut", papper(D(2026, 3, 1))),
        # a week reaches in by its nearest day: Sunday 14 December is 29 days before
        ([webb(D(2025, 12, 8)), papper(D(2026, 1, 14))], "start", webb(D(2025, 12, 8))),
        ([webb(D(2025, 12, 1)), papper(D(2026, 1, 14))], "start", papper(D(2026, 1, 14))),
    ],
)
def test_the_half_that_counts(halvor, tillfalle, vantat):
    for ordning in (halvor, halvor[::-1]):
        vald = valj(ordning, HANDELSE, 30, tillfalle)
        assert (vald and vald.pk) == (vantat and vantat.pk)


def test_before_the_exit_is_known_the_latest_counts():
    assert valj([papper(D(2026, 1, 20)), papper(D(2026, 5, 1))], None, 30, "slut").datum == D(2026, 5, 1)


@pytest.fixture
def deltagande(db):
    return nytt_deltagande(start=HANDELSE)


@pytest.fixture
def formular(db):
    return Formular.objects.get(kod="bilaga2")


def galler(deltagande, tillfalle="start"):
    return gallande(Parnyckel.objects.get(deltagande=deltagande).nyckel, tillfalle)


def test_one_half_counts_whatever_the_order_of_writing(deltagande, formular):
    for dag in (D(2026, 1, 20), D(2026, 1, 14), D(2026, 1, 25)):
        spara_halva(deltagande, "start", formular, datum=dag, halsa=5)
    assert Skattning.objects.filter(galler=True).count() == 1
    assert galler(deltagande).datum == D(2026, 1, 14)


def test_a_changed_day_and_a_changed_window_choose_anew(deltagande, formular):
    spara_halva(deltagande, "start", formular, datum=D(2025, 12, 20), halsa=5)
    spara_halva(deltagande, "start", formular, datum=D(2026, 1, 12), halsa=6)
    assert galler(deltagande).halsa == 5
    Installning.objects.create(
        nyckel="fonster_dagar", varde=10, giltig_fran=D(2019, 1, 1), beslut_text="Styrelsen 2019"
    )
    rakna_om(deltagande)
    assert galler(deltagande).halsa == 6
    deltagande.start = D(2025, 12, 22)
    deltagande.save()
    rakna_om(deltagande)
    assert galler(deltagande).halsa == 5


def test_what_staff_may_know_is_that_there_is_an_answer(deltagande, formular, django_assert_num_queries):
    annat = nytt_deltagande()
    spara_halva(deltagande, "start", formular, vecka=D(2026, 1, 12), halsa=5)
    spara_halva(deltagande, "slut", formular, datum=D(2026, 2, 1), halsa=6)
    with django_assert_num_queries(2):
        assert besvarade([deltagande.pk, annat.pk]) == {deltagande.pk: {"start", "slut"}}
    assert svarsdagar(deltagande) == {"start": (None, D(2026, 1, 12)), "slut": (D(2026, 2, 1), None)}
    assert svarsdagar(annat) == {}
    assert list(utan_svar(Deltagande.objects.all(), "slut")) == [annat]


def test_nothing_is_made_for_a_stay_without_answers(deltagande):
    rakna_om(deltagande)
    assert not Parnyckel.objects.exists()


@pytest.mark.parametrize("tillfalle", ["start", "slut"])
def test_a_form_sent_without_an_answer_is_not_in_the_way_of_one_that_has(deltagande, formular, tillfalle):
    """At start the earliest in the window counts, so an empty one would hide every later answer."""
    deltagande.slut = D(2026, 2, 2)
    deltagande.save()
    tom, svarad = (D(2026, 1, 12), D(2026, 1, 19)) if tillfalle == "start" else (D(2026, 2, 2), D(2026, 1, 26))
    spara_halva(deltagande, tillfalle, formular, vecka=tom)
    assert galler(deltagande, tillfalle).vecka == tom  # alone it is what there is
    spara_halva(deltagande, tillfalle, formular, vecka=svarad, halsa=6)
    assert galler(deltagande, tillfalle).halsa == 6


def test_would_rather_not_say_is_an_answer(deltagande, formular):
    spara_halva(deltagande, "start", formular, vecka=D(2026, 1, 12), halsa=0)
    spara_halva(deltagande, "start", formular, vecka=D(2026, 1, 19), halsa=6)
    assert galler(deltagande).halsa == 0
