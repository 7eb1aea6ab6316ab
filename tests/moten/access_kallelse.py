"""Who may open what: the summons, answers to it, and calendars; see tests/test_access.py."""

from datetime import timedelta

from moten import kalender_views, svar
from moten.models import Kallelse, Narvaro
from samordning.karna import filer
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt
from tests.moten.access_motet import KANSLI, _ett, _kallat, _kansliets, _rader
from tests.moten.fabrik import ett_mote, nytt_organ


def _planerat(varld):
    return _ett(varld, "planerat", lambda: ett_mote(dag=idag() + timedelta(30)))


def _kallelse(varld):
    def gor():
        fil = filer.spara(b"%PDF-1.7", "kallelse.pdf")
        fil.godkann()
        return Kallelse.objects.create(mote_id=_kallat(varld)["pk"], nr=1, fil=fil)

    return _ett(varld, "kallelsen", gor)


def _kallad(varld):
    def gor():
        kontakt = Kontakt.objects.create(namn="Kalle Prov", part=varld.part)
        return Narvaro.objects.create(mote_id=_kallat(varld)["pk"], kontakt=kontakt, part=varld.part, kallad=nu())

    return _ett(varld, "kallad", gor)


def _lank(varld):
    return {"kod": svar.kod(Narvaro.objects.get(pk=_kallad(varld)["pk"]))}


def _publikt(varld):
    def gor():
        organ = nytt_organ("medlemsrad")
        organ.publikt = True
        organ.save()
        return organ

    return _ett(varld, "publikt", gor)


def _nyckel(varld):
    return {"kod": kalender_views.nyckel(varld.konto)}


MATRIS = {
    "moten:kallelse_create": ("get", _planerat, _kansliets()),
    "moten:kallelse_paminn": ("post", _kallat, _kansliets(302)),
    "moten:kallelse_igen": ("post", _kallat, _kansliets(302)),
    "moten:kallelse_fil": ("get", _kallelse, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 200))),
    # The board sees the meeting, but only who is called answers.
    "moten:narvaro_svara": ("post", _kallad, _rader(404, **dict.fromkeys(KANSLI, 302), styrelse=403)),
    "moten:narvaro_svar": ("get", _lank, _rader(200, anonym=200)),
    "moten:kalender_organ": ("get", _publikt, _rader(200, anonym=200)),
    "moten:kalender_person": ("get", _nyckel, _rader(200, anonym=200)),
    "moten:kalender_lank": ("get", None, _rader(200)),
}
