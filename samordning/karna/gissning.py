"""Codes that people type, and the count of wrong guesses at them."""

import secrets
from contextlib import suppress

from django.core.cache import cache

ALFABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0 O 1 I: 32 signs, so each of them is 5 bits
TIMME = 3600


def slumptecken(antal):
    """`antal` random signs of the alphabet."""
    return "".join(secrets.choice(ALFABET) for _ in range(antal))


def rakna_fel(nyckel, sekunder=TIMME):
    """One more wrong guess under `nyckel`; the time begins with the first of them. What the cache raises passes on."""
    if not cache.add(nyckel, 1, sekunder):
        with suppress(ValueError):  # the time ended just now
            cache.incr(nyckel)
