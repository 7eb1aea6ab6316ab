"""The plan of 2019 line by line, as the report and its JSON have it (doman.md 8.14)."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from ekonomi.models import Budgetpost, Verksamhetsar
from ekonomi.reports import budgetrapport
from samordning.demo import budget
from samordning.demo.plan2019 import RADER_2019

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    budget.skriv_plan()
    return Verksamhetsar.objects.get(ar=2019)


def _json(capsys, *val):
    call_command("rapport", "budget", "--ar", "2019", *val)
    return json.loads(capsys.readouterr().out)


def test_the_table_is_the_plans(plan, capsys):
    ut = _json(capsys)
    assert (ut["enhet"], ut["version"]) == ("tkr", "preliminär")
    assert ut["intakter"] == [
        {"namn": "Intäkter huvudmän", "foregaende": 3588, "budget": 3492},
        {"namn": "Intäkter ESF, Ung Arena", "foregaende": 170, "budget": 42},
        {"namn": "Överfört från föregående år", "foregaende": 435, "budget": 661},
    ]
    assert ut["summa_intakter"] == {"foregaende": 4193, "budget": 4195}  # G07, G08
    assert [(block["namn"], block["summa"]) for block in ut["block"]] == [
        ("Ledning", {"foregaende": 776, "budget": 650}),  # G09, G10
        ("Insatser", {"foregaende": 2544, "budget": 3175}),  # G11 without the 700, G12
        ("Övrigt", {"foregaende": 212, "budget": 220}),  # G13
    ]
    assert ut["kostnader_totalt"] == {"foregaende": 3532, "budget": 4045}  # G14
    assert ut["utgaende"] == {"foregaende": 661, "budget": 150}  # G15
    rader = [(rad["namn"], rad["foregaende"], rad["budget"]) for block in ut["block"] for rad in block["rader"]]
    assert rader == [(namn, forra, belopp) for _, namn, _, _, forra, belopp in RADER_2019]


def test_a_memo_is_shown_and_not_counted(plan, capsys):
    ung_arena = next(rad for rad in _json(capsys)["block"][1]["rader"] if rad["namn"] == "Ung Arena")
    assert (ung_arena["foregaende"], ung_arena["memo"]) == (700, ["foregaende"])
    plan.poster.filter(rubrik="Ung Arena").update(memo=[])
    assert _json(capsys)["kostnader_totalt"]["foregaende"] == 4232, "with the 700 it would be too much"


def test_shares_of_all_there_is_to_use_become_101_percent(plan, capsys):
    ut = _json(capsys)
    assert [(rad["belopp"], rad["andel"], rad["visad_procent"]) for rad in ut["kategorier"]] == [
        (2400, 0.5721, 57),
        (495, 0.118, 12),
        (450, 0.1073, 11),
        (820, 0.1955, 20),
        (30, 0.0072, 1),
    ]  # fmt: skip G17-G22
    assert (ut["kategorier_namnare"], sum(rad["visad_procent"] for rad in ut["kategorier"])) == (4195, 101)


def test_the_rule_is_compared_on_both_bases(plan, capsys):
    total, statens = _json(capsys)["eget_kapital"]
    assert (total["tak"], total["andel_ingaende"], total["andel_utgaende"]) == (0.2, 0.1893, 0.043)  # G24
    assert (total["omdome_ingaende"], total["omdome"]) == ("inom gränsen", "inom gränsen")
    assert (statens["andel_ingaende"], statens["andel_utgaende"]) == (0.3786, 0.0859)  # G25
    assert (statens["omdome_ingaende"], statens["omdome"]) == ("över gränsen", "inom gränsen")


def test_the_allocation_stands_year_beside_year(plan, capsys):
    ut = _json(capsys)["tilldelning"]
    assert ut[0] == {"part": "Staten (AF/FK)", "belopp": 1_746_000, "foregaende": 1_794_000}
    assert (sum(rad["belopp"] for rad in ut), sum(rad["foregaende"] for rad in ut)) == (3_492_000, 3_588_000)


def test_a_line_that_is_both_is_split_by_its_key(plan):
    plan.poster.filter(rubrik="Ung Arena").update(andel_individ=Decimal("33.33"))
    kategorier = budgetrapport(plan).budget.kategorier
    assert (kategorier["individ"], kategorier["struktur"]) == (2_266_660, 628_340)  # 66 660 of 200 000
    assert sum(kategorier.values()) == 4_045_000


def test_a_shared_cost_is_this_associations_part_of_it(plan):
    for rad in plan.poster.exclude(gemensamt_totalt=None):
        assert round(rad.gemensamt_totalt * rad.gemensam_andel / 100, 2) == rad.belopp  # G26


def test_kronor_on_demand_and_a_year_alone(plan, capsys):
    assert _json(capsys, "--kronor")["utgaende"] == {"foregaende": 661_000, "budget": 150_000}
    plan.poster.update(foregaende=None)
    Verksamhetsar.objects.filter(ar=2018).first().bidrag.all().delete()
    Verksamhetsar.objects.filter(ar=2018).delete()
    ut = _json(capsys)
    assert (ut["summa_intakter"]["foregaende"], ut["kostnader_totalt"]["foregaende"]) == (None, None)
    with pytest.raises(CommandError, match="ingen budget för 2018"):
        call_command("rapport", "budget", "--ar", "2018")


def test_the_number_of_queries_does_not_grow(plan, django_assert_max_num_queries):
    Budgetpost.objects.bulk_create(
        Budgetpost(verksamhetsar=plan, rubrik=f"Rad {nr}", kategori="individ", belopp=1, insats_id=None)
        for nr in range(50)
    )
    with django_assert_max_num_queries(6):
        budgetrapport(plan)
