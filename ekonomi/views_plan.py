"""The plan of years: the table, what people type in it, and the same on paper and as a sheet."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import flerarsplan_las, planblad, policies
from ekonomi.forms_plan import PlanForm
from ekonomi.models import Verksamhetsar
from ekonomi.tryck import pdf_svar
from ekonomi.views_ar import hamta_ar
from samordning.karna import filer
from samordning.karna.views import require, spara_andringar


@require_GET
def plan_detail(request, pk):
    ar = hamta_ar(request, pk)
    context = {
        "ar": ar, "plan": flerarsplan_las.las(ar), "finns": flerarsplan_las.finns_budget(ar),
        "far_andra": policies.can_edit_budget(request.user),
    }  # fmt: skip
    return render(request, "ekonomi/plan_detail.html", context)


@require_http_methods(["GET", "POST"])
def plan_edit(request, pk):
    require(policies.can_edit_budget(request.user))
    ar = Verksamhetsar.objects.select_for_update() if request.method == "POST" else Verksamhetsar.objects.all()
    ar = get_object_or_404(ar, pk=pk)
    form = PlanForm.from_request(request, instance=ar, plan=flerarsplan_las.las(ar))
    if spara_andringar(request, form, text="Planen är sparad.", namn="plan_andrad"):
        return redirect("ekonomi:plan_detail", pk)
    return render(request, "ekonomi/plan_edit.html", {"form": form, "ar": ar})


@require_GET
def plan_pdf(request, pk):
    ar = hamta_ar(request, pk)
    aren = f"{ar.ar}–{ar.ar + 2}"
    return pdf_svar(
        request, "ekonomi/plan_tryck.html", {"ar": ar, "plan": flerarsplan_las.las(ar)},
        titel=f"Budgetplan {aren}", filnamn=f"budgetplan-{ar.ar}-{ar.ar + 2}",
        tillbaka=reverse("ekonomi:plan_detail", args=[pk]),
    )  # fmt: skip


@require_GET
def plan_blad(request, pk):
    ar = hamta_ar(request, pk)
    innehall = planblad.gor(flerarsplan_las.las(ar))
    return filer.hamtas(innehall, f"budgetplan-{ar.ar}-{ar.ar + 2}.xlsx", "xlsx")
