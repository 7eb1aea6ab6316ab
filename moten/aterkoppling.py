"""The board's answer comes back to the preparation group that sent something with the case (MA22)."""

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from moten.models import Beslut, Forslag, Organ, Punkt, Utfall, Yttranderunda
from samordning.karna.templatetags.samordning import datum

NYCKEL = "beslut-"


def har_egen_punkt(organ):
    """A condition on outcomes: the body has a wish, or an item, of its own about the decision. It is told of there,
    beside what the group sent with the case, and not once more in the report from the board."""
    nyckel = Concat(Value(NYCKEL), Cast(OuterRef("beslut"), CharField()))
    return Exists(Forslag.objects.filter(organ=organ, avfort="", nyckel=nyckel))


def beratta(beslut, *, av):
    """Wish that each preparation group that has treated the case hears what was decided. Asked again it is one wish.
    [Forslag]"""
    if beslut.organ.slag == Organ.Slag.BEREDNING:
        return []
    arende = beslut.arende
    egna = Organ.objects.filter(slag=Organ.Slag.BEREDNING)
    grupper = egna.filter(pk__in=Punkt.objects.filter(arende=arende).values("mote__organ")) | egna.filter(
        pk__in=Yttranderunda.objects.filter(arende=arende).values("organ")
    )
    return [
        Forslag.objects.onska(
            grupp, f"Så blev det med {arende.rubrik}", kalla=f"{beslut.organ} {beslut.paragraf}",
            nyckel=f"{NYCKEL}{beslut.pk}", text=_text(beslut, grupp), av=av,
        )
        for grupp in grupper.distinct()
    ]  # fmt: skip


def _text(beslut, grupp):
    rader = [
        f"{beslut.organ} beslutade {datum(beslut.datum)}, {beslut.paragraf}: "
        f"{Beslut.Utfall(beslut.utfall).label.lower()}.".replace("\N{NO-BREAK SPACE}", " ")
    ]
    if beslut.motivering:
        rader.append(beslut.motivering)
    medskick = Utfall.objects.filter(
        punkt__arende=beslut.arende, punkt__mote__organ=grupp, typ=Utfall.Typ.MEDSKICK
    ).order_by("punkt__mote__dag", "ordning")
    if texter := [f"- {' '.join(text.split())}" for text in medskick.values_list("text", flat=True)]:
        rader.append("\n".join(["Gruppens medskick var:", *texter]))
    return "\n\n".join(rader)
