"""What waits for a user in this app, for the pages of the roof."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from insatser.models import Avtal, Insats, Insatskontakt, Medarbetare
from insatser.visning import senast_bekraftad
from samordning.karna.kalender import idag
from samordning.karna.models import Roll
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.paneler import AttGora

# Half a year: a new agreement needs a decision by the board.
FORE_AVTALETS_SLUT = timedelta(days=184)


def att_gora(user):
    """A fixed number of queries: three for the kansli, one for staff."""
    if user.ar_kansli:
        return _avtal_som_slutar() + _utan_kontakt() + _platser(Insats.objects.filter(publicerad=True))
    if user.har_roll(Roll.INSATSPERSONAL):
        egna = Medarbetare.objects.pagaende().filter(anvandare=user).values("insats")
        return _platser(Insats.objects.visible_to(user).filter(pk__in=egna))
    return []


def _avtal_som_slutar():
    """Agreements that end soon and that no later one follows, dated by the last day."""
    foljs = Avtal.objects.filter(insats=OuterRef("insats"), start__gt=OuterRef("slut"))
    avtal = (
        Avtal.objects.filter(~Exists(foljs), slut__gte=idag(), slut__lte=idag() + FORE_AVTALETS_SLUT)
        .select_related("insats")
        .order_by("slut", "pk")
    )
    return [
        AttGora(
            f"{'Besluta om förlängning' if rad.utnyttjade < rad.optioner else 'Förbered nytt avtal'} för {rad.insats}",
            reverse("insatser:avtal_edit", args=[rad.insats.slug, rad.pk]),
            _varfor(rad),
            rad.slut,
        )
        for rad in avtal
        if not rad.insats.har_avslutats
    ]


def _varfor(avtal):
    if avtal.utnyttjade < avtal.optioner:
        return "Avtalets sista dag. Det kan förlängas med ett år."
    return "Avtalets sista dag. Det kan inte förlängas."


def _utan_kontakt():
    kontakter = Insatskontakt.objects.filter(insats=OuterRef("pk"))
    insatser = Insats.objects.pagaende().filter(~Exists(kontakter), publicerad=True)
    return [
        AttGora(
            f"Lägg till en kontaktperson för {insats}",
            reverse("insatser:insats_kontakt_create", args=[insats.slug]),
            "Insatsen har ingen kontaktperson i katalogen.",
            marke=("Kontaktperson saknas", "fara", "trekant"),
        )
        for insats in insatser.order_by(SvenskOrdning("namn"), "pk")
    ]


def _platser(insatser):
    return [
        AttGora(
            f"Bekräfta lediga platser i {insats}",
            reverse("insatser:insats_platser", args=[insats.slug]),
            "Ingen har fyllt i lediga platser."
            if insats.platser_bekraftade is None
            else f"{senast_bekraftad(insats)}.",
        )
        for insats in insatser.med_gamla_platser().order_by(SvenskOrdning("namn"), "pk")
    ]
