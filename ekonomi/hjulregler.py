"""The rules that an association begins with: the year as the plan of 2019 draws it (doman.md M270-M308), with dates
that no year shares left to be set, and the chain of papers before each board (MC8)."""

from dataclasses import dataclass, field

from django.db import transaction

from ekonomi.models import Hjulregel, Ring
from moten.models import Organ
from samordning.karna.models import Handelse

PLANEN = "Verksamhetsplanen"
STYRELSENS_MANADER = {"feb": (2, "februari"), "apr": (4, "april"), "jun": (6, "juni"), "sep": (9, "september"),
                      "nov": (11, "november"), "dec": (12, "december")}  # fmt: skip


@dataclass(frozen=True)
class Vanlig:
    """One rule: a name of its own, what `Hjulregel` holds, and the name of the rule that it is counted from."""

    namn: str
    falt: dict = field(default_factory=dict)
    bas: str = ""
    organ: str = ""  # kind of body


def _regel(namn, rubrik, ring, slag, *, bas="", organ="", **falt):
    falt |= {"rubrik": rubrik, "ring": ring, "slag": slag}
    return Vanlig(namn, {"kalltext": PLANEN} | falt, bas, organ)


def _styrelsens(kort):
    manad, namn = STYRELSENS_MANADER[kort]
    styrelse = f"styrelse-{kort}"
    return [
        _regel(styrelse, f"Styrelse {namn}", Ring.STYRELSE, "manad", manad=manad, organ="styrelse", koppling="mote"),
        _regel(f"presidium-{kort}", f"Presidium {namn}", Ring.PRESIDIUM, "veckan_fore", bas=styrelse, organ="au",
               koppling="mote"),
        _regel(f"handlingar-{kort}", f"Handlingarna till styrelsen {namn} är klara", Ring.KANSLI, "dagar",
               bas=styrelse, antal=-10),
        _regel(f"kallelse-{kort}", f"Kallelsen till styrelsen {namn}", Ring.KANSLI, "dagar", bas=styrelse, antal=-7,
               koppling="kallelse"),
    ]  # fmt: skip


def _bokforingen(kort, vad, avser=0):
    """Asked for, read in, and turned into a forecast, before the board meets."""
    styrelse = f"styrelse-{kort}"
    rader = [
        _regel(f"begar-{kort}", f"Begär bokföringen (SIE) till {vad}", Ring.EKONOMI, "dagar", bas=styrelse, antal=-24,
               roll="ekonom"),
        _regel(f"bokforing-{kort}", f"Läs in bokföringen till {vad}", Ring.EKONOMI, "dagar", bas=styrelse, antal=-18,
               koppling="bokforing", roll="ekonom", avser=avser),
    ]  # fmt: skip
    if not avser:
        rader.append(_regel(f"prognos-{kort}", f"Prognos till {vad}", Ring.EKONOMI, "dagar", bas=styrelse, antal=-12,
                            koppling="prognos", roll="ekonom"))  # fmt: skip
    return rader


VANLIGA = (
    # January to March
    _regel("beredning-feb", "Beredningsgrupp februari", Ring.BEREDNING, "manad", manad=2, organ="beredning",
           koppling="mote"),
    *_styrelsens("feb"),
    _regel("halvar2", "Deltagaruppgifterna för andra halvåret hämtas", Ring.UPPFOLJNING, "mitten", manad=1,
           koppling="halvar2", avser=-1, bestaller="rapport"),
    _regel("utfall", "Årets ekonomiska utfall hämtas", Ring.EKONOMI, "slutet", manad=1, koppling="bokforing",
           avser=-1, roll="ekonom"),
    _regel("lagesrapport-h2", "Insatserna skriver lägesrapport för andra halvåret", Ring.UPPFOLJNING, "period",
           manad=1, dag=1, slut_manad=1, slut_dag=31, koppling="lage2", avser=-1),
    _regel("utbildningsdag", "Utbildningsdag för styrelser", Ring.STYRELSE, "fast", manad=3, dag=1),
    _regel("arsredovisning", "Årsredovisningen läggs fram för styrelsen", Ring.STYRELSE, "dagar", bas="styrelse-feb",
           antal=0, organ="styrelse", bestaller="forslag", koppling="arsredov", avser=-1),
    _regel("arsredovisning-lag", "Årsredovisningen ska vara upprättad", Ring.EKONOMI, "fast", manad=3, dag=31,
           koppling="arsredov", avser=-1, kalla="lag", kalltext="Lag 2003:1210, inom tre månader", roll="forbundschef"),
    _regel("revision", "Revisionsmöte", Ring.EKONOMI, "fast", manad=3, dag=22, roll="forbundschef"),
    _regel("rikskonferens", "Rikskonferens", Ring.STYRELSE, "fast", manad=3, dag=26),
    _regel("analys", "Beredningsgruppen analyserar förra årets utfall", Ring.BEREDNING, "dagar", bas="beredning-feb",
           antal=0, organ="beredning", bestaller="forslag"),
    _regel("styrdokument", "Se över attestordning, avtal och andra styrdokument", Ring.KANSLI, "period", manad=1,
           dag=15, slut_manad=3, slut_dag=31, roll="forbundschef"),
    # April to July
    _regel("beredning-apr", "Beredningsgrupp april", Ring.BEREDNING, "manad", manad=4, organ="beredning",
           koppling="mote"),
    *_styrelsens("apr"),
    *_bokforingen("apr", "styrelsen i april"),
    _regel("medlemsrad", "Medlemsråd", Ring.STYRELSE, "fast", manad=4, dag=11, organ="medlemsrad", koppling="mote"),
    _regel("askande", "Äska medel för nästa år", Ring.EKONOMI, "slutet", manad=4, roll="forbundschef"),
    _regel("dialog", "Dialog om pågående insatser", Ring.BEREDNING, "dagar", bas="beredning-apr", antal=0,
           organ="beredning", bestaller="forslag"),
    _regel("revisionsrapport", "Revisionsrapporten till huvudmännen", Ring.EKONOMI, "period", manad=4, dag=1,
           slut_manad=6, slut_dag=30, roll="forbundschef"),
    _regel("beredning-jun", "Beredningsgrupp juni", Ring.BEREDNING, "manad", manad=6, organ="beredning",
           koppling="mote"),
    *_styrelsens("jun"),
    _regel("lagesrapport-h1", "Insatserna skriver lägesrapport för januari–juni", Ring.UPPFOLJNING, "period",
           manad=6, dag=15, slut_manad=8, slut_dag=15, koppling="lage1"),
    _regel("halvar1", "Halvårsrapporten för första halvåret", Ring.UPPFOLJNING, "mitten", manad=7,
           koppling="halvar1", bestaller="rapport"),
    # August to October
    _regel("beredning-sep", "Beredningsgrupp september", Ring.BEREDNING, "manad", manad=9, organ="beredning",
           koppling="mote"),
    *_styrelsens("sep"),
    *_bokforingen("sep", "delårsbokslutet"),
    _regel("delarsbokslut", "Delårsbokslutet till styrelsen för beslut", Ring.STYRELSE, "dagar", bas="styrelse-sep",
           antal=0, organ="styrelse", bestaller="forslag", koppling="delar", kalla="forbund",
           kalltext="Om förbundsordningen kräver delårsrapport"),
    _regel("beredning-plan", "Första beredningen av nästa års verksamhetsplan", Ring.BEREDNING, "dagar",
           bas="beredning-sep", antal=0, organ="beredning", bestaller="forslag"),
    _regel("framstallan", "Projektägarna begär förlängning", Ring.KANSLI, "period", manad=8, dag=15, slut_manad=9,
           slut_dag=30),
    _regel("kontroll-oktober", "Deltagaruppgifterna stäms av", Ring.UPPFOLJNING, "mitten", manad=10),
    _regel("kur", "KUR-utbildningar", Ring.KANSLI, "period", manad=9, dag=1, slut_manad=10, slut_dag=31),
    # November to December
    *_styrelsens("nov"),
    *_bokforingen("nov", "styrelsen i november"),
    *_styrelsens("dec"),
    _regel("gemensam-dag", "Gemensam dag för styrelse och beredningsgrupp", Ring.STYRELSE, "manad", manad=11,
           organ="dag", koppling="mote"),
    _regel("plan", "Verksamhetsplanen för nästa år fastställs", Ring.STYRELSE, "dagar", bas="styrelse-nov", antal=0,
           organ="styrelse", bestaller="forslag", koppling="plan", avser=1),
    _regel("budget", "Tilldelade medel och budgeten för nästa år fastställs", Ring.STYRELSE, "dagar",
           bas="styrelse-nov", antal=0, organ="styrelse", bestaller="forslag", koppling="budget", avser=1,
           kalla="forbund", kalltext="Tidpunkten står i förbundsordningen"),
    _regel("material", "Materialet till årsredovisningen samlas", Ring.EKONOMI, "period", manad=11, dag=15,
           slut_manad=12, slut_dag=31, roll="forbundschef"),
    _regel("beredning-dec", "Beredningsgrupp december, året sammanfattas", Ring.BEREDNING, "manad", manad=12,
           organ="beredning", koppling="mote"),
    _regel("sammanfattning", "Styrelsen sammanfattar året", Ring.STYRELSE, "dagar", bas="styrelse-dec", antal=0,
           organ="styrelse", bestaller="forslag"),
)  # fmt: skip


@transaction.atomic
def ladda(av):
    """Write the usual rules for an association that has none; the rules. A rule for a body that does not exist points
    at none: it can be set later. With several preparation groups the first, by name, has the days."""
    organ = {}
    for rad in Organ.objects.filter(upphorde=None):
        organ.setdefault(rad.slag, rad)
    skrivna = {}
    for vanlig in VANLIGA:
        regel = Hjulregel(**vanlig.falt, bas=skrivna.get(vanlig.bas), organ=organ.get(vanlig.organ))
        regel.save()
        skrivna[vanlig.namn] = regel
        Handelse.logga(regel, "skapad", av=av)
    return list(skrivna.values())
