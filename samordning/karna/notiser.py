"""Notices: a row in the app and a mail without personal data. The texts are the folder templates/mejl/.

The first line of a template is the subject. It gets `lank` (a whole address) and nothing about a person.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
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


def mejla(epost, mall, context, *, rubrik="", svar_till="", kalender=None):
    """Send at once; OSError (which SMTP's errors are) when the mail cannot be handed over.

    `rubrik` instead of the template's own subject. `kalender` = (text of an iCalendar file, its METHOD): it goes both
    as an invitation, which mail programs put in the calendar, and as a file for those that do not.
    """
    egen, brod = text(mall, context)
    mejl = EmailMultiAlternatives(
        rubrik or egen, brod, settings.DEFAULT_FROM_EMAIL, [epost], reply_to=[svar_till] if svar_till else None
    )
    if kalender:
        ics, metod = kalender
        mejl.attach_alternative(ics, f"text/calendar; method={metod}")
        mejl.attach("mote.ics", ics.encode(), "application/ics")
    mejl.send()


def notify(mottagare, mall, lank="", rubrik=""):
    """A notice to each of `mottagare`: shown on their start page, mailed when everything is saved. `rubrik` says more
    than the template's own first line can, and names no person."""
    rubrik = rubrik[:200] or text(mall, _context(lank))[0]
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
        mejla(notis.mottagare.epost, notis.mall, _context(notis.lank), rubrik=notis.rubrik)
    except OSError:
        logg.warning("Notis %s gick inte att mejla", pk)
        return False
    Notis.objects.filter(pk=pk).update(mejlat=nu())
    return True


def _context(lank):
    return {"lank": settings.ADRESS + lank if lank else ""}
