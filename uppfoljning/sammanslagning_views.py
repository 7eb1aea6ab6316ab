"""One person who stands there twice: choose the other one, see what will happen, do it, take it back.

Only stays of one and the same insats are ever shown beside each other, and only to its listed staff.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samordning.karna.models import Atkomst
from samordning.karna.views import get_visible_or_404, paginate, require
from uppfoljning import sammanslagning
from uppfoljning.inskrivning import GarInte
from uppfoljning.models import Deltagande, Sammanslagning
from uppfoljning.policies import can_merge_deltagande
from uppfoljning.sammanslagning_forms import SammanslagningForm, ValjForm, maskerat

DETALJ = "uppfoljning:deltagande_detail"


def _hamta(request, uuid, **sok):
    """Not locked: `sammanslagning` locks in its own order. An anonymous stay has nobody to merge."""
    rader = Deltagande.objects.filter(anonym=False, **sok).select_related("insats", "deltagare")
    deltagande = get_visible_or_404(rader, request.user, uuid=uuid)
    require(can_merge_deltagande(request.user, deltagande))
    return deltagande


def _logga(request, handling, *rader):
    """One bulk insert for all that the page shows."""
    Atkomst.logga(request.user, handling, "deltagande", [(rad.uuid, rad.deltagare.uuid) for rad in rader])


@require_http_methods(["GET", "POST"])
def samma_person(request, uuid):
    """Choose among the others of the insats. What was merged before can be taken back from here."""
    deltagande = _hamta(request, uuid)
    if deltagande.felregistrerad:
        messages.warning(request, sammanslagning.FEL_RAD)
        return redirect(DETALJ, uuid)
    sida = paginate(request, sammanslagning.kandidater(deltagande, request.user))
    _logga(request, "visade i lista", deltagande, *sida)
    form = ValjForm.from_request(request, rader=sida)
    if request.method == "POST" and form.is_valid():
        return redirect("uppfoljning:sammanslagning_create", uuid, form.cleaned_data["annan"])
    context = {
        "deltagande": deltagande,
        "form": form,
        "sida": sida,
        "tidigare": sammanslagning.att_dela_upp(deltagande),
    }
    return render(request, "uppfoljning/samma_person.html", context)


@require_http_methods(["GET", "POST"])
def sammanslagning_create(request, uuid, annan):
    """Both beside each other, what will happen, and what counts where they differ."""
    ena = _hamta(request, uuid)
    andra = _hamta(request, annan, insats=ena.insats_id)
    _logga(request, "slog ihop" if request.method == "POST" else "visade", ena, andra)
    if ena.deltagare_id == andra.deltagare_id:
        messages.info(request, sammanslagning.REDAN)
        return redirect(DETALJ, uuid)
    context = {"deltagande": ena, "sidor": [_sida(ena), _sida(andra)]}
    if hinder := sammanslagning.hinder(ena, andra):
        return render(request, "uppfoljning/sammanslagning_create.html", context | {"hinder": hinder})
    val = sammanslagning.skillnader(ena, andra)
    form = SammanslagningForm.from_request(request, ena=ena, andra=andra, val=val)
    if request.method == "POST" and (svar := _sla_ihop(request, form, ena, andra)):
        return svar
    context |= {"form": form, "val": val}
    return render(request, "uppfoljning/sammanslagning_create.html", context)


def _sla_ihop(request, form, ena, andra):
    """The way on, or None when the form has something to say."""

    def skapa():
        return sammanslagning.sla_ihop(ena=ena, andra=andra, av=request.user, **form.valt())

    try:
        logg, _ny = form.skapa_en_gang(request.user, Sammanslagning, skapa)
    except sammanslagning.RedanGjort as fel:
        messages.info(request, str(fel))
        return redirect(DETALJ, ena.uuid)
    except GarInte as fel:
        form.add_error(None, str(fel))
        return None
    if logg is None:
        return None
    messages.success(request, "De två raderna är nu en person. Båda deltagandena är kvar.")
    return redirect(DETALJ, ena.uuid)


def _sida(deltagande):
    """One of the two as the page shows it."""
    return {
        "namn": deltagande.visat_namn,
        "skyddad": deltagande.skyddad,
        "nummer": maskerat(deltagande.personnummer),
        "kon": deltagande.deltagare.get_kon_display(),
        "fodelsear": deltagande.deltagare.fodelsear,
        "tider": [sammanslagning.tid(rad) for rad in sammanslagning.tider(deltagande)],
    }


@require_http_methods(["GET", "POST"])
def sammanslagning_dela_upp(request, uuid):
    """Take the last merge back."""
    deltagande = _hamta(request, uuid)
    if (logg := sammanslagning.att_dela_upp(deltagande)) is None:
        _logga(request, "visade", deltagande)
        if request.method == "GET":
            raise Http404
        messages.info(request, sammanslagning.REDAN_UPPDELAD)
        return redirect(DETALJ, uuid)
    rader = Deltagande.objects.visible_to(request.user).filter(deltagare=logg.kvar, insats=logg.insats_id)
    rader = list(rader.select_related("deltagare").order_by("start", "pk"))
    _logga(request, "delade upp" if request.method == "POST" else "visade", *rader)
    if request.method == "POST":
        try:
            sammanslagning.dela_upp(sammanslagning=logg, av=request.user)
        except GarInte as fel:
            messages.warning(request, str(fel))
        else:
            messages.success(request, "Personerna är uppdelade igen.")
        return redirect(DETALJ, uuid)
    tillbaka = sammanslagning.gar_tillbaka(logg)
    grupper = [[], []]
    for rad in rader:
        grupper[rad.pk in tillbaka].append(f"{rad.visat_namn}, {sammanslagning.tid(rad)}")
    context = {"deltagande": deltagande, "logg": logg, "grupper": grupper}
    return render(request, "uppfoljning/sammanslagning_dela_upp.html", context)
