"""Contact persons, staff and agreements as the kansli writes them."""

import datetime
import uuid
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from insatser.forms import ortnamn
from insatser.models import Avtal, Insatskontakt, Medarbetare
from samordning.karna.models import Handelse, Kontakt, Part
from tests.insatser.fabrik import ny_insats, ny_kontakt, ny_medarbetare, nytt_avtal, version

pytestmark = pytest.mark.django_db
DAG = datetime.date


@pytest.fixture
def kansli(inloggad):
    return inloggad("kansli")


def adress(namn, insats, *args):
    return reverse(f"insatser:{namn}", args=[insats.slug, *args])


def fel(svar):
    assert svar.status_code == 200
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


# ---- Contact persons


def kontakt(**falt):
    return {"namn": "Frida Ljung", "part": Part.objects.forbund().pk, "telefon": "0980-319 206"} | falt


def test_a_new_contact_person_is_made_once(kansli):
    insats = ny_insats()
    sent = kontakt(inskick=str(uuid.uuid4()))
    for _ in range(2):
        assert kansli.post(adress("insats_kontakt_create", insats), sent).url == adress("insats_detail", insats)
    assert Insatskontakt.objects.get().kontakt == Kontakt.objects.get()
    assert Handelse.objects.om(insats).get().data == {"kontaktperson": [None, "Frida Ljung"]}


def test_a_known_contact_is_used_as_it_is(kansli):
    insats, kand = ny_insats(), ny_kontakt(namn="Ingrid Forsell")
    kansli.post(adress("insats_kontakt_create", insats), {"vald": kand.pk, "namn": "Annat namn"})
    assert [rad.kontakt for rad in insats.insatskontakter.all()] == [kand]
    kand.refresh_from_db()
    assert kand.namn == "Ingrid Forsell"
    assert Kontakt.objects.count() == 1


def test_who_is_contact_person_already_cannot_be_chosen(kansli):
    rad = ny_kontakt(ny_insats())
    svar = kansli.post(adress("insats_kontakt_create", rad.insats), {"vald": rad.kontakt.pk})
    assert "vald" in fel(svar)


@pytest.mark.parametrize(
    ("falt", "plats"),
    [
        ({"namn": ""}, "namn"),
        ({"telefon": ""}, "telefon"),
        ({"telefon": "ring mig"}, "telefon"),
        ({"part": ""}, "part"),
    ],
)
def test_somebody_to_call_can_be_reached(kansli, falt, plats):
    insats = ny_insats()
    assert list(fel(kansli.post(adress("insats_kontakt_create", insats), kontakt(**falt)))) == [plats]
    assert not Kontakt.objects.exists()


def test_contact_is_changed_and_the_history_says_how(kansli):
    rad = ny_kontakt(ny_insats())
    url = adress("insats_kontakt_edit", rad.insats, rad.pk)
    sent = kontakt(epost="frida.ljung@example.se", telefon="0980-319 214", version=version(kansli, url))
    svar = kansli.post(url, sent)
    assert svar.status_code == 302
    rad.kontakt.refresh_from_db()
    assert rad.kontakt.telefon == "0980-319 214"
    historik = kansli.get(adress("insats_historik", rad.insats)).context["rader"]
    assert ("Telefon", "0980-319 206", "0980-319 214") in historik[0].andringar


def test_removing_asks_first_and_keeps_the_contact(kansli):
    rad = ny_kontakt(ny_insats())
    url = adress("insats_kontakt_delete", rad.insats, rad.pk)
    assert "Ja, ta bort" in kansli.get(url).content.decode()
    assert Insatskontakt.objects.exists()
    assert kansli.post(url).status_code == 302
    assert not Insatskontakt.objects.exists()
    assert Kontakt.objects.exists()
    assert kansli.post(url).status_code == 404


def test_a_row_of_another_insats_is_not_found(kansli):
    rad, annan = ny_kontakt(ny_insats()), ny_insats()
    assert kansli.post(adress("insats_kontakt_delete", annan, rad.pk)).status_code == 404
    assert Insatskontakt.objects.exists()


# ---- Staff


@time_machine.travel("2024-06-13 12:00+02:00")
def test_staff_is_added_and_ended(kansli, ny_anvandare):
    insats, person = ny_insats(), ny_anvandare("insatspersonal", namn="Pia Ek")
    sent = {"anvandare": person.pk, "fran": "2024-06-01", "inskick": str(uuid.uuid4())}
    for _ in range(2):
        assert kansli.post(adress("medarbetare_create", insats), sent).status_code == 302
    rad = Medarbetare.objects.get()
    assert "Arbetar här i dag" in kansli.get(adress("medarbetare_list", insats)).content.decode()
    kansli.post(adress("medarbetare_end", insats, rad.pk), {"till": "2024-06-12"})
    rad.refresh_from_db()
    assert rad.till == DAG(2024, 6, 12)
    html = kansli.get(adress("medarbetare_list", insats)).content.decode()
    assert "Har arbetat här" in html
    assert "Arbetar här i dag" not in html
    assert [h.namn for h in Handelse.objects.om(insats)] == ["medarbetare_avslutad", "medarbetare_tillagd"]


def test_only_insatspersonal_can_be_staff(kansli, ny_anvandare):
    svar = kansli.post(
        adress("medarbetare_create", ny_insats()), {"anvandare": ny_anvandare().pk, "fran": "2024-06-01"}
    )
    assert list(fel(svar)) == ["anvandare"]


def test_staff_twice_on_the_same_days_is_refused_in_words(kansli, ny_anvandare):
    insats, person = ny_insats(), ny_anvandare("insatspersonal")
    ny_medarbetare(insats, person)
    svar = kansli.post(adress("medarbetare_create", insats), {"anvandare": person.pk, "fran": "2024-06-01"})
    assert fel(svar) == {"anvandare": ["Personen är redan medarbetare i insatsen de dagarna."]}


def test_a_last_day_before_the_first_is_refused(kansli, ny_anvandare):
    rad = ny_medarbetare(ny_insats(), ny_anvandare("insatspersonal"), DAG(2024, 6, 1))
    svar = kansli.post(adress("medarbetare_end", rad.insats, rad.pk), {"till": "2024-05-31"})
    assert fel(svar) == {"till": ["Slutdatumet är före startdatumet."]}


def test_staff_list_is_a_fixed_number_of_queries(kansli, ny_anvandare, assert_constant_queries):
    insats = ny_insats()
    assert_constant_queries(
        adress("medarbetare_list", insats), lambda: ny_medarbetare(insats, ny_anvandare("insatspersonal"))
    )


# ---- Agreements


def avtal(**falt):
    return {
        "huvudpart": Part.objects.forbund().pk,
        "start": "2024-01-01",
        "slut": "2024-12-31",
        "optioner": "1",
        "utnyttjade": "0",
        "inskick": str(uuid.uuid4()),
    } | falt


def test_an_agreement_is_made_once_with_its_sums(kansli, kommun):
    insats, forbund = ny_insats(), Part.objects.forbund()
    sent = avtal(parter=[kommun.pk, forbund.pk], ar_0="2024", kronor_0="450 000", ar_2="2025", kronor_2="1\xa0000,50")
    for _ in range(2):
        assert kansli.post(adress("avtal_create", insats), sent).url == adress("insats_detail", insats)
    avtalet = Avtal.objects.get()
    assert list(avtalet.parter.all()) == [kommun]
    assert dict(avtalet.belopp.values_list("ar", "kronor")) == {2024: Decimal(450000), 2025: Decimal("1000.50")}
    (rad,) = kansli.get(adress("insats_historik", insats)).context["rader"]
    assert ("Belopp 2024", "(tomt)", "450\xa0000 kr") in rad.andringar
    assert ("Huvudpart", "(tomt)", "Samordningsförbundet Skaraborg") in rad.andringar


def test_an_agreement_is_changed_and_a_year_taken_away(kansli):
    avtalet = nytt_avtal(ny_insats(), DAG(2024, 1, 1), DAG(2024, 12, 31), optioner=1)
    avtalet.belopp.create(ar=2024, kronor=100)
    url = adress("avtal_edit", avtalet.insats, avtalet.pk)
    assert 'value="2024"' in kansli.get(url).content.decode()
    falt = {"ar_0": "", "kronor_0": "", "ar_1": "2025", "kronor_1": "200", "version": version(kansli, url)}
    kansli.post(url, avtal(slut="2025-12-31", utnyttjade="1", **falt))
    avtalet.refresh_from_db()
    assert (avtalet.slut, avtalet.utnyttjade) == (DAG(2025, 12, 31), 1)
    assert dict(avtalet.belopp.values_list("ar", "kronor")) == {2025: Decimal(200)}
    assert Handelse.objects.om(avtalet.insats).get().data == {
        "slut": ["2024-12-31", "2025-12-31"],
        "utnyttjade": [0, 1],
        "belopp 2024": ["100.00", None],
        "belopp 2025": [None, "200.00"],
    }


@pytest.mark.parametrize(
    ("falt", "plats", "text"),
    [
        ({"slut": "2023-12-31"}, "slut", "sluta innan"),
        ({"utnyttjade": "2"}, "utnyttjade", "Fler förlängningar"),
        ({"ar_0": "2024"}, "kronor_0", "Skriv beloppet för 2024"),
        ({"kronor_0": "5"}, "ar_0", "vilket år"),
        ({"ar_0": "2024", "kronor_0": "1", "ar_1": "2024", "kronor_1": "2"}, "ar_1", "redan ett belopp"),
        ({"ar_0": "2026", "kronor_0": "1"}, "ar_0", "gäller inte 2026"),
        ({"ar_0": "2024", "kronor_0": "-1"}, "kronor_0", "0"),
        ({"ar_0": "2024", "kronor_0": "mycket"}, "kronor_0", "kronor med siffror"),
    ],
)
def test_a_broken_rule_is_said_at_its_field(kansli, falt, plats, text):
    fel_ = fel(kansli.post(adress("avtal_create", ny_insats()), avtal(**falt)))
    assert list(fel_) == [plats]
    assert text in fel_[plats][0]
    assert not Avtal.objects.exists()


def test_overlapping_agreements_are_refused_in_words(kansli):
    insats = ny_insats()
    nytt_avtal(insats, DAG(2024, 12, 31), DAG(2025, 12, 31))
    svar = kansli.post(adress("avtal_create", insats), avtal())
    assert fel(svar) == {"start": ["Insatsen har redan ett avtal för en del av tiden."]}


@pytest.mark.parametrize(
    ("kommun", "ort"),
    [
        ("Mariestads kommun", "Mariestad"),
        ("Hjo kommun", "Hjo"),
        ("Hofors kommun", "Hofors"),
        ("Borås stad", "Borås"),
        ("Sotenäs kommun", "Sotenäs"),
        ("Skaraborg", "Skaraborg"),
    ],
)
def test_places_of_municipalities(kommun, ort):
    assert ortnamn(kommun) == ort
