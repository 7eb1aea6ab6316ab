"""From a line of the budget down to the vouchers that its outcome is made of, on the page and as CSV (MC15)."""

import csv
import io

from django.db.models import Count, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from ekonomi import bok_utfall
from ekonomi.models import Budgetpost, Konteringsregel, Verifikationsrad
from ekonomi.views_bok import ar_med_bok
from samordning.karna import filer
from samordning.karna.models import Atkomst
from samordning.karna.views import LANGSTA_SOKNING, paginate

FARLIG_BORJAN = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take the cell for a formula
MAL = {"huvudman": -1, "ovriga": -1, "utanfor": -1}
KOLUMNER = ("Datum", "Verifikation", "Konto", "Objekt", "Text", "Belopp", "Rättelse")


def _urval(request, pk):
    """(year, heading, rows, sign, query of the address). The address says one of: a line, another goal, an account
    with its objects and no line, or nothing, which is all of the year. Six queries at most."""
    ar = ar_med_bok(request, pk)
    if post_pk := request.GET.get("post", ""):
        post = get_object_or_404(Budgetpost, pk=post_pk if post_pk.isdecimal() else 0, verksamhetsar=ar)
        rader = _av_grupper(ar, lambda rad: rad.post == post.pk)
        return ar, post.rubrik, rader, 1, {"post": post.pk}
    if mal := request.GET.get("mal", ""):
        if mal not in MAL:
            raise Http404
        rader = _av_grupper(ar, lambda rad: rad.mal == mal)
        return ar, Konteringsregel.Mal(mal).label, rader, MAL[mal], {"mal": mal}
    if konto := _text(request, "konto"):
        objekt = tuple(nyckel.replace("\x00", "") for nyckel in request.GET.getlist("objekt")[:20])
        rader = bok_utfall.rader_i(ar, [bok_utfall.Grupp(konto, objekt, 0, bok_utfall.NOLL, None, "", None)])
        namn = f"Konto {konto}" + (f", objekt {', '.join(objekt)}" if objekt else "")
        return ar, namn, rader, 1, {"konto": konto, "objekt": objekt}
    return ar, "Alla verifikationer", Verifikationsrad.objects.filter(verksamhetsar=ar), 1, {}


def _text(request, namn):
    return request.GET.get(namn, "").replace("\x00", "")[:LANGSTA_SOKNING]


def _av_grupper(ar, ar_med):
    utfall = bok_utfall.utfall(ar)
    return bok_utfall.rader_i(ar, [rad for rad in utfall.grupper if ar_med(rad)] if utfall else [])


@require_GET
def verifikation_list(request, pk):
    ar, rubrik, rader, tecken, fraga = _urval(request, pk)
    rader = rader.visible_to(request.user)
    summa = rader.aggregate(summa=Sum("belopp"), antal=Count("pk"))
    context = {
        "ar": ar, "rubrik": rubrik, "sida": paginate(request, rader.for_lista()), "tecken": tecken,
        "summa": (summa["summa"] or 0) * tecken, "antal": summa["antal"], "fraga": urlencode(fraga, doseq=True),
        "hela_boken": not fraga,
    }  # fmt: skip
    for rad in context["sida"]:
        rad.visat = rad.belopp * tecken
    return render(request, "ekonomi/verifikation_list.html", context)


@require_GET
def verifikation_csv(request, pk):
    """The same rows, all of them: semicolons and a mark of UTF-8, as Swedish spreadsheets read it."""
    ar, _, rader, tecken, _ = _urval(request, pk)
    ut = io.StringIO()
    skriv = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriv.writerow(KOLUMNER)
    for rad in rader.visible_to(request.user).for_lista().iterator(chunk_size=5000):
        objekt = ", ".join(nyckel.partition(":")[2] for nyckel in rad.objekt)
        ver = rad.verifikation
        skriv.writerow([
            rad.datum.isoformat(), _saker(str(ver)), _saker(rad.konto), _saker(objekt), _saker(rad.hela_texten),
            _belopp(rad.belopp * tecken), _saker(ver.skal),
        ])  # fmt: skip
    # Texts may name persons, so who takes them out is noted.
    Atkomst.logga(request.user, "hämtade", "verifikationer", [(ar.ar, None)])
    return filer.hamtas("\ufeff" + ut.getvalue(), f"verifikationer-{ar}.csv", "csv")


def _saker(text):
    """With a sign before it that keeps a spreadsheet from running it as a formula."""
    text = " ".join(text.split("\x00")).replace("\r", " ").replace("\n", " ")
    return f"'{text}" if text.startswith(FARLIG_BORJAN) else text


def _belopp(belopp):
    """-1234,50; more decimals only where the ledger has them."""
    text = f"{belopp:.6f}".rstrip("0")
    heltal, _, decimaler = text.partition(".")
    return f"{heltal},{decimaler.ljust(2, '0')}"
