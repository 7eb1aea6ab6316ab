"""A meeting from the summons to what the public finds, and a case's way through it, in a real browser.

Last of the stories, since it ends the meeting that the pages look at. One story each: who is called and cannot come,
and a case that a group thinks of on its phones, sends to the board with its message, and hears about again.
"""

import re

from playwright.sync_api import expect

from samordning.karna.kalender import idag
from tests.webb.handgrepp import granska, huvud, klicka, knapp, lank, nasta_sida, skicka

ARENDE = "Förberedande insats i Tibro"


def _lank_med(sida, monster):
    """Follow the first link of the page whose address fits."""
    for ett in huvud(sida).locator("a[href]").all():
        if re.fullmatch(monster, ett.get_attribute("href")):
            with nasta_sida(sida):
                sida.goto(ett.get_attribute("href"))
            return
    raise AssertionError(monster)


def _tangent(sida, knappen):
    """Press a button with the keyboard alone: it is reached with Tab, and answers to Enter."""
    for _ in range(150):
        sida.keyboard.press("Tab")
        if sida.locator(":focus").count() and sida.locator(":focus").inner_text().startswith(knappen):
            with nasta_sida(sida):
                sida.keyboard.press("Enter")
            return
    raise AssertionError(f"{knappen} is not reached with Tab")


def test_who_cannot_come_says_so_and_the_deputy_is_called(oppna):
    kansli = oppna("/moten/", "kansli")
    _till_motet(kansli, "Norra beredningsgruppen", "Kallat")
    granska(kansli, "Norra beredningsgruppen")
    adress = kansli.url
    lank(kansli, "Kallelse")
    granska(kansli, "Skicka kallelsen")
    knapp(kansli, "Skicka kallelsen")
    assert "på väg" in kansli.content()
    david = oppna(adress, "beredning", 390)
    granska(david, "Välkommen och incheckning")
    _tangent(david, "Kommer senare")
    granska(david, "Kommer senare")
    kansli.goto(f"{adress}narvaro/")
    granska(kansli, "Inget svar än")
    klicka(huvud(kansli).get_by_role("button", name=re.compile("Kommer inte.*Nils Ekwall")))  # who rang
    granska(kansli, "Ersättare kallad: Katarina Lund")


def test_a_case_goes_from_a_groups_phones_to_the_board_and_back(oppna, server):
    kansli = oppna("/arenden/?q=tibro", "kansli")
    lank(kansli, _forsta(kansli, ARENDE))
    arendet = kansli.url
    knapp(kansli, "Skicka till beredningsgruppen")
    motet = _punkten(kansli)
    _i_grupper(kansli, motet, oppna)
    _prickar(kansli, motet, oppna)
    _laget_runt(kansli, motet, oppna)
    _avsluta_gruppens(kansli, motet)
    granska(kansli, "har gått till styrelsen")
    _publicera(kansli, motet, oppna)
    _styrelsen(kansli)
    kansli.goto(arendet)
    granska(kansli, "Styrelsen: bifall")
    assert "Västra beredningsgruppen tog upp ärendet" in huvud(kansli).inner_text()
    _tillbaka(kansli)


def _till_motet(sida, organ, lage):
    """The first meeting of the body that is in the state, as the list says it."""
    rader = huvud(sida).get_by_role("listitem").filter(has_text=organ).filter(has_text=lage)
    klicka(rader.get_by_role("link").first)


def _forsta(sida, text):
    return next(ett.inner_text() for ett in huvud(sida).get_by_role("link").all() if text in ett.inner_text())


def _punkten(sida):
    """The case on the agenda of the group's meeting that goes on. The meeting's address."""
    sida.goto("/moten/?mina=on")
    _till_motet(sida, "Västra beredningsgruppen", "Pågår")
    motet = sida.url
    lank(sida, "Dagordning")
    lank(sida, "Lägg till en punkt")
    sida.get_by_label("Rubrik").fill(ARENDE)
    val = next(ett for ett in sida.get_by_label("Ärende").locator("option").all_inner_texts() if ARENDE in ett)
    sida.get_by_label("Ärende").select_option(label=val)
    skicka(sida)
    sida.goto(f"{motet}narvaro/")
    granska(sida, "är här")
    return motet


def _till(sida, motet, namn):
    """The page that the phones' overview leads to for the case's item, by the name that a screen reader says."""
    sida.goto(f"{motet}rum/")
    klicka(huvud(sida).get_by_role("link", name=f"{namn} på {ARENDE}", exact=True))


def _i_grupper(kansli, motet, oppna):
    _till(kansli, motet, "Dela i grupper")
    kansli.get_by_label("Antal grupper").fill("2")
    kansli.get_by_label("frågor till grupperna").fill("Vad vill ni skicka med?")
    kansli.get_by_label("grupperna tar ställning till ärendet").check()
    knapp(kansli, "Spara och lotta")
    knapp(kansli, "Öppna")
    granska(kansli, "Det syns på telefonerna")
    kansli.goto(f"{motet}rum/visa/")
    granska(kansli, "Kom in i mötets rum")
    kod = kansli.locator(".rum-kod").inner_text()
    for nr, (stallning, text) in enumerate(
        (("Tillstyrker med medskick", "Vården behöver vara med."), ("Tillstyrker", ""))
    ):
        telefon = oppna("/rum/", None, 390)
        telefon.get_by_label("Mötets kod").fill(kod)
        _tangent(telefon, "Gå in") if not nr else knapp(telefon, "Gå in")
        granska(telefon, "Välj din grupp")
        grupp = telefon.get_by_role("heading", name=ARENDE).locator("xpath=following-sibling::ul[1]")
        klicka(grupp.get_by_role("link", name=f"Grupp {nr + 1}", exact=True))
        telefon.get_by_label(stallning, exact=True).check()
        telefon.get_by_label("Vad säger gruppen?").fill(text)
        knapp(telefon, "Spara")
        granska(telefon, "Sparat")


def _prickar(kansli, motet, oppna):
    _till(kansli, motet, "Ny prickröstning")
    kansli.get_by_label("Fråga", exact=True).fill("Vad är viktigast i Tibro?")
    kansli.get_by_label("Alternativ", exact=True).fill("Resor\nBussar\nFika")
    knapp(kansli, "Spara")
    omrostning = kansli.url
    knapp(kansli, "Öppna")
    kansli.goto(f"{motet}rum/visa/")
    kod = kansli.locator(".rum-kod").inner_text().replace(" ", "")
    for val in (("Resor", "Bussar"), ("Bussar", "Fika")):
        telefon = oppna(f"/rum/{kod}/", None, 390)
        lank(telefon, "Vad är viktigast i Tibro?")
        for ett in val:
            telefon.get_by_label(ett).select_option(label="1 prick")
        granska(telefon, "Du har 2 prickar")
        knapp(telefon, "Rösta")
        assert "Dina prickar är sparade" in telefon.content()
    kansli.goto(omrostning)
    knapp(kansli, "Stäng")
    kansli.get_by_label("Räkna").select_option(label="Resor")
    kansli.get_by_label("ihop med").select_option(label="Bussar")
    knapp(kansli, "Spara")
    granska(kansli, "Bussar + Resor")


def _laget_runt(kansli, motet, oppna):
    """A word from each, on a phone and by hand, and the evaluation."""
    _till(kansli, motet, "Laget runt")
    kansli.get_by_label("Fråga", exact=True).fill("Ett ord om Tibro?")
    knapp(kansli, "Spara frågan")
    rundan = kansli.url
    knapp(kansli, "Öppna")
    kansli.get_by_label("Svar", exact=True).fill("Ulla: hoppfullt\nkonkret")
    knapp(kansli, "Lägg till svaren")
    kansli.goto(f"{motet}utvardering/")
    knapp(kansli, "Öppna")
    kansli.goto(f"{motet}rum/visa/")
    telefon = oppna(f"/rum/{kansli.locator('.rum-kod').inner_text().replace(' ', '')}/", None, 390)
    lank(telefon, "Ett ord om Tibro?")
    granska(telefon, "Alla i rummet ser svaret")
    telefon.get_by_label("Ditt svar").fill("Hoppfullt, vi börjar nu")
    _tangent(telefon, "Skicka")
    granska(telefon, "Du har svarat: Hoppfullt, vi börjar nu")
    lank(telefon, "Vad tyckte du om mötet?")
    granska(telefon, "Ingen ser vem som har svarat vad")
    telefon.get_by_label("Ett ord om dagen").fill("Energi")
    knapp(telefon, "Skicka")
    granska(telefon, "Du har svarat. Tack!")
    kansli.goto(f"{motet}rum/visa/")
    granska(kansli, "Samma ord: hoppfullt (2)")
    assert "1 av 5 har svarat." in huvud(kansli).inner_text()
    kansli.goto(rundan)
    granska(kansli, "<strong>Ulla:</strong> hoppfullt")
    knapp(kansli, "Stäng")


def _avsluta_gruppens(kansli, motet):
    kansli.goto(f"{motet}anteckna/")
    klicka(huvud(kansli).get_by_role("link", name=f"Lägg till utfall på {ARENDE}"))
    kansli.get_by_label("Medskick").check()
    kansli.get_by_label("Text", exact=True).fill("Ta med bussarna i planen.")
    skicka(kansli)
    kansli.goto(f"{motet}avsluta/")
    granska(kansli, "Gruppernas svar sparas")
    for val in kansli.get_by_label("Hur slutade punkten?").all():
        if not val.input_value():
            val.select_option(label="Behandlad")
    kansli.get_by_label("Ärendet går till styrelsen").check()
    knapp(kansli, "Avsluta mötet")


def _publicera(kansli, motet, oppna):
    """The group's notes, which everybody may read when its page says so."""
    kansli.goto("/organ/")
    lank(kansli, "Västra beredningsgruppen")
    _lank_med(kansli, r"/organ/\d+/andra/")
    kansli.get_by_label("det som publiceras får alla läsa").check()
    skicka(kansli)
    kansli.goto(f"{motet}publicera/")
    granska(kansli, "Titta igenom")
    for val in huvud(kansli).locator("form select").all():
        val.select_option(label="Får stå kvar: är inte en person")
    kansli.get_by_label("Dölj också de här orden").fill("Vården")
    knapp(kansli, "Publicera")
    granska(kansli, "är publicerade")
    lasare = oppna("/protokoll/?q=bussarna", None, 390)
    granska(lasare, "Träffar på")
    klicka(huvud(lasare).get_by_role("link", name=re.compile(ARENDE)).first)
    granska(lasare, "Ta med bussarna i planen.")
    assert "Vården" not in lasare.content()
    kansli.goto("/sok/?q=bussarna")
    granska(kansli, ARENDE)


def _styrelsen(kansli):
    """A meeting of the board today, which decides."""
    kansli.goto("/organ/")
    lank(kansli, "Styrelsen")
    organet = kansli.url
    kansli.goto(f"{organet}moten/nya/")
    kansli.get_by_label("Dag 1").fill(idag().isoformat())
    skicka(kansli)
    kansli.goto(f"/moten/?organ={organet.rstrip('/').rpartition('/')[2]}")
    _till_motet(kansli, "Styrelsen", "Planerat")  # today's is the nearest
    motet = kansli.url
    lank(kansli, "Dagordning")
    knapp(kansli, re.compile("Lägg till alla"))
    text = huvud(kansli).inner_text()
    assert "Beredningsgruppens medskick" in text
    assert "Ta med bussarna i planen." in text
    assert "Vården behöver vara med." in text
    kansli.goto(motet)
    knapp(kansli, "Öppna mötet")
    kansli.goto(f"{motet}anteckna/")
    klicka(huvud(kansli).get_by_role("link", name=f"Lägg till utfall på {ARENDE}"))
    kansli.get_by_label("Beslut", exact=True).check()
    kansli.get_by_label("Text", exact=True).fill("Styrelsen beviljar ansökan.")
    kansli.get_by_label("beslut om ärendet").select_option(label="Bifall")
    skicka(kansli)
    kansli.goto(f"{motet}avsluta/")
    for val in kansli.get_by_label("Hur slutade punkten?").all():
        if not val.input_value():
            val.select_option(label="Inget att anteckna")
    knapp(kansli, "Avsluta mötet")
    granska(kansli, "Ett beslut är fört till ärendena.")


def _tillbaka(kansli):
    """The group hears what the board decided, next time."""
    kansli.goto("/moten/")
    _till_motet(kansli, "Västra beredningsgruppen", "Planerat")
    lank(kansli, "Dagordning")
    granska(kansli, f"Så blev det med {ARENDE}")
    expect(huvud(kansli)).to_contain_text("Styrelsen §")
