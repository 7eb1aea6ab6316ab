"""Half-year reports (MB9): the list, to write one, to read it, and what the kansli does with it."""

from django.contrib import messages
from django.db.models import F, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from insatser import policies, uppdrag_plan
from insatser.avtal_visning import rapportmarke
from insatser.models import Lagesrapport
from insatser.uppdrag_forms import HoppaForm, LagesrapportForm, TillbakaForm
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.notiser import notify
from samordning.karna.views import get_visible_or_404, paginate, require

VISA = {"nu": "Att göra nu", "sena": "Försenade", "inlamnade": "Inlämnade", "kommer": "Kommer", "alla": "Alla"}
HANDELSER = {
    "paborja": "Påbörjad", "lamna_in": "Inlämnad", "godkann": "Godkänd", "skicka_tillbaka": "Skickad tillbaka",
    "hoppa": "Hoppad över", "aterstall": "Ska lämnas igen",
}  # fmt: skip
Lage = Lagesrapport.Lage


@require_GET
def lagesrapport_list(request):
    """What one may see; late ones first, then by last day, what is in last and newest first."""
    user = request.user
    require(policies.can_list_lagesrapporter(user))
    visa = request.GET.get("visa") if request.GET.get("visa") in VISA else ""
    synliga = Lagesrapport.objects.visible_to(user)
    rader = synliga.filter(_urval(visa or ("nu" if _skriver(user) else "inlamnade")))
    sida = paginate(
        request,
        rader.select_related("avtal__insats").order_by(F("inlamnad").desc(nulls_first=True), "senast", "pk"),
    )
    context = {
        "sida": sida, "rader": [(rad, rapportmarke(rad)) for rad in sida], "val": VISA.items(),
        "visa": visa or ("nu" if _skriver(user) else "inlamnade"), "sena": synliga.sena().count(),
        "kansli": user.ar_kansli, "skriver": _skriver(user),
    }  # fmt: skip
    return render(request, "avtal/lagesrapport_list.html", context)


def _skriver(user):
    return user.ar_kansli or user.har_roll("insatspersonal", "partsforetradare")


def _urval(visa):
    dag = idag()
    return {
        "nu": Q(lage__in=Lagesrapport.OPPNA, fran__lte=dag) | Q(lage=Lage.INLAMNAD),
        "sena": Q(lage__in=Lagesrapport.OPPNA, senast__lt=dag),
        "inlamnade": Q(lage__in=Lagesrapport.INLAMNADE),
        "kommer": Q(lage__in=Lagesrapport.OPPNA, fran__gt=dag),
        "alla": Q(),
    }[visa]


def _hamta(request, pk):
    """The report; locked on POST."""
    rader = Lagesrapport.objects.select_related("avtal__insats", "av")
    if request.method == "POST":
        rader = rader.select_for_update(of=("self",))
    return get_visible_or_404(rader, request.user, pk=pk)


def _hamta_for_kansliet(request, pk):
    rapport = _hamta(request, pk)
    require(policies.can_handle_avtal(request.user))
    return rapport


@require_GET
def lagesrapport_detail(request, pk):
    rapport = _hamta(request, pk)
    kansli = policies.can_handle_avtal(request.user)
    texter = [(Lagesrapport._meta.get_field(namn).verbose_name, getattr(rapport, namn)) for namn in rapport.TEXTER]
    context = {
        "rapport": rapport,
        "marke": rapportmarke(rapport),
        "texter": [(rubrik[0].upper() + rubrik[1:], text) for rubrik, text in texter if text],
        "kansli": kansli,
        "kan": rapport.mojliga_overgangar,
        "far_skriva": policies.can_write_lagesrapport(request.user, rapport.avtal) and _kan_skrivas(rapport),
        "ser_avtalet": policies.can_view_avtal(request.user, rapport.avtal),
        "historik": [
            (HANDELSER[rad.namn], rad)
            for rad in Handelse.objects.om(rapport).select_related("av")
            if rad.namn in HANDELSER
        ]
        if kansli
        else [],
    }
    return render(request, "avtal/lagesrapport_detail.html", context)


def _kan_skrivas(rapport):
    return rapport.lage in rapport.OPPNA and rapport.fran <= idag()


@require_http_methods(["GET", "POST"])
def lagesrapport_edit(request, pk):
    """Save a draft, half or whole, or hand it in."""
    rapport = _hamta(request, pk)
    require(policies.can_write_lagesrapport(request.user, rapport.avtal))
    kan = _kan_skrivas(rapport)
    if request.method == "GET" and not kan:
        if rapport.fran > idag():
            messages.info(request, "Perioden har inte börjat än, så det finns inget att skriva om.")
        return redirect("avtal:lagesrapport_detail", pk)
    form = LagesrapportForm.from_request(request, instance=rapport)
    if request.method == "POST" and form.is_valid() and not kan:
        # Somebody was faster: the page keeps what was typed.
        form.add_error(
            None,
            f"Rapporten är redan {rapport.get_lage_display().lower()}, så det du skrev är inte sparat. Kopiera texten "
            "och be kansliet skicka tillbaka rapporten.",
        )
    if request.method == "POST" and form.is_valid():
        form.save()
        if form.lamnas_in:
            rapport.lamna_in(av=request.user)
            messages.success(request, "Lägesrapporten är inlämnad. Kansliet läser den.")
            return redirect("avtal:lagesrapport_detail", pk)
        if rapport.lage == Lage.VANTAR:
            rapport.paborja(av=request.user)
        messages.success(request, "Utkastet är sparat. Du kan fortsätta en annan dag.")
        return redirect("avtal:lagesrapport_edit", pk)
    return render(request, "avtal/lagesrapport_edit.html", {"form": form, "rapport": rapport})


# ---- The kansli's part: one address a step


@require_POST
def lagesrapport_godkann(request, pk):
    rapport = _hamta_for_kansliet(request, pk)
    rapport.godkann(av=request.user)
    messages.success(request, "Lägesrapporten är godkänd.")
    return redirect("avtal:lagesrapport_detail", pk)


@require_http_methods(["GET", "POST"])
def lagesrapport_skicka_tillbaka(request, pk):
    rapport = _hamta_for_kansliet(request, pk)
    form = TillbakaForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        rapport.skicka_tillbaka(av=request.user, kommentar=form.cleaned_data["kommentar"])
        adress = reverse("avtal:lagesrapport_edit", args=[pk])
        notify(uppdrag_plan.skribenter(rapport.avtal), "insatser/lagesrapport_tillbaka", adress)
        messages.success(request, "Lägesrapporten är skickad tillbaka. De som skriver den har fått ett mejl.")
        return redirect("avtal:lagesrapport_detail", pk)
    return render(request, "avtal/lagesrapport_skicka_tillbaka.html", {"form": form, "rapport": rapport})


@require_http_methods(["GET", "POST"])
def lagesrapport_hoppa(request, pk):
    rapport = _hamta_for_kansliet(request, pk)
    form = HoppaForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        rapport.hoppa(av=request.user, skal=form.cleaned_data["skal"])
        messages.success(request, "Rapporten behöver inte lämnas. Inga fler påminnelser skickas.")
        return redirect("avtal:lagesrapport_detail", pk)
    return render(request, "avtal/lagesrapport_hoppa.html", {"form": form, "rapport": rapport})


@require_POST
def lagesrapport_aterstall(request, pk):
    rapport = _hamta_for_kansliet(request, pk)
    rapport.aterstall(av=request.user)
    messages.success(request, "Rapporten ska lämnas igen.")
    return redirect("avtal:lagesrapport_detail", pk)
