"""Agreements as pages and panels say them: which year it is, what comes next, what each budget year is bound to."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, Sum, Value, When
from django.utils.formats import date_format

from insatser import optioner
from insatser.linjekarta import avtalstid
from insatser.models import Avtal, Avtalsar, Villkor
from insatser.visning import avtalsperioder, ganger, periodnamn, upprakning
from samordning.karna.kalender import idag
from samordning.karna.models import Installning

# Setting: how many days before an agreement's last day that the next decision is to be begun.
FORE_DAGAR = {"forlangning_startas_dagar": optioner.FORE.days}
AR_BAKAT, AR_FRAMAT = 1, 3
VILLKORSMARKEN = {
    Villkor.Status.UPPFYLLT: ("Uppfyllt", "bra", "full"),
    Villkor.Status.EJ_UPPFYLLT: ("Inte uppfyllt", "fara", "trekant"),
}


def fore():
    """The time before the end, as decided. One query."""
    return datetime.timedelta(int(Installning.objects.varden(FORE_DAGAR)["forlangning_startas_dagar"]))


@dataclass(frozen=True)
class Avtalslage:
    """Where an agreement is on a day. `foljs`: a later agreement takes over, so nothing need be decided."""

    avtal: Avtal
    perioder: list
    status: str
    nasta: optioner.NastaBeslut | None
    foljs: bool
    dag: datetime.date

    @property
    def ar_dags(self):
        return bool(self.nasta and not self.foljs and self.nasta.ar_dags(self.dag))

    @property
    def kan_forlangas(self):
        return bool(self.nasta and not self.nasta.ny_ansokan)

    @property
    def marke(self):
        text = self.status[0].upper() + self.status[1:]
        if self.status == "har gått ut":
            return (text, "", "streck")
        if self.status == "har inte börjat":
            return (f"Börjar {_dag(self.avtal.start)}", "info", "ring")
        if self.status == "ny ansökan krävs":
            return (text, "", "halv") if self.foljs else (text, "fara", "trekant")
        return (text, "varn" if self.status == "sista året" else "info", "halv")

    @property
    def nasta_i_ord(self):
        """What must be decided and when it is to be begun, in one sentence."""
        if self.foljs:
            return "Följs av ett nytt avtal."
        if self.nasta is None:
            return ""
        vad = "En ny ansökan" if self.nasta.ny_ansokan else f"Förlängning {self.nasta.period.nr}"
        ar = upprakning(str(ar) for ar in self.nasta.period.ar)
        nar = "skulle ha startats senast" if self.dag > self.nasta.starta_senast else "startas senast"
        return f"{vad} {nar} {_dag(self.nasta.starta_senast)} och gäller budgetår {ar}."

    @property
    def forlangning_i_ord(self):
        """Ett år två gånger, från september 2024 sista år."""
        if not self.avtal.optioner:
            return "Kan inte förlängas"
        return f"Ett år {ganger(self.avtal.optioner)}, {optioner.sista_aret_i_ord(self.perioder)}"

    def periodrader(self):
        """[(name, period, mark)] for a page."""
        return [(periodnamn(rad, self.avtal), rad, _periodmarke(rad.lage(self.dag))) for rad in self.perioder]

    def bild(self):
        """The years as a line."""
        return avtalstid(avtalsperioder(self.avtal, self.dag), self.dag)


def lage(avtal, fore_, dag=None):
    """The state of an agreement today. `avtal.foljs` is asked for when the query did not say it."""
    dag = dag or idag()
    tider = (avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)
    foljs = getattr(avtal, "foljs", None)
    if foljs is None:
        foljs = Avtal.objects.filter(insats=avtal.insats_id, start__gt=avtal.slut).exists()
    return Avtalslage(
        avtal,
        optioner.perioder(*tider),
        optioner.status(*tider, dag, fore_),
        optioner.nasta_beslut(*tider, dag, fore_),
        bool(foljs or (avtal.insats.slut and avtal.insats.slut < dag)),
        dag,
    )


def period_i_ord(period):
    return f"{_dag(period.fran)} till {_dag(period.till)}"


def villkorsmarke(villkor, dag=None):
    """(text, kind, symbol): green when it is met, red when it is not or the day has passed."""
    if marke := VILLKORSMARKEN.get(villkor.status):
        return marke
    if villkor.foljs_upp < (dag or idag()):
        return ("Skulle ha följts upp", "fara", "trekant")
    return ("Inte uppföljt", "varn", "ring")


def rapportmarke(rapport, dag=None):
    """(text, kind, symbol) of a half-year report."""
    dag = dag or idag()
    if rapport.lage in rapport.OPPNA:
        if rapport.senast < dag:
            return ("Försenad", "fara", "trekant")
        if rapport.lage == rapport.Lage.UTKAST:
            return ("Utkast", "info", "halv")
        return ("Kommer", "", "ring") if rapport.fran > dag else ("Att skriva", "varn", "ring")
    slag = {rapport.Lage.INLAMNAD: ("info", "halv"), rapport.Lage.GODKAND: ("bra", "full")}
    return (rapport.get_lage_display(), *slag.get(rapport.lage, ("", "streck")))


# ---- The watch list


def for_lista(user):
    """Those that a user sees with what a row shows: ongoing ones by their last day, then ended ones. Three queries at
    any length."""
    dag = idag()
    foljs = Avtal.objects.filter(insats=OuterRef("insats"), start__gt=OuterRef("slut"))
    return (
        Avtal.objects.visible_to(user)
        .annotate(
            foljs=Exists(foljs),
            avslutat=Case(When(slut__lt=dag, then=Value(1)), default=Value(0), output_field=IntegerField()),
        )
        .select_related("insats", "huvudpart")
        .prefetch_related("belopp", "parter")
        .order_by("avslutat", Case(When(slut__gte=dag, then=F("slut")), default=None), "-slut", "pk")
    )


def som_ror(rader, ar):
    """Those whose time, or the years that they may be prolonged, touch a budget year."""
    kvar = ExpressionWrapper(F("slut__year") + F("optioner") - F("utnyttjade"), output_field=IntegerField())
    return rader.alias(sista_mojliga=kvar).filter(start__year__lte=ar, sista_mojliga__gte=ar)


@dataclass(frozen=True)
class Budgetar:
    """What a budget year is bound to by agreements, and what options could bind more. Kronor."""

    ar: int
    bundet: Decimal
    antal: int
    mojligt: Decimal


def budgetar(user):
    """[Budgetar] from last year and four years on, of what the user sees. Three queries."""
    forsta = idag().year - AR_BAKAT
    aren = range(forsta, idag().year + AR_FRAMAT + 1)
    synliga = Avtal.objects.visible_to(user)
    bundet = {
        rad["ar"]: (rad["summa"], rad["antal"])
        for rad in Avtalsar.objects.filter(
            avtal__in=synliga.values("pk"), ar__in=aren, ar__gte=F("avtal__start__year"), ar__lte=F("avtal__slut__year")
        )
        .values("ar")
        .annotate(summa=Sum("kronor"), antal=Count("avtal"))
    }
    mojligt = dict.fromkeys(aren, Decimal(0))
    kan_forlangas = synliga.pagaende().utan_fortsattning().filter(Q(utnyttjade__lt=F("optioner")))
    for avtal in kan_forlangas.prefetch_related("belopp"):
        for ar, kronor in mojliga_belopp(avtal).items():
            if ar in mojligt:
                mojligt[ar] += kronor
    return [Budgetar(ar, *bundet.get(ar, (Decimal(0), 0)), mojligt[ar]) for ar in aren]


def mojliga_belopp(avtal):
    """{budget year: kronor} that the options that are left could bind."""
    alla = optioner.perioder(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)
    return optioner.mojliga_belopp(alla, {rad.ar: rad.kronor for rad in avtal.belopp.all()})


def _periodmarke(lage_):
    return {
        "klar": ("Klar", "", "full"),
        "nu": ("Pågår", "info", "halv"),
        "kommer": ("Beslutad, börjar senare", "info", "ring"),
        "mojlig": ("Möjlig", "varn", "ring"),
    }[lage_]


def _dag(dag):
    return date_format(dag, "j F Y")
