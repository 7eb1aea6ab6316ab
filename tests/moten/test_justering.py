"""Approval: each in the own name, of the version that was read; a new version makes what was said before fall."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from moten import avslut, protokoll_pdf
from moten.models import Beslut, Justerare, Narvaro, Organ, Punkt, Utfall
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt, Roll
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_organ

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
    assert "1 person har fått" in client.post(_adress("justering_paminn", mote), follow=True).content.decode()
    assert "Inget skickades" in client.post(_adress("justering_paminn", mote), follow=True).content.decode()
    utan_justering = ett_mote("beredning", lage="avslutat", dag=idag())
    assert client.get(_adress("justering", utan_justering)).status_code == 404
    assert "Inget skickades" in client.post(_adress("justering", mote), follow=True).content.decode()
