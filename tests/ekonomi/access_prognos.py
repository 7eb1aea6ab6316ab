"""The rows of the matrix about a year that goes on and ends: forecasts, costs of insatser, closing the year."""

import datetime

from ekonomi import prognos_underlag
from ekonomi.models import Prognos, Verksamhetsar
from samordning.karna.models import Roll

BESLUTAR = {"kansli", "forbundschef"}
SKOTER = BESLUTAR | {"ekonom"}
SER = SKOTER | {"styrelse", "revisor"}


def _bara(roller, ok=200):
    return dict.fromkeys(Roll.values, 403) | {"anonym": 302} | dict.fromkeys(roller, ok)


def _aret(ar=2014, **falt):
    rad, _ = Verksamhetsar.objects.get_or_create(ar=ar, defaults={"tilldelning": 500} | falt)
    return Verksamhetsar.objects.get(pk=rad.pk)


def _ar(varld):
    return {"pk": _aret().pk}


def _ar_utan_prognos(varld):
    return {"pk": _aret(2013).pk}


def _last(varld):
    ar = _aret(2012)
    if rad := Prognos.objects.filter(verksamhetsar=ar).first():
        return {"pk": rad.pk}
    rad = Prognos.objects.create(verksamhetsar=ar, nr=1, till=datetime.date(2012, 6, 30))
    sedd = prognos_underlag.avtryck(prognos_underlag.rapport(rad))
    return {"pk": prognos_underlag.las(rad, av=varld.konto, sedd=sedd).pk}


def _utkast(varld):
    falt = {"nr": 1, "till": datetime.date(2011, 6, 30)}
    return {"pk": Prognos.objects.get_or_create(verksamhetsar=_aret(2011), defaults=falt)[0].pk}


# That a draft does not exist for the board: test_prognos_sidor.
MATRIS = {
    "ekonomi:prognos_list": ("get", _ar, _bara(SER)),
    "ekonomi:prognos_create": ("get", _ar_utan_prognos, _bara(SKOTER)),
    "ekonomi:prognos_detail": ("get", _last, _bara(SER)),
    "ekonomi:prognos_pdf": ("get", _last, _bara(SER)),
    "ekonomi:prognos_edit": ("get", _utkast, _bara(SKOTER)),
    "ekonomi:prognos_las": ("get", _utkast, _bara(SKOTER)),
    "ekonomi:prognos_ta_bort": ("get", _utkast, _bara(SKOTER)),
    "ekonomi:kostnad_detail": ("get", _ar, _bara(SER)),
    "ekonomi:kostnad_blad": ("get", _ar, _bara(SER, ok=302)),
    "ekonomi:kostnad_pdf": ("get", _ar, _bara(SER, ok=302)),
    "ekonomi:bokslut_detail": ("get", _ar, _bara(SER)),
    "ekonomi:bokslut_avsluta": ("get", _ar, _bara(BESLUTAR)),
    "ekonomi:bokslut_for_over": ("post", _ar, _bara(SKOTER, ok=302)),
}
