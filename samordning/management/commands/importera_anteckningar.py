"""`manage.py importera_anteckningar FIL...`: old minutes, read and printed; with --spara they become meetings."""

import argparse
import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from moten.inlasning import Underlag, las_in
from moten.inlasning_avtryck import Nekad
from moten.inlasning_svar import organ_for, slug
from moten.models import Organ
from moten.policies import can_handle_mote
from moten.tolk.las import las
from moten.tolk.text import STORSTA_FIL, TYPER, las_fil
from moten.tolk.typer import Lasfel
from moten.tolk.utskrift import som_json
from samordning.management.konto import oppet_konto

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
    help = (
        "Läser äldre anteckningar (.txt, .md, .docx, .pdf) och visar vad som står i dem. Utan --spara skrivs inget. "
        "Med --spara blir varje fil ett möte, alla eller inget."
    )

    def add_arguments(self, parser):
        parser.add_argument("filer", nargs="+", type=Path, metavar="FIL", help="Filer, eller mappar med filer.")
        parser.add_argument("--organ", metavar="ORGAN", help="Vilket organ mötet var i, om texten inte säger det.")
        parser.add_argument("--datum", type=datum, metavar="DATUM", help="Vilken dag mötet var. Bara med en fil.")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="Hur resultatet skrivs ut.")
        parser.add_argument("--spara", action="store_true", help="Spara mötena, alla eller inget.")
        parser.add_argument("--ersatt", action="store_true", help="Ersätt ett möte som lästes in tidigare.")
        parser.add_argument("--som", metavar="E-POST", help="Vem som läser in. Annars gör systemet det.")

    def handle(self, *, filer, organ, datum, **val):
        stigar = self._stigar(filer)
        if datum and len(stigar) > 1:
            raise CommandError("--datum gäller en fil. Läs filerna en i taget. Inget skrevs.", returncode=2)
        av = self._anvandare(val["som"])
        ut, fel, lasta = [], [], []
        for stig in stigar:
            try:
                innehall = self._las(stig)
                ut.append(som_json(las(las_fil(innehall, stig.name), stig.name), stig.name, organ=organ, datum=datum))
                lasta.append((stig, innehall if val["spara"] else None))
            except Lasfel as orsak:
                fel.append(f"{stig.name}: {orsak.text}")
            except FileNotFoundError:
                fel.append(f"Filen {stig} finns inte. Kontrollera namnet.")
            except OSError as orsak:
                fel.append(f"Det går inte att läsa {stig}: {orsak.strerror}.")
        if fel:
            raise CommandError("\n".join(fel) + "\nInget skrevs.")
        sparat = self._spara(lasta, organ, datum, av, ersatt=val["ersatt"]) if val["spara"] else None
        if val["format"] == "json":
            self.stdout.write(json.dumps({"filer": ut}, ensure_ascii=False, indent=2))
            return
        for fil in ut:
            self._beratta(fil)
        self.stdout.write("\n".join(sparat) if sparat else "Inget är skrivet än. Kör igen med --spara för att spara.")

    def _anvandare(self, epost):
        av = oppet_konto(epost)
        if av and not can_handle_mote(av):
            raise CommandError(f"{av} får inte läsa in anteckningar. Det får kansliet. Inget skrevs.")
        return av

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
            return fil.read(STORSTA_FIL + 1)

    def _spara(self, lasta, organtext, dag, av, *, ersatt):
        """[what came of each, in words]; all files or none."""
        alla = list(Organ.objects.all())
        organ = organ_for(organtext, alla) if organtext else None
        finns = f"Organen är {', '.join(map(slug, alla))}." if alla else "Det finns inga organ än. Lägg upp dem först."
        if organtext and organ is None:
            raise CommandError(f"Det finns inget organ som heter {organtext}. {finns} Inget skrevs.")
        ut, fel = [], []
        try:
            with transaction.atomic():
                for stig, innehall in lasta:
                    try:
                        # Contacts that one file adds are known to the next.
                        mote, att_se = las_in(
                            innehall, stig.name, organ=organ, dag=date.fromisoformat(dag) if dag else None, av=av,
                            ersatt=ersatt, underlag=Underlag.nu(),
                        )  # fmt: skip
                    except Nekad as orsak:
                        fel.append(f"{stig.name}: {orsak}")
                        continue
                    ut += [f"{stig.name}: sparad som {mote}, möte nummer {mote.pk}.", *(f"  {text}" for text in att_se)]
                if fel:
                    raise Nekad
        except Nekad:
            text = "\n".join(fel).replace(" Inget är sparat.", "")
            rad = f"Skriv --organ och --datum där texten inte säger det. {finns}" if "inte säkert" in text else ""
            raise CommandError("\n".join(filter(None, (text, rad, "Inget skrevs.")))) from None
        return ut

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
