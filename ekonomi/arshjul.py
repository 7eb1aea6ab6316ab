"""When things happen in a year: rules that give days, and what is wrong with a day (MC7, MC8). Pure, no database.

A day that is counted out (the middle of a month, so many days before something) is a working day: what is to be ready
before something falls back, the rest goes to the nearest. A day that somebody has said stays what it is, and the page
warns of it: 16 February 2019, when a board met, was a Saturday.
"""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from samordning.karna.kalender import (
    arbetsdag_senast,
    arbetsdag_tidigast,
    lagg_till_arbetsdagar,
    varfor_ingen_arbetsdag,
)

VECKODAGAR = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MANADER = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
VILKEN = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", 5: "sista"}
EN_VECKA = datetime.timedelta(7)
MITTEN = 15


@dataclass(frozen=True)
class Regel:
    """How a day is found; `slag` and the columns are those of `models.Hjulregel`."""

    slag: str
    manad: int | None = None
    dag: int | None = None
    vilken: int | None = None
    veckodag: int | None = None
    slut_manad: int | None = None
    slut_dag: int | None = None
    antal: int | None = None
    arbetsdagar: bool = False

    @property
    def i_ord(self) -> str:
        """ "andra torsdagen i februari"; what it is counted from is the caller's to add."""
        i_manaden = f"i {MANADER[self.manad - 1]}" if self.manad else ""
        match self.slag:
            case "fast":
                return f"{self.dag} {MANADER[self.manad - 1]}"
            case "veckodag":
                return f"{VILKEN[self.vilken]} {VECKODAGAR[self.veckodag]}en {i_manaden}"
            case "borjan" | "mitten" | "slutet":
                return f"i {'början' if self.slag == 'borjan' else self.slag} av {MANADER[self.manad - 1]}"
            case "manad":
                return f"någon gång {i_manaden}"
            case "period":
                slut = f"{self.slut_dag} {MANADER[self.slut_manad - 1]}"
                return f"{self.dag} {MANADER[self.manad - 1]}–{slut}"
            case "veckan_fore":
                return f"{VECKODAGAR[self.veckodag]}en veckan före" if self.veckodag is not None else "veckan före"
        vad = "arbetsdag" if self.arbetsdagar else "dag"
        antal = f"{abs(self.antal)} {vad}{'ar' if abs(self.antal) != 1 else ''}"
        return f"{antal} {'före' if self.antal < 0 else 'efter'}" if self.antal else "samma dag som"


@dataclass(frozen=True)
class Dag:
    """What a rule gave: the day, the last day of a period, and whether the day itself is still to be set."""

    dag: datetime.date
    slut: datetime.date | None = None
    oviss: bool = False


def dag_for(regel: Regel, ar: int, bas: Dag | None = None) -> Dag:
    """The rule's day in a year. `bas`: the day that it is counted from. ValueError when it needs one and has none."""
    match regel.slag:
        case "fast":
            return Dag(_dag(ar, regel.manad, regel.dag))
        case "veckodag":
            return Dag(_veckodag(ar, regel.manad, regel.vilken, regel.veckodag))
        case "borjan":
            return Dag(arbetsdag_tidigast(datetime.date(ar, regel.manad, 1)))
        case "mitten":
            return Dag(narmaste_arbetsdag(datetime.date(ar, regel.manad, MITTEN)))
        case "slutet":
            return Dag(arbetsdag_senast(_dag(ar, regel.manad, 31)))
        case "manad":
            return Dag(narmaste_arbetsdag(datetime.date(ar, regel.manad, MITTEN)), oviss=True)
        case "period":
            fran, till = _dag(ar, regel.manad, regel.dag), _dag(ar, regel.slut_manad, regel.slut_dag)
            return Dag(fran, till if till >= fran else _dag(ar + 1, regel.slut_manad, regel.slut_dag))
    if bas is None:
        raise ValueError(f"{regel.slag} is counted from another day")
    return Dag(_fran(regel, bas.dag), oviss=bas.oviss)


def _fran(regel, bas):
    if regel.slag == "veckan_fore":
        dag = bas - EN_VECKA
        if regel.veckodag is not None:
            dag += datetime.timedelta(regel.veckodag - dag.weekday())
        return arbetsdag_senast(dag)
    if regel.arbetsdagar:
        return lagg_till_arbetsdagar(bas, regel.antal)
    dag = bas + datetime.timedelta(regel.antal)
    return arbetsdag_senast(dag) if regel.antal < 0 else arbetsdag_tidigast(dag) if regel.antal else dag


def _dag(ar, manad, dag):
    """The day, or the last one of the month when it has no such day (29-31)."""
    return datetime.date(ar, manad, min(dag, calendar.monthrange(ar, manad)[1]))


def _veckodag(ar, manad, vilken, veckodag):
    """The first to fourth, or (5) the last, such weekday of the month."""
    forsta = datetime.date(ar, manad, 1)
    dag = forsta + datetime.timedelta((veckodag - forsta.weekday()) % 7) + EN_VECKA * (vilken - 1)
    return dag if dag.month == manad else dag - EN_VECKA


def narmaste_arbetsdag(dag: datetime.date) -> datetime.date:
    """The working day that is nearest; of two as near, the earlier."""
    fore, efter = arbetsdag_senast(dag), arbetsdag_tidigast(dag)
    return fore if dag - fore <= efter - dag else efter


def varning(dag: datetime.date) -> str:
    """Why a day is a bad one to meet on: "16 februari 2019 är en lördag."; "" when it is a working day."""
    varfor = varfor_ingen_arbetsdag(dag)
    return f"{dag.day} {MANADER[dag.month - 1]} {dag.year} är {varfor}." if varfor else ""


def arets_dagar(regler: Mapping[int, tuple[Regel, int | None]], ar: int) -> dict[int, Dag]:
    """{key: its day} of a year's rules, `regler` = {key: (rule, key of what it is counted from)}. What is counted from
    a rule that is not there, or from itself by way of others, is left out."""
    dagar = {}
    kvar = dict(regler)
    while kvar:
        nu = [nyckel for nyckel, (_, bas) in kvar.items() if bas is None or bas in dagar]
        if not nu:
            break
        for nyckel in nu:
            regel, bas = kvar.pop(nyckel)
            dagar[nyckel] = dag_for(regel, ar, dagar.get(bas))
    return dagar


def foljer_efter(bas_for: Mapping[int, int | None], nyckel: int) -> list[int]:
    """The keys that are counted from `nyckel`, straight or by way of others, nearest first. `bas_for` = {key: the key
    that it is counted from}."""
    kedja, nasta = [], [nyckel]
    while nasta:
        nasta = [rad for rad, bas in bas_for.items() if bas in nasta and rad not in kedja and rad != nyckel]
        kedja += nasta
    return kedja


def gar_runt(bas_for: Mapping[int, int | None], nyckel: int, ny_bas: int | None) -> bool:
    """Whether counting `nyckel` from `ny_bas` would make a ring."""
    return ny_bas is not None and (ny_bas == nyckel or ny_bas in foljer_efter(bas_for, nyckel))


def flyttade(
    poster: Mapping[int, tuple[datetime.date, Regel | None, int | None]], nyckel: int, till: datetime.date
) -> dict[int, datetime.date]:
    """{key: new day} when `nyckel` moves: itself, and all that is counted from it. `poster` = {key: (day, rule, key of
    what it is counted from)}. What has a rule about days before or after follows it; the rest moves as far."""
    nya = {nyckel: till}
    for rad in foljer_efter({pk: bas for pk, (_, _, bas) in poster.items()}, nyckel):
        dag, regel, bas = poster[rad]
        if regel and regel.slag in ("veckan_fore", "dagar"):
            nya[rad] = _fran(regel, nya[bas])
        else:
            steg = nya[bas] - poster[bas][0]
            nya[rad] = arbetsdag_senast(dag + steg)
    return nya
