"""What fills an agenda: what a body always takes up, wishes, and the bank of questions (MA9, MA24)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import dagordning, policies
from moten.dagordning_forms import (
    FastpunktAndraForm,
    FastpunktForm,
    ForslagAvforForm,
    ForslagForm,
    SamtalsfragaAndraForm,
    SamtalsfragaForm,
)
from moten.models import Fastpunkt, Forslag, Organ, Samtalsfraga
from samordning.karna.models import Handelse
from samordning.karna.views import bara_falten, loggad, require, skapa_en_gang, spara_andringar


def _hamta(request, modell, pk):
    """Locked on POST; the body first where there is one, so that two who order its items wait for each other."""
    require(policies.can_handle_mote(request.user))
    if request.method == "POST" and modell is Fastpunkt:
        get_object_or_404(Organ.objects.select_for_update(), fasta_punkter=pk)
    rader = modell.objects.select_for_update(of=("self",)) if request.method == "POST" else modell.objects
    return get_object_or_404(rader, pk=pk)


@require_GET
def fastpunkt_list(request, pk):
    organ = _hamta(request, Organ, pk)
    return render(request, "moten/fastpunkt_list.html", {"organ": organ, "rader": organ.fasta_punkter.all()})


@require_POST
def fastpunkt_vanliga(request, pk):
    """The usual ones for such a body; it has none."""
    organ = _hamta(request, Organ, pk)
    if organ.fasta_punkter.exists():
        messages.info(request, "Det finns redan fasta punkter. Inget ändrades.")
    else:
        dagordning.vanliga(organ)
        Handelse.logga(organ, "fasta_punkter", av=request.user)
        messages.success(request, "Punkterna är tillagda. Ändra dem så att de passar er.")
    return redirect("moten:fastpunkt_list", pk)


@require_http_methods(["GET", "POST"])
def fastpunkt_create(request, pk):
    organ = _hamta(request, Organ, pk)
    sist = organ.fasta_punkter.count() + 1
    form = FastpunktForm.from_request(request, instance=Fastpunkt(organ=organ, ordning=sist))
    if skapa_en_gang(request, form, Fastpunkt, lambda: loggad(request, form.save()), "Punkten är tillagd sist."):
        return redirect("moten:fastpunkt_list", pk)
    context = _fast(form, organ, "Lägg till en fast punkt")
    return render(request, "moten/organ_form.html", context)


@require_http_methods(["GET", "POST"])
def fastpunkt_edit(request, pk):
    rad = _hamta(request, Fastpunkt, pk)
    form = FastpunktAndraForm.from_request(request, instance=rad)
    if spara_andringar(request, form, data=bara_falten):
        return redirect("moten:fastpunkt_list", rad.organ_id)
    context = _fast(form, rad.organ, "Ändra den fasta punkten")
    return render(request, "moten/organ_form.html", context)


def _fast(form, organ, rubrik):
    tillbaka = reverse("moten:fastpunkt_list", args=[organ.pk])
    return {"form": form, "organ": organ, "rubrik": rubrik, "knapp": "Spara punkten", "tillbaka": tillbaka}


@require_POST
def fastpunkt_delete(request, pk):
    """Agendas that have it keep it."""
    rad = _hamta(request, Fastpunkt, pk)
    organ = rad.organ_id
    loggad(request, rad, "borttagen")
    rad.delete()
    messages.success(request, "Punkten tas inte längre upp av sig själv. Dagordningar som har den behåller den.")
    return redirect("moten:fastpunkt_list", organ)


@require_POST
def fastpunkt_upp(request, pk):
    return _flytta(request, pk, -1)


@require_POST
def fastpunkt_ner(request, pk):
    return _flytta(request, pk, 1)


def _flytta(request, pk, steg):
    rad = _hamta(request, Fastpunkt, pk)
    if not dagordning.flytta(rad.organ.fasta_punkter.all(), rad, steg):
        messages.info(request, f"Punkten står redan {'först' if steg < 0 else 'sist'}. Inget ändrades.")
    return redirect("moten:fastpunkt_list", rad.organ_id)


@require_GET
def forslag_list(request):
    require(policies.can_handle_mote(request.user))
    rader = Forslag.objects.select_related("organ", "punkt__mote").order_by("tidigast", "pk")
    context = {
        "vantar": [rad for rad in rader.filter(punkt=None, avfort="")],
        "tagna": rader.exclude(punkt=None).order_by("-pk")[:50],
        "avforda": rader.exclude(avfort="").order_by("-pk")[:50],
    }
    return render(request, "moten/forslag_list.html", context)


@require_http_methods(["GET", "POST"])
def forslag_create(request):
    require(policies.can_handle_mote(request.user))
    form = ForslagForm.from_request(request, instance=Forslag(av=request.user))
    text = "Önskemålet är sparat och föreslås när dagordningen byggs."
    if skapa_en_gang(request, form, Forslag, lambda: loggad(request, form.save()), text):
        return redirect("moten:forslag_list")
    return render(request, "moten/kalla_form.html", _kalla(form, "Önska en punkt", "forslag_list", "Önskade punkter"))


def _kalla(form, rubrik, lista, listan):
    return {"form": form, "rubrik": rubrik, "lista": f"moten:{lista}", "listan": listan}


@require_http_methods(["GET", "POST"])
def forslag_avfor(request, pk):
    rad = _hamta(request, Forslag, pk)
    form = ForslagAvforForm.from_request(request)
    if request.method == "POST" and (rad.avfort or rad.punkt_id):
        messages.info(request, "Punkten väntar inte längre. Inget ändrades.")
        return redirect("moten:forslag_list")
    if request.method == "POST" and form.is_valid():
        rad.avfort = form.cleaned_data["skal"]
        rad.save(update_fields=["avfort"])
        loggad(request, rad, "avford")
        messages.success(request, "Punkten tas inte upp.")
        return redirect("moten:forslag_list")
    context = _kalla(form, "Ta inte upp punkten", "forslag_list", "Önskade punkter") | {"ingress": rad.rubrik}
    return render(request, "moten/kalla_form.html", context)


@require_GET
def samtalsfraga_list(request):
    require(policies.can_handle_mote(request.user))
    return render(request, "moten/samtalsfraga_list.html", {"rader": Samtalsfraga.objects.order_by("slag", "pk")})


@require_http_methods(["GET", "POST"])
def samtalsfraga_create(request):
    require(policies.can_handle_mote(request.user))
    form = SamtalsfragaForm.from_request(request)
    if skapa_en_gang(request, form, Samtalsfraga, lambda: loggad(request, form.save()), "Frågan är sparad."):
        return redirect("moten:samtalsfraga_list")
    return render(
        request, "moten/kalla_form.html", _kalla(form, "Lägg till en fråga", "samtalsfraga_list", "Frågebank")
    )


@require_http_methods(["GET", "POST"])
def samtalsfraga_edit(request, pk):
    form = SamtalsfragaAndraForm.from_request(request, instance=_hamta(request, Samtalsfraga, pk))
    if spara_andringar(request, form, data=bara_falten):
        return redirect("moten:samtalsfraga_list")
    return render(request, "moten/kalla_form.html", _kalla(form, "Ändra frågan", "samtalsfraga_list", "Frågebank"))
