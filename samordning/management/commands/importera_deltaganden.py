"""`manage.py importera_deltaganden FIL`: participations from a csv file (format.md)."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from samordning.management.konto import oppet_konto
from uppfoljning.importering import STANDARDKALLA, Filfel, granska, spara
from uppfoljning.policies import can_import_deltaganden

LAS = 20241  # one import at a time: the second waits and then sees what the first one wrote

RADER = (
    ("rader", "Rader i filen"),
    ("nya", "Nya deltaganden"),
    ("kanda", "Redan importerade, lika"),
    ("andrade", "Redan importerade, men ändrade i filen (skrivs inte)"),
    ("personer_nya", "Nya personer"),
    ("insatser_nya", "Nya insatser"),
    ("anonyma", "Anonyma deltaganden"),
    ("tappade_for_anonyma", "Uppgifter som anonyma rader inte får ha (sparas inte)"),
    ("tappade_for_skyddade", "Kommun och remittent för skyddade personer (sparas inte)"),
)


class Command(BaseCommand):
    help = "Läser deltaganden från en csv-fil. Utan --spara visas bara vad som skulle hända; inget skrivs."

    def add_arguments(self, parser):
        parser.add_argument("fil", type=Path, metavar="FIL", help="En csv-fil med kolumnerna i dokumentationen.")
        parser.add_argument("--spara", action="store_true", help="Skriv in filen. Har den något fel skrivs inget alls.")
        parser.add_argument(
            "--skapa-insatser", action="store_true", help="Lägg upp insatser som inte finns, opublicerade."
        )
        parser.add_argument(
            "--profil", default=STANDARDKALLA, metavar="NAMN",
            help=f"Vilken källa filen kommer från; id och pseudonymer gäller inom den. Annars {STANDARDKALLA}.",
        )  # fmt: skip
        parser.add_argument("--som", metavar="E-POST", help="Vem som importerar. Annars importerar systemet.")

    def handle(self, *, fil, som, **val):
        av = self._anvandare(som)
        data = self._las(fil)
        try:
            with transaction.atomic():
                with connection.cursor() as c:
                    c.execute("select pg_advisory_xact_lock(%s)", [LAS])
                granskning = granska(data, fil.name, kalla=self._kalla(val["profil"]),
                                     skapa_insatser=val["skapa_insatser"])  # fmt: skip
                self._beratta(granskning)  # before it is written: then nobody is new any longer
                korning = spara(granskning, av=av) if val["spara"] and not granskning.fel else None
        except Filfel as fel:
            raise CommandError("\n".join(_text(fil.name, ett) for ett in fel.fel) + "\nInget skrevs.") from None
        if granskning.fel:
            rader = "\n".join(_text(fil.name, fel) for fel in granskning.fel)
            raise CommandError(f"{rader}\n{len(granskning.fel)} fel. Inget skrevs. Rätta filen och kör igen.")
        if korning:
            self.stdout.write(f"Klart. Filen är importerad som import nummer {korning.pk}.")
        else:
            self.stdout.write("Inget är skrivet än. Kör igen med --spara för att importera.")

    def _anvandare(self, epost):
        av = oppet_konto(epost)
        if av and not can_import_deltaganden(av):
            raise CommandError(f"{av} får inte importera deltaganden. Det får kansliet. Inget skrevs.")
        return av

    def _kalla(self, profil):
        profil = profil.strip()
        if not 0 < len(profil) <= 60:
            raise CommandError("Profilens namn ska ha 1 till 60 tecken. Inget skrevs.")
        return profil

    def _las(self, fil):
        try:
            if fil.stat().st_size > settings.STORSTA_FIL:
                raise CommandError(
                    f"{fil.name} är större än {settings.STORSTA_FIL // 2**20} MB. Dela filen. Inget skrevs."
                )
            return fil.read_bytes()
        except OSError as fel:
            raise CommandError(f"Det går inte att läsa {fil}: {fel.strerror}. Inget skrevs.") from None

    def _beratta(self, granskning):
        antal = granskning.antal()
        for nyckel, text in RADER:
            if antal[nyckel] or nyckel in ("rader", "nya"):
                self.stdout.write(f"{text}: {antal[nyckel]}")
        if granskning.nya_insatser:
            self.stdout.write(f"Läggs upp: {', '.join(granskning.nya_insatser)}")
        if granskning.okanda_kolumner:
            self.stdout.write(f"Kolumner som inte läses: {', '.join(granskning.okanda_kolumner)}")
        for radnr, id_ in granskning.andrade:
            self.stdout.write(f"{granskning.filnamn}, rad {radnr}: {id_} har ett annat innehåll än det som är sparat.")
        for varning in granskning.varningar:
            self.stdout.write(f"Varning: {_text(granskning.filnamn, varning)}")


def _text(filnamn, anmarkning):
    """ "fil.csv, rad 12, kolumn slut: ..." """
    radnr, kolumn, text = anmarkning
    delar = [filnamn, radnr and f"rad {radnr}", kolumn and f"kolumn {kolumn}"]
    return f"{', '.join(filter(None, delar))}: {text}"
