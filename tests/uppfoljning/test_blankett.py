"""Bilaga 2 from paper, and that a person who went the whole way through the pages is counted in the right cells."""

import datetime

import pytest

from samordning.karna.models import Atkomst, Handelse
from tests.uppfoljning.personer import START, nytt_deltagande, nytt_nummer, sida
from uppfoljning.gallande import spara_halva
from uppfoljning.models import Deltagande, Formular, Lage, Parnyckel, Skattning
from uppfoljning.utfall import utfall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]

D = datetime.date


@pytest.fixture
def deltagande(insats):
    return nytt_deltagande(insats)


def skriv(client, deltagande, **falt):
    return client.post(sida("blankett", deltagande.uuid), {"ifylld": "deltagaren"} | falt)


def fel(svar):
    assert svar.status_code == 200
    return {namn: texter[0] for namn, texter in svar.context["form"].errors.items()}


def test_the_start_half(client, user, deltagande):
    svar = skriv(client, deltagande, start_datum="2026-01-13", start_halsa="4", start_timmar="10",
                 start_procent_FK_SAMLAD="50", start_procent_FORS="50")  # fmt: skip
    assert svar.url == sida("deltagande_detail", deltagande.uuid)
    halva = Skattning.objects.get()
    assert (halva.tillfalle, halva.datum, halva.vecka, halva.halsa, halva.bemotande, halva.galler) == (
        "start", D(2026, 1, 13), None, 4, None, True,
    )  # fmt: skip
    assert (halva.parnyckel, halva.formular.kod) == (Parnyckel.objects.get(deltagande=deltagande).nyckel, "bilaga2")
    lage = Lage.objects.get()
    assert (lage.tillfalle, lage.datum, lage.timmar, lage.forsorjning) == ("start", D(2026, 1, 13), 10, "BLANDAD")


def test_both_halves_at_once_and_what_the_record_says(client, user, deltagande):
    skriv(client, deltagande, start_datum="2026-01-12", start_halsa="4", slut_datum="2026-02-20", slut_halsa="6",
          slut_bemotande="9", slut_fritext="Det var bra.", slut_procent_LON="60", slut_procent_STUD="40",
          ifylld="tillsammans")  # fmt: skip
    slut = Skattning.objects.get(tillfalle="slut")
    assert (slut.halsa, slut.bemotande, slut.fritext, slut.datum) == (6, 9, "Det var bra.", D(2026, 2, 20))
    assert Lage.objects.get().forsorjning == "LON"
    rader = [rad for rad in Handelse.objects.om(deltagande) if rad.namn == "blankett"]
    assert [rad.data for rad in rader] == [
        {"halva": "slut", "ifylld": "tillsammans"}, {"halva": "start", "ifylld": "tillsammans"},
    ]  # fmt: skip
    assert {rad.av for rad in rader} == {user}
    html = client.get(sida("deltagande_detail", deltagande.uuid)).content.decode()
    assert "Skrev in svar från papper vid avslut" in html
    assert "Det var bra." not in html


def test_would_rather_not_say_and_an_empty_line_are_two_things(client, user, deltagande):
    skriv(client, deltagande, slut_datum="2026-02-20", slut_halsa="0")
    halva = Skattning.objects.get()
    assert (halva.halsa, halva.bemotande, halva.fritext) == (0, None, "")
    assert not Lage.objects.exists()


def test_facts_alone_make_no_answer(client, user, deltagande):
    skriv(client, deltagande, start_datum="2026-01-12", start_ves="on")
    assert Lage.objects.get().forsorjning == "VES"
    assert not Skattning.objects.exists()


def test_a_line_left_empty_keeps_what_staff_had_written(client, user, deltagande):
    skriv(client, deltagande, start_datum="2026-01-12", start_timmar="10", start_procent_AF="100")
    skriv(client, deltagande, start_datum="2026-01-14", start_timmar="12")
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning, lage.datum) == (12, "AF", D(2026, 1, 14))
    skriv(client, deltagande, start_datum="2026-01-15", start_procent_FORS="100")
    lage.refresh_from_db()
    assert (lage.timmar, lage.forsorjning) == (12, "FORS")


def test_what_is_answered_is_told_without_the_answer(client, user, deltagande):
    tomt = client.get(sida("blankett", deltagande.uuid)).content.decode()
    assert "Det finns redan" not in tomt
    skriv(client, deltagande, start_datum="2026-01-13", start_halsa="4", slut_datum="2026-02-20", slut_bemotande="9",
          slut_fritext="Kanariefågel")  # fmt: skip
    html = client.get(sida("blankett", deltagande.uuid)).content.decode()
    assert html.count("Det finns redan ett svar") == 2
    assert "13\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2026" in html
    assert "Kanariefågel" not in html
    assert "checked" not in html


def test_two_sheets_and_the_earliest_start_counts(client, user, deltagande):
    for dag, halsa in (("2026-01-20", "7"), ("2026-01-13", "4"), ("2026-01-25", "8")):
        skriv(client, deltagande, start_datum=dag, start_halsa=halsa)
    assert Skattning.objects.count() == 3
    assert Skattning.objects.get(galler=True).halsa == 4


@pytest.mark.parametrize("nr", range(3))  # which of two was decided by their random keys
def test_the_sheet_of_a_day_typed_again_is_corrected(client, user, deltagande, nr):
    skriv(client, deltagande, slut_datum="2026-02-20", slut_halsa="1", slut_fritext="Det var bra.")
    assert "rättas svaret som finns" in client.get(sida("blankett", deltagande.uuid)).content.decode()
    skriv(client, deltagande, slut_datum="2026-02-20", slut_halsa="10", slut_bemotande="9")
    halva = Skattning.objects.get()
    assert (halva.halsa, halva.bemotande, halva.fritext, halva.galler) == (10, 9, "Det var bra.", True)


def test_an_imported_half_is_corrected_by_the_sheet_of_the_same_day(client, user, deltagande):
    spara_halva(deltagande, "start", Formular.objects.get(kod="import"), datum=D(2026, 1, 13), halsa=3)
    skriv(client, deltagande, start_datum="2026-01-13", start_halsa="4")
    assert Skattning.objects.get().halsa == 4


def test_two_sendings_are_one_sheet(client, user, deltagande):
    data = {"start_datum": "2026-01-13", "start_halsa": "4", "inskick": "6a70797b-12e6-4544-a620-f394183b8785"}
    assert {skriv(client, deltagande, **data).status_code for _ in range(2)} == {302}
    assert Skattning.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "plats", "text"),
    [
        ({}, "__all__", "minst ett svar"),
        ({"start_datum": "2026-01-12"}, "__all__", "minst ett svar"),
        ({"start_halsa": "4"}, "start_datum", "Fyll i datum för inskrivningen"),
        ({"slut_bemotande": "4"}, "slut_datum", "Fyll i datum för avslutet"),
        ({"slut_datum": "2026-03-02", "slut_halsa": "4"}, "slut_datum", "efter i dag"),
        ({"start_datum": "2026-01-12", "start_halsa": "11"}, "start_halsa", "Välj i listan"),
        ({"start_datum": "2026-01-12", "start_timmar": "61"}, "start_timmar", "mellan 0 och 60"),
        ({"start_datum": "2026-01-12", "start_procent_AF": "x"}, "start_procent_AF", "1 till 100"),
        ({"slut_datum": "2026-02-20", "slut_procent_AF": "80", "slut_procent_LON": "80"}, "slut_procent_AF", "160 %"),
        ({"slut_datum": "2026-02-20", "slut_procent_AF": "80", "slut_ves": "on"}, "slut_ves", "Ta bort krysset"),
        ({"start_datum": "2026-01-12", "start_halsa": "4", "ifylld": ""}, "ifylld", "Välj vem"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client, user, deltagande, data, plats, text):
    assert text in fel(skriv(client, deltagande, **data))[plats]
    assert not Skattning.objects.exists()
    assert not Lage.objects.exists()


def test_what_was_typed_is_kept_with_the_error(client, user, deltagande):
    html = skriv(client, deltagande, slut_halsa="4", slut_fritext="Bra dagar", slut_timmar="20").content.decode()
    assert "Bra dagar" in html
    assert 'value="20"' in html
    assert html.count("checked") == 2  # the four on the scale and who filled in the sheet


def test_the_writing_is_in_the_record_of_who_saw_what(client, user, deltagande):
    skriv(client, deltagande, start_datum="2026-01-13", start_halsa="4")
    rad = Atkomst.objects.get()
    assert (rad.handling, rad.objekt_id, rad.person) == (
        "skrev in svar", str(deltagande.uuid), deltagande.deltagare.uuid,
    )  # fmt: skip


def test_nothing_in_an_answer_points_at_the_person(client, user, deltagande):
    skriv(client, deltagande, start_datum="2026-01-13", start_halsa="4")
    halva = Skattning.objects.get()
    varden = {str(getattr(halva, falt.attname)) for falt in Skattning._meta.concrete_fields}
    assert varden.isdisjoint({str(deltagande.uuid), str(deltagande.deltagare.uuid), str(user.pk)})
    assert [f for f in Skattning._meta.get_fields() if f.is_relation and f.related_model.__name__ != "Formular"] == []


def test_the_whole_way_through_the_pages_is_counted_in_its_cells(client, user, insats):
    nummer = nytt_nummer(nr=0)  # even: a woman
    client.post(
        sida("start_utan_remiss", "glantan"),
        {"start": START, "namn": "Berit Provsson", "personnummer": nummer, "timmar": "10", "procent_FK": "100"},
    )
    deltagande = Deltagande.objects.get()
    skriv(client, deltagande, start_datum=START, start_halsa="4")
    client.post(
        sida("deltagande_avsluta", deltagande.uuid),
        {"slut": "2026-02-20", "avslutsorsak": "arbete", "timmar": "25", "procent_LON": "100", "version": "2"},
    )
    skriv(client, deltagande, slut_datum="2026-02-20", slut_halsa="6", slut_bemotande="8")
    celler = utfall(D(2026, 1, 1), D(2026, 6, 30))["celler"]
    for cell in ("P1", "P3", "P4", "P7", "X1", "X2", "H1", "H2", "S1", "S2", "U1", "U4"):
        assert celler[cell] == {"T": 1, "K": 1, "M": 0, "O": 0}, cell
    assert celler["T1"]["T"] == {"par": 1, "start_medel": 10.0, "slut_medel": 25.0, "median_andring": 15.0}
    assert celler["F1"]["T"] == {"FK>LON": 1}
    assert celler["F3"]["T"] == {"par": 1, "start": 0.0, "slut": 1.0, "nya": 1.0}


def test_a_mistake_leaves_the_figures(client, user, deltagande):
    assert utfall(D(2026, 1, 1), D(2026, 6, 30))["celler"]["P3"]["T"] == 1
    client.post(sida("deltagande_felregistrera", deltagande.uuid), {"skal": "dubbelt"})
    assert utfall(D(2026, 1, 1), D(2026, 6, 30))["celler"]["P3"]["T"] == 0
