"""What was typed in a form that could not be taken, so that the page which says so can send it again.

The browser's back button is no help: no page is kept in any cache, so it would fetch an empty form.
"""

from django.conf import settings

HEMLIGA = ("password", "losenord")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


def fran_oss(request):
    """Did one of our own pages send the form? Otherwise another site could have somebody send it with one click."""
    egen = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") in (egen, *settings.CSRF_TRUSTED_ORIGINS)


def falt_kvar(request):
    """[(name, value)] of the form, in order. Empty when a password is among them: that is typed anew."""
    if any(hemligt in namn for namn in request.POST for hemligt in HEMLIGA):
        return []
    return [(namn, varde) for namn, varden in request.POST.lists() if namn != TOKEN for varde in varden]
