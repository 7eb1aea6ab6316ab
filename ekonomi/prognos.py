"""A forecast as a value (MC5): what each line is thought to cost for the year, and why. Pure arithmetic on kronor.

The proposal of a line is what the ledger has up to a day and what is agreed for the rest of the year, never the outcome
drawn out as a straight line. Nothing here reads the database; `prognos_underlag.py` does.
"""

import datetime
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from ekonomi.belopp import NOLL, Bedomning, kr, procent
from ekonomi.budgetrapport import BASER

VARDENS_VERSION = 1


@dataclass(frozen=True)
class Underlag:
    """What is known of a line. `rekvirerat` is asked for and not booked, `kvar` granted and not asked for; both None
    where no agreement says anything. `raknas` is False for a line that the budget shows within parentheses."""

    budget: Decimal
    utfall: Decimal = NOLL
    rekvirerat: Decimal | None = None
    kvar: Decimal | None = None
    ej_beslutat: bool = False
    raknas: bool = True

    @property
    def avtalat(self) -> Decimal | None:
        """What is agreed and not booked."""
        return None if self.kvar is None else self.rekvirerat + self.kvar


def foresla(u: Underlag) -> tuple[Decimal, str]:
    """(kronor for the whole year, how it was counted in words).

    Without an agreement the rest of the line's budget is taken to be used; undecided money is not, since nobody has
    decided about it, and neither is a budget that is shown but not counted.
    """
    utfall = f"Utfall {kr(u.utfall)}"
    if u.avtalat is not None:
        delar = [utfall]
        if u.rekvirerat:
            delar.append(f"rekvirerat men inte bokfört {kr(u.rekvirerat)}")
        delar.append(f"kvar att rekvirera {kr(u.kvar)}")
        return u.utfall + u.avtalat, " + ".join(delar)
    if u.ej_beslutat:
        kvar = max(u.budget - u.utfall, NOLL)
        return u.utfall, utfall + (f". {kr(kvar)} är inte beslutat och räknas inte med" if kvar else "")
    if not u.raknas:
        return u.utfall, f"{utfall}. Radens budget räknas inte med"
    kvar = u.budget - u.utfall
    if kvar > 0:
        return u.budget, f"{utfall} + kvar av budgeten {kr(kvar)}"
    return u.utfall, f"{utfall}. Hela radens budget är använd"


def foresla_intakt(budget: Decimal, utfall: Decimal) -> tuple[Decimal, str]:
    """The same for an income: what is budgeted is expected to come."""
    if budget > utfall:
        return budget, f"Utfall {kr(utfall)} + kvar av budgeten {kr(budget - utfall)}"
    return utfall, f"Utfall {kr(utfall)}"


@dataclass(frozen=True)
class Rad:
    """A line. `hur` says how the proposal was counted, `kommentar` why somebody chose another sum; `forra` is the sum
    in the forecast before. `post` is the budget's line, None for what no line has."""

    namn: str
    budget: Decimal
    utfall: Decimal
    avtalat: Decimal | None
    forslag: Decimal
    prognos: Decimal
    hur: str
    kommentar: str = ""
    raknas: bool = True
    post: int | None = None
    forra: Decimal | None = None

    @property
    def budgeterat(self) -> Decimal:
        """What the budget counts."""
        return self.budget if self.raknas else NOLL

    @property
    def skillnad(self) -> Decimal:
        return self.prognos - self.budgeterat

    @property
    def procent(self) -> Decimal | None:
        return procent(self.skillnad, self.budgeterat)

    @property
    def mot_forra(self) -> Decimal | None:
        return None if self.forra is None else self.prognos - self.forra

    @property
    def procent_forra(self) -> Decimal | None:
        return None if not self.forra else procent(self.prognos - self.forra, self.forra)

    @property
    def andrad(self) -> bool:
        """Somebody wrote another sum than the proposal."""
        return bool(self.kommentar)


@dataclass(frozen=True)
class Block:
    """Lines with their sum; also the sum of all of them."""

    namn: str
    rader: tuple[Rad, ...]

    def _summa(self, namn):
        return sum((getattr(rad, namn) for rad in self.rader), NOLL)

    @property
    def budgeterat(self):
        return self._summa("budgeterat")

    @property
    def utfall(self):
        return self._summa("utfall")

    @property
    def prognos(self):
        return self._summa("prognos")

    @property
    def skillnad(self):
        return self.prognos - self.budgeterat

    @property
    def procent(self):
        return procent(self.skillnad, self.budgeterat)

    @property
    def forra(self):
        """None when a line was not in the forecast before."""
        return None if any(rad.forra is None for rad in self.rader) else self._summa("forra")

    @property
    def mot_forra(self):
        return None if self.forra is None else self.prognos - self.forra

    @property
    def procent_forra(self):
        return procent(self.mot_forra, self.forra) if self.forra else None


@dataclass(frozen=True)
class Kapital:
    """Equity against the rule on one base: at the beginning, at the end by the budget, and by the forecast."""

    bas: str
    belopp: Decimal
    tak: Decimal | None
    in_: Bedomning
    budget: Bedomning
    prognos: Bedomning

    @property
    def rader(self):
        """[(what, Bedomning)] for the meter."""
        slut = "Vid årets slut enligt"
        return [("Vid årets början", self.in_), (f"{slut} budgeten", self.budget), (f"{slut} prognosen", self.prognos)]

    @property
    def namn(self):
        """What the base is called on the page."""
        return BASER.get(self.bas, self.bas)


@dataclass(frozen=True)
class Prognosrapport:
    """The whole forecast. `till` is the last day that the ledger was read for, `bokford_till` the last day that it has;
    `utanfor` moves equity though no line has it; `slut_forra` is the closing equity of the forecast before."""

    ar: int
    nr: int
    till: datetime.date
    mote: str
    kommentar: str
    eget_kapital_in: Decimal
    intakter: tuple[Rad, ...]
    block: tuple[Block, ...]
    utanfor: Decimal
    kapital: tuple[Kapital, ...] = ()
    varningar: tuple[str, ...] = ()
    bokford_till: datetime.date | None = None
    forra: str = ""
    slut_forra: Decimal | None = None

    @property
    def alla_intakter(self):
        return Block("Intäkter", self.intakter)

    @property
    def kostnader(self):
        return Block("Kostnader", tuple(rad for block in self.block for rad in block.rader))

    @property
    def medel(self) -> Decimal:
        """Everything there is to use by the forecast."""
        return self.eget_kapital_in + self.alla_intakter.prognos

    @property
    def slut_budget(self) -> Decimal:
        """Closing equity by the budget (G15)."""
        return self.eget_kapital_in + self.alla_intakter.budgeterat - self.kostnader.budgeterat

    @property
    def resultat_budget(self) -> Decimal:
        """The year's result by the budget (G16)."""
        return self.slut_budget - self.eget_kapital_in

    @property
    def resultat(self) -> Decimal:
        """The year's result by the forecast."""
        return self.alla_intakter.prognos - self.kostnader.prognos + self.utanfor

    @property
    def slut(self) -> Decimal:
        """Closing equity by the forecast."""
        return self.eget_kapital_in + self.resultat

    @property
    def slut_skillnad(self) -> Decimal:
        return self.slut - self.slut_budget

    @property
    def slut_mot_forra(self) -> Decimal | None:
        return None if self.slut_forra is None else self.slut - self.slut_forra

    def utan_post(self) -> dict[str, Decimal]:
        """{what: its sum} of what no line of the budget has: incomes, and rows of their own."""
        rader = (*self.intakter, *self.kostnader.rader)
        return {rad.namn: rad.prognos for rad in rader if rad.post is None}

    def per_post(self) -> dict[int, Decimal]:
        """{the budget's line: what it is thought to cost}."""
        return {rad.post: rad.prognos for rad in self.kostnader.rader if rad.post is not None}


# ---- As it is frozen


def som_varden(rapport: Prognosrapport) -> dict:
    """The value for JSON: sums as text with all their decimals."""
    varden = {
        namn: getattr(rapport, namn)
        for namn in ("ar", "nr", "mote", "kommentar", "varningar", "forra", "till", "bokford_till")
    }
    for namn in ("eget_kapital_in", "utanfor", "slut_forra"):
        varden[namn] = getattr(rapport, namn)
    varden["intakter"] = [asdict(rad) for rad in rapport.intakter]
    varden["block"] = [asdict(block) for block in rapport.block]
    varden["kapital"] = [asdict(rad) for rad in rapport.kapital]
    return _text({"version": VARDENS_VERSION} | varden)


def _text(varde):
    if isinstance(varde, dict):
        return {namn: _text(del_) for namn, del_ in varde.items()}
    if isinstance(varde, list | tuple):
        return [_text(del_) for del_ in varde]
    if isinstance(varde, Decimal):
        return f"{varde:f}"
    return varde.isoformat() if isinstance(varde, datetime.date) else varde


def ur_varden(varden: dict) -> Prognosrapport:
    """The same value out of its JSON, to the öre."""
    dag = varden["bokford_till"]
    return Prognosrapport(
        ar=varden["ar"], nr=varden["nr"], till=datetime.date.fromisoformat(varden["till"]), mote=varden["mote"],
        kommentar=varden["kommentar"], eget_kapital_in=Decimal(varden["eget_kapital_in"]),
        intakter=tuple(_ur(Rad, rad) for rad in varden["intakter"]),
        block=tuple(
            Block(block["namn"], tuple(_ur(Rad, rad) for rad in block["rader"])) for block in varden["block"]
        ),
        utanfor=Decimal(varden["utanfor"]),
        kapital=tuple(
            Kapital(
                rad["bas"], Decimal(rad["belopp"]), _tal(rad["tak"]),
                *(_ur(Bedomning, rad[namn]) for namn in ("in_", "budget", "prognos")),
            )
            for rad in varden["kapital"]
        ),
        varningar=tuple(varden["varningar"]), bokford_till=dag and datetime.date.fromisoformat(dag),
        forra=varden["forra"], slut_forra=_tal(varden["slut_forra"]),
    )  # fmt: skip


def _tal(text):
    return None if text is None else Decimal(text)


def _ur(klass, varden):
    """A row of only sums and words: what is annotated as a sum is read as one."""
    return klass(**{
        falt.name: _tal(varden[falt.name]) if "Decimal" in str(falt.type) else varden[falt.name]
        for falt in fields(klass)
    })  # fmt: skip
