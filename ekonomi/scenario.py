"""What applications would do to the budget years: pure arithmetic on `belopp.Arsbudget`.

Money is taken from the year's undecided line. What does not fit there is taken from equity, and the next year then
begins with as much less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ekonomi.belopp import EJ_BESLUTAT, NOLL, Andel, Arsbudget, Bedomning, Kapitalregel
from ekonomi.budgetrapport import BASER

# state -> words, kind and shape of the mark (templates/komponenter/marke.html)
MARKEN = {
    "klarar": ("Klarar", "bra", "full"),
    "klarar_om": ("Klarar om allt används", "varn", "halv"),
    "bryter": ("Bryter", "fara", "trekant"),
    "under_noll": ("Pengarna räcker inte", "fara", "trekant"),
    "ingen_regel": ("Ingen regel är inställd", "", "ring"),
}


@dataclass(frozen=True)
class Matning:
    """Equity against the rule on one base, for the meter (templates/ekonomi/_kapital.html)."""

    namn: str
    belopp: Decimal
    tak: Decimal | None
    in_: Bedomning
    rader: list[tuple[str, Bedomning]]


@dataclass(frozen=True)
class Arsutfall:
    """One budget year before and after. `kvar` is undecided money that is left; below zero it did not fit. `statens` is
    the state's part of the allocation, 0 where nobody has written it."""

    fore: Arsbudget
    efter: Arsbudget
    tillagt: Decimal
    kvar: Decimal
    regel: Kapitalregel
    statens: Decimal = NOLL

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
        _, bas = self.regel.baser(budget.tilldelning, self.statens)[0]
        return self.regel.bedom(kronor, bas, steg=budget.tilldelning)

    @property
    def kapital(self) -> list[Matning]:
        """The same on each base that the rule may mean (G24, G25): closing equity before and after."""
        kronor = [
            ("Vid årets slut, före", self.fore.eget_kapital_ut), ("Vid årets slut, efter", self.efter.eget_kapital_ut),
            ("Efter, om det ej beslutade blir kvar", self.efter.eget_kapital_om_kvar),
        ]  # fmt: skip

        def mot(bas, belopp):
            return self.regel.bedom(belopp, bas, steg=self.fore.tilldelning)

        return [
            Matning(
                BASER[namn], bas, self.regel.hogst_procent(self.fore.tilldelning),
                mot(bas, self.fore.eget_kapital_in), [(text, mot(bas, belopp)) for text, belopp in kronor],
            )
            for namn, bas in self.regel.baser(self.fore.tilldelning, self.statens)
        ]  # fmt: skip

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
    budgetar: list[Arsbudget],
    tillagg: Mapping[int, Mapping[str, Decimal]],
    regel: Kapitalregel,
    statens: Mapping[int, Decimal] | None = None,
) -> list[Arsutfall]:
    """The years in order. `tillagg` is {year: {category: kronor}}; years without a budget are not counted. `statens` is
    {year: the state's part of the allocation}."""
    utfall, skuld = [], NOLL
    for fore in sorted(budgetar, key=lambda budget: budget.ar):
        nytt = tillagg.get(fore.ar, {})
        tillagt = sum(nytt.values(), NOLL)
        kvar = fore.ej_beslutat - tillagt
        kategorier = dict(fore.kategorier) | {EJ_BESLUTAT: max(kvar, NOLL)}
        for kod, kronor in nytt.items():
            kategorier[kod] = kategorier.get(kod, NOLL) + kronor
        efter = replace(fore, eget_kapital_in=fore.eget_kapital_in - skuld, kategorier=kategorier)
        rad = Arsutfall(fore, efter, tillagt, kvar, regel, (statens or {}).get(fore.ar, NOLL))
        utfall.append(rad)
        skuld += rad.over
    return utfall
