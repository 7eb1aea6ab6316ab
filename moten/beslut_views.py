"""Decisions: written once with the step that they are, corrected with history (MB7)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moten import aterkoppling, meddelanden, policies
from moten.arende_views import hamta
from moten.beslut_forms import FAR_BESLUTA, BeslutAndraForm, BeslutForm
from moten.models import Beslut
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, require

OVERGANG = {
    Beslut.Utfall.BIFALL: "bevilja",
    Beslut.Utfall.AVSLAG: "avsla",
    Beslut.Utfall.ATERREMISS: "aterremittera",
}
OPPEN_RUNDA = "Yttranderundan är inte stängd. Stäng den först, så att yttrandena ligger fast. Inget är sparat."


@require_http_methods(["GET", "POST"])
def beslut_create(request, pk):
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    if arende.lage not in FAR_BESLUTA:
        return _gar_inte(request, arende)
    form = BeslutForm.from_request(request, instance=Beslut(arende=arende, av=request.user))
    runda = arende.rundor.filter(lage="oppen").first()
    if request.method == "POST" and runda and form.is_valid():
        form.add_error(None, OPPEN_RUNDA)
    elif request.method == "POST":
        beslut, ny = form.skapa_en_gang(request.user, Beslut, lambda: _besluta(form, arende, request.user))
        if ny:
            meddelanden.till_parterna(arende, "beslut", utom=request.user)
            messages.success(request, f"Beslutet {beslut.paragraf} är sparat.")
        elif beslut:
            messages.info(request, REDAN_SKICKAT)
        if beslut:
            return redirect("moten:beslut_klart", beslut.pk)
    context = {"form": form, "arende": arende, "runda": runda, "au": arende.lage == "au"}
    return render(request, "moten/beslut_create.html", context)


def _gar_inte(request, arende):
    """The decision was written by somebody else or by this form's first sending, or it is too early."""
    if request.method == "POST" and (senaste := arende.alla_beslut.order_by("-pk").first()):
        messages.warning(
            request, f"Ärendet har redan ett beslut, {senaste.paragraf}. Det du skrev nu är inte sparat en gång till."
        )
        return redirect("moten:beslut_klart", senaste.pk)
    if request.method == "POST":
        raise OtillatenOvergang("Ärendet är inte hos ett organ som kan besluta. Inget ändrades.")
    return render(request, "moten/beslut_create.html", {"arende": arende})


@transaction.atomic
def _besluta(form, arende, user):
    beslut = form.save()
    arende.flytta(OVERGANG[beslut.utfall], av=user)
    Handelse.logga(beslut, "skapad", av=user, till=beslut.utfall)
    aterkoppling.beratta(beslut, av=user)
    return beslut


@require_GET
def beslut_klart(request, pk):
    """What may be done next: conditions and the agreement belong to a higher app, which has its own buttons."""
    beslut = get_visible_or_404(Beslut.objects.select_related("arende", "organ"), request.user, pk=pk)
    require(policies.can_handle_arende(request.user))
    return render(request, "moten/beslut_klart.html", {"beslut": beslut, "arende": beslut.arende})


@require_http_methods(["GET", "POST"])
def beslut_edit(request, pk):
    beslut_ = Beslut.objects.select_related("arende", "organ")
    if request.method == "POST":
        beslut_ = beslut_.select_for_update(of=("self",))
    beslut = get_visible_or_404(beslut_, request.user, pk=pk)
    require(policies.can_handle_arende(request.user))
    form = BeslutAndraForm.from_request(request, instance=beslut)
    if request.method == "POST" and form.is_valid() and form.spara_utan_krock(form.save):
        if andringar := form.andringar():
            Handelse.logga(beslut, "rattad", av=request.user, data=andringar)
        messages.success(request, "Beslutet är sparat.")
        return redirect("sidor:arende", beslut.arende_id)
    return render(request, "moten/beslut_edit.html", {"form": form, "beslut": beslut, "arende": beslut.arende})
