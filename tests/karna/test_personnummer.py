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
        ("811218-9876", "198112189876", "M"),
        ("19811218-9876", "198112189876", "M"),
        (" 1981 1218 9876 ", "198112189876", "M"),
        (nummer("010101", 980), "20010101980" + kontrollsiffra("010101980"), "K"),
        (nummer("200101", 981).replace("-", "+"), "19200101981" + kontrollsiffra("200101981"), "M"),
    ],
)
def test_ten_and_twelve_digits(text, tolv, kon):
    traff = tolka(text, IDAG)
    assert (traff.tolv, traff.kon) == (tolv, kon)


def test_a_coordination_number_has_its_day_plus_sixty():
    text = "701063-239" + kontrollsiffra("701063239")
    traff = tolka("19" + text, IDAG)
    assert (traff.samordning, traff.fodelsedatum) == (True, datetime.date(1970, 10, 3))


@pytest.mark.parametrize(
    ("text", "fel"),
    [
        ("811218-9875", "sista siffra"),
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
    assert "9876" not in repr(tolka("811218-9876", IDAG))
    assert ser_ut_som("811218-9875")
    assert not ser_ut_som("P07")
