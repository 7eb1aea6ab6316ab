"""Files of every kind, whole and hostile: lines, or words for the user."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moten.tolk.las import las
from moten.tolk.text import STORSTA_FIL, las_fil
from moten.tolk.typer import Lasfel
from tests.moten.tolk import filer
from tests.moten.tolk.test_las import EXEMPEL, alla_rader_har_en_plats

W = filer.W


def rader(innehall, namn):
    return [rad.text for rad in las_fil(innehall, namn).rader]


def test_the_coding_is_seen_in_the_bytes():
    text = "Närvarande: Åsa Öberg\r\n\r\n1. Välkommen"
    for kodning, vantad in (
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ):
        kalla = las_fil(text.encode(kodning), "x.txt")
        assert ([rad.text for rad in kalla.rader], kalla.kodning) == (text.splitlines(), vantad)
        assert bool(kalla.varningar) == (kodning == "cp1252")
    with pytest.raises(Lasfel, match="hur å, ä och ö är sparade"):
        las_fil("närvarande från mötet på måndag".encode("cp437"), "x.txt")
    skadad = las_fil("Bra\nNÃ¤rvarande: Ã…sa".encode(), "x.txt")
    assert [varning.rad for varning in skadad.varningar] == [2]
    assert skadad.rader[1].text == "NÃ¤rvarande: Ã…sa"


def test_a_word_file_is_read_as_word_shows_it():
    kropp = (
        filer.stycke("Minnesanteckningar beredningsgrupp 2024-03-14", "Titel")
        + filer.tabell(("Närvarande", "Frånvarande"), (("Anna Andersson", "Bo Bergman"), ("Cecilia Carling",)))
        + filer.stycke("Välkommen", "Rubrik2")
        + "<w:p><w:r><w:t>Vi är </w:t></w:r><w:del><w:r><w:delText>tre</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>två</w:t></w:r></w:ins><w:r><w:t>.</w:t><w:br/><w:t>Ny rad</w:t></w:r></w:p>"
        + filer.stycke("Ansökan", "Rubrik2")
        + filer.stycke("första", niva=1)
        + filer.stycke("andra", niva=1)
        + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + filer.tabell(
            ("Nästa möte", ("Norra: 10 mars kl. 9-12 i kommunhusets stora sal på plan två i Björkvik", "Ta med fika"))
        )
        + filer.stycke("Övrigt", "Rubrik2")
    )
    fil = filer.docx(kropp, header1=f"<w:hdr {W}>{filer.stycke('Samordningsförbundet Älvdalen')}</w:hdr>")
    kalla = las_fil(fil, "x.docx")
    assert [rad.text for rad in kalla.rader if not rad.tom] == [
        "Samordningsförbundet Älvdalen",
        "Minnesanteckningar beredningsgrupp 2024-03-14",
        "Närvarande\tFrånvarande",
        "Anna Andersson\tCecilia Carling",
        "Bo Bergman",
        "1. Välkommen",
        "Vi är två.",
        "Ny rad",
        "2. Ansökan",
        "2.a) första",
        "2.b) andra",
        "I en ruta",
        "Nästa möte\tNorra: 10 mars kl. 9-12 i kommunhusets stora sal på plan två i Björkvik",
        "Ta med fika",
        "3. Övrigt",
    ]
    assert [varning.text for varning in kalla.varningar] == [
        "Filen har ändringar som spårades. De är lästa som godkända."
    ]
    anteckning = las(kalla, "x.docx")
    assert [person.namn for person in anteckning.narvarande] == ["Anna Andersson", "Bo Bergman"]
    assert [person.namn for person in anteckning.franvarande] == ["Cecilia Carling"]
    assert [(punkt.nr, punkt.rubrik) for punkt in anteckning.punkter] == [
        ("1", "Välkommen"),
        ("2", "Ansökan"),
        ("3", "Övrigt"),
    ]
    assert anteckning.datum == "2024-03-14"
    assert alla_rader_har_en_plats(anteckning)
    paragrafer = filer.docx(filer.stycke("Öppnande", niva=0) + filer.stycke("Budget", niva=0), form="§ %1", start=84)
    assert rader(paragrafer, "x.docx") == ["§ 84 Öppnande", "§ 85 Budget"]


def test_a_pdf_is_read_page_by_page_without_its_page_headers():
    text = (EXEMPEL / "anteckningar_a.txt").read_text().splitlines()
    text = [rad.replace("\t", " ") for rad in text if rad.strip()]
    fil = filer.pdf(["Samordningsförbundet", *text[:12], "1"], ["Samordningsförbundet", *text[12:], "2"])
    anteckning = las(las_fil(fil, "x.pdf"), "x.pdf")
    assert (len(anteckning.narvarande), len(anteckning.franvarande), len(anteckning.punkter)) == (12, 4, 7)
    assert anteckning.radtext(anteckning.rester).split() == ["Samordningsförbundet", "1", "Samordningsförbundet", "2"]
    assert alla_rader_har_en_plats(anteckning)


def test_files_that_are_not_minutes_are_refused_in_words():
    bomb = filer.docx("<w:p><w:r><w:t>" + "a" * 30_000_000 + "</w:t></w:r></w:p>")
    djup = filer.docx("<w:sdt><w:sdtContent>" * 30_000 + "</w:sdtContent></w:sdt>" * 30_000)
    utan_ord = filer.docx("")  # a whole file without a word in it
    fall = [
        (b"", "x.txt", "tom"),
        (b"hej", "x.doc", "fel_typ"),
        (b"hej", "utan", "fel_typ"),
        (b"\x00\x01\x02" * 9, "x.txt", "fel_typ"),
        (b"%PDF-1.4", "x.txt", "fel_typ"),
        (b"hej", "x.pdf", "fel_typ"),
        (b"hej", "x.docx", "fel_typ"),
        (b" \n\t\n", "x.md", "ingen_text"),
        (b"<div>" * 40_000, "x.txt", "ingen_text"),
        (b"a b\n" * 200_000, "x.txt", "lang"),
        (bomb, "x.docx", "bomb"),
        (djup, "x.docx", "skadad"),
        (utan_ord, "x.docx", "ingen_text"),
        (filer.pdf([], []), "x.pdf", "inskannad"),
        (filer.pdf(["Hej"])[:-300], "x.pdf", "skadad"),
        (filer.pdf(["Hej"]).replace(b"/Root", b"/Encrypt 9 0 R/Root"), "x.pdf", "last"),
        (b"%PDF-1.4\n%%EOF", "x.pdf", "skadad"),
        (filer.pdf(*[["Hej alla som var med"]] * 201), "x.pdf", "sidor"),
        (b"%PDF" + b"0" * STORSTA_FIL, "x.pdf", "stor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "x.docx", "gammal"),
    ]
    for innehall, namn, kod in fall:
        borjan = time.monotonic()
        with pytest.raises(Lasfel) as fel:
            las_fil(innehall, namn)
        assert (fel.value.kod, namn) == (kod, namn)
        assert fel.value.text.endswith("Inget är inläst.")
        assert time.monotonic() - borjan < 2


def test_a_web_page_that_is_called_text_becomes_text():
    sida = (
        b"<!DOCTYPE html><html><head><title>x</title><script>alert('1. Fel')</script></head><body><h1>Anteckningar</h1>"
        b"<p>N&auml;rvarande: Anna Andersson,<br>Bo Bergman</p><!-- <p>dold</p> --><h2>1. V&auml;lkommen</h2>"
        b"<table><tr><td>a</td><td>&lt;b&gt;</td></tr></table></body></html>"
    )
    kalla = las_fil(sida, "x.txt")
    assert [(rad.text.strip(), rad.rubrik) for rad in kalla.rader if not rad.tom] == [
        ("Anteckningar", 1),
        ("Närvarande: Anna Andersson,", 0),
        ("Bo Bergman", 0),
        ("1. Välkommen", 2),
        ("a\t<b>", 0),
    ]
    assert "taggarna är borttagna" in kalla.varningar[0].text


def test_long_and_nested_signs_take_no_time():
    for bit in (
        "a",
        " ",
        "(",
        "<b>",
        "1. ",
        "§ 1 ",
        "Anna ",
        "Anna Berg, ",
        "a|",
        "#",
        "- ",
        "och ",
        "1/1 ",
        "9.00-",
        "*",
        "\t",
    ):
        for text in (bit * (200_000 // len(bit)), f"Närvarande: {bit * 3000}\n1. A\n" + (bit * 1500 + "\n") * 20):
            borjan = time.monotonic()
            try:
                anteckning = las(las_fil(text.encode(), "x.txt"), "x.txt")
            except Lasfel:
                anteckning = None
            assert time.monotonic() - borjan < 2, repr(bit)
            assert anteckning is None or alla_rader_har_en_plats(anteckning)


_BITAR = st.sampled_from(
    [
        "1. Välkommen",
        "### 3. X",
        "## 5. Y",
        "§ 84 Budget",
        "§ 85",
        "Punkt 3: Ansökan",
        "3.1 Prognos",
        "2) B",
        "4",
        "INLEDNING",
        "Närvarande:",
        "Närvarande: Anna Andersson, Bo Berg (ersätter Cia)",
        "Frånvarande",
        "| Namn | Närvarande |",
        "|---|---|",
        "| Anna Ek | x |",
        "Anna Andersson, AF",
        "Susanne",
        "Olsson",
        "AF: Bo B",
        "Sida 2(5)",
        "Nästa möte",
        "10 mars kl. 9-12",
        "Vid protokollet",
        "____________",
        "Justerare: Bo Berg",
        "Beslut:",
        "att bevilja",
        "",
        "",
        "\t",
        "Text som är en mening.",
        "\xad",
        "**Fet**",
        "Ordförande",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_BITAR, _BITAR, st.text(max_size=40)), min_size=1, max_size=40))
def test_every_line_has_exactly_one_place(bitar):
    try:
        kalla = las_fil("\n".join(bitar).encode("utf-8", "replace"), "x.txt")
    except Lasfel:
        return
    anteckning = las(kalla, "x.txt")
    assert alla_rader_har_en_plats(anteckning)
    hela = "\n".join(
        [
            anteckning.inledning,
            anteckning.radtext(anteckning.narvarorader),
            anteckning.radtext(anteckning.rester),
            *(f"{anteckning.radtext(punkt.rubrikrader)}\n{punkt.text}" for punkt in anteckning.punkter),
        ]
    )
    fyllda = sorted(rad.text.strip() for rad in anteckning.rader if not rad.tom)
    assert sorted(rad.strip() for rad in hela.split("\n") if rad.strip()) == fyllda
