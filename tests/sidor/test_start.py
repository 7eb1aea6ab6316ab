"""The roof's own pages: the start page of each role, notices, the health check."""

import datetime

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.urls import reverse

from samordning.karna.kalender import idag
from samordning.karna.models import Notis, Roll
from samordning.karna.paneler import AttGora
from samordning.sidor import att_gora

pytestmark = pytest.mark.django_db

KURSER = "Utbildningar"
STYRELSEN = ["Start", "Insatser", "Rapporter", "Möten", "Årshjul", "Sök", "Ärenden", "Avtal"]
MENY = {
    "kansli": [
        "Start", "Insatser", "Uppföljning", "Rapporter", "Möten", "Årshjul", "Sök", "Ärenden", "Avtal",
        "Lägesrapporter", "Rekvisitioner", "Budget", KURSER, "Kontakter",
    ],
    "remittent": ["Start", "Insatser", "Mina remisser", KURSER],
    "insatspersonal": ["Start", "Insatser", "Remisser", "Deltagare", "Uppföljning", "Lägesrapporter", KURSER],
    "kontoansvarig": ["Start", "Insatser", KURSER, "Konton"],
    "drift": ["Start", "Insatser", KURSER, "Jobb"],
    "beredning": [*STYRELSEN, KURSER],
    "styrelse": [*STYRELSEN, "Budget", KURSER],
    "revisor": [*STYRELSEN, "Rekvisitioner", "Budget", KURSER],
    "ekonom": [*STYRELSEN, "Rekvisitioner", "Budget", KURSER],
    "partsforetradare": [
        "Start", "Insatser", "Rapporter", "Möten", "Årshjul", "Sök", "Ärenden", "Ansökningar", "Avtal",
        "Lägesrapporter", "Rekvisitioner", KURSER,
    ],
}  # fmt: skip
MENY["forbundschef"] = MENY["kansli"]


@pytest.mark.parametrize("roll", Roll.values)
def test_every_role_has_a_start_page_with_what_it_may_do(inloggad, roll):
    svar = inloggad(roll).get(reverse("sidor:start"))
    assert svar.status_code == 200
    meny = [post.text for post in svar.context["meny"]]
    assert meny == MENY[roll]
    assert svar.context["genvagar"]
    for _, adress, _ in svar.context["genvagar"]:
        assert svar.client.get(adress).status_code == 200, adress


def test_the_root_sends_on(client, inloggad):
    assert client.get("/").url == reverse("insatser:insats_list")
    assert inloggad("styrelse").get("/").url == reverse("sidor:start")


def test_dated_tasks_come_first_and_the_urgent_are_counted(inloggad, monkeypatch):
    om_en_vecka = idag() + datetime.timedelta(7)
    poster = [AttGora("Utan dag", "#"), AttGora("Sen", "#", dag=om_en_vecka), AttGora("Nu", "#", dag=idag())]
    monkeypatch.setattr(att_gora.PANELER[0], "att_gora", lambda user: poster)
    monkeypatch.setattr(att_gora.PANELER[1], "att_gora", lambda user: [])
    svar = inloggad("styrelse").get(reverse("sidor:start"))
    assert [post.text for post in svar.context["att_gora"]] == ["Nu", "Sen", "Utan dag"]
    assert "En sak brådskar." in svar.content.decode()


def test_notices_are_ones_own_and_can_be_read(client, ny_anvandare):
    jag, annan = ny_anvandare("styrelse"), ny_anvandare("styrelse")
    min_, andras = (Notis.objects.create(mottagare=user, mall="x", rubrik=f"Till {user}") for user in (jag, annan))
    client.force_login(jag)
    text = client.get(reverse("sidor:start")).content.decode()
    assert min_.rubrik in text
    assert andras.rubrik not in text
    client.post(reverse("sidor:notiser_las"), {"notis": [min_.pk, andras.pk, 10**9]})
    assert not Notis.objects.olasta(jag).exists()
    assert Notis.objects.olasta(annan).exists()
    assert client.post(reverse("sidor:notiser_las"), {"notis": ["x"]}).status_code == 302


def test_the_start_page_costs_the_same_with_more_notices(client, ny_anvandare, assert_constant_queries):
    jag = ny_anvandare("kansli")
    client.force_login(jag)
    assert_constant_queries(
        reverse("sidor:start"), lambda: Notis.objects.create(mottagare=jag, mall="x", rubrik="Nytt")
    )


def test_health(client, monkeypatch):
    cache.delete("puls")
    assert client.get(reverse("sidor:halsa")).json() == {"databas": True, "mellanlager": True, "puls": False}
    cache.set("puls", 1)
    assert client.get(reverse("sidor:halsa")).json()["puls"] is True

    def bruten(*_):
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", bruten)
    assert client.get(reverse("sidor:halsa")).status_code == 503


def test_a_page_that_is_missing_says_who_can_help(client, inloggad):
    for klient in (client, inloggad("styrelse")):
        svar = klient.get("/finns-inte/")
        assert svar.status_code == 404
        assert "Ring kansliet på" in svar.content.decode()


def test_a_user_without_roles_gets_a_start_page_too(inloggad):
    assert "Inget väntar på dig just nu." in inloggad().get(reverse("sidor:start")).content.decode()


@pytest.mark.parametrize("nummer", ["9" * 5000, "9" * 20, str(2**63), "²", "٣"])
def test_a_number_that_no_notice_has_is_no_error(inloggad, nummer):
    assert inloggad("styrelse").post(reverse("sidor:notiser_las"), {"notis": [nummer]}).status_code == 302


def test_a_long_list_shows_the_first_and_how_many_there_are(inloggad, monkeypatch):
    poster = [AttGora(f"Sak {nr}", "#", dag=idag() + datetime.timedelta(nr)) for nr in range(40)]
    for nr, panel in enumerate(att_gora.PANELER):
        monkeypatch.setattr(panel, "att_gora", lambda user, nr=nr: [] if nr else poster)
    client = inloggad("styrelse")
    kort = client.get(reverse("sidor:start"))
    assert [post.text for post in kort.context["att_gora"]] == [f"Sak {nr}" for nr in range(att_gora.VISADE_SAKER)]
    assert "de första tolv av 40" in kort.content.decode()
    assert "En sak brådskar." in kort.content.decode()
    alla = client.get(reverse("sidor:start"), {"alla": "1"})
    assert len(alla.context["att_gora"]) == 40
    assert "Visa alla" not in alla.content.decode()
