"""The state's model: what it gives, worked through and tried, its settings, and a year's figures."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import policies, statsmodell_tal
from ekonomi.forms_statsmodell import ArForm, ModellForm, ProvForm, TalForm, valt_ar
from ekonomi.models.budget import FORSTA_AR, SISTA_AR
from ekonomi.statsmodell import Modell, Tal, rakna
from samordning.karna.kalender import idag
from samordning.karna.models import Installning
from samordning.karna.views import loggad, require, skapa_en_gang


@require_GET
def statsmodell_detail(request):
    """Other figures in the address are counted beside the saved ones; nothing is written."""
    require(policies.can_view_budget(request.user))
    underlag = statsmodell_tal.underlag(valt_ar(request.GET, statsmodell_tal.forsta_val()))
    sparat, fel = underlag.svar()
    form = ProvForm.av(request.GET, underlag)
    provat = rakna(form.modell(), form.tal(), underlag.regel) if form.is_bound and form.is_valid() else None
    svar = provat or sparat
    context = {
        "underlag": underlag, "form": form, "sparat": sparat, "provat": provat, "svar": svar, "fel": fel.values(),
        "arform": ArForm(initial={"ar": underlag.ar}, aren=sorted({*statsmodell_tal.aren(), underlag.ar})),
        "mot_beslutad": _mot(svar, underlag.beslutad), "mot_sparat": _mot(provat, sparat and sparat.resultat),
        "far_andra": policies.can_set_ekonomi(request.user),
    }  # fmt: skip
    return render(request, "ekonomi/statsmodell_detail.html", context)


def _mot(svar, belopp):
    """How much more the calculation gives than `belopp`, in kronor; None when either is not there."""
    return None if svar is None or belopp is None else svar.resultat - belopp


@require_http_methods(["GET", "POST"])
def statsmodell_edit(request):
    require(policies.can_set_ekonomi(request.user))
    modeller = statsmodell_tal.modeller()
    form = ModellForm.from_request(request, modell=modeller[0][1] if modeller else Modell.av({}))

    def skapa():
        return loggad(request, form.skriv(request.user))

    if skapa_en_gang(request, form, Installning, skapa, "Modellens förutsättningar är sparade."):
        return redirect("ekonomi:statsmodell_edit")
    gallande = next((rad for rad in modeller if rad[0].giltig_fran <= idag()), None)
    context = {"form": form, "modeller": modeller, "gallande": gallande, "standard": Modell.av({})}
    return render(request, "ekonomi/statsmodell_edit.html", context)


@require_http_methods(["GET", "POST"])
def statsmodell_tal_edit(request, ar):
    require(policies.can_set_ekonomi(request.user))
    if not FORSTA_AR < ar < SISTA_AR:
        raise Http404
    skrivna = statsmodell_tal.arets_tal(ar)
    form = TalForm.from_request(request, ar=ar, tal=skrivna[0][1] if skrivna else Tal())

    def skapa():
        return loggad(request, form.skriv(request.user))

    if skapa_en_gang(request, form, Installning, skapa, f"Talen för {ar} är sparade."):
        return redirect(f"{reverse('ekonomi:statsmodell_detail')}?ar={ar}")
    return render(request, "ekonomi/statsmodell_tal.html", {"form": form, "ar": ar, "skrivna": skrivna})
