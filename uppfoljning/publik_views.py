"""Results for everybody: the released public reports, without a login."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samordning.karna import filer
from samordning.karna.models import Rapportversion
from uppfoljning import rapportversioner
from uppfoljning.rapportdokument import dokument
from uppfoljning.rapportversioner import Malgrupp, filer_i_ordning


def _senaste():
    """The latest released public version of each period, the newest period first."""
    return (
        Rapportversion.objects.filter(typ=rapportversioner.TYP, malgrupp=Malgrupp.PUBLIK)
        .utgivna()
        .order_by("-till", "-fran", "parametrar", "-version")
        .distinct("till", "fran", "parametrar")
    )


def _hamta(kod):
    if version := _senaste().filter(parametrar={"period": kod}).first():
        return version
    raise Http404


@login_not_required
@require_safe
def resultat_list(request):
    rader = [(rapportversioner.namn(rad), rad) for rad in _senaste().defer("varden")]
    return render(request, "uppfoljning/resultat_list.html", {"rader": rader})


@login_not_required
@require_safe
def resultat_detail(request, kod):
    version = _hamta(kod)
    return render(request, "uppfoljning/resultat_detail.html", {
        "version": version, "kod": kod, "dokument": dokument(version.varden), "raknad": version.skapad,
        "filer": [(fil, reverse("resultat:resultat_fil", args=[kod, fil.typ])) for fil in filer_i_ordning(version)],
    })  # fmt: skip


@login_not_required
@require_safe
def resultat_fil(request, kod, slag):
    return filer.svar(get_object_or_404(_hamta(kod).filer, typ=slag))
