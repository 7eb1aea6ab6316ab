"""Who reaches what: one row per URL name of karna, its accounts, django-allauth and the roof. See tests/test_access.py.

Name: (method, arguments of the address from the world, {column: status}).
"""

from samordning.karna.models import Jobb, Roll
from tests.insatser.fabrik import ny_kontakt

KOLUMNER = ("anonym", *Roll.values)


def _alla(status, *, anonym, **roller):
    """The same for every role but those named."""
    return dict.fromkeys(KOLUMNER, status) | {"anonym": anonym} | roller


OPPEN = _alla(200, anonym=200)
INLOGGAD = _alla(200, anonym=302)
KANSLI = _alla(403, anonym=302, kansli=200, forbundschef=200)
KONTOANSVARIG = _alla(403, anonym=302, kontoansvarig=200)
# Somebody else's account does not exist for who does not look after it; a part's kontoansvarig has its own part only.
ETT_KONTO = _alla(404, anonym=302, kontoansvarig=200) | {"kontoansvarig@annan": 404}


def _inget(_varld):
    return {}


def _konto(varld):
    return {"pk": varld.konto.pk}


def _uppdrag(varld):
    return {"pk": varld.konto.pk, "uppdrag_pk": varld.konto.uppdrag.earliest("pk").pk}


def _kontakt(varld):
    return {"pk": varld.kontakt.kontakt_id}


def _tva_kontakter(varld):
    return _kontakt(varld) | {"andra": ny_kontakt(namn="Frida Lund").pk}


def _jobb(_varld):
    """A mail that is gone: a job that may be ordered again and again."""
    rad = Jobb.objects.create(uppgift="samordning.karna.brev.skicka", parametrar={"brev": "borta"}, rubrik="Prov",
                              lage="misslyckat")  # fmt: skip
    return {"uuid": rad.uuid}


MATRIS = {
    "konton:konto_list": ("get", _inget, KONTOANSVARIG),
    "konton:konto_detail": ("get", _konto, ETT_KONTO),
    "konton:inbjudan_create": ("get", _inget, KONTOANSVARIG),
    "konton:inbjudan_resend": ("post", _konto, ETT_KONTO | {"kontoansvarig": 302}),
    "konton:inbjudan_los_in": ("get", _inget, OPPEN),
    "konton:uppdrag_create": ("get", _konto, ETT_KONTO),
    "konton:uppdrag_end": ("get", _uppdrag, ETT_KONTO),
    "konton:konto_stang": ("get", _konto, ETT_KONTO),
    "konton:konto_oppna": ("get", _konto, ETT_KONTO),
    "konton:mitt_konto": ("get", _inget, INLOGGAD),
    "kontakter:kontakt_list": ("get", _inget, KANSLI),
    "kontakter:kontakt_create": ("get", _inget, KANSLI),
    "kontakter:kontakt_detail": ("get", _kontakt, KANSLI),
    "kontakter:kontakt_edit": ("get", _kontakt, KANSLI),
    "kontakter:kontakt_valj": ("get", _kontakt, KANSLI),
    "kontakter:kontakt_sla_ihop": ("get", _tva_kontakter, KANSLI),
    "karna:tema": ("post", _inget, _alla(302, anonym=302)),
    "account_login": ("get", _inget, _alla(302, anonym=200)),
    "account_logout": ("get", _inget, INLOGGAD),
    "account_inactive": ("get", _inget, OPPEN),
    "account_signup": ("get", _inget, _alla(302, anonym=200)),
    "account_reauthenticate": ("get", _inget, INLOGGAD),
    "account_change_password": ("get", _inget, INLOGGAD),
    "account_reset_password": ("get", _inget, OPPEN),
    # The later steps of the reset send away who has not taken the earlier ones.
    "account_confirm_password_reset_code": ("get", _inget, _alla(302, anonym=302)),
    "account_complete_password_reset": ("get", _inget, _alla(302, anonym=302)),
    "account_password_reset_completed": ("get", _inget, OPPEN),
    "sidor:rot": ("get", _inget, _alla(302, anonym=302)),
    "sidor:start": ("get", _inget, INLOGGAD),
    "sidor:notiser_las": ("post", _inget, _alla(302, anonym=302)),
    "sidor:halsa": ("get", _inget, OPPEN),
    "sidor:jobb_list": ("get", _inget, _alla(403, anonym=302, kansli=200, forbundschef=200, drift=200)),
    "sidor:jobb_detail": ("get", _jobb, _alla(404, anonym=302, kansli=200, forbundschef=200, drift=200)),
    "sidor:jobb_avbryt": ("get", _jobb, _alla(404, anonym=302, kansli=200, forbundschef=200, drift=403)),
    "sidor:jobb_igen": ("post", _jobb, _alla(404, anonym=302, kansli=302, forbundschef=302, drift=403)),
}
