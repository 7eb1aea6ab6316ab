"""The papers of a case, and who does not take part in it (MB14)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moten import jav as jav_
from moten import policies, sok_text
from moten.arende_views import hamta
from moten.handling_forms import HandlingForm, JavForm, MakuleraForm
from moten.models import Handling, Jav
from samordning.karna import filer
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, require


@require_http_methods(["GET", "POST"])
def handling_create(request, pk):
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    form = HandlingForm.from_request(request, instance=Handling(arende=arende, av=request.user))
    if request.method == "POST":
        handling, ny = form.skapa_en_gang(request.user, Handling, lambda: _skapa(form, request.user))
        if handling:
            messages.success(request, "Handlingen är sparad.") if ny else messages.info(request, REDAN_SKICKAT)
            return redirect("sidor:arende", pk)
    return render(request, "moten/handling_create.html", {"form": form, "arende": arende})


def _skapa(form, user):
    handling = form.spara(av=user)
    Handelse.logga(handling, "skapad", av=user)
    sok_text.bestall(handling)
    return handling


@require_GET
def handling_fil(request, pk):
    """The file; what is withdrawn does not exist for others than the kansli."""
    handling = get_visible_or_404(Handling.objects.select_related("arende", "fil"), request.user, pk=pk)
    if not policies.can_download_handling(request.user, handling) or handling.fil is None:
        raise Http404
    return filer.svar(handling.fil)


@require_http_methods(["GET", "POST"])
def handling_makulera(request, pk):
    handlingar = Handling.objects.select_related("arende")
    if request.method == "POST":
        handlingar = handlingar.select_for_update(of=("self",))
    handling = get_visible_or_404(handlingar, request.user, pk=pk)
    require(policies.can_handle_arende(request.user))
    form = MakuleraForm.from_request(request)
    if request.method == "POST" and handling.makulerad:
        messages.info(request, "Handlingen var redan makulerad. Inget ändrades.")
        return redirect("sidor:arende", handling.arende_id)
    if request.method == "POST" and form.is_valid():
        handling.makulerad = form.cleaned_data["skal"]
        handling.save(update_fields=["makulerad"])
        Handelse.logga(handling, "makulerad", av=request.user)
        messages.success(request, "Handlingen är makulerad.")
        return redirect("sidor:arende", handling.arende_id)
    context = {"form": form, "handling": handling, "arende": handling.arende}
    return render(request, "moten/handling_makulera.html", context)


@require_http_methods(["GET", "POST"])
def jav_edit(request, pk):
    """One button for each proposed member; the same button takes it back. Each is its own small form, so that a double
    tap says the same thing twice."""
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    foreslagna = jav_.foreslagna(arende)
    antecknade = {rad.kontakt_id: rad for rad in arende.jav.select_related("kontakt__part").order_by("pk")}
    form = JavForm(utom=antecknade)
    if request.method == "POST":
        if "bort" in request.POST:
            _ta_bort(request, antecknade)
            return redirect("moten:jav_edit", pk)
        form = JavForm(request.POST)
        if form.is_valid():
            _anteckna(request, arende, form.cleaned_data)
            return redirect("moten:jav_edit", pk)
    andra = [rad for nyckel, rad in antecknade.items() if nyckel not in {kontakt.pk for kontakt, _ in foreslagna}]
    context = {
        "arende": arende, "form": form, "andra": andra,
        "foreslagna": [(kontakt, platser, antecknade.get(kontakt.pk)) for kontakt, platser in foreslagna],
    }  # fmt: skip
    return render(request, "moten/jav_edit.html", context)


def _anteckna(request, arende, data):
    rad, ny = Jav.objects.get_or_create(
        arende=arende, kontakt=data["kontakt"], defaults={"slag": data["slag"], "av": request.user}
    )
    if ny:
        Handelse.logga(arende, "jav", av=request.user, till=rad.slag, data={"kontakt": rad.kontakt_id})
    messages.success(request, f"{rad.kontakt} deltar inte när ärendet behandlas.")


def _ta_bort(request, antecknade):
    nyckel = request.POST["bort"]
    rad = antecknade.get(int(nyckel)) if nyckel.isdecimal() and len(nyckel) < 12 else None
    if rad is None:
        messages.info(request, "Personen var inte antecknad. Inget ändrades.")
        return
    Handelse.logga(rad.arende, "jav_borttaget", av=request.user, fran=rad.slag, data={"kontakt": rad.kontakt_id})
    rad.delete()
    messages.success(request, f"Anteckningen om {rad.kontakt} är borttagen.")
