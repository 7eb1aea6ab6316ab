"""What every view is built of: load what the user may see, ask the policy, draw the page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse

RADER_PER_SIDA, LANGSTA_SOKNING = 50, 120


def get_visible_or_404(queryset, user, **sok):
    """The row if the user may see it. What one may not see does not exist."""
    try:
        return queryset.visible_to(user).get(**sok)
    except queryset.model.DoesNotExist:
        raise Http404 from None


def require(tillatet):
    """403 when a policy said no."""
    if not tillatet:
        raise PermissionDenied


def paginate(request, rader, per_sida=RADER_PER_SIDA):
    """The page of `?sida=`; a number that is no page gives the nearest one."""
    return Paginator(rader, per_sida).get_page(request.GET.get("sida"))


def soktext(text):
    """What somebody looks for, as the database can be asked for it: without the null character, which Postgres refuses,
    with one space between words, and at most 120 characters."""
    return " ".join(text.replace("\x00", "").split())[:LANGSTA_SOKNING]


def skapa_en_gang(request, form, modell, skapa, sparat):
    """What a POST of the form made, now or the first time it was sent, and said so; None when there is something to
    correct, or nothing was sent. `sparat` is the message about a new row, or what gives it: `sparat(row)`."""
    if request.method != "POST":
        return None
    rad, ny = form.skapa_en_gang(request.user, modell, skapa)
    if ny:
        messages.success(request, sparat(rad) if callable(sparat) else sparat)
    elif rad:
        messages.info(request, REDAN_SKICKAT)
    return rad


def spara_andringar(request, form, *, text="Ändringarna är sparade.", namn="andrad", data=lambda andringar: andringar):
    """True when the form was sent and saved; its changes are noted as `data(changes)`, and `text` is said."""
    if request.method != "POST" or not form.is_valid() or not form.spara_utan_krock(form.save):
        return False
    if andringar := form.andringar():
        Handelse.logga(form.instance, namn, av=request.user, data=data(andringar))
    messages.success(request, text)
    return True


def bara_falten(andringar):
    """`data` of `spara_andringar` where the values are long or name somebody: which fields, not what stood there."""
    return {"falt": sorted(andringar)}


def loggad(request, rad, namn="skapad", data=None):
    """`rad`, when it is noted in the history who did it."""
    Handelse.logga(rad, namn, av=request.user, data=data)
    return rad


def vill_ha_fragment(request):
    return bool(request.htmx) and not request.htmx.history_restore_request


def render_page(request, page, context=None, status=200):
    """`app/page` renders the page, or the fragment `app/_page` when htmx asks for the same URL and there is one."""
    app, namn = page.split("/")
    mallar = [f"{app}/{namn}.html"]
    if vill_ha_fragment(request):
        mallar.insert(0, f"{app}/_{namn}.html")
    response = render(request, mallar, context or {}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
