"""What came of group work, dots and the evaluation, ready to show. Nothing here says who answered what.

The results of a vote and of an evaluation exist when they are closed: a difference between two looks at an open one
would tell what the last device answered.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Sum

from moten.models import Alternativ, Grupparbete, Omrostning, Ordrunda, Utvardering
from moten.models.rum import OppenStangd


@dataclass(frozen=True)
class Gruppsvar:
    """What one group said. `stallning` is a value of `Yttrande.Stallning` or empty; `stallning_text` its words."""

    nr: int
    deltagare: tuple[str, ...]
    stallning: str
    stallning_text: str
    text: str


@dataclass(frozen=True)
class Gruppresultat:
    fragor: str
    staller: bool
    grupper: tuple[Gruppsvar, ...]


@dataclass(frozen=True)
class Alternativrad:
    """An option with its dots. `hopslagna` are the parts [(text, dots)] of a merged one, itself first; else empty."""

    text: str
    antal: int
    hopslagna: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Rostresultat:
    """A closed vote, most dots first. `roster` is the number of devices that voted."""

    fraga: str
    prickar: int
    roster: int
    rader: tuple[Alternativrad, ...]
    hogst: int


@dataclass(frozen=True)
class Fragesvar:
    """One question: `n` answers to it; `snitt` (1-5, one decimal) of stars; `ja` of yes or no; words and texts."""

    text: str
    slag: str
    n: int
    snitt: float | None = None
    ja: int | None = None
    ord: tuple[tuple[str, int], ...] = ()
    texter: tuple[str, ...] = ()


def grupper(mote):
    """{item: Gruppresultat} of the items that groups talked over. Four queries."""
    arbeten = Grupparbete.objects.filter(punkt__mote=mote).prefetch_related("grupper__deltagare__kontakt")
    return {
        arbete.punkt_id: Gruppresultat(
            arbete.fragor,
            arbete.staller,
            tuple(
                Gruppsvar(
                    grupp.nr,
                    tuple(sorted(rad.kontakt.namn for rad in grupp.deltagare.all())),
                    grupp.stallning,
                    grupp.get_stallning_display(),
                    grupp.text,
                )
                for grupp in arbete.grupper.all()
            ),
        )
        for arbete in arbeten
    }


def omrostningar(mote):
    """{item: (Rostresultat, ...)} of the closed votes, in the order in which they were made. Two queries."""
    med_prickar = Alternativ.objects.annotate(prickantal=Sum("prickar__antal"))
    rader = (
        Omrostning.objects.filter(punkt__mote=mote, lage=OppenStangd.STANGD)
        .annotate(roster=Count("valsedlar"))
        .prefetch_related(Prefetch("alternativ", med_prickar))
        .order_by("pk")
    )
    resultat = defaultdict(tuple)
    for rad in rader:
        resultat[rad.punkt_id] += (_rostat(rad, list(rad.alternativ.all())),)
    return resultat


def rundor(mote):
    """{item: Ordrunda} of the questions that somebody has answered, with their answers. Two queries."""
    rader = Ordrunda.objects.filter(punkt__mote=mote).prefetch_related("svar")
    return {rad.punkt_id: rad for rad in rader if rad.svar.all()}


def staplar(omrostning):
    """The Rostresultat of one vote as it stands. Only for a closed one, and for one whose dots everybody may follow.
    Two queries."""
    omrostning.roster = omrostning.valsedlar.count()
    return _rostat(omrostning, list(omrostning.alternativ.annotate(prickantal=Sum("prickar__antal"))))


def _rostat(omrostning, alternativ):
    antal = {val.pk: val.prickantal or 0 for val in alternativ}
    finns = {val.pk: val for val in alternativ}
    delar = {}
    for val in alternativ:
        delar.setdefault(_hemvist(val, finns), []).append(val)
    rader = []
    for huvud, dess in delar.items():
        dess.sort(key=lambda val: (val.pk != huvud, val.ordning, val.pk))
        hopslagna = tuple((val.text, antal[val.pk]) for val in dess) if len(dess) > 1 else ()
        rader.append(Alternativrad(" + ".join(val.text for val in dess), sum(antal[val.pk] for val in dess), hopslagna))
    rader.sort(key=lambda rad: -rad.antal)  # stable: equals keep their order
    return Rostresultat(
        omrostning.fraga, omrostning.prickar, omrostning.roster, tuple(rader), max((r.antal for r in rader), default=0)
    )


def _hemvist(val, finns):
    """The option that this one was merged into, however many steps away."""
    sedda = set()
    while val.sammanslaget_med_id in finns and val.pk not in sedda:
        sedda.add(val.pk)
        val = finns[val.sammanslaget_med_id]
    return val.pk


def utvardering(mote):
    """(Fragesvar, ...) of a closed evaluation, only the questions that enough have answered. Three queries."""
    return utvardering_och_antal(mote)[0]


def utvardering_och_antal(mote):
    """(as `utvardering`, how many have answered). Three queries."""
    rad = (
        Utvardering.objects.filter(mote=mote, lage=OppenStangd.STANGD)
        .annotate(svar_antal=Count("svarare")).prefetch_related("fragor__svar").first()
    )  # fmt: skip
    if rad is None:
        return (), 0
    alla = ((fraga, sorted(fraga.svar.all(), key=lambda svar: svar.pk)) for fraga in rad.fragor.all())
    return tuple(_besvarad(fraga, svar) for fraga, svar in alla if len(svar) >= Utvardering.MINST), rad.svar_antal


def _besvarad(fraga, svar):
    varden = [rad.varde for rad in svar if rad.varde is not None]
    texter = tuple(rad.text for rad in svar if rad.text)
    if fraga.slag == fraga.Slag.STJARNOR:
        return Fragesvar(fraga.text, fraga.slag, len(svar), snitt=_en_decimal(varden))
    if fraga.slag == fraga.Slag.JA_NEJ:
        return Fragesvar(fraga.text, fraga.slag, len(svar), ja=sum(varden))
    if fraga.slag == fraga.Slag.ETT_ORD:
        antal = Counter(text.strip().lower() for text in texter)
        return Fragesvar(fraga.text, fraga.slag, len(svar), ord=tuple(antal.most_common()))
    return Fragesvar(fraga.text, fraga.slag, len(svar), texter=texter)


def _en_decimal(varden):
    """The mean with halves rounded up, as the sources print it."""
    return (20 * sum(varden) + len(varden)) // (2 * len(varden)) / 10 if varden else None
