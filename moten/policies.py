"""Who may do what with a case and with a meeting. Permission only, never whether the state allows it."""

from django.db.models import Exists, OuterRef, Q

from moten.models.arende import LASARE, Arende, Handling
from moten.models.mote import ARENDEORGAN, LASER_FARDIGT, Mote, Narvaro
from moten.models.organ import Ledamotskap, Organ
from moten.models.punkt import Punkt
from moten.models.yttrande import Yttranderunda
from samordning.karna.models import Kontakt, Roll


def can_view_arende(user, arende):
    """The kansli; the parties' own representatives; board, preparation groups, auditors and economist once it has
    come as far as to a preparation group. Mirrors `Arende.objects.visible_to`."""
    if user.ar_kansli or (arende.beredd and user.har_roll(*LASARE)):
        return True
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return bool(egna) and arende.parter.filter(pk__in=egna).exists()


def can_list_arenden(user):
    """The diarium: everybody who may see some case."""
    return user.ar_kansli or user.har_roll(Roll.PARTSFORETRADARE, *LASARE)


def can_handle_arende(user):
    """Move it, ask for opinions, write opinions and decisions of a meeting, file papers, note conflicts of interest."""
    return user.ar_kansli


def can_withdraw_arende(user, arende):
    """The kansli, and who represents the party that answers for it."""
    return can_handle_arende(user) or arende.huvudpart_id in user.parter_som(Roll.PARTSFORETRADARE)


def can_view_runda(user, runda):
    """Opinions in the making are for who gives them; the others read them when the round is closed. Mirrors
    `Yttranderunda.objects.visible_to`."""
    if not can_view_arende(user, runda.arende):
        return False
    return user.ar_kansli or user.har_roll(Roll.BEREDNING) or runda.lage == Yttranderunda.Lage.STANGD


def can_download_handling(user, handling):
    """What is withdrawn stays in the list, but only the kansli reads it."""
    return can_view_handling(user, handling) and (user.ar_kansli or not handling.makulerad)


def can_view_handling(user, handling):
    """Mirrors `Handling.objects.visible_to`."""
    if handling.krets == Handling.Krets.INTERN and not user.ar_kansli:
        return False
    return can_view_arende(user, handling.arende)


def can_write_yttrande(user, yttrande):
    """The kansli for all; a party's member of a preparation group for the party's own."""
    return can_handle_arende(user) or bool(
        yttrande.part_id and yttrande.part_id in user.parter_som(Roll.BEREDNING)
    )  # fmt: skip


def can_manage_organ(user):
    """Bodies, members and the days of their meetings."""
    return user.ar_kansli


def can_list_moten(user):
    """The calendar of meetings: everybody who may see some meeting by role or seat."""
    return user.ar_kansli or user.har_roll(*LASER_FARDIGT, Roll.PARTSFORETRADARE) or has_seat(user)


def has_seat(user):
    """Sits or has sat in a body, or has been called to a meeting, whatever the roles. One query."""
    sitter = Exists(Ledamotskap.objects.filter(kontakt=OuterRef("pk")))
    return Kontakt.objects.filter(
        sitter | Exists(Narvaro.objects.filter(kontakt=OuterRef("pk"))), anvandare=user
    ).exists()  # fmt: skip


def can_view_mote(user, mote):
    """The kansli; who sits in the body or was called; roles that stand for the body; readers when it is published.
    Mirrors `Mote.objects.visible_to`."""
    if user.ar_kansli:
        return True
    organ = mote.organ
    if mote.publicerat and (organ.publikt or (organ.slag in ARENDEORGAN and user.har_roll(*LASER_FARDIGT))):
        return True
    return belongs(user, mote)


def belongs(user, mote):
    """Sits in the body or was called, or has the role that stands for the body."""
    organ = mote.organ
    if organ.slag == Organ.Slag.BEREDNING and user.har_roll(Roll.BEREDNING):
        return True
    if organ.slag == Organ.Slag.STYRELSE and user.har_roll(Roll.STYRELSE):
        return True
    return (
        Ledamotskap.objects.filter(Q(till=None) | Q(till__gte=mote.dag), organ=organ, kontakt__anvandare=user).exists()
        or mote.narvaro.filter(kontakt__anvandare=user).exists()
    )


def sees_only_published(user, mote):
    """Reads the meeting because its record is published, and not by seat or role: what was masked is not for her.
    Asked of who may see the meeting."""
    return not (user.ar_kansli or belongs(user, mote))


def can_view_dagordning(user, mote):
    """What is to be taken up: the kansli while it is being made, the others from the day they are called."""
    return agenda_is_out(user, mote) and can_view_mote(user, mote)


def agenda_is_out(user, mote):
    """`can_view_dagordning` of a meeting that the user may see. Asks nothing of the database."""
    return user.ar_kansli or mote.lage not in (Mote.Lage.PLANERAT, Mote.Lage.INSTALLT)


def can_view_punkt(user, punkt):
    """An item on a case that the user may not see is not told of before the record is published. Mirrors
    `Punkt.objects.visible_to`."""
    if not can_view_dagordning(user, punkt.mote):
        return False
    return bool(
        user.ar_kansli or punkt.mote.publicerat or punkt.arende is None or can_view_arende(user, punkt.arende)
    )  # fmt: skip


def can_view_underlag(user, underlag):
    """A file of an item, or of the whole agenda: it is as it was handed in, so who reads only what is published (and
    masked) does not get it. What is withdrawn exists only for the kansli."""
    if underlag.utgatt and not can_handle_mote(user):
        return False
    ser = can_view_punkt(user, underlag.punkt) if underlag.punkt else can_view_dagordning(user, underlag.mote)
    return ser and not sees_only_published(user, underlag.mote)


def can_note_punkt(user, punkt):
    """Write a note of one's own at an item; not from outside, where the item's words may be masked."""
    return can_view_punkt(user, punkt) and not sees_only_published(user, punkt.mote)


def can_view_kallelse(user, kallelse):
    """The packet holds the papers of every case on the agenda: who may not see one of them reads the meeting's page."""
    return not sees_only_published(user, kallelse.mote) and can_read_packet(user, kallelse)


def can_read_packet(user, kallelse):
    """`can_view_kallelse` of who belongs to the meeting."""
    if not agenda_is_out(user, kallelse.mote):
        return False
    arenden = {rad[2] for rad in kallelse.innehall.get("punkter", [])} - {None}
    return user.ar_kansli or Arende.objects.visible_to(user).filter(pk__in=arenden).count() == len(arenden)


def can_answer(user, narvaro):
    """To a summons: the one who is called, and the kansli, who is told on the telephone."""
    return user.ar_kansli or narvaro.kontakt.anvandare_id == user.pk


def can_handle_mote(user):
    """Plan, call, take minutes, close, have approved and publish."""
    return user.ar_kansli


def can_follow(user, utfall):
    """Say how far something to be done has come: the kansli, and who is to do it."""
    return user.ar_kansli or bool(utfall.ansvarig_id and utfall.ansvarig.anvandare_id == user.pk)


def can_approve(user, justerare):
    """The one who was chosen to approve the record, in the own name only."""
    return justerare.kontakt.anvandare_id == user.pk


def can_view_justering(user, mote):
    """The kansli, and who was chosen to approve."""
    return user.ar_kansli or mote.justerare.filter(kontakt__anvandare=user).exists()


def can_view_protokollversion(user, version, sist):
    """The kansli and those who approve read each version. The last one, once it is approved, is for all who belong to
    the meeting and may see every item: the file holds them all."""
    mote = version.mote
    if can_view_justering(user, mote):
        return True
    if not sist or mote.lage not in mote.LASTA or sees_only_published(user, mote):
        return False
    return Punkt.objects.visible_to(user).filter(mote=mote).count() == mote.punkter.count()
