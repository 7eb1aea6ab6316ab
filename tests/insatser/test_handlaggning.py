"""What the kansli does with an application: completion and criteria."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from insatser import granskning, handlaggning_paneler
from insatser.models import Granskningspunkt, Kompletteringspunkt
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan

pytestmark = pytest.mark.django_db
SENAST = (idag() + timedelta(14)).isoformat()


@pytest.fixture
def ansokan(kommun):
    return skickad_ansokan(kommun, ny_part("Försäkringskassan", "fk"))


def test_points_on_named_sections_are_asked_for_once(ansokan, kommun, client, ny_anvandare):
    foretradare = ny_anvandare("partsforetradare", part=kommun)
    client.force_login(ny_anvandare("kansli"))
    url = reverse("ansokan:komplettering_create", args=[ansokan.pk])
    data = {"senast": SENAST, "avsnitt_1": "behov", "text_1": "Hur många gäller det?", "text_2": "", "text_3": ""}
    sida = client.post(url, data | {"fler": "1"})
    assert "Punkt 6" in sida.content.decode()
    assert "Hur många gäller det?" in sida.content.decode()
    for fel, extra in (
        ("Välj minst ett avsnitt", {"avsnitt_1": "", "text_1": ""}),
        ("Välj vilket avsnitt det gäller.", {"text_2": "Mer"}),
        ("Skriv vad som behöver kompletteras", {"avsnitt_2": "mal"}),
        ("Dagen har redan varit.", {"senast": "2020-01-01"}),
        ("Avsnitt, punkt 1", {"avsnitt_1": "resultat"}),
    ):
        assert fel in client.post(url, data | extra).content.decode()
    assert Kompletteringspunkt.objects.count() == 0
    data |= {"avsnitt_3": "behov", "text_3": "Vem har sagt det?"}
    assert client.post(url, data).status_code == 302
    client.post(url, data, HTTP_REFERER="/arenden/")
    ansokan.arende.refresh_from_db()
    assert ansokan.arende.lage == "komplettering"
    assert list(ansokan.punkter.values_list("avsnitt", "text")) == [
        ("behov", "Hur många gäller det?"), ("behov", "Vem har sagt det?"),
    ]  # fmt: skip
    assert [brev.to for brev in mail.outbox] == [[foretradare.epost]]
    assert "Hur många" not in mail.outbox[0].body
    assert "Det går inte att begära komplettering" in client.get(url).content.decode()


def test_criteria_are_saved_half_and_a_colleague_is_not_overwritten(ansokan, client, ny_anvandare):
    client.force_login(ny_anvandare("kansli"))
    url = reverse("ansokan:granskning", args=[ansokan.pk])
    form = client.get(url).context["form"]
    assert granskning.sammanfattning(ansokan) == ""
    assert len(form.kriterier) == 7
    data = {"bedomning_behov": "ja", "notering_behov": "Tydligt", "avtryck": form["avtryck"].value()}
    assert client.post(url, data).status_code == 302
    assert granskning.sammanfattning(ansokan) == "1 av 7 uppfyllda, 6 inte bedömda"
    krock = client.post(url, data | {"bedomning_behov": "nej", "notering_behov": "Otydligt"}).content.decode()
    assert "Någon annan har sparat" in krock
    assert "Uppfyllt. Tydligt" in krock
    assert Granskningspunkt.objects.get().bedomning == "ja"
    assert Handelse.objects.om(ansokan).filter(namn="granskad").get().data == {"kriterier": ["behov"]}
    avtryck = client.get(url).context["form"]["avtryck"].value()
    alla = {f"bedomning_{nyckel}": "delvis" if nyckel == "mal" else "ja" for nyckel, _ in form.kriterier}
    assert client.post(url, alla | {"avtryck": avtryck}).status_code == 302
    assert granskning.sammanfattning(ansokan) == "6 av 7 uppfyllda"


def test_what_the_kansli_thinks_of_the_criteria_is_on_no_page_of_the_others(ansokan, kommun, client, ny_anvandare):
    hemligt = "Svagt underlag enligt kansliet"
    Granskningspunkt.objects.create(ansokan=ansokan, kriterium="behov", bedomning="nej", notering=hemligt)
    arende = ansokan.arende
    arende.flytta("till_beredning", av=None)
    sidor = [
        (namn, nyckel)
        for namn, nyckel in (
            ("sidor:arende", arende.pk), ("ansokan:ansokan_detail", ansokan.pk),
            ("ansokan:ansokan_versioner", ansokan.pk), ("ansokan:granskning", ansokan.pk),
        )
    ]  # fmt: skip
    for roll in ("partsforetradare", "beredning", "styrelse", "ekonom", "revisor"):
        user = ny_anvandare(roll, part=kommun)
        client.force_login(user)
        assert handlaggning_paneler.fakta(arende, user) == handlaggning_paneler.atgarder(arende, user) == []
        lastes = 0
        for namn, nyckel in sidor:
            svar = client.get(reverse(namn, args=[nyckel]))
            lastes += svar.status_code == 200
            text = svar.content.decode()
            assert hemligt not in text
            assert "uppfyllda" not in text
            assert "av 7" not in text
        assert lastes == 3
    kansli = ny_anvandare("kansli")
    assert handlaggning_paneler.fakta(arende, kansli) == [("Kriterier", "0 av 7 uppfyllda, 6 inte bedömda")]
    assert [rad.url for rad in handlaggning_paneler.atgarder(arende, kansli)] == [
        reverse(f"ansokan:{namn}", args=[ansokan.pk]) for namn in ("granskning", "komplettering_create")
    ]
