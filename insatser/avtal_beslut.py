"""From a decision to an agreement (MB7): a new one with its insats, or one more year of the one that there is."""

from django.db import transaction

from insatser import uppdrag_plan
from insatser.models import Ansokan, Avtal, Insats, Villkor
from moten.models import Arende, Beslut
from samordning.karna.models import Handelse

# Text of the application -> text of the sheet.
TEXTER = {"behov": "bakgrund", "malgrupp": "malgrupp", "mal": "mal", "genomforande": "beskrivning"}


def hinder(beslut):
    """Why no agreement may be written after a decision, in Swedish; empty when it may."""
    if beslut.utfall != Beslut.Utfall.BIFALL or beslut.arende.lage != Arende.Lage.BEVILJAD:
        return "Avtal skrivs bara när styrelsen har sagt ja. Inget är ändrat."
    return ""


def avtal_av(ansokan):
    """The agreement that an application has led to, or None."""
    if ansokan.forlangt_till:
        return ansokan.avtal
    return Avtal.objects.filter(beslut__arende=ansokan.arende_id).first()


def ny_insats(ansokan, agare, start, *, av):
    """An unpublished sheet from the application's own texts; the kansli fills in the rest before it is shown."""
    individ = ansokan.slag == Ansokan.Slag.FORBEREDANDE
    insats = Insats.objects.create(
        namn=ansokan.rubrik,
        slug=Insats.objects.ledig_slug(ansokan.rubrik),
        agare=agare,
        inriktning=Insats.Inriktning.INDIVID if individ else Insats.Inriktning.STRUKTUR,
        start=start,
        platser_totalt=ansokan.platser if individ else None,
        publicerad=False,
        **{till: getattr(ansokan, fran) for fran, till in TEXTER.items()},
    )
    Handelse.logga(insats, "skapad", av=av, data={"namn": [None, insats.namn]})
    return insats


@transaction.atomic
def skriv(form, ansokan, beslut, *, av):
    """A new agreement with its sums, conditions and plan of reports. `form` is a valid AvtalFranBeslutForm."""
    avtal = form.instance
    if not avtal.insats_id:
        avtal.insats = ny_insats(ansokan, form.cleaned_data["huvudpart"], avtal.start, av=av)
    avtal.beslut = beslut
    form.spara()
    ansokan.insats = avtal.insats
    ansokan.save(update_fields=["insats"])
    Handelse.logga(avtal.insats, "avtal_tillagt", av=av, data=form.andringar())
    _klart(avtal, ansokan, "skrivet", av)
    return avtal


@transaction.atomic
def forlang(form, ansokan, *, av):
    """One more year of the agreement that the application is about. `form` is a valid ForlangForm."""
    avtal = form.spara()
    ansokan.forlangt_till = avtal.slut
    ansokan.save(update_fields=["forlangt_till"])
    Handelse.logga(avtal.insats, "avtal_andrat", av=av, data=form.andringar())
    _klart(avtal, ansokan, "forlangt", av)
    return avtal


def ar_forlangt(avtal, ansokan):
    """Somebody has prolonged it by hand: all of the time that was applied for is in the agreement."""
    return bool(ansokan.slut and avtal.slut >= ansokan.slut)


@transaction.atomic
def koppla(avtal, ansokan, *, av):
    """Say that the decision is written into an agreement that was prolonged by hand. The agreement is not changed."""
    ansokan.forlangt_till = avtal.slut
    ansokan.save(update_fields=["forlangt_till"])
    _klart(avtal, ansokan, "forlangt", av)


def _klart(avtal, ansokan, handelse, av):
    Villkor.objects.filter(beslut__arende=ansokan.arende_id).update(avtal=avtal)
    uppdrag_plan.sakra(avtal)
    Handelse.logga(avtal, handelse, av=av, data={"arende": ansokan.arende_id})
