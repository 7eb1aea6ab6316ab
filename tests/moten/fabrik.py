"""Bodies, meetings and rounds of opinions for the tests. Cases come from tests/insatser/fabrik_ansokan.py."""

import datetime

from moten.models import Mote, Organ, Yttrande, Yttranderunda
from samordning.karna.kalender import idag, nu


def nytt_organ(slag="styrelse", namn=None):
    return Organ.objects.get_or_create(namn=namn or dict(Organ.Slag.choices)[slag], defaults={"slag": slag})[0]


def nytt_mote(slag="styrelse", om=60):
    """A meeting so many days from today."""
    return Mote.objects.create(organ=nytt_organ(slag), dag=idag() + datetime.timedelta(om))


def ett_mote(slag="styrelse", om=60, lage="planerat", publicerat=False, **falt):
    """A meeting in a state, on a day of its own: as many days from today as the body has meetings, after `om`."""
    organ = falt.pop("organ", None) or nytt_organ(slag)
    dag = falt.pop("dag", None) or idag() + datetime.timedelta(om + organ.moten.count())
    return Mote.objects.create(organ=organ, dag=dag, lage=lage, publicerat=nu() if publicerat else None, **falt)


def ny_runda(arende, *grupper, **falt):
    """An open round with an empty opinion for each group."""
    standard = {"organ": nytt_organ("beredning"), "senast": idag() + datetime.timedelta(7)}
    runda = Yttranderunda.objects.create(arende=arende, **standard | falt)
    for nr, grupp in enumerate(grupper):
        Yttrande.objects.create(runda=runda, grupp=grupp, ordning=nr)
    return runda
