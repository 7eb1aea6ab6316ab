"""Events of the structural insatser (M329): the list, one event, and the kansli's pages that write and cancel it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from insatser import policies, tillfalle_anmalan
from insatser.models import Insats, Tillfalle
from insatser.tillfalle_forms import EgenAnmalanForm, TillfalleAndraForm, TillfalleForm
from insatser.utbud_visning import har_varit, serier, tillfallesrad
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.notiser import notify
from samordning.karna.views import get_visible_or_404, paginate, require, skapa_en_gang, soktext

KOMMANDE, TIDIGARE = "kommande", "tidigare"
VISA = {KOMMANDE: "Kommande", TIDIGARE: "Har varit"}
# What those who have signed up are told about when it changes.
VIKTIGT = ("dag", "tid", "plats")


@require_GET
def tillfalle_list(request):
    """Coming events, the next one first; `?visa=tidigare` those that have been, and how they were used."""
    require(policies.can_list_tillfallen(request.user))
    visa = request.GET.get("visa") if request.GET.get("visa") in VISA else KOMMANDE
    synliga = Tillfalle.objects.visible_to(request.user)
    insatser = Insats.objects.filter(tillfallen__in=synliga).distinct().order_by(SvenskOrdning("namn"), "pk")
    insats = next((rad for rad in insatser if rad.slug == request.GET.get("insats")), None)
    if insats:
        synliga = synliga.filter(insats=insats)
    rader = synliga.kommande() if visa == KOMMANDE else synliga.filter(dag__lt=idag()).order_by("-dag", "-pk")
    rader = tillfalle_anmalan.med_egen(rader.med_antal(), request.user).select_related("insats")
    sida = paginate(request, rader)
    context = {
        "sida": sida, "rader": [tillfallesrad(rad, rad.anmald) for rad in sida], "visa": visa, "val": VISA.items(),
        "insatser": insatser, "insats": insats, "serier": serier(synliga) if visa == TIDIGARE else [],
        "far_andra": policies.can_manage_tillfallen(request.user),
    }  # fmt: skip
    return render(request, "tillfallen/tillfalle_list.html", context)


@require_GET
def tillfalle_detail(request, pk):
    """Names of those who have signed up: for the kansli. Others see how many, and themselves."""
    require(policies.can_list_tillfallen(request.user))
    tillfallen = Tillfalle.objects.med_antal().select_related("insats")
    tillfalle = get_visible_or_404(tillfallen, request.user, pk=pk)
    kansli = policies.can_manage_tillfallen(request.user)
    egen = tillfalle_anmalan.egen(tillfalle, request.user)
    context = {
        "tillfalle": tillfalle, "rad": tillfallesrad(tillfalle), "egen": egen, "har_varit": har_varit(tillfalle),
        "hinder": tillfalle_anmalan.hinder(tillfalle), "kansli": kansli,
        "form": None if egen else EgenAnmalanForm(parter=tillfalle_anmalan.mina_parter(request.user)),
        "kan_bocka": tillfalle.dag <= idag() and not tillfalle.installt,
    }  # fmt: skip
    if kansli:
        context["anmalda"] = tillfalle_anmalan.kvar(tillfalle).select_related("part").order_by(SvenskOrdning("namn"))
        context["fullt"] = tillfalle_anmalan.hinder(tillfalle, av_kansli=True)
    return render(request, "tillfallen/tillfalle_detail.html", context)


@require_http_methods(["GET", "POST"])
def tillfalle_create(request):
    """`?insats=` chooses the insats."""
    require(policies.can_manage_tillfallen(request.user))
    vald = Insats.objects.filter(slug=soktext(request.GET.get("insats", ""))).first()
    form = TillfalleForm.from_request(request, initial={"insats": vald})

    def skapa():
        tillfalle = form.save()
        Handelse.logga(tillfalle, "skapad", av=request.user)
        return tillfalle

    sparat = "{} är sparat. Det går att anmäla sig nu.".format
    if tillfalle := skapa_en_gang(request, form, Tillfalle, skapa, sparat):
        return redirect("tillfallen:tillfalle_detail", tillfalle.pk)
    return render(request, "tillfallen/tillfalle_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def tillfalle_edit(request, pk):
    """Those who have signed up get a notice when day, time or place changes."""
    require(policies.can_manage_tillfallen(request.user))
    tillfalle = _hamta(request, pk)
    rubrik = tillfalle.rubrik
    if tillfalle.installt:
        messages.warning(request, "Tillfället är inställt och kan inte ändras.")
        return redirect("tillfallen:tillfalle_detail", pk)
    form = TillfalleAndraForm.from_request(request, instance=tillfalle)
    if request.method == "POST" and form.is_valid():
        if andringar := form.andringar():
            form.save()
            Handelse.logga(tillfalle, "andrad", av=request.user, data=andringar)
            text = "Tillfället är sparat."
            if not andringar.keys().isdisjoint(VIKTIGT) and tillfalle.dag >= idag():
                text = f"{text} {_meddela(tillfalle, 'insatser/tillfalle_andrat')}".strip()
            messages.success(request, text)
        else:
            messages.info(request, "Inget var ändrat, så inget behövde sparas.")
        return redirect("tillfallen:tillfalle_detail", pk)
    context = {"form": form, "tillfalle": tillfalle, "rubrik": rubrik}
    return render(request, "tillfallen/tillfalle_edit.html", context)


@require_http_methods(["GET", "POST"])
def tillfalle_stall_in(request, pk):
    """Cancelled for good; those who have signed up get a notice."""
    require(policies.can_manage_tillfallen(request.user))
    tillfalle = _hamta(request, pk)
    if tillfalle.installt or har_varit(tillfalle):
        messages.info(request, "Tillfället är redan inställt." if tillfalle.installt else "Tillfället har redan varit.")
        return redirect("tillfallen:tillfalle_detail", pk)
    if request.method == "POST":
        tillfalle.installt = True
        tillfalle.version += 1
        tillfalle.save(update_fields=["installt", "version"])
        Handelse.logga(tillfalle, "installt", av=request.user)
        text = _meddela(tillfalle, "insatser/tillfalle_installt")
        messages.success(request, f"Tillfället är inställt. {text}".strip())
        return redirect("tillfallen:tillfalle_detail", pk)
    konton, utan = tillfalle_anmalan.att_meddela(tillfalle)
    context = {"tillfalle": tillfalle, "konton": len(konton), "utan": utan}
    return render(request, "tillfallen/tillfalle_stall_in.html", context)


def _hamta(request, pk):
    if request.method == "POST":
        return tillfalle_anmalan.las(request.user, pk)
    return get_visible_or_404(Tillfalle.objects.select_related("insats"), request.user, pk=pk)


def _meddela(tillfalle, mall):
    """Notices to the accounts; in words how many got one, and how many the kansli reaches by itself."""
    konton, utan = tillfalle_anmalan.att_meddela(tillfalle)
    notify(konton, mall, reverse("tillfallen:tillfalle_detail", args=[tillfalle.pk]))
    text = f"{len(konton)} {'anmäld' if len(konton) == 1 else 'anmälda'} har fått ett meddelande." if konton else ""
    if utan:
        text += f" {utan} saknar konto: hör av dig till dem själv."
    return text.strip()
