"""Signing up for an event and giving the place back; the kansli's list of who comes and who came."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from insatser import policies, tillfalle_anmalan
from insatser.models import Anmalan, Tillfalle
from insatser.tillfalle_forms import ORD_FOR_NARVARO, AnmalanForm, EgenAnmalanForm, NarvaroForm
from insatser.utbud_visning import antal_i_ord, har_varit
from samordning.karna import filer, kalkylblad
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import get_visible_or_404, require, skapa_en_gang


@require_POST
def anmalan_create(request, pk):
    """One's own place."""
    require(policies.can_list_tillfallen(request.user))
    tillfalle = tillfalle_anmalan.las(request.user, pk)
    form = EgenAnmalanForm.from_request(request, parter=tillfalle_anmalan.mina_parter(request.user))
    if tillfalle_anmalan.egen(tillfalle, request.user):
        messages.info(request, "Du är redan anmäld.")
    elif hinder := tillfalle_anmalan.hinder(tillfalle):
        messages.warning(request, f"{hinder} Du är inte anmäld.")
    elif not form.is_valid():
        messages.warning(request, "Välj vilken arbetsplats du kommer från. Du är inte anmäld än.")
    else:
        part = form.cleaned_data.get("part") or form.ensam
        tillfalle_anmalan.anmal(tillfalle, request.user, part)
        dag = date_format(tillfalle.dag, "j F Y")
        messages.success(request, f"Du är anmäld till {tillfalle} den {dag}. Avanmäl dig här om du får förhinder.")
    return redirect("tillfallen:tillfalle_detail", pk)


@require_POST
def anmalan_avanmal(request, pk):
    """Give one's own place back, until the day."""
    require(policies.can_list_tillfallen(request.user))
    tillfalle = tillfalle_anmalan.las(request.user, pk)
    anmalan = tillfalle_anmalan.egen(tillfalle, request.user)
    if har_varit(tillfalle):
        messages.info(request, "Tillfället har varit, så det går inte att avanmäla sig.")
    elif anmalan is None:
        messages.info(request, "Du är inte anmäld.")
    else:
        tillfalle_anmalan.avanmal(anmalan, av=request.user)
        messages.success(request, "Du är avanmäld, och platsen är ledig för någon annan.")
    return redirect("tillfallen:tillfalle_detail", pk)


@require_http_methods(["GET", "POST"])
def anmalan_annan(request, pk):
    """The kansli writes down somebody else."""
    require(policies.can_manage_tillfallen(request.user))
    if request.method == "POST":
        tillfalle = tillfalle_anmalan.las(request.user, pk)
    else:
        tillfalle = get_visible_or_404(Tillfalle.objects.select_related("insats"), request.user, pk=pk)
    hinder = tillfalle_anmalan.hinder(tillfalle, av_kansli=True)
    form = AnmalanForm.from_request(request, instance=Anmalan(tillfalle=tillfalle), hinder=hinder)

    def skapa():
        anmalan = form.save()
        Handelse.logga(tillfalle, "anmald", av=request.user)
        return anmalan

    if skapa_en_gang(request, form, Anmalan, skapa, lambda anmalan: f"{anmalan} är anmäld."):
        return redirect("tillfallen:tillfalle_detail", pk)
    context = {"form": form, "tillfalle": tillfalle, "hinder": hinder}
    return render(request, "tillfallen/anmalan_annan.html", context)


@require_POST
def anmalan_ta_bort(request, pk, anmalan):
    """The kansli gives somebody's place back."""
    require(policies.can_manage_tillfallen(request.user))
    tillfalle = tillfalle_anmalan.las(request.user, pk)
    rad = get_object_or_404(tillfalle.anmalningar, pk=anmalan)
    if rad.avanmald is None:
        tillfalle_anmalan.avanmal(rad, av=request.user)
    messages.success(request, f"{rad} är avanmäld.")
    return redirect("tillfallen:tillfalle_detail", pk)


def _anmalda(tillfalle):
    return tillfalle_anmalan.kvar(tillfalle).select_related("part").order_by(SvenskOrdning("namn"), "pk")


@require_http_methods(["GET", "POST"])
def narvaro(request, pk):
    """The list to print, and from the day itself the boxes to tick."""
    require(policies.can_manage_tillfallen(request.user))
    if request.method == "POST":
        tillfalle = tillfalle_anmalan.las(request.user, pk)
    else:
        tillfalle = get_visible_or_404(Tillfalle.objects.select_related("insats"), request.user, pk=pk)
    kan_bocka = tillfalle.dag <= idag() and not tillfalle.installt
    form = NarvaroForm.from_request(request, anmalda=_anmalda(tillfalle))
    if request.method == "POST" and not kan_bocka:
        messages.warning(request, "Närvaron kan fyllas i från den dag då tillfället är. Inget är ändrat.")
        return redirect("tillfallen:tillfalle_detail", pk)
    if request.method == "POST" and form.is_valid():
        antal = form.spara()
        Handelse.logga(tillfalle, "narvaro", av=request.user, data={"närvarande": [None, antal]})
        messages.success(request, f"Närvaron är sparad: {antal} av {tillfalle.platser} platser utnyttjade.")
        return redirect("tillfallen:tillfalle_detail", pk)
    context = {"form": form, "tillfalle": tillfalle, "kan_bocka": kan_bocka}
    return render(request, "tillfallen/narvaro.html", context)


@require_GET
def narvaro_xlsx(request, pk):
    require(policies.can_manage_tillfallen(request.user))
    tillfalle = get_visible_or_404(Tillfalle.objects.med_antal().select_related("insats"), request.user, pk=pk)
    rader = [
        (rad.namn, str(rad.part or ""), rad.epost, ORD_FOR_NARVARO[rad.narvarade].capitalize())
        for rad in _anmalda(tillfalle)
    ]
    dag = date_format(tillfalle.dag, "j F Y")
    om = [("Insats", str(tillfalle.insats)), ("Dag", f"{dag} {tillfalle.tid}".strip()), ("Plats", tillfalle.plats),
          ("Platser", antal_i_ord(tillfalle))]  # fmt: skip
    kolumner = [("Namn", 32), ("Arbetsplats", 36), ("E-post", 34), ("Närvaro", 16)]
    innehall = kalkylblad.gor(str(tillfalle), om, [kalkylblad.Blad("Närvaro", kolumner, rader)])
    namn = f"narvaro-{slugify(tillfalle.rubrik)[:60] or tillfalle.pk}-{tillfalle.dag:%Y-%m-%d}.xlsx"
    return filer.hamtas(innehall, namn, "xlsx")
