"""Calendars to subscribe to, and the page where one gets the address of one's own (MA18).

A calendar program cannot log in, so the address itself is the key: signed with the user's number and with how many
addresses the user has had. A new one makes the old ones stop. What is given says which body meets, when and where.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moten import kalender_ics, publicering
from moten.dagordning_mote_views import mina
from moten.models import Kalenderprenumeration, Mote, Organ
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning

SALT = "moten.kalender"
BAKAT = timedelta(days=365)  # a calendar keeps what has been for a year


def nyckel(anvandare):
    """The signed key of a user's calendars: the newest one."""
    return Kalenderprenumeration.nyckel(anvandare, SALT)


def agare(text):
    """The user whose newest key it is, or 404."""
    if (anvandare := Kalenderprenumeration.agare(text, SALT)) is None:
        raise Http404
    return anvandare


@login_not_required
@require_safe
def kalender_person(request, kod):
    """The meetings of the bodies where the owner sits, and those that the owner is called to."""
    anvandare = agare(kod)
    return _svar(Mote.objects.visible_to(anvandare).filter(mina(anvandare)), "Mina möten")


@login_not_required
@require_safe
def kalender_organ(request, pk):
    """A body's meetings: of a public body to all; with `?nyckel=` of any body whose meetings the key's owner sees."""
    organ = get_object_or_404(Organ, pk=pk)
    moten = organ.moten.all()
    if not organ.publikt:
        moten = moten.visible_to(agare(request.GET.get("nyckel", "")))
        if not moten.exists():
            raise Http404
    # Also for who does not belong to the body: without what the published records hide.
    return _svar(moten, organ.namn, publicering.dolj)


def _svar(moten, namn, las=list):
    moten = kalender_ics.med_andrad(moten.filter(dag__gte=idag() - BAKAT)).select_related("organ").order_by("dag", "pk")
    moten = las(moten)
    svar = HttpResponse(kalender_ics.flode(moten, namn), content_type="text/calendar; charset=utf-8")
    svar["Content-Disposition"] = 'inline; filename="moten.ics"'
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


@require_http_methods(["GET", "POST"])
def kalender_lank(request):
    """One's own addresses; POST makes new ones."""
    if request.method == "POST":
        # The row of who has the first address is made with the number of the second.
        rad, ny = Kalenderprenumeration.objects.get_or_create(anvandare=request.user, defaults={"nummer": 2})
        if not ny:
            Kalenderprenumeration.objects.filter(pk=rad.pk).update(nummer=F("nummer") + 1)
        Handelse.logga(rad, "ny_adress", av=request.user)
        messages.success(request, "Du har fått nya adresser. De gamla har slutat fungera. Lägg in de nya i kalendern.")
        return redirect("moten:kalender_lank")
    kod = nyckel(request.user)
    synliga = Mote.objects.visible_to(request.user).filter(dag__gte=idag() - BAKAT)
    organ = Organ.objects.filter(pk__in=synliga.values("organ")).order_by(SvenskOrdning("namn"))
    context = {
        "min_adress": settings.ADRESS + reverse("moten:kalender_person", args=[kod]),
        "organ": [
            (rad.namn, f"{settings.ADRESS}{reverse('moten:kalender_organ', args=[rad.pk])}" + (
                "" if rad.publikt else f"?nyckel={kod}"
            ))
            for rad in organ
        ],
    }  # fmt: skip
    return render(request, "moten/kalender_lank.html", context)
