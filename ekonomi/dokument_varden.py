"""The parts that a yearly document is made of, as plain values (JSON): chapters with texts, lists, tables, pictures.

Everything is worded and formatted here, so that the page, the PDF and the Word file say the same, and a frozen document
says the same for ever. Pure: nothing reads the database.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format

from ekonomi.belopp import NOLL, ORE, procent

MINUS, HART = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
SAKNAS = "–"
TKR = Decimal(1000)
PUNKT = re.compile(r"^\s*[-–•*]\s+")


def kapitel(id_: str, rubrik: str, *delar) -> dict:
    """A chapter; `delar` that are None are left out."""
    return {"id": id_, "rubrik": rubrik, "delar": [del_ for del_ in delar if del_ is not None]}


def stycke(text: str, stil: str = "") -> dict:
    """A paragraph. `stil` is ingress or liten."""
    return {"typ": "stycke", "text": text, "stil": stil}


def rubrik(text: str, id_: str, *, ny_sida: bool = False) -> dict:
    """A heading within a chapter, on a new page of the paper where the table under it is long."""
    return {"typ": "rubrik", "text": text, "id": id_, "niva": 2, "ny_sida": ny_sida}


def lista(punkter: Iterable[str]) -> dict:
    return {"typ": "lista", "punkter": list(punkter)}


def fakta(rader: Iterable[tuple[str, str]]) -> dict | None:
    """[(label, value)] without the empty ones; None when all are."""
    kvar = [[etikett, varde] for etikett, varde in rader if varde]
    return {"typ": "fakta", "rader": kvar} if kvar else None


def bild(svg: str, alt: str) -> dict:
    """A picture as SVG; `alt` says in words what it shows."""
    return {"typ": "bild", "svg": str(svg), "alt": alt}


def tom(text: str) -> dict:
    """What is not there yet, in words; a draft has it, an adopted document has it only where its text says why."""
    return {"typ": "tom", "text": text}


def underskrifter(rader: Iterable[tuple[str, str]]) -> dict:
    """Lines to sign: [(name, as what)]."""
    return {"typ": "underskrifter", "rader": [list(rad) for rad in rader]}


def tabell(titel: str, kolumner: Iterable[str], rader: Iterable[dict], *, text=(0,), breda=(), not_: str = "") -> dict:
    """`titel` says what it shows, `text` which columns are words (the others are figures), `breda` which get more
    room; `rader` are those of `rad`, `grupp` and `summa`. ValueError when a row has another number of cells."""
    namn, rader = list(kolumner), list(rader)
    for en in rader:
        if en["slag"] != "grupp" and len(en["celler"]) != len(namn):
            raise ValueError(f"{titel}: {en['celler']}")
    kolumner = [{"text": ett, "tal": nr not in text, "bred": nr in breda} for nr, ett in enumerate(namn)]
    return {"typ": "tabell", "rubrik": titel, "kolumner": kolumner, "rader": rader, "not": not_}


def rad(*celler) -> dict:
    return {"slag": "", "celler": list(celler)}


def summa(*celler) -> dict:
    return {"slag": "summa", "celler": list(celler)}


def grupp(namn: str) -> dict:
    """A row that names those under it."""
    return {"slag": "grupp", "celler": [namn]}


def till(id_: str) -> dict:
    """A cell that leads to another place of the document: a page number on paper."""
    return {"till": id_}


def blad(id_: str, namn: str, under: str, *delar) -> dict:
    """A page of its own within a chapter; `delar` that are None are left out."""
    return {"typ": "blad", "id": id_, "rubrik": namn, "under": under, "delar": [del_ for del_ in delar if del_]}


def avsnitt(titel: str, innehall: str) -> dict | None:
    """A text that lies elsewhere (in the catalogue) under its heading; None when it is empty."""
    return {"typ": "avsnitt", "rubrik": titel, "delar": stycken(innehall)} if innehall.strip() else None


# ---- Texts that people write


def text(nyckel: str, innehall: str, titel: str = "", saknas: str = "", niva: int = 2) -> dict:
    """Something that people write, in paragraphs and lists (a line that begins with a dash). `saknas` is said while
    nothing is written. The page shows where it is changed by `nyckel`."""
    delar = stycken(innehall) or ([tom(saknas)] if saknas else [])
    return {"typ": "text", "nyckel": nyckel, "id": f"text-{nyckel.replace('_', '-')}", "rubrik": titel, "niva": niva,
            "delar": delar}  # fmt: skip


def stycken(innehall: str) -> list[dict]:
    """Paragraphs, lists and the lines of a text. An empty line begins a new paragraph."""
    delar, punkter = [], []
    for block in re.split(r"\n\s*\n", innehall.replace("\r\n", "\n").strip()):
        vanliga = []
        for en in filter(str.strip, block.split("\n")):
            if PUNKT.match(en):
                if vanliga:
                    delar.append(stycke(" ".join(vanliga)))
                    vanliga = []
                punkter.append(PUNKT.sub("", en).strip())
                continue
            if punkter:
                delar.append(lista(punkter))
                punkter = []
            vanliga.append(en.strip())
        if punkter:
            delar.append(lista(punkter))
            punkter = []
        if vanliga:
            delar.append(stycke(" ".join(vanliga)))
    return delar


# ---- Figures in words


class Enhet:
    """The unit of a table: tusental kronor (tkr) when all its amounts are whole ones, as the plan prints them, else
    kronor. Nothing is ever rounded."""

    def __init__(self, belopp: Iterable[Decimal | None]):
        hela = all(ett is None or Decimal(ett) % TKR == NOLL for ett in belopp)
        self.delare, self.namn = (TKR, "tkr") if hela else (Decimal(1), "kr")
        self.i_ord = "tusental kronor (tkr)" if hela else "kronor"

    def __call__(self, belopp: Decimal | None, tecken: int = 1) -> str:
        """`tecken` -1 prints a cost as the plan does, with minus; öre only where there are any."""
        return SAKNAS if belopp is None else tal(tecken * Decimal(belopp) / self.delare)


def tal(varde: Decimal) -> str:
    """12 345,50; without decimals when there are none, and no minus before a nought."""
    oren = Decimal(varde).quantize(ORE, ROUND_HALF_UP)
    ren = f"{oren:,.2f}".removesuffix(".00").replace(",", HART).replace(".", ",")
    return ren.replace("-", MINUS) if oren else "0"


def kronor(belopp: Decimal | None) -> str:
    """1 746 000 kr"""
    return SAKNAS if belopp is None else f"{tal(Decimal(belopp))}{HART}kr"


def andel(del_: Decimal, av: Decimal, decimaler: int = 0) -> str:
    """57 %, rounded half up; – of nothing."""
    varde = procent(del_, av, decimaler)
    return SAKNAS if varde is None else f"{str(varde).replace('.', ',').replace('-', MINUS)}{HART}%"


def datum(dag) -> str:
    """13 juni 2024"""
    return date_format(dag, "j F Y").replace(" ", HART) if dag else ""


def uppraknat(delar: Iterable[str]) -> str:
    """a, b och c"""
    delar = list(delar)
    return " och ".join(filter(None, [", ".join(delar[:-1]), delar[-1] if delar else ""]))
