"""A year's contributions and its plan of payment, read from the budget, the ledger and a setting."""

import datetime

from django.db.models import Max

from ekonomi import bok_utfall, medlemsfaktura
from ekonomi.medlemsfaktura import Bokfort, Faktura
from ekonomi.models import Konteringsregel, Verifikation, Verksamhetsar
from samordning.karna.models import Installning

NYCKEL = "medlemsfaktura"
STANDARD_ANTAL = 4
HUVUDMAN = Konteringsregel.Mal.HUVUDMAN


def vald(ar: int) -> Installning | None:
    """What is chosen for just that year. Another year's choice is never taken for it. One query."""
    return Installning.objects.filter(nyckel=NYCKEL, giltig_fran=datetime.date(ar, 1, 1)).order_by("pk").last()


def dagarna(rad: Installning) -> list[datetime.date]:
    return [datetime.date.fromisoformat(dag) for dag in rad.varde["dagar"]]


def antal(ar: int) -> int:
    """How many instalments the year has, or that the latest year with a choice had. One query."""
    rad = (
        Installning.objects.filter(nyckel=NYCKEL, giltig_fran__lte=datetime.date(ar, 1, 1))
        .order_by("giltig_fran", "pk")
        .last()
    )
    return len(rad.varde["dagar"]) if rad else STANDARD_ANTAL


def las(ar: Verksamhetsar) -> tuple[Faktura, Installning | None]:
    """The year's list, with a proposal of days where none are chosen. Three queries at most."""
    rad = vald(ar.ar)
    dagar = dagarna(rad) if rad else medlemsfaktura.forslag(ar.ar, antal(ar.ar))
    bidrag = [
        (ett.namn, ett.get_slag_display(), str(ett.part or ""), ett.part.epost if ett.part else "", ett.belopp)
        for ett in ar.bidrag.select_related("part")
    ]
    return medlemsfaktura.gor(bidrag, dagar), rad


def bokfort(ar: Verksamhetsar, faktura: Faktura) -> Bokfort | None:
    """What the ledger has from the members; None without a ledger, or when no rule says which rows are theirs. Six
    queries at most."""
    utfall = bok_utfall.utfall(ar)
    if utfall is None or HUVUDMAN not in utfall.intakter:
        return None
    till = Verifikation.objects.filter(verksamhetsar=ar).aggregate(till=Max("datum"))["till"]
    return Bokfort(utfall.intakter[HUVUDMAN], till, faktura.forfallet(till), faktura.allt)
