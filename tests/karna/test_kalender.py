"""The day in Stockholm, half-years and working days."""

import datetime
from datetime import date

import pytest
import time_machine

from samordning.karna import kalender
from samordning.karna.kalender import Period


@pytest.mark.parametrize(
    ("tid", "dag"),
    [
        ("2026-06-30T21:30Z", date(2026, 6, 30)),
        ("2026-06-30T22:30Z", date(2026, 7, 1)),
        ("2026-12-31T22:59Z", date(2026, 12, 31)),
        ("2026-12-31T23:01Z", date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_in_stockholm(tid, dag):
    with time_machine.travel(datetime.datetime.fromisoformat(tid.replace("Z", "+00:00")), tick=False):
        assert kalender.idag() == dag


@pytest.mark.parametrize(
    ("text", "fran", "till", "namn"),
    [
        ("2024H1", date(2024, 1, 1), date(2024, 6, 30), "första halvåret 2024"),
        ("2024H2", date(2024, 7, 1), date(2024, 12, 31), "andra halvåret 2024"),
        (" 2023 ", date(2023, 1, 1), date(2023, 12, 31), "2023"),
    ],
)
def test_periods_are_read_and_named(text, fran, till, namn):
    period = kalender.tolka_period(text)
    assert (period.fran, period.till, period.namn) == (fran, till, namn)
    assert period.ar_kalenderar is (text.strip() == "2023")


@pytest.mark.parametrize("text", ["2024H3", "24H1", "H1", "2024-01", "", "2024H1H2"])
def test_what_is_no_period_says_what_to_write(text):
    with pytest.raises(ValueError, match="Skriv till exempel 2024H1"):
        kalender.tolka_period(text)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="före startdatumet"):
        Period(date(2024, 2, 1), date(2024, 1, 31))
    assert Period(date(2024, 2, 1), date(2024, 2, 2)).namn == "2024-02-01 till 2024-02-02"


@pytest.mark.parametrize(
    ("dag", "halvar"),
    [
        (date(2024, 6, 30), kalender.halvar(2023, 2)),
        (date(2024, 7, 1), kalender.halvar(2024, 1)),
        (date(2025, 1, 1), kalender.halvar(2024, 2)),
    ],
)
def test_the_latest_whole_half_year(dag, halvar):
    assert kalender.senaste_hela_halvar(dag) == halvar


@pytest.mark.parametrize(
    ("ar", "dag"),
    [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)
def test_easter(ar, dag):
    assert kalender.paskdagen(ar) == dag


def test_the_holidays_of_2026():
    dagar = kalender.helgdagar(2026)
    assert dagar[date(2026, 5, 14)] == "Kristi himmelsfärdsdag"
    assert dagar[date(2026, 6, 19)] == "midsommarafton"
    assert dagar[date(2026, 10, 31)] == "alla helgons dag"
    assert len(dagar) == 16


@pytest.mark.parametrize(
    ("dag", "antal", "svar"),
    [
        (date(2026, 11, 25), 5, date(2026, 12, 2)),  # over a weekend
        (date(2026, 4, 1), 2, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # over Christmas
        (date(2026, 6, 18), 1, date(2026, 6, 22)),  # over Midsummer
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_working_days(dag, antal, svar):
    assert kalender.lagg_till_arbetsdagar(dag, antal) == svar
