"""Who may see figures and import them. Permission only, never whether the state allows it.

Persons and figures are different rights: the kansli sees figures, never a stay (beslut.md 1, 2, 10).
"""

from insatser.models import Insats, Medarbetare
from remisser.policies import ar_medarbetare


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
