"""From a file to its lines. Whatever a file holds, the caller gets lines or `Lasfel` with words for the user."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from moten.tolk import docx, markup, pdf
from moten.tolk.typer import Kalltext, Lasfel, Rad, Varning
from samordning.karna import filkoll

STORSTA_FIL = 20 * 2**20  # bytes; what the pages take too
STORSTA_TEXT = 500_000  # signs of text: the minutes of a whole year
FLEST_RADER = 20_000
LANGSTA_RAD = 20_000

TYPER = {"txt": "text", "text": "text", "md": "text", "markdown": "text", "docx": "docx", "pdf": "pdf"}
TAS_EMOT = "Anteckningar läses från .txt, .md, .docx och .pdf."
OFORANDRAT = "Inget är inläst."

_OSYNLIGA = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKA = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BINDESTRECK = re.compile(r"[\u2010\u2011]")
_MANGA_BLANKA = re.compile(r" {41,}")
_STYR = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_TRASIG = re.compile(r"Ã[\u0080-\u00bf…„†•–]|â€|\ufffd")
# å ä ö Å Ä Ö of the older codings of DOS and Mac, as they look when read as Windows-1252, inside a word.
_ANNAN_KODNING = re.compile(r"(?<=[a-z])[†„”Œ\u008dŠš](?=[a-z])")
_NORDISKA = re.compile(r"[åäöÅÄÖéü]")


def las_fil(innehall: bytes, namn: str) -> Kalltext:
    """The lines of a .txt, .md, .docx or .pdf; `Lasfel` in words when it cannot be read."""
    andelse = namn.rpartition(".")[2].lower() if "." in namn else ""
    typ = TYPER.get(andelse)
    if typ is None:
        raise Lasfel(f"{TAS_EMOT} Spara filen som något av dem och försök igen. {OFORANDRAT}", "fel_typ")
    if not innehall:
        raise Lasfel(f"Filen är tom. Kontrollera att det är rätt fil. {OFORANDRAT}", "tom")
    if len(innehall) > STORSTA_FIL:
        raise Lasfel(
            f"Filen är för stor: {-(-len(innehall) // 2**20)} MB. Den får vara högst {STORSTA_FIL // 2**20} MB. Dela "
            f"den, eller spara den utan bilder. {OFORANDRAT}",
            "stor",
        )
    try:
        return _kontrollerad({"text": _text, "docx": _docx, "pdf": _pdf}[typ](innehall, andelse))
    except ValidationError as fel:
        # filkoll speaks of uploads; its last sentence is about a page.
        text = fel.message.replace(filkoll.INGET_SPARAT, OFORANDRAT)
        raise Lasfel(text, fel.code or "fel") from None


def _kontrollerad(kalla):
    if not any(not rad.tom for rad in kalla.rader):
        raise Lasfel(f"Det finns ingen text i filen. Kontrollera att det är rätt fil. {OFORANDRAT}", "ingen_text")
    if len(kalla.rader) > FLEST_RADER or sum(len(rad.ra) for rad in kalla.rader) > STORSTA_TEXT:
        raise _for_lang()
    return kalla


def _for_lang():
    return Lasfel(
        f"Texten är för lång för att vara anteckningar från ett möte: den får ha högst {STORSTA_TEXT // 1000} 000 "
        f"tecken och {FLEST_RADER // 1000} 000 rader. Dela filen, en för varje möte. {OFORANDRAT}",
        "lang",
    )


def _text(innehall, andelse):
    typ, i_ord = filkoll.verklig_typ(innehall)
    if typ not in ("csv", "html", "okand") or (typ == "okand" and not _utf16(innehall)):
        raise Lasfel(
            f"Filens namn slutar på .{andelse}, men innehållet är {i_ord}. Ge filen rätt namn, eller spara den som "
            f"text, och försök igen. {OFORANDRAT}",
            "fel_typ",
        )
    text, kodning, varningar = avkoda(innehall)
    ar_html = markup.ar_html(text)
    if len(text) > STORSTA_TEXT * (4 if ar_html else 1) or text.count("\n") > FLEST_RADER:
        raise _for_lang()
    varningar = list(varningar)
    if ar_html:
        rader = markup.rader(text)
        varningar.append(Varning(None, "Filen är en webbsida. Texten är läst, och taggarna är borttagna."))
    else:
        rader = _med_sidor(text)
    kalla = gor_rader(rader)
    for rad in kalla:
        if _TRASIG.search(rad.ra):
            varningar.append(
                Varning(rad.nr, "Här finns tecken som har blivit fel när filen sparades. De är inte ändrade.")
            )
            break
    if _STYR.search(text):
        varningar.append(Varning(None, "Filen innehåller styrtecken som inte syns. De är borttagna ur texten."))
    return Kalltext(kalla, kodning, tuple(varningar))


def _docx(innehall, andelse):
    if innehall.startswith(filkoll.OLE):
        raise filkoll.ole_i_ord(innehall)
    _samma_typ(innehall, "zip", andelse)
    filkoll.granska_office(innehall, "docx")
    rader, varningar = docx.rader(innehall)
    return Kalltext(gor_rader(rader), None, tuple(Varning(None, text) for text in varningar))


def _pdf(innehall, andelse):
    _samma_typ(innehall, "pdf", andelse)
    filkoll.granska_pdf(innehall)
    rader, varningar = pdf.rader(innehall)
    return Kalltext(gor_rader(rader), None, tuple(Varning(None, text) for text in varningar))


def _samma_typ(innehall, ratt, andelse):
    typ, i_ord = filkoll.verklig_typ(innehall)
    if typ != ratt:
        raise Lasfel(
            f"Filens namn slutar på .{andelse}, men innehållet är {i_ord}. Öppna filen i sitt program och spara den "
            f"på nytt. {OFORANDRAT}",
            "fel_typ",
        )


def gor_rader(rader) -> tuple[Rad, ...]:
    """Lines of (text, level of heading, header or footer, page), or of text alone."""
    ut = []
    for rad in rader:
        text, rubrik, kant, sida = (rad, 0, False, 0) if isinstance(rad, str) else rad
        ut.append(Rad(len(ut) + 1, text, stada(text), rubrik, kant, sida))
    return tuple(ut)


def stada(text):
    """Composed letters, plain spaces, nothing invisible or that turns the text. Tabs stay: they part columns."""
    if not (text.isascii() and text.isprintable()):
        text = _OSYNLIGA.sub("", _BLANKA.sub(" ", _BINDESTRECK.sub("-", unicodedata.normalize("NFC", text))))
    return _MANGA_BLANKA.sub(" " * 40, text).rstrip()


def _med_sidor(text):
    """Lines of a text, each with its page when the text has page breaks."""
    if "\f" not in text:
        yield from text.splitlines()
        return
    for nr, sida in enumerate(text.split("\f"), 1):
        for rad in sida.splitlines():
            yield rad, 0, False, nr


def _utf16(innehall):
    """Which UTF-16 it is, by its mark or by where the zero bytes are; None when it is not."""
    if innehall.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    borjan = innehall[:2000]
    jamna, udda = borjan[::2].count(0), borjan[1::2].count(0)
    halva = len(borjan) // 2
    if halva and udda > halva * 0.7 and jamna < halva * 0.1:
        return "utf-16-le"
    if halva and jamna > halva * 0.7 and udda < halva * 0.1:
        return "utf-16-be"
    return None


def avkoda(innehall: bytes):
    """(text, coding, [Varning]). The coding is what the bytes show, never a guess among several that fit."""
    kodning = _utf16(innehall) or "utf-8-sig"
    try:
        text = innehall.decode(kodning)
    except UnicodeDecodeError:
        if kodning != "utf-8-sig":
            raise _ej_text() from None
    else:
        if "\x00" in text:
            raise _ej_text()
        return text.removeprefix("\ufeff"), kodning.removesuffix("-sig"), []
    try:
        text = innehall.decode("cp1252")
    except UnicodeDecodeError:
        raise _okand_kodning() from None
    if "\x00" in text:
        raise _ej_text()
    if len(_ANNAN_KODNING.findall(text)) > len(_NORDISKA.findall(text)):
        raise _okand_kodning()
    return text, "windows-1252", [Varning(None, "Filen är sparad i Windows äldre teckenkodning och är läst så.")]


def _ej_text():
    return Lasfel(
        f"Innehållet är inte text, eller skadat. Spara filen på nytt som text (UTF-8). {OFORANDRAT}", "ej_text"
    )


def _okand_kodning():
    return Lasfel(
        "Det går inte att avgöra hur å, ä och ö är sparade i filen. Öppna den i sitt program, spara den som text i "
        f"UTF-8 och försök igen. {OFORANDRAT}",
        "kodning",
    )
