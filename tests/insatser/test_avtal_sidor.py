"""The watch list and the page of an agreement: by date and by budget year, and for whom."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from insatser import avtal_visning
from insatser.models import Avtalsar
from tests.insatser.fabrik import ny_insats
from tests.insatser.fabrik_ansokan import ny_part
from tests.insatser.fabrik_avtal import bifall, lopande_avtal, ny_lagesrapport, nytt_villkor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("i_juni")]
DAG = datetime.date
LISTAN = "/avtal/"


@pytest.fixture
def i_juni():
    with time_machine.travel("2024-06-13 12:00+02:00", tick=False):
        yield


@pytest.fixture
def tre_avtal():
    mofalla = lopande_avtal(insats=ny_insats("Mofalla"), start=DAG(2022, 9, 1), slut=DAG(2024, 8, 31), utnyttjade=1)
    lange = lopande_avtal(insats=ny_insats("Länge"), start=DAG(2024, 1, 1), slut=DAG(2026, 12, 31), optioner=0)
    slut = lopande_avtal(insats=ny_insats("Slutade"), start=DAG(2022, 1, 1), slut=DAG(2023, 12, 31), optioner=0)
    return mofalla, lange, slut


def namn(svar):
    return [rad.avtal.insats.namn for rad in svar.context["rader"]]


def test_by_last_day_with_ended_ones_last_and_filters(inloggad, tre_avtal):
    client = inloggad("styrelse")
    svar = client.get(LISTAN)
    assert namn(svar) == ["Mofalla", "Länge", "Slutade"]
    text = svar.content.decode()
    assert "Förlängning 1 av 2" in text
    assert "Förlängning 2 skulle ha startats senast 29 februari 2024 och gäller budgetår 2024 och 2025." in text
    assert "Dags att starta" in text
    assert namn(client.get(LISTAN, {"visa": "dags"})) == ["Mofalla"]
    assert namn(client.get(LISTAN, {"visa": "slut"})) == ["Slutade"]
    assert namn(client.get(LISTAN, {"visa": "pagar"})) == ["Mofalla", "Länge"]
    assert namn(client.get(LISTAN, {"q": "mofa"})) == ["Mofalla"]
    assert namn(client.get(LISTAN, {"ar": "2023"})) == ["Mofalla", "Slutade"]
    assert namn(client.get(LISTAN, {"ar": "2025"})) == ["Mofalla", "Länge"]
    assert namn(client.get(LISTAN, {"ar": "x", "visa": "y"})) == ["Mofalla", "Länge", "Slutade"]
    assert "Inget avtal passar" in client.get(LISTAN, {"q": "finns inte"}).content.decode()
    assert namn(client.get(LISTAN, {"q": "\x00mofa\x00"})) == ["Mofalla"]
    assert inloggad("kansli").get(reverse("tillfallen:tillfalle_create"), {"insats": "\x00"}).status_code == 200


def test_what_each_budget_year_is_bound_to_and_could_be(tre_avtal, ny_anvandare):
    mofalla, lange, _ = tre_avtal
    aren = {rad.ar: rad for rad in avtal_visning.budgetar(ny_anvandare("ekonom"))}
    assert list(aren) == [2023, 2024, 2025, 2026, 2027]
    assert (aren[2023].bundet, aren[2023].antal) == (720_000, 2)
    assert aren[2024].bundet == 720_000
    # 360 000 for eight months of 2024 is 45 000 a month: four months more in 2024, eight in 2025.
    assert (aren[2024].mojligt, aren[2025].mojligt, aren[2026].mojligt) == (180_000, 360_000, 0)
    assert aren[2025].bundet == 360_000
    # What is agreed for a year to come goes before the reckoning.
    Avtalsar.objects.create(avtal=mofalla, ar=2025, kronor=Decimal(300_000))
    aren = {rad.ar: rad for rad in avtal_visning.budgetar(ny_anvandare("ekonom"))}
    assert (aren[2025].bundet, aren[2025].mojligt) == (360_000, 300_000)
    # A new agreement takes over: nothing more is bound by the old one.
    lopande_avtal(insats=mofalla.insats, start=DAG(2024, 9, 1), slut=DAG(2024, 12, 31), optioner=0)
    assert {rad.mojligt for rad in avtal_visning.budgetar(ny_anvandare("ekonom"))} == {0}


def test_a_party_sees_its_own(inloggad, tre_avtal):
    kommun = ny_part()
    client = inloggad("partsforetradare", part=kommun)
    assert "Här visas avtalen för de insatser där din organisation är part." in client.get(LISTAN).content.decode()
    tre_avtal[0].parter.add(kommun)
    svar = client.get(LISTAN)
    assert namn(svar) == ["Mofalla"]
    assert [rad.bundet for rad in svar.context["budgetar"]] == [360_000, 360_000, 0, 0, 0]
    assert client.get(reverse("avtal:avtal_detail", args=[tre_avtal[0].pk])).status_code == 200
    assert client.get(reverse("avtal:avtal_detail", args=[tre_avtal[1].pk])).status_code == 404


def test_lists_cost_the_same_at_any_length(inloggad, assert_constant_queries):
    inloggad("revisor")
    assert_constant_queries(LISTAN, lambda: lopande_avtal(ny_part(), ny_part()))


def test_the_page_of_an_agreement(inloggad, ny_anvandare, tre_avtal):
    ansokan, beslut = bifall()
    avtal = tre_avtal[0]
    avtal.beslut = beslut
    avtal.save()
    for status, dag in (("oppet", DAG(2024, 6, 1)), ("uppfyllt", DAG(2024, 6, 1)), ("oppet", DAG(2024, 12, 1))):
        nytt_villkor(
            beslut, avtal=avtal, status=status, foljs_upp=dag, uppfoljt=DAG(2024, 6, 3) if status != "oppet" else None
        )  # fmt: skip
    ny_lagesrapport(avtal)
    text = inloggad("kansli").get(sida := reverse("avtal:avtal_detail", args=[avtal.pk])).content.decode()
    for ord_ in ("Grundtid", "Förlängning 2", "Sista året", "från september 2024 sista år", "Skulle ha följts upp",
                 "Uppfyllt", "Inte uppföljt", "Ansök om förlängning", "Dags för beslut om förlängning.",
                 "2025 med förlängning", ansokan.arende.diarienummer, "Lägg till ett villkor"):  # fmt: skip
        assert ord_ in text, ord_
    client = inloggad("revisor")
    text = client.get(sida).content.decode()
    assert ansokan.arende.diarienummer in text
    for ord_ in ("Ansök om förlängning", "Lägg till ett villkor", "Ändra avtalet"):
        assert ord_ not in text
    assert "Ingen rapport är inlämnad än." in text  # what is being written is not the board's
