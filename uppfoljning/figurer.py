"""The small pictures of the participant's pages; see karna/diagram.py."""

import math

from django.utils.html import format_html, format_html_join

from samordning.karna.diagram import FARGER, dekor

AV = 10


def _fyll(full):
    """Coloured by the stylesheet, which knows whether the choice is made and whether it is dark."""
    return format_html('class="{}" fill="{}"', *(("f-niva", FARGER["primar"]) if full else ("f-tom", FARGER["linje"])))


def niva(antal, bredd=34, hojd=26):
    """A small staircase: so much of ten."""
    steg = bredd / AV
    staplar = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" {}/>',
        (
            (f"{nr * steg:.1f}", f"{hojd - hog:.1f}", f"{steg - 1.2:.1f}", f"{hog:.1f}", _fyll(nr < antal))
            for nr in range(AV)
            for hog in [hojd * (0.2 + 0.8 * (nr + 1) / AV)]
        ),
    )
    return dekor(staplar, bredd, hojd)


def paj(kvartar, storlek=34):
    """A circle of which so many quarters are filled."""
    mitt, radie = storlek / 2, storlek / 2 - 2
    hel = format_html('<circle cx="{}" cy="{}" r="{}" {}/>', mitt, mitt, radie, _fyll(kvartar >= 4))
    if not 0 < kvartar < 4:
        return dekor(hel, storlek, storlek)
    vinkel = math.pi / 2 * kvartar
    bit = format_html(
        '<path d="M{} {}V{}A{} {} 0 {} 1 {} {}Z" {}/>',
        mitt, mitt, mitt - radie, radie, radie, int(kvartar > 2),
        f"{mitt + radie * math.sin(vinkel):.1f}", f"{mitt - radie * math.cos(vinkel):.1f}", _fyll(True),
    )  # fmt: skip
    return dekor(hel + bit, storlek, storlek)
