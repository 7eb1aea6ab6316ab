"""The year before, line by line, from its ledger: what the column "utfall året före" would become, and to save it.

A line is the same as last year's by its name, else by its insats, as when the rules of the ledger are copied. Each of
last year's lines counts once, and what finds no place is told, so that no money gets lost between the years.
"""

import hashlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from ekonomi import bok_utfall
from ekonomi.belopp import NOLL, ORE
from ekonomi.models import Bokimport, Budgetpost, Verksamhetsar
from samordning.karna.models import Handelse


@dataclass(frozen=True)
class Rad:
    """A line of the budget: what stands there and what the ledger has; `efter` None when it has no such line."""

    post: int
    namn: str
    fore: Decimal | None
    efter: Decimal | None
    memo: bool = False
    fran: str = ""  # last year's line, where it is called something else

    @property
    def andras(self):
        return self.efter is not None and self.efter != self.fore


@dataclass(frozen=True)
class Forslag:
    """`utan` are last year's lines with money that the budget has no line for; `preliminart` until that year is closed;
    `stammer` when its table is its ledger."""

    ar: Verksamhetsar
    forra: Verksamhetsar
    rader: tuple[Rad, ...]
    utan: tuple[tuple[str, Decimal], ...]
    stammer: bool
    omappat: tuple[int, Decimal]

    @property
    def preliminart(self):
        return self.forra.lage != Verksamhetsar.Lage.AVSLUTAT

    @property
    def andras(self):
        return [rad for rad in self.rader if rad.andras]

    @property
    def lika(self):
        return [rad for rad in self.rader if rad.efter is not None and not rad.andras]

    @property
    def saknas(self):
        """Lines that the year before did not have."""
        return [rad for rad in self.rader if rad.efter is None]

    @property
    def avtryck(self):
        sett = (self.ar.pk, self.ar.version, self.rader, self.utan, self.stammer)
        return hashlib.sha256(repr(sett).encode()).hexdigest()[:32]


def finns(ar: Verksamhetsar) -> bool:
    """Whether the year before has a ledger to fetch from. One query."""
    return Bokimport.objects.filter(verksamhetsar__ar=ar.ar - 1, lage=Bokimport.Lage.SPARAD).exists()


def forslag(ar: Verksamhetsar) -> Forslag | None:
    """What the ledger of the year before says of each line; None without one. Eight queries at most."""
    forra = Verksamhetsar.objects.filter(ar=ar.ar - 1).first()
    utfall = forra and bok_utfall.utfall(forra)
    if not utfall:
        return None
    fjol = list(Budgetpost.objects.filter(verksamhetsar=forra).order_by("ordning", "pk"))
    nu = list(ar.poster.all())
    par = para_ihop(nu, fjol)
    rader = tuple(
        Rad(
            post.pk, post.rubrik, post.foregaende, _kronor(utfall, par.get(post.pk)),
            "foregaende" in post.memo, _annat_namn(post, par.get(post.pk)),
        )
        for post in nu
    )  # fmt: skip
    tagna = {rad.pk for rad in par.values()}
    utan = tuple(
        (rad.rubrik, _kronor(utfall, rad)) for rad in fjol if rad.pk not in tagna and _kronor(utfall, rad)
    )  # fmt: skip
    return Forslag(ar, forra, rader, utan, utfall.stammer, utfall.omappat)


def para_ihop(nu, fjol):
    """{line of the year: last year's line}: first all with the same name, then by insats where both years have one."""
    kvar, par = list(fjol), {}
    for post in nu:
        if lik := next((rad for rad in kvar if rad.rubrik.casefold() == post.rubrik.casefold()), None):
            par[post.pk] = lik
            kvar.remove(lik)
    ensamma = [post for post in nu if post.pk not in par and post.insats_id]
    for post in ensamma:
        fore = [rad for rad in kvar if rad.insats_id == post.insats_id]
        # Two lines of one insats: nobody can say which is which.
        if len(fore) == 1 and sum(rad.insats_id == post.insats_id for rad in ensamma) == 1:
            par[post.pk] = fore[0]
            kvar.remove(fore[0])
    return par


def _kronor(utfall, rad):
    return None if rad is None else utfall.poster.get(rad.pk, NOLL).quantize(ORE, ROUND_HALF_UP)


def _annat_namn(post, rad):
    return rad.rubrik if rad and rad.rubrik.casefold() != post.rubrik.casefold() else ""


@transaction.atomic
def spara(forslag: Forslag, *, av) -> int:
    """Write the lines that change, and note it. The year is locked by the caller and writable."""
    ar, andras = forslag.ar, {rad.post: rad for rad in forslag.andras}
    for post in ar.poster.filter(pk__in=andras):
        post.foregaende = andras[post.pk].efter
        post.save(update_fields=["foregaende"])
    ar.version += 1
    ar.save(update_fields=["version"])
    historik = {
        f"{rad.namn}, året före": [None if rad.fore is None else f"{rad.fore:.2f}", f"{rad.efter:.2f}"]
        for rad in andras.values()
    }
    Handelse.logga(ar, "andrad", av=av, data=historik | {"bokföringen": str(forslag.forra)})
    return len(andras)
