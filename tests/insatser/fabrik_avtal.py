"""Granted applications, agreements and half-year reports for the tests."""

import datetime
import itertools

from insatser.models import Avtalsar, Lagesrapport, Villkor
from moten.models import Beslut
from samordning.karna.kalender import idag
from tests.insatser.fabrik import ny_insats, nytt_avtal
from tests.insatser.fabrik_ansokan import skickad_ansokan
from tests.moten.fabrik import nytt_organ

NUMMER = itertools.count(1)
DAG = datetime.date


def bifall(*parter, justerat=True, av=None, **falt):
    """(application, decision): granted by the board."""
    ansokan = skickad_ansokan(*parter, lage="beviljad", av=av, **falt)
    return ansokan, nytt_beslut(ansokan.arende, justerat=justerat)


def nytt_beslut(arende, utfall="bifall", justerat=True):
    return Beslut.objects.create(
        arende=arende, organ=nytt_organ(), datum=idag(), paragraf=f"§ {next(NUMMER)}", utfall=utfall,
        justerat=idag() if justerat else None,
    )  # fmt: skip


def lopande_avtal(*parter, insats=None, start=None, slut=None, kronor=360_000, **falt):
    """An agreement with sums; the first party is huvudpart. Without dates it began a hundred days ago, for a year."""
    start = start or idag() - datetime.timedelta(100)
    slut = slut or start + datetime.timedelta(364)
    avtal = nytt_avtal(insats or ny_insats(), start, slut, **{"optioner": 2} | falt)
    if parter:
        avtal.huvudpart = parter[0]
        avtal.save()
        avtal.parter.set(parter[1:])
    for ar in range(start.year, slut.year + 1):
        Avtalsar.objects.create(avtal=avtal, ar=ar, kronor=kronor)
    return avtal


def nytt_villkor(beslut, **falt):
    standard = {"text": "Minst tio deltagare.", "foljs_upp": idag() + datetime.timedelta(60)}
    return Villkor.objects.create(beslut=beslut, **standard | falt)


def ny_lagesrapport(avtal, lage=None, av=None, **falt):
    """Of the half of a year before today, moved as far as `lage` (utkast, inlamnad, godkand, hoppad)."""
    standard = {"fran": idag() - datetime.timedelta(90), "till": idag(), "senast": idag() + datetime.timedelta(20)}
    rapport = Lagesrapport.objects.create(avtal=avtal, **standard | falt)
    if lage == "hoppad":
        rapport.hoppa(av=av, skal="Slutrapport i stället.")
    for steg in {"utkast": ["paborja"], "inlamnad": ["lamna_in"], "godkand": ["lamna_in", "godkann"]}.get(lage, []):
        getattr(rapport, steg)(av=av)
    return rapport
