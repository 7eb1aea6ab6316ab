"""What other apps read of the meetings: where a case was treated (MA7)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from moten import publicering
from moten.models import Mote, Punkt, Utfall

BEHANDLINGAR = 20


@dataclass(frozen=True)
class Behandling:
    """One treatment of a case in a meeting that the reader may read. `utfall` is what came of it, in words."""

    dag: date
    organ: str
    beteckning: str
    rubrik: str
    utfall: str
    url: str
    medskick: tuple[str, ...] = ()

    @property
    def plats(self):
        """ "§ 34" or "punkt 4"."""
        return self.beteckning if self.beteckning.startswith("§") else f"punkt {self.beteckning}"


def behandlad(arenden, user):
    """[Behandling] of the cases (primary keys or a query of them), the latest first, at most `BEHANDLINGAR`. Derived,
    never typed. Who reads a meeting only because it is published is told what was published. At most four queries."""
    punkter = (
        Punkt.objects.visible_to(user)
        .filter(arende__in=arenden, mote__lage__in=Mote.AVSLUTADE)
        .select_related("mote__organ").prefetch_related("utfall").order_by("-mote__dag", "ordning")
    )[:BEHANDLINGAR]  # fmt: skip
    utifran = publicering.punkter_utifran(punkter, user)
    return [_behandling(punkt, utifran.get(punkt.pk)) for punkt in punkter]


def _behandling(punkt, publicerad):
    """`publicerad` is the item as it was published, for who reads nothing else; else None."""
    if publicerad is None:
        rubrik = punkt.rubrik
        medskick = [rad.text for rad in punkt.utfall.all() if rad.typ == Utfall.Typ.MEDSKICK]
    else:
        rubrik = publicerad.get("rubrik", "")
        medskick = [rad["text"] for rad in publicerad.get("utfall", ()) if rad["typ"] == Utfall.Typ.MEDSKICK]
    return Behandling(
        punkt.mote.dag, str(punkt.mote.organ), punkt.beteckning, rubrik, _utfall(punkt),
        f"{reverse('moten:mote_detail', args=[punkt.mote_id])}#p{punkt.pk}", tuple(medskick),
    )  # fmt: skip


def _utfall(punkt):
    antal = defaultdict(int)
    for rad in punkt.utfall.all():
        if rad.arendeutfall:
            return rad.get_arendeutfall_display()
        antal[rad.get_typ_display().lower()] += 1
    if antal:
        return ", ".join(f"{nr} {namn}" for namn, nr in antal.items()).capitalize()
    return punkt.get_status_display()
