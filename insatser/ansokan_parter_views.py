"""The parties of an application and its attachments, as its writers see to them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from insatser import ansokan_kopia, ansokan_parter, ansokan_visning, inlamning, policies
from insatser.ansokan_forms import FLEST_BILAGOR, UTAN_PERSONER, BakomForm, BilagaForm, LaggTillPartForm
from insatser.ansokan_skriva_views import OLAST, STANGT, om_stallning, ram
from insatser.ansokan_views import hamta, synliga_bilagor
from insatser.models import Ansokan, Bilaga
from samordning.karna import bilagor as filkontroll
from samordning.karna import filer
from samordning.karna.models import Handelse, Roll
from samordning.karna.views import require, skapa_en_gang


@require_http_methods(["GET", "POST"])
def parter(request, pk):
    """Who is with and who stands behind it. A POST adds a party."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if request.method == "POST" and ansokan.lage != Ansokan.Lage.UTKAST:
        return _inte_nu(request, ansokan)
    form = LaggTillPartForm.from_request(request, ansokan=ansokan)
    if request.method == "POST" and form.is_valid():
        fore = _bakom(ansokan)
        rad = ansokan_parter.lagg_till(ansokan, form.cleaned_data["part"], av=request.user)
        messages.success(request, f"{rad.part} är med i ansökan.")
        om_stallning(request, fore - _bakom(ansokan))
        return redirect("ansokan:parter", pk)
    return _visa_parter(request, ansokan, form)


def _visa_parter(request, ansokan, form, bakom=None):
    """`bakom`: {party's row: the form with errors of the kansli's note}."""
    egna = request.user.parter_som(Roll.PARTSFORETRADARE)
    oppen, leder = ansokan_parter.kan_ta_stallning(ansokan), policies.can_lead_ansokan(request.user, ansokan)
    utkast = ansokan.lage == Ansokan.Lage.UTKAST
    rader = list(ansokan_parter.med_parter(Ansokan.objects.filter(pk=ansokan.pk)).get().parter.all())
    tabell = [
        {
            "rad": rad, "bakom": ansokan_visning.bakom_i_ord(rad, ansokan), "egen": rad.part_id in egna,
            "kan_bakom": oppen and rad.part_id in egna,
            "form": _bakom_form(rad, bakom) if oppen and request.user.ar_kansli and not rad.star_bakom else None,
            "kan_angra": oppen and rad.star_bakom and policies.can_stand_behind(request.user, rad),
            "kan_ta_bort": utkast and not rad.huvud and (leder or rad.part_id in egna),
            "kan_bli_huvud": utkast and not rad.huvud and leder,
        }
        for rad in rader
    ]  # fmt: skip
    context = ram(ansokan, "parter", form=form if utkast else None, rader=tabell,
                  saknade_slag=ansokan_parter.saknade_slag(rader), oppen=oppen)  # fmt: skip
    return render(request, "ansokan/parter.html", context)


def _bakom_form(rad, bakom):
    return bakom[rad.pk] if bakom and rad.pk in bakom else BakomForm(prefix=f"p{rad.pk}")


def _bakom(ansokan):
    return set(ansokan.parter.filter(star_bakom__isnull=False).values_list("part", flat=True))


def _inte_nu(request, ansokan):
    messages.warning(request, f"{STANGT} Inget ändrades.")
    return redirect("ansokan:ansokan_detail", ansokan.pk)


def _hamta_rad(request, pk, rad):
    """(application, party's row), the application locked so that changes of its parties come one after the other."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    return ansokan, get_object_or_404(ansokan.parter.select_related("part"), pk=rad)


@require_POST
def part_bakom(request, pk, rad):
    """The party's own representative ticks; the kansli writes down who has answered by mail. What the page showed is
    what they stand behind, so it says which version that was; the kansli never writes over a party's own tick."""
    ansokan, rad = _hamta_rad(request, pk, rad)
    require(policies.can_stand_behind(request.user, rad))
    if not ansokan_parter.kan_ta_stallning(ansokan):
        return _inte_nu(request, ansokan)
    namn, olast = request.user.namn, request.POST.get("version") != str(ansokan.version)
    if rad.part_id not in request.user.parter_som(Roll.PARTSFORETRADARE):
        if rad.star_bakom:
            messages.info(request, f"{rad.part} har redan tagit ställning. Inget ändrades.")
            return redirect("ansokan:parter", pk)
        form = BakomForm(request.POST, prefix=f"p{rad.pk}")
        if form.is_valid() and olast:
            form.add_error("namn", f"{OLAST} Läs igenom den och anteckna igen om svaret gäller den.")
        if not form.is_valid():
            return _visa_parter(request, ansokan, LaggTillPartForm(ansokan=ansokan), {rad.pk: form})
        namn = form.cleaned_data["namn"]
    elif olast:
        messages.warning(request, f"{OLAST} Läs igenom den och bekräfta igen. Er bekräftelse är inte sparad.")
        return redirect("ansokan:parter", pk)
    ansokan_parter.sta_bakom(ansokan, rad, av=request.user, namn=namn)
    messages.success(request, f"{rad.part} står bakom ansökan.")
    return redirect("ansokan:parter", pk)


@require_POST
def part_angra(request, pk, rad):
    ansokan, rad = _hamta_rad(request, pk, rad)
    require(policies.can_stand_behind(request.user, rad))
    if not ansokan_parter.kan_ta_stallning(ansokan):
        return _inte_nu(request, ansokan)
    if rad.star_bakom:
        ansokan_parter.angra(ansokan, rad, av=request.user)
        messages.success(request, f"{rad.part} står inte längre bakom ansökan.")
    return redirect("ansokan:parter", pk)


@require_POST
def part_huvud(request, pk, rad):
    ansokan, rad = _hamta_rad(request, pk, rad)
    require(policies.can_lead_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        return _inte_nu(request, ansokan)
    if not rad.huvud:
        fore = _bakom(ansokan)
        ansokan_parter.byt_huvudpart(ansokan, rad, av=request.user)
        messages.success(request, f"{rad.part} är huvudpart.")
        om_stallning(request, fore - _bakom(ansokan))
    return redirect("ansokan:parter", pk)


@require_POST
def part_delete(request, pk, rad):
    """The huvudpart takes a party out, or a party takes itself out. The huvudpart itself is changed first."""
    ansokan, rad = _hamta_rad(request, pk, rad)
    egen = rad.part_id in request.user.parter_som(Roll.PARTSFORETRADARE)
    require(egen or policies.can_lead_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        return _inte_nu(request, ansokan)
    if rad.huvud:
        messages.warning(request, f"{rad.part} är huvudpart. Gör en annan part till huvudpart först. Inget ändrades.")
        return redirect("ansokan:parter", pk)
    fore = _bakom(ansokan) - {rad.part_id}
    ansokan_parter.ta_bort(ansokan, rad, av=request.user)
    messages.success(request, f"{rad.part} är inte längre med i ansökan.")
    om_stallning(request, fore - _bakom(ansokan))
    if not policies.can_write_ansokan(request.user, ansokan):
        return redirect("ansokan:ansokan_list")
    return redirect("ansokan:parter", pk)


# ---- Attachments


@require_http_methods(["GET", "POST"])
def bilagor(request, pk):
    """The files, and a form that adds one."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    oppen = bool(inlamning.oppna_avsnitt(ansokan))
    if request.method == "POST" and not oppen:
        return _inte_nu(request, ansokan)
    form = BilagaForm.from_request(request, instance=Bilaga(ansokan=ansokan, av=request.user), ansokan=ansokan)

    def skapa():
        form.instance.fil = filkontroll.spara(form.cleaned_data["fil"], av=request.user)
        bilaga = form.save()
        ansokan_parter.ny_version(ansokan)
        Handelse.logga(ansokan, "bilaga", av=request.user, data={"bilaga": bilaga.pk})
        return bilaga

    if skapa_en_gang(request, form, Bilaga, skapa, lambda bilaga: f"{bilaga.rubrik} är bifogad."):
        return redirect("ansokan:bilagor", pk)
    senast = _senast_skickad(ansokan)
    rader = [(rad, oppen and _kan_ta_bort(rad, senast)) for rad in ansokan.bilagor.select_related("fil")]
    fullt = len(rader) >= FLEST_BILAGOR
    context = ram(ansokan, "bilagor", form=form if oppen and (form.is_bound or not fullt) else None, rader=rader,
                  flest=FLEST_BILAGOR, fullt=fullt, utan_personer=UTAN_PERSONER)  # fmt: skip
    return render(request, "ansokan/bilagor.html", context)


def _senast_skickad(ansokan):
    sist = ansokan.versioner.order_by("nr").last()
    return sist and sist.skickad


def _kan_ta_bort(bilaga, skickad):
    """What has been sent with a version belongs to the case."""
    return skickad is None or bilaga.skapad > skickad


@require_GET
def bilaga_fil(request, pk, bilaga):
    ansokan = hamta(request, pk)
    return filer.svar(get_object_or_404(synliga_bilagor(request.user, ansokan).select_related("fil"), pk=bilaga).fil)


@require_http_methods(["GET", "POST"])
def bilaga_delete(request, pk, bilaga):
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    bilaga = get_object_or_404(ansokan.bilagor.select_related("fil"), pk=bilaga)
    if not inlamning.oppna_avsnitt(ansokan) or not _kan_ta_bort(bilaga, _senast_skickad(ansokan)):
        messages.warning(request, "Bilagan är inskickad och hör till ärendet. Den kan inte tas bort.")
        return redirect("ansokan:ansokan_detail", pk)
    if request.method == "POST":
        Handelse.logga(ansokan, "bilaga_borttagen", av=request.user, data={"bilaga": bilaga.pk})
        ansokan_kopia.ta_bort_bilaga(bilaga)
        ansokan_parter.ny_version(ansokan)
        messages.success(request, f"{bilaga.rubrik} är borttagen.")
        return redirect("ansokan:bilagor", pk)
    return render(request, "ansokan/bilaga_delete.html", {"ansokan": ansokan, "bilaga": bilaga})
