"""What waits for a user in this app, and what it knows about a case, for the pages of the roof."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from ekonomi import bokpaneler, hjulpaneler, policies
from ekonomi.belopp import kr
from ekonomi.models import Rekvisition
from ekonomi.reports import saldon
from insatser.models import Avtal, Avtalsar
from samordning.karna.kalender import idag, senaste_hela_halvar
from samordning.karna.models import Roll
from samordning.karna.paneler import Atgard, AttGora, NastaSteg, Tidsrad

FLEST = 20
# A period is asked for when a month has passed after its end.
EFTER_PERIODEN = datetime.timedelta(30)
MARKEN = {
    "utkast": ("Utkast", "", "ring"),
    "inskickad": ("Väntar på attest", "varn", "ring"),
    "attesterad_1": ("Väntar på andra attest", "info", "halv"),
    "attesterad": ("Att betala", "info", "halv"),
    "betald": ("Betald", "bra", "full"),
    "tillbaka": ("Skickad tillbaka", "fara", "trekant"),
    "aterkallad": ("Återkallad", "", "streck"),
}


def att_gora(user):
    """A fixed number of queries: two for who looks after the money, four for a party's representative, and the
    wheel's and the ledger's."""
    poster = hjulpaneler.att_gora(user)
    if policies.can_attest(user):
        poster += _att_attestera(user) + _att_betala()
    if egna := user.parter_som(Roll.PARTSFORETRADARE):
        poster += _att_ratta(user) + _att_rekvirera(egna)
    return poster + bokpaneler.att_gora(user)


def _att_attestera(user):
    rader = Rekvisition.objects.att_attestera_for(user).select_related("avtal__insats", "mottagare")
    return [
        AttGora(
            f"Attestera rekvisitionen för {rad.avtal.insats}, {rad.period_i_ord}",
            _lank(rad),
            f"{kr(rad.belopp)} till {rad.mottagare}. Inskickad {localdate(rad.inskickad)}.",
            marke=MARKEN[rad.lage],
        )
        for rad in rader.order_by("inskickad")[:FLEST]
    ]


def _att_betala():
    rader = Rekvisition.objects.filter(lage=Rekvisition.Lage.ATTESTERAD).select_related("avtal__insats", "mottagare")
    return [
        AttGora(
            f"Betala rekvisitionen för {rad.avtal.insats}, {rad.period_i_ord}",
            _lank(rad),
            f"{kr(rad.belopp)} till {rad.mottagare}. Attesterad av två.",
        )
        for rad in rader.order_by("attest2")[:FLEST]
    ]


def _att_ratta(user):
    rader = Rekvisition.objects.visible_to(user).filter(lage=Rekvisition.Lage.TILLBAKA)
    return [
        AttGora(
            f"Rätta rekvisitionen för {rad.avtal.insats}, {rad.period_i_ord}",
            _lank(rad),
            "Den är skickad tillbaka. Vad som behöver rättas står på sidan.",
            marke=MARKEN["tillbaka"],
        )
        for rad in rader.select_related("avtal__insats").order_by("pk")[:FLEST]
    ]


def _att_rekvirera(parter):
    """Agreements that ran during the last whole half-year and have asked for nothing of it, a month after its end."""
    period = senaste_hela_halvar(idag() - EFTER_PERIODEN)
    perioder = ("H1", "K1", "K2") if period.fran.month == 1 else ("H2", "K3", "K4")
    begart = Rekvisition.objects.galler().filter(avtal=OuterRef("pk"), ar=period.fran.year, period__in=perioder)
    pengar = Avtalsar.objects.filter(avtal=OuterRef("pk"), ar=period.fran.year, kronor__gt=0)
    avtal = (
        _partens_avtal(parter)
        .filter(~Exists(begart), Exists(pengar), start__lte=period.till, slut__gte=period.fran)
        .select_related("insats")
    )
    rader = {rad.pk: rad for rad in avtal.order_by("pk")[:FLEST]}
    kvar = {rad.avtal: rad.kvar for rad in saldon(list(rader)) if rad.ar == period.fran.year}
    return [
        AttGora(
            f"Rekvirera för {rad.insats}, {period.namn}",
            reverse("ekonomi:rekvisition_create", args=[pk]),
            f"Inget är rekvirerat för perioden. {kr(kvar[pk])} finns kvar för {period.fran.year}.",
            period.till + EFTER_PERIODEN,
        )
        for pk, rad in rader.items()
        if kvar.get(pk, 0) > 0
    ]


def _lank(rekvisition):
    return reverse("ekonomi:rekvisition_detail", args=[rekvisition.pk])


def _partens_avtal(parter):
    """Agreements that any of the parties has signed, each once."""
    som_part = Avtal.parter.through.objects.filter(part__in=parter).values("avtal")
    return Avtal.objects.filter(Q(pk__in=som_part) | Q(huvudpart__in=parter))


def tidslinje(arende, user):
    """The requisitions of the case's agreements, with where each is. One query."""
    rader = Rekvisition.objects.visible_to(user).filter(avtal__beslut__arende=arende)
    return [
        Tidsrad(
            localdate(rad.inskickad or rad.skapad),
            f"Rekvisition, {rad.period_i_ord}",
            f"{kr(rad.belopp)} till {rad.mottagare}.",
            "klar" if rad.lage in ("betald", "aterkallad") else "nu",
            lankar=(("Till rekvisitionen", _lank(rad)),),
            marke=MARKEN[rad.lage],
            slag="pengar",
        )
        for rad in rader.select_related("mottagare").order_by("skapad", "pk")
    ]


def nasta_steg(arende, user):
    """Only while a requisition waits: then the money is what the case waits for. One query."""
    vantar = (Rekvisition.Lage.INSKICKAD, Rekvisition.Lage.ATTESTERAD_1, Rekvisition.Lage.ATTESTERAD)
    rad = (
        Rekvisition.objects.visible_to(user)
        .filter(avtal__beslut__arende=arende, lage__in=vantar)
        .order_by("inskickad", "pk")
        .first()
    )
    if rad is None:
        return None
    if rad.lage == Rekvisition.Lage.ATTESTERAD:
        return NastaSteg("Rekvisition väntar på betalning", "Ekonomen", varfor=f"{kr(rad.belopp)}, {rad.period_i_ord}.")
    vem = "Kansliet, förbundschefen eller ekonomen"
    return NastaSteg("Rekvisition väntar på attest", vem, varfor=f"{kr(rad.belopp)}, {rad.period_i_ord}.")


def atgarder(arende, user):
    """ "Rekvirera" for each agreement of the case that has money left for the user to ask for. Three queries."""
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    if not egna and not user.ar_kansli:
        return []
    avtal = (Avtal.objects.all() if user.ar_kansli else _partens_avtal(egna)).filter(beslut__arende=arende)
    med_kvar = {rad.avtal for rad in saldon(avtal) if rad.kvar > 0}
    return [Atgard("Rekvirera", reverse("ekonomi:rekvisition_create", args=[pk])) for pk in sorted(med_kvar)]


def fakta(arende, user):
    """What the case's agreements grant, what is claimed of it, and what is left. Two queries, three for a party."""
    avtal = Avtal.objects.filter(beslut__arende=arende)
    if not user.har_roll(*policies.SER_ALLA):
        egna = user.parter_som(Roll.PARTSFORETRADARE)
        if not egna:
            return []
        avtal = _partens_avtal(egna).filter(beslut__arende=arende)
    rader = saldon(avtal)
    if not rader:
        return []
    beviljat, rekvirerat = sum(rad.beviljat for rad in rader), sum(rad.rekvirerat for rad in rader)
    return [("Beviljat", kr(beviljat)), ("Rekvirerat", kr(rekvirerat)), ("Kvar", kr(beviljat - rekvirerat))]
