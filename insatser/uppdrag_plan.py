"""The plan of an agreement's half-year reports (MB9), and the reminders about them. Safe to run twice."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from insatser.models import Avtal, Lagesrapport, Medarbetare
from samordning.karna.kalender import halvar, idag
from samordning.karna.models import Anvandare, Installning, Roll
from samordning.karna.notiser import notify

# Settings: the day of July and of January when the report of the half-year before is to be in.
INLAMNINGSDAGAR = {"lagesrapport_dag_juli": 31, "lagesrapport_dag_januari": 31}
# Days from the last day: two before and one after.
PAMINNELSER = (-14, -3, 7)
EFTER_SLUTET = datetime.timedelta(days=400)
Lage = Lagesrapport.Lage


@transaction.atomic
def sakra(avtal):
    """One report for each half-year that the agreement touches; what is written is never touched.

    An agreement from before the system has no decision, and no reports that were due before it came here.
    """
    Avtal.objects.select_for_update(of=("self",)).get(pk=avtal.pk)
    dagar = Installning.objects.varden(INLAMNINGSDAGAR)
    finns = list(avtal.rapporter.order_by("fran"))
    kvar = set()
    for period in _halvar(avtal.start, avtal.slut):
        fran, till = max(avtal.start, period.fran), min(avtal.slut, period.till)
        i_perioden = [rad for rad in finns if period.fran <= rad.fran <= period.till]
        kvar.update(rad.pk for rad in i_perioden if rad.fran <= till)
        sista = i_perioden[-1] if i_perioden else None
        if sista and sista.lage in Lagesrapport.INLAMNADE:
            if sista.till < till:  # prolonged when the report was in: the rest gets its own
                kvar.add(_ny(avtal, sista.till + datetime.timedelta(1), till, period, dagar).pk)
        elif sista:
            if sista.till != till and sista.fran <= till:
                Lagesrapport.objects.filter(pk=sista.pk).update(till=till)
        elif avtal.beslut_id or _senast(period, dagar) >= idag():
            kvar.add(_ny(avtal, fran, till, period, dagar).pk)
    # An agreement that was shortened: only what nobody has begun goes away.
    avtal.rapporter.filter(lage=Lage.VANTAR).exclude(pk__in=kvar).filter(
        Q(fran__gt=avtal.slut) | Q(till__lt=avtal.start)
    ).delete()


def _ny(avtal, fran, till, period, dagar):
    rad, _ = Lagesrapport.objects.get_or_create(
        avtal=avtal, fran=fran, defaults={"till": till, "senast": _senast(period, dagar)}
    )
    return rad


def _halvar(start, slut):
    """The half-years that two days and everything between them touch."""
    ar, nr = start.year, 1 if start.month < 7 else 2
    while (period := halvar(ar, nr)).fran <= slut:
        yield period
        ar, nr = (ar, 2) if nr == 1 else (ar + 1, 1)


def _senast(period, dagar):
    """31 July for the first half-year, 31 January for the second, or as the settings say."""
    if period.fran.month == 1:
        return datetime.date(period.till.year, 7, _dag(dagar["lagesrapport_dag_juli"]))
    return datetime.date(period.till.year + 1, 1, _dag(dagar["lagesrapport_dag_januari"]))


def _dag(varde):
    """Both months have 31 days."""
    return min(max(int(varde), 1), 31)


# ---- Each night


def sakra_alla():
    """The agreements that run, or ended not long ago. How many were looked at."""
    avtal = list(Avtal.objects.pagaende(idag() - EFTER_SLUTET).order_by("pk"))
    for rad in avtal:
        sakra(rad)
    return len(avtal)


def paminn():
    """Send what is due: one notice a report however many nights were missed. How many reports."""
    forsta = idag() - datetime.timedelta(PAMINNELSER[0])
    rader = Lagesrapport.objects.oppna().filter(senast__lte=forsta, paminnelser__lt=len(PAMINNELSER))
    return sum(_paminn(pk) for pk in rader.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _paminn(pk):
    rad = (
        Lagesrapport.objects.oppna()
        .select_related("avtal")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk)
        .first()
    )
    if rad is None:
        return False
    antal = sum(idag() >= rad.senast + datetime.timedelta(dagar) for dagar in PAMINNELSER)
    if antal <= rad.paminnelser:
        return False
    Lagesrapport.objects.filter(pk=pk).update(paminnelser=antal)
    mall = "insatser/lagesrapport_sen" if rad.senast < idag() else "insatser/lagesrapport_paminnelse"
    notify(skribenter(rad.avtal), mall, reverse("avtal:lagesrapport_edit", args=[pk]))
    return True


def skribenter(avtal):
    """Who is reminded: the insats' listed staff, and the representatives of the huvudpart."""
    listade = Medarbetare.objects.pagaende().filter(insats=avtal.insats_id).values("anvandare")
    personal = Anvandare.objects.med_roll(Roll.INSATSPERSONAL).filter(pk__in=listade)
    return personal | Anvandare.objects.med_roll(Roll.PARTSFORETRADARE, parter=[avtal.huvudpart_id])
