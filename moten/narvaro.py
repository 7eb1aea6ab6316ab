"""Who is to be at a meeting and who came: filled from the seats, counted, and compared with the cases (MA2, MA23)."""

from moten.jav import toppar
from moten.models import Ledamotskap, Narvaro
from samordning.karna.models import Handelse

Status = Narvaro.Status


def fyll(mote, *, av):
    """Put whoever has a seat on the meeting's day in its list, members and deputies alike; who is there stays.

    Returns the rows that were added. Three queries.
    """
    rader = Narvaro.objects.bulk_create(saknas(mote))
    if rader:
        Handelse.logga(mote, "narvaro_fylld", av=av, data={"antal": len(rader)})
    return rader


def saknas(mote):
    """[Narvaro], not saved, of those who have a seat on the meeting's day and are not in its list. Two queries."""
    finns = set(mote.narvaro.values_list("kontakt", flat=True))
    rader = []
    for plats in mote.organ.ledamotskap.pagaende(mote.dag).i_ordning().select_related("kontakt", "part"):
        if plats.kontakt_id not in finns:
            finns.add(plats.kontakt_id)
            rader.append(Narvaro(mote=mote, kontakt=plats.kontakt, part=plats.part, roll=_roll(plats)))
    return rader


def _roll(plats):
    if plats.ersattare:
        return Narvaro.Roll.ERSATTARE
    if plats.uppdrag == Ledamotskap.Uppdrag.ADJUNGERAD:
        return Narvaro.Roll.ADJUNGERAD
    return Narvaro.Roll.LEDAMOT


def antal_har(mote):
    """How many are ticked off as here. One query."""
    return mote.narvaro.filter(status=Status.NARVARANDE).count()


def saknade_parter(mote, punkter, aven=()):
    """{punkt: [part]}: the parties of each item's case that nobody present (before the meeting: nobody coming) sits
    for (MA23). A party is represented by its units and its parent. Items without a case are left out. Two queries
    when the cases' parties are prefetched. `aven`: rows that are not saved yet and count too."""
    rader = mote.narvaro.exclude(part=None)
    if mote.lage in mote.FORE:
        rader = rader.exclude(svar=Narvaro.Svar.NEJ).exclude(roll=Narvaro.Roll.ERSATTARE, kallad=None)
    else:
        rader = rader.filter(status=Status.NARVARANDE)
    topp = toppar()
    har = {
        topp[part] for part in (*rader.values_list("part", flat=True), *(rad.part_id for rad in aven if rad.part_id))
    }
    saknas = {}
    for punkt in punkter:
        borta = [part for part in punkt.arende.parter.all() if topp[part.pk] not in har] if punkt.arende else []
        if borta:
            saknas[punkt] = borta
    return saknas
