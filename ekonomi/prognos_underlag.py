"""What a forecast is counted from, read in a fixed number of queries: the ledger up to its day, agreements,
requisitions, and what somebody has written about a line."""

import datetime
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.timezone import localdate

from ekonomi import bok_utfall, matchning, prognos, reports
from ekonomi.belopp import NOLL, ORE, kr
from ekonomi.fordelning import dela
from ekonomi.models import (
    Bokkoppling,
    Budgetpost,
    Konteringsregel,
    Medlemsbidrag,
    Prognos,
    Prognosrad,
    Rekvisition,
    Verifikationsrad,
    Verksamhetsar,
)
from insatser.models import Avtal
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.templatetags.samordning import datum

SKICKADE = tuple(
    lage for lage in Rekvisition.Lage if lage not in (*Rekvisition.SKRIVBARA, Rekvisition.Lage.ATERKALLAD)
)  # fmt: skip
HUVUDMAN, OVRIGA = Konteringsregel.Mal.HUVUDMAN, Konteringsregel.Mal.OVRIGA


@dataclass
class Avtalat:
    """Of one insats and year: what is asked for and not booked, what is granted and not asked for, and what is taken to
    be booked though nobody has joined it; `slut` is the last day of its agreements."""

    namn: str
    slut: datetime.date
    rekvirerat: Decimal = NOLL
    kvar: Decimal = NOLL
    antaget: Decimal = NOLL
    varningar: list = field(default_factory=list)


def rapport(rad: Prognos) -> prognos.Prognosrapport:
    """The forecast as it is now: of a draft counted, of a frozen one as it was. A fixed number of queries."""
    if rad.varden:
        return prognos.ur_varden(rad.varden)
    ar = rad.verksamhetsar
    utfall = bok_utfall.utfall(ar, rad.till)
    poster = list(ar.poster.select_related("insats"))
    avtalat = _avtalat(ar, rad.till, utfall, poster)
    forra = _forra(rad)
    skrivet = {rad_.post_id: rad_ for rad_ in rad.rader.all()}
    fore = forra.per_post() if forra else {}
    block = _block(poster, _underlag(poster, avtalat, utfall), avtalat, skrivet, fore)
    utan, utanfor = _utan_rad(utfall)
    intakter = list(_intakter(ar, utfall))
    egna = [*_avtal_utan_rad(poster, avtalat), *utan]
    if forra:  # a row that was not there then was nothing
        egna = [replace(ett, forra=forra.utan_post().get(ett.namn, NOLL)) for ett in egna]
        intakter = [replace(ett, forra=forra.utan_post().get(ett.namn, NOLL)) for ett in intakter]
    if egna:
        block.append(prognos.Block("Utan rad i budgeten", tuple(egna)))
    bokford_till = Verifikationsrad.objects.filter(verksamhetsar=ar).aggregate(dag=Max("datum"))["dag"]
    utan_kapital = prognos.Prognosrapport(
        ar=ar.ar, nr=rad.nr, till=rad.till, mote=_mote(rad.mote), kommentar=rad.kommentar,
        eget_kapital_in=ar.eget_kapital_in, intakter=tuple(intakter), block=tuple(block), utanfor=utanfor,
        varningar=tuple(_varningar(rad, utfall, bokford_till, avtalat)), bokford_till=bokford_till,
        forra=f"Prognos {forra.nr}" if forra else "", slut_forra=forra and forra.slut,
    )  # fmt: skip
    return _med_kapital(utan_kapital, ar)


def senaste_laste(ar, fore: int | None = None):
    """The latest frozen forecast of a year, or of those with a lower number. One query."""
    return Prognos.objects.senaste_laste(ar, fore)


def forsta_dag(ar) -> datetime.date:
    """The day that a new forecast is made up to unless somebody says another: the last one that the ledger has."""
    rader = Verifikationsrad.objects.filter(verksamhetsar=ar, datum__year=ar.ar, datum__lte=idag())
    sist = rader.aggregate(dag=Max("datum"))["dag"]
    return sist or max(min(idag(), datetime.date(ar.ar, 12, 31)), datetime.date(ar.ar, 1, 1))


def _forra(rad):
    last = senaste_laste(rad.verksamhetsar_id, rad.nr)
    return last and prognos.ur_varden(last.varden)


def _mote(mote):
    return f"{mote.organ}, {datum(mote.dag)}" if mote else ""


# ---- What is agreed and not booked


def _avtalat(ar, till, utfall, poster):
    """{insats: Avtalat}. Six queries."""
    skickade = list(
        Rekvisition.objects.filter(ar=ar.ar, lage__in=SKICKADE)
        .select_related("bokkoppling__rad")
        .order_by("pk")
    )  # fmt: skip
    avtal = Avtal.objects.filter(Q(belopp__ar=ar.ar) | Q(pk__in=[rad.avtal_id for rad in skickade]))
    ut, insats_for = {}, {}
    for pk, insats, namn, slut in avtal.distinct().values_list("pk", "insats", "insats__namn", "slut"):
        insats_for[pk] = insats
        rad = ut.setdefault(insats, Avtalat(namn, slut))
        rad.slut = max(rad.slut, slut)
    begart = defaultdict(Decimal)
    for rad in skickade:
        begart[rad.avtal_id] += rad.belopp
    for saldo in reports.saldon(list(insats_for)):
        if saldo.ar == ar.ar:
            ut[insats_for[saldo.avtal]].kvar += max(saldo.beviljat - begart[saldo.avtal], NOLL)
    lediga = _lediga(ar, till, utfall, skickade)
    egna = defaultdict(set)
    for post in poster:
        egna[post.insats_id].add(post.pk)
    utan_insats = {post.pk for post in poster if post.kategori == Budgetpost.Kategori.EJ_BESLUTAT} | {None}
    for rad in skickade:
        insats = insats_for[rad.avtal_id]
        _rakna_in(ut[insats], rad, ar, till, lediga, egna.get(insats) or utan_insats)
    kopplat = _kopplat(ar, till, utfall)
    for insats, rad in ut.items():
        # What is booked on the line without any requisition is a part of the agreement that was paid another way.
        okopplat = (
            sum((utfall.poster.get(post, NOLL) - kopplat[post] for post in egna[insats]), NOLL) if utfall else NOLL
        )
        rad.kvar -= min(max(okopplat - rad.antaget, NOLL), rad.kvar)
    return ut


def _kopplat(ar, till, utfall):
    """{line: kronor of its rows that a requisition, of any year, is joined to}. One query."""
    ut = defaultdict(Decimal)
    if utfall:
        post_for = {(rad.konto, rad.objekt): rad.post for rad in utfall.grupper}
        rader = Bokkoppling.objects.filter(rad__verksamhetsar=ar, rad__datum__lte=till)
        for konto, objekt, belopp in rader.values_list("rad__konto", "rad__objekt", "rad__belopp"):
            ut[post_for.get((konto, tuple(objekt)))] += belopp
    return ut


def _rakna_in(avtalat, rad, ar, till, lediga, plats):
    """A requisition counts once: as booked, or as asked for and not booked."""
    koppling = getattr(rad, "bokkoppling", None)
    if koppling and koppling.rad.verksamhetsar_id != ar.pk:
        avtalat.varningar.append(
            f"{rad} ({avtalat.namn}, {kr(rad.belopp)}) är bokförd ett annat år och räknas inte här."
        )
        return
    if koppling and koppling.rad.datum <= till:
        return
    borde = koppling is None and rad.lage in matchning.BOKFORS and localdate(rad.attest2) <= till
    if borde:
        funnen = next((post for post in plats if lediga[post, rad.belopp]), ...)
        avtalat.varningar.append(_om_okopplad(rad, avtalat, funnen is not ...))
        if funnen is not ...:
            lediga[funnen, rad.belopp] -= 1
            avtalat.antaget += rad.belopp
            return
    avtalat.rekvirerat += rad.belopp


def _om_okopplad(rad, avtalat, funnen):
    vad = "En kostnad med samma belopp finns, så den räknas som bokförd." if funnen else "Den räknas som inte bokförd."
    return f"{rad} ({avtalat.namn}, {kr(rad.belopp)}) är inte kopplad till bokföringen. {vad}"


def _lediga(ar, till, utfall, skickade):
    """Counter {(line or None, kronor): rows} of the ledger that no requisition is joined to, of the sums that are asked
    for. One query."""
    belopp = {rad.belopp for rad in skickade if not hasattr(rad, "bokkoppling")}
    ut = Counter()
    if not belopp or not utfall:
        return ut
    post_for = {(rad.konto, rad.objekt): rad.post for rad in utfall.grupper}
    rader = Verifikationsrad.objects.filter(verksamhetsar=ar, koppling=None, belopp__in=belopp, datum__lte=till)
    rader = rader.order_by().values_list("konto", "objekt", "belopp").annotate(antal=Count("pk"))
    for konto, objekt, kronor, antal in rader:
        if (konto, tuple(objekt)) in post_for:
            ut[post_for[konto, tuple(objekt)], kronor] += antal
    return ut


# ---- Line by line


def _underlag(poster, avtalat, utfall):
    """{line: prognos.Underlag}. What is agreed about an insats with several lines is shared by their budgets."""
    egna = defaultdict(list)
    for post in poster:
        if post.insats_id in avtalat:
            egna[post.insats_id].append(post)
    delar = {}
    for insats, rader in egna.items():
        vikter = [post.belopp if _raknas(post) else NOLL for post in rader]
        if not sum(vikter):
            vikter = [Decimal(nr == 0) for nr in range(len(rader))]
        ett = avtalat[insats]
        par = zip(dela(ett.rekvirerat, vikter, ORE), dela(ett.kvar, vikter, ORE), strict=True)
        delar |= {post.pk: del_ for post, del_ in zip(rader, par, strict=True)}
    bokfort = utfall.poster if utfall else {}
    return {
        post.pk: prognos.Underlag(
            post.belopp, bokfort.get(post.pk, NOLL), *delar.get(post.pk, (None, None)),
            ej_beslutat=post.kategori == Budgetpost.Kategori.EJ_BESLUTAT, raknas=_raknas(post),
        )
        for post in poster
    }  # fmt: skip


def _raknas(post):
    return Budgetpost.Kolumn.BUDGET not in post.memo


def _block(poster, underlag, avtalat, skrivet, fore):
    rader = {kod: [] for kod in Budgetpost.Block.values}
    for post in poster:
        u, eget = underlag[post.pk], skrivet.get(post.pk)
        forslag, hur = prognos.foresla(u)
        ett = avtalat.get(post.insats_id) if u.avtalat is not None else None
        if ett and (ett.slut.month, ett.slut.day) != (12, 31) and ett.slut.year <= post.verksamhetsar.ar:
            hur += f". Avtalet gäller till och med {datum(ett.slut)}, och en förlängning är inte med"
        rader[post.block].append(
            prognos.Rad(
                post.rubrik, post.belopp, u.utfall, u.avtalat, forslag, eget.belopp if eget else forslag, hur,
                eget.kommentar if eget else "", u.raknas, post.pk, fore.get(post.pk),
            )
        )  # fmt: skip
    return [prognos.Block(Budgetpost.Block(kod).label, tuple(lista)) for kod, lista in rader.items() if lista]


def _avtal_utan_rad(poster, avtalat):
    """What is agreed about insatser that no line of the budget is about."""
    med_rad = {post.insats_id for post in poster}
    utan = [ett for insats, ett in avtalat.items() if insats not in med_rad and ett.rekvirerat + ett.kvar]
    if utan:
        summa = sum((ett.rekvirerat + ett.kvar for ett in utan), NOLL)
        hur = "Avtalat och inte bokfört: " + ", ".join(f"{ett.namn} {kr(ett.rekvirerat + ett.kvar)}" for ett in utan)
        hur += ". Det som är bokfört på andra rader utan koppling till en rekvisition är inte avdraget"
        yield prognos.Rad("Avtal utan rad i budgeten", NOLL, NOLL, summa, summa, summa, hur)


def _utan_rad(utfall):
    """([the row of what no rule takes], what is booked outside of the budget as income less cost). The year's result
    that is booked as such is no cost: it moves the result to equity."""
    if utfall is None:
        return [], NOLL
    omappade = [rad for rad in utfall.omappade if not bok_utfall.ar_resultatkonto(rad.konto)]
    utanfor = -sum(
        (
            rad.belopp
            for rad in utfall.grupper
            if rad.mal == Konteringsregel.Mal.UTANFOR and not bok_utfall.ar_resultatkonto(rad.konto)
        ),
        NOLL,
    )
    if not omappade:
        return [], utanfor
    summa, antal = sum((rad.belopp for rad in omappade), NOLL), sum(rad.antal for rad in omappade)
    hur = f"{antal} rad{'er' if antal > 1 else ''} i bokföringen som ingen regel tar"
    return [prognos.Rad("Bokfört utan regel", NOLL, summa, None, summa, summa, hur)], utanfor


def _intakter(ar, utfall):
    bokfort = utfall.intakter if utfall else {}
    for kod, namn, budget in (
        (HUVUDMAN, "Intäkter från huvudmännen", ar.tilldelning),
        (OVRIGA, ar.ovriga_vad or "Övriga intäkter", ar.ovriga_intakter),
    ):
        belopp = bokfort.get(kod, NOLL)
        if kod == HUVUDMAN or budget or belopp:
            vantat, hur = prognos.foresla_intakt(budget, belopp)
            yield prognos.Rad(namn, budget, belopp, None, vantat, vantat, hur)


# ---- Around the lines


def _varningar(rad, utfall, bokford_till, avtalat):
    if utfall is None:
        yield (
            f"Ingen bokföring till och med {datum(rad.till)} är inläst för {rad.verksamhetsar}. Prognosen bygger bara "
            "på budgeten och avtalen."
        )
    elif bokford_till < rad.till:
        yield f"Bokföringen som är inläst slutar {datum(bokford_till)}, före prognosens dag."
    if utfall and utfall.omappade:
        antal, kronor = utfall.omappat
        yield f"{antal} rader för {kr(kronor)} i bokföringen har ingen regel. De räknas med på en egen rad."
    for ett in avtalat.values():
        yield from ett.varningar


def _med_kapital(rapport, ar):
    """The same with equity against the rule, on each base that it may mean (G24, G25). Two queries."""
    regel = reports.arets_regel(ar.ar)
    stat = ar.bidrag.filter(slag=Medlemsbidrag.Slag.STAT).values_list("belopp", flat=True)
    baser = regel.baser(ar.tilldelning, sum(stat, NOLL))
    tre = (rapport.eget_kapital_in, rapport.slut_budget, rapport.slut)
    return replace(
        rapport,
        kapital=tuple(
            prognos.Kapital(
                namn, bas, regel.hogst_procent(ar.tilldelning),
                *(regel.bedom(kronor, bas, steg=ar.tilldelning) for kronor in tre),
            )
            for namn, bas in baser
        ),
    )  # fmt: skip


# ---- Begin one, freeze one


class TalenAndrade(OtillatenOvergang):
    """What was seen is not what would be frozen."""


@transaction.atomic
def borja(rad: Prognos, *, av) -> tuple[Prognos, int]:
    """(the new draft, how many sums came along from the last one). `rad` has its year and day. It begins with the last
    forecast's comment and with the sums that somebody wrote there, each with its reason; the year is locked."""
    Verksamhetsar.objects.select_for_update(of=("self",)).get(pk=rad.verksamhetsar_id)
    forra = Prognos.objects.filter(verksamhetsar=rad.verksamhetsar_id).order_by("-nr").first()
    rad.nr, rad.skapad_av = (forra.nr + 1 if forra else 1), av
    if forra and not rad.kommentar:
        rad.kommentar = forra.kommentar
    rad.save()
    egna = forra.rader.all() if forra else []
    nya = Prognosrad.objects.bulk_create(
        Prognosrad(prognos=rad, post_id=egen.post_id, belopp=egen.belopp, kommentar=egen.kommentar) for egen in egna
    )
    return rad, len(nya)


def avtryck(rad: prognos.Prognosrapport) -> str:
    """A print of all that would be frozen."""
    varden = json.dumps(prognos.som_varden(rad), sort_keys=True)
    return hashlib.sha256(varden.encode()).hexdigest()[:32]


@transaction.atomic
def las(rad: Prognos, *, av, sedd: str) -> Prognos:
    """Freeze it as it was seen. TalenAndrade when the ledger, an agreement or the draft itself has changed since."""
    ar = Verksamhetsar.objects.select_for_update(of=("self",)).get(pk=rad.verksamhetsar_id)
    rad = Prognos.objects.select_for_update(of=("self",)).select_related("mote__organ").get(pk=rad.pk)
    rad.verksamhetsar = ar
    if rad.lage == Prognos.Lage.UTKAST:
        nu_ = rapport(rad)
        if avtryck(nu_) != sedd:
            raise TalenAndrade(
                "Talen i prognosen har ändrats sedan du öppnade sidan. Läs igenom den igen och lås den sedan. Inget är "
                "låst."
            )
        rad._overga("las", av=av, varden=prognos.som_varden(nu_), last=nu())
    else:
        rad._overga("las", av=av)
    return rad
