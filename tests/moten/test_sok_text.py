"""The text of files, read for search: every kind, with limits, once (MA16)."""

import io
import sys

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from moten import sok_text, sok_utdrag
from moten.models import Handling, Handlingstext, Mote, Punkt, Underlag
from samordning.karna import bilagor, filer, jobb, pdf, sok
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb, Roll
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
SOK = reverse("sidor:sok")


@pytest.fixture
def styrelsens(db):
    mote = ett_mote("styrelse", om=-30, lage="avslutat")
    Punkt.objects.create(mote=mote, rubrik="Siffror")
    return mote


def _handling(innehall=None, namn="yttrande.csv", fil=None, text="Skrivet."):
    if innehall:
        fil, text = bilagor.spara(SimpleUploadedFile(namn, innehall), av=None), ""
    arende = skickad_ansokan(ny_part(), ny_part()).arende
    return Handling.objects.create(arende=arende, rubrik="Yttrande", fil=fil, text=text)


def _fil(innehall, namn, godkand=True):
    """Stored without having been looked into."""
    fil = filer.spara(innehall, namn)
    if godkand:
        fil.godkann()
    return fil


def _las(rad):
    arbete = jobb.bestall(sok_text.UPPGIFT, {rad._meta.model_name: rad.pk})
    jobb.kor_jobb(arbete.pk)
    return Handlingstext.objects.filter(**{rad._meta.model_name: rad}).first()


def test_the_text_of_every_kind_of_file_is_read():
    from openpyxl import Workbook

    bok, xlsx, docx_ = Workbook(), io.BytesIO(), io.BytesIO()
    bok.active.append(["Kvalster", 12, "=1+1"])
    bok.save(xlsx)
    dokument = docx.Document()
    dokument.add_paragraph("Kvalster i Word")
    dokument.save(docx_)
    pdf_ = pdf.gor("<html lang=sv><title>x</title><h1>Kvalster i en PDF som är lång nog</h1></html>", titel="x")
    filer_ = {"a.csv": "Kvalster;å".encode(), "a.xlsx": xlsx.getvalue(), "a.docx": docx_.getvalue(), "a.pdf": pdf_}
    for namn, innehall in filer_.items():
        rad = _las(_handling(innehall, namn))
        assert (rad.fel, "Kvalster" in rad.text, rad.text.startswith("Yttrande\n")) == ("", True, True), namn
    assert _las(_handling()).text == "Yttrande\nSkrivet."
    assert Handlingstext.objects.filter(sokvektor=sok.Term("kvalster").fraga).count() == 4


def test_what_cannot_be_read_is_kept_with_the_reason_and_not_read_again(monkeypatch):
    trasig = _las(_handling(fil=_fil(b"%PDF-1.7 trasig", "a.pdf")))
    assert (trasig.fel, trasig.text) == ("skadad", "Yttrande\nSkrivet.\n")
    assert _las(_handling(fil=_fil(b"x", "a.png"))).fel == "filtyp"
    assert "hemligt" not in _las(_handling(fil=_fil(b"hemligt", "a.csv", godkand=False))).text
    monkeypatch.setattr(sok_text, "utdrag", lambda *_: pytest.fail("read again"))
    assert sok_text.svep() == 0


def test_a_file_that_is_gone_is_tried_three_times(monkeypatch):
    rad = _handling(b"a;b\n1;2\n")
    filer.vag(rad.fil).unlink()
    arbete = jobb.bestall(sok_text.UPPGIFT, {"handling": rad.pk})
    for _ in range(3):
        assert not Handlingstext.objects.exists()
        jobb.kor_jobb(arbete.pk)
    assert Handlingstext.objects.get().fel == "FileNotFoundError"
    assert sok_text.svep() == 0


def test_a_reader_that_hangs_or_dies_gives_no_text(monkeypatch):
    monkeypatch.setattr(sok_text, "SEKUNDER", 0.001)
    assert sok_text.utdrag(b"x", "csv") == ("", "tid")
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert sok_text.utdrag(b"x", "csv") == ("", "avbrots")
    monkeypatch.undo()
    langt = " ".join(f"ord{nr}abcdefgh" for nr in range(200_000)).encode()
    rad = _las(_handling(langt, "a.csv"))
    assert rad.fel in ("", "lang")
    assert len(rad.text) <= sok_utdrag.LANGST + 20


def test_the_sweep_finds_what_no_form_ordered(styrelsens):
    fil = bilagor.spara(SimpleUploadedFile("a.csv", b"kvalster;1\n"), av=None)
    Underlag.objects.create(mote=styrelsens, rubrik="Siffrorna", fil=fil)
    _handling()
    assert sok_text.svep() == 2
    for arbete in Jobb.objects.filter(uppgift=sok_text.UPPGIFT):
        jobb.kor_jobb(arbete.pk)
    assert sok_text.svep() == 0
    assert sorted(Handlingstext.objects.values_list("rubrik", flat=True)) == ["Siffrorna", "Yttrande"]


def test_a_file_of_a_meeting_is_found_by_those_who_belong_until_it_is_withdrawn(styrelsens, inloggad):
    fil = bilagor.spara(SimpleUploadedFile("a.csv", b"kvalster;1\n"), av=None)
    rad = Underlag.objects.create(mote=styrelsens, punkt=styrelsens.punkter.first(), rubrik="Siffrorna", fil=fil)
    _las(rad)
    Mote.objects.filter(pk=styrelsens.pk).update(lage="publicerat", publicerat=nu())
    antal = {roll: inloggad(roll).get(SOK, {"q": "kvalster"}).context["i_allt"] for roll in Roll.values}
    assert {roll for roll, n in antal.items() if n} == {"kansli", "forbundschef", "styrelse"}
    Underlag.objects.filter(pk=rad.pk).update(utgatt=nu())
    assert inloggad("styrelse").get(SOK, {"q": "kvalster"}).context["i_allt"] == 0
