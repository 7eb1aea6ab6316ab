"""The annual wheel's rows of the matrix: read by all who take part in the association's work, kept by the kansli."""

import datetime

from ekonomi.models import Hjulpost, Hjulregel
from ekonomi.views_hjul import nyckel
from samordning.karna.models import Anvandare, Roll, Uppdrag
from tests.ekonomi.hjulfabrik import ny_post, ny_regel, nytt_hjul
from tests.moten.fabrik import ett_mote, nytt_organ

KANSLI = {"kansli", "forbundschef"}
LASER = KANSLI | {"ekonom", "styrelse", "revisor", "beredning", "partsforetradare"}


def _bara(roller, ok=200):
    return dict.fromkeys(Roll.values, 403) | {"anonym": 302} | dict.fromkeys(roller, ok)


def _ar(varld):
    return {"ar": nytt_hjul(2031).ar}


def _utkast(varld):
    return {"ar": nytt_hjul(2032).ar}


def _en(rubrik, **falt):
    return Hjulpost.objects.filter(rubrik=rubrik).first() or ny_post(
        dag=datetime.date(2031, 3, 3), rubrik=rubrik, **falt
    )  # fmt: skip


def _post(varld):
    return {"pk": _en("Världens").pk}


def _ekonomens(varld):
    return {"pk": _en("Ekonomens", roll="ekonom").pk}


def _ny_med_organ(varld):
    dag = datetime.date(2031, 4, 1) + datetime.timedelta(Hjulpost.objects.count())
    return {"pk": ny_post(dag=dag, koppling="mote", organ=nytt_organ("dag")).pk}


def _regel(varld):
    return {"pk": (Hjulregel.objects.first() or ny_regel()).pk}


def _mote(varld):
    return {"pk": ett_mote("styrgrupp").pk}


def _kod(varld):
    konto = Anvandare.objects.filter(epost="hjul@example.se").first()
    if konto is None:
        konto = Anvandare.objects.skapa("hjul@example.se", "Någon", "hemligt-losen-123")
        part = Uppdrag._meta.get_field("part").related_model.objects.forbund()
        Uppdrag.objects.create(anvandare=konto, part=part, roll=Roll.EKONOM, fran=datetime.date(2020, 1, 1))
    return {"kod": nyckel(konto)}


MATRIS = {
    "ekonomi:hjul_list": ("get", None, _bara(LASER)),
    "ekonomi:hjul_detail": ("get", _ar, _bara(LASER)),
    "ekonomi:hjul_create": ("get", None, _bara(KANSLI)),
    "ekonomi:hjul_faststall": ("get", _utkast, _bara(KANSLI)),
    "ekonomi:hjul_moten": ("post", _ar, _bara(KANSLI, ok=302)),
    "ekonomi:hjul_kalender": ("get", _kod, dict.fromkeys(("anonym", *Roll.values), 200)),
    "ekonomi:hjulpost_create": ("get", _ar, _bara(KANSLI)),
    "ekonomi:hjulpost_detail": ("get", _post, _bara(LASER)),
    "ekonomi:hjulpost_edit": ("get", _post, _bara(KANSLI)),
    "ekonomi:hjulpost_flytta": ("get", _post, _bara(KANSLI)),
    # Whoever has the role that answers for it, and the kansli.
    "ekonomi:hjulpost_klar": ("post", _ekonomens, _bara(KANSLI | {"ekonom"}, ok=302)),
    "ekonomi:hjulpost_installd": ("post", _post, _bara(KANSLI, ok=302)),
    "ekonomi:hjulpost_mote": ("post", _ny_med_organ, _bara(KANSLI, ok=302)),
    "ekonomi:hjulregel_list": ("get", None, _bara(LASER)),
    "ekonomi:hjulregel_create": ("get", None, _bara(KANSLI)),
    "ekonomi:hjulregel_ladda": ("post", None, _bara(KANSLI, ok=302)),
    "ekonomi:hjulregel_edit": ("get", _regel, _bara(KANSLI)),
    "ekonomi:hjul_mote_panel": ("get", _mote, _bara(KANSLI)),
}
