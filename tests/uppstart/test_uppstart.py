"""./start: the command line, where data lie, the keys, the addresses, and what the commands get as environment."""

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from samordning import settings
from samordning.uppstart import __main__ as steg2
from samordning.uppstart import miljo, nycklar, platser, processer, tjanster
from samordning.uppstart.miljo import Felanvandning, Kommando, datamapp, hjalptext, tolka

ROT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("argv", "kommando"),
    [
        ([], Kommando("demo")),
        (["--port", "8001"], Kommando("demo", port=8001)),
        (["test"], Kommando("test")),
        (["test", "tests/karna", "-k", "x"], Kommando("test", ["tests/karna", "-k", "x"])),
        (["run", "python", "-V"], Kommando("run", ["python", "-V"])),
        (["bench", "--snabb"], Kommando("bench", ["--snabb"])),
        (["bilder"], Kommando("bilder")),
    ],
)
def test_the_command_line(argv, kommando):
    assert tolka(argv) == kommando


@pytest.mark.parametrize(
    ("argv", "fel"),
    [
        (["--port"], "mellan 1 och 65535"),
        (["--port", "0"], "mellan 1 och 65535"),
        (["--port", "65536"], "mellan 1 och 65535"),
        (["--port", "http"], "mellan 1 och 65535"),
        (["--port", "8000", "x"], "inget mer"),
        (["run"], "stå ett kommando"),
        (["strat"], "inget kommando som heter strat"),
    ],
)
def test_what_the_command_line_may_not_be(argv, fel):
    with pytest.raises(Felanvandning, match=fel):
        tolka(argv)


def test_wrong_usage_exits_with_2_and_help_with_0():
    def kor(*argument):
        return subprocess.run([sys.executable, miljo.__file__, *argument], capture_output=True, text=True, timeout=20)

    fel = kor("strat")
    assert (fel.returncode, fel.stdout) == (2, "")
    assert fel.stderr.startswith("Det finns inget kommando som heter strat.")
    hjalp = kor("-h")
    assert hjalp.returncode == 0
    assert "./start --port N" in hjalp.stdout


def test_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMORDNING_DATA", str(tmp_path / "d"))
    assert datamapp() == tmp_path / "d"
    assert datamapp("-test") == tmp_path / "d-test"
    assert f'"{tmp_path / "d"}"-*' in hjalptext()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMORDNING_DATA", "d")
    assert datamapp("-bench") == tmp_path / "d-bench"
    monkeypatch.delenv("SAMORDNING_DATA")
    monkeypatch.setattr(miljo, "nabar", lambda _: True)
    assert datamapp() == ROT / ".data"


def test_roots_checkout_that_nobody_else_can_reach_has_its_data_elsewhere(monkeypatch):
    monkeypatch.delenv("SAMORDNING_DATA", raising=False)
    monkeypatch.setattr(miljo.os, "geteuid", lambda: 0)
    monkeypatch.setattr(miljo, "nabar", lambda _: False)
    assert datamapp("-test").parent == Path("/var/lib")
    assert datamapp("-test").name.endswith("-test")


def test_a_folder_above_that_is_closed_is_not_reachable(tmp_path):
    (tmp_path / "stangd" / "inre").mkdir(parents=True)
    (tmp_path / "stangd").chmod(0o700)
    assert not miljo.nabar(tmp_path / "stangd" / "inre" / "fil")


def test_the_keys_are_made_once_and_closed_to_others(tmp_path):
    forsta = nycklar.hamta(tmp_path)
    assert set(forsta) == set(nycklar.NAMN)
    assert nycklar.hamta(tmp_path) == forsta
    fil = tmp_path / "nycklar.env"
    assert stat.S_IMODE(fil.stat().st_mode) == 0o600
    assert [barn.name for barn in tmp_path.iterdir()] == [fil.name]
    annan = tmp_path / "annan"
    annan.mkdir()
    assert not set(nycklar.hamta(annan).values()) & set(forsta.values())


def test_the_keys_are_long_enough(tmp_path):
    varden = nycklar.hamta(tmp_path)
    nyckel_id, nyckel = varden["SAMORDNING_NYCKLAR"].split(":")
    assert nyckel_id == "1"
    for base64 in (nyckel, varden["SAMORDNING_UPPSLAGSNYCKEL"]):
        assert len(settings.base64.b64decode(base64)) == 32
    assert len(varden["SAMORDNING_HEMLIGHET"]) >= 64


def test_a_database_without_its_keys_is_refused(tmp_path):
    (tmp_path / "pg").mkdir()
    with pytest.raises(SystemExit, match="men inte dess nycklar"):
        nycklar.hamta(tmp_path)
    assert not (tmp_path / "nycklar.env").exists()


def test_a_file_that_lacks_a_key_is_refused(tmp_path):
    (tmp_path / "nycklar.env").write_text("SAMORDNING_NYCKLAR=1:AA==\nSAMORDNING_UPPSLAGSNYCKEL=\n")
    with pytest.raises(SystemExit, match="saknar SAMORDNING_UPPSLAGSNYCKEL, SAMORDNING_HEMLIGHET"):
        nycklar.hamta(tmp_path)


@pytest.mark.parametrize(
    ("url", "vantat"),
    [
        (
            "postgresql://app@%2Ftmp%2Fd%2Fs/app",
            {"HOST": "/tmp/d/s", "PORT": "", "USER": "app", "PASSWORD": "", "NAME": "app"},
        ),
        (
            "postgresql://app:h%40ll%2Fa@db:5433/app",
            {"HOST": "db", "PORT": "5433", "USER": "app", "PASSWORD": "h@ll/a", "NAME": "app"},
        ),
        (
            "postgresql:///app?sslmode=require",
            {"HOST": "", "PORT": "", "USER": "", "NAME": "app", "OPTIONS": {"sslmode": "require"}},
        ),
    ],
)
def test_the_database_address(url, vantat):
    databas = settings._databas(url)
    assert {nyckel: databas[nyckel] for nyckel in vantat} == vantat


@pytest.mark.parametrize("bind", ["8000", "localhost:http", "127.0.0.1:99999", ""])
def test_an_address_that_is_none_is_explained(bind):
    with pytest.raises(SystemExit, match="BIND ska vara adress:port"):
        steg2.krav_pa_ledig_port(bind)


def test_a_port_that_is_taken_is_explained(monkeypatch):
    monkeypatch.setattr(steg2, "PORTTID", 0)
    with socket.create_server(("127.0.0.1", 0)) as upptagen:
        port = upptagen.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} används redan.*--port 8001"):
            steg2.krav_pa_ledig_port(f"127.0.0.1:{port}")
    steg2.krav_pa_ledig_port(f"127.0.0.1:{port}")


def test_an_address_that_is_not_ours_is_explained():
    with pytest.raises(SystemExit, match="Det går inte att lyssna på 192.0.2.1:8000"):
        steg2.krav_pa_ledig_port("192.0.2.1:8000")


def test_the_environment_of_the_commands(tmp_path):
    egna = {"DATABASE_URL": "postgresql://vår", "SAMORDNING_HEMLIGHET": "vår"}
    given = {
        "SAMORDNING_HEMLIGHET": "din",
        "DATABASE_URL": "",
        "PGPORT": "1",
        "PATH": "/bin",
        "DJANGO_SETTINGS_MODULE": "samordning.settings",
    }
    m = tjanster.miljovariabler(given, egna, tmp_path, "127.0.0.1:8123")
    assert m["SAMORDNING_HEMLIGHET"] == "din"  # the caller's wins, but not when it is empty
    assert m["DATABASE_URL"] == "postgresql://vår"
    assert "PGPORT" not in m
    assert "DJANGO_SETTINGS_MODULE" not in m
    assert m["SAMORDNING_ADRESS"] == "http://localhost:8123"
    assert (m["BIND"], m["SAMORDNING_HTTPS"], m["SAMORDNING_DEMO"]) == ("127.0.0.1:8123", "0", "1")
    assert m["SAMORDNING_DATA"] == str(tmp_path)
    assert m["PATH"].split(os.pathsep) == [str(miljo.VENV / "bin"), "/bin"]


def test_somebody_elses_database_keeps_its_variables(tmp_path):
    given = {"DATABASE_URL": "postgresql://din", "PGPASSFILE": "/x", "SAMORDNING_HTTPS": "1"}
    m = tjanster.miljovariabler(given, {}, tmp_path, "127.0.0.1:8000")
    assert (m["DATABASE_URL"], m["PGPASSFILE"], m["SAMORDNING_HTTPS"]) == ("postgresql://din", "/x", "1")


def test_sockets_lie_in_the_data_folder_unless_its_path_is_long_or_odd(tmp_path):
    assert platser.socketmapp(Path("/tmp/d")) == Path("/tmp/d/s")
    for mapp in (Path("/tmp") / ("x" * 100), Path("/tmp/min mapp")):
        annan = platser.socketmapp(mapp)
        assert not annan.is_relative_to(mapp)
        assert len(str(annan / platser.POSTGRES_SOCKET)) <= platser.LANGSTA_SOCKET


def test_a_private_folder_is_closed_and_a_planted_one_refused(tmp_path):
    platser.privat_mapp(tmp_path / "s")
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o700
    (tmp_path / "lank").symlink_to(tmp_path / "s")
    with pytest.raises(SystemExit, match="tillhör en annan användare"):
        platser.privat_mapp(tmp_path / "lank")


def test_a_command_gives_its_exit_code():
    tyst = dict(os.environ)
    assert processer.kor([sys.executable, "-c", "raise SystemExit(7)"], tyst) == 7
    sjalvmord = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert processer.kor([sys.executable, "-c", sjalvmord], tyst) == 128 + signal.SIGKILL


def test_a_command_that_does_not_exist_is_explained(capsys):
    assert processer.kor(["finns-inte-har"], {"PATH": "/bin"}) == 127
    assert "Kan inte köra finns-inte-har" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's own")
def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    program = (
        "import subprocess, sys\n"
        "from samordning.uppstart.processer import slut_med_foraldern\n"
        "barn = subprocess.Popen(['sleep', '60'], preexec_fn=slut_med_foraldern, stdout=subprocess.DEVNULL)\n"
        "print(barn.pid, flush=True)\n"
        "barn.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROT, stdout=subprocess.PIPE, text=True) as foralder:
        barn = int(foralder.stdout.readline())
        assert Path(f"/proc/{barn}").exists()
        foralder.kill()
    for _ in range(100):
        if not _lever(barn):
            return
        signal.sigtimedwait([], 0.05)
    os.kill(barn, signal.SIGKILL)
    pytest.fail("The child lived on.")


def _lever(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
