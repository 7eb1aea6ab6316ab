"""A summons says what it said when it was sent, although its mails and its packet are made later."""

import json
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import transaction

from moten import kallelse, kallelse_fryst, kallelse_jobb, kallelse_paket
from moten.models import Handling, Kallelse, Mote, Motesmejl, Narvaro, Punkt, Underlag
from samordning.karna import filer, jobb
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb, Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote
from tests.moten.test_kallelse import en_ledamot, ics_i

pytestmark = pytest.mark.django_db


@pytest.fixture
def mote(kommun):
    eva = Kontakt.objects.create(namn="Eva Prov", part=kommun)
    mote = ett_mote("styrelse", om=30, fran=time(9), till=time(12), plats="Skara", lank="https://video.example.se/1")
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    falt = {"rubrik": "Första rubriken", "underlag": "Första texten.", "minuter": 10, "foredragande": eva}
    Punkt.objects.create(mote=mote, ordning=1, arende=arende, varfor="Är klart.", **falt)
    Punkt.objects.create(mote=mote, ordning=2, rubrik="Övriga frågor")
    return mote


def _fil(namn):
    fil = filer.spara(b"%PDF-1.7 prov", namn)
    fil.godkann()
    return fil


def _andra(mote):
    """Everything of it is changed before the job begins."""
    ett, tva = mote.punkter.all()
    Punkt.objects.filter(pk=ett.pk).update(rubrik="Andra rubriken", underlag="Andra texten.", foredragande=None)
    tva.delete()
    Punkt.objects.create(mote=mote, ordning=9, rubrik="Ny punkt")
    Mote.objects.filter(pk=mote.pk).update(
        plats="Falköping", dag=mote.dag + timedelta(7), fran=time(13), sekvens=5, svara_senast=mote.dag
    )  # fmt: skip


def test_what_is_kept_is_read_as_it_was(mote):
    punkt = mote.punkter.first()
    underlag = Underlag.objects.create(mote=mote, rubrik="Karta", fil=_fil("karta.pdf"))
    fel = Underlag.objects.create(mote=mote, punkt=punkt, rubrik="Fel fil", fil=_fil("fel.pdf"))
    falt = {"arende": punkt.arende, "rubrik": "Bilaga", "fil": _fil("bilaga.pdf"), "datum": mote.dag}
    handling = Handling.objects.create(krets="alla", **falt)
    rad = kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    da, agenda, bilagor = kallelse_fryst.las(Kallelse.objects.get(pk=rad.pk))
    json.dumps(rad.innehall)
    _andra(mote)
    Underlag.objects.filter(pk=fel.pk).update(utgatt=nu())
    Underlag.objects.create(mote=mote, rubrik="Ny fil", fil=_fil("ny.pdf"))
    igen, samma, kvar = kallelse_fryst.las(Kallelse.objects.select_related("mote").get(pk=rad.pk))
    assert samma == agenda
    assert [punkt.rubrik for punkt in samma] == ["Första rubriken", "Övriga frågor"]
    assert (samma[0].foredragande, samma[0].diarienummer) == ("Eva Prov", punkt.arende.diarienummer)
    assert " och " in samma[0].parter
    for falt in (*kallelse_fryst.FAKTA, *kallelse_fryst.TIDER):
        assert getattr(igen, falt) == getattr(da, falt), falt
    # A file that was wrong is left out; what came later is not in it.
    assert [rad.nyckel for rad in kvar] == [f"u{underlag.pk}", f"h{handling.pk}"]
    assert len(bilagor) == 3


def test_the_packet_is_made_of_what_was_sent(mote, monkeypatch):
    rad = kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    dag = kallelse.dagar(mote)
    _andra(mote)
    tryckt = []
    monkeypatch.setattr(kallelse_paket.pdf, "gor", lambda html, titel: tryckt.append((html, titel)) or b"%PDF")
    kallelse_paket.gor(Kallelse.objects.get(pk=rad.pk))
    ((html, titel),) = tryckt
    for ord_ in ("Första rubriken", "Första texten.", "Föredras av Eva Prov", "Övriga frågor", "Skara", "9.00–12.00"):
        assert ord_ in html, ord_
    for ord_ in ("Andra", "Ny punkt", "Falköping", "13.00"):
        assert ord_ not in html, ord_
    assert dag in titel


def test_the_mail_says_what_was_sent_and_so_does_its_calendar(mote, kommun, monkeypatch):
    en_ledamot(mote, kommun, "Per Prov")
    kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    dag = mote.dag
    _andra(mote)
    monkeypatch.setattr(kallelse_paket, "gor", lambda rad, framsteg: b"%PDF-1.7 prov")
    jobb.kor_jobb(Jobb.objects.get(uppgift=kallelse.UPPGIFT).pk)
    (mejl,) = mail.outbox
    for ord_ in ("Första rubriken", "2. Övriga frågor", "Skara", "klockan 9.00–12.00"):
        assert ord_ in mejl.body, ord_
    for ord_ in ("Andra", "Ny punkt", "Falköping", "13.00"):
        assert ord_ not in mejl.body, ord_
    ics = ics_i(mejl)
    assert ics.vevent.dtstart.value.date() == dag
    assert (ics.vevent.sequence.value, ics.vevent.location.value) == ("0", "Skara")


def test_a_reminder_and_a_deputys_summons_say_what_is_true_when_they_are_sent(mote, kommun):
    en_ledamot(mote, kommun, "Per Prov")
    kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    _andra(mote)
    mejl = Motesmejl.objects.select_related("mote", "narvaro__kontakt", "kallelse").get()
    mejl.slag = "ersattare"
    innehall = kallelse_jobb.innehallet(mejl, None)
    assert (innehall["plats"], innehall["punkter"][-1]) == ("Falköping", (2, "Ny punkt"))


def test_a_summons_from_before_this_was_kept_is_read_as_the_meeting_is(mote):
    rad = kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    Kallelse.objects.filter(pk=rad.pk).update(innehall={"punkter": []})
    _andra(mote)
    igen, agenda, _ = kallelse_fryst.las(Kallelse.objects.get(pk=rad.pk))
    assert (igen.plats, [punkt.rubrik for punkt in agenda]) == ("Falköping", ["Andra rubriken", "Ny punkt"])


# ---- Who is called while a job is at its last step


@pytest.fixture
def vantar(mote, kommun):
    """A mail of the meeting that waits."""

    def en_till(namn="Rut Reserv"):
        kontakt = Kontakt.objects.create(namn=namn, part=kommun, epost=f"{namn[:3].lower()}@example.se")
        return Narvaro.objects.create(mote=mote, kontakt=kontakt, kallad=nu())

    Mote.objects.filter(pk=mote.pk).update(lage="kallat")
    mote.refresh_from_db()
    return en_till


def _i_kon():
    return Jobb.objects.filter(uppgift=kallelse.UPPGIFT).count()


def test_a_mail_that_came_after_the_job_had_read_them_gets_a_job_at_once(
    mote, vantar, monkeypatch, django_capture_on_commit_callbacks
):
    arbete = Jobb.objects.create(uppgift=kallelse.UPPGIFT, parametrar={"mote": mote.pk})
    arbete = jobb.ta(arbete.pk)
    riktiga = kallelse_jobb._mejlen

    def sista_steget(*args):
        svar = riktiga(*args)
        assert kallelse.mejla(mote, [vantar()], "ersattare") == 1
        assert _i_kon() == 1  # it found this job
        return svar

    monkeypatch.setattr(kallelse_jobb, "_mejlen", sista_steget)
    kallelse_jobb.skicka(arbete)
    arbete.refresh_from_db()
    assert (arbete.lage, _i_kon()) == ("klart", 2)


def test_a_mail_that_is_saved_when_the_job_has_ended_gets_a_job_at_once(
    mote, vantar, django_capture_on_commit_callbacks
):
    Jobb.objects.create(uppgift=kallelse.UPPGIFT, parametrar={"mote": mote.pk})
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        kallelse.mejla(mote, [vantar()], "ersattare")
        Jobb.objects.update(lage="klart")  # meanwhile, before this is saved
    assert _i_kon() == 2
    Jobb.objects.update(lage="klart")
    Motesmejl.objects.update(skickat=nu())
    with django_capture_on_commit_callbacks(execute=True):
        kallelse.bestall(mote)
    assert _i_kon() == 3  # its own, and no other
