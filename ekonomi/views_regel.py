"""The rule about equity: what it is, what it has been, and a new one from a day on."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ekonomi import policies, reports
from ekonomi.forms_regel import RegelForm
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse, Installning
from samordning.karna.views import require


@require_http_methods(["GET", "POST"])
def kapitalregel_edit(request):
    require(policies.can_set_kapitalregel(request.user))
    regel = reports.kapitalregel()
    form = RegelForm.from_request(request, regel=regel)

    def skapa():
        rad = form.spara(av=request.user)
        Handelse.logga(rad, "skapad", av=request.user)
        return rad

    if request.method == "POST":
        rad, nytt = form.skapa_en_gang(request.user, Installning, skapa)
        if rad:
            messages.success(request, "Regeln är sparad.") if nytt else messages.info(request, REDAN_SKICKAT)
            return redirect("ekonomi:kapitalregel_edit")
    context = {"form": form, "regel": regel, "alla": reports.kapitalregler()}
    return render(request, "ekonomi/kapitalregel_edit.html", context)
