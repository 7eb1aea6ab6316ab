"""Who may see figures and import them. Permission only, never whether the state allows it.

Persons and figures are different rights: the kansli sees figures, never a stay (beslut.md 1, 2, 10).
"""

from insatser.models import Insats, Medarbetare
from remisser.policies import ar_medarbetare
from samordning.karna.models import Rapportversion


def can_view_utfall(user):
    """The internal report: kansli, and staff for the insatser where they are listed today (beslut.md 10)."""
    return user.ar_kansli or user.har_roll("insatspersonal")


def insatser_med_utfall(user):
    """The individinriktade insatser whose figures the user may see in the internal report."""
    insatser = Insats.objects.individinriktade()
    if user.ar_kansli:
        return insatser
    if not user.har_roll("insatspersonal"):
        return insatser.none()
    return insatser.filter(pk__in=Medarbetare.objects.pagaende().filter(anvandare=user).values("insats"))


def can_order_rapport(user):
    """Order the half-year report, review it and release it."""
    return user.ar_kansli


def can_freeze_rapport(user):
    """Freeze it, and release it although a released report covers the same days (beslut.md 10)."""
    return user.ar_forbundschef


def can_import_deltaganden(user):
    return user.ar_kansli


def can_view_deltagande(user, deltagande):
    """The listed staff of the insats today, nobody else. Mirrors `Deltagande.objects.visible_to`."""
    return ar_medarbetare(user, deltagande.insats_id)


def can_start_deltagande(user, insats):
    """Register a start, with or without remiss."""
    return ar_medarbetare(user, insats.pk)


def can_list_deltaganden(user):
    """The list of one's own insatser; whose it shows is `Deltagande.objects.visible_to`."""
    return user.har_roll("insatspersonal")


def can_merge_deltagande(user, deltagande):
    """Say that its person is another one of the same insats too, and take it back: the listed staff (beslut.md 3)."""
    return ar_medarbetare(user, deltagande.insats_id)


def can_take_out_rapport(user, malgrupp):
    """Make a report for an audience: the internal one as `can_view_utfall`, the others by who reads (beslut.md 10)."""
    if malgrupp == Rapportversion.Malgrupp.INTERN:
        return can_view_utfall(user)
    if malgrupp == Rapportversion.Malgrupp.STYRELSE:
        return user.ar_kansli or user.har_roll(*Rapportversion.STYRELSENS_ROLLER)
    return True
