"""Who may do what with the catalogue. Permission only, never whether the state allows it.

The catalogue is public, so each of these is also asked about somebody who is not logged in.
"""

from insatser.models import Medarbetare
from moten.models.arende import LASARE
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


def can_list_ansokningar(user):
    """One's own applications, or all: who writes for a party, and the kansli."""
    return user.ar_kansli or user.har_roll(Roll.PARTSFORETRADARE)


def can_view_ansokan(user, ansokan):
    """The kansli, its parties' representatives, and who sees its case. Mirrors `Ansokan.objects.visible_to`."""
    if user.ar_kansli or (ansokan.arende_id and ansokan.arende.beredd and user.har_roll(*LASARE)):
        return True
    return can_write_ansokan(user, ansokan)


def can_create_ansokan(user):
    return can_list_ansokningar(user)


def can_write_ansokan(user, ansokan):
    """Any of its parties' representatives (MB5: several people fill in sections), and the kansli that helps them."""
    if user.ar_kansli:
        return True
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return bool(egna) and ansokan.parter.filter(part__in=egna).exists()


def can_stand_behind(user, ansokanspart):
    """The party's own representative; the kansli writes down what came by mail or on paper, with the person's name."""
    return user.ar_kansli or ansokanspart.part_id in user.parter_som(Roll.PARTSFORETRADARE)


def can_handle_ansokan(user):
    """Ask for completion and judge the criteria."""
    return user.ar_kansli


def can_view_avtal(user, avtal):
    """Agreements with their conditions and reports: the kansli, who decides and audits, and the parties."""
    return user.ar_kansli or user.har_roll(*LASARE) or _egen_part(user, avtal)


def can_write_lagesrapport(user, avtal):
    """Who reports for the insats: its listed staff, its parties' representatives, and the kansli from paper."""
    return user.ar_kansli or _egen_part(user, avtal) or (
        user.har_roll(Roll.INSATSPERSONAL)
        and Medarbetare.objects.pagaende().filter(insats=avtal.insats_id, anvandare=user).exists()
    )  # fmt: skip


def _egen_part(user, avtal):
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return bool(egna) and (avtal.huvudpart_id in egna or avtal.parter.filter(pk__in=egna).exists())
