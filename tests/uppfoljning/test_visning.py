"""What the page says of the figures: findings in right Swedish, and every cell traceable."""

import datetime

import pytest

from uppfoljning.definitioner import OMRADEN
from uppfoljning.rapportfigurer import fynd
from uppfoljning.utfall import utfall
from uppfoljning.visning import formatera, forsorjning, kon_i_ord, tabell

FYND = ("Ingen deltagare var kvinna", "Den enda deltagaren var kvinna", "deltagare", "deltagarna", "var kvinnor")


@pytest.mark.parametrize(
    ("antal", "av", "text"),
    [
        (0, 4, "Ingen deltagare var kvinna"),
        (1, 1, "Den enda deltagaren var kvinna"),
        (4, 4, "Alla deltagare var kvinnor"),
        (27, 35, "Mer än tre av fyra deltagare var kvinnor"),
        (3, 4, "Tre av fyra deltagare var kvinnor"),
        (7, 10, "Mer än två av tre deltagare var kvinnor"),
        (2, 3, "Två av tre deltagare var kvinnor"),
        (3, 5, "Mer än hälften av deltagarna var kvinnor"),
        (2, 4, "Hälften av deltagarna var kvinnor"),
        (2, 5, "Färre än hälften av deltagarna var kvinnor"),
        (1, 3, "En av tre deltagare var kvinnor"),
        (3, 10, "Färre än en av tre deltagare var kvinnor"),
        (1, 4, "En av fyra deltagare var kvinnor"),
        (1, 10, "Färre än en av fyra deltagare var kvinnor"),
    ],
)
def test_a_finding_never_says_more_than_the_figures(antal, av, text):
    assert fynd(antal, av, *FYND) == text


def test_sexes_in_words():
    assert kon_i_ord({"K": 1, "M": 2, "O": 0}) == "1 kvinna, 2 män"
    assert kon_i_ord({"K": 0, "M": 1, "O": 3}) == "0 kvinnor, 1 man, 3 annat"


@pytest.mark.parametrize(
    ("varde", "slag", "text"),
    [
        (None, "andel", "–"), (0.125, "andel", "13\xa0%"), (70, "veckor", "10,0"),
        ([0.1, 0.95], "intervall", "10–95\xa0%"),
        ("ej uppnått", "ord", "Ej uppnått"), (1200, "antal", "1\xa0200"), (12.5, "decimal", "12,5"),
    ],
)  # fmt: skip
def test_figures_are_written_in_swedish(varde, slag, text):
    assert formatera(varde, slag) == text


@pytest.mark.django_db
def test_every_cell_has_its_row_and_its_words():
    celler = utfall(datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))["celler"]
    beskrivna = {d.cell for _, rader in OMRADEN for d in rader}
    assert beskrivna == set(celler) - {"F1"}
    assert all(d.raknas and d.text for _, rader in OMRADEN for d in rader)
    delar = {(d.cell, d.del_) for _, rader in OMRADEN for d in rader}
    for cell in ("T1", "F3", "L1", "L2"):
        assert {del_ for c, del_ in delar if c == cell} == set(celler[cell]["T"])
    assert sum(len(rader) for _, rader in tabell(celler)) == len(delar)


def test_the_matrix_is_told_in_words_the_most_common_first():
    matris = {"T": {"FK>LON": 1, "VES>saknas": 3}, "K": {"FK>LON": 1}, "M": {"VES>saknas": 3}, "O": {}}
    assert forsorjning(matris, {"FK": "Sjukpenning", "LON": "Lön"}) == [
        ("Vill inte svara", "Uppgift saknas", 0, 3, 0, 3),
        ("Sjukpenning", "Lön", 1, 0, 0, 1),
    ]
