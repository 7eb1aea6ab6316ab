"""What nobody means: years, ages, lists and texts without end are refused in words, and never break a page."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser.katalog import Katalog
from insatser.models import Avtal, Insats, Medarbetare
from insatser.optioner import ar_senare
from insatser.visning import avtalsperioder
from samordning.karna.models import Kontakt, Part
from tests.insatser.fabrik import ny_insats, nytt_avtal

pytestmark = pytest.mark.django_db
DAG = datetime.date
NY = reverse("insatser:insats_create")
LISTA = reverse("insatser:insats_list")


@pytest.fixture
def kansli(inloggad):
    return inloggad("kansli")


def adress(namn, insats, *args):
    return reverse(f"insatser:{namn}", args=[insats.slug, *args])


def fel(svar):
    assert svar.status_code == 200
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def avtal(**falt):
    standard = {"huvudpart": Part.objects.forbund().pk, "start": "2024-01-01", "slut": "2024-12-31"}
    return standard | {"optioner": "1", "utnyttjade": "0", "inskick": str(uuid.uuid4())} | falt


def blad(**falt):
    standard = {"namn": "Ung Arena", "agare": Part.objects.forbund().pk, "inriktning": "individ", "tar_emot": "papper"}
    return standard | {"inskick": str(uuid.uuid4())} | falt


# ---- Agreements


@pytest.mark.parametrize(
    ("falt", "plats", "text"),
    [
        ({"slut": "9999-12-31"}, "slut", "mellan 1900 och 2100"),
        ({"start": "0001-01-01", "slut": "0001-06-01", "utnyttjade": "1"}, "start", "mellan 1900 och 2100"),
        ({"start": "1989-12-31"}, "start", "mellan 1990 och 2100"),
        ({"start": "2100-01-01", "slut": "2101-01-01"}, "slut", "mellan 1900 och 2100"),
        ({"optioner": "11"}, "optioner", "högst 10 gånger"),
        ({"optioner": "9000"}, "optioner", "högst 10 gånger"),
        ({"optioner": ""}, "optioner", "Skriv hur många gånger"),
    ],
)
def test_an_agreement_outside_all_reason_is_refused_and_the_page_stays(kansli, falt, plats, text):
    insats = ny_insats()
    fel_ = fel(kansli.post(adress("avtal_create", insats), avtal(**falt)))
    assert text in fel_[plats][0]
    assert not Avtal.objects.exists()
    assert kansli.get(adress("insats_detail", insats)).status_code == 200


def test_the_widest_agreement_has_a_page(client):
    insats = ny_insats()
    nytt_avtal(insats, DAG(1990, 1, 1), DAG(2100, 12, 31), optioner=10, utnyttjade=3)
    assert client.get(adress("insats_detail", insats)).status_code == 200


@pytest.mark.parametrize(
    ("start", "slut", "optioner"),
    [
        (DAG(1989, 12, 31), DAG(2024, 1, 1), 0),
        (DAG(2024, 1, 1), DAG(2101, 1, 1), 0),
        (DAG(2024, 1, 1), DAG(2024, 1, 1), 11),
    ],
)
def test_the_database_refuses_it_too(start, slut, optioner):
    insats = ny_insats()
    with pytest.raises(IntegrityError, match="avtal_riml"), transaction.atomic():
        nytt_avtal(insats, start, slut, optioner=optioner)


def test_the_ends_of_the_calendar_are_no_error():
    assert ar_senare(DAG(9999, 12, 31), 1) == DAG(9999, 12, 31)
    assert ar_senare(DAG(1, 6, 1), -1) == DAG(1, 6, 1)
    sist = avtalsperioder(
        Avtal(start=DAG(2024, 1, 1), slut=DAG(9999, 12, 31), optioner=9000, utnyttjade=0), DAG(2024, 1, 1)
    )
    assert [namn for namn, *_ in sist] == ["Grundtid"]
    forst = avtalsperioder(Avtal(start=DAG(1, 1, 1), slut=DAG(1, 6, 1), optioner=1, utnyttjade=1), DAG(2024, 1, 1))
    assert [namn for namn, *_ in forst] == ["Grundtid"]


# ---- Sheets and people


@pytest.mark.parametrize(
    ("falt", "plats", "text"),
    [
        ({"start": "0001-01-01"}, "start", "”Startade” ska vara ett datum mellan 1900 och 2100"),
        ({"slut": "9999-12-31"}, "slut", "”Avslutas” ska vara ett datum mellan 1900 och 2100"),
        ({"alder_fran": "300"}, "alder_fran", "”Ålder från” kan inte vara högre än 120."),
        ({"alder_till": "121"}, "alder_till", "”Ålder till” kan inte vara högre än 120."),
        ({"min_veckor": "99999"}, "min_veckor", "”Kortaste tid i veckor” kan inte vara högre än"),
        ({"namn": "!!!"}, "namn", "minst en bokstav"),
        ({"namn": "Ung\u202eanerA"}, "namn", "osynligt tecken efter ”Ung”"),
        ({"namn": "\u202eUng"}, "namn", "osynligt tecken i början"),
        ({"namn": "Ung\x07"}, "namn", "osynligt tecken"),
        ({"namn": "Ung\x00"}, "namn", "”Namn” innehåller ett tecken som inte går att spara"),
        ({"metod": "Rad\nrad\x1b"}, "metod", "”Metod” innehåller ett osynligt tecken"),
        (
            {"beskrivning": "x" * 20_001},
            "beskrivning",
            "”Det här händer” får ha högst 20000 tecken. Nu har texten 20001.",
        ),
        ({"orter": ", ".join(f"Ort {nr}" for nr in range(21))}, "orter", "högst 20 kommuner. Nu är de 21"),
        ({"tar_emot": ""}, "tar_emot", "Välj hur insatsen tar emot remisser."),
        ({"inriktning": "zz"}, "inriktning", "”zz” går inte att välja i ”Inriktning”."),
        ({"agare": "999999"}, "agare", "Det du valde i ”Arrangör” finns inte längre."),
    ],
)
def test_a_sheet_without_reason_is_refused_at_its_field(kansli, falt, plats, text):
    fel_ = fel(kansli.post(NY, blad(**falt)))
    assert list(fel_) == [plats]
    assert text in fel_[plats][0]
    assert not Insats.objects.exists()


def test_long_texts_that_fit_are_saved_and_found(kansli, client):
    text = " ".join(f"ord{nr}\r\n\tåäö" for nr in range(1300))[:19_999]
    svar = kansli.post(NY, blad(publicerad="on", orter=", ".join(f"Ort {nr}" for nr in range(20)),
        **dict.fromkeys(("beskrivning", "malgrupp", "metod", "bakgrund", "mal", "ovrigt"), text)))  # fmt: skip
    assert svar.status_code == 302
    assert client.get(svar.url).status_code == 200
    assert [rad[0].namn for rad in client.get(LISTA, {"q": "ord77"}).context["rader"]] == ["Ung Arena"]


@pytest.mark.parametrize("namn", ["!!!", "Frida\u2066 Ljung", "Frida\nLjung"])
def test_a_contact_without_a_readable_name_is_refused(kansli, namn):
    sent = {"namn": namn, "part": Part.objects.forbund().pk, "telefon": "0980-319 206"}
    assert list(fel(kansli.post(adress("insats_kontakt_create", ny_insats()), sent))) == ["namn"]
    assert not Kontakt.objects.exists()


def test_staff_since_the_birth_of_christ_is_refused(kansli, ny_anvandare):
    sent = {"anvandare": ny_anvandare("insatspersonal").pk, "fran": "0001-01-01"}
    fel_ = fel(kansli.post(adress("medarbetare_create", ny_insats()), sent))
    assert "mellan 1900 och 2100" in fel_["fran"][0]
    assert not Medarbetare.objects.exists()


# ---- The list


def test_any_number_of_places_is_a_fixed_number_of_queries(client):
    ny_insats(orter=["Vara"])
    client.get(LISTA)
    with CaptureQueriesContext(connection) as fore:
        client.get(LISTA)
    Insats.objects.bulk_create(
        Insats(
            namn=f"Insats {nr}",
            slug=f"insats-{nr}",
            agare=Part.objects.forbund(),
            publicerad=True,
            orter=["Vara", *(f"Ort {nr} {plats}" for plats in range(600))],
        )
        for nr in range(3)
    )
    with CaptureQueriesContext(connection) as efter:
        svar = client.get(LISTA)
    assert svar.status_code == 200
    assert len(efter) == len(fore)
    (orter,) = [filtret for filtret in svar.context["filter"] if filtret.namn == "ort"]
    antal = {val.varde: val.antal for val in orter.val}
    assert len(antal) == 1802
    assert (antal["Vara"], antal["Ort 1 7"], antal["gemensam"]) == (4, 1, 0)


def test_places_are_counted_with_what_else_is_chosen(client):
    ny_insats("Ung Arena", orter=["Vara", "Hjo"], grupper=["unga"], skaraborgsgemensam=True)
    ny_insats("Elings Ark", orter=["Vara"])

    def antal(**fraga):
        (orter,) = [filtret for filtret in client.get(LISTA, fraga).context["filter"] if filtret.namn == "ort"]
        return {val.varde: val.antal for val in orter.val}

    assert antal() == {"Hjo": 1, "Vara": 2, "gemensam": 1}
    assert antal(ort="Hjo") == {"Hjo": 1, "Vara": 2, "gemensam": 1}
    assert antal(grupp="unga") == {"Hjo": 1, "Vara": 1, "gemensam": 1}
    assert antal(q="elings") == {"Hjo": 0, "Vara": 1, "gemensam": 0}


def test_the_word_that_is_searched_for_is_no_filter(client, ny_anvandare, rf):
    ny_insats("Ung Arena", orter=["Vara"], grupper=["unga"])
    assert "vald" not in client.get(LISTA, {"q": "ung"}).content.decode().split("</summary>")[0].split("<summary>")[1]
    katalog = Katalog(rf.get("/", {"q": "ung", "ort": "Vara", "grupp": "unga", "alder": "20"}).GET, ny_anvandare())
    assert katalog.antal_filter == 3
    html = client.get(LISTA, {"q": "ung", "ort": "Vara"}).content.decode()
    assert '<span class="smatt">1 vald</span>' in html


@pytest.mark.parametrize("namn", ["lista", "sida"])
def test_head_is_answered_on_public_pages(client, namn):
    svar = client.head(LISTA if namn == "lista" else adress("insats_detail", ny_insats()))
    assert (svar.status_code, svar.content) == (200, b"")
    assert client.post(LISTA).status_code == 405
