"""A mail that a worker sends, so that the time of the answer does not tell whether there was one to send.

The mail names a person and holds a code, and a job's parameters may do neither. So the row holds a random key, and the
mail lies encrypted in the broker's cache under it until it is sent, at most for a quarter of an hour: longer than any
code is valid. What is lost with the cache is asked for again.
"""

import base64
import json
import uuid

from django.core.cache import cache
from django.core.mail import EmailMessage

from samordning.karna import jobb
from samordning.karna.krypto import dekryptera, kryptera

SEKUNDER = 15 * 60


def lagg_pa(epost, rubrik, brod, avsandare):
    """Have the mail sent once everything is saved. Without `epost` the same work is done and nothing is sent."""
    nyckel = _nyckel(uuid.uuid4())
    klartext = json.dumps([epost, rubrik, brod, avsandare]).encode()
    cache.set(nyckel, base64.b64encode(kryptera(klartext, nyckel)).decode(), SEKUNDER)
    jobb.bestall("samordning.karna.brev.skicka", {"brev": nyckel})


def _nyckel(nummer):
    return f"brev:{nummer}"


def skicka(arbete):
    """The job. A mail server that does not answer is tried again by the sweep; a mail that is gone is not."""
    nyckel = arbete.parametrar["brev"]
    if (kryptogram := cache.get(nyckel)) is None:
        return {"skickat": False}
    epost, rubrik, brod, avsandare = json.loads(dekryptera(base64.b64decode(kryptogram), nyckel))
    if epost:
        EmailMessage(rubrik, brod, avsandare, [epost]).send()
    cache.delete(nyckel)
    return {"skickat": bool(epost)}
