"""What is true of every request: an id, safe response headers, and refused transitions as messages."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

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
        return redirect(tillbaka)
