"""What waits for a user in this app, for the pages of the roof."""

from django.urls import reverse

from insatser import ansokan_paneler, avtal_paneler, brister, utbud_paneler
from insatser.models import Insats, Medarbetare
from insatser.visning import mallrester, senast_bekraftad, upprakning
from samordning.karna.models import Roll
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.paneler import AttGora

PANELER = (ansokan_paneler, avtal_paneler, utbud_paneler)


def att_gora(user):
    """A fixed number of queries: those of each subject, and three for the kansli or one for staff."""
    rader = [rad for panel in PANELER for rad in panel.att_gora(user)]
    return rader + _om_katalogen(user)


def _om_katalogen(user):
    if user.ar_kansli:
        return _utan_kontakt() + _mallrester() + _platser(Insats.objects.filter(publicerad=True))
    if user.har_roll(Roll.INSATSPERSONAL):
        egna = Medarbetare.objects.pagaende().filter(anvandare=user).values("insats")
        return _platser(Insats.objects.visible_to(user).filter(pk__in=egna))
    return []


def _utan_kontakt():
    insatser = Insats.objects.pagaende().filter(brister.villkor(brister.KONTAKT), publicerad=True)
    return [
        AttGora(
            f"Lägg till en kontaktperson för {insats}",
            reverse("insatser:insats_kontakt_create", args=[insats.slug]),
            "Insatsen har ingen kontaktperson i katalogen.",
            marke=("Kontaktperson saknas", "fara", "trekant"),
        )
        for insats in insatser.order_by(SvenskOrdning("namn"), "pk")
    ]


def _mallrester():
    insatser = Insats.objects.pagaende().filter(brister.villkor(brister.MALLTEXT), publicerad=True)
    return [
        AttGora(
            f"Ta bort mallens hjälptext i {insats}",
            reverse("insatser:insats_edit", args=[insats.slug]),
            f"Frågor till den som skriver står kvar i {upprakning(mallrester(insats)).lower() or 'texterna'}.",
            marke=("Hjälptext kvar", "varn", "trekant"),
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
