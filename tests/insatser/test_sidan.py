"""The page of one insats."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from insatser.models import Avtalsar
from tests.insatser.fabrik import ny_insats, ny_kontakt, ny_medarbetare, nytt_avtal

pytestmark = pytest.mark.django_db
DAG = datetime.date


def sida(client, insats, status=200):
    svar = client.get(reverse("insatser:insats_detail", args=[insats.slug]))
    assert svar.status_code == status
    return re.sub(r"\s+", " ", svar.content.decode().replace("\xa0", " "))


def test_empty_fields_are_absent(client):
    html = sida(client, ny_insats("Tom"))
    assert "None" not in html
    for rubrik in ("Det här händer", "Metod", "Bakgrund", "Hitta hit", "Länkar", "Avtal<", "Ålder", "Omfattning"):
        assert rubrik not in html
    assert "Uppgift om lediga platser saknas" in html


def test_everything_of_the_sheet_is_there(client):
    insats = ny_insats(
        "Full",
        sammanfattning="Kort om insatsen",
        beskrivning="Stycke ett\n\nStycke <två>",
        metod="Metoden",
        bakgrund="Bakgrunden",
        malgrupp="Målgruppen",
        mal="Målen",
        omfattning="3 dagar",
        tid_i_insats="4–12 veckor",
        alder_fran=16,
        alder_till=29,
        orter=["Vara", "Hjo"],
        upplagg=["grupp", "natur"],
        grupper=["unga"],
        remittenter=["vard", "af", "fk", "kommun"],
        hitta_hit="Bussen",
        ovrigt="Övrigt här",
        lankar="https://www.example.se/x\njavascript:alert(1)",
        start=DAG(2019, 1, 1),
        tar_emot="papper",
    )
    html = sida(client, insats)
    for text in (
        "Kort om insatsen", "<p>Stycke ett</p>", "Stycke &lt;två&gt;", "Metoden", "Bakgrunden", "Målgruppen", "Målen",
        "3 dagar<small>4–12 veckor</small>", "16–29 år", "Vara, Hjo", "Naturnära, grupp", "Unga 16–29 år", "Bussen",
        "Övrigt här", 'href="https://www.example.se/x"', "1 januari 2019", "Samordningsförbundet Skaraborg",
        "Alla parter kan remittera: vården, Arbetsförmedlingen, Försäkringskassan och kommunerna.",
    ):  # fmt: skip
        assert text in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("falt", "text"),
    [
        ({"tar_emot": "papper"}, "skrivs på papper"),
        ({"tar_emot": "digitalt"}, "Ring kansliet när du vill remittera"),
        ({"tar_emot": "ingen"}, "Tar inte emot remisser."),
        ({"tar_emot": "ingen", "inriktning": "struktur"}, "parternas personal"),
        ({"tar_emot": "papper", "slut": DAG(2020, 5, 1)}, "Insatsen avslutades 1 maj 2020."),
    ],
)
def test_how_to_refer(client, falt, text):
    assert text in sida(client, ny_insats(**falt))


def test_contact_persons_can_be_rung_and_mailed(client):
    insats = ny_insats(tar_emot="digitalt")
    ny_kontakt(insats, titel="Verksamhetsansvarig")
    html = sida(client, insats)
    assert 'href="tel:0980319206"' in html
    assert 'href="mailto:frida.ljung@example.se"' in html
    assert "Verksamhetsansvarig, Samordningsförbundet Skaraborg" in html
    assert "Ring kontaktpersonen" in html


def test_missing_contact_person_is_flagged_for_the_kansli_only(client, inloggad):
    insats = ny_insats()
    html = sida(client, insats)
    assert "Kontaktperson saknas" not in html
    assert "ingen egen kontaktperson" in html
    assert "Kontaktperson saknas" in sida(inloggad("kansli"), insats)


@time_machine.travel("2024-06-13 12:00+02:00")
def test_free_places_say_when_they_were_confirmed(client):
    farsk = sida(client, ny_insats(lediga_platser=5, platser_totalt=15, platser_bekraftade=DAG(2024, 6, 3)))
    assert "av 15, senast bekräftat 3 juni 2024" in farsk
    assert "Uppgiften är gammal" not in farsk
    assert "Uppgiften är gammal" in sida(client, ny_insats(lediga_platser=5, platser_bekraftade=DAG(2024, 5, 1)))
    assert "Uppgiften är gammal" in sida(client, ny_insats(lediga_platser=5))


@time_machine.travel("2024-06-13 12:00+02:00")
def test_agreement_is_drawn_and_said(client, kommun):
    insats = ny_insats()
    nytt_avtal(insats, DAG(2019, 1, 1), DAG(2019, 12, 31))
    avtal = nytt_avtal(insats, DAG(2022, 10, 1), DAG(2024, 9, 30), optioner=2, utnyttjade=1, platser=15)
    avtal.parter.add(kommun)
    Avtalsar.objects.create(avtal=avtal, ar=2024, kronor=450000)
    html = sida(client, insats)
    assert "Avtalet gäller från 1 oktober 2022 till 30 september 2024." in html
    assert "<title>Avtalstid</title>" in html
    assert "Förlängning 2 är möjlig från 1 oktober 2024" in html
    assert "450 000 kr" in html
    assert "Samordningsförbundet Skaraborg (huvudpart)" in html
    assert "<li>Granviks kommun</li>" in html
    assert "1 januari 2019 till 31 december 2019" in html


def test_unpublished_does_not_exist_for_others(client, inloggad):
    insats = ny_insats(publicerad=False)
    sida(client, insats, 404)
    sida(inloggad("remittent"), insats, 404)
    assert "Inte publicerad" in sida(inloggad("forbundschef"), insats)


def test_actions_are_for_those_who_may(client, inloggad, ny_anvandare):
    insats = ny_insats()
    andra, platser = (reverse(f"insatser:insats_{namn}", args=[insats.slug]) for namn in ("edit", "platser"))
    html = sida(client, insats)
    assert andra not in html
    assert platser not in html
    personal = ny_anvandare("insatspersonal")
    ny_medarbetare(insats, personal)
    client.force_login(personal)
    html = sida(client, insats)
    assert platser in html
    assert andra not in html
    html = sida(inloggad("kansli"), insats)
    for namn in ("insats_edit", "insats_historik", "medarbetare_list", "avtal_create"):
        assert reverse(f"insatser:{namn}", args=[insats.slug]) in html


def test_help_text_of_the_form_is_pointed_out_to_the_kansli(client, inloggad):
    insats = ny_insats(ovrigt="Förklara vad du är \n särskilt bra på. Vad är utmärkande?")
    assert "Mallens hjälptext" not in sida(client, insats)
    assert "Läs igenom Övrig information" in sida(inloggad("kansli"), insats)


def test_constant_queries(client, assert_constant_queries, kommun):
    insats = ny_insats()
    ar = iter(range(2000, 2020))

    def mer():
        ny_kontakt(insats)
        avtal = nytt_avtal(insats, DAG(nu := next(ar), 1, 1), DAG(nu, 12, 31))
        avtal.parter.add(kommun)
        Avtalsar.objects.create(avtal=avtal, ar=nu, kronor=1)

    assert_constant_queries(reverse("insatser:insats_detail", args=[insats.slug]), mer)
