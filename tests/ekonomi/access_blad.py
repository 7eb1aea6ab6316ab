"""The rows of the matrix about a budget as a file: read by all who see the budget, read in by those who keep it."""

from ekonomi.models import Verksamhetsar
from ekonomi.views_blad import UPPLADDAD
from samordning.karna import filer
from samordning.karna.models import Handelse, Roll
from tests.ekonomi.bladfabrik import Bok, bladet
from tests.ekonomi.fabrik import budgetar

SKOTER = {"kansli", "forbundschef", "ekonom"}
SER = SKOTER | {"revisor", "styrelse"}


def _bara(roller, ok=200):
    return dict.fromkeys(Roll.values, 403) | {"anonym": 302} | dict.fromkeys(roller, ok)


def _ar(varld):
    return {"pk": (Verksamhetsar.objects.filter(ar=2023).first() or budgetar(2023)).pk}


def _fil(varld):
    """A file that waits for being looked through."""
    ar = Verksamhetsar.objects.get(**_ar(varld))
    bok = Bok(bladet(ar))
    bok.post(ar.poster.first(), belopp=5)
    fil = filer.spara(bok.spara(), "budget.xlsx", person=True)
    Handelse.logga(fil, UPPLADDAD, data={"ar": ar.pk})
    return {"pk": ar.pk, "uuid": fil.uuid}


def matris(version):
    """`version` builds a budget that is decided."""
    return {
        "ekonomi:ar_pdf": ("get", _ar, _bara(SER)),
        "ekonomi:version_pdf": ("get", version, _bara(SER)),
        "ekonomi:blad_ut": ("get", _ar, _bara(SER)),
        "ekonomi:blad_create": ("get", _ar, _bara(SKOTER)),
        "ekonomi:blad_granska": ("get", _fil, _bara(SKOTER)),
        "ekonomi:blad_avvisa": ("post", _fil, _bara(SKOTER, ok=302)),
        "ekonomi:foregaende_edit": ("get", _ar, _bara(SKOTER)),
    }
