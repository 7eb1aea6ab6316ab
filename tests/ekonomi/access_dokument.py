"""The yearly documents' rows of the matrix: drafts are the kansli's, and of the annual report also the ekonom's and the
auditors'; what the board has adopted is read by all who see the budget."""

import datetime

from ekonomi import dokument as dokumenten
from ekonomi import dokument_docx, dokument_jobb
from ekonomi.models import Dokument
from samordning.karna.models import Roll

KANSLI = {"kansli", "forbundschef"}
LASARE = KANSLI | {"ekonom", "revisor", "styrelse"}
BESLUT = {"beslutad": datetime.date(2018, 12, 12), "paragraf": "§ 1"}


def _bara(roller):
    return dict.fromkeys(Roll.values, 403) | {"anonym": 302} | dict.fromkeys(roller, 200)


def _utkast(slag):
    def bygg(varld):
        finns = Dokument.objects.filter(slag=slag, ar=2041).first()
        return {"pk": (finns or dokumenten.skapa(Dokument(slag=slag, ar=2041), av=varld.konto)).pk}

    return bygg


def _faststalld(varld):
    if finns := Dokument.objects.filter(slag="plan", ar=2042).first():
        return {"pk": finns.pk}
    plan = dokumenten.skapa(Dokument(slag="plan", ar=2042), av=varld.konto)
    varden = dokumenten.las(plan).varden | {"beslut": {"dag": "2018-12-12", "paragraf": "§ 1"}}
    dokument_jobb.frys(plan, varden, docx=dokument_docx.gor(varden), papper=b"%PDF-", av=varld.konto, **BESLUT)
    return {"pk": plan.pk}


def _text(varld):
    return _utkast("plan")(varld) | {"nyckel": "vision"}


MATRIS = {
    "ekonomi:dokument_list": ("get", None, _bara(LASARE)),
    "ekonomi:dokument_create": ("get", None, _bara(KANSLI)),
    "ekonomi:dokument_detail": ("get", _faststalld, _bara(LASARE)),
    "ekonomi:dokument_pdf": ("get", _faststalld, _bara(LASARE)),
    "ekonomi:dokument_docx": ("get", _faststalld, _bara(LASARE)),
    "ekonomi:dokument_text": ("get", _text, _bara(KANSLI)),
    "ekonomi:dokument_faststall": ("get", _utkast("arsredov"), _bara(KANSLI)),
    "ekonomi:dokument_ta_bort": ("get", _utkast("plan"), _bara(KANSLI)),
}
