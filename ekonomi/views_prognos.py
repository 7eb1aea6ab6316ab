"""Forecasts: those of a year, one as a draft or frozen, its form, its freezing, and the paper for the board."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import policies, prognos, prognos_tryck, prognos_underlag
from ekonomi.forms_prognos import PrognosAndraForm, PrognosForm
from ekonomi.models import Prognos, Verksamhetsar
from ekonomi.views_ar import hamta_ar
from samordning.karna import filer
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from samordning.karna.pdf import PdfSaknas
from samordning.karna.views import get_visible_or_404, loggad, require, skapa_en_gang, spara_andringar


def _hamta(request, pk):
    """403 for who sees no forecast at all. On POST the year is locked, and then the forecast."""
    require(policies.can_view_budget(request.user))
    rader = Prognos.objects.select_related("verksamhetsar", "mote__organ", "skapad_av")
    rad = get_visible_or_404(rader, request.user, pk=pk)
    if request.method == "POST":
        ar = Verksamhetsar.objects.select_for_update(of=("self",)).get(pk=rad.verksamhetsar_id)
        rad = rader.select_for_update(of=("self",)).get(pk=pk)
        rad.verksamhetsar = ar
    return rad


def _att_andra(request, pk):
    """A draft, for who may write in it."""
    require(policies.can_edit_prognos(request.user))
    rad = _hamta(request, pk)
    if rad.lage != Prognos.Lage.UTKAST:
        raise OtillatenOvergang(f"{rad} är låst och ändras aldrig. Börja en ny prognos i stället. Inget ändrades.")
    return rad


@require_GET
def prognos_list(request, pk):
    ar = hamta_ar(request, pk)
    rader = list(
        Prognos.objects.visible_to(request.user).filter(verksamhetsar=ar).select_related("mote__organ").order_by("-nr")
    )
    context = {
        "ar": ar,
        "rader": [(rad, prognos.ur_varden(rad.varden) if rad.varden else None) for rad in rader],
        "far_andra": policies.can_edit_prognos(request.user),
        "har_utkast": any(rad.lage == Prognos.Lage.UTKAST for rad in rader),
    }
    return render(request, "ekonomi/prognos_list.html", context)


@require_http_methods(["GET", "POST"])
def prognos_create(request, pk):
    require(policies.can_edit_prognos(request.user))
    ar = get_object_or_404(Verksamhetsar, pk=pk)
    if utkast := Prognos.objects.filter(verksamhetsar=ar, lage=Prognos.Lage.UTKAST).first():
        messages.info(request, f"Det finns redan ett utkast för {ar}. Här är det.")
        return redirect("ekonomi:prognos_detail", utkast.pk)
    forslag = {"till": prognos_underlag.forsta_dag(ar)}
    form = PrognosForm.from_request(request, instance=Prognos(verksamhetsar=ar), initial=forslag)
    antal = 0

    def skapa():
        nonlocal antal
        rad, antal = prognos_underlag.borja(form.save(commit=False), av=request.user)
        return loggad(request, rad)

    if rad := skapa_en_gang(request, form, Prognos, skapa, lambda rad: _borjad(rad, antal)):
        return redirect("ekonomi:prognos_detail", rad.pk)
    return render(request, "ekonomi/prognos_create.html", {"form": form, "ar": ar})


def _borjad(rad, antal):
    text = f"{rad} är påbörjad. Läs förslaget rad för rad."
    return f"{text} {antal} egna belopp följde med från förra prognosen. Se över dem." if antal else text


@require_GET
def prognos_detail(request, pk):
    rad = _hamta(request, pk)
    rapport = prognos_underlag.rapport(rad)
    context = {
        "rad": rad, "ar": rad.verksamhetsar, "rapport": rapport,
        "far_andra": policies.can_edit_prognos(request.user) and rad.lage == Prognos.Lage.UTKAST,
        "ser_bok": policies.can_view_bok(request.user),
    }  # fmt: skip
    return render(request, "ekonomi/prognos_detail.html", context)


@require_http_methods(["GET", "POST"])
def prognos_edit(request, pk):
    rad = _att_andra(request, pk)
    rapport = prognos_underlag.rapport(rad)
    poster = rad.verksamhetsar.poster.all()
    form = PrognosAndraForm.from_request(request, instance=rad, poster=poster)
    if spara_andringar(request, form, text=f"{rad} är sparad."):
        return redirect("ekonomi:prognos_detail", pk)
    rader = [(block.namn, [(del_, *form.falten_for(del_.post)) for del_ in block.rader if del_.post])
             for block in rapport.block]  # fmt: skip
    context = {"form": form, "rad": rad, "ar": rad.verksamhetsar, "delar": [ett for ett in rader if ett[1]]}
    return render(request, "ekonomi/prognos_edit.html", context)


@require_http_methods(["GET", "POST"])
def prognos_las(request, pk):
    """Ask, and freeze what was seen."""
    rad = _att_andra(request, pk)
    if request.method == "POST":
        try:
            prognos_underlag.las(rad, av=request.user, sedd=request.POST.get("sedd", ""))
        except prognos_underlag.TalenAndrade as fel:
            messages.warning(request, str(fel))
            return redirect("ekonomi:prognos_las", pk)
        messages.success(request, f"{rad} är låst. Styrelsen kan läsa den nu.")
        return redirect("ekonomi:prognos_detail", pk)
    rapport = prognos_underlag.rapport(rad)
    context = {
        "rad": rad, "ar": rad.verksamhetsar, "rapport": rapport, "sedd": prognos_underlag.avtryck(rapport),
    }  # fmt: skip
    return render(request, "ekonomi/prognos_las.html", context)


@require_http_methods(["GET", "POST"])
def prognos_ta_bort(request, pk):
    rad = _att_andra(request, pk)
    if request.method == "POST":
        Handelse.logga(rad.verksamhetsar, "prognos_borttagen", av=request.user, data={"nr": rad.nr})
        rad.delete()
        messages.success(request, "Utkastet är borttaget.")
        return redirect("ekonomi:prognos_list", rad.verksamhetsar_id)
    return render(request, "ekonomi/prognos_ta_bort.html", {"rad": rad, "ar": rad.verksamhetsar})


@require_GET
def prognos_pdf(request, pk):
    """For the board's papers. A draft is marked as one on every page."""
    rad = _hamta(request, pk)
    try:
        innehall = prognos_tryck.gor(prognos_underlag.rapport(rad), rad.last)
    except PdfSaknas as fel:
        messages.warning(request, str(fel))
        return redirect("ekonomi:prognos_detail", pk)
    return filer.hamtas(innehall, f"prognos-{rad.nr}-{rad.verksamhetsar}.pdf", "pdf")
