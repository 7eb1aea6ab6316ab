"""The product as it is run, in a process of its own with the demo data, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import SimpleNamespace
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

from samordning.demo.konton import LOSENORD
from samordning.management.commands.bilder import FLAGGOR
from tests.webb.handgrepp import TALAMOD, knapp, nytt_fonster, utan_klagomal, visa

CHROMIUM = os.environ.get("SAMORDNING_CHROMIUM")
DATABAS = "samordning_webb"


def pytest_collection_modifyitems(items):
    """The browser's event loop and Django's ORM do not share a thread: the stories run last, together."""
    har = os.path.dirname(__file__)
    items.sort(key=lambda item: str(item.path).startswith(har))
    for item in items:
        if str(item.path).startswith(har):
            item.add_marker(pytest.mark.webb)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip("Chromium saknas. Debian: sudo apt install chromium"))


def _ledig_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _ny_databas():
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as anslutning:
        anslutning.execute(f"drop database if exists {DATABAS} with (force)")
        anslutning.execute(f"create database {DATABAS}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(DATABAS)}"))


@pytest.fixture(scope="package")
def drift(tmp_path_factory):
    """Gunicorn with the product's own settings: its `url`, data folder, log and database."""
    port = _ledig_port()
    data = tmp_path_factory.mktemp("data")
    logg = tmp_path_factory.mktemp("logg") / "webb.log"
    miljo = os.environ | {
        "DATABASE_URL": _ny_databas(), "SAMORDNING_DATA": str(data), "SAMORDNING_DEMO": "1",
        "SAMORDNING_HTTPS": "0", "SAMORDNING_DEBUG": "0", "DJANGO_SETTINGS_MODULE": "samordning.settings",
        "SAMORDNING_ADRESS": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    for argument in (["migrate", "-v0"], ["ladda_demo", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *argument], cwd=settings.ROT, env=miljo, check=True)
    bind = f"127.0.0.1:{port}"
    gunicorn = [sys.executable, "-m", "gunicorn", "samordning.wsgi", "-b", bind, "--threads", "4"]
    with logg.open("wb") as utmatning:
        process = subprocess.Popen(gunicorn, cwd=settings.ROT, env=miljo, stdout=utmatning, stderr=utmatning)
        try:
            for _ in range(150):
                try:
                    urllib.request.urlopen(f"http://{bind}/halsa/")
                    break
                except urllib.error.URLError:
                    time.sleep(0.2)
            yield SimpleNamespace(
                url=f"http://{bind}", data=data, logg=logg, databas=miljo["DATABASE_URL"], miljo=miljo
            )
        finally:
            process.terminate()
            process.wait()


@pytest.fixture(scope="package")
def server(drift):
    return drift.url


@pytest.fixture(scope="package")
def webblasare():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=TALAMOD)
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=CHROMIUM, args=FLAGGOR)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def klagomal():
    """What the pages have complained of since the last test."""
    return []


@pytest.fixture(scope="package")
def inloggningar(server, webblasare, klagomal):
    """Role, or the name before the @ of another demo account -> its cookies; each logs in once, on the login page."""
    sparade = {}

    def kakor(roll):
        if roll not in sparade:
            sida = nytt_fonster(webblasare, server, klagomal)
            sida.goto("/konto/logga-in/")
            sida.get_by_label("E-post").fill(f"{roll}@example.se")
            sida.get_by_label("Lösenord").fill(LOSENORD)
            knapp(sida, "Logga in")
            assert sida.url == f"{server}/start/"
            sparade[roll] = sida.context.storage_state()["cookies"]
            sida.context.close()
        return sparade[roll]

    return kakor


@pytest.fixture(scope="package")
def lediga():
    """Windows that no test has open now: it takes the browser longer to make one than to show five pages."""
    fonster = []
    yield fonster
    for sida in fonster:
        sida.context.close()


@pytest.fixture
def oppna(server, webblasare, inloggningar, lediga, klagomal):
    """`oppna("/insatser/", "kansli", 390, morkt=True)` gives the page in a window with only that role's cookies.

    Nothing may complain in its console. With `val` of the browser's own the window is made for the test alone.
    """
    oppnade, egna = [], []

    def _oppna(adress, roll=None, bredd=1280, morkt=False, **val):
        sida = lediga.pop() if lediga and not val else nytt_fonster(webblasare, server, klagomal, **val)
        (egna if val else oppnade).append(sida)
        sida.context.clear_cookies()
        sida.context.add_cookies(inloggningar(roll) if roll else [])
        visa(sida, bredd, morkt)
        sida.goto(adress)
        return sida

    yield _oppna
    for sida in oppnade:
        if len(sida.context.pages) == 1:
            sida.unroute_all()
            sida.goto("about:blank")  # ends what it is asking for, with the cookies that it has
            lediga.append(sida)
        else:
            egna.append(sida)
    for sida in egna:
        sida.context.close()
    utan_klagomal(klagomal)
