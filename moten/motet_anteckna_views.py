"""Taking the minutes: item by item, with what came of each and who did not take part (MA1, MA14)."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import dagordning, policies, protokoll
from moten.dagordning_mote_views import hamta, hamta_del
from moten.models import Narvaro, Punkt, Undantag, Utfall
from moten.motet_forms import PunktanteckningForm, UtfallAndraForm, UtfallForm
from moten.motet_narvaro_views import krav_skrivs
from moten.protokoll_rader import Punktrad
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.views import bara_falten, loggad, require, skapa_en_gang, spara_andringar


@dataclass
class Antecknad:
    """An item as who keeps the minutes sees it. `jav` are the names with a conflict of interest in its case."""

    rad: Punktrad
    punkt: Punkt
    jav: list


@require_GET
def anteckna(request, pk):
    """All items, each with what is written and a way to write."""
    mote = hamta(request, pk)
    krav_skrivs(mote)
    rader = {
        punkt.pk: punkt for punkt in mote.punkter.prefetch_related("arende__jav__kontakt", "undantag__narvaro__kontakt")
    }
    punkter = [
        Antecknad(rad, rader[rad.pk], [jav.kontakt.namn for jav in _jav(rader[rad.pk])])
        for rad in protokoll.las(mote, intern=True).punkter
    ]
    context = {
        "mote": mote, "punkter": punkter, "slag": Undantag.Slag.choices,
        "narvarande": mote.narvaro.filter(status=Narvaro.Status.NARVARANDE).i_ordning(),
        "klara": sum(bool(rad.punkt.status) for rad in punkter),
    }  # fmt: skip
    return render(request, "moten/anteckna.html", context)


def _jav(punkt):
    return punkt.arende.jav.all() if punkt.arende else ()


def _punkt(request, pk):
    return hamta_del(request, Punkt, pk, krav_skrivs)


def _till(punkt):
    return f"{reverse('moten:anteckna', args=[punkt.mote_id])}#p{punkt.pk}"


@require_http_methods(["GET", "POST"])
def punkt_anteckna(request, pk):
    """Saved by itself, so that two who write in different items never meet; in the same one both texts are shown."""
    punkt = _punkt(request, pk)
    form = PunktanteckningForm.from_request(request, instance=punkt)
    nasta = punkt.mote.punkter.filter(ordning__gt=punkt.ordning).first()
    punkt.andrad = nu()  # written only with the form
    text = f"Punkten {punkt.rubrik} är sparad."
    if spara_andringar(request, form, text=text, namn="antecknad", data=bara_falten):
        if nasta and "nasta" in request.POST:
            return redirect("moten:punkt_anteckna", nasta.pk)
        return redirect(_till(punkt))
    context = {"punkt": punkt, "mote": punkt.mote, "form": form, "nasta": nasta, "tillbaka": _till(punkt)}
    return render(request, "moten/anteckna_punkt.html", context)


@require_POST
def undantag_satt(request, pk):
    """`narvaro` did not take part in the item, by `slag`; an empty `slag` takes it back."""
    punkt = _punkt(request, pk)
    slag, nyckel = request.POST.get("slag", ""), request.POST.get("narvaro", "")
    rad = punkt.mote.narvaro.filter(pk=int(nyckel)).first() if nyckel.isdecimal() and len(nyckel) < 10 else None
    if rad is None or slag not in ("", *Undantag.Slag.values):
        messages.warning(request, "Välj vem som inte deltog, och varför. Inget ändrades.")
        return redirect(_till(punkt))
    if slag:
        Undantag.objects.update_or_create(punkt=punkt, narvaro=rad, defaults={"slag": slag})
    else:
        Undantag.objects.filter(punkt=punkt, narvaro=rad).delete()
    _rord(punkt)
    Handelse.logga(punkt, "undantag", av=request.user, data={"narvaro": rad.pk, "slag": slag})
    messages.success(request, "Sparat.")
    return redirect(_till(punkt))


def _rord(punkt):
    """Readers see that the item is new; the version stays, so that nobody who writes in it is stopped."""
    Punkt.objects.filter(pk=punkt.pk).update(andrad=nu())


@require_http_methods(["GET", "POST"])
def utfall_create(request, pk):
    punkt = _punkt(request, pk)
    form = UtfallForm.from_request(request, instance=Utfall(punkt=punkt))
    if skapa_en_gang(request, form, Utfall, lambda: _skapa(request, punkt, form), "Sparat."):
        return redirect(_till(punkt))
    return _formular(request, punkt, form, f"Lägg till utfall: {punkt.rubrik}")


def _skapa(request, punkt, form):
    sist = punkt.utfall.aggregate(sist=Max("ordning"))["sist"]
    form.instance.ordning = 0 if sist is None else sist + 1
    _rord(punkt)
    return loggad(request, form.save())


def _utfall(request, pk):
    """The meeting and the item are locked before it on POST."""
    require(policies.can_handle_mote(request.user))
    rad = get_object_or_404(Utfall, pk=pk)
    punkt = _punkt(request, rad.punkt_id)
    if request.method == "POST":
        rad = get_object_or_404(Utfall.objects.select_for_update(of=("self",)), pk=pk)
    rad.punkt = punkt
    if rad.beslut_id:
        raise OtillatenOvergang("Beslutet är redan fört till ärendet. Rätta det där. Inget ändrades.")
    return rad


@require_http_methods(["GET", "POST"])
def utfall_edit(request, pk):
    rad = _utfall(request, pk)
    form = UtfallAndraForm.from_request(request, instance=rad)
    if spara_andringar(request, form, text="Sparat.", data=bara_falten):
        _rord(rad.punkt)
        return redirect(_till(rad.punkt))
    return _formular(request, rad.punkt, form, f"Ändra utfall: {rad.punkt.rubrik}")


@require_POST
def utfall_upp(request, pk):
    return _flytta(request, pk, -1)


@require_POST
def utfall_ner(request, pk):
    return _flytta(request, pk, 1)


def _flytta(request, pk, steg):
    """Also past one that has gone to the case: its words stay as they are."""
    require(policies.can_handle_mote(request.user))
    punkt = _punkt(request, get_object_or_404(Utfall, pk=pk).punkt_id)
    rad = get_object_or_404(punkt.utfall, pk=pk)
    if dagordning.flytta(punkt.utfall.all(), rad, steg):
        _rord(punkt)
    else:
        messages.info(request, f"Utfallet står redan {'först' if steg < 0 else 'sist'}. Inget ändrades.")
    return redirect(_till(punkt))


@require_http_methods(["GET", "POST"])
def utfall_delete(request, pk):
    rad = _utfall(request, pk)
    if request.method == "POST":
        Handelse.logga(rad.punkt, "utfall_borttaget", av=request.user, data={"utfall": rad.pk, "typ": rad.typ})
        rad.delete()
        _rord(rad.punkt)
        messages.success(request, "Utfallet är borttaget.")
        return redirect(_till(rad.punkt))
    context = {"utfall": rad, "mote": rad.punkt.mote, "tillbaka": _till(rad.punkt)}
    return render(request, "moten/utfall_delete.html", context)


def _formular(request, punkt, form, rubrik):
    context = {"mote": punkt.mote, "form": form, "rubrik": rubrik, "knapp": "Spara", "tillbaka": _till(punkt)}
    return render(request, "moten/motet_form.html", context)
