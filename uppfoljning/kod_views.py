"""Staff hand out a code: asked for, made, and shown this once as a note to print."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samordning.karna import diagram
from samordning.karna.models import Atkomst
from samordning.karna.views import get_visible_or_404, require
from uppfoljning import lankar
from uppfoljning.gallande import besvarade, fonster_dagar
from uppfoljning.models import Deltagande, Svarskod, Tillfalle
from uppfoljning.policies import can_view_deltagande


@require_http_methods(["GET", "POST"])
def svarskod_create(request, uuid, tillfalle):
    """GET asks, POST makes. The page of a POST is the only one that ever shows the code."""
    deltagande = get_visible_or_404(Deltagande.objects.select_related("insats", "deltagare"), request.user, uuid=uuid)
    require(can_view_deltagande(request.user, deltagande))
    if tillfalle not in Tillfalle.values or deltagande.anonym:
        raise Http404
    kod = lankar.ny_kod(deltagande, tillfalle, request.user) if request.method == "POST" else None
    Atkomst.logga(
        request.user, "skapade svarskod" if kod else "visade", "deltagande",
        [(deltagande.uuid, deltagande.deltagare.uuid)],
    )  # fmt: skip
    context = {
        "deltagande": deltagande,
        "tillfalle": Tillfalle(tillfalle),
        "vid_start": tillfalle == Tillfalle.START,
        "dagar": None if deltagande.felregistrerad else lankar.giltighet(deltagande, tillfalle),
        "fonster": fonster_dagar(),
        "finns": Svarskod.objects.filter(deltagande=deltagande, tillfalle=tillfalle).first(),
        "besvarad": tillfalle in besvarade([deltagande]).get(deltagande.pk, ()),
    }
    if not kod:
        return render(request, "uppfoljning/svarskod_create.html", context)
    adress = settings.ADRESS + reverse("svara:kod")
    context |= {
        "kod": lankar.i_grupper(kod),
        "adress": adress.split("://")[-1],
        "qr": diagram.qr(f"{adress}#{kod}", "Öppnar sidan för svar med koden ifylld."),
    }
    return render(request, "uppfoljning/svarskod_klar.html", context)
