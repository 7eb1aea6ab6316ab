"""Budget years, agreements with money, requisitions and scenarios for the tests."""

import datetime
import itertools

from ekonomi.models import Budgetpost, Rekvisition, Scenario, Scenariorad, Verksamhetsar
from insatser.models import Avtal
from samordning.demo.plan2019 import PLANEN_2019
from samordning.karna.models import Part
from tests.insatser.fabrik import ny_insats

NUMMER = itertools.count(1)


def budgetar(ar=2019, **falt):
    """The plan of 2019, as that year or another."""
    standard = {"tilldelning": 3_492_000, "ovriga_intakter": 42_000, "eget_kapital_in": 661_000}
    rad = Verksamhetsar.objects.create(ar=ar, **standard | falt)
    Budgetpost.objects.bulk_create(
        Budgetpost(verksamhetsar=rad, ordning=nr, rubrik=namn, kategori=kategori, belopp=tkr * 1000)
        for nr, (namn, kategori, tkr) in enumerate(PLANEN_2019)
    )
    return rad


def avtal_med_pengar(huvudpart=None, ar=2026, kronor=400_000, **falt):
    avtal = Avtal.objects.create(
        insats=ny_insats(), huvudpart=huvudpart or Part.objects.forbund(), start=datetime.date(ar, 1, 1),
        slut=datetime.date(ar, 12, 31), **falt,
    )  # fmt: skip
    avtal.belopp.create(ar=ar, kronor=kronor)
    return avtal


def ny_rekvisition(avtal, av, *, period="H1", belopp=100_000, lage="utkast", attest=(), **falt):
    """A requisition moved as far as `lage`; `attest` are the two who attest."""
    ar = avtal.belopp.first().ar
    rad = Rekvisition.objects.create(
        avtal=avtal, mottagare=avtal.huvudpart, ar=ar, period=period, belopp=belopp, skapad_av=av, skribenter=[av.pk],
        **falt,
    )  # fmt: skip
    if lage != "utkast":
        rad.skicka(av=av)
    if attest and lage in ("attesterad_1", "attesterad", "betald"):
        rad.attestera_forst(av=attest[0])
    if attest and lage in ("attesterad", "betald"):
        rad.attestera_sist(av=attest[1])
    if lage == "betald":
        rad.betala(av=attest[1], dag=datetime.date(ar, 12, 31))
    return rad


def nytt_scenario(av, forsta_ar, *ansokningar, kronor=200_000, kategori="individ"):
    rad = Scenario.objects.create(rubrik=f"Scenario {next(NUMMER)}", forsta_ar=forsta_ar, skapad_av=av)
    for ansokan in ansokningar:
        Scenariorad.objects.create(scenario=rad, ansokan=ansokan, kategori=kategori, ar=forsta_ar.ar, kronor=kronor)
    return rad
