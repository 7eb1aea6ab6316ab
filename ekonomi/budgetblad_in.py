"""Reads a budget that came back as an Excel file: which row is which, what stands there now and what stood there.

Nothing here touches the database. Sums and locked cells are not read; when somebody has changed one, it is told.
"""

import datetime
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from ekonomi.belopp import ORE, kr
from ekonomi.budgetblad import ARSFALT, BADA, BARA_LASA, BLAD, BOKSTAV, BUDGET, FORMAT, INMATNING, KOLUMNER, RUBRIKRAD
from ekonomi.models import Budgetpost
from samordning.karna.kalkylblad import STYRTECKEN

STORSTA_UPPACKAT, FLEST_RADER, FLEST_POSTER = 20 * 2**20, 2_000, 200
FLEST_FEL = 50  # that are listed
STORSTA_BELOPP = Decimal("9999999999.99")
LANGST = {"rubrik": 120, "kategori": 60, "sida": 20, "kommentar": 4_000}
NAMN = {
    "rubrik": "Rad", "kategori": "Kategori", "sida": "Sida", "foregaende": "Utfall året före", "belopp": "Budget",
    "kommentar": "Kommentar", "block": "Del av budgeten", "marke": "Märkning", "raknas": "Räknas inte med",
    "andel": "Individdel", "tilldelning": "Intäkter huvudmän", "ovriga_intakter": "Övriga intäkter",
    "eget_kapital_in": "Överfört från föregående år",
}  # fmt: skip
LASTA = ("marke", "raknas", "andel")  # of a line: what is shown and not read
SVALT = "är inte en budget som är hämtad härifrån"
HAMTA = "Hämta budgeten som kalkylblad på årets sida, skriv i den filen och läs in den. Inget är sparat."


class BladFel(Exception):
    """The file is no budget of ours. The message is Swedish and says what to do."""


@dataclass
class Inrad:
    """A row of the file. `varden` has text and Decimal by field, `bas` what stood there when it was taken out (None
    when that is not known), `pk` of the line that it was."""

    rad: int
    pk: int | None
    block: str
    varden: dict
    bas: dict | None = None


@dataclass
class Infil:
    """What a file holds. `fel` are [(cell, what is wrong)]; with any of them nothing can be saved."""

    ar_pk: int
    ar: int
    version: int
    exporterade: frozenset
    rader: list = field(default_factory=list)
    arsfalt: dict = field(default_factory=dict)  # field of the year: (Decimal, what stood there or None)
    fel: list = field(default_factory=list)
    noter: list = field(default_factory=list)


def las(innehall: bytes) -> Infil:
    """The file as values. BladFel when it is something else; faults in single cells are listed in `fel`."""
    formler, visade = _oppna(innehall)
    if formler.get((1, "nyckel")) == BARA_LASA:
        raise BladFel(
            "Filen är hämtad för att läsas, när budgeten var låst eller av någon som inte ändrar den. " + HAMTA
        )
    huvud = re.fullmatch(rf"{FORMAT} (\d{{1,18}}) (\d{{4}}) (\d{{1,18}})", str(formler.get((1, "nyckel")) or ""))
    if not huvud:
        raise BladFel(f"Filen {SVALT}. {HAMTA}")
    pk, ar, version = map(int, huvud.groups())
    fil = Infil(pk, ar, version, frozenset(_lista(formler.get((2, "nyckel")))))
    _Lasare(fil, formler, visade).las()
    return fil


def _oppna(innehall):
    """({(row, field): what is written}, {(row, field): what is shown}) of the sheet, up to the last row we take."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(innehall)) as arkiv:
            if sum(post.file_size for post in arkiv.infolist()) > STORSTA_UPPACKAT:
                raise BladFel("Filen är mycket större än en budget. " + HAMTA)
        return tuple(_celler(load_workbook(io.BytesIO(innehall), read_only=True, data_only=ett)) for ett in (0, 1))
    except BladFel:
        raise
    except Exception as fel:  # the reader of the format has no error of its own for a file that is made by hand
        raise BladFel(
            f"Filen gick inte att läsa som en Excel-fil. Öppna den i Excel och spara den igen. {HAMTA}"
        ) from fel


def _celler(bok):
    if BLAD not in bok.sheetnames:
        raise BladFel(f"Fliken ”{BLAD}” finns inte i filen, så den {SVALT}. {HAMTA}")
    blad, falten = bok[BLAD], list(KOLUMNER)
    blad.reset_dimensions()
    ut = {}
    for nr, rad in enumerate(blad.iter_rows(max_col=len(falten)), start=1):
        for falt, cell in zip(falten, rad, strict=False):
            if cell.value is None or cell.value == "":
                continue
            if nr > FLEST_RADER:
                raise BladFel(f"Filen har fler än {FLEST_RADER} rader. {HAMTA}")
            ut[nr, falt] = Formeltext(cell.value) if cell.data_type == "f" else _varde(cell)
    bok.close()
    return ut


class Formeltext(str):
    """A cell that holds a formula."""

    __slots__ = ()


@dataclass(frozen=True)
class Felvarde:
    """A cell that shows an error of the program: #REF!, #DIV/0!"""

    text: str


def _varde(cell):
    return Felvarde(str(cell.value)) if cell.data_type == "e" else cell.value


def _lista(text):
    """The keys of the lines that were in the file; nothing when somebody has changed the cell."""
    try:
        varde = json.loads(str(text))
    except ValueError:
        return []
    return [nyckel for nyckel in varde if type(nyckel) is int] if isinstance(varde, list) else []


class _Lasare:
    def __init__(self, fil, formler, visade):
        self.fil, self.formler, self.visade = fil, formler, visade
        self.sedda = set()

    def las(self):
        block, sista = None, max((nr for nr, _ in self.formler), default=0)
        for nr in range(RUBRIKRAD + 1, sista + 1):
            slag, _, resten = str(self.formler.get((nr, "nyckel")) or "").partition(":")
            if slag == "block" and resten in Budgetpost.Block.values:
                block = resten
            elif slag == "summa":
                self._summa(nr, resten)
                block = None if resten in Budgetpost.Block.values else block
            elif slag == "ar" and resten in ARSFALT:
                self._arsrad(nr, resten)
            elif block:
                self._rad(nr, block, int(resten) if slag == "post" and re.fullmatch(r"\d{1,18}", resten) else None)
            elif slag != "rubrik" and any((nr, falt) in self.formler for falt in ("foregaende", "belopp")):
                self._fel(nr, "rubrik", "Raden står utanför budgetens delar. Flytta in den före en delsumma.")
        if len(self.fil.rader) > FLEST_POSTER:
            self.fil.fel.append(("", f"En budget kan ha högst {FLEST_POSTER} rader. Filen har {len(self.fil.rader)}."))

    def _fel(self, nr, falt, text):
        self.fil.fel.append((f"{BOKSTAV[falt]}{nr}, {NAMN[falt]}", text))

    def _not(self, nr, falt, text):
        self.fil.noter.append(f"Cell {BOKSTAV[falt]}{nr} ({NAMN.get(falt, falt)}): {text}")

    def _bas(self, nr):
        try:
            varde = json.loads(str(self.formler.get((nr, "bas"))))
        except ValueError:
            return None
        return varde if isinstance(varde, dict) else None

    def _summa(self, nr, namn):
        """A row of formulas: it is never read, but a sum that is typed over would be believed."""
        bas, hel = self._bas(nr) or {}, True
        for falt in ("kategori", "foregaende", "belopp", "utfall"):
            var, ar_nu = bas.get(BOKSTAV[falt]), self.formler.get((nr, falt))
            if var and (not isinstance(ar_nu, Formeltext) or _utan_rader(ar_nu) != _utan_rader(var)):
                vad = self.formler.get((nr, "rubrik"), "en summa")
                hel = False
                self._not(nr, "belopp" if falt == "kategori" else falt, f"Formeln för ”{vad}” är ändrad. Summor läses "
                          "inte in, de räknas om ur raderna.")  # fmt: skip
        if namn == "kostnader" and hel and not self.fil.fel:
            self._jamfor_summan(nr)

    def _jamfor_summan(self, nr):
        visad = self.visade.get((nr, "belopp"))
        rader = sum((rad.varden["belopp"] or 0 for rad in self.fil.rader
                     if self.formler.get((rad.rad, "raknas")) not in (BUDGET, BADA)), Decimal(0))  # fmt: skip
        if isinstance(visad, int | float) and abs(_decimal(visad) - rader) >= ORE:
            self._not(nr, "belopp", f"Filen visar kostnaderna {kr(_decimal(visad))}, men raderna som läses in blir "
                      f"{kr(rader)}. Kontrollera att inga rader har hamnat fel.")  # fmt: skip

    def _arsrad(self, nr, falt):
        bas = self._bas(nr)
        if bas and (fore := bas.get("foregaende")) is not None:
            nu = self._belopp(nr, "foregaende", tyst=True)
            if ("" if nu is None else f"{nu:.2f}") != fore:
                self._not(nr, "foregaende", "Det här beloppet hör till året före och läses inte in.")
        if bas and BOKSTAV["belopp"] in bas:
            if _utan_rader(str(self.formler.get((nr, "belopp")))) != _utan_rader(bas[BOKSTAV["belopp"]]):
                self._not(nr, "belopp", "Tilldelningen är summan av medlemmarnas bidrag och läses inte in. Ändra den "
                          "på sidan Medlemmarnas bidrag.")  # fmt: skip
            return
        belopp = self._belopp(nr, "belopp", minus=falt == "eget_kapital_in")
        if belopp is None and not self._har_fel(nr, "belopp"):
            self._fel(nr, "belopp", f"Skriv ett belopp för ”{NAMN[falt]}”. Skriv 0 om det inte finns något.")
        self.fil.arsfalt[falt] = (belopp, bas and bas.get("belopp"))

    def _har_fel(self, nr, falt):
        return any(cell.startswith(f"{BOKSTAV[falt]}{nr},") for cell, _ in self.fil.fel)

    def _rad(self, nr, block, pk):
        if not any((nr, falt) in self.formler for falt in INMATNING):
            return
        bas = self._bas(nr) if pk else None
        if pk in self.sedda:
            self._not(nr, "rubrik", "Raden är en kopia av en rad som står högre upp. Den läses som en ny rad.")
            pk = bas = None
        varden = self._varden(nr, bas)
        for falt in LASTA:
            if bas is not None and _text(self.formler.get((nr, falt))) != bas.get(falt, ""):
                self._not(nr, falt, "Det här läses inte in. Ändra det på radens egen sida.")
        if pk:
            self.sedda.add(pk)
        self._kontrollera(nr, varden)
        self.fil.rader.append(Inrad(nr, pk, block, varden | {"block": block}, bas))

    def _varden(self, nr, bas):
        # An outcome of the ledger may be less than nothing; nobody types one.
        minus = ((bas or {}).get("foregaende") or "").startswith("-")
        return {
            "rubrik": self._text(nr, "rubrik"), "kategori": self._kategori(nr), "sida": self._text(nr, "sida"),
            "foregaende": self._belopp(nr, "foregaende", minus=minus), "belopp": self._belopp(nr, "belopp"),
            "kommentar": self._text(nr, "kommentar"),
        }  # fmt: skip

    def _kontrollera(self, nr, varden):
        for falt, text in (
            ("rubrik", "Skriv vad raden heter."),
            ("kategori", f"Välj en kategori: {', '.join(Budgetpost.Kategori.labels)}."),
            ("belopp", "Skriv budgetens belopp. Skriv 0 om raden inte ska kosta något."),
        ):
            if varden[falt] in ("", None) and not self._har_fel(nr, falt):
                self._fel(nr, falt, text)

    def _cell(self, nr, falt):
        """What counts in a cell where one types: a formula's figure, when the program has worked it out."""
        varde = self.formler.get((nr, falt))
        if not isinstance(varde, Formeltext):
            return varde
        visad = self.visade.get((nr, falt))
        if visad is None:
            self._fel(nr, falt, f"Cellen har en formel ({varde}) som inte är uträknad. Öppna filen i Excel och spara "
                      "den, eller skriv det som ska stå där.")  # fmt: skip
        elif not isinstance(visad, Felvarde):
            self._not(nr, falt, f"Cellen har en formel ({varde}). Det som läses in är {_text(visad)}.")
            return Utraknat(visad) if type(visad) in (int, float) else visad
        return visad

    def _text(self, nr, falt):
        varde = self._cell(nr, falt)
        if isinstance(varde, Felvarde):
            self._fel(nr, falt, f"Cellen visar {varde.text}. Skriv texten som ska stå där.")
            return ""
        text = _text(varde)
        if falt != "kommentar":
            text = " ".join(text.split())
        if len(text) > LANGST[falt]:
            self._fel(nr, falt, f"Texten har {len(text)} tecken och får ha högst {LANGST[falt]}. Korta den.")
        return text

    def _kategori(self, nr):
        text = self._text(nr, "kategori")
        if not text:
            return ""
        sokt = text.casefold()
        lika = [kod for kod, namn in Budgetpost.Kategori.choices if sokt in (kod, namn.casefold())] or [
            kod for kod, namn in Budgetpost.Kategori.choices if namn.casefold().startswith(sokt)
        ]
        if len(lika) == 1:
            return lika[0]
        namn = ", ".join(Budgetpost.Kategori.labels)
        self._fel(nr, "kategori", f"Kategorin ”{text[:60]}” finns inte. Skriv en av de här: {namn}.")
        return ""

    def _belopp(self, nr, falt, *, minus=False, tyst=False):
        """Kronor with two decimals, None for an empty cell; what is wrong is listed unless `tyst`."""
        varde = self.formler.get((nr, falt)) if tyst else self._cell(nr, falt)
        try:
            belopp = tolka(varde)
            if belopp is not None and belopp < 0 and not minus:
                raise ValueError("Skriv beloppet utan minustecken. Kostnader är vanliga tal här.")
            return belopp
        except ValueError as fel:
            if not tyst:
                self._fel(nr, falt, str(fel))
        return None


class Utraknat(float):
    """What a formula came to: rounded to öre without a word."""


def tolka(varde):
    """Decimal of what a cell holds, with two decimals; None when it is empty. ValueError in words."""
    if varde is None or (isinstance(varde, str) and not varde.strip()):
        return None
    if isinstance(varde, Felvarde):
        raise ValueError(f"Cellen visar {varde.text}. Skriv beloppet med siffror.")
    if isinstance(varde, bool):
        raise ValueError("Det står sant eller falskt i cellen. Skriv beloppet i kronor med siffror.")
    if isinstance(varde, datetime.date | datetime.time | datetime.timedelta):
        raise ValueError("Det står ett datum eller en tid i cellen. Skriv beloppet i kronor med siffror.")
    tal = _decimal(varde) if isinstance(varde, int | float) else _av_text(str(varde))
    if not tal.is_finite():
        raise ValueError("Det som står i cellen är inget tal. Skriv beloppet i kronor med siffror.")
    if abs(tal) > STORSTA_BELOPP:
        raise ValueError(f"Beloppet är för stort. Det kan vara högst {kr(STORSTA_BELOPP)}.")
    i_oren = tal.quantize(ORE, ROUND_HALF_UP)
    if abs(tal - i_oren) > Decimal("0.000001") and not isinstance(varde, Utraknat):
        raise ValueError("Beloppet har fler än två decimaler. Skriv kronor och ören.")
    return i_oren


def _av_text(text):
    rent = "".join(text.split()).replace("\N{MINUS SIGN}", "-").casefold().removesuffix("kr").removesuffix(":-")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d*)?", rent):
        raise ValueError(
            f"”{text.strip()[:40]}” kan läsas på två sätt. Skriv utan punkt, till exempel 1 200 eller 1,2."
        )
    if not re.fullmatch(r"-?\d+([.,]\d+)?", rent, re.ASCII):
        raise ValueError(f"”{text.strip()[:40]}” är inget belopp. Skriv kronor med siffror, till exempel 450 000.")
    return _decimal(rent.replace(",", "."))


def _decimal(varde):
    try:
        return Decimal(repr(float(varde))) if isinstance(varde, float) else Decimal(varde)
    except InvalidOperation:
        return Decimal("NaN")


def _text(varde):
    """A cell as text: a whole number without its decimal."""
    if varde is None:
        return ""
    if isinstance(varde, float) and varde.is_integer():
        varde = int(varde)
    if isinstance(varde, datetime.datetime):
        varde = varde.date() if varde.time() == datetime.time() else varde
    return STYRTECKEN.sub("", str(varde)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _utan_rader(formel):
    """A formula without the numbers of its rows: a row that is put in moves them all."""
    return re.sub(r"(\$?[A-Z]{1,2}\$?)\d+", r"\1#", formel).replace(" ", "")
