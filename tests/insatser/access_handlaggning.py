"""Who may open what the kansli does with an application; see tests/test_access.py."""

from tests.moten.access import KANSLI, KOLUMNER, LASER, PART, _ett


def _ansokan(varld):
    return {"pk": _ett(varld).objekt_id}


RAD = (
    "get", _ansokan,
    dict.fromkeys(KOLUMNER, 404) | {"anonym": 302} | dict.fromkeys((*LASER, PART), 403) | dict.fromkeys(KANSLI, 200),
)  # fmt: skip
MATRIS = {"ansokan:komplettering_create": RAD, "ansokan:granskning": RAD}
