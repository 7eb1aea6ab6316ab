"""The draft of what a preparation group said."""

import pytest

from moten import sammanfattning
from moten.models import Yttrande
from moten.sammanfattning import utkast


def _svar(*stallningar):
    return [(f"Grupp {nr}", stallning, "") for nr, stallning in enumerate(stallningar, 1)]


@pytest.mark.parametrize(
    ("stallningar", "text"),
    [
        (["tillstyrker"] * 5, "Beredningsgruppen står bakom ansökan."),
        (["tillstyrker", "medskick", "medskick"],
         "Beredningsgruppen står bakom ansökan, med medskick från två grupper."),
        (["medskick"], "Beredningsgruppen står bakom ansökan, med medskick."),
        (["avstyrker"], "Beredningsgruppen avstyrker."),
        (["tveksam"], "Beredningsgruppen är tveksam."),
        (["tillstyrker", "medskick", "medskick", "tveksam", "avstyrker"],
         "Tre av fem grupper tillstyrker, två av dem med medskick. En grupp är tveksam. En grupp avstyrker."),
        (["medskick", "tveksam", "tveksam"], "En av tre grupper tillstyrker, med medskick. Två grupper är tveksamma."),
        (["medskick", "medskick", "avstar"], "Två av tre grupper tillstyrker, alla med medskick. En grupp avstår."),
        (["avstyrker", "aterremiss"],
         "Ingen av två grupper tillstyrker. En grupp avstyrker. En grupp vill ha ansökan omarbetad."),
        (["tillstyrker", "tillstyrker", ""], "Två av tre grupper tillstyrker. En grupp har inte svarat."),
        (["", ""], "Inget yttrande har lämnats."),
        ([], "Inget yttrande har lämnats."),
        (["tillstyrker"] * 13 + ["avstar"], "13 av 14 grupper tillstyrker. En grupp avstår."),
    ],
)  # fmt: skip
def test_the_positions_in_words(stallningar, text):
    assert utkast(_svar(*stallningar)) == text


def test_demands_and_doubts_are_listed_by_who_made_them():
    svar = [
        ("Grupp 1", "tillstyrker", "Bra."),
        ("Grupp 2", "medskick", "Ta med\nvården."),
        ("Grupp 3", "medskick", "Ta med vården."),
        ("Grupp 4", "tveksam", "För dyrt."),
        ("Grupp 5", "avstar", " "),
    ]
    assert utkast(svar).splitlines()[1:] == [
        "Medskick:", "– Grupp 2: Ta med vården.", "– Grupp 3: Ta med vården.", "Synpunkter:", "– Grupp 4: För dyrt.",
    ]  # fmt: skip


def test_who_was_asked_decides_the_words():
    positiva = [("A", "tillstyrker", ""), ("B", "tillstyrker", "")]
    assert utkast(positiva, sammanfattning.PARTER) == "Parterna står bakom ansökan."
    assert utkast(positiva, sammanfattning.ORGAN) == "Beredningsgrupperna står bakom ansökan."
    delade = [*positiva, ("C", "avstyrker", "")]
    assert utkast(delade, sammanfattning.LEDAMOTER) == "Två av tre ledamöter tillstyrker. En ledamot avstyrker."
    for krets, vem in ((sammanfattning.PARTER, "Parten"), (sammanfattning.LEDAMOTER, "Ledamoten")):
        assert utkast(positiva[:1], krets) == f"{vem} står bakom ansökan."
        assert utkast([("A", "aterremiss", "")], krets) == f"{vem} vill ha ansökan omarbetad."
        assert sammanfattning.yttrade_sig(1, 1, krets) == f"{vem} yttrade sig"
        assert sammanfattning.yttrade_sig(0, 1, krets) == f"{vem} yttrade sig inte"
    assert sammanfattning.yttrade_sig(1, 2, sammanfattning.ORGAN) == "1 av 2 beredningsgrupper yttrade sig"
    for falt, krets in (
        ("organ", sammanfattning.ORGAN), ("part", sammanfattning.PARTER), ("ledamot", sammanfattning.LEDAMOTER),
    ):  # fmt: skip
        assert sammanfattning.krets_for([Yttrande(**{f"{falt}_id": 1})]) == krets
    assert (
        sammanfattning.krets_for([Yttrande(grupp="Grupp 1")]) == sammanfattning.krets_for([]) == sammanfattning.GRUPPER
    )
