"""Old minutes in every form that associations write them. All people are invented."""

import json
from pathlib import Path

import pytest

from moten.tolk.las import las
from moten.tolk.text import las_fil
from moten.tolk.utskrift import som_json

EXEMPEL = Path(__file__).parent / "exempel"
FORVANTAT = json.loads((EXEMPEL / "forvantat.json").read_text())


def lasning(namn):
    return las(las_fil((EXEMPEL / namn).read_bytes(), namn), namn)


def alla_rader_har_en_plats(anteckning):
    platser = [*anteckning.inledningsrader, *anteckning.narvarorader, *anteckning.rester]
    for punkt in anteckning.punkter:
        platser += [*punkt.rubrikrader, *punkt.rader]
    return sorted(platser) == [rad.nr for rad in anteckning.rader if not rad.tom]


@pytest.mark.parametrize("namn", sorted(fil.name for fil in EXEMPEL.iterdir() if fil.suffix in (".txt", ".md")))
def test_minutes_of_every_form(namn):
    vantat, anteckning = FORVANTAT[namn], lasning(namn)
    assert [person.namn for person in anteckning.narvarande] == vantat["narvarande"]
    assert [person.namn for person in anteckning.franvarande] == vantat["franvarande"]
    assert [[punkt.nr, punkt.rubrik, punkt.status] for punkt in anteckning.punkter] == vantat["punkter"]
    assert [[mote.datum, mote.fran, mote.till, mote.plats, mote.avser] for mote in anteckning.nasta_moten] == vantat[
        "moten"
    ]
    huvud = [
        anteckning.typ,
        anteckning.organ,
        anteckning.datum,
        anteckning.plats,
        anteckning.ordforande,
        anteckning.sekreterare,
    ]
    assert huvud == vantat["huvud"]
    assert alla_rader_har_en_plats(anteckning)


def test_who_is_there_comes_with_party_role_and_substitution():
    styrelse = lasning("styrelseprotokoll.txt")
    personer = {person.namn: person for person in styrelse.narvarande}
    assert (personer["Eva Ekman"].part, personer["Eva Ekman"].ersatter) == ("Sjöby kommun", "Fredrik Fors")
    assert (personer["David Dahl"].part, personer["David Dahl"].roll) == ("Arbetsförmedlingen", "deltar på länk")
    assert personer["Gun Grahn"].roll == "ej tjänstgörande ersättare"
    assert styrelse.justerare == ("Cecilia Carling",)
    assert (styrelse.fran, styrelse.till) == ("09:00", "11:45")
    parter = [person.part for person in lasning("grupper.txt").narvarande]
    assert parter == ["AF", "AF", "FK", *["Björkviks kommun"] * 3, "Region Väst"]


def test_how_items_ended():
    def utfall(namn, nr):
        return [(ett.slag, ett.vem) for ett in lasning(namn).punkter[nr].utfall]

    styrelse = lasning("styrelseprotokoll.txt").punkter[2].utfall
    assert [(ett.slag, ett.text) for ett in styrelse] == [
        ("beslut", "att fastställa budgeten för 2025, samt"),
        ("beslut", "att ge förbundschefen i uppdrag att göra en verksamhetsplan."),
    ]
    ansokan = [("medskick", "Grupp 1"), ("medskick", "Grupp 2 och 3"), ("medskick", ""), ("atgard", "Kansliet")]
    assert utfall("anteckningar_a.txt", 4) == ansokan
    # What the board decided is news in the notes of another body.
    assert utfall("anteckningar_b.md", 2) == [("information", "")]
    assert utfall("parentes.txt", 1) == [("atgard", "Eva")]
    assert utfall("anteckningar_a.txt", 5) == []
    assert lasning("anteckningar_b.md").punkter[3].hanvisningar == ("Läs mer om denna punkt i informationsunderlaget.",)


def test_page_headers_and_signatures_are_kept_apart():
    styrelse = lasning("styrelseprotokoll.txt")
    rester = styrelse.radtext(styrelse.rester)
    assert rester.count("Sida") == 3
    assert "Vid protokollet" in rester
    assert rester.endswith("Justerare")
    assert "Sida" not in "".join(punkt.text for punkt in styrelse.punkter)


def test_what_the_text_lacks_is_asked_for():
    texter = [varning.text for varning in lasning("anteckningar_b.md").varningar]
    assert "Texten säger inte vilken dag mötet var. Fyll i den." in texter
    assert "Texten säger inte vem som ledde mötet." in texter
    (rad,) = [varning.rad for varning in lasning("utan_nummer.txt").varningar if "initialer" in varning.text]
    assert rad == 8


def test_json_has_the_keys_of_the_format_and_every_line():
    namn = "styrelseprotokoll.txt"
    ut = som_json(lasning(namn), f"/tmp/{namn}", organ="styrelse-nord", datum="2024-03-15")
    assert list(ut) == [
        "fil",
        "organ",
        "datum",
        "typ",
        "inledning",
        "narvarande",
        "franvarande",
        "punkter",
        "nasta_moten",
        "varningar",
    ]
    assert (ut["fil"], ut["organ"], ut["datum"], ut["typ"]) == (namn, "styrelse-nord", "2024-03-15", "protokoll")
    assert ut["narvarande"][4] == {"namn": "Eva Ekman", "ersatter": "Fredrik Fors"}
    assert ut["franvarande"] == [{"namn": "Fredrik Fors"}]
    assert ut["nasta_moten"] == [
        {"datum": "2024-05-23", "fran": "09:00", "till": None, "plats": "Sjöby", "avser": "styrelsemöte"}
    ]
    allt = json.dumps(ut, ensure_ascii=False)
    for rad in lasning(namn).rader:
        if not rad.tom and rad.nr not in lasning(namn).narvarorader and not rad.text.startswith("§"):
            assert rad.text.strip() in allt
