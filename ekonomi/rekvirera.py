"""What the steps of a requisition do besides moving it: look at the sum, tell who waits, write what happened."""

from django.db import transaction
from django.urls import reverse

from ekonomi.belopp import kr
from ekonomi.models import Rekvisition
from ekonomi.reports import saldon
from insatser.models import Avtal
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Anvandare, Roll
from samordning.karna.notiser import notify

HANDELSER = {
    "skapad": "Rekvisitionen skrevs",
    "andrad": "Rekvisitionen ändrades",
    "skicka": "Skickades in",
    "attestera_forst": "Första attesten",
    "attestera_sist": "Andra attesten",
    "skicka_tillbaka": "Skickades tillbaka",
    "betala": "Betald",
    "aterkalla": "Återkallades",
}


def las_avtal(pk):
    """The agreement's row, locked so that what is left of it stands still until the transaction ends."""
    return Avtal.objects.select_for_update(of=("self",), no_key=True).select_related("insats", "huvudpart").get(pk=pk)


@transaction.atomic
def skicka(rekvisition, *, av):
    """Send it to those who attest. Refused in words when the agreement's sum has been lowered under it."""
    las_avtal(rekvisition.avtal_id)
    saldo = {rad.ar: rad for rad in saldon([rekvisition.avtal_id], utom=rekvisition.pk)}.get(rekvisition.ar)
    kvar = saldo.kvar if saldo else 0
    if rekvisition.belopp > kvar:
        raise OtillatenOvergang(
            f"Rekvisitionen är inte skickad. {kr(rekvisition.belopp)} är mer än de {kr(kvar)} som finns kvar för "
            f"{rekvisition.ar}. Ändra beloppet och skicka igen."
        )
    rekvisition.skicka(av=av)
    notify(Anvandare.objects.med_roll(Roll.KANSLI, Roll.EKONOM), "ekonomi/rekvisition_inskickad", _lank(rekvisition))


@transaction.atomic
def skicka_tillbaka(rekvisition, *, av, skal):
    rekvisition.skicka_tillbaka(av=av, skal=skal)
    notify(parternas(rekvisition), "ekonomi/rekvisition_tillbaka", _lank(rekvisition))


@transaction.atomic
def attestera_sist(rekvisition, *, av):
    rekvisition.attestera_sist(av=av)
    notify(Anvandare.objects.med_roll(Roll.EKONOM), "ekonomi/rekvisition_att_betala", _lank(rekvisition))


@transaction.atomic
def betala(rekvisition, *, av, dag):
    rekvisition.betala(av=av, dag=dag)
    notify(parternas(rekvisition), "ekonomi/rekvisition_betald", _lank(rekvisition))


def parternas(rekvisition):
    """Everybody who represents a party of the agreement today."""
    avtal = rekvisition.avtal
    parter = [avtal.huvudpart_id, *avtal.parter.values_list("pk", flat=True)]
    return Anvandare.objects.med_roll(Roll.PARTSFORETRADARE, parter=parter)


def konteringstext(rekvisition: Rekvisition) -> str:
    """What the bookkeeper writes on the voucher: it names the requisition, so that the two can be matched later."""
    return f"{rekvisition}, {rekvisition.avtal.insats}, {rekvisition.period_i_ord}"


def att_kopiera(rekvisition: Rekvisition) -> str:
    """The lines that are typed into a ledger, ready to be copied as they stand."""
    avtal = rekvisition.avtal
    rader = (
        ("Belopp", kr(rekvisition.belopp)),
        ("Period", rekvisition.period_i_ord),
        ("Mottagare", rekvisition.mottagare),
        ("Insats", avtal.insats),
        ("Avtal", f"{avtal.start} – {avtal.slut}"),
        ("Konteringstext", konteringstext(rekvisition)),
    )
    return "\n".join(f"{etikett}: {varde}" for etikett, varde in rader)


def _lank(rekvisition):
    return reverse("ekonomi:rekvisition_detail", args=[rekvisition.pk])
