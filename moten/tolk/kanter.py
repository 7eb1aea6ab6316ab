"""What stands at the edges of pages and at the end of minutes: page numbers, repeated headers, signatures."""

import re
from collections import Counter

_SIDA = re.compile(
    r"^(?:.{0,60}?[\s|]+)?(?:sid(?:a|an|nr)?\.?\s*:?\s*\d{1,3}\s*(?:(?:\(|av|/|:)\s*\d{1,3}\s*\)?)?|\d{1,3}\s?\(\s?\d{1,3}\s?\))\s*$",
    re.I,
)
_BARA_SIDA = re.compile(
    r"^(?:sid(?:a|an|nr)?\.?\s*:?\s*\d{1,3}\s*(?:(?:\(|av|/|:)\s*\d{1,3}\s*\)?)?|\d{1,3}\s?\(\s?\d{1,3}\s?\))$", re.I
)
_SIFFRA = re.compile(r"^\W*\d{1,3}\W*$")
_UNDERSKRIFT = re.compile(
    r"^\W*(?:vid\s+(?:protokollet|pennan|anteckningarna)|justeras|justerat|justeringen|underskrift\w*|antecknat\s+av|"
    r"protokollförare|sekreterare|ordförande|justerare|protokollet\s+juster\w+|bevis\s+om|anslagsbevis|signatur\w*)\b.{0,60}$",
    re.I,
)
_STRECK = re.compile(r"^[\s_.…\-–]{6,}$")
FLEST_UNDERSKRIFT = 25
NARA = 2  # lines from the edge of a page


def hitta(rader):
    """Indices of lines that are page numbers or page headers: they say nothing of the meeting's own order."""
    ut = {i for i, rad in enumerate(rader) if not rad.tom and (rad.kant or _BARA_SIDA.match(rad.text.strip()))}
    lika = Counter(_nyckel(rad) for rad in rader if not rad.tom)
    antal_sidor = max((rad.sida for rad in rader), default=0)
    ytter = _ytterst(rader) if antal_sidor > 1 else set()
    med_sida = {i for i, rad in enumerate(rader) if len(rad.text) < 120 and _SIDA.match(rad.text.strip())}
    for i, rad in enumerate(rader):
        if rad.tom or i in ut or len(rad.text) > 120:
            continue
        text, nyckel = rad.text.strip(), _nyckel(rad)
        if (
            i in ytter
            and (_SIFFRA.match(text) or lika[nyckel] >= max(2, antal_sidor // 2))
            or i in med_sida
            and lika[nyckel] >= 2
        ):
            ut.add(i)
    # A header of several lines: what is repeated right beside the page numbers.
    sidor = sorted(ut)
    grannar = Counter(_nyckel(rader[j]) for i in sidor for j in _grannar(rader, i))
    for i in sidor:
        for j in _grannar(rader, i):
            nyckel = _nyckel(rader[j])
            if lika[nyckel] >= 3 and grannar[nyckel] >= 3 and len(rader[j].text) < 120:
                ut.add(j)
    return ut


def _nyckel(rad):
    return re.sub(r"\d+", "#", " ".join(rad.text.split())).casefold()[:200]


def _grannar(rader, i):
    return [j for j in range(max(0, i - NARA), min(len(rader), i + NARA + 1)) if j != i and not rader[j].tom]


def _ytterst(rader):
    """Indices of the first and last lines of each page."""
    sidor = {}
    for i, rad in enumerate(rader):
        if not rad.tom:
            sidor.setdefault(rad.sida, []).append(i)
    return {i for rader_ in sidor.values() for i in (*rader_[:NARA], *rader_[-NARA:])}


def underskrifter(rader, fran, kanter):
    """Indices of the signatures that end the minutes, in the lines from `fran` on."""
    fyllda = [i for i in range(fran, len(rader)) if not rader[i].tom and i not in kanter]
    sist = fyllda[-FLEST_UNDERSKRIFT:]
    for nr, i in enumerate(sist):
        text = rader[i].text.strip()
        if (_UNDERSKRIFT.match(text) or _STRECK.match(text)) and all(len(rader[j].text) <= 120 for j in sist[nr:]):
            return set(sist[nr:])
    return set()
