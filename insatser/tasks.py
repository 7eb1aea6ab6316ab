"""What beat runs for the insatser (the table in samordning/celery.py). May be run at any time and twice."""

import logging

from celery import shared_task

from insatser import ansokan_sok, uppdrag_plan
from samordning.karna.request_id import nytt_request_id

logg = logging.getLogger(__name__)


@shared_task(name="insatser.bilagetexter")
def bilagetexter():
    """Have new attachments of applications read for the search."""
    nytt_request_id()
    ansokan_sok.erbjud_bilagor()


@shared_task(name="insatser.lagesrapporter")
def lagesrapporter():
    """Plan the half-year reports of the agreements, and remind of those that are to be in."""
    nytt_request_id()
    uppdrag_plan.sakra_alla()
    logg.info("Lägesrapporter: påminnelse om %s", uppdrag_plan.paminn())
