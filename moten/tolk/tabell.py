"""Attendance in columns: "Namn | Organisation | Närvarande", or two lists of names beside each other."""

import re

from moten.tolk.etiketter import FRANVARANDE, NARVARANDE, etikett
from moten.tolk.namnlista import BORTA

_RUBRIKER = {
    "namn": "namn", "ledamot": "namn", "ledamöter": "namn", "deltagare": "namn", "person": "namn", "för- och efternamn":
    "namn", "förnamn": "namn", "efternamn": "efternamn", "organisation": "part", "part": "part", "myndighet": "part",
    "representerar": "part", "kommun": "part", "arbetsplats": "part", "huvudman": "part", "verksamhet": "part",
    "parti": "part", "roll": "roll", "funktion": "roll", "titel": "roll", "uppdrag": "roll", "närvarande": NARVARANDE,
    "närvaro": NARVARANDE, "på plats": NARVARANDE, "digitalt": NARVARANDE, "teams": NARVARANDE, "deltar": NARVARANDE,
    "frånvarande": FRANVARANDE, "frånvaro": FRANVARANDE, "ej närvarande": FRANVARANDE, "förhinder": FRANVARANDE,
    "anmält förhinder": FRANVARANDE, "ersättare": "ersattare", "ersätter": "ersatter", "anmärkning": "ovrigt",
    "kommentar": "ovrigt", "signatur": "ovrigt", "underskrift": "ovrigt", "nr": "ovrigt", "e-post": "ovrigt",
}  # fmt: skip
_LANGST_FORST = sorted(_RUBRIKER, key=len, reverse=True)
TATT = -1  # the place of a column that has none
_MARKE = re.compile(
    r"[\s,]+(?P<marke>[xX✓√]|ja|nej|närvarande|(?:har\s+)?(?:anmält\s+)?(?:förhinder|frånvarande|frånvaro))"
    r"(?P<efter>,.{0,80})?$",
    re.I,
)
_STRECK = re.compile(r"^[\s|:+=-]{3,}$")
_NEJ = re.compile(r"^(nej|n|f|ej|0|-|–|—|återbud|förhinder|frånv.*)$", re.I)


def celler(rad):
    """[(column, text)]: cells by pipes, tabs or two spaces and more. The column of the last kind is its place."""
    text = rad.text if not rad.ra.startswith(("\t", " ")) else rad.ra
    if "|" in text:
        return list(enumerate(cell.strip(" *") for cell in text.strip().strip("|").split("|")))
    if "\t" in text:
        return list(enumerate(cell.strip(" *") for cell in text.rstrip().split("\t")))
    return [(traff.start(), traff.group().strip(" *")) for traff in re.finditer(r"\S+(?: \S+)*", text)]


def ar_streck(rad):
    """The line under the header of a table in Markdown."""
    return bool(_STRECK.match(rad.text)) and ("|" in rad.text or "--" in rad.text)


def rubrikrad(rad):
    """[(column, kind)] of a line that is the header of a table of attendance, or None."""
    if len(rad.text) > 400:
        return None
    rubriker = [(plats, cell.casefold().rstrip(":").strip()) for plats, cell in celler(rad) if cell]
    slag = [(plats, _slag(cell)) for plats, cell in rubriker]
    if len(slag) == 1:
        return _tata_rubriker(rubriker[0][1])
    if len(slag) < 2 or any(sort is None for _, sort in slag):
        return None
    sorter = [sort for _, sort in slag]
    narvaro = {NARVARANDE, FRANVARANDE} & set(sorter)
    if "namn" in sorter or len(narvaro) == 2:
        return slag
    return None


def _tata_rubriker(text):
    """The kinds of a header whose columns are parted by one space, as the text of a PDF has them, or None."""
    sorter, kvar = [], text.replace("|", " ")
    while kvar:
        namn = next((namn for namn in _LANGST_FORST if re.match(rf"{re.escape(namn)}(?!\w)", kvar)), None)
        if namn is None or len(sorter) > 5:
            return None
        sorter.append(_RUBRIKER[namn])
        kvar = kvar[len(namn) :].strip()
    return [(TATT, sort) for sort in sorter] if len(sorter) > 1 and sorter[0] == "namn" else None


def _tat_rad(text, sorter):
    """{kind: [text]} of a row without columns: a name, a mark at the end, and what follows the mark."""
    traff = _MARKE.search(text)
    ut = {"namn": [text[: traff.start()] if traff else text]}
    if traff:
        borta = BORTA.match(traff.group("marke")) or _NEJ.match(traff.group("marke"))
        narvaro = [sort for sort in sorter if sort in (NARVARANDE, FRANVARANDE)]
        if borta:
            ut[FRANVARANDE] = [traff.group("marke")]
        elif narvaro:
            ut[narvaro[0]] = [traff.group("marke")]
        if traff.group("efter"):
            ut["roll"] = [traff.group("efter").strip(" ,")]
    return ut


def _slag(cell):
    if cell in _RUBRIKER:
        return _RUBRIKER[cell]
    marke = etikett(cell)
    return marke.slag if marke and not marke.rest and marke.slag in (NARVARANDE, FRANVARANDE) else None


def fordela(rad, kolumner):
    """{kind: [text]} of a row under a header. A cell belongs to the column that begins nearest to it."""
    if kolumner[0][0] == TATT:
        return _tat_rad(rad.text.strip(), [sort for _, sort in kolumner])
    efter_plats = "|" not in rad.text and "\t" not in rad.ra
    ut = {}
    for plats, cell in celler(rad):
        narmast = min(kolumner, key=lambda kolumn: abs(kolumn[0] - plats))
        sort = narmast[1] if efter_plats or narmast[0] == plats else None
        if cell and sort:
            ut.setdefault(sort, []).append(cell)
    return ut


def ar_narvarande(rad, kolumner, annars):
    """NARVARANDE or FRANVARANDE for a row with a name column; `annars` when the row does not say."""
    sorter = {sort for _, sort in kolumner}
    if NARVARANDE in sorter and any(not _NEJ.match(cell) for cell in rad.get(NARVARANDE, [])):
        return NARVARANDE
    if rad.get(NARVARANDE) or (FRANVARANDE in sorter and rad.get(FRANVARANDE)):
        return FRANVARANDE
    if rad.get(FRANVARANDE):
        return FRANVARANDE
    if sorter & {NARVARANDE, FRANVARANDE}:
        return FRANVARANDE if NARVARANDE in sorter else NARVARANDE
    return annars
