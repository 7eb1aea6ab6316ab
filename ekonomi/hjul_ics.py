"""The annual wheel as iCalendar (RFC 5545), for calendars that fetch it (MC7).

Whole days; DTEND is the day after the last, as the standard wants it. A day of the wheel has one UID for ever and a
higher SEQUENCE each time it changes, so that a moved or cancelled day finds the event that is there. An event says
what, in which ring, and has a link to its page: never who answers for it.
"""

import datetime

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vUri

from ekonomi.models import Ring
from samordning.karna.ics import rad

PRODUKT = "-//Samordning//Arshjul//SV"
UPPDATERAS = datetime.timedelta(hours=4)  # how often a calendar is asked to fetch again


def flode(poster, namn, *, utan_moten=True) -> str:
    """A calendar to subscribe to, as text. Days that are not decided are not in it.

    `utan_moten`: meetings that have been put in are left out; they come with their hours in the calendars of moten.
    """
    kalender = Calendar()
    for egenskap, varde in (
        ("prodid", PRODUKT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"), ("name", namn),
        ("x-wr-calname", namn), ("refresh-interval", UPPDATERAS), ("x-published-ttl", "PT4H"),
    ):  # fmt: skip
        kalender.add(egenskap, varde)
    for post in poster:
        if not post.dagen_oviss and not (utan_moten and post.mote_id):
            kalender.add_component(_handelse(post))
    return kalender.to_ical().decode()


def _handelse(post):
    lank = settings.ADRESS + reverse("ekonomi:hjulpost_detail", args=[post.pk])
    andrad = post.andrad.astimezone(datetime.UTC)
    handelse = Event()
    for egenskap, varde in (
        ("uid", f"{post.uid}@samordning"),
        ("sequence", post.sekvens),
        ("dtstamp", andrad),
        ("last-modified", andrad),
        ("summary", rad(post.rubrik)),
        ("description", lank),
        ("url", vUri(lank)),
        ("categories", [str(Ring(post.ring).label)]),
        ("status", "CANCELLED" if post.installd else "CONFIRMED"),
        ("transp", "TRANSPARENT"),  # a day of the wheel does not make anybody busy
        ("dtstart", post.dag),
        ("dtend", (post.slut or post.dag) + datetime.timedelta(1)),
    ):
        handelse.add(egenskap, varde)
    return handelse
