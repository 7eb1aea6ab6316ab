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

from samordning.demo.konton import KONTON
from samordning.management.commands.bilder import FLAGGOR
from tests.webb.handgrepp import TALAMOD, knapp, lyssna, nytt_fonster

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
def inloggningar(server, webblasare):
    """Role -> the cookies of its demo account; each logs in once, through the login page."""
    sparade = {}

    def kakor(roll):
        if roll not in sparade:
            epost, losenord = next((e, losen) for _, e, losen in KONTON if e.split("@")[0] == roll)
            kontext = nytt_fonster(webblasare, server)
            sida = kontext.new_page()
            sida.goto("/konto/logga-in/")
            sida.get_by_label("E-post").fill(epost)
            sida.get_by_label("Lösenord").fill(losenord)
            knapp(sida, "Logga in")
            assert sida.url == f"{server}/start/"
            sparade[roll] = kontext.storage_state()
            kontext.close()
        return sparade[roll]

    return kakor


@pytest.fixture
def oppna(server, webblasare, inloggningar):
    """`oppna("/insatser/", "kansli", bredd=390, morkt=True)` gives the page; nothing may complain in its console."""
    kontexter, klagomal = [], []

    def _oppna(adress, roll=None, bredd=1280, morkt=False, **val):
        kakor = inloggningar(roll) if roll else None
        kontexter.append(nytt_fonster(webblasare, server, kakor, bredd, morkt, **val))
        sida = kontexter[-1].new_page()
        lyssna(sida, klagomal)
        sida.goto(adress)
        return sida

    yield _oppna
    for kontext in kontexter:
        kontext.close()
    assert klagomal == []
