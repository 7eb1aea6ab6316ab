"""Rounds of opinions: asking, answering, reminding, closing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from moten.models import Ledamotskap, Yttrande, Yttranderunda
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt, Notis
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ny_runda, nytt_organ

pytestmark = pytest.mark.django_db
OM_EN_VECKA = (idag() + timedelta(7)).isoformat()


@pytest.fixture
def fk():
    return ny_part("Försäkringskassan", "fk")


@pytest.fixture
def arende(kommun, fk):
    return skickad_ansokan(kommun, fk).arende


def _fraga(client, arende, **data):
    return client.post(reverse("moten:runda_create", args=[arende.pk]), {"senast": OM_EN_VECKA} | data)


def test_five_groups_are_asked_and_the_case_goes_to_them(arende, kommun, inloggad, ny_anvandare):
    organ = nytt_organ("beredning")
    kontakt = Kontakt.objects.create(namn="Per Prov", part=kommun)
    Ledamotskap.objects.create(organ=organ, kontakt=kontakt, part=kommun)
    beredning = ny_anvandare("beredning", part=kommun)
    ny_anvandare("beredning", part=ny_part("Tibro kommun"))
    client = inloggad("kansli")
    assert client.get(reverse("moten:runda_create", args=[arende.pk])).context["form"].initial["organ"] == organ.pk
    data = {"vilka": "grupper", "organ": organ.pk, "antal": 5, "inskick": "6d1f2a54-16a5-4dd7-9c6e-5d8a54d1f0aa"}
    for _ in range(2):
        assert _fraga(client, arende, **data).status_code == 302
    runda = Yttranderunda.objects.get()
    assert [rad.grupp for rad in runda.yttranden.all()] == [f"Grupp {nr}" for nr in range(1, 6)]
    arende.refresh_from_db()
    assert arende.lage == "beredning"
    assert list(Notis.objects.filter(mall="arende/yttrande").values_list("mottagare", flat=True)) == [beredning.pk]
    svar = _fraga(client, arende, vilka="grupper", organ=organ.pk, antal=2)
    assert "redan en öppen runda" in svar.content.decode()


@pytest.mark.parametrize(
    ("data", "fel"),
    [
        ({}, "Välj vilka som ska svara."),
        ({"vilka": "grupper"}, "Välj vilken beredningsgrupp det gäller."),
        ({"vilka": "grupper", "antal": "99"}, "12"),
        ({"vilka": "ledamoter", "organ": "X"}, "inga ledamöter än"),
        ({"vilka": "organ", "flera_organ": "X"}, "minst två"),
        ({"vilka": "parter"}, "Välj vilka parter som ska svara."),
        ({"vilka": "parter", "senast": "2020-01-01"}, "Dagen har redan varit."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(arende, inloggad, data, fel):
    organ = nytt_organ("beredning")
    data = {namn: organ.pk if varde == "X" else varde for namn, varde in data.items()}
    assert fel in _fraga(inloggad("kansli"), arende, **data).content.decode()
    arende.refresh_from_db()
    assert (Yttranderunda.objects.count(), arende.lage) == (0, "inkommen")


def test_members_bodies_and_parties_may_be_asked_too(arende, kommun, fk, inloggad):
    organ, ost = nytt_organ("beredning"), nytt_organ("beredning", "Öst")
    for namn, falt in (("Bo", {}), ("Ada", {}), ("Ersättare", {"ersattare": True}), ("Slut", {"till": "2020-01-01"})):
        kontakt = Kontakt.objects.create(namn=namn, part=kommun)
        Ledamotskap.objects.create(organ=organ, kontakt=kontakt, part=kommun, **{"fran": "2019-01-01"} | falt)
    client = inloggad("kansli")
    for data, avlamnare in (
        ({"vilka": "ledamoter", "organ": organ.pk}, ["Ada", "Bo"]),
        ({"vilka": "organ", "flera_organ": [organ.pk, ost.pk]}, ["Beredningsgrupp", "Öst"]),
        ({"vilka": "parter", "parter": [fk.pk, kommun.pk]}, ["Försäkringskassan", "Granviks kommun"]),
    ):
        assert _fraga(client, arende, **data).status_code == 302
        runda = Yttranderunda.objects.get(lage="oppen")
        assert [rad.avlamnare for rad in runda.yttranden.all()] == avlamnare
        runda.stang(av=None, sammanfattning="Ja.")


def test_a_party_writes_its_own_sees_the_others_and_is_marked_when_late(arende, kommun, fk, client, ny_anvandare):
    arende.flytta("till_beredning", av=None)
    runda = ny_runda(arende, senast=idag() - timedelta(1))
    eget, andras = (Yttrande.objects.create(runda=runda, part=part) for part in (kommun, fk))
    client.force_login(ny_anvandare("beredning", part=kommun))
    url = reverse("moten:yttrande_edit", args=[eget.pk])
    sida = client.get(reverse("moten:runda_detail", args=[runda.pk])).content.decode()
    assert "0 av 2" in sida
    assert url in sida
    assert reverse("moten:yttrande_edit", args=[andras.pk]) not in sida
    assert client.post(reverse("moten:yttrande_edit", args=[andras.pk]), {"stallning": "avstyrker"}).status_code == 403
    data = {"stallning": "medskick", "text": "", "version": 1}
    assert "Skriv vad ni skickar med." in client.post(url, data).content.decode()
    assert (
        client.post(url, data | {"text": "Ta med vården.", "inkom": "2001-01-01", "kalla": "mote"}).status_code == 302
    )
    eget.refresh_from_db()
    assert (eget.stallning, eget.inkom, eget.kalla, eget.sent) == ("medskick", idag(), "skriftligt", True)
    krock = client.post(url, data | {"text": "Annat."}).content.decode()
    assert "Någon annan har sparat" in krock
    assert "Ta med vården." in krock
    client.force_login(ny_anvandare("beredning", part=fk))
    sida = client.get(reverse("moten:runda_detail", args=[runda.pk])).content.decode()
    assert "Ta med vården." in sida
    assert "Kom in sent" in sida
    client.force_login(ny_anvandare("partsforetradare", part=kommun))
    assert client.get(reverse("moten:runda_detail", args=[runda.pk])).status_code == 404


def test_the_kansli_writes_for_a_group_and_closes_with_an_edited_draft(arende, client, kommun, ny_anvandare):
    arende.flytta("till_beredning", av=None)
    runda = ny_runda(arende, "Grupp 1", "Grupp 2")
    client.force_login(ny_anvandare("kansli"))
    for rad, text in zip(runda.yttranden.all(), ("", "Ta med vården."), strict=True):
        svar = {"stallning": "medskick" if text else "tillstyrker", "text": text, "kalla": "mote",
                "inkom": idag().isoformat(), "version": 1}  # fmt: skip
        url = reverse("moten:yttrande_edit", args=[rad.pk])
        imorgon = {"inkom": (idag() + timedelta(1)).isoformat()}
        assert "Dagen har inte varit än." in client.post(url, svar | imorgon).content.decode()
        assert client.post(url, svar).status_code == 302
    stang = reverse("moten:runda_stang", args=[runda.pk])
    utkast = client.get(stang).context["form"]["sammanfattning"].value()
    assert utkast == (
        "Beredningsgruppen står bakom ansökan, med medskick från en grupp.\nMedskick:\n– Grupp 2: Ta med vården."
    )
    lasta = client.get(stang).context["form"]["lasta"].value()
    # An opinion came while the page was open: it is shown, and what was typed is kept.
    Yttrande.objects.filter(grupp="Grupp 1").update(stallning="avstyrker", text="För dyrt.", version=3)
    stangning = client.post(stang, {"sammanfattning": f"{utkast} Snart.", "lasta": lasta})
    assert "har kommit in eller ändrats" in stangning.content.decode()
    assert "För dyrt." in stangning.content.decode()
    assert f"{utkast} Snart." == stangning.context["form"]["sammanfattning"].value()
    runda.refresh_from_db()
    assert runda.lage == "oppen"
    assert "Öppna den igen" in client.post(stang, {"sammanfattning": "Utan."}).content.decode()
    lasta = stangning.context["form"]["lasta"].value()
    assert client.post(stang, {"sammanfattning": f"{utkast} Snart.", "lasta": lasta}).status_code == 302
    runda.refresh_from_db()
    assert runda.lage == "stangd"
    assert runda.sammanfattning.endswith("Snart.")
    yttrande = runda.yttranden.first()
    svar = client.post(reverse("moten:yttrande_edit", args=[yttrande.pk]), svar | {"version": 3}, follow=True)
    assert "Rundan är stängd" in svar.content.decode()
    yttrande.text = "Ändrat"
    with pytest.raises(IntegrityError, match="closed round"), transaction.atomic():
        yttrande.save()
    client.post(stang, {"sammanfattning": "Annat", "lasta": lasta}, HTTP_REFERER="/arenden/")
    runda.refresh_from_db()
    assert "Annat" not in runda.sammanfattning
    client.force_login(ny_anvandare("partsforetradare", part=kommun))
    sida = client.get(reverse("moten:runda_detail", args=[runda.pk])).content.decode()
    assert "Ta med vården." in sida
    assert "Stäng och sammanfatta" not in sida


def test_the_silent_are_reminded_once_a_day(arende, kommun, fk, client, ny_anvandare):
    arende.flytta("till_beredning", av=None)
    runda = ny_runda(arende)
    Yttrande.objects.create(runda=runda, part=kommun, stallning="tillstyrker", inkom=idag())
    Yttrande.objects.create(runda=runda, part=fk)
    client.force_login(ny_anvandare("kansli"))
    ny_anvandare("beredning", part=kommun)
    url = reverse("moten:runda_paminn", args=[runda.pk])
    assert "har ett konto i beredningsgruppen" in client.post(url, follow=True).content.decode()
    tyst = ny_anvandare("beredning", part=fk)
    assert "1 person har fått en påminnelse." in client.post(url, follow=True).content.decode()
    assert "redan gått det senaste dygnet" in client.post(url, follow=True).content.decode()
    paminda = Notis.objects.filter(mall="arende/yttrande_paminnelse")
    assert [notis.mottagare for notis in paminda] == [tyst]
    Yttranderunda.objects.update(paminda=nu() - timedelta(days=1))
    client.post(url)
    assert Notis.objects.filter(mall="arende/yttrande_paminnelse").count() == 2
