"""What a requisition is guarded against: years that nobody granted, stale pages, a lowered agreement, a colleague."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from ekonomi import paneler, rekvirera
from ekonomi.models import Rekvisition
from ekonomi.reports import saldon
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition
from tests.insatser.fabrik import version

pytestmark = pytest.mark.django_db
DAG = datetime.date


def adress(namn, rad):
    return reverse(f"ekonomi:{namn}", args=[rad.pk])


def falt(**byt):
    return {"ar": "2026", "period": "H1", "belopp": "150 000", "specifikation": "Personal"} | byt


def fel(svar):
    assert svar.status_code == 200
    return {namn: list(texter) for namn, texter in svar.context["form"].errors.items()}


@pytest.fixture
def avtal(kommun):
    return avtal_med_pengar(kommun)


@pytest.fixture
def parten(ny_anvandare, kommun):
    return ny_anvandare("partsforetradare", part=kommun, namn="Parten")


def test_only_the_agreements_own_years_and_days_are_granted(client, avtal, parten):
    """A sum that is agreed for an option nobody has decided about is not money to claim."""
    avtal.optioner, avtal.start, avtal.slut = 1, DAG(2026, 3, 1), DAG(2026, 8, 31)
    avtal.save()
    avtal.belopp.create(ar=2027, kronor=300_000)
    assert [(rad.ar, rad.beviljat) for rad in saldon([avtal.pk])] == [(2026, 400_000)]
    client.force_login(parten)
    url = adress("rekvisition_create", avtal)
    assert "ar" in fel(client.post(url, falt(ar="2027")))
    utanfor = fel(client.post(url, falt(period="K4")))["period"][0]
    assert "1 mars 2026 till 31 augusti 2026" in utanfor
    assert client.post(url, falt(period="H2")).status_code == 302
    with pytest.raises(IntegrityError, match="more is claimed"), transaction.atomic():
        Rekvisition.objects.update(ar=2027)


def test_a_page_of_a_step_that_the_state_does_not_allow_leads_to_the_requisition(client, avtal, ny_anvandare):
    """Also when the browser came from the page itself: then back is the same page for ever."""
    rad = ny_rekvisition(avtal, ny_anvandare(), lage="betald", attest=(ny_anvandare("kansli"), ny_anvandare("ekonom")))
    client.force_login(ny_anvandare("kansli"))
    for namn in ("rekvisition_edit", "rekvisition_skicka_tillbaka", "rekvisition_betala", "rekvisition_aterkalla"):
        url = adress(namn, rad)
        for skicka in (client.get, client.post):
            svar = skicka(url, follow=True, headers={"referer": f"http://testserver{url}"})
            assert svar.redirect_chain == [(adress("rekvisition_detail", rad), 302)], namn
            assert "Rekvisitionen är betald" in svar.content.decode()


def test_who_wrote_while_another_sent_is_still_a_writer(avtal, parten, ny_anvandare):
    kansli = ny_anvandare("kansli")
    rad = ny_rekvisition(avtal, parten)
    Rekvisition.objects.filter(pk=rad.pk).update(skribenter=[parten.pk, kansli.pk], version=2)
    with pytest.raises(OtillatenOvergang, match="har ändrats"):
        rekvirera.skicka(rad, av=parten, sedd=1)
    rekvirera.skicka(rad, av=parten, sedd=2)
    assert Rekvisition.objects.get().skribenter == sorted([parten.pk, kansli.pk])


def test_what_was_changed_is_read_again_before_it_is_attested_or_paid(client, avtal, parten, ny_anvandare):
    kansli, ekonom = ny_anvandare("kansli"), ny_anvandare("ekonom")
    rad = ny_rekvisition(avtal, parten, lage="inskickad")
    client.force_login(kansli)
    sida = client.get(adress("rekvisition_detail", rad)).content.decode()
    assert '<input type="hidden" name="version" value="1">' in sida
    Rekvisition.objects.update(version=2, belopp=399_000)  # sent back, changed and sent again meanwhile
    for namn in ("rekvisition_attestera_forst", "rekvisition_attestera_sist", "rekvisition_skicka"):
        svar = client.post(adress(namn, rad), {"version": "1"}, follow=True)
        assert "har ändrats sedan du öppnade sidan" in svar.content.decode()
        client.post(adress(namn, rad), {"version": "x"})
    rad.refresh_from_db()
    assert rad.lage == "inskickad"
    client.post(adress("rekvisition_attestera_forst", rad), {"version": "2"})
    rekvirera.attestera_sist(rad, av=ekonom, sedd=2)
    betala = {"dag": idag(), "version": "1"}
    assert "har ändrats" in fel(client.post(adress("rekvisition_betala", rad), betala))["__all__"][0]
    assert client.post(adress("rekvisition_betala", rad), betala | {"version": "2"}).status_code == 302


def test_a_lowered_agreement_stops_attest_and_payment_but_not_the_way_back(avtal, parten, ny_anvandare):
    en, annan = ny_anvandare("kansli"), ny_anvandare("ekonom")
    rad = ny_rekvisition(avtal, parten, belopp=300_000, lage="inskickad")
    avtal.belopp.update(kronor=200_000)
    with pytest.raises(OtillatenOvergang, match="beviljat"):
        rekvirera.attestera_forst(rad, av=en, sedd=1)
    with pytest.raises(IntegrityError, match="more is claimed"), transaction.atomic():
        rad.attestera_forst(av=en)
    avtal.belopp.update(kronor=300_000)
    rekvirera.attestera_forst(rad, av=en, sedd=1)
    rekvirera.attestera_sist(rad, av=annan, sedd=1)
    avtal.belopp.all().delete()  # the year is taken out of the agreement: what is claimed of it is still seen
    assert [(saldo.ar, saldo.kvar) for saldo in saldon([avtal.pk])] == [(2026, -300_000)]
    with pytest.raises(OtillatenOvergang, match="beviljat"):
        rekvirera.betala(rad, av=annan, dag=idag(), sedd=1)
    rekvirera.skicka_tillbaka(rad, av=annan, skal="Avtalet är ändrat.")
    rad.refresh_from_db()
    rad.aterkalla(av=parten)
    assert saldon([avtal.pk]) == []


def test_a_colleagues_attachment_is_not_replaced_unseen(client, avtal, parten):
    rad = ny_rekvisition(avtal, parten)
    client.force_login(parten)
    url = adress("rekvisition_edit", rad)
    sett = version(client, url)

    def pdf(text):
        return SimpleUploadedFile(f"{text}.pdf", b"%PDF-1.4\n%" + text.encode() + b"\n%%EOF\n", "application/pdf")

    data = falt(version=sett, belopp="100 000")
    assert client.post(url, data | {"underlag": pdf("kollegans")}).status_code == 302
    assert client.post(url, data | {"underlag": pdf("kollegans")}).status_code == 302  # a double click
    form = client.post(url, data | {"underlag": pdf("mitt")}).context["form"]
    assert form.nyare == [("Underlag", "kollegans.pdf")]
    assert Rekvisition.objects.get().underlag.filnamn == "kollegans.pdf"


def test_a_long_specification_and_periods_that_share_a_quarter_are_refused(client, avtal, parten):
    client.force_login(parten)
    langt = fel(client.post(adress("rekvisition_create", avtal), falt(specifikation="x" * 4001)))
    assert "4" in langt["specifikation"][0]
    ny_rekvisition(avtal, parten, period="H1")
    with pytest.raises(IntegrityError, match="rekvisition_perioder_skilda"), transaction.atomic():
        ny_rekvisition(avtal, parten, period="K2")
    Rekvisition.objects.update(lage="aterkallad")
    ny_rekvisition(avtal, parten, period="K2")


def test_an_agreement_without_money_for_the_year_does_not_take_the_place_of_another(monkeypatch, kommun, parten):
    monkeypatch.setattr(paneler, "idag", lambda: DAG(2026, 8, 15))
    monkeypatch.setattr(paneler, "FLEST", 1)
    utan, med = avtal_med_pengar(kommun, kronor=0), avtal_med_pengar(kommun)
    utan.belopp.create(ar=2027, kronor=400_000)
    assert [post.text for post in paneler.att_gora(parten)] == [f"Rekvirera för {med.insats}, första halvåret 2026"]
