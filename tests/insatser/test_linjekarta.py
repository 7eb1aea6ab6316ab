"""The agreement as a line: the periods, and the same in words."""

import datetime

import pytest
import time_machine

from insatser.linjekarta import avtalstid
from insatser.models import Avtal
from insatser.optioner import ar_senare
from insatser.visning import avtalsperioder, avtalsvisning

DAG = datetime.date


def avtal(start, slut, optioner=0, utnyttjade=0):
    return Avtal(start=start, slut=slut, optioner=optioner, utnyttjade=utnyttjade)


def test_periods_of_one_plus_one_plus_one():
    perioder = avtalsperioder(avtal(DAG(2022, 10, 1), DAG(2024, 9, 30), 2, 1), DAG(2024, 6, 13))
    assert perioder == [
        ("Grundtid", DAG(2022, 10, 1), DAG(2023, 9, 30), "klar"),
        ("Förlängning 1", DAG(2023, 10, 1), DAG(2024, 9, 30), "nu"),
        ("Förlängning 2", DAG(2024, 10, 1), DAG(2025, 9, 30), "mojlig"),
    ]


def test_without_prolongations_there_is_one_period():
    assert avtalsperioder(avtal(DAG(2024, 1, 1), DAG(2024, 12, 31)), DAG(2025, 1, 1)) == [
        ("Avtal", DAG(2024, 1, 1), DAG(2024, 12, 31), "klar")
    ]


def test_decided_prolongations_longer_than_the_agreement_do_not_go_before_its_start():
    perioder = avtalsperioder(avtal(DAG(2024, 1, 1), DAG(2024, 12, 31), 2, 2), DAG(2024, 6, 1))
    assert perioder == [("Grundtid", DAG(2024, 1, 1), DAG(2024, 12, 31), "nu")]


def test_leap_day_moves_to_the_28th():
    assert ar_senare(DAG(2024, 2, 29), 1) == DAG(2025, 2, 28)
    assert ar_senare(DAG(2024, 2, 29), 4) == DAG(2028, 2, 29)


def test_picture_has_its_facts_in_words_and_marks_today():
    perioder = [
        ("År 1", DAG(2024, 1, 1), DAG(2024, 12, 31), "nu"),
        ("År 2", DAG(2025, 1, 1), DAG(2025, 12, 31), "mojlig"),
    ]
    bild = avtalstid(perioder, DAG(2024, 6, 13))
    assert "År 1 1 januari 2024 till 31 december 2024; År 2 1 januari 2025" in bild
    assert "I dag är det 13 juni 2024." in bild
    assert "f-raps" in bild
    assert "stroke-dasharray" in bild
    assert "f-raps" not in avtalstid(perioder, DAG(2027, 1, 1))


def test_picture_escapes_and_needs_a_period():
    assert "<b>" not in avtalstid([("<b>", DAG(2024, 1, 1), DAG(2024, 1, 1), "klar")], DAG(2024, 1, 1))
    with pytest.raises(ValueError, match="minst en period"):
        avtalstid([], DAG(2024, 1, 1))


@time_machine.travel("2024-06-13 12:00+02:00")
def test_text_and_marks_say_what_the_picture_shows():
    visning = avtalsvisning(avtal(DAG(2022, 10, 1), DAG(2024, 9, 30), 2, 1))
    assert visning.text == (
        "Avtalet gäller från 1 oktober 2022 till 30 september 2024. Det kan förlängas med ett år två gånger. "
        "En förlängning är beslutad och ingår i tiden."
    )
    assert [marke[0] for marke in visning.marken] == [
        "Grundtid klar", "Förlängning 1 pågår", "Förlängning 2 är möjlig från 1 oktober 2024",
    ]  # fmt: skip
