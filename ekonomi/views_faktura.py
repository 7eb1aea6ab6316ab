"""The basis of the members' invoices: the list, its days, and the same on paper and as a sheet."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import fakturablad, medlemsfaktura, policies
from ekonomi import medlemsfaktura_las as las
from ekonomi.forms_faktura import FakturaForm
from ekonomi.models import Verksamhetsar
from ekonomi.tryck import pdf_svar
from ekonomi.views_ar import hamta_ar
from samordning.karna import filer
from samordning.karna.models import Installning
from samordning.karna.views import loggad, require, skapa_en_gang


def _hamta(request, pk):
    ar = hamta_ar(request, pk)
    faktura, vald = las.las(ar)
    return {"ar": ar, "faktura": faktura, "vald": vald, "delning": medlemsfaktura.DELNINGAR[len(faktura.dagar)]}


@require_GET
def faktura_detail(request, pk):
    context = _hamta(request, pk)
    context |= {
        "bokfort": las.bokfort(context["ar"], context["faktura"]),
        "far_andra": policies.can_edit_budget(request.user),
    }
    return render(request, "ekonomi/faktura_detail.html", context)


@require_http_methods(["GET", "POST"])
def faktura_edit(request, pk):
    """How many instalments the address says, so that the form has just as many days."""
    require(policies.can_edit_budget(request.user))
    ar = get_object_or_404(Verksamhetsar, pk=pk)
    vald = las.vald(ar.ar)
    antal = {str(nr): nr for nr in medlemsfaktura.DELNINGAR}.get(request.GET.get("delar")) or las.antal(ar.ar)
    dagar = las.dagarna(vald) if vald else []
    if len(dagar) != antal:
        dagar = medlemsfaktura.forslag(ar.ar, antal)
    form = FakturaForm.from_request(request, ar=ar.ar, dagar=dagar)

    def skapa():
        return loggad(request, form.skriv(request.user))

    if skapa_en_gang(request, form, Installning, skapa, f"Betalningsdagarna för {ar} är sparade."):
        return redirect("ekonomi:faktura_detail", pk)
    context = {"form": form, "ar": ar, "antal": antal, "delningar": medlemsfaktura.DELNINGAR.items()}
    return render(request, "ekonomi/faktura_edit.html", context)


@require_GET
def faktura_pdf(request, pk):
    context = _hamta(request, pk)
    return pdf_svar(
        request, "ekonomi/faktura_tryck.html", context, titel=f"Fakturaunderlag {context['ar']}",
        filnamn=f"fakturaunderlag-{context['ar']}", tillbaka=reverse("ekonomi:faktura_detail", args=[pk]),
    )  # fmt: skip


@require_GET
def faktura_blad(request, pk):
    context = _hamta(request, pk)
    innehall = fakturablad.gor(context["ar"], context["faktura"], context["vald"])
    return filer.hamtas(innehall, f"fakturaunderlag-{context['ar']}.xlsx", "xlsx")
