"""The door to the figures for the roof and for apps above."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from insatser.models import Insats
from remisser.models import Forsorjning
from samordning.karna.kalender import Period, nu
from uppfoljning import visning
from uppfoljning.utfall import utfall

STILMALLAR = ("bootstrap/css/bootstrap.min.css", "css/samordning.css")


def utfallsrapport(period: Period, insatser: list[str] | None = None) -> dict:
    """The internal outcome report as format.md's dict; see `utfall.utfall`."""
    return utfall(period.fran, period.till, insatser)


def utfallssida(rapport: dict) -> dict:
    """What the page and the file show of a report. Two queries, for the names of insatser and codes."""
    namn = dict(Insats.objects.filter(slug__in=rapport["insatser"]).values_list("slug", "namn"))
    return visning.sida(rapport, namn, dict(Forsorjning.objects.values_list("kod", "text")))


def utfallsrapport_html(rapport: dict) -> str:
    """The report as one file that needs nothing else: the page's own parts with the style sheets in it."""
    stil = "\n".join(Path(finders.find(fil)).read_text(encoding="utf-8") for fil in STILMALLAR)
    return render_to_string("uppfoljning/utfall_fil.html", utfallssida(rapport) | {"stil": stil, "raknad": nu()})
