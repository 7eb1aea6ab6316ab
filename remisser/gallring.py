"""What is removed when its time is over: drafts that nobody has touched for thirty days (beslut.md 22)."""

from django.db import transaction

from remisser.models import Remiss
from samordning.karna.models import Handelse


@transaction.atomic
def ta_bort_utkast(*, torrkor=False):
    """How many drafts are too old; they are removed unless it is a dry run. May run twice at once."""
    gamla = Remiss.objects.utgangna_utkast()
    if torrkor:
        return gamla.count()
    antal = 0
    for remiss in gamla.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        Handelse.logga(remiss, "utkast_gallrat", fran=remiss.lage)
        remiss.delete()
        antal += 1
    return antal
