"""A completion from the parties' side (MB6): the kansli's points, an answer to each, and the sending."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from insatser import inlamning, policies
from insatser.ansokan_forms import SvarForm
from insatser.ansokan_skriva_views import OLAST, ram
from insatser.ansokan_views import hamta
from insatser.avsnitt import EFTER_NYCKEL
from moten.models import Arende
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.views import require


@require_http_methods(["GET", "POST"])
def komplettering_edit(request, pk):
    """The points with their answers. A POST saves the answers, whole or half."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if not _pagar(ansokan):
        return _ingen(request, ansokan)
    former = _former(request, ansokan)
    if request.method == "POST" and _spara(request, ansokan, former):
        messages.success(request, "Svaren är sparade. Kompletteringen är inte skickad än.")
        return redirect("ansokan:komplettering_edit", pk)
    return _visa(request, ansokan, former)


@require_POST
def komplettering_skicka(request, pk):
    """Saves what is typed in the answers too: the button stands in the same form. Sends only the text that the page
    was drawn from."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if not _pagar(ansokan):
        return _ingen(request, ansokan)
    former = _former(request, ansokan)
    if not _spara(request, ansokan, former):
        return _visa(request, ansokan, former, ["Rätta det som är markerat och skicka igen."])
    hinder = [
        f"{EFTER_NYCKEL[punkt.avsnitt].rubrik}: skriv ett svar och markera punkten som klar."
        for punkt in ansokan.punkter.filter(version=None)
        if not punkt.atgardad or not punkt.svar.strip()
    ]
    if request.POST.get("version") != str(ansokan.version):
        hinder = [f"{OLAST} Läs igenom den och skicka igen.", *hinder]
    if not hinder:
        try:
            inlamning.komplettera(ansokan, av=request.user)
        except ValidationError as fel:
            hinder = fel.messages
    if hinder:
        return _visa(request, ansokan, _former(request, ansokan, ny=True), hinder)
    messages.success(request, "Kompletteringen är skickad. Kansliet läser den nya versionen nu.")
    return redirect("sidor:arende", ansokan.arende_id)


def _pagar(ansokan):
    return ansokan.arende_id is not None and ansokan.arende.lage == Arende.Lage.KOMPLETTERING


def _ingen(request, ansokan):
    messages.info(request, "Kansliet väntar inte på någon komplettering av den här ansökan. Inget ändrades.")
    return redirect("ansokan:ansokan_detail", ansokan.pk)


def _former(request, ansokan, ny=False):
    """A form for each open point. What the page does not send (a point that came meanwhile) is as it is saved."""
    former = []
    for punkt in ansokan.punkter.filter(version=None):
        skickad = request.method == "POST" and not ny and f"p{punkt.pk}-version" in request.POST
        former.append(SvarForm(request.POST if skickad else None, instance=punkt, prefix=f"p{punkt.pk}"))
    return former


def _spara(request, ansokan, former):
    """Saves each answer that can be saved; True when all could. What is wrong with the others is said by them."""
    ratt = True
    for form in former:
        if not form.is_bound:
            continue
        if not form.is_valid():
            ratt = False
            continue
        punkt, klart = form.instance, form.cleaned_data["klart"]
        if not form.andringar() and klart == bool(punkt.atgardad):
            continue
        form.save()
        punkt.atgardad = (punkt.atgardad or nu()) if klart else None
        punkt.save(update_fields=["atgardad"])
        Handelse.logga(ansokan, "kompletteringssvar", av=request.user, data={"punkt": punkt.pk, "klart": klart})
    return ratt


def _visa(request, ansokan, former, hinder=()):
    rader = [(form.instance, EFTER_NYCKEL[form.instance.avsnitt], form) for form in former]
    senast = min((form.instance.senast for form in former), default=None)
    context = ram(ansokan, "kontroll", rader=rader, senast=senast, hinder=hinder,
                  klara=sum(bool(form.instance.atgardad) for form in former))  # fmt: skip
    return render(request, "ansokan/komplettering_edit.html", context)
