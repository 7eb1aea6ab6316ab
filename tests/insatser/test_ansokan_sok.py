"""The words inside the attachments of applications are found, by those who may open them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from insatser import ansokan_kopia, ansokan_sok, tasks
from insatser.models import Bilaga
from moten import sok_text
from moten.models import Handlingstext
from samordning.karna import bilagor, filer, jobb
from samordning.karna.kalender import nu
from samordning.karna.models import Jobb
from samordning.sidor.sok import Sokning
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan

pytestmark = pytest.mark.django_db
SOK = reverse("sidor:sok")


def bifoga(ansokan, innehall, rubrik="Kalkyl", skapad=None):
    fil = bilagor.spara(SimpleUploadedFile("kalkyl.csv", innehall.encode()), av=None)
    rad = Bilaga.objects.create(ansokan=ansokan, rubrik=rubrik, fil=fil)
    if skapad:
        Bilaga.objects.filter(pk=rad.pk).update(skapad=skapad)
    return rad


def las_in():
    """What beat does, one app after the other."""
    tasks.bilagetexter()
    sok_text.svep()
    for arbete in Jobb.objects.filter(uppgift=sok_text.UPPGIFT, lage="ko"):
        jobb.kor_jobb(arbete.pk)


def _traffar(inloggad, q, roll, **falt):
    svar = inloggad(roll, **falt).get(SOK, {"q": q})
    return Sokning(svar.wsgi_request.GET, svar.wsgi_request.user).svar("1")


@pytest.fixture
def ansokan(kommun):
    return skickad_ansokan(kommun, ny_part("Försäkringskassan", "fk"), lage="beredning", rubrik="Fyrbåken")


def test_the_text_is_read_once_and_found_with_the_application(ansokan, inloggad, monkeypatch):
    bifoga(ansokan, "Kvarnsten;12\n", skapad=nu() - timedelta(1))
    las_in()
    rad = Handlingstext.objects.get()
    assert (rad.rubrik, rad.fel, "Kvarnsten" in rad.text) == ("Kalkyl", "", True)
    svar = _traffar(inloggad, "kvarnsten", "kansli")
    assert svar.antal == {"handling": 1}
    (traff,) = svar.sida
    assert traff.url == f"{reverse('ansokan:ansokan_detail', args=[ansokan.pk])}#filer"
    assert traff.om == ("Bilaga till ansökan", "Fyrbåken")
    assert "<mark>Kvarnsten</mark>" in traff.utdrag
    monkeypatch.setattr(sok_text, "utdrag", lambda *_: pytest.fail("read again"))
    las_in()
    assert (ansokan_sok.erbjud_bilagor(), sok_text.svep()) == (0, 0)


def test_who_may_not_open_the_file_does_not_find_it(ansokan, kommun, inloggad):
    bifoga(ansokan, "Kvarnsten;12\n", "Skickad", skapad=nu() - timedelta(1))
    bifoga(ansokan, "Kvarnsten;13\n", "Efter", skapad=nu() + timedelta(1))
    las_in()
    for roll, part, antal in (
        ("kansli", None, 2), ("partsforetradare", kommun, 2), ("beredning", None, 1), ("styrelse", None, 1),
        ("partsforetradare", None, 0), ("remittent", kommun, 0), ("drift", None, 0),
    ):  # fmt: skip
        svar = _traffar(inloggad, "kvarnsten", roll, part=part)
        assert svar.antal.get("handling", 0) == antal, roll


def test_a_file_that_two_applications_have_is_one_hit_and_goes_with_the_last(ansokan, inloggad):
    forsta = bifoga(ansokan, "Kvarnsten;12\n")
    andra = skickad_ansokan(ny_part(), ny_part(), rubrik="Omarbetad")
    kopia = Bilaga.objects.create(ansokan=andra, rubrik="Kalkyl", fil=forsta.fil)
    las_in()
    svar = _traffar(inloggad, "kvarnsten", "kansli")
    assert (svar.antal, [traff.om[1] for traff in svar.sida]) == ({"handling": 1}, ["Omarbetad"])
    ansokan_kopia.ta_bort_bilaga(kopia)
    assert Handlingstext.objects.count() == 1
    ansokan_kopia.ta_bort_bilaga(forsta)
    assert not Handlingstext.objects.exists()


def test_a_file_that_is_not_looked_through_is_not_read(ansokan):
    fil = filer.spara(b"Kvarnsten;12\n", "a.csv")
    Bilaga.objects.create(ansokan=ansokan, rubrik="Kalkyl", fil=fil)
    las_in()
    assert not Handlingstext.objects.exists()


@pytest.mark.parametrize("antal", [1, 5])
def test_it_costs_the_same_with_many(ansokan, inloggad, django_assert_num_queries, antal):
    for nr in range(antal):
        bifoga(ansokan, f"Kvarnsten;{nr}\n")
    las_in()
    client = inloggad("kansli")
    client.get(SOK, {"q": "kvarnsten"})
    with django_assert_num_queries(14):
        client.get(SOK, {"q": "kvarnsten"})
