"""The ledger's rows of the matrix: read by those who keep and audit the money, written by those who keep it."""

from ekonomi import matchning
from ekonomi.models import Bokkoppling, Konteringsregel, Verifikationsrad, Verksamhetsar
from samordning.karna.models import Anvandare, Roll
from tests.ekonomi.bokfabrik import granskad, nytt_ar, regel, sie, sparad
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition

SKOTER = {"kansli", "forbundschef", "ekonom"}
SER = SKOTER | {"revisor"}


def _bara(roller, ok=200):
    return dict.fromkeys(Roll.values, 403) | {"anonym": 302} | dict.fromkeys(roller, ok)


def _ar(varld):
    return {"pk": nytt_ar(2017).pk}


def _regel(varld):
    ar = nytt_ar(2017)
    return {"pk": (Konteringsregel.objects.filter(verksamhetsar=ar).first() or regel(ar, "4010", "utanfor")).pk}


def _granskad(varld):
    return {"pk": granskad(ar=nytt_ar(2016)).pk}


def _sparad(varld):
    return {"pk": sparad(ar=nytt_ar(2016)).pk}


def _konto(epost):
    return Anvandare.objects.filter(epost=epost).first() or Anvandare.objects.skapa(epost, "Någon", "hemligt-losen-123")


def _rekvisition(varld):
    a, b, c = (_konto(f"{namn}@example.se") for namn in ("rek-a", "rek-b", "rek-c"))
    nytt_ar(2016)
    return {"pk": ny_rekvisition(avtal_med_pengar(ar=2016), a, lage="betald", attest=(b, c), belopp=100).pk}


def _koppling(varld):
    if finns := Bokkoppling.objects.first():
        return {"pk": finns.pk}
    rekvisition = _rekvisition(varld)
    ar = Verksamhetsar.objects.get(ar=2016)
    sparad(sie([("K", "1", "0301", "Kopplas", (("4010", "", "100.00"), ("1930", "", "-100.00")))], ar=2016), ar=ar)
    rad = Verifikationsrad.objects.filter(konto="4010", verksamhetsar=ar, koppling=None).first()
    modell = Bokkoppling._meta.get_field("rekvisition").related_model
    return {"pk": matchning.koppla(modell.objects.get(**rekvisition), rad, av=_konto("rek-a@example.se")).pk}


MATRIS = {
    "ekonomi:bok_list": ("get", None, _bara(SER)),
    "ekonomi:bok_create": ("get", None, _bara(SKOTER)),
    "ekonomi:bok_detail": ("get", _granskad, _bara(SER)),
    "ekonomi:bok_fil": ("get", _granskad, _bara(SER)),
    "ekonomi:bok_sparas": ("post", _granskad, _bara(SKOTER, ok=302)),
    "ekonomi:bok_avvisa": ("post", _granskad, _bara(SKOTER, ok=302)),
    "ekonomi:bok_angra": ("get", _sparad, _bara(SKOTER)),
    "ekonomi:regel_list": ("get", _ar, _bara(SER)),
    "ekonomi:regel_create": ("get", _ar, _bara(SKOTER)),
    "ekonomi:regel_kopiera": ("post", _ar, _bara(SKOTER, ok=302)),
    "ekonomi:regel_edit": ("get", _regel, _bara(SKOTER)),
    "ekonomi:regel_ta_bort": ("get", _regel, _bara(SKOTER)),
    "ekonomi:regel_upp": ("post", _regel, _bara(SKOTER, ok=302)),
    "ekonomi:regel_ned": ("post", _regel, _bara(SKOTER, ok=302)),
    "ekonomi:verifikation_list": ("get", _ar, _bara(SER)),
    "ekonomi:verifikation_csv": ("get", _ar, _bara(SER)),
    "ekonomi:matchning_list": ("get", _ar, _bara(SER)),
    "ekonomi:matchning_create": ("get", _rekvisition, _bara(SKOTER)),
    "ekonomi:matchning_ta_bort": ("post", _koppling, _bara(SKOTER, ok=302)),
}  # fmt: skip
