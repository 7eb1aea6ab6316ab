"""The annual wheel in a document: the picture, and the same days as a table in quarters."""

import datetime

from django.utils.formats import date_format

from ekonomi import dokument_varden as v
from ekonomi.dokument_bygge import Bygge
from ekonomi.hjul import Marke, rita
from ekonomi.models import Arshjul

KVARTAL = ("Januari–mars", "April–juni", "Juli–september", "Oktober–december")


def hjul(bygge: Bygge) -> dict:
    """The chapter. Two queries."""
    rubrik, lank = f"Årshjul {bygge.ar}", bygge.adress("hjul_list")
    ett = Arshjul.objects.filter(ar=bygge.ar).first()
    if ett is None:
        return v.kapitel("arshjul", rubrik, bygge.saknas(f"Årshjulet för {bygge.ar} är inte gjort.", lank))
    poster = list(ett.poster.filter(installd=False).order_by("dag", "pk"))
    if not poster:
        return v.kapitel("arshjul", rubrik, bygge.saknas(f"Årshjulet för {bygge.ar} har inga dagar.", lank))
    return v.kapitel("arshjul", rubrik, _bild(bygge.ar, poster), _tabell(bygge.ar, poster))


def _bild(ar, poster):
    """Every day as planned: the picture of a plan tells nothing of how it went, so it is seen from
    far after the year, where no day is the next."""
    marken = [
        Marke(post.ring, post.dag, post.rubrik, "kommer", "planerat", slut=post.slut, oviss=post.dagen_oviss)
        for post in poster
    ]
    alt = f"Årshjulet {ar}: {len(poster)} dagar i sex ringar. Samma dagar står i tabellen."
    return v.bild(rita(ar, datetime.date(ar + 2, 1, 1), marken, pdf=True), alt)


def _tabell(ar, poster):
    rader = []
    for nr, namn in enumerate(KVARTAL):
        rader.append(v.grupp(namn))
        egna = [post for post in poster if (post.dag.month - 1) // 3 == nr]
        rader += [v.rad(_nar(post), post.rubrik, post.get_ring_display()) for post in egna]
        if not egna:
            rader.append(v.rad(v.SAKNAS, "Inget inlagt", ""))
    return v.tabell(f"Året {ar} i kvartal", ("När", "Vad", "Vem"), rader, text=(0, 1, 2), breda=(1,))


def _nar(post):
    """13 februari; 1–30 juni; i april when the day is not set."""
    if post.dagen_oviss:
        return f"i {date_format(post.dag, 'F')}"
    if post.slut is None or post.slut == post.dag:
        return date_format(post.dag, "j F")
    if post.slut.month == post.dag.month and post.slut.year == post.dag.year:
        return f"{post.dag.day}–{date_format(post.slut, 'j F')}"
    return f"{date_format(post.dag, 'j F')}–{date_format(post.slut, 'j F')}"
