"""What beat runs (the table in samordning/celery.py). Each may be run at any time and twice."""

from celery import shared_task
from celery.signals import worker_ready
from django.core.cache import cache
from django.db import connection

from samordning.karna import jobb, notiser
from samordning.karna.kalender import nu
from samordning.karna.request_id import nytt_request_id

PULS_SEKUNDER = 180


@shared_task(name="karna.sop")
def sop():
    """Ring again for jobs that nobody heard, and mail the notices that have not left."""
    nytt_request_id()
    jobb.ring_igen()
    notiser.skicka_osanda()


@shared_task(name="karna.puls")
def puls():
    """The sign that beat and a worker are alive; /halsa/ reads it."""
    cache.set("puls", nu().isoformat(), PULS_SEKUNDER)


@worker_ready.connect
def sop_vid_start(**_signal):
    """What was left when the last worker stopped is taken up at once."""
    sop()
    connection.close()  # the worker's own process must not keep one that its children would share
