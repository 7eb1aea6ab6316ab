"""The whole table of a budget as a value: blocks with sums, categories, allocation and equity (format.md, MC1).

Kronor in the value; `som_json` gives tkr where the source does. Nothing here reads the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from ekonomi.belopp import NOLL, STATENS, TOTALT, Arsbudget, Bedomning, Kapitalregel

TKR = Decimal(1000)
HUVUDMAN, OVERFORT = "Intäkter huvudmän", "Överfört från föregående år"
BASER = {TOTALT: "Hela tilldelningen", STATENS: "Statens del av tilldelningen"}
# What the comparison with the rule is called in figures that others read.
OMDOMEN = {
    "klarar": "inom gränsen", "bryter": "över gränsen", "under_noll": "under noll", "ingen_regel": "ingen regel",
}  # fmt: skip


@dataclass(frozen=True)
class Rad:
    """A line. A column in `memo` is shown within parentheses and not counted."""

    namn: str
    kategori: str
    foregaende: Decimal | None
    budget: Decimal
    prognos: Decimal | None = None
    utfall: Decimal | None = None
    memo: tuple[str, ...] = ()
    ny: bool = False
    avslutas: bool = False
    insats: str | None = None
    sida: str = ""
    kategori_namn: str = ""
    pk: int | None = None

    def raknas(self, kolumn):
        """What the column adds to its sum."""
        varde = getattr(self, kolumn)
        return NOLL if varde is None or kolumn in self.memo else varde


@dataclass(frozen=True)
class Block:
    namn: str
    rader: tuple[Rad, ...]

    def summa(self, kolumn):
        return sum((rad.raknas(kolumn) for rad in self.rader), NOLL)

    @property
    def summa_fore(self):
        return self.summa("foregaende")

    @property
    def summa_budget(self):
        return self.summa("budget")

    @property
    def summa_prognos(self):
        return self.summa("prognos")

    @property
    def summa_utfall(self):
        return self.summa("utfall")


@dataclass(frozen=True)
class Intakt:
    """`kod` tells which rules of the ledger lead here."""

    namn: str
    foregaende: Decimal | None
    budget: Decimal
    kod: str = ""
    utfall: Decimal | None = None


@dataclass(frozen=True)
class Bidrag:
    """What a member pays. `part` is its name as the budget has it."""

    part: str
    slag: str
    belopp: Decimal
    foregaende: Decimal | None


@dataclass(frozen=True)
class Kapital:
    """Equity against the rule on one base; `tak` in percent of it, None without a rule."""

    bas: str
    tak: Decimal | None
    in_: Bedomning
    ut: Bedomning
    belopp: Decimal
    kvar: Bedomning | None = None  # at the end, if the undecided money is left

    @property
    def namn(self):
        """What the base is called on a page."""
        return BASER.get(self.bas, self.bas)

    @property
    def rader(self):
        """[(what, Bedomning)] for the meter."""
        alla = [
            ("Vid årets början", self.in_), ("Vid årets slut, om allt används", self.ut),
            ("Vid årets slut, om det ej beslutade blir kvar", self.kvar),
        ]  # fmt: skip
        return [(text, bedomning) for text, bedomning in alla if bedomning]


@dataclass(frozen=True)
class Budgetrapport:
    ar: int
    version: str
    intakter: tuple[Intakt, ...]
    block: tuple[Block, ...]
    budget: Arsbudget
    kapital: tuple[Kapital, ...]
    bidrag: tuple[Bidrag, ...]
    fore_klart: bool | None = None  # the accounts of the year before are closed; None when that is not known

    def summa_intakter(self, kolumn):
        """None when the year before is not there at all."""
        varden = [getattr(rad, kolumn) for rad in self.intakter]
        if all(varde is None for varde in varden):
            return None
        return sum((varde or NOLL for varde in varden), NOLL)

    def kostnader(self, kolumn):
        """None when no line has a value of the column."""
        if kolumn != "budget" and all(getattr(rad, kolumn) is None for block in self.block for rad in block.rader):
            return None
        return sum((block.summa(kolumn) for block in self.block), NOLL)

    def utgaende(self, kolumn):
        """Incomes with what was carried over, less costs (G15)."""
        in_, ut = self.summa_intakter(kolumn), self.kostnader(kolumn)
        return None if in_ is None or ut is None else in_ - ut

    @property
    def ut_utfall(self):
        """Costs of the ledger; None when there is none."""
        return self.kostnader("utfall")

    @property
    def ut_prognos(self):
        """Costs of the lines by the latest frozen forecast; None when there is none."""
        return self.kostnader("prognos")

    # The year before, for a template.

    @property
    def fore_prel(self):
        """There are figures of it, and its accounts are not closed."""
        return self.fore_klart is False and not (self.in_fore is None and self.ut_fore is None)

    @property
    def in_fore(self):
        return self.summa_intakter("foregaende")

    @property
    def ut_fore(self):
        return self.kostnader("foregaende")

    @property
    def kvar_fore(self):
        return self.utgaende("foregaende")


def kapital(budget: Arsbudget, bidrag: Sequence[Bidrag], regel: Kapitalregel) -> tuple[Kapital, ...]:
    """Equity against the rule, on each base that it may mean (G24, G25)."""
    statens = sum((rad.belopp for rad in bidrag if rad.slag == "stat"), NOLL)
    baser = regel.baser(budget.tilldelning, statens)
    tak = regel.hogst_procent(budget.tilldelning)
    return tuple(
        Kapital(
            namn, tak, regel.bedom(budget.eget_kapital_in, bas, steg=budget.tilldelning),
            regel.bedom(budget.eget_kapital_ut, bas, steg=budget.tilldelning), bas,
            regel.bedom(budget.eget_kapital_om_kvar, bas, steg=budget.tilldelning),
        )
        for namn, bas in baser
    )  # fmt: skip


def med_utfall(rapport: Budgetrapport, poster, intakter) -> Budgetrapport:
    """The same with what the ledger has: {line: kronor} and {code of an income: kronor}; 0 where it has nothing."""

    def block(ett):
        return replace(ett, rader=tuple(replace(rad, utfall=poster.get(rad.pk, NOLL)) for rad in ett.rader))

    rader = [replace(rad, utfall=intakter.get(rad.kod, NOLL)) if rad.kod else rad for rad in rapport.intakter]
    if intakter.get("ovriga") and all(rad.kod != "ovriga" for rad in rader):  # got, though nobody had planned for it
        rader.insert(1, Intakt("Övriga intäkter", None, NOLL, "ovriga", intakter["ovriga"]))
    return replace(rapport, intakter=tuple(rader), block=tuple(block(ett) for ett in rapport.block))


def med_prognos(rapport: Budgetrapport, poster) -> Budgetrapport:
    """The same with what a forecast has on each line, {line: kronor}; None on a line that it does not know."""

    def block(ett):
        return replace(ett, rader=tuple(replace(rad, prognos=poster.get(rad.pk)) for rad in ett.rader))

    return replace(rapport, block=tuple(block(ett) for ett in rapport.block))


def som_json(rapport: Budgetrapport, kronor: bool = False) -> dict:
    """As format.md says. Whole tkr are JSON integers, others have three decimals; with `kronor` whole kronor or öre."""

    def b(varde):
        return _tal(varde, Decimal(1) if kronor else TKR)

    return {
        "rapport": "budget", "ar": rapport.ar, "version": rapport.version, "enhet": "kr" if kronor else "tkr",
        "intakter": [
            {"namn": rad.namn, "foregaende": b(rad.foregaende), "budget": b(rad.budget)} for rad in rapport.intakter
        ],
        "summa_intakter": _kolumner(rapport.summa_intakter, b),
        "block": [
            {
                "namn": block.namn,
                "rader": [
                    {
                        "namn": rad.namn, "kategori": rad.kategori, "foregaende": b(rad.foregaende),
                        "budget": b(rad.budget), "prognos": b(rad.prognos), "utfall": b(rad.utfall),
                        "memo": list(rad.memo), "ny": rad.ny, "avslutas": rad.avslutas, "insats": rad.insats,
                    }
                    for rad in block.rader
                ],
                "summa": _kolumner(block.summa, b),
            }
            for block in rapport.block
        ],
        "kostnader_totalt": _kolumner(rapport.kostnader, b),
        "utgaende": _kolumner(rapport.utgaende, b),
        "kategorier": [
            {
                "namn": andel.namn, "belopp": b(andel.belopp), "andel": _andel(andel.belopp, rapport.budget.medel),
                "visad_procent": None if andel.procent is None else int(andel.procent),
            }
            for andel in rapport.budget.andelar()
        ],
        "kategorier_namnare": b(rapport.budget.medel),
        "eget_kapital": [
            {
                "bas": rad.bas, "tak": None if rad.tak is None else float(rad.tak / 100),
                "andel_ingaende": _andel(rad.in_.kapital, rad.belopp),
                "andel_utgaende": _andel(rad.ut.kapital, rad.belopp),
                "omdome_ingaende": OMDOMEN[rad.in_.lage], "omdome": OMDOMEN[rad.ut.lage],
            }
            for rad in rapport.kapital
        ],
        "tilldelning": [
            {"part": rad.part, "belopp": _tal(rad.belopp, Decimal(1)), "foregaende": _tal(rad.foregaende, Decimal(1))}
            for rad in rapport.bidrag
        ],
    }  # fmt: skip


def _kolumner(summa, b):
    return {"foregaende": b(summa("foregaende")), "budget": b(summa("budget"))}


def _tal(belopp, enhet):
    if belopp is None:
        return None
    varde = belopp / enhet
    return int(varde) if varde == varde.to_integral_value() else float(round(varde, 5))


def _andel(del_, av):
    return float((del_ / av).quantize(Decimal("0.0001"), ROUND_HALF_UP)) if av else None


def skillnader(fore: dict, efter: dict):
    """[(line, before, after)] in kronor of two frozen tables, in the order of the later; None where a line is not."""
    a, b = _per_rad(fore), _per_rad(efter)
    return [(namn, a.get(namn), b.get(namn)) for namn in dict.fromkeys([*b, *a]) if a.get(namn) != b.get(namn)]


def _per_rad(varden):
    rader = {rad["namn"]: Decimal(str(rad["budget"])) for rad in varden["intakter"]}
    for block in varden["block"]:
        for rad in block["rader"]:
            namn, nr = rad["namn"], 2
            while namn in rader:  # two lines with the same name
                namn, nr = f"{rad['namn']} ({nr})", nr + 1
            rader[namn] = Decimal(str(rad["budget"]))
    return rader
