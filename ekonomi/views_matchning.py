"""Requisitions matched with the ledger: proposals, what is joined, and what is left on both sides."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import bok_utfall, matchning, policies
from ekonomi.forms_bok import KopplaForm
from ekonomi.models import Bokkoppling, Rekvisition, Verksamhetsar
from ekonomi.views_bok import ar_med_bok
from samordning.karna.views import paginate, require


@require_GET
def matchning_list(request, pk):
    ar = ar_med_bok(request, pk)
    vantande = list(matchning.vantande(ar))
    forslag = matchning.forslag(ar, vantande)
    context = {
        "ar": ar,
        "vantande": [(rad, forslag[rad.pk]) for rad in vantande],
        "kopplade": matchning.kopplade(ar),
        "sida": paginate(request, matchning.obokade_rader(ar, bok_utfall.utfall(ar))),
        "far_andra": policies.can_edit_bok(request.user),
    }
    return render(request, "ekonomi/matchning_list.html", context)


def _tillbaka(rekvisition):
    """To the list of the requisition's year, where it now stands among the joined; else to itself."""
    ar = Verksamhetsar.objects.filter(ar=rekvisition.ar).first()
    if ar is None:
        return redirect("ekonomi:rekvisition_detail", rekvisition.pk)
    return redirect(f"{reverse('ekonomi:matchning_list', args=[ar.pk])}#rekvisition-{rekvisition.pk}")


@require_http_methods(["GET", "POST"])
def matchning_create(request, pk):
    """A row by hand: those with the same amount first, then the other free rows by how near they are."""
    require(policies.can_edit_bok(request.user))
    rekvisition = get_object_or_404(Rekvisition.objects.select_related("avtal__insats", "mottagare"), pk=pk)
    ar = get_object_or_404(Verksamhetsar, ar=rekvisition.ar)
    lediga = matchning.lediga_rader(ar)
    form = KopplaForm.from_request(request, rader=lediga)
    if request.method == "POST" and form.is_valid():
        koppling = matchning.koppla(rekvisition, form.cleaned_data["rad"], av=request.user)
        messages.success(request, f"Rekvisition {pk} är kopplad till verifikation {koppling.rad.verifikation}.")
        return _tillbaka(rekvisition)
    forslag = matchning.forslag(ar, [rekvisition])[rekvisition.pk]
    andra = matchning.narmast(lediga.exclude(pk__in=[ett.rad.pk for ett in forslag]), rekvisition.belopp)
    context = {
        "rekvisition": rekvisition, "ar": ar, "form": form, "forslag": forslag, "sida": paginate(request, andra),
        "hinder": rekvisition.lage not in matchning.BOKFORS or hasattr(rekvisition, "bokkoppling"),
    }  # fmt: skip
    return render(request, "ekonomi/matchning_create.html", context)


@require_POST
def matchning_ta_bort(request, pk):
    require(policies.can_edit_bok(request.user))
    rekvisition = matchning.lossa(get_object_or_404(Bokkoppling, pk=pk), av=request.user)
    messages.success(request, f"Rekvisition {rekvisition.pk} är inte längre kopplad till bokföringen.")
    return _tillbaka(rekvisition)
