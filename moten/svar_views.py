"""Answers to a summons: by the link in a mail, by a user in the meeting's page, by the kansli in the list (MA11)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from moten import kallelse, policies, svar
from moten.models import Mote, Narvaro
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.views import require

OLASLIGT = "Valet gick inte att läsa. Välj ett av svaren. Inget ändrades."


@login_not_required
@require_http_methods(["GET", "POST"])
def narvaro_svar(request, kod):
    """The page of somebody's own link. To open it answers nothing."""
    rad = svar.las(kod)
    if rad is None:
        return render(request, "moten/svar_slut.html", status=404)
    fel = ""
    if request.method == "POST":
        valt = request.POST.get("svar")
        if valt in Narvaro.Svar.values:
            try:
                svar.svara(rad.pk, valt)
            except OtillatenOvergang as hinder:
                messages.warning(request, str(hinder))
            else:
                messages.success(request, f"Tack. Ditt svar är sparat: {Narvaro.Svar(valt).label.lower()}.")
            return redirect("moten:narvaro_svar", kod)
        fel = OLASLIGT
    mote = rad.mote
    context = {
        "rad": rad, "mote": mote, "kod": kod, "dagar": kallelse.dagar(mote), "tid": kallelse.tid(mote), "fel": fel,
        "oppen": mote.lage == Mote.Lage.KALLAT, "installt": mote.lage == Mote.Lage.INSTALLT,
    }  # fmt: skip
    return render(request, "moten/svar.html", context)


@require_POST
def narvaro_svara(request, pk):
    """One's own answer, or anybody's as the kansli was told it. `fran` = motet comes back to the meeting's page."""
    rad = get_object_or_404(Narvaro.objects.select_related("mote__organ", "kontakt"), pk=pk)
    if not policies.can_view_mote(request.user, rad.mote):
        raise Http404
    require(policies.can_answer(request.user, rad))
    valt = request.POST.get("svar")
    if valt in Narvaro.Svar.values:
        svar.svara(rad.pk, valt, av=request.user)
        messages.success(request, f"Svaret är sparat: {Narvaro.Svar(valt).label.lower()}.")
    else:
        messages.warning(request, OLASLIGT)
    if request.POST.get("fran") == "motet" or not policies.can_handle_mote(request.user):
        return redirect("moten:mote_detail", rad.mote_id)
    return redirect("moten:narvaro_list", rad.mote_id)
