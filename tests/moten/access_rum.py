"""Who may open what: what people do together on their phones during a meeting; see tests/test_access.py."""

from moten import rum
from moten.models import (
    Alternativ,
    Grupp,
    Grupparbete,
    Mote,
    Narvaro,
    Omrostning,
    Ordrunda,
    Ordsvar,
    Utvardering,
    Utvarderingsfraga,
)
from samordning.karna.models import Kontakt
from tests.moten.access_motet import _ett, _kansliets, _pagar, _punkt, _rader
from tests.moten.fabrik import nytt_organ


def _arbete(varld):
    return _ett(varld, "arbete", lambda: Grupparbete.objects.create(punkt_id=_punkt(varld)["pk"], lage="oppen"))


def _grupp(varld):
    return _ett(varld, "grupp", lambda: Grupp.objects.create(arbete_id=_arbete(varld)["pk"], nr=1))


def _rostning(varld, lage="oppen"):
    def gor():
        rad = Omrostning.objects.create(punkt_id=_punkt(varld)["pk"], fraga=f"Vad, {lage}?", lage=lage)
        Alternativ.objects.create(omrostning=rad, text="A")
        return rad

    return _ett(varld, f"rostning-{lage}", gor)


def _stangd(varld):
    return _rostning(varld, "stangd")


def _utkast(varld):
    return {"pk": Omrostning.objects.create(punkt_id=_punkt(varld)["pk"], fraga="Vad?").pk}


def _utvardering(varld):
    return _ett(varld, "utvardering", lambda: Utvardering.objects.create(mote_id=_pagar(varld)["pk"]))


def _fraga(varld):
    rad = {"utvardering_id": _utvardering(varld)["pk"], "text": f"Fråga {Utvarderingsfraga.objects.count()}"}
    return {"pk": Utvarderingsfraga.objects.create(**rad).pk}


def _organ(varld):
    return {"pk": nytt_organ().pk}


def _kod(varld):
    return {"kod": rum.kod(Mote.objects.get(pk=_pagar(varld)["pk"]))}


def _gruppen(varld):
    return _kod(varld) | _grupp(varld)


def _rosten(varld):
    return _kod(varld) | _rostning(varld)


def _oppen_utvardering(varld):
    _utvardering(varld)
    Utvardering.objects.update(lage="oppen")
    return _kod(varld)


def _utkast_utvardering(varld):
    _utvardering(varld)
    Utvardering.objects.update(lage="utkast")
    return _utvardering(varld)


def _fragan(varld):
    _utkast_utvardering(varld)
    return _fraga(varld)


def _runda(varld):
    falt = {"punkt_id": _punkt(varld)["pk"], "fraga": "Hur är läget?", "lage": "oppen"}
    return _ett(varld, "ordrunda", lambda: Ordrunda.objects.create(**falt))


def _ordet(varld):
    return {"pk": Ordsvar.objects.create(runda_id=_runda(varld)["pk"], text="bra").pk}


def _rundan(varld):
    return _kod(varld) | _runda(varld)


def _flyttas(varld):
    kontakt = Kontakt.objects.create(namn=f"Siv Prov {Kontakt.objects.count()}", part=varld.part)
    Narvaro.objects.create(mote_id=_pagar(varld)["pk"], kontakt=kontakt, status="narvarande")
    return _arbete(varld)


ALLA = _rader(200, anonym=200)

MATRIS = {
    "moten:rum_kod": ("get", None, ALLA),
    "moten:rum": ("get", _kod, ALLA),
    "moten:rum_grupp": ("get", _gruppen, ALLA),
    "moten:rum_rosta": ("get", _rosten, ALLA),
    "moten:rum_ord": ("get", _rundan, ALLA),
    "moten:rum_utvardera": ("get", _oppen_utvardering, ALLA),
    "moten:rummet": ("get", _pagar, _kansliets()),
    "moten:rum_visa": ("get", _pagar, _kansliets()),
    "moten:utvardering_edit": ("get", _pagar, _kansliets()),
    # A choice that cannot be read changes nothing, so the rows stay as they are for the next who asks.
    "moten:utvardering_vand": ("post", _utvardering, _kansliets(302)),
    "moten:utvardering_tom": ("post", _utvardering, _kansliets(302)),
    "moten:fraga_delete": ("post", _fragan, _kansliets(302)),
    "moten:utvardering_trend": ("get", _organ, _kansliets()),
    "moten:grupparbete_edit": ("get", _punkt, _kansliets()),
    "moten:grupp_flytta": ("post", _flyttas, _kansliets(302)),
    "moten:grupparbete_vand": ("post", _arbete, _kansliets(302)),
    "moten:ordrunda_edit": ("get", _punkt, _kansliets()),
    "moten:ordrunda_vand": ("post", _runda, _kansliets(302)),
    "moten:ordsvar_edit": ("get", _ordet, _kansliets()),
    "moten:ordsvar_upp": ("post", _ordet, _kansliets(302)),
    "moten:ordsvar_ner": ("post", _ordet, _kansliets(302)),
    "moten:ordsvar_delete": ("post", _ordet, _kansliets(302)),
    "moten:omrostning_create": ("get", _punkt, _kansliets()),
    "moten:omrostning_detail": ("get", _rostning, _kansliets()),
    "moten:omrostning_vand": ("post", _rostning, _kansliets(302)),
    "moten:omrostning_tom": ("post", _rostning, _kansliets(302)),
    "moten:omrostning_sla_ihop": ("post", _stangd, _kansliets(302)),
    "moten:omrostning_delete": ("post", _utkast, _kansliets(302)),
}
