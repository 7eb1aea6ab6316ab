"""Invitations: a code that opens an account once. Only its hash is kept, so it can be sent but never read again."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from samordning.karna import gissning, notiser
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse, Inbjudan

GILTIG = timedelta(days=7)
FEL_PER_TIMME = 20


def ny_kod():
    """160 random bits as eight groups of four characters."""
    return "-".join(gissning.slumptecken(4) for _ in range(8))


def kodens_hash(kod):
    """What is stored. Case, hyphens and spaces do not matter to who types the code."""
    return hashlib.sha256("".join(tecken for tecken in kod.upper() if tecken.isalnum()).encode()).digest()


def bjud_in(anvandare, *, av):
    """A new code replaces the old one and is mailed once everything is saved."""
    kod = ny_kod()
    Inbjudan.objects.update_or_create(
        anvandare=anvandare,
        defaults={"kod_sha256": kodens_hash(kod), "giltig_till": nu() + GILTIG, "skapad_av": av},
    )
    Handelse.logga(anvandare, "bjud_in", av=av)
    transaction.on_commit(lambda: _mejla(anvandare, kod, av))


def _mejla(anvandare, kod, av):
    """The code stands after # in the address, which browsers keep to themselves: it is in no server's log.

    When the mail cannot be handed over the invitation is emptied, which the account's page says.
    """
    context = {
        "inbjudare": av.namn,
        "adress": settings.ADRESS + reverse("konton:inbjudan_los_in"),
        "kod": kod,
        "dagar": GILTIG.days,
    }
    try:
        notiser.mejla(anvandare.epost, "karna/inbjudan", context)
    except OSError:
        Inbjudan.objects.filter(anvandare=anvandare).update(kod_sha256=None, giltig_till=None)


def giltig(kod):
    """The invitation that the code opens, locked. None for a wrong, used or too old code, a closed account, and a
    person who has chosen a password in another way."""
    inbjudan = (
        Inbjudan.objects.select_related("anvandare")
        .select_for_update(of=("self",))
        .filter(kod_sha256=kodens_hash(kod), giltig_till__gt=nu(), anvandare__is_active=True)
        .first()
    )
    return None if inbjudan is None or inbjudan.anvandare.has_usable_password() else inbjudan


def los_in(inbjudan, losenord):
    """The password is chosen and the code is used up."""
    anvandare = inbjudan.anvandare
    anvandare.set_password(losenord)
    anvandare.save(update_fields=["password"])
    inbjudan.kod_sha256 = inbjudan.giltig_till = None
    inbjudan.save(update_fields=["kod_sha256", "giltig_till"])
    Handelse.logga(anvandare, "los_in", av=anvandare)


def _nyckel(ip):
    return f"inbjudan-fel:{ip}"


def for_manga_fel(ip):
    return cache.get(_nyckel(ip), 0) >= FEL_PER_TIMME


def rakna_fel(ip):
    """Wrong codes from one address; the hour begins with the first of them."""
    gissning.rakna_fel(_nyckel(ip))
