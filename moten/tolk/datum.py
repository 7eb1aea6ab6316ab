"""Dates and times as minutes write them. What a date does not say is not guessed."""

import re
from dataclasses import dataclass
from datetime import date

MANADER = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
           "december")  # fmt: skip
_KORTA = {manad[:3]: nr for nr, manad in enumerate(MANADER, 1)}
_M = (
    r"(jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_AR = r"((?:19|20)\d\d)"
_DAG = r"(\d{1,2})(?::?[ea])?"
_TILL = r"(?:\s?[-–—]\s?|\s+(?:och|till|t\.?o\.?m\.?)\s+)"

_MONSTER = (
    ("iso", re.compile(rf"(?<![\d-]){_AR}[-–/.](\d{{1,2}})[-–/.](\d{{1,2}})(?!\d)")),
    ("tat8", re.compile(r"(?<![\d-])((?:19|20)\d\d)(\d\d)(\d\d)(?![\d-])")),
    ("ord", re.compile(rf"(?<![\d:.]){_DAG}(?:{_TILL}{_DAG})?\s+{_M}\b\.?(?:,?\s+(?:år\s+)?{_AR})?", re.I)),
    (
        "orden",
        re.compile(
            rf"(?<![\d:.]){_DAG}\s+{_M}\s?(?:[-–—]|till|t\.?o\.?m\.?)\s?{_DAG}\s+{_M}\b\.?(?:,?\s+{_AR})?", re.I
        ),
    ),
    (
        "snedstreck",
        re.compile(rf"(?<![\d/:.-])(\d{{1,2}})/(\d{{1,2}})(?![\d/])(?:\s?[-–,]?\s?{_AR}(?!\d)|\s?[-–](\d\d)(?!\d))?"),
    ),
    ("punkt", re.compile(rf"(?<![\d.:])(\d{{1,2}})\.(\d{{1,2}})\.{_AR}(?!\d)")),
    ("kort", re.compile(r"(?<![\d/.-])(\d\d)-(\d\d)-(\d\d)(?![\d-])")),
    ("tat6", re.compile(r"(?<![\w:/.-])(\d\d)(\d\d)(\d\d)(?![\w:/-]|\.\d)")),
)
_MANAD_AR = re.compile(rf"\b{_M}\s+{_AR}\b", re.I)
_KLOCKA = r"(\d{1,2})(?:[.:](\d\d))?"
_TID = re.compile(rf"(?<![\d/])(?:kl\.?|klockan|kl:)\s*{_KLOCKA}(?:\s?(?:[-–—]|till)\s?(?:kl\.?\s?)?{_KLOCKA})?", re.I)
_TID_BARA = re.compile(
    r"(?<![\d/.:-])(\d{1,2})[.:](\d\d)\s?(?:[-–—]|till)\s?(?:kl\.?\s?)?(\d{1,2})[.:](\d\d)(?![\d/-])"
)


@dataclass(frozen=True)
class Datum:
    """`text`: ISO, `--MM-DD` without a year. `start`, `slut`: its place in the line. `sista`: last of several days."""

    text: str
    start: int
    slut: int
    sista: str | None = None

    @property
    def hel(self):
        return len(self.text) == 10 and not self.text.startswith("--")


def _iso(ar, manad, dag):
    """ISO text, or None when there is no such day. 29 February is a day when the year is unknown."""
    try:
        date(int(ar or 2024), int(manad), int(dag))
    except ValueError:
        return None
    return f"{ar}-{int(manad):02d}-{int(dag):02d}" if ar else f"--{int(manad):02d}-{int(dag):02d}"


def _manad(text):
    return _KORTA[text[:3].lower()]


def _tolka(sort, traff):
    g = traff.groups()
    if sort in ("iso", "tat8"):
        return _iso(g[0], g[1], g[2]), None
    if sort == "punkt":
        return _iso(g[2], g[1], g[0]), None
    if sort == "ord":
        manad = _manad(g[2])
        return _iso(g[3], manad, g[0]), g[1] and _iso(g[3], manad, g[1])
    if sort == "orden":
        return _iso(g[4], _manad(g[1]), g[0]), _iso(g[4], _manad(g[3]), g[2])
    if sort == "snedstreck":
        return _iso(g[2] or (g[3] and f"20{g[3]}"), g[1], g[0]), None
    return (_iso(f"20{g[0]}", g[1], g[2]) if 5 <= int(g[0]) <= 60 else None), None


def hitta(text):
    """[Datum] in the order of the line; two readings of the same signs give the longer one."""
    if len(text) > 20_000 or not any(map(str.isdecimal, text)):
        return []
    funna = []
    for sort, monster in _MONSTER:
        for traff in monster.finditer(text):
            start, sista = _tolka(sort, traff)
            if start:
                funna.append(Datum(start, traff.start(), traff.end(), sista))
    ut = []
    for datum in sorted(funna, key=lambda d: (d.start, -d.slut)):
        if not ut or datum.start >= ut[-1].slut:
            ut.append(datum)
        elif datum.slut - datum.start > ut[-1].slut - ut[-1].start:
            ut[-1] = datum
    return ut


def manad(text):
    """ "2024-03" for "mars 2024", or None."""
    traff = _MANAD_AR.search(text[:500])
    return f"{traff.group(2)}-{_manad(traff.group(1)):02d}" if traff else None


def tid(text):
    """(from, to) as "09:00" of the first time in a text; None for what it does not say."""
    traff = _TID.search(text[:2000])
    if traff is None or not _klocka(*traff.group(1, 2)):
        traff = _TID_BARA.search(text[:2000])
    if traff is None:
        return None, None
    return _klocka(*traff.group(1, 2)), _klocka(*traff.group(3, 4))


def utan_tid(text):
    return _TID_BARA.sub(" ", _TID.sub(" ", text))


def _klocka(timme, minut):
    if timme is None or int(timme) > 24 or int(minut or 0) > 59:
        return None
    return f"{int(timme):02d}:{int(minut or 0):02d}"
