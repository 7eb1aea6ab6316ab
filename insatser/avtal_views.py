"""Agreements: the watch list, one agreement, the one that a decision leads to, and the conditions of the decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from insatser import avtal_beslut, avtal_visning, behandlad, optioner, policies
from insatser.avtal_forms import AvtalFranBeslutForm, ForlangForm, VillkorAndraForm, VillkorForm
from insatser.models import Ansokan, Avtal, Villkor
from moten.models import Beslut
from moten.policies import can_view_arende
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, paginate, require, skapa_en_gang, soktext

VISA = {"alla": "Alla", "pagar": "Pågår", "dags": "Dags för beslut", "slut": "Har gått ut"}


@require_GET
def avtal_list(request):
    """By last day, ended ones last. `?visa=`, `?ar=` (a budget year) and `?q=` (the insats' name) limit it."""
    require(policies.can_list_avtal(request.user))
    visa = request.GET.get("visa") if request.GET.get("visa") in VISA else "alla"
    sok = soktext(request.GET.get("q", ""))
    fore = avtal_visning.fore()
    rader = avtal_visning.for_lista(request.user)
    if sok:
        rader = rader.filter(insats__namn__icontains=sok)
    if visa == "slut":
        rader = rader.filter(slut__lt=idag())
    elif visa != "alla":
        rader = rader.filter(slut__gte=idag())
    if visa == "dags":
        rader = rader.utan_fortsattning().filter(slut__lte=idag() + fore)
    budgetar = avtal_visning.budgetar(request.user)
    ar = next((rad.ar for rad in budgetar if str(rad.ar) == request.GET.get("ar")), None)
    if ar:
        rader = avtal_visning.som_ror(rader, ar)
    sida = paginate(request, rader)
    context = {
        "sida": sida, "rader": [avtal_visning.lage(avtal, fore) for avtal in sida], "budgetar": budgetar,
        "visa": visa, "val": VISA.items(), "sok": sok, "ar": ar, "filtrerat": bool(sok or ar or visa != "alla"),
        "alla": policies.can_handle_avtal(request.user) or request.user.har_roll("styrelse", "ekonom", "revisor"),
    }  # fmt: skip
    return render(request, "avtal/avtal_list.html", context)


@require_GET
def avtal_detail(request, pk):
    avtal = get_visible_or_404(
        Avtal.objects.select_related("insats", "huvudpart", "beslut__arende", "beslut__organ"), request.user, pk=pk
    )
    lage = avtal_visning.lage(avtal, avtal_visning.fore())
    belopp = list(avtal.belopp.all())
    arende = avtal.beslut and avtal.beslut.arende
    kansli = policies.can_handle_avtal(request.user)
    context = {
        "avtal": avtal,
        "lage": lage,
        "parter": sorted(str(part) for part in avtal.parter.all()),
        "belopp": belopp,
        "mojliga": sorted(avtal_visning.mojliga_belopp(avtal).items()) if not lage.foljs and lage.nasta else [],
        "villkor": [(rad, avtal_visning.villkorsmarke(rad)) for rad in avtal.alla_villkor.select_related("beslut")],
        "rapporter": [
            (rad, avtal_visning.rapportmarke(rad))
            for rad in avtal.rapporter.visible_to(request.user).order_by("fran", "pk")
        ],
        "forlangningar": avtal.forlangningar.visible_to(request.user).select_related("arende").order_by("pk"),
        "arende": arende if arende and can_view_arende(request.user, arende) else None,
        "behandlad": behandlad.for_avtal(avtal, request.user),
        "kansli": kansli,
        "far_forlanga": policies.can_apply_forlangning(request.user, avtal) and lage.kan_forlangas and not lage.foljs,
        "historik": Handelse.objects.om(avtal).select_related("av") if kansli else [],
    }
    return render(request, "avtal/avtal_detail.html", context)


# ---- After a decision


@require_http_methods(["GET", "POST"])
def avtal_fran_beslut(request, pk):
    """A new agreement, or one more year of the old one, filled in from the application."""
    require(policies.can_handle_avtal(request.user))
    beslut = get_object_or_404(Beslut.objects.select_related("arende", "organ"), pk=pk)
    ansokan = _ansokan(request, beslut)
    if hinder := avtal_beslut.hinder(beslut):
        messages.error(request, hinder)
        return redirect("sidor:arende", beslut.arende_id)
    if finns := avtal_beslut.avtal_av(ansokan):
        messages.info(request, "Avtalet är redan skrivet efter beslutet. Det här är det.")
        return redirect("avtal:avtal_detail", finns.pk)
    avtal = ansokan.avtal_id and _lasta(request, Avtal.objects.select_related("insats")).get(pk=ansokan.avtal_id)
    if avtal and avtal_beslut.ar_forlangt(avtal, ansokan):
        return _koppla(request, avtal, ansokan, beslut)
    if avtal and (period := optioner.nasta_period(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)):
        return _forlang(request, avtal, ansokan, beslut, period)
    return _nytt(request, ansokan, beslut, gammalt=avtal)


def _lasta(request, rader):
    """Locked on POST, so that two who write at once come one after the other, and what is chosen by the row holds."""
    return rader.select_for_update(of=("self",)) if request.method == "POST" else rader


def _ansokan(request, beslut):
    """The application that was decided."""
    ansokningar = Ansokan.objects.prefetch_related("parter", "belopp")
    return get_object_or_404(_lasta(request, ansokningar), arende=beslut.arende_id)


def _nytt(request, ansokan, beslut, gammalt=None):
    form = AvtalFranBeslutForm.from_request(request, ansokan=ansokan, instance=Avtal(beslut=beslut))
    avtal = skapa_en_gang(
        request,
        form,
        Avtal,
        lambda: avtal_beslut.skriv(form, ansokan, beslut, av=request.user),
        lambda avtal: f"Avtalet för {avtal.insats} är sparat, med villkor och plan för lägesrapporterna.",
    )
    if avtal:
        return redirect("avtal:avtal_detail", avtal.pk)
    return _rita(request, form, ansokan, beslut, gammalt=gammalt)


def _koppla(request, avtal, ansokan, beslut):
    # The form of an extension, sent when a colleague has extended the agreement by hand, is no answer to the question.
    if "koppla" in request.POST:
        avtal_beslut.koppla(avtal, ansokan, av=request.user)
        messages.success(request, "Beslutet är kopplat till avtalet. Avtalets dagar och belopp är inte ändrade.")
        return redirect("avtal:avtal_detail", avtal.pk)
    return render(request, "avtal/avtal_koppla.html", {"avtal": avtal, "ansokan": ansokan, "beslut": beslut})


def _forlang(request, avtal, ansokan, beslut, period):
    gammal_sista = avtal.slut
    avtal.utnyttjade += 1
    form = ForlangForm.from_request(request, instance=avtal, ansokan=ansokan, period=period)
    if request.method == "POST" and form.is_valid():
        avtal_beslut.forlang(form, ansokan, av=request.user)
        messages.success(request, f"Avtalet för {avtal.insats} är förlängt.")
        return redirect("avtal:avtal_detail", avtal.pk)
    extra = {"avtal": avtal, "period": period, "gammal_sista": gammal_sista}
    return _rita(request, form, ansokan, beslut, **extra)


def _rita(request, form, ansokan, beslut, **extra):
    villkor = Villkor.objects.filter(beslut__arende=beslut.arende_id)
    context = {"form": form, "ansokan": ansokan, "beslut": beslut, "villkor": villkor, **extra}
    return render(request, "avtal/avtal_fran_beslut.html", context)


# ---- Conditions


@require_http_methods(["GET", "POST"])
def villkor_create(request, pk):
    require(policies.can_handle_avtal(request.user))
    beslut = get_object_or_404(Beslut.objects.select_related("arende"), pk=pk)
    if beslut.utfall != Beslut.Utfall.BIFALL:
        raise Http404
    avtal = Avtal.objects.om_arende(beslut.arende_id).first()
    form = VillkorForm.from_request(request, instance=Villkor(beslut=beslut, avtal=avtal))

    def skapa():
        villkor = form.save()
        Handelse.logga(beslut.arende, "villkor_tillagt", av=request.user, data={"villkor": villkor.pk})
        return villkor

    if skapa_en_gang(request, form, Villkor, skapa, lambda villkor: "Villkoret är sparat."):
        return redirect("sidor:arende", beslut.arende_id)
    return render(request, "avtal/villkor_create.html", {"form": form, "beslut": beslut})


@require_http_methods(["GET", "POST"])
def villkor_edit(request, pk):
    require(policies.can_handle_avtal(request.user))
    rader = Villkor.objects.select_related("beslut__arende", "avtal__insats")
    villkor = get_object_or_404(_lasta(request, rader), pk=pk)
    form = VillkorAndraForm.from_request(request, instance=villkor)
    if request.method == "POST" and form.is_valid():
        form.save()
        if andringar := form.andringar():
            Handelse.logga(villkor.beslut.arende, "villkor_andrat", av=request.user, data=andringar)
        messages.success(request, "Villkoret är sparat.")
        if villkor.avtal_id:
            return redirect("avtal:avtal_detail", villkor.avtal_id)
        return redirect("sidor:arende", villkor.beslut.arende_id)
    return render(request, "avtal/villkor_edit.html", {"form": form, "villkor": villkor})
