"""The steps of a requisition, one address each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ekonomi import policies, rekvirera
from ekonomi.forms_rekvisition import BetaldForm, TillbakaForm
from ekonomi.models import Rekvisition
from ekonomi.views_rekvisition import hamta
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.views import get_visible_or_404, require


@require_POST
def rekvisition_skicka(request, pk):
    rekvisition = get_visible_or_404(Rekvisition.objects.select_related("avtal"), request.user, pk=pk)
    require(policies.can_write_rekvisition(request.user, rekvisition.avtal))
    rekvirera.skicka(rekvisition, av=request.user)
    return _klart(request, pk, "Rekvisitionen är inskickad. Två personer attesterar den innan den betalas.")


@require_POST
def rekvisition_attestera_forst(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_attest(request.user))
    rekvisition.attestera_forst(av=request.user)
    return _klart(request, pk, "Din attest är sparad. En person till ska attestera.")


@require_POST
def rekvisition_attestera_sist(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_attest(request.user))
    rekvirera.attestera_sist(rekvisition, av=request.user)
    return _klart(request, pk, "Din attest är sparad. Rekvisitionen kan betalas.")


@require_http_methods(["GET", "POST"])
def rekvisition_skicka_tillbaka(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_send_back(request.user))
    _kraver(rekvisition, "skicka_tillbaka")
    form = TillbakaForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        rekvirera.skicka_tillbaka(rekvisition, av=request.user, skal=form.cleaned_data["skal"])
        return _klart(request, pk, "Rekvisitionen är skickad tillbaka. Parten har fått ett mejl.")
    return render(request, "ekonomi/rekvisition_skicka_tillbaka.html", {"form": form, "rekvisition": rekvisition})


@require_http_methods(["GET", "POST"])
def rekvisition_betala(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_pay(request.user))
    _kraver(rekvisition, "betala")
    form = BetaldForm.from_request(request, rekvisition=rekvisition)
    if request.method == "POST" and form.is_valid():
        rekvirera.betala(rekvisition, av=request.user, dag=form.cleaned_data["dag"])
        return _klart(request, pk, "Betalningen är sparad. Parten har fått ett mejl.")
    return render(request, "ekonomi/rekvisition_betala.html", {"form": form, "rekvisition": rekvisition})


@require_http_methods(["GET", "POST"])
def rekvisition_aterkalla(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_write_rekvisition(request.user, rekvisition.avtal))
    _kraver(rekvisition, "aterkalla")
    if request.method == "POST":
        rekvisition.aterkalla(av=request.user)
        return _klart(request, pk, "Rekvisitionen är återkallad. Beloppet går att rekvirera igen.")
    return render(request, "ekonomi/rekvisition_aterkalla.html", {"rekvisition": rekvisition})


def _kraver(rekvisition, overgang):
    """The page of a step that the state does not allow says so at once, before anybody types."""
    if overgang not in rekvisition.mojliga_overgangar:
        raise OtillatenOvergang(f"Rekvisitionen är {rekvisition.get_lage_display().lower()}. Inget ändrades.")


def _klart(request, pk, text):
    messages.success(request, text)
    return redirect("ekonomi:rekvisition_detail", pk)
