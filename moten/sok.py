"""Where words are looked for among meetings, cases and papers (MA16), for one user.

Who belongs to a meeting's body is told of the record as it stands. Who reads it because it is published finds only
what the published record says: what was masked there gives no hit, no number and no snippet.
"""

from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Length, Substr
from django.urls import reverse

from moten.models import (
    Arende,
    Beslut,
    Handling,
    Handlingstext,
    Mote,
    Publiceradtext,
    Punkt,
    Underlag,
    Utfall,
)
from samordning.karna import sok
from samordning.karna.sok import SPRAK, Kalla
from samordning.karna.templatetags.samordning import datum

PUNKT, ARENDE, HANDLING = "punkt", "arende", "handling"
# What a hit may be, in the order of the filter; insatser's applications come after these.
SLAG = {
    PUNKT: "Punkter", Utfall.Typ.BESLUT: "Beslut", Utfall.Typ.MEDSKICK: "Medskick", Utfall.Typ.ATGARD: "Åtgärder",
    Utfall.Typ.INFORMATION: "Information", ARENDE: "Ärenden", HANDLING: "Handlingar",
}  # fmt: skip


def kallor(user, urval):
    """[Kalla] of what the user may see. `urval` narrows: ar, organ and part (primary keys), arenden (a query of cases)
    with insats (the name of what they are about). A source that a choice says nothing about has no rows."""
    inne = Mote.objects.inifran(user)
    punkter = Punkt.objects.visible_to(user)
    utanfor = Publiceradtext.objects.filter(punkt__in=punkter.exclude(mote__in=inne))
    return [
        _punkter(_urval(punkter.filter(mote__in=inne), urval, "")),
        *([] if user.ar_kansli else [_publicerat(_urval(utanfor, urval, "punkt__", "sokvektor"))]),
        _utfall(_urval(Utfall.objects.visible_to(user).filter(punkt__mote__in=inne), urval, "punkt__")),
        _beslut(user, inne, urval),
        _arenden(user, urval),
        *_papper(user, inne, urval),
    ]


def publika_traffar(text, lank, sida=1):
    """For the public page: (Fraga, Svar or None) over the published records of public bodies, as they were published.
    `lank`: Punkt (with its meeting and body) -> the address of the hit."""
    fraga = sok.tolka(text)
    moten = Mote.objects.filter(organ__publikt=True, publicerat__isnull=False)
    kalla = _publicerat(Publiceradtext.objects.filter(punkt__mote__in=moten), lank)
    return fraga, sok.sok([kalla], fraga, sida=sida) if fraga else None


def _urval(rader, urval, vag, vektor=""):
    """Items, or what belongs to one (`vag`), after the choices. `vektor`: where the name of an insats is looked for."""
    if urval.get("ar"):
        rader = rader.filter(**{f"{vag}mote__dag__year": urval["ar"]})
    if urval.get("organ"):
        rader = rader.filter(**{f"{vag}mote__organ": urval["organ"]})
    if urval.get("part"):
        i_arendet = Arende.parter.through.objects.filter(part=urval["part"]).values("arende")
        rader = rader.filter(Q(**{f"{vag}part": urval["part"]}) | Q(**{f"{vag}arende__in": i_arendet}))
    if urval.get("arenden") is not None:
        rader = rader.filter(
            Q(**{f"{vag}arende__in": urval["arenden"]}) | _namner(urval["insats"], vektor or f"{vag}sokvektor")
        )
    return rader


def _namner(insats, vektor):
    """Older records belong to no case: those that name it."""
    return Q(**{vektor: sok.Term(insats, fras=True).fraga})


def _arendets_urval(rader, urval, vag, dag):
    """What belongs to a case (`vag`: the way to it). No body has papers of its own."""
    if urval.get("organ"):
        return rader.none()
    if urval.get("ar"):
        rader = rader.filter(**{f"{dag}__year": urval["ar"]})
    if urval.get("part"):
        egna = Arende.parter.through.objects.filter(part=urval["part"]).values("arende")
        rader = rader.filter(**{f"{vag}__in": egna})
    if urval.get("arenden") is not None:
        rader = rader.filter(**{f"{vag}__in": urval["arenden"]})
    return rader


# ---- Meetings


def _paragraf(vag):
    def villkor(nummer, ar):
        ett = Q(**{f"{vag}nummer": nummer}) | Q(
            **{f"{vag}nummer_text__iregex": rf"^\s*§?\s*{nummer}\s*(§|[./]|$)"}
        )  # fmt: skip
        return ett & Q(**{f"{vag}mote__dag__year": ar}) if ar else ett

    return villkor


def _plats(punkt):
    """Where an item is in the meeting's page, and the words beside it."""
    adress = f"{reverse('moten:mote_detail', args=[punkt.mote_id])}#p{punkt.pk}"
    return adress, (str(punkt.mote.organ), datum(punkt.mote.dag))


def _punkter(rader):
    def visa(punkt):
        adress, om = _plats(punkt)
        return punkt.beteckning, adress, om

    return Kalla(
        grund=rader, slag=Value(PUNKT), dag=F("mote__dag"), rubrik="rubrik", text="text", vektor="sokvektor",
        inuti=("rubrik", "text"), med=("mote__organ",), paragraf=_paragraf(""), arende="arende__", visa=visa,
    )  # fmt: skip


def _utfall(rader):
    def visa(utfall):
        adress, om = _plats(utfall.punkt)
        return utfall.punkt.beteckning, adress, (utfall.get_typ_display(), *om)

    return Kalla(
        grund=rader, slag=F("typ"), dag=F("punkt__mote__dag"), rubrik="punkt__rubrik", text="text",
        vektor="sokvektor", inuti=("text",), med=("punkt__mote__organ",), paragraf=_paragraf("punkt__"),
        arende="punkt__arende__", visa=visa,
    )  # fmt: skip


def _publicerat(rader, lank=None):
    """Items as the record that was published last has them."""

    def visa(rad):
        adress, om = _plats(rad.punkt)
        return rad.punkt.beteckning, lank(rad.punkt) if lank else adress, om

    return Kalla(
        grund=rader, slag=Value(PUNKT), dag=F("punkt__mote__dag"), rubrik="rubrik", text="text", vektor="sokvektor",
        inuti=("rubrik", "text"), med=("punkt__mote__organ",), paragraf=_paragraf("punkt__"),
        arende="punkt__arende__", visa=visa,
    )  # fmt: skip


# ---- Cases and their papers


def _beslut(user, inne, urval):
    """Decisions that were written in by hand, and those whose meeting the user may not read."""
    sedda = Utfall.objects.visible_to(user).filter(punkt__mote__in=inne)
    rader = Beslut.objects.visible_to(user).exclude(Exists(sedda.filter(beslut=OuterRef("pk"))))
    organ = urval.get("organ")
    rader = _arendets_urval(rader, {**urval, "organ": None}, "arende", "datum")

    def visa(beslut):
        om = ("Beslut", str(beslut.organ), datum(beslut.datum), f"Ärende {beslut.arende.diarienummer}")
        return beslut.paragraf, reverse("sidor:arende", args=[beslut.arende_id]), om

    return Kalla(
        grund=rader.filter(organ=organ) if organ else rader, slag=Value("beslut"), dag=F("datum"),
        rubrik="arende__rubrik", text="motivering", inuti=("motivering", "arende__rubrik"), med=("arende", "organ"),
        vektor=SearchVector("arende__rubrik", weight="A", config=SPRAK)
        + SearchVector("motivering", weight="B", config=SPRAK),
        arende="arende__", visa=visa,
        paragraf=lambda nummer, ar: Q(paragraf__regex=rf"^§?\s*{nummer}(\D|$)")
        & (Q(datum__year=ar) if ar else Q()),
    )  # fmt: skip


def _arenden(user, urval):
    rader = _arendets_urval(Arende.objects.visible_to(user), urval, "pk", "inkom")

    def visa(arende):
        om = ("Ärende", arende.get_slag_display(), arende.get_lage_display())
        return arende.diarienummer, reverse("sidor:arende", args=[arende.pk]), om

    return Kalla(
        grund=rader, slag=Value(ARENDE), dag=F("inkom"), rubrik="rubrik", text=Value(""), inuti=("rubrik",),
        vektor=SearchVector("rubrik", weight="A", config=SPRAK), arende="", visa=visa,
    )  # fmt: skip


def _papper(user, inne, urval):
    """Papers of cases, and files that go with a meeting. What is withdrawn only the kansli reads."""
    handlingar = _arendets_urval(Handling.objects.visible_to(user), urval, "arende", "datum")
    punkter = Punkt.objects.visible_to(user)
    filer = Underlag.objects.filter(
        Q(punkt__in=punkter) | Q(punkt=None) & ~Q(mote__lage__in=_dolda(user)), mote__in=inne, utgatt=None
    )  # fmt: skip
    if not user.ar_kansli:
        handlingar = handlingar.filter(makulerad="")
    if urval.get("ar"):
        filer = filer.filter(mote__dag__year=urval["ar"])
    if urval.get("organ"):
        filer = filer.filter(mote__organ=urval["organ"])
    if urval.get("part") or urval.get("arenden") is not None:
        filer = filer.filter(punkt__in=_urval(punkter, {**urval, "ar": None, "organ": None}, ""))

    def visa_handling(rad):
        om = ("Handling", datum(rad.handling.datum), f"Ärende {rad.handling.arende.diarienummer}")
        return "", f"{reverse('sidor:arende', args=[rad.handling.arende_id])}#handlingar", om

    def visa_fil(rad):
        mote = rad.underlag.mote
        plats = f"#p{rad.underlag.punkt_id}" if rad.underlag.punkt_id else ""
        adress = f"{reverse('moten:mote_detail', args=[mote.pk])}{plats}"
        return "", adress, ("Fil till mötet", str(mote.organ), datum(mote.dag))

    texter = {
        "slag": Value(HANDLING), "rubrik": "rubrik", "text": Substr("text", Length("rubrik") + 2),
        "vektor": "sokvektor", "inuti": ("rubrik",),
    }  # fmt: skip
    return [
        Kalla(grund=Handlingstext.objects.filter(handling__in=handlingar), dag=F("handling__datum"),
              med=("handling__arende",), arende="handling__arende__", visa=visa_handling, **texter),
        Kalla(grund=Handlingstext.objects.filter(underlag__in=filer), dag=F("underlag__mote__dag"),
              med=("underlag__mote__organ",), visa=visa_fil, **texter),
    ]  # fmt: skip


def _dolda(user):
    """States in which the agenda is not out (`policies.can_view_dagordning`)."""
    return () if user.ar_kansli else (Mote.Lage.PLANERAT, Mote.Lage.INSTALLT)
