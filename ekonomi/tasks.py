"""What beat runs for the money and the wheel (the table in samordning/celery.py). May be run at any time and twice."""

from celery import shared_task

from ekonomi import hjulgang
from samordning.karna.request_id import nytt_request_id


@shared_task(name="ekonomi.arshjul")
def arshjul():
    """Each day: wish onto agendas what the wheel orders, and tell of what has become very late."""
    nytt_request_id()
    hjulgang.onska_punkter()
    hjulgang.beratta_om_sena()
