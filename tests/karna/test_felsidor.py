"""No answer is an empty page, and nobody is sent to a page that takes forms only."""

import io

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory
from django.urls import reverse

from samordning.karna.metoder import svarar_pa_get
from samordning.urls import handler400
from samordning.views import bad_request

pytestmark = pytest.mark.django_db


def text(svar):
    return svar.content.decode()


@pytest.mark.parametrize(
    ("metod", "namn", "tillatna"),
    [("get", "sidor:notiser_las", "POST"), ("post", "sidor:start", "GET"), ("get", "karna:tema", "POST")],
)
def test_a_page_asked_in_the_wrong_way_says_so(inloggad, metod, namn, tillatna):
    svar = getattr(inloggad("styrelse"), metod)(reverse(namn))
    assert svar.status_code == 405
    assert svar["Allow"] == tillatna
    assert "<h1>Sidan går inte att öppna så här</h1>" in text(svar)


def test_also_for_who_is_not_logged_in(client):
    svar = client.get(reverse("karna:tema"))
    assert svar.status_code == 405
    assert "Till startsidan" in text(svar)


def test_the_open_pages_answer_head(client):
    assert client.head("/").status_code == 302
    assert client.head(reverse("sidor:halsa")).status_code == 200


def test_what_answers_get():
    for namn in ("sidor:start", "account_login", "konton:inbjudan_los_in", "konton:mitt_konto"):
        assert svarar_pa_get(reverse(namn)), namn
    for namn in ("sidor:notiser_las", "karna:tema"):
        assert not svarar_pa_get(reverse(namn)), namn
    for adress in ("/finns-inte/", "", "x"):
        assert not svarar_pa_get(adress)


def test_after_the_login_one_comes_to_a_page_and_not_to_a_button(client, ny_anvandare):
    data = {"login": ny_anvandare().epost, "password": "hemligt-losen-123"}
    svar = client.post(reverse("account_login", query={"next": reverse("sidor:notiser_las")}), data)
    assert svar["Location"] == reverse("sidor:start")


def test_a_page_without_a_fragment_is_given_whole(inloggad):
    svar = inloggad("kansli").get(reverse("uppfoljning:utfall"), headers={"HX-Request": "true"})
    assert svar.status_code == 200
    assert "<html" in text(svar)
    assert "HX-Request" in svar["Vary"]


def test_too_much_text_is_told(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    svar = client.post(reverse("account_login"), {"login": "x" * 2000})
    assert svar.status_code == 413
    assert "Det du skickade är för stort" in text(svar)
    assert "Samordning" in text(svar)


def test_the_rest_is_received_before_the_answer(settings):
    """Otherwise the server hangs up on a browser that is still sending, which then shows its own error."""
    kropp = io.BytesIO(b"x" * 300_000)
    begaran = RequestFactory().generic("POST", "/", b"", CONTENT_LENGTH="300000", **{"wsgi.input": kropp})
    assert bad_request(begaran, RequestDataTooBig()).status_code == 413
    assert kropp.tell() == 300_000
    assert handler400 == "samordning.views.bad_request"


def test_other_refusals_have_the_ordinary_page(client):
    svar = client.get("/", headers={"Host": "elak.example.se"})
    assert svar.status_code == 400
    assert "Adressen går inte att läsa" in text(svar)
