"""The log: one line a record with the request's id, and never a value that could be about a person or opens a door.

Loaded before the apps are, so it imports no model.
"""

import copy
import logging
import re

from samordning.karna.request_id import aktuellt_request_id


class RequestIdFilter(logging.Filter):
    """Puts the request's id in every log record."""

    def filter(self, record):
        record.request_id = aktuellt_request_id() or "-"
        return True


# Addresses that open something without an account: a meeting's room, an answer to a summons, a calendar. Django writes
# the path of each request that could not be answered, and the web server that of every one.
KODVAGAR = re.compile(r"(/(?:rum|kallelser/svar|kalender)/)[^/\s]+")


def utan_koder(text):
    """A line or a path without the codes in it."""
    return KODVAGAR.sub(r"\1…", text)


CELERYS_VARDEN = ("exc", "args", "kwargs", "return_value")


class UtanVarden(logging.Formatter):
    """Tells which exception it was and where, but never its message or values: they could be about a person."""

    def format(self, record):
        """Celery writes a task's error and arguments into the message itself."""
        if isinstance(record.args, dict):
            record = copy.copy(record)
            record.args = record.args | {namn: "…" for namn in CELERYS_VARDEN if namn in record.args}
        return utan_koder(super().format(record))

    def formatException(self, exc_info):
        typ, _fel, spar = exc_info
        rader = []
        while spar:
            kod = spar.tb_frame.f_code
            rader.append(f"  {kod.co_filename}:{spar.tb_lineno} {kod.co_name}")
            spar = spar.tb_next
        return "\n".join([f"{typ.__module__}.{typ.__qualname__}", *rader])
