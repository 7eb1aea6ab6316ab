"""The summons: who gets it, what it says, that it goes once, and what is new when it goes again."""

import re
from datetime import time, timedelta
from email import message_from_bytes
from smtplib import SMTPException

import pytest
import time_machine
import vobject
from django.core import mail
from django.urls import reverse

from moten import kallelse, kallelse_jobb, kallelse_paket, tasks
from moten.models import Arende, Kallelse, Ledamotskap, Mote, Motesmejl, Narvaro, Punkt
from samordning.karna import notiser, pdf
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Jobb, Kontakt, Notis
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def snabb_pdf(monkeypatch):
    """Laid out in test_kallelse_paket.py."""
    monkeypatch.setattr(kallelse_paket, "gor", lambda rad, framsteg: b"%PDF-1.7 prov")


def en_ledamot(mote, part, namn, *, ersattare=False, ordning=0, epost=True, anvandare=None):
    """Sits in the meeting's body. The contact."""
    adress = f"{namn.lower().replace(' ', '.')}@example.se" if epost else ""
    kontakt = Kontakt.objects.create(namn=namn, part=part, epost=adress, anvandare=anvandare)
    Ledamotskap.objects.create(
        organ=mote.organ, kontakt=kontakt, part=part, ersattare=ersattare, ordning=ordning, fran=idag()
    )
    return kontakt


def skicka(client, mote, **data):
    """The form as the page shows it, with `data` instead."""
    sidan = reverse("moten:kallelse_create", args=[mote.pk])
    html = client.get(sidan).content.decode()
    falt = dict(re.findall(r'name="(inskick|avtryck)" value="([^"]*)"', html))
    falt["kontakter"] = re.findall(r'name="kontakter" value="(\d+)"', html)
    falt["svara_senast"] = re.search(r'name="svara_senast" value="([^"]*)"', html)[1]
    return client.post(sidan, falt | data, follow=True)


def ics_i(mejl):
    """The event of a mail's invitation, read by another library."""
    del_ = next(del_ for del_ in message_from_bytes(mejl.message().as_bytes()).walk()
                if del_.get_content_type() == "text/calendar")  # fmt: skip
    return vobject.readOne(del_.get_payload(decode=True).decode())


def test_the_kansli_sends_it_and_everybody_gets_a_mail_with_the_meeting_and_no_name(inloggad, kommun):
    mote = ett_mote(om=30, fran=time(9), till=time(12), plats="Skara")
    en_ledamot(mote, kommun, "Eva Prov")
    en_ledamot(mote, kommun, "Per Prov")
    en_ledamot(mote, kommun, "Rut Reserv", ersattare=True)
    Punkt.objects.create(mote=mote, ordning=1, rubrik="Elings Ark avslutas", varfor="Fast punkt.")
    client = inloggad("kansli")
    svar = skicka(client, mote, halsning="Ta med er kalender.")
    assert "2 mejl är på väg" in svar.content.decode()
    assert sorted(mejl.to[0] for mejl in mail.outbox) == ["eva.prov@example.se", "per.prov@example.se"]
    mejl = mail.outbox[0]
    for ord_ in ("klockan 9.00–12.00", "Skara", "Ta med er kalender.", "1. Elings Ark avslutas", "/kallelser/svar/"):
        assert ord_ in mejl.body
    assert mejl.subject.startswith("Kallelse: Styrelse ")
    assert not {"Eva", "Per", "Rut"} & set(re.findall(r"\w+", mejl.subject + mejl.body))
    ics = ics_i(mejl)
    assert (ics.method.value, ics.vevent.uid.value) == ("REQUEST", f"{mote.uid}@samordning")
    assert any(del_[0] == "mote.ics" for del_ in mejl.attachments)
    mote.refresh_from_db()
    assert (mote.lage, mote.sekvens) == ("kallat", 0)
    rad = Kallelse.objects.get()
    assert (rad.nr, rad.andringar, rad.fil.lage) == (1, [], "ren")
    assert set(mote.narvaro.exclude(kallad=None).values_list("kontakt__namn", flat=True)) == {"Eva Prov", "Per Prov"}
    jobb = Jobb.objects.get(uppgift=kallelse.UPPGIFT)
    assert (jobb.lage, jobb.resultat["text"]) == ("klart", "2 mejl har gått iväg.")
    sida = client.get(reverse("moten:mote_detail", args=[mote.pk])).content.decode()
    assert "Alla handlingar (PDF" in sida
    assert "Ingen av 2 har svarat än." in sida


def test_a_double_click_and_a_colleague_at_the_same_time_send_it_once(inloggad, ny_anvandare, kommun):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    client = inloggad("kansli")
    sidan = reverse("moten:kallelse_create", args=[mote.pk])
    html = client.get(sidan).content.decode()
    falt = dict(re.findall(r'name="(inskick|avtryck)" value="([^"]*)"', html))
    falt |= {"kontakter": re.findall(r'name="kontakter" value="(\d+)"', html), "svara_senast": str(mote.dag)}
    client.post(sidan, falt)
    assert "redan skickat" in client.post(sidan, falt, follow=True).content.decode()
    client.force_login(ny_anvandare("kansli"))
    assert "Inget är skickat" in client.post(sidan, falt).content.decode()
    assert len(mail.outbox) == Kallelse.objects.count() == 1
    jobb = Jobb.objects.get(uppgift=kallelse.UPPGIFT)
    kallelse_jobb._skicka(Motesmejl.objects.get().pk)
    assert kallelse_jobb.svep() == 0
    assert len(mail.outbox) == 1
    assert jobb.lage == "klart"


def test_the_page_warns_before_it_is_sent(inloggad, kommun):
    mote = ett_mote(om=3)
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    client = inloggad("kansli")
    sidan = reverse("moten:kallelse_create", args=[mote.pk])
    html = client.get(sidan).content.decode()
    assert "Dagordningen är tom." in html
    assert "Kallelsen skulle ha gått senast" in html
    Punkt.objects.create(mote=mote, ordning=1, rubrik="Ansökan", arende=arende)
    en_ledamot(mote, kommun, "Eva Prov", epost=False)
    html = client.get(sidan).content.decode()
    assert "Dagordningen är tom." not in html
    assert "Saknar mejladress" in html
    assert "Eva Prov" in html
    assert f"{kommun} saknas" not in html  # sits, but is not in the list yet
    assert "saknas.</strong>" in html  # the other party
    html = skicka(client, mote).content.decode()
    assert "0 mejl är på väg" in html
    assert "Saknar mejladress, ring: Eva Prov" in html
    assert not Narvaro.objects.exclude(kallad__isnull=False).exists()


def test_what_is_wrong_in_the_form_is_said_and_sends_nothing(inloggad, kommun):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    client = inloggad("kansli")
    for data, text in (
        ({"kontakter": []}, "Kryssa för minst en person"), ({"kontakter": ["x\x00"]}, "Välj"),
        ({"svara_senast": str(idag() - timedelta(1))}, "har redan varit"),
        ({"svara_senast": str(mote.dag + timedelta(1))}, "efter mötet"), ({"avtryck": ""}, "Öppna den igen"),
        ({"avtryck": "x"}, "Inget är skickat"), ({"halsning": "å" * 2001}, "2000"),
    ):  # fmt: skip
        html = skicka(client, mote, **data).content.decode()
        assert text in html, data
    for lage in ("pagar", "installt", "publicerat"):
        annat = ett_mote(om=40, lage=lage)
        svar = client.post(reverse("moten:kallelse_create", args=[annat.pk]), follow=True)
        assert "går inte att kalla till" in svar.content.decode()
    varit = ett_mote(dag=idag() - timedelta(3))
    svar = client.get(reverse("moten:kallelse_create", args=[varit.pk]), follow=True)
    assert "dag har varit" in svar.content.decode()
    assert not Kallelse.objects.exists()
    assert not mail.outbox


def test_sent_again_it_tells_what_is_new_and_a_new_day_asks_everybody_anew(inloggad, kommun):
    mote = ett_mote(om=30, fran=time(9), plats="Skara")
    en_ledamot(mote, kommun, "Eva Prov")
    ett, tva, *_ = [Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}") for nr in (1, 2, 3, 4)]
    client = inloggad("kansli")
    skicka(client, mote)
    Narvaro.objects.update(svar="ja", svarade=nu())
    tva.delete()
    Punkt.objects.filter(pk=ett.pk).update(ordning=9, rubrik="Punkt ett", underlag="Mer text")
    Punkt.objects.create(mote=mote, ordning=5, rubrik="Ny sak")
    Mote.objects.filter(pk=mote.pk).update(plats="Falköping")
    html = skicka(client, mote).content.decode()
    assert "1 av 1 har svarat." in html  # the same day: the answer holds
    rad = Kallelse.objects.last()
    assert [text for text, _ in rad.andringar] == [
        "Ny plats: Falköping. Förut Skara.", "Ny punkt: Ny sak.", "Punkten ”Punkt 1” heter nu ”Punkt ett”.",
        "Flyttad punkt: Punkt ett.", "Ändrad text, tid eller föredragande: Punkt ett.", "Borttagen punkt: Punkt 2.",
    ]  # fmt: skip
    mejl = mail.outbox[-1]
    assert mejl.subject.startswith("Ändrad kallelse")
    assert "- Borttagen punkt: Punkt 2." in mejl.body
    assert "Ditt svar hittills: kommer." in mejl.body
    assert ics_i(mejl).vevent.sequence.value == "1"
    Mote.objects.filter(pk=mote.pk).update(dag=mote.dag + timedelta(1))
    assert "alla får svara igen" in client.get(reverse("moten:kallelse_create", args=[mote.pk])).content.decode()
    assert "Ingen av 1 har svarat än." in skicka(client, mote).content.decode()
    assert Kallelse.objects.last().andringar[0][0].startswith("Ny dag: ")
    assert Kallelse.objects.last().nr == 3


def test_a_case_that_the_receiver_may_not_see_is_in_neither_mail_nor_packet(inloggad, ny_anvandare, kommun):
    mote = ett_mote("styrgrupp", om=30)
    part = ny_part()
    utan = ny_anvandare("remittent")
    en_ledamot(mote, kommun, "Eva Prov", anvandare=utan)
    en_ledamot(mote, kommun, "Per Prov")
    Punkt.objects.create(mote=mote, ordning=1, rubrik="Inledning")
    arende = skickad_ansokan(kommun, part, lage="inkommen").arende
    Punkt.objects.create(mote=mote, ordning=2, rubrik="Hemlig ansökan", arende=arende)
    client = inloggad("kansli")
    skicka(client, mote)
    assert all("Inledning" in mejl.body and "Hemlig" not in mejl.body for mejl in mail.outbox)
    fil = reverse("moten:kallelse_fil", args=[Kallelse.objects.get().pk])
    assert client.get(fil)["Content-Type"] == "application/pdf"
    client.force_login(utan)
    assert client.get(fil).status_code == 404
    assert "Alla handlingar" not in client.get(reverse("moten:mote_detail", args=[mote.pk])).content.decode()
    Arende.objects.filter(pk=arende.pk).update(beredd=nu())
    Punkt.objects.create(mote=mote, ordning=3, rubrik="Till")
    client.force_login(ny_anvandare("kansli"))
    mail.outbox.clear()
    skicka(client, mote)
    till = {mejl.to[0]: mejl.body for mejl in mail.outbox}
    assert "Hemlig ansökan" in till["per.prov@example.se"]  # has no account; the bodies read it now
    assert "Hemlig" not in till["eva.prov@example.se"]
    assert "3. Till" in till["eva.prov@example.se"]  # the packet's number


def test_a_mail_that_fails_is_told_and_tried_again_and_the_log_names_nobody(
    inloggad, kommun, monkeypatch, caplog, ny_anvandare
):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    en_ledamot(mote, kommun, "Per Prov")
    client = inloggad("kansli")

    def ga_sonder(mejl):
        if mejl.to == ["eva.prov@example.se"]:
            raise SMTPException("550 eva.prov@example.se")
        return skicka_mejl(mejl)

    skicka_mejl = notiser.EmailMultiAlternatives.send
    with monkeypatch.context() as m:
        m.setattr(notiser.EmailMultiAlternatives, "send", ga_sonder)
        skicka(client, mote)
        assert [mejl.to for mejl in mail.outbox] == [["per.prov@example.se"]]
        html = client.get(reverse("moten:mote_detail", args=[mote.pk])).content.decode()
        assert "Alla mejl har inte gått fram" in html
        assert f"Eva Prov, ledamot för {kommun}" in html
        assert not Notis.objects.exists()
        for _ in range(2):
            client.post(reverse("moten:kallelse_igen", args=[mote.pk]))
        Motesmejl.objects.filter(skickat=None).update(forsok=2)
        kallelse_jobb.svep()
        kallelse_jobb.skicka(Jobb.objects.create(uppgift="x", parametrar={"mote": mote.pk}, lage="pagar"))
    assert "alla mejl har inte gått fram" in Notis.objects.get().rubrik
    assert "eva" not in caplog.text.lower()
    Jobb.objects.filter(lage="ko").update(lage="avbrutet")  # the sweep's, which no worker heard
    client.post(reverse("moten:kallelse_igen", args=[mote.pk]))
    assert sorted(mejl.to[0] for mejl in mail.outbox if mejl.subject.startswith("Kallelse")) == [
        "eva.prov@example.se",
        "per.prov@example.se",
    ]
    assert "Alla mejl har inte" not in client.get(reverse("moten:mote_detail", args=[mote.pk])).content.decode()


@pytest.mark.parametrize("fel", [pdf.PdfSaknas("Pango saknas"), RuntimeError("trasig fil")])
def test_a_server_that_is_down_is_not_asked_for_everybody_and_a_missing_pdf_stops_no_mail(
    inloggad, kommun, monkeypatch, fel
):
    mote = ett_mote(om=30)
    for nr in range(5):
        en_ledamot(mote, kommun, f"Person {nr}")
    client = inloggad("kansli")

    def ingen_pdf(*_):
        raise fel

    def ga_sonder(mejl):
        raise OSError

    with monkeypatch.context() as m:
        m.setattr(notiser.EmailMultiAlternatives, "send", ga_sonder)
        m.setattr(kallelse_paket, "gor", ingen_pdf)
        skicka(client, mote)
        assert sorted(Motesmejl.objects.values_list("forsok", flat=True)) == [0, 0, 1, 1, 1]
        assert "gick inte att göra som PDF" in Jobb.objects.get(uppgift=kallelse.UPPGIFT).resultat["text"]
    tasks.kallelser()
    Jobb.objects.filter(uppgift=kallelse.UPPGIFT, lage="ko").update(lage="avbrutet")
    client.post(reverse("moten:kallelse_igen", args=[mote.pk]))
    assert len(mail.outbox) == 5
    assert Kallelse.objects.get().fil


def test_a_cancelled_meeting_tells_those_who_are_called_and_a_resumed_one_has_called_nobody(inloggad, kommun):
    mote = ett_mote(om=30, fran=time(9))
    en_ledamot(mote, kommun, "Eva Prov")
    en_ledamot(mote, kommun, "Per Reserv", ersattare=True)
    client = inloggad("kansli")
    skicka(client, mote)
    Narvaro.objects.exclude(kallad=None).update(svar="ja")
    stall_in = reverse("moten:mote_stall_in", args=[mote.pk])
    assert "1 som är kallade får ett mejl" in client.get(stall_in).content.decode()
    assert "1 person får ett mejl" in client.post(stall_in, follow=True).content.decode()
    mejl = mail.outbox[-1]
    assert mejl.subject.startswith("Inställt: ")
    ics = ics_i(mejl)
    assert (ics.method.value, ics.vevent.status.value, ics.vevent.sequence.value) == ("CANCEL", "CANCELLED", "1")
    assert ics.vevent.uid.value == ics_i(mail.outbox[0]).vevent.uid.value
    client.post(stall_in, follow=True)
    assert len(mail.outbox) == 2
    client.post(reverse("moten:mote_ateruppta", args=[mote.pk]))
    assert not Narvaro.objects.exclude(kallad=None, svar="").exists()
    skicka(client, mote)
    assert Kallelse.objects.last().andringar == [["Mötet blir av. Det var inställt.", None]]
    assert ics_i(mail.outbox[-1]).vevent.status.value == "CONFIRMED"
    assert int(ics_i(mail.outbox[-1]).vevent.sequence.value) == 3


def test_a_meeting_that_nobody_is_called_to_is_cancelled_in_silence(inloggad):
    mote = ett_mote(om=30)
    client = inloggad("kansli")
    html = client.post(reverse("moten:mote_stall_in", args=[mote.pk]), follow=True).content.decode()
    assert "får ett mejl" not in html
    assert not mail.outbox


def test_a_changed_meeting_leads_to_a_new_summons(inloggad, kommun):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    client = inloggad("kansli")
    skicka(client, mote)
    mote.refresh_from_db()
    data = {"dag": str(mote.dag), "plats": "Hjo", "version": mote.version, "svara_senast": str(mote.svara_senast)}
    svar = client.post(reverse("moten:mote_edit", args=[mote.pk]), data, follow=True)
    assert svar.redirect_chain[-1][0] == reverse("moten:kallelse_create", args=[mote.pk])
    assert "Ny plats: Hjo." in svar.content.decode()


def test_reminders_go_to_those_who_have_not_answered_once_a_day(inloggad, kommun):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    en_ledamot(mote, kommun, "Per Prov")
    client = inloggad("kansli")
    skicka(client, mote)
    Narvaro.objects.filter(kontakt__namn="Per Prov").update(svar="ja")
    mail.outbox.clear()
    paminn = reverse("moten:kallelse_paminn", args=[mote.pk])
    assert "1 person får en påminnelse" in client.post(paminn, follow=True).content.decode()
    assert "redan gått det senaste dygnet" in client.post(paminn, follow=True).content.decode()
    assert [mejl.to for mejl in mail.outbox] == [["eva.prov@example.se"]]
    assert mail.outbox[0].subject.startswith("Påminnelse")
    assert "/kallelser/svar/" in mail.outbox[0].body
    assert Handelse.objects.filter(namn="paminnelse").count() == 1
    Narvaro.objects.update(svar="ja")
    with time_machine.travel(nu() + timedelta(days=1)):
        client.force_login(Handelse.objects.get(namn="paminnelse").av)
        assert "Det finns ingen att påminna" in client.post(paminn, follow=True).content.decode()


def test_the_automatic_reminder_comes_two_days_before_by_day_and_once(
    inloggad, kommun, django_capture_on_commit_callbacks
):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    skicka(inloggad("kansli"), mote)
    mote.refresh_from_db()
    mail.outbox.clear()
    dagen = nu().replace(hour=10, minute=0) + (mote.svara_senast - timedelta(2) - idag())

    def vid(stund):
        with time_machine.travel(stund, tick=False), django_capture_on_commit_callbacks(execute=True):
            return kallelse_jobb.paminn_alla()

    assert vid(dagen - timedelta(1)) == 0
    assert vid(dagen.replace(hour=2)) == 0
    assert vid(dagen) == 1
    assert vid(dagen + timedelta(hours=1)) == 0
    assert vid(dagen + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_an_answer_that_came_before_the_reminder_left_stops_it(inloggad, kommun):
    mote = ett_mote(om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    skicka(inloggad("kansli"), mote)
    mote.refresh_from_db()
    mail.outbox.clear()
    rad = mote.narvaro.get()
    mejl = Motesmejl.objects.create(mote=mote, narvaro=rad, slag="paminnelse")
    Narvaro.objects.update(svar="ja")
    assert kallelse_jobb._skicka(mejl.pk) is None
    assert not mail.outbox
    assert not Motesmejl.objects.filter(pk=mejl.pk).exists()


def test_the_pages_cost_the_same_however_many_are_called(inloggad, assert_constant_queries, kommun):
    inloggad("kansli")
    mote = ett_mote(om=30)
    sent = ett_mote(om=31, lage="kallat")
    Kallelse.objects.create(mote=sent, nr=1, andringar=[["Ny punkt: A.", None]])

    def rad():
        nr = Kontakt.objects.count()
        kontakt = en_ledamot(mote, ny_part(f"Part {nr}"), f"Person {nr}")
        Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}")
        Narvaro.objects.create(mote=sent, kontakt=kontakt, part=kontakt.part, kallad=nu(), svar="ja" if nr % 2 else "")

    for namn, pk in (("kallelse_create", mote.pk), ("mote_detail", sent.pk), ("narvaro_list", sent.pk)):
        assert_constant_queries(reverse(f"moten:{namn}", args=[pk]), rad)
