"""The report as sheets: every figure is the JSON's own, and a name is only a name."""

import io
import re
import zipfile

import pytest

from samordning.karna.kalender import nu
from tests.uppfoljning.masker import dolj, slumpad_rapport, valj
from uppfoljning.reports import rapport_xlsx
from uppfoljning.rojande import DOLT

pytestmark = pytest.mark.django_db
NAMN = "=cmd|' /C calc'!A0"


def last(data):
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data))


def bok(rapport):
    return last(rapport_xlsx(rapport, nu()))


def tabell(blad):
    """{(insats or "", cell id): (women, men, others, all)}"""
    rubriker, *rader = blad.iter_rows(values_only=True)
    forst = rubriker.index("Cell-id")
    return {((rad[0] if forst else ""), rad[forst]): rad[-4:] for rad in rader}


def vantat(celler):
    """{cell id: [women, men, others, all]} of a report, each part of a composed cell by itself."""
    ut: dict = {}
    for cell, per_kon in celler.items():
        if cell == "F1":
            continue
        for nr, kon in enumerate("KMOT"):
            for cell_id, varde in delar(cell, per_kon[kon]):
                ut.setdefault(cell_id, [None] * 4)[nr] = "–" if varde is None else "dolt" if varde == DOLT else varde
    return ut


def delar(cell, varde):
    if not isinstance(varde, dict):
        return [(cell, varde)]
    rader = []
    for namn, del_ in varde.items():
        if namn == "ki":
            par = del_ if isinstance(del_, list) else [del_, del_]
            rader += [(f"{cell}.ki[{nr}]", grans) for nr, grans in enumerate(par)]
        else:
            rader.append((f"{cell}.{namn}", del_))
    return rader


@pytest.mark.parametrize("fro", range(4))
def test_internal_figures_equal_the_json(fro):
    rapport = slumpad_rapport(fro)
    oppnad = bok(rapport)
    for utfall, slut in zip(rapport["delar"], ("H2 2024", "2024"), strict=True):
        alla = tabell(oppnad[f"Alla insatser {slut}"])
        assert {cell_id: list(rad) for (_, cell_id), rad in alla.items()} == vantat(utfall["celler"])
        per_insats = tabell(oppnad[f"Per insats {slut}"])
        for slug, rad in utfall["per_insats"].items():
            egna = {cell_id: list(v) for (namn, cell_id), v in per_insats.items() if namn == rapport["namn"][slug]}
            assert egna == vantat(rad["celler"])


@pytest.mark.parametrize("malgrupp", ["styrelse", "publik"])
@pytest.mark.parametrize("fro", range(4))
def test_what_is_hidden_is_nowhere_in_the_file(fro, malgrupp):
    rapport = slumpad_rapport(fro, malgrupp=malgrupp)
    dold = dolj(rapport, valj(rapport, fro, 0.4))
    oppnad = bok(dold)
    for utfall, slut in zip(dold["delar"], ("H2 2024", "2024"), strict=True):
        rader = tabell(oppnad[f"Alla insatser {slut}"])
        for cell_id, varden in vantat(utfall["celler"]).items():
            hel = [nr for nr, kon in enumerate("KMOT") if utfall["celler"][cell_id.split(".")[0]][kon] == DOLT]
            assert [rader["", cell_id][nr] for nr in hel] == ["dolt"] * len(hel)
            ovriga = [nr for nr in range(4) if nr not in hel] if "." in cell_id else range(4)
            assert [rader["", cell_id][nr] for nr in ovriga] == [varden[nr] for nr in ovriga]
    assert "Datakvalitet" not in oppnad.sheetnames


def test_hostile_names_are_only_text():
    rapport = slumpad_rapport(1)
    rapport["namn"] = {"a": NAMN, "b": "<script>alert(1)</script>" + "x" * 300}
    data = rapport_xlsx(rapport, nu())
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        blad = [arkiv.read(namn).decode() for namn in arkiv.namelist() if "worksheets/sheet" in namn]
    assert blad
    assert not any(re.search(r"<f[ >/]", text) for text in blad)
    namn = {rad[0] for rad in last(data)["Per insats 2024"].iter_rows(min_row=2, values_only=True)}
    assert namn == set(rapport["namn"].values())


def test_the_first_sheet_says_what_it_is():
    om = {rad[0]: rad[1] for rad in bok(slumpad_rapport(2))["Om"].iter_rows(values_only=True)}
    assert om["Målgrupp"] == "Intern – får inte spridas"
    assert om["Period"] == "Andra halvåret 2024, Hela 2024"
    assert "klockan" in om["Räknat"]
    assert om["Inte med"] == "Något är utelämnat."
