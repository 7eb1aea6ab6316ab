"""What each member is to be invoiced and when: a year's contributions in instalments (MC2, MC6). Pure.

It is a basis for whoever keeps the books: the invoices and their numbers are made there.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ekonomi.belopp import NOLL, ORE
from ekonomi.fordelning import dela
from samordning.karna.kalender import arbetsdag_senast

# how many instalments: what they are called
DELNINGAR = {1: "Hela året på en gång", 2: "Varje halvår", 4: "Varje kvartal"}
DAG = datetime.timedelta(1)


@dataclass(frozen=True)
class Rad:
    """A member with its amount of each instalment, kronor to the öre; together its contribution."""

    medlem: str
    slag: str
    part: str
    epost: str
    belopp: Decimal
    delar: tuple[Decimal, ...]


@dataclass(frozen=True)
class Bokfort:
    """What the ledger has from the members together, up to and with a day, and what the plan says by then."""

    summa: Decimal
    till: datetime.date
    forfallet: Decimal
    allt: Decimal

    @property
    def kvar(self):
        """Of the whole year; below zero when more is booked than the contributions."""
        return self.allt - self.summa

    @property
    def skillnad(self):
        """How much is missing of what had fallen due; below zero when more is booked."""
        return self.forfallet - self.summa


@dataclass(frozen=True)
class Faktura:
    dagar: tuple[datetime.date, ...]
    rader: tuple[Rad, ...]

    @property
    def summor(self):
        """What falls due each day, all members together."""
        return [sum((rad.delar[nr] for rad in self.rader), NOLL) for nr in range(len(self.dagar))]

    @property
    def allt(self):
        return sum((rad.belopp for rad in self.rader), NOLL)

    @property
    def kolumner(self):
        """[(name of the instalment, its day)]."""
        return list(zip(periodnamn(len(self.dagar)), self.dagar, strict=True))

    def forfallet(self, dag: datetime.date) -> Decimal:
        """What has fallen due up to and with a day."""
        return sum((summa for forfaller, summa in zip(self.dagar, self.summor, strict=True) if forfaller <= dag), NOLL)


def gor(bidrag: Sequence[tuple[str, str, str, str, Decimal]], dagar: Sequence[datetime.date]) -> Faktura:
    """`bidrag` are (member, kind, part, e-mail, kronor). What is left when a sum is divided to the öre is in the first
    instalments."""
    vikter = [Decimal(1)] * len(dagar)
    return Faktura(
        tuple(dagar), tuple(Rad(*falt, belopp, tuple(dela(belopp, vikter, ORE))) for *falt, belopp in bidrag)
    )


def periodnamn(antal: int) -> list[str]:
    if antal == 1:
        return ["Hela året"]
    ord_ = "halvåret" if antal == 2 else "kvartalet"
    return [f"{nr} {ord_}" for nr in ("Första", "Andra", "Tredje", "Fjärde")[:antal]]


def forslag(ar: int, antal: int) -> list[datetime.date]:
    """The last working day of the first month of each period: a proposal, no rule is known."""
    return [_sista_arbetsdagen(ar, 1 + nr * (12 // antal)) for nr in range(antal)]


def _sista_arbetsdagen(ar, manad):
    return arbetsdag_senast((datetime.date(ar, manad, 28) + 4 * DAG).replace(day=1) - DAG)
