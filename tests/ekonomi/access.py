"""Who may open what; see tests/test_access.py."""

import datetime

from ekonomi.budgetrapport import som_json
from ekonomi.models import Budgetpost, Budgetversion, Verksamhetsar
from ekonomi.reports import budgetrapport
from samordning.karna.models import Anvandare, Roll
from tests.ekonomi import access_blad, access_bok, access_dokument, access_hjul, access_plan, access_prognos
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition, nytt_scenario

KANSLI = {"kansli", "forbundschef"}
PENGAR = KANSLI | {"ekonom"}
AVTALSLASARE = KANSLI | {"beredning", "styrelse", "ekonom", "revisor"}
# The world's agreement is the association's: a party's representative elsewhere does not see it.
EGEN_PART = {"partsforetradare": 200, "partsforetradare@annan": 404}


def _alla(status):
    return dict.fromkeys(("anonym", *Roll.values), status) | {"anonym": 302}


def _bara(roller, *, andra=403, ok=200):
    return _alla(andra) | dict.fromkeys(roller, ok)


def _ar(varld):
    rad, _ = Verksamhetsar.objects.get_or_create(ar=2019, defaults={"tilldelning": 3_492_000})
    return {"pk": rad.pk}


def _avtal(varld):
    varld.avtal.belopp.get_or_create(ar=2026, defaults={"kronor": 400_000})
    return {"pk": varld.avtal.pk}


def _rekvisition(lage="utkast", **falt):
    def bygg(varld):
        avtal = avtal_med_pengar(varld.part)
        attest = falt.get("attest") and (varld.konto, _annan(varld))
        return {"pk": ny_rekvisition(avtal, _skribent(varld), lage=lage, **falt | {"attest": attest or ()}).pk}

    return bygg


def _skribent(varld):
    return _konto("skrev@example.se")


def _annan(varld):
    return _konto("attesterade@example.se")


def _konto(epost):
    return Anvandare.objects.filter(epost=epost).first() or Anvandare.objects.skapa(epost, "Någon", "hemligt-losen-123")


def _scenario(varld):
    ar = Verksamhetsar.objects.get(pk=_ar(varld)["pk"])
    return {"pk": nytt_scenario(varld.konto, ar).pk}


def _faststalld(varld):
    rad, nytt = Verksamhetsar.objects.get_or_create(ar=2020, defaults={"tilldelning": 1, "lage": "faststalld"})
    return {"pk": rad.pk}


def _post(varld):
    rad, _ = Verksamhetsar.objects.get_or_create(ar=2021, defaults={"tilldelning": 1})
    return {"pk": Budgetpost.objects.get_or_create(verksamhetsar=rad, defaults=POST)[0].pk}


def _version(varld):
    falt = {"nr": 1, "beslutad": datetime.date(2019, 12, 5), "paragraf": "§ 60"}
    rad = Verksamhetsar.objects.get(pk=_faststalld(varld)["pk"])
    varden = som_json(budgetrapport(rad), kronor=True)
    return {"pk": Budgetversion.objects.get_or_create(verksamhetsar=rad, defaults=falt | {"varden": varden})[0].pk}


POST = {"rubrik": "Rad", "kategori": "individ", "belopp": 1}
SER = _bara(KANSLI | {"ekonom", "revisor"}, andra=404)
MATRIS = {
    "ekonomi:bidrag_edit": ("get", _ar, _bara(PENGAR)),
    "ekonomi:post_edit": ("get", _post, _bara(PENGAR)),
    "ekonomi:ar_faststall": ("get", _ar, _bara(KANSLI)),
    "ekonomi:ar_revidera": ("get", _faststalld, _bara(KANSLI)),
    "ekonomi:version_detail": ("get", _version, _bara(PENGAR | {"styrelse", "revisor"})),
    "ekonomi:ar_list": ("get", None, _bara(PENGAR | {"styrelse", "revisor"})),
    "ekonomi:ar_detail": ("get", _ar, _bara(PENGAR | {"styrelse", "revisor"})),
    "ekonomi:ar_create": ("get", None, _bara(PENGAR)),
    "ekonomi:ar_edit": ("get", _ar, _bara(PENGAR)),
    "ekonomi:kapitalregel_edit": ("get", None, _bara(KANSLI)),
    "ekonomi:rekvisition_list": ("get", None, _bara(PENGAR | {"revisor", "partsforetradare"})),
    "ekonomi:rekvisition_blad": ("get", None, _bara(PENGAR | {"revisor", "partsforetradare"})),
    "ekonomi:rekvisition_create": ("get", _avtal, _bara(AVTALSLASARE, andra=404, ok=403)
        | dict.fromkeys(KANSLI, 200) | EGEN_PART),
    "ekonomi:rekvisition_panel": ("get", _avtal, _bara(AVTALSLASARE, andra=404, ok=403)
        | dict.fromkeys(PENGAR | {"revisor"}, 200) | EGEN_PART),
    "ekonomi:rekvisition_detail": ("get", _rekvisition(), SER | EGEN_PART),
    "ekonomi:rekvisition_fil": ("get", _rekvisition(), _alla(404)),
    "ekonomi:rekvisition_edit": ("get", _rekvisition(), SER | {"ekonom": 403, "revisor": 403} | EGEN_PART),
    "ekonomi:rekvisition_aterkalla": ("get", _rekvisition(), SER | {"ekonom": 403, "revisor": 403} | EGEN_PART),
    "ekonomi:rekvisition_skicka": ("post", _rekvisition(), _bara(KANSLI, andra=404, ok=302)
        | {"ekonom": 403, "revisor": 403, "partsforetradare": 302, "partsforetradare@annan": 404}),
    "ekonomi:rekvisition_attestera_forst": ("post", _rekvisition("inskickad"), _bara(PENGAR, andra=404, ok=302)
        | {"revisor": 403, "partsforetradare": 403, "partsforetradare@annan": 404}),
    "ekonomi:rekvisition_attestera_sist": ("post", _rekvisition("attesterad_1", attest=True),
        _bara(PENGAR, andra=404, ok=302) | {"revisor": 403, "partsforetradare": 403, "partsforetradare@annan": 404}),
    "ekonomi:rekvisition_skicka_tillbaka": ("get", _rekvisition("inskickad"), SER
        | {"revisor": 403, "partsforetradare": 403, "partsforetradare@annan": 404}),
    "ekonomi:rekvisition_betala": ("get", _rekvisition("attesterad", attest=True), SER
        | {"revisor": 403, "partsforetradare": 403, "partsforetradare@annan": 404}),
    **access_blad.matris(_version),
    **access_bok.MATRIS,
    **access_dokument.MATRIS,
    **access_hjul.MATRIS,
    **access_plan.MATRIS,
    **access_prognos.MATRIS,
    "ekonomi:scenario_list": ("get", None, _bara(PENGAR)),
    "ekonomi:scenario_create": ("get", None, _bara(KANSLI)),
    "ekonomi:scenario_jamfor": ("get", None, _bara(PENGAR)),
    "ekonomi:scenario_detail": ("get", _scenario, _bara(PENGAR)),
    "ekonomi:scenario_edit": ("get", _scenario, _bara(KANSLI)),
    "ekonomi:scenario_ta_bort": ("get", _scenario, _bara(KANSLI)),
    "ekonomi:scenario_underlag": ("get", _scenario, _bara(KANSLI)),
}  # fmt: skip
