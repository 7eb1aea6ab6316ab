"""Two parties that the tests of applications write for."""

import pytest

from tests.insatser.fabrik_ansokan import ny_part


@pytest.fixture
def tibro(db):
    return ny_part("Tibro kommun")


@pytest.fixture
def skovde(db):
    return ny_part("Skövde kommun")
