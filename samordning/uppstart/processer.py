"""Child processes: they get the signals that we get, and they end when we end, however we end."""

import ctypes
import os
import signal
import subprocess
import sys

DODSSIGNAL = 1  # PR_SET_PDEATHSIG in <linux/prctl.h>


def slut_med_foraldern():
    """For `preexec_fn`: the kernel ends this child with SIGTERM when its parent dies, also of kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DODSSIGNAL, signal.SIGTERM)


def avbryt_vid_signal():
    """Turn SIGTERM and SIGHUP into SystemExit, so that what is started is stopped also before there is a child."""

    def avbryt(signum, _ram):
        sys.exit(128 + signum)

    signal.signal(signal.SIGTERM, avbryt)
    signal.signal(signal.SIGHUP, avbryt)


def lat_stadningen_vara():
    """From here on no signal interrupts: stopping the servers takes a second or two and must be finished."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)


def _fran_terminalen():
    """Are we the terminal's foreground group? Then Ctrl-C reaches the child without us."""
    try:
        terminal = os.open(os.ctermid(), os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def kor(kommando, miljo):
    """Run a command to its end, pass signals on to it, and return its exit code (128 + N when signal N ended it)."""
    barn = None

    def vidare(signum, _ram):
        if barn and not (signum == signal.SIGINT and _fran_terminalen()):
            barn.send_signal(signal.SIGTERM if signum == signal.SIGHUP else signum)

    tidigare = {s: signal.signal(s, vidare) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        barn = subprocess.Popen(list(map(str, kommando)), env=miljo, preexec_fn=slut_med_foraldern)
        kod = barn.wait()
    except OSError as fel:
        print(f"Kan inte köra {kommando[0]}: {fel.strerror}.", file=sys.stderr)
        kod = 127
    finally:
        for signum, hanterare in tidigare.items():
            signal.signal(signum, hanterare)
    return kod if kod >= 0 else 128 - kod
