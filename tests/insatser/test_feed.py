"""The catalogue as JSON for other web pages."""

import datetime
import json

import pytest
import time_machine
from django.urls import reverse

from samordning.karna.models import Handelse
from tests.insatser.fabrik import ny_insats, ny_kontakt, ny_medarbetare

pytestmark = pytest.mark.django_db
URL = "/insatser/katalog.json"
DAG = datetime.date
NYCKLAR = {
    "namn", "kod", "adress", "blad", "arrangor", "inriktning", "aven_strukturell", "sammanfattning", "beskrivning",
    "malgrupp", "grupper", "alder_fran", "alder_till", "orter", "skaraborgsgemensam", "upplagg", "metod", "mal",
    "bakgrund", "omfattning", "tid", "start", "slut", "avslutad", "remittenter", "tar_emot", "lediga_platser",
    "platser_totalt", "platser_bekraftade", "platser_ar_gamla", "nasta_start", "hitta_hit", "ovrigt", "lankar",
    "kontakter", "senast_andrad",
}  # fmt: skip


def hamta(client, **fraga):
    svar = client.get(URL, fraga)
    assert svar.status_code == 200
    return json.loads(svar.content)


@time_machine.travel("2024-06-13 12:00+02:00")
def test_what_the_public_page_shows_and_nothing_else(client, settings, ny_anvandare):
    settings.ADRESS = "https://samordning.example.se"
    insats = ny_insats(
        "Rörsås", orter=["Vara"], grupper=["unga"], remittenter=["fk"], lediga_platser=3, platser_totalt=8,
        platser_bekraftade=DAG(2024, 6, 10), min_veckor=4, max_veckor=12, lankar="https://www.example.se\njavascript:x",
    )  # fmt: skip
    kontakt = ny_kontakt(insats, alias=["Frida L"]).kontakt
    personal = ny_anvandare("insatspersonal", namn="Hemlig Medarbetare")
    ny_medarbetare(insats, personal)
    Handelse.logga(insats, "andrad")
    ny_insats("Dold", publicerad=False)
    svar = hamta(client)
    assert {k: v for k, v in svar.items() if k not in ("insatser", "forbund")} == {
        "version": 1, "katalog": "https://samordning.example.se/insatser/", "antal": 1, "sida": 1, "sidor": 1,
        "nasta": None, "senast_andrad": svar["insatser"][0]["senast_andrad"],
    }  # fmt: skip
    (rad,) = svar["insatser"]
    assert rad.keys() == NYCKLAR
    assert rad["adress"] == "https://samordning.example.se/insatser/rorsas/"
    assert (rad["lediga_platser"], rad["platser_bekraftade"], rad["platser_ar_gamla"]) == (3, "2024-06-10", False)
    assert rad["grupper"] == [{"kod": "unga", "text": "Unga 16–29 år"}]
    assert rad["tid"] == "4–12 veckor"
    assert rad["lankar"] == ["https://www.example.se"]
    assert rad["kontakter"] == [{
        "namn": "Frida Ljung", "titel": "", "organisation": "Samordningsförbundet Skaraborg",
        "telefon": "0980-319 206", "epost": "frida.ljung@example.se",
    }]  # fmt: skip
    assert rad["senast_andrad"].startswith("2024-06-13T10:00")
    # Somebody who joins the staff is no news to the public; a new number to ring is.
    with time_machine.travel("2024-06-14 12:00+02:00"):
        Handelse.logga(insats, "medarbetare_tillagd")
        assert hamta(client)["senast_andrad"] == rad["senast_andrad"]
        Handelse.logga(kontakt, "andrad")
        assert hamta(client)["senast_andrad"].startswith("2024-06-14")
    # The kansli gets no more than everybody.
    client.force_login(ny_anvandare("kansli"))
    assert [rad["namn"] for rad in hamta(client)["insatser"]] == ["Rörsås"]


def test_places_that_the_page_does_not_show_are_not_told(client):
    ny_insats("Slut", lediga_platser=2, slut=DAG(2020, 1, 1), nasta_start="varje måndag")
    ny_insats("Struktur", inriktning="struktur", lediga_platser=2)
    for rad in hamta(client)["insatser"]:
        assert (rad["lediga_platser"], rad["platser_bekraftade"], rad["nasta_start"]) == (None, None, "")


def test_the_catalogues_own_filters_narrow_it_and_an_unknown_value_gives_nothing(client):
    ny_insats("I Vara", orter=["Vara"])
    ny_insats("I Hjo", orter=["Hjo"], grupper=["unga"])
    ny_insats("Överallt", skaraborgsgemensam=True)

    def namn(**fraga):
        return [rad["namn"] for rad in hamta(client, **fraga)["insatser"]]

    assert namn(ort="Vara") == ["I Vara"]
    assert namn(ort=["Vara", "gemensam"]) == ["I Vara", "Överallt"]
    assert namn(ort="Hjo", grupp="unga") == ["I Hjo"]
    assert namn(ort="Tibro") == []
    assert namn(ort=["Tibro", "Vara"]) == ["I Vara"]
    assert namn(q="hjo") == ["I Hjo"]
    assert namn(brist="kontakt") == ["I Hjo", "I Vara", "Överallt"]


def test_pages_of_it_hang_together(client, monkeypatch):
    monkeypatch.setattr("insatser.views_utdrag.INSATSER_PER_SIDA", 2)
    for nr in range(3):
        ny_insats(f"Insats {nr}", orter=["Vara"])
    forsta = hamta(client, ort="Vara")
    assert (forsta["antal"], forsta["sidor"], len(forsta["insatser"])) == (3, 2, 2)
    assert forsta["nasta"].endswith("/insatser/katalog.json?ort=Vara&sida=2")
    andra = hamta(client, ort="Vara", sida=2)
    assert (len(andra["insatser"]), andra["nasta"]) == (1, None)
    assert hamta(client, sida="hej")["sida"] == 1


def test_a_copy_is_good_for_a_while_and_then_asked_about(client, inloggad):
    ny_insats("Ett")
    svar = client.get(URL)
    assert svar["Cache-Control"] == "public, max-age=300"
    assert svar["Access-Control-Allow-Origin"] == "*"
    igen = client.get(URL, headers={"If-None-Match": svar["ETag"]})
    assert (igen.status_code, igen.content) == (304, b"")
    ny_insats("Två")
    assert client.get(URL, headers={"If-None-Match": svar["ETag"]}).status_code == 200
    assert inloggad("styrelse").get(URL)["Cache-Control"] == "private, max-age=300"
    assert client.post(URL).status_code == 405
    assert URL in client.get(reverse("insatser:insats_list")).content.decode()


def test_number_of_queries_is_fixed(assert_constant_queries):
    def mer():
        insats = ny_insats(orter=["Vara"])
        ny_kontakt(insats)
        Handelse.logga(insats, "andrad")

    assert_constant_queries(f"{URL}?ort=Vara&q=insats", mer)
