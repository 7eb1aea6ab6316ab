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


@dataclass(frozen=True)
class Tidsrad:
    """One thing in the life of a case. `tid`: `klar`, `nu` or `kommer`; `citat` is what somebody said, `lankar` are
    (text, address) pairs. An app gives the rows of one day oldest first. `slag` picks the picture, and the frame of
    `citat`: ansokan, komplettering, yttrande, beslut, avtal, rapport or pengar."""

    dag: datetime.date | None
    rubrik: str
    text: str = ""
    tid: str = "klar"
    citat: str = ""
    lankar: tuple[tuple[str, str], ...] = ()
    marke: tuple[str, str, str] | None = None
    slag: str = ""


@dataclass(frozen=True)
class NastaSteg:
    """What happens next in a case and who holds it: on top of its page and in the lists."""

    text: str
    ansvarig: str
    dag: datetime.date | None = None
    varfor: str = ""


@dataclass(frozen=True)
class Atgard:
    """A button on the page of a case. `metod` post draws a form with one button."""

    text: str
    url: str
    huvudsak: bool = False
    metod: str = "get"
