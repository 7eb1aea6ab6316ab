"""The shared costs of a budget year and the parties that share them, read from the budget, its ledger and a setting."""

import datetime

from ekonomi import bok_utfall
from ekonomi.gemensamt import Kostnad, Parter
from ekonomi.models import Verksamhetsar
from samordning.karna.models import Installning

NYCKEL = "gemensamma_parter"
FLEST_I_HISTORIK = 50


def parter(ar: int) -> tuple[Parter, Installning | None]:
    """The parties that hold when the year ends, as the rule about equity, and where they are written. One query."""
    rad = (
        Installning.objects.filter(nyckel=NYCKEL, giltig_fran__lte=datetime.date(ar, 12, 31))
        .order_by("giltig_fran", "pk")
        .last()
    )
    return Parter.av(rad and rad.varde), rad


def skrivna() -> list[tuple[Installning, Parter]]:
    """Every one that is written, the one that begins last first. One query."""
    rader = Installning.objects.filter(nyckel=NYCKEL).select_related("skapad_av").order_by("-giltig_fran", "-pk")
    return [(rad, Parter.av(rad.varde)) for rad in rader[:FLEST_I_HISTORIK]]


def poster(ar: Verksamhetsar):
    """The lines that are shared. No query of its own."""
    return ar.poster.exclude(gemensamt_totalt=None)


def kostnader(ar: Verksamhetsar, forst: int) -> list[Kostnad]:
    """The year's shared costs as the budget has them, paid first by party `forst`. Six queries at most."""
    rader = list(poster(ar))
    utfall = bok_utfall.utfall(ar) if rader else None
    return [
        Kostnad(
            rad.pk, rad.rubrik, rad.gemensamt_totalt, rad.gemensam_andel, rad.belopp, rad.gemensamt_totalt, forst,
            utfall and utfall.poster.get(rad.pk, bok_utfall.NOLL),
        )
        for rad in rader
    ]  # fmt: skip
