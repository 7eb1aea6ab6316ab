"""An SVG in a Word file: as SVG for the programs that draw it, with a plain picture for those that do not, and in both
cases with its text for who has it read out."""

import functools
import html
import io
import re

from django.contrib.staticfiles import finders
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_NAMN = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
RESERV = ("Bilden visas i nyare program.", "Samma uppgifter står i tabellen.")
# A text whose letters are set one by one, each with its own place and turn.
BOKSTAVER = re.compile(r'<text([^>]*?) x="([^"]+)" y="([^"]+)" rotate="([^"]+)" text-anchor="start">([^<]*)</text>')


def lagg_till(stycke, svg: str, alt: str, bredd) -> None:
    """Put the picture in a paragraph of the file, square and so wide."""
    plats = stycke.add_run().add_picture(io.BytesIO(_reserv()), width=bredd)
    egenskaper = plats._inline.docPr
    egenskaper.set("descr", alt)
    egenskaper.set("title", alt.split(":")[0])
    paket = stycke.part.package
    nr = sum(str(del_.partname).endswith(".svg") for del_ in paket.iter_parts()) + 1
    del_ = Part(PackURI(f"/word/media/bild{nr}.svg"), "image/svg+xml", bokstav_for_bokstav(svg).encode(), paket)
    relation = stycke.part.relate_to(del_, RELATIONSHIP_TYPE.IMAGE)
    blip = plats._inline.find(f".//{qn('a:blip')}")
    blip.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r='
            f'"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><a:ext uri="{SVG_URI}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_NAMN}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )


def bokstav_for_bokstav(svg: str) -> str:
    """The same with a text of its own for each letter that is turned: Word draws no list of places or turns."""

    def delad(traff):
        attribut, text = traff[1], html.unescape(traff[5])
        lagen = zip(text, *(traff[nr].split() for nr in (2, 3, 4)), strict=True)
        return "".join(
            f'<text{attribut} x="{x}" y="{y}" text-anchor="start" transform="rotate({v} {x} {y})">'
            f"{html.escape(tecken)}</text>"
            for tecken, x, y, v in lagen
            if tecken.strip()
        )

    return BOKSTAVER.sub(delad, svg)


@functools.cache
def _reserv():
    """A PNG that tells where the same stands."""
    from PIL import Image, ImageDraw, ImageFont

    sida = 900
    bild = Image.new("RGB", (sida, sida), "#ffffff")
    penna = ImageDraw.Draw(bild)
    penna.ellipse((40, 40, sida - 40, sida - 40), outline="#0c5660", width=6)
    snitt = ImageFont.truetype(finders.find("fonts/pdf/SourceSans3-400.ttf"), 40)
    for nr, text in enumerate(RESERV):
        penna.text((sida / 2, sida / 2 - 30 + 60 * nr), text, fill="#15282b", font=snitt, anchor="mm")
    ut = io.BytesIO()
    bild.save(ut, "PNG", optimize=True)
    return ut.getvalue()
