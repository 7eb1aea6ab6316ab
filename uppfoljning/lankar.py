"""The codes that participants answer by: made by staff, typed once, and guarded against guessing (beslut.md 42)."""

import datetime
import uuid

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from samordning.karna import gissning
from samordning.karna.kalender import idag, nu
from samordning.karna.klient import plats
from samordning.karna.models import Handelse
from uppfoljning.gallande import fonster_dagar
from uppfoljning.models import Deltagande, Svarskod, Tillfalle

LANGD, GRUPP = 8, 4  # 40 bits
BESOK = datetime.timedelta(minutes=60)
TIMME = gissning.TIMME
FEL_PER_PLATS, FEL_I_ALLT = 20, 100
CACHEFEL = (RedisError, OSError)


class KodenGarInte(Exception):
    """The message says what to do, and nothing about whose code it is."""


class Fel(KodenGarInte):
    """No such code: the only kind that is counted, since only a guess can be it."""


class Anvand(KodenGarInte):
    """Redeemed already."""


class GallerInte(KodenGarInte):
    """Too early, too late, or the stay was a mistake."""


class Paus(Exception):
    """Too many wrong codes: nobody gets further from there for an hour."""


class Stangt(Exception):
    """Wrong codes cannot be counted now, so none is tried."""


def i_grupper(kod):
    """`ABCDEFGH` as it is read: `ABCD EFGH`."""
    return " ".join(kod[plats : plats + GRUPP] for plats in range(0, len(kod), GRUPP))


def giltighet(deltagande, tillfalle):
    """(first, last day) of a code made today: the window of the assessment before and after the event.

    An exit that is not registered yet happens today. None when the time has passed: such an answer is never counted.
    """
    dagar = _fonster(deltagande, tillfalle)
    return None if dagar[1] < idag() else dagar


def _fonster(deltagande, tillfalle):
    handelse = deltagande.start if tillfalle == Tillfalle.START else deltagande.slut or idag()
    fonster = datetime.timedelta(days=fonster_dagar())
    return handelse - fonster, handelse + fonster


def _satt_fonster(rad, dagar):
    rad.giltig_fran = _i_stockholm(dagar[0], datetime.time.min)
    rad.giltig_till = _i_stockholm(dagar[1], datetime.time.max)


def flytta(deltagande):
    """The codes that nobody has used follow when the day of their event is changed. The stay is locked."""
    for rad in Svarskod.objects.filter(deltagande=deltagande, inlost=None):
        _satt_fonster(rad, _fonster(deltagande, rad.tillfalle))
        rad.save(update_fields=["giltig_fran", "giltig_till"])


@transaction.atomic
def ny_kod(deltagande, tillfalle, av):
    """A new code in clear, which is seen this once; the old one and what was answered by it but not sent is gone.

    None when the time for it has passed.
    """
    # Two at once would otherwise both find no row and one of them fail.
    deltagande = Deltagande.objects.select_for_update(of=("self",)).get(pk=deltagande.pk)
    if deltagande.anonym or deltagande.felregistrerad or not (dagar := giltighet(deltagande, tillfalle)):
        return None
    kod = gissning.slumptecken(LANGD)
    rad = Svarskod.objects.filter(deltagande=deltagande, tillfalle=tillfalle).first()
    rad = rad or Svarskod(deltagande=deltagande, tillfalle=tillfalle)
    rad.uuid = uuid.uuid4()  # a phone that was let in by the old code is let in no more
    rad.kod_sha256 = Svarskod.fingeravtryck(kod)
    _satt_fonster(rad, dagar)
    rad.inlost, rad.skickad, rad.utkast = None, False, ""
    rad.save()
    Handelse.logga(deltagande, "svarskod", av=av, data={"tillfalle": str(tillfalle)})
    return kod


def _i_stockholm(dag, tid):
    return timezone.make_aware(datetime.datetime.combine(dag, tid))


@transaction.atomic
def los_in(kod):
    """The Svarskod that the code opens, now used up. Of many at once exactly one gets it; KodenGarInte for the rest."""
    rad = Svarskod.objects.select_related("deltagande").filter(kod_sha256=Svarskod.fingeravtryck(kod)).first()
    if rad is None:
        raise Fel("Koden stämmer inte. Titta på lappen och skriv koden igen.")
    oppen = Svarskod.objects.giltiga().filter(pk=rad.pk, kod_sha256=rad.kod_sha256)
    if not rad.deltagande.felregistrerad and oppen.update(inlost=nu()):
        rad.refresh_from_db(fields=["inlost"])
        _glom_utkast()
        return rad
    if Svarskod.objects.filter(pk=rad.pk, inlost__isnull=False).exists():
        raise Anvand(
            "Koden är redan använd. Fortsätt på den mobil eller dator där du skrev den. "
            "Går det inte? Be personalen om en ny kod."
        )
    raise GallerInte("Koden gäller inte i dag. Be personalen om en ny kod.")


def _glom_utkast():
    """What was answered and never sent is no use to anybody when its hour has passed."""
    Svarskod.objects.filter(inlost__lte=nu() - BESOK, utkast__isnull=False).update(utkast="")


# ---- Guessing


def _nycklar(ip):
    """Where wrong codes are counted: per place and in all. One household or server has a whole /64 of IPv6."""
    ip = plats(ip or "") or ip
    return {f"svarskod-fel:{ip}": FEL_PER_PLATS, "svarskod-fel": FEL_I_ALLT}


def kontrollera(ip):
    """Paus after too many wrong codes within an hour, from this place or in all; Stangt when nobody can count them."""
    granser = _nycklar(ip)
    try:
        antal = cache.get_many(granser)
    except CACHEFEL:
        raise Stangt from None
    if any(antal.get(nyckel, 0) >= hogst for nyckel, hogst in granser.items()):
        raise Paus


def rakna_fel(ip):
    """One more wrong code; the hour begins with the first of them."""
    try:
        for nyckel in _nycklar(ip):
            gissning.rakna_fel(nyckel, TIMME)
    except CACHEFEL:
        raise Stangt from None
