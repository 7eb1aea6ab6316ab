"""What `./start` runs: the demo's data, then web, worker and beat, until Ctrl-C or until one of them ends."""

import hashlib
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from django import get_version
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from samordning.demo.konton import KONTON
from samordning.demo.ladda import ar_tom, ladda
from samordning.uppstart.processer import slut_med_foraldern

STARTTID, STOPPTID = 60, 10  # seconds

CELERY = ["celery", "--app", "samordning"]


class Command(BaseCommand):
    help = (
        "Startar Samordning med påhittade uppgifter: ordnar databasen, startar webbserver, arbetare och klocka och "
        "visar adressen och inloggningarna. Ctrl-C stoppar allt."
    )
    requires_system_checks = ()  # ./start test makes them; here they would cost a second of every start

    def handle(self, **_):
        bind = os.environ.get("BIND", "127.0.0.1:8000")
        with _signaler() as avbruten:
            call_command("migrate", verbosity=0, skip_checks=True)
            if ar_tom():
                self._sag("Lägger in påhittade uppgifter")
                ladda()
            self._samla_statiska_filer()
            connections.close_all()
            barn = {}
            try:
                for namn, kommando in _processer(bind).items():
                    barn[namn] = _starta(kommando)
                self._vanta_pa_svar(bind, barn, avbruten)
                if not avbruten:
                    self.stdout.write(_valkommen())
                    self.stdout.flush()
                while not avbruten:
                    _krav_att_alla_lever(barn)
                    time.sleep(0.2)
            finally:
                _stoppa(barn.values())
        self._sag("Allt är stoppat")

    def _sag(self, text):
        self.stderr.write(f"==> {text}", self.style.NOTICE)

    def _samla_statiska_filer(self):
        """Collect and compress, unless nothing has changed since it was last done."""
        if settings.DEBUG:
            return  # served from where they are
        markering = settings.STATIC_ROOT / ".avtryck"
        avtryck = _avtryck()
        if markering.exists() and markering.read_text() == avtryck:
            return
        self._sag("Samlar ihop stilmallar, teckensnitt och bilder")
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
        markering.write_text(avtryck)

    def _vanta_pa_svar(self, bind, barn, avbruten):
        begaran = urllib.request.Request(f"http://{_hit(bind)}/halsa/", headers={"Host": "localhost"})
        slut = time.monotonic() + STARTTID
        while not avbruten:
            _krav_att_alla_lever(barn)
            try:
                urllib.request.urlopen(begaran, timeout=5).close()
                return
            except OSError:  # not yet, or 503 until the broker answers
                if time.monotonic() > slut:
                    raise CommandError(
                        f"Webbservern svarar inte på {bind} efter {STARTTID} sekunder. Se vad som står ovan."
                    ) from None
                time.sleep(0.1)


@contextmanager
def _signaler():
    """A list that is filled by the first signal that asks us to stop; a loop looks at it."""
    avbruten = []
    signaler = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    tidigare = {s: signal.signal(s, lambda signum, _ram: avbruten.append(signum)) for s in signaler}
    try:
        yield avbruten
    finally:
        for signum, hanterare in tidigare.items():
            signal.signal(signum, hanterare)


def _processer(bind):
    """Name -> command of everything that runs."""
    return {
        "Webbservern": [
            "gunicorn", "samordning.wsgi", "--bind", bind, "--worker-class", "gthread", "--workers", "2",
            "--threads", "4", "--log-level", "warning", "--graceful-timeout", "5",
        ],
        "Arbetaren": [
            *CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "warning",
        ],
        "Klockan": [
            *CELERY, "beat", "--loglevel", "warning", "--pidfile", "",
            "--schedule", str(settings.DATA / "celerybeat-schedule"),
        ],
    }  # fmt: skip


def _starta(kommando):
    """In a group of its own, so that Ctrl-C reaches us alone and we choose the order of stopping."""
    return subprocess.Popen(kommando, process_group=0, preexec_fn=slut_med_foraldern, stdin=subprocess.DEVNULL)


def _krav_att_alla_lever(barn):
    for namn, process in barn.items():
        if (kod := process.poll()) is not None:
            raise CommandError(f"{namn} avslutades (kod {kod}). Därför stoppas allt. Orsaken står ovan.")


def _stoppa(processer):
    """Ask all of them to end; what has not ended after a while is killed with everything that it started."""
    for process in processer:
        process.terminate()
    slut = time.monotonic() + STOPPTID
    for process in processer:
        try:
            process.wait(max(0, slut - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _avtryck():
    """Changes when a static file, or what collects it, does."""
    summa = hashlib.sha256(f"{get_version()} {settings.STORAGES['staticfiles']['BACKEND']}".encode())
    for sokare in get_finders():
        for plats, lager in sokare.list(None):
            fil = os.stat(lager.path(plats))
            summa.update(f"{plats} {fil.st_size} {fil.st_mtime_ns}\n".encode())
    return summa.hexdigest()


def _hit(bind):
    """Where the server that listens on `bind` is reached from this machine."""
    vard, _, port = bind.rpartition(":")
    return f"{ {'0.0.0.0': '127.0.0.1', '[::]': '[::1]', '': '127.0.0.1'}.get(vard, vard) }:{port}"  # noqa: S104


def _valkommen():
    rader = [("Roll", "E-post", "Lösenord"), *KONTON]
    bredd = [max(len(rad[kolumn]) for rad in rader) for kolumn in range(3)]
    tabell = ["  ".join(falt.ljust(b) for falt, b in zip(rad, bredd, strict=True)).rstrip() for rad in rader]
    tabell.insert(1, "  ".join("-" * b for b in bredd))
    return (
        f"\nSamordning är igång: {settings.ADRESS}/\n\n"
        "Uppgifterna är påhittade. Skriv inte in något om verkliga personer.\n"
        "Inloggningar att prova med:\n\n" + "\n".join(f"  {rad}" for rad in tabell) + "\n\nAvsluta med Ctrl-C."
    )
