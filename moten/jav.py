"""Who should not take part when a case is treated (MB14)."""

from moten.models import Ledamotskap
from samordning.karna.models import Part
from samordning.karna.models.part import SvenskOrdning


def toppar():
    """{primary key of every part: that of the organisation at the top of its branch}. One query."""
    moder = dict(Part.objects.values_list("pk", "del_av"))

    def topp(pk):
        while moder.get(pk):
            pk = moder[pk]
        return pk

    return {pk: topp(pk) for pk in moder}


def slaktingar(parter):
    """Primary keys of the parts in the same organisation as any of `parter` (keys): units, their parent, the parent's
    other units. One query."""
    topp = toppar()
    deras = {topp[pk] for pk in parter}
    return {pk for pk in topp if topp[pk] in deras}


def foreslagna(arende):
    """[(person, [seat])] of today's members who sit for a party of the case, by name. Three queries."""
    parter = slaktingar(arende.parter.values_list("pk", flat=True))
    rader = (
        Ledamotskap.objects.pagaende()
        .filter(part__in=parter)
        .select_related("kontakt", "organ", "part")
        .order_by(SvenskOrdning("kontakt__namn"), "kontakt", "pk")
    )
    personer = {}
    for rad in rader:
        personer.setdefault(rad.kontakt, []).append(rad)
    return list(personer.items())


def i_ord(arende):
    """[text] as it is printed: "Eva Hallgren (Töreboda kommun), jäv". Two queries."""
    jav = list(arende.jav.select_related("kontakt__part").order_by(SvenskOrdning("kontakt__namn"), "pk"))
    sitter_for = {}
    if jav:
        platser = Ledamotskap.objects.pagaende().filter(kontakt__in=[rad.kontakt_id for rad in jav])
        for rad in platser.select_related("part").order_by("-pk"):
            sitter_for[rad.kontakt_id] = rad.part
    return [
        f"{rad.kontakt.namn} ({sitter_for.get(rad.kontakt_id, rad.kontakt.part)}), {rad.get_slag_display().lower()}"
        for rad in jav
    ]
