"""The half-year report from order to the board's hands: a worker makes it, the kansli releases it, a member reads."""

import re
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.webb.handgrepp import granska, huvud, klicka, knapp, lank, rubrik

LANG = 240_000  # milliseconds that a worker may need on a busy machine


@pytest.fixture(scope="module")
def arbetare(drift):
    """A Celery worker of the same product."""
    celery = [sys.executable, "-m", "celery", "-A", "samordning", "worker", "--pool", "solo", "-l", "warning"]
    with drift.logg.open("ab") as logg:
        process = subprocess.Popen(celery, cwd=settings.ROT, env=drift.miljo, stdout=logg, stderr=logg)
        yield process
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def vag():
    """What one step tells the next: addresses."""
    return {}


def test_1_the_kansli_orders_the_report_and_sees_it_being_made(oppna, drift, vag):
    sida = oppna("/uppfoljning/rapporter/", "kansli", 390)
    granska(sida, "Ingen rapport är gjord än")
    klicka(huvud(sida).get_by_role("link", name="Gör en rapport").first)
    granska(sida, "Ingen annan ser den")
    huvud(sida).get_by_label("Period").select_option("2023")
    knapp(sida, "Gör rapporten")
    assert "Väntar på sin tur" in sida.content()
    vag["jobb"] = sida.url
    # What a worker would have written by now; the page asks for it by itself.
    with psycopg.connect(drift.databas, autocommit=True) as db:
        db.execute("update karna_jobb set lage = 'pagar', forsok = 1, framsteg = 35, framsteg_text = 'Räknar', "
                   "lease_till = now() - interval '1 second' where rubrik <> ''")  # fmt: skip
    expect(sida.get_by_role("progressbar")).to_have_attribute("value", "35")
    granska(sida, "Räknar")
    # Not a click: the page may put a new link in its place between the press and the release.
    sida.goto(huvud(sida).get_by_role("link", name="Avbryt arbetet").get_attribute("href"))
    granska(sida, "Avbryta arbetet?")
    lank(sida, "Avbryt")


def test_2_a_worker_takes_over_and_the_page_ends_in_the_report(oppna, arbetare, vag):
    sida = oppna(vag["jobb"], "kansli")
    expect(huvud(sida).get_by_text("Version 1 är klar att granska.")).to_be_visible(timeout=LANG)
    lank(sida, "Öppna resultatet")
    vag["intern"] = re.sub(r"^https?://[^/]+", "", sida.url)
    text = huvud(sida).inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Resultat 2023" in text
    assert "Under 2023 har Mofalla Lantgård tagit emot 13 deltagare, varav 9 kvinnor och 4 män." in text
    granska(sida, "Intern – får inte spridas.", oppna=False)
    for namn, nyckel in (("Styrelsen", "styrelse"), ("Allmänheten", "publik")):
        klicka(sida.get_by_role("navigation", name="Läsare").get_by_role("link", name=namn))
        vag[nyckel] = re.sub(r"^https?://[^/]+", "", sida.url)
        assert "visas inte, och inte heller tal som skulle avslöja dem" in sida.content()


def test_3_nobody_else_reaches_it_yet(oppna, vag):
    for roll in ("styrelse", "remittent"):
        sida = oppna("/start/", roll)
        for adress in (vag["intern"], vag["styrelse"], vag["publik"], f"{vag['styrelse']}fil/pdf/"):
            sida.goto(adress)
            assert rubrik(sida).inner_text() == "Sidan finns inte"
    assert rubrik(oppna("/resultat/2023/")).inner_text() == "Sidan finns inte"


def test_4_the_kansli_reviews_and_releases(oppna, vag):
    sida = oppna(vag["intern"], "kansli")
    lank(sida, "Granska rapporten")
    granska(sida, "Innan du går vidare")
    knapp(sida, "Godkänn rapporten")
    assert sida.title().startswith("Fel: ")
    huvud(sida).get_by_label("Jag har läst rapporten för alla tre").check()
    knapp(sida, "Godkänn rapporten")
    lank(sida, "Släpp till styrelsen")
    granska(sida, "Styrelsen och beredningsgruppen får ett mejl")
    knapp(sida, "Ja, släpp rapporten")
    lank(sida, "Publicera för alla")
    knapp(sida, "Ja, släpp rapporten")
    assert "Rapporten är släppt till allmänheten." in sida.content()


def test_5_a_board_member_fetches_the_pdf_with_women_and_men_side_by_side(oppna, vag, tmp_path):
    sida = oppna("/start/", "styrelse", 390)
    klicka(huvud(sida).get_by_role("link", name="En ny resultatrapport finns att läsa"))
    granska(sida, "Tal under 3 visas inte")  # the largest of these pages, once
    assert "Kansliet: alla tal" not in sida.content()
    with sida.expect_download() as hamtning:
        huvud(sida).get_by_role("link", name="Rapporten som PDF").click()
    assert hamtning.value.suggested_filename == "resultat-2023-styrelse-version-1.pdf"
    assert hamtning.value.path().read_bytes().startswith(b"%PDF-")
    sida.goto(vag["intern"])
    assert rubrik(sida).inner_text() == "Sidan finns inte"


def test_6_the_forbundschef_freezes_it(oppna, vag):
    sida = oppna(vag["intern"], "forbundschef")
    lank(sida, "Fastställ rapporten")
    granska(sida, "låses för alltid")
    knapp(sida, "Ja, fastställ rapporten")
    assert "Rapporten är fastställd." in sida.content()


def test_7_everybody_reads_the_public_results(oppna):
    sida = oppna("/resultat/", bredd=390)
    granska(sida, "Publicerat")
    lank(sida, "Resultat 2023")
    granska(sida, "Tal under 5 visas inte", oppna=False)
    with sida.expect_download() as hamtning:
        huvud(sida).get_by_role("link", name="Tabeller till Excel").click()
    assert hamtning.value.suggested_filename == "resultat-2023-publik-version-1.xlsx"
