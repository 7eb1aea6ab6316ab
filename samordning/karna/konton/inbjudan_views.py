"""Inviting a person, and taking the invitation up."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samordning.karna import policies
from samordning.karna.klient import klientadress
from samordning.karna.konton import inbjudan
from samordning.karna.konton.forms import InbjudanForm, LosInForm
from samordning.karna.konton.roller import logga_roll
from samordning.karna.models import Anvandare
from samordning.karna.views import get_visible_or_404, require


@require_http_methods(["GET", "POST"])
def inbjudan_create(request):
    require(policies.can_manage_konton(request.user))
    form = InbjudanForm.from_request(request, user=request.user)
    if request.method == "POST":
        konto, ny = form.spara()
        if ny:
            logga_roll(form.instance, "ge_roll", av=request.user)
            inbjudan.bjud_in(konto, av=request.user)
            messages.success(request, f"{konto} har fått ett konto. En inbjudan mejlas till {konto.epost}.")
        if konto:
            return redirect("konton:konto_detail", konto.pk)
    return render(request, "konton/inbjudan_create.html", {"form": form})


@require_POST
def inbjudan_resend(request, pk):
    konto = get_visible_or_404(Anvandare.objects, request.user, pk=pk)
    require(policies.can_stang_konto(request.user, konto))
    if not konto.is_active or konto.has_usable_password():
        messages.warning(request, "Ingen inbjudan skickades: personen har redan ett lösenord, eller kontot är stängt.")
    else:
        inbjudan.bjud_in(konto, av=request.user)
        messages.success(request, f"En ny inbjudan mejlas till {konto.epost}. Den gamla koden gäller inte längre.")
    return redirect("konton:konto_detail", pk)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def inbjudan_los_in(request):
    ip = klientadress(request)
    if inbjudan.for_manga_fel(ip):
        return render(request, "429.html", status=429)
    form = LosInForm.from_request(request)
    if request.method == "POST":
        if form.is_valid():
            inbjudan.los_in(form.inbjudan, form.cleaned_data["losenord"])
            login(request, form.inbjudan.anvandare)
            messages.success(request, "Lösenordet är sparat och du är inloggad.")
            return redirect("sidor:start")
        if form.fel_kod:
            inbjudan.rakna_fel(ip)
    return render(request, "konton/inbjudan_los_in.html", {"form": form})
