"""What a summons says: the agenda and its files, and what they were in the moment when it was sent.

Its mails and its packet are made by a job somewhat later, and hold what was sent: an agenda that is changed meanwhile
belongs to the next summons, which says what is new.
A file that has been withdrawn since is left out: it was wrong.
"""

import copy
from dataclasses import asdict, dataclass
from datetime import date, time

from moten.models import Handling, Underlag
from moten.protokoll import uppraknat
from samordning.karna.models import Fil

FAKTA = ("rubrik", "plats", "lank", "sekvens")
TIDER = {"dag": date, "sista_dag": date, "svara_senast": date, "fran": time, "till": time}


@dataclass(frozen=True)
class Bilaga:
    """A file of the agenda: of the whole meeting (`punkt` None), of an item, or a paper of an item's case."""

    nyckel: str
    rubrik: str
    punkt: int | None
    arende: int | None
    fil: Fil


@dataclass(frozen=True)
class Sagd:
    """An item as it was sent. `parter` are the parties of its case in words."""

    pk: int
    rubrik: str
    underlag: str
    varfor: str
    minuter: int | None
    foredragande: str
    arende_id: int | None
    diarienummer: str
    parter: str


def punkter(mote):
    """The agenda in order. Two queries."""
    return list(
        mote.punkter.select_related("arende", "foredragande", "part").prefetch_related("arende__parter")
    )  # fmt: skip


def bilagor(mote, agenda):
    """[Bilaga] of the agenda, in the order of its items; those of the whole meeting first. Papers of a case are those
    that everybody who sees the case may read. Two queries."""
    plats = {punkt.pk: nr for nr, punkt in enumerate(agenda, 1)}
    arenden = {}
    for punkt in agenda:
        if punkt.arende_id:
            arenden.setdefault(punkt.arende_id, punkt)
    rader = [
        Bilaga(f"u{rad.pk}", rad.rubrik, rad.punkt_id, None, rad.fil)
        for rad in Underlag.objects.filter(mote=mote, utgatt=None, fil__lage=Fil.Lage.REN).select_related("fil")
    ]
    rader += [
        Bilaga(f"h{rad.pk}", rad.rubrik, arenden[rad.arende_id].pk, rad.arende_id, rad.fil)
        for rad in Handling.objects.filter(
            arende__in=arenden, krets=Handling.Krets.ALLA, makulerad="", fil__lage=Fil.Lage.REN
        ).select_related("fil").order_by("datum", "pk")
    ]  # fmt: skip
    return sorted(rader, key=lambda rad: plats.get(rad.punkt, 0))


def frys(mote, agenda, filer):
    """The meeting, its agenda (`punkter`) and its files (`bilagor`) as JSON."""
    tider = {falt: getattr(mote, falt) for falt in TIDER}
    return {
        "mote": {falt: getattr(mote, falt) for falt in FAKTA}
        | {falt: varde and varde.isoformat() for falt, varde in tider.items()},
        "punkter": [asdict(_sagd(punkt)) for punkt in agenda],
        "filer": [[rad.nyckel, rad.rubrik, rad.punkt, rad.arende] for rad in filer],
    }


def _sagd(punkt):
    arende = punkt.arende
    return Sagd(
        punkt.pk, punkt.rubrik, punkt.underlag, punkt.varfor, punkt.minuter,
        punkt.foredragande.namn if punkt.foredragande else "", punkt.arende_id,
        arende.diarienummer if arende else "",
        uppraknat([part.namn for part in arende.parter.all()]) if arende else "",
    )  # fmt: skip


def las(rad):
    """(Mote, [Sagd], [Bilaga]) of a Kallelse. The meeting is a copy, not to be saved. Summonses from before this was
    kept are read as the meeting is now. At most four queries."""
    mote = copy.copy(rad.mote)
    sagt = rad.innehall.get("sagt")
    if sagt is None:
        agenda = punkter(mote)
        return mote, [_sagd(punkt) for punkt in agenda], bilagor(mote, agenda)
    for falt in FAKTA:
        setattr(mote, falt, sagt["mote"][falt])
    for falt, typ in TIDER.items():
        varde = sagt["mote"][falt]
        setattr(mote, falt, varde and typ.fromisoformat(varde))
    return mote, [Sagd(**punkt) for punkt in sagt["punkter"]], _filer(sagt["filer"])


def _filer(rader):
    """Those that still hold. Two queries."""
    nycklar = {slag: [int(rad[0][1:]) for rad in rader if rad[0][0] == slag] for slag in "uh"}
    fil = {"fil__lage": Fil.Lage.REN}
    giltiga = {
        "u": Underlag.objects.filter(utgatt=None, **fil),
        "h": Handling.objects.filter(krets=Handling.Krets.ALLA, makulerad="", **fil),
    }
    finns = {
        f"{slag}{ett.pk}": ett.fil
        for slag, alla in giltiga.items()
        for ett in alla.filter(pk__in=nycklar[slag]).select_related("fil")
    }
    return [
        Bilaga(nyckel, rubrik, punkt, arende, finns[nyckel])
        for nyckel, rubrik, punkt, arende in rader
        if nyckel in finns
    ]
