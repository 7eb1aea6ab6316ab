"""The option engine against the periods of the sources, and against the calendar's odd days."""

import datetime
from decimal import Decimal

import pytest

from insatser import optioner

DAG = datetime.date
FRAN_SEPTEMBER = (DAG(2022, 9, 1), DAG(2023, 8, 31))
FRAN_OKTOBER = (DAG(2022, 10, 1), DAG(2023, 9, 30))


def tider(*avtal):
    return [(rad.nr, rad.fran, rad.till, rad.beslutad) for rad in optioner.perioder(*avtal)]


def test_one_plus_one_from_september_and_from_october():
    assert tider(*FRAN_SEPTEMBER, 2, 0) == [
        (0, DAG(2022, 9, 1), DAG(2023, 8, 31), True),
        (1, DAG(2023, 9, 1), DAG(2024, 8, 31), False),
        (2, DAG(2024, 9, 1), DAG(2025, 8, 31), False),
    ]
    alla = optioner.perioder(*FRAN_SEPTEMBER, 2, 0)
    assert optioner.sista_aret_i_ord(alla) == "från september 2024 sista år"
    assert [rad.sista for rad in alla] == [False, False, True]
    assert list(alla[1].ar) == [2023, 2024]
    alla = optioner.perioder(*FRAN_OKTOBER, 2, 0)
    assert [(rad.fran, rad.till) for rad in alla[1:]] == [
        (DAG(2023, 10, 1), DAG(2024, 9, 30)), (DAG(2024, 10, 1), DAG(2025, 9, 30)),
    ]  # fmt: skip
    assert optioner.sista_aret_i_ord(alla) == "från oktober 2024 sista år"
    assert optioner.sista_aret_i_ord(optioner.perioder(*FRAN_OKTOBER, 0, 0)) == ""


def test_decided_years_are_in_the_end_day():
    """The same agreement prolonged once is the same periods, one more of them decided."""
    assert tider(DAG(2022, 9, 1), DAG(2024, 8, 31), 2, 1) == [
        (0, DAG(2022, 9, 1), DAG(2023, 8, 31), True),
        (1, DAG(2023, 9, 1), DAG(2024, 8, 31), True),
        (2, DAG(2024, 9, 1), DAG(2025, 8, 31), False),
    ]


@pytest.mark.parametrize(
    ("slut", "nasta"),
    [
        (DAG(2024, 2, 29), (DAG(2024, 3, 1), DAG(2025, 2, 28))),
        (DAG(2023, 2, 28), (DAG(2023, 3, 1), DAG(2024, 2, 29))),  # the year that begins has the leap day
        (DAG(2024, 2, 28), (DAG(2024, 2, 29), DAG(2025, 2, 28))),
        (DAG(2023, 12, 31), (DAG(2024, 1, 1), DAG(2024, 12, 31))),
    ],
)
def test_leap_years(slut, nasta):
    forst, option = optioner.perioder(DAG(2022, 1, 1), slut, 1, 0)
    assert (option.fran, option.till) == nasta
    assert forst.till == slut
    # Decided, it ends where it ended as possible, and begins the day after the same or the month's last day.
    beslutad = optioner.perioder(DAG(2022, 1, 1), option.till, 1, 1)[-1]
    assert beslutad.till == option.till
    assert abs((beslutad.fran - option.fran).days) <= 1


def test_eighteen_months_are_prolonged_by_years():
    assert tider(DAG(2024, 1, 1), DAG(2025, 6, 30), 2, 0)[1:] == [
        (1, DAG(2025, 7, 1), DAG(2026, 6, 30), False), (2, DAG(2026, 7, 1), DAG(2027, 6, 30), False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("avtal", "dag", "status"),
    [
        ((*FRAN_SEPTEMBER, 2, 0), DAG(2022, 8, 31), "har inte börjat"),
        ((*FRAN_SEPTEMBER, 2, 0), DAG(2022, 9, 1), "år 1"),
        ((*FRAN_SEPTEMBER, 2, 0), DAG(2023, 8, 31), "år 1"),
        ((*FRAN_SEPTEMBER, 2, 0), DAG(2023, 9, 1), "har gått ut"),
        ((DAG(2022, 9, 1), DAG(2024, 8, 31), 2, 1), DAG(2023, 8, 31), "år 1"),
        ((DAG(2022, 9, 1), DAG(2024, 8, 31), 2, 1), DAG(2023, 9, 1), "förlängning 1 av 2"),
        ((DAG(2022, 9, 1), DAG(2025, 8, 31), 2, 2), DAG(2024, 9, 1), "sista året"),
        ((DAG(2022, 9, 1), DAG(2025, 8, 31), 2, 2), DAG(2025, 2, 27), "sista året"),
        ((DAG(2022, 9, 1), DAG(2025, 8, 31), 2, 2), DAG(2025, 2, 28), "ny ansökan krävs"),
        ((*FRAN_SEPTEMBER, 0, 0), DAG(2023, 1, 1), "år 1"),
        ((*FRAN_SEPTEMBER, 0, 0), DAG(2023, 8, 1), "ny ansökan krävs"),
        ((DAG(2024, 1, 1), DAG(2025, 6, 30), 1, 0), DAG(2025, 1, 1), "år 2"),
    ],
)
def test_status_in_words(avtal, dag, status):
    assert optioner.status(*avtal, dag) == status


def test_the_next_decision():
    nasta = optioner.nasta_beslut(*FRAN_SEPTEMBER, 2, 0, DAG(2023, 1, 1))
    assert (nasta.period.nr, nasta.ny_ansokan, list(nasta.period.ar)) == (1, False, [2023, 2024])
    assert nasta.starta_senast == DAG(2023, 2, 28)
    assert not nasta.ar_dags(DAG(2023, 2, 27))
    assert nasta.ar_dags(DAG(2023, 2, 28))
    kortare = optioner.nasta_beslut(*FRAN_SEPTEMBER, 2, 0, DAG(2023, 1, 1), datetime.timedelta(100))
    assert kortare.starta_senast == DAG(2023, 5, 23)
    ny = optioner.nasta_beslut(*FRAN_SEPTEMBER, 0, 0, DAG(2023, 1, 1))
    assert (ny.ny_ansokan, ny.period.fran) == (True, DAG(2023, 9, 1))
    assert optioner.nasta_beslut(*FRAN_SEPTEMBER, 2, 0, DAG(2023, 9, 1)) is None


def test_sums_follow_the_cost_of_a_month():
    belopp = {2022: Decimal(180_000), 2023: Decimal(368_000)}  # 45 000 and 46 000 a month
    alla = optioner.perioder(*FRAN_SEPTEMBER, 2, 0)
    assert optioner.belopp_for(alla[1], alla, belopp) == {2023: 184_000, 2024: 368_000}
    assert optioner.belopp_for(alla[1], alla, {}) == {}
    # Half of a month is half of its cost.
    alla = optioner.perioder(DAG(2024, 1, 1), DAG(2024, 6, 15), 1, 0)
    assert optioner.belopp_for(alla[1], alla, {2024: Decimal(110_000)}) == {2024: 130_000, 2025: 110_000}


def test_what_is_agreed_for_a_later_year_is_shared_by_the_options_and_never_more():
    alla = optioner.perioder(*FRAN_SEPTEMBER, 2, 0)
    belopp = {2023: Decimal(368_000), 2024: Decimal(300_001)}
    forsta, andra = (optioner.belopp_for(rad, alla, belopp) for rad in alla[1:])
    assert forsta == {2023: 184_000, 2024: 200_001}  # eight months of twelve
    assert andra == {2024: 100_000, 2025: 368_000}
    assert optioner.mojliga_belopp(alla, belopp) == {2023: 184_000, 2024: 300_001, 2025: 368_000}
    alla = optioner.perioder(*FRAN_SEPTEMBER, 1, 0)
    assert optioner.belopp_for(alla[1], alla, belopp) == optioner.mojliga_belopp(alla, belopp)
    assert optioner.belopp_for(alla[1], alla, {2024: Decimal(5)}) == {2024: 5}
