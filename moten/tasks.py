"""What beat runs for meetings (the table in samordning/celery.py). Each may be run at any time and twice."""

from celery import shared_task

from moten import kallelse_jobb
from samordning.karna.request_id import nytt_request_id


@shared_task(name="moten.kallelser")
def kallelser():
    """Remind those who have not answered a summons, and send the mails that have not left."""
    nytt_request_id()
    kallelse_jobb.paminn_alla()
    kallelse_jobb.svep()
