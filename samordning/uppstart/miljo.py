"""Stage 1 of ./start: the command line, a virtual environment from requirements.lock, and Pango.

It is run by path before anything is installed, so it uses the standard library only and imports nothing of the project.
It ends by becoming stage 2, `python -m samordning.uppstart`, inside the virtual environment.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROT = Path(__file__).resolve().parents[2]
VENV = ROT / ".venv"
PYTHON = VENV / "bin" / "python"
LASFIL = ROT / "requirements.lock"

HJALP = """\
./start                  startar Samordning med påhittade uppgifter på http://localhost:8000
./start --port N         samma sak på en annan port (eller BIND=adress:port ./start)
./start test [ARGUMENT]  kör kontrollerna och testerna; ARGUMENT går till pytest och då körs bara testerna
./start bench [ARGUMENT] mäter hastigheten
./start bilder           tar om bilderna i README
./start run KOMMANDO     kör ett kommando i miljön, till exempel: ./start run python manage.py shell
./start -h               visar den här texten

Det här händer
  Första gången skapas .venv i den här mappen och fylls med paketen i requirements.lock. Det kräver Python 3.11
  eller senare och nätverk. Saknas Pango (för PDF) installeras det med apt eller brew om det går utan lösenord,
  och för testerna Chromium på samma sätt.
  Finns Postgres på datorn används programmet därifrån, annars ett som följer med paketen. Samma sak gäller
  Redis eller Valkey. Båda körs med egna datamappar och nås bara från den här datorn. De stoppas när den sista
  ./start som använder dem avslutas. Sätt DATABASE_URL och REDIS_URL för att använda andra.

Data ligger i
  {data}
  och för test, bench och bilder i mappar bredvid med samma namn och -test, -bench eller -bilder efter.
  SAMORDNING_DATA=mapp ./start lägger data någon annanstans.
  I datamappen finns nycklar.env. Utan den går krypterade uppgifter inte att läsa.

Ta bort allt
  Avsluta ./start med Ctrl-C. Ta sedan bort datamapparna och .venv:
  rm -rf {borttag}
"""


class Felanvandning(ValueError):
    """The command line cannot be understood; the message says what is wrong, in Swedish."""


@dataclass(frozen=True)
class Kommando:
    """What ./start was asked to do; `namn` is demo, test, bench, bilder or run."""

    namn: str
    argument: list[str] = field(default_factory=list)
    port: int | None = None


def tolka(argv):
    """Read the command line (without the program's name). Raises Felanvandning."""
    if not argv:
        return Kommando("demo")
    ord_, *rest = argv
    if ord_ == "--port":
        if len(rest) != 1 or not rest[0].isdecimal() or not 0 < int(rest[0]) < 65536:
            raise Felanvandning("--port ska följas av ett tal mellan 1 och 65535 och inget mer.")
        return Kommando("demo", port=int(rest[0]))
    if ord_ == "run" and not rest:
        raise Felanvandning("Efter run ska det stå ett kommando.")
    if ord_ not in ("test", "bench", "bilder", "run"):
        raise Felanvandning(f"Det finns inget kommando som heter {ord_}.")
    return Kommando(ord_, rest)


def sag(text):
    print("==>", text, file=sys.stderr, flush=True)


def nabar(plats):
    """May any user walk down to `plats`? Postgres runs under another account when root starts it."""
    return all(mapp.stat().st_mode & 0o001 for mapp in Path(plats).resolve().parents if mapp.exists())


def datamapp(tillagg=""):
    """The data folder: SAMORDNING_DATA or .data in the checkout; `tillagg` gives tests and others their own beside it.

    Root's checkout may lie where no other account can walk (/root/...). Modes of folders above us are not ours to
    loosen, so the data goes to /var/lib then.
    """
    if os.environ.get("SAMORDNING_DATA"):
        grund = Path(os.environ["SAMORDNING_DATA"]).expanduser().absolute()
    elif os.geteuid() == 0 and not nabar(ROT / "x"):
        grund = Path("/var/lib") / f"samordning-{hashlib.sha256(os.fsencode(ROT)).hexdigest()[:8]}"
    else:
        grund = ROT / ".data"
    return grund.with_name(grund.name + tillagg)


def apt(*paket):
    """Install Debian packages, as root or where sudo asks nothing. False when that is not permitted or fails."""
    if not shutil.which("apt-get"):
        return False
    prefix = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if not shutil.which("sudo") or subprocess.run([*prefix, "true"], capture_output=True).returncode:
            return False
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-qq", "-o", "Dpkg::Use-Pty=0"]
    installera = [*apt_get, "install", "--no-install-recommends", *paket]
    sag(f"Installerar {' '.join(paket)} med apt")
    if subprocess.run(installera, capture_output=True).returncode == 0:
        return True
    subprocess.run([*apt_get, "update"], capture_output=True)  # the package lists may be old or empty
    return subprocess.run(installera, stdout=sys.stderr).returncode == 0


def fyll_venv():
    """Make .venv equal to requirements.lock for this Python in this place; does nothing when it already is."""
    markering = VENV / ".fylld"
    onskat = hashlib.sha256(LASFIL.read_bytes() + f"{sys.version}{VENV}".encode()).hexdigest()
    with LASFIL.open() as las:
        fcntl.flock(las, fcntl.LOCK_EX)  # two starts at once must not fill the same folder
        if os.access(PYTHON, os.X_OK) and markering.exists() and markering.read_text() == onskat:
            return
        sag("Installerar paketen i .venv (första gången, eller för att requirements.lock har ändrats)")
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            if uv := shutil.which("uv"):
                _fyll_med_uv(uv)
            else:
                _fyll_med_pip()
        except subprocess.CalledProcessError:
            sys.exit("Paketen kunde inte installeras; felet står ovan. Kör ./start igen när det är rättat.")
        markering.write_text(onskat)


def _fyll_med_uv(uv):
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, VENV], check=True)
    subprocess.run([uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", LASFIL], check=True)


def _fyll_med_pip():
    if not importlib.util.find_spec("ensurepip"):  # Debian and Ubuntu leave it out of python3
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if not (apt(f"python{version}-venv") or apt("python3-venv")):
            sys.exit(f"Kör först: sudo apt install python{version}-venv (eller installera uv).")
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--require-hashes", "-r", LASFIL], check=True)


def _pango_finns():
    if platform.system() == "Darwin":
        bibliotek = ("libpango-1.0.0.dylib", "libpangoft2-1.0.0.dylib")
    else:
        bibliotek = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
    ladda = "import ctypes, sys\nfor namn in sys.argv[1:]: ctypes.CDLL(namn)"
    return subprocess.run([sys.executable, "-c", ladda, *bibliotek], capture_output=True).returncode == 0


def ordna_pango():
    """Pango draws the text in PDF files. It is a system library; without it everything else works."""
    if platform.system() == "Darwin":
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")
    if _pango_finns():
        return
    if platform.system() == "Darwin" and shutil.which("brew"):
        subprocess.run(["brew", "install", "pango"])
    elif platform.system() == "Linux":
        apt("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
    if not _pango_finns():
        sag(
            "PDF är avstängt eftersom Pango saknas. Allt annat fungerar. Debian och Ubuntu: sudo apt install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango."
        )


def hjalptext():
    data = datamapp()
    return HJALP.format(data=data, borttag=f'"{data}" "{data}"-* "{VENV}"')


def main():
    argv = sys.argv[1:]
    if argv[:1] in (["-h"], ["--help"]):
        print(hjalptext())
        return
    try:
        tolka(argv)
    except Felanvandning as fel:
        print(fel, hjalptext(), sep="\n\n", file=sys.stderr)
        sys.exit(2)
    fyll_venv()
    ordna_pango()
    os.chdir(ROT)
    os.execv(PYTHON, [str(PYTHON), "-m", "samordning.uppstart", *argv])  # noqa: S606


if __name__ == "__main__":
    main()
