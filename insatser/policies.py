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


def can_lead_ansokan(user, ansokan):
    """Take other parties out of a draft, name another huvudpart, throw the draft away: the huvudpart and the kansli."""
    if user.ar_kansli:
        return True
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return bool(egna) and ansokan.parter.filter(part__in=egna, huvud=True).exists()


def can_edit_ide(user, ide):
    """Everybody who lists ideas reads all of them; who wrote it, or speaks for its party, changes it."""
    if user.ar_kansli:
        return True
    return user.har_roll(Roll.PARTSFORETRADARE) and (
        ide.skapad_av_id == user.pk or ide.part_id in user.parter_som(Roll.PARTSFORETRADARE)
    )


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


def can_list_avtal(user):
    """The watch list: the kansli, who decides and audits, and the parties for their own."""
    return user.ar_kansli or user.har_roll(Roll.PARTSFORETRADARE, *LASARE)


def can_handle_avtal(user):
    """Write agreements, conditions and what a report needs of the kansli."""
    return user.ar_kansli


def can_apply_forlangning(user, avtal):
    """Begin the application for one more year: the kansli, and a representative of one of its parties."""
    return user.ar_kansli or _egen_part(user, avtal)


def can_list_lagesrapporter(user):
    return can_list_avtal(user) or user.har_roll(Roll.INSATSPERSONAL)


def can_view_lagesrapport(user, rapport):
    """Who writes it; who decides and audits when it is in. Mirrors `Lagesrapport.objects.visible_to`."""
    if rapport.lage in rapport.INLAMNADE and user.har_roll(*LASARE):
        return True
    return can_write_lagesrapport(user, rapport.avtal)


def _egen_part(user, avtal):
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return bool(egna) and (avtal.huvudpart_id in egna or avtal.parter.filter(pk__in=egna).exists())


# ---- What an insats offers (models/utbud.py)


def can_edit_grupp(user, insats):
    """Groups and their free places are written by who knows them."""
    return can_edit_platser(user, insats)


def can_view_implementering(user):
    """Who decides, who prepares, and the parties that shall use the method."""
    if not user.is_authenticated:
        return False
    return user.ar_kansli or user.har_roll(Roll.PARTSFORETRADARE, Roll.BEREDNING, Roll.STYRELSE)


def can_edit_implementering(user):
    return can_edit_insats(user)


def can_edit_blankett(user):
    return can_edit_insats(user)


def can_manage_nck(user):
    """Who has gone NCK's course: names of staff, so the kansli alone."""
    return can_manage_medarbetare(user)


def can_list_tillfallen(user):
    """The events are for the parties' staff: everybody with a role reads them and signs up, each for oneself."""
    return bool(user.roller)


def can_manage_tillfallen(user):
    """Write events, see who has signed up, sign up others, and tick who was there."""
    return user.ar_kansli


def can_list_nomineringar(user):
    """Who may nominate an employer reads all nominations."""
    return user.ar_kansli or user.har_roll(Roll.PARTSFORETRADARE, Roll.BEREDNING)


def can_edit_nominering(user, nominering):
    return user.ar_kansli or nominering.part_id in user.parter_som(Roll.PARTSFORETRADARE, Roll.BEREDNING)


def can_valj_nominering(user):
    """Which nominated employers get the award."""
    return user.ar_kansli
