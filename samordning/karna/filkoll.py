"""What is inside an uploaded file, read with limits and without trusting a word of it. `bilagor` is the door to this.

Each function raises ValidationError in words for what it refuses, and returns nothing.
"""

import io
import re
import stat
import struct
import zipfile
import zlib

from defusedxml import DefusedXmlException, ElementTree
from django.core.exceptions import ValidationError

INGET_SPARAT = "Filen är inte sparad. Det du har skrivit på sidan finns kvar."
GAMMAL = "Filen är i ett äldre format. Öppna den och spara den som .docx eller .xlsx, eller som PDF."

SKRIV_UT = "Skriv ut den till en ny PDF och ladda upp den."

STORSTA_UPPACKAT = 150 * 2**20  # bytes of one file unpacked, with what lies in it
STORSTA_KVOT, KVOT_FRAN = 100, 10 * 2**20  # unpacked bytes for each packed one; small files may repeat themselves
FLEST_DELAR, STORSTA_KATALOG = 2_000, 2**20  # entries of an archive; bytes of its directory
STORSTA_XML, FLEST_TAGGAR = 2 * 2**20, 60_000  # of a part that is parsed; in all such parts of a file
FLEST_PUNKTER, LANGSTA_SIDA = 100 * 10**6, 30_000  # of a picture: an A3 page at 600 dpi has 70 million
FLEST_STYCKEN = 20_000  # that a PDF or a picture may consist of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n"
PROGRAM = (b"MZ", b"\x7fELF")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
KANNETECKEN = (
    (b"%PDF-", "pdf", "en PDF-fil"),
    (PNG, "png", "en png-bild"),
    (b"\xff\xd8\xff", "jpg", "en jpg-bild"),
    (ZIP, "zip", "en Office-fil eller en packad fil"),
    (OLE, "ole", "en Office-fil i äldre format"),
    (PROGRAM, "program", "ett program"),
    (b"{\\rtf", "rtf", "en RTF-text"),
    (b"GIF8", "gif", "en gif-bild"),
)
HUVUDDEL = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
# Parts that carry code or a foreign file, by their content type or by the type of the relation to them.
_MED_MAKRON = re.compile(r"macroenabled|vbaproject|vbadata|macrosheet|ms-office\.activex|/control$", re.I)
_MED_ANNAT = re.compile(r"oleobject|text/html|message/rfc822|application/rtf|/aFChunk$", re.I)


def _pdf_namn(*namn):
    """A pattern of names in a PDF, where each letter may be written in code too: J as #4A."""

    def tecken(ett):
        kod = "".join(f"[{siffra}{siffra.upper()}]" for siffra in f"{ord(ett):02x}")
        return f"(?:{ett}|#{kod})"

    varianter = "|".join("".join(map(tecken, ett)) for ett in namn)
    return re.compile(f"/(?:{varianter})(?![A-Za-z])".encode())


# An action that runs a script names /JavaScript and not only /JS, which the bytes of a picture spell now and then.
_PDF_LAST = _pdf_namn("Encrypt")
_PDF_SKRIPT = _pdf_namn("JavaScript", "Launch")
_PDF_BIFOGAT = _pdf_namn("EmbeddedFile", "EmbeddedFiles", "RichMedia")
_PDF_STROM = re.compile(rb"stream\r?\n")


def nej(kod, text):
    """The refusal: what happened and what to do, and that nothing was lost."""
    return ValidationError(f"{text} {INGET_SPARAT}", code=kod)


def verklig_typ(innehall):
    """(kind, kind in words) by the first bytes; what has no mark of its own is csv if it is text."""
    for tecken, typ, i_ord in KANNETECKEN:
        if innehall.startswith(tecken):
            return typ, i_ord
    borjan = innehall[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if borjan.startswith(b"<"):
        return "html", "en webbsida eller XML"
    if b"\x00" in borjan:
        return "okand", "något annat, eller skadat"
    return "csv", "text"


def ole_i_ord(innehall):
    """Office puts a file with a password in the container of its old binary formats."""
    if "EncryptedPackage".encode("utf-16-le") in innehall:
        return _last()
    return nej("gammal", GAMMAL)


def granska_office(innehall, typ):
    """Word and Excel: a zip whose main part is of that kind, without macros, embedded files and bombs."""
    _granska_paket(innehall, typ, [STORSTA_UPPACKAT, FLEST_TAGGAR], 0)


def _granska_paket(innehall, typ, kvar, djup):
    """`kvar`: how many bytes may still be unpacked, and tags parsed, by this and by what lies in it."""
    typer, rotter, relationer, inneslutna = {}, [], [], []
    for namn, data in _packa_upp(innehall, _katalog(innehall, kvar[0]), kvar):
        if data.startswith(ZIP):
            inneslutna.append((namn, data))
        elif data.startswith((OLE, *PROGRAM)):
            raise _makro() if "vba" in namn or "activex" in namn else _inbaddat()
        elif namn == "[content_types].xml":
            typer = {
                rad.get("PartName") or rad.get("Extension"): rad.get("ContentType", "") for rad in _xml(data, kvar)
            }
        elif namn.endswith(".rels"):
            rader = [(rad.get("Type", ""), rad.get("Target", "")) for rad in _xml(data, kvar)]
            relationer += rader
            if namn == "_rels/.rels":
                rotter = [mal.lstrip("/") for sort, mal in rader if sort.endswith("/officeDocument")]
    for sort in [*typer.values(), *(sort for sort, _ in relationer)]:
        if _MED_MAKRON.search(sort):
            raise _makro()
        if _MED_ANNAT.search(sort):
            raise _inbaddat()
    for sort, mal in relationer:
        # A template fetched from a web address brings its macros. One on the own disk or server is how offices work.
        if sort.endswith("/attachedTemplate") and re.match(r"\s*(https?|ftp):", mal, re.I):
            raise _makro()
    if len(rotter) != 1 or HUVUDDEL[typ] != (typer.get(f"/{rotter[0]}") or typer.get(rotter[0].rpartition(".")[2])):
        raise nej(
            "fel_typ",
            f"Filens namn slutar på .{typ}, men innehållet är något annat. Öppna filen i sitt program, spara den som "
            f".{typ} och ladda upp den nya filen.",
        )
    for namn, data in inneslutna:
        # The figures behind a chart in a text lie in it as a whole workbook. Nothing else may, and nothing in that.
        if djup or "/embeddings/" not in namn or not namn.endswith((".xlsx", ".docx")):
            raise _inbaddat()
        _granska_paket(data, namn[-4:], kvar, djup + 1)


def _katalog(innehall, hogst):
    """[(entry, where its bytes begin)], after every check that can be made without unpacking anything."""
    slut = innehall[-22:]
    if not innehall.startswith(ZIP[0]) or slut[:4] != ZIP[1] or slut[-2:] != b"\0\0":
        raise _skadad()  # also when something lies before or after the archive: two files in one
    if int.from_bytes(slut[12:16], "little") > STORSTA_KATALOG:
        raise _bomb()
    try:
        with zipfile.ZipFile(io.BytesIO(innehall)) as arkiv:
            poster, katalog = sorted(arkiv.infolist(), key=lambda post: post.header_offset), arkiv.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as fel:
        raise _skadad() from fel
    if any(post.flag_bits & 0x2041 for post in poster):  # the three ways to say encrypted
        raise _last()
    uppackat = sum(post.file_size for post in poster)
    if len(poster) > FLEST_DELAR or uppackat > hogst:
        raise _bomb()
    if uppackat > KVOT_FRAN and uppackat > STORSTA_KVOT * len(innehall):
        raise _bomb()
    if len({post.filename.lower() for post in poster}) < len(poster):
        raise _skadad()  # readers differ in which of the two they take
    if not poster or poster[0].header_offset or any(not _ofarlig(post) for post in poster):
        raise _skadad()
    nasta = [*(post.header_offset for post in poster[1:]), katalog]
    return [(post, _borjan(innehall, post, slut)) for post, slut in zip(poster, nasta, strict=True)]


def _ofarlig(post):
    namn = post.orig_filename
    utanfor = namn.startswith("/") or "\\" in namn or "\x00" in namn or ".." in namn.split("/")
    packat = post.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return packat and not utanfor and not stat.S_ISLNK(post.external_attr >> 16)


def _borjan(innehall, post, nasta):
    """Refused unless the entry says its own name and fills its place up to the next: no overlap, nothing hidden."""
    plats = post.header_offset
    huvud = innehall[plats : plats + 30]
    langd, extra = int.from_bytes(huvud[26:28], "little"), int.from_bytes(huvud[28:30], "little")
    namn = post.orig_filename.encode("utf-8" if post.flag_bits & 0x800 else "cp437")
    borjan = plats + 30 + langd + extra
    samma = huvud[:4] == ZIP[0] and int.from_bytes(huvud[8:10], "little") == post.compress_type
    # After the bytes the sizes may stand once more, 24 bytes at most.
    if (
        not samma
        or innehall[plats + 30 : plats + 30 + langd] != namn
        or not 0 <= nasta - borjan - post.compress_size <= 24
    ):
        raise _skadad()
    return borjan


def _packa_upp(innehall, delar, kvar):
    """(name in small letters, bytes), one at a time, to the size that the directory says and not beyond: it may lie."""
    for post, borjan in delar:
        data = innehall[borjan : borjan + post.compress_size]
        if post.compress_type == zipfile.ZIP_DEFLATED:
            data = _inflate(data, post.file_size + 1, -zlib.MAX_WBITS)
        if len(data) > post.file_size:
            raise _bomb()
        if zlib.crc32(data) != post.CRC:
            raise _skadad()
        kvar[0] -= len(data)
        if kvar[0] < 0:
            raise _bomb()
        yield post.filename.lower(), data


def _inflate(packat, hogst, fonster=zlib.MAX_WBITS):
    """At most `hogst` bytes of the unpacked stream."""
    try:
        return zlib.decompressobj(fonster).decompress(packat, hogst)
    except zlib.error as fel:
        raise _skadad() from fel


def _xml(data, kvar):
    kvar[1] -= data.count(b"<")
    if len(data) > STORSTA_XML or kvar[1] < 0:
        raise _bomb()
    try:
        return list(ElementTree.fromstring(data, forbid_dtd=True))
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as fel:
        raise _skadad() from fel


def granska_pdf(innehall):
    """Whole, not locked, and without scripts and attached files, also in the packed object streams.

    A form with scripts is a macro to whoever opens it; printed to PDF it looks the same and has none. Attached files
    would go round the list of kinds. A name that is written in a way no program does (a filter in code, a predictor)
    is not seen.
    """
    if b"%%EOF" not in innehall[-1024:]:
        raise _skadad()
    if _PDF_LAST.search(innehall):
        raise nej(
            "last",
            "PDF-filen är låst eller skyddad med lösenord. Spara den utan skydd, eller skriv ut den till en ny PDF, "
            "och ladda upp den.",
        )
    for text in (innehall, *_objektstrommar(innehall)):
        if _PDF_SKRIPT.search(text):
            raise nej("pdf_aktiv", f"PDF-filen innehåller programkod (skript). {SKRIV_UT}")
        if _PDF_BIFOGAT.search(text):
            raise nej("pdf_aktiv", f"PDF-filen innehåller andra bifogade filer. {SKRIV_UT}")


def _objektstrommar(innehall):
    """The unpacked object streams; most objects of a modern PDF lie in them."""
    kvar = STORSTA_UPPACKAT
    for nr, traff in enumerate(re.finditer(rb"/ObjStm(?![A-Za-z])", innehall)):
        if nr >= FLEST_STYCKEN:
            raise _bomb()
        strom = _PDF_STROM.search(innehall, traff.end(), traff.end() + 500)
        if not strom or b"/FlateDecode" not in innehall[max(0, traff.start() - 500) : strom.end()]:
            continue  # not packed, or only words in a text: read with all the rest
        slut = innehall.find(b"endstream", strom.end())
        if slut < 0:
            raise _skadad()
        data = _inflate(innehall[strom.end() : slut], kvar + 1)
        kvar -= len(data) + slut - strom.end()
        if kvar < 0:
            raise _bomb()
        yield data


def granska_png(innehall):
    """Every part whole, a size that can be shown, and nothing after the end."""
    plats, forst = len(PNG), True
    for _ in range(FLEST_STYCKEN):
        langd, sort = int.from_bytes(innehall[plats : plats + 4], "big"), innehall[plats + 4 : plats + 8]
        slut = plats + 12 + langd
        if slut > len(innehall) or forst != (sort == b"IHDR") or (forst and langd != 13):
            raise _skadad()
        if zlib.crc32(innehall[plats + 4 : slut - 4]) != int.from_bytes(innehall[slut - 4 : slut], "big"):
            raise _skadad()
        if forst:
            _granska_matt(innehall[plats + 8 : plats + 12], innehall[plats + 12 : plats + 16])
        if sort == b"IEND":
            if slut != len(innehall):
                raise nej("dubbel", "Efter bilden ligger något mer i filen. Spara om bilden och ladda upp den nya.")
            return
        plats, forst = slut, False
    raise _skadad()


def granska_jpg(innehall):
    """Begins as a picture of a size that can be shown, and has an end. Telephones add things of their own after it."""
    plats, matt = 2, False
    for _ in range(FLEST_STYCKEN):
        sort, langd = innehall[plats + 1 : plats + 2], int.from_bytes(innehall[plats + 2 : plats + 4], "big")
        if sort == b"\xff":  # filling
            plats += 1
            continue
        if innehall[plats : plats + 1] != b"\xff" or langd < 2:
            break
        if b"\xc0" <= sort <= b"\xcf" and sort not in (b"\xc4", b"\xc8", b"\xcc"):
            _granska_matt(innehall[plats + 7 : plats + 9], innehall[plats + 5 : plats + 7])
            matt = True
        plats += 2 + langd
        if sort == b"\xda":
            if matt and b"\xff\xd9" in innehall[plats:]:
                return
            break
    raise _skadad()


def _granska_matt(bredd, hojd):
    bredd, hojd = int.from_bytes(bredd, "big"), int.from_bytes(hojd, "big")
    if not bredd or not hojd:
        raise _skadad()
    if bredd * hojd > FLEST_PUNKTER or max(bredd, hojd) > LANGSTA_SIDA:
        raise nej(
            "stor_bild", f"Bilden är för stor, {bredd} × {hojd} bildpunkter. Förminska den och ladda upp den igen."
        )


def granska_csv(innehall):
    """Text in UTF-8 or in the older encoding of Windows."""
    for kodning in ("utf-8-sig", "cp1252"):
        try:
            text = innehall.decode(kodning)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text):
            return
    raise nej(
        "fel_typ",
        "Filens namn slutar på .csv, men innehållet är inte text. Spara tabellen som CSV (UTF-8) och ladda upp den.",
    )


def _last():
    return nej(
        "last", "Filen är skyddad med lösenord. Öppna den, ta bort lösenordet, spara den och ladda upp den igen."
    )


def _skadad():
    return nej(
        "skadad",
        "Filen går inte att läsa: den är skadad eller bara delvis hämtad. Öppna den i sitt program, spara den på nytt "
        "och ladda upp den nya filen.",
    )


def _bomb():
    return nej(
        "bomb",
        "Filen blir orimligt stor när den packas upp. Dela den, eller spara den som PDF, och ladda upp den igen.",
    )


def _makro():
    return nej(
        "makro",
        "Filen innehåller makron eller annan programkod. Öppna den, spara den som .docx eller .xlsx utan makron, eller "
        "som PDF, och ladda upp den nya filen.",
    )


def _inbaddat():
    return nej(
        "inbaddat",
        "Det ligger en annan fil inuti filen. Ta bort den och ladda upp den för sig, eller spara alltihop som PDF.",
    )
