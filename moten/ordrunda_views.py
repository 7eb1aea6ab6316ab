"""What who keeps the minutes does with a question that goes round the table: asked, opened, and written down."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from moten import dagordning, narvaro, ordrunda, policies, rum
from moten.dagordning_mote_views import hamta
from moten.models import Mote, Ordrunda, Ordsvar, Punkt
from moten.rum_forms import OrdrundaForm, OrdsvarForm, SvarsraderForm
from moten.rum_kansli_views import FORBEREDS, ingen_har, krav_forbereds, vand
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from samordning.karna.views import bara_falten, loggad, require, skapa_en_gang, spara_andringar

SKRIVS = (*FORBEREDS, Mote.Lage.AVSLUTAT)  # the record is still being written


def _mote(request, pk):
    mote = hamta(request, pk)
    if request.method == "POST":
        krav_forbereds(mote, SKRIVS)
    return mote


@require_http_methods(["GET", "POST"])
def ordrunda_edit(request, pk):
    """Of an item: the question until somebody has answered, what has been said, and a place to write more."""
    require(policies.can_handle_mote(request.user))
    punkt = get_object_or_404(Punkt, pk=pk)
    punkt.mote = mote = _mote(request, punkt.mote_id)
    rad = Ordrunda.objects.filter(punkt=punkt).first() or Ordrunda(punkt=punkt, fraga=ordrunda.fraga(punkt))
    svar = list(rad.svar.all()) if rad.pk else []
    skrivs = rad.pk and mote.lage in (Mote.Lage.PAGAR, Mote.Lage.AVSLUTAT)
    former = {
        "fragan": None if svar else OrdrundaForm(instance=rad),
        "rader": SvarsraderForm(antal=len(svar)) if skrivs else None,
    }
    if request.method == "POST":
        spara = _spara_svar if skrivs and "svar" in request.POST else _spara_fragan
        if spara(request, rad, svar, former):
            return redirect("moten:ordrunda_edit", pk)
    context = former | {
        "mote": mote, "punkt": punkt, "runda": rad, "svar": svar, "andras": mote.lage in SKRIVS,
        "samma": ordrunda.samma_i_ord([ett.text for ett in svar]), "pagar": mote.lage == Mote.Lage.PAGAR,
        "antal": rum.Antal(sum(bool(ett.enhet) for ett in svar), narvaro.antal_har(mote)),
    }  # fmt: skip
    return render(request, "moten/ordrunda_edit.html", context)


def _spara_fragan(request, rad, svar, former):
    if svar:
        raise OtillatenOvergang("Någon har redan svarat, så frågan ändras inte. Inget är sparat.")
    former["fragan"] = form = OrdrundaForm.from_request(request, instance=rad)
    if not form.is_valid():
        return False
    loggad(request, form.save(), "andrad")
    messages.success(request, "Frågan är sparad.")
    return True


def _spara_svar(request, rad, svar, former):
    former["rader"] = form = SvarsraderForm.from_request(request, antal=len(svar))

    def skapa():
        sist = ordrunda.skriv(rad, form.cleaned_data["svar"])
        Handelse.logga(rad, "svar_skrivna", av=request.user, data={"antal": len(form.cleaned_data["svar"])})
        return sist

    return skapa_en_gang(request, form, Ordsvar, skapa, "Sparat.")


@require_POST
def ordrunda_vand(request, pk):
    rad, _ = vand(request, Ordrunda, pk, ingen_har)
    return redirect("moten:ordrunda_edit", rad.punkt_id)


# ---- One answer


def _svar(request, pk):
    """The meeting is locked before the round, and the round before the answer, on POST."""
    require(policies.can_handle_mote(request.user))
    rad = get_object_or_404(Ordsvar.objects.select_related("runda__punkt"), pk=pk)
    mote = _mote(request, rad.runda.punkt.mote_id)
    if request.method == "POST":
        ordrunda.las(rad.runda)
        rad = get_object_or_404(
            Ordsvar.objects.select_related("runda__punkt").select_for_update(of=("self",)), pk=pk
        )  # fmt: skip
    rad.runda.punkt.mote = mote
    return rad


def _till(rad, ankare=""):
    return f"{reverse('moten:ordrunda_edit', args=[rad.runda.punkt_id])}{ankare}"


@require_http_methods(["GET", "POST"])
def ordsvar_edit(request, pk):
    rad = _svar(request, pk)
    form = OrdsvarForm.from_request(request, instance=rad)
    if spara_andringar(request, form, text="Svaret är sparat.", data=bara_falten):
        return redirect(_till(rad, f"#s{pk}"))
    context = {"mote": rad.runda.punkt.mote, "form": form, "rubrik": f"Ändra svaret: {rad.runda.fraga}",
               "knapp": "Spara", "tillbaka": _till(rad)}  # fmt: skip
    return render(request, "moten/motet_form.html", context)


@require_POST
def ordsvar_delete(request, pk):
    rad = _svar(request, pk)
    Handelse.logga(rad.runda, "svar_borttaget", av=request.user, data={"svar": pk})
    rad.delete()
    messages.success(request, "Svaret är borttaget.")
    return redirect(_till(rad))


@require_POST
def ordsvar_upp(request, pk):
    return _flytta(request, pk, -1)


@require_POST
def ordsvar_ner(request, pk):
    return _flytta(request, pk, 1)


def _flytta(request, pk, steg):
    rad = _svar(request, pk)
    if not dagordning.flytta(rad.runda.svar.all(), rad, steg):
        messages.info(request, f"Svaret står redan {'först' if steg < 0 else 'sist'}. Inget ändrades.")
    return redirect(_till(rad, f"#s{pk}"))
