"""Who a command acts for."""

from django.core.management.base import CommandError

from samordning.karna.models import Anvandare


def oppet_konto(epost):
    """The account of `--som`; None, the system, without it. CommandError when there is no open account."""
    if epost is None:
        return None
    av = Anvandare.objects.filter(epost=epost.strip().lower(), is_active=True).first()
    if av is None:
        raise CommandError(f"Det finns inget öppet konto med e-posten {epost}. Inget skrevs.")
    return av
