"""Who may open what of the agenda; see tests/test_access.py."""

from django.core.files.uploadedfile import SimpleUploadedFile

from moten.models import Fastpunkt, Forslag, Punkt, Samtalsfraga, Underlag
from samordning.karna import bilagor
from samordning.karna.models import Roll
from tests.moten.fabrik import ett_mote, nytt_organ

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = ("kansli", "forbundschef")
KALENDERN = ("beredning", "styrelse", "ekonom", "revisor", "partsforetradare")


def _ett(varld, namn, gor):
    """Made once for a world: rows that change nothing share it."""
    rader = vars(varld).setdefault("dagordningen", {})
    if namn not in rader:
        rader[namn] = gor()
    return {"pk": rader[namn].pk}


def _mote(varld):
    return _ett(varld, "mote", ett_mote)


def _nytt(varld):
    return {"pk": ett_mote().pk}


def _installt(varld):
    return {"pk": ett_mote(lage="installt").pk}


def _punkt(varld):
    return _ett(varld, "punkt", lambda: Punkt.objects.create(mote_id=_mote(varld)["pk"], rubrik="Vår punkt"))


def _underlag(varld):
    """Of a meeting that the board is called to."""

    def gor():
        fil = bilagor.spara(SimpleUploadedFile("tal.csv", b"ar;kronor\n2027;1\n"), av=None)
        return Underlag.objects.create(mote=ett_mote(lage="kallat"), rubrik="Tal", fil=fil)

    return _ett(varld, "underlag", gor)


def _organ(varld):
    return {"pk": nytt_organ().pk}


def _fast(varld):
    return {"pk": Fastpunkt.objects.create(organ=nytt_organ(), rubrik="Ekonomi").pk}


def _forslag(varld):
    return _ett(varld, "forslag", lambda: Forslag.objects.create(organ=nytt_organ(), rubrik="Ett önskemål"))


def _fraga(varld):
    return _ett(varld, "fraga", lambda: Samtalsfraga.objects.create(slag="incheckning", text="Vad gjorde dig glad?"))


def _ingen(varld):
    return {}


def _rader(annars, **status):
    return dict.fromkeys(KOLUMNER, annars) | {"anonym": 302} | status


def _kansliets(status=200):
    return _rader(403, **dict.fromkeys(KANSLI, status))


MATRIS = {
    "moten:mote_list": ("get", _ingen, _rader(403, **dict.fromkeys((*KANSLI, *KALENDERN), 200))),
    "moten:mote_edit": ("get", _mote, _kansliets()),
    "moten:mote_stall_in": ("get", _mote, _kansliets()),
    "moten:mote_ateruppta": ("post", _installt, _kansliets(302)),
    "moten:mote_nasta": ("get", _mote, _kansliets()),
    "moten:dagordning_edit": ("get", _mote, _kansliets()),
    "moten:dagordning_bygg": ("post", _nytt, _kansliets(302)),
    "moten:punkt_create": ("get", _mote, _kansliets()),
    "moten:punkt_edit": ("get", _punkt, _kansliets()),
    "moten:punkt_upp": ("post", _punkt, _kansliets(302)),
    "moten:punkt_ner": ("post", _punkt, _kansliets(302)),
    "moten:punkt_delete": ("get", _punkt, _kansliets()),
    "moten:underlag_create": ("get", _mote, _kansliets()),
    # The board is called: its members read, others do not know that it exists.
    "moten:underlag_fil": ("get", _underlag, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 200))),
    "moten:underlag_utga": ("post", _underlag, _kansliets(302)),
    "moten:fastpunkt_list": ("get", _organ, _kansliets()),
    "moten:fastpunkt_vanliga": ("post", _organ, _kansliets(302)),
    "moten:fastpunkt_create": ("get", _organ, _kansliets()),
    "moten:fastpunkt_edit": ("get", _fast, _kansliets()),
    "moten:fastpunkt_delete": ("post", _fast, _kansliets(302)),
    "moten:fastpunkt_upp": ("post", _fast, _kansliets(302)),
    "moten:fastpunkt_ner": ("post", _fast, _kansliets(302)),
    "moten:forslag_list": ("get", _ingen, _kansliets()),
    "moten:forslag_create": ("get", _ingen, _kansliets()),
    "moten:forslag_avfor": ("get", _forslag, _kansliets()),
    "moten:samtalsfraga_list": ("get", _ingen, _kansliets()),
    "moten:samtalsfraga_create": ("get", _ingen, _kansliets()),
    "moten:samtalsfraga_edit": ("get", _fraga, _kansliets()),
}
