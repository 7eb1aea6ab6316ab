"""Nobody loses what they wrote because a session ended or a token was changed."""

import datetime
import re
import time
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samordning.karna.kalender import nu
from samordning.karna.middleware import Inloggning
from samordning.karna.models import Uppdrag

pytestmark = pytest.mark.django_db

TEXT = 'En lång <text> med "tecken"'


@pytest.fixture
def noga(ny_anvandare):
    """A client that is asked for its token, as a browser is, logged in as kontoansvarig."""
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(ny_anvandare("kontoansvarig"))
    return klient


def text(svar):
    return svar.content.decode()


def token(sida):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(sida))[1]


def falten(sida):
    """What the page's form would send: not what its other forms have, such as the one for light and dark."""
    formular = text(sida).split('<form class="blad"')[1].split("</form>")[0]
    gomda = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', formular)
    return {namn: unescape(varde) for namn, varde in gomda}


def test_a_form_sent_after_the_session_ended_can_be_sent_again(noga, ny_anvandare, kommun):
    person, chef = ny_anvandare(), ny_anvandare("kontoansvarig")
    adress = reverse("konton:uppdrag_create", args=[person.pk])
    data = {
        "part": kommun.pk,
        "roll": "remittent",
        "fran": "2026-01-01",
        "csrfmiddlewaretoken": token(noga.get(adress)),
    }
    noga.cookies.pop("sessionid")
    utloggad = noga.post(adress, data)
    assert utloggad.status_code == 403
    assert "Inget är sparat, men det du skrev finns kvar" in text(utloggad)
    assert 'target="_blank"' in text(utloggad)
    noga.force_login(chef)
    noga.cookies["csrftoken"] = "a" * 32  # the login in the other tab gave a new one
    gammalt = noga.post(adress, falten(utloggad), headers={"Origin": "http://testserver"})
    assert gammalt.status_code == 403
    assert "ladda om" not in text(gammalt).lower()
    assert not Uppdrag.objects.filter(anvandare=person).exists()
    sparat = noga.post(adress, falten(gammalt), headers={"Origin": "http://testserver"})
    assert sparat.status_code == 302
    assert Uppdrag.objects.get(anvandare=person).part == kommun


def test_all_that_was_written_is_in_the_page_in_order_and_escaped(client):
    svar = client.post(reverse("konton:mitt_konto"), {"rad": ["ett", "två"], "text": TEXT, "csrfmiddlewaretoken": "x"})
    assert re.findall(r'name="(rad|text)" value="([^"]*)"', text(svar))[:2] == [("rad", "ett"), ("rad", "två")]
    assert "<text>" not in text(svar)
    assert falten(svar)["text"] == TEXT


def test_another_sites_form_is_not_offered_to_be_sent(noga):
    """One click would then do what the token is there to prevent."""
    adress = reverse("konton:inbjudan_create")
    for headers in ({"Origin": "https://exempel.se"}, {"Origin": "null"}, {}):
        svar = noga.post(adress, {"namn": "Inbjuden av en annan"}, headers=headers)
        assert svar.status_code == 403
        assert "Inbjuden av en annan" not in text(svar)
        assert f'href="{adress}"' in text(svar)


def test_a_password_is_never_put_in_a_page(noga):
    adress = reverse("account_login")
    svar = noga.post(adress, {"login": "a@example.se", "password": "hemligt"}, headers={"Origin": "http://testserver"})
    assert svar.status_code == 403
    assert "hemligt" not in text(svar)
    assert f'href="{adress}"' in text(svar)


def test_a_page_that_is_only_read_still_leads_to_the_login(client):
    sidan = reverse("konton:mitt_konto")
    for hamta in (client.get, client.head):
        assert hamta(sidan)["Location"] == f"{reverse('account_login')}?next={sidan}"


def test_who_works_is_not_logged_out_and_who_has_gone_home_is(inloggad):
    client, start = inloggad("styrelse"), nu()
    for timmar, status in ((9, 200), (18, 200), (27, 200), (27 + 11, 302)):
        with time_machine.travel(start + datetime.timedelta(hours=timmar), tick=False):
            assert client.get(reverse("konton:mitt_konto")).status_code == status


def test_the_session_is_not_written_in_every_request(inloggad):
    client = inloggad("styrelse")
    client.get(reverse("sidor:start"))
    assert "fornyad" not in client.session
    session = client.session
    session["fornyad"] = int(time.time()) - Inloggning.FORNYAS - 5
    session.save()
    client.get(reverse("sidor:start"))
    assert time.time() - client.session["fornyad"] < 5
