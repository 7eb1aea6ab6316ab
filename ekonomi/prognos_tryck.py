"""A forecast on paper, for the board: the same table as on its page, as PDF/UA."""

from django.template.loader import render_to_string

from samordning.karna import pdf
from samordning.karna.models import Part


def tryck(rapport, last=None) -> str:
    """The document that `gor` lays out. `last` is when it was frozen; without it every page is marked as a draft."""
    context = {"rapport": rapport, "last": last, "forbund": Part.objects.forbund()}
    return render_to_string("ekonomi/prognos_tryck.html", context)


def gor(rapport, last=None) -> bytes:
    """PDF/UA-1. Raises `pdf.PdfSaknas`."""
    return pdf.gor(tryck(rapport, last), titel=f"Prognos {rapport.nr} {rapport.ar}")
