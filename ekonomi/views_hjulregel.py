"""The rules that give each year its days."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import hjulregler, policies
from ekonomi.forms_hjul import FAKTA, HjulregelAndraForm, HjulregelForm
from ekonomi.models import Hjulpost, Hjulregel
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.views import loggad, require, skapa_en_gang, spara_andringar


@require_GET
def hjulregel_list(request):
    require(policies.can_view_hjul(request.user))
    context = {
        "regler": Hjulregel.objects.select_related("bas", "organ", "agare").order_by("ring", "pk"),
        "far_andra": policies.can_edit_hjul(request.user),
    }
    return render(request, "ekonomi/hjulregel_list.html", context)


@require_POST
def hjulregel_ladda(request):
    """The usual rules, for an association that has none."""
    require(policies.can_edit_hjul(request.user))
    if Hjulregel.objects.exists():
        raise OtillatenOvergang("Det finns redan regler. Ändra dem, eller lägg till nya. Inget ändrades.")
    regler = hjulregler.ladda(request.user)
    messages.success(request, f"{len(regler)} regler är inlagda. Gå igenom dem och ändra det som inte är som hos er.")
    return redirect("ekonomi:hjulregel_list")


def _fran(request):
    """What a new rule begins as: a day of a year that is to come back every year."""
    nyckel = request.GET.get("fran", "")
    post = Hjulpost.objects.filter(pk=nyckel).first() if nyckel.isdecimal() and len(nyckel) < 19 else None
    if post is None:
        return {}
    varden = {namn: getattr(post, namn) for namn in FAKTA}
    if post.slut:
        dagar = {"slag": "period", "slut_manad": post.slut.month, "slut_dag": post.slut.day}
    else:
        dagar = {"slag": "fast"}
    return varden | dagar | {"manad": post.dag.month, "dag": post.dag.day}


@require_http_methods(["GET", "POST"])
def hjulregel_create(request):
    require(policies.can_edit_hjul(request.user))
    form = HjulregelForm.from_request(request, initial=_fran(request))
    if skapa_en_gang(request, form, Hjulregel, lambda: loggad(request, form.save()), "Regeln är sparad."):
        return redirect("ekonomi:hjulregel_list")
    return render(request, "ekonomi/hjulregel_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def hjulregel_edit(request, pk):
    require(policies.can_edit_hjul(request.user))
    regler = Hjulregel.objects.select_for_update(of=("self",)) if request.method == "POST" else Hjulregel.objects
    regel = get_object_or_404(regler, pk=pk)
    form = HjulregelAndraForm.from_request(request, instance=regel)
    if spara_andringar(request, form, text="Regeln är sparad. Den gäller årshjul som skapas från och med nu."):
        return redirect("ekonomi:hjulregel_list")
    return render(request, "ekonomi/hjulregel_form.html", {"form": form, "regel": regel})
