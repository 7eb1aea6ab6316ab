"""The option engine (MB4): which periods an agreement has, where in them a day is, and what must be decided next.

Pure: dates and numbers in, dates, numbers and words out. An agreement is a first period of any length and a number of
options, each of one year from the day after the end of the period before.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format

# Half a year: a prolongation is asked about in the groups and decided by the board before the agreement ends.
FORE = timedelta(days=184)
DAG = timedelta(days=1)


@dataclass(frozen=True)
class Avtalsperiod:
    """`nr` 0 is the first period, 1, 2 ... the options. Both days are included."""

    nr: int
    fran: date
    till: date
    beslutad: bool
    sista: bool = False

    @property
    def ar(self) -> range:
        """The budget years that it touches."""
        return range(self.fran.year, self.till.year + 1)

    def lage(self, dag: date) -> str:
        """klar, nu, kommer (decided, not begun) or mojlig."""
        if not self.beslutad:
            return "mojlig"
        if self.till < dag:
            return "klar"
        return "nu" if self.fran <= dag else "kommer"


@dataclass(frozen=True)
class NastaBeslut:
    """What must be decided for the work to go on after `period.fran`: an option, or (`ny_ansokan`) a new application.
    `starta_senast` is the last day to start it."""

    period: Avtalsperiod
    ny_ansokan: bool
    starta_senast: date

    def ar_dags(self, dag: date) -> bool:
        return dag >= self.starta_senast


def perioder(start: date, slut: date, optioner: int, utnyttjade: int) -> list[Avtalsperiod]:
    """The first period and each option, in order. `slut` is the last day with the `utnyttjade` decided ones in it."""
    granser = [slut]
    for _ in range(utnyttjade):
        fore = _ett_ar_tidigare(granser[0])
        # What is typed may say more prolongations than the time holds.
        if not start < fore < granser[0]:
            break
        granser.insert(0, fore)
    rader, fran = [], start
    for till in granser:
        rader.append((fran, till, True))
        fran = _efter(till)
    for _ in range(max(optioner - utnyttjade, 0)):
        till = _sista_dagen_av_aret(fran)
        if till <= fran:
            break
        rader.append((fran, till, False))
        fran = _efter(till)
    # A decided prolongation that had no room keeps its number.
    hoppade = utnyttjade - (len(granser) - 1)
    return [
        Avtalsperiod(nr + hoppade * (nr > 0), *rad, sista=optioner > 0 and nr == len(rader) - 1)
        for nr, rad in enumerate(rader)
    ]


def status(start: date, slut: date, optioner: int, utnyttjade: int, dag: date, fore: timedelta = FORE) -> str:
    """ "år 1", "förlängning 1 av 2", "sista året", "ny ansökan krävs", "har gått ut" or "har inte börjat"."""
    if dag < start:
        return "har inte börjat"
    if dag > slut:
        return "har gått ut"
    alla = perioder(start, slut, optioner, utnyttjade)
    nu = next(period for period in alla if period.lage(dag) == "nu")
    sista_aret = not any(period.fran > nu.fran for period in alla) and dag > _ett_ar_tidigare(slut)
    if sista_aret and dag >= _minst(slut, fore):
        return "ny ansökan krävs"
    if sista_aret and optioner:
        return "sista året"
    return f"förlängning {nu.nr} av {optioner}" if nu.nr else f"år {_arets_nummer(start, dag)}"


def nasta_period(start: date, slut: date, optioner: int, utnyttjade: int) -> Avtalsperiod | None:
    """The next option that is not decided; None when none is left."""
    return next((rad for rad in perioder(start, slut, optioner, utnyttjade) if not rad.beslutad), None)


def nasta_beslut(
    start: date, slut: date, optioner: int, utnyttjade: int, dag: date, fore: timedelta = FORE
) -> NastaBeslut | None:
    """The next decision; None when the agreement has ended."""
    if dag > slut:
        return None
    if nasta := nasta_period(start, slut, optioner, utnyttjade):
        return NastaBeslut(nasta, False, _minst(slut, fore))
    fran = _efter(slut)
    return NastaBeslut(Avtalsperiod(0, fran, _sista_dagen_av_aret(fran), False), True, _minst(slut, fore))


def sista_aret_i_ord(alla: list[Avtalsperiod]) -> str:
    """ "från september 2024 sista år"; empty without options."""
    return f"från {date_format(alla[-1].fran, 'F Y')} sista år" if alla and alla[-1].sista else ""


def belopp_for(period: Avtalsperiod, alla: list[Avtalsperiod], belopp: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """{budget year: kronor} for an option of the agreement that has the periods `alla` (`perioder`) and the sums
    `belopp`; whole kronor. Empty when the agreement has no sums.

    A year after the agreement's last day costs what is agreed for it, shared by months between the options that touch
    it. Otherwise it costs what the agreement costs a month in its last year with a sum.
    """
    start, slut = alla[0].fran, max(rad.till for rad in alla if rad.beslutad)
    sista = max((ar for ar in belopp if start.year <= ar <= slut.year), default=None)
    per_manad = None if sista is None else Fraction(belopp[sista]) / _manader(start, slut, sista)
    summor = {}
    for ar in period.ar:
        manader = _manader(period.fran, period.till, ar)
        if ar > slut.year and ar in belopp:
            delas = sum(_manader(rad.fran, rad.till, ar) for rad in alla if not rad.beslutad and ar in rad.ar)
            summor[ar] = Decimal(round(Fraction(belopp[ar]) * manader / delas))
        elif per_manad is not None:
            summor[ar] = Decimal(round(per_manad * manader))
    return summor


def mojliga_belopp(alla: list[Avtalsperiod], belopp: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """{budget year: kronor} that the options that are left could bind together. What is agreed for a year is that to
    the krona, not the sum of its rounded shares."""
    summor: dict[int, Decimal] = {}
    for period in alla:
        if not period.beslutad:
            for ar, kronor in belopp_for(period, alla, belopp).items():
                summor[ar] = summor.get(ar, Decimal(0)) + kronor
    slut = max(rad.till for rad in alla if rad.beslutad)
    return summor | {ar: kronor for ar, kronor in belopp.items() if ar > slut.year}


def ar_senare(dag: date, antal: int) -> date:
    """The same day another year; 29 February becomes 28, and the calendar's own first and last year are the ends."""
    ar = min(max(dag.year + antal, MINYEAR), MAXYEAR)
    try:
        return dag.replace(year=ar)
    except ValueError:
        return date(ar, 2, 28)


def _sista_dagen_av_aret(fran):
    """The last day of the year that begins on `fran`: 31 August, and 28 February for 29 February."""
    if fran.year >= MAXYEAR:
        return date.max
    dagen = ar_senare(fran, 1)
    return dagen if (fran.month, fran.day) == (2, 29) else dagen - DAG


def _ett_ar_tidigare(slut):
    """The last day of the period before one that lasted a year and ended on `slut`."""
    if slut.year <= MINYEAR:
        return date.min
    if slut == date.max:
        return ar_senare(slut, -1)
    return ar_senare(slut + DAG, -1) - DAG


def _efter(dag):
    return dag if dag == date.max else dag + DAG


def _minst(slut, fore):
    """`fore` before the end, or the calendar's first day."""
    return slut - fore if slut - date.min > fore else date.min


def _arets_nummer(start, dag):
    """1 in the first twelve months, then 2 ..."""
    return dag.year - start.year + ((dag.month, dag.day) >= (start.month, start.day))


def _manader(fran, till, ar):
    """How many months of a calendar year lie between two days, both included; a part of a month by its days."""
    fran, till = max(fran, date(ar, 1, 1)), min(till, date(ar, 12, 31))
    antal = Fraction(0)
    for manad in range(fran.month, till.month + 1):
        sista = monthrange(ar, manad)[1]
        forsta_dag = fran.day if manad == fran.month else 1
        sista_dag = till.day if manad == till.month else sista
        antal += Fraction(sista_dag - forsta_dag + 1, sista)
    return antal
