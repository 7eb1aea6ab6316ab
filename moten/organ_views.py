"""The bodies, who sits in them and the days on which they meet."""

from django.contrib import messages
from django.db.models import Count, Min, ProtectedError, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moten import policies
from moten.models import Beslut, Ledamotskap, Mote, Organ
from moten.organ_forms import (
    LedamotAndraForm,
    LedamotForm,
    MotenForm,
    OrganAndraForm,
    OrganForm,
)
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import loggad, require, skapa_en_gang, spara_andringar


def _hamta(request, modell, **sok):
    """A row of the bodies' own; everything here is the kansli's. Locked on POST."""
    require(policies.can_manage_organ(request.user))
    rader = modell.objects.select_for_update(of=("self",)) if request.method == "POST" else modell.objects
    return get_object_or_404(rader, **sok)


@require_GET
def organ_list(request):
    require(policies.can_manage_organ(request.user))
    dag = idag()
    sitter = Q(ledamotskap__fran__lte=dag) & (Q(ledamotskap__till=None) | Q(ledamotskap__till__gte=dag))
    organ = Organ.objects.annotate(
        antal=Count("ledamotskap", filter=sitter, distinct=True), nasta=Min("moten__dag", filter=Q(moten__dag__gte=dag))
    ).order_by("slag", SvenskOrdning("namn"))
    finns = [rad for rad in organ if not rad.upphorde or rad.upphorde >= dag]
    context = {"organ": finns, "upphorda": [rad for rad in organ if rad not in finns]}
    return render(request, "moten/organ_list.html", context)


@require_http_methods(["GET", "POST"])
def organ_create(request):
    require(policies.can_manage_organ(request.user))
    form = OrganForm.from_request(request)
    if organ := skapa_en_gang(request, form, Organ, lambda: loggad(request, form.save()), "Organet är sparat."):
        return redirect("moten:organ_detail", organ.pk)
    return render(request, "moten/organ_create.html", {"form": form})


@require_GET
def organ_detail(request, pk):
    organ = _hamta(request, Organ, pk=pk)
    dag = idag()
    rader = organ.ledamotskap.select_related("kontakt", "part").order_by(SvenskOrdning("kontakt__namn"), "-fran")
    sitter, tidigare = [], []
    for rad in rader:
        (tidigare if rad.till and rad.till < dag else sitter).append(rad)
    moten = list(organ.moten.order_by("dag"))
    context = {
        "organ": organ, "sitter": sitter, "tidigare": tidigare, "idag": dag,
        "kommande": [mote for mote in moten if mote.dag >= dag],
        "varit": [mote for mote in reversed(moten) if mote.dag < dag],
    }  # fmt: skip
    return render(request, "moten/organ_detail.html", context)


@require_http_methods(["GET", "POST"])
def organ_edit(request, pk):
    organ = _hamta(request, Organ, pk=pk)
    form = OrganAndraForm.from_request(request, instance=organ)
    if spara_andringar(request, form):
        return redirect("moten:organ_detail", pk)
    return render(request, "moten/organ_form.html", {"form": form, "organ": organ, "rubrik": "Ändra organet"})


@require_http_methods(["GET", "POST"])
def ledamot_create(request, pk):
    organ = _hamta(request, Organ, pk=pk)
    form = LedamotForm.from_request(request, instance=Ledamotskap(organ=organ))
    text = "Ledamoten är sparad. Rollen i systemet ges under Konton."
    if skapa_en_gang(request, form, Ledamotskap, lambda: loggad(request, form.save()), text):
        return redirect("moten:organ_detail", pk)
    context = {"form": form, "organ": organ, "rubrik": "Lägg till en ledamot"}
    return render(request, "moten/organ_form.html", context)


@require_http_methods(["GET", "POST"])
def ledamot_edit(request, pk):
    rad = _hamta(request, Ledamotskap, pk=pk)
    form = LedamotAndraForm.from_request(request, instance=rad)
    if spara_andringar(request, form):
        return redirect("moten:organ_detail", rad.organ_id)
    context = {"form": form, "organ": rad.organ, "rubrik": f"Ändra uppdraget för {rad.kontakt}"}
    return render(request, "moten/organ_form.html", context)


@require_http_methods(["GET", "POST"])
def mote_create(request, pk):
    organ = _hamta(request, Organ, pk=pk)
    form = MotenForm.from_request(request, organ=organ)
    if skapa_en_gang(request, form, Mote, lambda: loggad(request, form.spara(), "skapad"), "Mötesdagarna är sparade."):
        return redirect("moten:organ_detail", pk)
    return render(request, "moten/mote_create.html", {"form": form, "organ": organ})


@require_http_methods(["GET", "POST"])
def mote_delete(request, pk):
    """Only a meeting that has not been, that nobody is called to, and that nothing points to."""
    mote = _hamta(request, Mote, pk=pk)
    kan = mote.dag > idag() and mote.lage in (Mote.Lage.PLANERAT, Mote.Lage.INSTALLT)
    kan = kan and not Beslut.objects.filter(organ=mote.organ_id, datum=mote.dag).exists()
    if request.method == "POST":
        organ = mote.organ_id
        if kan and _radera(request, mote):
            messages.success(request, "Mötet är borttaget.")
        else:
            messages.warning(request, "Mötet har varit eller används, så det går inte att ta bort. Inget ändrades.")
        return redirect("moten:organ_detail", organ)
    return render(request, "moten/mote_delete.html", {"mote": mote, "organ": mote.organ, "kan": kan})


def _radera(request, mote):
    Handelse.logga(mote, "borttaget", av=request.user, data={"dag": mote.dag.isoformat()})
    try:
        mote.delete()
    except ProtectedError:
        return False
    return True
