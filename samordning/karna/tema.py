"""Light, dark or what the device says: a cookie, so that it also holds for who is not logged in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

KAKA = "tema"
TEMAN = ("ljus", "mork")
ETT_AR = 365 * 24 * 3600


@login_not_required
@require_POST
def tema(request):
    """Remember the choice and go back to the page where it was made."""
    tillbaka = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(tillbaka, {request.get_host()}, require_https=request.is_secure()):
        tillbaka = "/"
    response = redirect(tillbaka)
    valt = request.POST.get("tema")
    if valt in TEMAN:
        response.set_cookie(
            KAKA, valt, max_age=ETT_AR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(KAKA, samesite="Lax")
    return response
