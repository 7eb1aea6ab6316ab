"""What waits for a user in this app, for the pages of the roof."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localdate

from remisser.models import SVARSTID, UTKAST_LEVER, Remiss
from remisser.reports import vantande
from samordning.karna.kalender import lagg_till_arbetsdagar
from samordning.karna.models import Roll
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.paneler import AttGora
from samordning.karna.templatetags.samordning import talord


def att_gora(user):
    """At most three queries, one for each role."""
    poster = []
    if user.ar_kansli:
        poster += _vantar_i_insatserna()
    if user.har_roll(Roll.INSATSPERSONAL):
        poster += _att_besvara(user)
    if user.har_roll(Roll.REMITTENT):
        poster += _utkast(user)
    return poster


def _vantar_i_insatserna():
    """Numbers only (beslut.md 2)."""
    return [
        AttGora(
            f"{rad['insats']} har remisser som väntar",
            reverse("remisser:flode"),
            f"Obesvarade: {rad['obesvarade']}. Den äldsta har väntat {_dagar(rad['aldsta_dagar'])}.",
        )
        for rad in vantande()
    ]


def _dagar(antal):
    return "mindre än en dag" if antal == 0 else "en dag" if antal == 1 else f"{talord(antal)} dagar"


def _att_besvara(user):
    rader = (
        Remiss.objects.mottagna_av(user)
        .obesvarade()
        .values("insats__namn")
        .annotate(antal=Count("pk"), aldsta=Min("skickad"))
        .order_by(SvenskOrdning("insats__namn"))
    )
    return [
        AttGora(
            f"Svara på {'en remiss' if rad['antal'] == 1 else talord(rad['antal']) + ' remisser'}",
            reverse("remisser:inkorg_list"),
            f"{rad['insats__namn']}. Den som remitterade ska ha svar inom {talord(SVARSTID)} arbetsdagar.",
            lagg_till_arbetsdagar(localdate(rad["aldsta"]), SVARSTID),
        )
        for rad in rader
    ]


def _utkast(user):
    utkast = Remiss.objects.skickade_av(user).filter(lage=Remiss.Lage.UTKAST, skapad_av=user)
    rad = utkast.aggregate(antal=Count("pk"), aldst=Min("andrad"))
    if not rad["antal"]:
        return []
    vad = "ett utkast" if rad["antal"] == 1 else f"{talord(rad['antal'])} utkast"
    return [
        AttGora(
            f"Skriv klart {vad} till remiss",
            reverse("remisser:remiss_list"),
            "Den dagen tas det äldsta utkastet bort om du inte skickar det.",
            localdate(rad["aldst"] + UTKAST_LEVER),
        )
    ]
