"""kill -9 of a whole Celery worker, again and again, and a broker that forgets everything: each job is done once."""

import datetime
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings as produkten
from django.db import connection
from kombu import Connection

from samordning.karna import filer, jobb
from samordning.karna.models import Fil, Jobb
from tests.karna.stormuppgift import innehall

EGEN_DB = 9  # in the broker; the product uses 0 and 1, and this one is emptied
ANTAL, DODA = 10, 3
LEASE = 2  # seconds
TID = 120  # seconds; then it has gone wrong


def _maklare():
    """(address for Celery, client) of the storm's own database in the broker that ./start test gives."""
    delar = urlsplit(produkten.CELERY_BROKER_URL)
    if delar.scheme == "redis+socket":
        return f"{delar.scheme}://{delar.path}?virtual_host={EGEN_DB}", redis.Redis(
            unix_socket_path=delar.path, db=EGEN_DB
        )
    url = urlunsplit(delar._replace(path=f"/{EGEN_DB}"))
    return url, redis.Redis.from_url(url)


def _databas():
    """The test database's address: the one from the environment with another name."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(url._replace(path="/" + quote(connection.settings_dict["NAME"])))


@contextmanager
def _arbetare(miljo, logg):
    """A real worker with two children, in a process group of its own that is killed without warning."""
    kommando = [
        sys.executable, "-m", "celery", "--app", "samordning", "worker", "--concurrency", "2", "--loglevel", "warning",
        "--without-gossip", "--without-mingle", "--include", "tests.karna.stormuppgift",
    ]  # fmt: skip
    process = subprocess.Popen(kommando, cwd=produkten.ROT, env=miljo, stdout=logg, stderr=logg, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _vanta(villkor, slut):
    while not villkor():
        assert time.monotonic() < slut, list(Jobb.objects.values_list("lage", "forsok", "fel"))
        jobb.ring_igen()  # what beat does, but more often
        time.sleep(0.4)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_storm_of_kills_loses_nothing_and_does_nothing_twice(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "filer"
    url, maklare = _maklare()
    miljo = os.environ | {
        "DATABASE_URL": _databas(), "SAMORDNING_DATA": str(tmp_path), "CELERY_BROKER_URL": url,
        "DJANGO_SETTINGS_MODULE": "samordning.settings", "STORM_LEASE": str(LEASE),
    }  # fmt: skip
    maklare.flushdb()
    with Connection(url) as koppling, (tmp_path / "logg").open("wb") as logg:
        monkeypatch.setitem(jobb.kor_jobb.app.conf, "task_always_eager", False)
        monkeypatch.setattr(jobb, "ring", lambda pk: jobb.kor_jobb.apply_async([pk], connection=koppling))
        monkeypatch.setattr(jobb, "VANTETID", datetime.timedelta(0))
        for nr in range(ANTAL):
            jobb.bestall("tests.karna.stormuppgift.gor", {"nr": nr})
        assert maklare.llen("celery") == ANTAL
        slut = time.monotonic() + TID
        for dod in range(DODA):
            with _arbetare(miljo, logg):
                klara = Jobb.objects.filter(lage="klart").count()
                _vanta(lambda klara=klara: Jobb.objects.filter(lage="klart").count() > klara, slut)
                time.sleep(random.uniform(0, 1.2))
            if dod == 1:
                assert maklare.dbsize()
                maklare.flushdb()
        with _arbetare(miljo, logg):
            _vanta(lambda: not Jobb.objects.filter(lage__in=Jobb.AKTIVA).exists(), slut)
    maklare.flushdb()
    maklare.close()

    gjorda = list(Jobb.objects.order_by("pk"))
    assert [rad.lage for rad in gjorda] == ["klart"] * ANTAL
    assert sum(rad.forsok for rad in gjorda) > ANTAL, "no kill hit anything"
    assert sorted(rad.resultat["fil"] for rad in gjorda) == sorted(Fil.objects.values_list("pk", flat=True))
    for rad in gjorda:
        fil = Fil.objects.get(pk=rad.resultat["fil"])
        assert (fil.lage, filer.las(fil)) == ("ren", innehall(rad.parametrar["nr"]))

    pa_disk = settings.MEDIA_ROOT.glob
    for plats in pa_disk("??/*"):
        os.utime(plats, (0, 0))
    assert filer.stada()[1] == 0
    assert {plats.name for plats in pa_disk("??/*")} == {fil.uuid.hex for fil in Fil.objects.all()}
