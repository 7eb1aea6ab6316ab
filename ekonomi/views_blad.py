"""A budget as a file: taken out, read back, looked through and saved (MC18), and on paper for the board."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import budgetblad, budgetblad_in, budgetblad_jamfor, budgettryck, foregaende, policies, reports
from ekonomi.forms_blad import AvtryckForm, BladForm, GranskaForm
from ekonomi.models import Budgetversion, Verksamhetsar
from ekonomi.tryck import pdf_svar
from ekonomi.views_ar import hamta_ar, krav_skrivbar
from samordning.karna import filer
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Fil, Handelse
from samordning.karna.views import require, skapa_en_gang

UPPLADDAD = "budgetblad"  # the event that ties a file to its year


@require_GET
def blad_ut(request, pk):
    ar = hamta_ar(request, pk)
    innehall = budgetblad.gor(
        ar, reports.budgetrapport_med_utfall(ar), reports.arets_regel(ar.ar).steg,
        skriver=policies.can_edit_budget(request.user),
    )  # fmt: skip
    return filer.hamtas(innehall, f"budget-{ar}.xlsx", "xlsx")


@require_http_methods(["GET", "POST"])
def blad_create(request, pk):
    require(policies.can_edit_budget(request.user))
    ar = get_object_or_404(Verksamhetsar, pk=pk)
    krav_skrivbar(ar)
    form = BladForm.from_request(request)

    def skapa():
        # Encrypted: nobody has looked at what else may stand in a file that somebody worked in.
        fil = filer.spara(form.innehall, form.cleaned_data["fil"].name, person=True, av=request.user)
        Handelse.logga(fil, UPPLADDAD, av=request.user, data={"ar": ar.pk})
        return fil

    if fil := skapa_en_gang(request, form, Fil, skapa, "Filen är läst. Inget är sparat än."):
        return redirect("ekonomi:blad_granska", pk, fil.uuid)
    return render(request, "ekonomi/blad_create.html", {"form": form, "ar": ar})


def _hamta(request, pk, uuid):
    """(year, file), both locked on POST. A file that is not uploaded for this year does not exist."""
    ar, filerna = Verksamhetsar.objects.all(), Fil.objects.all()
    if request.method == "POST":
        ar, filerna = ar.select_for_update(), filerna.select_for_update()
    ar, fil = get_object_or_404(ar, pk=pk), get_object_or_404(filerna, uuid=uuid)
    if not Handelse.objects.om(fil).filter(namn=UPPLADDAD, data={"ar": ar.pk}).exists():
        raise Http404
    return ar, fil


@require_http_methods(["GET", "POST"])
def blad_granska(request, pk, uuid):
    require(policies.can_edit_budget(request.user))
    ar, fil = _hamta(request, pk, uuid)
    if fil.lage != Fil.Lage.KARANTAN:
        messages.info(request, "Filen är redan sparad." if fil.lage == Fil.Lage.REN else "Filen lästes inte in.")
        return redirect("ekonomi:ar_detail", pk)
    krav_skrivbar(ar)
    skillnad = budgetblad_jamfor.jamfor(_las(fil), ar)
    form = GranskaForm.from_request(request, skillnad=skillnad)
    if request.method == "POST" and not skillnad.fel and not skillnad.tom and form.is_valid():
        val = budgetblad_jamfor.Val(*(form.valda(slag) for slag in ("krock_", "bort_", "ater_")))
        antal = budgetblad_jamfor.spara(ar, skillnad, val, fil, av=request.user)
        messages.success(request, f"{antal} ändringar i budgeten för {ar} är sparade." if antal != 1 else
                         f"En ändring i budgeten för {ar} är sparad.")  # fmt: skip
        return redirect("ekonomi:ar_detail", pk)
    context = {"form": form, "ar": ar, "fil": fil, "skillnad": skillnad}
    return render(request, "ekonomi/blad_granska.html", context)


def _las(fil):
    try:
        return budgetblad_in.las(filer.las(fil))
    except budgetblad_in.BladFel as fel:  # the file was taken by an earlier version of the application
        raise OtillatenOvergang(str(fel)) from None


@require_POST
def blad_avvisa(request, pk, uuid):
    require(policies.can_edit_budget(request.user))
    ar, fil = _hamta(request, pk, uuid)
    fil.avvisa(av=request.user)
    messages.success(request, f"Filen lästes inte in. Budgeten för {ar} är som den var.")
    return redirect("ekonomi:ar_detail", pk)


@require_GET
def ar_pdf(request, pk):
    """The year as it stands now."""
    ar = hamta_ar(request, pk)
    return _pdf(
        request, budgettryck.av_aret(ar), f"Budget {ar}", f"budget-{ar}", reverse("ekonomi:ar_detail", args=[pk])
    )


@require_GET
def version_pdf(request, pk):
    """The budget as it was decided."""
    require(policies.can_view_budget(request.user))
    version = get_object_or_404(Budgetversion.objects.select_related("verksamhetsar"), pk=pk)
    ar, tillbaka = version.verksamhetsar, reverse("ekonomi:version_detail", args=[pk])
    filnamn = f"budget-{ar}-beslutad-{version.beslutad}"
    return _pdf(request, budgettryck.av_version(version), f"{version} {ar}", filnamn, tillbaka)


def _pdf(request, blad, titel, filnamn, tillbaka):
    return pdf_svar(
        request, "ekonomi/budget_tryck.html", {"blad": blad}, titel=titel, filnamn=filnamn, tillbaka=tillbaka
    )


@require_http_methods(["GET", "POST"])
def foregaende_edit(request, pk):
    """The outcome of the year before from its ledger, looked at before it is saved."""
    require(policies.can_edit_budget(request.user))
    aren = Verksamhetsar.objects.select_for_update() if request.method == "POST" else Verksamhetsar.objects.all()
    ar = get_object_or_404(aren, pk=pk)
    krav_skrivbar(ar)
    forslag = foregaende.forslag(ar)
    form = AvtryckForm.from_request(request, avtryck=forslag.avtryck if forslag else "")
    kan_sparas = forslag and forslag.stammer and forslag.andras
    if request.method == "POST" and kan_sparas and form.is_valid():
        antal = foregaende.spara(forslag, av=request.user)
        messages.success(request, f"Utfallet {forslag.forra} är hämtat till {antal} rad{'er' if antal != 1 else ''}.")
        return redirect("ekonomi:ar_detail", pk)
    context = {"form": form, "ar": ar, "ar_fore": ar.ar - 1, "forslag": forslag}
    return render(request, "ekonomi/foregaende_edit.html", context)
