"""Who may see and do what: the filter and the policy say the same, and so do the pages."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import get_resolver, reverse

from insatser import policies
from insatser.models import Insats
from samordning.karna.models import Roll
from tests.insatser import access_utbud
from tests.insatser.access import KOLUMNER, MATRIS, varld
from tests.insatser.fabrik import START, ny_insats, ny_medarbetare

pytestmark = pytest.mark.django_db


def anvandare_i(kolumn, ny_anvandare):
    if kolumn == "anonym":
        return AnonymousUser()
    return ny_anvandare(Roll.INSATSPERSONAL if kolumn == "egen_personal" else kolumn)


@pytest.mark.parametrize("kolumn", KOLUMNER)
def test_visible_to_mirrors_can_view(kolumn, ny_anvandare, kommun):
    user = anvandare_i(kolumn, ny_anvandare)
    insatser = [
        ny_insats("Publik"),
        ny_insats("Dold", publicerad=False),
        ny_insats("Kommunens", publicerad=False, agare=kommun),
        ny_insats("Avslutad", slut=START),
    ]
    if kolumn == "egen_personal":
        ny_medarbetare(insatser[1], user)
    synliga = set(Insats.objects.visible_to(user))
    assert synliga == {insats for insats in insatser if policies.can_view_insats(user, insats)}
    assert len(synliga) == (4 if kolumn in ("kansli", "forbundschef") else 2)


def test_free_places_are_for_todays_staff_with_the_role(ny_anvandare):
    insats, annan = ny_insats(), ny_insats()
    personal, slutat = ny_anvandare("insatspersonal"), ny_anvandare("insatspersonal")
    utan_roll, remittent = ny_anvandare(), ny_anvandare("remittent")
    ny_medarbetare(insats, personal)
    ny_medarbetare(insats, slutat, till=datetime.date(2020, 1, 1))
    ny_medarbetare(insats, utan_roll)
    assert policies.can_edit_platser(personal, insats)
    assert not policies.can_edit_platser(personal, annan)
    assert not any(policies.can_edit_platser(user, insats) for user in (slutat, utan_roll, remittent, AnonymousUser()))
    assert policies.can_edit_platser(ny_anvandare("kansli"), annan)


def test_matrix_covers_every_address():
    namn = {f"insatser:{namn}" for namn in get_resolver("insatser.urls").reverse_dict if isinstance(namn, str)}
    assert namn == set(MATRIS) | {namn for namn in access_utbud.MATRIS if namn.startswith("insatser:")}


@pytest.mark.parametrize("kolumn", KOLUMNER)
def test_pages_follow_the_matrix(kolumn, client, ny_anvandare):
    egen_personal = ny_anvandare("insatspersonal")
    har = varld(egen_personal)
    user = egen_personal if kolumn == "egen_personal" else anvandare_i(kolumn, ny_anvandare)
    if user.is_authenticated:
        client.force_login(user)
    svar = {}
    for namn, (metod, kwargs, _) in MATRIS.items():
        svar[namn] = getattr(client, metod)(reverse(namn, kwargs=kwargs(har))).status_code
    assert svar == {namn: rad[2][kolumn] for namn, rad in MATRIS.items()}


def test_staff_of_an_unpublished_insats_cannot_reach_it(client, ny_anvandare):
    insats = ny_insats(publicerad=False)
    personal = ny_anvandare("insatspersonal")
    ny_medarbetare(insats, personal)
    client.force_login(personal)
    for namn in ("insats_detail", "insats_platser", "insats_edit"):
        assert client.get(reverse(f"insatser:{namn}", args=[insats.slug])).status_code == 404
