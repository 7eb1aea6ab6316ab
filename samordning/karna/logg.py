"""The log: one line a record with the request's id, and never a value that could be about a person.

Loaded before the apps are, so it imports no model.
"""

import logging

from samordning.karna.request_id import aktuellt_request_id


class RequestIdFilter(logging.Filter):
    """Puts the request's id in every log record."""

    def filter(self, record):
        record.request_id = aktuellt_request_id() or "-"
        return True


class UtanVarden(logging.Formatter):
    """Tells which exception it was and where, but never its message or values: they could be about a person."""

    def formatException(self, exc_info):
        typ, _fel, spar = exc_info
        rader = []
        while spar:
            kod = spar.tb_frame.f_code
            rader.append(f"  {kod.co_filename}:{spar.tb_lineno} {kod.co_name}")
            spar = spar.tb_next
        return "\n".join([f"{typ.__module__}.{typ.__qualname__}", *rader])
