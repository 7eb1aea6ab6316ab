"""Half-year reports: planned once, reminded of three times, written by those of the insats, read by the kansli."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from insatser import tasks, uppdrag_plan
from insatser.models import Lagesrapport
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Installning, Notis
from tests.insatser.fabrik import ny_insats, ny_medarbetare, version
from tests.insatser.fabrik_ansokan import ny_part
from tests.insatser.fabrik_avtal import bifall, lopande_avtal, ny_lagesrapport

pytestmark = pytest.mark.django_db
DAG = datetime.date
TEXTER = {"genomfort": "Vi startade.", "resultat": "Det går bra.", "avvikelser": "", "ekonomi": "", "framat": "Mer."}


def plan(avtal):
    return [(rad.fran, rad.till, rad.senast) for rad in avtal.rapporter.order_by("fran")]


@pytest.fixture
def i_februari():
    with time_machine.travel("2023-02-10 12:00+01:00", tick=False) as resa:
        yield resa


def test_the_plan_has_a_row_for_each_half_year_and_is_safe_twice(i_februari):
    _, beslut = bifall()
    avtal = lopande_avtal(start=DAG(2022, 9, 1), slut=DAG(2023, 8, 31), beslut=beslut)
    for _ in range(2):
        uppdrag_plan.sakra(avtal)
        assert plan(avtal) == [
            (DAG(2022, 9, 1), DAG(2022, 12, 31), DAG(2023, 1, 31)),
            (DAG(2023, 1, 1), DAG(2023, 6, 30), DAG(2023, 7, 31)),
            (DAG(2023, 7, 1), DAG(2023, 8, 31), DAG(2024, 1, 31)),
        ]
    # Prolonged: the row that was cut grows; one that is in gets a row of its own for the rest.
    avtal.slut = DAG(2024, 8, 31)
    avtal.save()
    uppdrag_plan.sakra(avtal)
    assert [rad[:2] for rad in plan(avtal)][2:] == [
        (DAG(2023, 7, 1), DAG(2023, 12, 31)), (DAG(2024, 1, 1), DAG(2024, 6, 30)), (DAG(2024, 7, 1), DAG(2024, 8, 31)),
    ]  # fmt: skip
    avtal.rapporter.get(fran=DAG(2024, 7, 1)).lamna_in(av=None)
    avtal.slut = DAG(2025, 8, 31)
    avtal.save()
    uppdrag_plan.sakra(avtal)
    assert [rad[:2] for rad in plan(avtal)][4:6] == [
        (DAG(2024, 7, 1), DAG(2024, 8, 31)), (DAG(2024, 9, 1), DAG(2024, 12, 31)),
    ]  # fmt: skip
    # Shortened: what nobody has begun goes, what is written stays.
    avtal.rapporter.get(fran=DAG(2025, 1, 1)).paborja(av=None)
    avtal.slut = DAG(2024, 8, 31)
    avtal.save()
    uppdrag_plan.sakra(avtal)
    assert [rad[0] for rad in plan(avtal)][4:] == [DAG(2024, 7, 1), DAG(2025, 1, 1)]


def test_agreements_from_before_the_system_have_no_reports_that_were_due_before_it(i_februari):
    Installning.objects.create(
        nyckel="lagesrapport_dag_juli", varde=15, giltig_fran=DAG(2023, 1, 1), beslut_text="§ 4"
    )  # fmt: skip
    avtal = lopande_avtal(start=DAG(2021, 9, 1), slut=DAG(2023, 8, 31))
    tasks.lagesrapporter()
    assert plan(avtal) == [
        (DAG(2023, 1, 1), DAG(2023, 6, 30), DAG(2023, 7, 15)), (DAG(2023, 7, 1), DAG(2023, 8, 31), DAG(2024, 1, 31)),
    ]  # fmt: skip


def test_reminders_go_three_times_to_who_writes(i_februari, ny_anvandare, django_capture_on_commit_callbacks):
    huvudpart, annan = ny_part(), ny_part()
    insats = ny_insats()
    personal, foretradare = ny_anvandare("insatspersonal"), ny_anvandare("partsforetradare", part=huvudpart)
    ny_medarbetare(insats, personal)
    for nagon in (ny_anvandare("insatspersonal"), ny_anvandare("partsforetradare", part=annan), ny_anvandare("kansli")):
        assert nagon.pk
    ny_medarbetare(insats, ny_anvandare("remittent"))  # listed, but no longer staff
    rapport = ny_lagesrapport(lopande_avtal(huvudpart, annan, insats=insats), senast=DAG(2023, 3, 1))

    def natt(dag):
        i_februari.move_to(f"{dag} 03:00+01:00")
        fore = Notis.objects.count()
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                uppdrag_plan.paminn()
        return Notis.objects.count() - fore

    assert natt("2023-02-14") == 0
    assert natt("2023-02-15") == 2
    assert natt("2023-02-16") == 0
    assert {notis.mottagare for notis in Notis.objects.all()} == {personal, foretradare}
    assert natt("2023-02-26") == 2
    assert natt("2023-03-02") == 0
    assert natt("2023-03-08") == 2
    assert natt("2023-04-08") == 0
    rapport.refresh_from_db()
    assert rapport.paminnelser == 3
    assert mail.outbox[0].subject == "Det är snart dags att lämna en lägesrapport"
    assert mail.outbox[-1].subject == "En lägesrapport är försenad"
    assert reverse("avtal:lagesrapport_edit", args=[rapport.pk]) in mail.outbox[-1].body
    assert insats.namn not in mail.outbox[-1].body
    # Nights that nobody ran make one reminder, and what is in is not asked for.
    sen = ny_lagesrapport(lopande_avtal(huvudpart), senast=DAG(2023, 3, 1))
    ny_lagesrapport(lopande_avtal(huvudpart), "inlamnad", senast=DAG(2023, 3, 1))
    assert natt("2023-04-09") == 1
    sen.refresh_from_db()
    assert sen.paminnelser == 3


@pytest.fixture
def skribent(ny_anvandare, client):
    insats = ny_insats("Gläntan")
    user = ny_anvandare("insatspersonal")
    ny_medarbetare(insats, user)
    client.force_login(user)
    return user, lopande_avtal(insats=insats)


def test_a_draft_may_be_half_and_a_report_is_whole(skribent, client, ny_anvandare):
    user, avtal = skribent
    rapport = ny_lagesrapport(avtal)
    sida = reverse("avtal:lagesrapport_edit", args=[rapport.pk])
    data = {"version": version(client, sida), "genomfort": "Vi startade."}
    assert client.post(sida, data).status_code == 302
    rapport.refresh_from_db()
    assert (rapport.lage, rapport.genomfort) == ("utkast", "Vi startade.")
    # A colleague had the page open: both texts are seen.
    svar = client.post(sida, data | {"genomfort": "Något annat."})
    assert "Sparat av någon annan" in svar.content.decode()
    assert "Något annat." in svar.content.decode()
    # Handed in too soon: each missing text is said, and what was typed is kept.
    text = client.post(
        sida, {"version": version(client, sida), "genomfort": "Vi startade.", "ekonomi": "Lagom.", "lamna_in": "1"}
    ).content.decode()
    assert "Skriv vad det har gett" in text
    assert "Skriv vad ni planerar framåt" in text
    assert "Lagom." in text
    assert client.post(sida, TEXTER | {"version": version(client, sida), "lamna_in": "1"}).status_code == 302
    rapport.refresh_from_db()
    assert (rapport.lage, rapport.av, rapport.framat) == ("inlamnad", user, "Mer.")
    assert rapport.inlamnad
    # Somebody still had the form open: nothing is lost and nothing changes.
    svar = client.post(sida, TEXTER | {"version": "3", "genomfort": "För sent."})
    assert svar.status_code == 200
    assert "redan inlämnad" in svar.content.decode()
    assert "För sent." in svar.content.decode()
    rapport.refresh_from_db()
    assert rapport.genomfort == "Vi startade."
    assert client.get(sida).url == reverse("avtal:lagesrapport_detail", args=[rapport.pk])


def test_a_period_that_has_not_ended_is_not_reported(skribent, client):
    _, avtal = skribent
    rapport = ny_lagesrapport(avtal, till=idag() + datetime.timedelta(60))
    sida = reverse("avtal:lagesrapport_edit", args=[rapport.pk])
    svar = client.post(sida, TEXTER | {"version": "1", "lamna_in": "1"})
    assert "går att lämna in från och med" in svar.content.decode()
    rapport.refresh_from_db()
    assert rapport.lage == "vantar"


def test_the_kansli_approves_sends_back_and_skips(client, ny_anvandare, skribent):
    personal, avtal = skribent
    kansli = ny_anvandare("kansli")
    client.force_login(kansli)
    rapport = ny_lagesrapport(avtal, "inlamnad", genomfort="Vi startade.")

    def steg(namn, data=None):
        svar = client.post(reverse(f"avtal:lagesrapport_{namn}", args=[rapport.pk]), data or {})
        rapport.refresh_from_db()
        return svar

    assert "Vad behöver läggas till" in steg("skicka_tillbaka", {"kommentar": " "}).content.decode()
    assert rapport.lage == "inlamnad"
    steg("skicka_tillbaka", {"kommentar": "Skriv mer om ekonomin."})
    assert (rapport.lage, rapport.inlamnad, rapport.genomfort) == ("utkast", None, "Vi startade.")
    assert Notis.objects.get().mottagare == personal
    client.force_login(personal)
    assert (
        "Skriv mer om ekonomin." in client.get(reverse("avtal:lagesrapport_edit", args=[rapport.pk])).content.decode()
    )
    assert steg("godkann").status_code == 403
    client.force_login(kansli)
    steg("hoppa", {"skal": "Slutrapport i stället."})
    assert (rapport.lage, rapport.kommentar) == ("hoppad", "Slutrapport i stället.")
    steg("aterstall")
    assert (rapport.lage, rapport.kommentar) == ("vantar", "")
    rapport.lamna_in(av=personal)
    assert steg("godkann").status_code == 302
    assert rapport.lage == "godkand"
    steg("godkann")  # a double click changes nothing
    assert Handelse.objects.om(rapport).filter(namn="godkann").count() == 1


def test_the_list_has_late_ones_first_and_only_what_one_may_see(
    client, skribent, ny_anvandare, assert_constant_queries
):
    personal, avtal = skribent
    nu = idag()
    ny_lagesrapport(avtal, fran=DAG(2020, 1, 1), till=DAG(2020, 6, 30), senast=nu + datetime.timedelta(5))
    sen = ny_lagesrapport(avtal, fran=DAG(2020, 7, 1), till=DAG(2020, 12, 31), senast=nu - datetime.timedelta(5))
    ny_lagesrapport(lopande_avtal(insats=ny_insats("Annan")), "inlamnad")
    sida = reverse("avtal:lagesrapport_list")
    text = client.get(sida).content.decode()
    assert "En rapport är försenad." in text
    assert text.index("Försenad") < text.index("Att skriva")
    assert "Annan" not in text
    # Who decides reads what is in, and nothing that is being written.
    client.force_login(ny_anvandare("styrelse"))
    text = client.get(sida).content.decode()
    assert "Annan" in text
    assert "Gläntan" not in text
    assert client.get(reverse("avtal:lagesrapport_detail", args=[sen.pk])).status_code == 404
    client.force_login(ny_anvandare("kansli"))
    text = client.get(sida, {"visa": "sena"}).content.decode()
    assert "Gläntan" in text
    assert "Annan" not in text
    assert_constant_queries(sida, lambda: ny_lagesrapport(lopande_avtal()))
    assert Lagesrapport.objects.visible_to(personal).count() == 2
