"""A year's Excel file for the tests: taken out, changed as somebody would, and given back as bytes."""

import io

from ekonomi import budgetblad, reports
from ekonomi.budgetblad import BOKSTAV
from ekonomi.models import Verksamhetsar


def bladet(ar, skriver=True):
    """The bytes of a year's file."""
    ar = Verksamhetsar.objects.get(pk=ar.pk)
    rapport = reports.budgetrapport_med_utfall(ar)
    return budgetblad.gor(ar, rapport, reports.arets_regel(ar.ar).steg, skriver=skriver)


class Bok:
    """The sheet "Budget" of a file, by the keys of its rows."""

    def __init__(self, innehall):
        from openpyxl import load_workbook

        self.bok = load_workbook(io.BytesIO(innehall))
        self.blad = self.bok["Budget"]

    def rad(self, nyckel):
        """The number of the first row with the key."""
        return next(rad[0].row for rad in self.blad.iter_rows(max_col=1) if rad[0].value == nyckel)

    def cell(self, nyckel, falt):
        return self.blad[f"{BOKSTAV[falt]}{self.rad(nyckel)}"]

    def post(self, post, **byt):
        """Change cells of a line."""
        for falt, varde in byt.items():
            self.cell(f"post:{post.pk}", falt).value = varde

    def ny(self, block, nr=0, **varden):
        """Fill in the `nr`th empty row of a block."""
        for falt, varde in varden.items():
            self.blad[f"{BOKSTAV[falt]}{self.rad(f'ny:{block}') + nr}"].value = varde

    def utan(self, post):
        """Empty a line, as somebody who takes it away does."""
        nr = self.rad(f"post:{post.pk}")
        for bokstav in BOKSTAV.values():
            self.blad[f"{bokstav}{nr}"].value = None

    def spara(self):
        ut = io.BytesIO()
        self.bok.save(ut)
        return ut.getvalue()
