"""The demo's ledgers: 2019 comes out even, this year has a rest to learn from."""

import datetime
import json

import pytest
from django.core.management import call_command

from ekonomi import bok_utfall
from ekonomi.models import Bokkoppling, Verksamhetsar
from samordning.demo import bokforing, budget
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition

pytestmark = pytest.mark.django_db


def test_2019_is_green_line_by_line(ny_anvandare, capsys):
    ar = budget.skriv_plan()
    bokforing.skriv_2019(ny_anvandare("ekonom"))
    utfall = bok_utfall.utfall(ar)
    assert utfall.stammer
    assert utfall.kostnader == sum(kronor for *_, kronor in bokforing.UTFALL_2019)
    namn = dict(ar.poster.values_list("pk", "rubrik"))
    assert {namn[pk]: belopp for pk, belopp in utfall.poster.items()} == {
        rubrik: kronor for rubrik, _, _, kronor in bokforing.UTFALL_2019
    }
    call_command("rapport", "budget", "--ar", "2019")
    block = json.loads(capsys.readouterr().out)["block"]
    resor = block[0]["rader"][1]
    assert (resor["namn"], resor["budget"], resor["utfall"]) == ("Resor i tjänsten", 25, 21.34)
    kontroll = ar.bokimporter.get().granskning["kontroll"]
    assert kontroll == {"ver": True, "ub": True, "res": True, "psaldo": None}


@pytest.mark.parametrize(("dag", "kopplade"), [("2026-11-26", 1), ("2026-01-08", 0)])
def test_this_year_has_three_rows_without_a_rule(ny_anvandare, dag, kopplade):
    a, b, c = (ny_anvandare("kansli") for _ in range(3))
    avtal = avtal_med_pengar(ar=2026)
    ny_rekvisition(avtal, a, lage="attesterad", attest=(b, c)).betala(av=c, dag=datetime.date(2026, 6, 30))
    poster = [(avtal.insats.namn, "individ", 1), ("Förbundschef och kansli", "ledning", 1),
              ("Styrelse och revision", "ledning", 1)]  # fmt: skip
    budget.skriv(2026, poster, tilldelning=6_900_000, eget_kapital_in=1)
    bokforing.skriv_arets(a, datetime.date.fromisoformat(dag))
    utfall = bok_utfall.utfall(Verksamhetsar.objects.get(ar=2026))
    assert (utfall.omappat, utfall.tabellens == utfall.resultat) == ((3, 12_400), False)
    assert Bokkoppling.objects.count() == kopplade
