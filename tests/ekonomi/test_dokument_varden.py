"""The parts of a document: texts as people write them, figures in words, tables that hold together."""

from decimal import Decimal

import pytest

from ekonomi import dokument_varden as v
from ekonomi.dokument_visning import kapitlen


def test_a_text_becomes_paragraphs_and_lists():
    assert v.stycken("Vi ses\nofta.\n\nStyrelsen\n- beslutar\n– stöder\n\nKlart.") == [
        v.stycke("Vi ses ofta."), v.stycke("Styrelsen"), v.lista(["beslutar", "stöder"]), v.stycke("Klart."),
    ]  # fmt: skip
    assert v.stycken("- ett\nefter listan\r\n\r\n  \r\n* två") == [
        v.lista(["ett"]), v.stycke("efter listan"), v.lista(["två"]),
    ]  # fmt: skip
    assert v.stycken(" \n ") == []
    assert v.stycken("-10 tkr är kvar") == [v.stycke("-10 tkr är kvar")], "a minus sign begins no list"


@pytest.mark.parametrize(
    ("belopp", "text"),
    [("0", "0"), ("-0.001", "0"), ("1234567.5", "1\u00a0234\u00a0567,50"), ("-650000", "−650\u00a0000"),
     ("0.005", "0,01")],
)  # fmt: skip
def test_figures_as_they_are_printed(belopp, text):
    assert v.tal(Decimal(belopp)) == text


def test_a_table_is_in_tkr_only_when_nothing_would_be_rounded():
    hela, delar = v.Enhet([Decimal(650_000), None, Decimal(0)]), v.Enhet([Decimal(650_000), Decimal("65500.25")])
    assert (hela(Decimal(650_000), -1), hela.namn, hela(None)) == ("−650", "tkr", "–")
    assert (delar(Decimal("65500.25")), delar.namn) == ("65\u00a0500,25", "kr")


def test_a_row_of_the_wrong_width_is_refused():
    with pytest.raises(ValueError, match="Tabell"):
        v.tabell("Tabell", ("A", "B"), [v.rad("bara en")])


def test_shares_are_rounded_half_up_and_of_nothing_not_at_all():
    assert v.andel(Decimal(5), Decimal(1000), 0) == "1\u00a0%"
    assert v.andel(Decimal(5), Decimal(0)) == "–"


def test_headings_come_one_level_under_each_other():
    blad = v.blad("b", "Gården", "Individ", v.avsnitt("Mål", "Ett."))
    varden = {"kapitel": [v.kapitel("k", "Kapitel", v.rubrik("R", "r"), v.text("x", "T", "Text", niva=3), blad)]}
    assert [del_["h"] for del_ in kapitlen(varden, 2)[0]["delar"]] == [2, 3, 2]
    assert [del_["h"] for del_ in kapitlen(varden, 3)[0]["delar"]] == [3, 4, 3]
    assert kapitlen(varden, 3)[0]["delar"][2]["delar"][0]["h"] == 4
