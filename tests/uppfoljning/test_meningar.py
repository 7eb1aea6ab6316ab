"""The written sentences: right Swedish for none, one and many, and nothing that the cells do not say."""

import pytest

from uppfoljning.meningar import meningar


def rapport(**celler):
    """A report whose cells are zero but for `P3=(9, 4)`: women and men, and others third."""
    tom = {"T": 0, "K": 0, "M": 0, "O": 0}
    alla = {cell: dict(tom) for cell in ("P3", "P4", "P6", "P7", "X1", "X2", "H1", "H2")}
    for cell, delar in celler.items():
        k, m, o = (*delar, 0, 0)[:3]
        alla[cell] = {"T": k + m + o, "K": k, "M": m, "O": o}
    return {"period": ["2023-01-01", "2023-12-31"], "celler": alla, "per_insats": {"x": {"celler": alla}}}


def test_the_pattern_of_the_minutes():
    text = meningar(
        rapport(P3=(9, 4), P4=(7, 3), P7=(7, 3), X1=(4, 2), X2=(1, 1), H1=(7, 3), H2=(6, 3)), "x", "Mofalla Lantgård"
    )
    assert text == (
        "Under 2023 har Mofalla Lantgård tagit emot 13 deltagare, varav 9 kvinnor och 4 män. "
        "10 deltagare har avslutat insatsen (7 kvinnor och 3 män). "
        "Av dessa har 6 gått till positiva avslut (4 kvinnor och 2 män). "
        "2 har gått till arbete, studier eller jobbsökande (1 kvinna och 1 man). "
        "Av de 10 som skattade sin hälsa både vid start och avslut mår 9 bättre (6 kvinnor och 3 män)."
    )


@pytest.mark.parametrize(
    ("celler", "mening"),
    [
        ({}, "Under 2023 har Gläntan inte tagit emot någon ny deltagare."),
        ({"P3": (1, 0)}, "Under 2023 har Gläntan tagit emot 1 deltagare, en kvinna."),
        ({"P3": (0, 5)}, "Under 2023 har Gläntan tagit emot 5 deltagare, alla män."),
        ({"P3": (1, 1, 1)}, "varav 1 kvinna, 1 man och 1 med annat eller okänt kön."),
        ({}, "Ingen deltagare har avslutat insatsen."),
        ({"P4": (2, 0), "P7": (2, 0)}, "2 deltagare har avslutat insatsen (alla kvinnor)."),
        ({"P4": (2, 0), "P7": (2, 0)}, "Ingen av dessa har gått till ett positivt avslut."),
        ({"P4": (2, 1), "P7": (2, 0), "P6": (0, 1)}, "1 av dem har flyttat eller avlidit och räknas inte med"),
        ({"P4": (2, 0), "P7": (2, 0), "X1": (1, 0)}, "Av dessa har 1 gått till ett positivt avslut (1 kvinna)."),
        ({"P4": (2, 0), "P7": (2, 0), "X1": (1, 0)}, "Ingen har gått till arbete, studier eller jobbsökande."),
        ({"P4": (2, 0), "P7": (2, 0)}, "Uppgift om hälsa både vid start och avslut saknas."),
        ({"P4": (1, 0), "P7": (1, 0), "H1": (1, 0)}, "Den enda som skattade sin hälsa både vid start och avslut mår"),
        ({"P4": (3, 0), "P7": (3, 0), "H1": (3, 0)}, "mår ingen bättre."),
    ],
)  # fmt: skip
def test_none_one_and_many(celler, mening):
    assert mening in meningar(rapport(**celler), "x", "Gläntan")


def test_the_period_in_words():
    r = rapport(P3=(2, 0)) | {"period": ["2024-01-01", "2024-06-30"]}
    assert meningar(r).startswith("Under första halvåret 2024 har Insatserna tagit emot")
