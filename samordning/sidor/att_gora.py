"""What waits for somebody in all apps: on the start page, and once a week in one mail (MC17)."""

import logging
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from ekonomi import paneler as ekonomi_paneler
from insatser import paneler as insatser_paneler
from moten import paneler as moten_paneler
from remisser import paneler as remisser_paneler
from samordning.karna import notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Jobb, Notis
from samordning.karna.paneler import AttGora
from uppfoljning import paneler as uppfoljning_paneler

# Every app that has something to ask of somebody, in the order of the chain.
PANELER = (moten_paneler, insatser_paneler, remisser_paneler, uppfoljning_paneler, ekonomi_paneler)
VISADE_SAKER = 12
MISSLYCKAT_SYNS = timedelta(days=14)
SNART = timedelta(days=7)
MALL = "sidor/veckobrev"
EN_VECKA = timedelta(days=6)  # between two mails; a little less, so that the day of the week stays

logg = logging.getLogger(__name__)


def att_gora_for(user):
    """[AttGora] of all apps: dated things first, in order of date."""
    poster = [post for panel in PANELER for post in panel.att_gora(user)] + _misslyckade_jobb(user)
    return sorted(poster, key=lambda post: (post.dag is None, post.dag or idag()))


def _misslyckade_jobb(user):
    """Work that was given up and that nobody has ordered again since."""
    if not user.ar_kansli:
        return []
    rader = Jobb.objects.visible_to(user).misslyckade(sedan=nu() - MISSLYCKAT_SYNS)
    return [
        AttGora(f"Gör om: {rad.rubrik}", reverse("sidor:jobb_detail", args=[rad.uuid]),
                "Det gick inte att göra. Inget är förlorat.", marke=("Misslyckades", "fara", "trekant"))
        for rad in rader.order_by("pk")[:VISADE_SAKER]
    ]  # fmt: skip


def veckobrev():
    """Mail each person, once a week, how many things are late or soon due; who has none gets none. One that fails does
    not stop the others. How many were told. Run twice, or by two at once, it tells once."""
    vantar = Anvandare.objects.filter(is_active=True).exclude(
        pk__in=Notis.objects.filter(mall=MALL, skapad__gt=nu() - EN_VECKA).values("mottagare")
    )
    antal = 0
    for pk in vantar.order_by("pk").values_list("pk", flat=True):
        try:
            antal += _brev(pk)
        except Exception as fel:  # whatever waits for one person, the next one is told
            logg.error("Veckobrevet till konto %s gick inte att göra: %s", pk, type(fel).__name__)
    return antal


@transaction.atomic
def _brev(pk):
    """True when there was something to tell. The account is locked meanwhile."""
    user = Anvandare.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, is_active=True).first()
    if user is None or Notis.objects.filter(mall=MALL, mottagare=user, skapad__gt=nu() - EN_VECKA).exists():
        return False
    dag = idag()
    dagar = [post.dag for post in att_gora_for(user) if post.dag and post.dag <= dag + SNART]
    if not dagar:
        return False
    sena = sum(rad < dag for rad in dagar)
    saker = "En sak" if len(dagar) == 1 else f"{len(dagar)} saker"
    rubrik = f"{saker} att göra" + (f", {sena} {'är sen' if sena == 1 else 'är sena'}" if sena else " den här veckan")
    notiser.notify([user], MALL, reverse("sidor:start"), rubrik=rubrik)
    return True
