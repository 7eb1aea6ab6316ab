"""The whole life of a case, gathered from every app's `paneler.py` for its page and its PDF (MB1, beslut.md 31)."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.timezone import localdate

from ekonomi import paneler as ekonomi_paneler
from insatser import ansokan_paneler, avtal_paneler, handlaggning_paneler
from insatser.models import Ansokan, Ansokansversion
from moten import jav
from moten import paneler as moten_paneler
from moten.models import Arende, Handling
from moten.policies import can_handle_arende
from samordning.karna.models import Handelse, Rapportversion
from samordning.karna.paneler import Atgard, NastaSteg, Tidsrad

# In the order of the chain; a panel has those of the functions that it has something to say in.
PANELER = (moten_paneler, ansokan_paneler, handlaggning_paneler, avtal_paneler, ekonomi_paneler)

Lage = Arende.Lage
VAGEN = (
    ("Kom in", {Lage.INKOMMEN, Lage.KOMPLETTERING}),
    ("Beredning", {Lage.BEREDNING}),
    ("Arbetsutskott", {Lage.AU}),
    ("Styrelse", {Lage.STYRELSE}),
    ("Beslut", {Lage.BEVILJAD, Lage.AVSLAGEN}),
    ("Avslut", {Lage.AVSLUTAD}),
)
BILDER = {
    "klar": "check", "nu": "arrow-right", "kommer": "flag", "ansokan": "inbox-arrow-down",
    "komplettering": "pencil-square", "yttrande": "chat-bubble-left-right", "beslut": "scale",
    "avtal": "document-check", "rapport": "chart-bar", "pengar": "banknotes",
}  # fmt: skip
# What follows on what when it happens on one day; a row of no kind is a step of the case's road.
FOLJD = {"ansokan": 0, "komplettering": 1, "yttrande": 2, "beslut": 3, "avtal": 4, "rapport": 5, "pengar": 6}
HANDELSER = {
    "registrerad": "Ärendet registrerades", "begar_komplettering": "Komplettering begärdes",
    "komplettera": "Kompletteringen kom in", "till_beredning": "Skickades till beredningsgruppen",
    "till_au": "Skickades till arbetsutskottet", "till_styrelse": "Skickades till styrelsen",
    "bevilja": "Styrelsen sa ja", "avsla": "Styrelsen sa nej", "aterremittera": "Skickades tillbaka för mer arbete",
    "aterkalla": "Ärendet återkallades", "avsluta": "Ärendet avslutades", "handlaggare": "Handläggaren byttes",
    "jav": "Den som inte deltar antecknades", "jav_borttaget": "En anteckning om jäv togs bort",
    "villkor_tillagt": "Ett villkor lades till", "villkor_andrat": "Ett villkor ändrades",
}  # fmt: skip
UTFALLDA, PLANERADE = 15, 6


@dataclass(frozen=True)
class Etapp:
    """A stage of the road: `tid` as in `Tidsrad`; `dag` when the case came there."""

    namn: str
    tid: str
    dag: datetime.date | None = None


@dataclass(frozen=True)
class Ar:
    """Older rows of one year, folded together. `delat` when later rows of the year are shown above."""

    ar: int | None
    rader: list
    delat: bool = False


@dataclass(frozen=True)
class Tidslinje:
    """Newest first: what is planned further on (folded), what is near and lately done, older years (folded).
    A row is (Tidsrad, picture)."""

    langre_fram: list
    rader: list
    aldre: list[Ar]

    def __bool__(self):
        return bool(self.rader)


@dataclass
class Sida:
    """Everything that the page and the PDF show to this user."""

    arende: Arende
    vag: list[Etapp]
    nasta: NastaSteg | None
    slut: bool
    kansli: bool
    huvudsak: Atgard | None
    atgarder: list[Atgard]
    fakta: list[tuple]
    rader: list[Tidsrad]
    handlingar: list[Handling]
    resultat: list[tuple]
    jav: list[str]
    historik: list[tuple]


def hamta(arende, user):
    """The page of a case that the user may see: a fixed number of queries here and in each panel."""
    kansli = can_handle_arende(user)
    atgarder = _alla("atgarder", arende, user)
    huvudsak = next((atgard for atgard in atgarder if atgard.huvudsak), None)
    handelser = list(Handelse.objects.om(arende).select_related("av"))
    handlingar = list(
        Handling.objects.visible_to(user).filter(arende=arende).select_related("fil").order_by("-datum", "-pk")
    )
    return Sida(
        arende=arende,
        vag=_vagen(arende, handelser),
        nasta=_forsta("nasta_steg", arende, user),
        slut=arende.lage in Arende.SLUTLAGEN,
        kansli=kansli,
        huvudsak=huvudsak,
        atgarder=[atgard for atgard in atgarder if atgard is not huvudsak],
        fakta=_fakta(arende, user),
        rader=_alla("tidslinje", arende, user),
        handlingar=handlingar,
        resultat=_resultat(arende, handlingar, user),
        jav=jav.i_ord(arende),
        historik=[(HANDELSER[rad.namn], rad) for rad in handelser if rad.namn in HANDELSER] if kansli else [],
    )


def _alla(namn, arende, user):
    """What all panels answer, in the order of the chain."""
    return [rad for panel in PANELER if hasattr(panel, namn) for rad in getattr(panel, namn)(arende, user)]


def _forsta(namn, arende, user):
    """The answer of the highest app that has one."""
    svar = (getattr(panel, namn)(arende, user) for panel in reversed(PANELER) if hasattr(panel, namn))
    return next(filter(None, svar), None)


def _fakta(arende, user):
    """The case's own facts and those of the panels; the first that uses a label has it."""
    egna = {
        "Parter": ", ".join(part.namn for part in arende.parter.all()),
        "Kom in": date_format(arende.inkom, "j F Y"),
    }
    if arende.handlaggare:
        egna["Handläggare"] = arende.handlaggare.namn
    for etikett, varde in _alla("fakta", arende, user):
        egna.setdefault(etikett, varde)
    return list(egna.items())


def _vagen(arende, handelser):
    """The stages with the day when the case last came to each; one that was skipped is left out."""
    nadda = {Lage.INKOMMEN: arende.inkom}
    for rad in reversed(handelser):
        if rad.namn != "registrerad" and rad.till in Lage.values:
            nadda[rad.till] = localdate(rad.tid)
    if arende.lage == Lage.ATERKALLAD:
        vagen = [(namn, lagen) for namn, lagen in VAGEN if lagen & nadda.keys()] + [("Återkallad", {Lage.ATERKALLAD})]
    elif arende.lage == Lage.AVSLAGEN:
        vagen = VAGEN[:-1]
    else:
        vagen = VAGEN
    nu = next(nr for nr, (_, lagen) in enumerate(vagen) if arende.lage in lagen)
    etapper = []
    for nr, (namn, lagen) in enumerate(vagen):
        dag = max((nadda[lage] for lage in lagen if lage in nadda), default=None) if 0 < nr <= nu else arende.inkom
        if nr > nu:
            etapper.append(Etapp(namn, "kommer"))
        elif nr == nu:
            etapper.append(Etapp(namn, "klar" if arende.lage in Arende.SLUTLAGEN else "nu", dag))
        elif dag:
            etapper.append(Etapp(namn, "klar", dag))
    return etapper


def _resultat(arende, handlingar, user):
    """[(heading, text, version or None)]: sentences out of a released version, with the version that the user may
    open. Nothing else in a case says anything about participants (beslut.md 9)."""
    texter = [
        (rad.rubrik, rad.text, rad.rapportversion_id)
        for rad in handlingar
        if rad.rapportversion_id and rad.text and not rad.makulerad
    ]
    # As it was last sent, as everything else of an application here: what is being completed is the parties' own.
    skickat = (
        Ansokansversion.objects.filter(ansokan__in=Ansokan.objects.visible_to(user).filter(arende=arende))
        .select_related("ansokan")
        .order_by("nr")
        .last()
    )
    if skickat and skickat.ansokan.rapportversion_id and (text := skickat.innehall.get("resultat")):
        texter.append(("Resultat i ansökan", text, skickat.ansokan.rapportversion_id))
    nummer = [nr for _, _, nr in texter]
    versioner = (
        Rapportversion.objects.visible_to(user).filter(pk__in=nummer).defer("varden").in_bulk() if nummer else {}
    )
    return [(rubrik, text, versioner.get(nr)) for rubrik, text, nr in texter]


def tidslinje(rader):
    """The rows of a panel as the page shows them; see `Tidslinje`."""
    kommer = [rad for rad in rader if rad.tid == "kommer"]
    daterade = _nyast_forst([rad for rad in kommer if rad.dag])
    odaterade = [rad for rad in kommer if not rad.dag]
    nara = max(PLANERADE - len(odaterade), 1)
    langre_fram, nara = daterade[: max(len(daterade) - nara, 0)], daterade[max(len(daterade) - nara, 0) :]
    klara = _nyast_forst([rad for rad in rader if rad.tid == "klar"])
    nyss, gamla = klara[:UTFALLDA], klara[UTFALLDA:]
    if len(gamla) <= 3:  # not worth a fold
        nyss, gamla = klara, []
    aldre = [
        Ar(ar, _med_bild(grupp), delat=bool(nyss[-1].dag) and nyss[-1].dag.year == ar)
        for ar, grupp in groupby(gamla, key=lambda rad: rad.dag.year if rad.dag else None)
    ]
    synliga = [*nara, *odaterade, *_nyast_forst([rad for rad in rader if rad.tid == "nu"]), *nyss]
    return Tidslinje(_med_bild(langre_fram), _med_bild(synliga), aldre)


def _med_bild(rader):
    return [(rad, BILDER.get(rad.slag) or BILDER[rad.tid]) for rad in rader]


def aldst_forst(rader):
    """The rows as the PDF tells them: what was done, what is now, what is planned; without a day last of its kind."""
    ordning = {"klar": 0, "nu": 1, "kommer": 2}
    return sorted(rader, key=lambda rad: (ordning[rad.tid], rad.dag is None, *_nar(rad)))


def _nyast_forst(rader):
    """The same turned round, so the last thing of a day is on top."""
    return sorted(rader, key=_nar)[::-1]


def _nar(rad):
    """Day, then what comes before what in a case; a panel gives the rows of one day oldest first."""
    return rad.dag or datetime.date.min, FOLJD.get(rad.slag, FOLJD["komplettering"])
