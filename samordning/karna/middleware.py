"""What is true of every request: an id, safe headers, a login, and a page also for what could not be done."""

import time
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from samordning.karna import kvar
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.request_id import nytt_request_id

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class RequestId:
    """Gives every request an id, which the log, the record of events and the answer carry."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = nytt_request_id()
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id
        return response


class Svarshuvuden:
    """The content policy (beslut.md 41), and no page in any cache: it may be about a person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Content-Security-Policy"] = CSP
        response["X-Frame-Options"] = "DENY"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.setdefault("Cache-Control", "no-store")
        return response


class Inloggning(LoginRequiredMiddleware):
    """Every page needs a login. Who was logged out while writing is not sent away from the text."""

    FORNYAS = 30 * 60  # seconds between two renewals of a session

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.user.is_authenticated:
            self._forny(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        context = {"falt": kvar.falt_kvar(request), "filer": bool(request.FILES)}
        return render(request, "403_inloggning.html", context, status=403)

    def _forny(self, request):
        """SESSION_COOKIE_AGE counts from the last use, so that nobody who works is thrown out. Saving the session in
        every request would be one more write each time."""
        inloggad = request.user.last_login
        senast = request.session.get("fornyad") or (inloggad.timestamp() if inloggad else 0)
        if time.time() - senast > self.FORNYAS:
            request.session["fornyad"] = int(time.time())


class FelMetod:
    """Django answers 405 with an empty page; a person who came there by an old link or a reload is told."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        sida = render(request, "405.html", status=405)
        sida["Allow"] = response["Allow"]
        return sida


class OtillatnaOvergangar:
    """A transition that the state does not allow is normal (a double click): a message and back, never a 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OtillatenOvergang):
            return None
        messages.warning(request, str(exception))
        tillbaka = request.META.get("HTTP_REFERER", "")
        if not url_has_allowed_host_and_scheme(tillbaka, {request.get_host()}, require_https=request.is_secure()):
            tillbaka = "/"
        # A page that refuses to be shown is no way back: the browser would ask for it for ever.
        if request.method in ("GET", "HEAD") and unquote(urlsplit(tillbaka).path) == request.path:
            tillbaka = "/"
        return redirect(tillbaka)
