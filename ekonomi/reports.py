"""What is counted for others to read: budget years by category, and what is left of agreements. All in SQL."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import F, Sum

from ekonomi import bok_utfall
from ekonomi.belopp import NOLL, ORE, STANDARDREGEL, Arsbudget, Kapitalregel
from ekonomi.budgetrapport import (
    HUVUDMAN,
    OVERFORT,
    Bidrag,
    Block,
    Budgetrapport,
    Intakt,
    Rad,
    kapital,
    med_prognos,
    med_utfall,
    som_json,
)
from ekonomi.models import Budgetpost, Budgetversion, Medlemsbidrag, Prognos, Rekvisition, Verksamhetsar
from ekonomi.prognos import Prognosrapport, ur_varden
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
    """The budget years with their sums by category, in the given order. One query beside that of the years.

    A line that is shown as a memo is not counted; one that is both individual and structural is split by its key.
    """
    ar = list(ar)
    summor: dict = {}
    poster = (
        Budgetpost.objects.filter(verksamhetsar__in=ar)
        .exclude(memo__contains=[Budgetpost.Kolumn.BUDGET])
        .order_by()
        .values_list("verksamhetsar", "kategori", "andel_individ")
    )
    for pk, kategori, andel, summa in poster.annotate(summa=Sum("belopp")):
        for kod, kronor in _delad(kategori, andel, summa):
            arets = summor.setdefault(pk, {})
            arets[kod] = arets.get(kod, NOLL) + kronor
    return [
        Arsbudget(rad.ar, rad.tilldelning, rad.ovriga_intakter, rad.eget_kapital_in, summor.get(rad.pk, {}))
        for rad in ar
    ]  # fmt: skip


def _delad(kategori, andel, summa):
    Kategori = Budgetpost.Kategori
    if andel is not None:
        individ = (summa * andel / 100).quantize(ORE, ROUND_HALF_UP)
        return [(Kategori.INDIVID.value, individ), (Kategori.STRUKTUR.value, summa - individ)]
    # The table of shares has one line for steering, management and administration (M100).
    return [(Kategori.LEDNING.value if kategori == Kategori.LEDNING_ADMIN else kategori, summa)]


def budgetrapport(ar: Verksamhetsar) -> Budgetrapport:
    """The budget of a year as it stands now. Six queries."""
    forra = Verksamhetsar.objects.filter(ar=ar.ar - 1).first()
    (budget,) = arsbudgetar([ar])
    bidrag = _bidrag(ar, forra)
    intakter = [Intakt(HUVUDMAN, forra and forra.tilldelning, ar.tilldelning, "huvudman")]
    if ar.ovriga_intakter or (forra and forra.ovriga_intakter):
        namn = ar.ovriga_vad or "Övriga intäkter"
        intakter.append(Intakt(namn, forra and forra.ovriga_intakter, ar.ovriga_intakter, "ovriga"))
    intakter.append(Intakt(OVERFORT, forra and forra.eget_kapital_in, ar.eget_kapital_in))
    rader = {kod: [] for kod in Budgetpost.Block.values}
    for post in ar.poster.select_related("insats"):
        rader[post.block].append(_rad(post))
    return Budgetrapport(
        ar=ar.ar,
        version=ar.get_lage_display().lower(),
        intakter=tuple(intakter),
        block=tuple(Block(Budgetpost.Block(kod).label, tuple(lista)) for kod, lista in rader.items() if lista),
        budget=budget,
        kapital=kapital(budget, bidrag, arets_regel(ar.ar)),
        bidrag=bidrag,
        fore_klart=bool(forra) and forra.lage == Verksamhetsar.Lage.AVSLUTAT,
    )


def budgetrapport_med_utfall(ar: Verksamhetsar) -> Budgetrapport:
    """The same, with what the year's ledger has on each line where one is read in, and what the latest frozen forecast
    says. Twelve queries, eight without a ledger."""
    rapport, utfall = budgetrapport(ar), bok_utfall.utfall(ar)
    if utfall:
        rapport = med_utfall(rapport, utfall.poster, utfall.intakter)
    last = last_prognos(ar)
    return med_prognos(rapport, last.per_post()) if last else rapport


def last_prognos(ar: Verksamhetsar) -> Prognosrapport | None:
    """The latest forecast that is frozen, as it was; None without one. One query."""
    last = Prognos.objects.senaste_laste(ar)
    return last and ur_varden(last.varden)


@transaction.atomic
def faststall(ar: Verksamhetsar, version: Budgetversion, *, av) -> Budgetversion:
    """The board has decided: the table as it stands becomes the next version, and the year is locked (MC14).
    `version` has its day and paragraph. OtillatenOvergang when it is decided already."""
    ar._overga("faststall", av=av)
    ar.refresh_from_db()  # what is frozen is what is saved, also of a year that somebody just changed
    version.verksamhetsar, version.av, version.skal = ar, av, ar.skal
    version.nr = ar.versioner.count() + 1
    version.varden = som_json(budgetrapport(ar), kronor=True)
    version.save()
    return version


def _rad(post):
    return Rad(
        namn=post.rubrik, kategori=post.kategori, foregaende=post.foregaende, budget=post.belopp,
        memo=tuple(post.memo), ny=post.ny, avslutas=post.avslutas, insats=post.insats and post.insats.slug,
        sida=post.sida, kategori_namn=_kategori(post), pk=post.pk,
    )  # fmt: skip


def _kategori(post):
    return "Individ- och strukturinriktad" if post.andel_individ is not None else post.get_kategori_display()


def _bidrag(ar, forra):
    fore = dict(forra.bidrag.values_list("namn", "belopp")) if forra else {}
    return tuple(Bidrag(rad.namn, rad.slag, rad.belopp, fore.get(rad.namn)) for rad in ar.bidrag.all())


def statens_del() -> dict[int, Decimal]:
    """{year: what the state pays}, of the years that have members' shares. One query."""
    rader = Medlemsbidrag.objects.filter(slag=Medlemsbidrag.Slag.STAT).order_by().values_list("verksamhetsar__ar")
    return dict(rader.annotate(summa=Sum("belopp")))


def kapitalregel(dag=None) -> Kapitalregel:
    """The steps of the rule about equity as the association has set them on a day (today unless given)."""
    return Kapitalregel.av(Installning.objects.varden({REGELNYCKEL: STANDARDREGEL}, dag)[REGELNYCKEL])


def arets_regel(ar: int) -> Kapitalregel:
    """The rule that a budget year is compared with: the one that holds when the year ends."""
    return kapitalregel(datetime.date(ar, 12, 31))


def arens_regler(ar: Iterable[int]) -> dict[int, Kapitalregel]:
    """{year: the rule that holds when it ends}. One query for any number of years."""
    skrivna = kapitalregler()

    def regel(ett):
        slut = datetime.date(ett, 12, 31)
        return next((regel for rad, regel in skrivna if rad.giltig_fran <= slut), Kapitalregel.av(STANDARDREGEL))

    return {ett: regel(ett) for ett in ar}


def kapitalregler() -> list[tuple[Installning, Kapitalregel]]:
    """Every rule that has been written, the one that begins last first. One query."""
    rader = Installning.objects.filter(nyckel=REGELNYCKEL).select_related("skapad_av").order_by("-giltig_fran", "-pk")
    return [(rad, Kapitalregel.av(rad.varde)) for rad in rader]
