"""Costs that several associations share: each one's part, who has paid, and who owes whom (MC13). Pure arithmetic.

Our part stands at each line of the budget; the other associations' parts are a setting. What is nobody's is told and
never spread over the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ekonomi.belopp import NOLL, ORE
from ekonomi.fordelning import dela

HUNDRA = Decimal(100)
VI = 0  # our place among the parties


@dataclass(frozen=True)
class Parter:
    """The other associations with their percent of a shared cost, and who pays first: 0 is we, 1 the first of them."""

    andra: tuple[tuple[str, Decimal], ...] = ()
    forst: int = VI

    @classmethod
    def av(cls, varde: Mapping | None):
        """From the setting `gemensamma_parter`."""
        if not varde:
            return cls()
        return cls(tuple((namn, Decimal(str(andel))) for namn, andel in varde["andra"]), varde["forst"])

    @property
    def summa(self):
        return sum((andel for _, andel in self.andra), NOLL)


@dataclass(frozen=True)
class Kostnad:
    """A shared cost: the whole of it and our percent. `totalt` is what is settled: the budget's `budget` unless
    somebody has said what it came to. `utfall` is what our own ledger has on the line, None without one."""

    pk: int
    namn: str
    budget: Decimal
    andel: Decimal
    radens: Decimal
    totalt: Decimal
    betalar: int = VI
    utfall: Decimal | None = None

    @property
    def verklig(self):
        """Whether another sum than the budget's is settled."""
        return self.totalt != self.budget


@dataclass(frozen=True)
class Delad:
    """A cost shared: `andelar` in percent and `delar`, kronor to the öre, in the order of the parties; `utan` the
    percent that are nobody's and `kvar` what they come to. `avviker` is our part of the budget's cost when the line has
    another sum."""

    kostnad: Kostnad
    andelar: tuple[Decimal, ...]
    delar: tuple[Decimal, ...]
    utan: Decimal
    kvar: Decimal
    avviker: Decimal | None

    @property
    def hel(self):
        return self.utan == 0

    @property
    def for_mycket(self):
        """The parts are more than the whole: nothing is shared."""
        return self.utan < 0


@dataclass(frozen=True)
class Skuld:
    """What one party pays another."""

    fran: str
    till: str
    belopp: Decimal


@dataclass(frozen=True)
class Avrakning:
    namn: tuple[str, ...]  # of the parties, we first
    rader: tuple[Delad, ...]
    skulder: tuple[Skuld, ...]

    @property
    def totalt(self):
        return sum((rad.kostnad.totalt for rad in self.rader), NOLL)

    @property
    def summor(self):
        """What each party bears of all the costs."""
        return [sum((rad.delar[nr] for rad in self.rader), NOLL) for nr in range(len(self.namn))]

    @property
    def kvar(self):
        return sum((rad.kvar for rad in self.rader), NOLL)

    @property
    def ofullstandiga(self):
        """The costs whose parts are not the whole."""
        return [rad for rad in self.rader if not rad.hel]

    @property
    def tabell(self):
        """[(cost, who pays first, [(party, percent, kronor)])] for a page."""
        return [
            (rad, self.namn[rad.kostnad.betalar], list(zip(self.namn, rad.andelar, rad.delar, strict=True)))
            for rad in self.rader
        ]


def avrakna(vart_namn: str, parter: Parter, kostnader: Sequence[Kostnad]) -> Avrakning:
    """Who owes whom, over all the costs: what two owe each other is set off."""
    namn = (vart_namn, *(namn for namn, _ in parter.andra))
    rader = tuple(_dela(rad, parter) for rad in kostnader)
    skulder: dict = {}
    for rad in rader:
        till = rad.kostnad.betalar
        for fran, belopp in enumerate(rad.delar):
            if fran != till:
                par, tecken = ((fran, till), 1) if fran < till else ((till, fran), -1)
                skulder[par] = skulder.get(par, NOLL) + tecken * belopp
    ut = [
        Skuld(namn[a], namn[b], belopp) if belopp > 0 else Skuld(namn[b], namn[a], -belopp)
        for (a, b), belopp in sorted(skulder.items()) if belopp
    ]  # fmt: skip
    return Avrakning(namn, rader, tuple(ut))


def _dela(rad, parter):
    andelar = [rad.andel, *(andel for _, andel in parter.andra)]
    utan = HUNDRA - sum(andelar)
    i_budgeten = (rad.budget * rad.andel / HUNDRA).quantize(ORE, ROUND_HALF_UP)
    avviker = None if i_budgeten == rad.radens else i_budgeten
    if utan < 0:
        return Delad(rad, tuple(andelar), tuple(NOLL for _ in andelar), utan, rad.totalt, avviker)
    *delar, kvar = dela(rad.totalt, [*andelar, utan], ORE)
    return Delad(rad, tuple(andelar), tuple(delar), utan, kvar, avviker)
