"""Numbers in, twelve digits out; the examples are those of doman.md 5.5 and of the series kept for tests."""

import datetime

import pytest

from samordning.karna.personnummer import kontrollsiffra, ser_ut_som, tolka

IDAG = datetime.date(2026, 3, 1)


def nummer(sex, lopnr):
    """A number of the test series: `sex` is YYMMDD, the serial 980-999."""
    return f"{sex}-{lopnr}{kontrollsiffra(sex + str(lopnr))}"


@pytest.mark.parametrize(
    ("text", "tolv", "kon"),
    [
        ("640823-3234", "196408233234", "M"),
        ("19640823-3234", "196408233234", "M"),
        (" 1964 0823 3234 ", "196408233234", "M"),
        (nummer("010101", 980), "20010101980" + kontrollsiffra("010101980"), "K"),
        (nummer("200101", 981).replace("-", "+"), "19200101981" + kontrollsiffra("200101981"), "M"),
    ],
)
def test_ten_and_twelve_digits(text, tolv, kon):
    traff = tolka(text, IDAG)
    assert (traff.tolv, traff.kon) == (tolv, kon)


def test_a_coordination_number_has_its_day_plus_sixty():
    traff = tolka("640883-3231", IDAG)
    assert (traff.samordning, traff.fodelsedatum) == (True, datetime.date(1964, 8, 23))


@pytest.mark.parametrize(
    ("text", "fel"),
    [
        ("640823-3235", "sista siffra"),
        ("ett namn", "tolv siffror"),
        ("19810231-980" + kontrollsiffra("810231980"), "datum som finns"),
        ("20300101-980" + kontrollsiffra("300101980"), "orimligt"),
        (nummer("200101", 980), "alla tolv siffrorna"),  # six years old or a hundred and six
    ],
)
def test_what_is_wrong_is_said_without_the_number(text, fel):
    with pytest.raises(ValueError, match=fel) as stopp:
        tolka(text, IDAG)
    assert text not in str(stopp.value)


def test_the_value_does_not_print_itself():
    assert "3234" not in repr(tolka("640823-3234", IDAG))
    assert ser_ut_som("640823-3235")
    assert not ser_ut_som("P07")
