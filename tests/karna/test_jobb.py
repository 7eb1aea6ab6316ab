"""A job is a row: one per order, claimed by one worker, never lost and never finished twice."""

import datetime
import re
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from kombu.exceptions import OperationalError

from samordning.celery import BEAT, app
from samordning.karna import jobb, tasks
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb

KORDA = []
HAR = f"{__name__}."


def gor(jobbet):
    """A task that works."""
    KORDA.append(jobbet.pk)
    jobb.framsteg(jobbet, 50, "Halvvägs")
    return {"rader": 3}


def ga_sonder(jobbet):
    """A task that fails with something secret in its error."""
    KORDA.append(jobbet.pk)
    raise ValueError("Åsa Öhrn")


def tas_over(jobbet):
    """A task that is so slow that another worker takes over while it runs."""
    Jobb.objects.filter(pk=jobbet.pk).update(forsok=jobbet.forsok + 1)
    jobb.framsteg(jobbet, 90)


GOR, SONDER, OVER = (f"{__name__}.{namn}" for namn in ("gor", "ga_sonder", "tas_over"))


@pytest.fixture(autouse=True)
def _rent():
    KORDA.clear()
    cache.clear()


def ny(uppgift=GOR, **falt):
    rad = Jobb.objects.create(uppgift=uppgift, parametrar={"nr": Jobb.objects.count()}, **{"forsok": 0} | falt)
    if "skapat" in falt:
        Jobb.objects.filter(pk=rad.pk).update(skapat=falt["skapat"])
    return rad


def for_sen(minuter):
    return nu() - datetime.timedelta(minutes=minuter)


@pytest.mark.django_db
def test_an_order_runs_when_the_transaction_is_done(ny_anvandare, django_capture_on_commit_callbacks):
    chef = ny_anvandare("kansli")
    with django_capture_on_commit_callbacks(execute=True):
        rad = jobb.bestall(GOR, {"period": "2024H1"}, chef)
        assert rad.lage == "ko"
        assert not KORDA
    rad.refresh_from_db()
    assert (rad.lage, rad.resultat, rad.framsteg, rad.forsok, rad.bestalld_av) == ("klart", {"rader": 3}, 100, 1, chef)
    assert rad.avslutat
    assert not rad.ar_aktivt


@pytest.mark.django_db
def test_the_same_order_gives_the_active_job_and_a_new_one_when_it_is_finished():
    ett = jobb.bestall(GOR, {"period": "2024H1"})
    assert jobb.bestall(GOR, {"period": "2024H1"}) == ett
    assert jobb.bestall(GOR, {"period": "2024H2"}) != ett
    jobb.kor_jobb(ett.pk)
    assert jobb.bestall(GOR, {"period": "2024H1"}) != ett


@pytest.mark.django_db
def test_two_orders_at_the_same_moment_share_the_job(monkeypatch):
    forsta = jobb.bestall(GOR, {"a": 1})
    svar = iter([None, forsta])  # nobody has ordered it, says the look; the index says that somebody has
    monkeypatch.setattr(jobb, "_aktivt", lambda *_order: next(svar))
    assert jobb.bestall(GOR, {"a": 1}) == forsta
    assert Jobb.objects.count() == 1


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_no_error(monkeypatch, django_capture_on_commit_callbacks):
    def tyst(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(jobb.kor_jobb, "apply_async", tyst)
    with django_capture_on_commit_callbacks(execute=True):
        rad = jobb.bestall(GOR, {})
    assert Jobb.objects.get(pk=rad.pk).lage == "ko"


@pytest.mark.django_db
def test_rung_twice_it_runs_once():
    rad = ny()
    jobb.kor_jobb(rad.pk)
    jobb.kor_jobb(rad.pk)
    assert KORDA.count(rad.pk) == len(KORDA) == 1


@pytest.mark.django_db
def test_the_claim_skips_locked_rows():
    with CaptureQueriesContext(connection) as fragor:
        jobb.ta(ny().pk)
    assert any("FOR UPDATE SKIP LOCKED" in fraga["sql"] for fraga in fragor)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_four_claimants_one_gets_the_job():
    rad, start, fick = ny(), threading.Barrier(4), []

    def forsok():
        start.wait()
        try:
            fick.append(jobb.ta(rad.pk))
        finally:
            connection.close()

    tradar = [threading.Thread(target=forsok) for _ in range(4)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert len(fick) == 4
    assert [tagen.forsok for tagen in fick if tagen] == [1]


@pytest.mark.django_db
def test_a_failed_job_is_tried_three_times_and_then_given_up_without_its_message():
    rad = ny(SONDER)
    for forsok in (1, 2):
        jobb.kor_jobb(rad.pk)
        rad.refresh_from_db()
        assert (rad.lage, rad.forsok, rad.fel) == ("ko", forsok, "ValueError")
    jobb.kor_jobb(rad.pk)
    rad.refresh_from_db()
    assert (rad.lage, rad.forsok, rad.fel) == ("misslyckat", 3, "ValueError")
    jobb.kor_jobb(rad.pk)
    assert len(KORDA) == 3


@pytest.mark.django_db
def test_a_worker_that_went_silent_loses_the_job_and_what_it_says_later_counts_for_nothing():
    rad = ny()
    gammal = jobb.ta(rad.pk)
    assert jobb.ta(rad.pk) is None
    Jobb.objects.filter(pk=rad.pk).update(lease_till=for_sen(1))
    nyast = jobb.ta(rad.pk)
    assert nyast.forsok == 2
    with pytest.raises(jobb.Overtaget):
        jobb.framsteg(gammal, 60)
    assert not jobb._avsluta(gammal, "klart", resultat={"fel": "rader"})
    assert jobb._avsluta(nyast, "klart", resultat={"ratt": "rader"})
    assert Jobb.objects.get(pk=rad.pk).resultat == {"ratt": "rader"}


@pytest.mark.django_db
def test_an_overtaken_attempt_neither_finishes_nor_fails_the_job():
    rad = ny(OVER)
    jobb.kor_jobb(rad.pk)
    rad.refresh_from_db()
    assert (rad.lage, rad.forsok, rad.fel) == ("pagar", 2, "")


@pytest.mark.django_db
def test_a_worker_that_dies_three_times_ends_the_job():
    rad = ny(lage="pagar", forsok=3, lease_till=for_sen(1))
    jobb.kor_jobb(rad.pk)
    rad.refresh_from_db()
    assert rad.lage == "misslyckat"
    assert "three times" in rad.fel
    assert not KORDA


@pytest.mark.django_db
def test_progress_is_shown_and_keeps_the_lease():
    tagen = jobb.ta(ny().pk)
    Jobb.objects.filter(pk=tagen.pk).update(lease_till=for_sen(1))
    jobb.framsteg(tagen, 40, "Räknar")
    rad = Jobb.objects.get(pk=tagen.pk)
    assert (rad.framsteg, rad.framsteg_text) == (40, "Räknar")
    assert rad.lease_till > nu()


@pytest.mark.django_db
def test_the_sweep_rings_for_what_nobody_heard_and_for_nothing_else():
    glomt = ny(skapat=for_sen(2))
    tyst = ny(lage="pagar", forsok=1, lease_till=for_sen(1))
    nytt, i_arbete, klart = ny(), ny(lage="pagar", forsok=1, lease_till=nu() + jobb.LEASE), ny(lage="klart")
    tasks.sop()
    assert sorted(KORDA) == sorted([glomt.pk, tyst.pk])
    lagen = dict(Jobb.objects.values_list("pk", "lage"))
    assert (lagen[nytt.pk], lagen[i_arbete.pk], lagen[klart.pk]) == ("ko", "pagar", "klart")


def test_the_pulse_is_what_the_health_page_reads():
    tasks.puls()
    assert cache.get("puls")


def test_every_name_in_the_beat_table_is_a_task():
    app.loader.import_default_modules()
    namn = [task for task, _sekunder in BEAT.values()]
    assert len(namn) == len(set(namn))
    assert set(namn) <= set(app.tasks)


def test_only_this_module_rings():
    rot = Path(django_settings.ROT)
    ringer = re.compile(r"\.(delay|delay_on_commit|apply_async|send_task)\(")
    kod = [fil for app_ in ("samordning", "insatser", "remisser", "uppfoljning") for fil in (rot / app_).rglob("*.py")]
    assert [str(fil.relative_to(rot)) for fil in kod if ringer.search(fil.read_text())] == ["samordning/karna/jobb.py"]


def publicera_och_klart(arbete):
    with jobb.publicera(arbete) as klart:
        KORDA.append("publicerat")
        klart({"text": "Klart."})


def glommer_att_sluta(arbete):
    with jobb.publicera(arbete):
        Jobb.objects.filter(pk=arbete.pk).update(framsteg_text="publicerat")


def gar_inte(arbete):
    raise jobb.Avslag("Perioden har inte börjat.")


@pytest.mark.django_db
def test_what_is_published_and_the_finish_are_one():
    rad = jobb.ta(Jobb.objects.create(uppgift=HAR + "publicera_och_klart").pk)
    publicera_och_klart(rad)
    rad.refresh_from_db()
    assert (rad.lage, rad.resultat, rad.framsteg) == ("klart", {"text": "Klart."}, 100)
    with pytest.raises(jobb.Overtaget):
        publicera_och_klart(rad)


@pytest.mark.django_db
@pytest.mark.parametrize("andring", [{"forsok": 2}, {"lage": "avbrutet"}])
def test_nothing_is_published_by_an_attempt_that_was_taken_over_or_cancelled(andring):
    rad = jobb.ta(Jobb.objects.create(uppgift=HAR + "publicera_och_klart").pk)
    Jobb.objects.filter(pk=rad.pk).update(**andring)
    KORDA.clear()
    with pytest.raises(jobb.Overtaget):
        publicera_och_klart(rad)
    assert KORDA == []


@pytest.mark.django_db
def test_who_publishes_without_finishing_publishes_nothing():
    rad = Jobb.objects.create(uppgift=HAR + "glommer_att_sluta")
    jobb.kor_jobb(rad.pk)
    rad.refresh_from_db()
    assert (rad.lage, rad.fel, rad.framsteg_text) == ("ko", "RuntimeError", "")


@pytest.mark.django_db
def test_an_order_that_cannot_be_carried_out_is_not_tried_again_and_says_why():
    rad = Jobb.objects.create(uppgift=HAR + "gar_inte")
    jobb.kor_jobb(rad.pk)
    rad.refresh_from_db()
    assert (rad.lage, rad.forsok, rad.besked, rad.fel) == ("misslyckat", 1, "Perioden har inte börjat.", "")


@pytest.mark.django_db
def test_cancelled_work_stops_at_its_next_step_and_finished_work_stays():
    rad = jobb.ta(Jobb.objects.create(uppgift=HAR + "gor").pk)
    assert jobb.avbryt(rad)
    with pytest.raises(jobb.Overtaget):
        jobb.framsteg(rad, 50)
    assert not jobb.avbryt(rad)
    assert Jobb.objects.get(pk=rad.pk).lage == "avbrutet"


@pytest.mark.django_db
def test_a_second_attempt_begins_anew_and_leaves_no_trace_of_the_first():
    rad = Jobb.objects.create(uppgift=HAR + "publicera_och_klart", framsteg=70, framsteg_text="Ritar", fel="ValueError")
    rad = jobb.ta(rad.pk)
    assert (rad.framsteg, rad.framsteg_text) == (0, "")
    publicera_och_klart(rad)
    assert Jobb.objects.get(pk=rad.pk).fel == ""


def langt_steg(arbete):
    """Longer than the lease, without a word."""
    time.sleep(1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_long_step_keeps_its_lease(monkeypatch):
    monkeypatch.setattr(jobb, "LEASE", datetime.timedelta(seconds=0.5))
    monkeypatch.setattr(jobb, "PULS_SEKUNDER", 0.1)
    rad = Jobb.objects.create(uppgift=HAR + "langt_steg")
    andra = threading.Thread(target=_ta_efter, args=(0.8, rad.pk, tagna := []))
    andra.start()
    jobb.kor_jobb(rad.pk)
    andra.join()
    rad.refresh_from_db()
    assert (tagna, rad.lage, rad.forsok) == ([None], "klart", 1)


def _ta_efter(sekunder, pk, tagna):
    time.sleep(sekunder)
    try:
        tagna.append(jobb.ta(pk))
    finally:
        connection.close()
