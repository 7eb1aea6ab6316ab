"""The state's model as it is set, and the figures of a year, read from the association's settings and its budgets."""

import datetime
from dataclasses import dataclass

from ekonomi import reports
from ekonomi.belopp import NOLL, Kapitalregel
from ekonomi.models import Medlemsbidrag, Verksamhetsar
from ekonomi.statsmodell import Modell, Tal, Utrakning, hinder, rakna, saknas
from samordning.karna.kalender import idag
from samordning.karna.models import Installning

NYCKEL, ARETS_NYCKEL = "statsmodell", "statsmodell_tal"
FLEST_I_HISTORIK = 50


@dataclass(frozen=True)
class Underlag:
    """What a year is counted with. `beslutad` is the state's part in the year's budget, None without one; `modellrad`
    and `talrad` are the settings that it comes from, None where nothing is written."""

    ar: int
    modell: Modell
    tal: Tal
    regel: Kapitalregel
    beslutad: object
    modellrad: Installning | None
    talrad: Installning | None

    @property
    def saknas(self):
        return saknas(self.modell, self.tal)

    def svar(self) -> tuple[Utrakning | None, dict]:
        """(the calculation, {}) or (None, {field: why not})."""
        if self.saknas:
            return None, {}
        fel = hinder(self.modell, self.tal)
        return (None, fel) if fel else (rakna(self.modell, self.tal, self.regel), {})


def underlag(ar: int) -> Underlag:
    """Five queries. The model that holds when the year ends, as with the rule about equity."""
    slut = datetime.date(ar, 12, 31)
    modellrad = Installning.objects.filter(nyckel=NYCKEL, giltig_fran__lte=slut).order_by("giltig_fran", "pk").last()
    talrad = arets_rad(ar)
    budgetar = {rad.ar: rad for rad in Verksamhetsar.objects.filter(ar__in=(ar - 1, ar))}
    staten = {}
    for nr, belopp in Medlemsbidrag.objects.filter(
        verksamhetsar__in=budgetar.values(), slag=Medlemsbidrag.Slag.STAT
    ).values_list("verksamhetsar__ar", "belopp"):
        staten[nr] = staten.get(nr, NOLL) + belopp
    forra, detta = budgetar.get(ar - 1), budgetar.get(ar)
    tal = Tal.av(
        talrad.varde if talrad else {}, kapital=detta and detta.eget_kapital_in,
        tilldelning_fore=forra and forra.tilldelning, stat_fore=staten.get(ar - 1),
    )  # fmt: skip
    modell = Modell.av(modellrad.varde if modellrad else {})
    return Underlag(ar, modell, tal, reports.arets_regel(ar), staten.get(ar), modellrad, talrad)


def arets_rad(ar: int):
    """The latest figures of just that year: another year's are never taken for them."""
    return Installning.objects.filter(nyckel=ARETS_NYCKEL, giltig_fran=datetime.date(ar, 1, 1)).order_by("pk").last()


def aren() -> list[int]:
    """The years that can be chosen: those with a budget or with figures, this one and the next. Two queries."""
    nu = idag().year
    fran = Installning.objects.filter(nyckel=ARETS_NYCKEL).values_list("giltig_fran", flat=True)
    return sorted({nu, nu + 1, *Verksamhetsar.objects.values_list("ar", flat=True), *(dag.year for dag in fran)})


def forsta_val() -> int:
    """The latest year with figures of its own; without any, this year."""
    dag = Installning.objects.filter(nyckel=ARETS_NYCKEL).order_by("giltig_fran").values_list("giltig_fran", flat=True)
    return dag.last().year if dag else idag().year


def skrivna(nyckel: str, ar: int | None = None) -> list[Installning]:
    """What has been written under a key, the one that begins last first; of one year's figures with `ar`."""
    rader = Installning.objects.filter(nyckel=nyckel).select_related("skapad_av").order_by("-giltig_fran", "-pk")
    if ar is not None:
        rader = rader.filter(giltig_fran=datetime.date(ar, 1, 1))
    return list(rader[:FLEST_I_HISTORIK])


def modeller() -> list[tuple[Installning, Modell]]:
    return [(rad, Modell.av(rad.varde)) for rad in skrivna(NYCKEL)]


def arets_tal(ar: int) -> list[tuple[Installning, Tal]]:
    return [(rad, Tal.av(rad.varde)) for rad in skrivna(ARETS_NYCKEL, ar)]


def json_tal(varde):
    """A number as JSON keeps it exactly: whole ones as numbers, others as text."""
    if varde is None or isinstance(varde, bool | int):
        return varde
    return int(varde) if varde == int(varde) else f"{varde.normalize():f}"
