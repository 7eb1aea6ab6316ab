"""Which half of a self-assessment counts when there are several (rapportdefinitioner.md 7.3), and who has answered.

Besides `utfall.py`, `datakvalitet.py` and the import only this module reads `Parnyckel`. It tells that there is an
answer, never which.
"""

import datetime

from django.db import transaction

from samordning.karna.models import Installning
from uppfoljning.models import Parnyckel, Skattning, Tillfalle
from uppfoljning.utfall import STANDARD

UTOM_RACKHALL = datetime.timedelta.max


def avstand(halva, handelse):
    """How far a half lies from its event. Of an answer dated by week the nearest day of that week counts."""
    if handelse is None:
        return datetime.timedelta()
    if halva.datum:
        return abs(halva.datum - handelse)
    if halva.vecka:
        sondag = halva.vecka + datetime.timedelta(6)
        return max(halva.vecka - handelse, handelse - sondag, datetime.timedelta())
    return UTOM_RACKHALL


def valj(halvor, handelse, fonster, tillfalle):
    """The half that counts: at start the earliest in the window, at exit the latest; none there: the nearest outside.

    On the web only the week is known, so paper of the same week is of the same day, and then the web counts. Without
    an event yet (no exit) everything is in the window. None when there is no half.
    """
    tecken = 1 if tillfalle == Tillfalle.START else -1

    def ordning(halva):
        vecka = halva.vecka or (halva.datum and halva.datum - datetime.timedelta(halva.datum.weekday()))
        dag = (halva.datum or halva.vecka or datetime.date.max).toordinal()
        vecka = (vecka or datetime.date.max).toordinal()
        return tecken * vecka, halva.vecka is None, tecken * dag, str(halva.pk)

    grans = datetime.timedelta(days=fonster)
    inom = [halva for halva in halvor if avstand(halva, handelse) <= grans]
    if inom:
        return min(inom, key=ordning)
    return min(halvor, key=lambda halva: (avstand(halva, handelse), ordning(halva)), default=None)


def fonster_dagar():
    """The window: how many days before and after its event a half may lie (7.7)."""
    return int(Installning.objects.varden({"fonster_dagar": STANDARD["fonster_dagar"]})["fonster_dagar"])


@transaction.atomic
def rakna_om(deltagande):
    """Mark anew the halves of a stay that count: after an answer, a changed date or a changed window."""
    nyckel = Parnyckel.objects.select_for_update().filter(deltagande=deltagande).first()
    if nyckel is None:
        return
    dagar = fonster_dagar()
    halvor = list(Skattning.objects.filter(parnyckel=nyckel.nyckel))
    for tillfalle, handelse in ((Tillfalle.START, deltagande.start), (Tillfalle.SLUT, deltagande.slut)):
        egna = [halva for halva in halvor if halva.tillfalle == tillfalle]
        # A form that was sent without an answer to anything is no assessment beside one that has.
        vald = valj([halva for halva in egna if not halva.tom] or egna, handelse, dagar, tillfalle)
        if vald is None:
            continue
        # One may count at a time, so the old one steps back first.
        Skattning.objects.filter(parnyckel=nyckel.nyckel, tillfalle=tillfalle, galler=True).exclude(pk=vald.pk).update(
            galler=False
        )
        Skattning.objects.filter(pk=vald.pk, galler=False).update(galler=True)


@transaction.atomic
def spara_halva(deltagande, tillfalle, formular, **svar):
    """A new half of this stay, beside those that there are; then it is settled which one counts.

    Nothing tells in which order halves were written, so a sheet of a day that has one already is that sheet again: what
    is written corrects it, and what is not stays.
    """
    nyckel, _ny = Parnyckel.objects.get_or_create(deltagande=deltagande)
    Parnyckel.objects.select_for_update().get(pk=nyckel.pk)
    halva = svar.get("datum") and _samma_dag(nyckel, tillfalle, svar["datum"])
    halva = halva or Skattning(parnyckel=nyckel.nyckel, tillfalle=tillfalle, galler=False)
    for namn, varde in {"formular": formular, **svar}.items():
        setattr(halva, namn, varde)
    halva.save()
    rakna_om(deltagande)
    return halva


def _samma_dag(nyckel, tillfalle, datum):
    halvor = Skattning.objects.filter(parnyckel=nyckel.nyckel, tillfalle=tillfalle, datum=datum)
    return halvor.order_by("-galler", "pk").first()


def gallande(parnyckel, tillfalle):
    """The half that counts of a pair, or None."""
    return Skattning.objects.filter(parnyckel=parnyckel, tillfalle=tillfalle, galler=True).first()


def besvarade(deltaganden):
    """{primary key of a stay: its answered occasions}; two queries for all. Nothing about the answers."""
    nycklar = dict(Parnyckel.objects.filter(deltagande__in=deltaganden).values_list("nyckel", "deltagande"))
    halvor = {pk: set() for pk in nycklar.values()}
    for nyckel, tillfalle in Skattning.objects.filter(parnyckel__in=nycklar).values_list("parnyckel", "tillfalle"):
        halvor[nycklar[nyckel]].add(tillfalle)
    return halvor


def svarsdagar(deltagande):
    """{answered occasion: (day or None, Monday or None)} of one stay: when the half that counts is from, not what."""
    nyckel = Parnyckel.objects.filter(deltagande=deltagande).values("nyckel")
    rader = Skattning.objects.filter(parnyckel__in=nyckel, galler=True).values_list("tillfalle", "datum", "vecka")
    return {tillfalle: (datum, vecka) for tillfalle, datum, vecka in rader}


def utan_svar(deltaganden, tillfalle):
    """The stays of a queryset whose half of that occasion is not answered."""
    svarat = Parnyckel.objects.filter(
        nyckel__in=Skattning.objects.filter(tillfalle=tillfalle).values("parnyckel")
    ).values("deltagande")
    return deltaganden.exclude(pk__in=svarat)
