"""Who may open what of the applications; see tests/test_access.py.

The application has been to the preparation group and is being completed, so that boards, groups and auditors see it:
their 403 is the policy's. Its parties are the association (where the columns have their role) and another.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from insatser.models import Ansokan, Bilaga, Ide, Kompletteringspunkt
from samordning.karna import bilagor
from samordning.karna.kalender import idag
from samordning.karna.models import Roll
from tests.insatser.fabrik_ansokan import ny_ansokan, ny_part, skickad_ansokan

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = ("kansli", "forbundschef")
LASER = ("beredning", "styrelse", "ekonom", "revisor")
PART = "partsforetradare"


def _ansokan(varld):
    """Made once for a world, by the first row that asks."""
    if not hasattr(varld, "ansokan"):
        ansokan = skickad_ansokan(varld.part, ny_part("Skövde kommun"), lage="beredning")
        ansokan.arende.flytta("begar_komplettering", av=None)
        Kompletteringspunkt.objects.create(ansokan=ansokan, avsnitt="behov", text="Mer.", senast=idag())
        varld.ansokan = ansokan
    return varld.ansokan


def _pk(varld):
    return {"pk": _ansokan(varld).pk}


def _avsnitt(varld):
    return _pk(varld) | {"nyckel": "behov"}


def _rad(varld):
    return _pk(varld) | {"rad": _ansokan(varld).parter.get(huvud=True).pk}


def _bilaga(varld):
    ansokan = _ansokan(varld)
    if not ansokan.bilagor.exists():
        fil = bilagor.spara(SimpleUploadedFile("tal.csv", b"ar;kronor\n2027;1\n"), av=None)
        bilaga = Bilaga.objects.create(ansokan=ansokan, rubrik="Budget", fil=fil)
        # As if it came with the version that was sent.
        Bilaga.objects.filter(pk=bilaga.pk).update(skapad=ansokan.versioner.get().skickad)
    return _pk(varld) | {"bilaga": ansokan.bilagor.get().pk}


def _utkast(varld):
    """A draft anew for each who asks: it may be deleted."""
    return {"pk": ny_ansokan(varld.part, ny_part("Skövde kommun")).pk}


def _ide(varld):
    ide, _ = Ide.objects.get_or_create(rubrik="En skogsgrupp", part=varld.part)
    return {"pk": ide.pk}


def _slag(varld):
    return {"slag": Ansokan.Slag.FORBEREDANDE}


def _rader(annars, **status):
    return dict.fromkeys(KOLUMNER, annars) | {"anonym": 302} | status


def _lista(status=200):
    """Pages without an application: who may apply."""
    return _rader(403, **dict.fromkeys((*KANSLI, PART), status))


def _skriva(status=200, annan=404):
    """Who writes gets `status`, who reads the case 403; to others there is no such application."""
    egna = dict.fromkeys((*KANSLI, PART), status) | {f"{PART}@annan": annan}
    return _rader(404, **dict.fromkeys(LASER, 403), **egna)


def _lasa():
    return _rader(404, **dict.fromkeys((*KANSLI, PART, *LASER), 200), **{f"{PART}@annan": 404})


def _eget_utkast(status=200):
    """A draft is its parties' and the kansli's own."""
    return _rader(404, **dict.fromkeys((*KANSLI, PART), status), **{f"{PART}@annan": 404})


def _ingen(varld):
    return {}


MATRIS = {
    "ansokan:ansokan_list": ("get", _ingen, _lista()),
    "ansokan:ansokan_create": ("get", _slag, _lista()),
    "ansokan:ide_list": ("get", _ingen, _lista()),
    "ansokan:ide_create": ("get", _ingen, _lista()),
    "ansokan:ide_edit": ("get", _ide, _lista()),
    "ansokan:ansokan_detail": ("get", _pk, _lasa()),
    "ansokan:ansokan_versioner": ("get", _pk, _lasa()),
    "ansokan:bilaga_fil": ("get", _bilaga, _lasa()),
    "ansokan:avsnitt_edit": ("get", _avsnitt, _skriva()),
    "ansokan:parter": ("get", _pk, _skriva()),
    "ansokan:bilagor": ("get", _pk, _skriva()),
    "ansokan:komplettering_edit": ("get", _pk, _skriva()),
    # Sent: closed in words, for who may write.
    "ansokan:ansokan_edit": ("get", _pk, _skriva(403)),
    "ansokan:kontroll": ("get", _utkast, _eget_utkast()),
    "ansokan:ansokan_delete": ("get", _utkast, _eget_utkast()),
    "ansokan:bilaga_delete": ("get", _bilaga, _skriva(302)),
    "ansokan:ansokan_skicka": ("post", _pk, _skriva(302)),
    "ansokan:ansokan_omarbeta": ("post", _pk, _skriva(302)),
    "ansokan:part_bakom": ("post", _rad, _skriva(302)),
    "ansokan:part_angra": ("post", _rad, _skriva(302)),
    "ansokan:part_huvud": ("post", _rad, _skriva(302)),
    "ansokan:part_delete": ("post", _rad, _skriva(302)),
    "ansokan:komplettering_skicka": ("post", _pk, _skriva(200)),
}
