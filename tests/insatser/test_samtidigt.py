"""Two who write at once, and one form that is sent twice: nothing is overwritten or swallowed in silence."""

import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from insatser.forms import InsatsAndraForm, InsatsForm
from insatser.models import Avtal, Insats, Insatskontakt, Medarbetare
from samordning.karna.forms import REDAN_SKICKAT
from samordning.karna.models import Handelse, Kontakt, Part
from tests.conftest import Klient
from tests.insatser.fabrik import ny_insats, ny_kontakt, nytt_avtal, version

pytestmark = pytest.mark.django_db
DAG = datetime.date
NY = reverse("insatser:insats_create")


@pytest.fixture
def kansli(inloggad):
    return inloggad("kansli")


def adress(namn, insats, *args):
    return reverse(f"insatser:{namn}", args=[insats.slug, *args])


def fel(svar):
    assert svar.status_code == 200
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def blad(**falt):
    standard = {"namn": "Ung Arena", "agare": Part.objects.forbund().pk, "inriktning": "individ", "tar_emot": "papper"}
    return standard | {"inskick": str(uuid.uuid4())} | falt


def avtal(**falt):
    standard = {"huvudpart": Part.objects.forbund().pk, "start": "2024-01-01", "slut": "2024-12-31"}
    return standard | {"optioner": "1", "utnyttjade": "0"} | falt


# ---- Nobody's change is overwritten


def test_an_agreement_that_a_colleague_changed_is_shown_beside_mine(kansli):
    avtalet = nytt_avtal(ny_insats(), DAG(2024, 1, 1), DAG(2024, 12, 31), optioner=1)
    avtalet.belopp.create(ar=2024, kronor=100)
    url = adress("avtal_edit", avtalet.insats, avtalet.pk)
    sett = version(kansli, url)
    kollegans = avtal(version=sett, platser="9", ar_0="2024", kronor_0="200")
    assert kansli.post(url, kollegans).status_code == 302

    mina = avtal(version=sett, deltagarveckor="40", ar_0="2024", kronor_0="300", ar_5="2025", kronor_5="7")
    svar = kansli.post(url, mina)
    assert "Någon annan har sparat ändringar" in fel(svar)["__all__"][0]
    assert svar.context["form"].nyare == [
        ("Platser", "9"), ("Deltagarveckor per år", "(tomt)"), ("Belopp 2024", "200 kr"), ("Belopp 2025", "(tomt)"),
    ]  # fmt: skip
    html = svar.content.decode()
    assert "Sparat av någon annan" in html
    # Also a row further down than what is saved now would draw.
    for typed in ('value="40"', 'value="300"', 'value="7"'):
        assert typed in html
    avtalet.refresh_from_db()
    assert (avtalet.platser, avtalet.deltagarveckor, avtalet.version) == (9, None, 2)
    assert avtalet.belopp.get().kronor == 200

    assert kansli.post(url, mina | {"version": svar.context["form"]["version"].value()}).status_code == 302
    avtalet.refresh_from_db()
    assert (avtalet.deltagarveckor, avtalet.version, avtalet.belopp.count()) == (40, 3, 2)


def test_the_same_agreement_twice_is_no_conflict(kansli):
    avtalet = nytt_avtal(ny_insats(), DAG(2024, 1, 1), DAG(2024, 12, 31), optioner=1)
    url = adress("avtal_edit", avtalet.insats, avtalet.pk)
    sent = avtal(version=version(kansli, url), platser="9")
    assert [kansli.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Handelse.objects.om(avtalet.insats).count() == 1


def test_free_places_that_a_colleague_confirmed_are_shown_beside_mine(kansli):
    insats = ny_insats(lediga_platser=1)
    url = adress("insats_platser", insats)
    sett = version(kansli, url)
    assert kansli.post(url, {"lediga_platser": "5", "nasta_start": "varje månad", "version": sett}).status_code == 302
    svar = kansli.post(url, {"lediga_platser": "2", "nasta_start": "varje månad", "version": sett})
    assert "Någon annan" in fel(svar)["__all__"][0]
    assert svar.context["form"].nyare == [("Lediga platser", "5")]
    assert "Sparat av någon annan" in svar.content.decode()
    insats.refresh_from_db()
    assert insats.lediga_platser == 5
    nytt = {"lediga_platser": "2", "nasta_start": "varje månad", "version": svar.context["form"]["version"].value()}
    assert kansli.post(url, nytt).status_code == 302
    insats.refresh_from_db()
    assert (insats.lediga_platser, insats.version) == (2, 1)


def test_a_change_of_the_sheet_does_not_stand_in_the_way_of_the_places(kansli):
    insats = ny_insats(lediga_platser=1)
    url = adress("insats_platser", insats)
    sett = version(kansli, url)
    Insats.objects.update(metod="Ny", version=2)
    assert kansli.post(url, {"lediga_platser": "5", "version": sett}).status_code == 302
    insats.refresh_from_db()
    assert (insats.lediga_platser, insats.metod, insats.version) == (5, "Ny", 2)


def test_a_contact_is_guarded_also_from_the_page_of_another_insats(kansli):
    rad = ny_kontakt(ny_insats(), alias=["Frida L"])
    annan = Insatskontakt.objects.create(insats=ny_insats(), kontakt=rad.kontakt)
    har = adress("insats_kontakt_edit", rad.insats, rad.pk)
    dar = adress("insats_kontakt_edit", annan.insats, annan.pk)
    sent = {
        "namn": "Frida Ljung",
        "part": rad.kontakt.part_id,
        "telefon": "0980-319 206",
        "version": version(kansli, har),
    }
    assert kansli.post(dar, sent | {"telefon": "0980-319 214"}).status_code == 302
    svar = kansli.post(har, sent | {"titel": "Handledare"})
    assert "Någon annan" in fel(svar)["__all__"][0]
    assert svar.context["form"].nyare == [("Titel eller uppdrag", "(tomt)"), ("Telefon", "0980-319 214")]
    kontakt = Kontakt.objects.get()
    assert (kontakt.telefon, kontakt.titel, kontakt.alias) == ("0980-319 214", "", ["Frida L"])


def test_a_contact_that_is_not_changed_writes_no_history(kansli):
    rad = ny_kontakt(ny_insats())
    url = adress("insats_kontakt_edit", rad.insats, rad.pk)
    sent = {falt: getattr(rad.kontakt, falt) for falt in ("namn", "titel", "telefon", "epost")}
    kansli.post(url, sent | {"part": rad.kontakt.part_id, "version": version(kansli, url)})
    assert not Handelse.objects.om(rad.insats).exists()


# ---- The same name at once


def test_a_name_that_somebody_takes_meanwhile_is_said_at_its_field(kansli, monkeypatch):
    ny_insats("Ung Arena")
    # As when the other one's row came after the form had looked.
    monkeypatch.setattr(InsatsForm, "validate_unique", lambda form: None)
    svar = kansli.post(NY, blad(metod="Min långa text"))
    assert fel(svar) == {"namn": ["Det finns redan en insats som heter så. Välj ett annat namn."]}
    assert "Min långa text" in svar.content.decode()
    assert Insats.objects.count() == 1


def test_a_new_name_that_somebody_takes_meanwhile_is_said_at_its_field(kansli, monkeypatch):
    ny_insats("Ung Arena")
    insats = ny_insats("Elings Ark")
    monkeypatch.setattr(InsatsAndraForm, "validate_unique", lambda form: None)
    svar = kansli.post(adress("insats_edit", insats), blad(version="1", metod="Min långa text"))
    assert fel(svar) == {"namn": ["Det finns redan en insats som heter så. Välj ett annat namn."]}
    assert "<h1>Ändra Elings Ark</h1>" in svar.content.decode()
    assert not Handelse.objects.om(insats).exists()


def test_an_address_that_somebody_takes_meanwhile_gets_a_number(kansli, monkeypatch):
    ny_insats("Ung-Arena")
    lediga = iter(["ung-arena", "ung-arena-2"])
    monkeypatch.setattr(type(Insats.objects), "ledig_slug", lambda self, namn: next(lediga))
    assert kansli.post(NY, blad()).url == "/insatser/ung-arena-2/"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_add_the_same_insats_at_the_same_moment(ny_anvandare):
    personer, start, svar = [ny_anvandare("kansli") for _ in range(2)], threading.Barrier(2), []

    def en(person, sent):
        klient = Klient()
        klient.force_login(person)
        start.wait()
        svar.append(klient.post(NY, sent))
        connection.close()

    tradar = [threading.Thread(target=en, args=(person, blad())) for person in personer]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert sorted(s.status_code for s in svar) == [200, 302]
    assert Insats.objects.get().namn == "Ung Arena"


# ---- Another form with a key that is used


def sagt(kansli, svar):
    assert svar.status_code == 302
    return REDAN_SKICKAT in kansli.get(svar.url).content.decode()


def test_what_is_not_saved_a_second_time_is_said(kansli, ny_anvandare):
    nyckel, insats = str(uuid.uuid4()), ny_insats()
    kansli.post(NY, blad(inskick=nyckel))
    assert sagt(kansli, kansli.post(NY, blad(namn="Ett annat namn", inskick=nyckel)))
    assert not Insats.objects.filter(namn="Ett annat namn").exists()

    url, nyckel = adress("avtal_create", insats), str(uuid.uuid4())
    kansli.post(url, avtal(inskick=nyckel))
    assert sagt(kansli, kansli.post(url, avtal(inskick=nyckel, start="2025-01-01", slut="2025-12-31")))
    assert Avtal.objects.count() == 1

    url, nyckel = adress("insats_kontakt_create", insats), str(uuid.uuid4())
    sent = {"namn": "Frida Ljung", "part": Part.objects.forbund().pk, "telefon": "0980-319 206", "inskick": nyckel}
    kansli.post(url, sent)
    assert sagt(kansli, kansli.post(url, sent | {"namn": "Pia Ek"}))
    assert Kontakt.objects.get().namn == "Frida Ljung"

    url, nyckel = adress("medarbetare_create", insats), str(uuid.uuid4())
    for person in (ny_anvandare("insatspersonal"), ny_anvandare("insatspersonal")):
        svar = kansli.post(url, {"anvandare": person.pk, "fran": "2024-06-01", "inskick": nyckel})
    assert sagt(kansli, svar)
    assert Medarbetare.objects.count() == 1


def test_a_key_whose_row_is_taken_away_is_said_too(kansli):
    insats = ny_insats()
    url = adress("insats_kontakt_create", insats)
    sent = {"namn": "Frida Ljung", "part": Part.objects.forbund().pk, "telefon": "0980-319 206"}
    sent["inskick"] = str(uuid.uuid4())
    kansli.post(url, sent)
    Insatskontakt.objects.all().delete()
    assert "har tagits bort sedan dess" in fel(kansli.post(url, sent))["__all__"][0]
