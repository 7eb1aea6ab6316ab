"""The half-year report to the board in September (delårsbokslut, MC11): money until June, the forecast, which reports
are in, and who took part."""

from ekonomi import dokument_budget as tabeller
from ekonomi import dokument_resultat, prognos, prognos_underlag, reports
from ekonomi import dokument_varden as v
from ekonomi.dokument_bok import utfallet
from ekonomi.dokument_bygge import Bygge
from insatser.models import Avtal, Lagesrapport
from samordning.karna.kalender import halvar
from samordning.karna.models import Rapportversion


def kapitlen(bygge: Bygge) -> list[dict]:
    """The chapters in order. A fixed number of queries."""
    return [
        v.kapitel("sammanfattning", "Halvåret i korthet", bygge.text("sammanfattning", rubrik=False)),
        _verksamheten(bygge),
        v.kapitel("ekonomi", "Ekonomi", *_ekonomi(bygge)),
        v.kapitel("framat", "Resten av året", bygge.text("framat", rubrik=False)),
    ]


def _halvaret(bygge):
    return halvar(bygge.ar, 1)


def _verksamheten(bygge):
    return v.kapitel(
        "verksamheten", "Verksamheten", bygge.text("verksamhet", rubrik=False),
        v.rubrik("Deltagare", "deltagare"),
        *dokument_resultat.delar(bygge, _halvaret(bygge), Rapportversion.Malgrupp.STYRELSE),
        v.rubrik("Insatsernas lägesrapporter", "lagesrapporter"), *_lagesrapporter(bygge),
    )  # fmt: skip


def _lagesrapporter(bygge):
    """In or missing for each agreement of the half-year. Two queries."""
    period = _halvaret(bygge)
    alla = list(
        Avtal.objects.filter(start__lte=period.till, slut__gte=period.fran)
        .select_related("insats", "huvudpart")
        .order_by("insats__namn", "start", "pk")
    )
    if not alla:
        return [v.stycke("Inget avtal gällde under halvåret, så ingen lägesrapport väntas.")]
    inne = {
        rad.avtal_id: rad
        for rad in Lagesrapport.objects.filter(avtal__in=alla, fran__lte=period.till, till__gte=period.fran)
    }
    rader, kvar = [], 0
    for avtal in alla:
        ord_, klar = _lage(inne.get(avtal.pk))
        kvar += not klar
        rader.append(v.rad(avtal.insats.namn, avtal.huvudpart.namn, ord_))
    tabell = v.tabell(
        f"Lägesrapporter {period.namn}", ("Insats", "Part", "Läge"), rader, text=(0, 1, 2), breda=(0,),
        not_=f"{len(alla) - kvar} av {len(alla)} är inlämnade eller behövs inte.",
    )  # fmt: skip
    if kvar:
        vilka = "En lägesrapport är inte inlämnad" if kvar == 1 else f"{kvar} lägesrapporter är inte inlämnade"
        return [tabell, bygge.saknas(f"{vilka} för {period.namn}.", bygge.adress_till("avtal:lagesrapport_list"))]
    return [tabell]


def _lage(rapport):
    """(in words, nothing more is waited for)"""
    if rapport is None:
        return "Saknas", False
    if rapport.lage in Lagesrapport.INLAMNADE:
        return f"Inlämnad {v.datum(rapport.inlamnad)}" if rapport.inlamnad else "Inlämnad", True
    if rapport.lage == Lagesrapport.Lage.HOPPAD:
        return "Behövs inte", True
    return "Inte inlämnad", False


def _ekonomi(bygge):
    ar, period = bygge.verksamhetsar, _halvaret(bygge)
    delar = [bygge.text("ekonomi", rubrik=False)]
    if ar is None:
        return [*delar, bygge.utan_budget()]
    rapport = reports.budgetrapport(ar)
    return [
        *delar, v.rubrik("Utfall januari–juni", "utfall"), *_utfall(bygge, rapport, period),
        v.rubrik("Prognos för helåret", "prognos"), *_prognos(bygge, rapport),
        v.rubrik("Eget kapital enligt budgeten", "kapital"), tabeller.kapital(rapport),
    ]  # fmt: skip


def _utfall(bygge, rapport, period):
    utfall = utfallet(bygge.verksamhetsar, till=period.till)
    if utfall is None:
        text = f"Bokföringen för {bygge.ar} är inte inläst."
        return [bygge.saknas(text, bygge.adress("bok_list"))]
    delar = [
        tabeller.mot_bokforingen(rapport, utfall, f"Budget {bygge.ar} och bokföring januari–juni", till="30 juni"),
        v.stycke("Budgeten är inte fördelad på månader. Halva året motsvarar 50 % av den.", "liten"),
    ]
    if utfall.omappade:
        antal, belopp = utfall.omappat
        rader = "En rad" if antal == 1 else f"{antal} rader"
        text = f"{rader} i bokföringen till och med juni, {v.kronor(belopp)}, har ingen plats i budgeten."
        delar.append(bygge.saknas(text, bygge.adress("regel_list", bygge.verksamhetsar.pk)))
    return delar


def _prognos(bygge, rapport):
    rad = prognos_underlag.senaste_laste(bygge.verksamhetsar)
    if rad is None:
        text = f"Ingen prognos för {bygge.ar} är låst för styrelsen."
        return [bygge.saknas(text, bygge.adress("prognos_list", bygge.verksamhetsar.pk))]
    varde = prognos.ur_varden(rad.varden)
    kolumner = ("Del", f"Budget {bygge.ar}", "Prognos", "Skillnad")
    tabell = v.tabell(
        f"Prognos för {bygge.ar}", kolumner, _prognosrader(varde), breda=(0,),
        not_=f"Prognos {varde.nr}, gjord på bokföringen till och med {v.datum(varde.till)}. En skillnad med minus är "
        f"sämre än budgeten. {varde.kommentar}".strip(),
    )  # fmt: skip
    titel = "Eget kapital vid årets slut enligt prognosen"
    return [tabell, tabeller.vid_arets_slut(rapport, varde.slut, reports.arets_regel(bygge.ar), titel)]


def _prognosrader(varde):
    """Incomes, each block of costs with minus, and the results."""
    for block in (varde.alla_intakter, *varde.block, varde.kostnader):
        tecken = 1 if block.namn == "Intäkter" else -1
        gor = v.summa if block.namn == "Kostnader" else v.rad
        yield gor(block.namn, *(v.kronor(tecken * ett) for ett in (block.budgeterat, block.prognos, block.skillnad)))
    if varde.utanfor:
        yield v.rad("Räknas inte mot budgeten", v.SAKNAS, v.kronor(varde.utanfor), v.SAKNAS)
    resultaten = (varde.resultat_budget, varde.resultat, varde.resultat - varde.resultat_budget)
    yield v.summa("Resultat", *(v.kronor(ett) for ett in resultaten))
