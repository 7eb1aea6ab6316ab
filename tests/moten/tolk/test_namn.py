"""Which known person a written name may be: never a guess when two fit."""

from moten.tolk.namn import Kand, gissa, gissa_alla, likhet

KANDA = [
    Kand(1, "Annika Bergzing", (), "Sjöby kommun"),
    Kand(2, "Heidi Hansson Stejer", ("Heidi H",), "AF"),
    Kand(3, "Anna Andersson", (), "FK"),
    Kand(4, "Anna Andersson", (), "AF"),
    Kand(5, "Bo Larsson"),
    Kand(6, "Åsa Öberg"),
    Kand(7, "Anitta Info"),
]


def test_spellings_of_one_name_are_alike_and_other_names_are_not():
    lika = [
        ("Annica Bergzing", "Annika Bergzing"),
        ("Heidi Hansson", "Heidi Hansson Stejer"),
        ("ÅSA ÖBERG", "Åsa Öberg"),
        ("Kristina Wiik", "Christina Vik"),
        ("Maria Johanson-Berg", "Maria Johansson Berg"),
        ("M. Berg", "Maria Berg"),
        ("Anna-Karin V", "Anna-Karin Vester"),
        ("Margaretha Eriksson", "Margareta Ericsson"),
    ]
    assert [par for par in lika if likhet(*par) < 0.7] == []
    olika = [
        ("Bo Larsson", "Bo Persson"),
        ("Anna Berg", "Hanna Berg"),
        ("Eva Ek", "Eva Ekdahl"),
        ("Anna V", "Hanna Vester"),
        ("Åsa Berg", "Isa Berg"),
        ("Karin Olsson", "Karl Olsson"),
        ("", "Anna Berg"),
        ("Anna", "Hanna Berg"),
    ]
    assert [par for par in olika if likhet(*par) >= 0.6] == []


def test_a_guess_says_how_sure_it_is_and_two_that_fit_are_no_guess():
    assert (gissa("Heidi H", KANDA).id, gissa("Heidi H", KANDA).saker) == (2, True)
    annica = gissa("Annica Bergzing", KANDA)
    assert (annica.id, annica.saker, annica.likhet) == (1, False, 0.95)
    assert gissa("Heidi Hansson", KANDA).id == 2
    assert gissa("Anitta", KANDA).id == 7
    assert gissa("Anna Andersson", KANDA) is None
    assert (gissa("Anna Andersson", KANDA, "AF").id, gissa("Anna Andersson", KANDA, "AF").saker) == (4, False)
    assert gissa("Anna", KANDA) is None
    assert gissa("Nils Nilsson", KANDA) is None


def test_nobody_is_guessed_to_be_two_of_one_meeting():
    gissningar = gissa_alla([("Annica Bergzing", ""), ("Annika Bergzing", ""), ("Bo Larsson", "")], KANDA)
    assert [gissning and gissning.id for gissning in gissningar] == [None, 1, 5]
