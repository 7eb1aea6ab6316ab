"""The end of a year: what has to be in place, its result, what is carried over, and what was corrected afterwards.

A year is closed by the transition `avsluta`; after it nothing of the year goes away and what is added says why
(triggers 0004 and 0007). Corrections come the way the ledger does, as a SIE file with a reason: a voucher that was
written here and not in the bookkeeping would be a difference that no later file could explain.
"""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import F, Max, Q, Sum

from ekonomi import bok_utfall, matchning
from ekonomi.belopp import NOLL, ORE, kr
from ekonomi.models import (
    Bokimport,
    Bokkonto,
    Boksaldo,
    Dokument,
    Prognos,
    Rekvisition,
    Verifikation,
    Verifikationsrad,
    Verksamhetsar,
)
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.templatetags.samordning import datum

EGET_KAPITAL = "20"  # the first digits of accounts of equity, in EU-BAS and Kommun-Bas
HANDELSE = "bokslut"
INGEN_BOK = "Ingen bokföring är inläst."
Lage = Verksamhetsar.Lage


@dataclass(frozen=True)
class Kontroll:
    """One thing that should be in place. `krav`: the year is not closed without it. `url` is a URL name that takes the
    year's key, or none, as `med_ar` says."""

    text: str
    klar: bool
    varfor: str
    krav: bool = False
    url: str = ""
    med_ar: bool = True


@dataclass(frozen=True)
class Bokslut:
    """`kapital_in` is what the year began with: by the ledger where a file says it, else by the budget. `vid_avslut` is
    what was noted when the year was closed, None before. `hel`: the year is over and its ledger whole, so that the sums
    are the year's."""

    ar: Verksamhetsar
    utfall: object
    kontroller: tuple[Kontroll, ...]
    kapital_in_bok: Decimal | None
    resultat: Decimal | None
    nasta: Verksamhetsar | None
    vid_avslut: dict | None
    hel: bool = False

    @property
    def avslutat(self) -> bool:
        return self.ar.lage == Lage.AVSLUTAT

    @property
    def kapital_in(self) -> Decimal:
        return self.ar.eget_kapital_in if self.kapital_in_bok is None else self.kapital_in_bok

    @property
    def kapital_ut(self) -> Decimal | None:
        """Closing equity, which is what the next year begins with; to whole öre."""
        if self.resultat is None:
            return None
        return (self.kapital_in + self.resultat).quantize(ORE, ROUND_HALF_UP)

    @property
    def hinder(self) -> list[Kontroll]:
        """What must be done before the year can be closed."""
        return [rad for rad in self.kontroller if rad.krav and not rad.klar]

    @property
    def kvar(self) -> list[Kontroll]:
        """What should have been done, but does not stop it."""
        return [rad for rad in self.kontroller if not rad.krav and not rad.klar]

    @property
    def resultat_vid_avslut(self) -> Decimal | None:
        return self.vid_avslut and Decimal(self.vid_avslut["resultat"])

    @property
    def rattat(self) -> Decimal | None:
        """What corrections have done to the result since the year was closed."""
        return None if self.vid_avslut is None or self.resultat is None else self.resultat - self.resultat_vid_avslut

    @property
    def skillnad_nasta(self) -> Decimal | None:
        """How much less the next year's budget begins with than this one ends with."""
        if self.nasta is None or self.kapital_ut is None:
            return None
        return self.kapital_ut - self.nasta.eget_kapital_in


def bokslut(ar) -> Bokslut:
    """The closing of a year as it stands now. A fixed number of queries."""
    utfall = bok_utfall.utfall(ar)
    dag = Verifikationsrad.objects.filter(verksamhetsar=ar).aggregate(dag=Max("datum"))["dag"]
    kapital_in = _kapital_in(ar)
    resultat = utfall and utfall.resultat + sum(
        (rad.belopp for rad in utfall.grupper if bok_utfall.ar_resultatkonto(rad.konto)), NOLL
    )
    handelse = Handelse.objects.om(ar).filter(namn=HANDELSE).first() if ar.lage == Lage.AVSLUTAT else None
    hel = _ar_slut(ar) and _hel(ar, utfall, dag)
    return Bokslut(
        ar, utfall, tuple(_kontroller(ar, utfall, kapital_in, dag)), kapital_in, resultat,
        Verksamhetsar.objects.filter(ar=ar.ar + 1).first(), handelse and handelse.data, hel,
    )  # fmt: skip


def _kapital_in(ar):
    """Opening equity as the latest saved file gives it (#IB of the accounts of equity); None when none does."""
    rader = (
        Boksaldo.objects.filter(verksamhetsar=ar, slag=Boksaldo.Slag.IB, konto__startswith=EGET_KAPITAL)
        .order_by()
        .values_list(F("bokimport__korning"))
        .annotate(summa=Sum("belopp"))
    )
    senast = max(rader, default=None)
    return -senast[1] if senast else None


# ---- What has to be in place


def _ar_slut(ar):
    return idag() > datetime.date(ar.ar, 12, 31)


def _hel(ar, utfall, dag):
    """Whether the ledger reaches into the last month."""
    return bool(utfall and dag >= datetime.date(ar.ar, 12, 1))


def _kontroller(ar, utfall, kapital_in, dag):
    sista = f"Sista dagen är {datum(datetime.date(ar.ar, 12, 31))}."
    yield Kontroll("Året är slut", _ar_slut(ar), sista, krav=True)
    beslutad = ar.lage in (Lage.FASTSTALLD, Lage.AVSLUTAT)
    yield Kontroll(
        "Budgeten är fastställd", beslutad,
        "Styrelsens beslut är inskrivet." if beslutad else "Skriv in styrelsens beslut på budgetens sida.", krav=True,
        url="ekonomi:ar_detail",
    )  # fmt: skip
    yield from _om_bokforingen(ar, utfall, kapital_in, dag)
    yield from _om_rekvisitioner(ar)
    last = Prognos.objects.filter(verksamhetsar=ar, lage=Prognos.Lage.LAST).aggregate(nr=Max("nr"))["nr"]
    yield Kontroll(
        "Prognos", bool(last), f"Prognos {last} är låst." if last else "Ingen prognos är låst för styrelsen.",
        url="ekonomi:prognos_list",
    )  # fmt: skip
    slag, faststallt = Dokument.Slag.ARSREDOVISNING, Dokument.Lage.FASTSTALLT
    klar = Dokument.objects.filter(slag=slag, ar=ar.ar, lage=faststallt).exists()
    yield Kontroll(
        "Årsredovisning", klar, "Den är fastställd." if klar else "Styrelsen ska besluta om den inom tre månader.",
        url="ekonomi:dokument_list", med_ar=False,
    )  # fmt: skip


def _om_bokforingen(ar, utfall, kapital_in, dag):
    yield Kontroll(
        "Bokföringen är sparad för hela året", _hel(ar, utfall, dag),
        f"Den slutar {datum(dag)}." if dag else INGEN_BOK, krav=True, url="ekonomi:bok_list",
        med_ar=False,
    )  # fmt: skip
    vantar = Bokimport.objects.filter(verksamhetsar=ar, lage__in=("uppladdad", "granskad")).count()
    yield Kontroll(
        "Inga importer väntar", not vantar,
        f"{vantar} väntar på att sparas eller avvisas." if vantar else "Alla filer är sparade eller avvisade.",
        krav=True, url="ekonomi:bok_list", med_ar=False,
    )  # fmt: skip
    antal, kronor = utfall.omappat if utfall else (0, NOLL)
    regler = {"krav": True, "url": "ekonomi:regel_list"}
    yield Kontroll(
        "Varje rad i bokföringen har sin plats i budgeten", bool(utfall) and not antal,
        f"Omappat: {antal} rad{'' if antal == 1 else 'er'}, {kr(kronor)}.", **regler,
    )  # fmt: skip
    yield Kontroll(
        "Tabellen är lika med bokföringen", bool(utfall) and utfall.tabellens == utfall.resultat,
        f"Tabellen {kr(utfall.tabellens)}, bokföringen {kr(utfall.resultat)}." if utfall else INGEN_BOK,
        **regler,
    )  # fmt: skip
    yield Kontroll(
        "Bokföringen är lika med filens egen summa", bool(utfall) and utfall.i_filen in (None, utfall.resultat),
        _om_filen(utfall), **regler,
    )  # fmt: skip
    konton = f"konton som börjar på {EGET_KAPITAL}"
    bokens = "filen säger inget" if kapital_in is None else f"bokföringen {kr(kapital_in)} ({konton})"
    yield Kontroll(
        "Det egna kapitalet vid årets början är lika i budget och bokföring", kapital_in in (None, ar.eget_kapital_in),
        f"Budgeten {kr(ar.eget_kapital_in)}, {bokens}.",
        url="ekonomi:ar_detail",
    )  # fmt: skip


def _om_filen(utfall):
    if utfall is None:
        return INGEN_BOK
    if utfall.i_filen is None:
        return "Filen har ingen summa (#RES) att jämföra med."
    return f"Filen {kr(utfall.i_filen)}, bokföringen {kr(utfall.resultat)}."


def _om_rekvisitioner(ar):
    arets = Rekvisition.objects.filter(ar=ar.ar)
    obetalda = arets.exclude(lage__in=(Rekvisition.Lage.BETALD, Rekvisition.Lage.ATERKALLAD)).count()
    yield Kontroll(
        "Rekvisitionerna är betalda", not obetalda,
        f"{obetalda} är inte betald{'' if obetalda == 1 else 'a'}." if obetalda else "Inga väntar.",
        url="ekonomi:rekvisition_list", med_ar=False,
    )  # fmt: skip
    okopplade = matchning.vantande(ar).count()
    yield Kontroll(
        "Rekvisitionerna är kopplade till bokföringen", not okopplade,
        f"{okopplade} saknar verifikation." if okopplade else "Alla som är attesterade är kopplade.",
        url="ekonomi:matchning_list",
    )  # fmt: skip


# ---- Close, and carry over


@transaction.atomic
def avsluta(ar, *, av) -> Bokslut:
    """Close the year and note what it came to. OtillatenOvergang, in words, when something that must be there is
    not."""
    ar = Verksamhetsar.objects.select_for_update(of=("self",)).get(pk=ar.pk)
    nu = bokslut(ar)
    if ar.lage != Lage.AVSLUTAT and nu.hinder:
        vad = " ".join(f"{rad.text}: {rad.varfor}" for rad in nu.hinder)
        raise OtillatenOvergang(f"{ar} kan inte avslutas än. {vad} Inget ändrades.")
    ar._overga("avsluta", av=av)
    tal = {"resultat": nu.resultat, "eget_kapital": nu.kapital_ut, "kostnader": nu.utfall.kostnader}
    Handelse.logga(ar, HANDELSE, av=av, data={namn: f"{belopp:f}" for namn, belopp in tal.items()})
    return nu


@transaction.atomic
def for_over(ar, *, av, sedd: str) -> Verksamhetsar:
    """Write closing equity into the next year's budget. OtillatenOvergang, in words, when that is decided, or when the
    sum is no longer the one that was seen."""
    ar, *efter = Verksamhetsar.objects.select_for_update(of=("self",)).filter(ar__in=(ar.ar, ar.ar + 1)).order_by("ar")
    nu = bokslut(ar)
    if not efter or not nu.hel:
        raise OtillatenOvergang(
            "Det finns inget belopp att föra över, eller ingen budget att föra det till. Året ska vara slut och hela "
            "dess bokföring inläst. Inget ändrades."
        )
    nasta = efter[0]
    if not nasta.skrivbar:
        raise OtillatenOvergang(
            f"Budgeten för {nasta} är {nasta.get_lage_display().lower()}. Börja en revidering först. Inget ändrades."
        )
    if f"{nu.kapital_ut:f}" != sedd:
        raise OtillatenOvergang("Beloppet har ändrats sedan du öppnade sidan. Läs det igen. Inget ändrades.")
    fore, nasta.eget_kapital_in = nasta.eget_kapital_in, nu.kapital_ut
    nasta.version += 1
    nasta.save(update_fields=["eget_kapital_in", "version"])
    data = {"eget_kapital_in": [f"{fore:f}", f"{nu.kapital_ut:f}"]}
    Handelse.logga(nasta, "andrad", av=av, data=data)
    return nasta


def rattelser(ar):
    """Vouchers that were written with a reason, newest first: `omslutning` is their debit, `effekt` what they do to the
    year's result. Two queries."""
    balans = list(Bokkonto.objects.filter(verksamhetsar=ar, balans=True).values_list("nr", flat=True))
    return (
        Verifikation.objects.filter(verksamhetsar=ar)
        .exclude(skal="")
        .select_related("rattar", "bokimport__korning__anvandare")
        .annotate(
            omslutning=Sum("rader__belopp", filter=Q(rader__belopp__gt=0), default=NOLL),
            effekt=-Sum("rader__belopp", filter=~Q(rader__konto__in=balans), default=NOLL),
        )
        .order_by("-pk")
    )
