"""Approval: each in the own name, of the version that was read; a new version makes what was said before fall."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from moten import avslut, justering, protokoll, protokoll_pdf
from moten.models import Beslut, Justerare, Mote, Narvaro, Organ, Punkt, Utfall
from samordning.karna import filer
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Kontakt, Roll
from samordning.karna.templatetags.samordning import datum
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_organ
from tests.uppfoljning.tryck import sidor

pytestmark = pytest.mark.django_db


@pytest.fixture
def motet(kommun, forbund, ny_anvandare):
    """(meeting of the board that is closed, the two who were there)"""
    Organ.objects.filter(pk=nytt_organ("styrelse").pk).update(numrering="paragraf", justeras=True)
    mote = ett_mote(organ=nytt_organ("styrelse"), lage="avslutat", dag=idag())
    personer = []
    for namn in ("Eva Prov", "Per Prov"):
        konto = ny_anvandare(Roll.STYRELSE, part=kommun)
        kontakt = Kontakt.objects.create(namn=namn, part=kommun, anvandare=konto)
        Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, status="narvarande")
        personer.append(kontakt)
    Punkt.objects.create(mote=mote, ordning=1, nummer=7, rubrik="Ekonomi", text="Vi läste.")
    return mote, personer


def _adress(namn, rad):
    return reverse(f"moten:{namn}", args=[rad.pk])


def _skicka(client, mote, personer):
    return client.post(_adress("justering", mote), {"kontakter": [rad.pk for rad in personer]}, follow=True)


def _som(client, kontakt):
    client.force_login(kontakt.anvandare)
    return client


def test_the_record_is_sent_read_commented_taken_back_and_approved(inloggad, motet, ny_anvandare, mailoutbox):
    mote, (eva, per) = motet
    client = inloggad("kansli")
    kansli = ny_anvandare("kansli")
    assert "Eva Prov" in client.get(_adress("justering", mote)).content.decode()
    assert "Välj minst en person" in _skicka(client, mote, []).content.decode()
    assert "hos justerarna" in _skicka(client, mote, [eva, per]).content.decode()
    mote.refresh_from_db()
    forsta = mote.protokollversioner.get()
    assert (mote.lage, forsta.sha256) == ("justering", forsta.fil.sha256)
    html = _som(client, eva).get(_adress("justering", mote)).content.decode()
    assert "Jag justerar version 1" in html
    assert client.get(_adress("protokollversion_fil", forsta)).status_code == 200
    svar = client.post(_adress("justera", mote), {"version": forsta.pk}, follow=True)
    assert "Nu väntar vi på de andra" in svar.content.decode()
    punkt = mote.punkter.get()
    _som(client, per).post(_adress("justering_kommentera", mote), {"punkt": punkt.pk, "text": "Det blev <fel>."})
    client.force_login(kansli)
    html = client.get(_adress("justering", mote)).content.decode()
    assert "Det blev &lt;fel&gt;." in html
    assert "om § 7 Ekonomi" in html
    kommentar = Justerare.objects.get(kontakt=per).kommentarer.get()
    client.post(_adress("kommentar_svar", kommentar), {"svar": "Rättat."})
    client.post(_adress("justering_ta_tillbaka", mote))
    mote.refresh_from_db()
    assert mote.lage == "avslutat"
    assert not mote.justerare.exclude(justerade=None).exists()
    assert "Per Prov har kommenterat" in _skicka(client, mote, [eva]).content.decode()
    _skicka(client, mote, [eva, per])
    andra = mote.protokollversioner.last()
    assert andra.nr == 2
    svar = _som(client, eva).post(_adress("justera", mote), {"version": forsta.pk}, follow=True)
    assert "ny version sedan du öppnade sidan" in svar.content.decode()
    assert not mote.justerare.exclude(justerade=None).exists()
    for kontakt in (eva, per):
        _som(client, kontakt).post(_adress("justera", mote), {"version": andra.pk})
    mote.refresh_from_db()
    assert (mote.lage, mote.justerat is not None) == ("justerat", True)
    assert set(mote.justerare.values_list("sha256", flat=True)) == {andra.sha256}
    assert client.get(_adress("protokollversion_fil", andra)).status_code == 200


def test_nobody_approves_for_somebody_else(inloggad, motet, ny_anvandare):
    mote, (eva, per) = motet
    client = inloggad("kansli")
    _skicka(client, mote, [eva])
    version = mote.protokollversioner.get()
    for konto in (ny_anvandare("forbundschef"), per.anvandare):
        client.force_login(konto)
        assert client.post(_adress("justera", mote), {"version": version.pk}).status_code == 403
    assert client.get(_adress("justering", mote)).status_code == 403
    assert client.get(_adress("protokollversion_fil", version)).status_code == 404
    assert not mote.justerare.exclude(justerade=None).exists()


def test_a_copy_with_signatures_approves_for_the_others_and_the_decisions_get_the_day(inloggad, motet, kommun):
    mote, (eva, per) = motet
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    beslut = Beslut.objects.create(arende=arende, organ=mote.organ, datum=mote.dag, paragraf="§ 7", utfall="bifall")
    Utfall.objects.create(punkt=mote.punkter.get(), typ="beslut", text="Bifall.", arendeutfall="bifall", beslut=beslut)
    client = inloggad("kansli")
    _skicka(client, mote, [eva, per])
    version = mote.protokollversioner.get()
    _som(client, eva).post(_adress("justera", mote), {"version": version.pk})
    client.force_login(version.av)
    sida = _adress("justering_undertecknat", mote)

    def fil(innehall=None):
        return SimpleUploadedFile("protokoll.pdf", innehall or protokoll_pdf.gor({**TOMT}))

    svar = client.post(sida, {"uppladdad": fil(b"hej"), "dag": idag()})
    assert "felruta" in svar.content.decode()
    svar = client.post(sida, {"uppladdad": fil(), "dag": "2001-01-01"})
    assert "före mötet" in svar.content.decode()
    client.post(sida, {"uppladdad": fil(), "dag": idag()})
    mote.refresh_from_db()
    beslut.refresh_from_db()
    assert (mote.lage, beslut.justerat) == ("justerat", idag())
    egen, uppladdad = Justerare.objects.get(kontakt=eva), Justerare.objects.get(kontakt=per)
    assert (egen.version, egen.anvandare) == (version, eva.anvandare)
    assert uppladdad.version.undertecknad
    assert avslut.justerade(mote, idag()) == 0


TOMT = dict.fromkeys(
    ("slag", "organ", "rubrik", "dag", "tid", "plats", "tema", "ordforande", "sekreterare", "paragrafer"), ""
) | {"punkter": [], "underskrifter": []}


def test_who_is_reminded_is_reminded_once_a_day(inloggad, motet, mailoutbox, django_capture_on_commit_callbacks):
    mote, (eva, per) = motet
    utan = Kontakt.objects.create(namn="Utan Konto", part=eva.part)
    Narvaro.objects.create(mote=mote, kontakt=utan, status="narvarande")
    client = inloggad("kansli")
    with django_capture_on_commit_callbacks(execute=True):
        html = _skicka(client, mote, [eva, utan]).content.decode()
    assert "Utan Konto har inget konto" in html
    assert [mejl.subject for mejl in mailoutbox] == ["Ett protokoll väntar på dig"]
    assert "Eva" not in mailoutbox[0].body

    def paminn():
        return client.post(_adress("justering_paminn", mote), follow=True).content.decode()

    assert "Inget skickades" in paminn(), "she was mailed a moment ago"
    mote.justerare.update(paminnd=nu() - timedelta(days=1, minutes=1))
    assert "1 person har fått" in paminn()
    assert "Inget skickades" in paminn()
    assert len(mailoutbox) == 2
    utan_justering = ett_mote("beredning", lage="avslutat", dag=idag())
    assert client.get(_adress("justering", utan_justering)).status_code == 404
    assert "Inget skickades" in client.post(_adress("justering", mote), follow=True).content.decode()


def test_only_members_who_were_there_and_the_chair_may_be_chosen(inloggad, motet, kommun):
    mote, (eva, per) = motet
    rader = {}
    for namn, roll, status in (
        ("Gästen", "gast", "narvarande"), ("Kansliet", "kansli", "narvarande"), ("Borta", "ledamot", "franvarande"),
        ("Ordförande", "adjungerad", "narvarande"), ("Ersättaren", "ersattare", "narvarande"),
    ):  # fmt: skip
        rader[namn] = Kontakt.objects.create(namn=namn, part=kommun)
        Narvaro.objects.create(mote=mote, kontakt=rader[namn], roll=roll, status=status)
    mote.ordforande = rader["Ordförande"]
    mote.save()
    assert [str(rad) for rad in justering.kandidater(mote)] == ["Ersättaren", "Eva Prov", "Ordförande", "Per Prov"]
    client = inloggad("kansli")
    assert _skicka(client, mote, [eva, rader["Gästen"]]).status_code == 200
    mote.refresh_from_db()
    assert (mote.lage, mote.protokollversioner.count()) == ("avslutat", 0)


def test_the_file_names_who_is_to_approve_it_each_once(inloggad, motet):
    mote, (eva, per) = motet
    mote.ordforande = eva
    mote.save()
    _skicka(inloggad("kansli"), mote, [eva, per])
    text = _texten(mote.protokollversioner.get())
    assert text.count("Ordförande och justerare") == 1
    assert "Per Prov Justerare" in text


def _texten(version):
    return " ".join(" ".join(sidor(filer.svar(version.fil).content)).split())


def test_a_second_click_and_a_late_one_are_told_what_is_true(inloggad, motet):
    mote, (eva, per) = motet
    kansli = inloggad("kansli")
    _skicka(kansli, mote, [eva])
    forsta = mote.protokollversioner.get()
    kansli.post(_adress("justering_ta_tillbaka", mote))
    client = _som(Client(), eva)

    def svar(version):
        return client.post(_adress("justera", mote), {"version": version.pk}, follow=True).content.decode()

    assert "tagit tillbaka protokollet" in svar(forsta)
    assert "tagit tillbaka protokollet" in client.get(_adress("justering", mote)).content.decode()
    _skicka(kansli, mote, [eva])
    andra = mote.protokollversioner.last()
    assert "Protokollet är justerat" in svar(andra)
    rad, antal = mote.justerare.get(), Handelse.objects.count()
    assert "Protokollet är justerat" in svar(andra), "a double click is no fault"
    assert "redan justerat" in svar(forsta)
    assert (mote.justerare.get().justerade, Handelse.objects.count()) == (rad.justerade, antal)


def test_the_approved_file_is_for_who_may_see_every_item(inloggad, motet, kommun, ny_anvandare):
    """An item on a case that has not come to the board is not told of before the record is published."""
    mote, (eva, per) = motet
    kansli = inloggad("kansli")
    _skicka(kansli, mote, [eva])
    version = mote.protokollversioner.get()
    fil = _adress("protokollversion_fil", version)
    annan = Client()
    annan.force_login(ny_anvandare(Roll.STYRELSE, part=kommun))
    assert annan.get(fil).status_code == 404
    _som(Client(), eva).post(_adress("justera", mote), {"version": version.pk})
    assert annan.get(fil).status_code == 200
    assert fil in annan.get(_adress("mote_detail", mote)).content.decode()
    dold = skickad_ansokan(kommun, ny_part(), lage="inkommen").arende
    Mote.objects.filter(pk=mote.pk).update(lage="avslutat")
    Punkt.objects.create(mote=mote, ordning=2, nummer=8, rubrik="Ett ärende som väntar", arende=dold)
    Mote.objects.filter(pk=mote.pk).update(lage="justerat")
    assert annan.get(fil).status_code == 404
    html = annan.get(_adress("mote_detail", mote)).content.decode()
    assert fil not in html
    assert _adress("protokoll_pdf", mote) in html
    assert _som(Client(), eva).get(fil).status_code == 200, "she approved all of it"


def test_a_signed_copy_has_the_day_that_was_typed_and_tells_no_names(inloggad, motet):
    mote, (eva, per) = motet
    Mote.objects.filter(pk=mote.pk).update(dag=idag() - timedelta(10))
    mote.refresh_from_db()
    client = inloggad("kansli")
    _skicka(client, mote, [eva, per])
    dag = idag() - timedelta(4)
    fil = SimpleUploadedFile("Eva Prov skrev under.pdf", protokoll_pdf.gor({**TOMT}))
    client.post(_adress("justering_undertecknat", mote), {"uppladdad": fil, "dag": dag})
    mote.refresh_from_db()
    assert [localdate(tid) for tid in mote.justerare.values_list("justerade", flat=True)] == [dag, dag]
    assert localdate(mote.justerat) == dag
    version = mote.protokollversioner.last()
    assert version.fil.namn == f"protokoll-styrelse-{mote.dag}-undertecknat.pdf"
    assert {rad.justerat for rad in protokoll.las(mote).underskrifter} == {datum(dag)}


def test_the_next_agenda_leads_to_the_record_before(inloggad, motet):
    mote, (eva, per) = motet
    client = inloggad("kansli")
    _skicka(client, mote, [eva])
    nasta = ett_mote(organ=mote.organ, lage="kallat", om=30)
    Punkt.objects.create(mote=nasta, ordning=1, rubrik="Föregående protokoll", slag="foregaende")
    html = client.get(_adress("mote_detail", nasta)).content.decode()
    assert _adress("protokoll_pdf", mote) in html
    _som(Client(), eva).post(_adress("justera", mote), {"version": mote.protokollversioner.get().pk})
    html = client.get(_adress("mote_detail", nasta)).content.decode()
    assert _adress("protokollversion_fil", mote.protokollversioner.get()) in html
    assert _adress("mote_detail", mote) in html
    senare = ett_mote(organ=mote.organ, lage="avslutat", om=90)
    html = client.get(_adress("mote_detail", nasta)).content.decode()
    assert _adress("mote_detail", senare) not in html
    assert _adress("mote_detail", mote) in html


def test_a_guest_of_the_next_meeting_is_not_led_to_the_one_before(motet, ny_anvandare, kommun):
    mote, _ = motet
    nasta = ett_mote(organ=mote.organ, lage="kallat", om=30)
    Punkt.objects.create(mote=nasta, ordning=1, rubrik="Föregående protokoll", slag="foregaende")
    gast = Kontakt.objects.create(
        namn="Gästen", part=kommun, anvandare=ny_anvandare(Roll.PARTSFORETRADARE, part=kommun)
    )
    Narvaro.objects.create(mote=nasta, kontakt=gast, roll="gast")
    html = _som(Client(), gast).get(_adress("mote_detail", nasta)).content.decode()
    assert "Föregående protokoll" in html
    assert _adress("mote_detail", mote) not in html


def test_the_chosen_one_is_led_from_the_meeting_to_its_approval(inloggad, motet):
    mote, (eva, per) = motet
    _skicka(inloggad("kansli"), mote, [eva])
    sida = _adress("justering", mote)
    assert sida in _som(Client(), eva).get(_adress("mote_detail", mote)).content.decode()
    assert sida not in _som(Client(), per).get(_adress("mote_detail", mote)).content.decode()


def test_the_page_costs_the_same_however_many_approve_and_comment(inloggad, motet, kommun, django_assert_num_queries):
    mote, (eva, per) = motet
    client = inloggad("kansli")
    _skicka(client, mote, [eva])
    punkt, sida = mote.punkter.get(), _adress("justering", mote)
    mote.justerare.get().kommentarer.create(punkt=punkt, text="Ett.")
    with CaptureQueriesContext(connection) as fragor:
        client.get(sida)
    for nr in range(10):
        kontakt = Kontakt.objects.create(namn=f"Namn {nr}", part=kommun)
        rad = Justerare.objects.create(mote=mote, kontakt=kontakt)
        rad.kommentarer.create(punkt=punkt, text="Två.")
    with django_assert_num_queries(len(fragor)):
        client.get(sida)


def test_without_anybody_who_was_there_the_page_says_what_to_do(inloggad, motet):
    mote, personer = motet
    mote.narvaro.update(status="franvarande")
    html = inloggad("kansli").get(_adress("justering", mote)).content.decode()
    assert "Det finns ingen som kan justera" in html
    assert _adress("narvaro_list", mote) in html


def test_an_empty_comment_is_refused_in_words(inloggad, motet):
    mote, (eva, per) = motet
    _skicka(inloggad("kansli"), mote, [eva])
    html = _som(Client(), eva).post(_adress("justering_kommentera", mote), {"text": " "}).content.decode()
    assert "felruta" in html
    assert "Skriv vad som ska ändras." in html
    assert "Jag justerar version 1" in html


def test_who_cannot_log_in_any_more_is_told_of_as_one_without_an_account(inloggad, motet):
    mote, (eva, per) = motet
    per.anvandare.is_active = False
    per.anvandare.save()
    client = inloggad("kansli")
    assert "Per Prov (har inget konto" in client.get(_adress("justering", mote)).content.decode()
    html = _skicka(client, mote, [eva, per]).content.decode()
    assert "Per Prov har inget konto" in html
    assert "Eva Prov har inget konto" not in html
