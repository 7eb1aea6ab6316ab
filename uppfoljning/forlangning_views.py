"""The application for one more year, and the figures beside a half-year report. URLs of `forlangning_create` take the
agreement, of `forlangning_resultat` the application."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from insatser.models import Ansokan, Avtal, Insats, Lagesrapport
from insatser.policies import can_apply_forlangning, can_write_ansokan
from insatser.reports import belopp_for
from samordning.karna.forms import VersionFormular
from samordning.karna.kalender import Period, idag
from samordning.karna.models import Atkomst, Handelse
from samordning.karna.views import get_visible_or_404, require
from uppfoljning import forlangning, rapportversioner
from uppfoljning.policies import insatser_med_utfall
from uppfoljning.reports import utfallsrapport

RADER = (("P3", "Tog emot"), ("P4", "Avslutade"), ("X1", "Positiva avslut"))
KON = ("K", "M", "O", "T")


class ResultatForm(VersionFormular, forms.ModelForm):
    class Meta:
        model = Ansokan
        fields = ("resultat",)
        widgets = {"resultat": forms.Textarea({"rows": 14})}
        help_texts = {"resultat": "Ta bort det som är gammalt innan du sparar. Skriv inget om enskilda personer."}


@require_http_methods(["GET", "POST"])
def forlangning_create(request, pk):
    avtal = get_visible_or_404(Avtal.objects.select_related("insats", "huvudpart"), request.user, pk=pk)
    require(can_apply_forlangning(request.user, avtal))
    try:
        if request.method == "POST":
            ansokan = forlangning.starta(avtal, av=request.user)
            messages.success(request, "Ansökan om förlängning är påbörjad. Läs igenom den innan den skickas.")
            return redirect("ansokan:ansokan_detail", ansokan.pk)
        period = forlangning.prova(avtal)
    except forlangning.KanInteForlangas as hinder:
        if request.method == "POST" and hinder.ansokan:
            messages.info(request, str(hinder))
            return redirect("ansokan:ansokan_detail", hinder.ansokan.pk)
        return render(request, "uppfoljning/forlangning_create.html", {"avtal": avtal, "hinder": hinder})
    resultat, version = forlangning.resultatet(avtal)
    context = {
        "avtal": avtal, "period": period, "resultat": resultat, "version": version,
        "framat": forlangning.framat(avtal), "belopp": belopp_for(avtal, period).items(),
        "parter": sorted(str(part) for part in avtal.parter.all()), "fraga": forlangning.FRAGA,
    }  # fmt: skip
    return render(request, "uppfoljning/forlangning_create.html", context)


@require_http_methods(["GET", "POST"])
def forlangning_resultat(request, pk):
    """Fetch the latest released figures to a draft. What is typed there is kept above them until somebody takes it
    away."""
    rader = Ansokan.objects.filter(slag=Ansokan.Slag.FORLANGNING)
    if request.method == "POST":
        rader = rader.select_for_update(of=("self",))
    ansokan = get_visible_or_404(rader.select_related("avtal__insats"), request.user, pk=pk)
    require(can_write_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        messages.info(request, "Ansökan är redan inskickad, så resultatet ändras inte. Inget är ändrat.")
        return redirect("ansokan:ansokan_detail", pk)
    text, version = forlangning.nytt_resultat(ansokan)
    if version is None:
        messages.info(request, "Det finns inga nyare siffror att hämta. Ansökan är inte ändrad.")
        return redirect("ansokan:ansokan_detail", pk)
    form = ResultatForm.from_request(request, instance=ansokan, initial={"resultat": text})
    if request.method == "POST" and form.is_valid():
        ansokan.rapportversion = version
        form.save()
        Handelse.logga(ansokan, "resultat_hamtat", av=request.user, data={"rapportversion": str(version.uuid)})
        messages.success(request, "Resultatet är sparat i ansökan.")
        return redirect("ansokan:ansokan_detail", pk)
    context = {"form": form, "ansokan": ansokan, "namn": rapportversioner.namn(version), "version": version}
    return render(request, "uppfoljning/forlangning_resultat.html", context)


@require_GET
def lagesrapport_siffror(request, pk):
    """A box for the pages of a half-year report. The kansli and the listed staff see what is counted now; others only
    what a released report to the board says. Nothing is stored."""
    rapport = get_visible_or_404(Lagesrapport.objects.select_related("avtal__insats"), request.user, pk=pk)
    insats, period = rapport.avtal.insats, Period(rapport.fran, rapport.till)
    if insats.inriktning != Insats.Inriktning.INDIVID:
        raise Http404
    context = {"insats": insats, "rapport": rapport}
    if not insatser_med_utfall(request.user).filter(pk=insats.pk).exists():
        context["meningar"], context["version"] = forlangning.slappta_meningar(insats, inom=period)
        if context["version"]:
            context["kalla"] = forlangning.kalla(context["version"])
    elif period.fran <= idag():
        varden = utfallsrapport(period, [insats.slug])
        Atkomst.logga(
            request.user, "visade", "utfallsrapport", [("--".join(varden["period"]), None)], andamal=insats.slug[:120]
        )
        celler = varden["per_insats"][insats.slug]["celler"]
        context["rader"] = [(namn, [celler[cell][kon] for kon in KON]) for cell, namn in RADER]
    return render(request, "uppfoljning/_lagesrapport_siffror.html", context)
