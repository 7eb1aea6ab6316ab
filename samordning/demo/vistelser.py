"""Invented stays: the fixed ones of 2023, plausible ones from 2019 on, and some that began lately.

Everything follows from fixed seeds, and a stay is invented whole, with its exit, whether or not that day has come. So
the figures of a past period are the same whatever today is; what lies ahead of today is cut off when it is written.
"""

import datetime
from dataclasses import dataclass
from random import Random

from samordning.demo.ar2023 import AR_2023
from samordning.demo.insatser_individ import INDIVID

FRO = 2019
FORSTA_AR = 2019
KON = ("K",) * 32 + ("M",) * 17 + ("O",)
# exit code -> how common, change in health, hours at the exit, income at the exit (None: as at the start)
AVSLUT = {
    "arbete": (13, (1, 4), (20, 40), ("LON",)),
    "studier": (12, (0, 4), (15, 32), ("STUD",)),
    "jobbsok": (13, (0, 3), (15, 30), ("AF", "AKASSA")),
    "vidare_insats": (25, (0, 3), (8, 20), None),
    "fullfoljd": (16, (-1, 2), (4, 14), None),
    "forsamrad_halsa": (8, (-3, 0), (0, 4), None),
    "avbrott_eget": (8, (-1, 1), (2, 8), None),
    "avbrott_insats": (3, (-1, 1), (2, 8), None),
    "flyttat": (2, (-1, 2), (4, 10), None),
    "avliden": (1, (0, 0), (0, 0), None),
    "": (2, (-1, 2), (4, 14), None),  # staff forgot it
    "felregistrering": (1, (0, 0), (0, 0), None),
}
VIKTER = [vikt for vikt, *_ in AVSLUT.values()]
FORSORJNING = {
    "FK": ("FK", "FK", "FK_SAMLAD", "AKTERS"),
    "AF": ("AF", "AF", "AKASSA", "ETABL"),
    "KOMMUN": ("FORS", "FORS", "FORS", "INGEN"),
    "VARD": ("FK", "FK", "FORS", "SJUKERS"),
    "": ("INGEN", "ANNAN", "FORALDR"),
}
REMITTENTER = ("VARD",) * 6 + ("KOMMUN",) * 6 + ("AF",) * 5 + ("FK",) * 4 + ("",)
BEMOTANDE = (5, 6, 7, 7, 8, 8, 8, 8, 9, 9, 9, 10, 10)
# Days ago that somebody began in every individual insats, so that the demo is never without beginners.
NYLIGEN = (3, 11, 24, 52, 80)
# Nobody is invented into these during the year whose figures are given.
BUNDNA = {slug: 2023 for slug in AR_2023}
# Without an agreement there are no stays: (first day, last day).
UPPEHALL = {
    "rorsas-lantliv": (datetime.date(2020, 1, 1), datetime.date(2023, 12, 31)),
    "mofalla-lantgard": (datetime.date(2019, 1, 1), datetime.date(2023, 12, 31)),
}


@dataclass(eq=False)
class Person:
    kon: str
    fodelsear: int
    kommun: str
    skyddad: bool = False
    nr: int | None = None  # None: no lookup
    tolv: str = ""  # the personnummer, of those who have one
    ledig: datetime.date = datetime.date.min  # the exit of the latest stay


@dataclass(eq=False)
class Vistelse:
    """One stay with both halves of everything; None and "" are not collected."""

    person: Person
    slug: str
    start: datetime.date
    slut: datetime.date
    orsak: str
    remittent: str
    halsa: tuple[int | None, int | None]
    bemotande: int | None
    timmar: tuple[int | None, int | None]
    forsorjning: tuple[str, str]
    skattad: tuple[datetime.date, datetime.date]  # the days of the two self-assessments
    nyss: bool = False  # began lately, whatever day it is
    identitet: dict | None = None  # what staff know the person by: the fields of Deltagande


@dataclass(frozen=True)
class Profil:
    """What steers the stays of one insats."""

    slug: str
    takt: int
    alder: tuple[int, int]
    kommuner: tuple[str, ...]
    veckor: tuple[int, int]


def profiler(slugar):
    """{slug: Profil}, in the order of INDIVID; `slugar` are theirs."""
    return {
        slug: Profil(slug, blad["takt"], blad["alder"], blad["kommuner"], _veckor(blad["falt"]))
        for slug, blad in zip(slugar, INDIVID, strict=True)
    }


def _veckor(falt):
    langst = falt.get("max_veckor") or 30
    return falt.get("min_veckor") or langst // 3, langst


def historik(profiler, idag):
    """Every stay of the demo that has begun by `idag`."""
    personer = []
    rader = list(_fasta(personer))
    slump = Random(FRO)
    for ar in range(FORSTA_AR, idag.year + 1):
        for profil in profiler.values():
            # One generator per insats and year: one year's stays do not move when another's change.
            rader += _ett_ar(profil, ar, Random(f"{FRO} {profil.slug} {ar}"), personer)
    for profil in profiler.values():
        for dagar in NYLIGEN:
            start = idag - datetime.timedelta(dagar)
            if BUNDNA.get(profil.slug) != start.year:
                person = _ny_person(profil, start.year, slump, personer)
                rader.append(_hitta_pa(profil, person, start, slump, minst=16))
                rader[-1].nyss = True
    return [rad for rad in rader if rad.start <= idag]


def _fasta(personer):
    for slug, text in AR_2023.items():
        for rad in text.strip().splitlines():
            kon, fodd, start, slut, orsak, halsa, bemotande, timmar, fors1, fors2, kommun, remittent = rad.split()
            person = Person(kon, int(fodd), kommun, nr=len(personer))
            personer.append(person)
            start, person.ledig = map(datetime.date.fromisoformat, (start, slut))
            yield Vistelse(
                person, slug, start, person.ledig, orsak, remittent, tuple(map(_varde, halsa.split("/"))),
                _varde(bemotande), tuple(map(_varde, timmar.split("/"))), (fors1, fors2), (start, person.ledig),
            )  # fmt: skip


def _varde(text):
    return None if text == "-" else int(text)


def _ny_person(profil, ar, slump, personer):
    person = Person(
        slump.choice(KON), ar - slump.randint(*profil.alder), slump.choice(profil.kommuner),
        skyddad=slump.random() < 0.008, nr=len(personer),
    )  # fmt: skip
    personer.append(person)
    return person


def _ett_ar(profil, ar, slump, personer):
    for _ in range(profil.takt + slump.randint(-2, 2)):
        start = datetime.date(ar, 1, 7) + datetime.timedelta(slump.randrange(345))
        start -= datetime.timedelta(start.weekday())
        fran, till = UPPEHALL.get(profil.slug, (datetime.date.max, datetime.date.min))
        if fran <= start <= till:
            continue
        # One in seven has been here, or in another insats, before.
        person = slump.choice(personer) if slump.random() < 0.14 else None
        if person is None or person.ledig >= start or not _ratt_alder(profil, person, ar):
            person = _ny_person(profil, ar, slump, personer)
        rad = _hitta_pa(profil, person, start, slump)
        if start < fran <= rad.slut:  # the agreement ends, and so does the stay
            rad.slut = fran - datetime.timedelta(1)
            rad.skattad = (rad.skattad[0], rad.slut)
        person.ledig = max(person.ledig, rad.slut)
        yield rad


def _ratt_alder(profil, person, ar):
    return profil.alder[0] <= ar - person.fodelsear <= profil.alder[1]


def _hitta_pa(profil, person, start, slump, minst=0):
    """A stay of at least `minst` weeks; the numbers hang together: who gets work feels better and does more."""
    orsak = slump.choices(list(AVSLUT), VIKTER)[0]
    _, andring, timmar, forsorjning = AVSLUT[orsak]
    kortast, langst = profil.veckor
    veckor = max(minst, slump.randint(kortast, langst + langst // 4))
    slut = start + datetime.timedelta(7 * veckor - slump.choice((3, 3, 3, 4, 5)))
    remittent = slump.choice(REMITTENTER)
    halsa = slump.choice((2, 3, 3, 4, 4, 5, 6))
    efter = min(10, max(1, halsa + slump.randint(*andring)))
    fors = slump.choice(FORSORJNING[remittent])
    fors_efter = slump.choice(forsorjning) if forsorjning else fors
    sent = 45 if slump.random() < 0.04 else slump.choice((0, 0, 0, 1, 4))
    return Vistelse(
        person, profil.slug, start, slut, orsak, remittent,
        (_svar(halsa, slump, 0.02, 0.04), _svar(efter, slump, 0.03, 0.09)),
        _svar(slump.choice(BEMOTANDE), slump, 0.02, 0.09),
        (_svar(slump.choice((0, 0, 2, 4, 6, 8)), slump, 0, 0.04), _svar(slump.randint(*timmar), slump, 0, 0.06)),
        (_kod(fors, slump), _kod(fors_efter, slump)),
        (start + datetime.timedelta(slump.choice((0, 0, 1, 3, 7))), slut + datetime.timedelta(sent)),
    )  # fmt: skip


def _svar(varde, slump, vill_inte, saknas):
    """`varde`, 0 for "vill ej svara", or None; the shares of the last two."""
    utfall = slump.random()
    if utfall < saknas:
        return None
    return 0 if utfall < saknas + vill_inte else varde


def _kod(kod, slump):
    utfall = slump.random()
    return "" if utfall < 0.04 else "VES" if utfall < 0.06 else kod


def fler(profiler, antal, idag):
    """Exactly `antal` stays for load, one at a time, of persons without number; none where figures are given."""
    slump = Random(f"{FRO} fler")
    urval = [profil for profil in profiler.values() if profil.slug not in BUNDNA]
    forsta = datetime.date(FORSTA_AR, 1, 1)
    dagar = (idag - forsta).days + 1
    profil = person = None
    for _ in range(antal):
        # One in five comes once more, to another insats, so that nothing can overlap.
        igen = person is not None and slump.random() < 0.2
        profil = slump.choice([p for p in urval if p is not profil] if igen else urval)
        start = forsta + datetime.timedelta(slump.randrange(dagar))
        if not igen:
            person = Person(slump.choice(KON), start.year - slump.randint(*profil.alder), slump.choice(profil.kommuner))
        yield _hitta_pa(profil, person, start, slump)
        if igen:
            person = None
