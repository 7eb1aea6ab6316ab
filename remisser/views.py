"""Lists and the page of one remiss, for the sender and for the insats; the flow in numbers for the kansli."""

from django.db.models import Case, F, IntegerField, Value, When
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from remisser import policies, reports, visning
from remisser.models import Remiss
from samordning.karna.kalender import helar, idag
from samordning.karna.models import Atkomst
from samordning.karna.views import get_visible_or_404, paginate, require

OBJEKT = "remisser.remiss"


def hamta(request, uuid, *, las=False):
    """The remiss with what its pages show, if the user may see it; locked when it is about to change."""
    remisser = Remiss.objects.select_related("insats__agare", "avsandare__del_av", "deltagare", "sprak", "avbojande")
    if las:
        remisser = remisser.select_for_update(of=("self",))
    return get_visible_or_404(remisser, request.user, uuid=uuid)


def logga_visning(request, handling, remisser):
    """Written before the page is made: who saw which remiss."""
    rader = [(remiss.uuid, remiss.deltagare and remiss.deltagare.uuid) for remiss in remisser]
    Atkomst.logga(request.user, handling, OBJEKT, rader)


@require_GET
def remiss_list(request):
    """The sender's own, and colleagues' where the unit shares."""
    require(policies.can_create_remiss(request.user))
    remisser = Remiss.objects.skickade_av(request.user).for_lista().select_related("deltagare")
    sida = paginate(request, remisser)
    logga_visning(request, "lista", sida)
    rader = [
        {"remiss": remiss, "marke": visning.marke(remiss), "sedan": visning.dagar_sedan(remiss.andrad),
         "egen": remiss.skapad_av_id == request.user.pk}
        for remiss in sida
    ]  # fmt: skip
    return render(request, "remisser/remiss_list.html", {"sida": sida, "rader": rader})


@require_GET
def inkorg_list(request):
    """What has come to the insatser where the user is listed: the unanswered first, the oldest of them on top."""
    require(policies.can_view_inkorg(request.user))
    svarad = Case(When(lage=Remiss.Lage.SKICKAD, then=0), default=1, output_field=IntegerField())
    vantat = Case(When(lage=Remiss.Lage.SKICKAD, then=F("skickad")), default=Value(None))
    remisser = Remiss.objects.mottagna_av(request.user).for_lista().select_related("deltagare")
    sida = paginate(request, remisser.order_by(svarad, vantat, "-andrad", "-pk"))
    logga_visning(request, "inkorg", sida)
    context = {"sida": sida, "rader": [_inkorgsrad(remiss) for remiss in sida], "insatser": _papper(request.user)}
    return render(request, "remisser/inkorg_list.html", context)


def _inkorgsrad(remiss):
    """Values only: before acceptance the page gets nothing that tells who it is."""
    vantar = remiss.lage == Remiss.Lage.SKICKAD
    atertagen = remiss.lage == Remiss.Lage.ATERTAGEN
    return {
        "uuid": remiss.uuid, "nummer": remiss.pk, "insats": str(remiss.insats), "avsandare": str(remiss.avsandare),
        "namn": remiss.namn if remiss.ar_oppen_for_mottagaren else "" if atertagen else remiss.fornamn,
        "alder": "" if atertagen else remiss.aldersgrupp(), "marke": visning.marke(remiss), "skickad": remiss.skickad,
        "svara_senast": remiss.svara_senast if vantar else None, "sedan": visning.dagar_sedan(remiss.andrad),
    }  # fmt: skip


def _papper(user):
    """The insatser where the user may write down a paper remiss."""
    return list(policies.insatser_for_papper(user))


@require_GET
def remiss_detail(request, uuid):
    remiss = hamta(request, uuid)
    avsandare = policies.can_view_as_sender(request.user, remiss)
    mottagare = policies.can_answer_remiss(request.user, remiss)
    if remiss.lage == Remiss.Lage.UTKAST and policies.can_edit_remiss(request.user, remiss):
        return redirect("remisser:remiss_steg", remiss.uuid, 1)
    allt = avsandare or remiss.ar_oppen_for_mottagaren
    logga_visning(request, "visa" if allt else "visa_fore_svar", [remiss])
    vantar = remiss.lage == Remiss.Lage.SKICKAD
    context = {
        "nummer": remiss.pk, "uuid": remiss.uuid, "marke": visning.marke(remiss), "insats": remiss.insats,
        "tider": _tider(remiss), "orsak": _orsak(remiss), "papper": remiss.kanal == Remiss.Kanal.PAPPER,
        "avsnitt": visning.avsnitt(remiss, maska=avsandare and not mottagare) if allt else visning.fore_svar(remiss),
        "samtycken": visning.samtycken(remiss) if allt else [],
        "avsandare": _avsandare(remiss),
        "kan_aterta": vantar and policies.can_edit_remiss(request.user, remiss),
        "kan_svara": vantar and mottagare,
        "kan_starta": mottagare and remiss.lage == Remiss.Lage.ACCEPTERAD,
        "visar_fore_svar": not allt,
        "atertagen": remiss.lage == Remiss.Lage.ATERTAGEN,
        "som_mottagare": mottagare and not avsandare,
    }  # fmt: skip
    return render(request, "remisser/remiss_detail.html", context)


def _tider(remiss):
    """[(what, when)] of the case so far; times are the same to both sides."""
    rader = [("Skickad", remiss.skickad)]
    if remiss.lage == Remiss.Lage.SKICKAD:
        rader.append(("Svar senast", remiss.svara_senast))
    if remiss.besvarad:
        rader.append(("Besvarad", remiss.besvarad))
    if remiss.lage == Remiss.Lage.ATERTAGEN:
        rader.append(("Återtagen", remiss.andrad))
    return rader


def _orsak(remiss):
    if not remiss.avbojande_id:
        return None
    return {"text": str(remiss.avbojande), "motivering": remiss.motivering}


def _avsandare(remiss):
    """Who to talk to about the remiss; the insats may ring before it answers."""
    return [
        ("Handläggare", remiss.handlaggare), ("Arbetar på", str(remiss.avsandare)),
        ("Telefon", remiss.handlaggare_telefon), ("E-post", remiss.handlaggare_epost),
    ]  # fmt: skip


@require_GET
def flode(request):
    """How many remisser there are in each insats. No person, no number of a remiss."""
    require(policies.can_view_flode(request.user))
    period = helar(idag().year)
    return render(request, "remisser/flode.html", {"rader": reports.remissflode(period), "ar": period.namn})
