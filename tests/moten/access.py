"""Who may open what of the cases and the bodies; see tests/test_access.py.

Each case has been to the preparation group and has the world's two parts as parties, so that all who may ever see a
case see it: their 403 is the policy's.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from moten.models import Beslut, Handling, Ledamotskap, Mote, Yttrande
from samordning.karna import bilagor
from samordning.karna.kalender import idag
from samordning.karna.models import Roll
from tests.insatser.fabrik_ansokan import skickad_ansokan
from tests.moten.fabrik import ny_runda, nytt_mote, nytt_organ

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = ("kansli", "forbundschef")
LASER = ("beredning", "styrelse", "ekonom", "revisor")
PART = "partsforetradare"


def nytt_arende(varld, lage="beredning"):
    return skickad_ansokan(varld.part, varld.annan, lage=lage).arende


def _ett(varld, lage="beredning"):
    """Made once for a world and state: rows that change nothing share it."""
    arenden = vars(varld).setdefault("arenden", {})
    if lage not in arenden:
        arenden[lage] = nytt_arende(varld, lage)
    return arenden[lage]


def _pk(varld):
    return {"pk": _ett(varld).pk}


def _hos_styrelsen(varld):
    return {"pk": _ett(varld, "styrelse").pk}


def _ny(varld):
    """Anew for each who asks: it is moved."""
    return {"pk": nytt_arende(varld).pk}


def _runda(varld, stangd=False):
    runda = ny_runda(nytt_arende(varld))
    Yttrande.objects.create(runda=runda, part=varld.part)
    if stangd:
        runda.stang(av=None, sammanfattning="Beredningsgruppen står bakom ansökan.")
    return runda


def _stangd(varld):
    return {"pk": _runda(varld, stangd=True).pk}


def _oppen(varld):
    return {"pk": _runda(varld).pk}


def _yttrande(varld):
    return {"pk": _runda(varld).yttranden.get().pk}


def _beslut(varld):
    if not hasattr(varld, "beslut"):
        varld.beslut = Beslut.objects.create(
            arende=_ett(varld, "beviljad"), organ=nytt_organ(), datum=idag(), paragraf="§ 901", utfall="bifall"
        )
        type(varld.beslut.arende).objects.filter(pk=varld.beslut.arende_id).update(beredd=varld.beslut.skapad)
    return {"pk": varld.beslut.pk}


def _handling(varld):
    if not hasattr(varld, "handling"):
        fil = bilagor.spara(SimpleUploadedFile("tal.csv", b"ar;kronor\n2027;1\n"), av=None)
        varld.handling = Handling.objects.create(arende=_ett(varld), rubrik="Underlag", fil=fil)
    return {"pk": varld.handling.pk}


def _organ(varld):
    return {"pk": nytt_organ().pk}


def _ledamot(varld):
    rad = Ledamotskap.objects.get_or_create(organ=nytt_organ(), kontakt=varld.kontakt.kontakt, part=varld.annan)[0]
    return {"pk": rad.pk}


def _mote(varld):
    return {"pk": (Mote.objects.first() or nytt_mote()).pk}


def _ingen(varld):
    return {}


def _rader(annars, **status):
    return dict.fromkeys(KOLUMNER, annars) | {"anonym": 302} | status


def _kansliets(status=200, **fler):
    """On a case that the readers and the parties see."""
    return _rader(404, **dict.fromkeys((*LASER, PART), 403), **dict.fromkeys(KANSLI, status)) | fler


def _lasa():
    return _rader(404, **dict.fromkeys((*KANSLI, *LASER, PART), 200))


def _oppen_runda(status=200, beredning=403, **fler):
    """Of an open round, which the preparation groups see."""
    return _rader(404, **dict.fromkeys(KANSLI, status), beredning=beredning) | fler


def _organets():
    return _rader(403, **dict.fromkeys(KANSLI, 200))


MATRIS = {
    "moten:arende_list": ("get", _ingen, _rader(403, **dict.fromkeys((*KANSLI, *LASER, PART), 200))),
    "moten:arende_till_beredning": ("post", _ny, _kansliets(302)),
    "moten:arende_till_au": ("post", _ny, _kansliets(302)),
    "moten:arende_till_styrelse": ("post", _ny, _kansliets(302)),
    # The first of the parties answers for the application.
    "moten:arende_aterkalla": ("get", _pk, _kansliets(200, **{PART: 200, f"{PART}@annan": 403})),
    "moten:arende_avsluta": ("get", _pk, _kansliets()),
    "moten:handlaggare_edit": ("get", _pk, _kansliets()),
    "moten:runda_create": ("get", _pk, _kansliets()),
    "moten:runda_detail": ("get", _stangd, _lasa()),
    "moten:runda_paminn": ("post", _oppen, _oppen_runda(302)),
    "moten:runda_stang": ("get", _oppen, _oppen_runda()),
    "moten:yttrande_edit": ("get", _yttrande, _oppen_runda(200, 200, **{"beredning@annan": 403})),
    "moten:beslut_create": ("get", _hos_styrelsen, _kansliets()),
    "moten:beslut_klart": ("get", _beslut, _kansliets()),
    "moten:beslut_edit": ("get", _beslut, _kansliets()),
    "moten:handling_create": ("get", _pk, _kansliets()),
    "moten:handling_fil": ("get", _handling, _lasa()),
    "moten:handling_makulera": ("get", _handling, _kansliets()),
    "moten:jav_edit": ("get", _pk, _kansliets()),
    "moten:organ_list": ("get", _ingen, _organets()),
    "moten:organ_create": ("get", _ingen, _organets()),
    "moten:organ_detail": ("get", _organ, _organets()),
    "moten:organ_edit": ("get", _organ, _organets()),
    "moten:ledamot_create": ("get", _organ, _organets()),
    "moten:ledamot_edit": ("get", _ledamot, _organets()),
    "moten:mote_create": ("get", _organ, _organets()),
    "moten:mote_delete": ("get", _mote, _organets()),
}
