"""The demo's budget years: 2018 and 2019 as the plan of 2019 prints them, and those of today."""

import datetime
from decimal import Decimal

from ekonomi import reports
from ekonomi.models import Budgetpost, Budgetversion, Medlemsbidrag, Verksamhetsar
from insatser.models import Insats
from samordning.demo.plan2019 import BIDRAG, MER_2019, OVRIGA_INTAKTER, RADER_2019
from samordning.karna.models import Part

BLOCK = {"ledning": "ledning", "ovrigt": "ovrigt"}  # of a line by its category; the others are insatser
TKR = 1000


def skriv_plan():
    """2019 in full, and of 2018 what 2019 compares with."""
    _ar(2018, 3, tilldelning=3_588_000, ovriga_intakter=170_000, eget_kapital_in=435_000)
    ar = _ar(2019, 4, tilldelning=3_492_000, ovriga_intakter=42_000, eget_kapital_in=661_000)
    insatser = dict(Insats.objects.values_list("slug", "pk"))
    for nr, (block, rubrik, sida, kategori, forra, belopp) in enumerate(RADER_2019):
        mer = dict(MER_2019.get(rubrik, {}))
        insats = mer.pop("insats", "")
        Budgetpost.objects.create(
            verksamhetsar=ar, ordning=nr, block=block, rubrik=rubrik, sida=sida, kategori=kategori,
            belopp=belopp * TKR, foregaende=None if forra is None else forra * TKR, insats_id=insatser.get(insats),
            **{namn: Decimal(varde) if isinstance(varde, str) else varde for namn, varde in mer.items()},
        )  # fmt: skip
    return ar


def faststall_plan(av):
    """As the board decided it before the year began."""
    beslut = Budgetversion(beslutad=datetime.date(2018, 12, 12), paragraf="§ 71")
    reports.faststall(skriv_plan(), beslut, av=av)


def _ar(ar, kolumn, **falt):
    rad = Verksamhetsar.objects.create(ar=ar, ovriga_vad=OVRIGA_INTAKTER, **falt)
    parter = dict(Part.objects.values_list("namn", "pk"))
    parter["Hälso- och sjukvårdsnämnden Skaraborg"] = parter.get("Västra Götalandsregionen")
    Medlemsbidrag.objects.bulk_create(
        Medlemsbidrag(
            verksamhetsar=rad, ordning=nr, slag=bidrag[1], namn=bidrag[0], part_id=parter.get(bidrag[0]),
            nyckel=bidrag[2], belopp=bidrag[kolumn],
        )
        for nr, bidrag in enumerate(BIDRAG)
    )  # fmt: skip
    return rad


def skriv(ar, poster, **falt):
    """A year with lines (line, category, kronor); one that is called as an insats is that insats' line."""
    insatser = dict(Insats.objects.values_list("namn", "pk"))
    verksamhetsar = Verksamhetsar.objects.create(ar=ar, **falt)
    Budgetpost.objects.bulk_create(
        Budgetpost(
            verksamhetsar=verksamhetsar, ordning=nr, rubrik=rubrik, kategori=kategori, belopp=belopp,
            insats_id=insatser.get(rubrik), block=BLOCK.get(kategori, "insatser"),
        )
        for nr, (rubrik, kategori, belopp) in enumerate(poster)
    )  # fmt: skip
