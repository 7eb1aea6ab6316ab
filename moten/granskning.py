"""The look before a record is published (beslut.md 11): what may be a personnummer, names that are neither in the
contact register nor among those who were at the meeting, and what else may point at somebody. Pure patterns: nobody is
looked up among participants.

Names are guessed by their capitals. A guess too many costs a choice in a list; one too few may cost a person.
"""

import re
import unicodedata
from dataclasses import dataclass

from moten.fornamn import FORNAMN
from moten.models import Organ
from samordning.karna.kommuner import KOMMUNER
from samordning.karna.models import Kontakt, Part
from samordning.karna.personnummer import ser_ut_som_datum

STRECK = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"  # inside [ ]
NUMMER = re.compile(
    rf"(?<!\d)(?<!\d[{STRECK}])(?:(?:19|20)\d{{2}}|\d{{2}})\s?\d{{2}}\s?\d{{2}}(?:\s?[{STRECK}+]?\s?(?:\d{{4}}|[A-ZÅÄÖ]{{4}}))?"
    rf"(?!\w)(?![{STRECK}]\d)"
)
EPOST = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,40}(?:\.[\w-]{1,40}){1,3}")
TELEFON = re.compile(rf"(?<![\d{STRECK}/])(?:\+46|0046|0)[\s{STRECK}]?\d(?:[\s{STRECK}/]{{0,3}}\d){{6,10}}(?!\d)")
SKYDD = re.compile(
    r"(?<!\w)(?:skydda(?:d|de|t)\s+(?:identitet\w*|person(?:uppgift\w*)?|folkbokföring\w*)|sekretessmarker\w+|"
    r"kvarskriv\w+|fingera(?:d|de)\s+personuppgift\w*)", re.IGNORECASE,
)  # fmt: skip
INITIALER = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\.\s?(?:[A-ZÅÄÖ]\.){1,4}")
DEL = rf"[A-ZÅÄÖÉÜ][\w'’]{{0,30}}(?:[{STRECK}][A-ZÅÄÖÉÜ][\w'’]{{1,30}})?"
LUCKA = r"[^\S\n]{1,4}"
# A name may be broken over two lines; a list of names has each on its own.
NAMN = re.compile(rf"(?<![\w§]){DEL}(?:(?:{LUCKA}(?:(?:von|af|de|van|al|el|bin){LUCKA})?{DEL}){{1,3}}|\n{DEL})?(?!\w)")
SMAORD = frozenset({"von", "af", "de", "van", "al", "el", "bin"})
MENINGENS_SLUT = frozenset('.!?:;”"»(•*/-–—')
# A heading or a sentence begins with them, and a name may follow.
_FORE_NAMN = """
om på i till från med vi hon han hen den det de en ett när hur vad vem som att av för efter enligt hos mot mellan under
över utan vid åt ur sedan även också samt men och eller så då där här nu ja nej tack herr fru både medan
"""
FORE_NAMN = frozenset(_FORE_NAMN.split())
# Capitals that say no more than that a record is one.
_VANLIGA = """
Försäkringskassan Arbetsförmedlingen Region Regionen Kommun Kommunen Styrelsen Beredningsgruppen Arbetsutskottet Finsam
Sverige Skaraborg Stadshuset Kommunhuset Rådhuset Grupp Bilaga Teams Zoom Excel Word Januari Februari Mars April Maj
Juni Juli Augusti September Oktober November December
"""
VANLIGA = _VANLIGA.split()
NUMMER_, NAMN_, KONTAKT_, SKYDD_ = "nummer", "namn", "kontakt", "skydd"
ORDNING = (NUMMER_, SKYDD_, NAMN_, KONTAKT_)
FLEST = 300  # more than anybody looks through


@dataclass(frozen=True)
class Fynd:
    """Something to look at: the words, what they may be, and the items (their designations) they stand in."""

    text: str
    slag: str  # nummer | skydd | namn | kontakt
    var: tuple[str, ...]


def plats(var):
    """ "§ 7", "punkt 3", "rubriken": where, in a sentence."""
    return f"punkt {var.rstrip('.')}" if var[:1].isdigit() else var


def granska(blad):
    """[Fynd] of a record as JSON (`protokoll.som_json`), each word once, numbers first. Four queries."""
    kanda = _Kanda(blad)
    fynd, forst_i_mening = {}, []  # {(kind, words in lower case): [words, where]}

    def hittade(slag, ord_, var):
        ord_ = " ".join(ord_.split())
        fynd.setdefault((slag, ord_.casefold()), [ord_, []])[1].append(var)

    for var, text in _texter(blad):
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        for slag, ord_ in _monster(text, kanda):
            hittade(slag, ord_, var)
        for traff in NAMN.finditer(text):
            namn, ensamt_forst = _okant(text, traff, kanda)
            if ensamt_forst:
                forst_i_mening.append((namn, var))
            elif namn:
                hittade(NAMN_, namn, var)
    _samma(fynd)
    # "Kalle berättade." begins as any sentence does, but Kalle Persson is there too.
    delar = {_grund(del_) for slag, namn in fynd if slag == NAMN_ for del_ in namn.split()}
    for namn, var in forst_i_mening:
        if _grund(namn) in delar or _grund(namn) in FORNAMN:
            hittade(NAMN_, namn, var)
    _samma(fynd)
    rader = [Fynd(ord_, slag, tuple(dict.fromkeys(var))) for (slag, _), (ord_, var) in fynd.items()]
    return sorted(rader, key=lambda rad: ORDNING.index(rad.slag))


def _monster(text, kanda):
    """[(kind, words)] of what is no name."""
    for traff in NUMMER.finditer(text):
        if _kan_vara_fodd(traff[0]):
            yield NUMMER_, traff[0]
    for traff in SKYDD.finditer(text):
        yield SKYDD_, " ".join(traff[0].split())
    for traff in INITIALER.finditer(text):
        yield NAMN_, traff[0]
    for traff in EPOST.finditer(text):
        if traff[0].rstrip(".").casefold() not in kanda.epost:
            yield KONTAKT_, traff[0].rstrip(".")
    for traff in TELEFON.finditer(text):
        if _siffror(traff[0]) not in kanda.telefon:
            yield KONTAKT_, traff[0]


def _kan_vara_fodd(text):
    """A number whose first digits may be a date of birth; six of them alone too."""
    tecken = re.sub(rf"[\s{STRECK}]", "", text)
    if re.search(r"[A-ZÅÄÖ]", tecken):  # a temporary samordningsnummer
        tecken = tecken[:-4] + "0000"
    if len(tecken.replace("+", "")) in (6, 8):
        tecken += "0000"
    return ser_ut_som_datum(tecken)


def _siffror(text):
    siffror = re.sub(r"\D", "", text)
    return "0" + siffror.removeprefix("0046").removeprefix("46") if siffror.startswith(("0046", "46")) else siffror


def _samma(fynd):
    """ "Mentor Kalle Persson" and "Kalle Perssons" are the Kalle Persson who is there too; hiding him hides all."""
    for slag, ord_ in [nyckel for nyckel in fynd if nyckel[0] == NAMN_]:
        if (slag, ord_) not in fynd:
            continue
        for samma, text in _varianter(ord_, fynd[slag, ord_][0]):
            if (slag, samma) not in fynd and (slag, f"{samma}s") in fynd and f"{samma}s" != ord_:
                fynd[slag, samma] = [text, fynd.pop((slag, f"{samma}s"))[1]]
            if (slag, samma) in fynd and samma != ord_:
                fynd[slag, samma][1] += fynd.pop((slag, ord_))[1]
                break


def _varianter(ord_, text):
    """[(words in lower case, as they are written)] of names that, hidden, hide this one too."""
    forsta, _, rest = ord_.partition(" ")
    if " " in rest and forsta not in FORNAMN:
        utan = text.partition(" ")[2]
        yield from ((rest, utan), (rest.removesuffix("s"), utan.removesuffix("s")))
    yield ord_.removesuffix("s"), text.removesuffix("s")


def _okant(text, traff, kanda):
    """(the name that nobody knows in a run of capitals or "", is it one word that begins a sentence)"""
    delar = traff[0].split()
    forst = _borjar_mening(text, traff.start())
    if forst and len(delar) > 1 and _fore_namn(*delar[:2]):
        delar, forst = delar[1:], False
    delar = kanda.skala(delar)
    if not delar or not any(_namnlik(del_, len(delar)) for del_ in delar):
        return "", False
    if len(delar) == 1 and kanda.ensamt(delar[0]):
        return "", False
    return " ".join(delar), forst and len(delar) == 1


def _fore_namn(ena, andra):
    """The first is no part of the name that the second begins: "Om Kalle", "Fråga Kalle"."""
    ena = ena.casefold()
    return ena in FORE_NAMN or (ena not in FORNAMN and _grund(andra) in FORNAMN)


def _namnlik(del_, antal):
    """BIP and SUS are no names; KALLE PERSSON may be one."""
    return any(tecken.islower() for tecken in del_) or (antal > 1 and len(del_) > 2)


def _borjar_mening(text, plats):
    fore = text[max(0, plats - 40) : plats]
    utan = fore.rstrip()
    return not utan or utan[-1] in MENINGENS_SLUT or "\n" in fore[len(utan) :]


def _grund(ord_):
    """Without the genitive."""
    ord_ = ord_.casefold()
    return ord_[:-1] if ord_.endswith("s") and len(ord_) > 3 else ord_


class _Kanda:
    """Names, addresses and numbers that need no look."""

    def __init__(self, blad):
        grupper = [(*grupp["narvarande"], *grupp["franvarande"]) for grupp in blad["grupper"]]
        vid_motet = {person["namn"] for grupp in grupper for person in grupp}
        vid_motet |= {rad["namn"] for rad in blad["underskrifter"]} | {blad["ordforande"], blad["sekreterare"]}
        kontakter = list(Kontakt.objects.values_list("namn", "epost", "telefon"))
        parter = list(Part.objects.values_list("namn", "epost", "telefon"))
        annat = {namn for namn, _, _ in parter} | set(Organ.objects.values_list("namn", flat=True))
        annat |= {*KOMMUNER.values(), blad["organ"], *VANLIGA}
        alla = vid_motet | annat | {namn for namn, _, _ in kontakter}
        self.hela = {_utan_genitiv(namn) for namn in alla if namn.strip()}
        self.langst = max(map(len, self.hela), default=0)
        self.ord = {_grund(del_) for namn in annat for del_ in namn.split()}
        self.vid_motet = {_grund(del_) for namn in vid_motet for del_ in namn.split()}
        self.epost = {epost.casefold() for _, epost, _ in (*kontakter, *parter) if epost}
        self.telefon = {_siffror(telefon) for _, _, telefon in (*kontakter, *parter) if telefon}

    def skala(self, delar):
        """The words without known names before and after."""
        for bakifran in (False, True):
            while delar and (antal := self._kant(delar, bakifran)):
                delar = delar[:-antal] if bakifran else delar[antal:]
        return delar

    def _kant(self, delar, bakifran):
        """How many of the first (last) words are a known name."""
        for antal in range(len(delar), 0, -1):
            bit = delar[-antal:] if bakifran else delar[:antal]
            if _utan_genitiv(bit) in self.hela or (antal == 1 and (_grund(bit[0]) in self.ord or bit[0] in SMAORD)):
                return antal
        return 0

    def ensamt(self, ord_):
        """One name alone, of somebody at the meeting."""
        return _grund(ord_) in self.vid_motet


def _utan_genitiv(namn):
    """The words of a name, the last one without its genitive."""
    *forst, sist = namn.split() if isinstance(namn, str) else namn
    return (*(del_.casefold() for del_ in forst), _grund(sist))


def _texter(blad):
    """[(where, text)] of everything that somebody typed."""
    yield "rubriken", blad["tema"]
    yield "platsen", blad["plats"]
    for punkt in blad["punkter"]:
        var = punkt["beteckning"]
        for namn in ("rubrik", "text", "slut", "fragor", "foredragande"):
            yield var, punkt[namn]
        for rad in punkt["utfall"]:
            yield var, rad["text"]
            yield var, rad["ansvar"].split(",")[0]
        for rad in punkt["grupper"]:
            yield var, rad["text"]
        for rad in punkt["rostningar"]:
            yield var, rad["fraga"]
            yield from ((var, f"{val['text']}\n{val['hopslaget']}") for val in rad["rader"])
        if runda := punkt.get("laget_runt"):
            yield var, runda["fraga"]
            for rad in runda["svar"]:
                yield var, rad["text"]
                # Inside a sentence: no word that has a capital because it comes first.
                yield var, rad["namn"] and f"av {rad['namn']}"
        for rad in punkt["enkat"]:
            yield from ((var, text) for text in (rad["text"], rad["svar"], *rad["texter"]))
        yield from ((var, text) for text in punkt["bilagor"])
