"""The ledger's own statements of a year: the result by class of account, and the balance sheet (LKBR chapters 5, 6).

Accounts are sorted by what the file says they are (T, S, I, K), else by their first digit, which EU-BAS and Kommun-Bas
share. What the file says of closing balances is compared, never copied.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import F, Max, Sum

from ekonomi import bok_utfall
from ekonomi.belopp import NOLL
from ekonomi.bok_utfall import ar_resultatkonto
from ekonomi.models import Bokkonto, Boksaldo, Konteringsregel, Verifikationsrad, Verksamhetsar

EGET_KAPITAL, AVSATTNINGAR = "20", "22"  # in EU-BAS and Kommun-Bas
INTAKT, KOSTNAD, FINANS_IN, FINANS_UT = "intakt", "kostnad", "finansiell_intakt", "finansiell_kostnad"
TILLGANG, KAPITAL, AVSATTNING, SKULD = "tillgang", "kapital", "avsattning", "skuld"


@dataclass(frozen=True)
class Konto:
    """An account with its opening balance, what the year moved, and what the file says it closed with. Debit is
    positive."""

    nr: str
    namn: str
    typ: str
    balans: bool
    in_: Decimal = NOLL
    rorelse: Decimal = NOLL
    i_filen: Decimal | None = None

    @property
    def ut(self) -> Decimal:
        return self.in_ + self.rorelse

    @property
    def i_ord(self) -> str:
        return f"{self.nr} {self.namn}".strip()

    @property
    def klass(self) -> str:
        """Where it stands; "" for an account that only moves the result to equity."""
        return self._i_balansen() if self.balans else self._i_resultatet()

    def _i_balansen(self):
        if self.typ == "T" or (self.typ != "S" and self.nr.startswith("1")):
            return TILLGANG
        if self.nr.startswith(EGET_KAPITAL):
            return KAPITAL
        return AVSATTNING if self.nr.startswith(AVSATTNINGAR) else SKULD

    def _i_resultatet(self):
        if ar_resultatkonto(self.nr):
            return ""
        kredit = self.rorelse < 0
        if self.nr.startswith("8"):
            return FINANS_IN if (self.typ == "I" or (self.typ != "K" and kredit)) else FINANS_UT
        if self.typ in ("I", "K"):
            return INTAKT if self.typ == "I" else KOSTNAD
        return INTAKT if self.nr.startswith("3") else KOSTNAD


@dataclass(frozen=True)
class Bokslut:
    """A year's accounts. `har_ib` tells whether the file gave opening balances: without them no balance is known."""

    konton: tuple[Konto, ...]
    har_ib: bool
    sista_dag: datetime.date

    def i(self, klass: str) -> list[Konto]:
        return [konto for konto in self.konton if konto.klass == klass]

    def summa(self, klass: str) -> Decimal:
        """As it is printed: costs and incomes with their own sign (a cost is below nought), assets, equity and debts
        above nought."""
        tecken = 1 if klass == TILLGANG else -1
        falt = "ut" if klass in (TILLGANG, KAPITAL, AVSATTNING, SKULD) else "rorelse"
        return tecken * sum((getattr(konto, falt) for konto in self.i(klass)), NOLL)

    @property
    def resultat(self) -> Decimal:
        return sum((self.summa(klass) for klass in (INTAKT, KOSTNAD, FINANS_IN, FINANS_UT)), NOLL)

    @property
    def bokfort_resultat(self) -> Decimal:
        """What has been moved to equity already."""
        return sum((konto.rorelse for konto in self.konton if not konto.balans and not konto.klass), NOLL)

    @property
    def kapital_in(self) -> Decimal:
        return -sum((konto.in_ for konto in self.i(KAPITAL)), NOLL)

    @property
    def kapital_ut(self) -> Decimal:
        """Closing equity with the whole result of the year in it."""
        return self.summa(KAPITAL) + self.resultat - self.bokfort_resultat

    @property
    def kapital_annat(self) -> Decimal:
        """What moved equity beside the year's result."""
        return self.kapital_ut - self.kapital_in - self.resultat

    @property
    def skulder_och_kapital(self) -> Decimal:
        return self.kapital_ut + self.summa(AVSATTNING) + self.summa(SKULD)

    @property
    def gar_ihop(self) -> bool:
        return self.summa(TILLGANG) == self.skulder_och_kapital

    def fel_mot_filen(self) -> list[Konto]:
        """Balance accounts whose closing balance is another than the file's."""
        return [konto for konto in self.konton if konto.balans and konto.i_filen not in (None, konto.ut)]


def utfallet(ar: Verksamhetsar, till: datetime.date | None = None) -> bok_utfall.Utfall | None:
    """The year's `Utfall` (until a day) without what only moves the result to equity: a ledger that is closed has the
    same result in the documents as one that is not."""
    utfall = bok_utfall.utfall(ar, till)
    flyttar = [grupp for grupp in utfall.grupper if ar_resultatkonto(grupp.konto)] if utfall else []
    if not flyttar:
        return utfall
    poster, intakter, utanfor, resultat = dict(utfall.poster), dict(utfall.intakter), utfall.utanfor, utfall.resultat
    for grupp in flyttar:
        resultat += grupp.belopp
        if grupp.post:
            poster[grupp.post] -= grupp.belopp
        elif grupp.mal == Konteringsregel.Mal.UTANFOR:
            utanfor += grupp.belopp
        elif grupp.mal:
            intakter[grupp.mal] += grupp.belopp
    return replace(
        utfall, grupper=tuple(grupp for grupp in utfall.grupper if grupp not in flyttar), resultat=resultat,
        antal=utfall.antal - sum(grupp.antal for grupp in flyttar), poster=poster, intakter=intakter, utanfor=utanfor,
        omappade=tuple(grupp for grupp in utfall.omappade if grupp not in flyttar),
    )  # fmt: skip


def bokslut(ar: Verksamhetsar) -> Bokslut | None:
    """None when the year has no rows. Four queries."""
    rader = Verifikationsrad.objects.filter(verksamhetsar=ar)
    rorelser = dict(rader.order_by().values_list("konto").annotate(summa=Sum("belopp")))
    if not rorelser:
        return None
    in_, ut = (_saldon(ar, slag) for slag in (Boksaldo.Slag.IB, Boksaldo.Slag.UB))
    konton = (
        Konto(rad.nr, rad.namn, rad.typ, rad.balans, in_.get(rad.nr, NOLL), rorelser.get(rad.nr, NOLL), ut.get(rad.nr))
        for rad in Bokkonto.objects.filter(verksamhetsar=ar)
    )
    rorda = tuple(sorted(_rorda(konton), key=lambda konto: konto.nr))
    return Bokslut(rorda, bool(in_), rader.aggregate(dag=Max("datum"))["dag"])


def _rorda(konton: Iterable[Konto]):
    return (konto for konto in konton if konto.in_ or konto.rorelse or konto.i_filen)


def _saldon(ar, slag):
    """{account: balance} of the latest saved file that gives any. One query."""
    rader = list(
        Boksaldo.objects.filter(verksamhetsar=ar, slag=slag, objekt=[])
        .exclude(bokimport__korning=None)
        .values_list(F("bokimport__korning"), "konto", "belopp")
    )
    senast = max((korning for korning, _, _ in rader), default=None)
    return {konto: belopp for korning, konto, belopp in rader if korning == senast}
