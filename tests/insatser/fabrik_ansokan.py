"""Applications for the tests, as drafts and as sent."""

import datetime
import itertools

from django.urls import reverse

from insatser import inlamning
from insatser.models import Ansokan, Ansokansar, Ansokanspart
from samordning.karna.kalender import nu
from samordning.karna.models import Anvandare, Part

NUMMER = itertools.count(1)
START, SLUT = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
TEXTER = ("behov", "malgrupp", "mal", "genomforande", "samverkan", "uppfoljning", "implementering")


def adress(namn, ansokan, *args):
    """The address of a page of one application."""
    return reverse(f"ansokan:{namn}", args=[ansokan.pk, *args])


def ny_part(namn=None, slag="kommun"):
    namn = namn or f"Kommun {next(NUMMER)}"
    return Part.objects.get_or_create(namn=namn, defaults={"slag": slag, "medlem_fran": datetime.date(2019, 1, 1)})[0]


def ny_ansokan(*parter, slag="forberedande", bakom=True, **falt):
    """A draft that may be sent: every text filled in, two parties (or those given; the first is huvudpart)."""
    parter = parter or (ny_part(), ny_part("Försäkringskassan", "fk"))
    texter = {} if slag == "forlangning" else {namn: f"Om {namn}." for namn in TEXTER}
    if slag == "forlangning":
        texter = {"resultat": "Det går bra.", "framat": "Vi fortsätter."}
    ansokan = Ansokan.objects.create(
        **{"slag": slag, "rubrik": "Gläntan", "start": START, "slut": SLUT} | texter | falt
    )  # fmt: skip
    Ansokansar.objects.create(ansokan=ansokan, ar=2027, kronor=450_000)
    for nr, part in enumerate(parter):
        tick = {"star_bakom": nu(), "namngiven": "Prov Person", "vid_version": 1} if bakom else {}
        Ansokanspart.objects.create(ansokan=ansokan, part=part, huvud=nr == 0, **tick)
    return ansokan


def skickad_ansokan(*parter, av=None, lage="inkommen", **falt):
    """One that has its case, moved as far as `lage` (inkommen, komplettering, beredning, au, styrelse)."""
    ansokan = ny_ansokan(*parter, **falt)
    inlamning.skicka(ansokan, av=av or Anvandare.objects.first())
    vag = {"komplettering": ["begar_komplettering"], "beredning": ["till_beredning"], "au": ["till_au"],
           "styrelse": ["till_beredning", "till_styrelse"], "beviljad": ["till_styrelse", "bevilja"],
           "avslagen": ["till_styrelse", "avsla"]}  # fmt: skip
    for steg in vag.get(lage, []):
        ansokan.arende.flytta(steg, av=av)
    return ansokan
