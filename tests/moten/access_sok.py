"""Who may open what: search, the diarium's papers and requests for disclosure; see tests/test_access.py."""

from moten.models import Sparadsokning, Utlamnande
from samordning.karna.models import Anvandare, Roll
from tests.moten.access import KANSLI, LASER, PART, _organets, _rader


def _begaran(varld):
    return {"pk": (Utlamnande.objects.first() or Utlamnande.objects.create(vad="Protokollet från mars.")).pk}


def _nagons(varld):
    """A kept search is its owner's; here it is somebody else's."""
    agare = Anvandare.objects.order_by("pk").first()
    return {"pk": Sparadsokning.objects.get_or_create(anvandare=agare, namn="Någons", villkor={"q": "budget"})[0].pk}


ALLA = dict.fromkeys(Roll.values, 200) | {"anonym": 302}
INGEN = dict.fromkeys(Roll.values, 404) | {"anonym": 302}
DIARIET = _rader(403, **dict.fromkeys((*KANSLI, *LASER, PART), 200))

MATRIS = {
    "sidor:sok": ("get", None, ALLA),
    "sidor:sokning_list": ("get", None, ALLA),
    # The address holds no search: it sends back to the page where one searches.
    "sidor:sokning_create": ("get", None, ALLA | dict.fromkeys(Roll.values, 302)),
    "sidor:sokning_visa": ("get", _nagons, INGEN),
    "sidor:sokning_edit": ("get", _nagons, INGEN),
    "sidor:sokning_delete": ("post", _nagons, INGEN),
    "moten:arende_export": ("get", None, DIARIET),
    "moten:handling_list": ("get", None, DIARIET),
    "moten:utlamnande_list": ("get", None, _organets()),
    "moten:utlamnande_create": ("get", None, _organets()),
    "moten:utlamnande_edit": ("get", _begaran, _organets()),
}
