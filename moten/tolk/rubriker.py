"""Where the items of minutes begin: by numbers in any form, by the headings of the format, or by how lines look."""

import re
from dataclasses import dataclass, replace

from moten.tolk.etiketter import etikett
from moten.tolk.namnlista import ar_namn, ar_part, dela, personer, utan_marken
from moten.tolk.typer import FET

LANGST = 160  # signs of a heading; a longer line with a number is a sentence in a list
STORSTA_HOPP = 6  # numbers that may be missing in a chain

_MANAD = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zé.]*"
_PARAGRAF = re.compile(r"^§§?\s*(\d{1,4}\s?[a-z]?(?:\s?[/:]\s?\d{2,4})?)(?![\w-])\s*[.:)–-]?(?:\s+(.*))?$", re.I)
_PARAGRAF_EFTER = re.compile(r"^(\d{1,4}(?:/\d{2,4})?)\s?§(?!\w)\s*[.:)–-]?\s*(.*)$")
_PUNKT = re.compile(r"^(?:dagordnings)?(?:punkt|ärende|p)\s?\.?\s?(\d{1,3})(?!\d)\s*([.:)–-]?)\s*(.*)$", re.I)
_NUMMER = re.compile(r"^(\d{1,3})\s?([.):])(?!\d)\s*(.*)$")
_STRECK = re.compile(r"^(\d{1,3})\s*([–-])\s+(\D.*)$")
_UNDER = re.compile(r"^(\d{1,3}(?:\.\d{1,2}){1,2})[.)]?\s+(\D.*)$")
_BARA = re.compile(r"^(\d{1,3})(\s)\s*([A-ZÅÄÖ”\"].*)$")
_SORTER = (("punkt", _PUNKT), (".", _NUMMER), ("-", _STRECK), (" ", _BARA))
_DATUM = re.compile(rf"^(?:{_MANAD})\b|^\d", re.I)
_MENINGSSLUT = re.compile(r"[.!?;,]$")
# What an item is often called; told from subheadings inside an item.
_KANDA = re.compile(
    r"^(?:välkomm|inledning|mötets? öppn|mötet öppn|öppnande|upprop|val av|fastställ|godkänn|föregående|dagordning|"
    r"rapport|info\b|information|dialog|diskussion|ansökning|ansökan|ekonomi|"
    r"övrig|nästa|kommande|avslut|mötet avslut|utvärdering|incheck|"
    r"laget runt|goda? exempel|det goda|budget|bokslut|verksamhet|beslutsärende|anmälnings|delgivning|remiss|"
    r"uppföljning|nuläge|lägesrapport|aktuellt|runda|genomgång|anmälan)",
    re.I,
)
_INTE = re.compile(
    r"^(?:beslut\w*|förslag(?: till beslut)?|bakgrund|ärendet|ärendebeskrivning|sammanfattning|yrkanden?|bilag\w+|"
    r"diskussion|resultat.*|framåt|underlag|protokollsutdrag|reservation\w*|jäv|åtgärd\w*|paragraf|sida?)\W*$",
    re.I,
)
_DNR = re.compile(r"^(?:dnr|diarienr|diarienummer|ärendenr)\b[^a-zåäö]{0,30}$", re.I)
_TITEL = re.compile(r"minnesanteckning|mötesanteckning|anteckningar|protokoll|kallelse|dagordning", re.I)


@dataclass(frozen=True)
class Rubrik:
    """A heading of an item. `i`: index of its line; `rader`: all indices it takes; `tal`: its number as a number."""

    i: int
    nr: str
    text: str
    tal: int | None = None
    rader: tuple[int, ...] = ()
    slag: str = ""
    stil: str = ""
    under: bool = False


def hitta(rader, kanter):
    """([Rubrik] in order, whether they have numbers). Empty when the text has no items that can be seen."""
    kandidater = [kand for i in _lasbara(rader, kanter) for kand in _kandidater(rader, i)]
    namnrader = _namnrader(rader)
    kandidater = [kand for kand in kandidater if kand.i not in namnrader]
    paragrafer = [kand for kand in kandidater if kand.slag == "§"]
    nummer = [kand for kand in kandidater if kand.slag == "nr"]
    kedja = _kedja(rader, paragrafer)
    annan = _kedja(rader, nummer)
    if len(kedja) < 2 and len(annan) > len(kedja):
        kedja = annan
    if len(kedja) >= 2 or (kedja and (kedja[0].slag == "§" or kedja[0].tal == 1)):
        under = [kand for kand in kandidater if kand.under]
        valda = _med_under(kedja, under)
        upptagna = {rubrik.i for rubrik in valda}
        return [_hel(rader, rubrik, upptagna, kanter) for rubrik in valda], True
    return [replace(rubrik, rader=(rubrik.i,)) for rubrik in _utan_nummer(rader, kanter)], False


def _lasbara(rader, kanter):
    return (i for i, rad in enumerate(rader) if i not in kanter and not rad.tom)


def _namnrader(rader):
    """Lines "1. Anna Berg, AF" that follow a label of attendance: a list of people with numbers."""
    ut, i_lista = set(), False
    for i, rad in enumerate(rader):
        if rad.tom:
            continue
        marke = etikett(rad.text)
        if marke and not marke.numrerad:
            i_lista = not marke.rest
        elif i_lista:
            traff = _NUMMER.match(utan_marken(rad.text))
            text = traff.group(3) if traff else ""
            nya, over = personer(dela(text), 0, spalt_ar_part=True)
            i_lista = bool(nya) and not over and len(nya[0].namn.split()) > 1 and not _KANDA.match(text)
            if i_lista:
                ut.add(i)
    return ut


def _kandidater(rader, i):
    """The ways in which a line may be a heading with a number."""
    rad = rader[i]
    if len(rad.text) > 600:
        return
    ren = utan_marken(rad.text)
    stil = "md" if rad.text.lstrip().startswith("#") else "rubrik" if rad.rubrik else ""
    stil = stil or ("fet" if rad.text.lstrip().startswith("**") else "")
    for monster in (_PARAGRAF, _PARAGRAF_EFTER):
        traff = monster.match(ren)
        if traff:
            nr, text = traff.group(1).replace(" ", ""), _text(traff.group(2))
            if len(text) <= LANGST:
                tal = int(re.match(r"\d+", nr).group())
                skrivet = f"§ {nr}" if monster is _PARAGRAF else f"{nr} §"
                yield Rubrik(i, skrivet, text, tal, slag="§", stil=stil)
            return
    traff = _UNDER.match(ren)
    if traff:
        text = _text(traff.group(2))
        if len(text) <= LANGST and text[:1].isupper() and not _MENINGSSLUT.search(text):
            yield Rubrik(i, traff.group(1), text, int(traff.group(1).split(".")[0]), stil=stil, under=True)
        return
    sort, traff = next(((sort, traff) for sort, monster in _SORTER if (traff := monster.match(ren))), ("", None))
    if traff is None:
        return
    nr, skilj, text = traff.group(1), traff.group(2), _text(traff.group(3))
    if len(text) > LANGST or _DATUM.match(text):
        return
    if sort == "punkt" and not skilj and text and not text[0].isupper():
        return  # "Punkt 3 bordlades": a sentence
    if sort == " " and (_MENINGSSLUT.search(text) or len(text) > 90):
        return
    yield Rubrik(i, nr, text, int(nr), slag="nr", stil=f"{stil}{skilj if sort == '.' else sort}")


def _text(text):
    return " ".join((text or "").split()).strip(" |*_").rstrip("#").strip()


def _nasta(rader, i, kanter=frozenset()):
    """Index of the next line that is not blank and no page header, or None."""
    return next((j for j in range(i + 1, min(len(rader), i + 8)) if not rader[j].tom and j not in kanter), None)


def _vikt(rader, kand, platser, vanlig):
    """How much a line looks like the heading of an item."""
    rad, vikt = rader[kand.i], 1.0
    if kand.slag == "nr" and kand.stil.startswith(("md", "rubrik")):
        vikt += 0.6
    elif kand.stil.startswith("fet"):
        vikt += 0.4
    if kand.i == 0 or rader[kand.i - 1].tom:
        vikt += 0.3
    if vanlig is not None and kand.stil == vanlig:
        vikt += 0.4
    if kand.text and _KANDA.match(kand.text):
        vikt += 0.3
    if _MENINGSSLUT.search(kand.text):
        vikt -= 0.7
    if kand.text and not kand.text[0].isupper() and kand.text[0].isalpha():
        vikt -= 0.6
    if kand.stil.endswith(" "):
        vikt -= 0.3
    if len(kand.text) > 90:
        vikt -= 0.2
    if rad.text.startswith(("    ", "\t")):
        vikt -= 0.2
    efter = _nasta(rader, kand.i)
    if efter is None or efter in platser:
        vikt -= 0.4
    elif not kand.text and len(rader[efter].text) > LANGST:
        vikt -= 0.5
    return max(vikt, 0.05)


def _kedja(rader, kandidater):
    """The chain of rising numbers that weighs most. Twice: the second time its commonest form weighs more."""
    platser, vanlig, basta = {kand.i for kand in kandidater}, None, []
    for _ in range(2):
        basta = _tyngsta(rader, kandidater, platser, vanlig)
        stilar = [kand.stil for kand in basta]
        vanlig = max(stilar, key=stilar.count) if stilar else None
    return basta


def _tyngsta(rader, kandidater, platser, vanlig):
    slut = {}  # number -> (weight, place of the candidate, the one before)
    poster = []
    for kand in kandidater:
        vikt = _vikt(rader, kand, platser, vanlig)
        start = 0.0 if kand.slag == "§" else -0.5 * min(kand.tal - 1, 4) if kand.tal else -0.5
        bast, fore = start, None
        for hopp in range(1, STORSTA_HOPP + 1):
            tidigare = slut.get(kand.tal - hopp)
            if tidigare is not None and poster[tidigare][0] - 0.6 * (hopp - 1) > bast:
                bast, fore = poster[tidigare][0] - 0.6 * (hopp - 1), tidigare
        poster.append((bast + vikt, kand, fore))
        if kand.tal not in slut or poster[slut[kand.tal]][0] < bast + vikt:
            slut[kand.tal] = len(poster) - 1
    if not poster:
        return []
    nu, kedja = max(range(len(poster)), key=lambda plats: poster[plats][0]), []
    while nu is not None:
        kedja.append(poster[nu][1])
        nu = poster[nu][2]
    return kedja[::-1]


def _med_under(kedja, under):
    """With "3.1" after 3 and before 4; a figure or a time in the text is no heading."""
    ut, nu, forra = [], None, ()
    for kand in sorted([*kedja, *under], key=lambda kand: kand.i):
        if not kand.under:
            ut.append(kand)
            nu, forra = kand, (kand.tal, 0)
        elif nu is not None and kand.tal == nu.tal:
            delar = tuple(map(int, kand.nr.split(".")))
            if forra < delar and delar[1] <= forra[1] + 1:
                ut.append(kand)
                forra = delar
    return ut


def _hel(rader, rubrik, upptagna, kanter):
    """With the lines that the heading goes on over: a number alone, or a heading broken at the end of the line."""
    tagna, text = [rubrik.i], rubrik.text
    efter = _nasta(rader, rubrik.i, kanter)
    if efter in upptagna:
        efter = None
    if (
        (not text or _DNR.match(text))
        and efter is not None
        and len(rader[efter].text) <= LANGST
        and not _INTE.match(utan_marken(rader[efter].text))
    ):
        tagna, text = [rubrik.i, efter], _text(utan_marken(rader[efter].text))
    elif text and len(text) >= 35 and not _MENINGSSLUT.search(text) and rubrik.i + 1 < len(rader):
        nasta = rader[rubrik.i + 1]  # a line with a small letter is nobody's heading
        ensam = rubrik.i + 2 >= len(rader) or rader[rubrik.i + 2].tom
        forlang = nasta.text.strip()
        if forlang[:1].islower() and ensam and len(forlang) < 80 and not _MENINGSSLUT.search(forlang):
            tagna, text = [rubrik.i, rubrik.i + 1], f"{text} {forlang}"
    return replace(rubrik, text=text, rader=tuple(tagna))


def _utan_nummer(rader, kanter):
    """Headings without numbers: by the format's levels, then by capitals, then by what items are usually called."""
    lasbara = [i for i in _lasbara(rader, kanter) if not _ar_titel(rader, i)]
    nivaer = {}
    for i in lasbara:
        niva = _niva(rader[i])
        if niva and not _INTE.match(utan_marken(rader[i].text)):
            nivaer.setdefault(niva, []).append(i)
    for niva in sorted(nivaer):
        if len(nivaer[niva]) >= 2:
            return [Rubrik(i, "", _text(utan_marken(rader[i].text))) for i in nivaer[niva]]
    versaler = [i for i in lasbara if _ar_versal(rader[i].text) and not _INTE.match(rader[i].text.strip())]
    if len(versaler) >= 2:
        return [Rubrik(i, "", rader[i].text.strip(" :")) for i in versaler]
    ensamma = [i for i in lasbara if _ar_ensam(rader, i)]
    kanda = [i for i in ensamma if _KANDA.match(rader[i].text.strip())]
    if len(kanda) >= 2:
        # Headings of the same look as the known ones: alone between blank lines, before a text.
        return [Rubrik(i, "", rader[i].text.strip(" :")) for i in ensamma if kanda[0] <= i]
    return []


def _niva(rad):
    traff = re.match(r"\s*(#{1,6})\s+\S", rad.text)
    if traff:
        return len(traff.group(1))
    text = rad.text.strip()
    if rad.rubrik:
        return rad.rubrik
    return (
        FET if text.startswith("**") and text.endswith("**") and 4 < len(text) < 120 and "**" not in text[2:-2] else 0
    )


def _ar_titel(rader, i):
    """The title, or the label of an attendance: not an item."""
    text = utan_marken(rader[i].text)
    forst = not any(not rad.tom for rad in rader[:i]) if i < 12 else False
    marke = etikett(text)
    return (marke is not None and (marke.stark or bool(marke.rest))) or (
        i < 12 and (forst or (bool(_TITEL.search(text)) and not _KANDA.match(text)))
    )


def _ar_versal(text):
    text = text.strip()
    bokstaver = [tecken for tecken in text if tecken.isalpha()]
    return len(bokstaver) >= 4 and len(text) <= 90 and text.upper() == text and not _MENINGSSLUT.search(text)


def _ar_ensam(rader, i):
    text = rader[i].text.strip()
    if not 3 < len(text) <= 60 or not text[0].isupper() or re.search(r"[.,;!?]$", text) or _INTE.match(text):
        return False
    fore_tom = i == 0 or rader[i - 1].tom
    if not fore_tom or _nasta(rader, i) is None:
        return False
    if _KANDA.match(text):
        return True
    return ":" not in text and not (ar_namn(text) and len(text.split()) > 1) and not ar_part(text)
