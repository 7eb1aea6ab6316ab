"""Notices: a row in the app and a mail without personal data. The texts are the folder templates/mejl/.

The first line of a template is the subject. It gets `lank` (a whole address) and nothing about a person.
"""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from samordning.karna.kalender import nu
from samordning.karna.models import Notis

FEL_I_RAD = 3

logg = logging.getLogger(__name__)


def text(mall, context):
    """(subject, body) of the mail."""
    rubrik, _, brod = render_to_string(f"mejl/{mall}.txt", context).strip().partition("\n")
    return rubrik.strip(), brod.strip() + "\n"


def mejla(epost, mall, context):
    """Send at once; OSError (which SMTP's errors are) when the mail cannot be handed over."""
    rubrik, brod = text(mall, context)
    send_mail(rubrik, brod, settings.DEFAULT_FROM_EMAIL, [epost])


def notify(mottagare, mall, lank=""):
    """A notice to each of `mottagare`: shown on their start page, mailed when everything is saved."""
    rubrik, _brod = text(mall, _context(lank))
    notiser = Notis.objects.bulk_create(
        [Notis(mottagare=anvandare, mall=mall, rubrik=rubrik, lank=lank) for anvandare in mottagare]
    )
    nycklar = [notis.pk for notis in notiser]
    transaction.on_commit(lambda: skicka_osanda(nycklar))


def skicka_osanda(nycklar=None, hogst=200):
    """Mail the notices that are due. What fails stays, and the sweep tries again later; when several fail in a row the
    mail server is down, and the rest wait too.
    """
    osanda = Notis.objects.osanda().order_by("pk")
    if nycklar is not None:
        osanda = osanda.filter(pk__in=nycklar)
    fel_i_rad = 0
    for pk in osanda.values_list("pk", flat=True)[:hogst]:
        fel_i_rad = 0 if _skicka(pk) else fel_i_rad + 1
        if fel_i_rad == FEL_I_RAD:
            break


@transaction.atomic
def _skicka(pk):
    """False when the mail could not be handed over. The row is locked meanwhile, so two sweeps never send it twice."""
    notis = (
        Notis.objects.osanda()
        .select_related("mottagare")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk)
        .first()
    )
    if notis is None:
        return True
    if not notis.mottagare.is_active:
        Notis.objects.filter(pk=pk).update(mejl_forsok=Notis.MEJL_FORSOK)
        return True
    Notis.objects.filter(pk=pk).update(mejl_forsok=F("mejl_forsok") + 1)
    try:
        mejla(notis.mottagare.epost, notis.mall, _context(notis.lank))
    except OSError:
        logg.warning("Notis %s gick inte att mejla", pk)
        return False
    Notis.objects.filter(pk=pk).update(mejlat=nu())
    return True


def _context(lank):
    return {"lank": settings.ADRESS + lank if lank else ""}
