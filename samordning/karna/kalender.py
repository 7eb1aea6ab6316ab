"""Swedish calendar: the only source of what day it is, of half-years and of working days.

Everything is local to Europe/Stockholm: 2026-06-30T22:30Z belongs to the second half-year.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

HALVAR = re.compile(r"^(\d{4})(?:H([12]))?$")


def nu():
    """This moment, timezone-aware."""
    return timezone.now()


def idag():
    """Today's date in Stockholm."""
    return timezone.localdate()


@dataclass(frozen=True)
class Period:
    """A period of whole days, both ends included."""

    fran: date
    till: date

    def __post_init__(self):
        if self.till < self.fran:
            raise ValueError("Slutdatumet är före startdatumet.")

    @classmethod
    def av_text(cls, fran, till):
        """From two ISO dates, as reports store them."""
        return cls(date.fromisoformat(fran), date.fromisoformat(till))

    @property
    def ar_kalenderar(self):
        """True for 1 January to 31 December of one year (only then are anonymous participants counted)."""
        return (self.fran, self.till) == (date(self.fran.year, 1, 1), date(self.fran.year, 12, 31))

    @property
    def namn(self):
        """`2023`, `första halvåret 2024`, or the dates."""
        if self.ar_kalenderar:
            return str(self.fran.year)
        if self == halvar(self.fran.year, 1):
            return f"första halvåret {self.fran.year}"
        if self == halvar(self.fran.year, 2):
            return f"andra halvåret {self.fran.year}"
        return f"{self.fran.isoformat()} till {self.till.isoformat()}"


def halvar(ar, nr):
    """Half-year 1 (January-June) or 2 (July-December) of a year."""
    if nr == 1:
        return Period(date(ar, 1, 1), date(ar, 6, 30))
    return Period(date(ar, 7, 1), date(ar, 12, 31))


def helar(ar):
    """The calendar year."""
    return Period(date(ar, 1, 1), date(ar, 12, 31))


def tolka_period(text):
    """`2024H1`, `2024H2` or `2024` as a Period; ValueError for anything else."""
    if not (traff := HALVAR.match(text.strip())):
        raise ValueError(f"”{text}” är inte en period. Skriv till exempel 2024H1, 2024H2 eller 2024.")
    ar, nr = int(traff[1]), traff[2]
    return halvar(ar, int(nr)) if nr else helar(ar)


def senaste_hela_halvar(dag):
    """The latest half-year that has ended before `dag`."""
    return halvar(dag.year, 1) if dag.month > 6 else halvar(dag.year - 1, 2)


def paskdagen(ar):
    """Easter Sunday (Gauss/Meeus, Gregorian)."""
    a, b, c = ar % 19, ar // 100, ar % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    manad, dag = divmod(h + ell - 7 * m + 114, 31)
    return date(ar, manad, dag + 1)


def helgdagar(ar):
    """Public holidays of a year (lag 1989:253) and the three eves that offices treat as such: {date: name}."""
    pask = paskdagen(ar)
    midsommar = next(date(ar, 6, dag) for dag in range(20, 27) if date(ar, 6, dag).weekday() == 5)
    alla_helgon = next(d for n in range(7) if (d := date(ar, 10, 31) + timedelta(n)).weekday() == 5)
    return {
        date(ar, 1, 1): "nyårsdagen",
        date(ar, 1, 6): "trettondedag jul",
        pask - timedelta(2): "långfredagen",
        pask: "påskdagen",
        pask + timedelta(1): "annandag påsk",
        date(ar, 5, 1): "första maj",
        pask + timedelta(39): "Kristi himmelsfärdsdag",
        pask + timedelta(49): "pingstdagen",
        date(ar, 6, 6): "nationaldagen",
        midsommar - timedelta(1): "midsommarafton",
        midsommar: "midsommardagen",
        alla_helgon: "alla helgons dag",
        date(ar, 12, 24): "julafton",
        date(ar, 12, 25): "juldagen",
        date(ar, 12, 26): "annandag jul",
        date(ar, 12, 31): "nyårsafton",
    }


def ar_arbetsdag(dag):
    """Monday to Friday that is no holiday."""
    return dag.weekday() < 5 and dag not in helgdagar(dag.year)


def varfor_ingen_arbetsdag(dag):
    """ "en lördag", "nyårsdagen"; empty for a working day."""
    if ar_arbetsdag(dag):
        return ""
    return helgdagar(dag.year).get(dag) or ("en lördag" if dag.weekday() == 5 else "en söndag")


def arbetsdag_senast(dag):
    """The day itself, or the working day before it."""
    while not ar_arbetsdag(dag):
        dag -= timedelta(1)
    return dag


def arbetsdag_tidigast(dag):
    """The day itself, or the working day after it."""
    while not ar_arbetsdag(dag):
        dag += timedelta(1)
    return dag


def lagg_till_arbetsdagar(dag, antal):
    """The working day that comes `antal` working days after `dag`, or before it when `antal` is negative."""
    steg = timedelta(1 if antal > 0 else -1)
    kvar = abs(antal)
    while kvar:
        dag += steg
        kvar -= ar_arbetsdag(dag)
    return dag
