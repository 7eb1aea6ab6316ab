"""What beat runs for the pages that gather (the table in samordning/celery.py)."""

from celery import shared_task

from samordning.karna.request_id import nytt_request_id
from samordning.sidor import att_gora, sok_sparat


@shared_task(name="sidor.sparade_sokningar")
def sparade_sokningar():
    """Each hour: those that have not been run today."""
    nytt_request_id()
    sok_sparat.kor_alla()


@shared_task(name="sidor.veckobrev")
def veckobrev():
    """Each day: whoever has not been told this week what is late or soon due."""
    nytt_request_id()
    att_gora.veckobrev()
