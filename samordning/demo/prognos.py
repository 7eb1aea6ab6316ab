"""The demo's forecasts of this year: one that the board has had, and the draft of the next."""

import datetime

from ekonomi import prognos_underlag
from ekonomi.models import Prognos, Verksamhetsar
from moten.models import Mote, Organ

STYRELSEN = Organ.Slag.STYRELSE
KOMMENTAR = (
    "Insatserna följer sina avtal. Av det som inte är beslutat räknas inget med förrän styrelsen har beslutat om det."
)
# line, share of its budget, why
EGNA = (("Samverkansdag", 0, "Samverkansdagen är flyttad till nästa år."),)


def skriv(av, dag):
    """Up to the end of the first quarter, then up to where the ledger ends; in January there is only the draft."""
    ar = Verksamhetsar.objects.get(ar=dag.year)
    forsta = datetime.date(dag.year, 3, 31)
    sist = prognos_underlag.forsta_dag(ar)
    moten = Mote.objects.filter(organ__slag=STYRELSEN).exclude(lage=Mote.Lage.INSTALLT).select_related("organ")
    if forsta < sist:
        varens = moten.filter(dag__range=(forsta, dag)).order_by("dag").first()
        rad = _borja(ar, forsta, varens, av)
        for rubrik, andel, varfor in EGNA:
            if post := ar.poster.filter(rubrik=rubrik).first():
                rad.rader.create(post=post, belopp=post.belopp * andel, kommentar=varfor)
        sedd = prognos_underlag.avtryck(prognos_underlag.rapport(rad))
        prognos_underlag.las(rad, av=av, sedd=sedd)
    _borja(ar, sist, moten.filter(dag__gte=dag).order_by("dag").first(), av)


def _borja(ar, till, mote, av):
    rad, _ = prognos_underlag.borja(Prognos(verksamhetsar=ar, till=till, mote=mote, kommentar=KOMMENTAR), av=av)
    return rad
