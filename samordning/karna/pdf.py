"""HTML to PDF. The only module that imports WeasyPrint.

Nothing is fetched: the style sheet and the fonts lie in memory under addresses of our own, and every other address,
to the network as well as to a file, is refused (a default fetcher put a system file into a PDF). What is made is
PDF/UA-1: tagged, with language, title and bookmarks.
"""

import io
import logging
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from samordning.karna.models import Part

FLEST_RADER = 3_000  # in all tables together; about 6 MB and 200 ms for a page of 25
VARIANT = "pdf/ua-1"
STILMALL = "css/rapport.css"
SNITT = (
    "FamiljenGrotesk-650.ttf", "SourceSans3-400.ttf", "SourceSans3-400i.ttf", "SourceSans3-600.ttf",
    "SourceSans3-700.ttf",
)  # fmt: skip
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # it tells of every page
EGNA = "samordning:"  # no program answers to this scheme


class ForMangaSidor(ValueError):
    """The document is longer than it may be."""


class PdfSaknas(RuntimeError):
    """The machine lacks the library that draws text (Pango). The message is Swedish and can be shown."""


def gor(html: str, *, titel: str, flest_sidor: int | None = None) -> bytes:
    """A whole document (with lang, and the classes of rapport.css) as PDF/UA-1, its author the association.

    ValueError, in Swedish, when its tables have more rows than a PDF may have. ForMangaSidor when it is laid out on
    more than `flest_sidor`. PdfSaknas without Pango.
    """
    rader = html.count("<tr")
    if rader > FLEST_RADER:
        antal, grans = (f"{tal:,}".replace(",", "\N{NO-BREAK SPACE}") for tal in (rader, FLEST_RADER))
        raise ValueError(
            f"Rapporten är för stor för PDF: tabellerna har {antal} rader och får ha högst {grans}. "
            "Ta ut den som kalkylblad (xlsx) i stället, eller välj färre insatser."
        )
    dokument = rita(_skrivbart(html))
    if flest_sidor is not None and len(dokument.pages) > flest_sidor:
        raise ForMangaSidor(f"Dokumentet har {len(dokument.pages)} sidor och får ha högst {flest_sidor}.")
    dokument.metadata.title = titel
    dokument.metadata.authors = [Part.objects.forbund().namn]
    dokument.metadata.generator = "Samordning"
    return dokument.write_pdf(pdf_variant=VARIANT)


def rita(html: str):
    """The laid out pages, WeasyPrint's Document; with `write_pdf` it is WeasyPrint alone, the floor of the bench."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as fel:
        raise PdfSaknas(
            "Det går inte att göra PDF här, eftersom biblioteket Pango saknas. Allt annat fungerar: ta ut rapporten "
            "som kalkylblad eller webbsida. Den som sköter servern installerar Pango och startar om."
        ) from fel
    hamtare = _hamtare()
    snitt = FontConfiguration()
    stil = weasyprint.CSS(url=f"{EGNA}{STILMALL}", url_fetcher=hamtare, font_config=snitt)
    return weasyprint.HTML(string=html, url_fetcher=hamtare).render(
        stylesheets=[stil], font_config=snitt, presentational_hints=False, pdf_variant=VARIANT
    )


def _skrivbart(html):
    """Without what our fonts have no sign for: a box that says nothing breaks PDF/UA, and what another font of the
    machine would draw is chance. Marks that only steer (right to left, zero width) are dropped, and a letter that we
    have without its accent loses it."""
    return html.translate({ord(tecken): _ersattning(tecken) for tecken in set(html) if ord(tecken) not in _glyfer()})


def _ersattning(tecken):
    if tecken in "\n\r\t":
        return tecken
    if unicodedata.category(tecken)[0] == "C":
        return ""
    grund = unicodedata.normalize("NFKD", tecken)[0]
    return grund if ord(grund) in _glyfer() else "?"


@lru_cache(maxsize=1)
def _glyfer():
    """The characters that the text font can draw; the headings fall back on it."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(_las("fonts/pdf/SourceSans3-400.ttf"))) as snitt:
        return frozenset(snitt.getBestCmap())


@lru_cache(maxsize=1)
def _egna_filer():
    """{address: (content, type)} of everything that a document may use."""
    filer = {f"{EGNA}{STILMALL}": (_las(STILMALL), "text/css")}
    return filer | {f"{EGNA}{namn}": (_las(f"fonts/pdf/{namn}"), "font/ttf") for namn in SNITT}


def _las(namn):
    return Path(finders.find(namn)).read_bytes()


@lru_cache(maxsize=1)
def _hamtare():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Nekar(URLFetcher):
        """Answers from memory or not at all."""

        def fetch(self, url, headers=None):
            if url not in (filer := _egna_filer()):
                raise ValueError("Adressen finns inte bland rapportens egna filer.")
            innehall, typ = filer[url]
            return URLFetcherResponse(url, innehall, {"Content-Type": typ})

    return Nekar(allowed_protocols=())
