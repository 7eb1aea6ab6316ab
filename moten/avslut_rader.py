"""What the close of a meeting is about: its items, with the rounds, decisions and roads of their cases."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from moten import sammanfattning
from moten.models import Arende, Beslut, Grupp, Organ, Punkt, Utfall, Yttrande, Yttranderunda
from moten.runda_views import KAN_FRAGAS

Status = Punkt.Status
# Where a body may send a case, the usual way first, and the states in which it may.
VAGAR = {
    Organ.Slag.BEREDNING: (("till_au", "till_styrelse"), (Arende.Lage.INKOMMEN, Arende.Lage.BEREDNING)),
    Organ.Slag.AU: (("till_styrelse",), (Arende.Lage.AU,)),
}


@dataclass
class Rad:
    """An item and what its end touches. `grupper` are those that took a stand on the case; `runda` is the open round
    that their opinions go to (None: one is made); `annan` is an open round that this meeting does not fill."""

    punkt: Punkt
    utfall: list[Utfall]
    grupper: list[Grupp] = field(default_factory=list)
    runda: Yttranderunda | None = None
    yttranden: list[Yttrande] = field(default_factory=list)
    annan: Yttranderunda | None = None
    klar: bool = False  # the groups' opinions lie in a round that is closed
    beslut: Beslut | None = None  # written by hand: this case, body and day
    vagar: tuple[str, ...] = ()

    @property
    def arende(self):
        return self.punkt.arende

    @property
    def avgor(self):
        """Outcomes that decide the case and are not carried to it yet."""
        return [rad for rad in self.utfall if rad.arendeutfall and not rad.beslut_id]

    @property
    def rundas(self):
        """Is there a round to fill or to close?"""
        return bool(self.runda or self.grupper)

    @property
    def krockar(self):
        """[(who, what is given, what the group said)] where a group's position is another than the given opinion."""
        sagt = {namn(grupp): grupp for grupp in self.grupper if grupp.stallning}
        return [
            (rad.avlamnare, rad.get_stallning_display(), sagt[rad.grupp].get_stallning_display())
            for rad in self.yttranden
            if rad.stallning
            and rad.grupp in sagt
            and (rad.stallning, rad.text) != (sagt[rad.grupp].stallning, sagt[rad.grupp].text)
        ]

    @property
    def svar(self):
        """[(who, position, text)] as the round will hold them when nothing that is given is replaced."""
        sagt = {namn(grupp): (grupp.stallning, grupp.text) for grupp in self.grupper}
        rader = [
            (rad.avlamnare, *((rad.stallning, rad.text) if rad.stallning else sagt.get(rad.grupp, ("", ""))))
            for rad in self.yttranden
        ]
        finns = {rad.grupp for rad in self.yttranden}
        return rader + [(namn, *svar) for namn, svar in sagt.items() if namn not in finns]

    @property
    def forval(self):
        """How the item ended, as far as its record says; "" when somebody must choose."""
        if self.punkt.status:
            return self.punkt.status
        if self.punkt.hanvisad_till:
            return Status.HANVISAD
        sagt = self.punkt.text or self.utfall or any(grupp.text or grupp.stallning for grupp in self.grupper)
        runda = hasattr(self.punkt, "ordrunda") and list(self.punkt.ordrunda.svar.all())
        return Status.BEHANDLAD if sagt or runda or list(self.punkt.omrostningar.all()) else ""

    @property
    def utkast(self):
        """The summary that the round has, or a draft of one."""
        if self.runda and self.runda.sammanfattning:
            return self.runda.sammanfattning
        krets = sammanfattning.krets_for(self.yttranden) if self.yttranden else sammanfattning.GRUPPER
        return sammanfattning.utkast(self.svar, krets)

    @property
    def avtryck(self):
        """A print of everything that the page showed of the item: what is decided there must be decided about this."""
        delar = [(rad.pk, rad.version) for rad in (self.punkt, *self.utfall, *self.grupper, *self.yttranden)]
        rundor = [rad and rad.pk for rad in (self.runda, self.annan)]
        delar.append((self.arende.lage if self.arende else "", *rundor, self.beslut and self.beslut.pk))
        return "-".join(".".join(str(ett or 0) for ett in del_) for del_ in delar)


def namn(grupp):
    """What the group is called in a round."""
    return f"Grupp {grupp.nr}"


# ---- Reading


def las(mote, *, las_rader=False):
    """[Rad] of the meeting's items in order. Constant queries. `las_rader` locks what closing writes: the body (its
    numbers), the cases, their open rounds and the groups' papers, in that order; the caller holds the meeting."""
    if las_rader:
        _las_rader(mote)
    punkter = list(
        mote.punkter.select_related("arende", "grupparbete", "ordrunda").prefetch_related(
            "utfall__beslut", "omrostningar", "grupparbete__grupper", "ordrunda__svar"
        )
    )
    arenden = {punkt.arende_id for punkt in punkter if punkt.arende_id}
    rundor = defaultdict(list)
    for runda in (
        Yttranderunda.objects.filter(arende__in=arenden)
        .select_related("organ")
        .prefetch_related("yttranden__organ", "yttranden__part", "yttranden__ledamot")
    ):
        rundor[runda.arende_id].append(runda)
    beslut = {
        rad.arende_id: rad
        for rad in Beslut.objects.filter(arende__in=arenden, organ=mote.organ_id, datum=mote.dag, fran_utfall=None)
    }
    har_au = Organ.objects.filter(Q(upphorde=None) | Q(upphorde__gte=mote.dag), slag=Organ.Slag.AU).exists()
    rader = []
    for punkt in punkter:
        punkt.mote = mote
        rader.append(Rad(punkt, list(punkt.utfall.all()), beslut=beslut.get(punkt.arende_id)))
    for arende, egna in _per_arende(rader).items():
        _arendet(mote, egna, rundor[arende], har_au)
    return rader


def _las_rader(mote):
    # No key: meetings that are put in the calendar meanwhile point at the body.
    Organ.objects.select_for_update(no_key=True).get(pk=mote.organ_id)
    arenden = list(
        Arende.objects.select_for_update(of=("self",)).filter(punkter__mote=mote).order_by("pk").values_list("pk")
    )
    oppna = Yttranderunda.objects.filter(arende__punkter__mote=mote, lage=Yttranderunda.Lage.OPPEN)
    if arenden:
        list(oppna.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    list(
        Grupp.objects.select_for_update(of=("self",)).filter(arbete__punkt__mote=mote).order_by("pk").values_list("pk")
    )


def _per_arende(rader):
    egna = defaultdict(list)
    for rad in rader:
        if rad.arende:
            egna[rad.punkt.arende_id].append(rad)
    return egna


def _arendet(mote, egna, rundor, har_au):
    """What the case's rounds and the case's road ask: of one of its items each."""
    arende = egna[0].arende
    oppen = next((runda for runda in rundor if runda.lage == Yttranderunda.Lage.OPPEN), None)
    rad = next((rad for rad in egna if _staller(rad.punkt)), egna[-1])
    if oppen and oppen.organ_id == mote.organ_id:
        rad.runda, rad.yttranden = oppen, list(oppen.yttranden.all())
        for yttrande in rad.yttranden:
            yttrande.runda = oppen
    else:
        for annan in egna:
            annan.annan = oppen
    rad.klar = oppen is None and any(_fran_motet(mote, runda) for runda in rundor)
    if _staller(rad.punkt) and not rad.klar and (oppen or arende.lage in KAN_FRAGAS):
        rad.grupper = list(rad.punkt.grupparbete.grupper.all())
        if not any(grupp.stallning for grupp in rad.grupper):
            rad.grupper = []
    vagar, lagen = VAGAR.get(mote.organ.slag, ((), ()))
    if arende.lage in lagen and not any(rad.avgor or rad.beslut for rad in egna):
        egna[-1].vagar = tuple(vag for vag in vagar if har_au or vag != "till_au")


def _staller(punkt):
    return hasattr(punkt, "grupparbete") and punkt.grupparbete.staller


def _fran_motet(mote, runda):
    """A closed round that holds what groups said at this meeting: it is not asked again."""
    return runda.organ_id == mote.organ_id and any(
        rad.grupp and rad.kalla == Yttrande.Kalla.MOTE and rad.inkom == mote.dag for rad in runda.yttranden.all()
    )
