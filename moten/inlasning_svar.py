"""What has to be known before old minutes can be a meeting: guessed from the text, answered by the kansli."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from django.db.models import Q
from django.utils.dates import MONTHS

from moten.inlasning_personer import BARA_TEXT, NY, Namn, namnen, nr_for
from moten.models import Mote, Organ
from moten.tolk.namn import normalisera
from samordning.karna.kalender import idag

ETT_HALVAR = timedelta(days=183)
MINST_STAM = 4  # letters that two forms of a word share


@dataclass(frozen=True)
class Nasta:
    """A coming meeting that the minutes tell of. `dag` None when the text does not say a whole day."""

    text: str
    organ: Organ | None
    dag: date | None
    fran: time | None = None
    till: time | None = None
    plats: str = ""
    sista_dag: date | None = None
    finns: bool = False  # there is a meeting of the body that day already


@dataclass
class Svar:
    """Everything that saving needs. `fragor`: what nobody has answered, in words."""

    organ: Organ | None
    dag: date | None
    sista_dag: date | None
    fran: time | None
    till: time | None
    plats: str
    personer: list[Namn]
    ordforande: int | None
    sekreterare: int | None
    forslag: list[Nasta] = field(default_factory=list)  # every coming meeting that the text tells of
    nasta: list[Nasta] = field(default_factory=list)  # those that are put into the calendar
    folj_upp: bool = False  # what was to be done then is still to be done
    ersatt: bool = False  # take the place of an earlier import of the same meeting
    fragor: list[str] = field(default_factory=list)


def gissa(anteckning, namn, register, *, organ=None, dag=None, alla_organ=None):
    """The `Svar` that the text gives; `organ` and `dag` are what somebody said. At most four queries."""
    alla_organ = list(Organ.objects.all()) if alla_organ is None else alla_organ
    organ = organ or gissa_organ(anteckning, namn, alla_organ)
    dag = dag or hel_dag(anteckning.datum)
    personer = namnen(anteckning, register, organ)
    fran, till = klockslag(anteckning.fran), klockslag(anteckning.till)
    svar = Svar(
        organ=organ, dag=dag, sista_dag=None, fran=fran, till=till if fran and till and till > fran else None,
        plats=(anteckning.plats or "")[:120], personer=personer,
        ordforande=nr_for(anteckning.ordforande, personer), sekreterare=nr_for(anteckning.sekreterare, personer),
        folj_upp=bool(dag and dag > idag() - ETT_HALVAR),
    )  # fmt: skip
    svar.forslag = kommande(anteckning, svar, alla_organ)
    svar.nasta = forvalda(svar.forslag)
    svar.fragor = _fragor(anteckning, svar)
    return svar


def _fragor(anteckning, svar):
    fragor = []
    if not svar.organ:
        fragor.append("vilket organ det var")
    if not svar.dag:
        fragor.append("vilken dag det var")
    if osakra := sum(not rad.saker for rad in svar.personer):
        fragor.append("vem ett namn är" if osakra == 1 else f"vilka {osakra} namn är")
    if not anteckning.punkter:
        fragor.append("inga punkter hittades")
    if svar.dag and svar.dag > idag():
        fragor.append("dagen har inte varit än")
    elif svar.organ and svar.dag and not kan_fyllas(upptaget(svar.organ, svar.dag)):
        fragor.append("det finns redan ett möte den dagen")
    return fragor


def utan_fragor(svar):
    """The answers when nobody can be asked: only a name that is exactly a contact's is that contact; the others are new
    contacts. [names that look like somebody's, in words]"""
    liknar = []
    for rad in svar.personer:
        if rad.saker or rad.val == BARA_TEXT:
            continue
        if rad.val != NY or rad.kandidater:
            liknar.append(f"{rad.namn} lades upp som ny kontakt, men kan vara {rad.kandidater[0].namn}.")
        rad.val = NY
    liknar += [f"Flera kontakter heter {rad.namn}. Namnet finns bara i texten." for rad in svar.personer
               if rad.val == BARA_TEXT]  # fmt: skip
    return liknar


# ---- Body, day and time


def gissa_organ(anteckning, namn, alla):
    """The body whose name the text or the file says; else the only one of the kind that it speaks of."""
    text = f" {normalisera(' '.join([anteckning.titel, anteckning.inledning[:2000], re.sub(r'[_.]', ' ', namn)]))} "
    if namngivna := [organ for organ in alla if f" {normalisera(organ.namn)} " in text]:
        return max(namngivna, key=lambda organ: len(organ.namn))
    slag = {"beredningsgrupp": Organ.Slag.BEREDNING, "arbetsutskott": Organ.Slag.AU}.get(
        anteckning.organ, anteckning.organ
    )
    av_slaget = [organ for organ in alla if organ.slag == slag]
    # "Beredningsgrupp norra" is "Norra beredningsgruppen".
    med_orden = [organ for organ in av_slaget if _alla_ord(normalisera(organ.namn).split(), text.split())]
    for rader in (med_orden, av_slaget):
        if len(rader) == 1:
            return rader[0]
    return None


def _alla_ord(sokta, orden):
    """Is each of `sokta` one of the words, in some form of it?"""
    return bool(sokta) and all(
        any(ett == ord_ or (min(len(ett), len(ord_)) >= MINST_STAM and (ett.startswith(ord_) or ord_.startswith(ett)))
            for ord_ in orden)
        for ett in sokta
    )  # fmt: skip


def organ_for(text, alla):
    """The body of a name or a slug as somebody typed it, or None. Words may be left out while only one body fits."""
    sokt = normalisera(text.replace("-", " ").replace("_", " "))
    utan = {_utan_prickar(normalisera(organ.namn)): organ for organ in alla}
    if organ := utan.get(_utan_prickar(sokt)):
        return organ
    orden = _utan_prickar(sokt).split()
    passar = [organ for namn, organ in utan.items() if _alla_ord(orden, namn.split())]
    return passar[0] if len(passar) == 1 else None


def slug(organ):
    """How the command line names a body."""
    return "-".join(_utan_prickar(normalisera(organ.namn)).split())


def _utan_prickar(text):
    return text.translate(str.maketrans("åäö", "aao"))


def hel_dag(text):
    """A date of a whole ISO day; None for what is known in part."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def klockslag(text):
    """A time of "09:00", or None."""
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def upptaget(organ, dag):
    """The meeting that the body has that day, or None. One query."""
    return Mote.objects.filter(organ=organ, dag=dag).select_related("organ").first()


def kan_fyllas(mote):
    """True for a day in the calendar that nothing has been done with: the old minutes take its place."""
    if mote is None:
        return True
    ror = (mote.punkter, mote.narvaro, mote.kallelser, mote.underlag)
    return mote.lage == Mote.Lage.PLANERAT and not any(rader.exists() for rader in ror)


# ---- Coming meetings


def kommande(anteckning, svar, alla_organ):
    """[Nasta] of what the text says; the year is the first one after the meeting when it is not said."""
    rader = []
    for mote in anteckning.nasta_moten:
        dag = fyll_ar(mote.datum, svar.dag)
        organ = _avsett(mote.avser, svar.organ, alla_organ)
        tid = "–".join(filter(None, (mote.fran, mote.till)))
        text = ", ".join(filter(None, (mote.avser, dag_i_ord(mote.datum), tid, mote.plats)))
        fran, till = klockslag(mote.fran), klockslag(mote.till)
        till = till if fran and till and till > fran else None
        rader.append(Nasta(text, organ, dag, fran, till, (mote.plats or "")[:120], fyll_ar(mote.sista_dag, dag)))
    villkor = Q(pk=None)
    for rad in rader:
        if rad.organ and rad.dag:
            villkor |= Q(organ=rad.organ, dag=rad.dag)
    finns = set(Mote.objects.filter(villkor).values_list("organ", "dag")) if rader else set()
    return [replace(rad, finns=bool(rad.organ and (rad.organ.pk, rad.dag) in finns)) for rad in rader]


def forvalda(rader):
    """Those that are put into the calendar unless somebody says otherwise: still to come, and not there."""
    return [rad for rad in rader if rad.organ and rad.dag and rad.dag > idag() and not rad.finns]


def dag_i_ord(text):
    """ "14 maj", "14 maj 2024" or "maj 2024" of what the reader knows of a day."""
    try:
        if text.startswith("--"):
            manad, dag = map(int, text[2:].split("-"))
            return f"{dag} {MONTHS[manad]}"
        ar, manad, *dag = map(int, text.split("-"))
        return " ".join(map(str, (*dag, MONTHS[manad], ar)))
    except (ValueError, KeyError):
        return text


def _avsett(avser, organ, alla):
    """ "Norra" of "Norra: 10 mars" is the preparation group in the north; without a word it is the body itself."""
    if not avser:
        return organ
    orden = normalisera(avser)
    samma = [ett for ett in alla if orden and orden in normalisera(ett.namn)]
    return samma[0] if len(samma) == 1 else None


def fyll_ar(text, efter):
    """The day of a date as the reader gives it; without a year it is the first such day after `efter`."""
    if hel := hel_dag(text):
        return hel
    if not (text and text.startswith("--") and efter):
        return None
    for ar in (efter.year, efter.year + 1):
        if (dag := hel_dag(f"{ar}{text[1:]}")) and dag > efter:
            return dag
    return None
