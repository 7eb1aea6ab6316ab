"""A year of the association's money and days, in a real browser: the wheel from rules and by the keyboard, the members'
shares, the budget that the board decides, the ledger that is read in until nothing is left over, the forecast, and the
papers for the board in September."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.ekonomi.bokfabrik import sie
from tests.webb.handgrepp import granska, huvud, klicka, knapp, lank, nasta_sida, skicka

AR, PENGARNAS = 2035, 2024  # days are set ahead; a ledger and its forecast are of a year that has been
BOKEN = (
    ("A", "1", "0115", "Bidrag från ägarna", (("1930", "", "3492000.00"), ("3010", "", "-3492000.00"))),
    ("A", "2", "0131", "Faktura Gården", (("4010", "6 P1", "120000.00"), ("1930", "", "-120000.00"))),
    ("B", "1", "0301", "Hyra", (("5010", "", "12400.00"), ("1930", "", "-12400.00"))),
)
# No worker runs in the tests: what has been ordered is done here.
ARBETA = """
from django.utils.module_loading import import_string
from samordning.karna import jobb
from samordning.karna.models import Jobb
for pk in Jobb.objects.filter(lage="ko").values_list("pk", flat=True):
    arbete = jobb.ta(pk)
    import_string(arbete.uppgift)(arbete)
"""


@pytest.fixture(scope="module")
def vag():
    """What one step tells the next: addresses."""
    return {}


@pytest.fixture
def arbeta(drift):
    def _arbeta():
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", ARBETA], cwd=settings.ROT, env=drift.miljo, check=True
        )  # fmt: skip

    return _arbeta


def med_tangenter(sida, namn):
    """Reach the link of the wheel with Tab alone and open it with Enter."""
    for _ in range(200):
        sida.keyboard.press("Tab")
        fokus = sida.locator(":focus")
        if fokus.count() and namn in (fokus.text_content() or "") and fokus.evaluate("e => !!e.ownerSVGElement"):
            with nasta_sida(sida):
                sida.keyboard.press("Enter")
            return
    raise AssertionError(f"{namn} is not reached with Tab")


def test_1_the_year_is_made_from_rules_and_a_day_is_set_with_its_chain(oppna):
    sida = oppna("/ekonomi/arshjul/nytt/", "kansli")
    sida.get_by_label("År", exact=True).fill(str(AR))
    knapp(sida, "Skapa årshjulet")
    granska(sida, "dagar är inte bestämda")
    lank(sida, "Styrelse september")
    lank(sida, "Bestäm dagen")
    sida.get_by_label("Ny dag").fill(f"{AR}-09-15")  # a Saturday
    knapp(sida, "Visa vad som följer med")
    granska(sida, f"15 september {AR} är en lördag")
    sida.get_by_label("Ny dag").fill(f"{AR}-09-20")
    knapp(sida, "Visa vad som följer med")
    granska(sida, "Kallelsen till styrelsen september")
    knapp(sida, "Flytta de valda")
    granska(sida, "till följde med")
    # Presidium the week before, the papers ten days before, the ledger eighteen.
    sida.goto(f"/ekonomi/arshjul/{AR}/")
    text = huvud(sida).inner_text()
    for dag, vad in (("tor 13 sep", "Presidium september"), ("mån 10 sep", "Handlingarna till styrelsen september"),
                     ("fre 31 aug", "Läs in bokföringen till delårsbokslutet")):  # fmt: skip
        assert re.search(rf"{dag}\s+{vad}", text), vad


def test_2_the_wheel_is_walked_by_the_keyboard_and_its_meetings_are_put_in(oppna):
    sida = oppna(f"/ekonomi/arshjul/{AR}/", "kansli")
    granska(sida, "Alla dagar")
    med_tangenter(sida, "Styrelse september")
    granska(sida, "Mötet är inte inlagt")
    knapp(sida, "Lägg in mötet")
    granska(sida, "Mötet är inlagt")
    sida.goto(f"/ekonomi/arshjul/{AR}/")
    lank(sida, "Styrelse september")
    granska(sida, "Inte kallat")
    # On the meeting's own page one is led back to the wheel.
    klicka(huvud(sida).get_by_role("link", name=re.compile("^Styrelsen")))
    lank(sida, "Dagordning")
    lank(sida, "Ändra mötet")
    granska(sida, "Flytta den där")


def test_3_the_board_decides_the_wheel_and_a_member_reads_it_on_a_phone(oppna):
    sida = oppna(f"/ekonomi/arshjul/{AR}/faststall/", "forbundschef")
    granska(sida, "Det går att fastställa ändå")
    sida.get_by_label("Paragraf").fill("§ 70")
    sida.get_by_label("Beslutad").fill("2026-01-15")
    knapp(sida, "Spara beslutet")
    granska(sida, "§ 70")
    styrelse = oppna(f"/ekonomi/arshjul/{AR}/", "styrelse", 390)
    granska(styrelse, "Alla dagar")
    assert "Lägg till en dag" not in styrelse.content()


def test_4_the_members_shares_and_the_budget_are_decided(oppna, vag):
    sida = oppna("/ekonomi/ar/nytt/", "ekonom")
    fyll = {"ar": PENGARNAS, "tilldelning": "1", "ovriga_intakter": "42000", "eget_kapital_in": "661000",
            "rubrik_0": "Gården", "belopp_0": "400 000", "rubrik_1": "Lokaler", "belopp_1": "60 000",
            "rubrik_2": "Reserv", "belopp_2": "300 000"}  # fmt: skip
    for namn, varde in fyll.items():
        sida.locator(f"main [name={namn}]").fill(str(varde))
    for namn, varde in {"kategori_0": "individ", "kategori_1": "ledning", "kategori_2": "ej_beslutat"}.items():
        sida.locator(f"main [name={namn}]").select_option(varde)
    skicka(sida)
    vag["ar"] = sida.url
    sida.goto(f"{sida.url}bidrag/")
    sida.locator("main [name=statens]").fill("1 746 000")
    # The municipalities and their key are those of the year before.
    assert [sida.locator(f"main [name=nyckel_{nr}]").input_value() for nr in range(3)] == ["60", "25", "15"]
    skicka(sida)
    text = huvud(sida).inner_text().replace("\N{NO-BREAK SPACE}", " ")
    for belopp in ("1 746 000", "873 000", "524 000", "218 000", "131 000", "3 492 000"):  # G01, G05
        assert belopp in text, belopp
    kansli = oppna(f"{vag['ar']}faststall/", "kansli")
    kansli.get_by_label("Paragraf").fill("§ 71")
    kansli.get_by_label("Beslutad").fill("2026-01-15")
    skicka(kansli)
    granska(kansli, "Fastställd")


def test_5_the_ledger_is_read_in_and_mapped_until_nothing_is_left(oppna, vag, arbeta):
    sida = oppna("/ekonomi/bokforing/ny/", "ekonom")
    sida.get_by_label("År", exact=True).select_option(label=str(PENGARNAS))
    fil = {"name": "bok.se", "mimeType": "text/plain", "buffer": sie(BOKEN, PENGARNAS)}
    sida.get_by_label("SIE-fil").set_input_files(fil)
    knapp(sida, "Granska filen")
    arbeta()
    sida.goto("/ekonomi/bokforing/")
    klicka(huvud(sida).get_by_role("link", name=re.compile("^Import")).first)
    granska(sida, "Granska innan du sparar")
    knapp(sida, "Spara bokföringen")
    arbeta()
    sida.goto(f"{vag['ar']}kontering/")
    granska(sida, "Omappat: 3 rader")
    for konto, malet in (("3010", "Intäkter från huvudmännen"), ("4010", "Gården"), ("5010", "Lokaler")):
        klicka(huvud(sida).get_by_role("link", name=re.compile(f"Lägg till regel för konto {konto}")))
        val = sida.get_by_label("Hör till").locator("option")
        sida.get_by_label("Hör till").select_option(
            label=next(text for text in val.all_inner_texts() if malet in text)
        )  # fmt: skip
        skicka(sida)
    granska(sida, "Omappat: 0 rader")
    assert "Tabellen är lika med bokföringen" in sida.content()


def test_6_a_forecast_with_a_reason_is_frozen_and_the_board_reads_it(oppna, vag):
    sida = oppna(f"{vag['ar']}prognoser/ny/", "ekonom")
    sida.get_by_label("Utfall till och med").fill(f"{PENGARNAS}-06-30")
    skicka(sida)
    granska(sida, "Gården")
    adress = re.search(r"/ekonomi/prognoser/\d+/", sida.url)[0]
    sida.goto(f"{adress}andra/")
    sida.get_by_label("Egen prognos för Lokaler").fill("55 000")
    skicka(sida)
    granska(sida, "varför")  # a sum of one's own wants a reason
    sida.get_by_label("Varför, Lokaler").fill("Hyran sänks från juli.")
    skicka(sida)
    granska(sida, "Hyran sänks från juli.")
    assert oppna(adress, "styrelse").get_by_text("Hyran sänks").count() == 0  # a draft is not the board's
    sida.goto(f"{adress}las/")
    granska(sida, "Lås")
    knapp(sida, "Lås prognosen")
    styrelse = oppna(adress, "styrelse", 390)
    granska(styrelse, "Hyran sänks från juli.")


def test_7_the_papers_of_september(oppna):
    sida = oppna("/ekonomi/dokument/nytt/", "kansli")
    sida.locator("main [name=slag]").select_option("delar")
    sida.locator("main [name=ar]").fill(str(PENGARNAS))
    skicka(sida)
    granska(sida, "Delårsbokslut")
    text = huvud(sida).inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Gården" in text
    adress = re.search(r"/ekonomi/dokument/\d+/", sida.url)[0]
    for fil, borjan in (("pdf", b"%PDF-"), ("docx", b"PK")):
        svar = sida.request.get(f"{adress}{fil}/")
        assert svar.ok, fil
        assert svar.body().startswith(borjan), fil
