"""Requests for public documents: what was asked for, what was answered and when. The kansli's own list (MA16)."""

from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moten import policies
from moten.models import Utlamnande
from moten.utlamnande_forms import UtlamnandeAndraForm, UtlamnandeFilter, UtlamnandeForm, dagar, sen, sena_villkor
from samordning.karna.models import Handelse
from samordning.karna.views import bara_falten, loggad, paginate, require, skapa_en_gang, spara_andringar

HANDELSER = {"skapad": "Begäran skrevs in", "andrad": "Begäran ändrades eller besvarades"}


@require_GET
def utlamnande_list(request):
    require(policies.can_handle_arende(request.user))
    filtret = UtlamnandeFilter(request.GET)
    vantar_forst = Case(When(svar=Utlamnande.Svar.VANTAR, then=0), default=1)
    rader = Utlamnande.objects.select_related("arende").order_by(vantar_forst, "-begart", "-pk")
    sida = paginate(request, filtret.filter(rader))
    for rad in sida:
        rad.dagar, rad.sen = dagar(rad), sen(rad)
    context = {"filter": filtret, "sida": sida, "sena": Utlamnande.objects.filter(sena_villkor()).count()}
    return render(request, "moten/utlamnande_list.html", context)


@require_http_methods(["GET", "POST"])
def utlamnande_create(request):
    require(policies.can_handle_arende(request.user))
    form = UtlamnandeForm.from_request(request, instance=Utlamnande(av=request.user))
    if rad := skapa_en_gang(request, form, Utlamnande, lambda: loggad(request, form.save()), "Begäran är inskriven."):
        return redirect("moten:utlamnande_edit", rad.pk)
    return render(request, "moten/utlamnande_form.html", {"form": form, "rubrik": "Skriv in en begäran"})


@require_http_methods(["GET", "POST"])
def utlamnande_edit(request, pk):
    """The answer; and what was written in wrong."""
    require(policies.can_handle_arende(request.user))
    rader = Utlamnande.objects.select_related("arende", "av")
    if request.method == "POST":
        rader = rader.select_for_update(of=("self",))
    rad = get_object_or_404(rader, pk=pk)
    # As it is saved: the form writes what was typed into the row before it knows that it is right.
    sparat = {"sen": sen(rad), "dagar": dagar(rad), "begart": rad.begart, "besvarat": rad.besvarat}
    form = UtlamnandeAndraForm.from_request(request, instance=rad)
    if spara_andringar(request, form, text="Begäran är sparad.", data=bara_falten):
        return redirect("moten:utlamnande_list")
    historik = [(HANDELSER.get(h.namn, h.namn), h) for h in Handelse.objects.om(rad).select_related("av")]
    context = {"form": form, "rad": rad, "historik": historik, "rubrik": "Begäran om utlämnande", **sparat}
    return render(request, "moten/utlamnande_form.html", context)
