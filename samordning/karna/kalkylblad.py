"""Values to an Excel file (xlsx): one table a sheet, made to be sorted, summed and read again.

Every text is written as text, so that a name that begins with = never becomes a formula. Nothing is merged or hidden.
"""

import io
import re
from dataclasses import dataclass
from decimal import Decimal

from samordning.karna.models import Part

KRONOR = "#,##0.00"
LANGSTA_NAMN = 31  # of a sheet; Excel's own limit
LANGSTA_TEXT = 32_767  # in a cell; the same
FORBJUDNA = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
STYRTECKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # which XML cannot hold


class Andel(float):
    """A share 0-1, shown in percent; the cell keeps all its decimals."""


class Formel(str):
    """A formula of ours that gives kronor, as "=SUM(B2:B9)". Never made of what somebody has typed."""

    __slots__ = ()


class Kr(Decimal):
    """Kronor, shown with spaces between thousands and with öre; the cell keeps the exact sum."""

    __slots__ = ()


@dataclass(frozen=True)
class Blad:
    """A sheet: its name, [(heading, width in characters)], and rows of str, int, float, Andel, Kr, Formel or None
    (empty). The first row of the table is row 2."""

    namn: str
    kolumner: list
    rader: list


def gor(titel: str, om: list, blad: list) -> bytes:
    """The file. `om` is [(label, text)] of the first sheet, "Om"; `blad` are the tables."""
    from openpyxl import Workbook

    bok = Workbook(write_only=True)
    bok.properties.title = _ren(titel)
    bok.properties.creator = bok.properties.lastModifiedBy = _ren(Part.objects.forbund().namn)
    upptagna: set = set()
    _skriv(bok, "Om", None, [(28,), (100,)], [(titel, None), *om], upptagna)
    for ett in blad:
        _skriv(bok, ett.namn, [rubrik for rubrik, _ in ett.kolumner], [(bredd,) for _, bredd in ett.kolumner],
               ett.rader, upptagna)  # fmt: skip
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def _skriv(bok, namn, rubriker, bredder, rader, upptagna):
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    blad = bok.create_sheet(bladnamn(namn, upptagna))
    for nr, (bredd,) in enumerate(bredder, start=1):
        blad.column_dimensions[get_column_letter(nr)].width = bredd
    fet, radbryt = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    if rubriker:
        blad.freeze_panes = "A2"
        blad.append([_cell(blad, rubrik, fet) for rubrik in rubriker])
        blad.auto_filter.ref = f"A1:{get_column_letter(len(rubriker))}{len(rader) + 1}"
    for nr, rad in enumerate(rader):
        fetstil = fet if not rubriker and nr == 0 else None
        blad.append([_cell(blad, varde, fetstil, None if rubriker else radbryt) for varde in rad])


def _cell(blad, varde, stil=None, placering=None):
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(blad)
    if isinstance(varde, Formel):
        cell.value, cell.number_format = str(varde), KRONOR
    elif isinstance(varde, str):
        cell.value = _ren(varde)
        cell.data_type = "s"
    elif varde is not None:
        cell.value = float(varde) if isinstance(varde, float) else varde
        if isinstance(varde, Andel):
            cell.number_format = "0.0%"
        elif isinstance(varde, Kr):
            cell.number_format = KRONOR
    if stil:
        cell.font = stil
    if placering:
        cell.alignment = placering
    return cell


def _ren(text):
    return STYRTECKEN.sub("", text)[:LANGSTA_TEXT]


def bladnamn(namn: str, upptagna: set) -> str:
    """A name that Excel takes: short, without its signs, and not taken (whatever the case). Adds it to `upptagna`."""
    rent = _ren(FORBJUDNA.sub(" ", namn)).strip().strip("'").strip() or "Blad"
    nr, kandidat = 1, rent[:LANGSTA_NAMN].strip()
    while kandidat.casefold() in upptagna or kandidat.casefold() == "history":  # Excel keeps that one for itself
        nr += 1
        kandidat = f"{rent[: LANGSTA_NAMN - len(str(nr)) - 1].strip()} {nr}"
    upptagna.add(kandidat.casefold())
    return kandidat
