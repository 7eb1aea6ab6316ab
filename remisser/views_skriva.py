"""The sender's pages: begin, write step by step, check, send, take back, remove."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from insatser.models import Insats
from remisser import inskickning, policies, visning
from remisser.forms_svar import NyRemissForm, SamtyckeForm
from remisser.inskickning import GRANSKA, STEG
from remisser.models import Remiss
from remisser.views import hamta, logga_visning
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, require

# The participant said yes to the parties and the words that stood on the page, no others.
ANDRAD_SEDAN = (
    "Utkastet har ändrats sedan du öppnade sidan, kanske i en annan flik. Läs igenom det igen tillsammans med "
    "deltagaren och skicka sedan. Inget är borta."
)


@require_http_methods(["GET", "POST"])
def remiss_create(request, slug):
    """The yellow box stands before the first field: here nothing about the person has been asked yet."""
    insats = get_visible_or_404(Insats.objects.select_related("agare"), request.user, slug=slug)
    require(policies.can_create_remiss(request.user))
    if not inskickning.tar_emot(insats):
        egen = "Den har en egen remissblankett som du hämtar här." if insats.egen_blankett_id else "Läs här hur du gör."
        messages.warning(request, f"{insats} tar inte emot remisser i systemet. {egen}")
        return redirect("insatser:insats_detail", slug)
    form = NyRemissForm.from_request(request, user=request.user)
    if request.method == "POST":
        remiss, _ny = form.skapa_en_gang(request.user, Remiss, lambda: _nytt_utkast(request.user, insats, form.enhet))
        if remiss:
            return redirect("remisser:remiss_steg", remiss.uuid, 1)
    context = {"form": form, "insats": insats, "telefon": visning.telefon_till(insats)}
    return render(request, "remisser/remiss_create.html", context)


def _nytt_utkast(user, insats, enhet):
    kontakt = getattr(user, "kontakt", None)
    remiss = Remiss.objects.create(
        insats=insats, avsandare=enhet, skapad_av=user, handlaggare=user.namn, handlaggare_epost=user.epost,
        handlaggare_telefon=kontakt.telefon if kontakt else "",
    )  # fmt: skip
    Handelse.logga(remiss, "skapad", av=user, till=remiss.lage)
    return remiss


def _utkast(request, uuid, *, las=False):
    """(the draft, None), or (the remiss, where to go) when it is no draft any more."""
    remiss = hamta(request, uuid, las=las)
    require(policies.can_edit_remiss(request.user, remiss))
    if remiss.lage == Remiss.Lage.UTKAST:
        return remiss, None
    messages.info(request, "Remissen är redan skickad. Här ser du hur det går med den.")
    return remiss, redirect("remisser:remiss_detail", remiss.uuid)


def _ram(remiss, nr):
    """What the frame of every step shows: the steps, and until when the draft is kept."""
    ofyllda = {steg_nr for steg_nr, _url, _text in inskickning.brister(remiss)}
    rubriker = {steg_nr: steg.rubrik for steg_nr, steg in STEG.items()} | {GRANSKA: "Granska och skicka"}
    return {
        "nr": nr, "uuid": remiss.uuid, "insats": remiss.insats, "sparad": remiss.andrad,
        "tas_bort": remiss.utkast_tas_bort, "telefon": visning.telefon_till(remiss.insats), "antal": len(rubriker),
        "steg": [(steg_nr, rubrik, visning.adress("remiss_steg", remiss, steg_nr),
                  steg_nr < nr and steg_nr not in ofyllda) for steg_nr, rubrik in rubriker.items()],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def remiss_steg(request, uuid, nr):
    if nr not in STEG and nr != GRANSKA or (nr == GRANSKA and request.method == "POST"):
        raise Http404
    remiss, vidare = _utkast(request, uuid, las=request.method == "POST")
    if vidare:
        return vidare
    if nr == GRANSKA:
        return _granska(request, remiss, SamtyckeForm())
    avsluta = "avsluta" in request.POST
    form = STEG[nr].form.from_request(request, instance=remiss, utkast=avsluta)
    if request.method == "POST":
        ratt = form.is_valid()
        if form.kan_sparas:
            form.spara()
        if ratt and avsluta:
            messages.success(request, "Utkastet är sparat. Du hittar det här när du vill fortsätta.")
            return redirect("remisser:remiss_list")
        if ratt:
            return redirect("remisser:remiss_steg", remiss.uuid, nr + 1)
    logga_visning(request, "skriva", [remiss])
    context = _ram(remiss, nr) | {
        "form": form, "rubrik": STEG[nr].rubrik, "falt": STEG[nr].falt, "avsandare": remiss.avsandare,
        "tillbaka": nr > 1 and visning.adress("remiss_steg", remiss, nr - 1),
        "delvis": request.method == "POST" and form.kan_sparas,
    }  # fmt: skip
    return render(request, "remisser/remiss_steg.html", context)


def _granska(request, remiss, form, *, hinder="", forsokt=False):
    """The check page. Personnummer is masked: it may stand open on a screen that others see."""
    logga_visning(request, "granska", [remiss])
    context = _ram(remiss, GRANSKA) | {
        "form": form, "avsnitt": [(rubrik, visning.adress("remiss_steg", remiss, nr), rader)
                                  for rubrik, nr, rader in visning.avsnitt(remiss, maska=True)],
        "brister": inskickning.brister(remiss), "parter": inskickning.samtyckets_parter(remiss), "hinder": hinder,
        "forsokt": forsokt, "version": remiss.version, "tillbaka": visning.adress("remiss_steg", remiss, GRANSKA - 1),
    }  # fmt: skip
    return render(request, "remisser/remiss_granska.html", context)


@require_POST
def remiss_skicka(request, uuid):
    """Of twenty at once the first sends; the others wait for its lock and find the remiss sent."""
    remiss, vidare = _utkast(request, uuid, las=True)
    if vidare:
        return vidare
    form = SamtyckeForm.from_request(request)
    if request.POST.get("version") != str(remiss.version):
        return _granska(request, remiss, form, hinder=ANDRAD_SEDAN)
    if not form.is_valid() or inskickning.brister(remiss):
        return _granska(request, remiss, form, forsokt=True)
    try:
        inskickning.skicka(remiss, form, request.user)
    except inskickning.TarInteEmot as fel:
        return _granska(request, hamta(request, uuid), form, hinder=str(fel))
    svar = "Insatsen svarar inom fem arbetsdagar och du får ett mejl."
    messages.success(request, f"Remiss R-{remiss.pk} är skickad till {remiss.insats}. {svar}")
    return redirect("remisser:remiss_detail", remiss.uuid)


@require_http_methods(["GET", "POST"])
def remiss_aterta(request, uuid):
    remiss = hamta(request, uuid)
    require(policies.can_edit_remiss(request.user, remiss))
    if request.method == "POST":
        remiss.aterta(av=request.user)
        inskickning.meddela_insatsen(remiss, "remisser/atertagen")
        messages.success(request, f"Remiss R-{remiss.pk} är återtagen. {remiss.insats} har fått veta det.")
        return redirect("remisser:remiss_detail", remiss.uuid)
    if "aterta" not in remiss.mojliga_overgangar:
        messages.info(request, f"Remissen är {remiss.get_lage_display().lower()} och går inte att ta tillbaka.")
        return redirect("remisser:remiss_detail", remiss.uuid)
    return render(request, "remisser/remiss_aterta.html", {"remiss": remiss})


@require_http_methods(["GET", "POST"])
def remiss_ta_bort(request, uuid):
    """A draft and nothing else; once sent, a remiss is taken back instead."""
    remiss, vidare = _utkast(request, uuid, las=request.method == "POST")
    if vidare:
        return vidare
    if request.method == "POST":
        Handelse.logga(remiss, "utkast_borttaget", av=request.user, fran=remiss.lage)
        remiss.delete()
        messages.success(request, "Utkastet är borttaget. Ingenting av det finns kvar.")
        return redirect("remisser:remiss_list")
    return render(request, "remisser/remiss_ta_bort.html", {"remiss": remiss})
