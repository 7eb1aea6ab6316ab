"""Small promises that hold everywhere: no dead template, names for people, deletion decided, tasks that exist."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from samordning.celery import BEAT, app

ROT = settings.ROT
MALLAR = ROT / "templates"
APPAR = ("moten", "insatser", "remisser", "uppfoljning", "ekonomi")
EGNA = ("karna", *APPAR)
BLOCK = ["titel", "huvud", "kropp", "sida", "hjalte", "smulor", "rubrik", "atgarder", "innehall"]
# Django and allauth ask for these by name.
EGNA_NAMN = re.compile(r"^(4\d\d|403_csrf|500)\.html$|^account/|^bootstrap5/")
CASCADE_AGDA = {
    "Avtalsar.avtal", "Enhetsinstallning.part", "Forsorjningsandel.lage", "Insatskontakt.insats", "Inbjudan.anvandare",
    "Inskick.anvandare", "Lage.deltagande", "Parnyckel.deltagande", "Rapportmedlem.rapport", "Samtycke.remiss",
    "Svarskod.deltagande",
    "Anmalan.tillfalle", "Ansokansar.ansokan", "Ansokanspart.ansokan", "Granskningspunkt.ansokan",
    # A rule of the ledger is nothing without the budget's line that it leads to.
    "Konteringsregel.post",
    # Somebody's sum for a line: what was frozen stands in the forecast's own values.
    "Prognosrad.prognos", "Prognosrad.post", "Planbelopp.post", "Dokumenttext.dokument",
    "Implementering.insats", "Insatsgrupp.insats", "Tillfalle.insats",
    # A meeting that is not begun may be removed with its agenda; what hangs on a record is behind its lock.
    "Fastpunkt.organ", "Narvaro.mote", "Punkt.mote", "Utfall.punkt", "Undantag.punkt", "Undantag.narvaro",
    "Anteckning.punkt", "Anteckning.anvandare", "Lasning.mote", "Lasning.anvandare", "Grupparbete.punkt",
    "Grupp.arbete", "Omrostning.punkt", "Alternativ.omrostning", "Valsedel.omrostning", "Prick.valsedel",
    "Prick.alternativ", "Utvardering.mote", "Utvarderingsfraga.utvardering", "Svarare.utvardering", "Svar.fraga",
    "Justerare.mote", "Justeringskommentar.justerare", "Justeringskommentar.punkt", "Maskering.mote",
    "Handlingstext.handling", "Handlingstext.underlag", "Handlingstext.fil", "Ordrunda.punkt", "Ordsvar.runda",
    "Publiceradtext.punkt", "Sparadsokning.anvandare",
    "Motesmejl.mote", "Motesmejl.narvaro", "Kalenderprenumeration.anvandare",
}  # fmt: skip


def _mallar():
    return sorted(str(stig.relative_to(MALLAR)) for stig in MALLAR.rglob("*.html"))


def _text():
    python = [stig for mapp in ("samordning", *APPAR) for stig in (ROT / mapp).rglob("*.py")]
    return "\n".join(stig.read_text() for stig in [*python, *MALLAR.rglob("*.html")])


def test_no_template_is_unused():
    text = _text()

    def anvand(mall):
        mapp, _, namn = mall.rpartition("/")
        sidnamn = f"{mapp}/{namn.removeprefix('_').removesuffix('.html')}"
        return EGNA_NAMN.match(mall) or f'"{mall}"' in text or f'"{sidnamn}"' in text or f",{mall}" in text

    assert [mall for mall in _mallar() if not anvand(mall)] == []


@pytest.mark.parametrize("mall", _mallar())
def test_blocks_come_in_one_order_and_nothing_is_inline(mall):
    text = (MALLAR / mall).read_text()
    ordning = [BLOCK.index(namn) for namn in re.findall(r"{% block (\w+) %}", text) if namn in BLOCK]
    assert ordning == sorted(ordning)
    assert not re.search(r"""\sstyle\s*=|\son\w+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""", text)


def test_every_model_has_a_name_for_people():
    fel = []
    for modell in apps.get_models():
        if modell._meta.app_label in EGNA and not modell._meta.auto_created:
            if "verbose_name" not in modell._meta.original_attrs:
                fel.append(modell.__name__)
            if modell.__str__ is models.Model.__str__:
                fel.append(f"{modell.__name__}.__str__")
    assert fel == []


def test_nothing_is_deleted_along_with_something_else_but_what_it_owns():
    kaskader = {
        f"{modell.__name__}.{falt.name}"
        for modell in apps.get_models()
        if modell._meta.app_label in EGNA and not modell._meta.auto_created
        for falt in modell._meta.get_fields()
        if falt.concrete and falt.is_relation and falt.many_to_one or falt.one_to_one and falt.concrete
        if getattr(falt.remote_field, "on_delete", None) is models.CASCADE and not falt.remote_field.parent_link
    }
    assert kaskader == CASCADE_AGDA


def test_every_task_of_the_beat_table_exists():
    app.loader.import_default_modules()
    assert {task for task, _ in BEAT.values()} <= set(app.tasks)


def test_every_picture_of_the_readme_exists():
    bilder = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROT / "README.md").read_text())
    assert bilder
    assert [bild for bild in bilder if not (ROT / bild).is_file()] == []
