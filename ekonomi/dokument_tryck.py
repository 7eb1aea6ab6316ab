"""A yearly document on paper: PDF/UA-1 with cover, contents and page numbers. From the value alone; no queries but the
association's name as author."""

import datetime
import hashlib
from contextlib import suppress

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.text import slugify
from redis.exceptions import RedisError

from ekonomi import dokument_varden as v
from ekonomi import dokument_visning
from samordning.karna import pdf

SPARAS = 3600
CACHEFEL = (RedisError, OSError)


def tryck(varden: dict) -> str:
    """The document that `gor` lays out. A draft has that word on each page."""
    context = {"dokument": varden, "kapitlen": dokument_visning.kapitlen(varden, 2), "besked": besked(varden)}
    return render_to_string("ekonomi/dokument_tryck.html", context)


def gor(varden: dict) -> bytes:
    """PDF/UA-1, kept for an hour: a draft is looked at several times. Raises `pdf.PdfSaknas`."""
    html = tryck(varden)
    nyckel = f"arsdokument:{hashlib.sha256(html.encode()).hexdigest()}"
    with suppress(*CACHEFEL):
        if (fil := cache.get(nyckel)) is not None:
            return fil
    fil = pdf.gor(html, titel=titel(varden))
    with suppress(*CACHEFEL):
        cache.set(nyckel, fil, SPARAS)
    return fil


def titel(varden: dict) -> str:
    return varden["titel"] if varden["beslut"] else f"{varden['titel']}, utkast"


def besked(varden: dict) -> str:
    """When and by whom it was adopted, or that it is a draft and of which day."""
    if not varden["beslut"]:
        return f"Utkast {v.datum(datetime.date.fromisoformat(varden['dag']))}"
    beslut = varden["beslut"]
    paragraf = f", {beslut['paragraf']}" if beslut["paragraf"] else ""
    return f"Fastställd av styrelsen {v.datum(datetime.date.fromisoformat(beslut['dag']))}{paragraf}"


def filnamn(varden: dict, typ: str) -> str:
    """ "verksamhetsplan-2019.pdf"; a draft says that it is one."""
    return f"{slugify(varden['titel'])}{'' if varden['beslut'] else '-utkast'}.{typ}"
