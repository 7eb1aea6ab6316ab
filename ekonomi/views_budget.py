"""A budget beside its table: a line's own page, the members' shares, the board's decision, versions and their diff."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import policies
from ekonomi.budgetrapport import skillnader
from ekonomi.budgettryck import fryst
from ekonomi.forms_budget import BidragForm, FaststallForm, PostForm, RevideraForm
from ekonomi.models import Budgetpost, Budgetversion, Verksamhetsar
from ekonomi.views_ar import krav_skrivbar
from samordning.karna.views import require, skapa_en_gang, spara_andringar


def _ar(request, pk):
    """The year, locked on POST."""
    ar = Verksamhetsar.objects.all()
    return get_object_or_404(ar.select_for_update() if request.method == "POST" else ar, pk=pk)


@require_http_methods(["GET", "POST"])
def post_edit(request, pk):
    require(policies.can_edit_budget(request.user))
    post = get_object_or_404(Budgetpost.objects.select_related("verksamhetsar"), pk=pk)
    ar = _ar(request, post.verksamhetsar_id)
    krav_skrivbar(ar)
    if request.method == "POST":
        post = get_object_or_404(Budgetpost.objects.select_for_update(), pk=pk)
    form = PostForm.from_request(request, instance=post)
    if spara_andringar(request, form, text=f"Raden ”{post.rubrik}” är sparad."):
        return redirect("ekonomi:ar_detail", ar.pk)
    return render(request, "ekonomi/post_edit.html", {"form": form, "ar": ar, "post": post})


@require_http_methods(["GET", "POST"])
def bidrag_edit(request, pk):
    require(policies.can_edit_budget(request.user))
    ar = _ar(request, pk)
    krav_skrivbar(ar)
    form = BidragForm.from_request(request, instance=ar)
    if spara_andringar(request, form, text="Medlemmarnas bidrag är sparade, och tilldelningen är deras summa."):
        return redirect("ekonomi:ar_detail", pk)
    return render(request, "ekonomi/bidrag_edit.html", {"form": form, "ar": ar})


@require_http_methods(["GET", "POST"])
def ar_faststall(request, pk):
    require(policies.can_decide_budget(request.user))
    ar = _ar(request, pk)
    form = FaststallForm.from_request(request)
    if skapa_en_gang(
        request, form, Budgetversion, lambda: form.spara(ar, request.user), lambda rad: f"{rad} är sparad."
    ):
        return redirect("ekonomi:ar_detail", pk)
    if request.method == "GET":
        krav_skrivbar(ar)
    return render(request, "ekonomi/ar_faststall.html", {"form": form, "ar": ar})


@require_http_methods(["GET", "POST"])
def ar_revidera(request, pk):
    require(policies.can_decide_budget(request.user))
    ar = _ar(request, pk)
    form = RevideraForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        ar._overga("revidera", av=request.user, skal=form.cleaned_data["skal"])
        messages.success(request, f"Budgeten för {ar} går att ändra igen. Den som är fastställd finns kvar.")
        return redirect("ekonomi:ar_detail", pk)
    return render(request, "ekonomi/ar_revidera.html", {"form": form, "ar": ar})


@require_GET
def version_detail(request, pk):
    """A decided budget as it was, and what it changed."""
    require(policies.can_view_budget(request.user))
    version = get_object_or_404(Budgetversion.objects.select_related("verksamhetsar", "punkt__mote", "av"), pk=pk)
    fore = version.verksamhetsar.versioner.filter(nr=version.nr - 1).first()
    context = {
        "version": version, "ar": version.verksamhetsar, "rapport": fryst(version),
        "fore": fore, "skillnader": skillnader(fore.varden, version.varden) if fore else (),
    }  # fmt: skip
    return render(request, "ekonomi/version_detail.html", context)
