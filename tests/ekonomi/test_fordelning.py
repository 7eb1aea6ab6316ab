"""The members' shares to the krona (doman.md 8.14, G03–G06), and the state's model."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekonomi.fordelning import Statsmodell, dela, medlemmarna

NYCKEL = [Decimal(60), Decimal(25), Decimal(15)]


@pytest.mark.parametrize(
    ("statens", "enhet", "region", "kommuner"),
    [
        (1_746_000, 1000, 873_000, [524_000, 218_000, 131_000]),
        (1_794_000, 1000, 897_000, [538_000, 224_000, 135_000]),
        (1_794_000, 1, 897_000, [538_200, 224_250, 134_550]),
    ],
)
def test_the_members_pay_half_of_what_the_state_pays(statens, enhet, region, kommuner):
    assert medlemmarna(Decimal(statens), NYCKEL, Decimal(enhet)) == (region, kommuner)
    assert sum(kommuner) == region
    assert statens + region + sum(kommuner) == 2 * statens


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_nothing_is_lost_and_no_share_is_off_by_a_whole_unit(ore, vikter):
    summa, vikter = Decimal(ore) / 100, [Decimal(vikt) for vikt in vikter]
    delar = dela(summa, vikter)
    assert sum(delar) == summa
    for del_, vikt in zip(delar, vikter, strict=True):
        assert abs(del_ - summa * vikt / sum(vikter)) < 2000
    assert sum(1 for del_ in delar if del_ % 1000) <= 1


@pytest.mark.parametrize("vikter", [[], [Decimal(0)], [Decimal(2), Decimal(-1)]])
def test_weights_that_weigh_nothing_are_refused(vikter):
    with pytest.raises(ValueError, match="weights"):
        dela(Decimal(100), vikter)


def test_the_states_model():
    """Two associations share 10 million: the base first, then three quarters by need and one by population."""
    modell = Statsmodell(ram=Decimal(10_000_000), antal=2)
    en = modell.tilldelning(Decimal("0.6"), Decimal("0.4"))
    annan = modell.tilldelning(Decimal("0.4"), Decimal("0.6"))
    assert (en, annan) == (400_000 + Decimal("0.55") * 9_200_000, 400_000 + Decimal("0.45") * 9_200_000)
    assert en + annan == modell.ram
    assert modell.tilldelning(Decimal(1), Decimal(1), Decimal(100_000)) == 9_500_000
