"""Budget years: list, sums, and what is typed."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import bok_utfall, foregaende, policies, reports
from ekonomi.belopp import NOLL, summa_i_procent
from ekonomi.budgetrapport import BASER, med_prognos, med_utfall
from ekonomi.forms_ar import ArAndraForm, ArForm
from ekonomi.models import Budgetversion, Verksamhetsar
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse
from samordning.karna.views import require


def krav_skrivbar(ar):
    """OtillatenOvergang when the budget is decided or the year is closed."""
    if not ar.skrivbar:
        raise OtillatenOvergang(
            f"Budgeten för {ar} är {ar.get_lage_display().lower()} och går inte att ändra. "
            + ("Börja en revidering först. " if "revidera" in ar.mojliga_overgangar else "")
            + "Inget ändrades."
        )


def hamta_ar(request, pk):
    """The budget year, for who sees budgets."""
    require(policies.can_view_budget(request.user))
    return get_object_or_404(Verksamhetsar, pk=pk)


@require_GET
def ar_list(request):
    require(policies.can_view_budget(request.user))
    versioner = Budgetversion.objects.defer("varden").order_by("nr")
    ar = list(Verksamhetsar.objects.prefetch_related(Prefetch("versioner", versioner)))
    regler = reports.arens_regler(rad.ar for rad in ar)
    statens = reports.statens_del()

    def mot(regel, budget, statens):
        namn, bas = regel.baser(budget.tilldelning, statens)[0]
        return regel.bedom(budget.eget_kapital_ut, bas, steg=budget.tilldelning), BASER[namn]

    rader = [
        (rad, budget, *mot(regler[rad.ar], budget, statens.get(rad.ar, NOLL)))
        for rad, budget in zip(ar, reports.arsbudgetar(ar), strict=True)
    ]
    context = {
        "rader": rader,
        "far_andra": policies.can_edit_budget(request.user),
        "ser_rekvisitioner": policies.can_list_rekvisitioner(request.user),
        "far_satta_regel": policies.can_set_kapitalregel(request.user),
        "ser_bok": policies.can_view_bok(request.user),
        "ser_scenarier": policies.can_view_scenario(request.user),
    }
    return render(request, "ekonomi/ar_list.html", context)


@require_GET
def ar_detail(request, pk):
    ar = hamta_ar(request, pk)
    rapport, utfall, prognos = reports.budgetrapport(ar), bok_utfall.utfall(ar), reports.last_prognos(ar)
    if utfall:
        rapport = med_utfall(rapport, utfall.poster, utfall.intakter)
    if prognos:
        rapport = med_prognos(rapport, prognos.per_post())
    andelar = rapport.budget.andelar()
    context = {
        "ar": ar, "rapport": rapport, "utfall": utfall, "prognos": prognos, "budget": rapport.budget,
        "andelar": andelar, "summa_procent": summa_i_procent(andelar),
        "utan_rad": prognos and prognos.kostnader.prognos - (rapport.ut_prognos or 0),
        "versioner": ar.versioner.select_related("punkt__mote", "av").order_by("-nr"),
        "far_andra": policies.can_edit_budget(request.user),
        "far_besluta": policies.can_decide_budget(request.user),
        "ser_bok": policies.can_view_bok(request.user),
        "bok_fore": ar.skrivbar and foregaende.finns(ar),
    }  # fmt: skip
    return render(request, "ekonomi/ar_detail.html", context)


@require_http_methods(["GET", "POST"])
def ar_create(request):
    require(policies.can_edit_budget(request.user))
    form = ArForm.from_request(request)

    def skapa():
        ar = form.spara()
        Handelse.logga(ar, "skapad", av=request.user, data=form.historik())
        return ar

    if request.method == "POST":
        ar, nytt = form.skapa_en_gang(request.user, Verksamhetsar, skapa)
        if ar:
            messages.success(request, f"Budgeten för {ar} är sparad.") if nytt else messages.info(
                request, REDAN_SKICKAT
            )
            return redirect("ekonomi:ar_detail", ar.pk)
    return render(request, "ekonomi/ar_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def ar_edit(request, pk):
    require(policies.can_edit_budget(request.user))
    ar = Verksamhetsar.objects.select_for_update() if request.method == "POST" else Verksamhetsar.objects.all()
    ar = get_object_or_404(ar, pk=pk)
    krav_skrivbar(ar)
    form = ArAndraForm.from_request(request, instance=ar)
    if request.method == "POST" and form.is_valid() and (ar := form.spara_utan_krock(form.spara)):
        if andringar := form.historik():
            Handelse.logga(ar, "andrad", av=request.user, data=andringar)
        messages.success(request, f"Budgeten för {ar} är sparad.")
        return redirect("ekonomi:ar_detail", ar.pk)
    return render(request, "ekonomi/ar_edit.html", {"form": form, "ar": form.instance})
