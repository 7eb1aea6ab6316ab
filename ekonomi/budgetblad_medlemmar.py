"""A sheet of the budget's file that is written from the top, and the one about what the members pay."""

from decimal import Decimal

from samordning.karna.kalkylblad import STYRTECKEN

TILLDELNING = "Tilldelning"
RUBRIKRAD = 4
KRONOR, ORE = "#,##0", "#,##0.00"
MORK, SKRIV = "0C5660", "FFF8E1"


def visning(belopp, memo=False):
    """The number format of an amount; a memo stands within parentheses."""
    ett = ORE if Decimal(belopp) % 1 else KRONOR
    return f"({ett})" if memo else ett


class Formel(str):
    """A text of ours that is a formula."""

    __slots__ = ()


class Blad:
    """A sheet that is written row by row from the top."""

    def __init__(self, blad, namn, forbund, bredder):
        self.blad, self.rad = blad, 1
        blad.title = namn
        for bokstav, bredd in bredder.items():
            blad.column_dimensions[bokstav].width = bredd
        blad.protection.sheet = True  # without a password: it guards against a slip of the hand
        blad.protection.formatColumns = blad.protection.formatRows = blad.protection.insertRows = False
        blad.page_setup.orientation, blad.page_setup.paperSize = "landscape", blad.PAPERSIZE_A4
        blad.page_setup.fitToWidth, blad.page_setup.fitToHeight = 1, 0
        blad.sheet_properties.pageSetUpPr.fitToPage = True
        blad.oddFooter.left.text, blad.oddFooter.right.text = forbund.replace("&", "&&"), "Sida &P av &N"

    def satt(self, bokstav, varde, *, format=None, stil=None, oppen=False):
        """Write one cell of the row. A `Formel` is a formula; every other str is a text, whatever it begins with."""
        from openpyxl.styles import Font, PatternFill, Protection

        cell = self.blad[f"{bokstav}{self.rad}"]
        if isinstance(varde, Formel):
            cell.value = str(varde)
        elif isinstance(varde, str):
            if varde := STYRTECKEN.sub("", varde):
                cell.value, cell.data_type = varde, "s"
        else:
            cell.value = varde
        if format:
            cell.number_format = format
        if stil:
            cell.font = Font(bold=True, color="FFFFFF" if stil == MORK else None)
            if stil != "fet":
                cell.fill = PatternFill("solid", fgColor=stil)
        if oppen:
            cell.protection = Protection(locked=False)
            cell.fill = PatternFill("solid", fgColor=SKRIV)
        return cell

    def titel(self, bokstav, text):
        from openpyxl.styles import Font

        self.satt(bokstav, text).font = Font(bold=True, size=15, color=MORK)

    def rubrikrad(self, texter):
        from openpyxl.styles import Alignment

        for bokstav, text in texter.items():
            cell = self.satt(bokstav, text, stil=MORK)
            cell.alignment = Alignment(wrap_text=True, vertical="center")

    def ram(self, bokstaver):
        """A line above a sum."""
        from openpyxl.styles import Border, Side

        for bokstav in bokstaver:
            self.blad[f"{bokstav}{self.rad}"].border = Border(top=Side(style="medium", color=MORK))


class Tilldelning(Blad):
    """What each member pays, its part of the whole and what has changed. Nothing is typed here."""

    def __init__(self, blad, forbund, ar, rapport):
        bredder = {"A": 44, "B": 12, "C": 14, "D": 17, "E": 16, "F": 14, "G": 16, "H": 16, "I": 14}
        super().__init__(blad, TILLDELNING, forbund, bredder)
        self.ar, self.rapport, self.summarad = ar, rapport, None
        self.statens = "0"  # what the state's rows add up to, for the rule

    def skriv(self):
        bidrag, ar = self.rapport.bidrag, self.ar.ar
        self.titel("A", f"Tilldelning från medlemmarna {ar}")
        self.rad = 2
        if not bidrag:
            self.satt("A", "Vad varje medlem betalar är inte inskrivet. Det skrivs på sidan Medlemmarnas bidrag.")
            return
        self.satt("A", "Beloppen är kronor. De ändras på sidan Medlemmarnas bidrag, inte här.")
        self.rad = RUBRIKRAD
        self.rubrikrad({
            "A": "Medlem", "B": "Slag", "C": "Andel av kommunernas fjärdedel", "D": "Enligt lagen och andelen",
            "E": f"Bidrag {ar}", "F": "Del av tilldelningen", "G": f"Bidrag {ar - 1}", "H": "Förändring",
            "I": "Förändring, %",
        })  # fmt: skip
        self.blad.freeze_panes = f"B{RUBRIKRAD + 1}"
        self.blad.print_title_rows = f"{RUBRIKRAD}:{RUBRIKRAD}"
        nycklar = dict(self.ar.bidrag.values_list("namn", "nyckel"))
        forsta, sista = RUBRIKRAD + 1, RUBRIKRAD + len(bidrag)
        self.summarad = sista + 1
        self.statens = f'SUMIF({TILLDELNING}!B{forsta}:B{sista},"Staten",{TILLDELNING}!E{forsta}:E{sista})'
        stat = f'SUMIF(B${forsta}:B${sista},"Staten",E${forsta}:E${sista})'
        for rad in bidrag:
            self.rad += 1
            self._medlem(rad, nycklar.get(rad.part), stat)
        self.rad += 1
        self._summa(forsta, sista)

    def _medlem(self, rad, nyckel, stat):
        r = self.rad
        slag = {"stat": "Staten", "region": "Regionen", "kommun": "Kommun"}[rad.slag]
        self.satt("A", rad.part)
        self.satt("B", slag)
        if nyckel is not None:
            self.satt("C", nyckel / 100, format="0.0##%")
        enligt = {"region": f"={stat}/2", "kommun": f"={stat}/2*C{r}"}.get(rad.slag)
        if enligt and (rad.slag == "region" or nyckel is not None):
            self.satt("D", Formel(enligt), format=ORE)
        self.satt("E", rad.belopp, format=visning(rad.belopp))
        self.satt("F", Formel(f'=IF(E${self.summarad}=0,"",E{r}/E${self.summarad})'), format="0.0%")
        if rad.foregaende is not None:
            self.satt("G", rad.foregaende, format=visning(rad.foregaende))
        self._forandring()

    def _forandring(self):
        r = self.rad
        self.satt("H", Formel(f'=IF(G{r}="","",E{r}-G{r})'), format=f"+{KRONOR};-{KRONOR};0")
        self.satt("I", Formel(f'=IF(N(G{r})=0,"",(E{r}-G{r})/G{r})'), format="+0.00%;-0.00%;0.00%")

    def _summa(self, forsta, sista):
        for bokstav in ("E", "F"):
            summa = Formel(f"=SUM({bokstav}{forsta}:{bokstav}{sista})")
            self.satt(bokstav, summa, format=KRONOR if bokstav == "E" else "0.0%", stil="fet")
        # Also of a member that is not there any more.
        if (fore := self.rapport.intakter[0].foregaende) is not None:
            self.satt("G", fore, format=KRONOR, stil="fet")
        self.satt("A", "Summa", stil="fet")
        self._forandring()
        self.ram("ABCDEFGHI")

    @property
    def lank(self):
        """The formula of the whole allocation; None when what is written of the members is not the whole."""
        hel = self.summarad and sum(rad.belopp for rad in self.rapport.bidrag) == self.ar.tilldelning
        return Formel(f"={TILLDELNING}!E{self.summarad}") if hel else None
