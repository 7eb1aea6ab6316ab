"""A budget year and the two after it, line by line: what agreements bind, what options may cost, what is planned.

MC16. Pure: lines, agreements and sums in, a plan out. What an agreement costs a year is what its own sums say; an
option without one is counted by months (`insatser.optioner`), and every such cell says so.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import date_format

from ekonomi.belopp import NOLL, ORE, Arsbudget, Kapitalregel, kr
from ekonomi.budgetrapport import Bidrag, Kapital, kapital
from ekonomi.fordelning import HALVA, dela

ANTAL_AR = 2  # after the budget year
BUNDET, DELVIS, OPTION, SLUT, SAKNAS, PLANERAT, FORSLAG = (
    "bundet", "delvis", "option", "slut", "saknas", "planerat", "forslag",
)  # fmt: skip
# slag: (words, kind, symbol) of komponenter/marke.html; planned lines have words alone
MARKEN = {
    BUNDET: ("Bundet", "bra", "full"),
    DELVIS: ("Delvis bundet", "varn", "halv"),
    OPTION: ("Obundet (option)", "varn", "ring"),
    SLUT: ("Avtalet slut", "", "streck"),
    SAKNAS: ("Belopp saknas i avtalet", "fara", "trekant"),
}
I_ORD = {PLANERAT: "Planerat", FORSLAG: "Som i budgeten"}


@dataclass(frozen=True)
class Avtalstid:
    """An agreement as the plan needs it. `bundet` and `mojligt` are kronor by year, of its own time and of the options
    that can still be used; `beraknade` the years where the option's sum is counted and not agreed; `utan` the years
    that it touches without any sum. `sista_ar_i_ord` as "från september 2024 sista år"."""

    insats: int
    fran: datetime.date
    till: datetime.date  # the last day that is decided
    sista: datetime.date  # the last day of its last option that can be used
    bundet: Mapping[int, Decimal]
    mojligt: Mapping[int, Decimal]
    beraknade: frozenset[int] = frozenset()
    utan: frozenset[int] = frozenset()
    sista_ar_i_ord: str = ""
    foljs: bool = False

    def ror(self, ar: int) -> bool:
        return self.fran.year <= ar <= self.sista.year


@dataclass(frozen=True)
class Linje:
    """A line of the budget that is planned."""

    pk: int | None
    namn: str
    block: str
    kategori: str
    budget: Decimal
    insats: int | None = None
    memo: bool = False
    avslutas: bool = False


@dataclass(frozen=True)
class Cell:
    """A line in one of the plan years. `belopp` counts; `bundet` and `option` are its parts. `forslag` is what it would
    be if nobody had typed anything, None where the agreement says."""

    ar: int
    belopp: Decimal
    slag: str
    bundet: Decimal = NOLL
    option: Decimal = NOLL
    forslag: Decimal | None = None
    text: str = ""
    skriven: bool = False
    kommentar: str = ""

    @property
    def marke(self):
        return MARKEN.get(self.slag)

    @property
    def i_ord(self):
        """The mark's words, or the plan's."""
        return self.marke[0] if self.marke else I_ORD[self.slag]

    @property
    def skrivs(self):
        """Whether people type it: no agreement says what it costs."""
        return self.forslag is not None

    @property
    def planerat(self):
        return self.belopp - self.bundet - self.option


@dataclass(frozen=True)
class Rad:
    linje: Linje
    celler: tuple[Cell, ...]
    avtal_i_ord: str = ""

    def raknas(self, nr: int) -> Decimal:
        """What the line adds to a sum: in the budget year (0) and the plan years (1, 2)."""
        if self.linje.memo:
            return NOLL
        return self.linje.budget if nr == 0 else self.celler[nr - 1].belopp


@dataclass(frozen=True)
class Block:
    namn: str
    rader: tuple[Rad, ...]

    @property
    def summor(self):
        return [sum((rad.raknas(nr) for rad in self.rader), NOLL) for nr in range(ANTAL_AR + 1)]


@dataclass(frozen=True)
class Ram:
    """What comes in during a year. `skriven`: somebody has typed it, else it is as the budget year."""

    tilldelning: Decimal
    ovriga: Decimal
    skriven: bool = False


@dataclass(frozen=True)
class Planar:
    """One of the three years. The costs divided by what binds them are None for the budget year itself."""

    ar: int
    ram: Ram
    budget: Arsbudget
    kapital: tuple[Kapital, ...]
    bundet: Decimal | None = None
    option: Decimal | None = None
    planerat: Decimal | None = None


@dataclass(frozen=True)
class Plan:
    aren: tuple[Planar, ...]
    block: tuple[Block, ...]
    utanfor: tuple[Rad, ...] = ()
    varningar: tuple[str, ...] = field(default=())

    @property
    def hel(self):
        """Whether every agreement is counted, with a sum each year."""
        return not self.utanfor and not self.varningar

    @property
    def forsta(self):
        return self.aren[0]


def bygg(
    ar: int, linjer: Sequence[Linje], blocknamn: Mapping[str, str], avtal: Sequence[Avtalstid],
    nya: Sequence[Linje], planerat: Mapping[tuple[int, int], tuple[Decimal, str]], ramar: Sequence[Ram], in_: Decimal,
    bidrag: Sequence[Bidrag], regler: Mapping[int, Kapitalregel],
) -> Plan:  # fmt: skip
    """`nya` are the insatser without a line in the budget; `planerat` is what people typed, {(line, year): (kronor,
    why)}; `ramar` the three years' incomes; `in_` the opening equity; `bidrag` who pays the year's allocation."""
    per_insats: dict = {}
    for rad in avtal:
        per_insats.setdefault(rad.insats, []).append(rad)
    delar = _delar(linjer)
    rader = {linje: _rad(linje, ar, per_insats.get(linje.insats, []), delar.get(linje), planerat) for linje in linjer}
    block = [
        Block(namn, tuple(rader[linje] for linje in linjer if linje.block == kod)) for kod, namn in blocknamn.items()
    ]
    inne, utanfor = [], []
    for linje in nya:
        rad = _rad(linje, ar, per_insats[linje.insats], None, {})
        # Something is agreed for the budget year itself, so the money may stand in a line that does not say which.
        nytt = all(ett.fran.year > ar for ett in per_insats[linje.insats])
        if any(cell.belopp or cell.slag == SAKNAS for cell in rad.celler):
            (inne if nytt else utanfor).append(rad)
    if inne:
        block.append(Block(f"Nya avtal, utan rad i budgeten {ar}", tuple(inne)))
    block = tuple(ett for ett in block if ett.rader)
    varningar = tuple(
        f"{rad.linje.namn}: avtalet har inget belopp för {cell.ar}."
        for ett in block for rad in ett.rader for cell in rad.celler if cell.slag == SAKNAS and not cell.skriven
    )  # fmt: skip
    return Plan(tuple(_aren(ar, block, ramar, in_, bidrag, regler)), block, tuple(utanfor), varningar)


def _delar(linjer):
    """{line: how its insats's sums are shared among the lines of it}, for the lines that are not alone."""
    per_insats: dict = {}
    for linje in linjer:
        if linje.insats is not None:
            per_insats.setdefault(linje.insats, []).append(linje)
    ut = {}
    for grupp in per_insats.values():
        if len(grupp) > 1:
            vikter = [linje.budget for linje in grupp]
            vikter = vikter if any(vikter) else [Decimal(1)] * len(grupp)
            ut |= {linje: (nr, vikter) for nr, linje in enumerate(grupp)}
    return ut


def _rad(linje, ar, avtal, del_, planerat):
    celler = tuple(
        _cell(linje, nr, avtal, del_, planerat.get((linje.pk, nr))) for nr in range(ar + 1, ar + 1 + ANTAL_AR)
    )
    return Rad(linje, celler, _avtal_i_ord(ar, avtal, linje, del_))


def _avtal_i_ord(ar, avtal, linje, del_):
    """When the line's agreements end, what can follow, and what they say of the budget year when that is not the
    budget's own sum."""
    ut = []
    for rad in sorted(avtal, key=lambda ett: ett.fran):
        ord_ = f"Avtal {dag(rad.fran)} till {dag(rad.till)}"
        if rad.sista > rad.till:
            ord_ += f", kan förlängas till {dag(rad.sista)}"
            ord_ += f" ({rad.sista_ar_i_ord})" if rad.sista_ar_i_ord else ""
        ut.append(ord_)
    nu = [rad for rad in avtal if rad.ror(ar)]
    i_ar = _del_av(sum((rad.bundet.get(ar, NOLL) + rad.mojligt.get(ar, NOLL) for rad in nu), NOLL), del_)
    if nu and linje.pk is not None and i_ar != linje.budget:
        ut.append(f"Avtalets belopp för {ar} är {kr(i_ar)}, inte budgetens")
    return ". ".join(ut) + "." if ut else ""


def _cell(linje, ar, avtal, del_, skrivet):
    """What agreements say of a line in a year; where none says anything, what is typed, else a proposal."""
    rader = [rad for rad in avtal if rad.ror(ar)]
    if not rader and all(rad.fran.year > ar for rad in avtal):
        return _skriven(ar, skrivet, NOLL if linje.avslutas else linje.budget, FORSLAG,
                        "Raden avslutas" if linje.avslutas else "")  # fmt: skip
    if not rader:
        senast = max(rad.sista for rad in avtal if rad.fran.year <= ar)
        return _skriven(ar, skrivet, NOLL, SLUT, f"Sista dagen är {dag(senast)}")
    bundet = _del_av(sum((rad.bundet.get(ar, NOLL) for rad in rader), NOLL), del_)
    option = _del_av(sum((rad.mojligt.get(ar, NOLL) for rad in rader), NOLL), del_)
    text = _celltext(ar, rader, del_)
    if any(ar in rad.utan for rad in rader):
        return _skriven(ar, skrivet, NOLL, SAKNAS, text, bundet, option)
    slag = BUNDET if not option else DELVIS if bundet else OPTION
    return Cell(ar, bundet + option, slag, bundet, option, None, text)


def _skriven(ar, skrivet, forslag, slag, text, bundet=NOLL, option=NOLL):
    """A cell that people may type in."""
    if skrivet is None:
        return Cell(ar, bundet + option + forslag, slag, bundet, option, forslag, text)
    belopp, kommentar = skrivet
    if slag == FORSLAG:
        slag = PLANERAT
    elif belopp:
        text = ". ".join(del_ for del_ in (text, "Planerat ändå") if del_)
    return Cell(ar, bundet + option + belopp, slag, bundet, option, forslag, text, True, kommentar)


def _del_av(summa, del_):
    """A line's part of what its insats costs, when several lines share it."""
    if del_ is None or not summa:
        return summa
    nr, vikter = del_
    return dela(summa, vikter, ORE)[nr]


def _celltext(ar, rader, del_):
    """What a reader must know to trust the sum."""
    text = []
    for rad in rader:
        if ar in rad.beraknade:
            text.append("optionen är räknad per månad på avtalets senaste belopp")
        if rad.sista.year == ar and not rad.foljs and (rad.sista.month, rad.sista.day) != (12, 31):
            text.append(f"till och med {dag(rad.sista)}, sedan är avtalet slut")
        elif rad.mojligt.get(ar) and rad.till.year == ar:
            text.append(f"bundet till och med {dag(rad.till)}")
    if del_ is not None:
        text.append("insatsens belopp är delat mellan dess rader som i budgeten")
    return _mening(dict.fromkeys(text))


def _mening(delar):
    text = "; ".join(delar)
    return text[:1].upper() + text[1:]


def _aren(ar, block, ramar, in_, bidrag, regler):
    stat = any(rad.slag == "stat" for rad in bidrag)
    for nr, ram in enumerate(ramar):
        kategorier: dict = {}
        for rad in (rad for ett in block for rad in ett.rader):
            kod = rad.linje.kategori
            kategorier[kod] = kategorier.get(kod, NOLL) + rad.raknas(nr)
        budget = Arsbudget(ar + nr, ram.tilldelning, ram.ovriga, in_, kategorier)
        # The state pays half (lag 2003:1210 5 §); in the budget year what stands there.
        staten = bidrag if nr == 0 else [Bidrag("", "stat", ram.tilldelning * HALVA, None)] if stat else []
        delar = {}
        if nr:
            celler = [rad.celler[nr - 1] for ett in block for rad in ett.rader if not rad.linje.memo]
            delar = {
                namn: sum((getattr(cell, namn) for cell in celler), NOLL) for namn in ("bundet", "option", "planerat")
            }
        yield Planar(ar + nr, ram, budget, kapital(budget, staten, regler[ar + nr]), **delar)
        in_ = budget.eget_kapital_ut


def dag(datum: datetime.date) -> str:
    return date_format(datum, "j F Y")
