"""Invented persons for the tests: staff, accepted remisser, stays and their pages. Numbers of the test series."""

import datetime
import itertools

from django.urls import reverse

from insatser.models import Medarbetare
from remisser.models import Deltagare, Remiss
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Part
from samordning.karna.personnummer import kontrollsiffra, tolka
from tests.insatser.fabrik import ny_insats
from uppfoljning import inskrivning
from uppfoljning.models import Deltagande

LOPNUMMER = itertools.count()
START = datetime.date(2026, 1, 12)


def nytt_nummer(fodd="", nr=None):
    """Twelve digits; women have even numbers. One that a test names by `nr` is never drawn for somebody else."""
    lopande = next(LOPNUMMER) if nr is None else nr
    fodd = fodd or ("900101" if nr is not None else f"9001{2 + lopande // 20 % 30:02}")
    nio = f"{fodd}{980 + lopande % 20}"
    return f"19{nio}{kontrollsiffra(nio)}"


def personal(ny_anvandare, *insatser):
    """A user who is listed in the insatser today."""
    user = ny_anvandare("insatspersonal")
    for insats in insatser:
        Medarbetare.objects.create(insats=insats, anvandare=user, fran=datetime.date(2019, 1, 1))
    return user


def ny_remiss(insats, skapad_av, *, avsandare=None, lage="accepterad", **falt):
    nummer = tolka(nytt_nummer(), idag())
    standard = {"fornamn": "Berit", "efternamn": "Provsson", "personnummer": nummer.tolv, "telefon": "0980-319 201",
                "deltagare": Deltagare.objects.for_nummer(nummer)}  # fmt: skip
    return Remiss.objects.create(
        insats=insats, skapad_av=skapad_av, avsandare=avsandare or Part.objects.forbund(), lage=lage, skickad=nu(),
        besvarad=nu(), **standard | falt,
    )  # fmt: skip


def nytt_deltagande(insats=None, start=START, **falt):
    """A woman with a name and a number, through nothing but the model."""
    nummer = tolka(falt.pop("personnummer", None) or nytt_nummer(), idag())
    standard = {"namn": "Berit Provsson", "personnummer": nummer.tolv, "telefon": "0980-319 201"}
    deltagare = falt.pop("deltagare", None) or Deltagare.objects.for_nummer(nummer)
    return Deltagande.objects.create(insats=insats or ny_insats(), start=start, deltagare=deltagare, **standard | falt)


def sida(namn, *args):
    return reverse(f"uppfoljning:{namn}", args=args)


def starta(insats, av, nummer=None, start=START, **falt):
    """Through inskrivning, as the page does."""
    tolkat = tolka(nummer or nytt_nummer(), idag())
    return inskrivning.starta_utan_remiss(
        insats=insats, start=start, av=av, personnummer=tolkat, **{"namn": "Berit Provsson"} | falt
    )
