"""The text of a PDF, page by page, with limits on pages, size and time."""

import io
import logging
import time

import pypdf

from moten.tolk.typer import Lasfel

FLEST_SIDOR = 200
SEKUNDER = 20  # for the whole file
STORSTA_SIDA = 2 * 2**20  # bytes of one page's drawing, unpacked
STORSTA_TEXT = 2_000_000  # signs; `text` has the lower limit
MINST_TEXT = 12  # letters a page, on average: below that the pages are pictures

_SPARA_OM = "Öppna PDF-filen, skriv ut den till en ny PDF och försök igen. Inget är inläst."

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes the file's own text in its warnings


def rader(innehall):
    """([(line, 0, False, page)], warnings). `Lasfel` in words; the file has passed `filkoll.granska_pdf`."""
    borjan = time.monotonic()
    try:
        lasare = pypdf.PdfReader(io.BytesIO(innehall), strict=False)
        if lasare.is_encrypted:
            raise Lasfel("PDF-filen är låst. Spara den utan lösenord och försök igen. Inget är inläst.", "last")
        antal = len(lasare.pages)
    except Lasfel:
        raise
    except Exception as fel:  # pypdf raises nearly anything on a broken file
        raise _skadad() from fel
    if antal > FLEST_SIDOR:
        raise Lasfel(
            f"PDF-filen har {antal} sidor. Högst {FLEST_SIDOR} läses. Dela den, en fil för varje möte. "
            "Inget är inläst.",
            "sidor",
        )
    ut, tomma, tecken = [], [], 0
    for nr in range(antal):
        if time.monotonic() - borjan > SEKUNDER:
            raise Lasfel(f"PDF-filen tar för lång tid att läsa. {_SPARA_OM}", "tid")
        text = _sida(lasare, nr)
        tecken += len(text)
        if tecken > STORSTA_TEXT:
            raise Lasfel("PDF-filen har mer text än anteckningar från ett möte kan ha. Inget är inläst.", "lang")
        if not any(map(str.isalpha, text)):
            tomma.append(nr + 1)
        ut += [(rad, 0, False, nr + 1) for rad in text.splitlines()]
    bokstaver = sum(sum(map(str.isalpha, rad)) for rad, *_ in ut)
    if not antal or bokstaver < MINST_TEXT * antal:
        raise Lasfel(
            "PDF-filen är inskannad: den består av bilder och har ingen text att läsa. Använd Word-filen om den finns "
            "kvar, eller låt ett program med textigenkänning (OCR) göra en ny PDF. Inget är inläst.",
            "inskannad",
        )
    varningar = [f"Sida {nr} har ingen text. Den kan vara en bild." for nr in tomma[:5]]
    return ut, varningar


def _sida(lasare, nr):
    """The text of a page."""
    try:
        sida = lasare.pages[nr]
        innehall = sida.get_contents()
        if innehall is not None and len(innehall.get_data()) > STORSTA_SIDA:
            raise Lasfel(f"Sida {nr + 1} i PDF-filen är orimligt stor. {_SPARA_OM}", "stor_sida")
        return sida.extract_text() or ""
    except Lasfel:
        raise
    except Exception as fel:
        raise _skadad() from fel


def _skadad():
    return Lasfel(f"PDF-filen är skadad, och texten går inte att läsa. {_SPARA_OM}", "skadad")
