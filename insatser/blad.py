"""The sheet of an insats on paper: one A4, two at most, to print, hand over or pin up."""

import hashlib
import math
import re
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from redis.exceptions import RedisError

from insatser import visning
from samordning.karna import diagram, pdf
from samordning.karna.kalender import idag
from samordning.karna.models import Part

# Heading, field and how many lines of the column it may take; the rest is on the page.
STYCKEN = (
    ("Det här händer", "beskrivning", 18),
    ("Passar för", "malgrupp", 10),
    ("Mål och förväntat resultat", "mal", 9),
    ("Metod", "metod", 9),
    ("Hitta hit", "hitta_hit", 8),
)
TECKEN_PER_RAD = 60
FLEST_SIDOR, FLEST_ORTER = 2, 8
FLEST_KONTAKTER, MINST_KONTAKTER = 5, 2
LANGT_NAMN = 60  # from here the heading is smaller
# Of the lines above, tried in turn: wide letters and long facts may need the smaller ones.
ANDELAR = (1, 0.5, 0.1)
SPARAS = 24 * 3600
CACHEFEL = (RedisError, OSError)


def gor(insats) -> bytes:
    """PDF/UA-1. `insats` with `agare` and `insatskontakter`. The same sheet is laid out once a day, since everybody
    may ask for it. Raises `pdf.PdfSaknas`."""
    titel = f"{insats.namn}, insatsblad"
    for andel in ANDELAR:
        html = tryck(insats, andel)
        nyckel = f"insatsblad:{hashlib.sha256(html.encode()).hexdigest()}"
        if (fil := _sparad(nyckel)) is not None:
            return fil
        try:
            fil = pdf.gor(html, titel=titel, flest_sidor=FLEST_SIDOR if andel != ANDELAR[-1] else None)
        except pdf.ForMangaSidor:
            continue
        with suppress(*CACHEFEL):
            cache.set(nyckel, fil, SPARAS)
        return fil
    raise AssertionError("the last share has no limit")


def _sparad(nyckel):
    with suppress(*CACHEFEL):
        return cache.get(nyckel)
    return None


def tryck(insats, andel=1) -> str:
    """The document that `gor` lays out, with `andel` of the room for each text."""
    adress = settings.ADRESS + reverse("insatser:insats_detail", args=[insats.slug])
    kontakter = [rad.kontakt for rad in insats.insatskontakter.all()]
    visade = max(MINST_KONTAKTER, math.ceil(FLEST_KONTAKTER * andel))
    texter = [(rubrik, *kortad(getattr(insats, falt), math.ceil(rader * andel))) for rubrik, falt, rader in STYCKEN]
    grupper = visning.grupper(insats)
    context = {
        "insats": insats,
        "lang_rubrik": len(insats.namn) > LANGT_NAMN,
        "fakta": [_fler_orter(insats, *rad) for rad in visning.fakta(insats)],
        "texter": [
            (rubrik, stycken, ", ".join(grupper).capitalize() if rubrik == "Passar för" else "", kapad)
            for rubrik, stycken, kapad in texter
            if stycken or (rubrik == "Passar för" and grupper)
        ],
        "remittenter": visning.remittenter(insats),
        "nasta_start": visning.nasta_start(insats),
        "bekraftad": visning.senast_bekraftad(insats),
        "kontakter": kontakter[:visade],
        "fler_kontakter": len(kontakter) > visade,
        "mer": bool(insats.bakgrund or insats.ovrigt) or any(kapad for _, _, kapad in texter),
        "adress": adress,
        "qr": diagram.qr(adress, "Öppnar insatsens sida.", ruta=2),
        "forbund": Part.objects.forbund(),
        "idag": idag(),
    }
    return render_to_string("insatser/insats_blad.html", context)


def _fler_orter(insats, etikett, varde, under):
    if etikett == "Kommun" and len(insats.orter) > FLEST_ORTER:
        varde = f"{', '.join(insats.orter[:FLEST_ORTER])} och {len(insats.orter) - FLEST_ORTER} till"
    return etikett, varde, under


def kortad(text, rader):
    """([paragraph], was it cut?) of at most so many lines; cut after a sentence where that keeps half."""
    stycken, kvar = [], rader
    alla = [" ".join(stycke.split()) for stycke in text.splitlines() if stycke.strip()]
    for stycke in alla:
        if kvar < 1:
            return stycken, True
        plats = kvar * TECKEN_PER_RAD
        if len(stycke) > plats:
            return [*stycken, _till_mening(stycke[:plats])], True
        stycken.append(stycke)
        kvar -= math.ceil(len(stycke) / TECKEN_PER_RAD) + 0.5
        kvar = math.floor(kvar)
    return stycken, False


def _till_mening(text):
    slut = [traff.end() for traff in re.finditer(r"[.!?](?=\s)", text)]
    if slut and slut[-1] > len(text) / 2:
        return text[: slut[-1]]
    ord_ = text.rsplit(" ", 1)[0] if " " in text else text
    return f"{ord_.rstrip(' ,;:–')} …"
