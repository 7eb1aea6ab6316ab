"""The look before a record is published (beslut.md 11): what may be a personnummer, and names that are neither in the
contact register nor among those who were at the meeting. Pure patterns: nobody is looked up among participants.

Names are guessed by their capitals. A guess too many costs a tick; one too few may cost a person.
"""

import re
import unicodedata
from dataclasses import dataclass

from moten.models import Organ
from samordning.karna.kommuner import KOMMUNER
from samordning.karna.models import Kontakt, Part

NUMMER = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}|\d{2})[ ]?\d{2}[ ]?\d{2}[ ]?[-+–]?[ ]?(?:\d{4}|[A-ZÅÄÖ]{4})(?!\w)")
ORD = r"[A-ZÅÄÖÉÜ][\w'’]*[a-zåäöéüß](?:-[A-ZÅÄÖÉÜ][\w'’]+)?"
NAMN = re.compile(rf"(?<![\w§]){ORD}(?:\s+(?:(?:von|af|de|van|al|el)\s+)?{ORD})*(?!\w)")
SLUT = re.compile(r"(?:^|[.!?:;”\"»(]|\n|\A|[-•*–])\s*$")
# Capitals that say no more than that a record is one.
VANLIGA = frozenset(
    "Försäkringskassan Försäkringskassans Arbetsförmedlingen Arbetsförmedlingens Region Regionen Kommun Kommunen "
    "Styrelsen Beredningsgruppen Arbetsutskottet Finsam Sverige Skaraborg Grupp Bilaga Teams Zoom Excel Word".split()
)


@dataclass(frozen=True)
class Fynd:
    """Something to look at: the words, what they may be, and the items (their designations) they stand in."""

    text: str
    slag: str  # nummer | namn
    var: tuple[str, ...]


def granska(blad):
    """[Fynd] of a record as JSON (`protokoll.som_json`), each word once, numbers first. Three queries."""
    kanda_namn, kanda_ord = _kanda(blad)
    fynd = {}
    for var, text in _texter(blad):
        text = unicodedata.normalize("NFC", text)
        for traff in NUMMER.finditer(text):
            fynd.setdefault((traff[0], "nummer"), []).append(var)
        for traff in NAMN.finditer(text):
            if namn := _okant(text, traff, kanda_namn, kanda_ord):
                fynd.setdefault((namn, "namn"), []).append(var)
    for text, slag in [nyckel for nyckel in fynd if nyckel[1] == "namn"]:
        # "Om Kalle Persson" and "Kalle Perssons" are the Kalle Persson who is there too: hiding him hides them.
        for samma in _varianter(text):
            if samma != text and " " in samma and (samma, slag) in fynd:
                fynd[samma, slag] += fynd.pop((text, slag))
                break
    rader = [Fynd(text, slag, tuple(dict.fromkeys(var))) for (text, slag), var in fynd.items()]
    return sorted(rader, key=lambda rad: rad.slag != "nummer")


def _varianter(text):
    utan_forsta = text.partition(" ")[2]
    return text.removesuffix("s"), utan_forsta, utan_forsta.removesuffix("s")


def _okant(text, traff, kanda_namn, kanda_ord):
    """The name that nobody knows in a run of capitals, or ""."""
    delar = traff[0].split()
    if SLUT.search(text[: traff.start()]):
        # The first word of a sentence has a capital anyway.
        if len(delar) == 1:
            return ""
        if " ".join(delar).casefold() not in kanda_namn and " ".join(delar[1:]).casefold() in kanda_namn:
            return ""
    if " ".join(delar).casefold() in kanda_namn or all(_grund(del_) in kanda_ord for del_ in delar):
        return ""
    return " ".join(delar)


def _grund(ord_):
    """Without the genitive."""
    ord_ = ord_.casefold()
    return ord_[:-1] if ord_.endswith("s") and len(ord_) > 3 else ord_


def _kanda(blad):
    """({whole names}, {words}) that need no look."""
    vid_motet = {
        person["namn"] for grupp in blad["grupper"] for person in (*grupp["narvarande"], *grupp["franvarande"])
    }
    vid_motet |= {rad["namn"] for rad in blad["underskrifter"]} | {blad["ordforande"], blad["sekreterare"]}
    personer = vid_motet | set(Kontakt.objects.values_list("namn", flat=True))
    annat = {*Part.objects.values_list("namn", flat=True), *Organ.objects.values_list("namn", flat=True)}
    annat |= {*KOMMUNER.values(), blad["organ"], *VANLIGA}
    ord_ = {_grund(del_) for namn in (*vid_motet, *annat) for del_ in namn.split()}
    namn = {namn.casefold() for namn in (*personer, *annat)}
    return namn | {f"{ett}s" for ett in namn}, ord_


def _texter(blad):
    """[(where, text)] of everything that somebody typed."""
    yield "rubriken", blad["tema"]
    yield "platsen", blad["plats"]
    for punkt in blad["punkter"]:
        var = punkt["beteckning"]
        for namn in ("rubrik", "text", "slut", "fragor", "foredragande"):
            yield var, punkt[namn]
        for rad in punkt["utfall"]:
            yield var, f"{rad['text']}\n{rad['ansvar'].split(',')[0]}"
        for rad in punkt["grupper"]:
            yield var, rad["text"]
        for rad in punkt["rostningar"]:
            yield var, "\n".join([rad["fraga"], *(f"{val['text']}\n{val['hopslaget']}" for val in rad["rader"])])
        for rad in punkt["enkat"]:
            yield var, "\n".join([rad["text"], rad["svar"], *rad["texter"]])
        yield from ((var, text) for text in punkt["bilagor"])
