"""The digital notice board, and its notices (MA15)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from moten import anslag
from moten.anslag_forms import AnslagForm
from moten.dagordning_mote_views import hamta
from moten.models import Anslag
from samordning.karna import filer, pdf
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Part


@login_not_required
@require_safe
def anslag_list(request):
    """What is on the board today. A record that may not be read by all is announced too, by its numbers only."""
    return render(request, "moten/anslag_list.html", {"anslag": anslag.med_paragrafer(anslag.sitter_uppe())})


@require_http_methods(["GET", "POST"])
def anslag_edit(request, pk):
    """The notice of the meeting's approved record: put up, or changed while it is there."""
    mote = hamta(request, pk)
    rad = Anslag.objects.filter(mote=mote).first() or anslag.nytt(mote, request.user)
    rad.mote = mote
    ny, kan = rad.pk is None, anslag.kan_anslas(mote)
    nere = not ny and rad.ned <= idag()
    if request.method == "POST" and (nere or not kan):
        raise OtillatenOvergang(
            "Anslaget är nedtaget och kan inte ändras. Inget är sparat." if nere else
            "Protokollet är inte justerat, så det går inte att anslå. Inget är sparat."
        )  # fmt: skip
    form = AnslagForm.from_request(request, instance=rad)
    if request.method == "POST" and form.is_valid() and (sparad := form.spara_utan_krock(form.save)):
        if ny or form.has_changed():
            data = {namn: str(sparad.__dict__[namn]) for namn in ("upp", "ned", "forvaras")}
            Handelse.logga(sparad, "anslaget" if ny else "andrad", av=request.user, data=data)
        messages.success(request, "Anslaget är sparat.")
        return redirect("moten:anslag_edit", pk)
    context = {
        "mote": mote, "form": form, "kan": kan, "rad": rad, "ny": ny, "nere": nere, "senast": anslag.senast(mote),
    }  # fmt: skip
    return render(request, "moten/anslag_edit.html", context)


@require_GET
def anslag_bevis(request, pk):
    """Proof on paper of when the record was announced."""
    mote = hamta(request, pk)
    rad = get_object_or_404(Anslag.objects.select_related("mote__organ"), mote=mote)
    if rad.upp > idag():
        raise Http404
    (rad,) = anslag.med_paragrafer([rad])
    innehall = {
        "rad": rad, "forbund": Part.objects.forbund(), "utskriven": nu(), "nere": rad.ned <= idag(),
        "sista_dag": anslag.sista_dag(rad.upp), "handelser": anslag.handelser(rad),
    }  # fmt: skip
    titel = f"Bevis om anslag: {mote.organ}, protokoll {mote.dag}"
    try:
        data = pdf.gor(render_to_string("moten/anslag_bevis.html", innehall), titel=titel)
    except pdf.PdfSaknas:
        messages.warning(request, "Det går inte att göra en PDF just nu. Skriv ut anslagets sida i stället.")
        return redirect("moten:anslag_edit", pk)
    return filer.hamtas(data, f"bevis-anslag-{slugify(mote.organ.namn)[:60]}-{mote.dag}.pdf", "pdf")
