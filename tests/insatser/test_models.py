"""What the database refuses, and how an insats gets its address."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insatser.models import Avtal, Avtalsar, Insats, Insatskontakt, Medarbetare
from tests.insatser.fabrik import ny_insats, ny_kontakt, ny_medarbetare, nytt_avtal

pytestmark = pytest.mark.django_db
DAG = datetime.date


def test_slug_is_readable_unique_and_never_a_page_of_its_own():
    assert Insats.objects.ledig_slug("Rörsås Lantliv") == "rorsas-lantliv"
    ny_insats("Rörsås Lantliv")
    ny_insats("Rorsas Lantliv")
    assert set(Insats.objects.values_list("slug", flat=True)) == {"rorsas-lantliv", "rorsas-lantliv-2"}
    assert Insats.objects.ledig_slug("Ny") == "ny-2"
    assert Insats.objects.ledig_slug("???") == "insats"
    assert len(Insats.objects.ledig_slug("å" * 120)) <= 80


@pytest.mark.parametrize(
    ("falt", "text"),
    [
        ({"start": DAG(2024, 5, 2), "slut": DAG(2024, 5, 1)}, "avslutas innan"),
        ({"alder_fran": 30, "alder_till": 29}, "högsta åldern"),
        ({"min_veckor": 5, "max_veckor": 4}, "längsta tiden"),
        ({"lediga_platser": 3, "platser_totalt": 2}, "lediga platserna"),
        ({"inriktning": "struktur", "tar_emot": "papper"}, "strukturövergripande"),
    ],
)
def test_rules_of_a_sheet(falt, text, forbund):
    insats = Insats(namn="Prov", slug="prov", agare=forbund, **falt)
    with pytest.raises(ValidationError, match=text):
        insats.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        insats.save()


def test_agreements_of_one_insats_do_not_overlap():
    insats = ny_insats()
    nytt_avtal(insats, DAG(2024, 1, 1), DAG(2024, 12, 31))
    nytt_avtal(ny_insats(), DAG(2024, 1, 1), DAG(2024, 12, 31))
    nytt_avtal(insats, DAG(2025, 1, 1), DAG(2025, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        nytt_avtal(insats, DAG(2024, 12, 31), DAG(2025, 6, 1))
    for falt in ({"slut": DAG(2023, 1, 1)}, {"slut": DAG(2027, 1, 1), "utnyttjade": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            nytt_avtal(insats, DAG(2026, 1, 1), **falt)
    assert Avtal.objects.filter(insats=insats).count() == 2


def test_one_sum_a_year_and_never_negative():
    avtal = nytt_avtal(ny_insats(), DAG(2024, 1, 1), DAG(2024, 12, 31))
    Avtalsar.objects.create(avtal=avtal, ar=2024, kronor=1)
    for falt in ({"ar": 2024, "kronor": 2}, {"ar": 2025, "kronor": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Avtalsar.objects.create(avtal=avtal, **falt)


def test_nobody_is_staff_twice_on_the_same_day(ny_anvandare):
    insats, person = ny_insats(), ny_anvandare("insatspersonal")
    ny_medarbetare(insats, person, DAG(2024, 1, 1), DAG(2024, 6, 30))
    ny_medarbetare(insats, person, DAG(2024, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ny_medarbetare(insats, person, DAG(2024, 6, 30), DAG(2024, 6, 30))
    assert Medarbetare.objects.pagaende(DAG(2024, 6, 30)).count() == 1
    assert Medarbetare.objects.pagaende(DAG(2023, 12, 31)).count() == 0


def test_a_contact_person_is_listed_once():
    rad = ny_kontakt(ny_insats())
    with pytest.raises(IntegrityError), transaction.atomic():
        Insatskontakt.objects.create(insats=rad.insats, kontakt=rad.kontakt)


@time_machine.travel("2024-06-13 12:00+02:00")
def test_last_day_belongs_to_the_insats():
    sista, slut = ny_insats(slut=DAG(2024, 6, 13)), ny_insats(slut=DAG(2024, 6, 12))
    assert not sista.har_avslutats
    assert slut.har_avslutats
    assert list(Insats.objects.pagaende()) == [sista]


@time_machine.travel("2024-06-13 12:00+02:00")
def test_free_places_hold_for_thirty_days():
    falsk = ny_insats(lediga_platser=1, platser_bekraftade=DAG(2024, 5, 14))
    gammal = ny_insats(lediga_platser=1, platser_bekraftade=DAG(2024, 5, 13))
    aldrig = ny_insats(tar_emot="papper")
    ny_insats("Utan remisser")
    ny_insats(inriktning="struktur")
    ny_insats(tar_emot="papper", slut=DAG(2024, 1, 1))
    assert not falsk.platser_ar_gamla
    assert gammal.platser_ar_gamla
    assert set(Insats.objects.med_gamla_platser()) == {gammal, aldrig}


def test_list_is_in_swedish_order():
    for namn in ("Öppna dörrar", "Zeta", "Ängen", "Åsen", "alfa"):
        ny_insats(namn)
    assert [insats.namn for insats in Insats.objects.for_lista()] == ["alfa", "Zeta", "Åsen", "Ängen", "Öppna dörrar"]
