"""The pages that register a start."""

import datetime

import pytest

from remisser.models import Deltagare, Remiss
from samordning.karna.models import Atkomst, Handelse
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import ny_remiss, nytt_nummer, sida, starta
from uppfoljning.models import Deltagande, Lage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]


@pytest.fixture
def remiss(insats, ny_anvandare, kommun):
    return ny_remiss(insats, ny_anvandare("remittent"), avsandare=kommun)


def ny(**falt):
    return {"start": "2026-02-02", "namn": "Berit Provsson", "personnummer": nytt_nummer()} | falt


def fel(svar):
    assert svar.status_code == 200
    return {namn: texter[0] for namn, texter in svar.context["form"].errors.items()}


def test_an_accepted_remiss_is_started_with_the_situation(client, user, remiss):
    adress = sida("start_fran_remiss", remiss.uuid)
    assert "Berit Provsson börjar i Gläntan" in client.get(adress).content.decode()
    svar = client.post(adress, {"start": "2026-02-02", "timmar": "12,5", "procent_FK": "75", "procent_LON": "25"})
    deltagande = Deltagande.objects.get()
    assert svar.url == sida("deltagande_detail", deltagande.uuid)
    assert (deltagande.start, deltagande.remiss, deltagande.namn) == (
        datetime.date(2026, 2, 2), remiss, "Berit Provsson",
    )  # fmt: skip
    lage = Lage.objects.get()
    assert (lage.tillfalle, lage.datum, float(lage.timmar), lage.forsorjning) == ("start", deltagande.start, 12.5, "FK")
    assert dict(lage.andelar.values_list("kod", "procent")) == {"FK": 75, "LON": 25}
    rader = [(rad.handling, rad.objekt_typ, rad.objekt_id, rad.person) for rad in Atkomst.objects.order_by("pk")]
    assert rader == [
        (handling, "remisser.remiss", str(remiss.uuid), remiss.deltagare.uuid) for handling in ("visade", "skrev in")
    ]


def test_nothing_about_the_situation_is_needed(client, user, remiss):
    client.post(sida("start_fran_remiss", remiss.uuid), {"start": "2026-02-02"})
    assert Deltagande.objects.count() == 1
    assert not Lage.objects.exists()


@pytest.mark.parametrize(
    ("start", "text"),
    [("", "Fyll i den första dagen."), ("2026-03-02", "efter i dag"), ("2025-02-20", "mer än ett år före remissen"),
     ("igår", "ÅÅÅÅ-MM-DD")],
)  # fmt: skip
def test_the_first_day_is_checked_and_the_rest_is_kept(client, user, remiss, start, text):
    svar = client.post(sida("start_fran_remiss", remiss.uuid), {"start": start, "timmar": "20", "procent_FK": "60"})
    assert text in fel(svar)["start"]
    html = svar.content.decode()
    assert 'value="20"' in html
    assert 'value="60"' in html
    assert not Deltagande.objects.exists()
    assert Remiss.objects.get().lage == "accepterad"


@pytest.mark.parametrize(
    ("falt", "plats", "text"),
    [({"timmar": "61"}, "timmar", "mellan 0 och 60"), ({"timmar": "många"}, "timmar", "mellan 0 och 60"),
     ({"procent_FK": "101"}, "procent_FK", "1 till 100"),
     ({"procent_FK": "61", "procent_LON": "60"}, "procent_FK", "121 % tillsammans"),
     ({"procent_FK": "50", "ves": "on"}, "ves", "Ta bort krysset")],
)  # fmt: skip
def test_hours_and_shares_are_checked(client, user, remiss, falt, plats, text):
    svar = client.post(sida("start_fran_remiss", remiss.uuid), {"start": "2026-02-02"} | falt)
    assert text in fel(svar)[plats]
    assert not Deltagande.objects.exists()


def test_over_a_hundred_percent_is_saved_with_a_warning(client, user, remiss):
    data = {"start": "2026-02-02", "procent_FK": "70", "procent_LON": "50"}
    svar = client.post(sida("start_fran_remiss", remiss.uuid), data, follow=True)
    assert "120 % tillsammans" in svar.content.decode()
    assert Lage.objects.get().forsorjning == "FK"


def test_the_second_sending_leads_to_the_first_ones_stay(client, user, remiss):
    adress = sida("start_fran_remiss", remiss.uuid)
    data = {"start": "2026-02-02", "inskick": "6a70797b-12e6-4544-a620-f394183b8785"}
    ett, annat = client.post(adress, data), client.post(adress, data)
    assert ett.url == annat.url
    assert Deltagande.objects.count() == 1
    assert "redan registrerad" in client.get(annat.url).content.decode()


def test_a_remiss_that_nobody_has_accepted_is_not_started(client, user, remiss):
    Remiss.objects.filter(pk=remiss.pk).update(lage="skickad")
    svar = client.post(sida("start_fran_remiss", remiss.uuid), {"start": "2026-02-02"}, follow=True)
    assert "Ta emot remissen innan" in svar.content.decode()
    assert not Deltagande.objects.exists()


def test_a_start_without_remiss(client, user, insats):
    data = ny(adress="Storgatan 1", epost="berit@example.se", telefon="0980-319 201", remittentslag="AF", timmar="0")
    svar = client.post(sida("start_utan_remiss", "glantan"), data)
    deltagande = Deltagande.objects.get()
    assert svar.url == sida("deltagande_detail", deltagande.uuid)
    assert (deltagande.namn, deltagande.personnummer, deltagande.remittentslag, deltagande.remiss) == (
        "Berit Provsson", data["personnummer"], "AF", None,
    )  # fmt: skip
    assert (deltagande.deltagare.fodelsear, Lage.objects.get().timmar) == (1990, 0)
    rad = Atkomst.objects.get()
    assert (rad.handling, rad.person) == ("skrev in", deltagande.deltagare.uuid)


def test_ten_digits_are_twelve_in_the_register(client, user, insats):
    nummer = nytt_nummer()
    client.post(sida("start_utan_remiss", "glantan"), ny(personnummer=f"{nummer[2:8]}-{nummer[8:]}"))
    assert Deltagande.objects.get().personnummer == nummer


def test_without_a_number_reason_year_and_sex_are_asked(client, user, insats):
    adress = sida("start_utan_remiss", "glantan")
    assert fel(client.post(adress, ny(personnummer=""))) == {
        "personnummer": "Fyll i personnumret, eller välj varför det saknas."
    }
    data = ny(personnummer="", utan_nummer="saknar")
    assert set(fel(client.post(adress, data))) == {"kon", "fodelsear"}
    assert client.post(adress, data | {"kon": "M", "fodelsear": "1985"}).status_code == 302
    deltagande = Deltagande.objects.get()
    assert (deltagande.personnummer, deltagande.deltagare.kon, deltagande.deltagare.fodelsear) == ("", "M", 1985)
    assert deltagande.deltagare.lookup is None


@pytest.mark.parametrize(
    ("falt", "plats", "text"),
    [({"namn": ""}, "namn", "Fyll i personens namn"), ({"personnummer": "1"}, "personnummer", "inte ett personnummer"),
     ({"utan_nummer": "saknar"}, "utan_nummer", "Du har fyllt i numret"), ({"epost": "x"}, "epost", "namn@exempel.se"),
     ({"fodelsear": "85"}, "fodelsear", "fyra siffror"), ({"kommun": "9999"}, "kommun", "Välj i listan")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_kept(client, user, insats, falt, plats, text):
    svar = client.post(sida("start_utan_remiss", "glantan"), ny(adress="Storgatan 1") | falt)
    assert text in fel(svar)[plats]
    assert "Storgatan 1" in svar.content.decode()
    assert not Deltagande.objects.exists()


def test_an_overlap_is_said_in_words_and_nothing_is_made(client, user, insats):
    nummer = nytt_nummer()
    starta(insats, user, nummer)
    svar = client.post(sida("start_utan_remiss", "glantan"), ny(personnummer=nummer))
    assert "redan inskriven i insatsen" in fel(svar)["start"]
    assert Deltagande.objects.count() == 1
    assert client.post(sida("start_utan_remiss", "glantan"), ny()).status_code == 302  # the form can still be sent


def test_a_number_known_elsewhere_tells_nothing(client, user, insats):
    """The same answer, and the same shape of it, for a number that another insats has and for a new one."""
    nummer = nytt_nummer()
    starta(ny_insats(), user, nummer)
    svar = [client.post(sida("start_utan_remiss", "glantan"), ny(personnummer=n)) for n in (nummer, nytt_nummer())]
    assert [ett.status_code for ett in svar] == [302, 302]
    sidor = [client.get(ett.url).content.decode() for ett in svar]
    assert sidor[0].count("<dt>") == sidor[1].count("<dt>")


def test_two_sendings_make_one_stay(client, user, insats):
    data = ny(inskick="6a70797b-12e6-4544-a620-f394183b8785")
    ett, annat = (client.post(sida("start_utan_remiss", "glantan"), data) for _ in range(2))
    assert ett.url == annat.url
    assert Deltagande.objects.count() == 1


def test_protected_details_are_thrown_away_even_when_typed(client, user, insats):
    data = ny(skyddad="on", lokal_kod="Ek 7", kon="K", fodelsear="1985", adress="Storgatan 1", epost="fel adress")
    assert client.post(sida("start_utan_remiss", "glantan"), data).status_code == 302
    deltagande = Deltagande.objects.get()
    assert (deltagande.visat_namn, deltagande.skyddad) == ("Ek 7", True)
    assert {deltagande.namn, deltagande.personnummer, deltagande.adress, deltagande.epost} == {""}
    deltagare = Deltagare.objects.get()
    assert (deltagare.lookup, deltagare.fodelsear, deltagare.skyddad) == (None, 1985, True)
    assert [rad.data for rad in Handelse.objects.om(deltagande)] == [{"start": "2026-02-02"}]


def test_a_protected_person_needs_a_code_that_is_no_number(client, user, insats):
    adress = sida("start_utan_remiss", "glantan")
    grund = {"start": "2026-02-02", "skyddad": "on", "kon": "K", "fodelsear": "1985"}
    assert "egen kod" in fel(client.post(adress, grund))["lokal_kod"]
    assert "ser ut som ett personnummer" in fel(client.post(adress, grund | {"lokal_kod": "900101-9802"}))["lokal_kod"]
    assert set(fel(client.post(adress, {"start": "2026-02-02", "skyddad": "on"}))) == {"lokal_kod", "kon", "fodelsear"}
    assert not Deltagare.objects.exists()
