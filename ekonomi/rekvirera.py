"""What the steps of a requisition do besides moving it: look at the sum, tell who waits, write what happened."""

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format

from ekonomi.belopp import NOLL, kr
from ekonomi.models import Rekvisition
from ekonomi.reports import saldon
from insatser.models import Avtal
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Anvandare, Roll
from samordning.karna.notiser import notify

ANDRAD = "Rekvisitionen har ändrats sedan du öppnade sidan. Läs igenom den och gör om steget. Inget ändrades."
HANDELSER = {
    "skapad": "Rekvisitionen skrevs",
    "andrad": "Rekvisitionen ändrades",
    "skicka": "Skickades in",
    "attestera_forst": "Första attesten",
    "attestera_sist": "Andra attesten",
    "skicka_tillbaka": "Skickades tillbaka",
    "betala": "Betald",
    "aterkalla": "Återkallades",
    "bokford": "Kopplades till bokföringen",
    "bokforing_lossad": "Kopplingen till bokföringen togs bort",
}


def las_avtal(pk):
    """The agreement's row, locked so that what is left of it stands still until the transaction ends."""
    return Avtal.objects.select_for_update(of=("self",), no_key=True).select_related("insats", "huvudpart").get(pk=pk)


def las(rekvisition, sedd: int | None = None):
    """The requisition as it is now, locked until the transaction ends. The agreement first, as everywhere, so that two
    never wait for each other. `sedd`: the version that the person had in sight; refused in words when it is another."""
    las_avtal(rekvisition.avtal_id)
    rader = Rekvisition.objects.select_related("avtal__insats", "mottagare", "underlag")
    nu = rader.select_for_update(of=("self",)).get(pk=rekvisition.pk)
    if sedd is not None and sedd != nu.version:
        raise OtillatenOvergang(ANDRAD)
    return nu


def _kraver_pengar(rekvisition, steg, vad):
    """Nothing goes on towards payment when the agreement's sum or days have been changed under it."""
    if steg not in rekvisition.mojliga_overgangar:
        return  # the step itself says so
    if hinder := utanfor_avtalet(rekvisition.avtal, rekvisition):
        raise OtillatenOvergang(f"{vad} {hinder}")
    saldo = next(rad for rad in saldon([rekvisition.avtal_id]) if rad.ar == rekvisition.ar)
    if saldo.kvar < 0:
        raise OtillatenOvergang(
            f"{vad} För {saldo.ar} är {kr(saldo.beviljat)} beviljat, men {kr(saldo.rekvirerat)} är rekvirerat med den "
            f"här. Bara {kr(max(rekvisition.belopp + saldo.kvar, NOLL))} finns kvar för {saldo.ar}. Ändra eller "
            "återkalla en rekvisition för året, eller be kansliet rätta avtalets belopp."
        )


def utanfor_avtalet(avtal, rekvisition):
    """Why a period cannot be claimed of an agreement, in Swedish; empty when they have days in common."""
    forsta, sista = rekvisition.dagar
    if forsta <= avtal.slut and sista >= avtal.start:
        return ""
    dagar = f"{date_format(avtal.start, 'j F Y')} till {date_format(avtal.slut, 'j F Y')}"
    return f"Avtalet gäller {dagar}, så {rekvisition.period_i_ord} går inte att rekvirera."


@transaction.atomic
def skicka(rekvisition, *, av, sedd):
    """Send it to those who attest. Refused in words when the agreement has been changed under it."""
    rekvisition = las(rekvisition, sedd)
    _kraver_pengar(rekvisition, "skicka", "Rekvisitionen är inte skickad.")
    rekvisition.skicka(av=av)
    notify(Anvandare.objects.med_roll(Roll.KANSLI, Roll.EKONOM), "ekonomi/rekvisition_inskickad", _lank(rekvisition))


@transaction.atomic
def skicka_tillbaka(rekvisition, *, av, skal):
    rekvisition = las(rekvisition)
    rekvisition.skicka_tillbaka(av=av, skal=skal)
    notify(parternas(rekvisition), "ekonomi/rekvisition_tillbaka", _lank(rekvisition))


@transaction.atomic
def attestera_forst(rekvisition, *, av, sedd):
    rekvisition = las(rekvisition, sedd)
    _kraver_pengar(rekvisition, "attestera_forst", "Attesten är inte sparad.")
    rekvisition.attestera_forst(av=av)


@transaction.atomic
def attestera_sist(rekvisition, *, av, sedd):
    rekvisition = las(rekvisition, sedd)
    _kraver_pengar(rekvisition, "attestera_sist", "Attesten är inte sparad.")
    rekvisition.attestera_sist(av=av)
    notify(Anvandare.objects.med_roll(Roll.EKONOM), "ekonomi/rekvisition_att_betala", _lank(rekvisition))


@transaction.atomic
def betala(rekvisition, *, av, dag, sedd):
    rekvisition = las(rekvisition, sedd)
    _kraver_pengar(rekvisition, "betala", "Betalningen är inte sparad.")
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
