"""Who is at the meeting: ticked off with one tap each, with deputies and guests added on the spot (MA2)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import policies
from moten.dagordning_mote_views import hamta
from moten.models import Mote, Narvaro
from moten.motet_forms import NarvaroAndraForm, NarvaroForm
from moten.motet_views import ANTECKNAS, logga
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse
from samordning.karna.views import require

Status = Narvaro.Status


def krav_skrivs(mote, lagen=ANTECKNAS):
    """OtillatenOvergang when the meeting has not begun or its record is ready."""
    if mote.lage not in lagen:
        raise OtillatenOvergang(
            f"Mötet är {mote.get_lage_display().lower()}, så det går inte att anteckna. Inget ändrades."
        )


def _narvaro(request, pk, lagen=ANTECKNAS):
    """A row of a meeting that may be written. The meeting is locked on POST, before the row: one order for all."""
    require(policies.can_handle_mote(request.user))
    rad = get_object_or_404(Narvaro.objects.select_related("mote__organ", "kontakt"), pk=pk)
    mote = rad.mote
    if request.method == "POST":
        mote = Mote.objects.select_for_update(of=("self",)).select_related("organ").get(pk=rad.mote_id)
        rad = get_object_or_404(Narvaro.objects.select_for_update(of=("self",)), pk=pk)
    rad.mote = mote
    krav_skrivs(mote, lagen)
    return rad


@require_GET
def narvaro_list(request, pk):
    mote = hamta(request, pk)
    rader = list(mote.narvaro.i_ordning().select_related("fran_punkt", "till_punkt"))
    ersattare = [rad for rad in rader if rad.roll == Narvaro.Roll.ERSATTARE]
    ledamoter = [rad for rad in rader if rad.roll == Narvaro.Roll.LEDAMOT]
    ovriga = [rad for rad in rader if rad not in ersattare and rad not in ledamoter]
    antal = {status: sum(rad.status == status for rad in rader) for status in Status.values}
    context = {
        "mote": mote, "grupper": [("Ledamöter", ledamoter), ("Ersättare", ersattare), ("Övriga", ovriga)],
        "antal": antal, "totalt": len(rader), "prickas": mote.lage in ANTECKNAS,
        "oppen": mote.lage in (*mote.FORE, *ANTECKNAS),
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


@require_http_methods(["GET", "POST"])
def narvaro_create(request, pk):
    """During the meeting the person is here; before it, the person is one more to call."""
    mote = hamta(request, pk)
    krav_skrivs(mote, (*mote.FORE, *ANTECKNAS))
    status = Status.NARVARANDE if mote.lage in ANTECKNAS else Status.OKAND
    form = NarvaroForm.from_request(request, instance=Narvaro(mote=mote, status=status))
    if request.method == "POST":
        rad, ny = form.skapa_en_gang(request.user, Narvaro, lambda: logga(request, form.save(), "skapad"))
        if rad:
            messages.success(request, "Personen är tillagd.") if ny else messages.info(request, REDAN_SKICKAT)
            return redirect("moten:narvaro_list", pk)
    return _formular(request, mote, form, "Lägg till en person", "Lägg till")


@require_http_methods(["GET", "POST"])
def narvaro_edit(request, pk):
    rad = _narvaro(request, pk)
    form = NarvaroAndraForm.from_request(request, instance=rad)
    if request.method == "POST" and form.is_valid():
        form.save()
        if andringar := form.andringar():
            logga(request, rad, "andrad", {"falt": sorted(andringar)})
        messages.success(request, "Ändringarna är sparade.")
        return redirect("moten:narvaro_list", rad.mote_id)
    return _formular(request, rad.mote, form, f"Närvaro för {rad.kontakt.namn}", "Spara")


def _formular(request, mote, form, rubrik, knapp):
    context = {"mote": mote, "form": form, "rubrik": rubrik, "knapp": knapp,
               "tillbaka": reverse("moten:narvaro_list", args=[mote.pk])}  # fmt: skip
    return render(request, "moten/motet_form.html", context)
