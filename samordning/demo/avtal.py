"""How the demo's agreements run on to today: a year at a time, prolonged as long as they may, then a new one."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Avtalsserie:
    """Agreements about one insats that follow each other, each of one year and two prolongations (1+1+1)."""

    huvudpart: str
    parter: tuple[str, ...]
    start: datetime.date
    kronor: int  # for twelve months
    slut: datetime.date | None = None  # None: it goes on
    platser: int | None = None
    deltagarveckor: int | None = None
    framforhallning: int = 90  # days before an end that the next year is decided

    OPTIONER = 2

    def tider(self, idag):
        """[(start, slut, prolongations that may be, prolongations decided)] up to what is decided today."""
        if self.slut:
            return [(self.start, self.slut, 0, 0)]
        beslutat = max(idag + datetime.timedelta(self.framforhallning), self.start)
        tider, start = [], self.start
        while start <= beslutat:
            utnyttjade = 0
            while utnyttjade < self.OPTIONER and _efter(start, utnyttjade + 1) <= beslutat:
                utnyttjade += 1
            slut = _efter(start, utnyttjade + 1) - datetime.timedelta(1)
            tider.append((start, slut, self.OPTIONER, utnyttjade))
            start = slut + datetime.timedelta(1)
        return tider

    def belopp(self, start, slut):
        """{year: kronor}, by whole months."""
        manader = {}
        for nr in range(start.year * 12 + start.month, slut.year * 12 + slut.month + 1):
            ar = (nr - 1) // 12
            manader[ar] = manader.get(ar, 0) + 1
        return {ar: round(Decimal(self.kronor) * antal / 12, 2) for ar, antal in manader.items()}


def _efter(start, ar):
    return start.replace(year=start.year + ar)
