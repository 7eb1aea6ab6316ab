"""Fixtures that every test may use."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from samordning.karna.models import Anvandare, Part, Uppdrag


class Klient(Client):
    """Runs `on_commit` hooks after each request, as in production."""

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


@pytest.fixture(autouse=True)
def tom_cache():
    """No test inherits what another one counted: wrong codes, wrong passwords."""
    cache.clear()


@pytest.fixture
def client():
    return Klient()


@pytest.fixture
def forbund(db):
    return Part.objects.forbund()


@pytest.fixture
def kommun(db):
    return Part.objects.create(namn="Granviks kommun", slag="kommun", medlem_fran=datetime.date(2019, 1, 1))


@pytest.fixture
def ny_anvandare(db, forbund):
    """`ny_anvandare("kansli")` makes a user with that role, at the association or at `part`; no role without one."""

    def skapa(*roller, part=None, namn=None):
        nr = Anvandare.objects.count() + 1
        anvandare = Anvandare.objects.skapa(f"person{nr}@example.se", namn or f"Person {nr}", "hemligt-losen-123")
        for roll in roller:
            Uppdrag.objects.create(anvandare=anvandare, part=part or forbund, roll=roll, fran=datetime.date(2019, 1, 1))
        return anvandare

    return skapa


@pytest.fixture
def inloggad(client, ny_anvandare):
    """`inloggad("kansli")` logs in a new user with that role and returns the client."""

    def logga_in(*roller, part=None):
        client.force_login(ny_anvandare(*roller, part=part))
        return client

    return logga_in


@pytest.fixture
def assert_constant_queries(client):
    """The page costs the same number of queries with three more rows."""

    def _assert(url, add_row):
        add_row()
        client.get(url)  # warms sessions and caches
        with CaptureQueriesContext(connection) as before:
            client.get(url)
        for _ in range(3):
            add_row()
        with CaptureQueriesContext(connection) as after:
            client.get(url)
        assert len(after) == len(before), "\n".join(q["sql"] for q in after.captured_queries)

    return _assert


def pytest_addoption(parser):
    parser.addoption(
        "--tungt", action="store_true", help="Alla sidor i båda bredderna och båda färgscheman, inte bara två av fyra."
    )
