"""A scenario with what it comes to: read once, counted by `scenario.py`, shown on pages and on paper."""

from dataclasses import dataclass

from django.db.models import Sum

from ekonomi import reports, scenario
from ekonomi.forms_scenario import FLEST_AR
from ekonomi.models import Scenario, Scenariorad, Verksamhetsar
from insatser.models import Ansokansar


@dataclass(frozen=True)
class Ansokningsrad:
    """An application in a scenario: [(year, kronor)] of the years that are counted."""

    ansokan: object
    kategori: str
    belopp: list
    summa: object


@dataclass(frozen=True)
class Scenarioutfall:
    """`ar` are the counted years, `ansokningar` what is in it, `utanfor` [(application, [(year, kronor)])] of years
    outside of it, which are not counted."""

    scenario: Scenario
    ar: list[scenario.Arsutfall]
    ansokningar: list[Ansokningsrad]
    utanfor: list

    @property
    def over(self):
        """The years where the undecided money does not reach."""
        return [rad for rad in self.ar if rad.over]


def kanda_ar(forsta: Verksamhetsar):
    """The budget years that a scenario shows: its first and those after that exist."""
    return list(Verksamhetsar.objects.filter(ar__gte=forsta.ar).order_by("ar")[:FLEST_AR])


def rakna(scenarier) -> list[Scenarioutfall]:
    """In the given order. A fixed number of queries, whatever is in them."""
    scenarier = list(scenarier)
    alla = list(Verksamhetsar.objects.order_by("ar"))
    budgetar = {budget.ar: budget for budget in reports.arsbudgetar(alla)}
    regel = reports.kapitalregel()
    statens = reports.statens_del()
    tillagg: dict = {}
    summor = Scenariorad.objects.filter(scenario__in=scenarier).order_by().values_list("scenario", "ar", "kategori")
    for pk, ar, kod, kronor in summor.annotate(summa=Sum("kronor")):
        tillagg.setdefault(pk, {}).setdefault(ar, {})[kod] = kronor
    rader: dict = {}
    for rad in Scenariorad.objects.filter(scenario__in=scenarier).select_related("ansokan__arende").order_by("pk"):
        rader.setdefault(rad.scenario_id, {}).setdefault(rad.ansokan, []).append(rad)
    sokt = _sokt({rad.pk for per in rader.values() for rad in per})
    utfall = []
    for ett in scenarier:
        ar = sorted(nr for nr in budgetar if nr >= ett.forsta_ar.ar)[:FLEST_AR]
        egna = rader.get(ett.pk, {})
        utfall.append(
            Scenarioutfall(
                ett,
                scenario.rakna([budgetar[nr] for nr in ar], tillagg.get(ett.pk, {}), regel, statens),
                [_rad(ansokan, av, ar) for ansokan, av in egna.items()],
                [
                    (ansokan, utanfor)
                    for ansokan in egna
                    if (utanfor := [(nr, kronor) for nr, kronor in sokt.get(ansokan.pk, []) if nr not in ar and kronor])
                ],
            )
        )
    return utfall


def _rad(ansokan, rader, ar):
    kronor = {rad.ar: rad.kronor for rad in rader}
    belopp = [(nr, kronor.get(nr, 0)) for nr in ar]
    return Ansokningsrad(ansokan, rader[0].get_kategori_display(), belopp, sum(summa for _, summa in belopp))


def _sokt(ansokningar):
    """{application: [(year, kronor)]} that is applied for."""
    sokt: dict = {}
    for rad in Ansokansar.objects.filter(ansokan__in=ansokningar).order_by("ar"):
        sokt.setdefault(rad.ansokan_id, []).append((rad.ar, rad.kronor))
    return sokt
