"""Pages that belong to no app: a form that could not be taken, and one that was too big."""

from contextlib import suppress

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from samordning.karna import kvar
from samordning.karna.metoder import svarar_pa_get

HOGST_ATT_TA_EMOT = 64 * 2**20
BIT = 64 * 2**10


def csrf_failure(request, reason=""):
    """A form that was open too long, or sent from another place. Nothing is saved; our own form can be sent again."""
    context = {
        "falt": kvar.falt_kvar(request) if kvar.fran_oss(request) else [],
        "filer": bool(request.FILES),
        "igen": request.path if svarar_pa_get(request.path) else "",
    }
    return render(request, "403_csrf.html", context, status=403)


def bad_request(request, exception):
    """What Django refuses to read. Of a form that is too big the rest is received first: a server that hangs up while
    the browser still sends shows no page at all."""
    if not isinstance(exception, RequestDataTooBig):
        return defaults.bad_request(request, exception)
    kvar_att_ta_emot = HOGST_ATT_TA_EMOT
    with suppress(OSError):
        while kvar_att_ta_emot > 0 and (bit := request.read(BIT)):
            kvar_att_ta_emot -= len(bit)
    return HttpResponse(render_to_string("413.html"), status=413)
