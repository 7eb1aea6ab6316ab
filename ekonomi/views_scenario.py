"""Scenarios: what the applications of today would do to the budget years."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import policies, underlag, utfall
from ekonomi.forms_scenario import Jamforelse, ScenarioAndraForm, ScenarioForm, UnderlagForm
from ekonomi.models import Scenario, Verksamhetsar
from moten.models import Arende, Handling
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse
from samordning.karna.pdf import PdfSaknas
from samordning.karna.views import get_visible_or_404, paginate, require


def _hamta(request, pk):
    """403 for who sees no scenario at all: the list says the same, so that nothing is told."""
    require(policies.can_view_scenario(request.user))
    scenarier = Scenario.objects.select_related("forsta_ar", "skapad_av")
    if request.method == "POST":
        scenarier = scenarier.select_for_update(of=("self",))
    return get_visible_or_404(scenarier, request.user, pk=pk)


@require_GET
def scenario_list(request):
    require(policies.can_view_scenario(request.user))
    scenarier = Scenario.objects.visible_to(request.user).select_related("forsta_ar", "skapad_av")
    sida = paginate(request, scenarier)
    context = {
        "sida": sida,
        "rader": utfall.rakna(sida.object_list),
        "far_andra": policies.can_edit_scenario(request.user),
        "har_ar": Verksamhetsar.objects.exists(),
    }
    return render(request, "ekonomi/scenario_list.html", context)


@require_http_methods(["GET", "POST"])
def scenario_create(request):
    require(policies.can_edit_scenario(request.user))
    form = ScenarioForm.from_request(request, instance=Scenario(skapad_av=request.user))

    def skapa():
        scenario = form.save()
        Handelse.logga(scenario, "skapad", av=request.user)
        return scenario

    if request.method == "POST":
        scenario, nytt = form.skapa_en_gang(request.user, Scenario, skapa)
        if scenario:
            messages.info(request, "Välj nu vilka ansökningar som är med." if nytt else REDAN_SKICKAT)
            return redirect("ekonomi:scenario_edit", scenario.pk)
    return render(request, "ekonomi/scenario_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def scenario_edit(request, pk):
    scenario = _hamta(request, pk)
    require(policies.can_edit_scenario(request.user))
    ar = [rad.ar for rad in utfall.kanda_ar(scenario.forsta_ar)]
    form = ScenarioAndraForm.from_request(request, instance=scenario, ar=ar)
    if request.method == "POST" and form.is_valid():
        form.spara()
        Handelse.logga(scenario, "andrad", av=request.user)
        messages.success(request, "Scenariot är sparat.")
        return redirect("ekonomi:scenario_detail", pk)
    return render(request, "ekonomi/scenario_edit.html", {"form": form, "scenario": scenario, "ar": ar})


@require_GET
def scenario_detail(request, pk):
    scenario = _hamta(request, pk)
    (rad,) = utfall.rakna([scenario])
    far_andra = policies.can_edit_scenario(request.user)
    context = {
        "utfall": rad,
        "far_andra": far_andra,
        "far_ta_bort": policies.can_delete_scenario(request.user, scenario) and not scenario.ar_underlag,
        "andra": _andra(request, scenario),
    }
    return render(request, "ekonomi/scenario_detail.html", context)


def _andra(request, scenario):
    """Others that it can stand beside."""
    return Scenario.objects.visible_to(request.user).exclude(pk=scenario.pk)[:10]


@require_http_methods(["GET", "POST"])
def scenario_ta_bort(request, pk):
    scenario = _hamta(request, pk)
    require(policies.can_delete_scenario(request.user, scenario))
    if scenario.ar_underlag:
        messages.warning(request, "Scenariot är underlag i ett ärende och går inte att ta bort. Inget ändrades.")
        return redirect("ekonomi:scenario_detail", pk)
    if request.method == "POST":
        Handelse.logga(scenario, "borttagen", av=request.user)
        scenario.rader.all().delete()
        scenario.delete()
        messages.success(request, "Scenariot är borttaget.")
        return redirect("ekonomi:scenario_list")
    return render(request, "ekonomi/scenario_ta_bort.html", {"scenario": scenario})


@require_GET
def scenario_jamfor(request):
    require(policies.can_view_scenario(request.user))
    scenarier = Scenario.objects.visible_to(request.user).select_related("forsta_ar", "skapad_av")
    form = Jamforelse(request.GET, scenarier=scenarier)
    utfallen = utfall.rakna(form.cleaned_data["s"]) if form.is_valid() else []
    ar = sorted({rad.ar for ett in utfallen for rad in ett.ar})
    context = {
        "form": form,
        "utfallen": utfallen,
        # [(year, [its outcome in each scenario, None where it is not counted])]
        "per_ar": [(nr, [next((rad for rad in ett.ar if rad.ar == nr), None) for ett in utfallen]) for nr in ar],
        "scenarier": scenarier[:50] if not utfallen else [],
    }
    return render(request, "ekonomi/scenario_jamfor.html", context)


@require_http_methods(["GET", "POST"])
def scenario_underlag(request, pk):
    scenario = _hamta(request, pk)
    require(policies.can_edit_scenario(request.user))
    (rad,) = utfall.rakna([scenario])
    nycklar = [del_.ansokan.arende_id for del_ in rad.ansokningar]
    arenden = Arende.objects.filter(pk__in=nycklar).order_by("ar", "lopnummer")
    form = UnderlagForm.from_request(request, arenden=arenden)

    def skapa():
        return underlag.lagg_till(rad, form.cleaned_data["arenden"], av=request.user)[0]

    if request.method == "POST":
        try:
            handling, nytt = form.skapa_en_gang(request.user, Handling, skapa)
        except PdfSaknas as fel:
            form.add_error(None, str(fel))
            handling = None
        if handling:
            text = "Underlaget ligger nu bland ärendenas handlingar." if nytt else REDAN_SKICKAT
            messages.success(request, text)
            return redirect("ekonomi:scenario_detail", pk)
    return render(request, "ekonomi/scenario_underlag.html", {"form": form, "utfall": rad, "arenden": arenden})
