"""Groups with a start and open places (M337, M341): the public list, and the pages of who writes them."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insatser import policies
from insatser.models import Insats, Insatsgrupp
from insatser.utbud_forms import GruppAndraForm, GruppForm
from insatser.utbud_visning import grupper_pa_ort, grupprad
from insatser.views_redigering import hamta
from samordning.karna.andringar import skrivbar
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.views import paginate, require, skapa_en_gang

# How long ahead the list looks: (text, days); 0 are those that have begun.
STARTER = {
    "": ("När som helst", None),
    "30": ("Inom 30 dagar", 30),
    "90": ("Inom 90 dagar", 90),
    "nu": ("Har börjat, tar emot fler", 0),
}


@login_not_required
@require_safe
def grupp_list(request):
    """Every group place that is open, for everybody (M341). `?ort=` and `?start=` limit it."""
    grupper = Insatsgrupp.objects.for_alla().filter(insats__publicerad=True, lediga__gt=0)
    orter = sorted({ort for lista in grupper.values_list("insats__orter", flat=True) for ort in lista})
    ort = request.GET.get("ort") if request.GET.get("ort") in orter else ""
    start = request.GET.get("start") if request.GET.get("start") in STARTER else ""
    rader = grupper_pa_ort(grupper, ort) if ort else grupper
    dagar = STARTER[start][1]
    if dagar:
        rader = rader.filter(start__range=(idag(), idag() + timedelta(dagar)))
    elif dagar == 0:
        rader = rader.filter(start__lt=idag())
    sida = paginate(request, rader.select_related("insats"))
    context = {
        "sida": sida, "rader": [grupprad(grupp) for grupp in sida], "orter": orter, "ort": ort, "start": start,
        "starter": [(varde, text) for varde, (text, _dagar) in STARTER.items()], "filtrerat": bool(ort or start),
    }  # fmt: skip
    return render(request, "insatser/grupp_list.html", context)


def _hamta(request, slug, pk):
    """(insats, group), both locked on POST, for who may write them."""
    insats = hamta(request, slug)
    require(policies.can_edit_grupp(request.user, insats))
    grupper = insats.insatsgrupper.select_for_update() if request.method == "POST" else insats.insatsgrupper
    return insats, get_object_or_404(grupper, pk=pk)


@require_http_methods(["GET", "POST"])
def grupp_create(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_grupp(request.user, insats))
    if insats.inriktning != Insats.Inriktning.INDIVID or insats.har_avslutats:
        messages.warning(request, f"{insats} tar inte emot deltagare, så den kan inte få någon ny grupp.")
        return redirect("insatser:insats_detail", slug)
    form = GruppForm.from_request(request, instance=Insatsgrupp(insats=insats))

    def skapa():
        grupp = form.save()
        ifyllt = {namn: [None, skrivbar(form.cleaned_data[namn])] for namn in form.Meta.fields}
        data = {namn: par for namn, par in ifyllt.items() if par[1] not in (None, "")}
        Handelse.logga(insats, "grupp_tillagd", av=request.user, data=data)
        return grupp

    if skapa_en_gang(request, form, Insatsgrupp, skapa, lambda grupp: f"{grupp} är sparad och syns på sidan."):
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/grupp_create.html", {"form": form, "insats": insats})


@require_http_methods(["GET", "POST"])
def grupp_edit(request, slug, pk):
    """Saving confirms the free places, also when nothing has changed."""
    insats, grupp = _hamta(request, slug, pk)
    namn = grupp.namn
    form = GruppAndraForm.from_request(request, instance=grupp)
    if request.method == "POST" and form.is_valid():
        form.instance.bekraftad = idag()
        form.save()
        data = {"grupp": [namn, namn]} | form.andringar()
        Handelse.logga(insats, "grupp_andrad", av=request.user, data=data)
        messages.success(request, f"{grupp} är sparad, och de lediga platserna är bekräftade i dag.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/grupp_edit.html", {"form": form, "insats": insats, "grupp": grupp, "namn": namn})


@require_POST
def grupp_bekrafta(request, slug, pk):
    """One click: the free places that the page showed still hold."""
    insats, grupp = _hamta(request, slug, pk)
    if request.POST.get("lediga") != str(grupp.lediga):
        messages.warning(request, f"Någon annan har ändrat {grupp} nyss. Titta på talet här och spara om det stämmer.")
        return redirect("insatser:grupp_edit", slug, pk)
    grupp.bekraftad = idag()
    grupp.save(update_fields=["bekraftad"])
    Handelse.logga(insats, "grupp_bekraftad", av=request.user, data={"grupp": [grupp.namn, grupp.namn]})
    messages.success(request, f"De lediga platserna i {grupp} är bekräftade i dag.")
    return redirect("insatser:insats_detail", slug)


@require_http_methods(["GET", "POST"])
def grupp_avsluta(request, slug, pk):
    """A group that has begun gets today as its last day; one that has not is taken away."""
    insats, grupp = _hamta(request, slug, pk)
    if request.method == "POST":
        if grupp.har_startat and grupp.slut and grupp.slut <= idag():
            messages.info(request, f"{grupp} är redan avslutad. Inget ändrades.")
        elif grupp.har_startat:
            fore, grupp.slut, grupp.version = grupp.slut, idag(), grupp.version + 1
            grupp.save(update_fields=["slut", "version"])
            data = {"grupp": [grupp.namn, grupp.namn], "slut": [skrivbar(fore), skrivbar(grupp.slut)]}
            Handelse.logga(insats, "grupp_avslutad", av=request.user, data=data)
            messages.success(request, f"{grupp} är avslutad i dag.")
        else:
            grupp.delete()
            Handelse.logga(insats, "grupp_borttagen", av=request.user, data={"grupp": [grupp.namn, None]})
            messages.success(request, f"{grupp.namn} är borttagen.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/grupp_avsluta.html", {"insats": insats, "grupp": grupp})
