"""Counts of remisser. The only numbers about them that leave this app."""

from django.db.models import Count, Min, Q

from insatser.models import Insats
from remisser.models import Remiss
from samordning.karna.kalender import nu
from samordning.karna.models.part import SvenskOrdning

Lage = Remiss.Lage


def remissflode(period):
    """Per insats in Swedish order: how many were sent in the period and what came of those, and what waits now.

    [{"insats", "slug", "skickade", "accepterade", "avbojda", "atertagna", "obesvarade", "aldsta_dagar"}]. Two queries.
    """
    i_perioden = Q(skickad__date__range=(period.fran, period.till))
    rader = (
        Remiss.objects.exclude(lage=Lage.UTKAST)
        .values("insats")
        .annotate(
            skickade=Count("pk", filter=i_perioden),
            accepterade=Count("pk", filter=i_perioden & Q(lage__in=(Lage.ACCEPTERAD, Lage.PABORJAD, Lage.KOM_ALDRIG))),
            avbojda=Count("pk", filter=i_perioden & Q(lage=Lage.AVBOJD)),
            atertagna=Count("pk", filter=i_perioden & Q(lage=Lage.ATERTAGEN)),
            **VANTAR,
        )
    )
    tal = {rad.pop("insats"): rad for rad in rader}
    insatser = Insats.objects.filter(pk__in=tal).order_by(SvenskOrdning("namn"), "pk")
    return [{"insats": str(insats), "slug": insats.slug} | _med_dagar(tal[insats.pk]) for insats in insatser]


# What waits for an answer now, whatever the period.
VANTAR = {
    "obesvarade": Count("pk", filter=Q(lage=Lage.SKICKAD)),
    "aldsta": Min("skickad", filter=Q(lage=Lage.SKICKAD)),
}


def _med_dagar(rad):
    aldsta = rad.pop("aldsta")
    return rad | {"aldsta_dagar": (nu() - aldsta).days if aldsta else None}


def vantande():
    """The insatser that have unanswered remisser: [{"insats", "obesvarade", "aldsta_dagar"}]. One query."""
    rader = (
        Remiss.objects.obesvarade().values("insats__namn").annotate(**VANTAR).order_by(SvenskOrdning("insats__namn"))
    )
    return [_med_dagar({"insats": rad.pop("insats__namn")} | rad) for rad in rader]
