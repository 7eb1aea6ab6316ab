"""Measure. `./start bench` runs it in a data folder of its own, whose contents it replaces."""

import json
import statistics
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ekonomi import bok_utfall
from ekonomi.sie.las import las
from moten.models import Arende
from samordning.karna import pdf
from samordning.karna.kalender import nu
from samordning.karna.models import Anvandare, Part, Uppdrag
from samordning.matning import bar, data, golv, moten, pengar
from samordning.matning import sok as sokning
from uppfoljning.reports import halvarsrapport, rapport_pdf, tryck
from uppfoljning.utfall import utfall

VARV = 7
PDF_VARV = 5  # a run takes some seconds

DIARIER = (100, 10_000)  # cases
HISTORIK = 100  # rounds, versions, papers and decisions of one case
# rows, days over which their starts are spread: a million rows have 8 000 active in the half-year (beslut.md 50)
UTFALL = [(10_000, 3_650), (1_000_000, 37_750)]


def median_tid(gor, varv=VARV):
    """Seconds, the median of `varv` runs after one that warms up."""
    gor()
    tider = []
    for _ in range(varv):
        start = time.perf_counter()
        gor()
        tider.append(time.perf_counter() - start)
    return statistics.median(tider)


class Command(BaseCommand):
    help = "Mäter hastigheten mot ett golv i samma körning. Ersätter allt i databasen: kör den med ./start bench."

    def add_arguments(self, parser):
        parser.add_argument("--snabb", action="store_true", help="Hoppa över mätningen med en miljon rader.")

    def handle(self, *, snabb, **_):
        if not settings.DATA.name.endswith("-bench"):
            raise CommandError("Mätningen ersätter allt i databasen. Kör ./start bench, som har en egen databas.")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.ROOT_URLCONF = "samordning.matning.bar"
        self.rader = []
        for antal, dagar in UTFALL[: 1 if snabb else None]:
            self._utfall(antal, dagar)
        for antal in (100, 10_000):
            self._lista(antal)
        for antal in DIARIER:
            self._diarium(antal)
        self._sok()
        self._moten()
        self._pengar()
        self._pdf()
        (settings.DATA / "bench.json").write_text(json.dumps(self.rader, ensure_ascii=False, indent=1))
        self.stdout.write(f"Skrivet till {settings.DATA / 'bench.json'}")

    def _rad(self, namn, n, matt, golvet, fragor):
        rad = {"namn": namn, "n": n, "matt_s": round(matt, 4), "golv_s": round(golvet, 4),
               "kvot": round(matt / golvet, 2), "fragor": fragor}  # fmt: skip
        self.rader.append(rad)
        self.stdout.write("  ".join(f"{k}={v}" for k, v in rad.items()))

    def _utfall(self, antal, dagar):
        data.tom()
        data.deltaganden(antal, dagar)

        def matt():
            return utfall(data.FRAN, data.TILL)

        def golvet():
            with connection.cursor() as c:
                c.execute(golv.UTFALL, {"fran": data.FRAN, "till": data.TILL})
                kolumner = [kolumn.name for kolumn in c.description]
                return [dict(zip(kolumner, rad, strict=True)) for rad in c.fetchall()]

        with CaptureQueriesContext(connection) as fragor:
            rapport = matt()
        self._lika(golvet(), rapport)
        golv_s = median_tid(golvet)
        self._rad(f"utfall_{antal}", antal, median_tid(matt), golv_s, len(fragor))
        self._rad(f"utfall_{antal}_bara_sql", antal, self._sql_tid(matt), golv_s, len(fragor))

    def _sql_tid(self, gor):
        """Seconds in the database alone, the median."""
        tider = []
        for _ in range(VARV):
            with CaptureQueriesContext(connection) as fragor:
                gor()
            tider.append(sum(float(fraga["time"]) for fraga in fragor))
        return statistics.median(tider)

    def _pdf(self):
        """The half-year report on paper against WeasyPrint alone on the same HTML; `n` is its pages."""
        data.tom()
        data.deltaganden(10_000, 3_650)
        rapport, raknad = halvarsrapport(data.KOD), nu()
        html = tryck(rapport, raknad)
        sidor = len(pdf.rita(html).pages)

        def matt():
            return rapport_pdf(rapport, raknad)

        def golvet():
            return pdf.rita(html).write_pdf(pdf_variant=pdf.VARIANT)

        with CaptureQueriesContext(connection) as fragor:
            matt()
        golv_s = median_tid(golvet, PDF_VARV)
        self._rad("pdf_halvar", sidor, median_tid(matt, PDF_VARV), golv_s, len(fragor))

    def _lika(self, rader, rapport):
        """Both count the same, in every count of every part; else there is nothing to compare."""
        for rad in rader:
            celler = (rapport["per_insats"][rad["slug"]] if rad["slug"] else rapport)["celler"]
            for cell in rad.keys() & celler.keys():
                if rad[cell] != celler[cell][rad["kon"] or "T"]:
                    raise CommandError(f"Golvet och rapporten räknar olika: {cell} {rad['slug']} {rad['kon']}.")

    def _lista(self, antal):
        """The catalogue."""
        data.tom()
        data.insatser(antal)
        with connection.cursor() as c:
            c.execute("analyze insatser_insats")
        self._sida(f"katalog_{antal}", antal, "/insatser/")

    def _diarium(self, antal):
        """The list of cases, and the page of one with no history and with a hundred times all of it."""
        data.tom()
        data.arenden(antal)
        self._sida(f"diarium_{antal}", antal, "/arenden/")
        arende = Arende.objects.latest("pk").pk
        if antal == DIARIER[-1]:
            self._sida("arende_utan_historik", 1, f"/arenden/{arende}/")
            data.historik(arende, HISTORIK)
            self._sida(f"arende_historik_{HISTORIK}", HISTORIK, f"/arenden/{arende}/")

    def _sok(self):
        """Search over many items against a statement written by hand, and its page against a bare one."""
        data.tom()
        sokning.fyll()
        for namn, matt, golvet in sokning.rader(self._kansli()):
            with CaptureQueriesContext(connection) as fragor:
                antal = matt()
            if antal < golvet():
                raise CommandError(f"{namn}: sökningen hittar {antal} och golvet {golvet()}.")
            self._rad(namn, antal, median_tid(matt), median_tid(golvet), len(fragor))
        self._sida(f"sok_sida_{sokning.ANTAL}", sokning.ANTAL, "/sok/?q=rehabilitering+unga")

    def _moten(self):
        """A long meeting's pages, and a folder of old minutes against the reader alone."""
        mote = moten.fyll_mote()
        for namn in ("anteckna", "avsluta"):
            self._sida(f"mote_{namn}_{moten.PUNKTER}x{moten.PERSONER}", moten.PUNKTER, f"/moten/{mote}/{namn}/")
        filer = moten.anteckningar()
        data.tom()
        with CaptureQueriesContext(connection) as fragor:  # of one file
            moten.spara(filer[:1])
        start = time.perf_counter()
        antal = moten.spara(filer[1:])
        matt = time.perf_counter() - start
        if antal != len(filer):
            raise CommandError(f"{len(filer)} anteckningar blev {antal} möten.")
        golvet = median_tid(lambda: moten.bara_lasa(filer[1:]), 1)
        self._rad(f"inlasning_{len(filer)}", antal, matt, golvet, len(fragor))

    def _pengar(self):
        """A large ledger read, saved and summed, and a full wheel's page."""
        innehall, ar = pengar.fil(), pengar.nytt_ar()
        lasa = median_tid(lambda: las(innehall), 3)
        self._rad(f"sie_lasa_{pengar.RADER}", pengar.RADER, lasa, median_tid(lambda: pengar.bara_ord(innehall), 3), 0)
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as fragor:
            antal = pengar.spara(innehall, ar)
        self._rad(f"sie_spara_{pengar.RADER}", antal, time.perf_counter() - start, lasa, len(fragor))
        with CaptureQueriesContext(connection) as fragor:
            utfall = bok_utfall.utfall(ar)
        if sum(summa for _, summa in pengar.summor(ar)) != utfall.kostnader:
            raise CommandError("Golvet och utfallet räknar olika.")
        matt, golvet = median_tid(lambda: bok_utfall.utfall(ar)), median_tid(lambda: pengar.summor(ar))
        self._rad(f"utfall_bok_{pengar.RADER}", antal, matt, golvet, len(fragor))
        self._sida(f"budget_{pengar.RADER}", antal, f"/ekonomi/ar/{ar.pk}/")
        self._sida(f"arshjul_{pengar.DAGAR}", pengar.DAGAR, f"/ekonomi/arshjul/{pengar.hjul()}/")

    def _sida(self, namn, antal, adress):
        """A page against a bare page of the same site that makes the same queries."""
        klient = Client()
        klient.force_login(self._kansli())

        def hamta(adress):
            svar = klient.get(adress, secure=settings.HTTPS)
            if svar.status_code != 200:
                raise CommandError(f"{adress} svarade {svar.status_code}.")

        with CaptureQueriesContext(connection) as fragor:
            hamta(adress)
        satser = [fraga["sql"] for fraga in fragor]
        with CaptureQueriesContext(connection) as ramens:  # the session and the user, which the bare page asks for too
            hamta("/bar/")
        ramens = {fraga["sql"] for fraga in ramens}
        bar.SATSER[:] = [_utan_markor(sats) for sats in satser if sats not in ramens]
        matt, golvet = median_tid(lambda: hamta(adress), 15), median_tid(lambda: hamta("/bar/"), 15)
        bar.SATSER.clear()
        self._rad(namn, antal, matt, golvet, len(satser))

    def _kansli(self):
        if tidigare := Anvandare.objects.filter(epost="bench@example.se").first():
            return tidigare
        kansli = Anvandare.objects.skapa("bench@example.se", "Bench")
        Uppdrag.objects.create(anvandare=kansli, part=Part.objects.forbund(), roll="kansli")
        return kansli


def _utan_markor(sats):
    """The query of a list that is read through a cursor on the server; others as they are."""
    return sats.split(" FOR ", 1)[1] if sats.startswith("DECLARE") else sats
