"""Who may open what in remisser; see tests/test_access.py.

A remiss is its writer's and the listed staff's: to everybody else it does not exist. The writer is in
tests/remisser/test_models.py, because a column is a role and not a person.
"""

from samordning.karna.models import Roll, Uppdrag
from tests.remisser.fabrik import FRAN, ny_remiss

KANSLI = {"kansli", "forbundschef"}
INGEN = {"anonym": 302} | dict.fromkeys(Roll.values, 404) | {"egen_personal": 404}


def _bara(*roller, annars=403, status=200):
    return {"anonym": 302} | dict.fromkeys([*Roll.values, "egen_personal"], annars) | dict.fromkeys(roller, status)


def _insats(varld):
    varld.insats.tar_emot = "digitalt"
    varld.insats.save()
    return {"slug": varld.insats.slug}


def _remiss(varld, lage="skickad"):
    """One that somebody else has written, at a part where no role of the matrix is."""
    varld.skribent, varld.enhet, varld.personal = varld.konto, varld.annan, varld.konto
    return ny_remiss(varld, lage)


def _skickad(varld):
    return {"uuid": _remiss(varld).uuid}


def _utkast(varld):
    return {"uuid": _remiss(varld, "utkast").uuid}


def _steg(varld):
    return _utkast(varld) | {"nr": 1}


def _enhet(varld):
    """Somebody writes remisser at the other part."""
    Uppdrag.objects.create(anvandare=varld.konto, part=varld.annan, roll=Roll.REMITTENT, fran=FRAN)
    return {"pk": varld.annan.pk}


EGEN = _bara("egen_personal", annars=404)
# Seen by the listed staff, but the sender's to do.
AVSANDARENS = _bara("egen_personal", annars=404, status=403)

MATRIS = {
    "remisser:remiss_list": ("get", None, _bara("remittent")),
    "remisser:inkorg_list": ("get", None, _bara("insatspersonal", "egen_personal")),
    "remisser:flode": ("get", None, _bara(*KANSLI)),
    "remisser:enhet_list": ("get", None, _bara("kontoansvarig")),
    "remisser:enhet_edit": ("get", _enhet, _bara("kontoansvarig", annars=404)),
    "remisser:remiss_create": ("get", _insats, _bara("remittent")),
    "remisser:papper_create": ("get", _insats, _bara("egen_personal")),
    "remisser:remiss_detail": ("get", _skickad, EGEN),
    "remisser:remiss_steg": ("get", _steg, INGEN),
    "remisser:remiss_skicka": ("post", _skickad, AVSANDARENS),
    "remisser:remiss_aterta": ("get", _skickad, AVSANDARENS),
    "remisser:remiss_ta_bort": ("get", _utkast, INGEN),
    "remisser:remiss_ta_emot": ("post", _skickad, EGEN | {"egen_personal": 302}),
    "remisser:remiss_avboj": ("get", _skickad, EGEN),
}
