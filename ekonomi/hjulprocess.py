"""What several rows do together in the wheel: a year from its rules, a day that moves with what hangs on it, meetings
that are put in, and the board's decision (MC8, MC9; beslut.md 32)."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from ekonomi import arshjul
from ekonomi.models import Arshjul, Hjulpost, Hjulregel
from ekonomi.models.hjul import Hjulfakta
from moten.models import Forslag, Mote
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Installning
from samordning.karna.templatetags.samordning import datum

Koppling, Bestaller = Hjulfakta.Koppling, Hjulfakta.Bestaller
# What a day of a year takes over from its rule.
FALT = ("rubrik", "ring", "roll", "agare", "kalla", "kalltext", "koppling", "avser", "organ", "bestaller")
NARA = datetime.timedelta(5)  # a meeting so near the day that a rule gives is the one that it means
RAPPORTDAGAR = {1: "rapportdag_januari", 7: "rapportdag_juli"}  # uppfoljning.rapportversioner reads them


# ---- A year from the rules


@dataclass(frozen=True)
class Forslagsrad:
    """A rule's day in a year before it is saved; `mote` is there when the body has one that fits."""

    regel: Hjulregel
    dag: arshjul.Dag
    mote: Mote | None = None

    @property
    def varning(self):
        return "" if self.dag.oviss else arshjul.varning(self.dag.dag)


def forslag(ar):
    """[Forslagsrad] of a year in order of day. A rule that only knows the month takes the day of the body's meeting
    that month, and one about days before something the day of a meeting near it, when there is one; so does what hangs
    on it. Two queries."""
    regler = {rad.pk: rad for rad in Hjulregel.objects.filter(aktiv=True).select_related("bas", "organ", "agare")}
    lediga = {}
    for mote in Mote.objects.exclude(lage=Mote.Lage.INSTALLT).filter(dag__year=ar).order_by("dag", "pk"):
        lediga.setdefault(mote.organ_id, []).append(mote)
    rakna, valda = {pk: (rad.som_regel, rad.bas_id) for pk, rad in regler.items()}, {}
    for hanger in (False, True):  # what others are counted from is settled first
        dagar = arshjul.arets_dagar(rakna, ar)
        for pk, dag in dagar.items():
            rad, organets = regler[pk], lediga.get(regler[pk].organ_id, [])
            if rad.koppling != Koppling.MOTE or (rad.bas_id is not None) != hanger:
                continue
            if mote := next((mote for mote in organets if _passar(mote, dag, hanger)), None):
                organets.remove(mote)
                valda[pk] = mote
                rakna[pk] = (arshjul.Regel("fast", mote.dag.month, mote.dag.day), None)
    dagar = arshjul.arets_dagar(rakna, ar)
    rader = [Forslagsrad(regler[pk], dag, valda.get(pk)) for pk, dag in dagar.items()]
    return sorted(rader, key=lambda rad: (rad.dag.dag, rad.regel.pk))


def _passar(mote, dag, hanger):
    if hanger:
        return abs(mote.dag - dag.dag) < NARA
    return mote.dag.month == dag.dag.month if dag.oviss else mote.dag == dag.dag


@transaction.atomic
def skapa(ar, *, av):
    """The wheel of a year from the rules; Arshjul. IntegrityError when the year has one."""
    hjul = Arshjul.objects.create(ar=ar)
    skrivna = {}
    for rad in forslag(ar):
        skrivna[rad.regel.pk] = Hjulpost(
            hjul=hjul, regel=rad.regel, dag=rad.dag.dag, slut=rad.dag.slut, dagen_oviss=rad.dag.oviss, mote=rad.mote,
            **{namn: getattr(rad.regel, namn) for namn in FALT},
        )  # fmt: skip
    Hjulpost.objects.bulk_create(skrivna.values())
    hanger = [post for post in skrivna.values() if post.regel.bas_id in skrivna]
    for post in hanger:
        post.bas = skrivna[post.regel.bas_id]
    Hjulpost.objects.bulk_update(hanger, ["bas"])
    Handelse.logga(hjul, "skapad", av=av, data={"dagar": len(skrivna)})
    return hjul


def faststall(hjul, *, av, beslutad, paragraf, punkt=None):
    """The board has decided the year's days. From now on the wheel sets the days of the half-year reports."""
    with transaction.atomic():
        hjul._overga("faststall", av=av, beslutad=beslutad, paragraf=paragraf, punkt=punkt)
        for post in hjul.poster.filter(bestaller=Bestaller.HALVARSRAPPORT, installd=False).select_related("hjul"):
            satt_rapportdag(post, av)


def satt_rapportdag(post, av):
    """The day on which the half-year report's draft is made, when the wheel that orders it is decided."""
    nyckel = RAPPORTDAGAR.get(post.dag.month)
    if post.bestaller != Bestaller.HALVARSRAPPORT or nyckel is None or post.hjul.lage != Arshjul.Lage.FASTSTALLT:
        return
    fran = post.dag.replace(month=1, day=1)
    if Installning.objects.varden({nyckel: None}, dag=post.dag)[nyckel] == post.dag.day:
        return
    beslut = f"{post.hjul}, {post.hjul.paragraf}".strip(", ")
    Installning.objects.create(
        nyckel=nyckel, varde=post.dag.day, giltig_fran=fran, beslut_text=beslut, skapad_av=av
    )  # fmt: skip


# ---- A day that moves


@dataclass(frozen=True)
class Flytt:
    """One day that would move; `med` is whether it is proposed to. `hinder` says why it cannot, `varningar` what to
    think of."""

    post: Hjulpost
    till: datetime.date
    med: bool = True
    hinder: str = ""
    varningar: list[str] = field(default_factory=list)


def flytt(post, till):
    """[Flytt]: the day itself first, then what hangs on it, nearest first. Three queries."""
    poster = {rad.pk: rad for rad in post.hjul.poster.select_related("regel", "mote__organ", "bas")}
    nya = arshjul.flyttade(
        {pk: (rad.dag, rad.regel.som_regel if rad.regel else None, rad.bas_id) for pk, rad in poster.items()},
        post.pk, till,
    )  # fmt: skip
    upptagna = _upptagna(poster, nya)
    return [_en_flytt(poster[pk], dag, pk == post.pk, upptagna) for pk, dag in nya.items()]


def _upptagna(poster, nya):
    """{(body, day): meeting} of other meetings on the days that meetings would move to."""
    organ = {poster[pk].mote.organ_id for pk in nya if poster[pk].mote}
    moten = Mote.objects.filter(organ__in=organ, dag__in=nya.values())
    return {(mote.organ_id, mote.dag): mote for mote in moten}


def _en_flytt(post, till, forst, upptagna):
    varningar = [text for text in (arshjul.varning(till),) if text]
    hinder = ""
    if till < idag():
        varningar.append(f"{datum(till)} har redan varit.")
    if post.mote and till != post.mote.dag:
        annat = upptagna.get((post.mote.organ_id, till))
        if post.mote.lage not in Mote.FORE:
            hinder = f"Mötet är {post.mote.get_lage_display().lower()} och går inte att flytta."
        elif annat and annat.pk != post.mote_id:
            hinder = f"{post.mote.organ} har redan ett möte den dagen."
        elif post.mote.lage == Mote.Lage.KALLAT:
            varningar.append("Alla är redan kallade. Skicka kallelsen igen när du har flyttat mötet.")
    if post.klar:
        hinder = "Den är redan klar."
    med = not hinder and not post.installd and (forst or till >= idag())
    return Flytt(post, till, med, hinder, varningar)


@transaction.atomic
def flytta(post, till, folj, *, av, skal=""):
    """Move the day, and those in `folj` (keys) of what hangs on it; their meetings move with them (beslut.md 32).
    [Hjulpost] that moved. OtillatenOvergang, and nothing has changed, when any of them cannot."""
    Arshjul.objects.select_for_update(of=("self",)).get(pk=post.hjul_id)
    flyttar = [rad for rad in flytt(post, till) if rad.post.pk == post.pk or rad.post.pk in folj]
    for rad in flyttar:
        if rad.hinder:
            raise OtillatenOvergang(f"{rad.post.rubrik}: {rad.hinder} Inget ändrades.")
    for rad in flyttar:
        _satt_dag(rad.post, rad.till, av, skal)
    return [rad.post for rad in flyttar]


def _satt_dag(post, till, av, skal):
    fore, steg = post.dag, till - post.dag
    post.dag, post.slut, post.dagen_oviss = till, post.slut and post.slut + steg, False
    post.sekvens, post.version, post.paminnd = post.sekvens + 1, post.version + 1, None
    post.save(update_fields=["dag", "slut", "dagen_oviss", "sekvens", "version", "paminnd", "andrad"])
    if post.mote and post.mote.dag != till:
        post.mote.flytta(till, av=av)
    Forslag.objects.filter(nyckel=onskans_nyckel(post), punkt=None).update(tidigast=till)
    satt_rapportdag(post, av)
    data = {"dag": [fore.isoformat(), till.isoformat()]} | ({"skal": skal} if skal else {})
    Handelse.logga(post, "flyttad", av=av, data=data)


# ---- Meetings and wishes


@transaction.atomic
def lagg_in_mote(post, *, av):
    """The meeting of the day's body, put in that day and joined to it; the one that is there already if it is."""
    post = Hjulpost.objects.select_for_update(of=("self",)).select_related("organ", "hjul").get(pk=post.pk)
    if post.koppling != Koppling.MOTE or post.organ is None or post.mote_id or post.dagen_oviss or post.installd:
        raise OtillatenOvergang("Mötet går inte att lägga in: det finns redan, eller dagen är inte bestämd.")
    mote, nytt = Mote.objects.get_or_create(organ=post.organ, dag=post.dag)
    if Hjulpost.objects.filter(mote=mote).exists():
        raise OtillatenOvergang("Mötet den dagen hör redan till en annan dag i årshjulet. Inget ändrades.")
    if nytt:
        Handelse.logga(mote, "skapad", av=av)
    post.mote = mote
    post.save(update_fields=["mote", "andrad"])
    Handelse.logga(post, "mote", av=av, data={"mote": mote.pk})
    return mote


def lagg_in_moten(hjul, *, av):
    """Put in the meetings of all days that are set; how many."""
    poster = hjul.poster.kvar().filter(
        koppling=Koppling.MOTE, organ__isnull=False, mote=None, dagen_oviss=False, dag__gte=idag()
    )
    return len([lagg_in_mote(post, av=av) for post in poster])


def forsta_dag(post):
    """The first day it may be; of one whose day is not set, the month's first."""
    return post.dag.replace(day=1) if post.dagen_oviss else post.dag


def onskans_nyckel(post):
    """What the wish on an agenda is known by."""
    return f"arshjul-{post.pk}"
