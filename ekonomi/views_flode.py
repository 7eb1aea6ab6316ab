"""The steps of a requisition, one address each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ekonomi import policies, rekvirera
from ekonomi.forms_rekvisition import BetaldForm, TillbakaForm
from ekonomi.views_rekvisition import fel_lage, hamta
from samordning.karna.views import require


@require_POST
def rekvisition_skicka(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_write_rekvisition(request.user, rekvisition.avtal))
    rekvirera.skicka(rekvisition, av=request.user, sedd=_sedd(request))
    return _klart(request, pk, "Rekvisitionen är inskickad. Två personer attesterar den innan den betalas.")


@require_POST
def rekvisition_attestera_forst(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_attest(request.user))
    rekvirera.attestera_forst(rekvisition, av=request.user, sedd=_sedd(request))
    return _klart(request, pk, "Din attest är sparad. En person till ska attestera.")


@require_POST
def rekvisition_attestera_sist(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_attest(request.user))
    rekvirera.attestera_sist(rekvisition, av=request.user, sedd=_sedd(request))
    return _klart(request, pk, "Din attest är sparad. Rekvisitionen kan betalas.")


def _sedd(request):
    """The version that the page showed; 0, which is nobody's, when it does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@require_http_methods(["GET", "POST"])
def rekvisition_skicka_tillbaka(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_send_back(request.user))
    if "skicka_tillbaka" not in rekvisition.mojliga_overgangar:
        return fel_lage(request, rekvisition)
    form = TillbakaForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        rekvirera.skicka_tillbaka(rekvisition, av=request.user, skal=form.cleaned_data["skal"])
        return _klart(request, pk, "Rekvisitionen är skickad tillbaka. Parten har fått ett mejl.")
    return render(request, "ekonomi/rekvisition_skicka_tillbaka.html", {"form": form, "rekvisition": rekvisition})


@require_http_methods(["GET", "POST"])
def rekvisition_betala(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_pay(request.user))
    if "betala" not in rekvisition.mojliga_overgangar:
        return fel_lage(request, rekvisition)
    form = BetaldForm.from_request(request, rekvisition=rekvisition)
    if request.method == "POST" and form.is_valid():
        sett = {"dag": form.cleaned_data["dag"], "sedd": form.cleaned_data["version"]}
        rekvirera.betala(rekvisition, av=request.user, **sett)
        return _klart(request, pk, "Betalningen är sparad. Parten har fått ett mejl.")
    return render(request, "ekonomi/rekvisition_betala.html", {"form": form, "rekvisition": rekvisition})


@require_http_methods(["GET", "POST"])
def rekvisition_aterkalla(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_write_rekvisition(request.user, rekvisition.avtal))
    if "aterkalla" not in rekvisition.mojliga_overgangar:
        return fel_lage(request, rekvisition)
    if request.method == "POST":
        rekvisition.aterkalla(av=request.user)
        return _klart(request, pk, "Rekvisitionen är återkallad. Beloppet går att rekvirera igen.")
    return render(request, "ekonomi/rekvisition_aterkalla.html", {"rekvisition": rekvisition})


def _klart(request, pk, text):
    messages.success(request, text)
    return redirect("ekonomi:rekvisition_detail", pk)
