"""Who gets what at the addresses of the catalogue: {URL name: (method, kwargs of the world, {column: status})}.

Columns: `anonym`, every role at the association, and `egen_personal`: insatspersonal listed in the world's insats.
The world has a published insats with everything, so that no 404 hides a forgotten 403.
"""

import datetime
from types import SimpleNamespace

from samordning.karna.models import Roll
from tests.insatser.fabrik import ny_insats, ny_kontakt, ny_medarbetare, nytt_avtal

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = {"kansli", "forbundschef"}


def varld(egen_personal):
    """The insats that the addresses are about; `egen_personal` is the user of that column."""
    insats = ny_insats("Rörsås Lantliv")
    return SimpleNamespace(
        insats=insats,
        kontakt=ny_kontakt(insats),
        medarbetare=ny_medarbetare(insats, egen_personal),
        avtal=nytt_avtal(insats, datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)),
    )


def _alla(status):
    return dict.fromkeys(KOLUMNER, status)


def _bara(*fler):
    """200 for the kansli and the columns given, the login page for who is not logged in, 403 for all others."""
    return _alla(403) | {"anonym": 302} | dict.fromkeys(KANSLI | set(fler), 200)


def _inga(varld):
    return {}


def _slug(varld):
    return {"slug": varld.insats.slug}


def _rad(namn):
    return lambda varld: {"slug": varld.insats.slug, "pk": getattr(varld, namn).pk}


MATRIS = {
    "insatser:insats_list": ("get", _inga, _alla(200)),
    "insatser:insats_detail": ("get", _slug, _alla(200)),
    "insatser:insats_blad": ("get", _slug, _alla(200)),
    "insatser:insats_json": ("get", _inga, _alla(200)),
    "insatser:kontakt_panel": ("get", lambda varld: {"pk": varld.kontakt.kontakt_id}, _bara()),
    "insatser:insats_create": ("get", _inga, _bara()),
    "insatser:insats_edit": ("get", _slug, _bara()),
    "insatser:insats_historik": ("get", _slug, _bara()),
    "insatser:insats_platser": ("get", _slug, _bara("egen_personal")),
    "insatser:insats_kontakt_create": ("get", _slug, _bara()),
    "insatser:insats_kontakt_edit": ("get", _rad("kontakt"), _bara()),
    "insatser:insats_kontakt_delete": ("get", _rad("kontakt"), _bara()),
    "insatser:medarbetare_list": ("get", _slug, _bara()),
    "insatser:medarbetare_create": ("get", _slug, _bara()),
    "insatser:medarbetare_end": ("get", _rad("medarbetare"), _bara()),
    "insatser:avtal_create": ("get", _slug, _bara()),
    "insatser:avtal_edit": ("get", _rad("avtal"), _bara()),
}
