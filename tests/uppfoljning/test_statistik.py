"""Arithmetic with known answers (rapportdefinitioner.md 7.8)."""

from decimal import Decimal

import pytest

from uppfoljning.statistik import avrunda, median, newcombe, omdome, procent, wilson


@pytest.mark.parametrize(
    ("x", "n", "lag", "hog"),
    [(9, 10, 59.58, 98.21), (6, 7, 48.69, 97.43), (3, 3, 43.85, 100), (8, 18, 24.56, 66.28), (7, 15, 24.81, 69.88),
     (1, 3, 6.15, 79.23), (0, 3, 0, 56.15)],
)  # fmt: skip
def test_wilson(x, n, lag, hog):
    assert [avrunda(grans * 100, 2) for grans in wilson(x, n)] == [lag, hog]


def test_wilson_refuses_what_is_no_share():
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="ingen andel"):
        wilson(4, 3)


def test_newcombe():
    assert [avrunda(grans * 100, 0) for grans in newcombe(4, 7, 2, 3)] == [-52, 44]
    assert newcombe(1, 2, 0, 0) is None


@pytest.mark.parametrize(
    ("x", "n", "ord_"),
    [
        (100, 100, "uppnått"),
        (4, 5, "uppnått, osäkert"),
        (7, 10, "ej uppnått, osäkert"),
        (1, 10, "ej uppnått"),
        (0, 0, None),
    ],
)
def test_the_verdict_is_by_the_unrounded_share(x, n, ord_):
    assert omdome(x, n) == ord_


def test_rounding_is_half_up_on_the_exact_value():
    assert avrunda(Decimal("0.12345"), 4) == 0.1235
    assert avrunda(Decimal("-28.625"), 2) == -28.63
    assert str(avrunda(Decimal("-0.001"), 2)) == "0.0"
    assert avrunda(None, 2) is None
    assert procent(1, 8) == 13


def test_median():
    assert median([1, 4, 2, 3]) == 2.5
    assert median([]) is None
