"""What the annual wheel asks of a user, for the start page and the weekly mail (MC7, MC17)."""

import datetime

from django.urls import reverse

from ekonomi import policies
from ekonomi.hjullagen import SNART, Koppling, sista_dag, tillstand
from ekonomi.models import Arshjul, Hjulpost
from samordning.karna.kalender import idag
from samordning.karna.paneler import AttGora

FLEST = 20
BAKAT = datetime.timedelta(120)  # what is older than this is not waited for
NASTA_AR = 10  # the month from which the next year's wheel is asked for
SEN = ("Sent", "fara", "trekant")


def att_gora(user):
    """What the user answers for that is late or comes within two weeks; ten queries at most. Meetings that are put in
    `moten` asks for itself."""
    if not policies.can_view_hjul(user):
        return []
    dag = idag()
    poster = (
        Hjulpost.objects.kvar().for_person(user).filter(dag__range=(dag - BAKAT, dag + SNART))
        .exclude(koppling=Koppling.MOTE, mote__isnull=False)
        .exclude(koppling=Koppling.KALLELSE, bas__mote__isnull=False)
        .select_related("mote", "bas__mote", "hjul").order_by("dag", "pk")
    )  # fmt: skip
    poster = list(poster)
    lagen = tillstand(poster, dag)
    rader = [_rad(post, lagen[post.pk]) for post in poster if lagen[post.pk].lage in ("sen", "snart")]
    return rader[:FLEST] + (_nasta_ar(dag) if user.ar_kansli and dag.month >= NASTA_AR else [])


def _rad(post, lage):
    return AttGora(
        post.rubrik, reverse("ekonomi:hjulpost_detail", args=[post.pk]), f"Årshjulet: {lage.ord.lower()}.",
        sista_dag(post), SEN if lage.lage == "sen" else None,
    )  # fmt: skip


def _nasta_ar(dag):
    """Once there is a wheel, the next one is made before the year ends."""
    ar = set(Arshjul.objects.filter(ar__gte=dag.year).values_list("ar", flat=True))
    if dag.year not in ar or dag.year + 1 in ar:
        return []
    text = f"Skapa årshjulet {dag.year + 1}"
    return [AttGora(text, reverse("ekonomi:hjul_create"), "Så att styrelsen hinner fastställa det.")]
