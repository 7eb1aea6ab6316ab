"""A stay as the insats' listed staff see it. Every page that shows somebody writes its rows in Atkomst first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from insatser.models import Insats, Medarbetare
from remisser.models import Forsorjning, Remiss
from samordning.karna.kommuner import KOMMUNER
from samordning.karna.models import Atkomst, Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import get_visible_or_404, paginate, require
from uppfoljning import inskrivning
from uppfoljning.deltagande_forms import AvslutForm, FelregistreraForm, LageForm, SkyddaForm, UppgifterForm
from uppfoljning.deltagande_historik import rader as historik
from uppfoljning.deltagande_historik import saknas
from uppfoljning.gallande import besvarade, svarsdagar
from uppfoljning.models import Deltagande, Lage, Tillfalle
from uppfoljning.policies import can_list_deltaganden, can_view_deltagande

LAGEN = (("pagar", "Pågår"), ("avslutade", "Avslutade"), ("fel", "Felregistrerade"))
HISTORIK = 100


@require_GET
def deltagande_list(request):
    """The user's own insatser: who waits for a start, and the stays with what is missing in each."""
    require(can_list_deltaganden(request.user))
    insatser = Insats.objects.individinriktade().filter(
        pk__in=Medarbetare.objects.pagaende().filter(anvandare=request.user).values("insats")
    )
    insatser = {insats.slug: insats for insats in insatser.order_by(SvenskOrdning("namn"))}
    vald = insatser.get(request.GET.get("insats"))
    lage = request.GET.get("lage") if request.GET.get("lage") in dict(LAGEN) else "pagar"
    valda = [vald] if vald else list(insatser.values())
    vantar = list(
        Remiss.objects.mottagna_av(request.user)
        .att_starta()
        .filter(insats__in=valda)
        .select_related("insats", "deltagare")
        .order_by("besvarad", "pk")[:50]
    )
    sida = paginate(request, _deltaganden(request.user, valda, lage))
    svar = besvarade([rad.pk for rad in sida])
    rader = [(rad, saknas(rad, svar.get(rad.pk, set()))) for rad in sida]
    _logga(request.user, "visade i lista", "remisser.remiss", vantar)
    _logga(request.user, "visade i lista", "deltagande", [rad for rad, _ in rader])
    context = {"insatser": insatser.values(), "vald": vald, "lage": lage, "lagen": LAGEN, "vantar": vantar,
               "sida": sida, "rader": rader}  # fmt: skip
    return render(request, "uppfoljning/deltagande_list.html", context)


def _deltaganden(user, insatser, lage):
    rader = Deltagande.objects.visible_to(user).filter(anonym=False, insats__in=insatser, felregistrerad=lage == "fel")
    if lage != "fel":
        rader = rader.filter(slut__isnull=lage == "pagar")
    return rader.for_lista()


def _logga(user, handling, typ, objekt):
    """One bulk insert for the rows of a list; nothing when it is empty."""
    if objekt:
        Atkomst.logga(user, handling, typ, [(rad.uuid, rad.deltagare and rad.deltagare.uuid) for rad in objekt])


def hamta(request, uuid, handling):
    """The stay, with a row in Atkomst; locked on POST. An anonymous one has no page, for it has nobody to show."""
    rader = Deltagande.objects.filter(anonym=False).select_related("insats", "deltagare", "avslutsorsak")
    if request.method == "POST":
        # Without joins: after waiting for the lock the row may point at another person, and a join gives nobody.
        rader = rader.select_related(None).select_for_update()
    deltagande = get_visible_or_404(rader, request.user, uuid=uuid)
    require(can_view_deltagande(request.user, deltagande))
    Atkomst.logga(request.user, handling, "deltagande", [(deltagande.uuid, deltagande.deltagare.uuid)])
    return deltagande


@require_GET
def deltagande_detail(request, uuid):
    deltagande = hamta(request, uuid, "visade")
    svar = svarsdagar(deltagande)
    lagen = {lage.tillfalle: lage for lage in deltagande.lagen.prefetch_related("andelar")}
    namn = dict(Forsorjning.objects.values_list("kod", "text"))
    nummer = deltagande.personnummer
    handelser = Handelse.objects.om(deltagande).select_related("av")[:HISTORIK]
    context = {
        "deltagande": deltagande,
        "maskerat": nummer and f"{nummer[:8]}-••••",
        "identitet": [] if deltagande.skyddad else _identitet(deltagande),
        "tillfallen": [
            _tillfalle(deltagande, tillfalle, lagen.get(tillfalle), svar.get(tillfalle), namn)
            for tillfalle in Tillfalle
        ],
        "saknas": saknas(deltagande, svar),
        "historik": historik(handelser),
    }
    return render(request, "uppfoljning/deltagande_detail.html", context)


def _identitet(deltagande):
    return [
        (etikett, varde)
        for etikett, varde in (
            ("Adress", deltagande.adress),
            ("Telefon", deltagande.telefon),
            ("E-post", deltagande.epost),
            ("Kommun", KOMMUNER.get(deltagande.kommun, deltagande.kommun)),
            ("Hänvisad av", deltagande.get_remittentslag_display()),
        )
        if varde
    ]


def _tillfalle(deltagande, tillfalle, lage, svar, namn):
    """What one column of the page shows of start or exit: facts, and whether the participant has answered."""
    forsorjning = []
    if lage:
        forsorjning = [(namn.get(rad.kod, rad.kod), rad.procent) for rad in lage.andelar.all()]
        if not forsorjning and lage.forsorjning:
            text = "Vill inte svara" if lage.forsorjning == Forsorjning.VES else namn.get(lage.forsorjning)
            forsorjning = [(text or lage.forsorjning, None)]
    return {
        "kod": tillfalle.value,
        "text": tillfalle.label,
        "dag": deltagande.start if tillfalle == Tillfalle.START else deltagande.slut,
        "lage": lage,
        "timmar": lage and lage.timmar is not None and f"{lage.timmar.normalize():f}".replace(".", ","),
        "forsorjning": sorted(forsorjning, key=lambda rad: -(rad[1] or 0)),
        "svar": svar,
    }


@require_POST
def deltagande_nummer(request, uuid):
    """The whole number, on a page of its own that says in Atkomst that it was shown."""
    deltagande = hamta(request, uuid, "visade nummer")
    if not (tolv := deltagande.personnummer):
        raise Http404
    context = {"deltagande": deltagande, "nummer": f"{tolv[:8]}-{tolv[8:]}"}
    return render(request, "uppfoljning/deltagande_nummer.html", context)


@require_http_methods(["GET", "POST"])
def deltagande_edit(request, uuid):
    deltagande = hamta(request, uuid, _handling(request))
    form = UppgifterForm.from_request(request, deltagande=deltagande)
    if request.method == "POST" and form.is_valid():
        try:
            andrat = inskrivning.andra(deltagande=deltagande, av=request.user, **form.falt_att_spara())
        except inskrivning.GarInte as fel:
            form.add_error("start", str(fel))
        else:
            text = "Uppgifterna är sparade." if andrat else "Inget var ändrat, så inget behövde sparas."
            messages.success(request, text)
            return redirect("uppfoljning:deltagande_detail", uuid)
    return render(request, "uppfoljning/deltagande_edit.html", {"form": form, "deltagande": deltagande})


def _sparat_lage(deltagande, tillfalle):
    return Lage.objects.filter(deltagande=deltagande, tillfalle=tillfalle).prefetch_related("andelar").first()


@require_http_methods(["GET", "POST"])
def lage_edit(request, uuid, tillfalle):
    deltagande = hamta(request, uuid, _handling(request))
    if tillfalle not in Tillfalle.values:
        raise Http404
    dag = deltagande.start if tillfalle == Tillfalle.START else deltagande.slut
    lage = _sparat_lage(deltagande, tillfalle)
    form = LageForm.from_request(request, deltagande=deltagande, lage=lage, datum=dag)
    if request.method == "POST" and form.is_valid():
        if form.skillnader(form.fields):
            inskrivning.satt_lage(
                deltagande=deltagande, tillfalle=tillfalle, datum=form.cleaned_data["datum"], av=request.user,
                **form.lage(),
            )  # fmt: skip
        messages.success(request, "Timmar och försörjning är sparade.")
        if varning := form.varning():
            messages.warning(request, varning)
        return redirect("uppfoljning:deltagande_detail", uuid)
    vid = Tillfalle(tillfalle).label.lower()
    return render(request, "uppfoljning/deltagande_lage.html", {"form": form, "deltagande": deltagande, "vid": vid})


@require_http_methods(["GET", "POST"])
def deltagande_avsluta(request, uuid):
    """Register the exit, or correct it."""
    deltagande = hamta(request, uuid, _handling(request))
    ny = deltagande.slut is None
    form = AvslutForm.from_request(request, deltagande=deltagande, lage=_sparat_lage(deltagande, Tillfalle.SLUT))
    if request.method == "POST" and form.is_valid():
        slut = form.cleaned_data["slut"]
        andrat = not ny and form.skillnader(("slut", "avslutsorsak"))
        try:
            inskrivning.avsluta(deltagande=deltagande, slut=slut, orsak=form.orsak, av=request.user)
        except inskrivning.GarInte as fel:
            form.add_error("slut", str(fel))
        else:
            if form.skillnader(form.lagets_falt):
                inskrivning.satt_lage(
                    deltagande=deltagande, tillfalle=Tillfalle.SLUT, datum=slut, av=request.user, **form.lage()
                )
                if varning := form.varning():
                    messages.warning(request, varning)
            messages.success(request, "Avslutet är ändrat." if andrat else "Avslutet är registrerat.")
            return redirect("uppfoljning:deltagande_detail", uuid)
    return render(request, "uppfoljning/deltagande_avsluta.html", {"form": form, "deltagande": deltagande, "ny": ny})


@require_http_methods(["GET", "POST"])
def deltagande_felregistrera(request, uuid):
    deltagande = hamta(request, uuid, _handling(request))
    form = FelregistreraForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        try:
            inskrivning.felregistrera(deltagande=deltagande, skal=form.cleaned_data["skal"], av=request.user)
        except inskrivning.GarInte as fel:
            messages.warning(request, str(fel))
        else:
            messages.success(request, "Deltagandet är markerat som felregistrerat och räknas inte.")
        return redirect("uppfoljning:deltagande_detail", uuid)
    return render(request, "uppfoljning/deltagande_felregistrera.html", {"form": form, "deltagande": deltagande})


@require_http_methods(["GET", "POST"])
def deltagande_skydda(request, uuid):
    deltagande = hamta(request, uuid, _handling(request))
    if deltagande.skyddad:
        messages.info(request, "Uppgifterna är redan borttagna. Inget ändrades.")
        return redirect("uppfoljning:deltagande_detail", uuid)
    form = SkyddaForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        inskrivning.skydda(deltagande=deltagande, lokal_kod=form.cleaned_data["lokal_kod"], av=request.user)
        messages.success(request, "Uppgifterna är borttagna. Kvar är den egna koden, kön, födelseår, datum och tal.")
        return redirect("uppfoljning:deltagande_detail", uuid)
    return render(request, "uppfoljning/deltagande_skydda.html", {"form": form, "deltagande": deltagande})


def _handling(request):
    return "ändrade" if request.method == "POST" else "visade"
