"""The bytes of a file as a table of text: is it a csv at all, in which encoding, with which columns."""

import csv
import io
from dataclasses import dataclass, field

# What has to be there for the rows to mean anything, what else is read, and what few files have.
KRAVS = ("id", "person", "kon", "insats", "start", "slut", "avslutsorsak")
MATT = (
    "anonym", "skyddad", "start_skattning_datum", "slut_skattning_datum", "halsa_start", "halsa_slut", "tim_start",
    "tim_slut", "bemotande_slut", "forsorjning_start", "forsorjning_slut", "remittent",
)  # fmt: skip
VALFRIA = ("fodelsear", "kommun")
KOLUMNER = (*KRAVS, *MATT, *VALFRIA)

GODTAS = (
    "Det som kan läsas är en csv-fil: text i UTF-8 (eller Windows-1252) med en rubrikrad och komma eller semikolon "
    "mellan kolumnerna. I Excel: Arkiv, Spara som, CSV UTF-8."
)
SIGNATURER = [
    (b"PK\x03\x04", "en Excel-fil eller ett zip-arkiv"),
    (b"\xd0\xcf\x11\xe0", "en äldre Excel-fil"),
    (b"\x89PNG", "en bild (PNG)"),
    (b"\xff\xd8\xff", "en bild (JPEG)"),
    (b"GIF8", "en bild (GIF)"),
    (b"%PDF", "en PDF"),
    (b"\xff\xfe", "text i UTF-16"),
    (b"\xfe\xff", "text i UTF-16"),
]
KALKYLBLAD = (".xlsx", ".xls", ".xlsm", ".ods")
STYRTECKEN = {chr(n) for n in (*range(32), *range(0x7F, 0xA0))} - {"\t", "\n", "\r"}


class Filfel(Exception):
    """The file as a whole cannot be read. `fel` is a list of (row or None, column or "", text)."""

    def __init__(self, text, *, rad=None, fel=None):
        super().__init__(text)
        self.fel = fel or [(rad, "", text)]


@dataclass
class Tabell:
    """Rows as (row number, {column: text}); rows of a wrong length are in `fel` instead."""

    kodning: str
    rader: list = field(default_factory=list)
    fel: list = field(default_factory=list)
    varningar: list = field(default_factory=list)
    okanda: list = field(default_factory=list)


def las(data, filnamn):
    """Bytes -> Tabell. Filfel when they are no csv with our columns."""
    text, kodning = _avkoda(data, filnamn)
    tabell = Tabell(kodning)
    if kodning != "UTF-8":
        tabell.varningar.append(
            (None, "", "Filen är inte i UTF-8. Den är läst som Windows-1252: kontrollera att å, ä och ö blev rätt.")
        )
    rader = _rader(text)
    rubrikrad, rubriker = next(rader, (None, None))
    if rubriker is None:
        raise Filfel(f"Filen är tom. {GODTAS}")
    _rubriker(tabell, rubrikrad, rubriker)
    tomma = dict.fromkeys(KOLUMNER, "")
    for radnr, celler in rader:
        if len(celler) < len(rubriker) or any(celler[len(rubriker) :]):
            tabell.fel.append(
                (radnr, "", f"Raden har {len(celler)} kolumner, rubrikraden har {len(rubriker)}. "
                            "Ett skiljetecken i en text behöver citattecken om texten.")
            )  # fmt: skip
            continue
        tabell.rader.append((radnr, tomma | dict(zip(rubriker, celler, strict=False))))
    if not tabell.rader and not tabell.fel:
        raise Filfel("Filen har en rubrikrad men inga rader under den.")
    return tabell


def _avkoda(data, filnamn):
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Filfel(f"Filen är tom. {GODTAS}")
    for signatur, vad in SIGNATURER:
        if data.startswith(signatur):
            raise Filfel(f"Filen är {vad} och kan inte läsas. {GODTAS}")
    if filnamn.lower().endswith(KALKYLBLAD):
        raise Filfel(f"Kalkylblad kan inte läsas. {GODTAS}")
    try:
        text, kodning = data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        # Every byte but five is a letter in Windows-1252; those five say that it is something else.
        text, kodning = data.decode("cp1252", errors="replace"), "Windows-1252"
    if "\N{REPLACEMENT CHARACTER}" in text or not STYRTECKEN.isdisjoint(text):
        raise Filfel(f"Filen innehåller annat än text. {GODTAS}")
    return text, kodning


def _rader(text):
    """(row number, cells) of every row that is not blank. The number is that of the line where the row begins."""
    borjan = text.lstrip("\r\n \t")
    rubrikrad, _, resten = borjan.partition("\n")
    if rubrikrad.lower().startswith("sep="):  # Excel's own first line, which says the separator
        rubrikrad = resten.partition("\n")[0]
    lasare = csv.reader(io.StringIO(text, newline=""), delimiter=_skiljetecken(rubrikrad), strict=True)
    radnr = 1
    try:
        for celler in lasare:
            celler = [cell.strip() for cell in celler]
            if any(celler) and not celler[0].lower().startswith("sep="):
                yield radnr, celler
            radnr = lasare.line_num + 1
    except csv.Error as fel:
        if "field larger" in str(fel):
            raise Filfel(f"En cell på raden som börjar på rad {radnr} är för lång för att läsas.", rad=radnr) from None
        raise Filfel(
            f"Citattecknen går inte ihop på raden som börjar på rad {radnr}: varje citattecken som öppnar en cell ska "
            "också stänga den, och ett citattecken i texten skrivs två gånger.",
            rad=radnr,
        ) from None


def _skiljetecken(rubrikrad):
    utanfor = "".join(rubrikrad.split('"')[::2])
    return ";" if utanfor.count(";") > utanfor.count(",") else ","


def _rubriker(tabell, rubrikrad, rubriker):
    """Column names as we know them, in place. Filfel when one that is needed is missing or one is there twice."""
    rubriker[:] = [rubrik.lower() for rubrik in rubriker]
    fel = []
    if saknas := [kolumn for kolumn in KRAVS if kolumn not in rubriker]:
        fel.append(
            (rubrikrad, ", ".join(saknas), f"Kolumner som saknas: {', '.join(saknas)}. "
             f"Rubrikraden har: {', '.join(r[:40] for r in rubriker[:40])}. Den ska ha: {', '.join(KRAVS + MATT)}, "
             f"och får ha {' och '.join(VALFRIA)}.")
        )  # fmt: skip
    for kolumn in KOLUMNER:
        if (antal := rubriker.count(kolumn)) > 1:
            fel.append((rubrikrad, kolumn, f"Kolumnen {kolumn} finns {antal} gånger. Den ska finnas en gång."))
    if fel:
        raise Filfel(fel[0][2], fel=fel)
    for kolumn in MATT:
        if kolumn not in rubriker:
            tabell.varningar.append(
                (None, kolumn, f"Kolumnen {kolumn} saknas. Uppgiften räknas som ej insamlad på alla rader.")
            )
    tabell.okanda = [
        rubrik[:60] or f"kolumn {nr} utan rubrik" for nr, rubrik in enumerate(rubriker, 1) if rubrik not in KOLUMNER
    ]
