"""What each insats cost, by the ledger, beside what was agreed and what is released of its results (G27-G30).

Figures of people come from a *released* report to the board alone (k = 3), never from an internal one. A figure that is
hidden there is hidden here, and so is the cost per exit: with the cost beside it, it would tell the number.
"""

import datetime
from calendar import monthrange
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import Max

from ekonomi import bok_utfall
from ekonomi.belopp import NOLL, ORE, kr
from ekonomi.models import Verifikationsrad
from insatser.models import Avtal
from samordning.karna.kalender import Period, halvar, helar, idag
from samordning.karna.models import Rapportversion
from samordning.karna.templatetags.samordning import datum

DOLT = ".."
RAPPORTTYP = "halvar"  # the half-year report, which holds the year too


# ---- Pure arithmetic


def per_enhet(kostnad: Decimal, antal) -> Decimal | None:
    """Kronor for each, halves rounded up to whole öre; None of nothing or of what is not known."""
    if not antal:
        return None
    exakt = Fraction(kostnad) / Fraction(antal)
    return (Decimal(exakt.numerator) / exakt.denominator).quantize(ORE, ROUND_HALF_UP)


def deltagarveckor(deltagare: int, veckor: int) -> int:
    """50 participants in 16 weeks are as much as 25 in 32 (G27)."""
    return deltagare * veckor


def helarsplatser(platser: int, del_av_aret: Fraction) -> Fraction:
    """Eight places for half a year are four for a whole (G30)."""
    return platser * Fraction(del_av_aret)


def del_av_aret(start: datetime.date, slut: datetime.date, ar: int) -> Fraction:
    """How much of a calendar year lies within two days, both counted: each month is a twelfth, and part of a month its
    days' part of that."""
    summa = Fraction(0)
    for manad in range(1, 13):
        dagar = monthrange(ar, manad)[1]
        fran = max(start, datetime.date(ar, manad, 1))
        till = min(slut, datetime.date(ar, manad, dagar))
        summa += Fraction(max((till - fran).days + 1, 0), dagar)
    return summa / 12


def per_avslut(kostnad: Decimal, antal):
    """Kronor for each exit; hidden when the number is."""
    return DOLT if antal == DOLT else per_enhet(kostnad, antal)


def aret_av_delar(delar: list):
    """A figure of the year out of its parts, as the board has them; hidden when one of them is, None when one is
    missing. Both are known to the same readers, so their sum tells nothing new."""
    if any(del_ is None for del_ in delar):
        return None
    return DOLT if DOLT in delar else sum(delar)


# ---- The report


@dataclass(frozen=True)
class Rad:
    """An insats. `veckor` and `platser` are what its agreements say of the year, None where one says nothing; `avslut`
    is a number, DOLT, or None when it is not released."""

    namn: str
    slug: str
    budget: Decimal
    kostnad: Decimal
    veckor: Fraction | None = None
    platser: Fraction | None = None
    avslut: int | str | None = None
    hela_aret: bool = True

    def _per(self, antal):
        return per_enhet(self.kostnad, antal) if self.hela_aret else None

    @property
    def per_vecka(self):
        return self._per(self.veckor)

    @property
    def per_plats(self):
        return self._per(self.platser)

    @property
    def per_avslut(self):
        return per_avslut(self.kostnad, self.avslut) if self.hela_aret else None

    @property
    def veckor_tal(self):
        """Agreed weeks with at most one decimal."""
        return _tal(self.veckor)

    @property
    def platser_tal(self):
        return _tal(self.platser)


@dataclass(frozen=True)
class Kostnadsrapport:
    """`ovrigt` is what lines without an insats cost; `kalla` says where the exits come from, empty when nothing is
    released; `brister` why the figures are not whole."""

    ar: int
    rader: tuple[Rad, ...]
    ovrigt: Decimal
    hela_aret: bool
    kalla: str
    brister: tuple[str, ...]

    @property
    def insatser(self) -> Decimal:
        return sum((rad.kostnad for rad in self.rader), NOLL)

    @property
    def summa(self) -> Decimal:
        return self.insatser + self.ovrigt


def rapport(ar) -> Kostnadsrapport | None:
    """The costs of a year; None when no ledger is read in. A fixed number of queries."""
    utfall = bok_utfall.utfall(ar)
    if utfall is None:
        return None
    bokford_till = Verifikationsrad.objects.filter(verksamhetsar=ar).aggregate(dag=Max("datum"))["dag"]
    hela_aret = idag() > datetime.date(ar.ar, 12, 31) and bokford_till >= datetime.date(ar.ar, 12, 1)
    rader = {}
    for post in ar.poster.exclude(insats=None).select_related("insats"):
        fore = rader.get(post.insats_id) or Rad(post.insats.namn, post.insats.slug, NOLL, NOLL, hela_aret=hela_aret)
        raknas = post.Kolumn.BUDGET not in post.memo
        rader[post.insats_id] = replace(
            fore, budget=fore.budget + (post.belopp if raknas else NOLL),
            kostnad=fore.kostnad + utfall.poster.get(post.pk, NOLL),
        )  # fmt: skip
    avtalat = _avtalat(ar.ar, rader)
    avslut, kalla = _avslut(ar.ar)
    klara = tuple(
        replace(rad, **avtalat.get(pk, {}), avslut=avslut.get(rad.slug))
        for pk, rad in sorted(rader.items(), key=lambda par: (-par[1].kostnad, par[1].namn))
    )
    ovrigt = utfall.kostnader - sum((rad.kostnad for rad in klara), NOLL)
    return Kostnadsrapport(ar.ar, klara, ovrigt, hela_aret, kalla, tuple(_brister(ar, utfall, hela_aret, bokford_till)))


def _brister(ar, utfall, hela_aret, bokford_till):
    antal, kronor = utfall.omappat
    if antal:
        yield (
            f"Talen är inte fullständiga: {antal} rad{'er' if antal > 1 else ''} för {kr(kronor)} i bokföringen har "
            "ingen regel, så de hör inte till någon insats."
        )
    if utfall.i_filen not in (None, utfall.resultat):
        yield "Bokföringen här är inte lika med filens egen summa (#RES)."
    if not hela_aret:
        yield (
            f"Bokföringen för {ar} slutar {datum(bokford_till)}. Kostnad per deltagarvecka, plats och avslut räknas "
            "när hela året är bokfört."
        )


def _avtalat(ar, insatser):
    """{insats: its weeks and places of the year}. A sum is not known when one of the agreements says nothing."""
    ut = {}
    avtal = Avtal.objects.filter(
        insats__in=list(insatser), start__lte=datetime.date(ar, 12, 31), slut__gte=datetime.date(ar, 1, 1)
    )  # fmt: skip
    for insats, start, slut, veckor, platser in avtal.values_list(
        "insats", "start", "slut", "deltagarveckor", "platser"
    ):
        del_ = del_av_aret(start, slut, ar)
        rad = ut.setdefault(insats, {"veckor": Fraction(0), "platser": Fraction(0)})
        for namn, antal in (("veckor", veckor), ("platser", platser)):
            rad[namn] = None if antal is None or rad[namn] is None else rad[namn] + helarsplatser(antal, del_)
    return ut


def _avslut(ar):
    """({slug: exits of the year, DOLT}, where they come from), of what is released to the board: the year itself, or
    both its halves. One query."""
    perioder = (helar(ar), halvar(ar, 1), halvar(ar, 2))
    delar = {}
    versioner = Rapportversion.objects.filter(typ=RAPPORTTYP, malgrupp=Rapportversion.Malgrupp.STYRELSE)
    for version in versioner.utgivna().overlappar([perioder[0]]).order_by("-slappt", "-version", "-pk"):
        if version.varden.get("for") != Rapportversion.Malgrupp.STYRELSE:
            continue
        for del_ in version.varden["delar"]:
            delar.setdefault(Period.av_text(*del_["period"]), (del_, version))
    aret, *halvor = (delar.get(period) for period in perioder)
    valda = [aret] if aret else halvor
    if None in valda:
        return {}, ""
    slugar = set(valda[0][0]["per_insats"])
    tal = {slug: aret_av_delar([_celltal(del_, slug) for del_, _ in valda]) for slug in slugar}
    return tal, " och ".join(dict.fromkeys(_kalla(del_, version) for del_, version in valda))


def _celltal(del_, slug):
    """P4, ended: a number or DOLT; None when the insats is not in it."""
    insats = del_["per_insats"].get(slug)
    return insats and insats["celler"]["P4"]["T"]


def _kalla(del_, version):
    period = Period.av_text(*del_["period"]).namn
    return f"rapporten för {period}, version {version.version}, släppt {datum(version.slappt)}"


def _tal(antal):
    if antal is None:
        return None
    return (Decimal(antal.numerator) / antal.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
