"""The annual wheel of a year: drawn, as a table, as a calendar; made from the rules, and decided by the board."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from ekonomi import arshjul, hjul_ics, hjulprocess, policies
from ekonomi.forms_hjul import HjulbeslutForm, HjulFilter, HjulForm
from ekonomi.hjul import Marke, forklaring, rita
from ekonomi.hjullagen import Tillstand, tillstand
from ekonomi.models import Arshjul, Hjulpost, Hjulregel, Ring
from moten.models import Kalenderprenumeration
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.views import require, skapa_en_gang

AVKLARADE = ("klar", "installd")
SALT = "ekonomi.arshjul"
KVARTAL = ("Januari–mars", "April–juni", "Juli–september", "Oktober–december")


@dataclass(frozen=True)
class Rad:
    """A day as the page shows it."""

    post: Hjulpost
    tillstand: Tillstand
    min_egen: bool

    @property
    def varning(self):
        utan = self.post.dagen_oviss or self.post.slut or self.post.installd
        return "" if utan else arshjul.varning(self.post.dag)

    @property
    def manad(self):
        return arshjul.MANADER[self.post.dag.month - 1]

    @property
    def veckodag(self):
        return arshjul.VECKODAGAR[self.post.dag.weekday()]

    def marke(self):
        """As the wheel draws it."""
        post, lage = self.post, self.tillstand
        return Marke(
            post.ring, post.dag, post.rubrik, lage.lage, lage.ord, post.slut,
            reverse("ekonomi:hjulpost_detail", args=[post.pk]), post.dagen_oviss,
        )  # fmt: skip


def rader_for(hjul, user):
    """[Rad] of the wheel, in order of day. Ten queries at most."""
    poster = list(hjul.poster.select_related("agare", "organ", "mote", "bas__mote", "hjul").order_by("dag", "pk"))
    egna = set(hjul.poster.for_person(user).values_list("pk", flat=True))
    lagen = tillstand(poster)
    return [Rad(post, lagen[post.pk], post.pk in egna) for post in poster]


@require_GET
def hjul_list(request):
    """The wheel of this year, else the nearest; without any, how to begin."""
    require(policies.can_view_hjul(request.user))
    ar = list(Arshjul.objects.values_list("ar", flat=True))
    if ar:
        return redirect("ekonomi:hjul_detail", min(ar, key=lambda ar: (abs(ar - idag().year), -ar)))
    far_andra = policies.can_edit_hjul(request.user)
    context = {"far_andra": far_andra, "regler": Hjulregel.objects.filter(aktiv=True).count()}
    return render(request, "ekonomi/hjul_list.html", context)


@require_GET
def hjul_detail(request, ar):
    require(policies.can_view_hjul(request.user))
    hjul = get_object_or_404(Arshjul, ar=ar)
    alla = rader_for(hjul, request.user)
    form = HjulFilter(request.GET, ringar=Ring.choices)
    rader = _valda(form, alla)
    bild = [rad.marke() for rad in alla if rad.post.dag.year == ar]
    far_andra = policies.can_edit_hjul(request.user)
    context = {
        "hjul": hjul, "rader": rader, "alla": alla, "filter": form, "far_andra": far_andra,
        "kvartal": [(KVARTAL[nr], list(delen)) for nr, delen in groupby(rader, key=_kvartal)],
        "hjulet": rita(ar, idag(), bild), "litet": rita(ar, idag(), bild, kompakt=True),
        "forklaring": forklaring(),
        "ovissa": sum(rad.post.dagen_oviss and rad.tillstand.lage not in AVKLARADE for rad in alla),
        "moten_kvar": far_andra and _moten_kvar(alla),
        "andra_ar": Arshjul.objects.exclude(pk=hjul.pk).order_by("ar").values_list("ar", flat=True),
        "adress": settings.ADRESS + reverse("ekonomi:hjul_kalender", args=[nyckel(request.user)]),
    }  # fmt: skip
    return render(request, "ekonomi/hjul_detail.html", context)


def _kvartal(rad):
    return (rad.post.dag.month - 1) // 3


def _valda(form, rader):
    form.is_valid()
    val = form.cleaned_data
    if ring := val.get("ring"):
        rader = [rad for rad in rader if rad.post.ring == ring]
    if val.get("visa") == "mina":
        rader = [rad for rad in rader if rad.min_egen]
    if val.get("visa") == "kvar":
        rader = [rad for rad in rader if rad.tillstand.lage not in AVKLARADE]
    return rader


def _moten_kvar(rader):
    """How many meetings could be put in now."""
    return sum(
        rad.post.koppling == "mote" and rad.post.organ_id is not None and rad.post.mote_id is None
        and not rad.post.dagen_oviss and not rad.post.installd and not rad.post.klar and rad.post.dag >= idag()
        for rad in rader
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hjul_create(request):
    """A new year from the rules, seen before it is saved."""
    require(policies.can_edit_hjul(request.user))
    sista = Arshjul.objects.order_by("-ar").values_list("ar", flat=True).first()
    forvalt = sista + 1 if sista else idag().year
    form = HjulForm.from_request(request, initial={"ar": request.GET.get("ar") or forvalt})
    if hjul := skapa_en_gang(
        request, form, Arshjul, lambda: hjulprocess.skapa(form.cleaned_data["ar"], av=request.user),
        lambda hjul: f"{hjul} är skapat. Bestäm de dagar som inte är bestämda, och låt styrelsen fastställa det.",
    ):  # fmt: skip
        return redirect("ekonomi:hjul_detail", hjul.ar)
    ar = form["ar"].value()
    visas = int(ar) if str(ar).isdecimal() and 2000 <= int(ar) <= 2100 else forvalt
    context = {"form": form, "ar": visas, "rader": hjulprocess.forslag(visas), "finns": list(Arshjul.objects.all())}
    return render(request, "ekonomi/hjul_create.html", context)


@require_http_methods(["GET", "POST"])
def hjul_faststall(request, ar):
    require(policies.can_edit_hjul(request.user))
    hjul = get_object_or_404(Arshjul, ar=ar)
    form = HjulbeslutForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        hjulprocess.faststall(hjul, av=request.user, **form.beslutet)
        messages.success(request, f"{hjul} är fastställt. Dagar kan ännu flyttas, med ett skäl som sparas.")
        return redirect("ekonomi:hjul_detail", ar)
    if request.method == "GET" and "faststall" not in hjul.mojliga_overgangar:
        raise OtillatenOvergang(f"{hjul} är redan fastställt. Inget ändrades.")
    ovissa = hjul.poster.filter(dagen_oviss=True, installd=False)
    return render(request, "ekonomi/hjul_faststall.html", {"form": form, "hjul": hjul, "ovissa": ovissa})


@require_POST
def hjul_moten(request, ar):
    """Put in all meetings whose day is set."""
    require(policies.can_edit_hjul(request.user))
    antal = hjulprocess.lagg_in_moten(get_object_or_404(Arshjul, ar=ar), av=request.user)
    ord_ = "Ett möte är inlagt." if antal == 1 else f"{antal} möten är inlagda."
    messages.success(request, ord_ if antal else "Det fanns inga möten kvar att lägga in.")
    return redirect("ekonomi:hjul_detail", ar)


# ---- As a calendar


def nyckel(anvandare):
    """The signed key of a user's wheel; it stops together with the user's addresses to meetings."""
    return Kalenderprenumeration.nyckel(anvandare, SALT)


@login_not_required
@require_safe
def hjul_kalender(request, kod):
    """All wheels from last year on, for a calendar program; `?visa=mina` only what the owner answers for. Meetings
    that are put in have calendars of their own."""
    anvandare = Kalenderprenumeration.agare(kod, SALT)
    if anvandare is None or not policies.can_view_hjul(anvandare):
        raise Http404
    poster = Hjulpost.objects.filter(hjul__ar__gte=idag().year - 1, dagen_oviss=False).order_by("dag", "pk")
    if request.GET.get("visa") == "mina":
        poster = poster.for_person(anvandare)
    svar = HttpResponse(hjul_ics.flode(poster, "Årshjulet"), content_type="text/calendar; charset=utf-8")
    svar["Content-Disposition"] = 'inline; filename="arshjul.ics"'
    return svar
