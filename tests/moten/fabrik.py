"""Bodies, meetings and rounds of opinions for the tests. Cases come from tests/insatser/fabrik_ansokan.py."""

import datetime

from moten.models import Mote, Organ, Yttrande, Yttranderunda
from samordning.karna.kalender import idag


def nytt_organ(slag="styrelse", namn=None):
    return Organ.objects.get_or_create(namn=namn or dict(Organ.Slag.choices)[slag], defaults={"slag": slag})[0]


def nytt_mote(slag="styrelse", om=60):
    """A meeting so many days from today."""
    return Mote.objects.create(organ=nytt_organ(slag), dag=idag() + datetime.timedelta(om))


def ny_runda(arende, *grupper, **falt):
    """An open round with an empty opinion for each group."""
    standard = {"organ": nytt_organ("beredning"), "senast": idag() + datetime.timedelta(7)}
    runda = Yttranderunda.objects.create(arende=arende, **standard | falt)
    for nr, grupp in enumerate(grupper):
        Yttrande.objects.create(runda=runda, grupp=grupp, ordning=nr)
    return runda
