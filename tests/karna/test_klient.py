"""Whose address the limits count by."""

import re

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from samordning.karna.klient import klientadress
from samordning.karna.konton import inbjudan


@pytest.fixture(autouse=True)
def _rent():
    cache.clear()


@pytest.mark.parametrize(
    ("proxyer", "vidare", "ansluten", "adress"),
    [
        (0, "203.0.113.9", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "10.0.0.1", "203.0.113.9"),  # the first was invented by the client
        (2, "203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (1, "skräp", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9:4711", "10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8:1:2:3::4]:4711", "10.0.0.1", "2001:db8:1:2::"),
        (0, "", "2001:db8:1:2:ffff::9", "2001:db8:1:2::"),
        (0, "", "::ffff:198.51.100.1", "198.51.100.1"),
        (0, "", "", "okand"),
    ],
)
def test_the_address(settings, proxyer, vidare, ansluten, adress):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxyer
    headers = {"X-Forwarded-For": vidare} if vidare else {}
    assert klientadress(RequestFactory().get("/", headers=headers, REMOTE_ADDR=ansluten)) == adress


def _fran(client, adress, namn, data):
    return client.post(reverse(namn), data, headers={"X-Forwarded-For": adress}).status_code


@pytest.mark.parametrize(
    ("namn", "falt", "antal"),
    [("account_login", {}, 30), ("konton:inbjudan_los_in", {"kod": "AAAA-BBBB"}, inbjudan.FEL_PER_TIMME)],
)
@pytest.mark.parametrize(("proxyer", "den_andra"), [(1, 200), (0, 429)])
@pytest.mark.django_db
def test_one_stranger_behind_the_proxy_does_not_lock_the_others_out(
    client, settings, namn, falt, antal, proxyer, den_andra
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxyer
    for _ in range(antal):
        assert _fran(client, "203.0.113.9", namn, falt) == 200
    assert _fran(client, "203.0.113.9", namn, falt) == 429
    assert _fran(client, "203.0.113.77", namn, falt) == den_andra


def test_the_setting_is_the_number_of_proxies(settings):
    kalla = (settings.ROT / "samordning" / "settings.py").read_text()
    assert re.search(r'^ALLAUTH_TRUSTED_PROXY_COUNT = int\(.*"SAMORDNING_PROXYER", "0"', kalla, re.MULTILINE)
