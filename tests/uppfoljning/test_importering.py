"""The import: all of a file or nothing, and every fault named by row and column."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from insatser.models import Insats
from remisser.models import Deltagare
from samordning.karna.models import Handelse, Importkorning, Part
from tests.uppfoljning.filer import importera, rad, som_csv
from uppfoljning.importering import Filfel, granska, spara
from uppfoljning.models import Deltagande, Lage, Skattning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]

KVINNA, MAN = "196408233234", "19640823-3234"  # one number in two forms


@pytest.fixture
def en_dag_2026():
    with time_machine.travel("2026-03-01 12:00", tick=False):
        yield


def fel(*rader, **val):
    return granska(som_csv(list(rader)), "prov.csv", **({"skapa_insatser": True} | val)).fel


def varningar(*rader):
    return granska(som_csv(list(rader)), "prov.csv", skapa_insatser=True).varningar


@pytest.mark.parametrize(
    ("celler", "kolumn", "text"),
    [
        ({"start": "2024-13-01"}, "start", "”2024-13-01”, som inte är ett datum"),
        ({"start": "20240110"}, "start", "ÅÅÅÅ-MM-DD"),
        ({"start": ""}, "start", "Datum saknas"),
        ({"start": "2026-03-02"}, "start", "har inte varit än"),
        ({"slut": "2024-01-09"}, "slut", "före starten"),
        ({"avslutsorsak": "arbete"}, "avslutsorsak", "inget avslut"),
        ({"slut": "2024-02-01", "avslutsorsak": "arbte"}, "avslutsorsak", "Menade du arbete"),
        ({"kon": "X"}, "kon", "K, M eller O"),
        ({"anonym": "ja"}, "anonym", "1 (ja) eller 0 (nej)"),
        ({"person": ""}, "person", "saknar person"),
        ({"id": ""}, "id", "saknar id"),
        ({"insats": ""}, "insats", "saknar insats"),
        ({"halsa_start": "11"}, "halsa_start", "1 till 10, eller VES"),
        ({"halsa_slut": "0"}, "halsa_slut", "1 till 10, eller VES"),
        ({"bemotande_slut": "7,5"}, "bemotande_slut", "helt tal"),
        ({"tim_start": "60,5"}, "tim_start", "0 till 60"),
        ({"tim_slut": "VES"}, "tim_slut", "0 till 60"),
        ({"forsorjning_start": "KASSA"}, "forsorjning_start", "Menade du AKASSA"),
        ({"remittent": "Hittepå"}, "remittent", "Koderna är FK, AF, KOMMUN, VGR, VARD"),
        ({"start_skattning_datum": "i går"}, "start_skattning_datum", "”i går”"),
        ({"person": "19640823-3230"}, "person", "sista siffra"),
        ({"fodelsear": "64"}, "fodelsear", "fyra siffror"),
        ({"kommun": "Mariestad"}, "kommun", "fyra siffror"),
    ],
)
def test_a_fault_names_row_and_column_and_says_what_to_write(celler, kolumn, text):
    ((radnr, i_kolumn, sagt),) = fel(rad(1) | {"fodelsear": "", "kommun": ""} | celler)
    assert (radnr, i_kolumn) == (2, kolumn)
    assert text in sagt


def test_a_number_is_never_repeated_in_a_message():
    (ett,) = fel(rad(1, kon="19640823-3230"))
    assert "3230" not in ett[2]


def test_all_faulty_rows_are_told_and_nothing_is_written(tmp_path):
    fil = tmp_path / "prov.csv"
    fil.write_bytes(som_csv([rad(1), rad(2, start="x"), rad(3, kon="Z"), rad(4, slut="2023-01-01"), rad(5)]))
    with pytest.raises(CommandError) as stopp:
        call_command("importera_deltaganden", str(fil), "--spara", "--skapa-insatser")
    for var in ("rad 3, kolumn start", "rad 4, kolumn kon", "rad 5, kolumn slut", "3 fel. Inget skrevs."):
        assert f"prov.csv, {var}" in str(stopp.value) or var in str(stopp.value)
    assert stopp.value.returncode == 1
    assert not Deltagande.objects.exists()
    assert not Insats.objects.exists()
    assert not Importkorning.objects.exists()


def test_a_dry_run_writes_nothing_and_says_so(tmp_path, capsys):
    fil = tmp_path / "prov.csv"
    fil.write_bytes(som_csv([rad(1)]))
    call_command("importera_deltaganden", str(fil), "--skapa-insatser")
    assert "Nya deltaganden: 1" in (ut := capsys.readouterr().out)
    assert "Inget är skrivet än" in ut
    assert not Deltagande.objects.exists()
    call_command("importera_deltaganden", str(fil), "--skapa-insatser", "--spara")
    ut = capsys.readouterr().out
    assert all(sagt in ut for sagt in ("Nya personer: 1", "Nya insatser: 1", "Läggs upp: A", "Klart."))
    assert Deltagande.objects.get().start == datetime.date(2024, 1, 10)
    korning = Importkorning.objects.get()
    assert (korning.antal["nya"], korning.filnamn, korning.anvandare) == (1, "prov.csv", None)
    assert (korning.antal["personer_nya"], korning.antal["insatser_nya"]) == (1, 1)
    assert Handelse.objects.om(korning).get().namn == "importerad"


def test_who_imports_has_to_be_the_kansli(tmp_path, ny_anvandare):
    fil = tmp_path / "prov.csv"
    fil.write_bytes(som_csv([rad(1)]))
    kansli, styrelse = ny_anvandare("kansli"), ny_anvandare("styrelse")
    with pytest.raises(CommandError, match="Det får kansliet"):
        call_command("importera_deltaganden", str(fil), "--som", styrelse.epost)
    with pytest.raises(CommandError, match="inget öppet konto"):
        call_command("importera_deltaganden", str(fil), "--som", "ingen@example.se")
    call_command("importera_deltaganden", str(fil), "--skapa-insatser", "--spara", "--som", kansli.epost)
    assert Importkorning.objects.get().anvandare == kansli


@pytest.mark.parametrize(
    ("namn", "data", "text"),
    [
        ("tom.csv", b"", "Filen är tom"),
        ("tom.csv", b"\xef\xbb\xbf\r\n  \n", "Filen är tom"),
        ("bild.csv", b"\x89PNG\r\n\x1a\n\0\0", "en bild (PNG)"),
        ("bild.csv", b"\xff\xd8\xff\xe0\0", "en bild (JPEG)"),
        ("bok.xlsx", b"PK\x03\x04aa", "en Excel-fil"),
        ("bok.csv", "id;person".encode("utf-16"), "UTF-16"),
        ("skrap.csv", b"id,person\n\x00\x01\x02", "annat än text"),
        ("skrap.csv", b"id,person\n\x81\x8d", "annat än text"),
        ("kort.csv", b"id,person\n1,2\n", "Kolumner som saknas: kon, insats"),
        ("rubriker.csv", som_csv([rad(1)]).splitlines()[0], "inga rader"),
        ("dubbel.csv", som_csv([rad(1)]).replace(b"tim_slut", b"tim_start", 1), "finns 2 gånger"),
        ("citat.csv", som_csv([rad(1)]) + b'"oppen', "Citattecknen går inte ihop"),
    ],
)
def test_what_is_no_file_of_ours_is_said_clearly(tmp_path, namn, data, text):
    with pytest.raises(Filfel) as stopp:
        granska(data, namn)
    assert text in str(stopp.value)
    fil = tmp_path / namn
    fil.write_bytes(data)
    with pytest.raises(CommandError, match="Inget skrevs"):
        call_command("importera_deltaganden", str(fil), "--spara")


@pytest.mark.parametrize(("kodning", "skiljetecken"), [("utf-8-sig", ";"), ("cp1252", ";"), ("cp1252", ",")])
def test_excels_own_files_are_read(kodning, skiljetecken):
    data = som_csv([rad(1, insats="Grön väg åt öst")], skiljetecken, kodning)
    granskning = granska(data, "prov.csv", skapa_insatser=True)
    assert granskning.fel == []
    spara(granskning)
    assert Insats.objects.get().slug == "gron-vag-at-ost"
    assert any("Windows-1252" in text for *_, text in granskning.varningar) == (kodning == "cp1252")


def test_line_breaks_in_a_cell_do_not_move_the_row_numbers():
    ((radnr, *_),) = fel(rad(1) | {"varfor": "två\nrader"}, rad(2, kon="Z") | {"varfor": ""})
    assert radnr == 4


def test_excels_line_about_the_separator_is_no_row():
    granskning = granska(b"sep=;\r\n" + som_csv([rad(1), rad(2, kon="Z")], ";"), "prov.csv", skapa_insatser=True)
    assert [(radnr, kolumn) for radnr, kolumn, _ in granskning.fel] == [(4, "kon")]


def test_a_number_in_the_wrong_column_is_neither_shown_nor_made_an_insats():
    for kolumn in ("id", "insats", "remittent"):
        ((_, i_kolumn, text),) = fel(rad(1, **{kolumn: "19640823-3234"}))
        assert (i_kolumn, "3234" in text) == (kolumn, False)


def test_a_cell_that_is_too_long_is_said_to_be():
    with pytest.raises(Filfel, match="för lång för att läsas"):
        granska(som_csv([rad(1, insats="x" * 140_000)]), "prov.csv")


def test_unknown_columns_are_told_and_a_row_of_wrong_length_is_refused():
    granskning = granska(som_csv([rad(1) | {"varfor": "x"}]) + b"a,b,c\r\n", "prov.csv", skapa_insatser=True)
    assert granskning.okanda_kolumner == ["varfor"]
    assert "3 kolumner" in granskning.fel[0][2]


def test_an_unknown_insats_lists_the_nearest_and_a_known_one_goes_by_name_or_slug(forbund):
    Insats.objects.create(namn="Rörsås Lantliv", slug="rorsas-lantliv", agare=forbund)
    ((_, kolumn, text),) = fel(rad(1, insats="Rörsas Lantlif"), skapa_insatser=False)
    assert (kolumn, "Närmast är Rörsås Lantliv" in text) == ("insats", True)
    importera([rad(1, insats="rörsås lantliv"), rad(2, insats="rorsas-lantliv")])
    assert {d.insats.slug for d in Deltagande.objects.all()} == {"rorsas-lantliv"}


def test_made_insatser_are_unpublished_and_the_associations():
    importera([rad(1, insats="A")])
    insats = Insats.objects.get()
    assert (insats.slug, insats.publicerad, insats.inriktning) == ("a", False, "individ")
    assert insats.agare == Part.objects.forbund()
    assert Handelse.objects.om(insats).get().namn == "skapad"


def test_the_same_id_twice_is_refused():
    ((radnr, kolumn, text),) = fel(rad(1), rad(1, person="P2"))
    assert (radnr, kolumn, "rad 2" in text) == (3, "id", True)


def test_the_same_file_again_is_known_and_a_changed_row_is_listed_but_not_written():
    importera([rad(1, tim_start="12,5"), rad(2)])
    granskning = granska(som_csv([rad(1, tim_start="12.50"), rad(2, slut="2024-05-01")]), "prov.csv")
    assert (granskning.kanda, granskning.andrade, granskning.nya) == (1, [(3, "R2")], [])
    spara(granskning)
    assert Deltagande.objects.filter(slut=None).count() == 2


def test_an_id_and_a_pseudonym_hold_within_their_source_and_a_number_everywhere():
    importera([rad(1), rad(2, person=KVINNA, kon="M")])
    importera([rad(1, insats="B"), rad(2, person=MAN, kon="M", insats="B")], kalla="annan")
    assert Deltagande.objects.count() == 4
    assert Deltagare.objects.count() == 3


def test_the_sex_is_one_and_the_column_wins_over_the_number():
    ((radnr, kolumn, _),) = fel(rad(1, slut="2024-03-01"), rad(2, person="P1", kon="M", start="2025-01-01"))
    assert (radnr, kolumn) == (3, "kon")
    assert "Kolumnen gäller" in varningar(rad(1, person=KVINNA, kon="K"))[0][2]
    importera([rad(1, person=KVINNA, kon="", slut="2024-03-01")])
    assert Deltagare.objects.get().kon == "M"  # the number's ninth digit is odd
    granskning = granska(som_csv([rad(2, person=KVINNA, kon="K", start="2025-01-01")]), "x.csv", skapa_insatser=True)
    assert any("det gäller" in text for *_, text in granskning.varningar)
    spara(granskning)
    assert Deltagare.objects.get().kon == "M"


@pytest.mark.parametrize(
    ("andra", "gar"),
    [
        ({"start": "2024-03-01"}, False),  # exit and re-entry on one day
        ({"start": "2024-03-02"}, True),
        ({"start": "2023-01-01", "slut": "2024-01-09"}, True),
        ({"start": "2023-01-01"}, False),
        ({"start": "2024-02-01", "insats": "B"}, True),
        ({"start": "2024-02-01", "slut": "2024-02-02", "avslutsorsak": "felregistrering"}, True),
    ],
)
def test_overlaps_are_refused_in_the_file_and_against_what_is_saved(andra, gar):
    forsta, andra = rad(1, slut="2024-03-01"), rad(2, person="P1") | andra
    assert (fel(forsta, andra) == []) == gar
    importera([forsta])
    assert (fel(andra) == []) == gar


def test_anonymous_rows_keep_sex_and_year_only():
    importera([rad(1, person="P1", kon="M", start="2024-05-06", anonym="1", remittent="FK", halsa_start="4")])
    deltagande = Deltagande.objects.get()
    assert (deltagande.anonym_kon, deltagande.anonym_startar) == ("M", 2024)
    assert (deltagande.start, deltagande.deltagare, deltagande.remittentslag) == (None, None, "")
    assert not Deltagare.objects.exists()
    assert not Skattning.objects.exists()
    assert Importkorning.objects.get().antal["tappade_for_anonyma"] == 4


def test_a_mark_of_protected_identity_wipes_sender_and_municipality_at_once():
    extra = {"kommun": "1493", "fodelsear": ""}
    importera([rad(1, remittent="FK") | extra])
    assert Deltagande.objects.get().kommun == "1493"
    importera([rad(2, person="P1", insats="B", skyddad="1", remittent="AF") | extra])
    for deltagande in Deltagande.objects.all():
        assert (deltagande.skyddad, deltagande.kommun, deltagande.remittentslag) == (True, "", "")
    assert Deltagare.objects.get().skyddad


def test_the_mark_also_wipes_what_staff_have_written_of_the_person():
    importera([rad(1, person=KVINNA, kon="M", slut="2024-03-01")])
    deltagande = Deltagande.objects.get()
    deltagande.namn, deltagande.personnummer, deltagande.telefon = "Kanarie Fågel", KVINNA, "0980-319 270"
    deltagande.save()
    importera([rad(2, person=KVINNA, kon="M", insats="B", skyddad="1")])
    for deltagande in Deltagande.objects.all():
        assert (deltagande.skyddad, deltagande.namn, deltagande.personnummer, deltagande.telefon) == (True, "", "", "")
    assert Deltagare.objects.get().skyddad


def test_the_sender_is_a_class_or_a_part(forbund):
    region = Part.objects.create(namn="Regionen", slag="region")
    vard = Part.objects.create(namn="Vårdcentralen Åsen", slag="enhet", del_av=region)
    importera([rad(1, remittent="VGR"), rad(2, remittent="vårdcentralen åsen"), rad(3, remittent="Regionen"), rad(4)])
    sparat = [(d.remittentslag, d.remittent) for d in Deltagande.objects.order_by("externt_id")]
    assert sparat == [("REGION", None), ("VARD", vard), ("REGION", region), ("", None)]


def test_the_answers_land_where_they_belong():
    importera([rad(1, slut="2024-03-01", start_skattning_datum="2024-01-11", halsa_start="VES", tim_start="7,25",
                   slut_skattning_datum="2024-03-02", halsa_slut="8", bemotande_slut="9",
                   forsorjning_slut="lon")])  # fmt: skip
    start, slut = Skattning.objects.order_by("datum")
    assert (start.halsa, slut.halsa, slut.bemotande) == (0, 8, 9)
    assert str(Lage.objects.get(tillfalle="start").timmar) == "7.25"
    assert Lage.objects.get(tillfalle="slut").forsorjning == "LON"


def test_what_is_odd_is_accepted_with_a_warning():
    texter = [text for *_, text in varningar(
        rad(1, slut="2024-03-01", start_skattning_datum="2024-02-01", slut_skattning_datum="2024-01-20"),
        rad(2, halsa_start="4"),
        rad(3, start_skattning_datum="2023-12-01"),
        rad(4, halsa_slut="4", slut_skattning_datum="2024-02-01"),
    )]  # fmt: skip
    for sagt in ("är före den vid start", "inget datum", "utanför tiden i insatsen", "inte avslutat"):
        assert sum(sagt in text for text in texter) == 1, sagt
