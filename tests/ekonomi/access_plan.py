"""What lies around a budget: read by all who see it, written by those who keep the money, settings by the kansli."""

from ekonomi.models import Verksamhetsar
from samordning.karna.models import Roll

KANSLI = {"kansli", "forbundschef"}
SKOTER = KANSLI | {"ekonom"}
SER = SKOTER | {"styrelse", "revisor"}


def _bara(roller):
    return dict.fromkeys(Roll.values, 403) | {"anonym": 302} | dict.fromkeys(roller, 200)


def _ar(varld):
    return {"pk": Verksamhetsar.objects.get_or_create(ar=2015, defaults={"tilldelning": 2})[0].pk}


MATRIS = {
    "ekonomi:statsmodell_detail": ("get", None, _bara(SER)),
    "ekonomi:statsmodell_edit": ("get", None, _bara(KANSLI)),
    "ekonomi:statsmodell_tal_edit": ("get", lambda varld: {"ar": 2027}, _bara(KANSLI)),
    "ekonomi:plan_detail": ("get", _ar, _bara(SER)),
    "ekonomi:plan_edit": ("get", _ar, _bara(SKOTER)),
    "ekonomi:plan_pdf": ("get", _ar, _bara(SER)),
    "ekonomi:plan_blad": ("get", _ar, _bara(SER)),
    "ekonomi:gemensam_detail": ("get", _ar, _bara(SER)),
    "ekonomi:gemensam_edit": ("get", None, _bara(KANSLI)),
    "ekonomi:gemensam_pdf": ("get", _ar, _bara(SER)),
    "ekonomi:gemensam_blad": ("get", _ar, _bara(SER)),
    "ekonomi:faktura_detail": ("get", _ar, _bara(SER)),
    "ekonomi:faktura_edit": ("get", _ar, _bara(SKOTER)),
    "ekonomi:faktura_pdf": ("get", _ar, _bara(SER)),
    "ekonomi:faktura_blad": ("get", _ar, _bara(SER)),
}
