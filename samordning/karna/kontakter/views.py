"""The contact register, for the kansli: people at work whom one calls, each once (M245, M335)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from samordning.karna import policies
from samordning.karna.andringar import i_ord
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.kontakter import sammanslagning
from samordning.karna.kontakter.forms import KontaktAndraForm, KontaktFilter, KontaktForm, SammanslagningForm
from samordning.karna.kontakter.sok import liknande
from samordning.karna.models import Handelse, Kontakt, Part
from samordning.karna.views import paginate, require

HANDELSER = {"skapad": "Lades till", "andrad": "Ändrades", sammanslagning.HANDELSE: "Slogs ihop med en annan kontakt"}
VISAD_HISTORIK = 20


@require_GET
def kontakt_list(request):
    require(policies.can_manage_kontakter(request.user))
    filtret = KontaktFilter(request.GET)
    sida = paginate(request, filtret.filter(Kontakt.objects.select_related("part")))
    return render(request, "kontakter/kontakt_list.html", {"filter": filtret, "sida": sida})


@require_http_methods(["GET", "POST"])
def kontakt_create(request):
    require(policies.can_manage_kontakter(request.user))
    form = KontaktForm.from_request(request)
    if request.method == "POST":
        kontakt, ny = form.skapa_en_gang(request.user, Kontakt, lambda: _skapa(form, request.user))
        if kontakt:
            messages.success(request, f"{kontakt} finns nu bland kontakterna.") if ny else messages.info(
                request, REDAN_SKICKAT
            )
            return redirect("kontakter:kontakt_detail", kontakt.pk)
    return render(request, "kontakter/kontakt_create.html", {"form": form})


def _skapa(form, user):
    kontakt = form.save()
    Handelse.logga(kontakt, "skapad", av=user)
    return kontakt


@require_GET
def kontakt_detail(request, pk):
    require(policies.can_manage_kontakter(request.user))
    kontakt = Kontakt.objects.select_related("part", "anvandare").filter(pk=pk).first()
    if kontakt is None:
        return _till_den_som_blev_kvar(pk)
    context = {"kontakt": kontakt, "liknande": liknande(kontakt), "historik": _historik(kontakt)}
    return render(request, "kontakter/kontakt_detail.html", context)


def _till_den_som_blev_kvar(pk):
    """An old address of a row that was merged; otherwise there is nothing."""
    if kvar := sammanslagning.efter(pk):
        return redirect("kontakter:kontakt_detail", kvar.pk)
    raise Http404


def _historik(kontakt):
    """[(event, text, [(label, before, after)])], newest first; one query more for the names of parties."""
    handelser = list(Handelse.objects.om(kontakt).select_related("av")[:VISAD_HISTORIK])
    falten = {falt.name: falt for falt in Kontakt._meta.concrete_fields}
    nycklar = {varde for rad in handelser for varde in rad.data.get("part", [])}
    parter = dict(Part.objects.filter(pk__in=nycklar).values_list("pk", "namn")) if nycklar else {}
    return [
        (rad, HANDELSER.get(rad.namn, rad.namn), [
            (falten[namn].verbose_name, *(i_ord(falten[namn], varde, parter) for varde in varden))
            for namn, varden in rad.data.items() if namn in falten
        ])
        for rad in handelser
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def kontakt_edit(request, pk):
    require(policies.can_manage_kontakter(request.user))
    kontakter = Kontakt.objects.select_for_update() if request.method == "POST" else Kontakt.objects
    kontakt = get_object_or_404(kontakter, pk=pk)
    namn = kontakt.namn
    form = KontaktAndraForm.from_request(request, instance=kontakt)
    if request.method == "POST" and form.is_valid():
        if andringar := form.andringar():
            form.save()
            Handelse.logga(kontakt, "andrad", av=request.user, data=andringar)
            messages.success(request, f"Uppgifterna om {kontakt} är sparade.")
        else:
            messages.info(request, "Inget var ändrat, så inget behövde sparas.")
        return redirect("kontakter:kontakt_detail", pk)
    return render(request, "kontakter/kontakt_edit.html", {"form": form, "kontakt": kontakt, "namn": namn})


@require_GET
def kontakt_valj(request, pk):
    """Which other row is the same person."""
    require(policies.can_manage_kontakter(request.user))
    kontakt = get_object_or_404(Kontakt.objects.select_related("part"), pk=pk)
    filtret = KontaktFilter(request.GET)
    sida = None
    if filtret.anvands:
        sida = paginate(request, filtret.filter(Kontakt.objects.exclude(pk=pk).select_related("part")))
    context = {"kontakt": kontakt, "filter": filtret, "sida": sida, "liknande": liknande(kontakt)}
    return render(request, "kontakter/kontakt_valj.html", context)


@require_http_methods(["GET", "POST"])
def kontakt_sla_ihop(request, pk, andra):
    """Shows the two beside each other, and makes them one; `pk` is the row that stays."""
    require(policies.can_manage_kontakter(request.user))
    kontakter = Kontakt.objects.select_related("part").filter(pk__in=(pk, andra)).order_by("pk")
    if request.method == "POST":
        kontakter = kontakter.select_for_update(of=("self",))
    rader = {rad.pk: rad for rad in kontakter}
    if pk not in rader or andra not in rader:
        if request.method == "POST" and pk in rader and sammanslagning.efter(andra) == rader[pk]:
            messages.info(request, "De två var redan ihopslagna. Det här är kontakten som blev kvar.")
        return _till_den_som_blev_kvar(andra if andra not in rader else pk)
    stannar, gar = rader[pk], rader[andra]
    hinder = sammanslagning.hinder(stannar, gar)
    form = SammanslagningForm.from_request(request, stannar=stannar, gar=gar)
    if request.method == "POST" and not hinder and form.is_valid():
        namn = (str(stannar), str(gar))
        try:
            kvar = sammanslagning.sla_ihop(stannar, gar, form.varden(), av=request.user)
        except sammanslagning.KanInteSlasIhop as fel:
            form.add_error(None, str(fel))
        else:
            messages.success(request, f"{namn[0]} och {namn[1]} är nu en kontakt, {kvar}.")
            return redirect("kontakter:kontakt_detail", kvar.pk)
    context = {"stannar": stannar, "gar": gar, "form": form, "hinder": hinder}
    return render(request, "kontakter/kontakt_sla_ihop.html", context)
