"""A budget year as an Excel file to work in: sums that are formulas, locked where nothing is typed (MC18).

`budgetblad_in` reads it back. Column A knows each row, the last column what stood there when the file was taken out;
both are hidden. A text is always a text: a name that begins with = is no formula.
"""

import io
import json

from ekonomi import budgetblad_delar
from ekonomi.budgetblad_medlemmar import KRONOR, ORE, RUBRIKRAD, TILLDELNING, Blad, Formel, Tilldelning, visning
from ekonomi.budgetrapport import OVERFORT, STATENS, Budgetrapport
from ekonomi.models import Budgetpost, Verksamhetsar
from samordning.karna.kalender import idag
from samordning.karna.kalkylblad import STYRTECKEN
from samordning.karna.models import Part

FORMAT, BARA_LASA = "samordning-budget 1", "samordning-budget att läsa"
BLAD = "Budget"
# field: (letter, heading, width)
KOLUMNER = {
    "nyckel": ("A", "", 4), "rubrik": ("B", "Rad", 48), "kategori": ("C", "Kategori", 24), "sida": ("D", "Sida", 9),
    "marke": ("E", "Märkning", 11), "foregaende": ("F", "Utfall {fore}{prel}", 15), "belopp": ("G", "Budget {ar}", 15),
    "utfall": ("H", "Utfall {ar}", 15), "raknas": ("I", "Räknas inte med", 19), "andel": ("J", "Individdel, %", 10),
    "kommentar": ("K", "Kommentar", 42), "bas": ("L", "", 4),
}  # fmt: skip
BOKSTAV = {falt: kolumn[0] for falt, kolumn in KOLUMNER.items()}
INMATNING = ("rubrik", "kategori", "sida", "foregaende", "belopp", "kommentar")  # of a line: what may be typed
# What a year's own row fills in: the field of the year.
ARSFALT = ("tilldelning", "ovriga_intakter", "eget_kapital_in")
TOMMA_RADER = 5
# What the column "Räknas inte med" says, by the model's memo.
FORE, BUDGET, BADA = "Utfallet året före", "Budgeten", "Båda"
GRUPP = "E3F0F1"


def raknas(memo) -> str:
    """What is left out of the sums, in words."""
    return {(): "", ("foregaende",): FORE, ("budget",): BUDGET}.get(tuple(memo), BADA)


def gor(ar: Verksamhetsar, rapport: Budgetrapport, steg, *, skriver: bool) -> bytes:
    """The file. `rapport` is the year's table; `steg` the steps of the rule about equity. Three queries.

    `skriver`: it is for somebody who may change the budget. Others get it without the comments, which are the
    office's own, and without cells to type in; so does everybody when the year is locked.
    """
    from openpyxl import Workbook

    bok, forbund = Workbook(), Part.objects.forbund().namn
    bok.properties.title = f"Budget {ar}"
    bok.calculation.fullCalcOnLoad = True
    bok.properties.creator = bok.properties.lastModifiedBy = forbund
    medlemmar = Tilldelning(bok.create_sheet(TILLDELNING), forbund, ar, rapport)
    medlemmar.skriv()
    tabell = _Budget(bok.active, forbund, ar, rapport, medlemmar, skriver)
    tabell.skriv(list(ar.poster.all()), steg)
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


class _Budget(Blad):
    """The plan's table, what the money is used for, and equity against the rule."""

    def __init__(self, blad, forbund, ar, rapport, medlemmar, skriver):
        super().__init__(blad, BLAD, forbund, {kolumn[0]: kolumn[2] for kolumn in KOLUMNER.values()})
        self.ar, self.rapport, self.medlemmar = ar, rapport, medlemmar
        self.rader = {}  # what a row is: its number
        self.har_utfall, self.skriver, self.oppen = rapport.ut_utfall is not None, skriver, skriver and ar.skrivbar
        dolda = {"nyckel": True, "bas": True, "utfall": not self.har_utfall, "kommentar": not skriver}
        for falt in (falt for falt, dold in dolda.items() if dold):
            blad.column_dimensions[BOKSTAV[falt]].hidden = True

    def skriv(self, poster, steg):
        """`poster` are all lines of the year in order."""
        har_ore = any(post.belopp % 1 or (post.foregaende or 0) % 1 for post in poster)
        self.format = ORE if har_ore else KRONOR
        self._huvud(poster)
        self._intakter()
        self.forsta = self.rad + 1
        block = [(kod, namn, [post for post in poster if post.block == kod]) for kod, namn in Budgetpost.Block.choices]
        for kod, namn, rader in block:
            self._block(kod, namn, rader)
        self.sista = self.rad
        self._summor([kod for kod, _, _ in block])
        if self.oppen:
            self._regler()
        self.blad.print_area = f"B1:{BOKSTAV['kommentar']}{self._andelar_och_kapital(steg)}"

    def _huvud(self, poster):
        ar = self.ar
        self.satt("A", f"{FORMAT} {ar.pk} {ar.ar} {ar.version}" if self.oppen else BARA_LASA)
        self.titel("B", f"Budget {ar}")
        self.rad = 2
        self.satt("A", json.dumps([post.pk for post in poster]))
        self.satt("B", f"{ar.get_lage_display()}. Hämtad {idag()}. Beloppen är kronor.")
        self.rad = 3
        if self.oppen:
            self.satt("B", "I de ljusgula cellerna går det att skriva. Nya rader skrivs sist i varje del.")
        self.rad = RUBRIKRAD
        text = {"ar": ar.ar, "fore": ar.ar - 1, "prel": " (prel.)" if self.rapport.fore_prel else ""}
        self.rubrikrad({bokstav: rubrik.format(**text) for bokstav, rubrik, _ in KOLUMNER.values() if rubrik})
        self.blad.row_dimensions[RUBRIKRAD].height = 32
        self.blad.freeze_panes = f"C{RUBRIKRAD + 1}"
        self.blad.print_title_rows = f"{RUBRIKRAD}:{RUBRIKRAD}"

    def _intakter(self):
        fore = {rad.kod or "eget_kapital_in": rad for rad in self.rapport.intakter}
        rader = (
            ("tilldelning", "Intäkter huvudmän", fore.get("huvudman")),
            ("ovriga_intakter", self.ar.ovriga_vad or "Övriga intäkter", fore.get("ovriga")),
            ("eget_kapital_in", OVERFORT, fore.get("eget_kapital_in")),
        )
        for falt, namn, intakt in rader:
            self.rad += 1
            self.rader[falt] = self.rad
            belopp = getattr(self.ar, falt)
            lank = self.medlemmar.lank if falt == "tilldelning" else None
            self.satt("A", f"ar:{falt}")
            self.satt("B", namn)
            if intakt and intakt.foregaende is not None:
                self.satt("F", intakt.foregaende, format=visning(intakt.foregaende))
            self.satt("G", lank or belopp, format=visning(belopp), oppen=self.oppen and not lank)
            if intakt and intakt.utfall is not None:
                self.satt("H", intakt.utfall, format=visning(intakt.utfall))
            fore_text = "" if not intakt or intakt.foregaende is None else f"{intakt.foregaende:.2f}"
            self._bas({"foregaende": fore_text} | ({"G": lank} if lank else {"belopp": f"{belopp:.2f}"}))
        forsta, sista = self.rader["tilldelning"], self.rader["eget_kapital_in"]
        self._rad("medel", "Att använda under året", {
            "F": f'=IF(COUNT(F{forsta}:F{sista})=0,"",SUM(F{forsta}:F{sista}))', "G": f"=SUM(G{forsta}:G{sista})",
        })  # fmt: skip

    def _block(self, kod, namn, poster):
        self.rad += 1
        self.satt("A", f"block:{kod}")
        for bokstav in "BCDEFGHIJK":
            self.satt(bokstav, namn if bokstav == "B" else None, stil=GRUPP)
        forsta = self.rad + 1
        for post in poster:
            self.rad += 1
            self._post(post)
        for _ in range(TOMMA_RADER if self.oppen else 0):
            self.rad += 1
            self.satt("A", f"ny:{kod}")
            for falt in INMATNING:
                self.satt(BOKSTAV[falt], None, oppen=True, format=KRONOR if falt in ("foregaende", "belopp") else None)
        self._rad(kod, f"Summa {namn.lower()}", {
            bokstav: _utan_memo(bokstav, forsta, self.rad, ord_) for bokstav, ord_ in self._sumkolumner()
        })  # fmt: skip

    def _post(self, post):
        from openpyxl.styles import Alignment

        marke = ", ".join(namn for namn, ar_det in (("Ny", post.ny), ("Avslutas", post.avslutas)) if ar_det)
        utfall = next(
            (rad.utfall for block in self.rapport.block for rad in block.rader if rad.pk == post.pk), None
        )  # fmt: skip
        visas = {
            "rubrik": post.rubrik, "kategori": post.get_kategori_display(), "sida": post.sida, "marke": marke,
            "foregaende": post.foregaende, "belopp": post.belopp, "utfall": utfall, "raknas": raknas(post.memo),
            "andel": post.andel_individ,
            "kommentar": post.kommentar.replace("\r\n", "\n") if self.skriver else "",
        }  # fmt: skip
        self.satt("A", f"post:{post.pk}")
        for falt, varde in visas.items():
            format = None
            if falt in ("foregaende", "belopp", "utfall"):
                memo = ("budget" if falt == "belopp" else falt) in post.memo
                format = visning(varde or 0, memo)
            cell = self.satt(BOKSTAV[falt], varde, format=format, oppen=self.oppen and falt in INMATNING)
            if falt in ("rubrik", "kommentar"):
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._bas(varden(post) | {namn: visas[namn] or "" for namn in ("marke", "raknas")} | {"andel": _tal(post)})

    def _bas(self, varden, formler=None):
        if self.oppen:
            self.satt(BOKSTAV["bas"], json.dumps(varden | (formler or {}), ensure_ascii=False))

    def _rad(self, nyckel, namn, formler):
        """A row of sums; its formulas are kept beside it, so that a changed one is told."""
        self.delrad(nyckel, namn, formler, fet=True, andel=self.format)
        self.ram("BCDEFGHIJK")

    def delrad(self, nyckel, namn, formler, *, fet=False, andel="0.0%"):
        """One row of formulas {letter: formula}; `andel` is the format of column F."""
        self.rad += 1
        self.rader[nyckel] = self.rad
        stil = "fet" if fet else None
        self.satt("A", f"summa:{nyckel}")
        self.satt("B", namn, stil=stil)
        for bokstav, formel in formler.items():
            self.satt(bokstav, Formel(formel), format=andel if bokstav == "F" else self.format, stil=stil)
        self._bas({}, formler)

    def _sumkolumner(self):
        kolumner = [("F", FORE), ("G", BUDGET), ("H", None)]
        return kolumner if self.har_utfall else kolumner[:2]

    def _summor(self, block):
        """Costs, closing equity (G15) and the year's result without what was carried over (G16)."""
        summor = [self.rader[kod] for kod in block]
        finns = f"COUNT(F{self.forsta}:F{self.sista})-{len(summor)}"  # the sums themselves are always numbers
        alla = {bokstav: "+".join(f"{bokstav}{rad}" for rad in summor) for bokstav, _ in self._sumkolumner()}
        self._rad("kostnader", "Kostnader", {bokstav: f"={text}" for bokstav, text in alla.items()}
                  | {"F": f'=IF({finns}=0,"",{alla["F"]})'})  # fmt: skip
        medel, kostnad = self.rader["medel"], self.rader["kostnader"]
        in_ = self.rader["eget_kapital_in"]
        saknas = f'OR(F{medel}="",F{kostnad}="")'
        self._rad("utgaende", "Eget kapital vid årets slut", {
            "F": f'=IF({saknas},"",F{medel}-F{kostnad})', "G": f"=G{medel}-G{kostnad}",
        })  # fmt: skip
        self._rad("resultat", "Årets resultat, utan det som överfördes", {
            "F": f'=IF({saknas},"",F{medel}-F{in_}-F{kostnad})', "G": f"=G{medel}-G{in_}-G{kostnad}",
        })  # fmt: skip

    def _andelar_och_kapital(self, steg):
        """The two small tables below. Returns the last row."""
        budgetblad_delar.andelar(self)
        for rad in self.rapport.kapital:
            statens = rad.bas == STATENS
            formel = f"={self.medlemmar.statens}" if statens else f"=G{self.rader['tilldelning']}"
            budgetblad_delar.kapital(self, rad.bas, formel, steg)
        return self.rad

    def _regler(self):
        """What Excel itself refuses in the cells that are open; the reader refuses it again."""
        from openpyxl.worksheet.datavalidation import DataValidation

        kategorier = DataValidation(
            type="list", formula1='"' + ",".join(Budgetpost.Kategori.labels) + '"', allow_blank=True,
            showErrorMessage=True, errorTitle="Kategori", error="Välj en kategori i listan.",
        )  # fmt: skip
        belopp = DataValidation(
            type="decimal", operator="between", formula1="0", formula2="9999999999.99", allow_blank=True,
            showErrorMessage=True, errorTitle="Belopp", error="Skriv kronor med siffror, utan minustecken.",
        )  # fmt: skip
        kategorier.add(f"C{self.forsta}:C{self.sista}")
        belopp.add(f"F{self.forsta}:G{self.sista}")
        for rad in (kategorier, belopp):
            self.blad.add_data_validation(rad)


def varden(post) -> dict:
    """What a line has in the cells that may be typed in, and its block: as text, to be compared."""
    return {
        "rubrik": _ren(post.rubrik), "block": post.block, "kategori": post.kategori, "sida": _ren(post.sida),
        "foregaende": None if post.foregaende is None else f"{post.foregaende:.2f}", "belopp": f"{post.belopp:.2f}",
        "kommentar": STYRTECKEN.sub("", post.kommentar.replace("\r\n", "\n")).strip(),
    }  # fmt: skip


def _ren(text):
    return " ".join(STYRTECKEN.sub("", text).split())


def _tal(post):
    return "" if post.andel_individ is None else f"{post.andel_individ.normalize():f}"


def _utan_memo(bokstav, forsta, sista, ord_):
    """The sum of a block's column, without what is shown within parentheses (M081)."""
    if sista < forsta:
        return "=0"  # a range that ends before it begins would take in the sum itself
    summa = f"=SUM({bokstav}{forsta}:{bokstav}{sista})"
    if ord_:
        for text in (ord_, BADA):
            summa += f'-SUMIF(I{forsta}:I{sista},"{text}",{bokstav}{forsta}:{bokstav}{sista})'
    return summa
