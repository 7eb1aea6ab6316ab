"""Shared costs: the year's settlement, on the page, on paper and as a sheet, and who shares them."""

from dataclasses import replace

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import gemensamt, gemensamt_las, gemensamtblad, policies
from ekonomi.forms_gemensamt import AvrakningForm, ParterForm
from ekonomi.tryck import pdf_svar
from ekonomi.views_ar import hamta_ar
from samordning.karna import filer
from samordning.karna.kalender import idag
from samordning.karna.models import Installning, Part
from samordning.karna.views import loggad, require, skapa_en_gang


def _hamta(request, pk):
    """What the page, the paper and the sheet say alike."""
    ar = hamta_ar(request, pk)
    parter, rad = gemensamt_las.parter(ar.ar)
    vart = Part.objects.forbund().namn
    kostnader = gemensamt_las.kostnader(ar, parter.forst)
    form = AvrakningForm.av(request.GET, kostnader, [vart, *(namn for namn, _ in parter.andra)])
    totalt, betalar = form.valt("totalt"), form.valt("betalar")
    valda = [
        replace(ett, totalt=totalt.get(ett.pk, ett.totalt), betalar=betalar.get(ett.pk, ett.betalar))
        for ett in kostnader
    ]
    return {
        "ar": ar, "form": form, "parter": parter, "overenskommelse": rad,
        "avrakning": gemensamt.avrakna(vart, parter, valda),
        "har_bok": any(ett.utfall is not None for ett in kostnader),
    }  # fmt: skip


@require_GET
def gemensam_detail(request, pk):
    context = _hamta(request, pk) | {
        "fraga": request.GET.urlencode(),
        "far_andra": policies.can_set_ekonomi(request.user),
        "far_andra_budget": policies.can_edit_budget(request.user),
    }
    return render(request, "ekonomi/gemensam_detail.html", context)


@require_GET
def gemensam_pdf(request, pk):
    context = _hamta(request, pk)
    ar = context["ar"]
    return pdf_svar(
        request, "ekonomi/gemensam_tryck.html", context, titel=f"Gemensamma kostnader {ar}",
        filnamn=f"gemensamma-kostnader-{ar}", tillbaka=reverse("ekonomi:gemensam_detail", args=[pk]),
    )  # fmt: skip


@require_GET
def gemensam_blad(request, pk):
    context = _hamta(request, pk)
    innehall = gemensamtblad.gor(context["ar"], context["avrakning"], context["overenskommelse"])
    return filer.hamtas(innehall, f"gemensamma-kostnader-{context['ar']}.xlsx", "xlsx")


@require_http_methods(["GET", "POST"])
def gemensam_edit(request):
    require(policies.can_set_ekonomi(request.user))
    skrivna = gemensamt_las.skrivna()
    vart = Part.objects.forbund().namn
    form = ParterForm.from_request(
        request, parter=skrivna[0][1] if skrivna else gemensamt.Parter(), vart_namn=vart
    )  # fmt: skip

    def skapa():
        return loggad(request, form.skriv(request.user))

    if skapa_en_gang(request, form, Installning, skapa, "Andelarna är sparade."):
        return redirect("ekonomi:gemensam_edit")
    gallande = next((rad for rad in skrivna if rad[0].giltig_fran <= idag()), None)
    return render(
        request, "ekonomi/gemensam_edit.html", {"form": form, "skrivna": skrivna, "gallande": gallande, "vart": vart}
    )
