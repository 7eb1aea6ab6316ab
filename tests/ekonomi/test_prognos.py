"""The arithmetic of a forecast, and what it is frozen as."""

import datetime
import json
import re
from decimal import Decimal

import pytest

from ekonomi import prognos
from ekonomi.belopp import NOLL, Kapitalregel
from ekonomi.prognos import Block, Kapital, Prognosrapport, Rad, Underlag, foresla, foresla_intakt
from samordning.karna import diagram


def _d(tal):
    return Decimal(tal)


@pytest.mark.parametrize(
    ("underlag", "belopp", "hur"),
    [
        (Underlag(_d(200_000), _d(120_000), NOLL, _d(80_000)), 200_000,
         "Utfall 120 000 kr + kvar att rekvirera 80 000 kr"),
        (Underlag(_d(400_000), _d(100_000), _d(50_000), _d(150_000)), 300_000,
         "Utfall 100 000 kr + rekvirerat men inte bokfört 50 000 kr + kvar att rekvirera 150 000 kr"),
        # An agreement that grants less than the line has: the rest of the line is nobody's.
        (Underlag(_d(400_000), _d(100_000), NOLL, NOLL), 100_000, "Utfall 100 000 kr + kvar att rekvirera 0 kr"),
        (Underlag(_d(200_000), _d(120_000)), 200_000, "Utfall 120 000 kr + kvar av budgeten 80 000 kr"),
        (Underlag(_d(200_000), _d(250_000)), 250_000, "Utfall 250 000 kr. Hela radens budget är använd"),
        (Underlag(_d(300_000), _d(20_000), ej_beslutat=True), 20_000,
         "Utfall 20 000 kr. 280 000 kr är inte beslutat och räknas inte med"),
        (Underlag(_d(700_000), _d(5), raknas=False), 5, "Utfall 5 kr. Radens budget räknas inte med"),
        # Undecided money with an agreement behind it is decided.
        (Underlag(_d(300_000), NOLL, NOLL, _d(100_000), ej_beslutat=True), 100_000,
         "Utfall 0 kr + kvar att rekvirera 100 000 kr"),
    ],
)  # fmt: skip
def test_a_line_is_its_outcome_and_what_is_agreed(underlag, belopp, hur):
    forslag, text = foresla(underlag)
    assert (forslag, text.replace("\N{NO-BREAK SPACE}", " ")) == (belopp, hur)


def test_an_outcome_of_half_a_year_is_not_doubled():
    halvar = Underlag(_d(400_000), _d(200_000), NOLL, _d(50_000))
    assert foresla(halvar)[0] == 250_000


@pytest.mark.parametrize(("budget", "utfall", "vantat"), [(100, 60, 100), (100, 120, 120), (0, 0, 0)])
def test_an_income_is_what_is_budgeted_or_what_came(budget, utfall, vantat):
    assert foresla_intakt(_d(budget), _d(utfall))[0] == vantat


def _rad(budget, prognos_, **falt):
    return Rad("Rad", _d(budget), NOLL, None, _d(prognos_), _d(prognos_), "Utfall 0 kr", **falt)


def _rapport(**falt):
    regel = Kapitalregel.av([[7_000_000, 20]])
    tre = [regel.bedom(_d(kronor), _d(3_492_000)) for kronor in (661_000, 150_000, 450_000)]
    standard = {
        "ar": 2019, "nr": 2, "till": datetime.date(2019, 8, 31), "mote": "Styrelsen, 12 september 2019",
        "kommentar": "Se\nnedan", "eget_kapital_in": _d(661_000), "utanfor": NOLL,
        "intakter": (_rad(3_492_000, 3_492_000), _rad(42_000, 42_000)),
        "block": (
            Block("Insatser", (_rad(3_745_000, 3_745_000, post=1, forra=_d("3700000.50")),
                               _rad(300_000, 0, post=2, kommentar="Inget beslut"),
                               _rad(700_000, 0, raknas=False))),
        ),
        "kapital": (Kapital("total tilldelning", _d(3_492_000), _d(20), *tre),),
        "varningar": ("En varning",), "bokford_till": datetime.date(2019, 8, 30), "forra": "Prognos 1",
        "slut_forra": _d("400.25"),
    }  # fmt: skip
    return Prognosrapport(**standard | falt)


def test_result_and_equity_of_budget_and_forecast():
    rapport = _rapport()
    assert (rapport.resultat_budget, rapport.slut_budget) == (-511_000, 150_000)  # G16, G15
    assert (rapport.resultat, rapport.slut, rapport.slut_skillnad) == (-211_000, 450_000, 300_000)  # G19
    assert rapport.medel == 4_195_000  # G08
    assert rapport.kostnader.budgeterat == 4_045_000, "what stands within parentheses is not counted (G11)"
    assert _rapport(utanfor=_d(-7)).slut == 449_993
    assert rapport.per_post() == {1: 3_745_000, 2: 0}


def test_differences_in_kronor_and_percent():
    rad, ny, _ = _rapport().block[0].rader
    assert (rad.skillnad, rad.procent, rad.mot_forra, rad.procent_forra) == (0, 0, _d("44999.50"), 1)
    assert (ny.skillnad, ny.procent, ny.mot_forra) == (-300_000, -100, None)
    utan = _rad(0, 500)
    assert (utan.skillnad, utan.procent) == (500, None)


def test_what_is_frozen_comes_back_to_the_ore():
    rapport = _rapport()
    varden = json.loads(json.dumps(prognos.som_varden(rapport)))
    assert prognos.ur_varden(varden) == rapport
    assert varden["eget_kapital_in"] == "661000", "sums are text: no figure is a float on its way"
    tom = _rapport(slut_forra=None, bokford_till=None, forra="", kapital=(), block=(), varningar=())
    assert prognos.ur_varden(json.loads(json.dumps(prognos.som_varden(tom)))) == tom


# ---- The meter


def test_the_meter_shows_what_lies_over_the_limit():
    under, over = diagram.matare(_d("18.9"), _d(20), 50), diagram.matare(_d("37.9"), _d(20), 50)
    assert 'width="37.80%"' in under
    assert "f-fara" not in under
    assert 'x="40.00%" width="35.80%"' in over
    assert "f-fara" in over
    assert "f-fara" not in diagram.matare(_d("37.9"), None, 50), "without a rule nothing is over it"


@pytest.mark.parametrize(("andel", "bredd"), [("-5", "0.00%"), ("64.4", "60.00%")])
def test_the_meter_keeps_within_its_width(andel, bredd):
    delar = re.findall(r'width="([\d.]+%)"', diagram.matare(_d(andel), _d(20), 50))
    assert bredd in delar
    assert all(float(del_[:-1]) <= 100 for del_ in delar)
