"""The agenda of a meeting: built, put in order, and the files that go with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import dagordning, narvaro, policies, rum, sok_text
from moten.dagordning_forms import PunktAndraForm, PunktForm, UnderlagForm
from moten.dagordning_mote_views import hamta, hamta_del
from moten.models import Punkt, Underlag
from samordning.karna import filer
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.views import bara_falten, loggad, require, skapa_en_gang, spara_andringar


@require_GET
def dagordning_edit(request, pk):
    mote = hamta(request, pk)
    punkter = list(
        mote.punkter.select_related("arende", "foredragande", "part", "mote__organ")
        .prefetch_related("filer__fil", "arende__parter")
    )  # fmt: skip
    saknas = narvaro.saknade_parter(mote, punkter) if mote.narvaro.exists() else {}
    for punkt in punkter:
        punkt.saknas = saknas.get(punkt, [])
        punkt.bilagor = [rad for rad in punkt.filer.all() if not rad.utgatt]
    oppen = mote.lage in dagordning.OPPNA
    context = {
        "mote": mote, "punkter": punkter, "oppen": oppen, "forslag": dagordning.forslag(mote) if oppen else [],
        "minuter": sum(punkt.minuter or 0 for punkt in punkter), "overgangar": mote.mojliga_overgangar,
        "filer": mote.underlag.filter(punkt=None, utgatt=None).select_related("fil"),
        "utgangna": mote.underlag.exclude(utgatt=None).select_related("fil"),
    }  # fmt: skip
    return render(request, "moten/dagordning_edit.html", context)


@require_POST
def dagordning_bygg(request, pk):
    """All that is proposed, or the one whose button was pressed."""
    mote = hamta(request, pk)
    nyckel = request.POST.get("nyckel")
    nya = dagordning.bygg(mote, request.user, {nyckel} if nyckel else None)
    if not nya:
        messages.info(request, "Det fanns inget mer att lägga till. Inget ändrades.")
    else:
        text = "Punkten är tillagd." if len(nya) == 1 else f"{len(nya)} punkter är tillagda."
        messages.success(request, text)
    return redirect("moten:dagordning_edit", pk)


@require_http_methods(["GET", "POST"])
def punkt_create(request, pk):
    mote = hamta(request, pk)
    dagordning.krav_oppen(mote)
    form = PunktForm.from_request(request, instance=Punkt(mote=mote))

    def skapa():
        return loggad(request, dagordning.lagg_till(form.save(commit=False)))

    if skapa_en_gang(request, form, Punkt, skapa, "Punkten är tillagd."):
        return redirect("moten:dagordning_edit", pk)
    context = {"mote": mote, "form": form, "rubrik": "Lägg till en punkt", "knapp": "Lägg till punkten"}
    return render(request, "moten/dagordning_form.html", context)


def _punkt(request, pk):
    """An item of an agenda that may be changed."""
    return hamta_del(request, Punkt, pk, dagordning.krav_oppen)


@require_http_methods(["GET", "POST"])
def punkt_edit(request, pk):
    punkt = _punkt(request, pk)
    form = PunktAndraForm.from_request(request, instance=punkt)
    punkt.andrad = nu()  # written only with the form
    if spara_andringar(request, form, text="Punkten är sparad.", data=bara_falten):
        return redirect("moten:dagordning_edit", punkt.mote_id)
    context = {"mote": punkt.mote, "form": form, "rubrik": "Ändra punkten", "knapp": "Spara punkten"}
    return render(request, "moten/dagordning_form.html", context)


@require_POST
def punkt_upp(request, pk):
    return _flytta(request, pk, -1)


@require_POST
def punkt_ner(request, pk):
    return _flytta(request, pk, 1)


def _flytta(request, pk, steg):
    punkt = _punkt(request, pk)
    if not dagordning.flytta(punkt.mote.punkter.all(), punkt, steg):
        messages.info(request, f"Punkten står redan {'först' if steg < 0 else 'sist'}. Inget ändrades.")
    return redirect(f"{reverse('moten:dagordning_edit', args=[punkt.mote_id])}#punkt-{punkt.pk}")


@require_http_methods(["GET", "POST"])
def punkt_delete(request, pk):
    """Only one that holds nothing yet of a record. What it came from is proposed again."""
    punkt = _punkt(request, pk)
    kan = not (punkt.text or punkt.utfall.exists() or rum.har_svar(punkt))
    if request.method == "POST":
        mote = punkt.mote
        if kan:
            Handelse.logga(punkt, "borttagen", av=request.user, data={"mote": mote.pk})
            punkt.delete()
            dagordning.numrera_om(list(mote.punkter.all()))
            messages.success(request, "Punkten är borttagen.")
        else:
            messages.warning(request, "Punkten har anteckningar eller svar och går inte att ta bort. Inget ändrades.")
        return redirect("moten:dagordning_edit", mote.pk)
    return render(request, "moten/punkt_delete.html", {"punkt": punkt, "mote": punkt.mote, "kan": kan})


@require_http_methods(["GET", "POST"])
def underlag_create(request, pk):
    mote = hamta(request, pk)
    dagordning.krav_oppen(mote)
    form = UnderlagForm.from_request(request, instance=Underlag(mote=mote))
    if request.method == "GET" and request.GET.get("punkt", "").isdecimal():
        form.initial["punkt"] = request.GET["punkt"]

    def skapa():
        rad = loggad(request, form.spara(av=request.user))
        sok_text.bestall(rad)
        return rad

    if skapa_en_gang(request, form, Underlag, skapa, "Filen är sparad."):
        return redirect("moten:dagordning_edit", pk)
    context = {"mote": mote, "form": form, "rubrik": "Lägg till en fil", "knapp": "Spara filen"}
    return render(request, "moten/dagordning_form.html", context)


@require_GET
def underlag_fil(request, pk):
    """For who may read the item, or the agenda when the file goes with the whole meeting. What is withdrawn exists
    only for the kansli."""
    rad = get_object_or_404(Underlag.objects.select_related("mote__organ", "punkt__arende", "fil"), pk=pk)
    if rad.punkt:
        rad.punkt.mote = rad.mote
    if not policies.can_view_underlag(request.user, rad):
        raise Http404
    return filer.svar(rad.fil)


@require_POST
def underlag_utga(request, pk):
    require(policies.can_handle_mote(request.user))
    rad = get_object_or_404(Underlag.objects.select_for_update(of=("self",)).select_related("mote"), pk=pk)
    dagordning.krav_oppen(rad.mote)
    if rad.utgatt:
        messages.info(request, "Filen gällde inte längre. Inget ändrades.")
    else:
        rad.utgatt = nu()
        rad.save(update_fields=["utgatt"])
        Handelse.logga(rad, "utgatt", av=request.user)
        messages.success(request, "Filen gäller inte längre, och bara kansliet ser den.")
    return redirect("moten:dagordning_edit", rad.mote_id)
