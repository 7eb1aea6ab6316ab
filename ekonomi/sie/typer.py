"""What a SIE file says, as values. Amounts are Decimal in kronor, debit positive; `rad` is the line of the file."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


class SieFel(Exception):
    """The file is no SIE file. `text` is Swedish and says what to do."""

    def __init__(self, text):
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Anmarkning:
    """Something to look at, by line; line 0 is the whole file."""

    rad: int
    text: str


@dataclass(frozen=True, slots=True)
class Ar:
    """A financial year: number 0 is the file's own, -1 the one before."""

    nr: int
    fran: date
    till: date


@dataclass(slots=True)
class Konto:
    namn: str
    typ: str = ""  # T, S, K or I where the file says it (O is seen in the wild)


@dataclass(frozen=True, slots=True)
class Saldo:
    """An amount that the file gives, and where."""

    belopp: Decimal
    rad: int


@dataclass(frozen=True, slots=True)
class Transaktion:
    """A row of a voucher. `objekt` is ((dimension, object), ...); `datum` is the row's own or the voucher's."""

    rad: int
    konto: str
    objekt: tuple[tuple[str, str], ...]
    belopp: Decimal
    datum: date
    text: str
    kvantitet: str


@dataclass(slots=True)
class Verifikation:
    rad: int
    serie: str
    nr: str
    datum: date
    text: str
    rader: list[Transaktion] = field(default_factory=list)

    @property
    def skillnad(self):
        """Debit less credit; 0.00 when the voucher balances."""
        return sum((rad.belopp for rad in self.rader), Decimal())


@dataclass(slots=True)
class Bok:
    """All of a file. Balances are keyed by (year number, account), with objects by (year, account, objects), and by
    period with (year, "YYYYMM", account, objects), where objects is () in the row of the total."""

    kodning: str = ""
    flagga: str = ""
    program: str = ""
    format: str = ""
    sietyp: str = ""
    foretag: str = ""
    orgnr: str = ""
    genererad: date | None = None
    omfattning: date | None = None  # the last day that the file covers, when it is a part of a year
    ar: dict[int, Ar] = field(default_factory=dict)
    konton: dict[str, Konto] = field(default_factory=dict)
    dimensioner: dict[str, str] = field(default_factory=dict)
    objekt: dict[tuple[str, str], str] = field(default_factory=dict)
    ib: dict = field(default_factory=dict)
    ub: dict = field(default_factory=dict)
    res: dict = field(default_factory=dict)
    oib: dict = field(default_factory=dict)
    oub: dict = field(default_factory=dict)
    psaldo: dict = field(default_factory=dict)
    pbudget: dict = field(default_factory=dict)
    verifikationer: list[Verifikation] = field(default_factory=list)
    okanda: Counter = field(default_factory=Counter)  # labels that are no part of the format
    varningar: list[Anmarkning] = field(default_factory=list)
    fel: list[Anmarkning] = field(default_factory=list)  # rows that could not be read: nothing is saved then

    def transaktioner(self):
        """(voucher, row) of all rows that count."""
        return ((ver, rad) for ver in self.verifikationer for rad in ver.rader)
