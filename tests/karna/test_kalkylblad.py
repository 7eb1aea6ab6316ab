"""Sheets: text stays text, names are those that Excel takes, and what is written can be read again."""

import io
import re
import zipfile

import pytest

from samordning.karna.kalkylblad import LANGSTA_NAMN, Andel, Blad, bladnamn, gor

pytestmark = pytest.mark.django_db
FARLIGA = [
    "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "<script>alert(1)</script>",
    "å" * 300, "\u202eabc\u202c", "🦊 Räven", "a\x00b\x0bc", "  =1", '=HYPERLINK("http://x.example.se")',
]  # fmt: skip


def last(data):
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data))


def xml(data):
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        return {namn: arkiv.read(namn).decode() for namn in arkiv.namelist() if namn.endswith((".xml", ".rels"))}


@pytest.fixture
def bok(forbund):
    rader = [[text, nr, nr / 8, Andel(0.4444), None] for nr, text in enumerate(FARLIGA)]
    kolumner = [(FARLIGA[0], 20), ("Antal", 10), ("Medel", 10), ("Andel", 10), ("Tomt", 10)]
    return gor(FARLIGA[0], [("Målgrupp", FARLIGA[1])], [Blad(text, kolumner, rader) for text in FARLIGA])


def test_text_is_never_a_formula(bok):
    delar = xml(bok)
    blad = [text for namn, text in delar.items() if "worksheets/sheet" in namn]
    assert len(blad) == len(FARLIGA) + 1
    assert not any(re.search(r"<f[ >/]", text) for text in blad)
    assert "externalLink" not in " ".join(delar)
    assert not any('TargetMode="External"' in text for text in delar.values())
    for blad in last(bok):
        assert {cell.data_type for rad in blad for cell in rad if isinstance(cell.value, str)} <= {"s", "inlineStr"}


def test_values_come_back_as_they_were(bok):
    blad = last(bok).worksheets[1]
    rader = list(blad.iter_rows(min_row=2, values_only=True))
    assert [rad[1] for rad in rader] == list(range(len(FARLIGA)))
    assert [rad[2] for rad in rader] == [nr / 8 for nr in range(len(FARLIGA))]
    assert rader[0] == (FARLIGA[0], 0, 0, 0.4444, None)
    assert blad["D2"].number_format == "0.0%"
    assert rader[8][0] == "<script>alert(1)</script>"
    assert rader[12][0] == "abc"  # what XML cannot hold is left out


def test_sheets_are_ready_to_sort(bok, forbund):
    oppnad = last(bok)
    assert oppnad.properties.title == FARLIGA[0]
    assert oppnad.properties.creator == forbund.namn
    assert oppnad.sheetnames[0] == "Om"
    for blad in oppnad.worksheets[1:]:
        assert blad.freeze_panes == "A2"
        assert not blad.merged_cells.ranges
        assert blad.sheet_state == "visible"
        assert blad.column_dimensions["A"].width == 20


def test_names_of_sheets_are_valid_and_unique():
    upptagna = {"om"}
    namn = [
        bladnamn(text, upptagna) for text in [*FARLIGA, "å" * 40, "Å" * 40, "a/b", "a:b", "A b", "''", "", "History"]
    ]
    assert all(0 < len(ett) <= LANGSTA_NAMN for ett in namn)
    assert not any(re.search(r"[\[\]:*?/\\]", ett) for ett in namn)
    assert not any(ett.startswith("'") or ett.endswith("'") for ett in namn)
    assert len({ett.casefold() for ett in namn}) == len(namn)
    assert "history" not in {ett.casefold() for ett in namn}
