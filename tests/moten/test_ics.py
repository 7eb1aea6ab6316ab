"""Calendars: an independent reader (vobject) understands them, and an update finds the event that is there."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.urls import reverse

from moten import kalender_ics
from moten.models import Kalenderprenumeration, Ledamotskap, Mote, Narvaro
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Kontakt
from tests.moten.fabrik import ett_mote, nytt_organ

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _flode(*moten):
    nycklar = [mote.pk for mote in moten]
    rader = kalender_ics.med_andrad(Mote.objects.filter(pk__in=nycklar)).select_related("organ").order_by("dag")
    return kalender_ics.flode(rader, "Mina möten")


def _handelser(text):
    return list(vobject.readOne(text).vevent_list)


def _inbjudan(mote):
    text, metod = kalender_ics.inbjudan(mote, "eva.prov@example.se", ("Förbundet; Väst", "kansli@example.se"))
    return vobject.readOne(text), metod


def test_an_event_says_body_time_and_place_and_nothing_that_is_taken_up(forbund):
    mote = ett_mote(
        "styrelse", dag=datetime.date(2026, 3, 28), fran=datetime.time(9), till=datetime.time(12),
        plats="Götene, rådhuset; plan 2", lank="https://mote.example.se/hemligt", rubrik="Framtidsdag",
    )  # fmt: skip
    mote.punkter.create(ordning=1, rubrik="Elings Ark", underlag="Hemligt underlag")
    text = _flode(mote)
    (rad,) = _handelser(text)
    assert rad.summary.value == "Styrelse: Framtidsdag"
    assert rad.location.value == "Götene, rådhuset; plan 2"
    assert rad.dtstart.value.utctimetuple()[:5] == (2026, 3, 28, 8, 0)  # winter
    assert rad.dtend.value.utctimetuple()[:5] == (2026, 3, 28, 11, 0)
    assert rad.uid.value == f"{mote.uid}@samordning"
    assert rad.url.value.endswith(reverse("moten:mote_detail", args=[mote.pk]))
    assert rad.status.value == "CONFIRMED"
    for hemligt in ("Elings", "Hemligt", "hemligt"):
        assert hemligt not in text


def test_the_night_when_the_clock_changes_is_in_the_file():
    sommar = ett_mote(dag=datetime.date(2026, 3, 30), fran=datetime.time(9))
    text = _flode(sommar)
    (rad,) = _handelser(text)
    assert rad.dtstart.value.utctimetuple()[:5] == (2026, 3, 30, 7, 0)
    assert "DTSTART;TZID=Europe/Stockholm:20260330T090000" in text
    assert "dtend" not in rad.contents
    zon = vobject.readOne(text).vtimezone.tzinfo  # read from the file, not known before
    for tid, timmar in (
        ("2026-03-29T01:30", 1), ("2026-03-29T03:30", 2), ("2027-10-30T12:00", 2), ("2027-10-31T12:00", 1)
    ):  # fmt: skip
        dag = datetime.datetime.fromisoformat(tid)
        assert zon.utcoffset(dag) == datetime.timedelta(hours=timmar)
        assert dag.replace(tzinfo=STOCKHOLM).utcoffset() == datetime.timedelta(hours=timmar)


def test_whole_days_and_several_days():
    utan_tid = ett_mote(dag=datetime.date(2027, 2, 3))
    lunch_till_lunch = ett_mote(
        dag=datetime.date(2027, 2, 10), sista_dag=datetime.date(2027, 2, 11), fran=datetime.time(13),
        till=datetime.time(12),
    )  # fmt: skip
    utan_slut = ett_mote(dag=datetime.date(2027, 2, 20), sista_dag=datetime.date(2027, 2, 21), fran=datetime.time(9))
    ett, tva, tre = _handelser(_flode(utan_tid, lunch_till_lunch, utan_slut))
    assert (ett.dtstart.value, ett.dtend.value) == (datetime.date(2027, 2, 3), datetime.date(2027, 2, 4))
    assert tva.dtend.value - tva.dtstart.value == datetime.timedelta(hours=23)
    assert (tre.dtstart.value, tre.dtend.value) == (datetime.date(2027, 2, 20), datetime.date(2027, 2, 22))


def test_lines_are_folded_between_letters_and_nothing_typed_becomes_a_property():
    mote = ett_mote(fran=datetime.time(9), plats="å" * 60 + "\r\nATTENDEE:mailto:annan@example.se\x07")
    text = _flode(mote)
    for rad in text.encode().split(b"\r\n"):
        assert len(rad) <= 75
        rad.decode()  # no letter is cut in two
    assert "\nATTENDEE" not in text
    (rad,) = _handelser(text)
    assert rad.location.value == "å" * 60 + " ATTENDEE:mailto:annan@example.se"


def test_an_update_and_a_cancellation_are_the_same_event_with_a_higher_sequence(forbund):
    mote = ett_mote(lage="kallat", fran=datetime.time(9), till=datetime.time(12))
    forst, metod = _inbjudan(mote)
    assert metod == forst.method.value == "REQUEST"
    rad = forst.vevent
    assert rad.attendee.value == "mailto:eva.prov@example.se"
    assert rad.attendee.params["RSVP"] == ["FALSE"]
    assert rad.organizer.value == "mailto:kansli@example.se"
    Mote.objects.filter(pk=mote.pk).update(dag=mote.dag + datetime.timedelta(7), sekvens=1)
    mote.refresh_from_db()
    sedan = _inbjudan(mote)[0].vevent
    Mote.objects.filter(pk=mote.pk).update(lage="installt", sekvens=2)
    mote.refresh_from_db()
    sist, metod = _inbjudan(mote)
    assert (metod, sist.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert rad.uid.value == sedan.uid.value == sist.vevent.uid.value
    assert [int(ett.sequence.value) for ett in (rad, sedan, sist.vevent)] == [0, 1, 2]
    assert sedan.dtstart.value.date() == mote.dag
    (i_flodet,) = _handelser(_flode(mote))
    assert (i_flodet.uid.value, i_flodet.status.value) == (rad.uid.value, "CANCELLED")


def test_when_it_was_last_changed_is_told_and_stands_still():
    mote = ett_mote()
    assert _flode(mote) == _flode(mote)
    Handelse.logga(mote, "andrad")
    (rad,) = _handelser(_flode(mote))
    tid = Handelse.objects.om(mote).first().tid.replace(microsecond=0)
    assert rad.contents["last-modified"][0].value in (tid, tid.strftime("%Y%m%dT%H%M%SZ"))
    assert rad.dtstamp.value == tid


def _min_adress(client):
    sida = client.get(reverse("moten:kalender_lank")).content.decode()
    return sida.split('id="min" type="text" readonly value="')[1].split('"')[0].replace("http://localhost:8000", "")


def test_ones_own_calendar_is_read_without_login_and_a_new_address_ends_the_old(client, ny_anvandare, kommun):
    eva = ny_anvandare("styrelse")
    kontakt = Kontakt.objects.create(namn="Eva Prov", part=kommun, anvandare=eva)
    styrelsen, annan = nytt_organ("styrelse"), nytt_organ("styrgrupp")
    Ledamotskap.objects.create(organ=styrelsen, kontakt=kontakt, part=kommun, fran=idag())
    mitt, installt = ett_mote("styrelse", plats="Skara"), ett_mote("styrelse", lage="installt")
    Narvaro.objects.create(mote=ett_mote(organ=annan, plats="Inbjuden hit"), kontakt=kontakt, roll="gast")
    ett_mote("beredning", plats="Inte mitt")
    client.force_login(eva)
    adress = _min_adress(client)
    client.logout()
    svar = client.get(adress)
    assert svar["Content-Type"] == "text/calendar; charset=utf-8"
    rader = {rad.uid.value: rad for rad in _handelser(svar.content.decode())}
    assert len(rader) == 3
    assert rader[f"{mitt.uid}@samordning"].location.value == "Skara"
    assert rader[f"{installt.uid}@samordning"].status.value == "CANCELLED"
    assert "Inte mitt" not in svar.content.decode()
    assert "Eva" not in svar.content.decode() + adress
    assert client.head(adress).status_code == 200
    client.force_login(eva)
    for _ in range(2):
        client.post(reverse("moten:kalender_lank"))
        ny = _min_adress(client)
        assert client.get(adress).status_code == 404
        assert client.get(ny).status_code == 200
        adress = ny
    assert Kalenderprenumeration.objects.get().nummer == 3
    eva.is_active = False
    eva.save()
    assert client.get(adress).status_code == 404


@pytest.mark.parametrize("kod", ["x", "WzEsMV0:falsk", "a:b:c", "å%00", "WzEsMV0", "9" * 2000])
def test_a_key_that_we_did_not_make_opens_nothing(client, kod):
    assert client.get(f"/kalender/{kod}.ics").status_code == 404


def test_a_bodys_calendar_is_public_only_for_a_public_body(client, ny_anvandare):
    mote = ett_mote("styrelse", plats="Skara")
    adress = reverse("moten:kalender_organ", args=[mote.organ_id])
    assert client.get(adress).status_code == 404
    assert client.get(f"{adress}?nyckel=x").status_code == 404
    client.force_login(ny_anvandare("styrelse"))
    sida = client.get(reverse("moten:kalender_lank")).content.decode()
    nyckel = sida.split(f"{adress}?nyckel=")[1].split('"')[0]
    client.logout()
    assert b"Skara" in client.get(f"{adress}?nyckel={nyckel}").content
    client.force_login(ny_anvandare("remittent"))
    sida = client.get(reverse("moten:kalender_lank")).content.decode()
    assert adress not in sida
    fel = _min_adress(client).split("/kalender/")[1].removesuffix(".ics")
    assert client.get(f"{adress}?nyckel={fel}").status_code == 404
    client.logout()
    mote.organ.publikt = True
    mote.organ.save()
    assert b"Skara" in client.get(adress).content
    assert client.get(reverse("moten:kalender_organ", args=[10**9])).status_code == 404


def test_a_calendar_costs_the_same_however_many_meetings_there_are(client, assert_constant_queries):
    organ = nytt_organ("styrelse")
    organ.publikt = True
    organ.save()
    assert_constant_queries(reverse("moten:kalender_organ", args=[organ.pk]), lambda: ett_mote(organ=organ))
