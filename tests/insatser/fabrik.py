"""Rows of the catalogue for the tests."""

import datetime
import itertools
import re

from insatser.models import Avtal, Insats, Insatskontakt, Medarbetare
from samordning.karna.models import Kontakt, Part

NUMMER = itertools.count(1)
START = datetime.date(2019, 1, 1)


def ny_insats(namn=None, **falt):
    """A published, individinriktad insats of the association, unless told otherwise."""
    namn = namn or f"Insats {next(NUMMER)}"
    standard = {"agare": Part.objects.forbund(), "publicerad": True, "slug": Insats.objects.ledig_slug(namn)}
    return Insats.objects.create(namn=namn, **standard | falt)


def ny_kontakt(insats=None, namn="Frida Ljung", **falt):
    standard = {"part": Part.objects.forbund(), "telefon": "0980-319 206", "epost": "frida.ljung@example.se"}
    kontakt = Kontakt.objects.create(namn=namn, **standard | falt)
    return Insatskontakt.objects.create(insats=insats, kontakt=kontakt) if insats else kontakt


def ny_medarbetare(insats, anvandare, fran=START, till=None):
    return Medarbetare.objects.create(insats=insats, anvandare=anvandare, fran=fran, till=till)


def nytt_avtal(insats, start, slut, **falt):
    return Avtal.objects.create(insats=insats, huvudpart=Part.objects.forbund(), start=start, slut=slut, **falt)


def version(client, url):
    """What the hidden guard of the page's form says."""
    return re.search(r'name="version" value="([^"]+)"', client.get(url).content.decode())[1]
