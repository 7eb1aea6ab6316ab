"""The plan of a budget year, read from its lines, its agreements and what people have typed."""

from django.db.models import ExpressionWrapper, F, IntegerField

from ekonomi import flerarsplan, reports
from ekonomi.budgetrapport import Bidrag
from ekonomi.flerarsplan import ANTAL_AR, Avtalstid, Linje, Plan, Ram
from ekonomi.models import Budgetpost, Planbelopp, Planram, Verksamhetsar
from insatser import reports as avtalen
from insatser.models import Avtal, Insats

Kategori, Kolumn = Budgetpost.Kategori, Budgetpost.Kolumn


def las(ar: Verksamhetsar) -> Plan:
    """Eight queries, whatever is in it."""
    poster = list(ar.poster.all())
    linjer = [
        Linje(
            rad.pk, rad.rubrik, rad.block, rad.kategori, rad.belopp, rad.insats_id, Kolumn.BUDGET in rad.memo,
            rad.avslutas,
        )
        for rad in poster
    ]  # fmt: skip
    insatser, tider = _avtal(ar.ar)
    med_rad = {rad.insats for rad in linjer}
    nya = [
        Linje(None, rad.namn, "", _kategori(rad), flerarsplan.NOLL, pk)
        for pk, rad in insatser.items() if pk not in med_rad
    ]  # fmt: skip
    planerat = {
        (post, nr): (belopp, kommentar)
        for post, nr, belopp, kommentar in Planbelopp.objects.filter(post__in=poster).values_list(
            "post", "ar", "belopp", "kommentar"
        )
    }
    return flerarsplan.bygg(
        ar.ar, linjer, dict(Budgetpost.Block.choices), tider, nya, planerat, ramar(ar), ar.eget_kapital_in,
        [Bidrag(rad.namn, rad.slag, rad.belopp, None) for rad in ar.bidrag.all()],
        reports.arens_regler(range(ar.ar, ar.ar + ANTAL_AR + 1)),
    )  # fmt: skip


def ramar(ar: Verksamhetsar) -> list[Ram]:
    """What comes in during the three years: as it is typed, else as in the budget year. One query."""
    skrivna = {
        rad.ar: Ram(rad.tilldelning, rad.ovriga_intakter, True) for rad in Planram.objects.filter(verksamhetsar=ar)
    }
    i_ar = Ram(ar.tilldelning, ar.ovriga_intakter)
    return [i_ar, *(skrivna.get(ar.ar + nr, i_ar) for nr in range(1, ANTAL_AR + 1))]


def _kategori(insats):
    return Kategori.STRUKTUR if insats.inriktning == Insats.Inriktning.STRUKTUR else Kategori.INDIVID


def _avtal(ar):
    """({insats: itself}, [Avtalstid]) of the agreements that touch the three years. Three queries."""
    kvar = ExpressionWrapper(F("slut__year") + F("optioner") - F("utnyttjade"), output_field=IntegerField())
    rader = list(
        Avtal.objects.alias(sista_mojliga=kvar)
        .filter(start__year__lte=ar + ANTAL_AR, sista_mojliga__gte=ar)
        .select_related("insats")
        .prefetch_related("belopp")
        .order_by("insats__namn", "start", "pk")
    )
    kan_forlangas = set(Avtal.objects.pagaende().utan_fortsattning().values_list("pk", flat=True))
    tider = [_tid(rad, rad.pk in kan_forlangas, rader) for rad in rader]
    tider = [rad for rad in tider if rad.sista.year >= ar]
    med = {rad.insats for rad in tider}
    return {rad.insats_id: rad.insats for rad in rader if rad.insats_id in med}, tider


def _tid(avtal, kan_forlangas, alla):
    belopp = {rad.ar: rad.kronor for rad in avtal.belopp.all()}
    optioner = [rad for rad in avtalen.perioder(avtal) if not rad.beslutad] if kan_forlangas else []
    sista = optioner[-1].till if optioner else avtal.slut
    optionsar = {nr for rad in optioner for nr in rad.ar}
    mojligt = {nr: kronor for nr, kronor in avtalen.mojliga_belopp(avtal).items() if nr in optionsar}
    egna = range(avtal.start.year, avtal.slut.year + 1)
    return Avtalstid(
        insats=avtal.insats_id,
        fran=avtal.start,
        till=avtal.slut,
        sista=sista,
        bundet={nr: belopp[nr] for nr in egna if nr in belopp},
        mojligt=mojligt,
        # Agreed for the option is only a sum of a year after the decided time.
        beraknade=frozenset(nr for nr in mojligt if nr <= avtal.slut.year or nr not in belopp),
        utan=frozenset(nr for nr in egna if nr not in belopp) | frozenset(optionsar - mojligt.keys()),
        sista_ar_i_ord=avtalen.sista_aret_i_ord(avtal) if optioner else "",
        foljs=any(rad.insats_id == avtal.insats_id and rad.start > avtal.slut for rad in alla),
    )


def finns_budget(ar: Verksamhetsar) -> list[Verksamhetsar]:
    """The plan years that have a budget of their own already. One query."""
    return list(Verksamhetsar.objects.filter(ar__range=(ar.ar + 1, ar.ar + ANTAL_AR)).order_by("ar"))


def ar_i_planen(ar: int) -> range:
    """The years after a budget year that its plan holds."""
    return range(ar + 1, ar + 1 + ANTAL_AR)
