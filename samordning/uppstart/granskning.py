"""./start test: the checks one by one, then pytest, whose closing line is the last that is printed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from samordning.uppstart.miljo import apt, sag
from samordning.uppstart.processer import kor, slut_med_foraldern

# What pytest is given at a time, the slowest first: each part has a process, a database and a data folder of its own.
# The part that is not named here takes all that the others leave.
DELAR = {
    "webb": ["tests/webb"],
    "uppfoljning": ["tests/uppfoljning"],
    "resten": [],
    "access": ["tests/test_access.py"],
}
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
    miljo = miljo | _bytekod(miljo)
    for kommando, skillnad in [] if argument else KONTROLLER:
        sag(" ".join(kommando))
        if kod := kor(kommando, miljo | skillnad):
            sag(f"Stopp: {' '.join(kommando)} gick inte igenom (kod {kod}). Testerna har inte körts.")
            return kod
    return kor(["python", "-m", "pytest", *argument], miljo) if argument else _alla_tester(miljo)


def _bytekod(miljo):
    """Compiled modules are kept beside the data, also where the environment says that none are: reading the sources
    anew costs each of some twenty processes three seconds."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": os.path.join(miljo["SAMORDNING_DATA"], "bytekod")}


def _argument(del_):
    """What pytest is told to run of a part."""
    andras = [plats for platser in DELAR.values() for plats in platser]
    return DELAR[del_] or [f"--ignore={plats}" for plats in andras]


def _starta(del_, miljo, utskrift):
    data = os.path.join(miljo["SAMORDNING_DATA"], del_)
    os.makedirs(data, exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *_argument(del_)], stdout=utskrift, stderr=subprocess.STDOUT,
        env=miljo | {"SAMORDNING_DATA": data, "SAMORDNING_TESTDEL": del_}, preexec_fn=slut_med_foraldern,
    )  # fmt: skip


def _alla_tester(miljo):
    """Every part, as many at a time as there are processors but at least two, since a story mostly waits.

    What a part prints comes when it has ended, in one piece; what a part that is interrupted has printed comes too.
    Returns the exit code of the first that failed.
    """
    kvar, pagar, kod = [*DELAR], {}, 0
    samtidigt = max(2, os.cpu_count() or 1)
    try:
        while kvar or pagar:
            while kvar and len(pagar) < samtidigt:
                del_ = kvar.pop(0)
                sag(f"pytest: {del_}")
                utskrift = tempfile.TemporaryFile()  # noqa: SIM115 closed by _skriv_ut
                pagar[del_] = _starta(del_, miljo, utskrift), utskrift
            time.sleep(0.2)
            for del_, (process, utskrift) in [*pagar.items()]:
                if process.poll() is not None:
                    del pagar[del_]
                    _skriv_ut(del_, utskrift)
                    kod = kod or process.returncode
    finally:
        for process, _ in pagar.values():
            process.terminate()
        for del_, (process, utskrift) in pagar.items():
            process.wait()
            _skriv_ut(del_, utskrift)
    return kod if kod >= 0 else 128 - kod


def _skriv_ut(del_, utskrift):
    sag(f"pytest: {del_} är klar")
    with utskrift:
        utskrift.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(utskrift, sys.stdout.buffer)
        sys.stdout.buffer.flush()
