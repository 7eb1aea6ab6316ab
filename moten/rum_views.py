"""What a phone in the room sees (no account, the meeting's code), and the wall."""

import secrets
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from moten import narvaro, ordrunda, rum, rum_resultat
from moten.dagordning_mote_views import hamta
from moten.models import Fastpunkt, Grupp, Omrostning, Ordrunda, Ordsvar, Svarare, Utvardering
from moten.models.rum import OppenStangd
from moten.motet_narvaro_views import krav_skrivs
from moten.rum_forms import GruppForm, KodForm, OrdForm, RostForm, SvarForm
from samordning.karna import diagram
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.klient import klientadress

KAKA = "__Secure-rum" if settings.SESSION_COOKIE_SECURE else "rum"
SALT, EN_DAG = "moten.rum", 24 * 3600
SLUTA_FRAGA = 286  # htmx shows the answer and asks no more
FEL_KOD = "Koden stämmer inte med något möte som pågår. Kontrollera den, eller fråga den som leder mötet."


@require_GET
def rum_visa(request, pk):
    """On the wall: the code, how to come in, and what is open."""
    mote = hamta(request, pk)
    if mote.lage != mote.Lage.PAGAR and request.htmx:  # the wall asks on: nothing more comes
        return render(request, "moten/rum_slut.html", status=SLUTA_FRAGA)
    krav_skrivs(mote, (mote.Lage.PAGAR,))
    kod, oppet = rum.kod(mote), rum.oppet(mote)
    adress = settings.ADRESS + reverse("moten:rum", args=[kod])
    dit = settings.ADRESS.split("://")[-1] + reverse("moten:rum_kod")
    context = {
        "mote": mote, "kod": f"{kod[:3]} {kod[3:]}", "adress": dit,
        "qr": diagram.qr(adress, "Öppnar mötets rum.", ruta=12), "oppet": oppet, "tomt": not any(oppet.values()),
        "rundor": [(rad, ordrunda.samma_i_ord([svar.text for svar in rad.svar.all()])) for rad in oppet["rundor"]],
        "har": narvaro.antal_har(mote),
    }  # fmt: skip
    return render(request, "moten/rum_visa.html", context)


# ---- The phone


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def rum_kod(request):
    form = KodForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        if mote := _hitta(request, form.cleaned_data["kod"]):
            return redirect("moten:rum", rum.kod(mote))
        form.add_error("kod", FEL_KOD)
    return render(request, "moten/rum_kod.html", {"form": form}, status=400 if form.errors else 200)


def _hitta(request, kod):
    """The meeting of a code; None for a wrong one, and when many wrong ones have come from the same place."""
    ip = klientadress(request)
    if rum.for_manga_fel(ip):
        return None
    mote = rum.hitta(kod)
    if mote is None and not rum.ar_slut(kod):
        rum.rakna_fel(ip)
    return mote


def _i_rummet(vy):
    """The view gets the meeting and the phone's print in it; a code that opens nothing gives a page that says so. The
    mark is kept in a cookie of the room's own."""

    @login_not_required
    @sensitive_post_parameters()
    @wraps(vy)
    def inre(request, kod, *args, **kwargs):
        mote = _hitta(request, kod)
        if mote is None:
            if request.htmx and not rum.for_manga_fel(klientadress(request)):
                return render(request, "moten/rum_slut.html", status=SLUTA_FRAGA)
            return render(request, "moten/rum_stangt.html", status=404)
        try:
            marke, ny = signing.loads(request.COOKIES.get(KAKA, ""), salt=SALT, max_age=EN_DAG), False
        except signing.BadSignature:
            marke, ny = secrets.token_hex(16), True
        request.kod = kod
        svar = vy(request, mote, rum.enhet(mote, marke), *args, **kwargs)
        if ny:
            svar.set_cookie(
                KAKA, signing.dumps(marke, salt=SALT), max_age=EN_DAG, path=reverse("moten:rum_kod"),
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
        return svar

    return inre


@_i_rummet
@require_GET
def rum_sida(request, mote, enhet):
    """What is open now, and what this phone has done."""
    oppet = rum.oppet(mote)
    nycklar = [rad.pk for rad in oppet["omrostningar"]]
    rostat = set(
        Omrostning.objects.filter(pk__in=nycklar, valsedlar__enhet=enhet).values_list("pk", flat=True)
    )  # fmt: skip
    rundor = {rad.punkt_id for rad in oppet["rundor"]}
    fraga = mote.punkter.filter(slag=Fastpunkt.Slag.INCHECKNING).exclude(underlag="").exclude(pk__in=rundor).first()
    context = {
        "mote": mote, "kod": request.kod, "oppet": oppet, "rostat": rostat, "fraga": fraga,
        "rundor": [(rad, _eget(rad, enhet)) for rad in oppet["rundor"]],
        "har_svarat": Svarare.objects.filter(utvardering=oppet["utvardering"], enhet=enhet).exists(),
        "tomt": not any(oppet.values()),
    }  # fmt: skip
    return render(request, "moten/rum.html", context)


def _eget(runda, enhet):
    """What the phone has said in the round; None before it has."""
    return next((svar for svar in runda.svar.all() if svar.enhet == enhet), None)


def _tillbaka(request):
    return redirect("moten:rum", request.kod)


def _krav_oppet(request, lage):
    """True when it is open; else the phone is told."""
    if lage != OppenStangd.OPPEN:
        messages.info(request, rum.STANGT)
        return False
    return True


@_i_rummet
@require_http_methods(["GET", "POST"])
def rum_grupp(request, mote, enhet, pk):
    grupper = Grupp.objects.select_related("arbete__punkt")
    if request.method == "POST":
        grupper = grupper.select_for_update(of=("self", "arbete"))
    grupp = get_object_or_404(grupper, pk=pk, arbete__punkt__mote=mote)
    if not _krav_oppet(request, grupp.arbete.lage):
        return _tillbaka(request)
    form = GruppForm.from_request(request, instance=grupp)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Sparat. Ni kan fortsätta skriva så länge det är öppet.")
        return redirect("moten:rum_grupp", request.kod, pk)
    context = {"mote": mote, "kod": request.kod, "grupp": grupp, "form": form, "namn": _namn(grupp)}
    return render(request, "moten/rum_grupp.html", context)


def _namn(grupp):
    return sorted(rad.kontakt.namn for rad in grupp.deltagare.select_related("kontakt"))


@_i_rummet
@require_http_methods(["GET", "POST"])
def rum_rosta(request, mote, enhet, pk):
    omrostning = get_object_or_404(Omrostning.objects.select_related("punkt"), pk=pk, punkt__mote=mote)
    if not _krav_oppet(request, omrostning.lage):
        return _tillbaka(request)
    har = rum.mina_prickar(omrostning, enhet)
    form = RostForm.from_request(request, omrostning=omrostning, har=har)
    tack = "Tack. Dina prickar är sparade. Du kan ändra dem så länge det är öppet."
    if _skickat(request, form, lambda: rum.rosta(omrostning, enhet, form.antal), tack):
        return _tillbaka(request)
    context = {"mote": mote, "kod": request.kod, "omrostning": omrostning, "form": form, "har": har}
    if omrostning.visas:
        context["resultat"] = rum_resultat.staplar(omrostning)
        context["antal"] = rum.Antal(context["resultat"].roster, narvaro.antal_har(mote))
    return render(request, "moten/rum_rosta.html", context)


def _skickat(request, form, skicka, tack):
    """True when the form was sent and the phone goes back to the room: it was saved, or is closed. What does not fit is
    said in the form, where everything that was typed stays. A `skicka()` that gives False had been done before."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        ny = skicka()
    except rum.Fullt as fel:
        form.add_error(None, str(fel))
        return False
    except OtillatenOvergang as fel:
        messages.info(request, str(fel))
    else:
        messages.success(request, "Du hade redan svarat. Tack!" if ny is False else tack)
    return True


@_i_rummet
@require_http_methods(["GET", "POST"])
def rum_ord(request, mote, enhet, pk):
    """A few words when the question goes round the table; they are shown on the wall."""
    runda = get_object_or_404(Ordrunda.objects.select_related("punkt"), pk=pk, punkt__mote=mote)
    if not _krav_oppet(request, runda.lage):
        return _tillbaka(request)
    eget = Ordsvar.objects.filter(runda=runda, enhet=enhet).first()
    form = OrdForm.from_request(request, initial={"text": eget.text, "namn": eget.namn} if eget else {})
    tack = "Tack. Ditt svar är sparat. Du kan ändra det så länge rundan är öppen."
    if _skickat(request, form, lambda: ordrunda.svara(runda, enhet, **form.svaret), tack):
        return _tillbaka(request)
    context = {"mote": mote, "kod": request.kod, "runda": runda, "form": form, "eget": eget}
    return render(request, "moten/rum_ord.html", context)


@_i_rummet
@require_http_methods(["GET", "POST"])
def rum_utvardera(request, mote, enhet):
    utvardering = Utvardering.objects.filter(mote=mote).prefetch_related("fragor").first()
    if utvardering is None or utvardering.lage == OppenStangd.UTKAST:
        raise Http404
    if not _krav_oppet(request, utvardering.lage):
        return _tillbaka(request)
    if Svarare.objects.filter(utvardering=utvardering, enhet=enhet).exists():
        messages.info(request, "Du har redan svarat från den här telefonen. Tack!")
        return _tillbaka(request)
    form = SvarForm.from_request(request, fragor=utvardering.fragor.all())
    if _skickat(request, form, lambda: rum.svara(utvardering, enhet, form.svaren), "Tack för dina svar."):
        return _tillbaka(request)
    return render(request, "moten/rum_utvardera.html", {"mote": mote, "kod": request.kod, "form": form})
