"""What the insatser of a year cost: the page, and the same as files."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ekonomi import kostnad, kostnad_filer, policies
from ekonomi.views_ar import hamta_ar
from samordning.karna import filer
from samordning.karna.pdf import PdfSaknas


@require_GET
def kostnad_detail(request, pk):
    ar = hamta_ar(request, pk)
    rapport = kostnad.rapport(ar)
    context = {
        "ar": ar, "rapport": rapport, "varifran": rapport and kostnad_filer.varifran(rapport),
        "ser_bok": policies.can_view_bok(request.user),
    }  # fmt: skip
    return render(request, "ekonomi/kostnad_detail.html", context)


@require_GET
def kostnad_blad(request, pk):
    return _fil(request, pk, kostnad_filer.xlsx, "xlsx")


@require_GET
def kostnad_pdf(request, pk):
    return _fil(request, pk, kostnad_filer.som_pdf, "pdf")


def _fil(request, pk, gor, typ):
    """The file, or the page with why there is none."""
    ar = hamta_ar(request, pk)
    rapport = kostnad.rapport(ar)
    try:
        if rapport:
            return filer.hamtas(gor(rapport), f"kostnad-per-insats-{ar}.{typ}", typ)
    except PdfSaknas as fel:
        messages.warning(request, str(fel))
    return redirect("ekonomi:kostnad_detail", pk)
