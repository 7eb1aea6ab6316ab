"""The words that begin an attendance: who was there, who was not, and as what."""

import re
from dataclasses import dataclass
from functools import lru_cache

from moten.tolk.namnlista import utan_marken

NARVARANDE, FRANVARANDE, META = "narvarande", "franvarande", "meta"

# Begin an attendance wherever they stand.
_STARKA = {
    FRANVARANDE: (
        r"frånvarande|ej\s+närvarande|inte\s+närvarande|icke\s+närvarande|förhindrade|frånvaro|anmäld\s+frånvaro|"
        r"(?:anmält|anmälda|anmäld|meddelat|meddelade|med)?\s*(?:förhinder|återbud)|ej\s+deltagande|"
        r"(?:har\s+)?(?:anmält|lämnat)\s+(?:frånvaro|förhinder|återbud)|saknas"
    ),
    NARVARANDE: (
        r"närvarande|deltog|deltar|närvarolista|närvaro|beslutande|tjänstgörande\s+(?:ledamöter|ersättare)|på\s+plats|"
        r"icke\s+tjänstgörande\s+ersättare|ej\s+tjänstgörande\s+ersättare|adjungerade?|övriga\s+närvarande|"
        r"övriga\s+deltagare|övriga\s+deltagande|upprop|mötesdeltagare|deltagare"
    ),
}
# Only in the head of the minutes, or in an attendance that has begun.
_SVAGA = {
    NARVARANDE: (
        r"deltagande|ledamöter|ersättare|suppleanter|sekretariatet|sekretariat|övriga|inbjudna|inbjuden|gäster|gäst|föredragande|tjänstemän|tjänstepersoner|"
        r"från\s+(?:kansliet|samordningsförbundet)|kansliet|kansli|personal|via\s+(?:länk|teams|zoom)|digitalt|"
        r"på\s+(?:länk|distans)|ordförande|ordf\.?|vice\s+ordförande|sekreterare|protokollförare|förbundschef|"
        r"mötesordförande|mötessekreterare|vid\s+pennan|revisorer|personalrepresentanter|politiker"
    ),
    # Who signs is there already, and is not counted again.
    META: r"justerare|justeringsperson(?:er)?|att\s+justera|utses\s+att\s+justera|justering",
}
_EFTER = (
    r"ledamöter|ledamot|ersättare|deltagare|representanter|personer|parter|vid|på|mötet|mötesdeltagare|under|var|är|med|"
    r"tjänstemän|från|kansliet|och|ej|tjänstgörande|övriga|anmälan|digitalt|via|teams|länk|distans|organisationer|"
    r"sammanträdet|anmäld|giltigt|förfall|utan|samt|st|dagens|möte|myndigheter|beslutande|beredningsgruppen|styrelsen"
)
_MARKERING = r"(?:\s*\(([^()]{0,60})\)|\s+\d{1,3}\s*(?:st\.?|personer)?)?"


def _bygg(ord_):
    return re.compile(
        rf"^({ord_})((?:\s+(?:{_EFTER})){{0,5}}|(?:,?\s+[^\s:,;|]{{1,25}}){{1,4}}(?=\s*:)){_MARKERING}\s*"
        r"(?P<skilj>:\s*|\t\s*|\|\s*|\s[–-]\s|\s{2,}|$)(?P<rest>.*)$",
        re.I,
    )


_MONSTER = [(slag, True, _bygg(ord_)) for slag, ord_ in _STARKA.items()] + [
    (slag, False, _bygg(ord_)) for slag, ord_ in _SVAGA.items()
]
_NARA = re.compile(r"^(närvarande|frånvarande|ej närvarande)\s+(?P<rest>[A-ZÅÄÖ].*)$", re.I)
_NUMMER = re.compile(r"^(?:§\s*)?\d{1,3}\s*(?:§|[.):])?\s+(?=\D)|^\d{1,3}[.)](?=\D)")


@dataclass(frozen=True)
class Etikett:
    """`slag`: NARVARANDE, FRANVARANDE or META. `ord`: the label itself. `rest`: what stands after it on the line."""

    slag: str
    stark: bool
    ord: str
    rest: str
    numrerad: bool = False


@lru_cache(maxsize=2048)
def etikett(text):
    """The label that a line begins with, or None."""
    ren = utan_marken(text)
    if not ren or len(ren) > 20_000:
        return None
    nummer = _NUMMER.match(ren)
    if nummer:
        ren = ren[nummer.end() :].strip()
    ren = re.sub(r"^[-–•*·]\s+", "", ren)
    for slag, stark, monster in _MONSTER:
        traff = monster.match(ren)
        if traff:
            ord_ = " ".join((traff.group(1) + (traff.group(2) or "")).split()).lower()
            return Etikett(slag, stark, ord_, traff.group("rest").strip(), bool(nummer))
    traff = _NARA.match(ren)
    if traff and "," in traff.group("rest"):
        slag = NARVARANDE if traff.group(1).lower() == "närvarande" else FRANVARANDE
        return Etikett(slag, True, traff.group(1).lower(), traff.group("rest"), bool(nummer))
    return None
