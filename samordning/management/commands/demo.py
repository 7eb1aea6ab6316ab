"""What `./start` runs: the demo's data, then web, worker and beat, until Ctrl-C or until one of them ends."""

import hashlib
import multiprocessing
import os
import signal
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from importlib import import_module

from django import get_version
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from samordning.demo import rapport
from samordning.demo.konton import KONTON
from samordning.demo.ladda import ar_laddad, ar_tom, ladda
from samordning.uppstart.processer import slut_med_foraldern

STARTTID, STOPPTID = 60, 10  # seconds
SIGNALER = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = (
        "Startar Samordning med påhittade uppgifter: ordnar databasen, startar webbserver, arbetare och klocka och "
        "visar adressen och inloggningarna. Ctrl-C stoppar allt."
    )
    requires_system_checks = ()  # ./start test makes them; here they would cost a second of every start

    def handle(self, **_):
        bind = os.environ.get("BIND", "127.0.0.1:8000")
        with _signaler() as avbruten:
            self._migrera()
            if ar_tom():
                self._sag("Lägger in påhittade uppgifter")
                ladda()
                rapport.bestall()
            inloggningar = KONTON if ar_laddad() else ()
            self._samla_statiska_filer()
            barn = {}
            try:
                barn["Webbservern"] = _starta(_webb, bind)
                self._vanta_pa_svar(bind, barn, avbruten)
                # Not before the first page can be shown: they would take the processors from it.
                barn["Arbetaren"] = _starta(_ersatt_med, ARBETARE)
                barn["Klockan"] = _starta(_ersatt_med, KLOCKA)
                if not avbruten:
                    self.stdout.write(_valkommen(inloggningar))
                    self.stdout.flush()
                while not avbruten:
                    _krav_att_alla_lever(barn)
                    time.sleep(0.2)
            finally:
                _stoppa(barn.values())
        self._sag("Allt är stoppat")

    def _sag(self, text):
        self.stderr.write(f"==> {text}", self.style.NOTICE)

    def _migrera(self):
        """Looking first is faster than `migrate`, which asks and writes much also when there is nothing to do."""
        plan = MigrationExecutor(connection)
        if plan.migration_plan(plan.loader.graph.leaf_nodes()):
            self._sag("Ordnar databasens tabeller")
            call_command("migrate", verbosity=0, skip_checks=True)

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
                urllib.request.urlopen(begaran, timeout=5).close()  # noqa: S310
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
    tidigare = {s: signal.signal(s, lambda signum, _ram: avbruten.append(signum)) for s in SIGNALER}
    try:
        yield avbruten
    finally:
        for signum, hanterare in tidigare.items():
            signal.signal(signum, hanterare)


def _webb(bind):
    """gunicorn inside the process that we are: Django is loaded already, which halves the wait for the first page."""
    sys.argv = [
        "gunicorn", "samordning.wsgi", "--bind", bind, "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--log-level", "warning", "--graceful-timeout", "5",
    ]  # fmt: skip
    import_module("gunicorn.app.wsgiapp").run()


def _ersatt_med(kommando):
    os.execvp(kommando[0], kommando)  # noqa: S606


CELERY = ["celery", "--app", "samordning"]
ARBETARE = [
    *CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "warning",
]  # fmt: skip
KLOCKA = [
    *CELERY, "beat", "--loglevel", "warning", "--pidfile", "", "--schedule", str(settings.DATA / "celerybeat-schedule"),
]  # fmt: skip


def _starta(gor, argument):
    """Run `gor(argument)` in a process of its own, which ends with us."""
    import_module(settings.WSGI_APPLICATION.rpartition(".")[0])
    import_module(settings.ROOT_URLCONF)
    connections.close_all()  # a connection must not be shared with a child
    process = multiprocessing.get_context("fork").Process(target=_i_barnet, args=(gor, argument))
    process.start()
    return process


def _i_barnet(gor, argument):
    slut_med_foraldern()
    os.setpgid(0, 0)  # Ctrl-C in the terminal reaches our parent alone, which chooses the order of stopping
    for signum in SIGNALER:
        signal.signal(signum, signal.SIG_DFL)
    gor(argument)


def _krav_att_alla_lever(barn):
    for namn, process in barn.items():
        if process.exitcode is not None:
            raise CommandError(f"{namn} avslutades (kod {process.exitcode}). Därför stoppas allt. Orsaken står ovan.")


def _stoppa(processer):
    """Ask all of them to end; what has not ended after a while is killed with everything that it started."""
    for process in processer:
        process.terminate()
    slut = time.monotonic() + STOPPTID
    for process in processer:
        process.join(max(0, slut - time.monotonic()))
        with suppress(ProcessLookupError):  # the whole group is gone, as it should be
            os.killpg(process.pid, signal.SIGKILL)
        process.join()


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


def _valkommen(inloggningar):
    text = f"\nSamordning är igång: {settings.ADRESS}/\n\n"
    if inloggningar:
        rader = [("Roll", "E-post", "Lösenord"), *inloggningar]
        bredd = [max(map(len, kolumn)) for kolumn in zip(*rader, strict=True)]
        rader.insert(1, ["-" * b for b in bredd])
        tabell = ["  ".join(falt.ljust(b) for falt, b in zip(rad, bredd, strict=True)).rstrip() for rad in rader]
        text += (
            "Uppgifterna är påhittade. Skriv inte in något om verkliga personer.\n"
            "Inloggningar att prova med:\n\n" + "\n".join(f"  {rad}" for rad in tabell) + "\n\n"
        )
    return text + "Avsluta med Ctrl-C."
