"""Who may do what with the catalogue. Permission only, never whether the state allows it.

The catalogue is public, so each of these is also asked about somebody who is not logged in.
"""

from insatser.models import Medarbetare
from samordning.karna.models import Roll


def can_view_insats(user, insats):
    """Mirrors `Insats.objects.visible_to`: an unpublished sheet is the kansli's own."""
    return insats.publicerad or can_edit_insats(user)


def can_edit_insats(user):
    """Sheets, contact persons, agreements and history."""
    return user.is_authenticated and user.ar_kansli


def can_manage_medarbetare(user):
    return can_edit_insats(user)


def can_edit_platser(user, insats):
    """Free places are typed by who knows them: today's staff of the insats, or the kansli."""
    if can_edit_insats(user):
        return True
    if not user.is_authenticated or not user.har_roll(Roll.INSATSPERSONAL):
        return False
    return Medarbetare.objects.pagaende().filter(insats=insats, anvandare=user).exists()
