"""The first page of every role, the health check, and the component gallery while developing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe
from redis.exceptions import RedisError

from samordning.karna.kalender import idag, nu
from samordning.karna.models import Notis
from samordning.navigation import genvagar
from samordning.sidor import galleri
from samordning.sidor.att_gora import VISADE_SAKER, att_gora_for

VISADE_NOTISER = 10
STORSTA_NUMMER = 2**63 - 1  # what the database can be asked for


@login_not_required
@require_safe
def rot(request):
    """The catalogue for the public, the start page for who is logged in."""
    return redirect("sidor:start" if request.user.is_authenticated else "insatser:insats_list")


@require_GET
def start(request):
    notiser = list(Notis.objects.olasta(request.user)[:VISADE_NOTISER])
    att_gora = att_gora_for(request.user)
    context = {
        "idag": idag(),
        "att_gora": att_gora if "alla" in request.GET else att_gora[:VISADE_SAKER],
        "att_gora_i_allt": len(att_gora),
        "bradskar": sum(post.dag is not None and post.dag <= idag() for post in att_gora),
        "notiser": notiser,
        "genvagar": genvagar(request.user),
    }
    return render(request, "sidor/start.html", context)


@require_POST
def notiser_las(request):
    """All notices that the user has in front of them are read."""
    # A number's text may be longer than Python turns into one, or than the database has.
    siffror = [varde for varde in request.POST.getlist("notis") if varde.isdecimal() and len(varde) < 20]
    nummer = [nr for nr in map(int, siffror) if nr <= STORSTA_NUMMER]
    Notis.objects.filter(mottagare=request.user, last=None, pk__in=nummer).update(last=nu())
    messages.success(request, "Notiserna är markerade som lästa.")
    return redirect("sidor:start")


@transaction.non_atomic_requests  # it has to answer when no transaction can begin
@login_not_required
@require_safe
def halsa(request):
    """Do the database and the broker answer, and does beat tick? 503 when one of the first two does not."""
    svar = {"databas": _databas(), "mellanlager": _mellanlager()}
    status = 200 if all(svar.values()) else 503
    svar["puls"] = bool(svar["mellanlager"] and cache.get("puls"))
    return JsonResponse(svar, status=status)


def _databas():
    try:
        with connection.cursor() as c:
            c.execute("select 1")
    except Error:
        return False
    return True


def _mellanlager():
    try:
        cache.set("halsa", 1, 10)
        return cache.get("halsa") == 1
    except (OSError, RedisError):
        return False


@login_not_required
@require_GET
def komponenter(request):
    """Every component in every state. Only with SAMORDNING_DEBUG=1 (urls.py)."""
    return render(request, "sidor/komponenter.html", galleri.innehall())


@login_not_required
@require_GET
def komponenter_deltagare(request):
    """The participants' layout. Only with SAMORDNING_DEBUG=1."""
    return render(request, "sidor/komponenter_deltagare.html")
