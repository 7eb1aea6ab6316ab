"""A job's page tells how far it has come, what came of it, and what to do when it failed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samordning.karna import jobb
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb
from samordning.karna.policies import can_view_jobb

pytestmark = pytest.mark.django_db
UPPGIFT = "tests.sidor.test_jobb.gor"


def gor(arbete):
    with jobb.publicera(arbete) as klart:
        klart({"lank": "/insatser/", "text": "Version 1 är klar."})


def nytt(lage="pagar", **falt):
    return Jobb.objects.create(**{"uppgift": UPPGIFT, "rubrik": "Provrapport", "lage": lage} | falt)


def sida(rad, namn="detail"):
    return reverse(f"sidor:jobb_{namn}", args=[rad.uuid])


def test_the_page_asks_for_itself_until_the_work_is_done(inloggad):
    klient = inloggad("kansli")
    rad = nytt(framsteg=40, framsteg_text="Räknar", forsok=1, lease_till=nu() + timedelta(minutes=1))
    text = klient.get(sida(rad)).content.decode()
    assert 'value="40"' in text
    assert "Räknar" in text
    assert f'hx-get="{sida(rad)}"' in text
    assert f'<noscript><a class="btn btn-outline-primary" href="{sida(rad)}">' in text
    bit = klient.get(sida(rad), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in bit
    assert 'value="40"' in bit
    gor(rad)
    klar = klient.get(sida(rad), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in klar
    assert "Version 1 är klar." in klar
    assert 'href="/insatser/"' in klar


@pytest.mark.parametrize("lank", ["//ond.example", "https://ond.example", "javascript:alert(1)", ""])
def test_the_result_is_within_the_site(inloggad, lank):
    text = inloggad("kansli").get(sida(nytt("klart", resultat={"lank": lank}))).content.decode()
    assert "Öppna resultatet" not in text


def test_what_failed_says_what_to_do_and_can_be_ordered_again(inloggad):
    klient = inloggad("kansli")
    rad = nytt("misslyckat", fel="ValueError", avslutat=nu())
    text = klient.get(sida(rad)).content.decode()
    assert "Inget är förlorat" in text
    assert f"jobbets nummer, {rad.pk}, och felet, ValueError" in text
    assert "Gör om: Provrapport" in klient.get("/start/").content.decode()
    svar = klient.post(sida(rad, "igen"))
    nytt_jobb = Jobb.objects.latest("pk")
    assert svar.url == sida(nytt_jobb)
    assert (nytt_jobb.uppgift, nytt_jobb.rubrik, nytt_jobb.pk > rad.pk) == (UPPGIFT, "Provrapport", True)
    assert "Gör om: Provrapport" not in klient.get("/start/").content.decode()


def test_a_refusal_is_told_in_its_own_words(inloggad):
    rad = nytt("misslyckat", besked="Perioden har inte börjat.")
    text = inloggad("kansli").get(sida(rad)).content.decode()
    assert "Perioden har inte börjat." in text
    assert "gick fel tre gånger" not in text


def test_work_is_cancelled_once(inloggad):
    klient = inloggad("kansli")
    rad = nytt("ko")
    assert "Inget av det som är gjort sparas" in klient.get(sida(rad, "avbryt")).content.decode()
    assert "Arbetet är avbrutet" in klient.post(sida(rad, "avbryt"), follow=True).content.decode()
    assert "hann bli klart" in klient.post(sida(rad, "avbryt"), follow=True).content.decode()
    rad.refresh_from_db()
    assert rad.lage == "avbrutet"


def test_visible_to_and_policy_agree(ny_anvandare):
    remittent = ny_anvandare("remittent")
    alla = [nytt(), nytt("klart", rubrik=""), nytt("klart", bestalld_av=remittent)]
    for anvandare, antal in (
        (ny_anvandare("kansli"), 2), (ny_anvandare("drift"), 2), (remittent, 1), (ny_anvandare("styrelse"), 0),
    ):  # fmt: skip
        tillatna = {rad.pk for rad in alla if can_view_jobb(anvandare, rad)}
        assert set(Jobb.objects.visible_to(anvandare).values_list("pk", flat=True)) == tillatna
        assert len(tillatna) == antal


def test_drift_sees_that_it_exists_but_neither_result_nor_button(inloggad):
    klient = inloggad("drift")
    text = klient.get(sida(nytt("klart", resultat={"lank": "/insatser/"}))).content.decode()
    assert "Öppna resultatet" not in text
    rad = nytt("misslyckat")
    assert sida(rad, "igen") not in klient.get(sida(rad)).content.decode()


def test_the_list_has_every_state_and_costs_the_same(inloggad, assert_constant_queries):
    klient = inloggad("kansli")
    assert "Inga jobb de senaste trettio dagarna" in klient.get(reverse("sidor:jobb_list")).content.decode()
    for nr, lage in enumerate(Jobb.Lage.values):
        nytt(lage, parametrar={"nr": nr})
    text = klient.get(reverse("sidor:jobb_list")).content.decode()
    for ord_ in ("Väntar", "Pågår", "Klart", "Misslyckades", "Avbrutet"):
        assert ord_ in text
    assert_constant_queries(reverse("sidor:jobb_list"), lambda: nytt("klart"))
