"""The outcome report on screen, and its figures as a file."""

import json

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from samordning.karna import filer
from samordning.karna.kalender import Period, halvar, helar, idag, senaste_hela_halvar
from samordning.karna.models import Atkomst
from samordning.karna.views import render_page, require
from uppfoljning.forms import UtfallForm
from uppfoljning.halvarsrapport import omslut
from uppfoljning.policies import can_view_utfall, insatser_med_utfall
from uppfoljning.rapportdokument import dokument
from uppfoljning.reports import utfallsrapport

ANTAL_AR = 3


@require_GET
def utfall(request):
    form, rapport = _bestallning(request, "visade")
    context = {"form": form, "valbara": _valbara(), "fraga": form.data.urlencode()}
    if rapport:
        context |= {"rapport": rapport, "dokument": dokument(omslut(rapport))}
    return render_page(request, "uppfoljning/utfall", context, status=200 if rapport or not form.namn else 400)


@require_GET
def utfall_json(request):
    """The figures as format.md's JSON. A wrong choice of period answers 400 with the words of the form."""
    form, rapport = _bestallning(request, "hämtade")
    if not rapport:
        fel = [text for texter in form.errors.values() for text in texter] or ["Du har inga insatser att se tal för."]
        return HttpResponse("\n".join(fel), status=400, content_type="text/plain; charset=utf-8")
    namn = f"utfall-{'--'.join(rapport['period'])}-intern.json"
    return filer.hamtas(json.dumps(rapport, ensure_ascii=False, indent=1), namn, "json")


def _bestallning(request, handling):
    """(form, report or None): what the query string asks for, within what the user may see, with a row in Atkomst."""
    require(can_view_utfall(request.user))
    data = request.GET.copy()
    if not {"fran", "till"} & data.keys():
        period = senaste_hela_halvar(idag())
        data["fran"], data["till"] = period.fran.isoformat(), period.till.isoformat()
    form = UtfallForm(data, insatser=insatser_med_utfall(request.user))
    if not form.is_valid() or not form.namn:
        return form, None
    valda = form.cleaned_data["insats"] or (None if request.user.ar_kansli else list(form.namn))
    rapport = utfallsrapport(form.period, valda)
    objekt = "--".join(rapport["period"])
    Atkomst.logga(
        request.user, handling, "utfallsrapport", [(objekt, None)], andamal=", ".join(valda or ["alla insatser"])[:120]
    )
    return form, rapport


def _valbara():
    """[(text, Period)]: the years and half-years that one mostly asks for, newest first."""
    i_ar = idag().year
    perioder: list[Period] = []
    for ar in range(i_ar, i_ar - ANTAL_AR, -1):
        perioder += [helar(ar), halvar(ar, 2), halvar(ar, 1)]
    return [(period.namn.capitalize(), period) for period in perioder if period.fran <= idag()]
