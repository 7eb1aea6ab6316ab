"""A meeting's own page, and its opening: what is to be taken up before it, what was said during and after it."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import justering_views, kallelse_views, narvaro, policies, protokoll, publicering, uppfoljning
from moten.dagordning_mote_views import hamta
from moten.models import Anteckning, Arende, Lasning, Mote, Punkt, Underlag
from moten.motet_forms import AnteckningForm
from moten.protokoll_rader import Punktrad
from samordning.karna.kalender import idag, nu
from samordning.karna.templatetags.samordning import datum
from samordning.karna.views import get_visible_or_404, require


@dataclass
class Sidpunkt:
    """An item as the page shows it to one reader. `rad` is what the record prints."""

    rad: Punktrad
    filer: list
    anteckning: str
    ny: bool  # changed since the reader was here last
    arende: int | None  # the case, when the reader may open it


@require_GET
def mote_detail(request, pk):
    """For who may see the meeting; the agenda from the day they are called. That it was read is kept (MA21)."""
    mote = get_visible_or_404(
        Mote.objects.select_related("organ", "ordforande", "sekreterare"), request.user, pk=pk
    )  # fmt: skip
    if policies.sees_only_published(request.user, mote):
        return redirect("moten:protokoll_detail", pk)
    kansli = policies.can_handle_mote(request.user)
    far_se = policies.agenda_is_out(request.user, mote)
    blad = protokoll.las(mote, intern=kansli, user=request.user)
    context = {
        "mote": mote, "protokoll": blad, "kansli": kansli, "far_se": far_se,
        "fore": mote.lage in (*mote.FORE, mote.Lage.INSTALLT), "idag": mote.dag <= idag(),
        "overgangar": mote.mojliga_overgangar if kansli else (),
        "hinder_publicera": kansli and publicering.hinder(mote),
        "antecknas": kansli and mote.lage in ANTECKNAS, "foljer": kansli and mote.lage in Mote.AVSLUTADE,
        "punkter": _punkter(request.user, mote, blad) if far_se else [],
        "filer": mote.underlag.filter(punkt=None, utgatt=None) if far_se else [],
        **kallelse_views.for_motets_sida(request, mote, kansli),
        "papper": justering_views.for_motets_sida(request.user, mote, blad),
        "lasare": mote.lasningar.exclude(anvandare=request.user).count() if kansli else 0,
    }  # fmt: skip
    Lasning.objects.update_or_create(mote=mote, anvandare=request.user, defaults={"tid": nu()})
    return render(request, "moten/mote_detail.html", context)


ANTECKNAS = (Mote.Lage.PAGAR, Mote.Lage.AVSLUTAT)  # when its record may be written


def _punkter(user, mote, blad):
    """Five queries."""
    nycklar = [rad.pk for rad in blad.punkter]
    filer = defaultdict(list)
    for fil in Underlag.objects.filter(punkt__in=nycklar, utgatt=None):
        filer[fil.punkt_id].append(fil)
    anteckningar = dict(
        Anteckning.objects.filter(punkt__in=nycklar, anvandare=user).values_list("punkt", "text")
    )  # fmt: skip
    arenden = set(
        Arende.objects.visible_to(user).filter(pk__in=[rad.arende_pk for rad in blad.punkter]).values_list(
            "pk", flat=True
        )
    )  # fmt: skip
    sedan = mote.lasningar.filter(anvandare=user).values_list("tid", flat=True).first()
    nya = set()
    if sedan and not policies.can_handle_mote(user):  # who writes it knows what is new
        ny = Q(andrad__gt=sedan) | Q(filer__skapat__gt=sedan, filer__utgatt=None)
        nya = set(Punkt.objects.filter(ny, pk__in=nycklar).values_list("pk", flat=True))
    return [
        Sidpunkt(
            rad, filer[rad.pk], anteckningar.get(rad.pk, ""), rad.pk in nya,
            rad.arende_pk if rad.arende_pk in arenden else None,
        )
        for rad in blad.punkter
    ]  # fmt: skip


@require_POST
def mote_oppna(request, pk):
    """From its day on. Whoever has a seat is put in the list of those to be ticked off."""
    mote = hamta(request, pk)
    if "oppna" in mote.mojliga_overgangar and mote.dag > idag():
        messages.warning(request, f"Mötet är den {datum(mote.dag)}. Det öppnas tidigast den dagen. Inget ändrades.")
        return redirect("moten:mote_detail", pk)
    mote._overga("oppna", av=request.user, oppnat=nu())
    narvaro.fyll(mote, av=request.user)
    uppfoljning.fyll(mote)
    messages.success(request, "Mötet är öppnat. Börja med att pricka av vilka som är här.")
    return redirect("moten:narvaro_list", pk)


@require_http_methods(["GET", "POST"])
def min_anteckning(request, pk):
    """The reader's own, which nobody else reads. An empty text takes it away."""
    punkt = get_visible_or_404(Punkt.objects.select_related("mote__organ"), request.user, pk=pk)
    require(policies.can_note_punkt(request.user, punkt))
    rad = Anteckning.objects.filter(punkt=punkt, anvandare=request.user).first()
    form = AnteckningForm.from_request(request, initial={"text": rad.text if rad else ""})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if text:
            Anteckning.objects.update_or_create(
                punkt=punkt, anvandare=request.user, defaults={"text": text, "andrad": nu()}
            )
        elif rad:
            rad.delete()
        messages.success(request, "Din anteckning är sparad. Bara du läser den.")
        return redirect("moten:mote_detail", punkt.mote_id)
    context = {"mote": punkt.mote, "form": form, "rubrik": f"Min anteckning: {punkt.rubrik}", "knapp": "Spara",
               "ingress": "Bara du läser den."}  # fmt: skip
    return render(request, "moten/motet_form.html", context)
