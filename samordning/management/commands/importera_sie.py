"""`manage.py importera_sie FIL`: what a ledger in SIE format holds and whether it agrees with itself (format.md).

With `--spara` it is saved in its year, as the pages do it.
"""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ekonomi import bok_granskning, bok_spara
from ekonomi.models import Bokimport, Verksamhetsar
from ekonomi.sie.avstamning import stam_av
from ekonomi.sie.las import las
from ekonomi.sie.typer import SieFel
from ekonomi.sie.utskrift import som_json

STAMMER = {True: "stämmer", False: "stämmer inte", None: "går inte att jämföra i filen"}


class Command(BaseCommand):
    help = "Läser en SIE-fil (typ 1–4 och 4i) och visar vad som står i den och om den stämmer med sig själv."

    def add_arguments(self, parser):
        parser.add_argument("fil", type=Path, metavar="FIL", help="Filen från bokföringsprogrammet.")
        parser.add_argument("--ar", type=int, metavar="N", help="Året som filen gäller. Utan det: filens eget (#RAR).")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="Hur resultatet skrivs ut.")
        parser.add_argument("--spara", action="store_true", help="Spara. Det som redan finns läggs inte till igen.")
        parser.add_argument(
            "--skal", default="", metavar="TEXT",
            help="Varför bokföringen rättas: sparar ändrade verifikationer som rättelser, också i ett avslutat år.",
        )  # fmt: skip

    def handle(self, *, fil, **val):
        innehall = self._innehall(fil)
        try:
            bok = las(innehall)
        except SieFel as fel:
            raise CommandError(f"{fil.name}: {fel.text}") from None
        self._krav_ar(fil, bok, val["ar"])
        if val["spara"] and not bok.fel:
            sparat = self._spara(fil, innehall, bok, val["ar"], val["skal"].strip())
        else:
            sparat = None
        if val["format"] == "json":
            ut = som_json(bok) | ({"sparat": sparat} if sparat else {})
            self.stdout.write(json.dumps(ut, ensure_ascii=False, indent=2))
        else:
            self._beratta(bok)
            self._beratta_sparat(sparat, val["skal"])
        if bok.fel:
            rader = "\n".join(f"{fil.name}, rad {rad.rad}: {rad.text}" for rad in bok.fel)
            raise CommandError(f"{rader}\nInget är inläst.")

    def _krav_ar(self, fil, bok, ar):
        rar = bok.ar.get(0)
        if ar and rar and ar not in (rar.fran.year, rar.till.year):
            raise CommandError(f"{fil.name} gäller {rar.fran} till {rar.till}, inte {ar}. Inget är inläst.")

    @transaction.atomic
    def _spara(self, fil, innehall, bok, ar, skal):
        """{"ar", "import", counts} of what was saved. A year that is not there is made, without a budget."""
        rar = bok.ar.get(0)
        dagar = sorted(ver.datum.year for ver in bok.verifikationer)
        ar = ar or (rar.till.year if rar else dagar[-1] if dagar else None)
        if ar is None:
            raise CommandError(f"{fil.name} säger inte vilket år den gäller. Skriv --ar. Inget är sparat.")
        rad_ar, nytt = Verksamhetsar.objects.get_or_create(ar=ar, defaults={"tilldelning": 0})
        if fel := bok_granskning.hinder(bok, rad_ar):
            text = "\n".join(f"{fil.name}: {rad}" for rad in fel)
            raise CommandError(f"{text}\nInget är sparat.")
        rad = bok_spara.ta_emot(innehall, fil.name, rad_ar)
        granskning, _ = bok_granskning.granska(bok, rad_ar)
        rad._overga("granska", av=None, granskning=granskning)
        try:
            rad = bok_spara.spara(rad, bok, av=None, skal=skal)
        except bok_spara.KanInteSparas as fel:
            raise CommandError(str(fel)) from None
        antal = Bokimport.objects.get(pk=rad.pk).granskning["antal"]
        namn = ("nya", "kanda", "andrade", "rattade", "saknas", "utan_nummer")
        return {"ar": ar, "import": rad.pk, "nytt_ar": nytt, "varningar": granskning["varningar"]} | {
            ett: antal[ett] for ett in namn
        }

    def _beratta_sparat(self, sparat, skal):
        if sparat is None:
            return
        skriv = self.stdout.write
        if sparat["nytt_ar"]:
            skriv(f"{sparat['ar']} fanns inte som budgetår och är upplagt utan budget.")
        skriv(
            f"Sparat i {sparat['ar']}: {sparat['nya']} nya verifikationer, {sparat['kanda']} fanns redan, "
            f"{sparat['andrade']} hade andra rader."
        )
        if sparat["rattade"]:
            skriv(f"{sparat['rattade']} är sparade som rättelser: {skal}")
        elif sparat["andrade"]:
            skriv("De ändrade är inte sparade. Skriv --skal om de ska bli rättelser.")
        for rad in sparat["varningar"]:
            if not rad["rad"]:
                skriv(rad["text"])

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
