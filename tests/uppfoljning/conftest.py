"""An insats, who works there, and the day on which the tests of its pages happen."""

import pytest
import time_machine

from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import personal


@pytest.fixture
def en_dag_2026():
    with time_machine.travel("2026-03-01 12:00", tick=False):
        yield


@pytest.fixture
def insats():
    return ny_insats("Gläntan")


@pytest.fixture
def user(client, ny_anvandare, insats):
    user = personal(ny_anvandare, insats)
    client.force_login(user)
    return user
