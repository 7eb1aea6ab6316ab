"""The half-year report's pages: order it, read it, review, release and freeze it, fetch its files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samordning.karna import filer
from samordning.karna.kalender import idag, senaste_hela_halvar
from samordning.karna.models import Atkomst, Handelse, Jobb, Rapportversion
from samordning.karna.policies import can_view_rapportversion
from samordning.karna.views import get_visible_or_404, paginate, require
from uppfoljning import rapportversioner
from uppfoljning.policies import can_freeze_rapport, can_order_rapport
from uppfoljning.rapport_forms import BestallForm, GranskaForm, SlappAndaForm
from uppfoljning.rapportdokument import dokument
from uppfoljning.rapportversioner import KanInteSlappas, Malgrupp, filer_i_ordning, halvarskod

HANDELSER = {
    "granska": "Granskad", "slapp": "Släppt", "faststall": "Fastställd",
    "slappt_anda": "Släppt trots att en släppt rapport täcker samma tid",
}  # fmt: skip


@require_GET
def rapport_list(request):
    """The kansli's own row of each set, with the states of the others; for others what is released to them."""
    rader = Rapportversion.objects.visible_to(request.user).filter(typ=rapportversioner.TYP).for_lista()
    if far_bestalla := can_order_rapport(request.user):
        rader = rader.filter(malgrupp=Malgrupp.INTERN)
    elif request.user.har_roll(*Rapportversion.STYRELSENS_ROLLER):
        rader = rader.filter(malgrupp=Malgrupp.STYRELSE)
    sida = paginate(request, rader.select_related("bestalld_av"))
    syskon = rapportversioner.syskon(sida.object_list) if far_bestalla else {}
    context = {
        "sida": sida,
        "rader": [(rad, rapportversioner.namn(rad), syskon.get(rad.pk, [])) for rad in sida],
        "far_bestalla": far_bestalla,
        "pagar": Jobb.objects.filter(uppgift=rapportversioner.UPPGIFT, lage__in=Jobb.AKTIVA) if far_bestalla else [],
    }
    return render(request, "uppfoljning/rapport_list.html", context)


@require_http_methods(["GET", "POST"])
def rapport_create(request):
    """Order a report. The same order while it is being made gives the same job."""
    require(can_order_rapport(request.user))
    form = BestallForm.from_request(request, initial={"period": halvarskod(senaste_hela_halvar(idag()))})
    if request.method == "POST" and form.is_valid():
        jobb, tidigare = rapportversioner.bestall(form.cleaned_data["period"], request.user)
        if jobb:
            return redirect("sidor:jobb_detail", jobb.uuid)
        messages.info(
            request, f"Inget har ändrats sedan version {tidigare.version} räknades, så ingen ny behövs. Här är den."
        )
        return redirect("uppfoljning:rapport_detail", tidigare.uuid)
    return render(request, "uppfoljning/rapport_create.html", {"form": form})


def _hamta(request, uuid):
    return get_visible_or_404(Rapportversion.objects.filter(typ=rapportversioner.TYP), request.user, uuid=uuid)


def _hamta_for_kansliet(request, uuid):
    version = _hamta(request, uuid)
    require(can_order_rapport(request.user))
    return version


def _logga(request, version, handling):
    """The internal figures can point out a person, so who sees them is noted."""
    if version.ar_intern:
        Atkomst.logga(request.user, handling, "rapportversion", [(version.uuid, None)])


@require_GET
def rapport_detail(request, uuid):
    version = _hamta(request, uuid)
    _logga(request, version, "visade")
    kansli = can_order_rapport(request.user)
    sats = rapportversioner.satsen(version)
    vyer = [rad for rad in sats.values() if can_view_rapportversion(request.user, rad)]
    context = {
        "version": version,
        "namn": rapportversioner.namn(version),
        "vyer": vyer if len(vyer) > 1 else [],
        "sats": sats,
        "filer": [(fil, reverse("uppfoljning:rapport_fil", args=[uuid, fil.typ])) for fil in filer_i_ordning(version)],
        "dokument": dokument(version.varden),
        "raknad": version.skapad,
        "nyare": _nyare(version, kansli),
        "kansli": kansli,
        "far_faststalla": can_freeze_rapport(request.user),
    }
    if kansli:
        context |= {
            "skillnader": rapportversioner.skillnader(sats[Malgrupp.INTERN]),
            "historik": [
                (HANDELSER[rad.namn], rad) for rad in Handelse.objects.om(version).select_related("av")
                if rad.namn in HANDELSER
            ],
        }  # fmt: skip
    return render(request, "uppfoljning/rapport_detail.html", context)


def _nyare(version, kansli):
    """A later version for the same audience that may be shown instead, or None."""
    rader = Rapportversion.objects.samma_bestallning(version.typ, version.parametrar).filter(
        malgrupp=version.malgrupp, version__gt=version.version
    )
    return (rader if kansli else rader.utgivna()).for_lista().first()


@require_GET
def rapport_fil(request, uuid, slag):
    version = _hamta(request, uuid)
    fil = get_object_or_404(version.filer, typ=slag)
    _logga(request, version, "hämtade")
    return filer.svar(fil)


# ---- Transitions: each asks on its own page


@require_http_methods(["GET", "POST"])
def rapport_granska(request, uuid):
    version = _hamta_for_kansliet(request, uuid)
    form = GranskaForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        return _utfor(request, version, lambda: rapportversioner.granska(version, request.user),
                      "Rapporten är granskad. Nu går den att släppa.")  # fmt: skip
    d = dokument(rapportversioner.satsen(version)[Malgrupp.INTERN].varden)
    context = {"version": version, "namn": rapportversioner.namn(version), "form": form, "dokument": d}
    return render(request, "uppfoljning/rapport_granska.html", context)


@require_http_methods(["GET", "POST"])
def rapport_slapp(request, uuid):
    version = _hamta_for_kansliet(request, uuid)
    if version.ar_intern:
        raise Http404
    overlappar = rapportversioner.hinder(version)
    form = SlappAndaForm.from_request(request) if overlappar and can_freeze_rapport(request.user) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        skal = form.cleaned_data["skal"] if form else ""
        return _utfor(request, version, lambda: rapportversioner.slapp(version, request.user, skal),
                      f"Rapporten är släppt till {rapportversioner.I_ORD[version.malgrupp]}.")  # fmt: skip
    context = {
        "version": version, "namn": rapportversioner.namn(version), "form": form,
        "till": rapportversioner.I_ORD[version.malgrupp],
        "overlappar": [(rad, rapportversioner.namn(rad)) for rad in overlappar],
    }  # fmt: skip
    return render(request, "uppfoljning/rapport_slapp.html", context)


@require_http_methods(["GET", "POST"])
def rapport_faststall(request, uuid):
    version = _hamta_for_kansliet(request, uuid)
    require(can_freeze_rapport(request.user))
    if request.method == "POST":
        return _utfor(request, version, lambda: rapportversioner.faststall(version, request.user),
                      "Rapporten är fastställd. Den ändras aldrig mer.")  # fmt: skip
    return render(request, "uppfoljning/rapport_faststall.html", {
        "version": version, "namn": rapportversioner.namn(version),
    })  # fmt: skip


def _utfor(request, version, gor, gick_bra):
    """Do it and go back to the report; a refusal becomes words there."""
    try:
        gor()
    except KanInteSlappas as fel:
        messages.error(request, str(fel))
    else:
        messages.success(request, gick_bra)
    return redirect("uppfoljning:rapport_detail", version.uuid)
