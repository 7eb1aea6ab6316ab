"""A notice is a row and a mail; the mail holds a link and nothing about anybody."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.template.loader import get_template

from samordning.karna import notiser, tasks
from samordning.karna.kalender import nu
from samordning.karna.models import Notis

pytestmark = pytest.mark.django_db


def notera(capture, *mottagare):
    with capture(execute=True):
        notiser.notify(mottagare, "karna/roller", "/konton/mitt/")


def ga_sonder(*_args, **_kwargs):
    raise SMTPException


def test_a_row_and_a_mail_each(ny_anvandare, settings, django_capture_on_commit_callbacks):
    ett, tva = ny_anvandare(), ny_anvandare()
    notera(django_capture_on_commit_callbacks, ett, tva)
    assert [brev.to for brev in mail.outbox] == [[ett.epost], [tva.epost]]
    assert mail.outbox[0].subject == "Dina roller har ändrats"
    assert f"{settings.ADRESS}/konton/mitt/" in mail.outbox[0].body
    assert "Dina roller har ändrats" not in mail.outbox[0].body
    notis = Notis.objects.olasta(ett).get()
    assert (notis.rubrik, notis.lank) == ("Dina roller har ändrats", "/konton/mitt/")
    assert notis.mejlat


def test_nothing_leaves_before_everything_is_saved(ny_anvandare, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        notiser.notify([ny_anvandare()], "karna/roller")
    assert not mail.outbox


def test_a_mail_that_failed_is_sent_by_the_sweep_once(ny_anvandare, monkeypatch, django_capture_on_commit_callbacks):
    with monkeypatch.context() as m:
        m.setattr(notiser.EmailMultiAlternatives, "send", ga_sonder)
        notera(django_capture_on_commit_callbacks, ny_anvandare())
    notis = Notis.objects.get()
    assert (notis.mejlat, notis.mejl_forsok) == (None, 1)
    tasks.sop()
    assert not mail.outbox  # not again at once
    with time_machine.travel(nu() + timedelta(seconds=31)):
        tasks.sop()
        tasks.sop()
    assert len(mail.outbox) == 1
    notis.refresh_from_db()
    assert notis.mejlat
    assert notis.mejl_forsok == 2


def test_the_pauses_grow_and_it_gives_up_after_a_day(ny_anvandare, monkeypatch):
    monkeypatch.setattr(notiser.EmailMultiAlternatives, "send", ga_sonder)
    notis = Notis.objects.create(mottagare=ny_anvandare(), mall="karna/roller", rubrik="x", mejl_forsok=49)
    with time_machine.travel(nu() + timedelta(hours=20)) as tid:
        assert not Notis.objects.osanda().exists()
        tid.shift(timedelta(minutes=2))
        notiser.skicka_osanda()
        tid.shift(timedelta(days=9))
        assert not Notis.objects.osanda().exists()
    notis.refresh_from_db()
    assert (notis.mejlat, notis.mejl_forsok) == (None, 50)


def test_a_mail_server_that_is_down_is_not_asked_for_every_notice(ny_anvandare, monkeypatch):
    monkeypatch.setattr(notiser.EmailMultiAlternatives, "send", ga_sonder)
    person = ny_anvandare()
    for _ in range(5):
        Notis.objects.create(mottagare=person, mall="karna/roller", rubrik="x")
    notiser.skicka_osanda()
    assert list(Notis.objects.order_by("pk").values_list("mejl_forsok", flat=True)) == [1, 1, 1, 0, 0]


def test_a_closed_account_gets_no_mail(ny_anvandare):
    stangd = ny_anvandare()
    stangd.is_active = False
    stangd.save()
    Notis.objects.create(mottagare=stangd, mall="karna/roller", rubrik="x")
    notiser.skicka_osanda()
    assert not mail.outbox
    assert not Notis.objects.osanda().exists()


def test_every_mail_template_has_a_subject_and_text(settings):
    mallar = sorted((settings.ROT / "templates" / "mejl").glob("*/*.txt"))
    assert mallar
    for mall in mallar:
        namn = f"{mall.parent.name}/{mall.stem}"
        get_template(f"mejl/{namn}.txt")
        rubrik, brod = notiser.text(namn, {"lank": "https://exempel.se/", "kod": "K", "adress": "A", "dagar": 7})
        assert 5 < len(rubrik) < 80
        assert brod.startswith("Hej")
