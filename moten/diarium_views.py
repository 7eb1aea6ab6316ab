"""The diarium as a file, and the register of papers over all cases."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from moten import diarium, policies
from moten.arende_forms import ArendeFilter
from moten.diarium import HandlingFilter
from moten.models import Arende
from samordning.karna import filer
from samordning.karna.views import paginate, require


@require_GET
def arende_export(request):
    """What the list of cases shows with the same choices, all pages of it."""
    require(policies.can_list_arenden(request.user))
    filtret = ArendeFilter(request.GET, user=request.user)
    rader = filtret.filter(Arende.objects.visible_to(request.user).for_lista())
    return filer.hamtas(diarium.blad(rader, request.user, diarium.valen(filtret)), diarium.filnamn(), "xlsx")


@require_GET
def handling_list(request):
    """What came in, went out and was made here, by day."""
    require(policies.can_list_arenden(request.user))
    filtret = HandlingFilter(request.GET)
    sida = paginate(request, filtret.filter(diarium.handlingar(request.user)))
    context = {"filter": filtret, "sida": sida, "kansli": policies.can_handle_arende(request.user)}
    return render(request, "moten/sok_handlingar.html", context)
