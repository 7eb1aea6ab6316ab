"""What lies around the demo's budgets: who pays this year, the state's model, shared costs, invoices and the plan.

The figures of the state's model are invented, and say so.
"""

import datetime
from decimal import Decimal

from ekonomi import medlemsfaktura, medlemsfaktura_las
from ekonomi.fordelning import medlemmarna
from ekonomi.gemensamt_las import NYCKEL as PARTER
from ekonomi.models import Medlemsbidrag, Planbelopp, Planram, Verksamhetsar
from ekonomi.statsmodell import STANDARD
from ekonomi.statsmodell_tal import ARETS_NYCKEL, NYCKEL
from samordning.demo.plan2019 import BIDRAG
from samordning.karna.models import Installning, Part

MODELL = STANDARD | {"ram": 339_000_000, "antal": 75}
TALEN = {"fm": 2_950, "fm_alla": 300_000, "inv": 62_400, "inv_alla": 6_200_000, "kapital": None}
ANDRA = [["Samordningsförbundet Västra Skaraborg", "45"], ["Samordningsförbundet Östra Skaraborg", "40"]]
PAHITTAT = "Påhittade tal, för att visa hur det räknas"
# A line of this year that is shared, and the whole of it.
GEMENSAM, HELA, VAR_DEL = "Samverkansdag", Decimal("266666.67"), 15
# line: what it is thought to cost the two years after, and why
PLANERAT = {"Förbundschef och kansli": ((1_490_000, 1_535_000), "Löner upp omkring tre procent")}


def skriv(av, dag):
    """`av`: the kansli's account."""
    _installning(NYCKEL, MODELL, datetime.date(2019, 1, 1), PAHITTAT, av)
    _installning(PARTER, {"andra": ANDRA, "forst": 2}, datetime.date(2019, 1, 1), "Påhittad överenskommelse", av)
    for nr in (dag.year, dag.year + 1):
        ar = Verksamhetsar.objects.get(ar=nr)
        _bidrag(ar)
        _installning(ARETS_NYCKEL, TALEN, datetime.date(nr, 1, 1), PAHITTAT, av)
        ar.poster.filter(rubrik=GEMENSAM).update(gemensamt_totalt=HELA, gemensam_andel=VAR_DEL)
    dagar = [str(ett) for ett in medlemsfaktura.forslag(dag.year, 4)]
    _installning(medlemsfaktura_las.NYCKEL, {"dagar": dagar}, datetime.date(dag.year, 1, 1), "Medlemsrådet", av)
    _planera(Verksamhetsar.objects.get(ar=dag.year))


def _installning(nyckel, varde, fran, text, av):
    Installning.objects.create(nyckel=nyckel, varde=varde, giltig_fran=fran, beslut_text=text, skapad_av=av)


def _bidrag(ar):
    """The members of the plan of 2019 pay the year's allocation, by the same key."""
    staten = ar.tilldelning / 2
    nycklar = [Decimal(rad[2]) for rad in BIDRAG if rad[1] == "kommun"]
    region, kommuner = medlemmarna(staten, nycklar)
    parter = dict(Part.objects.values_list("namn", "pk"))
    parter[BIDRAG[1][0]] = parter.get("Västra Götalandsregionen")  # its committee pays
    for nr, ((namn, slag, nyckel, *_), belopp) in enumerate(zip(BIDRAG, [staten, region, *kommuner], strict=True)):
        Medlemsbidrag.objects.create(
            verksamhetsar=ar, ordning=nr, slag=slag, namn=namn, part_id=parter.get(namn), nyckel=nyckel, belopp=belopp
        )


def _planera(ar):
    for rubrik, (belopp, varfor) in PLANERAT.items():
        for nr, kronor in enumerate(belopp, 1):
            Planbelopp.objects.create(post=ar.poster.get(rubrik=rubrik), ar=ar.ar + nr, belopp=kronor, kommentar=varfor)
    Planram.objects.create(verksamhetsar=ar, ar=ar.ar + 2, tilldelning=7_000_000)
