"""Who may open what of agreements, conditions and half-year reports; see tests/test_access.py.

The world's agreement has the association as huvudpart, so a partsforetradare there is its party's own.
"""

import datetime

from samordning.karna.kalender import idag
from samordning.karna.models import Roll
from tests.insatser.fabrik_avtal import bifall, ny_lagesrapport, nytt_villkor

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = {"kansli", "forbundschef"}
LASARE = {"beredning", "styrelse", "ekonom", "revisor"}


def _rad(tillatet, nekat=403, status=200, **mer):
    """`status` for the kansli and the columns given, `nekat` for the others."""
    return (
        dict.fromkeys(KOLUMNER, nekat) | {"anonym": 302} | dict.fromkeys(KANSLI | tillatet, status) | mer
    )  # fmt: skip


def _avtal(varld):
    return {"pk": varld.avtal.pk}


def _beslut(varld):
    return {"pk": bifall(varld.annan, varld.part, av=varld.konto)[1].pk}


def _villkor(varld):
    return {"pk": nytt_villkor(bifall(varld.annan, varld.part, av=varld.konto)[1]).pk}


def _rapport(lage):
    """Each of its own period: an agreement has one for each."""

    def bygg(varld):
        fran = idag() - datetime.timedelta(90 + varld.avtal.rapporter.count())
        return {"pk": ny_lagesrapport(varld.avtal, lage, av=varld.konto, fran=fran).pk}

    return bygg


SKRIVER = {"partsforetradare", "egen_personal"}
# Who only writes, or only reads, does not come as far as to the kansli's steps.
ANNAN_PART = {"partsforetradare@annan": 404}
KANSLIETS_STEG = _rad(set(), 404, partsforetradare=403, egen_personal=403, **ANNAN_PART)
EFTER_INLAMNING = KANSLIETS_STEG | dict.fromkeys(LASARE, 403)

MATRIS = {
    "avtal:avtal_list": ("get", None, _rad(LASARE | {"partsforetradare"})),
    "avtal:avtal_detail": ("get", _avtal, _rad(LASARE | {"partsforetradare"}, 404, **ANNAN_PART)),
    "avtal:avtal_fran_beslut": ("get", _beslut, _rad(set())),
    "avtal:villkor_create": ("get", _beslut, _rad(set())),
    "avtal:villkor_edit": ("get", _villkor, _rad(set())),
    "avtal:lagesrapport_list": (
        "get", None, _rad(LASARE | {"partsforetradare", "insatspersonal", "egen_personal"}),
    ),
    "avtal:lagesrapport_detail": ("get", _rapport("inlamnad"), _rad(LASARE | SKRIVER, 404, **ANNAN_PART)),
    "avtal:lagesrapport_edit": ("get", _rapport("utkast"), _rad(SKRIVER, 404, **ANNAN_PART)),
    "avtal:lagesrapport_godkann": (
        "post", _rapport("inlamnad"), EFTER_INLAMNING | dict.fromkeys(KANSLI, 302),
    ),
    "avtal:lagesrapport_skicka_tillbaka": ("get", _rapport("inlamnad"), EFTER_INLAMNING),
    "avtal:lagesrapport_hoppa": ("get", _rapport("utkast"), KANSLIETS_STEG),
    "avtal:lagesrapport_aterstall": ("post", _rapport("hoppad"), KANSLIETS_STEG | dict.fromkeys(KANSLI, 302)),
}  # fmt: skip
