"""Take the pictures of README again: `./start bilder`, in a data folder of its own."""

import os
import subprocess
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from samordning.demo.konton import KONTON
from samordning.uppstart.granskning import webblasare
from samordning.uppstart.processer import slut_med_foraldern

MAPP = settings.ROT / "samordning" / "demo" / "bilder"
BIND = "127.0.0.1:8099"
FLAGGOR = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# file name, address, role that is logged in (None: nobody)
BILDER = (
    ("katalog", "/insatser/", None),
    ("insats", "/insatser/rorsas-lantliv/", None),
    ("start", "/start/", "kansli"),
    ("utfall", "/uppfoljning/utfall/?fran=2023-01-01&till=2023-12-31", "kansli"),
    ("inkorg", "/remisser/inkorg/", "insatspersonal"),
    ("deltagare", "/uppfoljning/deltagare/", "insatspersonal"),
    ("arende", "/arenden/2/", "kansli"),
    ("arshjul", "/ekonomi/arshjul/", "kansli"),
    ("budget", "/ekonomi/ar/3/", "kansli"),
    ("mote", "/moten/", "kansli"),
    ("svara", "/svara/", None),
)


class Command(BaseCommand):
    help = "Tar om bilderna i README med påhittade uppgifter."

    def handle(self, **_):
        if not (chromium := webblasare()):
            raise CommandError("Chromium saknas. Debian: sudo apt install chromium")
        call_command("migrate", verbosity=0)
        call_command("ladda_demo", verbosity=0)
        miljo = os.environ | {"SAMORDNING_DEBUG": "1"}
        server = subprocess.Popen(
            ["python", "manage.py", "runserver", BIND, "--noreload"], env=miljo, preexec_fn=slut_med_foraldern,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self._vanta()
            self._ta(chromium)
        finally:
            server.terminate()
            server.wait()

    def _vanta(self):
        for _ in range(100):
            try:
                return urllib.request.urlopen(f"http://{BIND}/insatser/")
            except urllib.error.URLError:
                time.sleep(0.2)
        raise CommandError("Webbservern svarar inte.")

    def _ta(self, chromium):
        from playwright.sync_api import sync_playwright  # a test tool, absent in production

        losenord = {roll: (epost, ord_) for roll, epost, ord_ in KONTON}
        MAPP.mkdir(exist_ok=True)
        with sync_playwright() as p:
            webb = p.chromium.launch(executable_path=chromium, args=FLAGGOR)
            for namn, adress, roll in BILDER:
                sida = webb.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
                if roll:
                    epost, ord_ = next(v for k, v in losenord.items() if k.lower().startswith(roll))
                    sida.goto(f"http://{BIND}{reverse('account_login')}")
                    sida.fill("#id_login", epost)
                    sida.fill("#id_password", ord_)
                    sida.click("main form button[type=submit]")
                sida.goto(f"http://{BIND}{adress}")
                sida.screenshot(path=MAPP / f"{namn}.png")
                sida.close()
                self.stdout.write(f"{namn}.png")
            webb.close()
