"""The participant's own pages: a code, one question a page, a look at the answers, sent. No account, no name.

The cookie is set once, when the code is redeemed, and ends with the hour. Nothing here knows or says who it is.
"""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samordning.karna.klient import klientadress
from uppfoljning import lankar
from uppfoljning.fragor import ANDRA_SPRAK, SPRAK
from uppfoljning.models import Svarskod, Tillfalle
from uppfoljning.svar import Besok
from uppfoljning.svar_forms import KodForm
from uppfoljning.svar_steg import bygg, finns, svarsrader

KAKA = "__Secure-svar" if settings.SESSION_COOKIE_SECURE else "svar"
SALT = "uppfoljning.svar"
VAL = ("nasta", "hoppa", "vetej")


def _kaka(request):
    """What the phone's cookie says, or None when there is none, it was changed, or its hour has passed."""
    try:
        return signing.loads(request.COOKIES.get(KAKA, ""), salt=SALT, max_age=lankar.BESOK)
    except signing.BadSignature:
        return None


def _satt_kaka(response, besok):
    response.set_cookie(
        KAKA, signing.dumps(besok.kaka, salt=SALT), max_age=lankar.BESOK, path=reverse("svara:kod"),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _stopp(request, varfor, status):
    return render(request, "uppfoljning/svar_stopp.html", {"varfor": varfor}, status=status)


def _med_kod(vy):
    """The view gets the visit that the cookie opens; without one the page says what to do."""

    @login_not_required
    @sensitive_post_parameters()
    @wraps(vy)
    def inre(request, *args, **kwargs):
        kaka = _kaka(request)
        besok = kaka and Besok.fran_kaka(kaka, las=request.method == "POST")
        if not besok:
            return _stopp(request, "slut", 410)
        return vy(request, besok, *args, **kwargs)

    return inre


# ---- In


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def kod(request):
    form = KodForm.from_request(request)
    if request.method == "GET" or not form.is_valid():
        return _kodsida(request, form, 200 if request.method == "GET" else 400)
    ip = klientadress(request)
    try:
        lankar.kontrollera(ip)
        besok = _oppna(request, form.cleaned_data["kod"], form.cleaned_data["inskick"])
    except lankar.KodenGarInte as fel:
        return _neka(request, form, fel, ip)
    except lankar.Paus:
        return _stopp(request, "paus", 429)
    except lankar.Stangt:
        return _stopp(request, "stangt", 503)
    return _satt_kaka(redirect("svara:start" if besok.oppet else "svara:klart"), besok)


def _oppna(request, kod, inskick):
    """The visit of a code. This phone's own once more, when the code is typed again or the page was sent twice."""
    rad = Svarskod.objects.filter(kod_sha256=Svarskod.fingeravtryck(kod)).first()
    if rad and (kaka := _kaka(request)) and kaka["rad"] == str(rad.uuid) and (besok := Besok.fran_kaka(kaka)):
        return besok
    try:
        return Besok.borja(lankar.los_in(kod), inskick)
    except lankar.Anvand:
        if besok := Besok.fran_inskick(rad, inskick):
            return besok
        raise


def _neka(request, form, fel, ip):
    if isinstance(fel, lankar.Fel):
        try:
            lankar.rakna_fel(ip)
        except lankar.Stangt:
            return _stopp(request, "stangt", 503)
    form.add_error("kod", str(fel))
    return _kodsida(request, form, 400)


def _kodsida(request, form, status):
    return render(request, "uppfoljning/svar_kod.html", {"form": form, "andra_sprak": ANDRA_SPRAK}, status=status)


# ---- Through


@_med_kod
@require_GET
def start(request, besok):
    if not besok.oppet:
        return redirect("svara:klart")
    context = {
        "besok": besok, "forsta": besok.ordning[0], "antal": len(besok.ordning), "vid_start": _vid_start(besok),
        "sprak": SPRAK, "andra_sprak": ANDRA_SPRAK,
    }  # fmt: skip
    return render(request, "uppfoljning/svar_start.html", context)


def _vid_start(besok):
    return besok.tillfalle == Tillfalle.START


@_med_kod
@require_POST
def sprak(request, besok):
    if besok.oppet and request.POST.get("sprak") in SPRAK:
        besok.sprak = request.POST["sprak"]
        besok.spara()
    return redirect("svara:start")


@_med_kod
@require_http_methods(["GET", "POST"])
def fraga(request, besok, steg):
    """One question. `igen` in the address: the person came from the list of answers and goes back there."""
    if not besok.oppet:
        return redirect("svara:klart")
    if steg not in besok.steg():
        if finns(besok, steg):
            return redirect("svara:granska")
        raise Http404
    igen = "igen" in request.GET
    sida = bygg(request, besok, steg)
    if request.method == "POST":
        val = request.POST.get("val", "nasta")
        if val not in VAL:
            raise Http404
        if sida.ta_emot(val):
            besok.spara()
            return redirect(_vidare(besok, steg, igen))
    fore, _efter = besok.grannar(steg)
    tillbaka = reverse("svara:granska") if igen else _adress(fore) if fore else reverse("svara:start")
    context = sida.context() | {"besok": besok, "form": sida.form, "tillbaka": tillbaka}
    return render(request, sida.mall, context, status=400 if sida.form.errors else 200)


def _adress(steg, igen=False):
    return reverse("svara:fraga", args=[steg]) + ("?igen" if igen else "")


def _vidare(besok, steg, igen):
    """The next step; a changed answer leads back to the list, when what belongs to it is answered too."""
    _fore, efter = besok.grannar(steg)
    if efter and (not igen or efter not in besok.ordning):
        return _adress(efter, igen)
    return reverse("svara:granska")


@_med_kod
@require_GET
def granska(request, besok):
    if not besok.oppet:
        return redirect("svara:klart")
    rader = svarsrader(besok, besok.svar, med_lank=True)
    tillbaka = _adress(besok.steg()[-1])
    return render(request, "uppfoljning/svar_granska.html", {"besok": besok, "rader": rader, "tillbaka": tillbaka})


@_med_kod
@require_POST
def skicka(request, besok):
    """Sent twice, from two tabs or with the back button: the same half, and the same last page."""
    besok.skicka()
    return redirect("svara:klart")


# ---- Out


@_med_kod
@require_GET
def klart(request, besok):
    if not besok.rad.skickad:
        return redirect("svara:granska")
    if not (halva := besok.halva()):
        return _stopp(request, "slut", 410)
    rader = svarsrader(besok, besok.skickat(halva), skickat=True)
    return render(
        request, "uppfoljning/svar_klart.html", {"besok": besok, "rader": rader, "vid_start": _vid_start(besok)}
    )


@_med_kod
@require_POST
def andra(request, besok):
    besok.andra()
    return redirect("svara:granska")


@login_not_required
@require_POST
def stang(request):
    """Nobody who borrows the phone or tablet after this sees the answers."""
    response = _stopp(request, "stangd", 200)
    response.delete_cookie(KAKA, path=reverse("svara:kod"), samesite="Lax")
    return response
