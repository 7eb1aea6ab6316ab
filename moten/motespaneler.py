"""What waits for a user because of meetings, and where a case was treated (beslut.md 31; MA6, MA7)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from moten import anslag
from moten.models import Justerare, Justeringskommentar, Mote, Narvaro, Utfall
from moten.reports import behandlad
from samordning.karna.kalender import idag, nu
from samordning.karna.paneler import AttGora, Tidsrad
from samordning.karna.templatetags.samordning import datum

FLEST = 20
SNART = timedelta(days=7)
FORE_KALLELSE = timedelta(days=3)  # before the last day to call
GLOMT = timedelta(days=30)  # after the approval: an older record that is not on the board never was to be
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
    "publicera": ("Publicera anteckningarna", "publicera", "De är klara men inte publicerade."),
}


def _kansliets():
    """Meetings to call to, to close, to have approved, to announce and to publish, and comments to answer."""
    dag = idag()
    obesvarade = Justeringskommentar.objects.filter(justerare__mote=OuterRef("pk"), svar="")
    moten = (
        Mote.objects.filter(
            Q(lage=Mote.Lage.PLANERAT, dag__gte=dag, dag__lte=dag + timedelta(days=90) + FORE_KALLELSE)
            | Q(lage__in=(Mote.Lage.KALLAT, Mote.Lage.PAGAR), dag__lt=dag, dag__gt=dag - timedelta(days=365))
            | Q(lage__in=(Mote.Lage.AVSLUTAT, Mote.Lage.JUSTERAT), importkorning=None)
            | Q(lage=Mote.Lage.JUSTERING)
            | Q(lage=Mote.Lage.PUBLICERAT, organ__justeras=True, justerat__gte=nu() - GLOMT, importkorning=None)
        )
        .select_related("organ", "anslag").annotate(kommentar=Exists(obesvarade)).order_by("dag", "pk")
    )  # fmt: skip
    return [rad for mote in moten for rad in (_anslas(mote), _kansliets_rad(mote)) if rad][:FLEST]


def _anslas(mote):
    """An approved record is announced within two days, published or not."""
    if not mote.justerat or mote.justerat < nu() - GLOMT or not anslag.kan_anslas(mote) or hasattr(mote, "anslag"):
        return None
    senast = anslag.senast(mote)
    return AttGora(
        f"Anslå protokollet: {mote.organ} {datum(mote.dag)}", reverse("moten:anslag_edit", args=[mote.pk]),
        "Att det är justerat ska stå på anslagstavlan.", senast, SEN if senast < idag() else None,
    )  # fmt: skip


def _kansliets_rad(mote):
    namn = f"{mote.organ} {datum(mote.dag)}"
    if mote.lage == Mote.Lage.PUBLICERAT:
        return None
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


def tidslinje(arende, user):
    """Rows of the case's page: oldest first. What was sent with the case stands beside what was decided (MA22)."""
    return [
        Tidsrad(
            rad.dag, f"{rad.organ} tog upp ärendet", f"{rad.plats[:1].upper()}{rad.plats[1:]}. {rad.utfall}.",
            citat="\n".join(rad.medskick), lankar=(("Läs punkten", rad.url),), slag="yttrande",
        )
        for rad in reversed(behandlad([arende.pk], user))
    ]  # fmt: skip
