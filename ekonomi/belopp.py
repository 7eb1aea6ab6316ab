"""Pure arithmetic of a budget year on Decimal, in kronor: sums, shares, equity and the rule about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

NOLL = Decimal(0)
ORE = Decimal("0.01")
EJ_BESLUTAT = "ej_beslutat"
# code -> what the pages and papers call it; the order of the plan's own table (doman.md M100)
KATEGORIER = {
    "individ": "Individinriktade insatser",
    "struktur": "Strukturinriktade insatser",
    EJ_BESLUTAT: "Ej beslutat och utgående eget kapital",
    "ledning": "Styrning, ledning och administration",
    "ovrigt": "Övrigt",
}
# What the share is of: the rule's text says neither, and the answers differ (G24, G25).
TOTALT, STATENS = "total tilldelning", "statens del"
BASKODER = {"total": TOTALT, "stat": STATENS}
# Up to this allocation in kronor, equity may be at most so many percent of the year's allocation. Only the first step
# is known (FK's model of 2015); above it no rule is set until the association sets one.
STANDARDREGEL = [[7_000_000, 20]]


def kr(belopp: Decimal) -> str:
    """450 000 kr; with öre only when there are any."""
    text = f"{belopp:,.2f}".removesuffix(".00").replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return f"{text}\N{NO-BREAK SPACE}kr".replace("-", "\N{MINUS SIGN}")


def procent(del_: Decimal, av: Decimal, decimaler: int = 0) -> Decimal | None:
    """A share in percent, halves rounded up; None of nothing."""
    return (100 * del_ / av).quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP) if av else None


@dataclass(frozen=True)
class Andel:
    """One row of the table of shares."""

    kategori: str
    belopp: Decimal
    procent: Decimal | None

    @property
    def namn(self):
        return KATEGORIER[self.kategori]


@dataclass(frozen=True)
class Arsbudget:
    """What a budget year holds: incomes, opening equity, and costs by category."""

    ar: int
    tilldelning: Decimal
    ovriga_intakter: Decimal = NOLL
    eget_kapital_in: Decimal = NOLL
    kategorier: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def medel(self) -> Decimal:
        """Everything there is to use: allocation, other incomes and what is carried over (G08)."""
        return self.tilldelning + self.ovriga_intakter + self.eget_kapital_in

    @property
    def kostnader(self) -> Decimal:
        return sum(self.kategorier.values(), NOLL)

    @property
    def ej_beslutat(self) -> Decimal:
        return self.kategorier.get(EJ_BESLUTAT, NOLL)

    @property
    def eget_kapital_ut(self) -> Decimal:
        """Closing equity when the budget is used to the last krona (G15)."""
        return self.medel - self.kostnader

    @property
    def eget_kapital_om_kvar(self) -> Decimal:
        """Closing equity when nothing of the undecided money is used (G19)."""
        return self.eget_kapital_ut + self.ej_beslutat

    def kapital(self) -> list[tuple[str, Decimal]]:
        """The three equities that are compared with the rule, with their names."""
        return [
            ("Vid årets början", self.eget_kapital_in),
            ("Vid årets slut, om allt används", self.eget_kapital_ut),
            ("Vid årets slut, om det ej beslutade blir kvar", self.eget_kapital_om_kvar),
        ]

    def andelar(self) -> list[Andel]:
        """Shares of all there is to use, each rounded alone (G22). Undecided money is shown with what is left."""
        belopp = dict(self.kategorier) | {EJ_BESLUTAT: self.eget_kapital_om_kvar}
        return [Andel(kod, belopp.get(kod, NOLL), procent(belopp.get(kod, NOLL), self.medel)) for kod in KATEGORIER]


def summa_i_procent(andelar: list[Andel]) -> Decimal:
    """What the printed shares add up to, for the note that it is not 100."""
    return sum((rad.procent or NOLL for rad in andelar), NOLL)


@dataclass(frozen=True)
class Bedomning:
    """Equity against the rule. `lage`: klarar, bryter, under_noll or ingen_regel; percents have one decimal."""

    kapital: Decimal
    procent: Decimal | None
    hogst_procent: Decimal | None
    hogst: Decimal | None
    lage: str


@dataclass(frozen=True)
class Kapitalregel:
    """A table of steps: [(allocation up to and with this many kronor, highest percent of the allocation)]."""

    steg: tuple[tuple[Decimal, Decimal], ...]
    bas: str = ""  # TOTALT or STATENS where the association has said which; else both are compared

    @classmethod
    def av(cls, varde):
        """From the setting: [[kronor, percent], ...], or {"steg": that, "bas": "total" or "stat"}."""
        steg, kod = (varde["steg"], varde["bas"]) if isinstance(varde, dict) else (varde, "")
        return cls(
            tuple(sorted((Decimal(str(till)), Decimal(str(andel))) for till, andel in steg)), BASKODER.get(kod, "")
        )

    def baser(self, tilldelning: Decimal, statens: Decimal) -> list[tuple[str, Decimal]]:
        """[(what the share is of, kronor)]: the base that the association has chosen, else the whole allocation and the
        state's part, where that is known."""
        alla = [(TOTALT, tilldelning), (STATENS, statens)] if statens else [(TOTALT, tilldelning)]
        return [rad for rad in alla if rad[0] == self.bas] or alla

    def hogst_procent(self, tilldelning: Decimal) -> Decimal | None:
        return next((andel for till, andel in self.steg if tilldelning <= till), None)

    def bedom(self, kapital: Decimal, tilldelning: Decimal, steg: Decimal | None = None) -> Bedomning:
        """Compares exactly; only what is printed is rounded. `tilldelning` is what the share is of; `steg` the
        allocation that tells which step of the table holds, when that is another sum."""
        andel = self.hogst_procent(tilldelning if steg is None else steg)
        hogst = None if andel is None else tilldelning * andel / 100
        if kapital < 0:
            lage = "under_noll"
        elif hogst is None:
            lage = "ingen_regel"
        else:
            lage = "klarar" if kapital <= hogst else "bryter"
        return Bedomning(kapital, procent(kapital, tilldelning, 1), andel, hogst, lage)
