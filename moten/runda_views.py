"""Rounds of opinions: asking, answering, reminding and closing (MB2)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import meddelanden, policies
from moten.arende_views import hamta
from moten.models import Arende, Ledamotskap, Yttrande, Yttranderunda
from moten.runda_forms import RundaForm, StangForm, YttrandeForm
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, require

Lage = Arende.Lage
KAN_FRAGAS = (Lage.INKOMMEN, Lage.BEREDNING, Lage.AU, Lage.STYRELSE)
STANGD = "Rundan är stängd, så yttrandena går inte att ändra. Inget ändrades."


def _runda(request, pk):
    """The round; locked on POST, so that no opinion is written while it is closed."""
    rundor = Yttranderunda.objects.select_related("arende", "organ")
    if request.method == "POST":
        rundor = rundor.select_for_update(of=("self",))
    return get_visible_or_404(rundor, request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def runda_create(request, pk):
    arende = hamta(request, pk)
    require(policies.can_handle_arende(request.user))
    form = RundaForm.from_request(request, instance=Yttranderunda(arende=arende))
    if request.method == "POST":
        runda, ny = form.skapa_en_gang(request.user, Yttranderunda, lambda: _skapa(form, arende, request.user))
        if runda:
            messages.success(request, "Rundan är öppen.") if ny else messages.info(request, REDAN_SKICKAT)
            return redirect("moten:runda_detail", runda.pk)
    context = {"form": form, "arende": arende, "kan": arende.lage in KAN_FRAGAS,
               "oppen": arende.rundor.filter(lage="oppen").first()}  # fmt: skip
    return render(request, "moten/runda_create.html", context)


def _skapa(form, arende, user):
    if arende.lage not in KAN_FRAGAS:
        # Refuses in words: the case has gone on since the page was opened.
        arende.flytta("till_beredning", av=user)
    runda = form.spara()
    Handelse.logga(runda, "oppnad", av=user, till=runda.lage)
    if arende.lage == Lage.INKOMMEN:
        arende.flytta("till_beredning", av=user)
        meddelanden.till_parterna(arende, "vidare", utom=user)
    meddelanden.till_beredningen(runda, _parter(runda), "yttrande")
    return runda


def _parter(runda):
    """Where those who are asked work: the parts asked, or those that the body's members sit for."""
    tillfragade = list(runda.yttranden.values_list("part", "organ", "ledamot"))
    parter = {part for part, _, _ in tillfragade if part}
    organ = {organ for _, organ, _ in tillfragade if organ} | ({runda.organ_id} if runda.organ_id else set())
    return parter | set(Ledamotskap.objects.pagaende().filter(organ__in=organ).values_list("part", flat=True))


@require_GET
def runda_detail(request, pk):
    runda = _runda(request, pk)
    user, oppen = request.user, runda.lage == Yttranderunda.Lage.OPPEN
    yttranden = list(runda.yttranden.select_related("part", "organ", "ledamot", "av"))
    for yttrande in yttranden:
        yttrande.runda = runda
        yttrande.far_skriva = oppen and policies.can_write_yttrande(user, yttrande)
    tysta = [yttrande for yttrande in yttranden if not yttrande.stallning]
    context = {
        "runda": runda, "arende": runda.arende, "yttranden": yttranden, "tysta": tysta, "oppen": oppen,
        "inne": len(yttranden) - len(tysta), "passerad": oppen and runda.senast < idag(),
        "kansli": policies.can_handle_arende(user),
        "kan_paminna": oppen and any(yttrande.part_id for yttrande in tysta),
        "pamind_idag": _pamind_idag(runda),
    }  # fmt: skip
    return render(request, "moten/runda_detail.html", context)


def _pamind_idag(runda):
    return bool(runda.paminda) and nu() - runda.paminda < meddelanden.ETT_DYGN


@require_http_methods(["GET", "POST"])
def yttrande_edit(request, pk):
    runda = _runda(request, get_visible_or_404(Yttrande.objects, request.user, pk=pk).runda_id)
    yttranden = Yttrande.objects.select_related("part", "organ", "ledamot")
    if request.method == "POST":
        yttranden = yttranden.select_for_update(of=("self",))
    yttrande = get_visible_or_404(yttranden, request.user, pk=pk)
    require(policies.can_write_yttrande(request.user, yttrande))
    if runda.lage != Yttranderunda.Lage.OPPEN:
        messages.warning(request, STANGD)
        return redirect("moten:runda_detail", runda.pk)
    eget = not policies.can_handle_arende(request.user)
    form = YttrandeForm.from_request(request, instance=yttrande, eget=eget)
    if request.method == "POST" and form.is_valid():
        form.instance.av = request.user
        form.save()
        Handelse.logga(yttrande, "lamnat", av=request.user, till=yttrande.stallning)
        messages.success(request, f"Yttrandet från {yttrande} är sparat.")
        return redirect("moten:runda_detail", runda.pk)
    context = {"form": form, "yttrande": yttrande, "runda": runda, "arende": runda.arende}
    return render(request, "moten/yttrande_edit.html", context)


@require_POST
def runda_paminn(request, pk):
    """Once a day: who is reminded more often stops reading."""
    runda = _runda(request, pk)
    require(policies.can_handle_arende(request.user))
    parter = list(runda.yttranden.filter(stallning="", part__isnull=False).values_list("part", flat=True))
    if runda.lage != Yttranderunda.Lage.OPPEN or not parter:
        messages.info(request, "Det finns ingen att påminna. Inget skickades.")
    elif _pamind_idag(runda):
        messages.info(request, "En påminnelse har redan gått det senaste dygnet. Inget skickades.")
    elif antal := meddelanden.till_beredningen(runda, parter, "yttrande_paminnelse"):
        runda.paminda = nu()
        runda.save(update_fields=["paminda"])
        Handelse.logga(runda, "paminnelse", av=request.user, data={"antal": antal})
        messages.success(request, f"{antal} {'person har' if antal == 1 else 'personer har'} fått en påminnelse.")
    else:
        messages.warning(
            request, "Ingen hos de parter som inte har svarat har ett konto i beredningsgruppen. Inget skickades."
        )
    return redirect("moten:runda_detail", pk)


@require_http_methods(["GET", "POST"])
def runda_stang(request, pk):
    runda = _runda(request, pk)
    require(policies.can_handle_arende(request.user))
    yttranden = list(runda.yttranden.select_related("part", "organ", "ledamot"))
    form = StangForm.from_request(request, yttranden=yttranden)
    if request.method == "POST" and form.is_valid():
        runda.stang(av=request.user, sammanfattning=form.cleaned_data["sammanfattning"])
        messages.success(request, "Rundan är stängd. Yttrandena ligger fast.")
        return redirect("sidor:arende", runda.arende_id)
    context = {
        "form": form, "runda": runda, "arende": runda.arende, "oppen": runda.lage == Yttranderunda.Lage.OPPEN,
        "yttranden": yttranden, "tysta": [rad for rad in yttranden if not rad.stallning],
    }  # fmt: skip
    return render(request, "moten/runda_stang.html", context)
