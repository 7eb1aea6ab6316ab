"""What beat runs for meetings (the table in samordning/celery.py). Each may be run at any time and twice."""

from celery import shared_task

from moten import kallelse_jobb, sok_text, uppfoljning
from samordning.karna.request_id import nytt_request_id


@shared_task(name="moten.kallelser")
def kallelser():
    """Remind those who have not answered a summons, and send the mails that have not left."""
    nytt_request_id()
    kallelse_jobb.paminn_alla()
    kallelse_jobb.svep()


@shared_task(name="moten.atgarder")
def atgarder():
    """Tell the kansli of what meetings ended with that has become very late."""
    nytt_request_id()
    uppfoljning.beratta_om_sena()


@shared_task(name="moten.handlingstexter")
def handlingstexter():
    """Read the text of papers that came in another way than through the forms."""
    nytt_request_id()
    sok_text.svep()
