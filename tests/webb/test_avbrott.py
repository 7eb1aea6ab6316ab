"""What stops somebody in the middle: a session that ended, a forgotten password, too many tries, too much text."""

import http.client
import re
from urllib.parse import urlencode, urlsplit

import psycopg
from django.contrib.sessions.backends.db import SessionStore

from samordning.demo.konton import LOSENORD
from tests.webb.handgrepp import granska, knapp, rubrik, skicka

NYTT = "korrekt-hast-batteri-7"
NAMN = "Alva Bergström"


def test_what_was_written_is_still_there_after_a_new_login(oppna):
    sida = oppna("/konton/bjud-in/", "kontoansvarig", 390)
    sida.get_by_label("Namn").fill(NAMN)
    sida.context.clear_cookies(name="sessionid")
    knapp(sida, "Skicka inbjudan")
    granska(sida, "det du skrev finns kvar")
    with sida.context.expect_page() as ny_flik:
        sida.get_by_role("link", name="Logga in i en ny flik").click()
    inloggning = ny_flik.value
    inloggning.get_by_label("E-post").fill("kontoansvarig@example.se")
    inloggning.get_by_label("Lösenord").fill(LOSENORD)
    knapp(inloggning, "Logga in")
    assert urlsplit(inloggning.url).path == "/start/"
    knapp(sida, "Skicka igen")
    granska(sida, "Formuläret är inte skickat än")
    knapp(sida, "Skicka igen")
    assert sida.get_by_label("Namn").input_value() == NAMN
    assert "Skriv personens e-postadress." in sida.content()


def _koden(databas, kontext):
    """What the mail says, which only the worker would send: the session has it too."""
    nyckel = next(kaka["value"] for kaka in kontext.cookies() if kaka["name"] == "sessionid")
    with psycopg.connect(databas) as anslutning:
        fraga = "select session_data from django_session where session_key = %s"
        (data,) = anslutning.execute(fraga, [nyckel]).fetchone()
    return SessionStore().decode(data)["account_password_reset_verification"]["code"]


def test_a_forgotten_password_step_by_step(oppna, drift):
    sida = oppna("/konto/losenord/glomt/", None, 390)
    sida.get_by_label("E-post").fill("revisor@example.se")
    skicka(sida)
    granska(sida, "Kod")
    sida.get_by_label("Kod").fill(_koden(drift.databas, sida.context))
    skicka(sida)
    granska(sida, "Välj ett nytt lösenord")
    for falt in sida.locator("input[type=password]").all():
        falt.fill(NYTT)
    skicka(sida)
    granska(sida, "Lösenordet är ändrat")


def test_too_many_tries(oppna, server):
    """From another address than the browser's, which has more to do here."""
    svar = _forsok_tills_det_tar_slut(urlsplit(server).netloc, "/konton/inbjudan/")
    sida = oppna("/insatser/")
    sida.route("**/konton/inbjudan/", lambda rutt: rutt.fulfill(status=429, content_type="text/html", body=svar))
    sida.goto("/konton/inbjudan/")
    granska(sida, "För många försök")


def _forsok_tills_det_tar_slut(vard, adress):
    kaka = token = ""
    for _ in range(30):
        anslutning = http.client.HTTPConnection(vard, source_address=("127.0.0.9", 0))
        huvuden = {"Cookie": kaka, "Content-Type": "application/x-www-form-urlencoded"}
        kropp = urlencode({"csrfmiddlewaretoken": token, "kod": "AAAA"}) if token else None
        anslutning.request("POST" if token else "GET", adress, kropp, huvuden)
        svar = anslutning.getresponse()
        text = svar.read().decode()
        anslutning.close()
        if svar.status == 429:
            return text
        kaka = svar.getheader("Set-Cookie", kaka).split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    raise AssertionError("Ingen gräns nåddes")


def test_too_much_text_gives_a_page_and_not_the_browsers_own_error(oppna):
    sida = oppna("/konton/bjud-in/", "kontoansvarig")
    sida.get_by_label("Namn").evaluate("falt => { falt.removeAttribute('maxlength'); falt.value = 'x'.repeat(6e6); }")
    knapp(sida, "Skicka inbjudan")
    assert rubrik(sida).inner_text() == "Det du skickade är för stort"
    granska(sida, "Inget har sparats")
