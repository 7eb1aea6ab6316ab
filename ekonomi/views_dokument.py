"""The yearly documents: list, make, write their texts, read and fetch, adopt, remove a draft."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ekonomi import dokument as dokumenten
from ekonomi import dokument_docx, dokument_jobb, dokument_tryck, policies
from ekonomi.dokument_arsredovisning import senast
from ekonomi.dokument_texter import falt, falten
from ekonomi.dokument_visning import kapitlen
from ekonomi.forms_dokument import DokumentbeslutForm, DokumentForm, TextForm
from ekonomi.models import Dokument, Dokumenttext
from samordning.karna import filer
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Jobb
from samordning.karna.pdf import PdfSaknas
from samordning.karna.views import get_visible_or_404, require, skapa_en_gang

HANDELSER = {"skapad": "Påbörjat", "faststall": "Fastställt", "text": "Text ändrad"}
UTKAST = Dokument.Lage.UTKAST


def _hamta(request, pk, rader=None):
    require(policies.can_list_dokument(request.user))
    return get_visible_or_404(Dokument.objects.all() if rader is None else rader, request.user, pk=pk)


def _att_andra(request, pk):
    """A draft that the user writes in; locked on POST, so that it is not adopted meanwhile."""
    require(policies.can_edit_dokument(request.user))
    rader = Dokument.objects.select_for_update(of=("self",)) if request.method == "POST" else None
    dokument = _hamta(request, pk, rader)
    if dokument.lage != UTKAST:
        raise OtillatenOvergang("Dokumentet är fastställt och går inte att ändra. Inget ändrades.")
    return dokument


@require_GET
def dokument_list(request):
    require(policies.can_list_dokument(request.user))
    per_ar = {}
    for dokument in Dokument.objects.visible_to(request.user).for_lista():
        per_ar.setdefault(dokument.ar, []).append(dokument)
    far_andra = policies.can_edit_dokument(request.user)
    return render(request, "ekonomi/dokument_list.html", {"per_ar": per_ar, "far_andra": far_andra})


@require_http_methods(["GET", "POST"])
def dokument_create(request):
    require(policies.can_edit_dokument(request.user))
    form = DokumentForm.from_request(request)

    def skapa():
        return dokumenten.skapa(form.save(commit=False), av=request.user)

    if dokument := skapa_en_gang(request, form, Dokument, skapa, lambda rad: f"{rad} är påbörjad."):
        return redirect("ekonomi:dokument_detail", dokument.pk)
    return render(request, "ekonomi/dokument_create.html", {"form": form})


@require_GET
def dokument_detail(request, pk):
    """The document to read; a draft with what is missing and its texts."""
    dokument = _hamta(request, pk, Dokument.objects.select_related("punkt__mote__organ", "pdf", "docx"))
    last = dokumenten.las(dokument)
    far_andra = policies.can_edit_dokument(request.user)
    skriver = far_andra and dokument.lage == UTKAST
    context = {
        "dokument": dokument, "varden": last.varden, "kapitlen": kapitlen(last.varden, 3), "last": last,
        "besked": dokument_tryck.besked(last.varden), "skriver": skriver,
        "texter": _texter(dokument) if skriver else [],
        "senast": senast(dokument.ar) if dokument.slag == Dokument.Slag.ARSREDOVISNING else None, "idag": idag(),
        "historik": _historik(dokument) if far_andra else [],
        "pagar": Jobb.objects.filter(
            uppgift=dokument_jobb.UPPGIFT, parametrar__dokument=pk, lage__in=Jobb.AKTIVA
        ).first() if skriver else None,
    }  # fmt: skip
    return render(request, "ekonomi/dokument_detail.html", context)


def _texter(dokument):
    """[(what, the row or None, the year that it was carried from and not changed since)]."""
    rader = {rad.nyckel: rad for rad in dokument.texter.all()}
    skapad = Handelse.objects.om(dokument).filter(namn="skapad").first()
    fran = skapad and skapad.data.get("texter_fran")
    svar = []
    for ett in falten(dokument.slag):
        rad = rader.get(ett.nyckel)
        oandrad = rad is not None and rad.text and rad.version == 1
        svar.append((ett, rad if rad and rad.text.strip() else None, fran if oandrad else None))
    return svar


def _historik(dokument):
    rader = Handelse.objects.om(dokument).select_related("av")
    return [(rad, _i_ord(dokument, rad)) for rad in rader if rad.namn in HANDELSER]


def _i_ord(dokument, rad):
    if rad.namn == "text" and (ett := falt(dokument.slag, rad.data.get("nyckel", ""))):
        return f"Texten ”{ett.rubrik}” ändrad"
    if rad.namn == "skapad" and rad.data.get("texter_fran"):
        return f"Påbörjat med texterna från {rad.data['texter_fran']}"
    return HANDELSER[rad.namn]


@require_http_methods(["GET", "POST"])
def dokument_text(request, pk, nyckel):
    dokument = _att_andra(request, pk)
    ett = falt(dokument.slag, nyckel)
    if ett is None:
        raise Http404
    # The document's row is locked, so nobody else writes the text meanwhile.
    rad = Dokumenttext.objects.filter(dokument=dokument, nyckel=nyckel).first()
    rad = rad or Dokumenttext(dokument=dokument, nyckel=nyckel)
    rad.dokument = dokument
    form = TextForm.from_request(request, instance=rad)
    if _spara_text(request, form, dokument, nyckel):
        return redirect("ekonomi:dokument_detail", pk)
    fore = dokumenten.fjolarets(dokument.slag, dokument.ar)
    forra = fore and Dokumenttext.objects.filter(dokument=fore, nyckel=nyckel).exclude(text=rad.text).first()
    context = {"form": form, "dokument": dokument, "ett": ett, "fore": fore, "forra": forra}
    return render(request, "ekonomi/dokument_text.html", context)


def _spara_text(request, form, dokument, nyckel):
    if request.method != "POST" or not form.is_valid() or not form.spara_utan_krock(form.save):
        return False
    if form.andringar():
        Handelse.logga(dokument, "text", av=request.user, data={"nyckel": nyckel})
    messages.success(request, "Texten är sparad.")
    return True


@require_GET
def dokument_fil(request, pk, typ):
    """The adopted file as it was frozen; of a draft what it says now, marked as one."""
    dokument = _hamta(request, pk, Dokument.objects.select_related("pdf", "docx"))
    if dokument.lage != UTKAST:
        if (fil := getattr(dokument, typ)) is None:
            raise Http404
        return filer.svar(fil)
    varden = dokumenten.las(dokument).varden
    try:
        innehall = dokument_tryck.gor(varden) if typ == "pdf" else dokument_docx.gor(varden)
    except PdfSaknas as fel:
        messages.warning(request, str(fel))
        return redirect("ekonomi:dokument_detail", pk)
    return filer.hamtas(innehall, dokument_tryck.filnamn(varden, typ), typ)


@require_http_methods(["GET", "POST"])
def dokument_faststall(request, pk):
    """Write down that the board has adopted it. A worker writes the files and freezes what was seen."""
    dokument = _att_andra(request, pk)
    last = dokumenten.las(dokument)
    form = DokumentbeslutForm.from_request(request, initial={"sedd": last.avtryck})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["sedd"] == last.avtryck and not last.hinder:
            arbete = dokument_jobb.bestall(dokument, av=request.user, sedd=last.avtryck, **form.beslutet)
            return redirect("sidor:jobb_detail", arbete.uuid)
        messages.warning(request, dokument_jobb.ANDRAT)
        return redirect("ekonomi:dokument_faststall", pk)
    context = {"form": form, "dokument": dokument, "last": last}
    return render(request, "ekonomi/dokument_faststall.html", context)


@require_http_methods(["GET", "POST"])
def dokument_ta_bort(request, pk):
    dokument = _att_andra(request, pk)
    if request.method == "POST":
        Handelse.logga(dokument, "borttaget", av=request.user, data={"slag": dokument.slag, "ar": dokument.ar})
        dokument.delete()
        messages.success(request, f"Utkastet ”{dokument}” är borttaget.")
        return redirect("ekonomi:dokument_list")
    return render(request, "ekonomi/dokument_ta_bort.html", {"dokument": dokument})
