"""The production shape, as far as it can be checked without building it."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROT = Path(__file__).resolve().parents[2]
KOMPONERAD = (ROT / "docker-compose.yml").read_text()
DOCKERFILE = (ROT / "Dockerfile").read_text()
HEMLIGA = ("SAMORDNING_DATABASLOSENORD", "SAMORDNING_HEMLIGHET", "SAMORDNING_NYCKLAR", "SAMORDNING_UPPSLAGSNYCKEL")


@pytest.fixture(scope="module")
def tjanster():
    return yaml.safe_load(KOMPONERAD)["services"]


def test_the_services(tjanster):
    assert {"db", "redis", "web", "worker", "beat"} <= tjanster.keys()
    assert tjanster["db"]["image"] == "postgres:18"
    assert "--appendonly yes" in tjanster["redis"]["command"]
    assert "celery -A samordning worker" in tjanster["worker"]["command"]
    assert "celery -A samordning beat" in tjanster["beat"]["command"]


def test_the_database_and_the_queue_survive_and_do_not_tell(tjanster):
    assert any(volym.startswith("db:/var/lib/postgresql") for volym in tjanster["db"]["volumes"])
    assert "redis:/data" in tjanster["redis"]["volumes"]
    for val in ("log_min_error_statement=panic", "log_error_verbosity=terse"):
        assert val in tjanster["db"]["command"]


def test_everything_that_stays_up_has_a_health_check(tjanster):
    for namn in ("db", "redis", "worker"):
        assert tjanster[namn]["healthcheck"]["test"]
    # web and beat: the image's own, which asks /halsa/
    for namn in ("web", "beat"):
        assert "healthcheck" not in tjanster[namn]
    assert re.search(r"^HEALTHCHECK .*\n.*HALSA", DOCKERFILE, re.MULTILINE)


def test_nothing_starts_before_the_database_is_migrated(tjanster):
    for namn in ("web", "worker", "beat"):
        vantar = tjanster[namn]["depends_on"]
        assert vantar["migrera"]["condition"] == "service_completed_successfully"
        assert vantar["db"]["condition"] == vantar["redis"]["condition"] == "service_healthy"


def test_only_the_web_is_published_and_only_to_this_host(tjanster):
    portar = {namn: tjanst["ports"] for namn, tjanst in tjanster.items() if "ports" in tjanst}
    assert list(portar) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in portar["web"])


def test_our_containers_may_do_little(tjanster):
    for namn in ("web", "worker", "beat", "migrera"):
        assert tjanster[namn]["read_only"] is True
        assert tjanster[namn]["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in tjanster[namn]["security_opt"]


def test_secrets_come_from_outside():
    for namn in HEMLIGA:
        assert f"${{{namn}:?}}" in KOMPONERAD
    for rad in KOMPONERAD.splitlines():
        if re.search(r"^\s+\w*(LOSENORD|PASSWORD|HEMLIGHET|NYCKLAR|NYCKEL):", rad):
            assert re.fullmatch(r"\s+\w+: \$\{\w+:[?-]\}", rad)
        if adress := re.search(r"://\w+:([^@\s]+)@", rad):
            assert adress[1] == "${SAMORDNING_DATABASLOSENORD:?}"


def test_every_variable_is_explained_in_the_readme():
    readme = (ROT / "README.md").read_text()
    for namn in set(re.findall(r"\$\{(SAMORDNING_\w+)", KOMPONERAD)):
        assert f"`{namn}`" in readme, namn


def test_the_image_does_not_run_as_root():
    rader = DOCKERFILE.splitlines()
    (anvandare,) = [nr for nr, rad in enumerate(rader) if rad.startswith("USER ")]
    assert rader[anvandare] not in ("USER root", "USER 0")
    assert anvandare < next(nr for nr, rad in enumerate(rader) if rad.startswith("CMD"))
    assert rader[anvandare].split()[1] in DOCKERFILE.split("useradd", 1)[1].splitlines()[0]


def test_the_image_takes_no_keys_and_no_data_with_it():
    assert {".data", ".data-*", ".env"} <= set((ROT / ".dockerignore").read_text().split())


def test_the_log_of_requests_names_nobody():
    """Not the client (h), the whole line (r), the query (q) or the page before (f); see gunicorn's table."""
    kommando = json.loads(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1])
    form = kommando[kommando.index("--access-logformat") + 1]
    assert set(re.findall(r"%\((.*?)\)s", form)) == {"t", "m", "U", "s", "b", "M"}
    assert "access-log" not in KOMPONERAD
    assert kommando[kommando.index("--logger-class") + 1] == "samordning.serverlogg.Serverlogg"
    assert "access-log" not in (ROT / "samordning/management/commands/demo.py").read_text()


def test_the_limits_know_the_proxy(tjanster):
    for namn in ("web", "worker"):
        assert tjanster[namn]["environment"]["SAMORDNING_PROXYER"] == "${SAMORDNING_PROXYER:-1}"
