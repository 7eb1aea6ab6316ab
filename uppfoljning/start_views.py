"""The first day of activity: of an accepted remiss, or of somebody who came without one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from insatser.models import Insats
from remisser.models import Remiss
from samordning.karna.models import Atkomst
from samordning.karna.views import get_visible_or_404, require
from uppfoljning import inskrivning
from uppfoljning.deltagande_falt import AR, TIDIGAST
from uppfoljning.deltagande_forms import StartForm, StartUtanRemissForm
from uppfoljning.models import Deltagande, Tillfalle
from uppfoljning.policies import can_start_deltagande


@require_http_methods(["GET", "POST"])
def start_fran_remiss(request, uuid):
    remiss = get_visible_or_404(
        Remiss.objects.select_related("insats", "deltagare", "avsandare__del_av"), request.user, uuid=uuid
    )
    require(can_start_deltagande(request.user, remiss.insats))
    handling = "skrev in" if request.method == "POST" else "visade"
    Atkomst.logga(
        request.user, handling, "remisser.remiss", [(remiss.uuid, remiss.deltagare and remiss.deltagare.uuid)]
    )
    inskrivet = Deltagande.objects.filter(remiss=remiss).first()
    if inskrivet or remiss.lage != Remiss.Lage.ACCEPTERAD:
        return _inte_att_starta(request, inskrivet)
    skickad = localdate(remiss.skickad) if remiss.skickad else None
    form = StartForm.from_request(request, tidigast=max(TIDIGAST, skickad - AR) if skickad else TIDIGAST)

    def skapa():
        deltagande = inskrivning.starta_fran_remiss(remiss=remiss, start=form.cleaned_data["start"], av=request.user)
        _lage_vid_start(request, form, deltagande)
        return deltagande

    if request.method == "POST" and (svar := _starta(request, form, skapa)):
        return svar
    return render(request, "uppfoljning/start_fran_remiss.html", {"form": form, "remiss": remiss})


def _inte_att_starta(request, inskrivet):
    """A second sending, a colleague who was faster, or a remiss that nobody has accepted yet."""
    if inskrivet is None:
        messages.warning(request, "Ta emot remissen innan du registrerar starten. Inget sparades.")
        return redirect("uppfoljning:deltagande_list")
    messages.info(request, "Starten är redan registrerad. Inget sparades en gång till.")
    return redirect("uppfoljning:deltagande_detail", inskrivet.uuid)


@require_http_methods(["GET", "POST"])
def start_utan_remiss(request, slug):
    insats = get_visible_or_404(Insats.objects.individinriktade(), request.user, slug=slug)
    require(can_start_deltagande(request.user, insats))
    form = StartUtanRemissForm.from_request(request)

    def skapa():
        deltagande = inskrivning.starta_utan_remiss(
            insats=insats, start=form.cleaned_data["start"], av=request.user, **form.start_med()
        )
        Atkomst.logga(request.user, "skrev in", "deltagande", [(deltagande.uuid, deltagande.deltagare.uuid)])
        _lage_vid_start(request, form, deltagande)
        return deltagande

    if request.method == "POST" and (svar := _starta(request, form, skapa)):
        return svar
    return render(request, "uppfoljning/start_utan_remiss.html", {"form": form, "insats": insats})


def _lage_vid_start(request, form, deltagande):
    if not form.har_lage:
        return
    inskrivning.satt_lage(
        deltagande=deltagande, tillfalle=Tillfalle.START, datum=deltagande.start, av=request.user, **form.lage()
    )
    if varning := form.varning():
        messages.warning(request, varning)


def _starta(request, form, skapa):
    """The way on, or None when the form has something to say."""
    try:
        deltagande, ny = form.skapa_en_gang(request.user, Deltagande, skapa)
    except inskrivning.GarInte as fel:
        form.add_error("start", str(fel))
        return None
    if deltagande is None:
        return None
    if ny:
        messages.success(request, "Starten är registrerad.")
    else:
        messages.info(request, "Starten var redan registrerad. Inget sparades en gång till.")
    return redirect("uppfoljning:deltagande_detail", deltagande.uuid)
