"""The menus as data: text, URL name, icon and roles. What has no app yet is absent."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from samordning.karna.models import Part, Roll

ALLA = frozenset(Roll.values)


@dataclass(frozen=True)
class Menypost:
    text: str
    url: str
    ikon: str
    aktiv: bool
    antal: int = 0


# text, URL name, icon, roles that see it
MENY = (
    ("Start", "sidor:start", "home", ALLA),
    ("Insatser", "insatser:insats_list", "rectangle-stack", ALLA),
)


def _forbund():
    return Part.objects.filter(slag=Part.Slag.FORBUND).first()


def _meny(request):
    for text, namn, ikon, roller in MENY:
        if request.user.har_roll(*roller):
            url = reverse(namn)
            aktiv = request.path == url or (url != "/" and url != reverse("sidor:start") and request.path.startswith(url))
            yield Menypost(text, url, ikon, aktiv)


def samordning(request):
    """What every page's frame needs. Lazy: an error page must not depend on it."""
    user = getattr(request, "user", None)
    inloggad = bool(user and user.is_authenticated)
    tema = request.COOKIES.get("tema", "")
    return {
        "forbund": _forbund(),
        "meny": list(_meny(request)) if inloggad else [],
        "toppmeny": [],
        "tema": tema if tema in ("ljus", "mork") else "",
        "demo": settings.DEMO,
    }
