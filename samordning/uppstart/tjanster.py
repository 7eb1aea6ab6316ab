"""The services of one data folder, shared by every ./start that uses it and stopped by the last."""

import contextlib
import fcntl
import os

from samordning.uppstart.mellanlager import Mellanlager
from samordning.uppstart.miljo import ROT, VENV, sag
from samordning.uppstart.nycklar import hamta
from samordning.uppstart.platser import privat_mapp, serverkonto, skapa_datamapp, socketmapp
from samordning.uppstart.postgres import Postgres
from samordning.uppstart.processer import lat_stadningen_vara


def _las(fil, satt):
    """Take a lock at once; False when somebody else is in the way."""
    try:
        fcntl.flock(fil, satt | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def igang(data, *, sakert=True, ensam=False):
    """Start what the environment does not already name; yields how to reach it; stops it after the last user.

    `ensam` waits until nobody else uses the folder: two test runs would share one test database.

    Two locks, both let go by the kernel however a process ends: `anvands.las` is held shared as long as a start lives,
    so whoever can take it alone is the last; `start.las` is the door through which one at a time starts or stops.
    """
    skapa_datamapp(data)
    with open(data / "anvands.las", "a") as anvands, open(data / "start.las", "a") as dorr:
        satt = fcntl.LOCK_EX if ensam else fcntl.LOCK_SH
        if not _las(anvands, satt):
            sag(f"Väntar på en annan ./start som använder {data}")
            fcntl.flock(anvands, satt)
        fcntl.flock(dorr, fcntl.LOCK_EX)
        miljo = hamta(data)
        konto, sockets = serverkonto(data), socketmapp(data)
        privat_mapp(sockets, konto)
        tjanster = []
        if not os.environ.get("DATABASE_URL"):
            tjanster.append(Postgres(data, sockets, konto, sakert))
        if not os.environ.get("REDIS_URL"):
            tjanster.append(Mellanlager(data, sockets))
        startade = []
        try:
            for tjanst in tjanster:
                startade.append(tjanst)
                miljo |= tjanst.starta()
            fcntl.flock(dorr, fcntl.LOCK_UN)
            yield miljo
        finally:
            lat_stadningen_vara()
            fcntl.flock(dorr, fcntl.LOCK_EX)
            fcntl.flock(anvands, fcntl.LOCK_UN)
            if _las(anvands, fcntl.LOCK_EX):
                for tjanst in reversed(startade):
                    tjanst.stoppa()
                with contextlib.suppress(OSError):  # not empty when a server did not stop
                    sockets.rmdir()


def miljovariabler(given, egna, data, bind):
    """The environment of our commands: `given` (the caller's) wins over `egna` (ours) and the embedded defaults."""
    standard = {
        "BIND": bind,
        "SAMORDNING_ADRESS": "http://" + bind.replace("127.0.0.1", "localhost"),
        "SAMORDNING_HTTPS": "0",
        "SAMORDNING_DEMO": "1",
    }
    miljo = standard | egna | {namn: varde for namn, varde in given.items() if varde or namn not in egna}
    if "DATABASE_URL" in egna:  # PGPORT and its like would lead libpq away from our socket
        miljo = {namn: varde for namn, varde in miljo.items() if not namn.startswith("PG")}
    if miljo.get("DJANGO_SETTINGS_MODULE") == "samordning.settings":
        # Set by importing the package, not by the caller; pytest would prefer it to the setting in pyproject.toml.
        del miljo["DJANGO_SETTINGS_MODULE"]
    return miljo | {
        "SAMORDNING_DATA": str(data),
        "VIRTUAL_ENV": str(VENV),
        "PATH": f"{VENV / 'bin'}{os.pathsep}{given.get('PATH', os.defpath)}",
        "PWD": str(ROT),
    }
