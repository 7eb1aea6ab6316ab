"""The end of a year: what is in place and what is not, closing it, and carrying over to the next."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import bokslut, policies, reports
from ekonomi.views_ar import hamta_ar
from samordning.karna.forms import Formular
from samordning.karna.views import paginate, require


class AvslutaForm(Formular, forms.Form):
    """Asked only while something that should be done is not."""

    sett = forms.BooleanField(
        label="Jag har sett vad som inte är klart och vill avsluta året ändå",
        error_messages={"required": "Kryssa i rutan om året ska avslutas ändå. Inget är ändrat."},
    )


@require_GET
def bokslut_detail(request, pk):
    ar = hamta_ar(request, pk)
    laget = bokslut.bokslut(ar)
    ser_bok = policies.can_view_bok(request.user)
    context = {
        "ar": ar, "laget": laget, "ser_bok": ser_bok, "prognos": None if laget.hel else reports.last_prognos(ar),
        "rattelser": paginate(request, bokslut.rattelser(ar)) if ser_bok else None,
        "far_andra": policies.can_edit_budget(request.user), "far_avsluta": policies.can_decide_budget(request.user),
        "far_lasa_in": policies.can_edit_bok(request.user),
        "over": None if laget.kapital_ut is None else f"{laget.kapital_ut:f}",
    }  # fmt: skip
    return render(request, "ekonomi/bokslut_detail.html", context)


@require_http_methods(["GET", "POST"])
def bokslut_avsluta(request, pk):
    """Ask, and close the year."""
    ar = hamta_ar(request, pk)
    require(policies.can_decide_budget(request.user))
    laget = bokslut.bokslut(ar)
    form = AvslutaForm.from_request(request) if laget.kvar else None
    if request.method == "POST" and (form is None or form.is_valid()):
        bokslut.avsluta(ar, av=request.user)
        messages.success(request, f"{ar} är avslutat. Det som ändras efter det här behöver ett skäl.")
        return redirect("ekonomi:bokslut_detail", pk)
    return render(request, "ekonomi/bokslut_avsluta.html", {"ar": ar, "laget": laget, "form": form})


@require_POST
def bokslut_for_over(request, pk):
    ar = hamta_ar(request, pk)
    require(policies.can_edit_budget(request.user))
    nasta = bokslut.for_over(ar, av=request.user, sedd=request.POST.get("sedd", ""))
    messages.success(request, f"Budgeten för {nasta} börjar nu med det egna kapital som {ar} slutar med.")
    return redirect("ekonomi:bokslut_detail", pk)
