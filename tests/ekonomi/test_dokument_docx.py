"""The Word file: headings, tables with header rows, contents, page numbers, Swedish, and texts for the pictures."""

import io
import zipfile

import docx
import pytest
import time_machine
from django.template.loader import render_to_string
from docx.oxml.ns import qn
from lxml import etree

from ekonomi import dokument_docx, dokument_docx_bild
from ekonomi import dokument_varden as v
from ekonomi.models import Dokument
from samordning.demo.ladda import ladda
from samordning.karna import filer

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" role="img"><title>Hjul</title></svg>'


def _varden(*delar, beslut=None):
    kapitel = [v.kapitel("forst", "Först", *delar)]
    return {
        "version": 1, "slag": "plan", "ar": 2019, "titel": "Verksamhetsplan 2019", "undertitel": "Mål",
        "forbund": "Förbundet", "dag": "2019-01-02", "kapitel": kapitel, "beslut": beslut,
        "innehall": [["forst", "Först", [["blad", "Gården"]]]],
    }  # fmt: skip


def _oppna(varden):
    innehall = dokument_docx.gor(varden)
    return docx.Document(io.BytesIO(innehall)), zipfile.ZipFile(io.BytesIO(innehall))


def test_headings_lists_and_facts_are_real_ones():
    bok, _ = _oppna(
        _varden(
            v.text("vision", "Ett.\n\n- två\n- tre", "Vision"),
            v.blad("blad", "Gården", "Individ", v.avsnitt("Mål", "Fyra.")),
            v.fakta([("Kontakt", ["Åsa", "Bo"]), ("Tomt", "")]),
        )
    )  # fmt: skip
    rubriker = [
        (stycke.style.name, stycke.text) for stycke in bok.paragraphs if stycke.style.name.startswith("Heading")
    ]
    assert rubriker == [
        ("Heading 1", "Först"), ("Heading 2", "Vision"), ("Heading 2", "Gården"), ("Heading 3", "Mål"),
    ]  # fmt: skip
    assert [stycke.text for stycke in bok.paragraphs if stycke.style.name == "List Bullet"] == ["två", "tre"]
    assert "Kontakt: Åsa; Bo" in [stycke.text for stycke in bok.paragraphs]


def test_a_table_has_a_header_row_and_leads_to_pages():
    tabell = v.tabell(
        "Budget", ("Rad", "Tal", "Sida"),
        [v.grupp("Ledning"), v.rad("Resor", "−15", v.till("blad")), v.summa("Summa", "−15", "")], not_="Obs.",
    )  # fmt: skip
    bok, _ = _oppna(_varden(tabell, v.blad("blad", "Gården", "")))
    (ritad,) = bok.tables
    assert [cell.text for cell in ritad.rows[0].cells] == ["Rad", "Tal", "Sida"]
    assert ritad.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert ritad.rows[1].cells[0]._tc is ritad.rows[1].cells[2]._tc, "the row of a group is one cell"
    assert [cell.text for cell in ritad.rows[2].cells][:2] == ["Resor", "−15"]
    xml = etree.tostring(bok.element).decode()
    assert "PAGEREF b_blad" in xml
    assert 'w:name="b_blad"' in xml
    assert ritad._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == "Budget"


def test_language_contents_page_numbers_and_title():
    bok, paket = _oppna(_varden())
    stilar = paket.read("word/styles.xml").decode()
    assert 'w:val="sv-SE"' in stilar
    assert "en-US" not in stilar.replace('w:eastAsia="en-US"', "")
    assert (bok.core_properties.title, bok.core_properties.language) == ("Verksamhetsplan 2019, utkast", "sv-SE")
    assert bok.core_properties.author == "Förbundet"
    xml = paket.read("word/document.xml").decode()
    assert 'TOC \\o "1-2"' in xml
    fot = "".join(paket.read(namn).decode() for namn in paket.namelist() if "footer" in namn)
    assert " PAGE " in fot
    assert " NUMPAGES " in fot
    text = "\n".join(stycke.text for stycke in bok.paragraphs)
    assert "Utkast 2 januari 2019" in text.replace("\u00a0", " ")


def test_a_picture_has_its_text_and_is_there_as_svg():
    bok, paket = _oppna(_varden(v.bild(SVG, "Årshjulet: tre dagar.")))
    (bild,) = bok.inline_shapes
    assert bild._inline.docPr.get("descr") == "Årshjulet: tre dagar."
    assert paket.read("word/media/bild1.svg").decode() == SVG
    assert "image/svg+xml" in paket.read("[Content_Types].xml").decode()
    assert paket.read("word/media/image1.png").startswith(b"\x89PNG")


def test_letters_that_are_turned_one_by_one_become_texts_of_their_own():
    svg = '<text fill="#000" x="1 2 3" y="4 5 6" rotate="7 8 9" text-anchor="start">å &amp;</text>'
    assert dokument_docx_bild.bokstav_for_bokstav(svg) == (
        '<text fill="#000" x="1" y="4" text-anchor="start" transform="rotate(7 1 4)">å</text>'
        '<text fill="#000" x="3" y="6" text-anchor="start" transform="rotate(9 3 6)">&amp;</text>'
    )


def test_signs_that_xml_cannot_hold_are_left_out():
    bok, _ = _oppna(_varden(v.stycke("A\x0bB\x00C")))
    assert "ABC" in [stycke.text for stycke in bok.paragraphs]


@pytest.mark.django_db
def test_the_demos_plan_has_the_same_tables_in_both_files_and_draws_without_asking(django_assert_num_queries):
    with time_machine.travel("2026-11-25 12:00", tick=False):
        ladda()
        plan = Dokument.objects.get(slag="plan", ar=2019)
    with django_assert_num_queries(0):
        bok, paket = _oppna(plan.varden)
    assert zipfile.ZipFile(io.BytesIO(filer.las(plan.docx))).testzip() is None
    tabeller = [del_ for kapitel in plan.varden["kapitel"] for del_ in kapitel["delar"] if del_["typ"] == "tabell"]
    assert len(bok.tables) == len(tabeller) == 5
    budget = next(tabell for tabell in bok.tables if tabell.rows[0].cells[0].text == "Rad")
    rader = {rad.cells[0].text: [cell.text.replace("\u00a0", " ") for cell in rad.cells[2:4]] for rad in budget.rows}
    assert rader["Kostnader totalt"] == ["−3 532", "−4 045"]
    assert rader["Ung Arena"] == ["(−700)", "−200"]
    hjul = etree.fromstring(paket.read("word/media/bild1.svg"))
    assert hjul.tag.endswith("svg")
    assert not hjul.findall(".//{*}text[@rotate]")


def test_what_is_in_a_text_never_becomes_markup():
    kapitel = [{"id": "k", "rubrik": "<b>", "delar": [{"typ": "stycke", "text": "<script>", "stil": "", "h": 2}]}]
    html = render_to_string(
        "ekonomi/dokument_tryck.html", {"dokument": _varden(), "kapitlen": kapitel, "besked": ""}
    )  # fmt: skip
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
