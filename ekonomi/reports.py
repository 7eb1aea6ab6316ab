"""What is counted for others to read: budget years by category, and what is left of agreements. All in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from ekonomi.belopp import NOLL, STANDARDREGEL, Arsbudget, Kapitalregel
from ekonomi.models import Budgetpost, Rekvisition, Verksamhetsar
from insatser.models import Avtalsar
from samordning.karna.models import Installning

REGELNYCKEL = "egetkapitalregel"


@dataclass(frozen=True)
class Saldo:
    """What an agreement grants for a year, what is claimed of it (drafts too, withdrawn not), what is left; kronor."""

    avtal: int
    ar: int
    beviljat: Decimal
    rekvirerat: Decimal

    @property
    def kvar(self) -> Decimal:
        return self.beviljat - self.rekvirerat


def saldon(avtal, *, utom: int | None = None) -> list[Saldo]:
    """The years of the given agreements (rows, keys or a queryset) in order. Two queries. `utom`: a requisition that is
    not counted, because it is being changed.

    Granted is what lies within the agreement's own years: a sum that is agreed for an option is nobody's money until
    the option is decided. A year that has claims and no sum any more is there with 0 granted.
    """
    inom = Avtalsar.objects.filter(
        avtal__in=avtal, ar__gte=F("avtal__start__year"), ar__lte=F("avtal__slut__year")
    ).values_list("avtal", "ar", "kronor")
    begart = (
        Rekvisition.objects.galler()
        .filter(avtal__in=avtal)
        .exclude(pk=utom)
        .order_by()
        .values_list("avtal", "ar")
        .annotate(summa=Sum("belopp"))
    )
    beviljat = {(pk, ar): kronor for pk, ar, kronor in inom}
    rekvirerat = {(pk, ar): summa for pk, ar, summa in begart}
    return [
        Saldo(*nyckel, beviljat.get(nyckel, NOLL), rekvirerat.get(nyckel, NOLL))
        for nyckel in sorted(beviljat.keys() | rekvirerat.keys())
    ]


def arsbudgetar(ar: Iterable[Verksamhetsar]) -> list[Arsbudget]:
    """The budget years with their sums by category, in the given order. One query beside that of the years."""
    ar = list(ar)
    summor: dict = {}
    poster = Budgetpost.objects.filter(verksamhetsar__in=ar).order_by().values_list("verksamhetsar", "kategori")
    for pk, kategori, summa in poster.annotate(summa=Sum("belopp")):
        summor.setdefault(pk, {})[kategori] = summa
    return [
        Arsbudget(rad.ar, rad.tilldelning, rad.ovriga_intakter, rad.eget_kapital_in, summor.get(rad.pk, {}))
        for rad in ar
    ]  # fmt: skip


def kapitalregel(dag=None) -> Kapitalregel:
    """The steps of the rule about equity as the association has set them on a day (today unless given)."""
    return Kapitalregel.av(Installning.objects.varden({REGELNYCKEL: STANDARDREGEL}, dag)[REGELNYCKEL])


def kapitalregler() -> list[tuple[Installning, Kapitalregel]]:
    """Every rule that has been written, the one that begins last first. One query."""
    rader = Installning.objects.filter(nyckel=REGELNYCKEL).select_related("skapad_av").order_by("-giltig_fran", "-pk")
    return [(rad, Kapitalregel.av(rad.varde)) for rad in rader]
