"""Attachments that users upload: which kinds are taken, and a look inside before anything is stored.

What `granska` promises: the name is harmless, the content is of the kind that the name says, the file opens without a
password, unpacking it cannot fill a memory, and it carries neither macros, nor programs, nor other files, as far as
can be read without a full parser. What it does not promise: **there is no virus scanner**. A fault in the reader that a
colleague opens the file with, a link in the text, a DDE field or a formula in a table gets through, and so does a PDF
that hides its script behind an unusual filter. Hence a file is only ever given out as a download (`filer.svar`).

Pictures keep their metadata (where and when a photo was taken).
"""

import io
import re
import unicodedata
import zipfile

from django import forms
from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from samordning.karna import filer
from samordning.karna.felord import OSYNLIGA
from samordning.karna.filkoll import (
    GAMMAL,
    HUVUDDEL,
    INGET_SPARAT,
    granska_csv,
    granska_jpg,
    granska_office,
    granska_pdf,
    granska_png,
    nej,
    ole_i_ord,
    verklig_typ,
)

TYPER = {"pdf": "PDF", "docx": "Word (docx)", "xlsx": "Excel (xlsx)", "png": "png", "jpg": "jpg", "csv": "csv"}
ALLA = tuple(TYPER)
SAMMA = {"jpeg": "jpg"}
LANGSTA_NAMN = 150

# What to do instead, by the file's own ending.
_MAKRO = "Sådana filer kan innehålla makron och tas inte emot. Spara filen som .docx eller .xlsx utan makron."
_KOD = "Sådana filer kan innehålla programkod och tas inte emot. Spara innehållet som PDF."
_ARKIV = "Packade filer tas inte emot. Packa upp filen och ladda upp det som ligger i den, en fil i taget."
_ANNAN_BILD = "Bilder tas emot som jpg eller png. Spara om bilden i något av dem."
_SOM_PDF = "Filtypen tas inte emot. Spara filen som PDF och ladda upp den."
ENDELSER = {
    andelse: rad
    for rad, andelser in {
        _KOD: "exe com scr bat cmd ps1 vbs js jse wsf hta jar msi lnk iso svg html htm xhtml",
        _MAKRO: "docm dotm xlsm xltm xlsb xlam pptm potm ppsm ppam",
        GAMMAL: "doc dot xls xlt rtf",
        _ARKIV: "zip 7z rar gz tgz tar bz2 xz cab",
        _ANNAN_BILD: "heic heif gif tif tiff bmp webp",
    }.items()
    for andelse in andelser.split()
}


def stada_namn(namn):
    """The name as it is stored and shown: no path, nothing invisible or that turns the text; its ending is kept."""
    namn = unicodedata.normalize("NFC", str(namn)).replace("\\", "/").rsplit("/", 1)[-1]
    namn = "".join(tecken for tecken in namn if unicodedata.category(tecken) not in OSYNLIGA | {"Cf"})
    namn = re.sub(r'[<>:"|?*]', "-", re.sub(r"\s+", " ", namn)).strip(" .")
    stam, punkt, andelse = namn.rpartition(".")
    if not punkt:
        return namn[:LANGSTA_NAMN] or "bilaga"
    andelse = andelse[:20]
    return f"{stam.strip(' .')[: LANGSTA_NAMN - len(andelse) - 1] or 'bilaga'}.{andelse}"


def granska(innehall: bytes, namn: str, typer=ALLA) -> str:
    """The file's true kind, a key of TYPER. ValidationError in words when it is not taken."""
    typ = _typ_av_namn(stada_namn(namn), typer)
    if not innehall:
        raise nej("tom", "Filen är tom. Kontrollera att den har innehåll där du hämtade den, och välj den igen.")
    if len(innehall) > settings.STORSTA_FIL:
        raise _for_stor(len(innehall))
    verklig, i_ord = verklig_typ(innehall)
    if typ in HUVUDDEL and verklig == "ole":
        raise ole_i_ord(innehall)
    if verklig != ("zip" if typ in HUVUDDEL else typ):
        raise nej(
            "fel_typ",
            f"Filens namn slutar på .{typ}, men innehållet är {i_ord}. Öppna filen i sitt program, spara den som "
            f"{TYPER[typ]} och ladda upp den nya filen.",
        )
    if typ in HUVUDDEL:
        granska_office(innehall, typ)
    elif zipfile.is_zipfile(io.BytesIO(innehall)):
        raise nej("dubbel", "Det ligger en packad fil i slutet av filen. Spara om den och ladda upp den nya.")
    else:
        {"pdf": granska_pdf, "png": granska_png, "jpg": granska_jpg, "csv": granska_csv}[typ](innehall)
    return typ


@transaction.atomic
def spara(uppladdad, *, av, person=False, typer=ALLA):
    """Check an UploadedFile and store it, approved: the `Fil`. ValidationError in words; then nothing is stored."""
    innehall = _las(uppladdad)
    granska(innehall, uppladdad.name, typer)
    fil = filer.spara(innehall, stada_namn(uppladdad.name), person=person, av=av)
    fil.godkann(av=av)
    return fil


def hjalptext(typer=ALLA):
    """Which files a field takes, in words."""
    namn = [TYPER[typ] for typ in typer]
    slag = f"{', '.join(namn[:-1])} eller {namn[-1]}" if namn[1:] else namn[0]
    return f"{slag}. Högst {_mb()}, utan lösenord och makron."


class Bilagefalt(forms.FileField):
    """A file that `granska` takes; what is wrong with it is said by the field. `typer`: the kinds this field takes.

    Its value is the UploadedFile with a cleaned name, for `spara`.
    """

    default_error_messages = {
        "required": "Välj en fil.",
        "invalid": f"Filen kom inte med. Välj den igen. {INGET_SPARAT}",
        "missing": f"Filen kom inte med. Välj den igen. {INGET_SPARAT}",
    }

    def __init__(self, *, typer=ALLA, **kwargs):
        self.typer = tuple(typer)
        # The words about an empty file come from `granska`, as all the others.
        super().__init__(**{"help_text": hjalptext(self.typer), "allow_empty_file": True, **kwargs})

    def widget_attrs(self, widget):
        andelser = [*self.typer, *(andelse for andelse, typ in SAMMA.items() if typ in self.typer)]
        return {**super().widget_attrs(widget), "accept": ",".join(f".{andelse}" for andelse in andelser)}

    def to_python(self, data):
        uppladdad = super().to_python(data)
        if uppladdad is not None:
            granska(_las(uppladdad), uppladdad.name, self.typer)
            uppladdad.name = stada_namn(uppladdad.name)
        return uppladdad


def _mb():
    return f"{settings.STORSTA_FIL // 2**20} MB"


def _for_stor(storlek):
    storlek = filesizeformat(storlek)
    return nej(
        "for_stor",
        f"Filen är för stor: {storlek}. Den får vara högst {_mb()}. Minska bilderna i den eller dela den.",
    )


def _las(uppladdad):
    if uppladdad.size is not None and uppladdad.size > settings.STORSTA_FIL:
        raise _for_stor(uppladdad.size)
    uppladdad.seek(0)
    innehall = uppladdad.read(settings.STORSTA_FIL + 1)  # `size` is what somebody said
    uppladdad.seek(0)
    return innehall


def _typ_av_namn(namn, typer):
    delar = [del_.strip().lower() for del_ in namn.split(".")]
    andelse = delar[-1] if delar[1:] else ""
    typ = SAMMA.get(andelse, andelse)
    tas_emot = f"Det här går att ladda upp: {hjalptext(typer)}"
    if not andelse:
        raise nej("andelse", f"Filens namn saknar en ändelse som .pdf, så det syns inte vad den är. {tas_emot}")
    if typ not in typer:
        rad = ENDELSER.get(andelse, _SOM_PDF if "pdf" in typer else "Filtypen tas inte emot här.")
        raise nej("andelse", f"Filen slutar på .{andelse}. {rad} {tas_emot}")
    for del_ in delar[1:-1]:
        if ENDELSER.get(del_) in (_KOD, _MAKRO):
            raise nej(
                "dubbel_andelse",
                f"Filens namn har två ändelser, .{del_} och .{andelse}, så det ser ut som något annat än det är. "
                "Byt namn på filen och ladda upp den igen.",
            )
    return typ
