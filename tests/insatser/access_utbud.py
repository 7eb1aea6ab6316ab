"""Who may open the pages about groups, events, implementation, own forms and NCK's course; see tests/test_access.py."""

import datetime

from insatser.models import Anmalan, Insats, Insatsgrupp, Nominering, Tillfalle
from samordning.karna import filer
from tests.insatser.access import _alla, _bara, _inga, _slug

SER_IMPLEMENTERING = {"partsforetradare", "beredning", "styrelse"}
NOMINERAR = {"partsforetradare", "beredning"}
START = datetime.date(2030, 1, 7)


def _grupp(varld):
    falt = {"start": START, "platser": 8, "lediga": 3}
    grupp, _ = Insatsgrupp.objects.get_or_create(insats=varld.insats, namn="Språkgruppen", defaults=falt)
    return {"slug": varld.insats.slug, "pk": grupp.pk}


def _blankett(varld):
    insats = Insats.objects.get(pk=varld.insats.pk)
    if not insats.egen_blankett_id:
        insats.egen_blankett = filer.spara(b"%PDF-1.4", "blankett.pdf")
        insats.egen_blankett.godkann()
        insats.tar_emot = "papper"
        insats.save()
    return _slug(varld)


def _tillfalle(varld):
    falt = {"rubrik": "KUR", "platser": 4}
    return {"pk": Tillfalle.objects.get_or_create(insats=varld.insats, dag=START, defaults=falt)[0].pk}


def _anmalan(varld):
    pk = _tillfalle(varld)
    return pk | {"anmalan": Anmalan.objects.get_or_create(tillfalle_id=pk["pk"], namn="Pia Ek")[0].pk}


def _nominering(varld):
    falt = {"motivering": "För att", "part": varld.part}
    return {"pk": Nominering.objects.get_or_create(ar=2030, arbetsgivare="Sågen", defaults=falt)[0].pk}


def _post(*vilka):
    """A form of one button: sent on for these and the kansli, 403 for all others."""
    return {roll: 302 if status == 200 else status for roll, status in _bara(*vilka).items()}


INLOGGADE = _alla(200) | {"anonym": 302}
# At another part nobody's nomination is one's own.
EGEN_NOMINERING = _bara(*NOMINERAR) | {f"{roll}@annan": 403 for roll in NOMINERAR}

MATRIS = {
    "insatser:grupp_list": ("get", _inga, _alla(200)),
    "insatser:grupp_create": ("get", _slug, _bara("egen_personal")),
    "insatser:grupp_edit": ("get", _grupp, _bara("egen_personal")),
    "insatser:grupp_bekrafta": ("post", _grupp, _post("egen_personal")),
    "insatser:grupp_avsluta": ("get", _grupp, _bara("egen_personal")),
    "insatser:blankett": ("get", _blankett, _alla(200)),
    "insatser:blankett_edit": ("get", _blankett, _bara()),
    "insatser:blankett_delete": ("get", _blankett, _bara()),
    "insatser:implementering": ("get", _slug, _bara(*SER_IMPLEMENTERING)),
    "insatser:implementering_list": ("get", _inga, _bara(*SER_IMPLEMENTERING)),
    "insatser:nck": ("get", _inga, _bara()),
    "insatser:nck_edit": ("get", lambda varld: {"pk": varld.medarbetare.anvandare_id}, _bara()),
    "tillfallen:tillfalle_list": ("get", _inga, INLOGGADE),
    "tillfallen:tillfalle_detail": ("get", _tillfalle, INLOGGADE),
    "tillfallen:tillfalle_create": ("get", _inga, _bara()),
    "tillfallen:tillfalle_edit": ("get", _tillfalle, _bara()),
    "tillfallen:tillfalle_stall_in": ("get", _tillfalle, _bara()),
    "tillfallen:anmalan_create": ("post", _tillfalle, _alla(302)),
    "tillfallen:anmalan_avanmal": ("post", _tillfalle, _alla(302)),
    "tillfallen:anmalan_annan": ("get", _tillfalle, _bara()),
    "tillfallen:anmalan_ta_bort": ("post", _anmalan, _post()),
    "tillfallen:narvaro": ("get", _tillfalle, _bara()),
    "tillfallen:narvaro_xlsx": ("get", _tillfalle, _bara()),
    "tillfallen:nominering_list": ("get", _inga, _bara(*NOMINERAR)),
    "tillfallen:nominering_create": ("get", _inga, _bara(*NOMINERAR)),
    "tillfallen:nominering_edit": ("get", _nominering, EGEN_NOMINERING),
    "tillfallen:nominering_delete": ("get", _nominering, EGEN_NOMINERING),
    "tillfallen:nominering_valj": ("post", _nominering, _post()),
    "tillfallen:nominering_valj_bort": ("post", _nominering, _post()),
}
