"""The public list: search, filters with counts, chips, pages and the empty list."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser import visning
from insatser.models import Insats
from samordning.karna.kalender import idag
from tests.insatser.fabrik import ny_insats, ny_kontakt

pytestmark = pytest.mark.django_db
LISTA = reverse("insatser:insats_list")


@pytest.fixture
def katalog(kommun):
    ny_insats(
        "Rörsås Lantliv",
        orter=["Mariestad"],
        grupper=["sjukskrivna", "psykisk"],
        upplagg=["natur"],
        remittenter=["vard", "af"],
        malgrupp="Den som mår psykiskt dåligt.",
        beskrivning="Vi sköter trädgårdsodling och bin ungefär hela året.",
        lediga_platser=5,
        alder_fran=18,
    )
    ny_insats("Ung Arena", orter=["Töreboda", "Mariestad"], grupper=["unga"], aven_strukturell=True, alder_till=29)
    ny_insats("Samverkansteam", inriktning="struktur", skaraborgsgemensam=True, agare=kommun)
    ny_insats("Elings Ark", orter=["Vara"], upplagg=["natur"], lediga_platser=2, slut=datetime.date(2020, 1, 1))
    ny_insats("Hemlig odling", publicerad=False, orter=["Hjo"])


def namn(client, **fraga):
    return [insats.namn for insats, _, _ in client.get(LISTA, fraga).context["rader"]]


def antal(client, filtret, **fraga):
    (hittat,) = [rad for rad in client.get(LISTA, fraga).context["filter"] if rad.namn == filtret]
    return {val.varde: val.antal for val in hittat.val}


@pytest.mark.usefixtures("katalog")
@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("rörsås", ["Rörsås Lantliv"]),
        ("RÖRSÅS", ["Rörsås Lantliv"]),
        ("rörs", ["Rörsås Lantliv"]),
        ("rörås", ["Rörsås Lantliv"]),
        ("lantliv rörsås", ["Rörsås Lantliv"]),
        ("natur", ["Rörsås Lantliv", "Elings Ark"]),
        ("psykisk", ["Rörsås Lantliv"]),
        ("psykiska besvär", []),
        ("odling", ["Rörsås Lantliv"]),
        ("trädgård", ["Rörsås Lantliv"]),
        ("sköta bi", ["Rörsås Lantliv"]),
        ("unga", ["Ung Arena"]),
        ("odling för", ["Rörsås Lantliv"]),
        ("mariestad", ["Rörsås Lantliv", "Ung Arena"]),
        ("odling mariestad", ["Rörsås Lantliv"]),
        ("granviks", ["Samverkansteam"]),
        ("vattenpolo", []),
        ("%", []),
        ('"', []),
        ("_", []),
        ("& | ! ( :*", []),
        ("rörsås'; drop table", []),
    ],
)
def test_search_finds_what_people_expect(client, text, vantat):
    assert namn(client, q=text) == vantat


@pytest.mark.usefixtures("katalog")
@pytest.mark.parametrize("text", ["a", "ö", "i", "x" * 5000, "ord " * 500, "\x00", "rörsås\x00", "😀", "\\", "1"])
def test_odd_searches_never_break(client, text):
    assert client.get(LISTA, {"q": text}).status_code == 200


@pytest.mark.usefixtures("katalog")
@pytest.mark.parametrize(
    ("fraga", "vantat"),
    [
        ({}, ["Rörsås Lantliv", "Samverkansteam", "Ung Arena", "Elings Ark"]),
        ({"ort": "Mariestad"}, ["Rörsås Lantliv", "Ung Arena"]),
        ({"ort": ["Vara", "Töreboda"]}, ["Ung Arena", "Elings Ark"]),
        ({"ort": "gemensam"}, ["Samverkansteam"]),
        ({"grupp": "unga"}, ["Ung Arena"]),
        ({"grupp": ["unga", "sjukskrivna"]}, ["Rörsås Lantliv", "Ung Arena"]),
        ({"grupp": "unga", "ort": "Vara"}, []),
        ({"upplagg": "natur"}, ["Rörsås Lantliv", "Elings Ark"]),
        ({"remittent": "af"}, ["Rörsås Lantliv"]),
        ({"inriktning": "struktur"}, ["Samverkansteam", "Ung Arena"]),
        ({"platser": "lediga"}, ["Rörsås Lantliv"]),
        ({"alder": "17"}, ["Samverkansteam", "Ung Arena", "Elings Ark"]),
        ({"alder": "29", "grupp": "unga"}, ["Ung Arena"]),
        ({"alder": "30", "grupp": "unga"}, []),
        ({"ordning": "lediga"}, ["Rörsås Lantliv", "Samverkansteam", "Ung Arena", "Elings Ark"]),
        ({"ort": "Hjo"}, ["Rörsås Lantliv", "Samverkansteam", "Ung Arena", "Elings Ark"]),
        (
            {"grupp": "zzz", "alder": "²", "inriktning": "", "platser": "1", "ordning": "x", "sida": "abc"},
            ["Rörsås Lantliv", "Samverkansteam", "Ung Arena", "Elings Ark"],
        ),
        ({"alder": "-1"}, ["Rörsås Lantliv", "Samverkansteam", "Ung Arena", "Elings Ark"]),
    ],
)
def test_filters(client, fraga, vantat):
    assert namn(client, **fraga) == vantat


@pytest.mark.usefixtures("katalog")
def test_counts_say_what_a_choice_gives_with_the_other_filters(client):
    assert antal(client, "ort") == {"Mariestad": 2, "Töreboda": 1, "Vara": 1, "gemensam": 1}
    assert antal(client, "ort", ort="Vara") == antal(client, "ort")
    assert antal(client, "ort", upplagg="natur") == {"Mariestad": 1, "Töreboda": 0, "Vara": 1, "gemensam": 0}
    assert antal(client, "upplagg", q="rörsås")["natur"] == 1
    assert antal(client, "inriktning") == {"individ": 3, "struktur": 2}


@pytest.mark.usefixtures("katalog")
def test_chips_remove_one_thing_each(client):
    svar = client.get(LISTA, {"q": "a", "grupp": ["unga", "sjukskrivna"], "alder": "20", "sida": "2"})
    brickor = dict(svar.context["brickor"])
    assert list(brickor) == ["”a”", "Unga 16–29 år", "Sjukskrivna", "20 år"]
    assert brickor["Sjukskrivna"] == "?q=a&grupp=unga&alder=20"
    assert brickor["”a”"] == "?grupp=unga&grupp=sjukskrivna&alder=20"
    assert brickor["20 år"] == "?q=a&grupp=unga&grupp=sjukskrivna"
    assert "Rensa alla" in svar.content.decode()


@pytest.mark.usefixtures("katalog")
def test_number_of_hits_is_in_words(client):
    assert "Fyra insatser" in client.get(LISTA).content.decode()
    assert "En insats<" in client.get(LISTA, {"q": "rörsås"}).content.decode()
    tomt = client.get(LISTA, {"q": "vattenpolo"}).content.decode()
    assert "Ingen insats passar allt du har valt" in tomt
    assert "Rensa alla filter" in tomt


def test_empty_catalogue_says_what_will_come(client, inloggad):
    assert "så snart kansliet har publicerat" in client.get(LISTA).content.decode()
    assert reverse("insatser:insats_create") in inloggad("kansli").get(LISTA).content.decode()


@pytest.mark.usefixtures("katalog")
def test_kansli_sees_unpublished_and_may_add(client, inloggad):
    assert "Inte publicerad" not in client.get(LISTA).content.decode()
    sida = inloggad("kansli").get(LISTA).content.decode()
    assert "Hemlig odling" in sida
    assert "Inte publicerad" in sida
    assert "Lägg till en insats" in sida


def test_nobody_else_is_offered_to_add(inloggad):
    ny_insats()
    assert "Lägg till en insats" not in inloggad("remittent").get(LISTA).content.decode()


def test_fifty_a_page_and_the_filter_stays(client):
    for _ in range(51):
        ny_insats(grupper=["unga"])
    forsta = client.get(LISTA, {"grupp": "unga"})
    assert len(forsta.context["rader"]) == 50
    assert "?grupp=unga&amp;sida=2" in forsta.content.decode()
    assert len(client.get(LISTA, {"grupp": "unga", "sida": 2}).context["rader"]) == 1
    assert len(client.get(LISTA, {"sida": 99}).context["rader"]) == 1


def test_what_a_row_says_about_places(client):
    ny_insats("A", lediga_platser=1, platser_bekraftade=idag(), nasta_start="varje månad")
    ny_insats("B", lediga_platser=0, platser_bekraftade=idag())
    ny_insats("C")
    ny_insats("D", slut=datetime.date(2020, 5, 1), lediga_platser=3)
    lagen = [lage for _, lage, _ in client.get(LISTA).context["rader"]]
    assert [lage.text for lage in lagen] == ["1 ledig plats", "Fullt", "", "Avslutad"]
    assert lagen[0].rader[0] == "Nästa start: varje månad"
    assert lagen[2].rader == ("Uppgift om lediga platser saknas",)
    assert lagen[3].rader == ("Avslutades 1 maj 2020",)


@pytest.mark.parametrize(
    ("nasta_start", "text"),
    [
        ("varje månad", "Nästa start: varje månad"),
        ("2 september", "Nästa start: 2 september"),
        ("Löpande", "Start löpande"),
        ("start varje månad", "Start varje månad"),
        ("Ny grupp i augusti", "Ny grupp i augusti"),
        ("", ""),
    ],
)
def test_next_start_reads_well(nasta_start, text):
    assert visning.nasta_start(Insats(nasta_start=nasta_start)) == text


def test_a_row_shows_the_first_sentence_of_the_extent(client):
    ny_insats("A", omfattning="Tre halvdagar i veckan. 250 tkr motsvarar 15 deltagare.")
    ny_insats("B", min_veckor=4, max_veckor=12)
    fakta = [dict(fakta) for _, _, fakta in client.get(LISTA).context["rader"]]
    assert [rad["Omfattning"] for rad in fakta] == ["Tre halvdagar i veckan", "4–12 veckor"]


@pytest.mark.parametrize("fraga", ["", "?q=insats+unga&grupp=unga&ort=Vara"])
@pytest.mark.parametrize("roll", [None, "kansli"])
def test_constant_queries(roll, fraga, inloggad, assert_constant_queries):
    if roll:
        inloggad(roll)
    nr = iter(range(9))
    assert_constant_queries(
        LISTA + fraga,
        lambda: ny_insats(orter=["Vara", f"Ort {next(nr)}"], grupper=["unga"], sammanfattning="Insats för unga"),
    )


def test_list_is_few_queries(client):
    ny_insats(orter=["Vara"])
    with CaptureQueriesContext(connection) as fragor:
        client.get(LISTA, {"q": "insats för unga i vara", "ort": "Vara"})
    assert len(fragor) <= 6


def test_kansli_may_list_what_is_wrong_and_nobody_else(client, inloggad):
    ny_insats("Utan kontakt")
    for namn, falt in (("Bra", {}), ("Med hjälptext", {"mal": "Använd ditt  eget\nspråk"})):
        ny_kontakt(ny_insats(namn, **falt))

    def namn(brist):
        return [insats.namn for insats, _, _ in client.get(LISTA, {"brist": brist}).context["rader"]]

    assert namn("kontakt") == ["Bra", "Med hjälptext", "Utan kontakt"]
    assert "Att rätta till" not in client.get(LISTA).content.decode()
    inloggad("kansli")
    assert namn("kontakt") == ["Utan kontakt"]
    assert namn("malltext") == ["Med hjälptext"]
    svar = client.get(LISTA, {"q": "kontakt", "brist": ["kontakt", "malltext"]})
    (filtret,) = [grupp for grupp in svar.context["filter"] if grupp.namn == "brist"]
    assert [(val.text, val.antal) for val in filtret.val] == [
        ("Kontaktperson saknas", 1), ("Mallens hjälptext är kvar", 0)
    ]  # fmt: skip
