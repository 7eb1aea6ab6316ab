"""Det goda exemplet (M118, M333): employers that the parties nominate, and the at most three a year that are chosen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from insatser import policies
from insatser.models import Nominering
from insatser.tillfalle_forms import NomineringAndraForm, NomineringForm
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.views import require, skapa_en_gang

FLEST_UTMARKELSER = 3  # a year (M118)


@require_GET
def nominering_list(request):
    """One year at a time, this year unless `?ar=`; chosen ones first. The page prints as it stands."""
    require(policies.can_list_nomineringar(request.user))
    ar_med = set(Nominering.objects.values_list("ar", flat=True)) | {idag().year}
    valt = next((ar for ar in ar_med if str(ar) == request.GET.get("ar")), idag().year)
    rader = list(Nominering.objects.filter(ar=valt).select_related("part").order_by("-vald", "pk"))
    valda = sum(rad.vald for rad in rader)
    context = {
        "rader": [(rad, not rad.vald and policies.can_edit_nominering(request.user, rad)) for rad in rader],
        "ar": valt, "alla_ar": sorted(ar_med, reverse=True), "valda": valda, "flest": FLEST_UTMARKELSER,
        "far_valja": policies.can_valj_nominering(request.user), "kan_valja": valda < FLEST_UTMARKELSER,
    }  # fmt: skip
    return render(request, "tillfallen/nominering_list.html", context)


def _till_aret(ar):
    return redirect(f"{reverse('tillfallen:nominering_list')}?ar={ar}")


@require_http_methods(["GET", "POST"])
def nominering_create(request):
    require(policies.can_list_nomineringar(request.user))
    form = NomineringForm.from_request(request, instance=Nominering(av=request.user), user=request.user)

    def skapa():
        nominering = form.save()
        Handelse.logga(nominering, "skapad", av=request.user)
        return nominering

    if nominering := skapa_en_gang(request, form, Nominering, skapa, "{} är nominerad.".format):
        return _till_aret(nominering.ar)
    return render(request, "tillfallen/nominering_create.html", {"form": form})


def _hamta(request, pk):
    """All read them, so nothing is hidden by a 404."""
    require(policies.can_list_nomineringar(request.user))
    nomineringar = Nominering.objects.select_for_update() if request.method == "POST" else Nominering.objects
    return get_object_or_404(nomineringar, pk=pk)


@require_http_methods(["GET", "POST"])
def nominering_edit(request, pk):
    nominering = _hamta(request, pk)
    require(policies.can_edit_nominering(request.user, nominering))
    if nominering.vald:
        messages.info(request, f"{nominering} får utmärkelsen, så nomineringen kan inte ändras nu.")
        return _till_aret(nominering.ar)
    namn = nominering.arbetsgivare
    form = NomineringAndraForm.from_request(request, instance=nominering, user=request.user)
    if request.method == "POST" and form.is_valid() and form.spara_utan_krock(form.save):
        Handelse.logga(nominering, "andrad", av=request.user)
        messages.success(request, f"Nomineringen av {nominering} är sparad.")
        return _till_aret(nominering.ar)
    return render(request, "tillfallen/nominering_edit.html", {"form": form, "namn": namn, "nominering": nominering})


@require_http_methods(["GET", "POST"])
def nominering_delete(request, pk):
    """A nomination that was written by mistake."""
    nominering = _hamta(request, pk)
    require(policies.can_edit_nominering(request.user, nominering))
    if nominering.vald:
        messages.info(request, f"{nominering} får utmärkelsen, så nomineringen kan inte tas bort.")
        return _till_aret(nominering.ar)
    if request.method == "POST":
        Handelse.logga(nominering, "borttagen", av=request.user)
        nominering.delete()
        messages.success(request, f"Nomineringen av {nominering} är borttagen.")
        return _till_aret(nominering.ar)
    return render(request, "tillfallen/nominering_delete.html", {"nominering": nominering})


@require_POST
def nominering_valj(request, pk):
    """The whole year is locked, so that two who choose at once never make four."""
    require(policies.can_valj_nominering(request.user))
    nominering = get_object_or_404(Nominering, pk=pk)
    aret = list(Nominering.objects.select_for_update().filter(ar=nominering.ar).order_by("pk"))
    i_aret = next((rad for rad in aret if rad.pk == nominering.pk), None)
    if i_aret is None:
        messages.warning(request, f"Nomineringen av {nominering} togs bort eller flyttades nyss. Inget är ändrat.")
        return _till_aret(nominering.ar)
    nominering = i_aret
    if nominering.vald:
        messages.info(request, f"{nominering} är redan vald.")
    elif sum(rad.vald for rad in aret) >= FLEST_UTMARKELSER:
        messages.warning(
            request, f"{FLEST_UTMARKELSER} är redan valda för {nominering.ar}. Ta bort ett val först. Inget är ändrat."
        )
    else:
        _satt(nominering, True, av=request.user)
        messages.success(request, f"{nominering} får utmärkelsen {nominering.ar}.")
    return _till_aret(nominering.ar)


@require_POST
def nominering_valj_bort(request, pk):
    require(policies.can_valj_nominering(request.user))
    nominering = get_object_or_404(Nominering.objects.select_for_update(), pk=pk)
    if nominering.vald:
        _satt(nominering, False, av=request.user)
        messages.success(request, f"{nominering} är inte längre vald.")
    return _till_aret(nominering.ar)


def _satt(nominering, vald, *, av):
    nominering.vald = vald
    nominering.save(update_fields=["vald"])
    Handelse.logga(nominering, "vald" if vald else "bortvald", av=av)
