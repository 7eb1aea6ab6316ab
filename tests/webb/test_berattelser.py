"""What people come to do, from beginning to end, in a real browser."""

import json
import re

from playwright.sync_api import expect

from tests.webb.handgrepp import huvud, klicka, knapp, lank, nasta_sida, rubrik


def test_a_visitor_finds_an_insats_without_script_and_by_keyboard(oppna):
    sida = oppna("/insatser/", java_script_enabled=False)
    sida.get_by_role("searchbox").fill("rörsås")
    with nasta_sida(sida):
        sida.keyboard.press("Enter")
    lank(sida, "Rörsås Lantliv")
    assert rubrik(sida).inner_text() == "Rörsås Lantliv"


def test_the_first_tab_is_the_way_past_the_menu(oppna):
    sida = oppna("/start/", "kansli")
    sida.keyboard.press("Tab")
    expect(sida.locator(":focus")).to_have_text("Hoppa till innehållet")
    sida.keyboard.press("Enter")
    expect(sida.locator("#innehall")).to_be_focused()


def test_a_choice_of_dark_stays(oppna):
    sida = oppna("/insatser/")
    klicka(sida.get_by_role("button", name="Mörkt"))
    assert sida.locator("html").get_attribute("data-bs-theme") == "dark"
    sida.goto("/konto/logga-in/")
    assert sida.locator("html").get_attribute("data-bs-theme") == "dark"
    assert sida.get_by_role("button", name="Mörkt").get_attribute("aria-pressed") == "true"


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(oppna):
    sida = oppna("/konto/logga-in/")
    sida.get_by_label("E-post").fill("kansli@example.se")
    sida.get_by_label("Lösenord").fill("helt fel lösenord")
    knapp(sida, "Logga in")
    assert sida.title().startswith("Fel: ")
    assert sida.get_by_label("E-post").input_value() == "kansli@example.se"
    expect(sida.locator("#fel")).to_be_focused()


def test_the_board_figures_of_2023_are_said_in_words_and_fetched_as_a_file(oppna):
    sida = oppna("/uppfoljning/utfall/?fran=2023-01-01&till=2023-12-31", "kansli")
    text = re.sub(r"\s", " ", huvud(sida).inner_text())
    for mening in (
        "Under 2023 har Mofalla Lantgård tagit emot 13 deltagare, varav 9 kvinnor och 4 män.",
        "10 deltagare har avslutat insatsen (7 kvinnor och 3 män).",
        "Av dessa har 6 gått till positiva avslut (4 kvinnor och 2 män).",
        "2 har gått till arbete, studier eller jobbsökande (1 kvinna och 1 man).",
        "mår 9 bättre (6 kvinnor och 3 män).",
        "Under 2023 har Rörsås Lantliv tagit emot 22 deltagare, varav 18 kvinnor och 4 män.",
        "18 deltagare har avslutat insatsen (15 kvinnor och 3 män).",
        "Av dessa har 8 gått till positiva avslut (7 kvinnor och 1 man).",
        "1 har gått till arbete, studier eller jobbsökande (1 kvinna).",
    ):
        assert mening in text
    with sida.expect_download() as hamtning:
        sida.get_by_role("link", name="Talen som fil").click()
    with open(hamtning.value.path()) as fil:
        celler = json.load(fil)["per_insats"]["mofalla-lantgard"]["celler"]
    assert celler["P3"] == {"T": 13, "K": 9, "M": 4, "O": 0}


def test_the_kansli_changes_a_sheet_and_the_history_tells(oppna):
    sida = oppna("/insatser/mofalla-lantgard/andra/", "kansli")
    falt = sida.get_by_label(re.compile("kort beskrivning", re.IGNORECASE))
    falt.fill("Lugn i stall och trädgård.")
    klicka(huvud(sida).get_by_role("button", name=re.compile("^Spara")))
    assert "Lugn i stall och trädgård." in huvud(sida).inner_text()
    klicka(sida.get_by_role("link", name="Historik", exact=True))
    assert "Lugn i stall och trädgård." in huvud(sida).inner_text()
