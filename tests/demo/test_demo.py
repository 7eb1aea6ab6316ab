"""The command that `./start` runs: its parts, and that one child's end is the end of all."""

import os
import signal
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.test import override_settings

from samordning.demo.konton import KONTON
from samordning.management.commands import demo


def lever(process):
    return process.exitcode is None


def vanta(villkor, sekunder=10):
    slut = time.monotonic() + sekunder
    while not villkor():
        assert time.monotonic() < slut
        time.sleep(0.02)


def sov(_argument):
    time.sleep(60)


def dor(_argument):
    os._exit(3)


def dov(fil):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Path(fil).touch()
    time.sleep(60)


class Svarar(BaseHTTPRequestHandler):
    def do_GET(self):
        assert self.path == "/halsa/"
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def svara(port):
    HTTPServer(("127.0.0.1", port), Svarar).serve_forever()


@pytest.fixture
def barn():
    """`barn["namn"] = ...`; whatever is left is killed after the test."""
    processer = {}
    yield processer
    for process in processer.values():
        process.kill()
        process.join()


def test_one_that_dies_is_named_with_its_code(barn):
    barn["Webbservern"] = demo._starta(sov, None)
    barn["Klockan"] = demo._starta(dor, None)
    barn["Klockan"].join(10)
    with pytest.raises(CommandError, match=r"Klockan avslutades \(kod 3\)\. Därför stoppas allt"):
        demo._krav_att_alla_lever(barn)


def test_all_are_stopped_also_one_that_will_not(barn, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "STOPPTID", 0.5)
    barn["snäll"] = demo._starta(sov, None)
    barn["döv"] = demo._starta(dov, tmp_path / "redo")
    vanta((tmp_path / "redo").exists)
    demo._krav_att_alla_lever(barn)
    demo._stoppa(barn.values())
    assert [process.exitcode for process in barn.values()] == [-signal.SIGTERM, -signal.SIGKILL]


def test_a_child_has_a_group_of_its_own_so_that_ctrl_c_leaves_it_to_us(barn):
    barn["x"] = demo._starta(sov, None)
    vanta(lambda: os.getpgid(barn["x"].pid) == barn["x"].pid)
    assert os.getpgid(barn["x"].pid) != os.getpgrp()


def test_it_waits_for_the_web_server_to_answer(barn, unused_tcp_port):
    barn["Webbservern"] = demo._starta(svara, unused_tcp_port)
    demo.Command()._vanta_pa_svar(f"127.0.0.1:{unused_tcp_port}", barn, [])
    assert lever(barn["Webbservern"])


@pytest.fixture
def unused_tcp_port():
    with HTTPServer(("127.0.0.1", 0), Svarar) as server:
        return server.server_port


def test_it_does_not_wait_for_one_that_never_answers(barn, unused_tcp_port, monkeypatch):
    monkeypatch.setattr(demo, "STARTTID", 0.3)
    barn["Webbservern"] = demo._starta(sov, None)
    with pytest.raises(CommandError, match="svarar inte på"):
        demo.Command()._vanta_pa_svar(f"127.0.0.1:{unused_tcp_port}", barn, [])


def test_signals_are_collected_and_the_old_handlers_come_back():
    fore = signal.getsignal(signal.SIGTERM)
    with demo._signaler() as avbruten:
        os.kill(os.getpid(), signal.SIGTERM)
        vanta(lambda: avbruten)
        assert avbruten == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) is fore


@pytest.mark.parametrize(
    ("bind", "hit"),
    [
        ("127.0.0.1:8000", "127.0.0.1:8000"),
        ("0.0.0.0:80", "127.0.0.1:80"),
        ("[::]:8000", "[::1]:8000"),
        ("192.0.2.7:9", "192.0.2.7:9"),
    ],
)
def test_where_the_server_is_reached(bind, hit):
    assert demo._hit(bind) == hit
    assert urllib.request.Request(f"http://{hit}/halsa/").host == hit


def test_the_table_of_logins():
    with override_settings(ADRESS="http://localhost:8123"):
        text = demo._valkommen(KONTON)
    assert "http://localhost:8123/" in text
    rader = [rad for rad in text.splitlines() if "@example.se" in rad]
    assert [rad.split()[0] for rad in rader] == [roll for roll, _, _ in KONTON]
    assert len({rad.index("@example.se") - len(rad.split()[1].split("@")[0]) for rad in rader}) == 1


def test_no_logins_are_shown_for_a_database_of_ones_own():
    assert "@example.se" not in demo._valkommen(())


def test_static_files_are_collected_when_one_has_changed(tmp_path, monkeypatch):
    kallor, mal = tmp_path / "kallor", tmp_path / "static"
    kallor.mkdir()
    (kallor / "a.css").write_text("a{}")
    kommandon = []
    monkeypatch.setattr(demo, "call_command", lambda namn, **_: (kommandon.append(namn), mal.mkdir(exist_ok=True)))
    kommando = demo.Command()
    kommando.stderr.write = lambda *_: None
    with override_settings(STATICFILES_DIRS=[kallor], STATIC_ROOT=mal, DEBUG=False):
        kommando._samla_statiska_filer()
        kommando._samla_statiska_filer()
        assert kommandon == ["collectstatic"]
        (kallor / "a.css").write_text("a{color:red}")
        kommando._samla_statiska_filer()
        assert kommandon == ["collectstatic"] * 2
