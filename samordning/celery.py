"""The Celery app and everything that beat runs. Celery only rings; what is to be done lies as rows in Postgres."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordning.settings")

app = Celery("samordning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["samordning.karna", "moten", "insatser", "remisser", "uppfoljning", "ekonomi", "samordning.sidor"]
)


@setup_logging.connect
def loggning(**_signal):
    """The worker logs as the rest does (settings.LOGGING): Celery's own log would print exceptions with values."""


# name: (task, seconds between)
BEAT = {
    "sop-jobb": ("karna.sop", 30),
    "puls": ("karna.puls", 60),
    "arshjul": ("ekonomi.arshjul", 24 * 60 * 60),
    "veckobrev": ("sidor.veckobrev", 24 * 60 * 60),
    "atgarder": ("moten.atgarder", 24 * 60 * 60),
    "kallelser": ("moten.kallelser", 10 * 60),
    "handlingstexter": ("moten.handlingstexter", 10 * 60),
    "bilagetexter": ("insatser.bilagetexter", 10 * 60),
    "sparade-sokningar": ("sidor.sparade_sokningar", 60 * 60),
    "halvarsrapport": ("uppfoljning.halvarsrapport", 6 * 60 * 60),
    "lagesrapporter": ("insatser.lagesrapporter", 24 * 60 * 60),
    "stada": ("karna.stada", 24 * 60 * 60),
    "stada-remisser": ("remisser.stada", 24 * 60 * 60),
}
# What no worker was there to hear is not heard later: the next one comes soon.
app.conf.beat_schedule = {
    namn: {"task": task, "schedule": sekunder, "options": {"expires": sekunder}}
    for namn, (task, sekunder) in BEAT.items()
}
