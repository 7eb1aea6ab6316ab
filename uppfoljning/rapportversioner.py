"""The half-year report's road: ordered, made by a worker for three audiences at once, reviewed, released, frozen.

A *set* is the three rows of `Rapportversion` that were counted at the same moment: intern, styrelse and publik share
period and version. The sets of one period are numbered; an old one never changes.
"""

import hashlib
import json
import logging
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from samordning.karna import filer, jobb, pdf
from samordning.karna.kalender import Period, idag, nu, senaste_hela_halvar, tolka_period
from samordning.karna.models import Anvandare, Handelse, Installning, Jobb, Rapportversion, Roll
from samordning.karna.notiser import notify
from uppfoljning.halvarsrapport import halvarsrapport, perioder
from uppfoljning.models import Deltagande, Rapportmedlem
from uppfoljning.reports import k_for, rapport_json, rapport_pdf, rapport_xlsx, skyddade

logg = logging.getLogger(__name__)

TYP = "halvar"
UPPGIFT = "uppfoljning.rapportversioner.gor"
RAPPORTDAGAR = {"rapportdag_januari": 15, "rapportdag_juli": 15}  # settings (beslut.md 32)
Malgrupp = Rapportversion.Malgrupp
I_ORD = {Malgrupp.INTERN: "kansliet", Malgrupp.STYRELSE: "styrelsen", Malgrupp.PUBLIK: "allmänheten"}
RITARE = {"pdf": rapport_pdf, "xlsx": rapport_xlsx, "json": lambda rapport, _raknad: rapport_json(rapport)}
ORDNING = list(RITARE)


class KanInteSlappas(Exception):
    """Why not, in Swedish."""


# ---- Order and make


def bestall(kod, av=None):
    """(the job, None), or (None, the set's internal row) while nothing that the latest version counts has changed.

    `kod` is 2024H1, 2024H2 or 2024; ValueError in Swedish for anything else.
    """
    rapport = halvarsrapport(kod)
    if tidigare := _senaste_lika(kod, fingeravtryck(rapport)):
        return None, tidigare
    return jobb.bestall(UPPGIFT, {"period": kod}, av, rubrik=f"Halvårsrapport, {tolka_period(kod).namn}"), None


def bestall_halvarets(dag=None):
    """What beat does every day: from the set day in January and July, order the half-year that has ended, unless
    somebody has ordered it already. The job, or None."""
    dag = dag or idag()
    dagar = Installning.objects.varden(RAPPORTDAGAR, dag=dag)
    nyckel = {1: "rapportdag_januari", 7: "rapportdag_juli"}.get(dag.month)
    if nyckel is None or dag.day < int(dagar[nyckel]):
        return None
    kod = halvarskod(senaste_hela_halvar(dag))
    bestallt = Jobb.objects.filter(uppgift=UPPGIFT, parametrar={"period": kod}, skapat__date__gte=dag.replace(day=1))
    if bestallt.exists() or Rapportversion.objects.samma_bestallning(TYP, {"period": kod}).exists():
        return None
    return bestall(kod)[0]


def halvarskod(period):
    """`2024H1` of a half-year."""
    return f"{period.fran.year}H{1 if period.fran.month == 1 else 2}"


def fingeravtryck(rapport):
    """sha256 of everything that the three audiences' figures come from. Data quality is left out: it ages by itself."""
    till = tolka_period(rapport["period"]).till
    underlag = {nyckel: rapport[nyckel] for nyckel in ("version", "period", "delar", "namn", "koder")}
    underlag["k"] = [k_for(malgrupp, till) for malgrupp in Malgrupp.values]
    return hashlib.sha256(json.dumps(underlag, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _senaste_lika(kod, avtryck):
    senaste = (
        Rapportversion.objects.samma_bestallning(TYP, {"period": kod})
        .filter(malgrupp=Malgrupp.INTERN)
        .for_lista()
        .first()
    )
    return senaste if senaste and senaste.fingeravtryck == avtryck else None


def gor(arbete):
    """The job: count once, protect and draw for each audience, publish all of it or nothing."""
    kod = arbete.parametrar["period"]
    jobb.framsteg(arbete, 5, "Räknar")
    with _ett_ogonblick():
        rapport = halvarsrapport(kod)
        att_skydda = utan_slappt_halvar(rapport)
        medlemmar = _medlemmar(tolka_period(kod))
    avtryck = fingeravtryck(rapport)
    if tidigare := _senaste_lika(kod, avtryck):
        return _resultat(tidigare)
    jobb.framsteg(arbete, 15, "Skyddar små tal")
    versioner = {Malgrupp.INTERN: rapport} | skyddade(att_skydda)
    filer_ = {}
    for nr, (malgrupp, varden) in enumerate(versioner.items()):
        jobb.framsteg(arbete, 40 + 18 * nr, f"Skriver rapporten för {I_ORD[malgrupp]}")
        filer_[malgrupp] = _rita(varden)
    jobb.framsteg(arbete, 95, "Sparar")
    with jobb.publicera(arbete) as klart:
        intern = _spara(kod, avtryck, versioner, filer_, medlemmar, arbete.bestalld_av)
        if arbete.bestalld_av is None:
            kansliet = Anvandare.objects.med_roll(Roll.KANSLI, Roll.FORBUNDSCHEF)
            notify(kansliet, "uppfoljning/rapport_utkast", _adress(intern))
        klart(_resultat(intern))


def _rita(varden):
    """{kind: bytes} of the files. Where PDF cannot be made the report still has its sheets (plattform.md)."""
    raknad, filer_ = nu(), {}
    for slag, rita in RITARE.items():
        try:
            filer_[slag] = rita(varden, raknad)
        except pdf.PdfSaknas:
            logg.warning("PDF kunde inte göras: Pango saknas")
    return filer_


def utan_slappt_halvar(rapport):
    """The value for a protected version: without the year when a report of its first half is released already, since
    the two together would tell the second half's hidden figures (beslut.md 28)."""
    aret = perioder(rapport)[1:]
    if not overlapp(aret, utom_perioden=rapport["period"]):
        return rapport
    return halvarsrapport(rapport["period"], utan_ar=True)


@contextmanager
def _ett_ogonblick():
    """Everything inside is read as it was at one moment, so that figures and members agree."""
    yttre = connection.in_atomic_block
    with transaction.atomic():
        if not yttre:
            connection.cursor().execute("set transaction isolation level repeatable read")
        yield


def _raknade(period):
    """The stays that a report of the period counts (P1)."""
    return Deltagande.objects.filter(
        insats__inriktning="individ", anonym=False, felregistrerad=False,
        slut_eller_aldrig__gte=period.fran, start__lte=period.till,
    )  # fmt: skip


def _medlemmar(period):
    """The same as the fields of `Rapportmedlem`."""
    falt = ("pk", "insats_id", "deltagare_id", "deltagare__kon", "start", "slut", "avslutsorsak__kod")
    return list(_raknade(period).order_by("pk").values_list(*falt))


def _spara(kod, avtryck, versioner, innehall, medlemmar, av):
    """The set as rows and files, in the transaction of the caller. Returns the internal row."""
    bestallning = {"typ": TYP, "parametrar": {"period": kod}}
    senaste = Rapportversion.objects.samma_bestallning(**bestallning).aggregate(nr=Max("version"))["nr"] or 0
    for malgrupp, varden in versioner.items():
        dagar = perioder(varden)
        version = Rapportversion.objects.create(
            **bestallning, version=senaste + 1, malgrupp=malgrupp, varden=varden, fingeravtryck=avtryck, bestalld_av=av,
            fran=min(period.fran for period in dagar), till=max(period.till for period in dagar),
        )  # fmt: skip
        for slag, byte in innehall[malgrupp].items():
            namn = f"resultat-{kod}-{malgrupp}-version-{version.version}.{slag}"
            fil = filer.spara(byte, namn, person=version.ar_intern, av=av)
            fil.godkann(av=av)
            version.filer.add(fil)
        if version.ar_intern:
            intern = version
    Rapportmedlem.objects.bulk_create(
        [
            Rapportmedlem(
                rapport=intern, deltagande_id=pk, insats_id=insats, deltagare_id=person, kon=kon,
                start=start, slut=slut, avslutsorsak=orsak or "",
            )
            for pk, insats, person, kon, start, slut, orsak in medlemmar
        ],
        batch_size=2000,
    )  # fmt: skip
    return intern


def _resultat(intern):
    return {"lank": _adress(intern), "text": f"Version {intern.version} är klar att granska."}


def _adress(version):
    return reverse("uppfoljning:rapport_detail", args=[version.uuid])


# ---- Review, release, freeze


def satsen(version):
    """{audience: row} of the set that the version belongs to, the kansli's first. One query, without the figures."""
    bestallning = Rapportversion.objects.samma_bestallning(version.typ, version.parametrar)
    rader = bestallning.filter(version=version.version).for_lista()
    per_malgrupp = {rad.malgrupp: rad for rad in rader}
    return {malgrupp: per_malgrupp[malgrupp] for malgrupp in Malgrupp.values if malgrupp in per_malgrupp}


def att_slappa():
    """The board's rows that wait for the kansli: the latest version of each period, not released. One query."""
    senare = Rapportversion.objects.filter(
        typ=OuterRef("typ"), parametrar=OuterRef("parametrar"), malgrupp=Malgrupp.STYRELSE,
        version__gt=OuterRef("version"),
    )  # fmt: skip
    vantar = Rapportversion.objects.filter(typ=TYP, malgrupp=Malgrupp.STYRELSE).exclude(lage__in=Rapportversion.UTGIVNA)
    return vantar.filter(~Exists(senare)).for_lista()


def filer_i_ordning(version):
    """The PDF first. One query."""
    return sorted(version.filer.all(), key=lambda fil: ORDNING.index(fil.typ))


def syskon(interna):
    """{pk of an internal row: [the set's other rows]} for a page of a list. One query."""
    nycklar = {(rad.parametrar["period"], rad.version): rad.pk for rad in interna}
    koder, nummer = {period for period, _ in nycklar}, {nr for _, nr in nycklar}
    rader = Rapportversion.objects.filter(typ=TYP, parametrar__period__in=koder, version__in=nummer)
    svar = {pk: [] for pk in nycklar.values()}
    for rad in rader.exclude(malgrupp=Malgrupp.INTERN).for_lista():
        if pk := nycklar.get((rad.parametrar["period"], rad.version)):
            svar[pk].append(rad)
    return svar


def overlapp(dagar, utom_perioden="", utom=None):
    """Released reports for styrelse or publik that hold a day of any of the periods (beslut.md 28).

    Both audiences count, since the board reads both. `utom_perioden` leaves out one order, `utom` one set.
    """
    rader = (
        Rapportversion.objects.filter(malgrupp__in=[Malgrupp.STYRELSE, Malgrupp.PUBLIK])
        .utgivna()
        .overlappar(dagar)
        .for_lista()
    )
    if utom_perioden:
        rader = rader.exclude(parametrar={"period": utom_perioden})
    if utom:
        rader = rader.exclude(typ=utom.typ, parametrar=utom.parametrar, version=utom.version)
    return list(rader)


def hinder(version):
    """Why a protected version may not be released: the released reports that it overlaps."""
    return overlapp([Period(version.fran, version.till)], utom=version)


@transaction.atomic
def granska(version, av):
    """The kansli has read all three. Refused while the report's own checks fail."""
    for rad in satsen(version).values():
        if any(not del_["identiteter"]["ok"] for del_ in rad.varden["delar"]):
            raise KanInteSlappas("Talen i rapporten går inte ihop, så den kan inte godkännas. Inget ändrades.")
        rad.granska(av=av)


@transaction.atomic
def slapp(version, av, anda=""):
    """Release a protected version to its audience. `anda` is the förbundschef's reason to do so over an overlap.

    The internal row goes with the board's, so that the set can be frozen.
    """
    if (overlappande := hinder(version)) and not anda:
        raise KanInteSlappas(f"{_i_ord(overlappande[0])} täcker samma tid och är redan släppt. Inget ändrades.")
    version.slapp(av=av, nar=nu())
    if overlappande:
        Handelse.logga(version, "slappt_anda", av=av, data={"skal": anda, "rapporter": [r.pk for r in overlappande]})
    if version.malgrupp == Malgrupp.STYRELSE:
        satsen(version)[Malgrupp.INTERN].slapp(av=av, nar=nu())
        lasare = Anvandare.objects.med_roll(Roll.STYRELSE, Roll.BEREDNING)
        notify(lasare, "uppfoljning/rapport_slappt", _adress(version))


@transaction.atomic
def faststall(version, av):
    """Freeze every released row of the set."""
    for rad in satsen(version).values():
        if rad.lage == Rapportversion.Lage.SLAPPT:
            rad.faststall(av=av)


def namn(version):
    """`Resultat första halvåret 2024`"""
    return f"Resultat {tolka_period(version.parametrar['period']).namn}"


def _i_ord(version):
    return f"{namn(version)}, version {version.version},"


# ---- What has changed since


def skillnader(intern):
    """{"nya", "borta", "andrade"}: how many stays differ today from what the report counted. Four queries."""
    raknade = _raknade(tolka_period(intern.parametrar["period"]))
    medlemmar = Rapportmedlem.objects.filter(rapport=intern)
    kvar = medlemmar.filter(deltagande__in=raknade)
    samma_slut = Q(slut=F("deltagande__slut")) | Q(slut=None, deltagande__slut=None)
    samma_orsak = Q(avslutsorsak=F("deltagande__avslutsorsak__kod")) | Q(avslutsorsak="", deltagande__avslutsorsak=None)
    lika = kvar.filter(
        samma_slut, samma_orsak, insats=F("deltagande__insats"), start=F("deltagande__start"),
        deltagare=F("deltagande__deltagare"), kon=F("deltagande__deltagare__kon"),
    )  # fmt: skip
    antal_kvar = kvar.count()
    return {
        "nya": raknade.exclude(pk__in=medlemmar.values("deltagande")).count(),
        "borta": medlemmar.count() - antal_kvar,
        "andrade": antal_kvar - lika.count(),
    }
