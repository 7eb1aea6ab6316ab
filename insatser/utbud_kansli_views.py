"""What the kansli keeps about an insats beside its sheet: its own referral form (M188), how far its method has come
into ordinary work (M342), and which of the staff have gone NCK's course (M330)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max, Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from insatser import policies
from insatser.models import Implementering, Insats, Medarbetare
from insatser.utbud_forms import BARA_PAPPER, BlankettForm, ImplementeringForm, NckForm
from insatser.utbud_visning import implementeringens_marke, senaste_implementering
from insatser.views_redigering import hamta
from samordning.karna import bilagor, filer
from samordning.karna.andringar import skrivbar
from samordning.karna.models import Anvandare, Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import get_visible_or_404, paginate, require, skapa_en_gang

UTAN_STATUS = "saknas"
ALLA, SAKNAS, HAR_GATT = "alla", "saknas", "klara"
NCK_VAL = {ALLA: "Alla", SAKNAS: "Saknar kursen", HAR_GATT: "Har gått kursen"}


# ---- The insats' own referral form


@login_not_required
@require_safe
def blankett(request, slug):
    """The file, for everybody who sees the sheet."""
    insats = get_visible_or_404(Insats.objects.select_related("egen_blankett"), request.user, slug=slug)
    if insats.egen_blankett is None:
        raise Http404
    return filer.svar(insats.egen_blankett)


@require_http_methods(["GET", "POST"])
def blankett_edit(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_blankett(request.user))
    if insats.tar_emot != Insats.TarEmot.PAPPER:
        if request.method == "POST":
            messages.error(request, f"Filen är inte sparad. {BARA_PAPPER}")
            return redirect("insatser:blankett_edit", slug)
        return render(request, "insatser/blankett_edit.html", {"insats": insats, "hinder": BARA_PAPPER})
    form = BlankettForm.from_request(request, insats=insats)
    if request.method == "POST" and form.is_valid():
        _byt_blankett(insats, bilagor.spara(form.cleaned_data["fil"], av=request.user), av=request.user)
        messages.success(request, "Blanketten är upplagd och går att hämta på insatsens sida.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/blankett_edit.html", {"insats": insats, "form": form})


@require_http_methods(["GET", "POST"])
def blankett_delete(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_blankett(request.user))
    if request.method == "POST":
        if insats.egen_blankett_id:
            _byt_blankett(insats, None, av=request.user)
        messages.success(request, "Insatsen har ingen egen blankett längre.")
        return redirect("insatser:insats_detail", slug)
    return render(request, "insatser/blankett_delete.html", {"insats": insats})


def _byt_blankett(insats, fil, *, av):
    """The old file goes: nobody can reach it any more."""
    gammal, insats.egen_blankett = insats.egen_blankett, fil
    insats.save(update_fields=["egen_blankett"])
    namn = [gammal and gammal.filnamn, fil and fil.filnamn]
    Handelse.logga(insats, "blankett_upplagd" if fil else "blankett_borttagen", av=av, data={"remissblankett": namn})
    if gammal:
        gammal.delete()


# ---- Implementation


@require_http_methods(["GET", "POST"])
def implementering(request, slug):
    """The history, and for the kansli a form for a new state. Nothing is written over."""
    require(policies.can_view_implementering(request.user))
    insats = hamta(request, slug)
    form = None
    if policies.can_edit_implementering(request.user):
        form = ImplementeringForm.from_request(request, instance=Implementering(insats=insats, av=request.user))
    require(form or request.method == "GET")

    def skapa():
        fore = insats.implementering.first()
        rad = form.save()
        data = {"status": [fore and fore.status, rad.status], "datum": [None, skrivbar(rad.datum)]}
        Handelse.logga(insats, "implementering", av=request.user, data=data)
        return rad

    if form and skapa_en_gang(request, form, Implementering, skapa, lambda rad: "Den nya statusen är sparad."):
        return redirect("insatser:implementering", slug)
    sida = paginate(request, insats.implementering.select_related("av"))
    rader = [(rad, implementeringens_marke(rad)) for rad in sida]
    return render(
        request, "insatser/implementering.html", {"insats": insats, "form": form, "sida": sida, "rader": rader}
    )


@require_GET
def implementering_list(request):
    """Ongoing insatser with the state that holds; `?status=` limits it."""
    require(policies.can_view_implementering(request.user))
    insatser = Insats.objects.visible_to(request.user).pagaende()
    senaste = senaste_implementering(insatser)
    val = {"": "Alla", UTAN_STATUS: "Inget skrivet", **dict(Implementering.Status.choices)}
    status = request.GET.get("status") if request.GET.get("status") in val else ""
    if status == UTAN_STATUS:
        insatser = insatser.exclude(pk__in=senaste)
    elif status:
        insatser = insatser.filter(pk__in=[pk for pk, rad in senaste.items() if rad.status == status])
    sida = paginate(request, insatser.for_lista())
    rader = [(insats, senaste.get(insats.pk), implementeringens_marke(senaste.get(insats.pk))) for insats in sida]
    context = {"sida": sida, "rader": rader, "val": val.items(), "status": status}
    return render(request, "insatser/implementering_list.html", context)


# ---- NCK's course


def medarbetare_med_kurs():
    """Everybody who works today in an individinriktad insats that goes on, with `kurs` (day or None) and `sedan`."""
    individ = Insats.objects.individinriktade().pagaende()
    i_dag = Medarbetare.objects.pagaende().filter(insats__in=individ)
    personer = Anvandare.objects.filter(pk__in=i_dag.values("anvandare"))
    kurs = Medarbetare.objects.filter(anvandare__in=personer).values("anvandare").annotate(
        kurs=Max("nck_kurs"), sedan=Min("fran")
    )  # fmt: skip
    om = {rad["anvandare"]: rad for rad in kurs}
    arbetar = {}
    for rad in i_dag.select_related("insats"):
        arbetar.setdefault(rad.anvandare_id, []).append(rad.insats)
    return [
        {"person": person, "insatser": sorted(arbetar[person.pk], key=str), **om[person.pk]}
        for person in personer.order_by(SvenskOrdning("namn"), "pk")
    ]


@require_GET
def nck_list(request):
    require(policies.can_manage_nck(request.user))
    alla = medarbetare_med_kurs()
    visa = request.GET.get("visa") if request.GET.get("visa") in NCK_VAL else ALLA
    rader = [rad for rad in alla if visa == ALLA or bool(rad["kurs"]) == (visa == HAR_GATT)]
    context = {
        "sida": paginate(request, rader), "antal": len(alla), "klara": sum(bool(rad["kurs"]) for rad in alla),
        "val": NCK_VAL.items(), "visa": visa,
    }  # fmt: skip
    return render(request, "insatser/nck_list.html", context)


@require_http_methods(["GET", "POST"])
def nck_edit(request, pk):
    """The day of a person's course, kept with every insats that they are listed in."""
    require(policies.can_manage_nck(request.user))
    person = get_object_or_404(Anvandare, pk=pk)
    egna = Medarbetare.objects.filter(anvandare=person).order_by("pk")
    rader = list(egna.select_for_update() if request.method == "POST" else egna)
    if not rader:
        raise Http404
    # A row that was made after the course has no day of its own; the latest day holds.
    rad = max(rader, key=lambda rad: (rad.nck_kurs is not None, rad.nck_kurs or rad.fran))
    fore = rad.nck_kurs
    form = NckForm.from_request(request, instance=rad)
    if request.method == "POST" and form.is_valid():
        if form.andringar():
            _spara_kurs(rader, person, fore, form.cleaned_data["nck_kurs"], av=request.user)
        messages.success(request, f"Uppgiften om {person} är sparad.")
        return redirect("insatser:nck")
    insatser = Insats.objects.filter(medarbetare__in=rader).distinct().order_by(SvenskOrdning("namn"), "pk")
    return render(request, "insatser/nck_edit.html", {"form": form, "person": person, "insatser": insatser})


def _spara_kurs(rader, person, fore, efter, *, av):
    Medarbetare.objects.filter(pk__in=[rad.pk for rad in rader]).update(nck_kurs=efter)
    data = {"medarbetare": [person.namn, person.namn], "NCK:s grundkurs": [skrivbar(fore), skrivbar(efter)]}
    for insats in Insats.objects.filter(medarbetare__in=rader).distinct():
        Handelse.logga(insats, "nck_kurs", av=av, data=data)
