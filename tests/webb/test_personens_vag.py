"""The person's way through the product, with six logins and the person's own phone; then nobody else can find them.

The person is a canary: every value is found nowhere else, so that a leak is a hit.
"""

import re
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from samordning.karna.personnummer import kontrollsiffra
from tests.webb.handgrepp import granska, huvud, klicka, knapp, lank, rubrik, skicka

KANARIE = {
    "fornamn": "Kanarina",
    "efternamn": "Fågelqvist",
    "nummer": f"19880214-984{kontrollsiffra('880214984')}",
    "adress": "Burgatan 77, 542 30 Mariestad",
    "telefon": "0980-319 277",
    "epost": "kanarina.fagelqvist@example.se",
    "fritext": "Sjunger varje morgon xqz",
}
NUMRET = KANARIE["nummer"].replace("-", "")
SPAR = [
    *(KANARIE[namn] for namn in ("fornamn", "efternamn", "adress", "telefon", "epost", "fritext")),
    KANARIE["nummer"], NUMRET, NUMRET[2:], f"{NUMRET[2:8]}-{NUMRET[8:]}",
]  # fmt: skip


def i_dag(sida):
    return sida.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'Europe/Stockholm'})")


def ja(sida, grupp, svar="Ja"):
    huvud(sida).get_by_role("group", name=grupp).get_by_label(svar, exact=True).check()


@pytest.fixture(scope="module")
def vag():
    """What one step tells the next: addresses, and the titles and addresses that anybody was shown."""
    return {"titlar": []}


def fran(oppna, vag, adress, roll, **val):
    sida = oppna(adress, roll, **val)
    sida.on("framenavigated", lambda ram: vag["titlar"].append(ram.url))
    return sida


def test_1_a_caseworker_finds_the_insats_and_sends_a_remiss(oppna, vag):
    sida = fran(oppna, vag, "/insatser/?q=rörsås", "remittent")
    lank(sida, "Rörsås Lantliv")
    klicka(huvud(sida).get_by_role("link", name="Skriv en remiss"))
    knapp(sida, "Börja skriva")
    for etikett, varde in (
        ("Förnamn", KANARIE["fornamn"]), ("Efternamn", KANARIE["efternamn"]), ("Numret", KANARIE["nummer"]),
        ("Adress", KANARIE["adress"]), ("Telefon", KANARIE["telefon"]), ("E-post (frivilligt)", KANARIE["epost"]),
        ("Din telefon", "0980-319 210"),
    ):  # fmt: skip
        huvud(sida).get_by_label(etikett, exact=True).fill(varde)
    huvud(sida).get_by_label("Kommun", exact=True).select_option(label="Mariestad")
    granska(sida, "Spara och fortsätt")
    knapp(sida, "Spara och fortsätt")
    steget = sida.url
    sida.goto(re.sub(r"steg/\d+/$", "ta-bort/", steget))
    granska(sida, "ta bort")
    sida.goto(steget)
    huvud(sida).get_by_label("Sjukskriven", exact=True).check()
    huvud(sida).get_by_label("Sjukskriven sedan", exact=True).fill("2025-03")
    huvud(sida).get_by_label("Sjukpenning eller rehabiliteringspenning").check()
    ja(sida, "Är deltagaren inskriven på Arbetsförmedlingen?", "Nej")
    granska(sida, "Spara och fortsätt")
    knapp(sida, "Spara och fortsätt")
    huvud(sida).get_by_label("Socialtjänsten").check()
    granska(sida, "Spara och fortsätt")
    knapp(sida, "Spara och fortsätt")
    huvud(sida).get_by_label("Frågor till insatsen").fill("Hur mycket orkar personen på en vecka?")
    huvud(sida).get_by_label("Mål", exact=True).fill("Tolv timmar i veckan.")
    huvud(sida).get_by_label("Övrig information (frivilligt)").fill(KANARIE["fritext"])
    ja(sida, "Behöver deltagaren tolk?", "Nej")
    ja(sida, "Vill du ha ett trepartssamtal?", "Nej")
    granska(sida, "Spara och fortsätt")
    knapp(sida, "Spara och fortsätt")
    assert f"{NUMRET[:8]}-••••" in huvud(sida).inner_text()
    huvud(sida).locator("#id_samtycke").check()
    huvud(sida).locator("input[name=satt]").first.check()
    huvud(sida).locator("#id_givet").fill(i_dag(sida))
    granska(sida, "Skicka remissen")
    knapp(sida, "Skicka remissen")
    expect(huvud(sida)).to_contain_text("Skickad")
    notera(vag, sida)
    remissen = sida.url
    sida.goto(f"{remissen}aterta/")
    granska(sida, "Ja, ta tillbaka remissen")
    sida.goto(remissen)
    vag["remiss"] = re.search(r"R-\d+", huvud(sida).inner_text()).group()


def test_2_the_staff_see_who_it_is_only_after_they_accept(oppna, vag):
    sida = fran(oppna, vag, "/remisser/inkorg/", "insatspersonal")
    lank(sida, vag["remiss"])
    fore = sida.content()
    assert KANARIE["fornamn"] in fore
    assert "Hur mycket orkar personen" in fore
    for dolt in (KANARIE["efternamn"], NUMRET, KANARIE["adress"], KANARIE["telefon"], KANARIE["fritext"]):
        assert dolt not in fore
    knapp(sida, "Tacka ja")
    expect(huvud(sida)).to_contain_text(KANARIE["efternamn"])
    klicka(huvud(sida).get_by_role("link", name="Registrera start"))
    huvud(sida).get_by_label("Första dagen").fill(i_dag(sida))
    knapp(sida, "Registrera starten")
    expect(rubrik(sida)).to_contain_text(KANARIE["efternamn"])
    notera(vag, sida)
    vag["deltagare"] = sida.url


def svara(oppna, sida, svar, skript):
    """The person types the code on a phone and answers one question a page; with script, axe looks at each of them."""
    kod = huvud(sida).locator(".kodlapp .kod").inner_text()
    telefon = oppna("/svara/", bredd=320, java_script_enabled=skript)
    huvud(telefon).get_by_label("Kod").fill(kod.lower())
    knapp(telefon, "Fortsätt")
    if skript:
        granska(telefon, "Börja")
    klicka(huvud(telefon).get_by_role("link", name="Börja"))
    while "/fraga/" in telefon.url:
        if skript:
            granska(telefon, "Fråga")
        steg = telefon.url.rstrip("/").rsplit("/", 1)[-1]
        varde = svar.get(steg)
        if varde is None:
            knapp(telefon, "Hoppa över")
            continue
        falt = huvud(telefon).locator("[name=svar]")
        if falt.first.get_attribute("type") in ("radio", "checkbox"):
            huvud(telefon).locator(f"[name=svar][value='{varde}']").check(force=True)
        else:
            falt.fill(varde)
        skicka(telefon)
    if skript:
        granska(telefon, "Skicka mina svar")
    knapp(telefon, "Skicka mina svar")
    expect(rubrik(telefon)).to_contain_text("Tack")
    if skript:
        granska(telefon, "Stäng mina svar")
    assert KANARIE["fornamn"] not in telefon.content()


def notera(vag, sida):
    """The title of a page that shows the person; it must not name anybody."""
    vag["titlar"].append(sida.title())


def skapa_kod(sida, vid):
    klicka(huvud(sida).get_by_role("link", name=re.compile(f"Skapa svarskod.*{vid}", re.IGNORECASE)))
    skicka(sida)


def test_3_the_person_answers_at_start_on_a_phone(oppna, vag):
    sida = fran(oppna, vag, vag["deltagare"], "insatspersonal")
    skapa_kod(sida, "start")
    svara(oppna, sida, {"halsa": "4", "timmar": "6", "pengar": "kommun"}, skript=False)


def test_4_the_exit_is_registered_and_the_person_answers_again(oppna, vag):
    sida = fran(oppna, vag, vag["deltagare"], "insatspersonal")
    klicka(huvud(sida).get_by_role("link", name="Registrera avslut"))
    huvud(sida).get_by_label("Sista dagen").fill(i_dag(sida))
    huvud(sida).get_by_label("Arbete", exact=True).check()
    knapp(sida, "Registrera avslutet")
    sida.goto(vag["deltagare"])
    skapa_kod(sida, "avslut")
    svara(oppna, sida, {"bemotande": "9", "halsa": "8", "timmar": "20"}, skript=True)
    sida.goto(vag["deltagare"])
    assert huvud(sida).inner_text().count("Besvarad") == 2
    for namn in ("", "blankett/", "andra/", "lage/start/", "avsluta/", "felregistrera/", "skydda/", "kod/start/"):
        sida.goto(vag["deltagare"] + namn)
        granska(sida, "")
        notera(vag, sida)
    sida.goto("/uppfoljning/deltagare/")
    granska(sida, "Deltar nu")


def test_5_the_report_counts_the_person_and_names_nobody(oppna, vag):
    sida = fran(oppna, vag, "/start/", "kansli")
    dag = i_dag(sida)
    sida.goto(f"/uppfoljning/utfall/?fran={dag}&till={dag}&insats=rorsas-lantliv")
    text = sida.content()
    rader = {
        cell: re.sub(r"\s+", " ", huvud(sida).locator(f"tr[data-cell='{cell}']").first.inner_text())
        for cell in ("P3", "P4", "X1", "X2", "H1", "H2", "S1", "S2")
    }
    for cell, rad in rader.items():
        assert re.search(r" 1( |$)", rad), f"{cell}: {rad}"
    assert not [spar for spar in SPAR if spar in text]


@pytest.mark.parametrize("roll", ["kansli", "forbundschef", "styrelse", "kontoansvarig", "beredning", "ekonom"])
def test_6_nobody_else_reaches_the_person(oppna, vag, roll):
    sida = fran(oppna, vag, "/start/", roll)
    assert vag["remiss"] not in sida.content()
    for adress in (vag["deltagare"], f"{vag['deltagare']}blankett/", f"{vag['deltagare']}andra/"):
        assert sida.goto(adress).status in (403, 404)
        assert KANARIE["fornamn"] not in sida.content()


def test_7_the_canary_is_found_nowhere(drift, vag):
    """In no log, mail, address, title, file or file name, and not in a dump of the database."""
    assert vag["deltagare"], "the story has to be told first"
    platser = {"loggen": drift.logg.read_text(errors="replace"), "adresserna": "\n".join(vag["titlar"])}
    platser |= _tabeller(drift.databas)
    assert len(platser["tabellen uppfoljning_deltagande"]) > 1000
    for fil in Path(drift.data).rglob("*"):
        platser[f"filnamnet {fil.name}"] = fil.name
        if fil.is_file() and "static" not in fil.parts:
            platser[str(fil)] = fil.read_bytes().decode(errors="replace")
    fynd = [f"{spar} i {plats}" for plats, text in platser.items() for spar in SPAR if spar.lower() in text.lower()]
    assert fynd == []


def _tabeller(url):
    """Every row of every table as Postgres writes it out, as a dump would hold it."""
    with psycopg.connect(url) as anslutning:
        namn = anslutning.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        return {
            f"tabellen {tabell}": "\n".join(
                rad for (rad,) in anslutning.execute(f'select t::text from "{tabell}" t').fetchall()
            )
            for (tabell,) in namn
        }
