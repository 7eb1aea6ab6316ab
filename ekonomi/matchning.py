"""Requisitions and the rows of the ledger where they are booked: what fits, what is joined, what is left (MC4)."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Abs

from ekonomi import bok_utfall
from ekonomi.models import Bokkonto, Bokkoppling, Budgetpost, Rekvisition, Verifikationsrad
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse

FORE, EFTER = timedelta(31), timedelta(120)  # a row is booked so long before or after the day that it is compared with
NAMNET, ORDET, DAGEN = 100, 10, 5
FLEST_FORSLAG = 5
ALLMANNA = {"kommun", "kommunen", "region", "regionen", "insats", "insatsen"}  # words that tell nobody apart
# Those that the ledger should have: two have attested them.
BOKFORS = (Rekvisition.Lage.ATTESTERAD, Rekvisition.Lage.BETALD)


@dataclass(frozen=True)
class Forslag:
    """A row that may be where the requisition is booked, and what speaks for it. More points are better."""

    rad: Verifikationsrad
    poang: int
    varfor: str
    ensam: bool = False  # no other row of any requisition speaks as well


def vantande(ar):
    """The year's requisitions that the ledger should have and that no row is joined to."""
    rader = Rekvisition.objects.filter(ar=ar.ar, lage__in=BOKFORS, bokkoppling=None)
    return rader.select_related("avtal__insats", "mottagare").order_by("pk")


def kopplade(ar):
    """The year's joined pairs, by requisition."""
    rader = Bokkoppling.objects.filter(rekvisition__ar=ar.ar)
    return rader.select_related("rekvisition__avtal__insats", "rad__verifikation", "av").order_by("rekvisition")


def koppling(rekvisition):
    """Where a requisition is booked, or None. One query."""
    return Bokkoppling.objects.filter(rekvisition=rekvisition).select_related("rad__verifikation").first()


def har_bok(rekvisition):
    """Whether there is a ledger to look in. One query."""
    return Verifikationsrad.objects.filter(verksamhetsar__ar=rekvisition.ar).exists()


def lediga_rader(ar):
    """Rows of a cost that no requisition is joined to: of the year, and of the next, where what is late is paid."""
    balans = Bokkonto.objects.filter(verksamhetsar=OuterRef("verksamhetsar"), nr=OuterRef("konto"), balans=True)
    return Verifikationsrad.objects.filter(
        ~Exists(balans), koppling=None, belopp__gt=0, verksamhetsar__ar__in=(ar.ar, ar.ar + 1)
    )


def narmast(rader, belopp):
    """The rows with the amount that is nearest first."""
    return rader.select_related("verifikation").order_by(Abs(F("belopp") - belopp), "datum", "pk")


def forslag(ar, rekvisitioner):
    """{requisition: [Forslag, best first]}: the same amount, about the same time. One query for all of them."""
    rekvisitioner = list(rekvisitioner)
    villkor = Q(pk__in=[])
    for rad in rekvisitioner:
        fran, till = _dagar(rad)
        villkor |= Q(belopp=rad.belopp, datum__range=(fran, till))
    per_belopp = {}
    for rad in lediga_rader(ar).filter(villkor).for_lista():
        per_belopp.setdefault(rad.belopp, []).append(rad)
    ut = {}
    for rekvisition in rekvisitioner:
        fran, till = _dagar(rekvisition)
        rader = [rad for rad in per_belopp.get(rekvisition.belopp, []) if fran <= rad.datum <= till]
        alla = sorted((_bedom(rekvisition, rad) for rad in rader), key=lambda ett: (-ett.poang, ett.rad.pk))
        ut[rekvisition.pk] = alla[:FLEST_FORSLAG]
    return _med_ensamma(ut)


def _med_ensamma(alla):
    """The best of each, marked where it is the only best one and nobody else's best."""
    basta = [rader[0].rad.pk for rader in alla.values() if rader]
    for pk, rader in alla.items():
        if rader and basta.count(rader[0].rad.pk) == 1 and (not rader[1:] or rader[0].poang > rader[1].poang):
            alla[pk] = [replace(rader[0], ensam=True), *rader[1:]]
    return alla


def _dagar(rekvisition):
    """(first day, last day) that a row may have."""
    if rekvisition.betald_dag:
        return rekvisition.betald_dag - FORE, rekvisition.betald_dag + FORE
    forsta, sista = rekvisition.dagar
    return forsta, sista + EFTER


def _bedom(rekvisition, rad):
    text = rad.hela_texten.casefold()
    poang, skal = 0, ["samma belopp"]
    if re.search(rf"\brekvisition(en)? (nr )?{rekvisition.pk}\b", text):
        poang += NAMNET
        skal.append(f"texten nämner rekvisition {rekvisition.pk}")
    ord_ = set(re.findall(r"\w{4,}", f"{rekvisition.avtal.insats} {rekvisition.mottagare}".casefold())) - ALLMANNA
    if traffar := sorted(ett for ett in ord_ if re.search(rf"\b{re.escape(ett)}\b", text)):
        poang += ORDET * len(traffar)
        skal.append(f"texten nämner {', '.join(traffar)}")
    if rekvisition.betald_dag:
        ifran = abs((rad.datum - rekvisition.betald_dag).days)
        poang += max(0, DAGEN - ifran)
        skal.append("samma dag som den betalades" if not ifran else f"{ifran} dagar från betalningen")
    return Forslag(rad, poang, ", ".join(skal))


def obokade_rader(ar, utfall):
    """Costs of the year's insatser that no requisition is joined to, as `for_lista`. `utfall` is the year's
    `bok_utfall.Utfall` or None. One query beside the list's own."""
    if utfall is None:
        return Verifikationsrad.objects.none()
    poster = set(
        Budgetpost.objects.filter(verksamhetsar=ar, block=Budgetpost.Block.INSATSER).values_list("pk", flat=True)
    )
    grupper = [rad for rad in utfall.grupper if rad.post in poster]
    return bok_utfall.rader_i(ar, grupper).filter(koppling=None, belopp__gt=0).for_lista()


@transaction.atomic
def koppla(rekvisition, rad, *, av):
    """Join the two. Refused in words when one of them is joined already or does not fit."""
    rekvisition = Rekvisition.objects.select_for_update(of=("self",)).get(pk=rekvisition.pk)
    rad = Verifikationsrad.objects.select_for_update(of=("self",)).select_related("verifikation").get(pk=rad.pk)
    if rekvisition.lage not in BOKFORS:
        lage = rekvisition.get_lage_display().lower()
        raise OtillatenOvergang(f"Rekvisitionen är {lage} och ska inte vara bokförd än. Inget ändrades.")
    if Bokkoppling.objects.filter(rekvisition=rekvisition).exists():
        raise OtillatenOvergang("Rekvisitionen är redan kopplad till en verifikation. Inget ändrades.")
    if Bokkoppling.objects.filter(rad=rad).exists():
        raise OtillatenOvergang("Raden i bokföringen hör redan till en annan rekvisition. Inget ändrades.")
    koppling = Bokkoppling.objects.create(rekvisition=rekvisition, rad=rad, av=av)
    Handelse.logga(rekvisition, "bokford", av=av, data={"verifikation": str(rad.verifikation)})
    return koppling


@transaction.atomic
def lossa(koppling, *, av):
    """Undo."""
    koppling = Bokkoppling.objects.select_for_update(of=("self",)).select_related("rekvisition").get(pk=koppling.pk)
    Handelse.logga(koppling.rekvisition, "bokforing_lossad", av=av)
    koppling.delete()
    return koppling.rekvisition
