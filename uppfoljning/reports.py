"""The door to the figures for the roof and for apps above, and the files that a report becomes."""

import datetime
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from samordning.karna import kalkylblad, pdf
from samordning.karna.kalender import Period
from samordning.karna.models import Installning, Part
from uppfoljning import rojande, visning
from uppfoljning.halvarsrapport import halvarsrapport, omslut, perioder
from uppfoljning.meningar import meningar
from uppfoljning.rapportblad import blad
from uppfoljning.rapportdokument import dokument
from uppfoljning.utfall import utfall

__all__ = [
    "halvarsrapport", "i_dokument", "k_for", "omslut", "rapport_html", "rapport_json", "rapport_pdf", "rapport_xlsx",
    "skyddad", "skyddade", "tryck", "utfallsrapport",
]  # fmt: skip

STILMALLAR = ("bootstrap/css/bootstrap.min.css", "css/samordning.css")
MINSTA_K = 3  # outside intern (7.6)
STANDARD_K = {"styrelse": 3, "publik": 5}


def utfallsrapport(period: Period, insatser: list[str] | None = None) -> dict:
    """The internal outcome report as format.md's dict; see `utfall.utfall`."""
    return utfall(period.fran, period.till, insatser)


def k_for(malgrupp: str, dag: datetime.date) -> int | None:
    """The limit under which a count is small for the audience, as decided on a day. None for intern."""
    if malgrupp not in STANDARD_K:
        return None
    nyckel = f"k_{malgrupp}"
    return max(MINSTA_K, int(Installning.objects.varden({nyckel: STANDARD_K[malgrupp]}, dag=dag)[nyckel]))


def skyddad(rapport: dict, malgrupp: str) -> dict:
    """The report as the audience may see it: intern as it is, otherwise with small numbers hidden."""
    return rapport if malgrupp == "intern" else skyddade(rapport, malgrupp)[malgrupp]


def skyddade(rapport: dict, till_och_med: str = "publik") -> dict[str, dict]:
    """{"styrelse", "publik"}: the protected versions, the public one hiding also what the board's hides.

    Takes what `halvarsrapport`, `omslut` and `utfallsrapport` give. k is that of the report's last day.
    """
    dag = max(period.till for period in perioder(rapport))
    styrelse = k_for("styrelse", dag)
    granser = {"styrelse": styrelse}
    if till_och_med == "publik":
        granser["publik"] = max(styrelse, k_for("publik", dag))
    return rojande.skydda_flera(rapport, granser)


I_DOKUMENT = ("P3", "P4", "P5", "X1", "X2", "H2", "S2")


def i_dokument(varden: dict, period: Period) -> dict | None:
    """What a document of the year says of a period of a kept, *protected* report version; None when it has no such
    part. {"meningar": [(insats or "Alla insatser", sentences)], "rader": [(what, women, men, others, all)] of all
    insatser, "k"}. A hidden figure is the word *dolt*. ValueError for an internal version (beslut.md 9)."""
    if varden["for"] == "intern":
        raise ValueError("an internal report must not be quoted")
    utfall = next((del_ for del_ in varden["delar"] if Period.av_text(*del_["period"]) == period), None)
    if utfall is None:
        return None
    insatser = visning.insatser_i_ordning(utfall, varden["namn"])
    tabell = {rad.id: rad for _, rader in visning.tabell(utfall["celler"]) for rad in rader}
    return {
        "meningar": [("Alla insatser", meningar(utfall, namn="insatserna"))] * (len(insatser) != 1)
        + [(namn, meningar(utfall, slug, namn)) for slug, namn, _ in insatser],
        "rader": [
            (tabell[id_].text, *("dolt" if antal == rojande.DOLT else antal for antal, _ in tabell[id_].varden))
            for id_ in I_DOKUMENT
        ],
        "k": utfall["installningar"]["k"],
    }  # fmt: skip


# ---- The files; each takes a value of `halvarsrapport` or `omslut` for any audience, and the moment it was counted


def rapport_html(rapport: dict, raknad: datetime.datetime) -> str:
    """One file that needs nothing else: the page's own parts with the style sheets in it."""
    stil = "\n".join(Path(finders.find(fil)).read_text(encoding="utf-8") for fil in STILMALLAR)
    return render_to_string("uppfoljning/utfall_fil.html", _sammanhang(rapport, raknad) | {"stil": stil})


def rapport_pdf(rapport: dict, raknad: datetime.datetime, *, utkast: bool = False) -> bytes:
    """PDF/UA-1. `utkast` marks every page of what nobody has approved. Raises as `pdf.gor`."""
    return pdf.gor(tryck(rapport, raknad, utkast=utkast), titel=dokument(rapport)["titel"])


def tryck(rapport: dict, raknad: datetime.datetime, *, utkast: bool = False) -> str:
    """The document that `rapport_pdf` lays out, as HTML for the printed page."""
    sammanhang = _sammanhang(rapport, raknad) | {"forbund": Part.objects.forbund(), "utkast": utkast}
    return render_to_string("rapporter/halvar.html", sammanhang)


def rapport_xlsx(rapport: dict, raknad: datetime.datetime) -> bytes:
    d = dokument(rapport)
    return kalkylblad.gor(d["titel"], *blad(d, raknad))


def rapport_json(rapport: dict) -> bytes:
    return json.dumps(rapport, ensure_ascii=False, indent=1).encode()


def _sammanhang(rapport, raknad):
    return {"dokument": dokument(rapport), "raknad": raknad}
