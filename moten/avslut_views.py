"""Closing a meeting, and opening it again (MA3, MA4, MA8)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from moten import avslut, avslut_rader, meddelanden, paragrafer
from moten.avslut_forms import AvslutForm
from moten.dagordning_mote_views import hamta
from samordning.karna.flode import OtillatenOvergang


@require_http_methods(["GET", "POST"])
def mote_avsluta(request, pk):
    """Every item gets its end. What was said and decided goes to the cases, and the parties are told."""
    mote = hamta(request, pk)
    if "avsluta" not in mote.mojliga_overgangar:
        raise OtillatenOvergang(f"Mötet är {mote.get_lage_display().lower()} och avslutas inte nu. Inget ändrades.")
    skriver = request.method == "POST"
    rader = avslut_rader.las(mote, las_rader=skriver)
    form = AvslutForm.from_request(request, mote=mote, rader=rader, tagna=paragrafer.upptagna(mote))
    if skriver and form.is_valid():
        resultat = form.spara_utan_krock(
            lambda: avslut.avsluta(mote, rader, form.valen, forsta=form.forsta, av=request.user)
        )
        if resultat:
            _beratta(resultat, request.user)
            messages.success(request, resultat.i_ord)
            return redirect("moten:mote_detail", pk)
    return render(request, "moten/mote_avsluta.html", {"mote": mote, "form": form, "inte_prickade": _oprickade(mote)})


def _oprickade(mote):
    return mote.narvaro.filter(status="okand").count()


def _beratta(resultat, user):
    for beslut in resultat.nya_beslut:
        meddelanden.till_parterna(beslut.arende, "beslut", utom=user)
    for arende, _ in resultat.flyttade:
        meddelanden.till_parterna(arende, "vidare", utom=user)


@require_http_methods(["GET", "POST"])
def mote_ateroppna(request, pk):
    mote = hamta(request, pk)
    hinder = avslut.hinder_att_ateroppna(mote)
    if request.method == "POST":
        avslut.ateroppna(mote, av=request.user)
        messages.success(request, "Mötet är öppet igen. Avsluta det när du är klar.")
        return redirect("moten:mote_detail", pk)
    return render(request, "moten/mote_ateroppna.html", {"mote": mote, "hinder": hinder})
