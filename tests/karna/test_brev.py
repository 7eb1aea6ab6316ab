"""Mails by a worker: nothing of them can be read in the job or the cache, and their time tells nothing."""

from smtplib import SMTPException
from unittest import mock

import pytest
from cryptography.exceptions import InvalidTag
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordning.karna import brev, jobb
from samordning.karna.models import Jobb

pytestmark = pytest.mark.django_db

KOD = "KOD-TILL-DIG"


@pytest.fixture(autouse=True)
def _rent():
    cache.clear()


@pytest.fixture
def lagt():
    """A job that nobody has run yet."""
    brev.lagg_pa("mottagare@example.se", "Kod", KOD, "avsandare@example.se")
    return Jobb.objects.get()


def test_it_is_sent_by_the_job_and_forgotten(lagt):
    assert not mail.outbox
    jobb.kor_jobb(lagt.pk)
    (sant,) = mail.outbox
    assert (sant.to, sant.subject, sant.body, sant.from_email) == (
        ["mottagare@example.se"], "Kod", KOD, "avsandare@example.se",
    )  # fmt: skip
    assert cache.get(lagt.parametrar["brev"]) is None


def test_neither_the_row_nor_the_cache_can_be_read(lagt):
    rad = str(Jobb.objects.values().get())
    i_cachen = cache.get(lagt.parametrar["brev"])
    for hemligt in ("mottagare@example.se", KOD):
        assert hemligt not in rad
        assert hemligt not in i_cachen
    cache.set("brev:annan", i_cachen)
    lagt.parametrar = {"brev": "brev:annan"}
    with pytest.raises(InvalidTag):
        brev.skicka(lagt)


def test_a_mail_server_that_does_not_answer_is_tried_again(lagt, monkeypatch):
    with monkeypatch.context() as m:
        m.setattr(mail.EmailMessage, "send", mock.Mock(side_effect=SMTPException))
        jobb.kor_jobb(lagt.pk)
    lagt.refresh_from_db()
    assert lagt.lage == Jobb.Lage.KO
    jobb.kor_jobb(lagt.pk)
    assert len(mail.outbox) == 1


def test_a_mail_that_the_cache_has_lost_ends_the_job(lagt):
    cache.clear()
    jobb.kor_jobb(lagt.pk)
    lagt.refresh_from_db()
    assert (lagt.lage, lagt.resultat) == (Jobb.Lage.KLART, {"skickat": False})
    assert not mail.outbox


def test_the_mail_server_is_not_asked_while_somebody_waits(client, ny_anvandare, monkeypatch):
    monkeypatch.setattr(jobb, "ring", lambda jobb_id: None)
    monkeypatch.setattr(mail.EmailMessage, "send", mock.Mock(side_effect=AssertionError))
    for epost in (ny_anvandare().epost, "finns.inte@example.se"):
        svar = client.post(reverse("account_reset_password"), {"email": epost})
        assert svar["Location"] == reverse("account_confirm_password_reset_code")


def test_an_unknown_address_costs_the_same_statements(client, ny_anvandare, monkeypatch):
    monkeypatch.setattr(jobb, "ring", lambda jobb_id: None)
    fragor = {}
    for slag, epost in (("varm", "x@example.se"), ("kand", ny_anvandare().epost), ("okand", "y@example.se")):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as fangade:
            client.post(reverse("account_reset_password"), {"email": epost})
        fragor[slag] = [fraga["sql"].split()[0] for fraga in fangade.captured_queries]
    assert fragor["kand"] == fragor["okand"]
    assert Jobb.objects.count() == 3
