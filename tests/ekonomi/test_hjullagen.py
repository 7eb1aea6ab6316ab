"""The state of a day is seen in what it points at."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ekonomi.hjullagen import sista_dag, tillstand
from ekonomi.models import Hjulpost, Prognos, Verksamhetsar
from insatser.models import Lagesrapport
from moten.models import Mote
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Rapportversion
from tests.ekonomi.bokfabrik import sie, sparad
from tests.ekonomi.fabrik import avtal_med_pengar
from tests.ekonomi.hjulfabrik import ny_post, nytt_hjul
from tests.moten.fabrik import ett_mote, nytt_organ

pytestmark = pytest.mark.django_db
D = datetime.date
DAG = D(2027, 6, 1)


def om(dagar):
    return idag() + datetime.timedelta(dagar)


def laget(post, dag=None):
    post = Hjulpost.objects.select_related("mote", "bas__mote", "hjul").get(pk=post.pk)
    svar = tillstand([post], dag)[post.pk]
    return svar.lage, svar.ord


def test_by_hand_and_by_its_day(ny_anvandare):
    assert laget(ny_post(30)) == ("kommer", "Inte klar")
    assert laget(ny_post(14)) == ("snart", "Inte klar")
    assert laget(ny_post(15))[0] == "kommer"
    assert laget(ny_post(-1))[0] == "sen"
    assert laget(ny_post(0))[0] == "snart"
    assert laget(ny_post(-5, slut=om(5))) == ("snart", "Pågår")
    assert laget(ny_post(-5, slut=om(-1)))[0] == "sen"
    assert laget(ny_post(-1, installd=True)) == ("installd", "Inställd")
    assert laget(ny_post(-1, klar=nu()))[0] == "klar"


def test_an_unset_day_is_late_when_its_month_is_over():
    post = ny_post(dag=D(2027, 6, 15), dagen_oviss=True)
    assert sista_dag(post) == D(2027, 6, 30)
    assert [laget(post, dag)[0] for dag in (D(2027, 6, 20), D(2027, 7, 1))] == ["snart", "sen"]
    assert sista_dag(ny_post(dag=D(2027, 12, 15), dagen_oviss=True)) == D(2027, 12, 31)


@pytest.mark.parametrize(
    ("lage", "vantat"),
    [
        ("planerat", ("kommer", "Inte kallat")), ("kallat", ("kommer", "Kallat")),
        ("avslutat", ("klar", "Har hållits")), ("publicerat", ("klar", "Har hållits")),
        ("installt", ("kommer", "Mötet är inställt")),
    ],
)  # fmt: skip
def test_a_meeting(lage, vantat):
    mote = ett_mote(dag=om(40), lage=lage)
    assert laget(ny_post(40, koppling="mote", organ=mote.organ, mote=mote)) == vantat


def test_a_meeting_that_is_missing_or_lies_another_day():
    assert laget(ny_post(40, koppling="mote", organ=nytt_organ())) == ("kommer", "Mötet är inte inlagt")
    mote = ett_mote(dag=om(41))
    assert laget(ny_post(40, koppling="mote", mote=mote))[1].startswith("Mötet ligger ")


def test_a_summons_is_of_the_meeting_that_it_is_counted_from():
    mote = ett_mote(dag=om(40))
    bas = ny_post(40, koppling="mote", mote=mote)
    kallelsen = ny_post(33, koppling="kallelse", bas=bas)
    assert laget(kallelsen)[1] == "Inte skickad"
    Mote.objects.update(lage="kallat", kallat=nu())
    assert laget(kallelsen)[0] == "klar"
    assert laget(ny_post(33, koppling="kallelse"))[1] == "Mötet är inte inlagt"


def test_the_ledger_holds_the_month_before(ny_anvandare):
    sparad(sie([("A", "1", "0831", "Hyra", (("4010", "", "100.00"), ("1930", "", "-100.00")))], ar=2019))
    i_september = ny_post(dag=D(2019, 9, 5), koppling="bokforing")
    i_oktober = ny_post(dag=D(2019, 10, 5), koppling="bokforing")
    nasta_januari = ny_post(dag=D(2020, 1, 31), koppling="bokforing", avser=-1)
    utan = ny_post(dag=D(2020, 9, 5), koppling="bokforing")
    assert laget(i_september)[0] == "klar"
    assert "31 augusti 2019" in laget(i_september)[1].replace("\xa0", " ")
    assert laget(i_oktober)[0] == "sen"
    assert laget(nasta_januari)[0] == "sen"
    assert laget(utan) == ("sen", "Inte inläst")


def test_budget_forecast_and_documents(ny_anvandare):
    ar = Verksamhetsar.objects.create(ar=2028, tilldelning=1)
    budget = ny_post(dag=D(2027, 11, 5), koppling="budget", avser=1)
    assert laget(budget, DAG) == ("kommer", "Budgeten 2028 är preliminär")
    Verksamhetsar.objects.filter(pk=ar.pk).update(lage="faststalld")
    assert laget(budget, DAG)[0] == "klar"
    i_ar = Verksamhetsar.objects.create(ar=2027, tilldelning=1)
    forsta, andra = (ny_post(dag=D(2027, manad, 5), koppling="prognos") for manad in (4, 9))
    assert [laget(post, DAG)[1] for post in (forsta, andra)] == ["Prognos 1 är inte låst", "Prognos 2 är inte låst"]
    Prognos.objects.create(verksamhetsar=i_ar, nr=1, till=D(2027, 3, 31), lage="last", varden={}, last=nu())
    assert [laget(post, DAG)[0] for post in (forsta, andra)] == ["klar", "kommer"]
    assert laget(ny_post(dag=D(2027, 11, 5), koppling="plan", avser=1), DAG) == ("kommer", "Inte påbörjad")


def test_half_year_reports(ny_anvandare):
    post = ny_post(dag=D(2027, 7, 15), koppling="halvar1")
    forra = ny_post(dag=D(2027, 1, 15), koppling="halvar2", avser=-1)
    assert laget(post, DAG)[1] == "Rapporten är inte gjord"
    falt = {"typ": "halvar", "version": 1, "varden": {}, "fingeravtryck": "x"}
    Rapportversion.objects.create(**falt, parametrar={"period": "2027H1"}, malgrupp="intern")
    assert laget(post, DAG) == ("kommer", "Rapporten är ett utkast")
    Rapportversion.objects.create(**falt, parametrar={"period": "2026H2"}, malgrupp="styrelse", lage="slappt")
    assert laget(forra, DAG)[0] == "klar"
    assert laget(post, DAG)[0] == "kommer"


def test_reports_from_the_insatser_are_counted():
    post = ny_post(dag=D(2027, 8, 15), koppling="lage1")
    assert laget(post, DAG)[1] == "Inga lägesrapporter är begärda"
    lagen = ("inlamnad", "vantar", "hoppad")
    rader = [
        Lagesrapport.objects.create(
            avtal=avtal_med_pengar(ar=2027), fran=D(2027, 1, 1), till=D(2027, 6, 30), senast=D(2027, 8, 15), lage=lage
        )
        for lage in lagen
    ]
    assert laget(post, DAG) == ("kommer", "1 av 2 är inne")
    Lagesrapport.objects.filter(pk=rader[1].pk).update(lage="godkand")
    assert laget(post, DAG) == ("klar", "2 av 2 är inne")


def test_the_number_of_questions_is_the_same_for_many_days():
    kopplingar = [val for val, _ in Hjulpost.Koppling.choices]
    hjul = nytt_hjul(2027)

    def fragor():
        poster = list(hjul.poster.select_related("mote", "bas__mote", "hjul"))
        with CaptureQueriesContext(connection) as fangade:
            tillstand(poster, DAG)
        return len(fangade)

    for koppling in kopplingar:
        ny_post(dag=D(2027, 9, 5), hjul=hjul, koppling=koppling)
    fore = fragor()
    for nr in range(3):
        for koppling in kopplingar:
            ny_post(dag=D(2027, 9, 6 + nr), hjul=hjul, koppling=koppling)
    assert fragor() == fore <= 8
