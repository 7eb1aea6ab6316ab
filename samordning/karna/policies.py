"""Who may do what with accounts and settings. Permission only, never whether the state allows it."""


def can_manage_konton(user):
    """kontoansvarig: at a part for its accounts, at the association for all."""
    return user.har_roll("kontoansvarig")


def can_view_konto(user, anvandare):
    """Mirrors `Anvandare.objects.visible_to`."""
    if user.ar_kontoansvarig_for_alla:
        return True
    parter = user.parter_som("kontoansvarig")
    return any(u.part_id in parter or u.part.del_av_id in parter for u in anvandare.uppdrag.select_related("part"))
