"""A draft of what a preparation group said, written from its positions in the words that minutes use (MB2).

Pure: no queries. The kansli edits the draft; equal demands of several groups are put together by hand.
"""

from collections import Counter
from dataclasses import dataclass

from moten.models import Yttrande
from samordning.karna.templatetags.samordning import talord

Stallning = Yttrande.Stallning
POSITIVA = (Stallning.TILLSTYRKER, Stallning.MEDSKICK)
# After the positive ones, in this order: (one, several).
OVRIGA = {
    Stallning.TVEKSAM: ("är tveksam", "är tveksamma"),
    Stallning.AVSTYRKER: ("avstyrker", "avstyrker"),
    Stallning.ATERREMISS: ("vill ha ansökan omarbetad", "vill ha ansökan omarbetad"),
    Stallning.AVSTAR: ("avstår", "avstår"),
}


@dataclass(frozen=True)
class Krets:
    """Who was asked, in words: `hela` is the subject of "står bakom", `ensam` that of everything when only one was
    asked, then one and several of those who answered."""

    hela: str
    ensam: str
    en: str
    flera: str


GRUPPER = Krets("Beredningsgruppen", "Beredningsgruppen", "grupp", "grupper")
ORGAN = Krets("Beredningsgrupperna", "Beredningsgruppen", "beredningsgrupp", "beredningsgrupper")
PARTER = Krets("Parterna", "Parten", "part", "parter")
LEDAMOTER = Krets("Beredningsgruppen", "Ledamoten", "ledamot", "ledamöter")


def krets_for(yttranden):
    """Who a round was to, by the first of its opinions (`Yttrande`); a round has one kind."""
    forsta = yttranden[0] if yttranden else Yttrande()
    if forsta.organ_id:
        return ORGAN
    if forsta.part_id:
        return PARTER
    return LEDAMOTER if forsta.ledamot_id else GRUPPER


def yttrade_sig(inne, antal, krets):
    """How many of `antal` asked that answered, as a heading."""
    if antal == 1:
        return f"{krets.ensam} yttrade sig" if inne else f"{krets.ensam} yttrade sig inte"
    return f"{inne} av {antal} {krets.flera} yttrade sig"


def _svarande(antal, krets):
    return f"{talord(antal)} {krets.en if antal == 1 else krets.flera}"


def _mening(text):
    return f"{text[0].upper()}{text[1:]}."


def utkast(yttranden, krets=GRUPPER):
    """The draft. `yttranden`: [(who, a key of Yttrande.Stallning or "", text)] in order; "" has not answered."""
    antal = Counter(stallning for _, stallning, _ in yttranden)
    inne = len(yttranden) - antal[""]
    if not inne:
        return "Inget yttrande har lämnats."
    if len(yttranden) == 1:
        return "\n".join([_ensam(yttranden[0][1], krets), *_citat(yttranden)])
    positiva = sum(antal[stallning] for stallning in POSITIVA)
    meningar = [_alla(antal, krets) if positiva == len(yttranden) else _delade(antal, positiva, len(yttranden), krets)]
    if positiva != len(yttranden):
        meningar += [
            _mening(f"{_svarande(antal[stallning], krets)} {ord_[antal[stallning] > 1]}")
            for stallning, ord_ in OVRIGA.items()
            if antal[stallning]
        ]
    if antal[""]:
        meningar.append(_mening(f"{_svarande(antal[''], krets)} har inte svarat"))
    return "\n".join([" ".join(meningar), *_citat(yttranden)])


def _ensam(stallning, krets):
    if stallning in OVRIGA:
        return f"{krets.ensam} {OVRIGA[stallning][0]}."
    return f"{krets.ensam} står bakom ansökan{', med medskick' if stallning == Stallning.MEDSKICK else ''}."


def _alla(antal, krets):
    medskick = antal[Stallning.MEDSKICK]
    if not medskick:
        return f"{krets.hela} står bakom ansökan."
    return f"{krets.hela} står bakom ansökan, med medskick från {_svarande(medskick, krets)}."


def _delade(antal, positiva, alla, krets):
    if not positiva:
        return _mening(f"ingen av {_svarande(alla, krets)} tillstyrker")
    text = f"{talord(positiva)} av {_svarande(alla, krets)} tillstyrker"
    medskick = antal[Stallning.MEDSKICK]
    if medskick and medskick == positiva:
        text += ", med medskick" if positiva == 1 else ", alla med medskick"
    elif medskick:
        text += f", {talord(medskick)} av dem med medskick"
    return _mening(text)


def _citat(yttranden):
    """What follows: the demands of each, then what the doubtful and the negative said."""
    rader = []
    for rubrik, stallningar in (("Medskick:", {Stallning.MEDSKICK}), ("Synpunkter:", set(OVRIGA))):
        texter = [
            f"– {vem}: {' '.join(text.split())}"
            for vem, stallning, text in yttranden
            if stallning in stallningar and text.strip()
        ]
        rader += [rubrik, *texter] if texter else []
    return rader
