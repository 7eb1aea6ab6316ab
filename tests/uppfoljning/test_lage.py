"""Hours and support come from two sides, and what one of them has said is never wiped by the other's silence."""

import datetime

import pytest

from samordning.karna.forms import NAGON_ANNAN_HANN_FORE
from samordning.karna.models import Handelse
from tests.uppfoljning.personer import START, sida, starta
from tests.uppfoljning.svarande import SLUT, ny_telefon
from uppfoljning.inskrivning import satt_lage
from uppfoljning.models import Deltagande, Lage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]

D = datetime.date


@pytest.fixture
def deltagande(insats, user):
    return starta(insats, user)


def version(deltagande):
    return {"version": str(Deltagande.objects.get(pk=deltagande.pk).version)}


def andelar(lage):
    return dict(lage.andelar.values_list("kod", "procent"))


def svara_sjalv(deltagande):
    telefon, _ = ny_telefon("slut", deltagande)
    telefon.fyll_i(SLUT)
    telefon.skicka()
    return telefon


def ifyllt(svar):
    """What the page of a form would send back as it stands."""
    form = svar.context["form"]
    return {ett.html_name: ett.value() for ett in form if ett.value() not in (None, "", False)}


def test_the_participants_own_answers_stand_in_the_exit_that_is_registered_after_them(client, user, deltagande):
    svara_sjalv(deltagande)
    adress = sida("deltagande_avsluta", deltagande.uuid)
    data = ifyllt(client.get(adress)) | {"slut": "2026-02-27", "avslutsorsak": "arbete"}
    assert (data["procent_FORS"], data["timmar"]) == (100, "20")
    assert client.post(adress, data).status_code == 302
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning, andelar(lage), lage.datum) == (20, "FORS", {"FORS": 100}, D(2026, 3, 1))


def test_an_exit_opened_before_the_participant_answered_wipes_nothing(client, user, deltagande):
    adress = sida("deltagande_avsluta", deltagande.uuid)
    data = version(deltagande) | {"slut": "2026-02-27", "avslutsorsak": "arbete", "timmar": "25"}
    svara_sjalv(deltagande)
    svar = client.post(adress, data)
    assert NAGON_ANNAN_HANN_FORE in svar.content.decode()
    assert ("Timmar i veckan", "20") in svar.context["form"].nyare
    assert ("Försörjningsstöd", 100) in svar.context["form"].nyare
    assert andelar(Lage.objects.get()) == {"FORS": 100}


def test_an_exit_sent_twice_is_one_exit_and_no_conflict(client, user, deltagande):
    adress = sida("deltagande_avsluta", deltagande.uuid)
    data = version(deltagande) | {
        "slut": "2026-02-27", "avslutsorsak": "arbete", "timmar": "25", "procent_LON": "100"
    }  # fmt: skip
    for _ in range(2):
        svar = client.post(adress, data, follow=True)
        assert "Avslutet är registrerat." in svar.content.decode()
    namn = list(Handelse.objects.om(deltagande).values_list("namn", flat=True))
    assert (namn.count("avslutad"), namn.count("avslut_andrat"), namn.count("lage")) == (1, 0, 1)


def test_a_colleagues_hours_at_the_same_exit_are_not_passed_over(client, user, deltagande):
    adress = sida("deltagande_avsluta", deltagande.uuid)
    data = version(deltagande) | {"slut": "2026-02-27", "avslutsorsak": "arbete"}
    client.post(adress, data | {"timmar": "25"})
    svar = client.post(adress, data | {"timmar": "30"})
    assert svar.context["form"].nyare == [("Timmar i veckan", "25")]
    assert 'value="30"' in svar.content.decode()
    assert Lage.objects.get().timmar == 25


@pytest.mark.parametrize("tillfalle", ["start", "slut"])
@pytest.mark.parametrize("kod", ["FK", "BLANDAD"])
def test_a_code_without_percent_stays_when_hours_are_corrected(client, user, deltagande, tillfalle, kod):
    """From an import there is a code and no percent (7.1: F1 counts it as all of the support)."""
    Lage.objects.create(deltagande=deltagande, tillfalle=tillfalle, datum=START, timmar=8, forsorjning=kod)
    adress = sida("lage_edit", deltagande.uuid, tillfalle)
    assert "Sparat utan procent" in client.get(adress).content.decode()
    svar = client.post(adress, version(deltagande) | {"datum": START, "timmar": "12"})
    assert svar.status_code == 302
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning) == (12, kod)
    client.post(adress, version(deltagande) | {"datum": START, "timmar": "12", "procent_AF": "100"})
    assert Lage.objects.get().forsorjning == "AF"


def test_an_exit_keeps_a_code_without_percent(client, user, deltagande):
    Lage.objects.create(deltagande=deltagande, tillfalle="slut", datum=START, forsorjning="FK")
    data = version(deltagande) | {"slut": "2026-02-27", "avslutsorsak": "arbete", "timmar": "12"}
    assert client.post(sida("deltagande_avsluta", deltagande.uuid), data).status_code == 302
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning) == (12, "FK")


def test_hours_sent_twice_are_one_event_and_no_conflict(client, user, deltagande):
    adress = sida("lage_edit", deltagande.uuid, "start")
    data = version(deltagande) | {"datum": START, "timmar": "12", "procent_FK": "100"}
    assert [client.post(adress, data).status_code for _ in range(2)] == [302, 302]
    assert list(Handelse.objects.om(deltagande).values_list("namn", flat=True)).count("lage") == 1


def test_no_hours_is_an_answer_that_an_empty_field_does_not_wipe(client, user, deltagande):
    gammal = version(deltagande)
    satt_lage(deltagande=deltagande, tillfalle="start", datum=START, timmar=0, andelar={}, ves=False, av=user)
    svar = client.post(sida("lage_edit", deltagande.uuid, "start"), gammal | {"datum": START, "procent_FK": "100"})
    assert ("Timmar i veckan", "0") in svar.context["form"].nyare
    assert Lage.objects.get().timmar == 0


def test_what_staff_correct_while_the_participant_changes_an_answer_stays(client, user, deltagande):
    """Both are at it within the hour; the phone had the old value in its draft and would put it back unseen."""
    telefon = svara_sjalv(deltagande)
    telefon.posta("andra")
    data = version(deltagande) | {"datum": "2026-03-01", "timmar": "20", "procent_FK": "100"}
    assert client.post(sida("lage_edit", deltagande.uuid, "slut"), data).status_code == 302
    telefon.svara("timmar", "15")
    telefon.skicka()
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning, andelar(lage)) == (15, "FK", {"FK": 100})
