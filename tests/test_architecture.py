"""The shape of the project (README, "The chain"), as far as a machine can see it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROT = settings.ROT
KEDJA = ["samordning.karna", "moten", "insatser", "remisser", "uppfoljning", "ekonomi"]
DORRAR = {"models", "policies", "reports"}
LANGST = 400


def _moduler():
    """(app, path, source) of every Python file of the apps in the chain, but migrations."""
    for app in KEDJA:
        for stig in sorted((ROT / app.replace(".", "/")).rglob("*.py")):
            if "migrations" not in stig.parts:
                yield app, stig, stig.read_text()


def _importer(kod):
    """(module, level) of every import, inside functions too; `from a import b` gives a.b."""
    for nod in ast.walk(ast.parse(kod)):
        if isinstance(nod, ast.Import):
            yield from ((alias.name, 0) for alias in nod.names)
        elif isinstance(nod, ast.ImportFrom):
            yield from ((f"{nod.module}.{alias.name}", nod.level) for alias in nod.names)


def _app_av(modul):
    return next((app for app in KEDJA if modul == app or modul.startswith(f"{app}.")), None)


def _filer(*andelser):
    utfort = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROT, capture_output=True, text=True
    )
    namn = utfort.stdout.splitlines() if utfort.returncode == 0 else []
    return [ROT / fil for fil in namn if fil.endswith(andelser) and (ROT / fil).exists()]


def test_imports_run_only_down_the_chain():
    fel = []
    for app, stig, kod in _moduler():
        over = KEDJA[KEDJA.index(app) + 1 :]
        for modul, niva in _importer(kod):
            taket = modul.split(".")[0] == "samordning" and _app_av(modul) is None
            if niva or taket or _app_av(modul) in over:
                fel.append(f"{stig.relative_to(ROT)}: {modul or 'relativ import'}")
    assert fel == []


def test_neighbours_have_one_door():
    fel = []
    for app, stig, kod in _moduler():
        for modul, _ in _importer(kod):
            granne = _app_av(modul)
            if granne in (None, app, "samordning.karna"):
                continue
            if DORRAR.isdisjoint(modul.removeprefix(granne).split(".")[1:2]):
                fel.append(f"{stig.relative_to(ROT)}: {modul}")
    assert fel == []


def test_keys_to_a_lower_app_have_no_way_back():
    fel = []
    for modell in apps.get_models():
        app = modell._meta.app_config.name
        for falt in modell._meta.get_fields():
            mal = falt.related_model if falt.concrete and falt.is_relation else None
            if mal and app in KEDJA and mal._meta.app_config.name not in (app,) and not falt.remote_field.hidden:
                fel.append(f"{modell.__name__}.{falt.name}")
    assert fel == []


def test_only_a_transition_changes_a_state():
    monster = re.compile(r"\.lage\s*=[^=]|update\([^)]*\blage\s*=")
    fel = [
        f"{stig.relative_to(ROT)}: {traff.group()}"
        for _, stig, kod in _moduler()
        if stig.name not in ("flode.py", "jobb.py")
        for traff in monster.finditer(kod)
    ]
    assert fel == []


def test_only_the_job_module_rings_celery():
    fel = [
        str(stig.relative_to(ROT))
        for stig in _filer(".py")
        if stig != ROT / "samordning/karna/jobb.py"
        and "tests" not in stig.parts
        and re.search(r"\.(delay|delay_on_commit|apply_async|send_task)\(", stig.read_text())
    ]
    assert fel == []


def test_no_file_is_too_long():
    langa = {
        str(stig.relative_to(ROT)): rader
        for stig in _filer(".py", ".html", ".js")
        if (rader := len(stig.read_text().splitlines())) > LANGST
    }
    assert langa == {}
    assert len(_filer(".py")) > 50, "the list of files came out empty"


def test_nothing_reads_what_is_beside_the_project():
    ord_ = "../" + "shared"
    fel = [str(stig.relative_to(ROT)) for stig in _filer(".py", ".html", ".sh", "start") if ord_ in stig.read_text()]
    assert fel == []


@pytest.mark.parametrize("app", [app for app in KEDJA[1:] if (ROT / app).is_dir()] + ["samordning/karna"])
def test_each_app_has_its_readme(app):
    text = Path(ROT, app, "README.md").read_text()
    rubriker = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert rubriker == ["Vad", "Begrepp", "Flöde", "Vem får vad", "Rapporter", "Jobb", "Gallring"]
    assert len(text.splitlines()) < 60
