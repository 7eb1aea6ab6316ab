"""Light or dark is a cookie, and the way back stays on the site."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def byt(client):
    return lambda **data: client.post(reverse("karna:tema"), data)


@pytest.mark.parametrize("valt", ["ljus", "mork"])
def test_the_choice_is_remembered_and_one_is_sent_back(byt, valt, settings):
    response = byt(tema=valt, next="/insatser/?sok=x")
    assert (response.status_code, response["Location"]) == (302, "/insatser/?sok=x")
    kaka = response.cookies["tema"]
    assert (kaka.value, kaka["samesite"], kaka["httponly"]) == (valt, "Lax", True)
    assert bool(kaka["secure"]) is settings.SESSION_COOKIE_SECURE


@pytest.mark.parametrize("valt", ["auto", "rosa", ""])
def test_anything_else_follows_the_device_again(client, byt, valt):
    byt(tema="mork")
    assert client.cookies["tema"].value == "mork"
    byt(tema=valt)
    assert client.cookies["tema"].value == ""


@pytest.mark.parametrize("annanstans", ["https://exempel.se/", "//exempel.se", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(byt, annanstans):
    assert byt(tema="ljus", next=annanstans)["Location"] == "/"


def test_it_is_a_post(client):
    assert client.get(reverse("karna:tema")).status_code == 405


@pytest.mark.parametrize(("valt", "attribut"), [("mork", 'data-bs-theme="dark"'), ("ljus", 'data-bs-theme="light"')])
def test_pages_follow_the_choice(client, byt, valt, attribut):
    assert "data-bs-theme" not in client.get(reverse("account_login")).content.decode()
    byt(tema=valt)
    assert attribut in client.get(reverse("account_login")).content.decode()
