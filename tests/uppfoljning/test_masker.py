"""Hidden cells: the reader gets a document of what is shown, whatever is hidden and however much.

No test here has a database: the document is made of the value alone.
"""

import datetime
import re

import pytest
from django.template.loader import render_to_string

from tests.uppfoljning.masker import DELAR, dolj, hamta, platser, slumpad_rapport, valj
from uppfoljning.meningar import SKAL, meningar
from uppfoljning.rapportdokument import dokument
from uppfoljning.rapportfigurer import figurer
from uppfoljning.rojande import DOLT
from uppfoljning.visning import kon_i_ord

MASKER = [(fro, andel) for fro in range(6) for andel in (0.02, 0.1, 0.3, 0.7, 1.0)]


def html(rapport):
    raknad = datetime.datetime(2025, 1, 16, 9, tzinfo=datetime.UTC)
    return render_to_string("uppfoljning/utfall_fil.html", {"dokument": dokument(rapport), "raknad": raknad})


def tal_i(text):
    """The numbers of a text, without the years of its period."""
    return {int(tal) for tal in re.findall(r"\d+", text)} - {2024}


def stor(fro):
    """Large numbers, so that a number that is not shown is hardly another that is."""
    return slumpad_rapport(fro, hogst=90000, malgrupp="publik")


@pytest.mark.parametrize(("fro", "andel"), MASKER)
def test_any_mask_gives_a_whole_document(fro, andel):
    rapport = slumpad_rapport(fro, insatser=("a", "b", "c"), hogst=12, malgrupp="publik")
    text = html(dolj(rapport, valj(rapport, fro, andel)))
    assert DOLT not in text
    assert '<span class="dolt">dolt</span>' in text
    assert "None" not in text


@pytest.mark.parametrize(("fro", "andel"), MASKER)
def test_the_document_knows_nothing_of_what_is_hidden(fro, andel):
    """The same cells hidden in two reports that differ only there: not a letter differs."""
    rapport, annan = stor(fro), stor(fro + 1000)
    dolda = valj(rapport, fro, andel)
    blandad = dolj(rapport, [])
    for plats in dolda:
        hamta(blandad, plats[:-1])[plats[-1]] = hamta(annan, plats)
    ett, tva = dolj(rapport, dolda), dolj(blandad, dolda)
    assert dokument(ett) == dokument(tva)
    assert html(ett) == html(tva)


@pytest.mark.parametrize(("fro", "andel"), MASKER)
def test_the_sentences_have_no_number_that_is_not_shown(fro, andel):
    rapport = dolj(stor(fro), valj(stor(fro), fro, andel))
    for utfall in rapport["delar"]:
        for slug, celler in [(None, utfall["celler"]), *((s, r["celler"]) for s, r in utfall["per_insats"].items())]:
            visade = {v for delar in celler.values() for v in delar.values() if isinstance(v, int)}
            assert tal_i(meningar(utfall, slug, "Gläntan")) <= visade


@pytest.mark.parametrize(("fro", "andel"), MASKER)
def test_a_row_of_the_table_is_dolt_exactly_where_its_cell_is_hidden(fro, andel):
    rapport = stor(fro)
    dolda = {plats for plats in valj(rapport, fro, andel) if plats[2] == "celler"}
    oppen, dold = dokument(rapport), dokument(dolj(rapport, dolda))
    for nr, del_ in enumerate(dold["delar"]):
        rader = {rad.id: rad for _, omrade in del_["tabeller"][0][1] for rad in omrade}
        fore = {rad.id: rad for _, omrade in oppen["delar"][nr]["tabeller"][0][1] for rad in omrade}
        for id_, rad in rader.items():
            cell, _, under = id_.partition(".")
            for kon, (varde, _), (oppet, _) in zip(("K", "M", "O", "T"), rad.varden, fore[id_].varden, strict=True):
                plats = ("delar", nr, "celler", cell, kon, *([under] if under else []))
                assert varde == (DOLT if plats in dolda else oppet), plats


@pytest.mark.parametrize("fro", range(8))
def test_a_share_falls_with_either_of_its_cells_and_has_no_bar(fro):
    utfall = slumpad_rapport(fro, malgrupp="publik")["delar"][0]
    for cell, titel in (("X1", "Positiva avslut av"), ("P7", "Positiva avslut av"), ("H2", "Mår bättre"),
                        ("S1", "Nöjda"), ("P3", "Mottagna")):  # fmt: skip
        dold = dolj({"delar": [utfall]}, [("delar", 0, "per_insats", "a", "celler", cell, "T")])["delar"][0]
        per_insats = [(slug, slug, rad["celler"]) for slug, rad in dold["per_insats"].items()]
        figur = next(f for f in figurer(per_insats, dold["celler"])[0] if f["titel"].startswith(titel))
        rad = next(rad for rad in figur["rader"] if rad["namn"] == "a")
        assert rad["dold"]
        assert rad["celler"][-1] == DOLT
        assert not rad.keys() & {"delar", "antal", "av"}


def test_a_finding_is_not_made_of_a_hidden_cell():
    utfall = slumpad_rapport(3, malgrupp="publik")["delar"][0]
    per_insats = [(slug, slug, rad["celler"]) for slug, rad in utfall["per_insats"].items()]
    for kon in DELAR:
        for cell in ("P3", "X1", "H2", "S2"):
            utfall["celler"][cell][kon] = DOLT
    ritade, utan = figurer(per_insats, utfall["celler"])
    assert [figur["fynd"] for figur in ritade] == [
        "Andelen kvinnor går inte att visa", "Andelen positiva avslut går inte att visa",
        "Andelen som mår bättre går inte att visa", "Andelen nöjda går inte att visa",
    ]  # fmt: skip
    assert utan == [
        "Figuren ”Positiva avslut för kvinnor och män” är utelämnad, eftersom små tal kan peka ut en person."
    ]


def test_everything_hidden_is_one_sentence():
    rapport = slumpad_rapport(1, malgrupp="publik")
    utfall = dolj(rapport, platser(rapport))["delar"][0]
    assert meningar(utfall, "a", "Gläntan") == f"Talen för Gläntan under andra halvåret 2024 visas inte, {SKAL}."
    assert kon_i_ord(utfall["celler"]["P3"]) == "kvinnor och män visas inte"


# ---- The sentences, word by word

TAL = {"P3": 22, "P4": 18, "P6": 0, "P7": 18, "X1": 8, "X2": 3, "H1": 12, "H2": 9}


def text(delat=(), **celler):
    """The sentences for Gläntan; the split is hidden but in `delat`, where all but one are women."""
    alla = {cell: dict.fromkeys("KMO", DOLT) | {"T": antal} for cell, antal in (TAL | celler).items()}
    for cell in delat:
        alla[cell] |= {"K": alla[cell]["T"] - 1, "M": 1, "O": 0}
    return meningar({"period": ["2023-01-01", "2023-12-31"], "celler": alla}, None, "Gläntan")


def test_the_split_is_hidden_and_said_once():
    assert text() == (
        "Under 2023 har Gläntan tagit emot 22 deltagare. 18 deltagare har avslutat insatsen. "
        "Av dessa har 8 gått till positiva avslut. 3 har gått till arbete, studier eller jobbsökande. "
        "Av de 12 som skattade sin hälsa både vid start och avslut mår 9 bättre. "
        "Hur många som var kvinnor och män visas inte, eftersom små tal kan peka ut en person."
    )


@pytest.mark.parametrize(
    ("val", "sagt"),
    [
        (
            {"delat": ("P3",)},
            "tagit emot 22 deltagare, varav 21 kvinnor och 1 man. 18 deltagare har",
        ),
        (
            {"delat": ("P3",)},
            "Kvinnor och män nämns bara där det går att visa, eftersom små tal kan peka ut en person.",
        ),
        (
            {"P3": DOLT},
            "Hur många som Gläntan har tagit emot och som var kvinnor och män visas inte",
        ),
        ({"P3": DOLT}, "Under 2023 har 18 deltagare avslutat insatsen. Av dessa har 8"),
        ({"P3": DOLT, "P4": 0, "P7": 0}, "Under 2023 har ingen deltagare avslutat insatsen. Av de 12"),
        (
            {"P3": DOLT, "P4": DOLT},
            "Hur många som Gläntan har tagit emot under 2023, som har avslutat insatsen och som",
        ),
        ({"P3": 1}, "Under 2023 har Gläntan tagit emot 1 deltagare. 18 deltagare"),
        ({"P4": DOLT}, "22 deltagare. 8 har gått till positiva avslut. 3 har"),
        ({"P4": DOLT, "X1": 1}, "1 har gått till ett positivt avslut."),
        ({"P4": DOLT, "X1": 0}, "Ingen har gått till ett positivt avslut."),
        ({"P6": DOLT}, "Hur många som har flyttat eller avlidit och som var kvinnor och män visas inte"),
        ({"X1": DOLT}, "18 deltagare har avslutat insatsen. 3 har gått till arbete"),
        (
            {"X1": DOLT, "X2": DOLT},
            "Hur många som har gått till positiva avslut, som har gått till arbete, studier",
        ),
        ({"H2": DOLT}, "12 skattade sin hälsa både vid start och avslut. Hur många som mår bättre och som"),
        ({"H1": DOLT}, "9 mår bättre, av dem som skattade sin hälsa både vid start och avslut."),
        ({"H1": DOLT, "H2": 0}, "Ingen mår bättre, av dem"),
        ({"H1": DOLT, "H2": DOLT}, "jobbsökande. Hur många som mår bättre"),
    ],
)
def test_what_is_hidden_is_left_out_in_right_swedish(val, sagt):
    assert sagt in text(**val)
    assert text(**val).count("eftersom") == 1
