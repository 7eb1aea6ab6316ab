"""What the demo's agreements oblige to: half-year reports, requisitions, and the budgets that the money comes from."""

import datetime
from decimal import Decimal

from django.utils import timezone

from ekonomi.models import Rekvisition, Scenario, Scenariorad, Verksamhetsar
from insatser.models import Ansokan, Ansokansar, Avtal, Avtalsar, Insats, Lagesrapport
from insatser.uppdrag_plan import sakra
from samordning.demo import bokforing, budget
from samordning.karna.kalender import halvar, senaste_hela_halvar

# What a year has beside its agreements, kronor.
FASTA = (
    ("Förbundschef och kansli", "ledning", 1_450_000), ("Styrelse och revision", "ledning", 230_000),
    ("Samverkansdag", "struktur", 40_000), ("Köpta tjänster", "ovrigt", 60_000),
    ("Utvecklingsmedel, ej beslutade", "ej_beslutat", 1_600_000),
)  # fmt: skip
RAPPORTER = {
    "mofalla-lantgard": {
        "genomfort": "Tre grupper på gården, enskilda samtal varje vecka och två träffar med styrgruppen.",
        "resultat": "Deltagarna sover bättre och kommer oftare. Det som hjälper mest är att få börja i egen takt.",
        "avvikelser": "En grupp startade fyra veckor senare än planerat.",
        "ekonomi": "Enligt plan.",
        "framat": "En ny grupp startar för invånare i Mariestads kommun som behöver stöd med språk och hälsa.",
    },
    "rorsas-lantliv": {
        "genomfort": "Trädgård och djur tre dagar i veckan. Ett nyhetsbrev till alla som remitterar.",
        "resultat": "Remisserna blev få under våren, men efter nyhetsbrevet har inflödet ökat.",
        "avvikelser": "Personalbyten hos parterna gjorde att informationen brast.",
        "ekonomi": "Något lägre kostnad, eftersom platserna inte fylldes.",
        "framat": "Vi vill skapa arbetsträning hos företag i bygden och prova en grupp före prerehabilitering.",
    },
}


def skriv(konton, dag):
    """`konton`: {name: account}."""
    kansli, ekonom = konton["Anna Lindgren"], konton["Isak Wallin"]
    for avtal in Avtal.objects.filter(slut__gte=dag):
        sakra(avtal)
    for slug, texter in RAPPORTER.items():
        avtal = Avtal.objects.get(insats__slug=slug, start__lte=dag, slut__gte=dag)
        _rapport(avtal, senaste_hela_halvar(dag), texter, kansli, Lagesrapport.Lage.INLAMNAD)
        _rekvisition(avtal, halvar(dag.year, 1), konton["Nils Ekwall"], kansli, ekonom)
    tidigare = Avtal.objects.get(insats__slug="mofalla-lantgard", beslut__isnull=False)
    for ar in range(tidigare.start.year, tidigare.slut.year + 1):
        for nr in (1, 2):
            _rapport(tidigare, halvar(ar, nr), RAPPORTER["mofalla-lantgard"], kansli)
    budget.faststall_plan(kansli)
    for ar, in_ in ((dag.year, 820_000), (dag.year + 1, 640_000)):
        budget.skriv(ar, (*_avtalens(ar), *FASTA), tilldelning=6_900_000, eget_kapital_in=in_)
    _partens(konton["Helena Brodin"], kansli, konton["Birgitta Sandell"], ekonom, dag.year)
    _scenario(kansli, dag.year + 1)
    bokforing.skriv_arets(ekonom, dag)
    bokforing.skriv_2019(ekonom)


def _rapport(avtal, period, texter, av, lage=Lagesrapport.Lage.GODKAND):
    """One that is in, if the agreement touches the half-year."""
    fran, till = max(avtal.start, period.fran), min(avtal.slut, period.till)
    if fran > till:
        return
    inne = timezone.make_aware(datetime.datetime.combine(till + datetime.timedelta(24), datetime.time(14)))
    Lagesrapport.objects.update_or_create(
        avtal=avtal, fran=fran,
        defaults=texter | {"till": till, "senast": till + datetime.timedelta(31), "lage": lage,
                           "inlamnad": inne, "av": av},
    )  # fmt: skip


def _rekvisition(avtal, period, skrev, forst, sist):
    """Half of what the year has, claimed by the party, attested by two and paid."""
    ar = period.fran.year
    belopp = Avtalsar.objects.filter(avtal=avtal, ar=ar).values_list("kronor", flat=True).first()
    if not belopp:
        return
    inne = timezone.make_aware(datetime.datetime.combine(period.till, datetime.time(10)))
    Rekvisition.objects.create(
        avtal=avtal, mottagare=avtal.huvudpart, ar=ar, period="H1", belopp=round(Decimal(belopp) / 2, 2),
        specifikation="Handledare och lokal, januari till juni.", skapad_av=skrev, skribenter=[skrev.pk], skapad=inne,
        inskickad=inne, lage=Rekvisition.Lage.BETALD, attest1_av=forst, attest1=inne, attest2_av=sist, attest2=inne,
        betald_dag=period.till,
    )  # fmt: skip


def _partens(foretradare, kansli, chef, ekonom, ar):
    """The requisitions of the demo's representative: one waits for an attest, one for payment, one was sent back."""
    avtal = Avtal.objects.filter(
        huvudpart__in=foretradare.parter_som("partsforetradare"), belopp__ar=ar, belopp__kronor__gt=0
    ).first()
    if not avtal:
        return
    kvartal = Decimal(avtal.belopp.get(ar=ar).kronor) / 4
    rader = [
        Rekvisition.objects.create(
            avtal=avtal,
            mottagare=avtal.huvudpart,
            ar=ar,
            period=period,
            belopp=round(kvartal * andel, 2),
            specifikation="Handledare och lokal.",
            skapad_av=foretradare,
            skribenter=[foretradare.pk],
        )  # fmt: skip
        for period, andel in (("K1", 1), ("K2", Decimal("0.9")), ("K3", Decimal("0.8")))
    ]
    for rad in rader:
        rad.skicka(av=foretradare)
    rader[0].attestera_forst(av=kansli)
    rader[0].attestera_sist(av=ekonom)
    rader[1].skicka_tillbaka(av=chef, skal="Underlaget för lokalen saknas.")


def _scenario(av, ar):
    """What the applications that wait would cost next year."""
    scenario = Scenario.objects.create(
        rubrik="Alla som väntar", forsta_ar=Verksamhetsar.objects.get(ar=ar), skapad_av=av,
        anteckning="Inför styrelsens nästa möte.",
    )  # fmt: skip
    sokta = Ansokansar.objects.filter(ar=ar, ansokan__arende__lage__in=("inkommen", "komplettering", "beredning", "au"))
    for rad in sokta.select_related("ansokan"):
        struktur = rad.ansokan.slag == Ansokan.Slag.STRUKTUR
        Scenariorad.objects.create(
            scenario=scenario, ansokan=rad.ansokan, ar=ar, kronor=rad.kronor,
            kategori="struktur" if struktur else "individ",
        )  # fmt: skip


def _avtalens(ar):
    """(line, category, kronor) of every agreement that has money for the year."""
    rader = Avtalsar.objects.filter(ar=ar).select_related("avtal__insats").order_by("avtal__insats__namn")
    struktur = Insats.Inriktning.STRUKTUR
    return [
        (rad.avtal.insats.namn, "struktur" if rad.avtal.insats.inriktning == struktur else "individ", rad.kronor)
        for rad in rader
    ]  # fmt: skip
