"""Folders, sockets and the account that the servers run under."""

import contextlib
import hashlib
import os
import pwd
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# A Unix socket's path has at most 107 bytes on Linux and 103 on macOS.
LANGSTA_SOCKET = 103
POSTGRES_SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Konto:
    """An account that root hands its server processes to: Postgres refuses to run as root."""

    uid: int
    gid: int

    def popen(self):
        """Keyword arguments that make subprocess run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}


def serverkonto(data):
    """The account for the servers: None means "as ourselves"; an existing cluster's owner keeps it."""
    if os.geteuid() != 0:
        return None
    kluster = data / "pg"
    if kluster.exists() and kluster.stat().st_uid != 0:
        return Konto(kluster.stat().st_uid, kluster.stat().st_gid)
    for namn in ("postgres", "nobody"):
        try:
            konto = pwd.getpwnam(namn)
        except KeyError:
            continue
        return Konto(konto.pw_uid, konto.pw_gid)
    sys.exit(
        "Postgres kan inte köras som root och kontona postgres och nobody saknas. Kör ./start som en vanlig användare."
    )


def skapa_datamapp(data):
    """Make the data folder: closed to others, but root's can be walked through, by the servers' account."""
    with contextlib.suppress(FileExistsError):
        data.mkdir(parents=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not os.access(data, os.W_OK | os.X_OK):
        sys.exit(f"Datamappen {data} går inte att skriva i. Kör ./start som mappens ägare, eller sätt SAMORDNING_DATA.")


def privat_mapp(mapp, konto=None):
    """Make `mapp` readable by one account only; refuse one that somebody else put there first (it may lie in /tmp)."""
    tillatna = {0, os.geteuid()} | ({konto.uid} if konto else set())
    mapp.mkdir(mode=0o700, exist_ok=True)
    if mapp.is_symlink() or mapp.stat().st_uid not in tillatna:
        sys.exit(f"{mapp} tillhör en annan användare. Kör ./start som den användaren, eller sätt SAMORDNING_DATA.")
    if konto:
        os.chown(mapp, konto.uid, konto.gid)
    mapp.chmod(0o700)


def socketmapp(data):
    """Where the sockets lie: in the data folder, or in the temporary folder when that path is long or odd.

    Postgres reads its socket folder as a list, and pg_ctl passes it through a shell, so only plain paths are used.
    """
    egen = data / "s"
    if re.fullmatch(r"[A-Za-z0-9_./-]+", str(egen)) and len(str(egen / POSTGRES_SOCKET)) <= LANGSTA_SOCKET:
        return egen
    marke = hashlib.sha256(os.fsencode(data)).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"samordning-{os.geteuid()}-{marke}"
