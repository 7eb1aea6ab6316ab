"""What every view is built of: load what the user may see, ask the policy, draw the page."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

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
