"""The agenda: what a body is to take up, and why (MA4, MA9, MA24).

Five sources: what it always takes up, what an earlier meeting did not finish, cases that are ready for it, wishes, and
what is added by hand. `forslag` says what is missing on an agenda; `bygg` puts it there.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from moten import medskick, narvaro, uppfoljning
from moten.models import Arende, Fastpunkt, Forslag, Ledamotskap, Mote, Organ, Punkt, Samtalsfraga, Yttranderunda
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning

OPPNA = (*Mote.FORE, Mote.Lage.PAGAR)
ARENDELAGE = {
    Organ.Slag.BEREDNING: Arende.Lage.BEREDNING,
    Organ.Slag.AU: Arende.Lage.AU,
    Organ.Slag.STYRELSE: Arende.Lage.STYRELSE,
}
SLUT = (Arende.Lage.BEVILJAD, *Arende.SLUTLAGEN)
FRAGESLAG = {Fastpunkt.Slag.INCHECKNING: "incheckning", Fastpunkt.Slag.LAGET_RUNT: "laget_runt"}
INTE_SAMMA_FRAGA = timedelta(days=365)
# Items that end a meeting: without a place for the cases these come after them.
SIST = (Fastpunkt.Slag.UTVARDERING, Fastpunkt.Slag.LAGET_RUNT, Fastpunkt.Slag.NASTA_MOTE)
VANLIGA = {
    Organ.Slag.BEREDNING: (
        ("incheckning", "Incheckning"), ("narvaro", "Närvaro"), ("foregaende", "Föregående minnesanteckningar"),
        ("uppfoljning", "Uppföljning av åtgärder"), ("rapport", "Rapport från styrelsen"), ("arenden", "Ärenden"),
        ("goda_exempel", "Gott exempel"), ("laget_runt", "Laget runt"), ("nasta_mote", "Nästa möte"),
        ("utvardering", "Utvärdering av mötet"),
    ),
    Organ.Slag.STYRELSE: (
        ("narvaro", "Närvaro, sekreterare och justerare"), ("vanlig", "Fastställande av dagordningen"),
        ("foregaende", "Föregående protokoll"), ("uppfoljning", "Uppföljning av beslut"), ("arenden", "Ärenden"),
        ("vanlig", "Ekonomisk rapport"), ("vanlig", "Övriga frågor"), ("nasta_mote", "Nästa möte"),
    ),
}  # fmt: skip
VANLIGA[Organ.Slag.AU] = VANLIGA[Organ.Slag.STYRELSE]
VANLIGA_ANNARS = (
    ("narvaro", "Närvaro"), ("foregaende", "Föregående möte"), ("uppfoljning", "Uppföljning av åtgärder"),
    ("arenden", "Ärenden"), ("vanlig", "Övriga frågor"), ("nasta_mote", "Nästa möte"),
)  # fmt: skip


@dataclass(frozen=True)
class Rad:
    """Something to take up that is not on the agenda. `nyckel` names it in a form; `plats` is where among the body's
    fixed items it belongs; `punkt` is the item, not saved."""

    nyckel: str
    plats: int
    punkt: Punkt
    onskan: Forslag | None = None


def krav_oppen(mote):
    """OtillatenOvergang unless the agenda may still be changed: until the meeting is closed."""
    if mote.lage not in OPPNA:
        raise OtillatenOvergang(
            f"Mötet är {mote.get_lage_display().lower()}, så dagordningen ändras inte. Inget ändrades."
        )


def forslag(mote):
    """[Rad] of what the meeting should take up and does not, in the order of the agenda. Constant queries."""
    fasta = list(mote.organ.fasta_punkter.all())
    punkter = list(mote.punkter.all())
    oppna = _ofardiga(mote)
    har = {_marke(punkt) for punkt in punkter}
    buret = {punkt.fortsattning_pa_id for punkt in punkter}
    rader, fortsatta = [], set(buret)
    for plats, fast in enumerate(fasta):
        tidigare = next((rad for rad in oppna if _marke(rad) == _marke(fast)), None)
        if tidigare:
            fortsatta.add(tidigare.pk)
        if fast.slag != Fastpunkt.Slag.ARENDEN and _marke(fast) not in har:
            rader.append(Rad(f"fast-{fast.pk}", plats, _fast(mote, fast, tidigare)))
    mitten = arendeplats(fasta)
    for rad in oppna:
        if rad.pk not in fortsatta and (rad.slag == Fastpunkt.Slag.VANLIG or not fasta):
            rader.append(Rad(f"buren-{rad.pk}", mitten, _buren(mote, rad)))
    finns = {punkt.arende_id for punkt in punkter} | {rad.punkt.arende_id for rad in rader}
    nya = [arende for arende in _arenden(mote) if arende.pk not in finns]
    skickat_med = medskick.texter([arende.pk for arende in nya], mote.organ)
    for arende in nya:
        rader.append(Rad(f"arende-{arende.pk}", mitten, _arende(mote, arende, skickat_med.get(arende.pk, ""))))
    onskade = set(Forslag.objects.filter(punkt__in=punkter).values_list("pk", flat=True))
    for onskan in Forslag.objects.att_ta_upp(mote.organ, mote.dag):
        if onskan.pk not in onskade:
            rader.append(Rad(f"forslag-{onskan.pk}", mitten, _onskad(mote, onskan), onskan))
    return sorted(rader, key=lambda rad: rad.plats)


@transaction.atomic
def bygg(mote, av, nycklar=None):
    """Put what is proposed on the agenda: all, or those whose `nyckel` is given. The items that were added; what is
    there already keeps its order. Asked twice it adds nothing. OtillatenOvergang when the meeting is closed."""
    mote = Mote.objects.select_for_update(of=("self",)).select_related("organ").get(pk=mote.pk)
    krav_oppen(mote)
    narvaro.fyll(mote, av=av)
    fasta = list(mote.organ.fasta_punkter.all())
    lista = list(mote.punkter.all())
    nya = [rad for rad in forslag(mote) if nycklar is None or rad.nyckel in nycklar]
    for rad in nya:
        lista.insert(_index(lista, fasta, rad.plats), rad.punkt)
    for nr, punkt in enumerate(lista, 1):
        punkt.ordning = nr
        if punkt.pk is None:
            punkt.save()
    Punkt.objects.bulk_update(lista, ["ordning"])
    for rad in nya:
        if rad.onskan:
            rad.onskan.punkt = rad.punkt
            rad.onskan.save(update_fields=["punkt"])
    if nya:
        Handelse.logga(mote, "dagordning_byggd", av=av, data={"antal": len(nya)})
    return [rad.punkt for rad in nya]


@transaction.atomic
def lagg_till(punkt):
    """Save a new item where the cases are: before the items that end the meeting."""
    mote = Mote.objects.select_for_update(of=("self",)).select_related("organ").get(pk=punkt.mote_id)
    krav_oppen(mote)
    fasta, lista = list(mote.organ.fasta_punkter.all()), list(mote.punkter.all())
    lista.insert(_index(lista, fasta, arendeplats(fasta)), punkt)
    punkt.save()
    numrera_om(lista)
    return punkt


def flytta(rader, rad, steg):
    """Move one of a meeting's items, or of a body's fixed ones, up (-1) or down (1) among `rader`. False when it is
    first or last already. The caller holds the lock of the meeting or the body."""
    lista = list(rader)
    plats = lista.index(rad)
    if not 0 <= plats + steg < len(lista):
        return False
    lista.insert(plats + steg, lista.pop(plats))
    numrera_om(lista)
    return True


def numrera_om(lista):
    """The rows' places as 1, 2, 3 in the order given: items of a meeting, or fixed items of a body."""
    for nr, rad in enumerate(lista, 1):
        rad.ordning = nr
    if lista:
        type(lista[0]).objects.bulk_update(lista, ["ordning"])


def nasta(mote):
    """The body's next meeting whose agenda may be changed, or None."""
    senare = mote.organ.moten.filter(dag__gt=mote.dag, lage__in=Mote.FORE)
    return senare.select_related("organ").order_by("dag").first()


def vanliga(organ):
    """Fixed items that suit the kind of body, saved. For a body that has none."""
    return Fastpunkt.objects.bulk_create(
        Fastpunkt(organ=organ, ordning=nr, slag=slag, rubrik=rubrik)
        for nr, (slag, rubrik) in enumerate(VANLIGA.get(organ.slag, VANLIGA_ANNARS), 1)
    )


def part_i_tur(organ, dag):
    """The party whose turn it is to bring a good example: of those that sit in the body, the one that has waited the
    longest; who never has comes first, by name. None when nobody sits (MA24)."""
    parter = {}
    for plats in Ledamotskap.objects.filter(organ=organ, ersattare=False).pagaende(dag).select_related("part").order_by(
        SvenskOrdning("part__namn")
    ):  # fmt: skip
        parter.setdefault(plats.part_id, plats.part)
    senast = dict(
        Punkt.objects.filter(mote__organ=organ, mote__dag__lt=dag, slag=Fastpunkt.Slag.GODA_EXEMPEL, part__in=parter)
        .exclude(mote__lage=Mote.Lage.INSTALLT)
        .values_list("part")
        .annotate(dag=Max("mote__dag"))
    )
    turen = sorted(parter, key=lambda pk: (pk in senast, senast.get(pk, dag)))  # stable: by name among equals
    return parter[turen[0]] if turen else None


def fraga(organ, slag, dag):
    """A question of the bank that the body has not had in a year, or "" (MA24)."""
    stallda = Punkt.objects.filter(
        mote__organ=organ, mote__dag__gt=dag - INTE_SAMMA_FRAGA, mote__dag__lte=dag, underlag__contains=OuterRef("text")
    )
    rad = Samtalsfraga.objects.filter(~Exists(stallda), slag=FRAGESLAG[slag], anvands=True).order_by("pk").first()
    return rad.text if rad else ""


def _marke(rad):
    """What makes two items the same fixed one: its kind, for an ordinary one its heading."""
    return rad.rubrik.casefold() if rad.slag == Fastpunkt.Slag.VANLIG else rad.slag


def arendeplats(fasta):
    """Where among the fixed items the cases come."""
    for plats, fast in enumerate(fasta):
        if fast.slag == Fastpunkt.Slag.ARENDEN:
            return plats
    forsta_av_sist = next((plats for plats, fast in enumerate(fasta) if fast.slag in SIST), len(fasta))
    return forsta_av_sist - 1


def _index(lista, fasta, plats):
    """After the last item that belongs there or before: an item that is no fixed one belongs with the cases."""
    platser = {_marke(fast): nr for nr, fast in enumerate(fasta)}
    mitten = arendeplats(fasta)
    for nr in range(len(lista), 0, -1):
        if platser.get(_marke(lista[nr - 1]), mitten) <= plats:
            return nr
    return 0


def _ofardiga(mote):
    """Items of the body's earlier meetings that nobody went on with, and what was added by hand to one that was
    cancelled. Cases that are decided since are left out."""
    egna = Punkt.objects.filter(mote__organ=mote.organ, mote__dag__lt=mote.dag)
    installda = Q(mote__lage=Mote.Lage.INSTALLT, kalla=Punkt.Kalla.HAND, vidare=None, avford="")
    nycklar = [
        *egna.att_fora_vidare().values_list("pk", flat=True),
        *egna.filter(installda).values_list("pk", flat=True),
    ]
    return list(
        egna.filter(pk__in=nycklar).exclude(arende__lage__in=SLUT).select_related("mote", "arende")
        .order_by("mote__dag", "ordning", "pk")
    )  # fmt: skip


def _arenden(mote):
    """Cases that have come to the body: not those that another of its meetings will take up, nor those that another
    preparation group is asked about."""
    if not (lage := ARENDELAGE.get(mote.organ.slag)):
        return []
    pa_vag = Punkt.objects.filter(arende=OuterRef("pk"), mote__organ=mote.organ, mote__lage__in=OPPNA)
    rundor = Yttranderunda.objects.filter(arende=OuterRef("pk"), lage=Yttranderunda.Lage.OPPEN, organ__isnull=False)
    return Arende.objects.filter(
        ~Exists(pa_vag), Exists(rundor.filter(organ=mote.organ)) | ~Exists(rundor), lage=lage
    ).order_by("ar", "lopnummer")


def _fast(mote, fast, tidigare):
    punkt = Punkt(mote=mote, slag=fast.slag, rubrik=fast.rubrik, underlag=fast.underlag, kalla=Punkt.Kalla.FAST)
    punkt.varfor = "Tas upp varje gång."
    if tidigare:
        punkt.fortsattning_pa = tidigare
        punkt.varfor = f"Tas upp varje gång. {_vad_hande(tidigare)}"
    if fast.slag == Fastpunkt.Slag.GODA_EXEMPEL:
        punkt.part = part_i_tur(mote.organ, mote.dag)
        punkt.varfor = f"Tas upp varje gång. {punkt.part} står på tur." if punkt.part else punkt.varfor
    punkt.underlag = uppfoljning.fyllt(fast.slag, punkt.underlag, mote)
    if fast.slag in FRAGESLAG and not punkt.underlag:
        punkt.underlag = fraga(mote.organ, fast.slag, mote.dag)
    return punkt


def _vad_hande(punkt):
    dag = f"{punkt.mote.dag.day}/{punkt.mote.dag.month} {punkt.mote.dag.year}"
    if punkt.mote.lage == Mote.Lage.INSTALLT:
        return f"Mötet {dag} ställdes in."
    return f"{'Bordlades' if punkt.status == Punkt.Status.BORDLAGD else 'Hanns inte med'} {dag}."


def _buren(mote, rad):
    return Punkt(
        mote=mote, rubrik=rad.rubrik, underlag=rad.underlag, arende=rad.arende, slag=rad.slag, minuter=rad.minuter,
        foredragande_id=rad.foredragande_id, part_id=rad.part_id, fortsattning_pa=rad, kalla=Punkt.Kalla.BUREN,
        varfor=_vad_hande(rad),
    )  # fmt: skip


def _arende(mote, arende, skickat_med):
    return Punkt(
        mote=mote, rubrik=arende.rubrik[:200], arende=arende, kalla=Punkt.Kalla.ARENDE, underlag=skickat_med,
        varfor=f"{arende.diarienummer}: {arende.get_lage_display().lower()}.",
    )  # fmt: skip


def _onskad(mote, onskan):
    return Punkt(
        mote=mote, rubrik=onskan.rubrik, underlag=onskan.text, kalla=Punkt.Kalla.FORSLAG,
        varfor=(onskan.kalla or "Önskad punkt")[:200],
    )  # fmt: skip
