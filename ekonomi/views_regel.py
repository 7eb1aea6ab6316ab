"""The rule about equity: what it is, what it has been, and a new one from a day on."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ekonomi import policies, reports
from ekonomi.forms_regel import RegelForm
from samordning.karna.models import Installning
from samordning.karna.views import loggad, require, skapa_en_gang


@require_http_methods(["GET", "POST"])
def kapitalregel_edit(request):
    require(policies.can_set_kapitalregel(request.user))
    regel = reports.kapitalregel()
    form = RegelForm.from_request(request, regel=regel)

    def skapa():
        return loggad(request, form.spara(av=request.user))

    if skapa_en_gang(request, form, Installning, skapa, "Regeln är sparad."):
        return redirect("ekonomi:kapitalregel_edit")
    context = {"form": form, "regel": regel, "alla": reports.kapitalregler()}
    return render(request, "ekonomi/kapitalregel_edit.html", context)
