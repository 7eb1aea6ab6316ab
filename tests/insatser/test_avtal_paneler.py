"""What agreements say on the start page and on the page of a case."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser import avtal_paneler
from insatser.models import Avtal
from tests.insatser.fabrik import ny_insats, ny_medarbetare
from tests.insatser.fabrik_ansokan import ny_ansokan, ny_part, skickad_ansokan
from tests.insatser.fabrik_avtal import bifall, lopande_avtal, ny_lagesrapport, nytt_villkor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("i_juni")]
DAG = datetime.date


@pytest.fixture
def i_juni():
    with time_machine.travel("2024-06-13 12:00+02:00", tick=False):
        yield


def texter(user):
    return [post.text for post in avtal_paneler.att_gora(user)]


def slutar_snart(*parter, namn, **falt):
    return lopande_avtal(*parter, insats=ny_insats(namn), start=DAG(2023, 9, 1), slut=DAG(2024, 8, 31), **falt)


def test_what_waits_for_the_kansli(ny_anvandare):
    kansli = ny_anvandare("kansli")
    _, beslut = bifall(rubrik="Ny insats", justerat=False)
    nytt_villkor(beslut, foljs_upp=DAG(2024, 6, 1))
    nytt_villkor(beslut, foljs_upp=DAG(2024, 12, 1))
    slutar_snart(namn="Kan förlängas")
    slutar_snart(namn="Kan inte", optioner=0)
    pa_gang = slutar_snart(namn="Är på gång")
    ny_ansokan(slag="forlangning", avtal=pa_gang)
    nekad = slutar_snart(namn="Nekad förut")
    skickad_ansokan(slag="forlangning", avtal=nekad, lage="avslagen", av=kansli)
    lopande = lopande_avtal(start=DAG(2024, 1, 1), slut=DAG(2025, 12, 31))
    ny_lagesrapport(lopande, "inlamnad")
    ny_lagesrapport(lopande, fran=DAG(2023, 7, 1), till=DAG(2023, 12, 31), senast=DAG(2024, 1, 31))
    poster = avtal_paneler.att_gora(kansli)
    assert [(post.text, post.dag) for post in poster] == [
        ("Skriv avtal för Ny insats", None),
        ("Starta förlängningen av Kan förlängas", DAG(2024, 8, 31)),
        ("Förbered nytt avtal för Kan inte", DAG(2024, 8, 31)),
        ("Starta förlängningen av Nekad förut", DAG(2024, 8, 31)),
        ("Följ upp villkoret för Ny insats", DAG(2024, 6, 1)),
        (f"Läs lägesrapporten från {lopande.insats}", None),
        ("Se den försenade lägesrapporten", None),
    ]
    assert "inte justerat" in poster[0].varfor
    assert poster[0].url == reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    assert poster[4].marke[0] == "Försenad"


def test_what_waits_for_who_writes(ny_anvandare):
    kommun = ny_part()
    foretradare, personal = ny_anvandare("partsforetradare", part=kommun), ny_anvandare("insatspersonal")
    avtal = slutar_snart(kommun, namn="Gläntan")
    ny_medarbetare(avtal.insats, personal)
    slutar_snart(namn="Andras")
    ny_lagesrapport(avtal, "utkast")
    ny_lagesrapport(avtal, fran=DAG(2024, 9, 1), till=DAG(2024, 12, 31))  # not begun
    ny_lagesrapport(avtal, fran=DAG(2024, 1, 2), senast=DAG(2024, 8, 1))  # not soon
    rapporten = "Fortsätt lägesrapporten för Gläntan"
    assert texter(personal) == [rapporten]
    assert texter(foretradare) == ["Starta förlängningen av Gläntan", rapporten]
    assert texter(ny_anvandare("styrelse")) == texter(ny_anvandare("drift")) == []


def om(arende, user):
    """(next step, titles and times of the rows, texts of the buttons)"""
    steg = avtal_paneler.nasta_steg(arende, user)
    return (
        steg and (steg.text, steg.ansvarig, steg.dag),
        [(rad.rubrik, rad.tid) for rad in avtal_paneler.tidslinje(arende, user)],
        [knapp.text for knapp in avtal_paneler.atgarder(arende, user)],
    )


def test_the_life_of_a_case(ny_anvandare):
    kansli, kommun = ny_anvandare("kansli"), ny_part()
    ansokan = skickad_ansokan(kommun, ny_part(), lage="styrelse", av=kansli)
    assert om(ansokan.arende, kansli) == (None, [], [])
    ansokan, beslut = bifall(kommun, ny_part(), av=kansli)
    arende = ansokan.arende
    villkor = nytt_villkor(beslut, foljs_upp=DAG(2024, 6, 1))
    steg, rader, knappar = om(arende, kansli)
    assert steg == ("Avtalet ska skrivas", "Kansliet", None)
    assert rader == [("Villkoret ska följas upp", "nu")]
    assert knappar == ["Skriv avtal", "Lägg till ett villkor"]
    assert om(arende, ny_anvandare("styrelse"))[2] == []
    avtal = lopande_avtal(
        kommun, start=DAG(2023, 9, 1), slut=DAG(2024, 12, 31), optioner=1, beslut=beslut, insats=ny_insats("Gläntan")
    )  # fmt: skip
    villkor.status, villkor.uppfoljt = "uppfyllt", DAG(2024, 6, 2)
    villkor.save()
    ny_lagesrapport(avtal, "inlamnad", fran=DAG(2023, 9, 1))
    ny_lagesrapport(avtal, fran=DAG(2024, 1, 1), till=DAG(2024, 6, 30), senast=DAG(2024, 7, 31))
    steg, rader, knappar = om(arende, foretradare := ny_anvandare("partsforetradare", part=kommun))
    assert steg == ("Lägesrapporten för 1 januari 2024 till 30 juni 2024", "Gläntan", DAG(2024, 7, 31))
    assert rader == [
        ("Avtalet började gälla", "nu"), ("Förlängning 1: det sista året", "kommer"), ("Villkoret är uppföljt", "klar"),
        ("Lägesrapporten är inlämnad", "klar"), ("Lägesrapport", "kommer"),
    ]  # fmt: skip
    assert knappar == ["Öppna avtalet", "Ansök om förlängning"]
    assert dict(avtal_paneler.fakta(arende, foretradare))["Avtalets läge"] == "År 1"
    # The year that begins in the window: the parties are next.
    Avtal.objects.filter(pk=avtal.pk).update(slut=DAG(2024, 8, 31))
    assert om(arende, kansli)[0] == ("Förlängningen ska startas", "Parterna", DAG(2024, 8, 31))
    Avtal.objects.filter(pk=avtal.pk).update(optioner=0)
    assert om(arende, kansli)[0] == ("En ny ansökan krävs om insatsen ska fortsätta", "Parterna", DAG(2024, 8, 31))
    # The case of the förlängning shows the year that it is about.
    Avtal.objects.filter(pk=avtal.pk).update(optioner=1)
    forlangning = skickad_ansokan(
        kommun, ny_part(), slag="forlangning", avtal=avtal, av=kansli, start=DAG(2024, 9, 1), slut=DAG(2025, 8, 31)
    )  # fmt: skip
    steg, rader, knappar = om(forlangning.arende, kansli)
    assert (steg, rader, knappar) == (None, [("Förlängning 1: det sista året", "kommer")], ["Öppna avtalet"])
    Avtal.objects.filter(pk=avtal.pk).update(slut=DAG(2024, 6, 12))
    assert om(arende, kansli)[0] == ("Ärendet kan avslutas", "Kansliet", None)


@pytest.mark.parametrize("roll", ["kansli", "partsforetradare"])
def test_the_number_of_queries_is_fixed(roll, ny_anvandare, forbund):
    user = ny_anvandare(roll)
    ansokan, beslut = bifall(forbund, ny_part(), av=user)
    avtal = lopande_avtal(forbund, beslut=beslut, start=DAG(2020, 1, 1), slut=DAG(2024, 12, 31))

    def mer():
        nytt_villkor(beslut, foljs_upp=DAG(2024, 6, 1))
        ny_lagesrapport(avtal, "inlamnad", fran=DAG(2020, 1, 1) + datetime.timedelta(avtal.rapporter.count()))
        ny_lagesrapport(avtal, fran=DAG(2020, 1, 1) + datetime.timedelta(avtal.rapporter.count()))
        lopande_avtal(forbund, start=DAG(2023, 9, 1), slut=DAG(2024, 8, 31))

    def fragor():
        with CaptureQueriesContext(connection) as c:
            avtal_paneler.att_gora(user)
            for namn in ("tidslinje", "nasta_steg", "atgarder", "fakta"):
                getattr(avtal_paneler, namn)(ansokan.arende, user)
        return len(c)

    mer()
    assert user.roller
    fore = fragor()
    for _ in range(3):
        mer()
    assert fragor() == fore <= 40
