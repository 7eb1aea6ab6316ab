"""A case on one page and on paper, and the last day to apply."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_safe

from moten.models import Arende, Mote
from samordning.karna import filer, pdf
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Part
from samordning.karna.views import get_visible_or_404
from samordning.sidor import arende_sida


def _hamta(request, pk):
    arenden = Arende.objects.select_related("handlaggare").prefetch_related("parter")
    return arende_sida.hamta(get_visible_or_404(arenden, request.user, pk=pk), request.user)


@require_GET
def arende(request, pk):
    sida = _hamta(request, pk)
    tidslinje = arende_sida.tidslinje(sida.rader)
    return render(request, "sidor/arende.html", {"sida": sida, "arende": sida.arende, "tidslinje": tidslinje})


@require_GET
def arende_pdf(request, pk):
    """The same, for the same reader, as PDF/UA."""
    sida = _hamta(request, pk)
    titel = f"Ärende {sida.arende.diarienummer}"
    context = {
        "sida": sida,
        "arende": sida.arende,
        "titel": titel,
        "rader": arende_sida.aldst_forst(sida.rader),
        "forbund": Part.objects.forbund(),
        "skrivet": nu(),
    }
    try:
        innehall = pdf.gor(render_to_string("sidor/arende_pdf.html", context), titel=f"{titel}: {sida.arende.rubrik}")
    except pdf.PdfSaknas:
        messages.warning(request, "Ärendet går inte att göra som PDF just nu. Skriv ut sidan i stället.")
        return redirect("sidor:arende", pk)
    return filer.hamtas(innehall, f"arende-{sida.arende.ar}-{sida.arende.lopnummer}.pdf", "pdf")


@login_not_required
@require_safe
def ansokningstider(request):
    """No secrets: whoever thinks of applying may read when."""
    dag = idag()
    tider = [(tid, tid.har_passerat(dag)) for tid in Mote.objects.ansokningstider(dag)]
    nasta = next((tid for tid, passerad in tider if not passerad), None)
    return render(request, "sidor/ansokningstider.html", {"tider": tider, "nasta": nasta})
