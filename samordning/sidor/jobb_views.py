"""Slow work as one sees it: what is under way, how far it has come, what failed and what to do."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samordning.karna import jobb
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb
from samordning.karna.policies import can_change_jobb, can_list_jobb
from samordning.karna.views import get_visible_or_404, paginate, render_page, require

SYNS = timedelta(days=30)


@require_GET
def jobb_list(request):
    require(can_list_jobb(request.user))
    rader = Jobb.objects.visible_to(request.user).filter(skapat__gte=nu() - SYNS).select_related("bestalld_av")
    return render(request, "sidor/jobb_list.html", {"sida": paginate(request, rader.order_by("-skapat", "-pk"))})


def _hamta(request, uuid):
    return get_visible_or_404(Jobb.objects.select_related("bestalld_av"), request.user, uuid=uuid)


@require_GET
def jobb_detail(request, uuid):
    """The page, or the part of it that tells how far the work has come, which asks for itself anew."""
    rad = _hamta(request, uuid)
    context = {"jobb": rad, "far_andra": can_change_jobb(request.user, rad), "far_lista": can_list_jobb(request.user)}
    return render_page(request, "sidor/jobb_detail", context)


@require_http_methods(["GET", "POST"])
def jobb_avbryt(request, uuid):
    rad = _hamta(request, uuid)
    require(can_change_jobb(request.user, rad))
    if request.method == "POST":
        if jobb.avbryt(rad):
            messages.success(request, "Arbetet är avbrutet. Inget av det sparas.")
        else:
            messages.info(request, "Arbetet hann bli klart. Inget ändrades.")
        return redirect("sidor:jobb_detail", rad.uuid)
    return render(request, "sidor/jobb_avbryt.html", {"jobb": rad})


@require_POST
def jobb_igen(request, uuid):
    """The same order once more, by whoever asks now."""
    rad = _hamta(request, uuid)
    require(can_change_jobb(request.user, rad))
    return redirect("sidor:jobb_detail", jobb.bestall(rad.uppgift, rad.parametrar, request.user, rad.rubrik).uuid)
