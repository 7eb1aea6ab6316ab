"""The coming meetings that minutes speak of."""

import re

from moten.tolk import datum
from moten.tolk.namnlista import utan_marken
from moten.tolk.typer import Motestid

_RUBRIK = re.compile(
    r"\b(nästa|kommande|nästkommande|framtida)\s+(\w+\s+)?(möten?|mötet|mötes\w+|sammanträde\w*|träff\w*|tillfälle\w*|"
    r"beredningsgrupp\w*|styrgrupp\w*|styrelse\w*|datum|sammankomst\w*)|\b(mötes|sammanträdes)(tider|datum|dagar|plan)\b|"
    r"\bdatum\s+för\b",
    re.I,
)
_I_TEXT = re.compile(
    r"\bnästa\s+(?:\w+\s+){0,2}?(?:möte|mötet|mötestillfälle|sammanträde|träff|\w*möte|styrgrupp\w*|beredningsgrupp\w*)\b",
    re.I,
)
_ANNAT = re.compile(
    r"\b(senast|sista\s+(?:dag\w*|ansökningsdag\w*)|deadline|anmäl\w*|skickas|inbjudan|kallelse\w*|osa|handlingar\w*|"
    r"lämnas|ansökningar\s+ska)\b",
    re.I,
)
_AR_ENSAMT = re.compile(r"(?<![\d/-])(20\d\d)(?![\d/-])")
_PLATS = re.compile(r"(?:\bplats|\blokal|\badress)\s*:\s*(.+)$|^\s*(?:,|–|-)?\s*(?:i|på|hos|via)\s+(.+)$", re.I)
_PLATS_NAMN = re.compile(r"^[\s,–-]*((?:Teams|Zoom|digitalt|fysiskt)\b.*)$|^\s*[,–-]\s*([A-ZÅÄÖ][^.;]{2,80})$")
_FYLLNAD = re.compile(
    r"\b(nästa|kommande|möten?|mötet|sammanträden?|sammanträdet|äger|rum|hålls|blir|är|sker|planeras|till|den|det|tid|"
    r"datum|för|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mån|tis|tors?|ons|fre|kl|klockan|vecka|v|preliminärt|"
    r"bokat|bestämt|bestäms|och|samt|tider|mötestider|nya|sammanträdestider|mötesdatum|om)\b\.?",
    re.I,
)


def ar_nasta(rubrik):
    return bool(_RUBRIK.search(rubrik))


def motestider(rubrik, rader, rubrikrad=0):
    """[Motestid] of an item. `rader`: [(line number, text)]; `rubrikrad`: the line of its heading.

    Under another heading than "Nästa möte" only what says "nästa möte" counts.
    """
    ut, i_avsnitt = [], ar_nasta(rubrik)
    ar = _AR_ENSAMT.search(rubrik)
    ar = ar.group(1) if ar else None
    delad = [(rad, bit) for rad, text in rader for bit in _bitar(text)]
    if i_avsnitt and datum.hitta(rubrik):
        delad.insert(0, (rubrikrad, rubrik))
    for rad, text in delad:
        if not i_avsnitt and not _I_TEXT.search(text):
            continue
        funna = datum.hitta(text)
        if not funna:
            ensamt = _AR_ENSAMT.search(text)
            ar = ensamt.group(1) if ensamt and len(text) < 80 else ar
            if i_avsnitt and ut and len(text) < 80:
                ut[-1] = _med(ut[-1], text)
            continue
        if _ANNAT.search(text) and not re.search(r"\bmöte|\bsammanträde|\bträff", text, re.I):
            continue
        ut += _av_bit(text, funna, rad, _ar(text, funna) or ar)
    return ut


def _bitar(text):
    """Sentences of a line; a stop after "kl." or a number ends none."""
    text = utan_marken(text)
    return [bit for bit in re.split(r"(?<=[a-zåäö)]{2}[.;])\s+(?=[A-ZÅÄÖ])", text[:4000]) if bit.strip()]


def _ar(text, funna):
    """The one year that stands by itself beside dates without years: "2025: 14/3, 16/5"."""
    utan = text
    for ett in reversed(funna):
        utan = utan[: ett.start] + " " * (ett.slut - ett.start) + utan[ett.slut :]
    ar = set(_AR_ENSAMT.findall(utan))
    return ar.pop() if len(ar) == 1 else None


def _med_ar(text, ar):
    return f"{ar}{text[1:]}" if ar and text and text.startswith("--") else text


def _ar_efter(funna, ar):
    """The year of each date: its own, that of a later date on the line ("18 oktober och 13 december 2019"), or `ar`."""
    ut, nasta = [], None
    for ett in reversed(funna):
        if ett.hel:
            nasta = ett.text
        arv = nasta[:4] if nasta and ett.text.startswith("--") and ett.text[2:] <= nasta[5:] else None
        ut.append(arv or ar)
    return ut[::-1]


def _av_bit(text, funna, rad, ar):
    ut, ar_efter = [], _ar_efter(funna, ar)
    for nr, ett in enumerate(funna):
        ar = ar_efter[nr]
        slut = funna[nr + 1].start if nr + 1 < len(funna) else len(text)
        borjan = funna[nr - 1].slut if nr else 0
        efter = text[ett.slut : slut]
        fran, till = datum.tid(efter)
        if fran is None:
            # The time may stand before the date, or once for all of them.
            fran, till = datum.tid(text[borjan : ett.start]) if len(funna) == 1 else datum.tid(text[funna[-1].slut :])
        ut.append(
            Motestid(
                _med_ar(ett.text, ar), rad or 0, fran, till, _plats(datum.utan_tid(efter)),
                _avser(text[borjan : ett.start] if not nr or ":" in text[borjan : ett.start] else ""),
                _med_ar(ett.sista, ar),
            )
        )  # fmt: skip
    return ut


def _avser(fore):
    """What a meeting is, by what stands before its date: "Norra", "Styrelsen". None when that is filling."""
    fore = datum.utan_tid(fore)
    if ":" in fore:
        delar = [del_ for del_ in fore.split(":") if _FYLLNAD.sub("", del_).strip(" ,.–-")]
        fore = delar[-1] if delar else ""
    namn = _FYLLNAD.sub(" ", fore) if _I_TEXT.search(fore) or fore.strip()[:1].islower() else re.sub(
        r"\b(?:den|mån|tis|ons|tors|fre|lör|sön)\w*\s*$", "", fore, flags=re.I
    )  # fmt: skip
    namn = _AR_ENSAMT.sub(" ", namn)
    namn = " ".join(namn.split()).strip(" ,.;:–-•*")
    namn = re.sub(r"\s+(?:den|är|blir|hålls|äger rum)$", "", namn)
    return namn if 1 < len(namn) <= 80 and _FYLLNAD.sub("", namn).strip(" ,.–-") else None


def _plats(efter):
    efter = re.sub(r":?\s*https?://\S+", "", efter).strip(" .")
    traff = _PLATS.search(efter) or _PLATS_NAMN.match(efter)
    plats = next((grupp for grupp in traff.groups() if grupp), None) if traff else None
    plats = re.sub(r"[\s,]+(?:därefter|sedan|samt|och)\W*$", "", plats).strip(" .,()") if plats else None
    return plats if plats and len(plats) <= 120 else None


def _med(tid, text):
    """A meeting with what the line after its date says of time or place."""
    fran, till = datum.tid(text)
    traff = re.match(r"\s*(?:plats|lokal|var)\s*:\s*(.+)$", text, re.I)
    if not traff and fran is None:
        return tid
    return Motestid(
        tid.datum, tid.rad, tid.fran or fran, tid.till or till, tid.plats or (traff and traff.group(1).strip()) or None,
        tid.avser, tid.sista_dag,
    )  # fmt: skip
