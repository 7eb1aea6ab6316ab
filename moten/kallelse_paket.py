"""The packet of a summons as one PDF (MA10): the agenda with times and reasons first, then each item with its text and
files, and the attached PDFs after their item.

The whole is laid out once, with an empty page for each page of an attached PDF, so that page numbers, the list of
contents and bookmarks are right; the pages are then filled. What cannot be read, is locked, is too large or is no PDF
is listed as a file to open by itself, and the packet is made all the same. Our own pages are tagged as PDF/UA-1 wants,
and a page that is put in is one part of the tagged whole, so that it is read aloud after the line that says what it
is. The claim to follow PDF/UA is made only when every page is ours: what others made may not.
"""

import io
import logging
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, NumberObject

from moten import kallelse, kallelse_fryst
from samordning.karna import filer, pdf
from samordning.karna.models import Part
from samordning.karna.pdf import VARIANT

FLEST_SIDOR = 150  # of one attached file
FLEST_I_ALLT = 400
PUNKT_PER_MM = 72 / 25.4
A4 = (595.276, 841.89)
# What is left of a page for somebody else's, in points: under the line that says what it is, over our page number.
RAM = tuple(mm * PUNKT_PER_MM for mm in (10, 17, 10, 22))  # left, bottom, right, top
CLAIM = re.compile(rb"<pdfuaid:[a-z]+>[^<]*</pdfuaid:[a-z]+>|pdfuaid:[a-z]+=\"[^\"]*\"")

logg = logging.getLogger(__name__)


@dataclass
class Del:
    """A file in the packet: `sidor` = [landscape?] of the pages that are put in, or why it is to be opened by
    itself."""

    nyckel: str
    rubrik: str
    sidor: list[bool] = field(default_factory=list)
    varfor: str = ""
    innehall: bytes = b""


def filnamn(mote, rad):
    """ "kallelse-2-styrelsen-2027-03-01.pdf"."""
    return f"kallelse-{rad.nr}-{slugify(mote.organ.namn)[:60]}-{mote.dag}.pdf"


def gor(rad, framsteg=lambda text: None) -> bytes:
    """The packet of a Kallelse. Raises `pdf.PdfSaknas`, and ValueError when the agenda itself is too large.

    `framsteg(text)` is called between the steps.
    """
    mote, agenda, bilagor = kallelse_fryst.las(rad)
    delar, utrymme = {}, [settings.STORSTA_FIL * 3 // 4, FLEST_I_ALLT]
    for nr, bilaga in enumerate(bilagor, 1):
        framsteg(f"Läser fil {nr}")
        delar.setdefault(bilaga.punkt, []).append(_las(bilaga, utrymme))
    framsteg("Lägger ihop handlingarna")
    paket = _lagg_ihop(rad, mote, agenda, delar)
    if len(paket) > settings.STORSTA_FIL:
        for del_ in (del_ for rader in delar.values() for del_ in rader if del_.sidor):
            del_.sidor, del_.varfor = [], "för stor för att läggas in"
        paket = _lagg_ihop(rad, mote, agenda, delar)
    return paket


def _las(bilaga, utrymme):
    """The Del of a file. `utrymme`: bytes and pages that are left, lessened by what is taken."""
    del_ = Del(bilaga.nyckel, bilaga.rubrik)
    if bilaga.fil.typ != "pdf":
        del_.varfor = f"{bilaga.fil.typ or 'annan sort'}, ingen PDF"
        return del_
    if bilaga.fil.storlek > utrymme[0]:
        del_.varfor = "för stor för att läggas in"
        return del_
    try:
        innehall = filer.las(bilaga.fil)
        lasare = PdfReader(io.BytesIO(innehall), strict=False)
        if lasare.is_encrypted:
            del_.varfor = "låst med lösenord"
            return del_
        if len(lasare.pages) > min(FLEST_SIDOR, utrymme[1]):
            del_.varfor = f"{len(lasare.pages)} sidor, för många för att läggas in"
            return del_
        liggande = [_ar_liggande(sida) for sida in lasare.pages]
        _prova(lasare)
    # The reader raises whatever it stumbles on, and no file that somebody attached may stop a summons.
    except Exception as fel:
        logg.warning("Fil %s gick inte att lägga i kallelsen: %s", bilaga.fil.pk, type(fel).__name__)
        del_.varfor = "går inte att läsa här"
        return del_
    del_.sidor, del_.innehall = liggande, innehall
    utrymme[0] -= len(innehall)
    utrymme[1] -= len(liggande)
    return del_


def _ar_liggande(sida):
    bredd, hojd, _ = _upprat(sida)
    return bredd > hojd


def _upprat(sida):
    """(width, height, Transformation) of what is seen of a page, turned as it is shown, with its corner in (0, 0)."""
    ruta = sida.cropbox
    flytt = Transformation().translate(-float(ruta.left), -float(ruta.bottom)).rotate(-sida.rotation)
    horn = [flytt.apply_on((float(x), float(y))) for x in (ruta.left, ruta.right) for y in (ruta.bottom, ruta.top)]
    lagst = [min(punkt[led] for punkt in horn) for led in (0, 1)]
    bredd, hojd = (max(punkt[led] for punkt in horn) - lagst[led] for led in (0, 1))
    if bredd < 1 or hojd < 1:
        raise ValueError("a page without area")
    return bredd, hojd, flytt.translate(-lagst[0], -lagst[1])


MARKEN = {b"BMC", b"BDC", b"EMC", b"MP", b"DP"}  # of tagged content, ISO 32000-1 14.6


def _ett_stycke(sida, nr):
    """Make all that a page draws the tagged piece `nr` of the page that it is put on. Its own marks would be taken for
    ours: they are counted from 0 on each page."""
    innehall = sida.get_contents()
    if innehall is None:
        return
    innehall = ContentStream(innehall, sida.pdf)
    borja = ([NameObject("/P"), DictionaryObject({NameObject("/MCID"): NumberObject(nr)})], b"BDC")
    innehall.operations = [borja, *(rad for rad in innehall.operations if rad[1] not in MARKEN), ([], b"EMC")]
    sida[NameObject("/Contents")] = innehall
    _utan_marken(sida, sida.pdf, set())


def _utan_marken(del_, lasare, sedda):
    """Take the marks away from what a page draws with: pictures made of text and lines, and patterns."""
    tomt = DictionaryObject()
    resurser = del_.get("/Resources", tomt).get_object()
    for slag in ("/XObject", "/Pattern"):
        for rad in resurser.get(slag, tomt).get_object().values():
            strom = rad.get_object()
            if id(strom) in sedda or not (strom.get("/Subtype") == "/Form" or strom.get("/PatternType") == 1):
                continue
            sedda.add(id(strom))
            innehall = ContentStream(strom, lasare)
            utan = [rad_ for rad_ in innehall.operations if rad_[1] not in MARKEN]
            if len(utan) < len(innehall.operations):
                innehall.operations = utan
                if "/Filter" in strom:  # all that is read can be written in one of them only
                    strom[NameObject("/Filter")] = NameObject("/FlateDecode")
                    strom.pop("/DecodeParms", None)
                strom.set_data(innehall.get_data())
            strom.pop("/StructParents", None)
            _utan_marken(strom, lasare, sedda)


def _beskriv(skrivare, tom):
    """The number of the next tagged piece of a page of ours, which is put in the tree after the page's first line."""
    rader = skrivare.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    plats = next(nr for nr in range(0, len(rader), 2) if rader[nr] == tom["/StructParents"])
    sidans = rader[plats + 1].get_object()
    forsta = sidans[0].get_object()["/P"]
    ovanfor = forsta.get_object()["/P"]
    stycke = DictionaryObject({
        NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/P"),
        NameObject("/P"): ovanfor.indirect_reference, NameObject("/Pg"): tom.indirect_reference,
        NameObject("/K"): ArrayObject([NumberObject(len(sidans))]),
    })  # fmt: skip
    rad = skrivare._add_object(stycke)
    barn = ovanfor["/K"]
    barn.insert(next(nr for nr, ett in enumerate(barn) if ett.get_object() == forsta) + 1, rad)
    sidans.append(rad)
    return len(sidans) - 1


def _prova(lasare):
    """Put its pages on empty ones, as will be done: what breaks, breaks here."""
    skrivare = PdfWriter()
    for sida in lasare.pages:
        _fyll(skrivare.add_page(PageObject.create_blank_page(width=A4[0], height=A4[1])), sida, 0)
    skrivare.write(io.BytesIO())


def _fyll(tom, sida, nr):
    """Draw somebody's page within the frame of an empty one, as large as it fits, without its links and forms, as the
    tagged piece `nr`."""
    sida.pop("/Annots", None)
    _ett_stycke(sida, nr)
    vanster, ner, hoger, upp = RAM
    har, hojden = float(tom.mediabox.width) - vanster - hoger, float(tom.mediabox.height) - ner - upp
    bredd, hojd, upprat = _upprat(sida)
    skala = min(har / bredd, hojden / hojd)
    x, y = vanster + (har - skala * bredd) / 2, ner + (hojden - skala * hojd) / 2
    tom.merge_transformed_page(sida, upprat.scale(skala).translate(x, y))


def _lagg_ihop(rad, mote, agenda, delar):
    html = tryck(rad, mote, agenda, delar)
    grund = pdf.gor(html, titel=f"Kallelse: {kallelse.namn(mote)}")
    inlagda = [del_ for rader in delar.values() for del_ in rader if del_.sidor]
    if not inlagda:
        return grund
    lasare = PdfReader(io.BytesIO(grund))
    plats = {namn: lasare.get_destination_page_number(mal) for namn, mal in lasare.named_destinations.items()}
    skrivare = PdfWriter(clone_from=lasare)
    for del_ in inlagda:
        bilagan = PdfReader(io.BytesIO(del_.innehall), strict=False)
        for nr, sida in enumerate(bilagan.pages, 1):
            tom = skrivare.pages[plats[f"{del_.nyckel}-{nr}"]]
            _fyll(tom, sida, _beskriv(skrivare, tom))
    _utan_lofte(skrivare)
    ut = io.BytesIO()
    skrivare.write(ut)
    return ut.getvalue()


def _utan_lofte(skrivare):
    """Without the mark of PDF/UA in the document's metadata."""
    metadata = skrivare.root_object.get("/Metadata")
    if metadata is not None:
        metadata = metadata.get_object()
        metadata.set_data(CLAIM.sub(b"", metadata.get_data()))


def tryck(rad, mote, agenda, delar) -> str:
    """The document that is laid out."""
    return render_to_string(
        "moten/kallelse_pdf.html",
        {
            "mote": mote, "rad": rad, "namn": kallelse.namn(mote), "dagar": kallelse.dagar(mote),
            "tid": kallelse.tid(mote), "forbund": Part.objects.forbund(), "variant": VARIANT,
            "andringar": [text for text, _ in rad.andringar], "till_motet": delar.get(None, []),
            "punkter": [
                {"punkt": punkt, "nr": nr, "klockan": klockan, "delar": delar.get(punkt.pk, [])}
                for nr, (punkt, klockan) in enumerate(zip(agenda, klockslag(mote, agenda), strict=True), 1)
            ],
        },
    )  # fmt: skip


def klockslag(mote, agenda):
    """["9.00", "9.20", ""]: when each item begins, as long as the minutes of all before it are known."""
    nu_ = datetime.combine(mote.dag, mote.fran) if mote.fran else None
    svar = []
    for punkt in agenda:
        svar.append(f"{nu_.hour}.{nu_.minute:02}" if nu_ else "")
        nu_ = nu_ + timedelta(minutes=punkt.minuter) if nu_ and punkt.minuter else None
    return svar
