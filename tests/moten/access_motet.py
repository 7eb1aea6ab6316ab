"""Who may open what: the meeting while it goes on and its page; see tests/test_access.py."""

from moten.models import Narvaro, Punkt, Utfall
from samordning.karna.models import Kontakt, Roll
from tests.moten.fabrik import ett_mote

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = ("kansli", "forbundschef")


def _ett(varld, namn, gor):
    """Made once for a world: rows that change nothing share it."""
    rader = vars(varld).setdefault("motena", {})
    if namn not in rader:
        rader[namn] = gor()
    return {"pk": rader[namn].pk}


def _kallat(varld):
    """Of the board, which is called."""
    return _ett(varld, "kallat", lambda: ett_mote(lage="kallat"))


def _nytt(varld):
    return {"pk": ett_mote(lage="kallat").pk}


def _pagar(varld):
    return _ett(varld, "pagar", lambda: ett_mote(lage="pagar"))


def _punkt(varld):
    return _ett(varld, "punkt", lambda: Punkt.objects.create(mote_id=_pagar(varld)["pk"], rubrik="Vår punkt"))


def _narvaro(varld):
    def gor():
        kontakt = Kontakt.objects.create(namn="Per Prov", part=varld.part)
        return Narvaro.objects.create(mote_id=_pagar(varld)["pk"], kontakt=kontakt)

    return _ett(varld, "narvaro", gor)


def _utfall(varld):
    falt = {"punkt_id": _punkt(varld)["pk"], "typ": "medskick", "text": "Ta med vården."}
    return _ett(varld, "utfall", lambda: Utfall.objects.create(**falt))


def _nytt_utfall(varld):
    return {"pk": Utfall.objects.create(punkt_id=_punkt(varld)["pk"], typ="atgard", text="Ring.").pk}


def _rader(annars, **status):
    return dict.fromkeys(KOLUMNER, annars) | {"anonym": 302} | status


def _kansliets(status=200):
    return _rader(403, **dict.fromkeys(KANSLI, status))


def _kallades():
    """The board is called: others do not know that the meeting exists."""
    return _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 200))


MATRIS = {
    "moten:mote_detail": ("get", _kallat, _kallades()),
    "moten:mote_oppna": ("post", _nytt, _kansliets(302)),
    "moten:narvaro_list": ("get", _pagar, _kansliets()),
    "moten:narvaro_alla": ("post", _pagar, _kansliets(302)),
    "moten:narvaro_create": ("get", _pagar, _kansliets()),
    "moten:narvaro_edit": ("get", _narvaro, _kansliets()),
    "moten:narvaro_satt": ("post", _narvaro, _kansliets(302)),
    "moten:anteckna": ("get", _pagar, _kansliets()),
    "moten:punkt_anteckna": ("get", _punkt, _kansliets()),
    "moten:undantag_satt": ("post", _punkt, _kansliets(302)),
    "moten:utfall_create": ("get", _punkt, _kansliets()),
    "moten:utfall_edit": ("get", _utfall, _kansliets()),
    "moten:utfall_upp": ("post", _utfall, _kansliets(302)),
    "moten:utfall_ner": ("post", _utfall, _kansliets(302)),
    "moten:utfall_delete": ("get", _nytt_utfall, _kansliets()),
    "moten:min_anteckning": ("get", _punkt, _kallades()),
}
