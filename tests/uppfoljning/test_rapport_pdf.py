"""The printed report: accessible for every audience and size, readable in order, and without what is hidden."""

import re

import page
import pytest

from samordning.karna.kalender import nu
from tests.uppfoljning import masker
from tests.uppfoljning.masker import dolj, platser, slumpad_rapport, valj
from tests.uppfoljning.tryck import sidor, strommar
from uppfoljning.rapportdokument import dokument
from uppfoljning.reports import rapport_pdf, tryck
from uppfoljning.rojande import DOLT

pytestmark = pytest.mark.django_db
FARLIGA = {
    "a": "=cmd|' /C calc'!A0",
    "b": "<script>alert(1)</script>",
    "c": "Å" * 300,
    "d": "\u202eabc\u202c \u05d0\u05d1\u05d2",
    "e": "🦊 Räven & Co",
}
STORST = 400_000  # bytes, of a half-year with the year and seven insatser
MARK = "Intern – får inte spridas"


def gor(rapport, **val):
    data = rapport_pdf(rapport, nu(), **val)
    svar = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    assert svar.is_compliant, [(fel.rule_id, fel.message) for fel in svar.failures]
    assert b"EmbeddedFile" not in strommar(data)
    return data


def maskerad(fro, malgrupp, andel=0.3):
    rapport = slumpad_rapport(fro, malgrupp=malgrupp)
    return dolj(rapport, valj(rapport, fro, andel))


@pytest.fixture
def manga(monkeypatch):
    namn = {f"insats-{nr}": f"Insats nummer {nr}" for nr in range(24)}
    monkeypatch.setattr(masker, "NAMN", namn)
    return slumpad_rapport(3, insatser=tuple(namn))


def test_reads_from_the_cover_to_the_definitions():
    data = gor(slumpad_rapport(1))
    alla = sidor(data)
    text = re.sub(r"\s+", " ", " ".join(alla))
    ordning = ["Resultat andra halvåret 2024", "Innehåll", "Kort sagt", "Andra halvåret 2024", "Insatserna",
               "Alla tal", "Så läser du rapporten"]  # fmt: skip
    platser_ = [text.index(ordning[0])]
    for rubrik in ordning[1:]:
        platser_.append(text.index(rubrik, platser_[-1] + 1))
    assert platser_ == sorted(platser_)
    assert b"/Lang (sv)" in strommar(data)
    assert "Resultat andra halvåret 2024".encode() in strommar(data)  # XMP title
    assert all(MARK in re.sub(r"\s+", " ", sida) for sida in alla)


@pytest.mark.parametrize("malgrupp", ["styrelse", "publik"])
def test_protected_versions_are_accessible_and_say_what_is_hidden(malgrupp):
    text = " ".join(sidor(gor(maskerad(2, malgrupp))))
    assert "Små tal är dolda." in text
    assert "dolt" in text
    assert MARK not in text
    assert "Uppgifternas kvalitet" not in text


def test_hidden_figures_are_nowhere_in_the_file():
    rapport = slumpad_rapport(4, insatser=("a",), hogst=20, malgrupp="styrelse")
    dold = dolj(rapport, list(platser(rapport)))
    tal = re.compile(r"\b\d+ \(\d+ %\)|\b\d+ %")
    assert not tal.findall(" ".join(sidor(gor(dold)))[:-1].replace("80 %", "").replace("95 %", ""))
    kanarie = 77_123
    rapport["delar"][0]["celler"]["P3"]["K"] = kanarie
    assert "77 123" in " ".join(sidor(gor(rapport)))
    dold = dolj(rapport, [("delar", 0, "celler", "P3", "K")])
    data = gor(dold)
    assert "77 123" not in " ".join(sidor(data))
    assert "77\N{NO-BREAK SPACE}123".encode("utf-16-be") not in strommar(data)  # Alt, bookmarks
    assert "77\N{NO-BREAK SPACE}123".encode() not in strommar(data)


def test_a_draft_says_so_on_every_page():
    rapport = slumpad_rapport(5, insatser=("a",))
    assert all("Utkast" in sida for sida in sidor(gor(rapport, utkast=True)))
    assert "Utkast" not in " ".join(sidor(gor(rapport)))


def test_many_insatser_have_one_table_and_point_to_the_sheets(manga):
    text = re.sub(r"\s+", " ", " ".join(sidor(gor(manga))))
    assert "Rapporten har 24 insatser." in text
    assert "Insats nummer 23" in text


def test_an_empty_period_is_a_short_report():
    rapport = slumpad_rapport(1, insatser=("a",), hogst=0)
    for utfall in rapport["delar"]:
        utfall |= {"insatser": [], "per_insats": {}}
    text = re.sub(r"\s+", " ", " ".join(sidor(gor(rapport))))
    assert "Ingen deltog i någon insats under andra halvåret 2024." in text


def test_hostile_names_are_only_text(monkeypatch):
    monkeypatch.setattr(masker, "NAMN", FARLIGA)
    rapport = slumpad_rapport(6, insatser=tuple(FARLIGA))
    html = tryck(rapport, nu())
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    text = " ".join(sidor(gor(rapport)))
    assert "<script>alert(1)" in text.replace("\n", "")
    assert text.count("Å") > 300


def test_the_finding_of_a_figure_is_its_heading():
    html = tryck(slumpad_rapport(7), nu())
    assert html.count('class="figrubrik"') >= 6
    assert html.count("<svg") == html.count("<title>") - 1  # every picture has a name, and the document has one


@pytest.fixture
def sju(monkeypatch):
    """As the demo's half-year: seven insatser, a third group in two, two parts and forty ways of försörjning."""
    namn = {f"insats-{nr}": f"Insats nummer {nr} i Skaraborg" for nr in range(7)}
    monkeypatch.setattr(masker, "NAMN", namn)
    rapport = slumpad_rapport(11, insatser=tuple(namn), hogst=25)
    utan_annat = slumpad_rapport(12, insatser=tuple(namn), hogst=7)
    for utfall, liten in zip(rapport["delar"], utan_annat["delar"], strict=True):
        utfall["per_insats"] |= {slug: liten["per_insats"][slug] for slug in list(namn)[2:]}
    for nr in range(40):
        rapport["koder"] |= {f"A{nr}": f"Sjukpenning eller rehabiliteringspenning {nr}"}
    for utfall in rapport["delar"]:
        for kon, matris in utfall["celler"]["F1"].items():
            matris |= {f"A{nr}>A{39 - nr}": 1 + nr % 3 for nr in range(40) if kon != "O"}
    return rapport


def test_a_report_like_the_demos_is_small(sju):
    storlek = len(rapport_pdf(sju, nu()))
    assert STORST // 2 < storlek < STORST


def test_a_matrix_stands_whole_in_one_place_only(sju):
    vagar = dokument(sju)["vagar"]
    assert len(vagar["rader"]) == 42
    assert vagar["delar"] == ["Andra halvåret 2024", "Hela 2024"]
    assert {len(varden) for *_, varden in vagar["rader"]} == {vagar["varden"]}
    assert dokument(slumpad_rapport(1, insatser=tuple(masker.NAMN)))["vagar"] is None


def test_a_hidden_part_of_the_matrix_has_no_columns(sju):
    vagar = dokument(dolj(sju, [("delar", 0, "celler", "F1", "T"), ("delar", 1, "celler", "F1", "K")]))["vagar"]
    assert vagar["delar"] == ["Hela 2024"]
    assert {varden[0] for *_, varden in vagar["rader"]} == {DOLT}


def test_figures_that_say_the_same_in_every_column_are_only_named():
    rapport = slumpad_rapport(12)
    for utfall in rapport["delar"]:
        utfall["per_insats"]["a"]["celler"]["X4"] = dict.fromkeys("KMOT", 0)
    gomda = [plats for plats in platser(rapport) if plats[2:4] == ("per_insats", "a") and plats[5] in ("U4", "T1")]
    rader = {tabell["rubrik"]: tabell["omraden"] for tabell in dokument(dolj(rapport, gomda))["bilaga"]}
    omraden = {namn: resten for namn, *resten in rader["Mofalla Lantgård"]}
    assert omraden["Avslut"][1] == ["Orsak saknas (X4)"]
    assert "X4" not in {id_ for _, id_, _ in omraden["Avslut"][0]}
    assert omraden["Personer"][2] == ["Nya i förbundet (U4)"]
    assert omraden["Timmar i veckan"][0] == []
    assert len(omraden["Timmar i veckan"][2]) == 4
    assert not any(dolda for *_, dolda in rader["Rörsås Lantliv"])


def test_an_insats_that_shows_nothing_is_said_in_words():
    rapport = slumpad_rapport(13, malgrupp="styrelse")
    d = dokument(dolj(rapport, [plats for plats in platser(rapport) if plats[2:4] == ("per_insats", "a")]))
    assert [tabell["dold"] for tabell in d["bilaga"] if tabell["rubrik"] == "Mofalla Lantgård"] == [True]
    assert next(rad for rad in d["insatser"] if rad["slug"] == "a")["fakta"] == []
    for del_ in d["delar"]:
        assert del_["sida_vid_sida_dolda"] == "För Mofalla Lantgård är alla tal dolda eller 0."
        assert [namn for namn, _ in del_["sida_vid_sida"]] == ["Alla insatser", "Rörsås Lantliv"]
        for figur in del_["figurer"]:
            assert "Mofalla Lantgård" not in [rad["namn"] for rad in figur["tryckta"]]


def test_the_row_of_all_together_does_not_set_the_scale_of_the_bars():
    figur = next(rad for rad in dokument(slumpad_rapport(14))["delar"][0]["figurer"] if rad["titel"].startswith("Pos"))
    *insatser, alla = figur["tryckta"]
    assert figur["hogst_insats"] == max(rad["av"] for rad in insatser) < alla["av"]
    assert [rad["hel"] for rad in figur["tryckta"]] == [False, False, True]
