"""What applications would do to the budget years: pure arithmetic on `belopp.Arsbudget`.

Money is taken from the year's undecided line. What does not fit there is taken from equity, and the next year then
begins with as much less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ekonomi.belopp import EJ_BESLUTAT, NOLL, Andel, Arsbudget, Bedomning, Kapitalregel

# state -> words, kind and shape of the mark (templates/komponenter/marke.html)
MARKEN = {
    "klarar": ("Klarar", "bra", "full"),
    "klarar_om": ("Klarar om allt används", "varn", "halv"),
    "bryter": ("Bryter", "fara", "trekant"),
    "under_noll": ("Pengarna räcker inte", "fara", "trekant"),
    "ingen_regel": ("Ingen regel är inställd", "", "ring"),
}


@dataclass(frozen=True)
class Arsutfall:
    """One budget year before and after. `kvar` is undecided money that is left; below zero it did not fit."""

    fore: Arsbudget
    efter: Arsbudget
    tillagt: Decimal
    kvar: Decimal
    regel: Kapitalregel

    @property
    def ar(self) -> int:
        return self.fore.ar

    @property
    def over(self) -> Decimal:
        """How much is taken from equity, since the undecided money did not reach."""
        return max(-self.kvar, NOLL)

    @property
    def andelar(self) -> list[tuple[Andel, Andel]]:
        return list(zip(self.fore.andelar(), self.efter.andelar(), strict=True))

    def bedomningar(self) -> list[tuple[str, Bedomning, Bedomning]]:
        """[(what, before, after)] of the three equities that are compared with the rule."""
        return [
            (text, self._bedom(self.fore, fore), self._bedom(self.efter, efter))
            for (text, fore), (_, efter) in zip(self.fore.kapital(), self.efter.kapital(), strict=True)
        ]

    def _bedom(self, budget, kronor):
        return self.regel.bedom(kronor, budget.tilldelning)

    @property
    def lage_fore(self) -> str:
        return self._lage(self.fore)

    @property
    def lage(self) -> str:
        return self._lage(self.efter)

    def _lage(self, budget):
        """`klarar_om`: within the rule only if the undecided money is used too."""
        ut = self._bedom(budget, budget.eget_kapital_ut).lage
        if ut == "klarar" and self._bedom(budget, budget.eget_kapital_om_kvar).lage == "bryter":
            return "klarar_om"
        return ut

    @property
    def marke(self):
        return MARKEN[self.lage]


def rakna(
    budgetar: list[Arsbudget], tillagg: Mapping[int, Mapping[str, Decimal]], regel: Kapitalregel
) -> list[Arsutfall]:
    """The years in order. `tillagg` is {year: {category: kronor}}; years without a budget are not counted."""
    utfall, skuld = [], NOLL
    for fore in sorted(budgetar, key=lambda budget: budget.ar):
        nytt = tillagg.get(fore.ar, {})
        tillagt = sum(nytt.values(), NOLL)
        kvar = fore.ej_beslutat - tillagt
        kategorier = dict(fore.kategorier) | {EJ_BESLUTAT: max(kvar, NOLL)}
        for kod, kronor in nytt.items():
            kategorier[kod] = kategorier.get(kod, NOLL) + kronor
        efter = replace(fore, eget_kapital_in=fore.eget_kapital_in - skuld, kategorier=kategorier)
        rad = Arsutfall(fore, efter, tillagt, kvar, regel)
        utfall.append(rad)
        skuld += rad.over
    return utfall
