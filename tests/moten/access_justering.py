"""Who may open what: the record on paper, and its approval; see tests/test_access.py."""

from moten.models import Justerare, Justeringskommentar, Organ, Protokollversion
from samordning.karna import filer
from samordning.karna.models import Kontakt
from tests.moten.access_motet import KANSLI, _ett, _kansliets, _pagar, _punkt, _rader
from tests.moten.fabrik import ett_mote, nytt_organ


def _organet():
    organ = nytt_organ("styrelse")
    Organ.objects.filter(pk=organ.pk).update(justeras=True)
    return organ


def _hos_justerarna(varld):
    return _ett(varld, "hos_justerarna", lambda: ett_mote(organ=_organet(), lage="justering"))


def _nytt(varld):
    return {"pk": ett_mote(organ=_organet(), lage="justering").pk}


def _utdrag(varld):
    return {"pk": _pagar(varld)["pk"], "punkt": _punkt(varld)["pk"]}


def _version(varld):
    def gor():
        fil = filer.spara(b"%PDF-1.7", "protokoll.pdf")
        fil.godkann()
        return Protokollversion.objects.create(mote_id=_hos_justerarna(varld)["pk"], nr=1, fil=fil, sha256=fil.sha256)

    return _ett(varld, "version", gor)


def _kommentar(varld):
    def gor():
        kontakt = Kontakt.objects.create(namn="Jan Prov", part=varld.part)
        rad = Justerare.objects.create(mote_id=_hos_justerarna(varld)["pk"], kontakt=kontakt)
        return Justeringskommentar.objects.create(justerare=rad, text="Fel ord.")

    return _ett(varld, "kommentar", gor)


# The board sees the meeting; who was chosen to approve opens its approval, and only that one approves.
_INTE_VALD = _rader(404, **dict.fromkeys(KANSLI, 200), styrelse=403)

MATRIS = {
    "moten:protokoll_pdf": ("get", _pagar, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 200))),
    "moten:paragraf_pdf": ("get", _utdrag, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 200))),
    "moten:protokollversion_fil": ("get", _version, _rader(404, **dict.fromkeys(KANSLI, 200))),
    "moten:justering": ("get", _hos_justerarna, _INTE_VALD),
    "moten:justera": ("post", _hos_justerarna, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 403))),
    "moten:justering_kommentera": ("post", _hos_justerarna, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 403))),
    "moten:justering_ta_tillbaka": ("post", _nytt, _kansliets(302)),
    "moten:justering_paminn": ("post", _hos_justerarna, _kansliets(302)),
    "moten:justering_undertecknat": ("get", _hos_justerarna, _kansliets()),
    "moten:kommentar_svar": ("get", _kommentar, _kansliets()),
}
