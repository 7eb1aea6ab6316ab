"""Two extensions that write themselves once the demo's report is released: the figures are its board version's."""

from insatser import inlamning
from insatser.models import Avtal
from moten.models import Organ, Yttrande, Yttranderunda
from samordning.karna.kalender import idag, nu
from uppfoljning import forlangning

INSATSER = ("mofalla-lantgard", "rorsas-lantliv")
SVAR = "Vi står bakom ytterligare ett års förlängning. Behovet är fortsatt stort."


def skriv(av):
    """Send them and let the preparation group say yes. An agreement in its last year has no extension to ask for."""
    for avtal in Avtal.objects.filter(insats__slug__in=INSATSER, start__lte=idag(), slut__gte=idag()):
        try:
            ansokan = forlangning.starta(avtal, av=av)
        except forlangning.KanInteForlangas:
            continue
        ansokan.parter.update(star_bakom=nu(), namngiven="Styrgruppen", vid_version=1)
        inlamning.skicka(ansokan, av=av)
        ansokan.arende.flytta("till_beredning", av=av)
        grupp = Organ.objects.filter(slag=Organ.Slag.BEREDNING).first()
        runda = Yttranderunda.objects.create(arende=ansokan.arende, organ=grupp, senast=idag(), fraga=ansokan.fraga)
        Yttrande.objects.create(runda=runda, organ=grupp, stallning="tillstyrker", text=SVAR, inkom=idag(), av=av)
        runda.stang(av=av, sammanfattning="Beredningsgruppen står bakom ansökan.")
