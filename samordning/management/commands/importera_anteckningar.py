"""`manage.py importera_anteckningar FIL...`: what old minutes say, as text or JSON (format.md). Nothing is written."""

import argparse
import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from moten.tolk.las import las
from moten.tolk.text import STORSTA_FIL, TYPER, las_fil
from moten.tolk.typer import Lasfel
from moten.tolk.utskrift import som_json

STATUS = {"behandlad": "", "ej_behandlad": " (togs inte upp)", "tom": " (tom)", "hanvisad": " (hänvisad till underlag)"}


def datum(text):
    """YYYY-MM-DD; the parser turns the error into exit code 2."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"”{text}” är inte ett datum. Skriv till exempel 2024-01-31.")


class Command(BaseCommand):
    help = "Läser äldre anteckningar (.txt, .md, .docx, .pdf) och visar vad som står i dem. Inget skrivs."

    def add_arguments(self, parser):
        parser.add_argument("filer", nargs="+", type=Path, metavar="FIL", help="Filer, eller mappar med filer.")
        parser.add_argument("--organ", metavar="ORGAN", help="Vilket organ mötet var i, om texten inte säger det.")
        parser.add_argument("--datum", type=datum, metavar="DATUM", help="Vilken dag mötet var. Bara med en fil.")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="Hur resultatet skrivs ut.")

    def handle(self, *, filer, organ, datum, **val):
        stigar = self._stigar(filer)
        if datum and len(stigar) > 1:
            raise CommandError("--datum gäller en fil. Läs filerna en i taget. Inget skrevs.", returncode=2)
        ut, fel = [], []
        for stig in stigar:
            try:
                ut.append(som_json(las(self._las(stig), stig.name), stig.name, organ=organ, datum=datum))
            except Lasfel as orsak:
                fel.append(f"{stig.name}: {orsak.text}")
            except FileNotFoundError:
                fel.append(f"Filen {stig} finns inte. Kontrollera namnet.")
            except OSError as orsak:
                fel.append(f"Det går inte att läsa {stig}: {orsak.strerror}.")
        if fel:
            raise CommandError("\n".join(fel) + "\nInget skrevs.")
        if val["format"] == "json":
            self.stdout.write(json.dumps({"filer": ut}, ensure_ascii=False, indent=2))
        else:
            for fil in ut:
                self._beratta(fil)

    def _stigar(self, filer):
        """The files, with those of each folder in order of name."""
        ut = []
        for stig in filer:
            if stig.is_dir():
                ut += sorted(fil for fil in stig.iterdir() if fil.suffix.lower().lstrip(".") in TYPER)
            else:
                ut.append(stig)
        if not ut:
            raise CommandError("Det finns inga .txt, .md, .docx eller .pdf i mappen. Inget skrevs.")
        return ut

    def _las(self, stig):
        with stig.open("rb") as fil:
            return las_fil(fil.read(STORSTA_FIL + 1), stig.name)

    def _beratta(self, fil):
        skriv = self.stdout.write
        skriv(f"{fil['fil']}: {fil['typ']}, {fil['organ'] or 'okänt organ'}, {fil['datum'] or 'okänt datum'}")
        skriv(f"  Närvarande: {len(fil['narvarande'])}. Frånvarande: {len(fil['franvarande'])}.")
        for punkt in fil["punkter"]:
            skriv(f"  {' '.join(filter(None, (punkt['nr'], punkt['rubrik'])))}{STATUS[punkt['status']]}")
        for mote in fil["nasta_moten"]:
            tid = "–".join(filter(None, (mote["fran"], mote["till"])))
            skriv(f"  Nästa möte: {', '.join(filter(None, (mote['datum'], tid, mote['plats'], mote['avser'])))}")
        for varning in fil["varningar"]:
            rad = f", rad {varning['rad']}" if varning["rad"] else ""
            skriv(f"  Varning{rad}: {varning['text']}")
