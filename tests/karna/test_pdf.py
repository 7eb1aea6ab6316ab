"""PDF: nothing is fetched, nothing is attached, and what is made is PDF/UA-1."""

import http.server
import threading

import page
import pytest

from samordning.karna import pdf
from tests.test_architecture import ROT, _filer, _importer
from tests.uppfoljning.tryck import sidor, strommar

pytestmark = pytest.mark.django_db
KANARIE = "kanarie-7f3a"
RAM = '<!DOCTYPE html><html lang="sv"><head><title>x</title>{huvud}</head><body>{kropp}</body></html>'


def gor(kropp, huvud=""):
    return pdf.gor(RAM.format(kropp=kropp, huvud=huvud), titel="Prov på åäö")


def granskad(data):
    return page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)


def test_is_pdf_ua_with_language_title_and_author(forbund):
    data = gor("<h1>Rubrik</h1><p>Text.</p>")
    svar = granskad(data)
    assert svar.is_compliant, svar.failures
    assert b"/Lang (sv)" in strommar(data)
    dokument = pdf.rita(RAM.format(kropp="<h1>Rubrik</h1>", huvud=""))
    assert [rad[0] for rad in dokument.make_bookmark_tree()] == ["Rubrik"]


def test_signs_that_the_fonts_lack_are_replaced():
    data = gor("<h1>Räven 🦊 &amp; \u202eč\u202c</h1><p>\u05d0</p>")
    assert granskad(data).is_compliant
    assert "".join(sidor(data)).split()[:5] == ["Räven", "?", "&", "c", "?"]


def test_title_and_author_are_in_the_metadata(forbund):
    innehall = strommar(gor("<h1>Rubrik</h1>"))
    assert "Prov på åäö".encode() in innehall  # XMP
    assert forbund.namn.encode() in innehall


@pytest.fixture
def lyssnare():
    """(address, [paths asked for]) of a server that must never be asked."""
    fragade = []

    class Svar(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            fragade.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Svar)
    trad = threading.Thread(target=server.serve_forever)
    trad.start()
    yield f"http://127.0.0.1:{server.server_port}", fragade
    server.shutdown()
    server.server_close()
    trad.join()


VEKTORER = [
    '<img src="{u}/img" alt="x">',
    '<object data="{u}/object"></object>',
    '<embed src="{u}/embed">',
    '<svg width="9" height="9"><title>x</title><image href="{u}/svgimage" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><title>x</title><use href="{u}/use.svg#a"/></svg>',
    "<style>@import url({u}/import.css);</style>",
    '<style>@font-face {{ font-family: y; src: url("{u}/font") }} p {{ font-family: y }}</style><p>x</p>',
    "<style>p {{ background: url({u}/bg) }}</style><p>x</p>",
    "<style>p::before {{ content: url({u}/content) }}</style><p>x</p>",
    "<style>li {{ list-style-image: url({u}/list) }}</style><ul><li>x</li></ul>",
    '<a rel="attachment" href="{u}/attachment">x</a>',
]
HUVUDEN = [
    '<link rel="stylesheet" href="{u}/link.css">',
    '<link rel="attachment" href="{u}/attached">',
    '<base href="{u}/"><link rel="stylesheet" href="based.css">',
]


@pytest.mark.parametrize("vektor", VEKTORER)
def test_nothing_is_fetched_from_the_network_or_the_disk(vektor, lyssnare, tmp_path):
    adress, fragade = lyssnare
    gor(vektor.format(u=adress))
    assert fragade == []
    for namn in ("img", "attachment", "bg", "content"):
        (tmp_path / namn).write_text(KANARIE)
    data = gor(vektor.format(u=tmp_path.as_uri()))
    assert KANARIE.encode() not in strommar(data)
    assert b"EmbeddedFile" not in strommar(data)


@pytest.mark.parametrize("huvud", HUVUDEN)
def test_the_head_fetches_nothing(huvud, lyssnare, tmp_path):
    adress, fragade = lyssnare
    gor("<p>x</p>", huvud.format(u=adress))
    assert fragade == []
    (tmp_path / "attached").write_text(KANARIE)
    data = strommar(gor("<p>x</p>", huvud.format(u=tmp_path.as_uri())))
    assert KANARIE.encode() not in data
    assert b"EmbeddedFile" not in data


def test_too_many_rows_are_refused_in_words():
    rader = "<tr><td>1</td></tr>" * (pdf.FLEST_RADER + 1)
    with pytest.raises(ValueError, match=r"3\s001 rader.*högst 3\s000.*kalkylblad"):
        gor(f"<table>{rader}</table>")


def test_only_one_module_imports_the_library():
    fel = [
        str(stig.relative_to(ROT))
        for stig in _filer(".py")
        if stig != ROT / "samordning/karna/pdf.py"
        and any(modul.split(".")[0] == "weasyprint" for modul, _ in _importer(stig.read_text()))
    ]
    assert fel == []
