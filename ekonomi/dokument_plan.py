"""The plan of a year (verksamhetsplan): organisation, goals, money, a page for each insats, and the annual wheel."""

import datetime

from ekonomi import dokument_budget as tabeller
from ekonomi import dokument_insatser as insatser
from ekonomi import dokument_varden as v
from ekonomi import reports
from ekonomi.dokument_bygge import Bygge
from ekonomi.dokument_hjul import hjul
from ekonomi.models import Verksamhetsar
from samordning.karna.models import Part
from samordning.karna.models.part import SvenskOrdning

# The order in which the law names them (2003:1210 4 §).
MEDLEMSORDNING = (Part.Slag.FK, Part.Slag.AF, Part.Slag.REGION, Part.Slag.KOMMUN)

MALEN = ("mal_overgripande", "mal_verksamhet", "mal_individ", "mal_ekonomi")


def kapitlen(bygge: Bygge) -> list[dict]:
    """The chapters in order. A fixed number of queries."""
    med_blad, utan_blad = insatser.i_budgeten(bygge.verksamhetsar) if bygge.verksamhetsar else ([], [])
    sidor = {insats.slug: insatser.id_for(insats) for insats, _ in med_blad}
    individ = [insatser.blad(*par) for par in med_blad if not insatser.ar_strukturell(par[0])]
    struktur = [insatser.blad(*par) for par in med_blad if insatser.ar_strukturell(par[0])]
    kapitel = [
        _organisation(bygge),
        v.kapitel("vision", "Vision och uppdrag", bygge.text("vision"), bygge.text("uppdrag")),
        v.kapitel("mal", "Mål", *(bygge.text(nyckel) for nyckel in MALEN)),
        _ekonomi(bygge, sidor),
        v.kapitel("individ", "Individinriktade insatser", bygge.text("individ", rubrik=False), *individ),
        v.kapitel("struktur", "Strukturövergripande insatser", bygge.text("struktur", rubrik=False), *struktur),
        v.kapitel("uppfoljning", "Utvärdering, uppföljning och spridning", bygge.text("uppfoljning", rubrik=False)),
        hjul(bygge),
    ]  # fmt: skip
    for post in utan_blad:
        bygge.saknas(
            f"Raden ”{post.rubrik}” i budgeten har ingen insats i katalogen, så den får ingen egen sida.",
            bygge.adress("ar_detail", post.verksamhetsar_id),
        )  # fmt: skip
    return kapitel


def medlemmar(ar: int) -> list[Part]:
    """The members on the first day of the year, as the law names them. One query."""
    rader = Part.objects.medlemmar(datetime.date(ar, 1, 1)).filter(slag__in=MEDLEMSORDNING)
    return sorted(rader.order_by(SvenskOrdning("namn")), key=lambda part: MEDLEMSORDNING.index(part.slag))


def _organisation(bygge):
    namnen = [part.namn for part in medlemmar(bygge.ar)]
    if namnen:
        delar = [v.stycke("Förbundets medlemmar är:"), v.lista(namnen)]
    else:
        delar = [bygge.saknas(f"Inga parter är inlagda som medlemmar den 1 januari {bygge.ar}.")]
    return v.kapitel(
        "organisation", "Organisation", v.rubrik("Medlemmar", "medlemmar"), *delar, bygge.text("styrelse"),
        bygge.text("forbundschef"), bygge.text("beredningsgrupp"),
    )  # fmt: skip


def _ekonomi(bygge, sidor):
    delar = [bygge.text("finansiering")]
    if bygge.verksamhetsar is None:
        return v.kapitel("ekonomi", "Ekonomi", *delar, bygge.utan_budget())
    rapport, lank = reports.budgetrapport(bygge.verksamhetsar), bygge.adress("ar_detail", bygge.verksamhetsar.pk)
    delar.append(
        tabeller.tilldelning(rapport)
        or bygge.saknas(f"Medlemmarnas bidrag för {bygge.ar} är inte inlagda.",
                        bygge.adress("bidrag_edit", bygge.verksamhetsar.pk))
    )  # fmt: skip
    delar.append(bygge.text("gemensamt"))
    if bygge.verksamhetsar.lage == Verksamhetsar.Lage.REVIDERAS:
        delar.append(bygge.saknas(f"Budgeten för {bygge.ar} håller på att ändras och är inte beslutad.", lank))
    elif bygge.verksamhetsar.skrivbar:
        delar.append(bygge.saknas(f"Budgeten för {bygge.ar} är inte fastställd.", lank))
    if not rapport.block:
        delar.append(bygge.saknas(f"Budgeten för {bygge.ar} har inga rader.", lank))
    else:
        delar += [
            v.rubrik(f"Verksamhetsbudget {bygge.ar}", "budget", ny_sida=True), tabeller.budget(rapport, sidor),
            tabeller.kategorier(rapport), v.rubrik("Eget kapital", "kapital"), tabeller.kapital(rapport),
        ]  # fmt: skip
    return v.kapitel("ekonomi", "Ekonomi", *delar)
