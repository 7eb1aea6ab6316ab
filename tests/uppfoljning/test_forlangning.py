"""The application for one more year writes itself, of released figures alone."""

import datetime

import pytest
from django.urls import reverse

from insatser.models import Ansokan
from remisser.models import Deltagare
from samordning.karna.models import Atkomst, Handelse
from tests.insatser.fabrik import ny_insats, ny_medarbetare, version
from tests.insatser.fabrik_ansokan import ny_part
from tests.insatser.fabrik_avtal import bifall, lopande_avtal, ny_lagesrapport, nytt_villkor
from tests.uppfoljning.rapporter import gor_sats, slappt_sats
from uppfoljning import forlangning
from uppfoljning.models import Deltagande

pytestmark = pytest.mark.django_db
DAG = datetime.date


@pytest.fixture
def mofalla(db):
    """The numbers of 2023 in the sources: 13 received, 9 women and 4 men."""
    insats = ny_insats("Mofalla Lantgård")
    for kon, antal in (("K", 9), ("M", 4)):
        for nr in range(antal):
            nytt_deltagande(insats, DAG(2023, 1 + nr, 10), kon)
    return insats


def nytt_deltagande(insats, start, kon):
    Deltagande.objects.create(insats=insats, deltagare=Deltagare.objects.create(kon=kon), start=start)


def avtal_om(insats, *parter, **falt):
    parter = parter or (ny_part("Tibro kommun"), ny_part("Försäkringskassan", "fk"))
    return lopande_avtal(*parter, insats=insats, **falt)


def test_the_sentences_of_the_sources_from_a_released_version_only(mofalla, ny_anvandare):
    kansli = ny_anvandare("kansli")
    gor_sats("2023")  # made, not released: nothing of it may be told
    avtal = avtal_om(mofalla)
    utan = forlangning.starta(avtal, av=kansli)
    assert utan.resultat == forlangning.UTAN_SIFFROR
    assert utan.rapportversion is None
    with pytest.raises(forlangning.KanInteForlangas) as fel:
        forlangning.starta(avtal, av=kansli)
    assert fel.value.ansokan == utan
    sats = slappt_sats("2023")
    _, beslut = bifall()
    nytt_villkor(beslut, avtal=(nytt := avtal_om(mofalla, start=avtal.slut + datetime.timedelta(1))))
    nytt_villkor(
        beslut, avtal=nytt, text="Vården är med.", status="uppfyllt", uppfoljt=DAG(2026, 5, 3), uppfoljning="De är det."
    )  # fmt: skip
    ny_lagesrapport(nytt, "inlamnad", framat="Vi vill ta emot fler.")
    ny_lagesrapport(nytt, "utkast", fran=DAG(2026, 1, 1), framat="Inte klart.")
    nytt.belopp.all().update(kronor=365_000)
    ansokan = forlangning.starta(nytt, av=kansli)
    assert ansokan.resultat.startswith(
        "Under 2023 har Mofalla Lantgård tagit emot 13 deltagare, varav 9 kvinnor och 4 män."
    )
    assert "Resultat 2023, version 1, som är släppt till styrelsen. Små tal visas inte" in ansokan.resultat
    assert "– Minst tio deltagare. (inte uppföljt, ska följas upp senast" in ansokan.resultat
    assert "– Vården är med. (uppfyllt 3 maj 2026: De är det.)" in ansokan.resultat
    assert ansokan.rapportversion == sats["styrelse"]
    assert (ansokan.framat, ansokan.fraga) == (
        "Vi vill ta emot fler.", "Hur ser beredningsgruppen på en förlängning?",
    )  # fmt: skip
    assert (ansokan.slag, ansokan.lage, ansokan.rubrik) == ("forlangning", "utkast", "Mofalla Lantgård")
    assert ansokan.start == nytt.slut + datetime.timedelta(1)
    assert [(str(rad.part), rad.huvud) for rad in ansokan.parter.all()] == [
        ("Tibro kommun", True), ("Försäkringskassan", False),
    ]  # fmt: skip
    assert ansokan.belopp.exists()
    assert Handelse.objects.om(ansokan).get().namn == "skapad"
    # What the board may not see is not in the case either.
    liten = ny_insats("Rörsås Lantliv")
    nytt_deltagande(liten, DAG(2022, 5, 10), "K")
    slappt_sats("2022H1")
    text, _ = forlangning.slappta_meningar(liten)
    assert "visas inte, eftersom små tal kan peka ut en person" in text
    assert "1 deltagare" not in text


def test_the_pages_and_what_stops_it(mofalla, inloggad, ny_anvandare):
    kommun = ny_part("Tibro kommun")
    avtal = avtal_om(mofalla, kommun, ny_part("Försäkringskassan", "fk"))
    client = inloggad("partsforetradare", part=kommun)
    sida = reverse("uppfoljning:forlangning_create", args=[avtal.pk])
    text = client.get(sida).content.decode()
    assert "Siffrorna saknas." in text
    assert "Skapa ansökan" in text
    svar = client.post(sida)
    ansokan = Ansokan.objects.get()
    assert svar.url == client.post(sida).url == reverse("ansokan:ansokan_detail", args=[ansokan.pk])
    assert Ansokan.objects.count() == 1
    assert "Fortsätt med ansökan" in client.get(sida).content.decode()
    utan_option = avtal_om(ny_insats(), kommun, optioner=1, utnyttjade=1)
    gammalt = avtal_om(ny_insats(), kommun, start=DAG(2020, 1, 1), slut=DAG(2020, 12, 31))
    for hindrat, ord_ in ((utan_option, "ingen förlängning kvar"), (gammalt, "gick ut den 31 december 2020")):
        text = client.post(reverse("uppfoljning:forlangning_create", args=[hindrat.pk])).content.decode()
        assert ord_ in text
        assert "Skriv en ny ansökan" in text
    assert Ansokan.objects.count() == 1
    # The figures come later, and what was typed meanwhile stays.
    hamta = reverse("uppfoljning:forlangning_resultat", args=[ansokan.pk])
    assert "inga nyare siffror" in client.get(hamta, follow=True).content.decode()
    slappt_sats("2023")
    assert client.get(hamta).context["form"]["resultat"].value().startswith("Under 2023 har Mofalla")
    Ansokan.objects.update(resultat="Vår egen text.")
    forslag = client.get(hamta).context["form"]["resultat"].value()
    assert forslag.startswith("Vår egen text.\n\nUnder 2023 har Mofalla Lantgård tagit emot 13")
    nyckel = version(client, hamta)
    Ansokan.objects.update(resultat="Någon annans text.", version=2)
    svar = client.post(hamta, {"version": nyckel, "resultat": forslag})
    assert "Någon annans text." in svar.content.decode()
    assert client.post(hamta, {"version": "2", "resultat": forslag}).status_code == 302
    ansokan.refresh_from_db()
    assert ansokan.resultat.startswith("Vår egen text.")
    assert ansokan.rapportversion.malgrupp == "styrelse"
    # Others see nothing of it.
    assert inloggad("styrelse").get(hamta).status_code == 404
    assert client.get(sida).status_code == 403


def test_the_figures_beside_a_half_year_report(mofalla, inloggad, client, ny_anvandare):
    kommun = ny_part()
    avtal = avtal_om(mofalla, kommun, start=DAG(2023, 1, 1), slut=DAG(2023, 12, 31))
    rapport = ny_lagesrapport(avtal, "inlamnad", fran=DAG(2023, 1, 1), till=DAG(2023, 6, 30))
    ruta = reverse("uppfoljning:lagesrapport_siffror", args=[rapport.pk])
    gor_sats("2023H1")
    personal = ny_anvandare("insatspersonal")
    ny_medarbetare(mofalla, personal)
    client.force_login(personal)
    svar = client.get(ruta)
    assert dict(svar.context["rader"])["Tog emot"] == [6, 4, 0, 10]
    rad = Atkomst.objects.get(anvandare=personal)
    assert (rad.objekt_typ, rad.objekt_id, rad.andamal) == (
        "utfallsrapport", "2023-01-01--2023-06-30", "mofalla-lantgard",
    )  # fmt: skip
    foretradare = inloggad("partsforetradare", part=kommun)
    text = foretradare.get(ruta).content.decode()
    assert "Siffrorna är inte släppta än." in text
    assert "10" not in text
    slappt_sats("2023H1")
    text = foretradare.get(reverse("avtal:lagesrapport_detail", args=[rapport.pk])).content.decode()
    assert "Under första halvåret 2023 har Mofalla Lantgård tagit emot 10 deltagare" in text
    assert Atkomst.objects.count() == 1
    mofalla.inriktning = "struktur"
    mofalla.save()
    assert foretradare.get(ruta).status_code == 404
    assert foretradare.get(reverse("avtal:lagesrapport_detail", args=[rapport.pk])).status_code == 200
