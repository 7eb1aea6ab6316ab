"""The catalogue to take away: one insats on paper, and all of them as JSON."""

import hashlib
import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from insatser import blad, katalogfil
from insatser.models import Insats, Insatskontakt
from samordning.karna import filer
from samordning.karna.pdf import PdfSaknas
from samordning.karna.views import get_visible_or_404, paginate

INSATSER_PER_SIDA = 200
GALLER = 300  # seconds that a copy may be shown


@login_not_required
@require_safe
def insats_blad(request, slug):
    kontakter = Insatskontakt.objects.select_related("kontakt__part")
    insatser = Insats.objects.select_related("agare").prefetch_related(Prefetch("insatskontakter", kontakter))
    insats = get_visible_or_404(insatser, request.user, slug=slug)
    try:
        innehall = blad.gor(insats)
    except PdfSaknas:
        messages.warning(request, "Bladet går inte att göra som PDF just nu. Skriv ut sidan i stället.")
        return redirect("insatser:insats_detail", slug)
    return filer.hamtas(innehall, f"insatsblad-{slug}.pdf", "pdf")


@login_not_required
@require_safe
def insats_json(request):
    """What everybody may read, so any web page may fetch it; the same for who is logged in."""
    sida = paginate(request, katalogfil.katalog(request.GET), INSATSER_PER_SIDA)
    nasta = None
    if sida.has_next():
        fraga = request.GET.copy()
        fraga["sida"] = sida.next_page_number()
        nasta = f"{settings.ADRESS}{reverse('insatser:insats_json')}?{fraga.urlencode()}"
    text = json.dumps(katalogfil.innehall(sida, nasta), cls=DjangoJSONEncoder, ensure_ascii=False)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="application/json")
    response["ETag"] = etag
    # Not in a shared cache with the session's cookie, which the answer to who is logged in may renew.
    response["Cache-Control"] = f"{'private' if request.user.is_authenticated else 'public'}, max-age={GALLER}"
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response)
