"""The board has adopted a document: a worker writes its two files, and value and files are frozen in one step."""

import datetime
import logging

from django.urls import reverse

from ekonomi import dokument as dokumenten
from ekonomi import dokument_docx, dokument_tryck
from ekonomi.models import Dokument
from moten.models import Punkt
from samordning.karna import filer, jobb, pdf

UPPGIFT = "ekonomi.dokument_jobb.gor"
ANDRAT = (
    "Något i dokumentet har ändrats sedan du läste det, så det som styrelsen beslutade om är kanske inte det som står "
    "där nu. Inget är fastställt. Läs igenom dokumentet och skriv in beslutet igen."
)
logg = logging.getLogger(__name__)


def bestall(dokument: Dokument, *, av, sedd: str, punkt=None, paragraf: str, beslutad: datetime.date):
    """The job. `sedd` is the print of the value that the page showed."""
    parametrar = {
        "dokument": dokument.pk, "sedd": sedd, "punkt": punkt and punkt.pk, "paragraf": paragraf,
        "beslutad": beslutad.isoformat(),
    }  # fmt: skip
    return jobb.bestall(UPPGIFT, parametrar, av, f"Fastställ {str(dokument)[0].lower()}{str(dokument)[1:]}")


def gor(arbete):
    """The job. Run again it gives the same."""
    dokument = Dokument.objects.get(pk=arbete.parametrar["dokument"])
    if dokument.lage == Dokument.Lage.FASTSTALLT:
        return _resultat(dokument)
    beslutad = datetime.date.fromisoformat(arbete.parametrar["beslutad"])
    jobb.framsteg(arbete, 5, "Läser det som finns")
    last = dokumenten.las(dokument)
    if last.avtryck != arbete.parametrar["sedd"]:
        raise jobb.Avslag(ANDRAT)
    try:
        varden = dokumenten.beslutade(last, beslutad=beslutad, paragraf=arbete.parametrar["paragraf"])
    except dokumenten.KanInteFaststallas as fel:
        raise jobb.Avslag(str(fel)) from None
    jobb.framsteg(arbete, 20, "Skriver Word-filen")
    docx = dokument_docx.gor(varden)
    jobb.framsteg(arbete, 40, "Skriver PDF-filen")
    try:
        papper = dokument_tryck.gor(varden)
    except pdf.PdfSaknas:
        papper = None
        logg.warning("PDF kunde inte göras: Pango saknas")
    jobb.framsteg(arbete, 90, "Sparar")
    with jobb.publicera(arbete) as klart:
        frys(
            dokument, varden, docx=docx, papper=papper, av=arbete.bestalld_av, beslutad=beslutad,
            paragraf=arbete.parametrar["paragraf"], punkt=arbete.parametrar["punkt"],
        )  # fmt: skip
        klart(_resultat(dokument))


def frys(dokument: Dokument, varden: dict, *, docx: bytes, papper: bytes | None, av, beslutad, paragraf, punkt=None):
    """In the transaction of the caller: value, files and decision at once, for ever. `punkt` is a key."""
    falt = {"varden": varden, "beslutad": beslutad, "paragraf": paragraf}
    falt["docx"] = _fil(docx, dokument_tryck.filnamn(varden, "docx"), av)
    falt["pdf"] = _fil(papper, dokument_tryck.filnamn(varden, "pdf"), av) if papper else None
    falt["punkt"] = Punkt.objects.filter(pk=punkt).first() if punkt else None
    dokument._overga("faststall", av=av, **falt)


def _fil(innehall, namn, av):
    fil = filer.spara(innehall, namn, av=av)
    fil.godkann(av=av)
    return fil


def _resultat(dokument):
    return {"lank": reverse("ekonomi:dokument_detail", args=[dokument.pk]), "text": f"{dokument} är fastställd."}
