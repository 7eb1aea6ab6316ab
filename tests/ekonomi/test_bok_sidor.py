"""The pages of an import: a file comes in, is looked through by a worker, seen, saved, and taken back."""

import uuid
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from ekonomi import bok_spara
from ekonomi.models import Bokimport, Verifikation, Verksamhetsar
from samordning.karna import filer
from samordning.karna.models import Fil, Jobb
from tests.ekonomi.bokfabrik import VERIFIKATIONER, granskad, nytt_ar, sie, sparad

pytestmark = pytest.mark.django_db
NY, LISTA = reverse("ekonomi:bok_create"), reverse("ekonomi:bok_list")


def _ladda_upp(client, innehall, ar, **byt):
    data = {"verksamhetsar": ar.pk, "fil": SimpleUploadedFile("bok.se", innehall)} | byt
    return client.post(NY, data)


def _sida(client, rad):
    return client.get(reverse("ekonomi:bok_detail", args=[rad.pk])).content.decode()


def test_a_file_is_looked_through_seen_and_saved(client, inloggad):
    inloggad("ekonom")
    ar = nytt_ar()
    svar = _ladda_upp(client, sie(mer="#IB 0 1930 1000.00\n#UB 0 1930 1299.50\n"), ar)
    jobb = Jobb.objects.get()
    assert svar.url == reverse("sidor:jobb_detail", args=[jobb.uuid])
    rad = Bokimport.objects.get()
    assert (jobb.lage, jobb.lank, rad.lage) == ("klart", reverse("ekonomi:bok_detail", args=[rad.pk]), "granskad")
    assert not Verifikation.objects.exists(), "nothing is saved before somebody says so"
    text = _sida(client, rad)
    for vantat in (
        "Samordningsförbundet Påhittet, 222000-0000", "2019-01-01 till 2019-12-31", "cp437", "”Köpt verksamhet”",
        "<strong>4</strong> verifikationer", "Varje verifikation balanserar", "Spara bokföringen",
    ):  # fmt: skip
        assert vantat in text, vantat
    svar = client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]))
    assert svar.url.startswith("/jobb/")
    rad.refresh_from_db()
    assert (rad.lage, rad.korning.anvandare, Verifikation.objects.count()) == ("sparad", rad.av, 4)
    assert "Ångra importen" in _sida(client, rad)
    assert "Filen är en del av året" in _sida(client, rad), "the warnings can be found afterwards"
    assert "bok.se" in client.get(LISTA).content.decode()
    igen = client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]), follow=True)
    assert "redan sparad" in igen.content.decode()
    assert Verifikation.objects.count() == 4


def test_the_file_lies_encrypted_and_is_fetched_as_it_came(client, inloggad):
    inloggad("revisor")
    rad = granskad()
    assert b"Faktura" not in filer.vag(rad.fil).read_bytes()
    svar = client.get(reverse("ekonomi:bok_fil", args=[rad.pk]))
    assert svar.content == sie()
    text = _sida(client, rad)
    assert "Spara bokföringen" not in text
    assert "Läs inte in" not in text


@pytest.mark.parametrize(
    ("innehall", "text"),
    [(b"<!DOCTYPE html><html>", "sparad webbsida"), (b"", "Filen är tom"), (b"%PDF-1.7", "en PDF"),
     (b"Hej hej", "inga rader som hör till SIE")],
)  # fmt: skip
def test_what_is_no_sie_file_is_refused_at_the_door(client, inloggad, innehall, text):
    inloggad("kansli")
    svar = _ladda_upp(client, innehall, nytt_ar())
    assert text in svar.context["form"].errors["fil"][0]
    assert "Hade du valt en fil behöver du välja den igen" in svar.content.decode()
    assert not Bokimport.objects.exists()
    assert not Fil.objects.exists()


def test_a_file_that_is_too_large_is_refused(client, inloggad):
    inloggad("kansli")
    with override_settings(STORSTA_FIL=100):
        assert "större än" in _ladda_upp(client, sie(), nytt_ar()).context["form"].errors["fil"][0]


def test_the_same_sending_twice_is_one_import(client, inloggad):
    inloggad("kansli")
    ar, inskick = nytt_ar(), str(uuid.uuid4())
    for _ in range(2):
        assert _ladda_upp(client, sie(), ar, inskick=inskick).status_code == 302
    assert Bokimport.objects.count() == 1


def test_what_does_not_balance_is_shown_by_line_and_cannot_be_saved(client, inloggad):
    inloggad("ekonom")
    fel = sie().replace(b"-500.00", b"-400.00")
    _ladda_upp(client, fel, nytt_ar())
    rad = Bokimport.objects.get()
    text = _sida(client, rad)
    assert "Filen går inte att läsa in" in text
    assert "Rad 16: Verifikation A 1 2019-01-15 balanserar inte: det skiljer 100,00 kr" in text.replace("\xa0", " ")
    assert "Spara bokföringen" not in text
    client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]))
    jobb = Jobb.objects.latest("pk")
    assert (jobb.lage, "balanserar inte" in jobb.besked) == ("misslyckat", True)
    assert not Verifikation.objects.exists()


def test_when_somebody_was_first_the_preview_is_made_anew(client, inloggad):
    inloggad("ekonom")
    rad = granskad()
    sparad()
    client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]))
    assert "Bokföringen har ändrats sedan filen granskades" in Jobb.objects.latest("pk").besked
    rad.refresh_from_db()
    assert (rad.lage, rad.granskning["antal"]["kanda"]) == ("granskad", 4)
    client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]))
    rad.refresh_from_db()
    assert (rad.lage, Verifikation.objects.count()) == ("sparad", 4)


def test_changed_vouchers_become_corrections_only_with_a_reason(client, inloggad):
    inloggad("ekonom")
    sparad()
    andrad = ("A", "2", "0131", "Faktura", (("4010", "6 P1", "90.00"), ("1930", "", "-90.00")))
    rad = granskad(sie((VERIFIKATIONER[0], andrad, *VERIFIKATIONER[2:])))
    text = _sida(client, rad)
    assert "1 verifikationer har andra rader i filen" in text
    assert "A 2 2019-01-31" in text
    client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]), {"skal": "Rättad faktura"})
    assert Verifikation.objects.get(rattar__isnull=False).skal == "Rättad faktura"
    assert "Skälet till rättelserna: Rättad faktura" in _sida(client, rad)


def test_a_closed_year_asks_for_a_reason(client, inloggad):
    inloggad("ekonom")
    rad = granskad()
    Verksamhetsar.objects.update(lage="avslutat")
    svar = client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]), follow=True)
    assert "Skriv varför" in svar.content.decode()
    assert not Verifikation.objects.exists()
    client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]), {"skal": "Revisionen"})
    assert set(Verifikation.objects.values_list("skal", flat=True)) == {"Revisionen"}


def test_a_preview_is_thrown_away_and_an_import_undone(client, inloggad):
    inloggad("kansli")
    rad = granskad()
    assert client.post(reverse("ekonomi:bok_avvisa", args=[rad.pk])).url == LISTA
    rad.refresh_from_db()
    assert rad.lage == "avvisad"
    rad, senare = sparad(), sparad()
    url = reverse("ekonomi:bok_angra", args=[rad.pk])
    assert "1 senare import bygger på den" in client.get(url).content.decode()
    client.post(url)
    assert Verifikation.objects.count() == 4
    for en in (senare, rad):
        svar = client.post(reverse("ekonomi:bok_angra", args=[en.pk]), follow=True)
        assert "Importen är ångrad" in svar.content.decode()
    assert not Verifikation.objects.exists()


def test_a_save_that_is_run_again_after_a_lost_worker_saves_once(client, inloggad):
    inloggad("kansli")
    rad = granskad()
    with mock.patch.object(bok_spara.jobb, "ring"):
        client.post(reverse("ekonomi:bok_sparas", args=[rad.pk]))
    arbete = bok_spara.jobb.ta(Jobb.objects.get().pk)
    bok_spara.gor_sparande(arbete)
    assert bok_spara.gor_sparande(arbete)["text"] == "Bokföringen är sparad."
    assert Verifikation.objects.count() == 4


def test_empty_pages_say_what_to_do(client, inloggad):
    inloggad("kansli")
    assert "Det behövs ett budgetår först" in client.get(LISTA).content.decode()
    assert "Det behövs ett budgetår först" in client.get(NY).content.decode()
    nytt_ar()
    assert "Exportera året ur bokföringsprogrammet" in client.get(LISTA).content.decode()
