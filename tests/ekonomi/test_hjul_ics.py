"""The annual wheel as a calendar: an independent reader (vobject) understands it, and a change finds its event."""

import datetime

import pytest
import vobject
from django.conf import settings
from django.urls import reverse

from ekonomi import hjul_ics
from ekonomi.models import Hjulpost
from samordning.karna.kalender import idag
from tests.ekonomi.hjulfabrik import ny_post
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
EN_DAG = datetime.timedelta(1)


def _flode(**val):
    return hjul_ics.flode(Hjulpost.objects.order_by("dag", "pk"), "Årshjulet", **val)


def _handelser(text):
    return list(getattr(vobject.readOne(text), "vevent_list", []))


def test_a_day_is_a_whole_day_with_its_ring_and_a_link_and_no_person(forbund, ny_anvandare):
    agare = ny_anvandare("kansli", namn="Vilgot Påhittad")
    post = ny_post(dag=datetime.date(2027, 3, 22), agare=agare, rubrik="Revisionsmöte; bokslut, §")
    text = _flode()
    kalender = vobject.readOne(text)
    assert (kalender.version.value, kalender.method.value) == ("2.0", "PUBLISH")
    assert kalender.contents["x-wr-calname"][0].value == "Årshjulet"
    (rad,) = kalender.vevent_list
    assert rad.summary.value == "Revisionsmöte; bokslut, §"
    assert (rad.dtstart.value, rad.dtend.value) == (datetime.date(2027, 3, 22), datetime.date(2027, 3, 23))
    assert "DTSTART;VALUE=DATE:20270322" in text
    assert rad.uid.value == f"{post.uid}@samordning"
    assert rad.categories.value == ["Ekonomi"]
    assert (rad.status.value, rad.transp.value) == ("CONFIRMED", "TRANSPARENT")
    lank = settings.ADRESS + reverse("ekonomi:hjulpost_detail", args=[post.pk])
    assert rad.description.value == rad.url.value == lank
    for hemligt in ("Vilgot", "Påhittad", agare.epost):
        assert hemligt not in text


def test_a_period_ends_the_day_after_its_last_and_the_turn_of_the_year_is_no_end():
    ny_post(dag=datetime.date(2027, 12, 1), slut=datetime.date(2027, 12, 31))
    ny_post(dag=datetime.date(2028, 2, 29))
    period, skottdag = _handelser(_flode())
    assert (period.dtstart.value, period.dtend.value) == (datetime.date(2027, 12, 1), datetime.date(2028, 1, 1))
    assert skottdag.dtend.value == datetime.date(2028, 3, 1)


def test_several_of_a_day_are_an_event_each():
    dag = idag() + datetime.timedelta(30)
    poster = [ny_post(dag=dag, rubrik=f"Sak {nr}") for nr in range(3)]
    rader = _handelser(_flode())
    assert {rad.uid.value for rad in rader} == {f"{post.uid}@samordning" for post in poster}
    assert {rad.dtstart.value for rad in rader} == {dag}


def test_a_moved_and_a_cancelled_day_are_the_same_event_with_a_higher_sequence():
    post = ny_post(om=30)
    lasta = _handelser(_flode())
    for falt in ({"dag": post.dag + EN_DAG}, {"installd": True}):
        for namn, varde in falt.items():
            setattr(post, namn, varde)
        post.sekvens += 1
        post.save()
        lasta += _handelser(_flode())
    forst, flyttad, installd = lasta
    assert forst.uid.value == flyttad.uid.value == installd.uid.value
    assert [int(rad.sequence.value) for rad in lasta] == [0, 1, 2]
    assert flyttad.dtstart.value == forst.dtstart.value + EN_DAG
    assert [rad.status.value for rad in lasta] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    post.refresh_from_db()
    assert installd.dtstamp.value == post.andrad.replace(microsecond=0)
    assert _flode() == _flode()


def test_meetings_that_are_put_in_come_in_their_own_calendars_and_undecided_days_nowhere():
    mote = ett_mote("styrelse")
    kvar = ny_post(om=20)
    med_mote = ny_post(dag=mote.dag, ring="styrelse", rubrik="Styrelse", mote=mote)
    ny_post(om=40, dagen_oviss=True)
    assert [rad.uid.value for rad in _handelser(_flode())] == [f"{kvar.uid}@samordning"]
    alla = {rad.uid.value for rad in _handelser(_flode(utan_moten=False))}
    assert alla == {f"{kvar.uid}@samordning", f"{med_mote.uid}@samordning"}
    assert f"{mote.uid}@samordning" not in alla


def test_an_empty_wheel_is_a_calendar():
    assert _handelser(_flode()) == []
    assert vobject.readOne(_flode()).prodid.value == hjul_ics.PRODUKT


def test_lines_are_folded_between_letters_and_nothing_typed_becomes_a_property():
    ny_post(rubrik="å" * 60 + "\r\nATTENDEE:mailto:annan@example.se\x07")
    text = _flode()
    for rad in text.encode().split(b"\r\n"):
        assert len(rad) <= 75
        rad.decode()  # no letter is cut in two
    assert "\nATTENDEE" not in text
    (rad,) = _handelser(text)
    assert rad.summary.value == "å" * 60 + " ATTENDEE:mailto:annan@example.se"


def test_a_calendar_is_one_query_however_many_days(django_assert_num_queries):
    for antal in (2, 20):
        for nr in range(antal):
            ny_post(om=nr)
        with django_assert_num_queries(1):
            _flode()
