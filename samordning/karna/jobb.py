"""Slow work: a row in Postgres first, then a ring in Celery. Whatever the ring does, the row is what is true.

A task is a function `uppgift(jobb) -> dict | None` that may be run again; the row stores its dotted name. It calls
`framsteg` now and then, and does what must happen exactly once inside `publicera`. At most three attempts; `karna.sop`
rings again for what was never heard or whose worker went silent.
"""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from celery import shared_task
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from samordning.karna.kalender import nu
from samordning.karna.models import Jobb
from samordning.karna.request_id import nytt_request_id

LEASE = timedelta(seconds=60)
PULS_SEKUNDER = 15  # between renewals of the lease
VANTETID = timedelta(seconds=60)
FORSOK = 3

logg = logging.getLogger(__name__)


class Overtaget(Exception):
    """Another attempt has begun since, or somebody cancelled; this one must stop and publish nothing."""


class Avslag(Exception):
    """The order cannot be carried out, and trying again would not help. Its text, in Swedish, is for who ordered."""


def bestall(uppgift, parametrar, av=None, rubrik=""):
    """The job that already waits or runs for the same order, or a new one. `uppgift` is a function's dotted name.

    `rubrik` names it in the list of jobs; without one it is nobody's business and is not listed.
    """
    if jobb := _aktivt(uppgift, parametrar):
        return jobb
    try:
        with transaction.atomic():
            jobb = Jobb.objects.create(uppgift=uppgift, parametrar=parametrar, bestalld_av=av, rubrik=rubrik)
    except IntegrityError:  # somebody ordered the same at the same moment
        if jobb := _aktivt(uppgift, parametrar):
            return jobb
        raise
    transaction.on_commit(lambda: ring(jobb.pk))
    return jobb


def _aktivt(uppgift, parametrar):
    return Jobb.objects.filter(uppgift=uppgift, parametrar=parametrar, lage__in=Jobb.AKTIVA).first()


def ring(jobb_id):
    """Tell a worker. A broker that does not answer is no error: the sweep rings again."""
    try:
        kor_jobb.apply_async([jobb_id], retry=False)
    except (OperationalError, OSError):
        logg.warning("Jobb %s gick inte att ringa; svepet gör det", jobb_id)


def _att_ta(**aldre_an):
    """Jobs that a worker may take: queued, or under way by somebody who has stopped answering."""
    return Jobb.objects.filter(Q(lage=Jobb.Lage.KO, **aldre_an) | Q(lage=Jobb.Lage.PAGAR, lease_till__lt=nu()))


@transaction.atomic
def ta(jobb_id):
    """Claim the job: of two who try at once one gets it, the other None. The attempt's number is the proof."""
    jobb = _att_ta().select_for_update(skip_locked=True).filter(pk=jobb_id).first()
    if jobb is None:
        return None
    if jobb.forsok >= FORSOK:
        _avsluta(jobb, Jobb.Lage.MISSLYCKAT, fel="worker lost three times")
        return None
    jobb.forsok += 1
    jobb.lage = Jobb.Lage.PAGAR
    jobb.lease_till = nu() + LEASE
    jobb.framsteg, jobb.framsteg_text = 0, ""
    jobb.save(update_fields=["forsok", "lage", "lease_till", "framsteg", "framsteg_text"])
    return jobb


def _mitt(jobb):
    """The row as long as this attempt is the newest and not finished."""
    return Jobb.objects.filter(pk=jobb.pk, forsok=jobb.forsok)


def _avsluta(jobb, lage, **falt):
    """False when the attempt is no longer the newest; then nothing was changed."""
    return bool(_mitt(jobb).filter(lage__in=Jobb.AKTIVA).update(lage=lage, lease_till=None, avslutat=nu(), **falt))


def _klart(jobb, resultat):
    return _avsluta(jobb, Jobb.Lage.KLART, resultat=resultat, framsteg=100, framsteg_text="", fel="")


def framsteg(jobb, procent, text=""):
    """Show how far the work has come and keep the lease. `Overtaget` when another attempt has taken over."""
    rad = _mitt(jobb).filter(lage=Jobb.Lage.PAGAR)
    if not rad.update(framsteg=procent, framsteg_text=text, lease_till=nu() + LEASE):
        raise Overtaget


@contextmanager
def publicera(jobb):
    """A transaction for what must happen exactly once: `Overtaget` unless this attempt is the newest and not cancelled.

    Gives a function to call with the result, which finishes the job in the same transaction. The row is locked
    meanwhile, so who cancels waits: do the slow work before.
    """
    with transaction.atomic():
        if not _mitt(jobb).filter(lage=Jobb.Lage.PAGAR).select_for_update().exists():
            raise Overtaget
        yield lambda resultat: _klart(jobb, resultat)
        if _mitt(jobb).filter(lage=Jobb.Lage.PAGAR).exists():
            raise RuntimeError("what was published would be published again: the job was not finished with it")


def avbryt(jobb):
    """Cancel. A running one stops at its next step. False when it was finished already."""
    return bool(
        Jobb.objects.filter(pk=jobb.pk, lage__in=Jobb.AKTIVA).update(
            lage=Jobb.Lage.AVBRUTET, lease_till=None, avslutat=nu()
        )
    )


@contextmanager
def _puls(jobb):
    """Keeps the lease while the work goes on, however long a step takes; a worker that is killed stops with it."""
    slut = threading.Event()

    def fornya():
        try:
            while not slut.wait(PULS_SEKUNDER):
                try:
                    if not _mitt(jobb).filter(lage=Jobb.Lage.PAGAR).update(lease_till=nu() + LEASE):
                        return
                except DatabaseError:
                    connection.close()  # a new one the next time
        finally:
            connection.close()

    trad = threading.Thread(target=fornya, daemon=True)
    trad.start()
    try:
        yield
    finally:
        slut.set()
        trad.join()


@shared_task(name="karna.kor_jobb")
def kor_jobb(jobb_id):
    """Run one job. Rung twice, it is run once."""
    nytt_request_id()
    if (jobb := ta(jobb_id)) is None:
        return
    try:
        with _puls(jobb):
            resultat = import_string(jobb.uppgift)(jobb) or {}
    except Overtaget:
        logg.info("Jobb %s togs över", jobb.pk)
    except Avslag as fel:
        _avsluta(jobb, Jobb.Lage.MISSLYCKAT, besked=str(fel)[:300])
    except Exception as fel:  # whatever the task raises, the row must say it
        logg.exception("Jobb %s misslyckades, försök %s", jobb.pk, jobb.forsok)
        _misslyckades(jobb, type(fel).__name__)
    else:
        _klart(jobb, resultat)


def _misslyckades(jobb, feltyp):
    """Back in the queue, where the sweep finds it, or given up. Only the kind of error is kept, never its text."""
    if jobb.forsok >= FORSOK:
        _avsluta(jobb, Jobb.Lage.MISSLYCKAT, fel=feltyp)
    else:
        _mitt(jobb).filter(lage=Jobb.Lage.PAGAR).update(lage=Jobb.Lage.KO, lease_till=None, fel=feltyp)


def ring_igen():
    """Ring for what has waited over a minute or whose worker went silent. Returns how many."""
    nycklar = list(_att_ta(skapat__lt=nu() - VANTETID).order_by("pk").values_list("pk", flat=True)[:200])
    for nyckel in nycklar:
        ring(nyckel)
    return len(nycklar)
