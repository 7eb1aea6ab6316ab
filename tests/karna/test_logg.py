"""The log says where it went wrong, never about whom."""

import io
import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery.signals import setup_logging
from gunicorn.config import Config

from samordning.karna.logg import RequestIdFilter, UtanVarden
from samordning.karna.request_id import nytt_request_id
from samordning.serverlogg import Serverlogg

HEMLIGT = "Åsa Öhrn 19870312"


@pytest.fixture
def logg():
    strom = io.StringIO()
    handler = logging.StreamHandler(strom)
    handler.addFilter(RequestIdFilter())
    handler.setFormatter(UtanVarden("%(levelname)s [%(request_id)s] %(message)s"))
    logger = logging.Logger("prov")
    logger.addHandler(handler)
    return logger, strom


def test_an_exception_is_told_without_its_message(logg):
    logger, strom = logg
    request_id = nytt_request_id()
    try:
        raise ValueError(HEMLIGT)
    except ValueError:
        logger.exception("Något gick fel")
    rader = strom.getvalue()
    assert HEMLIGT not in rader
    assert "builtins.ValueError" in rader
    assert "test_an_exception_is_told_without_its_message" in rader
    assert f"[{request_id}]" in rader


def test_chained_exceptions_are_told_without_their_messages_too(logg):
    logger, strom = logg
    try:
        try:
            raise KeyError(HEMLIGT)
        except KeyError as fel:
            raise RuntimeError(HEMLIGT) from fel
    except RuntimeError:
        logger.exception("Något gick fel")
    assert HEMLIGT not in strom.getvalue()
    assert "RuntimeError" in strom.getvalue()


def test_celery_tells_which_task_failed_without_its_error_and_arguments(logg):
    logger, strom = logg
    context = {"name": "karna.sop", "id": "1", "description": "raised unexpected", "exc": HEMLIGT, "args": HEMLIGT}
    logger.error("Task %(name)s[%(id)s] %(description)s: %(exc)s %(args)s", context)
    assert HEMLIGT not in strom.getvalue()
    assert "Task karna.sop[1] raised unexpected: … …" in strom.getvalue()
    assert context["exc"] == HEMLIGT


def test_the_worker_logs_as_the_rest_does():
    """With a receiver of this signal Celery sets up no log of its own."""
    assert setup_logging.receivers


def test_every_handler_of_the_product_uses_them(settings):
    for handler in settings.LOGGING["handlers"].values():
        assert handler["formatter"] == "rad"
        assert "request_id" in handler["filters"]
    assert settings.LOGGING["formatters"]["rad"]["()"] == "samordning.karna.logg.UtanVarden"
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []


def test_a_code_that_opens_something_is_not_written(logg):
    logger, strom = logg
    for vag in ("/rum/ABC234/", "/rum/ABC234/finns-inte/3/", "/kallelser/svar/ABC234:x-y/", "/kalender/ABC234.ics"):
        logger.warning("Not Found: %s", vag)
    rader = strom.getvalue()
    assert "ABC234" not in rader
    assert "Not Found: /rum/…/finns-inte/3/" in rader


def test_nor_by_the_web_server():
    svar = SimpleNamespace(status="200 OK", sent=3, headers=[])
    miljo = {"REQUEST_METHOD": "GET", "RAW_URI": "-", "SERVER_PROTOCOL": "-", "PATH_INFO": "/rum/ABC234/rosta/7/"}
    atomer = Serverlogg.atoms(Serverlogg(Config()), svar, {}, miljo, timedelta())
    assert (atomer["U"], atomer["s"]) == ("/rum/…/rosta/7/", "200")
