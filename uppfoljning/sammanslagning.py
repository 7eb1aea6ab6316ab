"""Two rows of one person become one, and can be divided again (beslut.md 3, rapportdefinitioner.md 7.3).

Staff say it of two stays of their own insats. What moves is what belongs to that insats: its stays and its remisser.
Rows of other insatser stay where they are, and nothing that is said or asked depends on whether there are any. So that
nobody is split in two by it, the row that other insatser use is the one that is left; when they use both, the person
goes on being two outside this insats. What is one value of a person (sex, birth year, protected details) is so for all.
Frozen reports are stored and do not change.

Everything here checks state, never permission. Locks are taken in one order, each by key: stays, persons, remisser, as
`inskrivning` does.
"""

import json
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from psycopg.errors import DeadlockDetected, LockNotAvailable

from remisser.models import Deltagare, Kon, Remiss
from samordning.karna import krypto
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from uppfoljning.inskrivning import GarInte, skydda_person
from uppfoljning.models import Deltagande, Sammanslagning
from uppfoljning.models.deltagande import ALDRIG

VANTA_HOGST = 900  # milliseconds for a lock; deadlock_timeout is 1000

REDAN = "Det är redan en och samma person. Inget ändrades."
REDAN_UPPDELAD = "Personerna är redan uppdelade. Inget ändrades."
ANDRAT = "Uppgifterna har ändrats sedan du öppnade sidan. Läs igenom dem och välj igen. Inget är sparat."
SAMTIDIGT = "Någon annan ändrar samma uppgifter just nu. Vänta en stund och skicka igen. Inget är sparat."
FEL_RAD = "Ett felregistrerat deltagande räknas inte och kan inte slås ihop med ett annat."
GALLRAD = (
    "Uppgifterna om vem det är har tagits bort ur det ena deltagandet, så det går inte att veta om det är samma person."
)


class RedanGjort(GarInte):
    """Somebody was faster, or the form was sent twice."""


@dataclass(frozen=True)
class Skillnader:
    """What the two rows say differently, so that staff choose. A list is empty when there is nothing to choose.

    `numren` are whole numbers, `nummer` the only one when one row lacks it. `skydda` when one of them has protected
    details and the other one is to be wiped; `lokal_kod` is what the insats knows the protected one by.
    """

    numren: list
    nummer: str
    kon: list
    fodelsear: list
    skydda: bool
    lokal_kod: str


def kandidater(deltagande, user):
    """The other persons' stays in the same insats that the user may see, the likeliest first."""
    rader = (
        Deltagande.objects.visible_to(user)
        .filter(insats=deltagande.insats_id, anonym=False, felregistrerad=False)
        .exclude(deltagare=deltagande.deltagare_id)
        .select_related("deltagare")
        .order_by("-start", "-pk")
    )
    namn = _ord(deltagande)
    ar = deltagande.deltagare.fodelsear
    return sorted(rader, key=lambda rad: (-len(namn & _ord(rad)), rad.deltagare.fodelsear != ar or not ar))


def _ord(deltagande):
    return set(deltagande.namn.casefold().split())


def tider(deltagande):
    """All stays of the person in that insats, those that count nowhere left out."""
    return Deltagande.objects.filter(
        insats=deltagande.insats_id, deltagare=deltagande.deltagare_id, felregistrerad=False
    ).order_by("start", "pk")


def hinder(ena, andra):
    """Why two stays of one insats cannot be one person's, in words; "" when they can."""
    if ena.felregistrerad or andra.felregistrerad:
        return FEL_RAD
    if not (_kand(ena) and _kand(andra)):
        return GALLRAD
    for rad in tider(ena):
        for annan in tider(andra):
            if rad.start <= annan.slut_eller_aldrig and annan.start <= rad.slut_eller_aldrig:
                return (
                    f"Tiderna i insatsen går in i varandra: {tid(rad)} och {tid(annan)}. En person kan inte vara "
                    "inskriven två gånger samtidigt. Rätta dagarna om de är fel. Är det ena deltagandet en dubblett "
                    "kan du markera det som felregistrerat."
                )
    return ""


def tid(deltagande):
    """The days of a stay in words."""
    start = date_format(deltagande.start, "j F Y")
    if deltagande.slut_eller_aldrig == ALDRIG:
        return f"{start} och pågår"
    return f"{start} till {date_format(deltagande.slut, 'j F Y')}"


def _kand(rad):
    """False when the identity was removed (gallring): nothing is left to know the person by."""
    return bool(rad.namn or rad.personnummer or rad.lokal_kod or rad.skyddad or rad.deltagare.lookup)


def skillnader(ena, andra):
    rader, personer = (ena, andra), (ena.deltagare, andra.deltagare)
    skyddade = [rad for rad in rader if _ar_skyddad(rad)]
    numren = [] if skyddade else list(dict.fromkeys(rad.personnummer for rad in rader if rad.personnummer))
    fodelsear = sorted({person.fodelsear for person in personer} - {None})
    kon = [kod for kod in Kon.values if kod in {person.kon for person in personer}]
    return Skillnader(
        numren=numren if len(numren) > 1 else [],
        nummer=numren[0] if len(numren) == 1 else "",
        kon=kon if len(kon) > 1 else [],
        fodelsear=fodelsear if len(fodelsear) > 1 else [],
        skydda=len(skyddade) == 1,
        lokal_kod=next((rad.lokal_kod for rad in skyddade if rad.lokal_kod), ""),
    )


def _ar_skyddad(rad):
    return rad.skyddad or rad.deltagare.skyddad


def sla_ihop(*, ena, andra, skal, av, nummer="", kon="", fodelsear=None, lokal_kod=""):
    """The log row of two stays whose persons became one. GarInte says in words why not, and nothing is changed.

    `nummer`, `kon`, `fodelsear` are what staff chose where `skillnader` has a choice; `lokal_kod` what the insats
    knows the person by when one of the two has protected details, for then the other one is wiped too.
    """
    if ena.insats_id != andra.insats_id:
        raise ValueError("Two stays of one insats.")
    with _ensam():
        personer, egna, remisser = _las(ena.insats_id, {ena.deltagare_id, andra.deltagare_id})
        ena, andra = (_last(rad, egna) for rad in (ena, andra))
        if ena.deltagare_id == andra.deltagare_id:
            raise RedanGjort(REDAN)
        if text := hinder(ena, andra):
            raise GarInte(f"{text} Inget ändrades.")
        val = skillnader(ena, andra)
        nummer = _valt(nummer, val.numren) or val.nummer
        kon, fodelsear = _valt(kon, val.kon), _valt(fodelsear, val.fodelsear)
        if val.skydda:
            _skydda_bada(personer, egna, lokal_kod, av)
        kvar, borta = _vem_blir_kvar(personer, ena.insats_id, nummer)
        fore = _satt_person(kvar, kon=kon, fodelsear=fodelsear or kvar.fodelsear or borta.fodelsear)
        flyttade = [rad.pk for rad in egna if rad.deltagare_id == borta.pk]
        remisser = [rad.pk for rad in remisser if rad.deltagare_id == borta.pk]
        _flytta(kvar, flyttade, remisser)
        logg = Sammanslagning.objects.create(
            insats_id=ena.insats_id, kvar=kvar, borta=borta, skal=skal, deltaganden=flyttade, remisser=remisser,
            fore=fore, nummer=_satt_nummer(egna, nummer), av=av,
        )  # fmt: skip
        borta.ersatt_av = None if _anvands(borta) else kvar
        borta.save(update_fields=["ersatt_av"])
        data = {"skal": skal, "sammanslagning": logg.pk}
        for objekt in (*(rad for rad in egna if rad.pk in {ena.pk, andra.pk, *flyttade}), kvar, borta):
            Handelse.logga(objekt, "sammanslagen", av=av, data=data)
        return logg


def att_dela_upp(deltagande):
    """The last merge in the insats that made the person of this stay one, or None."""
    return (
        Sammanslagning.objects.gallande()
        .filter(insats=deltagande.insats_id, kvar=deltagande.deltagare_id)
        .select_related("av", "kvar", "borta")
        .order_by("-pk")
        .first()
    )


def gar_tillbaka(logg, modell=Deltagande):
    """The keys of the stays (or remisser) that go back when the merge is taken back: what it moved, and what has come
    since through the number of the row that was left behind, in any insats."""
    flyttade = logg.deltaganden if modell is Deltagande else logg.remisser
    fore = json.loads(logg.nummer or "{}") if modell is Deltagande else {}
    borta = Deltagare.objects.get(pk=logg.borta_id)
    lookup = bytes(borta.lookup or b"") if borta.ersatt_av_id else b""

    def med_numret(rad):
        nummer = fore.get(str(rad.pk), rad.personnummer) if lookup else ""
        return bool(nummer) and krypto.uppslag("personnummer", nummer) == lookup

    rader = modell.objects.filter(deltagare=logg.kvar_id).only("pk", "uuid", "personnummer")
    return {rad.pk for rad in rader if rad.pk in flyttade or med_numret(rad)}


def dela_upp(*, sammanslagning, av):
    """Take a merge back: what was moved goes back to its row, with its number, and so does what has come since through
    the number of that row. What was wiped because of protected details stays wiped."""
    with _ensam():
        insats, par = sammanslagning.insats_id, (sammanslagning.kvar_id, sammanslagning.borta_id)
        personer, egna, _ = _las(insats, set(par))
        logg = Sammanslagning.objects.select_for_update().get(pk=sammanslagning.pk)
        if logg.uppdelad:
            raise RedanGjort(REDAN_UPPDELAD)
        senare = Q(kvar__in=par) | Q(borta__in=par)
        if Sammanslagning.objects.gallande().filter(senare, insats=insats, pk__gt=logg.pk).exists():
            raise GarInte("Personen har slagits ihop en gång till efter det. Dela upp den senaste gången först.")
        kvar, borta = (personer[pk] for pk in par)
        deltaganden = gar_tillbaka(logg)
        if deltaganden.isdisjoint(logg.deltaganden):
            raise GarInte("Deltagandena hör inte längre till samma person. Inget ändrades.")
        remisser = gar_tillbaka(logg, Remiss)
        _aterstall_nummer(logg, egna)
        _flytta(borta, deltaganden, remisser)
        borta.ersatt_av, borta.skyddad = None, borta.skyddad or kvar.skyddad
        borta.save(update_fields=["ersatt_av", "skyddad"])
        for falt, (innan, efter) in logg.fore.items():
            if getattr(kvar, falt) == efter:
                setattr(kvar, falt, innan)
        kvar.save(update_fields=["kon", "fodelsear"])
        logg.uppdelad, logg.uppdelad_av = nu(), av
        logg.save(update_fields=["uppdelad", "uppdelad_av"])
        for objekt in (*egna, kvar, borta):
            Handelse.logga(objekt, "uppdelad", av=av, data={"sammanslagning": logg.pk})
        return logg


# ---- The parts


@contextmanager
def _ensam():
    """One transaction. Two that wait for each other, and days that meet, are words and no error page.

    The wait is shorter than Postgres' own before it looks for a deadlock, so that it is always this that gives way:
    staff of another insats may be marking the same person as protected.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"set local lock_timeout = '{VANTA_HOGST}ms'")
            yield
            with connection.cursor() as cursor:
                cursor.execute("set local lock_timeout to default")
    except OperationalError as fel:
        if isinstance(fel.__cause__, (DeadlockDetected, LockNotAvailable)):
            raise GarInte(SAMTIDIGT) from None
        raise
    except IntegrityError as fel:
        if "deltagande_overlappar_inte" in str(fel):
            raise GarInte("Tiderna i insatsen skulle gå in i varandra. Rätta dagarna först. Inget ändrades.") from None
        raise


def _las(insats, deltagare):
    """({key: Deltagare}, [their stays in the insats], [keys of their remisser there]), all locked.

    Nothing new can point at the persons until it is over. The stays are asked for once more after the wait: one may
    have come, or gone to another person.
    """
    fragor = [
        modell.objects.filter(insats=insats, deltagare__in=deltagare).order_by("pk").select_for_update()
        for modell in (Deltagande, Remiss)
    ]
    list(fragor[0])
    personer = {rad.pk: rad for rad in Deltagare.objects.filter(pk__in=deltagare).order_by("pk").select_for_update()}
    egna, remisser = (list(fraga.all()) for fraga in fragor)
    for rad in egna:
        rad.deltagare = personer[rad.deltagare_id]
    return personer, egna, remisser


def _last(deltagande, egna):
    """The stay as it is now. When it is not among those locked, somebody has said meanwhile that it is another's."""
    last = next((rad for rad in egna if rad.pk == deltagande.pk), None)
    if last is None:
        raise GarInte(ANDRAT)
    return last


def _valt(varde, val):
    """What was chosen, if there is a choice. A choice that is not made means that the page showed something else."""
    if not val:
        return None
    if varde not in val:
        raise GarInte(ANDRAT)
    return varde


def _skydda_bada(personer, egna, lokal_kod, av):
    """Protected details of one are the other's too: what names the person is wiped everywhere (beslut.md 6)."""
    if not lokal_kod:
        raise GarInte(ANDRAT)
    for person in personer.values():
        rader = [rad for rad in egna if rad.deltagare_id == person.pk]
        if person.skyddad and all(rad.skyddad for rad in rader):
            continue
        skydda_person(person.pk, av=av, koder={rad.pk: lokal_kod for rad in rader if not rad.skyddad})
    for person in personer.values():
        person.refresh_from_db()


def _vem_blir_kvar(personer, insats, nummer):
    """(who is left, who goes). Whose rows others use is left; then the chosen number's, a known one's, the older."""
    lookup = krypto.uppslag("personnummer", nummer) if nummer else b""

    def vikt(person):
        eget = bytes(person.lookup or b"")
        return _anvands(person, utom=insats), bool(nummer) and eget == lookup, bool(eget), -person.pk

    return sorted(personer.values(), key=vikt, reverse=True)


def _anvands(person, utom=None):
    """Does a stay or a remiss point at the person? `utom` is an insats that is left out. Two queries, always."""
    utanfor = ~Q(insats=utom) if utom else Q()
    return any([modell.objects.filter(utanfor, deltagare=person).exists() for modell in (Deltagande, Remiss)])


def _satt_person(kvar, *, kon, fodelsear):
    """{column: [before, after]} of what the row that is left got."""
    varden = {"kon": kon or kvar.kon, "fodelsear": fodelsear}
    fore = {falt: [getattr(kvar, falt), varde] for falt, varde in varden.items() if getattr(kvar, falt) != varde}
    for falt, varde in varden.items():
        setattr(kvar, falt, varde)
    kvar.save(update_fields=list(varden))
    return fore


def _flytta(till, deltaganden, remisser):
    Deltagande.objects.filter(pk__in=deltaganden).update(deltagare=till, version=F("version") + 1)
    Remiss.objects.filter(pk__in=remisser).update(deltagare=till)


def _satt_nummer(egna, nummer):
    """Write the current number in all the person's stays of the insats. What they had, as Sammanslagning keeps it."""
    fore = {}
    for rad in egna:
        if nummer and not rad.skyddad and rad.personnummer != nummer:
            fore[str(rad.pk)], rad.personnummer, rad.version = rad.personnummer, nummer, rad.version + 1
            rad.save(update_fields=["personnummer", "version"])
    return json.dumps(fore) if fore else ""


def _aterstall_nummer(logg, egna):
    fore = json.loads(logg.nummer or "{}")
    for rad in egna:
        if str(rad.pk) in fore and not rad.skyddad:
            rad.personnummer, rad.version = fore[str(rad.pk)], rad.version + 1
            rad.save(update_fields=["personnummer", "version"])
    logg.nummer = ""
    logg.save(update_fields=["nummer"])
