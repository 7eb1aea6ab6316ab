"""Agreements of an insats, as the kansli writes them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from insatser import policies
from insatser.forms_avtal import AvtalAndraForm, AvtalForm
from insatser.models import Avtal
from insatser.views_redigering import hamta
from samordning.karna.models import Handelse
from samordning.karna.views import require, skapa_en_gang


@require_http_methods(["GET", "POST"])
def avtal_create(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    form = AvtalForm.from_request(request, instance=Avtal(insats=insats))

    def skapa():
        avtal = form.spara()
        Handelse.logga(insats, "avtal_tillagt", av=request.user, data=form.andringar())
        return avtal

    if skapa_en_gang(request, form, Avtal, skapa, lambda avtal: "Avtalet är sparat."):
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/avtal_create.html", {"form": form, "insats": insats})


@require_http_methods(["GET", "POST"])
def avtal_edit(request, slug, pk):
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    # The agreement too: an extension after a decision locks that and not the insats.
    avtal = get_object_or_404(insats.avtal.select_for_update() if request.method == "POST" else insats.avtal, pk=pk)
    form = AvtalAndraForm.from_request(request, instance=avtal)
    if request.method == "POST" and form.is_valid():
        form.spara()
        if andringar := form.andringar():
            Handelse.logga(insats, "avtal_andrat", av=request.user, data=andringar)
        messages.success(request, "Avtalet är sparat.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/avtal_edit.html", {"form": form, "insats": insats})
