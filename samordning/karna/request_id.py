"""The id of the request (or job) under way: in the log, in the record of events and on the error page."""

import secrets
from contextvars import ContextVar

_nuvarande = ContextVar("request_id", default="")


def aktuellt_request_id():
    """The id, or "" outside requests and jobs."""
    return _nuvarande.get()


def nytt_request_id():
    """Begin a new id and return it."""
    _nuvarande.set(request_id := secrets.token_hex(8))
    return request_id
