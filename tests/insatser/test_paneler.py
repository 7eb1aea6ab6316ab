"""What waits for whom."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser.models import Insats
from insatser.paneler import att_gora
from tests.insatser.fabrik import ny_insats, ny_kontakt, ny_medarbetare, nytt_avtal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("i_juni")]
DAG = datetime.date
NCK = "Se vilka som saknar NCK:s grundkurs"


@pytest.fixture
def i_juni():
    with time_machine.travel("2024-06-13 12:00+02:00"):
        yield


def texter(user):
    return [post.text for post in att_gora(user)]


def test_kansli_is_told_of_missing_contact_persons(ny_anvandare):
    utan = ny_insats("Utan kontakt")
    ny_kontakt(ny_insats("Med kontakt"))
    ny_insats("Dold", publicerad=False)
    ny_insats("Avslutad", slut=DAG(2024, 6, 12))
    (post,) = att_gora(ny_anvandare("kansli"))
    assert post.text == "Lägg till en kontaktperson för Utan kontakt"
    assert post.url == reverse("insatser:insats_kontakt_create", args=[utan.slug])
    assert post.dag is None
    assert post.marke[0] == "Kontaktperson saknas"


def test_kansli_is_told_of_help_text_that_was_left_in_a_sheet(ny_anvandare):
    fel = ny_insats("Fel", metod="Vad är  UTMÄRKANDE\nför dig?", bakgrund="Klicka här för att ange text")
    for insats in (fel, ny_insats("Rätt", metod="Det som är utmärkande"), ny_insats("Slut", metod="lorem ipsum")):
        ny_kontakt(insats)
    Insats.objects.filter(namn="Slut").update(slut=DAG(2024, 6, 1))
    (post,) = att_gora(ny_anvandare("kansli"))
    assert post.text == "Ta bort mallens hjälptext i Fel"
    assert post.url == reverse("insatser:insats_edit", args=[fel.slug])
    assert "metod och bakgrund" in post.varfor


def test_kansli_is_told_of_agreements_that_end_within_half_a_year(ny_anvandare):
    snart, foljs, senare, avslutad = (
        ny_insats(namn, publicerad=False) for namn in ("Snart", "Följs", "Senare", "Slut")
    )
    avslutad.slut = DAG(2024, 6, 1)
    avslutad.save()
    nytt_avtal(snart, DAG(2024, 1, 1), DAG(2024, 9, 30), optioner=1)
    nytt_avtal(foljs, DAG(2024, 1, 1), DAG(2024, 9, 30))
    nytt_avtal(foljs, DAG(2024, 10, 1), DAG(2024, 11, 30), optioner=1, utnyttjade=1)
    nytt_avtal(senare, DAG(2024, 1, 1), DAG(2025, 1, 31))
    nytt_avtal(avslutad, DAG(2024, 1, 1), DAG(2024, 9, 30))
    assert [(post.text, post.dag) for post in att_gora(ny_anvandare("kansli"))] == [
        ("Starta förlängningen av Snart", DAG(2024, 9, 30)),
        ("Förbered nytt avtal för Följs", DAG(2024, 11, 30)),
    ]


def test_free_places_are_asked_for_where_one_works(ny_anvandare):
    egen, annan = ny_insats("Egen", tar_emot="papper"), ny_insats("Annan", tar_emot="papper")
    for insats in (egen, annan):
        ny_kontakt(insats)
    personal, slutat = ny_anvandare("insatspersonal"), ny_anvandare("insatspersonal")
    ny_medarbetare(egen, personal)
    ny_medarbetare(egen, slutat, till=DAG(2024, 6, 12))
    assert texter(personal) == ["Bekräfta lediga platser i Egen"]
    assert texter(slutat) == []
    assert texter(ny_anvandare("remittent")) == []
    assert texter(ny_anvandare("kansli")) == [
        NCK, "Bekräfta lediga platser i Annan", "Bekräfta lediga platser i Egen"
    ]  # fmt: skip
    egen.platser_bekraftade = DAG(2024, 6, 1)
    egen.save()
    assert texter(personal) == []


@pytest.mark.parametrize("roll", ["kansli", "insatspersonal"])
def test_number_of_queries_is_fixed(roll, ny_anvandare):
    user = ny_anvandare(roll)

    def mer():
        insats = ny_insats(tar_emot="papper")
        ny_medarbetare(insats, user)
        nytt_avtal(insats, DAG(2024, 1, 1), DAG(2024, 9, 30))

    mer()
    assert user.roller
    with CaptureQueriesContext(connection) as fore:
        antal = _antal(user)
    for _ in range(3):
        mer()
    with CaptureQueriesContext(connection) as efter:
        assert _antal(user) == 4 * antal
    assert len(efter) == len(fore) <= 14


def _antal(user):
    """Without the course that staff shall have gone: that is one thing to do, however many lack it."""
    return sum(post.text != NCK for post in att_gora(user))
