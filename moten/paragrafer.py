"""The numbers of a meeting's items, given when it closes (MA8).

A body that numbers by PUNKT gets 1..n in the order of the agenda, whatever came of the items. One that numbers by §
gets the next numbers of its calendar year for the items that were taken up: one that was postponed, referred or had
nothing to note was; one that nobody came to gets none. A number that is given stays, also when the meeting is reopened
and the item moved, and none is given twice (`Paragraf`).
"""

from moten.beslut_forms import PARAGRAF
from moten.models import Beslut, Organ, Paragraf, Punkt


def upptagna(mote):
    """{number: the decision that has it, or None} of the body's calendar year: given §, decisions written by hand and
    records that were read in. Three queries."""
    ar = mote.dag.year
    tagna = dict.fromkeys(Paragraf.objects.filter(organ=mote.organ_id, ar=ar).values_list("nummer", flat=True))
    inlasta = Punkt.objects.filter(mote__organ=mote.organ_id, mote__dag__year=ar).exclude(nummer_text="")
    for text in inlasta.values_list("nummer_text", flat=True):
        if traff := PARAGRAF.match(text.strip()):
            tagna.setdefault(int(traff[1]), None)
    for rad in Beslut.objects.filter(organ=mote.organ_id, datum__year=ar, fran_utfall=None).select_related("arende"):
        if traff := PARAGRAF.match(rad.paragraf.strip()):
            tagna.setdefault(int(traff[1]), rad)
    return tagna


def eget_nummer(rad):
    """The § of a decision on the item's case that was written by hand for this meeting, or None."""
    traff = rad.beslut and PARAGRAF.match(rad.beslut.paragraf.strip())
    return int(traff[1]) if traff else None


def nasta_nummer(rader, tagna):
    """The first § to propose: the next free one, or the one that gives a decision written by hand its own."""
    egna = {eget_nummer(rad) for rad in rader} - {None}
    nasta = max((nr for nr in tagna if nr not in egna), default=0) + 1
    far = [rad for rad in rader if rad.punkt.nummer is None and rad.forval != Punkt.Status.EJ_BEHANDLAD]
    for plats, rad in enumerate(far):
        if (eget := eget_nummer(rad)) is not None:
            return max(nasta, eget - plats)
    return nasta


def numrera(mote, rader, statusar, forsta):
    """{item: number} of those that have none and are to have one. `statusar` {item: its end}; `forsta` is the first §
    (of a body that numbers by PUNKT None)."""
    if mote.organ.numrering == Organ.Numrering.PARAGRAF:
        far = [rad.punkt.pk for rad in rader if rad.punkt.nummer is None]
        far = [pk for pk in far if statusar[pk] != Punkt.Status.EJ_BEHANDLAD]
        return {pk: forsta + plats for plats, pk in enumerate(far)}
    sist = max((rad.punkt.nummer or 0 for rad in rader), default=0)
    utan = [rad.punkt.pk for rad in rader if rad.punkt.nummer is None]
    return {pk: sist + plats for plats, pk in enumerate(utan, 1)}


def paragraf(mote, nummer):
    """How a decision of the meeting is cited: "§ 34"; of a body that begins anew each meeting "7, 12/3"."""
    if mote.organ.numrering == Organ.Numrering.PARAGRAF:
        return f"§ {nummer}"
    return f"{nummer}, {mote.dag.day}/{mote.dag.month}"
