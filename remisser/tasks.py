"""What beat runs for the remisser (the table in samordning/celery.py). May be run at any time and twice."""

import logging

from celery import shared_task

from remisser import gallring
from samordning.karna.request_id import nytt_request_id

logg = logging.getLogger(__name__)


@shared_task(name="remisser.stada")
def stada():
    """Remove the drafts whose thirty days are over."""
    nytt_request_id()
    logg.info("Gallring: %s utkast till remisser togs bort", gallring.ta_bort_utkast())
