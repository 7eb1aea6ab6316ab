"""Papers about money for the board and the bookkeeper: one frame, made as PDF/UA and handed out as a download."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.loader import render_to_string

from samordning.karna import filer, pdf
from samordning.karna.kalender import idag
from samordning.karna.models import Part


def pdf_svar(request, mall, varden, *, titel, filnamn, tillbaka):
    """The download; without the library that draws it, back to `tillbaka`, a URL, with words."""
    html = render_to_string(mall, varden | {"titel": titel, "forbund": Part.objects.forbund(), "idag": idag()})
    try:
        innehall = pdf.gor(html, titel=titel)
    except (pdf.PdfSaknas, ValueError) as fel:
        messages.warning(request, f"{fel} Inget är ändrat.")
        return redirect(tillbaka)
    return filer.hamtas(innehall, f"{filnamn}.pdf", "pdf")
