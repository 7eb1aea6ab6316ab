"""One mail a week to who has something late or due, and none to the others."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import TestCase

from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Notis
from samordning.karna.paneler import AttGora
from samordning.sidor import att_gora
from tests.ekonomi.hjulfabrik import ny_post

pytestmark = pytest.mark.django_db


def skicka():
    with TestCase.captureOnCommitCallbacks(execute=True):
        return att_gora.veckobrev()


def test_who_has_something_is_told_once_a_week_until_it_is_done(ny_anvandare):
    ekonom = ny_anvandare("ekonom")
    ny_anvandare("styrelse")
    sen, snart = ny_post(-2, roll="ekonom"), ny_post(3, roll="ekonom", rubrik="Snart")
    ny_post(20, roll="ekonom")
    assert [skicka(), skicka()] == [1, 0]
    (brev,) = mail.outbox
    assert brev.to == [ekonom.epost]
    assert brev.subject.endswith("2 saker att göra, 1 är sen")
    assert "Revisionsmöte" not in brev.subject + brev.body
    assert "/start/" in brev.body
    Notis.objects.update(skapad=nu() - datetime.timedelta(6, 1))
    sen.klar = nu()
    sen.save()
    assert skicka() == 1
    assert "En sak att göra den här veckan" in mail.outbox[1].subject
    Notis.objects.update(skapad=nu() - datetime.timedelta(6, 1))
    snart.klar = nu()
    snart.save()
    assert skicka() == 0


def test_what_has_no_day_or_comes_later_is_for_the_start_page_only(ny_anvandare, monkeypatch):
    ny_anvandare("styrelse")
    poster = [AttGora("Utan dag", "#"), AttGora("Senare", "#", dag=idag() + datetime.timedelta(8))]
    for nr, panel in enumerate(att_gora.PANELER):
        monkeypatch.setattr(panel, "att_gora", lambda user, nr=nr: [] if nr else poster)
    assert skicka() == 0
    poster.append(AttGora("Om en vecka", "#", dag=idag() + datetime.timedelta(7)))
    assert skicka() == 1


def test_one_that_fails_does_not_stop_the_others_nor_is_named_in_the_log(ny_anvandare, monkeypatch, caplog):
    fel, ratt = ny_anvandare("ekonom"), ny_anvandare("ekonom")
    ny_post(-2, roll="ekonom")
    egen = att_gora.att_gora_for
    monkeypatch.setattr(att_gora, "att_gora_for", lambda user: 1 / 0 if user == fel else egen(user))
    assert skicka() == 1
    assert Notis.objects.get().mottagare == ratt
    assert "ZeroDivisionError" in caplog.text
    assert fel.epost not in caplog.text
    assert fel.namn not in caplog.text


def test_a_closed_account_is_told_nothing(ny_anvandare):
    ny_anvandare("ekonom")
    Anvandare.objects.update(is_active=False)
    ny_post(-2, roll="ekonom")
    assert skicka() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_tell_once(ny_anvandare):
    ny_anvandare("ekonom")
    ny_post(-2, roll="ekonom")

    def en(_):
        try:
            return att_gora.veckobrev()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as par:
        assert sum(par.map(en, range(2))) == 1
    assert Notis.objects.count() == 1
