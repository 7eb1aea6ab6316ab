"""How a year's money is shared among the members, and how the state's sum is counted: pure arithmetic on Decimal."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

HALVA = Decimal("0.5")


def dela(summa: Decimal, delar: Sequence[Decimal], enhet: Decimal = Decimal(1000)) -> list[Decimal]:
    """`summa` kronor shared as the weights `delar`, each share in whole `enhet`, the total kept to the öre (G05).

    What is left after rounding down goes to the shares that lost most, in their order; what is no whole `enhet` goes
    to the first of them. ValueError when nothing weighs anything.
    """
    vikt = sum(delar)
    if vikt <= 0 or any(del_ < 0 for del_ in delar):
        raise ValueError("the weights must be positive together and none negative")
    exakt = [summa * del_ / vikt for del_ in delar]
    golv = [(belopp / enhet).to_integral_value(ROUND_FLOOR) * enhet for belopp in exakt]
    resten = summa - sum(golv)
    i_tur = sorted(range(len(delar)), key=lambda nr: (golv[nr] - exakt[nr], nr))
    for nr in i_tur[: int(resten // enhet)]:
        golv[nr] += enhet
    golv[i_tur[0]] += resten % enhet
    return golv


def medlemmarna(statens: Decimal, nyckel: Sequence[Decimal], enhet: Decimal = Decimal(1000)):
    """(region, [municipalities in order]) in kronor: the region pays half of what the state pays and the
    municipalities together the other half, by their own key (lag 2003:1210 5 §, G03-G05)."""
    halva = statens * HALVA
    return halva, dela(halva, nyckel, enhet)


@dataclass(frozen=True)
class Omrade:
    """The area of an association, or of `antal` of them together: försörjningsmått and population 16–64."""

    forsorjning: Decimal
    invanare: Decimal
    antal: int = 1


@dataclass(frozen=True)
class Statsmodell:
    """The model of 2015, valid from 2016 (doman.md 4.1, M055-M059). `ram`, `grund` and `kapitalavdrag` in kronor."""

    ram: Decimal  # what the state has for all associations
    antal: int  # associations in the country
    grund: Decimal = Decimal(400_000)
    vikt_forsorjning: Decimal = Decimal("0.75")
    vikt_invanare: Decimal = Decimal("0.25")

    def tilldelning(
        self, andel_forsorjning: Decimal, andel_invanare: Decimal, kapitalavdrag: Decimal = Decimal(0)
    ) -> Decimal:
        """Kronor of the association whose parts of the country's försörjningsmått and population 16–64 are the given
        shares (0-1). `kapitalavdrag` is what too large an equity costs: the rule for it is not published."""
        kvar = self.ram - self.grund * self.antal
        andel = self.vikt_forsorjning * andel_forsorjning + self.vikt_invanare * andel_invanare
        return self.grund + kvar * andel - kapitalavdrag

    def fordela(self, omraden: Sequence[Omrade], enhet: Decimal = Decimal(1)) -> list[Decimal]:
        """What each of all the areas gets before any deduction, in whole `enhet` kronor: together the whole frame.
        ValueError when they are not all, or when the frame does not reach to the base of each."""
        if sum(rad.antal for rad in omraden) != self.antal:
            raise ValueError("the areas are not all the associations")
        kvar = self.ram - self.grund * self.antal
        if kvar < 0:
            raise ValueError("the frame is smaller than the bases")
        alla_f, alla_i = sum(rad.forsorjning for rad in omraden), sum(rad.invanare for rad in omraden)
        # Multiplied and not divided, so that no decimal is lost before the shares are rounded.
        vikter = [
            self.vikt_forsorjning * rad.forsorjning * alla_i + self.vikt_invanare * rad.invanare * alla_f
            for rad in omraden
        ]
        tillagg = dela(kvar, vikter, enhet)
        return [self.grund * rad.antal + del_ for rad, del_ in zip(omraden, tillagg, strict=True)]
