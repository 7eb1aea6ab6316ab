"""Meetings as iCalendar (RFC 5545), for mails and for calendars that fetch them (MA18).

An event says which body meets, when and where, and has a link to its page; never what is to be taken up or who comes.
The same meeting has one UID for ever, and a higher SEQUENCE each time its facts change, so that an update and a
cancellation find the event that is there. Times are local in Europe/Stockholm with the zone's own rules in the file:
Outlook asks for them.
"""

import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText, vUri

from moten.models import Mote
from samordning.karna.ics import rad
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse

ZON = "Europe/Stockholm"
PRODUKT = "-//Samordning//Moten//SV"
UPPDATERAS = datetime.timedelta(hours=4)  # how often a calendar is asked to fetch again


def med_andrad(moten):
    """The meetings with `andrad`: when something last happened to each."""
    sist = (
        Handelse.objects.filter(
            objekt_typ=Mote._meta.label_lower,
            objekt_id=Cast(OuterRef("pk"), Handelse._meta.get_field("objekt_id")),
        )
        .order_by("-tid")
        .values("tid")[:1]
    )
    return moten.annotate(andrad=Subquery(sist))


def flode(moten, namn):
    """A calendar to subscribe to, as text. `moten` with `organ` and `andrad` (`med_andrad`)."""
    kalender = _kalender("PUBLISH")
    kalender.add("name", namn)
    kalender.add("x-wr-calname", namn)
    kalender.add("x-wr-timezone", ZON)
    kalender.add("refresh-interval", UPPDATERAS)
    kalender.add("x-published-ttl", "PT4H")
    for mote in moten:
        kalender.add_component(_handelse(mote, mote.andrad or mote.kallat or _forsta_stund(mote)))
    return kalender.to_ical().decode()


def inbjudan(mote, epost, arrangor):
    """(text, METHOD) for a mail to one person: a request, or a cancellation when the meeting is cancelled.

    `arrangor` = (name, address). No answer is asked for by the calendar (RSVP=FALSE): who is called answers by the
    link in the mail, which the application reads. Nobody else's address is in it.
    """
    metod = "CANCEL" if mote.lage == Mote.Lage.INSTALLT else "REQUEST"
    kalender = _kalender(metod)
    handelse = _handelse(mote, nu())
    namn, adress = arrangor
    handelse.add("organizer", _adress(adress, cn=vText(namn)))
    handelse.add(
        "attendee",
        _adress(epost, partstat=vText("NEEDS-ACTION"), role=vText("REQ-PARTICIPANT"), rsvp=vText("FALSE")),
    )
    kalender.add_component(handelse)
    return kalender.to_ical().decode(), metod


def arrangor(forbund):
    """(name, address) of who calls: the association, or the address that mails are sent from."""
    return forbund.namn, forbund.epost or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _adress(epost, **parametrar):
    adress = vCalAddress(f"mailto:{epost}")
    adress.params.update(parametrar)
    return adress


def _kalender(metod):
    kalender = Calendar()
    kalender.add("prodid", PRODUKT)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add("method", metod)
    kalender.add_component(_zon())
    return kalender


def _zon():
    """The rule of the Union since 1996: the last Sunday of March and of October, at 01.00 UTC."""
    zon = Timezone()
    zon.add("tzid", ZON)
    for klass, namn, start, fran, till in (
        (TimezoneDaylight, "CEST", datetime.datetime(1996, 3, 31, 2), 1, 2),  # noqa: DTZ001  local by definition
        (TimezoneStandard, "CET", datetime.datetime(1996, 10, 27, 3), 2, 1),  # noqa: DTZ001
    ):
        del_ = klass()
        del_.add("tzname", namn)
        del_.add("dtstart", start)
        del_.add("rrule", {"freq": "yearly", "bymonth": start.month, "byday": "-1su"})
        del_.add("tzoffsetfrom", datetime.timedelta(hours=fran))
        del_.add("tzoffsetto", datetime.timedelta(hours=till))
        zon.add_component(del_)
    return zon


def _handelse(mote, andrad):
    installt = mote.lage == Mote.Lage.INSTALLT
    lank = settings.ADRESS + reverse("moten:mote_detail", args=[mote.pk])
    handelse = Event()
    handelse.add("uid", f"{mote.uid or mote.pk}@samordning")
    handelse.add("sequence", mote.sekvens)
    handelse.add("dtstamp", andrad.astimezone(datetime.UTC))
    handelse.add("last-modified", andrad.astimezone(datetime.UTC))
    handelse.add("summary", rad(f"{mote.organ.namn}: {mote.rubrik}" if mote.rubrik else mote.organ.namn))
    if mote.plats:
        handelse.add("location", rad(mote.plats))
    handelse.add("description", lank)
    handelse.add("url", vUri(lank))
    handelse.add("status", "CANCELLED" if installt else "CONFIRMED")
    handelse.add("transp", "TRANSPARENT" if installt else "OPAQUE")
    for namn, varde in _tid(mote):
        handelse.add(namn, varde)
    return handelse


def _tid(mote):
    """[(property, value)]: hours where they are known; whole days where they are not, with the day after as the end,
    as RFC 5545 wants it. A meeting of several days without an end hour is whole days too."""
    sist = mote.sista_dag or mote.dag
    if mote.fran and (mote.till or sist == mote.dag):
        tid = [("dtstart", _lokal(mote.dag, mote.fran))]
        return [*tid, ("dtend", _lokal(sist, mote.till))] if mote.till else tid
    return [("dtstart", mote.dag), ("dtend", sist + datetime.timedelta(1))]


def _lokal(dag, klockslag):
    return datetime.datetime.combine(dag, klockslag, ZoneInfo(ZON))


def _forsta_stund(mote):
    """When nothing is known to have happened: the same each time it is asked."""
    return _lokal(datetime.date(mote.dag.year, 1, 1), datetime.time(0))
