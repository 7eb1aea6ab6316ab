"""What earlier bodies send with a case to the next one: their messages and what their groups thought (MA3).

The text of an agenda item, made when the item is proposed. Opinions of a round that is open are not told: only who
gives them reads them before it is closed.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from moten.models import Mote, Organ, Punkt, Utfall, Yttranderunda
from samordning.karna.templatetags.samordning import datum

VEMS = {Organ.Slag.BEREDNING: "Beredningsgruppens", Organ.Slag.AU: "Arbetsutskottets"}


def texter(arenden, organ):
    """{case: text} of what other bodies than `organ` sent with the cases (primary keys), the first body first; cases
    that nobody sent anything with are left out. Three queries."""
    stycken = defaultdict(list)
    for punkt in _punkter(arenden, organ):
        rader = [rad.text for rad in punkt.utfall.all() if rad.typ == Utfall.Typ.MEDSKICK]
        if rader:
            rubrik = f"{VEMS[punkt.mote.organ.slag]} medskick, {punkt.mote.organ} {_dag(punkt.mote.dag)}:"
            stycken[punkt.arende_id].append(_lista(rubrik, rader))
    for runda in _rundor(arenden, organ):
        rader = [
            f"{rad.avlamnare}: {rad.get_stallning_display()}. {rad.text}".strip()
            for rad in runda.yttranden.all()
            if rad.stallning
        ]
        if rader:
            stycken[runda.arende_id].append(_lista(f"Så yttrade sig {runda.organ}:", rader))
    return {arende: "\n\n".join(delar) for arende, delar in stycken.items()}


def fyll_pa(arenden):
    """Cases that just went on to another body: items on agendas there that were made before get the text too."""
    punkter = list(
        Punkt.objects.select_for_update(of=("self",))
        .filter(arende__in=arenden, mote__lage__in=Mote.FORE)
        .select_related("mote__organ")
        .order_by("pk")
    )
    for organ in {punkt.mote.organ for punkt in punkter}:
        text = texter([arende.pk for arende in arenden], organ)
        for punkt in punkter:
            nytt = text.get(punkt.arende_id, "")
            if punkt.mote.organ == organ and nytt and nytt not in punkt.underlag:
                punkt.underlag = f"{punkt.underlag}\n\n{nytt}".strip()
                punkt.version += 1
                punkt.save(update_fields=["underlag", "version"])


def _punkter(arenden, organ):
    """The items that had messages, one for each case and body: the latest."""
    medskick = Utfall.objects.filter(punkt=OuterRef("pk"), typ=Utfall.Typ.MEDSKICK)
    rader = (
        Punkt.objects.filter(
            Exists(medskick), arende__in=arenden, mote__organ__slag__in=VEMS, mote__lage__in=_KLARA
        )
        .exclude(mote__organ=organ)
        .select_related("mote__organ")
        .prefetch_related("utfall")
        .order_by("mote__dag", "ordning", "pk")
    )  # fmt: skip
    return {(rad.arende_id, rad.mote.organ_id): rad for rad in rader}.values()


# A meeting that is being closed is still going on when its cases are sent on.
_KLARA = (Mote.Lage.PAGAR, *Mote.AVSLUTADE)


def _rundor(arenden, organ):
    """The last closed round of each case and body."""
    rader = (
        Yttranderunda.objects.filter(arende__in=arenden, lage=Yttranderunda.Lage.STANGD, organ__isnull=False)
        .exclude(organ=organ)
        .select_related("organ")
        .prefetch_related("yttranden__ledamot")
        .order_by("stangd", "pk")
    )
    return {(rad.arende_id, rad.organ_id): rad for rad in rader}.values()


def _lista(rubrik, rader):
    return "\n".join([rubrik, *(f"- {' '.join(rad.split())}" for rad in rader)])


def _dag(dag):
    return datum(dag).replace("\N{NO-BREAK SPACE}", " ")
