"""Files on disk under random names. A file about persons is encrypted, as its name is in the database.

There is no address to a file: each app's view loads the owner with `visible_to` and answers with `svar(fil)`.
"""

import hashlib
import logging
import os
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from samordning.karna.kalender import nu
from samordning.karna.krypto import dekryptera, kryptera
from samordning.karna.models import Fil

logg = logging.getLogger(__name__)

RADLOS_TID = timedelta(hours=24)  # a file is written before its row is committed; nobody takes a day for that
RADLOSA_HOGST = 20  # more than these, and more than there are rows: not our database

TYPER = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def spara(innehall, namn, *, person=False, av=None):
    """Store bytes and return the row, in quarantine until somebody calls `godkann`."""
    if len(innehall) > settings.STORSTA_FIL:
        raise ValidationError(f"Filen är för stor. Den får vara högst {settings.STORSTA_FIL // 2**20} MB.")
    fil = Fil(
        uuid=uuid.uuid4(),
        sha256=hashlib.sha256(innehall).hexdigest(),
        storlek=len(innehall),
        typ=Path(namn).suffix.lower().lstrip(".")[:20],
        person=person,
        skapad_av=av,
    )
    if person:
        fil.namn_krypterat = Path(namn).name
        innehall = kryptera(innehall, _plats(fil))
    else:
        fil.namn = Path(namn).name[:200]
    _skriv(vag(fil), innehall)
    fil.save()
    return fil


def vag(fil):
    """Where the file lies; nothing in the path comes from the user."""
    namn = fil.uuid.hex
    return Path(settings.MEDIA_ROOT) / namn[:2] / namn


def las(fil):
    """The content as it was given. ValueError when it is not what was stored."""
    innehall = vag(fil).read_bytes()
    if fil.person:
        innehall = dekryptera(innehall, _plats(fil))
    if hashlib.sha256(innehall).hexdigest() != fil.sha256:
        raise ValueError("Filen är skadad: innehållet är inte det som sparades.")
    return innehall


def svar(fil):
    """The file as a download, never shown as a page. What is not approved does not exist."""
    if fil.lage != Fil.Lage.REN:
        raise Http404
    return hamtas(las(fil), fil.filnamn, fil.typ)


def hamtas(innehall, namn, typ):
    """What was made for this answer as a download: `typ` is a key of TYPER, `namn` what the file is called."""
    response = HttpResponse(innehall, content_type=TYPER.get(typ, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=namn)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def stada():
    """Remove files that have been without a row for a day: a worker was killed, or its transaction rolled back.

    A row whose file is gone is logged as an error. Returns (files removed, rows without a file). When many files and
    most of them lack a row, the database is not theirs (a restore under way, a wrong address): then nothing is removed.
    """
    saknas = {rad_uuid.hex: pk for pk, rad_uuid in Fil.objects.values_list("pk", "uuid")}
    grans, rader = (nu() - RADLOS_TID).timestamp(), len(saknas)
    radlosa = [
        plats
        for plats in Path(settings.MEDIA_ROOT).glob("??/*")  # only the folders that `vag` makes
        if saknas.pop(plats.name, None) is None and _aldre(plats, grans)
    ]
    for pk in sorted(saknas.values()):
        logg.error("Fil %s finns inte på disken", pk)
    if len(radlosa) > max(RADLOSA_HOGST, rader):
        logg.error("%s filer saknar rad i databasen, så inga togs bort", len(radlosa))
        return 0, len(saknas)
    for plats in radlosa:
        plats.unlink(missing_ok=True)
    return len(radlosa), len(saknas)


def _aldre(plats, grans):
    try:
        return plats.is_file() and plats.stat().st_mtime < grans
    except FileNotFoundError:  # a temporary file that just got its name
        return False


def _plats(fil):
    return f"karna_fil|innehall|{fil.uuid}"


def _skriv(mal, innehall):
    """Whole or not at all, also when the power goes: temporary file, fsync, rename, fsync of the folder."""
    mal.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=mal.parent, delete=False) as temp:
        temp.write(innehall)
        temp.flush()
        os.fsync(temp.fileno())
    os.replace(temp.name, mal)
    mapp = os.open(mal.parent, os.O_RDONLY)
    try:
        os.fsync(mapp)
    finally:
        os.close(mapp)
