"""Bytes to text. What a file says of its own coding is often not so (doman.md 4.4): the letters decide."""

import codecs
import re

from ekonomi.sie.typer import Anmarkning, SieFel

SVENSKA = {  # the bytes of å ä ö Å Ä Ö é É ü
    "cp437": frozenset(b"\x86\x84\x94\x8f\x8e\x99\x82\x90\x81"),
    "cp1252": frozenset(b"\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xc9\xfc"),
}
NAMN = {"utf-8-sig": "utf-8", "utf_16": "utf-16"}
BARA_CP1252 = frozenset(range(0x80, 0xA0))
UTF8_TECKEN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HOGA = re.compile(rb"[\x80-\xff]+")
# UTF-8 that somebody read as Windows-1252 and saved again, and a sign that was lost on the way.
FORSTORD = re.compile("Ã[¤¥¶„…–€]|\ufffd")
DOS_I_WINDOWS = re.compile("[A-Za-z][„†”][a-z]")  # code page 437 read as Windows-1252
ANDRA = (
    (b"%PDF", "en PDF"), (b"PK\x03\x04", "en zip-fil eller ett Officedokument"),
    (b"\xd0\xcf\x11\xe0", "ett äldre Officedokument"), (b"\x1f\x8b", "en packad fil"),
)  # fmt: skip
EXPORTERA = "Exportera filen ur bokföringsprogrammet igen som SIE 4 och försök på nytt. Inget är inläst."
RADSLUT = re.compile("\r\n|\n|\r")
FLEST = 20
HUR_MYCKET = 2048  # bytes at the beginning that tell what the file is


def avkoda(innehall):
    """(text, coding, [Anmarkning]) of a file's bytes. SieFel in words when it is something else than SIE."""
    if not innehall.strip(b"\x00\x1a \t\r\n"):
        raise SieFel(f"Filen är tom. {EXPORTERA}")
    for borjan, vad in ANDRA:
        if innehall.startswith(borjan):
            raise SieFel(f"Filen är {vad}, inte en SIE-fil. {EXPORTERA}")
    kodning = _valj(innehall)
    text = innehall.decode(kodning, errors="replace")
    _krav_sie(text)
    varningar = []
    if "\x00" in text:
        varningar.append(Anmarkning(0, "Filen innehåller nolltecken. De är borttagna."))
        text = text.replace("\x00", "")
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    return text, NAMN.get(kodning, kodning), varningar + _forstorda(text)


def _valj(innehall):
    if innehall.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf_16"
    if innehall.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    hoga = sum(len(foljd) for foljd in HOGA.findall(innehall))
    if not hoga:
        return "cp437"  # plain ASCII reads the same in all; this is the format's own
    if 2 * sum(len(tecken) for tecken in UTF8_TECKEN.findall(innehall)) > hoga:
        return "utf-8"
    poang = {namn: sum(innehall.count(bytes([byte])) for byte in SVENSKA[namn]) for namn in SVENSKA}
    if poang["cp1252"] <= poang["cp437"]:
        return "cp437"
    return "cp1252" if any(byte in BARA_CP1252 for byte in set(innehall)) else "iso-8859-1"


def _krav_sie(text):
    borjan = text[:HUR_MYCKET].lstrip("\ufeff\x00 \t\r\n")
    if borjan.startswith("<"):
        vad = "en XML-fil (SIE 5)" if re.search(r"<(\?xml|sie)", borjan, re.I) else "en sparad webbsida"
        if "<html" in borjan.lower():
            vad = "en sparad webbsida"
        raise SieFel(f"Filen är {vad}, inte en SIE-fil av typ 1–4. {EXPORTERA}")
    if not re.search(r"(?m)^\s*#(FLAGGA|SIETYP|PROGRAM|RAR|KONTO|VER|IB|UB|RES|PSALDO)\b", text, re.I):
        raise SieFel(f"Filen har inga rader som hör till SIE, till exempel #FLAGGA eller #VER. {EXPORTERA}")


def rader(text):
    """[(number from 1, line)] as an editor numbers them."""
    return enumerate(RADSLUT.split(text), 1)


def _forstorda(text):
    """One warning for each line whose letters were lost before the file came here; at most 20, and how many more."""
    ut = []
    for nr, rad in rader(text):
        if FORSTORD.search(rad) or DOS_I_WINDOWS.search(rad):
            ut.append(Anmarkning(nr, "Texten på raden har förstörda bokstäver. Beloppen påverkas inte."))
    if len(ut) > FLEST:
        resten = len(ut) - FLEST
        ut[FLEST:] = [Anmarkning(0, f"Ytterligare {resten} rader har förstörda bokstäver.")]
    return ut
