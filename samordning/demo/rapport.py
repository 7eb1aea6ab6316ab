"""A report that the demo's board has already got, and the extensions that are written from it."""

from samordning.demo import forlangningar
from samordning.demo.konton import KONTON
from samordning.karna import jobb
from samordning.karna.kalender import halvar, idag
from samordning.karna.models import Anvandare, Rapportversion
from uppfoljning import rapportversioner


def bestall():
    """Order it, as the demo's kansli; a worker makes and releases it. The first half of last year."""
    kansli = Anvandare.objects.get(epost=next(epost for _, epost, _ in KONTON if epost.startswith("kansli@")))
    period = halvar(idag().year - 1, 1)
    return jobb.bestall(
        "samordning.demo.rapport.gor", {"period": rapportversioner.halvarskod(period)}, kansli,
        rubrik=f"Halvårsrapport, {period.namn}",
    )  # fmt: skip


def gor(arbete):
    """The job: the report's own, and then the kansli's steps until the board and the public have it."""
    rapportversioner.gor(arbete)
    sats = rapportversioner.satsen(
        Rapportversion.objects.samma_bestallning(rapportversioner.TYP, arbete.parametrar).latest("pk")
    )
    rapportversioner.granska(sats["intern"], arbete.bestalld_av)
    for malgrupp in ("styrelse", "publik"):
        rapportversioner.slapp(Rapportversion.objects.get(pk=sats[malgrupp].pk), arbete.bestalld_av)
    forlangningar.skriv(arbete.bestalld_av)
