"""Sets of report versions for tests: made by the real job, with files that cost nothing to draw."""

from unittest import mock

from samordning.karna import jobb
from samordning.karna.models import Anvandare, Rapportversion
from uppfoljning import rapportversioner

ENKLA = {
    "pdf": lambda varden, raknad: b"%PDF- " + varden["for"].encode(),
    "xlsx": lambda varden, raknad: b"PK " + varden["for"].encode(),
    "json": rapportversioner.RITARE["json"],
}


def gor_sats(kod="2024H1", av=None):
    """{audience: row} of a new set, as a worker makes it."""
    arbete = jobb.ta(jobb.bestall(rapportversioner.UPPGIFT, {"period": kod}, av).pk)
    with mock.patch.object(rapportversioner, "RITARE", ENKLA):
        rapportversioner.gor(arbete)
    intern = Rapportversion.objects.filter(parametrar={"period": kod}, malgrupp="intern").latest("version")
    return rapportversioner.satsen(intern)


def slappt_sats(kod="2024H1"):
    """The same, reviewed and released to the board and the public; the one that is there already if there is one."""
    utgivna = Rapportversion.objects.utgivna().filter(parametrar={"period": kod})
    if finns := utgivna.order_by("version").last():
        return rapportversioner.satsen(finns)
    av = Anvandare.objects.first() or Anvandare.objects.skapa("kansliet@example.se", "Kansli", "hemligt-losen-123")
    sats = gor_sats(kod)
    rapportversioner.granska(sats["intern"], av)
    for malgrupp in ("styrelse", "publik"):
        rapportversioner.slapp(Rapportversion.objects.get(pk=sats[malgrupp].pk), av)
    return rapportversioner.satsen(sats["intern"])
