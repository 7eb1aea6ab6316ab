"""The diarium, and the steps of a case's road that have no other content."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import meddelanden, policies
from moten.arende_forms import ArendeFilter, HandlaggareForm, SkalForm
from moten.models import Arende, Handling
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, paginate, require

# step: (what is said, the parties' mail)
STEG = {
    "till_beredning": ("Ärendet är hos beredningsgruppen.", "vidare"),
    "till_au": ("Ärendet är hos arbetsutskottet.", "vidare"),
    "till_styrelse": ("Ärendet är hos styrelsen.", "vidare"),
}
# step that ends: (question, what happens, button, title of the paper that keeps the reason, the parties' mail)
SLUT = {
    "aterkalla": (
        "Återkalla ärendet?",
        "Ärendet avslutas utan beslut och går inte att öppna igen. Allt som hör till det finns kvar att läsa.",
        "Ja, återkalla", "Ärendet återkallades", "aterkallad",
    ),
    "avsluta": (
        "Avsluta ärendet?",
        "Ärendet är färdigt och går inte att öppna igen. Allt som hör till det finns kvar att läsa.",
        "Ja, avsluta", "Ärendet avslutades", "avslutad",
    ),
}  # fmt: skip


def hamta(request, pk):
    """The case; locked on POST, so that two who act at once come one after the other."""
    arenden = Arende.objects.select_for_update(of=("self",)) if request.method == "POST" else Arende.objects
    return get_visible_or_404(arenden.select_related("handlaggare", "huvudpart"), request.user, pk=pk)


@require_GET
def arende_list(request):
    user = request.user
    require(policies.can_list_arenden(user))
    filtret = ArendeFilter(request.GET, user=user)
    sida = paginate(request, filtret.filter(Arende.objects.visible_to(user).for_lista()))
    context = {"filter": filtret, "sida": sida, "kansli": policies.can_handle_arende(user)}
    return render(request, "moten/arende_list.html", context)


def _steg(overgang, request, pk):
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    text, mall = STEG[overgang]
    arende.flytta(overgang, av=request.user)
    meddelanden.till_parterna(arende, mall, utom=request.user)
    messages.success(request, text)
    return redirect("sidor:arende", pk)


arende_till_beredning = require_POST(partial(_steg, "till_beredning"))
arende_till_au = require_POST(partial(_steg, "till_au"))
arende_till_styrelse = require_POST(partial(_steg, "till_styrelse"))


@require_http_methods(["GET", "POST"])
def arende_aterkalla(request, pk):
    arende = hamta(request, pk)
    require(policies.can_withdraw_arende(request.user, arende))
    return _avsluta(request, arende, "aterkalla")


@require_http_methods(["GET", "POST"])
def arende_avsluta(request, pk):
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    return _avsluta(request, arende, "avsluta")


def _avsluta(request, arende, overgang):
    fraga, text, knapp, handling, mall = SLUT[overgang]
    form = SkalForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        _slut(arende, overgang, handling, form.cleaned_data["skal"], request.user)
        meddelanden.till_parterna(arende, mall, utom=request.user)
        if not request.user.ar_kansli:
            meddelanden.till_kansliet(arende, "aterkallad_kansli", utom=request.user)
        messages.success(request, f"{handling}.")
        return redirect("sidor:arende", arende.pk)
    kan = overgang in arende.mojliga_overgangar
    context = {"form": form, "arende": arende, "fraga": fraga, "text": text, "knapp": knapp, "kan": kan}
    return render(request, "moten/arende_slut.html", context)


@transaction.atomic
def _slut(arende, overgang, rubrik, skal, user):
    """The reason is filed as a paper. Nobody is asked any more for an opinion on a case that has ended."""
    arende.flytta(overgang, av=user)
    Handling.objects.create(arende=arende, rubrik=rubrik, text=skal, datum=idag(), av=user)
    for runda in arende.rundor.filter(lage="oppen"):
        runda.stang(av=user, sammanfattning="Ärendet avslutades innan rundan var klar.")


@require_http_methods(["GET", "POST"])
def handlaggare_edit(request, pk):
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    form = HandlaggareForm.from_request(request, instance=arende)
    if request.method == "POST" and form.is_valid():
        if andringar := form.andringar():
            form.save()
            Handelse.logga(arende, "handlaggare", av=request.user, data=andringar)
        messages.success(request, "Handläggaren är sparad.")
        return redirect("sidor:arende", pk)
    return render(request, "moten/handlaggare_edit.html", {"form": form, "arende": arende})
