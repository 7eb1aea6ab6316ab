"""What waits, and what a case's page is told."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ekonomi import paneler
from ekonomi.belopp import kr
from moten.models import Beslut
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition
from tests.insatser.fabrik_ansokan import skickad_ansokan
from tests.moten.fabrik import nytt_organ

pytestmark = pytest.mark.django_db


@pytest.fixture
def personer(ny_anvandare, kommun, monkeypatch):
    monkeypatch.setattr(paneler, "idag", lambda: datetime.date(2026, 8, 15))
    return {
        "parten": ny_anvandare("partsforetradare", part=kommun), "kansli": ny_anvandare("kansli"),
        "ekonom": ny_anvandare("ekonom"), "styrelse": ny_anvandare("styrelse"),
        "annan": ny_anvandare("partsforetradare"),
    }  # fmt: skip


def _texter(user):
    return [post.text for post in paneler.att_gora(user)]


def test_what_waits_for_whom(personer, kommun):
    avtal = avtal_med_pengar(kommun)
    (post,) = paneler.att_gora(personer["parten"])
    assert post.text == f"Rekvirera för {avtal.insats}, första halvåret 2026"
    assert post.dag == datetime.date(2026, 7, 30)
    rad = ny_rekvisition(avtal, personer["parten"], lage="inskickad")
    assert _texter(personer["parten"]) == []
    attest = [f"Attestera rekvisitionen för {avtal.insats}, första halvåret 2026"]
    assert _texter(personer["kansli"]) == _texter(personer["ekonom"]) == attest
    rad.attestera_forst(av=personer["kansli"])
    assert (_texter(personer["kansli"]), _texter(personer["ekonom"])) == ([], attest)
    rad.attestera_sist(av=personer["ekonom"])
    assert _texter(personer["ekonom"])[0].startswith("Betala rekvisitionen")
    rad.skicka_tillbaka(av=personer["ekonom"], skal="Fel")
    assert _texter(personer["parten"])[0].startswith("Rätta rekvisitionen")
    assert _texter(personer["styrelse"]) == []


def test_what_a_case_is_told(personer, kommun):
    arende = skickad_ansokan(av=personer["kansli"]).arende
    beslut = Beslut.objects.create(
        arende=arende, organ=nytt_organ(), datum=datetime.date(2026, 1, 1), paragraf="§ 1", utfall="bifall"
    )
    avtal = avtal_med_pengar(kommun, beslut=beslut)

    def rakna():
        with CaptureQueriesContext(connection) as fragor:
            for person in personer.values():
                for panel in (paneler.tidslinje, paneler.nasta_steg, paneler.atgarder, paneler.fakta):
                    panel(arende, person)
        return len(fragor)

    assert paneler.nasta_steg(arende, personer["ekonom"]) is None
    ny_rekvisition(avtal, personer["parten"], lage="inskickad")
    rakna()
    fore = rakna()
    ny_rekvisition(avtal, personer["parten"], period="H2")
    assert rakna() == fore
    assert [rad.marke[0] for rad in paneler.tidslinje(arende, personer["parten"])] == ["Väntar på attest", "Utkast"]
    assert paneler.tidslinje(arende, personer["annan"]) == []
    assert paneler.nasta_steg(arende, personer["ekonom"]).text == "Rekvisition väntar på attest"
    assert [post.text for post in paneler.atgarder(arende, personer["parten"])] == ["Rekvirera"]
    assert paneler.atgarder(arende, personer["annan"]) == paneler.atgarder(arende, personer["styrelse"]) == []
    assert paneler.fakta(arende, personer["parten"]) == [
        ("Beviljat", kr(400_000)), ("Rekvirerat", kr(200_000)), ("Kvar", kr(200_000)),
    ]  # fmt: skip
    assert paneler.fakta(arende, personer["annan"]) == []
