"""What the board has decided since a body met last: the text of the standing item that reports from it (MA22)."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import make_aware

from moten import aterkoppling
from moten.maskering import dolda_ord, maskera
from moten.models import Mote, Organ, Utfall
from samordning.karna.kalender import nu
from samordning.karna.templatetags.samordning import datum

RUBRIK = "Styrelsen har beslutat:"
FORSTA_GANGEN = timedelta(days=183)  # how far back when the body has not met before


def block(mote):
    """The decisions as the text of an item; "" when there is none. What has been told at one meeting is not told at the
    next: the board's meetings that were closed after the body's last one was opened, and before this one was. Cases
    that have not been to the groups are left out, and so are those that have an item of their own, and what the
    published record hides. Three queries."""
    if mote.organ.slag == Organ.Slag.STYRELSE:
        return ""
    forra = mote.organ.moten.filter(lage__in=Mote.AVSLUTADE, dag__lt=mote.dag).order_by("dag").last()
    fran_dag = forra.dag if forra else mote.dag - FORSTA_GANGEN
    fran = forra.oppnat if forra and forra.oppnat else make_aware(datetime.combine(fran_dag, time.min))
    # An old record that was read in has no hour when it was closed.
    stangt = Q(punkt__mote__avslutat__gt=fran, punkt__mote__avslutat__lte=mote.oppnat or nu())
    stangt |= Q(punkt__mote__avslutat=None, punkt__mote__dag__gt=fran_dag, punkt__mote__dag__lte=mote.dag)
    beslut = (
        Utfall.objects.filter(stangt, typ=Utfall.Typ.BESLUT, punkt__mote__organ__slag=Organ.Slag.STYRELSE)
        .exclude(aterkoppling.har_egen_punkt(mote.organ))
        .filter(Q(punkt__arende=None) | Q(punkt__arende__beredd__isnull=False), punkt__mote__lage__in=Mote.AVSLUTADE)
        .select_related("punkt__mote__organ")
        .order_by("punkt__mote__dag", "punkt__ordning", "ordning", "pk")
    )
    dolda = dolda_ord({rad.punkt.mote_id for rad in beslut})
    rader = [f"- {maskera(_rad(rad), dolda.get(rad.punkt.mote_id, []))}" for rad in beslut]
    return "\n".join([RUBRIK, *rader]) if rader else ""


def _rad(utfall):
    punkt = utfall.punkt
    vilken = f"{punkt.beteckning} {punkt.rubrik}, {datum(punkt.mote.dag)}".replace("\N{NO-BREAK SPACE}", " ")
    om_arendet = f"{utfall.get_arendeutfall_display()}. " if utfall.arendeutfall else ""
    return f"{vilken}: {om_arendet}{' '.join(utfall.text.split())}"
