"""Who may do what with accounts and settings. Permission only, never whether the state allows it."""

from samordning.karna.models import Part, Roll

# What these roles open is not tied to a party, so they are given at the association and by its kontoansvarig only.
FORBUNDETS_ROLLER = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.DRIFT})
PARTENS_ROLLER = frozenset({Roll.KONTOANSVARIG, Roll.REMITTENT, Roll.INSATSPERSONAL, Roll.PARTSFORETRADARE})


def can_manage_konton(user):
    """kontoansvarig: at a part for its accounts, at the association for all."""
    return user.har_roll(Roll.KONTOANSVARIG)


def can_view_konto(user, anvandare):
    """Mirrors `Anvandare.objects.visible_to`."""
    if user.ar_kontoansvarig_for_alla:
        return True
    return any(can_manage_uppdrag(user, uppdrag.part) for uppdrag in anvandare.uppdrag.select_related("part"))


def can_manage_uppdrag(user, part):
    """Give and end roles at the part. Mirrors `Uppdrag.objects.visible_to` and `Part.objects.for_konton`."""
    if user.ar_kontoansvarig_for_alla:
        return True
    parter = user.parter_som(Roll.KONTOANSVARIG)
    return part.pk in parter or part.del_av_id in parter


def can_ge_roll(user, roll, part):
    """A kontoansvarig at a part gives only roles that reach no further than the part."""
    if user.ar_kontoansvarig_for_alla:
        return roll not in FORBUNDETS_ROLLER or part.slag == Part.Slag.FORBUND
    return roll in PARTENS_ROLLER and can_manage_uppdrag(user, part)


def can_stang_konto(user, anvandare):
    """Close or open the whole account: nobody's own, and at a part only when all its roles are the part's."""
    if anvandare == user:
        return False
    if user.ar_kontoansvarig_for_alla:
        return True
    uppdrag = anvandare.uppdrag.inte_slut().select_related("part")
    return can_view_konto(user, anvandare) and all(can_manage_uppdrag(user, rad.part) for rad in uppdrag)


def can_manage_kontakter(user):
    """The whole register of contacts, also those that no public page shows."""
    return user.ar_kansli


def can_view_rapportversion(user, version):
    """beslut.md 10: the kansli all of them, others only what is released to them. Mirrors `visible_to`."""
    if user.ar_kansli:
        return True
    if not version.ar_utgiven or version.ar_intern:
        return False
    return version.malgrupp == version.Malgrupp.PUBLIK or user.har_roll(*version.STYRELSENS_ROLLER)


def can_view_jobb(user, jobb):
    """Who ordered it, the kansli, and drift. Mirrors `Jobb.objects.visible_to`."""
    return bool(jobb.rubrik) and (jobb.bestalld_av_id == user.pk or can_list_jobb(user))


def can_list_jobb(user):
    return user.ar_kansli or user.har_roll(Roll.DRIFT)


def can_change_jobb(user, jobb):
    """Cancel it, or order it again."""
    return jobb.bestalld_av_id == user.pk or user.ar_kansli
