"""Whether the caseworkers of a unit see each other's remisser (beslut.md 1); its kontoansvarig decides."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from remisser import policies
from remisser.forms_enhet import EnhetForm
from remisser.models import Enhetsinstallning
from samordning.karna.models import Handelse
from samordning.karna.views import paginate, require


@require_GET
def enhet_list(request):
    require(policies.can_list_enheter(request.user))
    return render(request, "remisser/enhet_list.html", {"sida": paginate(request, policies.enheter(request.user))})


@require_http_methods(["GET", "POST"])
def enhet_edit(request, pk):
    enheter = policies.enheter(request.user)
    if request.method == "POST":
        enheter = enheter.select_for_update(of=("self",))  # the setting may have no row yet
    enhet = get_object_or_404(enheter, pk=pk)
    require(policies.can_manage_enhet(request.user, enhet))
    installning = Enhetsinstallning.objects.filter(part=enhet).first() or Enhetsinstallning(part=enhet)
    fore = installning.kollegor_ser_remisser
    form = EnhetForm.from_request(request, instance=installning)
    if request.method == "POST" and form.is_valid():
        form.save()
        _beratta(request, installning, fore)
        return redirect("remisser:enhet_list")
    return render(request, "remisser/enhet_edit.html", {"form": form, "enhet": enhet})


def _beratta(request, installning, fore):
    """Say what holds now; the record gets a row only when something changed."""
    efter = installning.kollegor_ser_remisser
    if efter == fore:
        messages.info(request, f"{installning.part}: inget ändrades.")
        return
    Handelse.logga(installning, "andrad", av=request.user, data={"kollegor_ser_remisser": [fore, efter]})
    kan = "kan nu läsa varandras remisser" if efter else "ser nu bara sina egna remisser"
    messages.success(request, f"{installning.part}: de som är remittenter {kan}.")
