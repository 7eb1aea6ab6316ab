"""The record as PDF and as extracts, and its approval (MA15, MA17, MA19)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import justering as justering_
from moten import policies, protokoll, protokoll_pdf, publicering
from moten.dagordning_mote_views import hamta
from moten.justering_forms import JusterareForm, KommentarForm, SvarForm, UndertecknatForm
from moten.models import Fastpunkt, Justeringskommentar, Mote, Protokollversion
from samordning.karna import filer, pdf
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, require, skapa_en_gang

UTKAST = "Utkast"


def _for_lasare(request, pk):
    """(the meeting, for who may see it and whose record has begun; what was published, for who reads only that)"""
    mote = get_visible_or_404(Mote.objects.select_related("organ", "ordforande", "sekreterare"), request.user, pk=pk)
    if not policies.sees_only_published(request.user, mote):
        if mote.lage in (*mote.FORE, mote.Lage.INSTALLT):
            raise Http404
        return mote, None
    publicerat = publicering.publicerat(mote)
    if publicerat is None:
        raise Http404
    return mote, publicerat


@require_GET
def protokoll_pdf_view(request, pk):
    """What is not ready says so on each page."""
    mote, publicerat = _for_lasare(request, pk)
    if publicerat:
        return redirect("moten:protokoll_fil", pk)
    blad = protokoll.las(mote, user=request.user)
    mark = "" if mote.lage in mote.LASTA else UTKAST
    return _pdf(request, mote, lambda: protokoll_pdf.gor(blad, mark=mark), protokoll_pdf.filnamn(mote))


@require_GET
def paragraf_pdf(request, pk, punkt):
    """An item of the record; what the reader may not see does not exist."""
    mote, publicerat = _for_lasare(request, pk)
    blad = publicerat.innehall if publicerat else protokoll.som_json(protokoll.las(mote, user=request.user))
    rad = next((rad for rad in blad["punkter"] if rad["pk"] == punkt), None)
    if rad is None:
        raise Http404
    mark = "" if publicerat or mote.lage in mote.LASTA else UTKAST
    namn = protokoll_pdf.filnamn(mote, f"-{slugify(rad['beteckning'].replace('§', 'paragraf '))}")
    return _pdf(request, mote, lambda: protokoll_pdf.gor_utdrag(blad, rad, mark=mark), namn)


def _pdf(request, mote, gor, namn):
    try:
        innehall = gor()
    except (pdf.PdfSaknas, ValueError):
        messages.warning(request, "Det går inte att göra en PDF just nu. Skriv ut mötets sida i stället.")
        return redirect("moten:mote_detail", mote.pk)
    return filer.hamtas(innehall, namn, "pdf")


@require_GET
def protokollversion_fil(request, pk):
    """A version that was sent for approval, or the one that was approved; 404 to others."""
    rad = get_object_or_404(Protokollversion.objects.select_related("mote__organ", "fil"), pk=pk)
    rad.mote = get_visible_or_404(Mote.objects.select_related("organ"), request.user, pk=rad.mote_id)
    sist = rad == rad.mote.protokollversioner.last()
    if not policies.can_view_protokollversion(request.user, rad, sist):
        raise Http404
    return filer.svar(rad.fil)


def for_motets_sida(user, mote, blad):
    """What the meeting's page shows of its record: the PDF as `_papper`, "min" when this reader is to approve it, and
    "fore" for the item on the body's meeting before. A fixed number of queries."""
    har_punkten = any(rad.slag == Fastpunkt.Slag.FOREGAENDE for rad in blad.punkter)
    context = {"mote": mote.pk, "fore": _fore(user, mote) if har_punkten else None}
    if mote.lage in (*mote.FORE, mote.Lage.INSTALLT):
        return context
    ute = mote.lage == mote.Lage.JUSTERING
    context["min"] = ute and mote.justerare.filter(kontakt__anvandare=user, justerade=None).exists()
    return context | _papper(user, mote)


def _fore(user, mote):
    """The body's meeting before and its PDF, for who may see it; None when there is none."""
    moten = Mote.objects.visible_to(user).select_related("organ")
    rad = moten.filter(organ=mote.organ_id, dag__lt=mote.dag, lage__in=Mote.AVSLUTADE).order_by("dag").last()
    return {"mote": rad} | _papper(user, rad) if rad else None


def _papper(user, mote):
    """{"url", "namn"} of the file that was approved, when this reader may have it, otherwise of the record as it is."""
    version = mote.protokollversioner.last() if mote.lage in mote.LASTA else None
    if version:
        version.mote = mote
        if policies.can_view_protokollversion(user, version, True):
            url = reverse("moten:protokollversion_fil", args=[version.pk])
            return {"url": url, "namn": "Justerat protokoll", "justerat": True}
    namn = "Protokoll" if mote.organ.justeras else "Minnesanteckningar"
    return {"url": reverse("moten:protokoll_pdf", args=[mote.pk]), "namn": namn}


# ---- Approval


def _mote(request, pk):
    """The meeting for who takes part in its approval; locked on POST. Its body has its records approved."""
    moten = Mote.objects.select_related("organ")
    if request.method == "POST":
        moten = moten.select_for_update(of=("self",))
    mote = get_visible_or_404(moten, request.user, pk=pk)
    require(policies.can_view_justering(request.user, mote))
    if not mote.organ.justeras:
        raise Http404
    return mote


@require_http_methods(["GET", "POST"])
def justering(request, pk):
    """The kansli chooses who approves and sends the record to them; they read, comment and approve."""
    mote = _mote(request, pk)
    kansli = policies.can_handle_mote(request.user)
    valjer = kansli and mote.lage == Mote.Lage.AVSLUTAT
    if request.method == "POST" and not valjer:
        require(kansli)
        raise OtillatenOvergang(f"Protokollet är {mote.get_lage_display().lower()}. Inget skickades.")
    form = JusterareForm.from_request(request, mote=mote) if valjer else None
    if request.method == "POST" and form.is_valid():
        try:
            justering_.skicka(mote, form.cleaned_data["kontakter"], av=request.user)
        except (pdf.PdfSaknas, ValueError) as fel:
            form.add_error(None, str(fel))
        else:
            messages.success(request, "Protokollet är hos justerarna. De har fått ett mejl.")
            return redirect("moten:justering", pk)
    return _sidan(request, mote, valform=form)


def _sidan(request, mote, *, valform=None, kommentar=None):
    kansli = policies.can_handle_mote(request.user)
    justerare = list(
        mote.justerare.select_related("kontakt__anvandare", "version").prefetch_related("kommentarer__punkt")
    )  # fmt: skip
    egen = next((rad for rad in justerare if policies.can_approve(request.user, rad)), None)
    ute = mote.lage == Mote.Lage.JUSTERING
    kommentarer = sorted((k for rad in justerare for k in rad.kommentarer.all()), key=lambda k: k.skapad)
    for rad in kommentarer:
        if rad.punkt:
            rad.punkt.mote = mote
    kommentarform = kommentar or (KommentarForm(mote=mote) if egen and ute else None)
    context = {
        "mote": mote, "kansli": kansli, "justerare": justerare, "egen": egen, "ute": ute,
        "valform": valform, "kommentarform": kommentarform, "form": valform or kommentarform,
        "version": mote.protokollversioner.select_related("fil").last(), "kommentarer": kommentarer,
        "utan_konto": [rad for rad in justerare if not justering_.har_konto(rad.kontakt)],
        "vantar": [rad for rad in justerare if rad.justerade is None],
    }  # fmt: skip
    return render(request, "moten/justering.html", context)


def _egen(request, pk):
    """The user's own place among those who approve, with the locked meeting; 403 to others."""
    mote = _mote(request, pk)
    rader = mote.justerare.select_for_update(of=("self",)).select_related("kontakt", "version")
    rad = next((rad for rad in rader if policies.can_approve(request.user, rad)), None)
    require(rad)
    rad.mote = mote
    return rad


@require_POST
def justera(request, pk):
    rad = _egen(request, pk)
    version = request.POST.get("version", "")
    klart = justering_.justera(rad, int(version) if version.isdecimal() else None, av=request.user)
    messages.success(
        request, "Tack. Protokollet är justerat." if klart else "Tack. Du har justerat. Nu väntar vi på de andra."
    )
    return redirect("moten:justering", pk)


@require_POST
def kommentera(request, pk):
    rad = _egen(request, pk)
    if rad.mote.lage != Mote.Lage.JUSTERING:
        raise OtillatenOvergang("Protokollet är inte hos justerarna nu. Kommentaren är inte sparad.")
    form = KommentarForm.from_request(request, mote=rad.mote)

    def skapa():
        data = form.cleaned_data
        return justering_.kommentera(rad, data["punkt"], data["text"], av=request.user)

    if skapa_en_gang(request, form, Justeringskommentar, skapa, "Kommentaren är sparad. Kansliet har fått ett mejl."):
        return redirect("moten:justering", pk)
    return _sidan(request, rad.mote, kommentar=form)


@require_http_methods(["GET", "POST"])
def kommentar_svar(request, pk):
    require(policies.can_handle_mote(request.user))
    kommentarer = Justeringskommentar.objects.select_related("justerare__mote__organ", "justerare__kontakt", "punkt")
    if request.method == "POST":
        kommentarer = kommentarer.select_for_update(of=("self",))
    rad = get_object_or_404(kommentarer, pk=pk)
    mote = rad.justerare.mote
    form = SvarForm.from_request(request, initial={"svar": rad.svar})
    if request.method == "POST" and form.is_valid():
        rad.svar, rad.besvarad = form.cleaned_data["svar"], nu()
        rad.save(update_fields=["svar", "besvarad"])
        Handelse.logga(mote, "kommentar_besvarad", av=request.user, data={"kommentar": rad.pk})
        messages.success(request, "Svaret är sparat. Den som kommenterade ser det på justeringens sida.")
        return redirect("moten:justering", mote.pk)
    context = {
        "mote": mote, "form": form, "rubrik": "Svara på en kommentar", "knapp": "Spara svaret",
        "ingress": f"{rad.justerare.kontakt.namn} skrev: ”{rad.text}”", "tillbaka": justering_.adress(mote),
    }  # fmt: skip
    return render(request, "moten/motet_form.html", context)


@require_POST
def justering_ta_tillbaka(request, pk):
    mote = hamta(request, pk)
    justering_.ta_tillbaka(mote, av=request.user)
    messages.success(request, "Protokollet är tillbaka hos kansliet. Ändra det som behövs och skicka det igen.")
    return redirect("moten:mote_detail", pk)


@require_POST
def justering_paminn(request, pk):
    mote = hamta(request, pk)
    if mote.lage != Mote.Lage.JUSTERING:
        raise OtillatenOvergang("Protokollet är inte hos justerarna nu. Inget skickades.")
    if antal := justering_.paminn(mote, av=request.user):
        messages.success(request, f"{antal} {'person har' if antal == 1 else 'personer har'} fått en påminnelse.")
    else:
        messages.info(request, "Alla som går att påminna har fått ett mejl det senaste dygnet. Inget skickades.")
    return redirect("moten:justering", pk)


@require_http_methods(["GET", "POST"])
def justering_undertecknat(request, pk):
    """A copy with signatures instead of approval by login."""
    mote = hamta(request, pk)
    if mote.lage != Mote.Lage.JUSTERING:
        raise OtillatenOvergang("Protokollet är inte hos justerarna nu. Inget är sparat.")
    form = UndertecknatForm.from_request(request, mote=mote)
    if request.method == "POST" and form.is_valid():
        justering_.ladda_upp(mote, form.cleaned_data["uppladdad"], form.cleaned_data["dag"], av=request.user)
        messages.success(request, "Protokollet är justerat.")
        return redirect("moten:justering", pk)
    context = {
        "mote": mote, "form": form, "rubrik": "Ladda upp undertecknat protokoll", "knapp": "Spara och justera",
        "ingress": "Protokollet blir justerat för alla som inte redan har justerat själva.",
        "tillbaka": justering_.adress(mote),
    }  # fmt: skip
    return render(request, "moten/motet_form.html", context)
