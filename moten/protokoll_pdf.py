"""The record of a meeting on paper (MA17): all of it, or one item as an extract (MA19).

`blad` is what `protokoll.las` gives, or a record that was frozen as JSON (`protokoll.som_json`): the same templates
show both. The kansli's own notes are never printed.
"""

from django.template.loader import render_to_string
from django.utils.text import slugify

from samordning.karna import pdf
from samordning.karna.kalender import nu
from samordning.karna.models import Part


def gor(blad, *, mark="", utskriven=None):
    """The record as PDF/UA-1. `mark` stands on each page ("Utkast", "Rättad"); `utskriven` is when it was made,
    now unless given. `pdf.PdfSaknas` without Pango; ValueError, in Swedish, when its tables are too long."""
    return pdf.gor(tryck(blad, mark=mark, utskriven=utskriven), titel=f"{_av(blad, 'slag')}: {_av(blad, 'rubrik')}")


def tryck(blad, *, mark="", utskriven=None):
    """The document that is laid out."""
    return _tryck("moten/protokoll_pdf.html", blad, {"mark": mark}, utskriven)


def gor_utdrag(blad, punkt, *, mark=""):
    """One item of the record with its head and the line that certifies it. `punkt` is one of `blad`'s items."""
    slag = "Protokollsutdrag" if _av(blad, "justeras") else "Utdrag ur minnesanteckningar"
    namn = f"{slag}: {_av(blad, 'rubrik')}, {_av(punkt, 'beteckning')}"
    mer = {"punkt": punkt, "namn": namn, "slag": slag, "mark": mark}
    return pdf.gor(_tryck("moten/paragraf_pdf.html", blad, mer, None), titel=namn)


def filnamn(mote, tillagg=""):
    """ "minnesanteckningar-norra-beredningsgruppen-2026-03-12.pdf": no word that somebody typed but the body's."""
    slag = "protokoll" if mote.organ.justeras else "minnesanteckningar"
    return f"{slag}-{slugify(mote.organ.namn)[:60]}-{mote.dag}{tillagg}.pdf"


def _tryck(mall, blad, mer, utskriven):
    utskriven = utskriven or nu()
    return render_to_string(
        mall, {"protokoll": blad, "forbund": Part.objects.forbund(), "utskriven": utskriven} | mer
    )  # fmt: skip


def _av(rad, namn):
    """A field of a value or of its JSON."""
    return rad[namn] if isinstance(rad, dict) else getattr(rad, namn)
