"""The people of an insats: whom one calls, and who works there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from insatser import policies
from insatser.forms import KontaktAndraForm, MedarbetareForm, MedarbetareSlutForm, NyKontaktForm
from insatser.models import Insatskontakt, Medarbetare
from insatser.views_redigering import hamta
from samordning.karna.andringar import skrivbar
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Kontakt
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import require, skapa_en_gang


@require_http_methods(["GET", "POST"])
def insats_kontakt_create(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    form = NyKontaktForm.from_request(request, insats=insats)

    def skapa():
        rad = form.spara()
        Handelse.logga(insats, "kontakt_tillagd", av=request.user, data={"kontaktperson": [None, str(rad.kontakt)]})
        return rad

    if skapa_en_gang(request, form, Insatskontakt, skapa, lambda rad: f"{rad} är kontaktperson för {insats}."):
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/insats_kontakt_create.html", {"form": form, "insats": insats})


def _kontakt(insats, pk):
    return get_object_or_404(insats.insatskontakter.select_related("kontakt__part"), pk=pk)


@require_http_methods(["GET", "POST"])
def insats_kontakt_edit(request, slug, pk):
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    kontakt = _kontakt(insats, pk).kontakt
    if request.method == "POST":
        # The same contact may be changed from the page of another insats at the same time.
        kontakt = Kontakt.objects.select_for_update().get(pk=kontakt.pk)
    namn = kontakt.namn
    form = KontaktAndraForm.from_request(request, instance=kontakt)
    if request.method == "POST" and form.is_valid():
        if andringar := form.andringar():
            form.save()
            data = {"kontaktperson": [namn, kontakt.namn]} | andringar
            Handelse.logga(insats, "kontakt_andrad", av=request.user, data=data)
            messages.success(request, f"Uppgifterna om {kontakt} är sparade.")
        else:
            messages.info(request, "Inget var ändrat, så inget behövde sparas.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/insats_kontakt_edit.html", {"form": form, "insats": insats, "namn": namn})


@require_http_methods(["GET", "POST"])
def insats_kontakt_delete(request, slug, pk):
    """Takes the person from the insats; the contact itself stays in the register."""
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    rad = _kontakt(insats, pk)
    if request.method == "POST":
        rad.delete()
        Handelse.logga(insats, "kontakt_borttagen", av=request.user, data={"kontaktperson": [str(rad.kontakt), None]})
        messages.success(request, f"{rad.kontakt} är inte längre kontaktperson för {insats}.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/insats_kontakt_delete.html", {"insats": insats, "kontakt": rad.kontakt})


@require_GET
def kontakt_panel(request, pk):
    """A box for the person's page in the register of contacts: which insatser they answer for."""
    require(policies.can_edit_insats(request.user))
    rader = Insatskontakt.objects.filter(kontakt=pk).select_related("insats").order_by(SvenskOrdning("insats__namn"))
    return render(request, "insatser/_kontakt_panel.html", {"insatser": [rad.insats for rad in rader]})


@require_GET
def medarbetare_list(request, slug):
    insats = hamta(request, slug)
    require(policies.can_manage_medarbetare(request.user))
    rader = insats.medarbetare.select_related("anvandare").order_by(SvenskOrdning("anvandare__namn"), "-fran")
    dag = idag()
    grupper = {"Arbetar här i dag": [], "Börjar senare": [], "Har arbetat här": []}
    for rad in rader:
        slut = rad.till and rad.till < dag
        grupper["Har arbetat här" if slut else "Börjar senare" if rad.fran > dag else "Arbetar här i dag"].append(rad)
    grupper = [(rubrik, rader, rubrik != "Har arbetat här") for rubrik, rader in grupper.items() if rader]
    return render(request, "insatser/medarbetare_list.html", {"insats": insats, "grupper": grupper})


@require_http_methods(["GET", "POST"])
def medarbetare_create(request, slug):
    insats = hamta(request, slug)
    require(policies.can_manage_medarbetare(request.user))
    form = MedarbetareForm.from_request(request, instance=Medarbetare(insats=insats))

    def skapa():
        rad = form.save()
        data = {"medarbetare": [None, str(rad)], "från och med": [None, skrivbar(rad.fran)]}
        Handelse.logga(insats, "medarbetare_tillagd", av=request.user, data=data)
        return rad

    def sparat(rad):
        return f"{rad} är medarbetare i {insats} från {rad.fran:%Y-%m-%d}."

    if skapa_en_gang(request, form, Medarbetare, skapa, sparat):
        return redirect("insatser:medarbetare_list", slug)
    return render(request, "insatser/medarbetare_create.html", {"form": form, "insats": insats})


@require_http_methods(["GET", "POST"])
def medarbetare_end(request, slug, pk):
    insats = hamta(request, slug)
    require(policies.can_manage_medarbetare(request.user))
    rad = get_object_or_404(insats.medarbetare.select_related("anvandare"), pk=pk)
    fore = rad.till
    form = MedarbetareSlutForm.from_request(request, instance=rad, initial={"till": fore or max(idag(), rad.fran)})
    if request.method == "POST" and form.is_valid():
        form.save()
        data = {"medarbetare": [str(rad), str(rad)], "till och med": [skrivbar(fore), skrivbar(rad.till)]}
        Handelse.logga(insats, "medarbetare_avslutad", av=request.user, data=data)
        messages.success(request, f"{rad} har en sista dag i {insats}.")
        return redirect("insatser:medarbetare_list", slug)
    return render(request, "insatser/medarbetare_end.html", {"form": form, "insats": insats, "rad": rad})
