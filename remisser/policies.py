"""Who may do what with a remiss. Permission only, never whether the state allows it.

The association finances and does not handle cases (7 § lag 2003:1210): its kansli sees numbers, never a remiss.
"""

from django.db.models import Count, Exists, OuterRef

from insatser.models import Insats, Medarbetare
from remisser.models import Enhetsinstallning, Remiss
from samordning.karna.models import Part, Roll, Uppdrag
from samordning.karna.policies import can_manage_uppdrag


def can_create_remiss(user):
    """A caseworker with the role remittent at some unit."""
    return user.is_authenticated and user.har_roll(Roll.REMITTENT)


def can_view_remiss(user, remiss):
    """Its writer (and unit colleagues where the unit says so); once sent, the insats' listed staff.

    Mirrors `Remiss.objects.visible_to`.
    """
    if can_view_as_sender(user, remiss):
        return True
    return remiss.lage != Remiss.Lage.UTKAST and can_answer_remiss(user, remiss)


def can_view_as_sender(user, remiss):
    """All of it, at any time: who wrote it, and colleagues where the unit shares."""
    return can_edit_remiss(user, remiss) or _delar(user, remiss)


def can_edit_remiss(user, remiss):
    """Write the draft, send it, take it back: only who wrote it, as long as they are remittent at that unit."""
    return (
        remiss.skapad_av_id == user.pk
        and remiss.kanal == Remiss.Kanal.SYSTEMET
        and remiss.avsandare_id in user.parter_som(Roll.REMITTENT)
    )


def can_view_inkorg(user):
    """The inbox of staff; it holds what has come to the insatser where they are listed."""
    return user.har_roll(Roll.INSATSPERSONAL)


def can_view_flode(user):
    """How many remisser wait in each insats: numbers only (beslut.md 2)."""
    return user.ar_kansli


def can_answer_remiss(user, remiss):
    """Only the listed staff of the receiving insats."""
    return ar_medarbetare(user, remiss.insats_id)


def can_register_papper(user, insats):
    """Who receives a paper remiss writes it down for the sender's part."""
    return ar_medarbetare(user, insats.pk)


def insatser_for_papper(user):
    """The insatser that `can_register_papper` allows, as long as they receive remisser."""
    if not user.har_roll(Roll.INSATSPERSONAL):
        return Insats.objects.none()
    egna = Medarbetare.objects.pagaende().filter(anvandare=user).values("insats")
    return Insats.objects.pagaende().filter(pk__in=egna).exclude(tar_emot=Insats.TarEmot.INGEN).for_lista()


def can_list_enheter(user):
    """The settings of units; whose is `enheter`."""
    return user.har_roll(Roll.KONTOANSVARIG)


def can_manage_enhet(user, part):
    """Decide whether colleagues at the unit see each other's remisser: who looks after its accounts."""
    return can_manage_uppdrag(user, part)


def enheter(user):
    """The parts that `can_manage_enhet` allows where somebody is remittent today, with how many and what is decided."""
    remittenter = Uppdrag.objects.pagaende().filter(roll=Roll.REMITTENT)
    delar = Enhetsinstallning.objects.filter(part=OuterRef("pk"), kollegor_ser_remisser=True)
    antal = remittenter.filter(part=OuterRef("pk")).order_by().values("part").values(antal=Count("anvandare"))
    return (
        Part.objects.for_konton(user)
        .filter(pk__in=remittenter.values("part"))
        .annotate(delar=Exists(delar), remittenter=antal)
        .for_val()
    )


def ar_medarbetare(user, insats_id):
    """Has the role insatspersonal and is listed in the insats today (beslut.md 1)."""
    if not user.is_authenticated or not user.har_roll(Roll.INSATSPERSONAL):
        return False
    return Medarbetare.objects.pagaende().filter(insats=insats_id, anvandare=user).exists()


def _delar(user, remiss):
    return (
        remiss.avsandare_id in user.parter_som(Roll.REMITTENT)
        and Enhetsinstallning.objects.filter(part=remiss.avsandare_id, kollegor_ser_remisser=True).exists()
    )
