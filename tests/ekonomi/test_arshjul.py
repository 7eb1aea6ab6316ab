"""The arithmetic of the annual wheel: rules and chains, with the year 2019 as the known one."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekonomi.arshjul import (
    Dag,
    Regel,
    arbetsdag_senast,
    arets_dagar,
    dag_for,
    flyttade,
    foljer_efter,
    gar_runt,
    narmaste_arbetsdag,
    varning,
)
from samordning.karna.kalender import ar_arbetsdag

D = datetime.date


@pytest.mark.parametrize(
    ("regel", "ar", "dag"),
    [
        (Regel("fast", 3, 22), 2019, D(2019, 3, 22)),
        (Regel("fast", 2, 29), 2019, D(2019, 2, 28)),
        (Regel("fast", 2, 29), 2024, D(2024, 2, 29)),
        # Said by somebody: stays a Saturday, and is warned of.
        (Regel("fast", 2, 16), 2019, D(2019, 2, 16)),
        (Regel("mitten", 1), 2019, D(2019, 1, 15)),
        # 15 June 2019 was a Saturday: the Friday is nearer than the Monday.
        (Regel("mitten", 6), 2019, D(2019, 6, 14)),
        (Regel("mitten", 10), 2019, D(2019, 10, 15)),
        # 15 September 2019 was a Sunday.
        (Regel("mitten", 9), 2019, D(2019, 9, 16)),
        (Regel("slutet", 1), 2019, D(2019, 1, 31)),
        # 31 March 2019 was a Sunday.
        (Regel("slutet", 3), 2019, D(2019, 3, 29)),
        (Regel("slutet", 12), 2019, D(2019, 12, 30)),
        (Regel("borjan", 1), 2019, D(2019, 1, 2)),
        (Regel("borjan", 5), 2019, D(2019, 5, 2)),
        (Regel("veckodag", 2, vilken=2, veckodag=3), 2019, D(2019, 2, 14)),
        (Regel("veckodag", 8, vilken=5, veckodag=4), 2019, D(2019, 8, 30)),
        (Regel("veckodag", 3, vilken=5, veckodag=4), 2019, D(2019, 3, 29)),
    ],
)
def test_a_rule_gives_the_day(regel, ar, dag):
    assert dag_for(regel, ar) == Dag(dag)


def test_a_month_gives_a_day_that_is_still_to_be_set():
    assert dag_for(Regel("manad", 4), 2019) == Dag(D(2019, 4, 15), oviss=True)


def test_a_period_has_two_days_and_may_pass_new_year():
    juni = Regel("period", 6, 1, slut_manad=8, slut_dag=15)
    assert dag_for(juni, 2019) == Dag(D(2019, 6, 1), D(2019, 8, 15))
    jul = Regel("period", 12, 20, slut_manad=1, slut_dag=10)
    assert dag_for(jul, 2019) == Dag(D(2019, 12, 20), D(2020, 1, 10))


@pytest.mark.parametrize(
    ("regel", "bas", "dag"),
    [
        # The presidium meets the week before the board: the same weekday unless another is said.
        (Regel("veckan_fore"), D(2019, 4, 25), D(2019, 4, 18)),
        (Regel("veckan_fore", veckodag=1), D(2019, 6, 13), D(2019, 6, 4)),
        # The week before 16 February 2019, a Saturday: the Saturday before falls back to Friday.
        (Regel("veckan_fore"), D(2019, 2, 16), D(2019, 2, 8)),
        (Regel("dagar", antal=-7), D(2019, 6, 13), D(2019, 6, 5)),  # 6 June is a holiday
        (Regel("dagar", antal=-14), D(2019, 6, 13), D(2019, 5, 29)),  # Ascension Day was 30 May
        (Regel("dagar", antal=0), D(2019, 6, 16), D(2019, 6, 16)),
        (Regel("dagar", antal=2), D(2019, 6, 13), D(2019, 6, 17)),
        (Regel("dagar", antal=-5, arbetsdagar=True), D(2019, 6, 13), D(2019, 6, 5)),
        (Regel("dagar", antal=5, arbetsdagar=True), D(2019, 6, 13), D(2019, 6, 20)),
    ],
)
def test_a_day_counted_from_another(regel, bas, dag):
    assert dag_for(regel, 2019, Dag(bas)) == Dag(dag)


def test_what_is_counted_from_an_unset_day_is_unset():
    assert dag_for(Regel("veckan_fore"), 2019, Dag(D(2019, 4, 15), oviss=True)).oviss


def test_a_chain_without_its_first_day_has_none():
    with pytest.raises(ValueError, match="counted from"):
        dag_for(Regel("dagar", antal=1), 2019)


@pytest.mark.parametrize(
    ("regel", "i_ord"),
    [
        (Regel("fast", 3, 1), "1 mars"),
        (Regel("veckodag", 2, vilken=2, veckodag=3), "andra torsdagen i februari"),
        (Regel("veckodag", 8, vilken=5, veckodag=4), "sista fredagen i augusti"),
        (Regel("mitten", 1), "i mitten av januari"),
        (Regel("borjan", 1), "i början av januari"),
        (Regel("slutet", 1), "i slutet av januari"),
        (Regel("manad", 4), "någon gång i april"),
        (Regel("period", 6, 1, slut_manad=8, slut_dag=15), "1 juni–15 augusti"),
        (Regel("veckan_fore"), "veckan före"),
        (Regel("veckan_fore", veckodag=1), "tisdagen veckan före"),
        (Regel("dagar", antal=-7), "7 dagar före"),
        (Regel("dagar", antal=1), "1 dag efter"),
        (Regel("dagar", antal=-5, arbetsdagar=True), "5 arbetsdagar före"),
        (Regel("dagar", antal=0), "samma dag som"),
    ],
)
def test_a_rule_in_words(regel, i_ord):
    assert regel.i_ord == i_ord


@pytest.mark.parametrize(
    ("dag", "text"),
    [
        (D(2019, 2, 16), "16 februari 2019 är en lördag."),
        (D(2019, 6, 6), "6 juni 2019 är nationaldagen."),
        (D(2019, 4, 19), "19 april 2019 är långfredagen."),
        (D(2019, 2, 15), ""),
    ],
)
def test_a_bad_day_is_told(dag, text):
    assert varning(dag) == text


def test_a_year_from_rules_in_any_order_and_a_ring_is_left_out():
    regler = {
        1: (Regel("dagar", antal=-3), 2), 2: (Regel("veckan_fore"), 3), 3: (Regel("fast", 6, 13), None),
        4: (Regel("dagar", antal=1), 5), 5: (Regel("dagar", antal=1), 4), 6: (Regel("dagar", antal=1), 99),
    }  # fmt: skip
    assert {nyckel: rad.dag for nyckel, rad in arets_dagar(regler, 2019).items()} == {
        3: D(2019, 6, 13), 2: D(2019, 6, 5), 1: D(2019, 5, 31),
    }  # fmt: skip


def test_the_chain_follows_by_rule_and_the_rest_as_far():
    poster = {
        1: (D(2019, 6, 13), Regel("fast", 6, 13), None),
        2: (D(2019, 6, 5), Regel("veckan_fore"), 1),
        3: (D(2019, 5, 31), Regel("dagar", antal=-5), 2),
        4: (D(2019, 6, 17), None, 1),  # moved by hand once: keeps its distance
        5: (D(2019, 6, 20), Regel("fast", 6, 20), None),
    }
    assert flyttade(poster, 1, D(2019, 6, 18)) == {
        1: D(2019, 6, 18), 2: D(2019, 6, 11), 3: D(2019, 6, 5), 4: D(2019, 6, 20),
    }  # fmt: skip
    # From the middle of the chain: what it is counted from stands still.
    assert flyttade(poster, 2, D(2019, 6, 4)) == {2: D(2019, 6, 4), 3: D(2019, 5, 29)}


def test_a_ring_is_seen_before_it_is_made():
    bas = {1: None, 2: 1, 3: 2}
    assert gar_runt(bas, 1, 3)
    assert gar_runt(bas, 1, 1)
    assert not gar_runt(bas, 3, 1)
    assert not gar_runt(bas, 1, None)
    assert foljer_efter(bas, 1) == [2, 3]


@given(st.dates(D(2000, 1, 10), D(2099, 12, 20)))
def test_the_nearest_working_day_is_one_and_near(dag):
    nara = narmaste_arbetsdag(dag)
    assert ar_arbetsdag(nara)
    assert abs((nara - dag).days) <= 3
    assert arbetsdag_senast(dag) <= dag


@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(1, 5), st.integers(0, 6))
def test_a_weekday_of_the_month_is_that_weekday_in_that_month(ar, manad, vilken, veckodag):
    dag = dag_for(Regel("veckodag", manad, vilken=vilken, veckodag=veckodag), ar).dag
    assert (dag.weekday(), dag.month) == (veckodag, manad)
    if vilken < 5:
        assert (dag.day - 1) // 7 + 1 == vilken
    else:
        assert (dag + datetime.timedelta(7)).month != manad
