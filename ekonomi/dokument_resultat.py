"""Results in a document: only what a released, protected version of the report says, with the version's own number and
days (beslut.md 9 and 10). Nothing is counted anew, so no small number can slip through."""

from ekonomi import dokument_varden as v
from ekonomi.dokument_bygge import Bygge
from samordning.karna.kalender import Period
from samordning.karna.models import Rapportversion
from uppfoljning.reports import i_dokument

TYP = "halvar"
Malgrupp = Rapportversion.Malgrupp


def slappt(period: Period, malgrupp: str):
    """(the latest released version for the audience that tells of just the period, what it says); (None, None) when
    there is none. One query."""
    rader = (
        Rapportversion.objects.utgivna()
        .filter(typ=TYP, malgrupp=malgrupp, fran__lte=period.fran, till__gte=period.till)
        .order_by("-slappt", "-version", "-pk")
    )
    for version in rader:
        if (del_ := i_dokument(version.varden, period)) is not None:
            return version, del_
    return None, None


def delar(bygge: Bygge, period: Period, malgrupp: str) -> list[dict]:
    """Table and sentences of the period, or what is missing."""
    version, innehall = slappt(period, malgrupp)
    if version is None:
        for_vem = "styrelsen" if malgrupp == Malgrupp.STYRELSE else "allmänheten"
        text = f"Ingen rapport om {period.namn} är släppt till {for_vem}, så det finns inga resultat att visa."
        return [bygge.saknas(text, bygge.adress_till("uppfoljning:rapport_list"))]
    tabell = v.tabell(
        f"Deltagare i alla insatser, {period.namn}", ("Vad", "Kvinnor", "Män", "Annat", "Alla"),
        [v.rad(*rad) for rad in innehall["rader"]], breda=(0,), not_=_not(version, innehall["k"]),
    )  # fmt: skip
    return [tabell, *(v.avsnitt(namn, text) for namn, text in innehall["meningar"])]


def _not(version, k):
    fran = f"Talen är hämtade ur rapporten för {version.get_malgrupp_display().lower()}, version {version.version}. "
    dagar = f"Den räknades {v.datum(version.skapad)} och släpptes {v.datum(version.slappt)}. "
    return fran + dagar + f"Tal under {k} visas inte, och inte heller tal som skulle avslöja dem. Där står ordet dolt."
