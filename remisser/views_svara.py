"""The insats' answers: yes, no, and what came on paper."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from insatser.models import Insats
from remisser import inskickning, policies, visning
from remisser.forms_svar import AvbojForm, PapperForm, SamtyckeForm
from remisser.models import Remiss
from remisser.views import hamta, logga_visning
from samordning.karna.views import get_visible_or_404, require


def _att_svara(request, uuid):
    remiss = hamta(request, uuid)
    require(policies.can_answer_remiss(request.user, remiss))
    return remiss


@require_POST
def remiss_ta_emot(request, uuid):
    remiss = _att_svara(request, uuid)
    remiss.ta_emot(av=request.user)
    inskickning.meddela_avsandaren(remiss, "remisser/accepterad")
    messages.success(request, f"Ni har tackat ja till remiss R-{remiss.pk}. Nu ser ni alla uppgifter.")
    return redirect("remisser:remiss_detail", remiss.uuid)


@require_http_methods(["GET", "POST"])
def remiss_avboj(request, uuid):
    remiss = _att_svara(request, uuid)
    if request.method == "GET" and "avboj" not in remiss.mojliga_overgangar:
        messages.info(request, f"Remissen är redan {remiss.get_lage_display().lower()}. Inget ändrades.")
        return redirect("remisser:remiss_detail", remiss.uuid)
    form = AvbojForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        remiss.avboj(av=request.user, orsak=form.vald, motivering=form.cleaned_data["motivering"])
        inskickning.meddela_avsandaren(remiss, "remisser/avbojd")
        messages.success(request, f"Ni har tackat nej till remiss R-{remiss.pk}. Den som remitterade får veta varför.")
        return redirect("remisser:inkorg_list")
    logga_visning(request, "avboja", [remiss])
    context = {"form": form, "uuid": remiss.uuid, "nummer": remiss.pk, "insats": str(remiss.insats)}
    return render(request, "remisser/remiss_avboj.html", context)


@require_http_methods(["GET", "POST"])
def papper_create(request, slug):
    """Who receives a paper remiss writes it down for the sender's part; it is then accepted."""
    insats = get_visible_or_404(Insats.objects.select_related("agare"), request.user, slug=slug)
    require(policies.can_register_papper(request.user, insats))
    if not inskickning.tar_emot_papper(insats):
        messages.warning(request, f"{insats} tar inte emot remisser just nu.")
        return redirect("remisser:inkorg_list")
    remiss = Remiss(insats=insats, skapad_av=request.user, kanal=Remiss.Kanal.PAPPER)
    form = PapperForm.from_request(request, instance=remiss)
    samtycke = SamtyckeForm.from_request(request)
    hinder = ""
    if request.method == "POST":
        sparad, hinder = _registrera(request, form, samtycke)
        if sparad:
            messages.success(request, f"Remiss R-{sparad.pk} är registrerad. Nu kan du skriva in deltagaren.")
            return redirect("remisser:remiss_detail", sparad.uuid)
    context = {
        "form": form, "samtycke": samtycke, "insats": insats, "telefon": visning.telefon_till(insats),
        "hinder": hinder, "delar": [(steg.rubrik, steg.falt) for steg in inskickning.STEG.values()],
    }  # fmt: skip
    return render(request, "remisser/papper_create.html", context)


def _registrera(request, form, samtycke):
    """(the remiss, "") or (None, why not)."""
    form.is_valid()
    if not samtycke.is_valid():
        # One summary for both forms: the consent's fields stand on the same page under the same names.
        for namn, fel in samtycke.errors.items():
            form.fields[namn] = samtycke.fields[namn]
            form.add_error(namn, fel)
    try:
        remiss, _ny = form.skapa_en_gang(
            request.user, Remiss, lambda: inskickning.registrera_papper(form.instance, samtycke, request.user)
        )
    except inskickning.TarInteEmot as fel:
        return None, str(fel)
    return remiss, ""
