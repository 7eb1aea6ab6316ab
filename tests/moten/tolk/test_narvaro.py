"""Who was there and who was not, in the ways that lists are written."""

import pytest

from moten.tolk.las import las
from moten.tolk.text import gor_rader
from moten.tolk.typer import Kalltext

TRE = ["Anna Andersson", "Bo Berg", "Cia Carl"]
LISTOR = [
    ("**Närvarande:** Anna Andersson, Bo Berg, Cia Carl\n\n**Frånvarande:** Dan Dahl", TRE, ["Dan Dahl"]),
    ("Närvarande (3): Anna Andersson, Bo\nBerg, Cia Carl\n\nFrånvarande (0): –", TRE, []),
    ("Närvarande: Anna Andersson, Tibro kommun, Bo Berg, FK, Cia Carl, chef vid AF", TRE, []),
    ("Närvarande: Anna Andersson AF, Bo Berg FK, Cia Carl Tibro kommun", TRE, []),
    ("Närvarande:\nAnna Andersson, Bo Berg\nCia Carl\nFrånvarande:\nDan Dahl, Eva Ek", TRE, ["Dan Dahl", "Eva Ek"]),
    ("Närvarande: Anna Andersson\nBo Berg\nCia Carl\n\nEj närvarande: Dan Dahl\nEva Ek", TRE, ["Dan Dahl", "Eva Ek"]),
    ("Närvarande:\n- Anna Andersson\n- Bo Berg\n- Cia Carl\n\nFrånvarande:\n- Dan Dahl", TRE, ["Dan Dahl"]),
    ("Närvarande:\tAnna Andersson\tFK\n\tBo Berg\tAF\n\tCia Carl\tTibro kommun", TRE, []),
    ("Deltagare: Anna Andersson, Bo Berg och Cia Carl.\nFörhinder: Dan Dahl och Eva Ek.", TRE, ["Dan Dahl", "Eva Ek"]),
    ("Närvarande: Anna Andersson, Bo Berg, Cia Carl Frånvarande: Dan Dahl", TRE, ["Dan Dahl"]),
    ("Närvarande: Anna Andersson/Bo Berg (delad tjänst), Cia Carl m.fl.", TRE, []),
    ("Närvarande: Anna Andersson, Bo Berg, Cia Carl, Dan Dahl (frånvarande)", TRE, ["Dan Dahl"]),
    ("På plats: Anna Andersson, Bo Berg\nVia Teams: Cia Carl\nAnmält förhinder: Dan Dahl, (sjuk)", TRE, ["Dan Dahl"]),
    ("Närvarande: Anna Andersson, Bo Berg, Cia Carl\nFörbundschefen hälsar välkommen.", TRE, []),
    (
        "Närvarande: Eva Ek-\nlund, Pia Ek\nBerg, Carl af Ugg, Åsa Ö",
        ["Eva Eklund", "Pia Ek Berg", "Carl af Ugg", "Åsa Ö"],
        [],
    ),
    ("Närvarande: Sara Lund, Olle Hjo, Kim Vara", ["Sara Lund", "Olle Hjo", "Kim Vara"], []),
    ("Närvarande: 12 personer från sju kommuner deltog i mötet.", [], []),
]


@pytest.mark.parametrize(("lista", "narvarande", "franvarande"), LISTOR)
def test_lists_of_every_form(lista, narvarande, franvarande):
    text = f"Minnesanteckningar\n\n{lista}\n\n1. Inledning\n\nVi börjar.\n\n2. Avslutning\n"
    anteckning = las(Kalltext(gor_rader(text.split("\n"))))
    assert [person.namn for person in anteckning.narvarande] == narvarande
    assert [person.namn for person in anteckning.franvarande] == franvarande
    assert [punkt.rubrik for punkt in anteckning.punkter] == ["Inledning", "Avslutning"]
    assert [varning.text for varning in anteckning.varningar if "inte läst" in varning.text] == []
