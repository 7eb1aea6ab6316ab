"""What is looked in when papers are searched: a row for each paper of a case and each file of a meeting (MA16), and
for each file that an app above has offered (`Handlingstext.objects.erbjud`), whose row is there before it is read.

The file is read once, in a process of its own (`sok_utdrag`). What cannot be read has a row that says why, and is not
tried again; its title is found all the same.
"""

import logging
import subprocess
import sys

from django.conf import settings
from django.db import DatabaseError, transaction

from moten import sok_utdrag
from moten.models import Handling, Handlingstext, Underlag
from samordning.karna import filer, jobb
from samordning.karna.kalender import nu
from samordning.karna.models import Fil

UPPGIFT = "moten.sok_text.las_in"
SEKUNDER = 60
FLEST = 200  # papers that a sweep orders at a time
KORT = 100_000  # signs, when the words of a longer text do not fit in a vector
MODELLER = {"handling": Handling, "underlag": Underlag}
ERBJUDEN = "handlingstext"

logg = logging.getLogger(__name__)


def bestall(rad):
    """Read it when everything is saved. The sweep finds what was never ordered."""
    jobb.bestall(UPPGIFT, {rad._meta.model_name: rad.pk})


def svep():
    """Order what has no row yet. Returns how many."""
    antal = 0
    for modell in MODELLER.values():
        for rad in modell.objects.filter(innehall=None).only("pk").order_by("pk")[:FLEST]:
            bestall(rad)
            antal += 1
    for rad in _erbjudna().only("pk").order_by("pk")[:FLEST]:
        bestall(rad)
        antal += 1
    return antal


def _erbjudna():
    return Handlingstext.objects.filter(fil__isnull=False, last=None)


def las_in(arbete):
    """The job: read one paper. Run again it changes nothing."""
    ((slag, pk),) = arbete.parametrar.items()
    olasta = _erbjudna() if slag == ERBJUDEN else MODELLER[slag].objects.filter(innehall=None)
    rad = olasta.select_related("fil").filter(pk=pk).first()
    if rad is None:
        return {"last": False}
    try:
        text, fel = _innehall(rad)
    except (OSError, ValueError) as orsak:  # the disk, or a file that is not what was stored
        if arbete.forsok < jobb.FORSOK:
            raise
        text, fel = "", type(orsak).__name__[:30]
    _spara(slag, rad, text, fel)
    return {"last": True, "fel": fel}


def _innehall(rad):
    """(text, why there is none)"""
    skrivet = rad.text if isinstance(rad, Handling) else ""
    fil = rad.fil
    if fil is None:
        return skrivet, ""
    if fil.person or fil.lage != Fil.Lage.REN:
        return skrivet, "last"
    if fil.typ not in sok_utdrag.LASARE:
        return skrivet, "filtyp"
    text, fel = utdrag(filer.las(fil), fil.typ)
    return f"{skrivet}\n{text}" if skrivet else text, fel


def utdrag(innehall, typ):
    """(text, why there is none): of a file's bytes, with limits on memory, time and length."""
    try:
        utfort = subprocess.run(
            [sys.executable, "-m", "moten.sok_utdrag", typ], input=innehall, capture_output=True, timeout=SEKUNDER,
            cwd=settings.ROT, env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "", "tid"
    svar = utfort.stdout.decode("utf-8", "replace")
    if utfort.returncode == 0:
        return svar, ""
    # Killed (memory, time) or left with a word of its own; never what the file said.
    return "", svar[:30] if utfort.returncode == sok_utdrag.UTAN_TEXT else "avbrots"


def _spara(slag, rad, text, fel):
    text = text.replace("\x00", " ")
    for langst in (sok_utdrag.LANGST, KORT, 0):
        varden = {"rubrik": rad.rubrik, "text": f"{rad.rubrik}\n{text[:langst]}", "fel": fel, "last": nu()}
        try:
            with transaction.atomic():
                if slag == ERBJUDEN:
                    Handlingstext.objects.filter(pk=rad.pk).update(**varden)
                else:
                    Handlingstext.objects.get_or_create(**{slag: rad}, defaults=varden)
            return
        except DatabaseError:  # the words of the text make a vector of more than a megabyte
            logg.warning("Texten i %s %s är för lång att söka i", slag, rad.pk)
            fel = "lang"
