"""./start test: the checks one by one, then pytest, whose closing line is the last that is printed."""

import os
import shutil
import subprocess
import sys
import tempfile

from samordning.uppstart.miljo import apt, sag
from samordning.uppstart.processer import kor, slut_med_foraldern

BERATTELSER = "tests/webb"
DRIFT = {
    "SAMORDNING_HTTPS": "1",
    "SAMORDNING_DEBUG": "0",
    "SAMORDNING_DEMO": "0",
    "SAMORDNING_ADRESS": "https://samordning.example.se",
}

# (command, what differs in its environment)
KONTROLLER = [
    (["ruff", "check", "--quiet", "."], {}),
    (["ruff", "format", "--quiet", "--check", "."], {}),
    (["djlint", "templates", "--lint", "--quiet"], {}),
    (["python", "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    (["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], DRIFT),
    (["python", "-m", "samordning.uppstart.migrationsgranskning"], {}),
]


def webblasare():
    """Path of the browser for the stories: SAMORDNING_CHROMIUM, the system's, or installed with apt; None without."""
    for _ in range(2):
        for namn in (os.environ.get("SAMORDNING_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
            if namn and (plats := shutil.which(namn)):
                return plats
        if not apt("chromium"):
            return None
    return None


def kor_tester(argument, miljo):
    """Run everything, or only pytest when it has arguments; returns the exit code of the first that fails."""
    if plats := webblasare():
        miljo = miljo | {"SAMORDNING_CHROMIUM": plats}
    elif miljo.get("CI") == "true":
        print(
            "Chromium saknas och kunde inte installeras. I CI måste berättelserna i webbläsaren köras.", file=sys.stderr
        )
        return 1
    else:
        sag("Chromium saknas: berättelserna i webbläsaren hoppas över. Debian: sudo apt install chromium")
    for kommando, skillnad in [] if argument else KONTROLLER:
        sag(" ".join(kommando))
        if kod := kor(kommando, miljo | skillnad):
            sag(f"Stopp: {' '.join(kommando)} gick inte igenom (kod {kod}). Testerna har inte körts.")
            return kod
    return kor(["python", "-m", "pytest", *argument], miljo) if argument else _alla_tester(miljo)


def _alla_tester(miljo):
    """The browser's stories beside the other tests, since a story mostly waits; what they print comes last."""
    with tempfile.TemporaryFile() as utskrift:
        berattelser = subprocess.Popen(
            [sys.executable, "-m", "pytest", BERATTELSER], env=miljo, stdout=utskrift, stderr=subprocess.STDOUT,
            preexec_fn=slut_med_foraldern,
        )  # fmt: skip
        try:
            kod = kor(["python", "-m", "pytest", "--ignore", BERATTELSER], miljo)
            kod = berattelser.wait() or kod
        finally:
            berattelser.terminate()
            sys.stdout.flush()
            utskrift.seek(0)
            shutil.copyfileobj(utskrift, sys.stdout.buffer)
    return kod
