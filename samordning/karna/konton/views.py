"""Accounts and their roles, for who looks after them; and one's own account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from samordning.karna import policies
from samordning.karna.kalender import idag, nu
from samordning.karna.konton import inbjudan, roller
from samordning.karna.konton.forms import KontoFilter, UppdragForm, UppdragSlutForm
from samordning.karna.models import Anvandare, Handelse, Inbjudan, Uppdrag
from samordning.karna.views import get_visible_or_404, paginate, require


@require_GET
def konto_list(request):
    require(policies.can_manage_konton(request.user))
    filtret = KontoFilter(request.GET, user=request.user)
    konton = filtret.filter(Anvandare.objects.visible_to(request.user).for_lista(request.user))
    context = {"filter": filtret, "sida": paginate(request, konton), "idag": idag(), "nu": nu()}
    return render(request, "konton/konto_list.html", context)


@require_GET
def konto_detail(request, pk):
    konto = get_visible_or_404(Anvandare.objects.select_related("inbjudan"), request.user, pk=pk)
    uppdrag = konto.uppdrag.visible_to(request.user).select_related("part").order_by("-fran", "-pk")
    idag_har, kommande, tidigare = roller.delade(uppdrag)
    context = {
        "konto": konto,
        "roller_nu": idag_har,
        "roller_kommande": kommande,
        "roller_tidigare": tidigare,
        "historik": roller.historik(konto, request.user),
        "far_stanga": policies.can_stang_konto(request.user, konto),
        "nu": nu(),
    }
    return render(request, "konton/konto_detail.html", context)


@require_http_methods(["GET", "POST"])
def uppdrag_create(request, pk):
    konto = get_visible_or_404(Anvandare.objects, request.user, pk=pk)
    form = UppdragForm.from_request(request, user=request.user, instance=Uppdrag(anvandare=konto))
    if request.method == "POST":
        uppdrag, ny = form.spara()
        if ny:
            roller.logga_roll(uppdrag, "ge_roll", av=request.user)
            roller.meddela(konto)
            messages.success(request, f"{konto} har fått rollen {uppdrag}.")
        if uppdrag:
            return redirect("konton:konto_detail", pk)
    return render(request, "konton/uppdrag_create.html", {"form": form, "konto": konto})


@require_http_methods(["GET", "POST"])
def uppdrag_end(request, pk, uppdrag_pk):
    konto = get_visible_or_404(Anvandare.objects, request.user, pk=pk)
    rader = konto.uppdrag.visible_to(request.user).select_related("part", "anvandare")
    uppdrag = get_object_or_404(rader, pk=uppdrag_pk)
    if uppdrag.till and uppdrag.till < idag():
        messages.warning(request, "Rollen är redan avslutad. Inget ändrades.")
        return redirect("konton:konto_detail", pk)
    if roller.ar_sista_nyckeln(request.user, uppdrag):
        return render(request, "konton/nekat_sista.html", {"konto": konto, "uppdrag": uppdrag})
    if uppdrag.fran > idag():
        return _ta_bort_kommande(request, konto, uppdrag)
    form = UppdragSlutForm.from_request(request, instance=uppdrag)
    if request.method == "POST" and form.is_valid() and form.spara():
        roller.logga_roll(uppdrag, "avsluta_roll", av=request.user)
        roller.meddela(konto)
        messages.success(request, f"Rollen {uppdrag} har fått en sista dag.")
        return redirect("konton:konto_detail", pk)
    far_stanga = policies.can_stang_konto(request.user, konto)
    context = {"form": form, "konto": konto, "uppdrag": uppdrag, "far_stanga": far_stanga}
    return render(request, "konton/uppdrag_end.html", context)


def _ta_bort_kommande(request, konto, uppdrag):
    """A role that has not begun has opened nothing yet, so it is taken away instead of dated."""
    if request.method == "POST":
        roller.logga_roll(uppdrag, "ta_bort_roll", av=request.user)
        uppdrag.delete()
        roller.meddela(konto)
        messages.success(request, f"Rollen {uppdrag} är borttagen.")
        return redirect("konton:konto_detail", konto.pk)
    return render(request, "konton/uppdrag_ta_bort.html", {"konto": konto, "uppdrag": uppdrag})


@require_http_methods(["GET", "POST"])
def konto_stang(request, pk):
    konto = get_visible_or_404(Anvandare.objects, request.user, pk=pk)
    if konto == request.user:
        return render(request, "konton/nekat_eget.html", {"konto": konto})
    require(policies.can_stang_konto(request.user, konto))
    if request.method == "POST":
        _stang(konto, av=request.user)
        messages.success(request, f"Kontot för {konto} är stängt. Rollerna finns kvar.")
        return redirect("konton:konto_detail", pk)
    return render(request, "konton/konto_stang.html", {"konto": konto})


def _stang(konto, *, av):
    """Without the password every session of the account is void, also after it is opened again."""
    konto.is_active = False
    konto.set_unusable_password()
    konto.save(update_fields=["is_active", "password"])
    Inbjudan.objects.filter(anvandare=konto).update(kod_sha256=None, giltig_till=None)
    Handelse.logga(konto, "stang", av=av)


@require_http_methods(["GET", "POST"])
def konto_oppna(request, pk):
    konto = get_visible_or_404(Anvandare.objects, request.user, pk=pk)
    require(policies.can_stang_konto(request.user, konto))
    if request.method == "POST" and konto.is_active:
        messages.warning(request, "Kontot är redan öppet. Inget ändrades och inget mejl skickades.")
        return redirect("konton:konto_detail", pk)
    if request.method == "POST":
        konto.is_active = True
        konto.save(update_fields=["is_active"])
        Handelse.logga(konto, "oppna", av=request.user)
        inbjudan.bjud_in(konto, av=request.user)
        messages.success(request, f"Kontot för {konto} är öppet. En inbjudan att välja lösenord mejlas till personen.")
        return redirect("konton:konto_detail", pk)
    return render(request, "konton/konto_oppna.html", {"konto": konto})


@require_GET
def mitt_konto(request):
    uppdrag = request.user.uppdrag.select_related("part").order_by("-fran", "-pk")
    idag_har, kommande, tidigare = roller.delade(uppdrag)
    context = {"roller_nu": idag_har, "roller_kommande": kommande, "roller_tidigare": tidigare}
    return render(request, "konton/mitt_konto.html", context)
