"""What beat runs for the reports (the table in samordning/celery.py). May be run at any time and twice."""

from celery import shared_task

from samordning.karna.request_id import nytt_request_id
from uppfoljning import rapportversioner


@shared_task(name="uppfoljning.halvarsrapport")
def halvarsrapport():
    """In the middle of January and July: order the report of the half-year that has ended, once."""
    nytt_request_id()
    rapportversioner.bestall_halvarets()
