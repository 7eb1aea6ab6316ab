"""The list of requisitions as an Excel file for the bookkeeper: a row each, made to be summed and matched."""

import datetime

from django.utils.timezone import localdate

from ekonomi.rekvirera import konteringstext
from samordning.karna import kalkylblad
from samordning.karna.kalender import idag

FLEST_RADER = 20_000
KOLUMNER = [
    ("Nummer", 9), ("Läge", 18), ("År", 7), ("Period", 16), ("Mottagare", 30), ("Insats", 30), ("Belopp", 14),
    ("Konteringstext", 50), ("Inskickad", 12), ("Första attest", 12), ("Andra attest", 12), ("Betald", 12),
]  # fmt: skip


def gor(rekvisitioner) -> bytes:
    """One query. Money is written as numbers, days as 2026-03-31."""
    rader = [
        [
            rad.pk, rad.get_lage_display(), rad.ar, rad.get_period_display(), str(rad.mottagare),
            str(rad.avtal.insats), rad.belopp, konteringstext(rad), _dag(rad.inskickad), _dag(rad.attest1),
            _dag(rad.attest2), _dag(rad.betald_dag),
        ]
        for rad in rekvisitioner.for_lista()[:FLEST_RADER]
    ]  # fmt: skip
    om = [
        ("Uttaget", str(idag())),
        ("Innehåll", "Rekvisitioner enligt urvalet på sidan. Återkallade räknas inte av från det beviljade."),
        ("Belopp", "Kronor."),
    ]
    return kalkylblad.gor("Rekvisitioner", om, [kalkylblad.Blad("Rekvisitioner", KOLUMNER, rader)])


def _dag(varde):
    """A day, or the day of a moment in Stockholm."""
    if varde is None:
        return None
    return str(localdate(varde) if isinstance(varde, datetime.datetime) else varde)
