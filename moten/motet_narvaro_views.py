"""Who is at the meeting: ticked off with one tap each, with deputies and guests added on the spot (MA2)."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import kallelse
from moten.dagordning_mote_views import hamta, hamta_del
from moten.models import Narvaro
from moten.motet_forms import NarvaroAndraForm, NarvaroForm
from moten.motet_views import ANTECKNAS
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from samordning.karna.views import bara_falten, loggad, skapa_en_gang, spara_andringar

Status = Narvaro.Status


def krav_skrivs(mote, lagen=ANTECKNAS):
    """OtillatenOvergang when the meeting has not begun or its record is ready."""
    if mote.lage not in lagen:
        raise OtillatenOvergang(
            f"Mötet är {mote.get_lage_display().lower()}, så det går inte att anteckna. Inget ändrades."
        )


def _narvaro(request, pk):
    return hamta_del(request, Narvaro, pk, krav_skrivs)


@require_GET
def narvaro_list(request, pk):
    mote = hamta(request, pk)
    rader = list(mote.narvaro.i_ordning().select_related("fran_punkt", "till_punkt", "ersattare_kallad__kontakt"))
    ersattare = [rad for rad in rader if rad.roll == Narvaro.Roll.ERSATTARE]
    ledamoter = [rad for rad in rader if rad.roll == Narvaro.Roll.LEDAMOT]
    ovriga = [rad for rad in rader if rad not in ersattare and rad not in ledamoter]
    antal = {status: sum(rad.status == status for rad in rader) for status in Status.values}
    context = {
        "mote": mote, "grupper": [("Ledamöter", ledamoter), ("Ersättare", ersattare), ("Övriga", ovriga)],
        "antal": antal, "totalt": len(rader), "prickas": mote.lage in ANTECKNAS,
        "har_varit": mote.lage in mote.AVSLUTADE,
        "oppen": mote.lage in (*mote.FORE, *ANTECKNAS), "svaras": mote.lage == mote.Lage.KALLAT,
        "svarslage": kallelse.svarslage(mote) if mote.lage == mote.Lage.KALLAT else None,
    }  # fmt: skip
    return render(request, "moten/narvaro_list.html", context)


@require_POST
def narvaro_satt(request, pk):
    """`status` = narvarande, franvarande or okand. The same twice is the same."""
    rad = _narvaro(request, pk)
    status = request.POST.get("status")
    if status not in Status.values:
        messages.warning(request, "Valet gick inte att läsa. Försök igen. Inget ändrades.")
    elif status != rad.status:
        Handelse.logga(rad, "prickad", av=request.user, data={"status": [rad.status, status]})
        rad.status, rad.version = status, rad.version + 1
        rad.save(update_fields=["status", "version"])
    return redirect(f"{reverse('moten:narvaro_list', args=[rad.mote_id])}#n{rad.pk}")


@require_POST
def narvaro_alla(request, pk):
    """All who are not ticked off yet are here, but deputies whom nobody called: those who are away are fewer."""
    mote = hamta(request, pk)
    krav_skrivs(mote)
    rader = mote.narvaro.filter(status=Status.OKAND).exclude(roll=Narvaro.Roll.ERSATTARE, kallad=None)
    antal = rader.update(status=Status.NARVARANDE, version=F("version") + 1)
    if antal:
        Handelse.logga(mote, "alla_prickade", av=request.user, data={"antal": antal})
        messages.success(request, f"{antal} är prickade som närvarande. Ändra för dem som är borta.")
    else:
        messages.info(request, "Alla var redan prickade. Inget ändrades.")
    return redirect("moten:narvaro_list", pk)


@require_http_methods(["GET", "POST"])
def narvaro_create(request, pk):
    """During the meeting the person is here; before it, the person is one more to call."""
    mote = hamta(request, pk)
    krav_skrivs(mote, (*mote.FORE, *ANTECKNAS))
    status = Status.NARVARANDE if mote.lage in ANTECKNAS else Status.OKAND
    form = NarvaroForm.from_request(request, instance=Narvaro(mote=mote, status=status))
    if skapa_en_gang(request, form, Narvaro, lambda: loggad(request, form.save()), "Personen är tillagd."):
        return redirect("moten:narvaro_list", pk)
    return _formular(request, mote, form, "Lägg till en person", "Lägg till")


@require_http_methods(["GET", "POST"])
def narvaro_edit(request, pk):
    rad = _narvaro(request, pk)
    form = NarvaroAndraForm.from_request(request, instance=rad)
    if spara_andringar(request, form, data=bara_falten):
        return redirect("moten:narvaro_list", rad.mote_id)
    return _formular(request, rad.mote, form, f"Närvaro för {rad.kontakt.namn}", "Spara")


def _formular(request, mote, form, rubrik, knapp):
    context = {"mote": mote, "form": form, "rubrik": rubrik, "knapp": knapp,
               "tillbaka": reverse("moten:narvaro_list", args=[mote.pk])}  # fmt: skip
    return render(request, "moten/motet_form.html", context)
