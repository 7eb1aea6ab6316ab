"""What beat runs (the table in samordning/celery.py). Each may be run at any time and twice."""

import logging
from datetime import timedelta

from celery import shared_task
from celery.signals import worker_ready
from django.core.cache import cache
from django.db import connection
from django.db.models import Q

from samordning.karna import filer, jobb, notiser
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb
from samordning.karna.request_id import nytt_request_id

PULS_SEKUNDER = 180
SPARAS = timedelta(days=400)  # a finished job that lists name
SPARAS_NAMNLOST = timedelta(days=1)

logg = logging.getLogger(__name__)


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


@shared_task(name="karna.stada")
def stada():
    """Remove finished jobs that nobody asks for any more, and files that no row tells of."""
    nytt_request_id()
    namnlosa = Q(rubrik="", avslutat__lt=nu() - SPARAS_NAMNLOST)
    utgangna = Jobb.objects.exclude(lage__in=Jobb.AKTIVA).filter(namnlosa | Q(avslutat__lt=nu() - SPARAS))
    antal, _per_modell = utgangna.delete()
    borttagna, saknas = filer.stada()
    logg.info("Städning: %s jobb och %s filer utan rad togs bort, %s filer saknas", antal, borttagna, saknas)


@worker_ready.connect
def sop_vid_start(**_signal):
    """What was left when the last worker stopped is taken up at once."""
    sop()
    connection.close()  # the worker's own process must not keep one that its children would share
