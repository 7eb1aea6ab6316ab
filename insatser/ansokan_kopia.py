"""What a new application need not ask again (MB16): it is copied from the insats, or from the one that is reworked."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from insatser import ansokan_parter, optioner, visning
from insatser.models import Ansokan, Ansokansar, Ansokanspart, Bilaga, Ide
from samordning.karna.models import Handelse

# Copied when a rejected application is reworked; its new case, versions and ticks are its own.
INNEHALL = (
    "slag", "rubrik", "insats", "avtal", "start", "slut", "optioner", "platser", "deltagarveckor", "behov", "malgrupp",
    "mal", "genomforande", "samverkan", "uppfoljning", "implementering", "budgettext", "resultat", "framat", "fraga",
    "rapportversion",
)  # fmt: skip


def fyll_fran_insats(ansokan, insats):
    """Texts, places and the time after the latest agreement, where the draft has nothing. Not saved. One query."""
    tid = visning.tid(insats)
    forslag = {
        "malgrupp": insats.malgrupp,
        "mal": insats.mal,
        "genomforande": "\n\n".join(filter(None, [insats.beskrivning, insats.metod, tid and f"Tid i insatsen: {tid}"])),
        "platser": insats.platser_totalt,
    }
    avtal = insats.avtal.order_by("slut").last()
    if avtal:
        start = avtal.slut + timedelta(1)
        forslag |= {
            "start": start,
            "slut": optioner.ar_senare(start, 1) - timedelta(1),
            "deltagarveckor": avtal.deltagarveckor,
            "platser": avtal.platser or insats.platser_totalt,
        }
    if ansokan.slag != Ansokan.Slag.FORBEREDANDE:
        forslag |= {"platser": None, "deltagarveckor": None}
    for falt, varde in forslag.items():
        if varde and not getattr(ansokan, falt):
            setattr(ansokan, falt, varde)


@transaction.atomic
def omarbeta(gammal, *, av):
    """A draft with everything of a rejected application; (draft, True), or (the one under way, False).

    `gammal` is locked by who calls, so that a double click gives one draft.
    """
    if pagaende := gammal.omarbetningar.filter(lage=Ansokan.Lage.UTKAST).first():
        return pagaende, False
    ny = Ansokan.objects.create(
        omarbetning_av=gammal, skapad_av=av, **{falt: getattr(gammal, falt) for falt in INNEHALL}
    )
    Ansokansar.objects.bulk_create(Ansokansar(ansokan=ny, ar=rad.ar, kronor=rad.kronor) for rad in gammal.belopp.all())
    parter = list(gammal.parter.all())
    Ansokanspart.objects.bulk_create(Ansokanspart(ansokan=ny, part_id=rad.part_id, huvud=rad.huvud) for rad in parter)
    Bilaga.objects.bulk_create(
        Bilaga(ansokan=ny, rubrik=rad.rubrik, fil_id=rad.fil_id, av_id=rad.av_id) for rad in gammal.bilagor.all()
    )
    Handelse.logga(ny, "skapad", av=av, data={"omarbetning_av": gammal.pk})
    ansokan_parter.beratta(ny, [rad.part_id for rad in parter], av=av)
    return ny, True


@transaction.atomic
def ta_bort(ansokan, *, av):
    """Throw a draft away with its attachments. An idea that it came from is an idea again."""
    for bilaga in ansokan.bilagor.all():
        ta_bort_bilaga(bilaga)
    ansokan.ideer.update(status=Ide.Status.PROVAS, ansokan=None, version=F("version") + 1)
    Handelse.logga(ansokan, "borttagen", av=av, fran=ansokan.lage)
    ansokan.delete()


def ta_bort_bilaga(bilaga):
    """Also its file, unless the application that this one reworks has it; `filer.stada` takes it from the disk."""
    fil = bilaga.fil
    bilaga.delete()
    if not Bilaga.objects.filter(fil=fil).exists():
        fil.delete()
