"""Requisitions: list, writing, the page of one, the box of an agreement, files."""

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import matchning, policies, rekvirera, reports
from ekonomi.forms_rekvisition import RekvisitionAndraForm, RekvisitionForm, Urval
from ekonomi.models import Rekvisition
from ekonomi.rekvisitionsblad import gor as gor_blad
from insatser.models import Avtal
from insatser.policies import can_view_avtal
from samordning.karna import filer
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Roll
from samordning.karna.views import get_visible_or_404, paginate, require

FLEST_I_PANEL = 20
SISTA_MANAD_FOR_FJOLARET = 3


def hamta(request, pk):
    """The requisition if the user sees it; on POST as it is now, locked after its agreement."""
    rader = Rekvisition.objects.select_related("avtal__insats", "mottagare", "underlag")
    rekvisition = get_visible_or_404(rader, request.user, pk=pk)
    return rekvirera.las(rekvisition) if request.method == "POST" else rekvisition


def fel_lage(request, rekvisition, steg="Steget går inte att ta"):
    """To the requisition's own page, for who asks for a step that its state does not allow."""
    lage = rekvisition.get_lage_display().lower()
    messages.warning(request, f"Rekvisitionen är {lage}. {steg} i det läget. Inget ändrades.")
    return redirect("ekonomi:rekvisition_detail", rekvisition.pk)


def _hamta_avtal(request, pk):
    if request.method == "POST":
        try:
            avtal = rekvirera.las_avtal(pk)
        except Avtal.DoesNotExist:
            raise Http404 from None
    else:
        avtal = get_object_or_404(Avtal.objects.select_related("insats", "huvudpart"), pk=pk)
    if not can_view_avtal(request.user, avtal):
        raise Http404
    return avtal


def _urval(request):
    """(form, rows as the address asks for them)."""
    synliga = Rekvisition.objects.visible_to(request.user)
    form = Urval(request.GET, synliga=synliga, far_attestera=policies.can_attest(request.user))
    return form, form.filter(synliga, request.user)


@require_GET
def rekvisition_list(request):
    require(policies.can_list_rekvisitioner(request.user))
    form, rader = _urval(request)
    egna = request.user.parter_som(Roll.PARTSFORETRADARE)
    context = {
        "form": form,
        "sida": paginate(request, rader.for_lista()),
        "summa": rader.galler().aggregate(summa=Sum("belopp"))["summa"],
        "egna_avtal": _egna_avtal(egna) if egna else [],
        "som_part": bool(egna),
    }
    return render(request, "ekonomi/rekvisition_list.html", context)


def _egna_avtal(parter):
    """[(agreement, what is left)] that a party may claim of now: this year, and until the end of March the year
    before. Two queries."""
    ar = (idag().year - 1, idag().year) if idag().month <= SISTA_MANAD_FOR_FJOLARET else (idag().year,)
    som_part = Avtal.parter.through.objects.filter(part__in=parter).values("avtal")
    avtal = (Avtal.objects.filter(pk__in=som_part) | Avtal.objects.filter(huvudpart__in=parter)).filter(
        belopp__ar__in=ar
    )
    rader = {rad.pk: rad for rad in avtal.distinct().select_related("insats")}
    return [(rader[rad.avtal], rad) for rad in reports.saldon(list(rader)) if rad.ar in ar and rad.kvar > 0]


@require_GET
def rekvisition_blad(request):
    require(policies.can_list_rekvisitioner(request.user))
    _, rader = _urval(request)
    return filer.hamtas(gor_blad(rader), f"rekvisitioner-{idag()}.xlsx", "xlsx")


@require_http_methods(["GET", "POST"])
def rekvisition_create(request, pk):
    avtal = _hamta_avtal(request, pk)
    require(policies.can_write_rekvisition(request.user, avtal))
    ny = Rekvisition(avtal=avtal, mottagare=avtal.huvudpart, skapad_av=request.user)
    form = RekvisitionForm.from_request(request, instance=ny)

    def skapa():
        rekvisition = form.spara(av=request.user)
        Handelse.logga(rekvisition, "skapad", av=request.user, data=form.historik())
        return rekvisition

    if request.method == "POST":
        rekvisition, nytt = form.skapa_en_gang(request.user, Rekvisition, skapa)
        if rekvisition:
            messages.info(request, "Utkastet är sparat. Läs igenom det och skicka in det." if nytt else REDAN_SKICKAT)
            return redirect("ekonomi:rekvisition_detail", rekvisition.pk)
    return render(request, "ekonomi/rekvisition_create.html", {"form": form, "avtal": avtal})


@require_http_methods(["GET", "POST"])
def rekvisition_edit(request, pk):
    rekvisition = hamta(request, pk)
    require(policies.can_write_rekvisition(request.user, rekvisition.avtal))
    if rekvisition.lage not in Rekvisition.SKRIVBARA:
        return fel_lage(request, rekvisition, "Den går inte att ändra")
    form = RekvisitionAndraForm.from_request(request, instance=rekvisition)
    if request.method == "POST" and form.is_valid() and form.spara_utan_krock(lambda: form.spara(av=request.user)):
        Handelse.logga(rekvisition, "andrad", av=request.user, data=form.andringar())
        messages.success(request, "Rekvisitionen är sparad.")
        return redirect("ekonomi:rekvisition_detail", pk)
    return render(request, "ekonomi/rekvisition_edit.html", {"form": form, "rekvisition": rekvisition})


@require_GET
def rekvisition_detail(request, pk):
    rekvisition = hamta(request, pk)
    user, mojliga = request.user, rekvisition.mojliga_overgangar
    skriver, attesterar = policies.can_write_rekvisition(user, rekvisition.avtal), policies.can_attest(user)
    steg = mojliga & {"attestera_forst", "attestera_sist"}
    forst = rekvisition.lage == Rekvisition.Lage.ATTESTERAD_1 and rekvisition.attest1_av_id == user.pk
    saldo = next((rad for rad in reports.saldon([rekvisition.avtal_id]) if rad.ar == rekvisition.ar), None)
    koppling = matchning.koppling(rekvisition) if policies.can_view_bok(user) else None
    context = {
        "rekvisition": rekvisition,
        "koppling": koppling,
        "ska_bokforas": rekvisition.lage in matchning.BOKFORS and not koppling and matchning.har_bok(rekvisition)
        if policies.can_edit_bok(user)
        else False,
        "avtal": rekvisition.avtal,
        "saldo": saldo,
        "rader": rekvisition.rader.all(),
        "kopiera": rekvirera.att_kopiera(rekvisition) if attesterar else "",
        "historik": [
            (rad, rekvirera.HANDELSER.get(rad.namn, rad.namn.capitalize()))
            for rad in Handelse.objects.om(rekvisition).select_related("av")
        ],
        "far_andra": skriver and rekvisition.lage in Rekvisition.SKRIVBARA,
        "far_skicka": skriver and "skicka" in mojliga,
        "far_aterkalla": skriver and "aterkalla" in mojliga,
        "far_skicka_tillbaka": policies.can_send_back(user) and "skicka_tillbaka" in mojliga,
        "far_betala": policies.can_pay(user) and "betala" in mojliga,
        "attest": next(iter(steg), "") if attesterar and user.pk not in rekvisition.skribenter and not forst else "",
        "attest_hinder": ("skrev" if user.pk in rekvisition.skribenter else "forst" if forst else "")
        if attesterar and steg
        else "",
    }
    return render(request, "ekonomi/rekvisition_detail.html", context)


@require_GET
def rekvisition_fil(request, pk):
    rekvisition = hamta(request, pk)
    if not rekvisition.underlag:
        raise Http404
    return filer.svar(rekvisition.underlag)


@require_GET
def rekvisition_panel(request, pk):
    """The box of an agreement, for other apps' pages."""
    avtal = _hamta_avtal(request, pk)
    require(policies.can_view_rekvisitioner(request.user, avtal))
    saldon = reports.saldon([avtal.pk])
    skriver = policies.can_write_rekvisition(request.user, avtal)
    context = {
        "avtal": avtal,
        "saldon": saldon,
        "rader": Rekvisition.objects.filter(avtal=avtal).order_by("-ar", "-pk")[:FLEST_I_PANEL],
        "far_rekvirera": skriver and any(rad.kvar > 0 for rad in saldon),
    }
    return render(request, "ekonomi/_rekvisition_panel.html", context)
