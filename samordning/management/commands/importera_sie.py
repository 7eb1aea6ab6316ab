"""`manage.py importera_sie FIL`: what a ledger in SIE format holds and whether it agrees with itself (format.md)."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ekonomi.sie.avstamning import stam_av
from ekonomi.sie.las import las
from ekonomi.sie.typer import SieFel
from ekonomi.sie.utskrift import som_json

STAMMER = {True: "stämmer", False: "stämmer inte", None: "går inte att jämföra i filen"}


class Command(BaseCommand):
    help = "Läser en SIE-fil (typ 1–4 och 4i) och visar vad som står i den och om den stämmer med sig själv."

    def add_arguments(self, parser):
        parser.add_argument("fil", type=Path, metavar="FIL", help="Filen från bokföringsprogrammet.")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="Hur resultatet skrivs ut.")

    def handle(self, *, fil, **val):
        try:
            bok = las(self._innehall(fil))
        except SieFel as fel:
            raise CommandError(f"{fil.name}: {fel.text}") from None
        if val["format"] == "json":
            self.stdout.write(json.dumps(som_json(bok), ensure_ascii=False, indent=2))
        else:
            self._beratta(bok)
        if bok.fel:
            rader = "\n".join(f"{fil.name}, rad {rad.rad}: {rad.text}" for rad in bok.fel)
            raise CommandError(f"{rader}\nInget är inläst.")

    def _innehall(self, fil):
        try:
            if fil.stat().st_size > settings.STORSTA_FIL:
                raise CommandError(f"{fil.name} är större än {settings.STORSTA_FIL // 2**20} MB. Inget är inläst.")
            return fil.read_bytes()
        except OSError as fel:
            raise CommandError(f"Det går inte att läsa {fil}: {fel.strerror}. Inget är inläst.") from None

    def _beratta(self, bok):
        skriv = self.stdout.write
        antal = sum(len(ver.rader) for ver in bok.verifikationer)
        skriv(f"{bok.foretag or 'Okänt företag'}, SIE typ {bok.sietyp}, läst som {bok.kodning}.")
        skriv(f"{len(bok.konton)} konton, {len(bok.verifikationer)} verifikationer, {antal} rader.")
        stamd = stam_av(bok)
        skriv(f"Verifikationerna {STAMMER[stamd.ver_i_balans].replace('stämmer', 'balanserar')}.")
        for vad, utfall in (
            ("Utgående saldon", stamd.ub_stammer), ("Resultatet", stamd.res_stammer),
            ("Månaderna", stamd.psaldo_stammer),
        ):  # fmt: skip
            skriv(f"{vad} {STAMMER[utfall]}.")
        for rad in (*stamd.avvikelser, *bok.varningar):
            skriv(f"{f'Rad {rad.rad}: ' if rad.rad else ''}{rad.text}")
