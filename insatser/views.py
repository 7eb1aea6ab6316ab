"""The catalogue that everybody may read: the list and the page of one insats."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insatser import behandlad, policies, utbud_visning, visning
from insatser.katalog import ORDNINGAR, Katalog
from insatser.models import Avtal, Insats, Insatskontakt
from samordning.karna.kalender import idag
from samordning.karna.models import Part
from samordning.karna.views import get_visible_or_404, paginate


@login_not_required
@require_safe
def insats_list(request):
    katalog = Katalog(request.GET, request.user)
    sida = paginate(request, katalog.traffar())
    context = {
        "katalog": katalog,
        "filter": katalog.filter(),
        "brickor": katalog.brickor(),
        "sida": sida,
        "rader": [(insats, visning.platslage(insats), visning.fakta_i_listan(insats)) for insats in sida],
        "ordningar": ORDNINGAR,
        "far_andra": policies.can_edit_insats(request.user),
    }
    return render(request, "insatser/insats_list.html", context)


@login_not_required
@require_safe
def insats_detail(request, slug):
    parter = Part.objects.for_val()
    avtal = Avtal.objects.select_related("huvudpart").prefetch_related("belopp", Prefetch("parter", parter))
    kontakter = Insatskontakt.objects.select_related("kontakt__part")
    insatser = Insats.objects.select_related("agare").prefetch_related(
        Prefetch("avtal", avtal), Prefetch("insatskontakter", kontakter)
    )
    insats = get_visible_or_404(insatser, request.user, slug=slug)
    gallande, ovriga = _avtal(insats)
    context = {
        "insats": insats,
        "fakta": visning.fakta(insats),
        "grupper": visning.grupper(insats),
        "remittenter": visning.remittenter(insats),
        "nasta_start": visning.nasta_start(insats),
        "bekraftad": visning.senast_bekraftad(insats),
        "ring": "kontaktpersonen" if insats.insatskontakter.all() else "kansliet",
        "lankar": visning.lankar(insats),
        "gallande": gallande and visning.avtalsvisning(gallande),
        "ovriga_avtal": ovriga,
        "idag": idag(),
        "far_andra": policies.can_edit_insats(request.user),
        "far_andra_platser": policies.can_edit_platser(request.user, insats),
        "utbud": utbud_visning.pa_insatsens_sida(insats, request.user),
        "behandlad": behandlad.for_insats(insats, request.user),
    }
    if context["far_andra"]:
        context["mallrester"] = visning.mallrester(insats)
    return render(request, "insatser/insats_detail.html", context)


def _avtal(insats):
    """The agreement of today, or the next, or the latest; and the others, newest first."""
    alla = sorted(insats.avtal.all(), key=lambda avtal: avtal.start)
    if not alla:
        return None, []
    gallande = next((avtal for avtal in alla if avtal.slut >= idag()), alla[-1])
    return gallande, [avtal for avtal in reversed(alla) if avtal is not gallande]
