"""Searches that somebody keeps: run once a day with the rights that the user has that day. The mail says how many are
new and where to look; never what was found, nor what was looked for (MA16)."""

import logging

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from moten.models import Sparadsokning
from samordning.karna import notiser
from samordning.karna.kalender import nu
from samordning.sidor.sok import Sokning

HOGST = 30  # of one user
NYASTE, MINNS = 500, 5_000  # hits that are looked at each day; that are remembered as told of

logg = logging.getLogger(__name__)


def spara(user, namn, sokning):
    """What is found now is known already: only what comes later is told of."""
    return Sparadsokning.objects.create(
        anvandare=user, namn=namn, villkor=sokning.form.villkor(sokning.slag), sedda=sokning.nycklar(NYASTE), korde=nu()
    )  # fmt: skip


def kor_alla():
    """Those that have not been run today. One that fails does not stop the others, and is tried again next hour."""
    idag = nu().replace(hour=0, minute=0, second=0, microsecond=0)
    vantar = Sparadsokning.objects.filter(Q(korde=None) | Q(korde__lt=idag), anvandare__is_active=True)
    for pk in vantar.order_by("pk").values_list("pk", flat=True):
        try:
            _kor(pk, idag)
        except Exception as fel:  # whatever one search does, the next one is run
            logg.error("Sparad sökning %s gick inte att köra: %s", pk, type(fel).__name__)


@transaction.atomic
def _kor(pk, idag):
    rad = (
        Sparadsokning.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(Q(korde=None) | Q(korde__lt=idag), pk=pk, anvandare__is_active=True)
        .select_related("anvandare")
        .first()
    )
    if rad is None:
        return
    funna = Sokning(rad.villkor, rad.anvandare).nycklar(NYASTE)
    nya = len(set(funna) - set(rad.sedda))
    rad.sedda = list(dict.fromkeys([*funna, *rad.sedda]))[:MINNS]
    rad.korde = nu()
    rad.save(update_fields=["sedda", "korde"])
    if nya:
        antal = "En ny träff" if nya == 1 else f"{nya} nya träffar"
        notiser.notify(
            [rad.anvandare], "sidor/sokning", reverse("sidor:sokning_visa", args=[rad.pk]),
            rubrik=f"{antal} i en sparad sökning",
        )  # fmt: skip
