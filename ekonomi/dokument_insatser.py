"""One page for each insats that the year's budget has money for: as the catalogue says, with the budget's own sum."""

from collections.abc import Iterable

from ekonomi import dokument_varden as v
from ekonomi.belopp import NOLL
from ekonomi.models import Budgetpost, Verksamhetsar
from insatser.models import Insats

MED_BLAD = (Budgetpost.Kategori.INDIVID, Budgetpost.Kategori.STRUKTUR)


def i_budgeten(ar: Verksamhetsar) -> tuple[list[tuple[Insats, list[Budgetpost]]], list[Budgetpost]]:
    """([(insats, its lines)] in the budget's order, [lines of insatser without one]). Two queries."""
    poster = (
        ar.poster.filter(block=Budgetpost.Block.INSATSER, kategori__in=MED_BLAD, belopp__gt=0)
        .exclude(memo__contains=[Budgetpost.Kolumn.BUDGET])
        .select_related("insats__agare__del_av")
        .prefetch_related("insats__insatskontakter__kontakt__part")
    )
    per_insats, utan = {}, []
    for post in poster:
        if post.insats_id:
            per_insats.setdefault(post.insats_id, []).append(post)
        else:
            utan.append(post)
    return [(rader[0].insats, rader) for rader in per_insats.values()], utan


def id_for(insats: Insats) -> str:
    return f"insats-{insats.slug}"


def ar_strukturell(insats: Insats) -> bool:
    return insats.inriktning == Insats.Inriktning.STRUKTUR


def blad(insats: Insats, poster: Iterable[Budgetpost]) -> dict:
    """The sheet of the plan (M105). `insats` with `insatskontakter`; no queries."""
    return v.blad(
        id_for(insats), insats.namn, _inriktning(insats),
        v.stycke(insats.sammanfattning, "ingress") if insats.sammanfattning else None,
        v.fakta([
            ("Kontakt", [_kontakt(rad.kontakt) for rad in insats.insatskontakter.all()]),
            ("Drivs av", insats.agare.namn),
            ("Kommuner", ", ".join(insats.orter)),
            ("Ålder", _alder(insats)),
            ("Omfattning", insats.omfattning),
            ("Tid i insatsen", insats.tid_i_insats),
            ("Budget", _budget(poster)),
        ]),
        v.avsnitt("Bakgrund", insats.bakgrund),
        v.avsnitt("Aktivitet", insats.beskrivning),
        v.avsnitt("Metod", insats.metod),
        v.avsnitt("Målgrupp", insats.malgrupp),
        v.avsnitt("Mål och förväntat resultat", insats.mal),
        v.avsnitt("Övrigt", insats.ovrigt),
    )  # fmt: skip


def _inriktning(insats):
    delar = [insats.get_inriktning_display()]
    if insats.aven_strukturell and not ar_strukturell(insats):
        delar.append("även strukturövergripande")
    if insats.skaraborgsgemensam:
        delar.append("gemensam för hela Skaraborg")
    return ", ".join(delar)


def _kontakt(kontakt):
    """Name, title, organisation, telephone and address, on one line."""
    return ", ".join(filter(None, (kontakt.namn, kontakt.titel, kontakt.part.namn, kontakt.telefon, kontakt.epost)))


def _alder(insats):
    fran, till = insats.alder_fran, insats.alder_till
    if fran is not None and till is not None:
        return f"{fran}–{till} år"
    if fran is not None:
        return f"från {fran} år"
    return "" if till is None else f"till och med {till} år"


def _budget(poster):
    """The sum of the lines in the unit of the budget's table, with this association's part of what is shared."""
    poster = list(poster)
    belopp = sum((post.belopp for post in poster), NOLL)
    enhet = v.Enhet([belopp])
    text = f"{enhet(belopp)}{v.HART}{enhet.namn}"
    for post in poster:
        if post.gemensam_andel is not None:
            text += f" ({v.tal(post.gemensam_andel.normalize())}{v.HART}% av gemensamma kostnader i Skaraborg)"
    return text
