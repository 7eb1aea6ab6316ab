"""What is counted for others to read: budget years by category, and what is left of agreements. All in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

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
    """The years of the given agreements (rows, keys or a queryset) in order. One query. `utom`: a requisition that is
    not counted, because it is being changed."""
    rekvirerat = (
        Rekvisition.objects.galler()
        .filter(avtal=OuterRef("avtal"), ar=OuterRef("ar"))
        .exclude(pk=utom)
        .order_by()
        .values("avtal")
        .annotate(summa=Sum("belopp"))
        .values("summa")
    )
    rader = Avtalsar.objects.filter(avtal__in=avtal).annotate(
        rekvirerat=Coalesce(Subquery(rekvirerat), NOLL, output_field=DecimalField(max_digits=14, decimal_places=2))
    )
    return [Saldo(rad.avtal_id, rad.ar, rad.kronor, rad.rekvirerat) for rad in rader.order_by("avtal", "ar")]


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
