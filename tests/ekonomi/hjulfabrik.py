"""Rules and days of an annual wheel for the tests."""

import datetime

from ekonomi.models import Arshjul, Hjulpost, Hjulregel
from samordning.karna.kalender import idag


def nytt_hjul(ar=None, **falt):
    return Arshjul.objects.get_or_create(ar=ar or idag().year, defaults=falt)[0]


def ny_post(om=30, hjul=None, **falt):
    """A day so many days from today, in the wheel of its year."""
    dag = falt.pop("dag", None) or idag() + datetime.timedelta(om)
    standard = {"rubrik": "Revisionsmöte", "ring": "ekonomi", "roll": "kansli"}
    return Hjulpost.objects.create(hjul=hjul or nytt_hjul(dag.year), dag=dag, **standard | falt)


def ny_regel(rubrik="Revisionsmöte", slag="fast", **falt):
    standard = {"ring": "ekonomi"} | ({} if slag in ("veckan_fore", "dagar") else {"manad": 3})
    if slag == "fast":
        standard["dag"] = 22
    return Hjulregel.objects.create(rubrik=rubrik, slag=slag, **standard | falt)
