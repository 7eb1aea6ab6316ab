"""The half-year report as one value (beslut.md 28, 29): its parts, names, data quality and what is left out.

Everything that a renderer needs is in the value, so a kept report looks the same after names have changed.
"""

from insatser.models import Insats
from remisser.models import Forsorjning
from samordning.karna.kalender import Period, helar, idag, tolka_period
from samordning.karna.templatetags.samordning import datum
from uppfoljning.datakvalitet import datakvalitet
from uppfoljning.utfall import utfall

VERSION = 1
UTAN_KALLA = (
    "Försörjning i procent (F2), tid utöver den planerade (L3) och tal om remisser (Q1–Q7) finns inte med, eftersom de "
    "inte räknas i systemet än."
)
UTAN_AR = (
    "Hela årets tal finns inte med, eftersom rapporten för första halvåret redan är släppt: den som har båda kan räkna "
    "ut tal som är dolda."
)


def halvarsrapport(kod: str, utan_ar: bool = False) -> dict:
    """The internal report of `2024H1`, `2024H2` (the half-year and the whole year) or `2024`, ready for JSON.

    `utan_ar` makes the second half-year's report without the year. ValueError, in Swedish, for another code or a
    period that has not begun.
    """
    period = tolka_period(kod)
    if period.fran > idag():
        raise ValueError(
            f"Det går inte att göra rapporten för {period.namn}: perioden börjar först den {datum(period.fran)}. "
            "Välj en period som har börjat."
        )
    perioder, utelamnat = [period], _inte_slut(period)
    if kod.strip().endswith("H2"):
        if utan_ar:
            utelamnat.append(UTAN_AR)
        else:
            perioder.append(helar(period.fran.year))
    delar = [utfall(p.fran, p.till) for p in perioder]
    return {
        "rapport": "halvar",
        "version": VERSION,
        "period": kod.strip(),
        "for": "intern",
        "delar": delar,
        **_namn(delar),
        "datakvalitet": datakvalitet(period),
        "utelamnat": [*utelamnat, UTAN_KALLA],
        "forslag": [],
    }


def omslut(utfall: dict) -> dict:
    """The same shape around one outcome report of any audience, so that it has the same files."""
    return {
        "rapport": "utfall",
        "version": utfall["version"],
        "period": "--".join(utfall["period"]),
        "for": utfall["for"],
        "delar": [utfall],
        **_namn([utfall]),
        "datakvalitet": None,
        "utelamnat": [*_inte_slut(Period.av_text(*utfall["period"])), UTAN_KALLA],
        "forslag": [],
    }


def perioder(rapport: dict) -> list[Period]:
    """The period of each part; a bare outcome report is one part."""
    return [Period.av_text(*del_["period"]) for del_ in rapport.get("delar", [rapport])]


def _inte_slut(period):
    if period.till < idag():
        return []
    slut, nu = datum(period.till), datum(idag())
    return [f"Perioden är inte slut förrän den {slut}. Talen är räknade den {nu} och kommer att ändras."]


def _namn(delar):
    """What slugs and codes are called today. Two queries."""
    slugar = {slug for utfall in delar for slug in utfall["insatser"]}
    return {
        "namn": dict(Insats.objects.filter(slug__in=slugar).order_by("slug").values_list("slug", "namn")),
        "koder": dict(Forsorjning.objects.order_by("kod").values_list("kod", "text")),
    }
