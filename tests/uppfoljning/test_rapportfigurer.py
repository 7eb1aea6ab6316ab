"""Findings that say how sure they are: women against men, the target, and how many have answered."""

import pytest

from tests.uppfoljning.masker import slumpad_rapport
from uppfoljning.rapportfigurer import figurer
from uppfoljning.statistik import avrunda, omdome, wilson

NOLL = dict.fromkeys("KMOT", 0)


def celler(**antal):
    """Cells of an association with one insats; `X1=(4, 2)` is women and men."""
    grund = dict.fromkeys(slumpad_rapport(1)["delar"][0]["celler"], NOLL)
    for cell, (k, m) in antal.items():
        grund[cell] = {"K": k, "M": m, "O": 0, "T": k + m}
    s2, s1 = grund["S2"]["T"], grund["S1"]["T"]
    ki = wilson(s2, s1) if s1 else None
    return grund | {"S3": {"T": {"ki": ki and [avrunda(grans, 4) for grans in ki], "omdome": omdome(s2, s1)}}}


def figur(titel, **antal):
    alla = celler(**antal)
    return next((f for f in figurer([("a", "A", alla)], alla)[0] if f["titel"].startswith(titel)), None)


def test_the_known_answer_of_the_difference():
    """Mofalla 2023: 4 of 7 against 2 of 3 is -52 to +44 points (7.8)."""
    f = figur("Positiva avslut för", X1=(4, 2), P7=(7, 3))
    assert f["fynd"] == "Skillnaden mellan kvinnor och män går inte att skilja från slumpen"
    assert f["skillnad"] == (
        "Kvinnornas andel minus männens är −10 procentenheter. "
        "Med 95 procents säkerhet är skillnaden mellan −52 och +44."
    )
    assert [rad["namn"] for rad in f["rader"]] == ["Kvinnor", "Män"]


@pytest.mark.parametrize(
    ("x1", "fynd"),
    [
        ((90, 10), "Kvinnor gick oftare till positiva avslut"),
        ((10, 90), "Män gick oftare till positiva avslut"),
        ((50, 50), "Skillnaden mellan kvinnor och män går inte att skilja från slumpen"),
    ],
)
def test_a_difference_that_is_none_of_chance(x1, fynd):
    assert figur("Positiva avslut för", X1=x1, P7=(100, 100))["fynd"] == fynd


def test_no_difference_without_both():
    assert figur("Positiva avslut för", X1=(4, 0), P7=(7, 0)) is None


@pytest.mark.parametrize(("h1", "lag"), [((59, 0), True), ((60, 0), False)])
def test_few_answers_are_said_loudly(h1, lag):
    f = figur("Mår bättre", H1=h1, H2=(10, 0), P7=(100, 0))
    assert (f["lag_svarsandel"], f["svarsandel"]) == (lag, f"Svar finns för {h1[0]} av 100 avslut ({h1[0]}\xa0%).")


@pytest.mark.parametrize(
    ("s2", "mal"),
    [
        (9, "Målet är uppnått, osäkert: med 95 procents säkerhet är andelen mellan 60\xa0% och 98\xa0%."),
        (7, "Målet är ej uppnått, osäkert: med 95 procents säkerhet är andelen mellan 40\xa0% och 89\xa0%."),
        (2, "Målet är ej uppnått: med 95 procents säkerhet är andelen mellan 6\xa0% och 51\xa0%."),
    ],
)
def test_the_target_is_read_with_its_uncertainty(s2, mal):
    assert figur("Nöjda", S1=(10, 0), S2=(s2, 0), P7=(10, 0))["mal"] == mal


def test_nobody_gives_no_figure():
    assert figurer([("a", "A", celler())], celler()) == ([], [])
