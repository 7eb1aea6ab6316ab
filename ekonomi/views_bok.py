"""The ledger's imports: upload, look through, save, undo; and the vouchers of a year."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import bok_spara, policies
from ekonomi.forms_bok import BokimportForm, SparaForm
from ekonomi.models import Bokimport, Verksamhetsar
from samordning.karna import filer, jobb
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse, Jobb
from samordning.karna.views import get_visible_or_404, paginate, require, skapa_en_gang

GRANSKNING, SPARANDE = "ekonomi.bok_spara.gor_granskning", "ekonomi.bok_spara.gor_sparande"
KONTROLLER = (
    ("ver", "Varje verifikation balanserar"), ("res", "Resultatet per konto (#RES)"),
    ("ub", "Utgående saldon (#UB)"), ("psaldo", "Månadernas summor (#PSALDO)"),
)  # fmt: skip
HANDELSER = {
    "granska": "Granskad", "spara": "Sparad", "avvisa": "Inte inläst", "angra": "Ångrad",
}  # fmt: skip


def _hamta(request, pk, lasta=False):
    """403 for who sees nothing of the ledger: nothing is told of which numbers there are."""
    require(policies.can_view_bok(request.user))
    rader = Bokimport.objects.select_related("verksamhetsar", "fil", "korning", "av")
    if lasta:
        rader = rader.select_for_update(of=("self",))
    return get_visible_or_404(rader, request.user, pk=pk)


@require_GET
def bok_list(request):
    require(policies.can_view_bok(request.user))
    rader = Bokimport.objects.visible_to(request.user).select_related("verksamhetsar", "fil", "av")
    context = {
        "sida": paginate(request, rader),
        "ar": Verksamhetsar.objects.filter(pk__in=Bokimport.objects.filter(lage="sparad").values("verksamhetsar")),
        "far_andra": policies.can_edit_bok(request.user),
        "har_ar": Verksamhetsar.objects.exists(),
    }
    return render(request, "ekonomi/bok_list.html", context)


@require_http_methods(["GET", "POST"])
def bok_create(request):
    require(policies.can_edit_bok(request.user))
    form = BokimportForm.from_request(request)

    def skapa():
        rad = bok_spara.ta_emot(form.innehall, form.namn, form.cleaned_data["verksamhetsar"], av=request.user)
        Handelse.logga(rad, "uppladdad", av=request.user)
        return rad

    if rad := skapa_en_gang(request, form, Bokimport, skapa, "Filen är mottagen och granskas nu."):
        return redirect("sidor:jobb_detail", _bestall(request, rad, GRANSKNING, "Granska bokföring").uuid)
    return render(request, "ekonomi/bok_create.html", {"form": form, "har_ar": Verksamhetsar.objects.exists()})


def _bestall(request, rad, uppgift, rubrik):
    return jobb.bestall(uppgift, {"import": rad.pk}, request.user, f"{rubrik} {rad.verksamhetsar}")


@require_GET
def bok_detail(request, pk):
    rad = _hamta(request, pk)
    far_andra = policies.can_edit_bok(request.user)
    granskning = rad.granskning
    kontroll = granskning.get("kontroll") or {}
    context = {
        "rad": rad, "granskning": granskning, "antal": granskning.get("antal"),
        "kontroller": [(text, kontroll.get(kod)) for kod, text in KONTROLLER] if kontroll else [],
        "varningar": paginate(request, granskning.get("varningar", [])),
        "form": SparaForm(instance=rad) if far_andra and rad.lage == Bokimport.Lage.GRANSKAD else None,
        "kan_sparas": not granskning.get("hinder"),
        "far_andra": far_andra,
        "hinder_att_angra": bok_spara.hinder_att_angra(rad) if rad.lage == Bokimport.Lage.SPARAD else [],
        "pagar": Jobb.objects.filter(parametrar={"import": rad.pk}, lage__in=Jobb.AKTIVA).first()
        if far_andra else None,
        "historik": [
            (handelse, HANDELSER.get(handelse.namn, "Uppladdad"))
            for handelse in Handelse.objects.om(rad).select_related("av")
        ],
    }  # fmt: skip
    return render(request, "ekonomi/bok_detail.html", context)


@require_GET
def bok_fil(request, pk):
    return filer.svar(_hamta(request, pk).fil)


@require_POST
def bok_sparas(request, pk):
    """The confirmation of the preview. A worker saves; the page of the job shows how far it has come."""
    rad = _hamta(request, pk, lasta=True)
    require(policies.can_edit_bok(request.user))
    if "spara" not in rad.mojliga_overgangar:
        raise OtillatenOvergang(f"Importen är redan {rad.get_lage_display().lower()}. Inget ändrades.")
    form = SparaForm.from_request(request, instance=rad)
    if not form.is_valid():
        messages.warning(request, f"Skriv varför bokföringen rättas. {bok_spara.STANGT}")
        return redirect("ekonomi:bok_detail", pk)
    rad.skal = form.cleaned_data.get("skal", "")
    rad.save(update_fields=["skal"])
    return redirect("sidor:jobb_detail", _bestall(request, rad, SPARANDE, "Spara bokföring").uuid)


@require_POST
def bok_avvisa(request, pk):
    """Throw the preview away. The file and what was found stay in the list."""
    rad = _hamta(request, pk)
    require(policies.can_edit_bok(request.user))
    rad._overga("avvisa", av=request.user)
    messages.success(request, "Filen läses inte in. Inget i bokföringen ändrades.")
    return redirect("ekonomi:bok_list")


@require_http_methods(["GET", "POST"])
def bok_angra(request, pk):
    rad = _hamta(request, pk)
    require(policies.can_edit_bok(request.user))
    if rad.lage != Bokimport.Lage.SPARAD:
        raise OtillatenOvergang(f"Importen är {rad.get_lage_display().lower()} och går inte att ångra.")
    if request.method == "POST":
        try:
            bok_spara.angra(rad, av=request.user)
        except bok_spara.KanInteSparas as fel:
            messages.warning(request, str(fel))
        else:
            messages.success(request, "Importen är ångrad. Dess verifikationer är borta ur bokföringen.")
        return redirect("ekonomi:bok_detail", pk)
    context = {"rad": rad, "hinder": bok_spara.hinder_att_angra(rad)}
    return render(request, "ekonomi/bok_angra.html", context)


def ar_med_bok(request, pk):
    """The year, for who sees its ledger; locked on POST, so that it is not closed meanwhile."""
    require(policies.can_view_bok(request.user))
    rader = Verksamhetsar.objects.filter(pk=pk)
    if request.method == "POST":
        rader = rader.select_for_update()
    if (ar := rader.first()) is None:
        raise Http404
    return ar
