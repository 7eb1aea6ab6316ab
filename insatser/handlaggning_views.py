"""What the kansli does with an application that has come in: asks for completion (MB6), judges the criteria (MB13)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from insatser import avsnitt, granskning, policies
from insatser.handlaggning_forms import GranskningForm, KompletteringForm
from insatser.models import Ansokan
from samordning.karna import notiser
from samordning.karna.models import Anvandare, Handelse, Roll
from samordning.karna.views import get_visible_or_404, require


def _hamta(request, pk):
    """An application that has its case; locked on POST."""
    ansokningar = Ansokan.objects.select_related("arende")
    if request.method == "POST":
        ansokningar = ansokningar.select_for_update(of=("self",))
    ansokan = get_visible_or_404(ansokningar, request.user, pk=pk)
    require(policies.can_handle_ansokan(request.user))
    if ansokan.arende is None:
        raise Http404
    return ansokan


@require_http_methods(["GET", "POST"])
def komplettering_create(request, pk):
    ansokan = _hamta(request, pk)
    form = KompletteringForm.from_request(request, ansokan=ansokan)
    if request.method == "POST" and not form.vill_ha_fler and form.is_valid():
        _begar(ansokan, form, request.user)
        messages.success(request, "Parterna har fått veta vad som behöver kompletteras.")
        return redirect("sidor:arende", ansokan.arende_id)
    context = {
        "form": form, "ansokan": ansokan, "arende": ansokan.arende,
        "kan": "begar_komplettering" in ansokan.arende.mojliga_overgangar,
        "texter": _texter(ansokan),
    }  # fmt: skip
    return render(request, "ansokan/komplettering_create.html", context)


@transaction.atomic
def _begar(ansokan, form, user):
    ansokan.arende.flytta("begar_komplettering", av=user)
    form.spara(av=user)
    foretradare = Anvandare.objects.med_roll(Roll.PARTSFORETRADARE, parter=ansokan.arende.parter.all())
    lank = reverse("sidor:arende", args=[ansokan.arende_id])
    notiser.notify(foretradare.exclude(pk=user.pk), "arende/komplettering", lank)


def _texter(ansokan):
    """[(heading, text)] of the application as it is now, beside the form. One query."""
    texter = avsnitt.som_text(ansokan)
    return [(rad.rubrik, texter[rad.nyckel]) for rad in avsnitt.for_slag(ansokan.slag)]


@require_http_methods(["GET", "POST"])
def granskning_edit(request, pk):
    ansokan = _hamta(request, pk)
    form = GranskningForm.from_request(request, ansokan=ansokan)
    if request.method == "POST" and form.is_valid():
        if andrade := form.spara():
            # Which ones, never what was written: notes are the kansli's own.
            Handelse.logga(ansokan, "granskad", av=request.user, data={"kriterier": andrade})
        messages.success(request, "Granskningen är sparad.")
        return redirect("sidor:arende", ansokan.arende_id)
    context = {
        "form": form, "ansokan": ansokan, "arende": ansokan.arende,
        "sammanfattning": granskning.sammanfattning(ansokan), "texter": _texter(ansokan),
    }  # fmt: skip
    return render(request, "ansokan/granskning.html", context)
