"""What waits for a user because of meetings, and where a case was treated (beslut.md 31; MA6, MA7)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from moten.models import Justerare, Justeringskommentar, Mote, Narvaro, Punkt, Utfall
from samordning.karna.kalender import idag
from samordning.karna.paneler import AttGora, Tidsrad
from samordning.karna.templatetags.samordning import datum

FLEST = 20
SNART = timedelta(days=7)
FORE_KALLELSE = timedelta(days=3)  # before the last day to call
SEN = ("Sent", "fara", "trekant")


def att_gora(user):
    """A fixed number of queries: three for everybody, two more for the kansli."""
    return _egna(user) + (_kansliets() if user.ar_kansli else [])


def _egna(user):
    """Records to approve, summons to answer, and what meetings gave the user to do."""
    rader = [
        AttGora(
            f"Justera protokollet från {rad.mote.organ} {datum(rad.mote.dag)}",
            reverse("moten:justering", args=[rad.mote_id]), "Du är justerare.",
        )
        for rad in Justerare.objects.filter(
            kontakt__anvandare=user, justerade=None, mote__lage=Mote.Lage.JUSTERING
        ).select_related("mote__organ")[:FLEST]
    ]  # fmt: skip
    rader += [
        AttGora(
            f"Svara på kallelsen till {rad.mote.organ} {datum(rad.mote.dag)}",
            reverse("moten:mote_detail", args=[rad.mote_id]), "Säg om du kommer.", rad.mote.svara_senast,
        )
        for rad in Narvaro.objects.filter(
            kontakt__anvandare=user, kallad__isnull=False, svar="", mote__lage=Mote.Lage.KALLAT, mote__dag__gte=idag()
        ).select_related("mote__organ").order_by("mote__dag")[:FLEST]
    ]  # fmt: skip
    snart = Utfall.objects.att_folja_upp().filter(ansvarig__anvandare=user, senast__lte=idag() + SNART)
    return rader + [
        AttGora(
            rad.text[:120], reverse("moten:atgard_edit", args=[rad.pk]),
            f"Från {rad.punkt.mote.organ} {datum(rad.punkt.mote.dag)}.", rad.senast,
            SEN if rad.senast < idag() else None,
        )
        for rad in snart.select_related("punkt__mote__organ")[:FLEST]
    ]  # fmt: skip


# state -> (what to do, the page, why)
EFTERAT = {
    "stang": ("Avsluta mötet", "mote_detail", "Mötet har varit men är inte avslutat."),
    "justera": ("Skicka protokollet till justerarna", "justering", "Mötet är avslutat."),
    "publicera": ("Publicera anteckningarna", "mote_detail", "De är klara men inte publicerade."),
}


def _kansliets():
    """Meetings to call to, to close, to have approved and to publish, and comments to answer."""
    dag = idag()
    obesvarade = Justeringskommentar.objects.filter(justerare__mote=OuterRef("pk"), svar="")
    moten = (
        Mote.objects.filter(
            Q(lage=Mote.Lage.PLANERAT, dag__gte=dag, dag__lte=dag + timedelta(days=90) + FORE_KALLELSE)
            | Q(lage__in=(Mote.Lage.KALLAT, Mote.Lage.PAGAR), dag__lt=dag, dag__gt=dag - timedelta(days=365))
            | Q(lage__in=(Mote.Lage.AVSLUTAT, Mote.Lage.JUSTERAT), importkorning=None)
            | Q(lage=Mote.Lage.JUSTERING)
        )
        .select_related("organ").annotate(kommentar=Exists(obesvarade)).order_by("dag", "pk")
    )  # fmt: skip
    return [rad for rad in map(_kansliets_rad, moten) if rad][:FLEST]


def _kansliets_rad(mote):
    namn = f"{mote.organ} {datum(mote.dag)}"
    if mote.lage == Mote.Lage.PLANERAT:
        senast = mote.dag - timedelta(days=mote.organ.kallelse_dagar)
        if senast > idag() + FORE_KALLELSE:
            return None
        url = reverse("moten:kallelse_create", args=[mote.pk])
        return AttGora(
            f"Kalla till {namn}", url, f"Kallelsen går ut {mote.organ.kallelse_dagar} dagar före.", senast,
            SEN if senast < idag() else None,
        )  # fmt: skip
    if mote.lage == Mote.Lage.JUSTERING:
        url = reverse("moten:justering", args=[mote.pk])
        return AttGora(f"Svara på kommentarer till {namn}", url, "En justerare vill ändra.") if mote.kommentar else None
    if mote.lage in (Mote.Lage.KALLAT, Mote.Lage.PAGAR):
        slag = "stang"
    else:
        slag = "justera" if mote.lage == Mote.Lage.AVSLUTAT and mote.organ.justeras else "publicera"
    text, sida, varfor = EFTERAT[slag]
    return AttGora(f"{text}: {namn}", reverse(f"moten:{sida}", args=[mote.pk]), varfor)


# ---- Where a case was treated (MA7)


@dataclass(frozen=True)
class Behandling:
    """One treatment of a case in a meeting that the reader may read. `utfall` is what came of it, in words."""

    dag: date
    organ: str
    beteckning: str
    rubrik: str
    utfall: str
    url: str


def behandlad(arenden, user):
    """[Behandling] of the cases (primary keys), the latest first. Derived, never typed. Two queries."""
    punkter = (
        Punkt.objects.visible_to(user)
        .filter(arende__in=list(arenden), mote__lage__in=Mote.AVSLUTADE)
        .select_related("mote__organ").prefetch_related("utfall").order_by("-mote__dag", "ordning")
    )  # fmt: skip
    return [
        Behandling(
            punkt.mote.dag, str(punkt.mote.organ), punkt.beteckning, punkt.rubrik, _utfall(punkt),
            f"{reverse('moten:mote_detail', args=[punkt.mote_id])}#p{punkt.pk}",
        )
        for punkt in punkter
    ]  # fmt: skip


def _utfall(punkt):
    antal = defaultdict(int)
    for rad in punkt.utfall.all():
        if rad.arendeutfall:
            return rad.get_arendeutfall_display()
        antal[rad.get_typ_display().lower()] += 1
    if antal:
        return ", ".join(f"{nr} {namn}" for namn, nr in antal.items()).capitalize()
    return punkt.get_status_display()


def tidslinje(arende, user):
    """Rows of the case's page: oldest first."""
    return [
        Tidsrad(
            rad.dag, f"{rad.organ} tog upp ärendet", f"{_ord(rad.beteckning)}. {rad.utfall}.",
            lankar=(("Läs punkten", rad.url),), slag="yttrande",
        )
        for rad in reversed(behandlad([arende.pk], user))
    ]  # fmt: skip


def _ord(beteckning):
    return beteckning if beteckning.startswith("§") else f"Punkt {beteckning}"
