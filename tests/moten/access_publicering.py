"""Who may open what: publication of records, and what the public reads; see tests/test_access.py."""

from datetime import timedelta

from moten import protokoll
from moten.models import Anslag, Organ, Publicering
from samordning.karna import filer
from samordning.karna.kalender import idag, nu
from tests.moten.access_motet import _ett, _kansliets, _rader
from tests.moten.fabrik import ett_mote, nytt_organ


def _organet():
    organ = nytt_organ("medlemsrad")
    Organ.objects.filter(pk=organ.pk).update(publikt=True)
    return nytt_organ("medlemsrad")


def _klart(varld):
    return _ett(varld, "klart", lambda: ett_mote("medlemsrad", lage="avslutat"))


def _publicerat(varld):
    def gor():
        mote = ett_mote(organ=_organet(), lage="publicerat", publicerat=True)
        fil = filer.spara(b"%PDF-1.7", "anteckningar.pdf")
        fil.godkann()
        Publicering.objects.create(mote=mote, nr=1, innehall=protokoll.som_json(protokoll.las(mote)), fil=fil)
        return mote

    return _ett(varld, "publicerat", gor)


def _anslaget(varld):
    def gor():
        mote = ett_mote(organ=_organet(), lage="publicerat", publicerat=True)
        Anslag.objects.create(mote=mote, upp=idag(), ned=idag() + timedelta(30), forvaras="Kansliet")
        return mote

    return _ett(varld, "anslaget", gor)


def _nytt(varld):
    return {"pk": ett_mote("medlemsrad", lage="publicerat", publicerat=nu()).pk}


MATRIS = {
    "moten:publicera": ("get", _klart, _kansliets()),
    "moten:mote_ratta": ("get", _publicerat, _kansliets()),
    "moten:mote_arkivera": ("post", _nytt, _kansliets(302)),
    "moten:anslag_edit": ("get", _publicerat, _kansliets()),
    "moten:anslag_bevis": ("get", _anslaget, _kansliets()),
    "moten:protokoll_list": ("get", None, _rader(200, anonym=200)),
    "moten:protokoll_detail": ("get", _publicerat, _rader(200, anonym=200)),
    "moten:protokoll_fil": ("get", _publicerat, _rader(200, anonym=200)),
    "moten:anslag_list": ("get", None, _rader(200, anonym=200)),
}
