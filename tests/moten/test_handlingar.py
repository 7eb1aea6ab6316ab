"""The papers of a case, and conflicts of interest."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from moten import jav
from moten.models import Handling, Jav, Ledamotskap
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Kontakt, Part
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import nytt_organ

pytestmark = pytest.mark.django_db


@pytest.fixture
def arende(kommun):
    return skickad_ansokan(kommun, ny_part("Försäkringskassan", "fk"), lage="beredning").arende


def test_a_paper_is_read_by_its_circle_and_a_withdrawn_one_by_the_kansli(arende, kommun, client, ny_anvandare):
    kansli, beredning = ny_anvandare("kansli"), ny_anvandare("beredning", part=kommun)
    client.force_login(kansli)
    url = reverse("moten:handling_create", args=[arende.pk])
    data = {"rubrik": "Underlag", "datum": idag().isoformat(), "krets": "alla"}
    fil = lambda: SimpleUploadedFile("tal.csv", b"ar;kronor\n2027;1\n")  # noqa: E731
    for fel, extra in (
        ("Välj en fil eller skriv en text.", {}),
        ("Välj antingen en fil eller en text.", {"uppladdad": fil(), "text": "Text"}),
        ("Filens namn slutar på .pdf", {"uppladdad": SimpleUploadedFile("tal.pdf", b"MZ")}),
        ("Dagen har inte varit än.", {"text": "Text", "datum": "2099-01-01"}),
    ):
        assert fel in client.post(url, data | extra).content.decode()
    assert Handling.objects.count() == 0
    assert client.post(url, data | {"uppladdad": fil()}).status_code == 302
    assert client.post(url, data | {"text": "Bara vi", "krets": "intern"}).status_code == 302
    handling = Handling.objects.get(fil__isnull=False)
    hamta, makulera = (reverse(f"moten:{namn}", args=[handling.pk]) for namn in ("handling_fil", "handling_makulera"))
    client.force_login(beredning)
    assert client.get(hamta).content == b"ar;kronor\n2027;1\n"
    assert set(Handling.objects.visible_to(beredning)) == {handling}
    client.force_login(kansli)
    assert "Skriv varför." in client.post(makulera).content.decode()
    client.post(makulera, {"skal": "Fel ärende"})
    assert client.get(hamta).status_code == 200
    client.post(makulera, {"skal": "Igen"})
    handling.refresh_from_db()
    assert handling.makulerad == "Fel ärende"
    client.force_login(beredning)
    assert client.get(hamta).status_code == 404
    assert handling in Handling.objects.visible_to(beredning)


def test_members_of_the_parties_are_proposed_and_noted_with_one_tap(arende, kommun, inloggad):
    enhet = Part.objects.create(namn="AME Granvik", slag="enhet", del_av=kommun)
    syskon = Part.objects.create(namn="Socialtjänsten Granvik", slag="enhet", del_av=kommun)
    annan = ny_part("Tibro kommun")
    styrelse = nytt_organ()
    eva, bo, per, ute = (
        Kontakt.objects.create(namn=namn, part=part)
        for namn, part in (("Eva Hallgren", kommun), ("Bo Berg", enhet), ("Per Prov", annan), ("Ute Ur", kommun))
    )
    for kontakt, part, till in (
        (eva, kommun, None),
        (bo, syskon, None),
        (per, annan, None),
        (ute, kommun, "2020-01-01"),
    ):
        Ledamotskap.objects.create(organ=styrelse, kontakt=kontakt, part=part, fran="2019-01-01", till=till)
    assert [kontakt.namn for kontakt, _ in jav.foreslagna(arende)] == ["Bo Berg", "Eva Hallgren"]
    client = inloggad("kansli")
    url = reverse("moten:jav_edit", args=[arende.pk])
    for _ in range(2):
        client.post(url, {"kontakt": eva.pk, "slag": "jav"})
    client.post(url, {"kontakt": per.pk, "slag": "deltar_inte"})
    assert client.post(url, {"kontakt": ute.pk, "slag": "jav"}).status_code == 200
    assert jav.i_ord(arende) == ["Eva Hallgren (Granviks kommun), jäv", "Per Prov (Tibro kommun), deltar inte"]
    assert "Andra som inte deltar" in client.get(url).content.decode()
    for bort in (eva.pk, eva.pk, "x", "9" * 30):
        assert client.post(url, {"bort": bort}).status_code == 302
    assert [rad.kontakt for rad in Jav.objects.all()] == [per]
    namn = list(Handelse.objects.om(arende).values_list("namn", flat=True))
    assert (namn.count("jav"), namn.count("jav_borttaget")) == (2, 1)
