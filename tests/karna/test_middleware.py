"""What is true of every answer."""

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import include, path, reverse

from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse

pytestmark = pytest.mark.django_db

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def nekad(request):
    raise OtillatenOvergang("Remissen är redan besvarad. Inget ändrades.")


def sparad(request):
    Handelse.logga(request.user, "prov", av=request.user)
    return HttpResponse("ja", headers={"Cache-Control": "private, max-age=60"})


urlpatterns = [path("nekad/", nekad), path("sparad/", sparad), path("", include("samordning.urls"))]


def test_every_answer_has_the_policy_and_is_in_no_cache(client):
    for adress in (reverse("account_login"), "/finns-inte/", reverse("sidor:start")):
        response = client.get(adress)
        assert response["Content-Security-Policy"] == CSP
        assert response["Cache-Control"].startswith("no-store") or "no-store" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


def test_each_request_has_an_id_of_its_own(client):
    ett, tva = (client.get(reverse("account_login"))["X-Request-Id"] for _ in range(2))
    assert len(ett) == 16
    assert ett != tva


@pytest.mark.urls(__name__)
def test_the_id_is_in_the_record_of_events_and_a_views_own_cache_rule_is_kept(inloggad):
    response = inloggad().get("/sparad/")
    assert Handelse.objects.get(namn="prov").request_id == response["X-Request-Id"]
    assert response["Cache-Control"] == "private, max-age=60"


@pytest.mark.urls(__name__)
def test_a_refused_transition_is_a_message_and_the_way_back(inloggad):
    response = inloggad().get("/nekad/", headers={"Referer": "http://testserver/insatser/?sok=x"})
    assert (response.status_code, response["Location"]) == (302, "http://testserver/insatser/?sok=x")
    sig_sjalv = inloggad().get("/nekad/", headers={"Referer": "http://testserver/nekad/?sok=x"})
    assert sig_sjalv["Location"] == "/"  # not the page that was refused, for ever
    assert [str(m) for m in get_messages(response.wsgi_request)] == ["Remissen är redan besvarad. Inget ändrades."]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("fran", ["https://exempel.se/", ""])
def test_the_way_back_never_leaves_the_site(inloggad, fran):
    assert inloggad().get("/nekad/", headers={"Referer": fran})["Location"] == "/"
