"""Decisions: one for each §, with the step that it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten.models import Beslut
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Notis
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ny_runda, nytt_mote, nytt_organ

pytestmark = pytest.mark.django_db
IDAG = idag().isoformat()


@pytest.fixture
def fk():
    return ny_part("Försäkringskassan", "fk")


def _besluta(client, arende, **data):
    data = {"datum": IDAG, "paragraf": "34", "utfall": "bifall"} | data
    return client.post(reverse("moten:beslut_create", args=[arende.pk]), data)


def test_the_board_grants_and_the_parties_are_told(kommun, fk, inloggad, ny_anvandare):
    arende = skickad_ansokan(kommun, fk, lage="styrelse").arende
    foretradare = ny_anvandare("partsforetradare", part=kommun)
    mote = nytt_mote("styrelse", om=0)
    client = inloggad("kansli")
    data = {"mote": mote.pk, "datum": "", "motivering": "Styrelsen beviljar medel."}
    svar = _besluta(client, arende, **data)
    beslut = Beslut.objects.get()
    assert svar.url == reverse("moten:beslut_klart", args=[beslut.pk])
    assert (beslut.paragraf, beslut.organ, beslut.datum) == ("§ 34", mote.organ, idag())
    arende.refresh_from_db()
    assert arende.lage == "beviljad"
    assert Notis.objects.get(mall="arende/beslut").mottagare == foretradare
    assert _besluta(client, arende, **data).url == svar.url
    assert Beslut.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "fel"),
    [
        ({"paragraf": "trettiofyra"}, "Skriv paragrafens nummer"),
        ({"paragraf": "§34"}, "redan ett beslut med den paragrafen"),
        ({"datum": (idag() + timedelta(1)).isoformat()}, "Mötet har inte varit än."),
        ({"datum": "2020-01-01"}, "så beslutet kan inte vara tidigare"),
        ({"datum": ""}, "Välj ett möte eller skriv mötets dag."),
        ({"justerat": (idag() + timedelta(1)).isoformat()}, "Lämna tomt tills protokollet är justerat."),
        ({"utfall": "kanske"}, "Beslut"),
    ],
)
def test_what_cannot_be_is_said_and_the_case_stays(kommun, fk, inloggad, data, fel):
    annat = skickad_ansokan(kommun, fk, lage="beviljad").arende
    Beslut.objects.create(arende=annat, organ=nytt_organ(), datum=idag(), paragraf="§ 34", utfall="bifall")
    arende = skickad_ansokan(kommun, fk, lage="styrelse").arende
    svar = _besluta(inloggad("kansli"), arende, **{"organ": nytt_organ().pk, "paragraf": "35"} | data)
    assert fel in svar.content.decode()
    arende.refresh_from_db()
    assert (arende.lage, arende.alla_beslut.count()) == ("styrelse", 0)


def test_the_au_may_only_send_back_and_an_open_round_is_closed_first(kommun, fk, inloggad):
    arende = skickad_ansokan(kommun, fk, lage="au").arende
    nytt_organ("styrelse")
    au = nytt_organ("au")
    client = inloggad("kansli")
    assert _besluta(client, arende, organ=au.pk, utfall="bifall").status_code == 200
    assert _besluta(client, arende, organ=nytt_organ("styrelse").pk, utfall="aterremiss").status_code == 200
    runda = ny_runda(arende, "Grupp 1")
    assert (
        "Yttranderundan är inte stängd." in _besluta(client, arende, organ=au.pk, utfall="aterremiss").content.decode()
    )
    runda.stang(av=None, sammanfattning="Ja.")
    assert _besluta(client, arende, organ=au.pk, utfall="aterremiss").status_code == 302
    arende.refresh_from_db()
    assert arende.lage == "inkommen"
    assert "Det går inte att skriva in ett beslut nu" in client.get(
        reverse("moten:beslut_create", args=[arende.pk])
    ).content.decode()  # fmt: skip


def test_a_decision_is_corrected_with_history_but_never_turned(kommun, fk, inloggad):
    arende = skickad_ansokan(kommun, fk, lage="styrelse").arende
    client = inloggad("kansli")
    _besluta(client, arende, organ=nytt_organ().pk, utfall="avslag")
    beslut = arende.alla_beslut.get()
    url = reverse("moten:beslut_edit", args=[beslut.pk])
    data = {"datum": IDAG, "paragraf": "§ 36", "justerat": IDAG, "utfall": "bifall", "version": 1}
    assert client.post(url, data).status_code == 302
    beslut.refresh_from_db()
    assert (beslut.paragraf, beslut.justerat, beslut.utfall) == ("§ 36", idag(), "avslag")
    assert Handelse.objects.om(beslut).first().data["paragraf"] == ["§ 34", "§ 36"]
    krock = client.post(url, data | {"paragraf": "§ 37"}).content.decode()
    assert "Någon annan har sparat" in krock
    assert "§ 36" in krock
    fore = {"justerat": (idag() - timedelta(1)).isoformat(), "version": 2}
    assert "Protokollet kan inte vara justerat före mötet." in client.post(url, data | fore).content.decode()
