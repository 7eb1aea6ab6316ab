"""The rules of a year: which accounts belong to which line, and what no rule takes yet, down to nothing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import bok_utfall, kontering, policies
from ekonomi.forms_bok import RegelAndraForm, RegelForm
from ekonomi.models import Konteringsregel, Verksamhetsar
from ekonomi.views_bok import ar_med_bok
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from samordning.karna.views import loggad, require, skapa_en_gang, spara_andringar


def _ar_att_andra(request, pk):
    """The year, open for who may write rules."""
    ar = ar_med_bok(request, pk)
    require(policies.can_edit_bok(request.user))
    if ar.lage == Verksamhetsar.Lage.AVSLUTAT:
        raise OtillatenOvergang(f"{ar} är avslutat, så dess regler ändras inte. Inget ändrades.")
    return ar


def _regel(request, pk):
    """(the rule, its year)."""
    require(policies.can_view_bok(request.user))
    rader = Konteringsregel.objects.select_related("post")
    if request.method == "POST":
        rader = rader.select_for_update(of=("self",))
    ar = _ar_att_andra(request, get_object_or_404(Konteringsregel, pk=pk).verksamhetsar_id)
    regel = get_object_or_404(rader, pk=pk)
    regel.verksamhetsar = ar
    return regel, ar


@require_GET
def regel_list(request, pk):
    ar = ar_med_bok(request, pk)
    utfall = bok_utfall.utfall(ar)
    regler = list(Konteringsregel.objects.filter(verksamhetsar=ar).select_related("post"))
    traffar = utfall.per_regel() if utfall else {}
    onabara = kontering.onabara(regler)
    context = {
        "ar": ar, "utfall": utfall,
        "regler": [(regel, *traffar.get(regel.pk, (0, 0)), onabara.get(regel.pk)) for regel in regler],
        "omappade": [(rad, urlencode(rad.for_ny_regel), _lank(rad)) for rad in utfall.omappade] if utfall else [],
        "far_andra": policies.can_edit_bok(request.user) and ar.lage != Verksamhetsar.Lage.AVSLUTAT,
        "forra": Konteringsregel.objects.filter(verksamhetsar__ar=ar.ar - 1).exists(),
    }  # fmt: skip
    return render(request, "ekonomi/regel_list.html", context)


def _lank(rad):
    return urlencode({"konto": rad.konto, "objekt": rad.objekt}, doseq=True)


@require_http_methods(["GET", "POST"])
def regel_create(request, pk):
    ar = _ar_att_andra(request, pk)
    form = RegelForm.ur_adress(request, instance=Konteringsregel(verksamhetsar=ar))

    def skapa():
        regel = form.save(commit=False)
        return loggad(request, kontering.lagg_till(regel), data={"regel": str(regel), "till": regel.malet})

    if skapa_en_gang(request, form, Konteringsregel, skapa, lambda regel: _sparad(ar, regel)):
        return redirect("ekonomi:regel_list", ar.pk)
    return render(request, "ekonomi/regel_form.html", {"form": form, "ar": ar})


def _sparad(ar, regel):
    """What is left after it, so that one sees zero come nearer."""
    utfall = bok_utfall.utfall(ar)
    if utfall is None:
        return "Regeln är sparad."
    antal, _ = utfall.per_regel().get(regel.pk, (0, 0))
    kvar = utfall.omappat[0]
    return f"Regeln är sparad. Den tar {antal} rader. Kvar utan regel: {kvar}."


@require_http_methods(["GET", "POST"])
def regel_edit(request, pk):
    regel, ar = _regel(request, pk)
    form = RegelAndraForm.from_request(request, instance=regel)
    if spara_andringar(request, form, text="Regeln är sparad."):
        return redirect("ekonomi:regel_list", ar.pk)
    return render(request, "ekonomi/regel_form.html", {"form": form, "ar": ar, "regel": regel})


@require_http_methods(["GET", "POST"])
def regel_ta_bort(request, pk):
    regel, ar = _regel(request, pk)
    if request.method == "POST":
        Handelse.logga(ar, "regel_borttagen", av=request.user, data={"regel": str(regel), "till": regel.malet})
        regel.delete()
        messages.success(request, "Regeln är borttagen.")
        return redirect("ekonomi:regel_list", ar.pk)
    return render(request, "ekonomi/regel_ta_bort.html", {"regel": regel, "ar": ar})


@require_POST
def regel_upp(request, pk):
    return _flytta(request, pk, -1)


@require_POST
def regel_ned(request, pk):
    return _flytta(request, pk, 1)


def _flytta(request, pk, steg):
    regel, ar = _regel(request, pk)
    if kontering.flytta(regel, steg):
        Handelse.logga(regel, "flyttad", av=request.user, data={"steg": steg})
    return redirect(f"{redirect('ekonomi:regel_list', ar.pk).url}#regel-{regel.pk}")


@require_POST
def regel_kopiera(request, pk):
    ar = _ar_att_andra(request, pk)
    fran = Verksamhetsar.objects.filter(ar=ar.ar - 1).first()
    if fran is None:
        messages.info(request, f"Det finns inget {ar.ar - 1} att hämta regler från. Inget ändrades.")
        return redirect("ekonomi:regel_list", ar.pk)
    antal, utan = kontering.kopiera(fran, ar)
    Handelse.logga(ar, "regler_kopierade", av=request.user, data={"antal": antal, "fran": fran.ar})
    messages.success(request, f"{antal} regler är hämtade från {fran}.")
    if utan:
        rader = ", ".join(sorted({regel.malet for regel in utan}))
        messages.warning(
            request, f"{len(utan)} regler hämtades inte, eftersom deras rader inte finns i budgeten för {ar}: {rader}."
        )
    return redirect("ekonomi:regel_list", ar.pk)
