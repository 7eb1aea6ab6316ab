"""The values that each app's `paneler.py` gives the pages of the roof (beslut.md 31)."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class AttGora:
    """One thing to do: verb-first text, where, one line why, when (None: no date); `marke` = (text, typ, symbol)."""

    text: str
    url: str
    varfor: str = ""
    dag: datetime.date | None = None
    marke: tuple[str, str, str] | None = None
