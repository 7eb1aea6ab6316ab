"""Who sees a stay: `visible_to` and `can_view_deltagande` say the same for everybody in the cast (beslut.md 1)."""

import datetime

import pytest

from insatser.models import Medarbetare
from remisser.models import Enhetsinstallning
from samordning.karna.models import Atkomst, Roll
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import ny_remiss, nytt_deltagande, personal, sida
from uppfoljning.models import Deltagande
from uppfoljning.policies import can_list_deltaganden, can_view_deltagande

pytestmark = pytest.mark.django_db


@pytest.fixture
def insats(kommun):
    return ny_insats("Gläntan", agare=kommun)


@pytest.fixture
def rollista(ny_anvandare, insats, kommun, forbund):
    """{who: (user, may see)} with every role at the owner of the insats and at the association."""
    annan_insats = ny_insats("Hagen", agare=kommun)
    cast = {f"{roll} at {part}": (ny_anvandare(roll, part=part), False) for roll in Roll.values
            for part in (kommun, forbund)}  # fmt: skip
    cast["stranger without a role"] = (ny_anvandare(), False)
    cast["listed staff"] = (personal(ny_anvandare, insats), True)
    cast["staff of another insats at the same kommun"] = (personal(ny_anvandare, annan_insats), False)
    cast["staff of both"] = (personal(ny_anvandare, insats, annan_insats), True)
    for namn, fran, till, ser in (
        ("was listed", datetime.date(2019, 1, 1), datetime.date(2020, 1, 1), False),
        ("will be listed", datetime.date(2999, 1, 1), None, False),
    ):
        user = ny_anvandare("insatspersonal")
        Medarbetare.objects.create(insats=insats, anvandare=user, fran=fran, till=till)
        cast[namn] = (user, ser)
    utan_roll = ny_anvandare("remittent")
    Medarbetare.objects.create(insats=insats, anvandare=utan_roll, fran=datetime.date(2019, 1, 1))
    cast["listed, but without the role"] = (utan_roll, False)
    return cast


def test_the_filter_and_the_policy_say_the_same(rollista, insats):
    deltagande = nytt_deltagande(insats)
    for vem, (user, ser) in rollista.items():
        assert can_view_deltagande(user, deltagande) is ser, vem
        assert Deltagande.objects.visible_to(user).exists() is ser, vem


def test_the_sender_of_the_remiss_sees_the_remiss_and_never_the_stay(client, ny_anvandare, insats, kommun):
    avsandare, kollega = (ny_anvandare("remittent", part=kommun) for _ in range(2))
    Enhetsinstallning.objects.create(part=kommun, kollegor_ser_remisser=True)
    remiss = ny_remiss(insats, avsandare, avsandare=kommun)
    deltagande = nytt_deltagande(insats, remiss=remiss, deltagare=remiss.deltagare)
    for user in (avsandare, kollega):
        client.force_login(user)
        assert client.get(sida("deltagande_detail", deltagande.uuid)).status_code == 404
        assert client.get(sida("start_fran_remiss", remiss.uuid)).status_code == 403
    assert not Atkomst.objects.exists()


def test_everybody_gets_the_page_or_404_and_only_a_showing_is_recorded(client, rollista, insats):
    deltagande = nytt_deltagande(insats)
    for vem, (user, ser) in rollista.items():
        client.force_login(user)
        fore = Atkomst.objects.count()
        assert client.get(sida("deltagande_detail", deltagande.uuid)).status_code == (200 if ser else 404), vem
        lista = client.get(sida("deltagande_list"))
        assert lista.status_code == (200 if can_list_deltaganden(user) else 403), vem
        assert ("Berit Provsson" in lista.content.decode()) is ser, vem
        assert Atkomst.objects.count() - fore == (2 if ser else 0), vem


def test_an_anonymous_stay_has_no_page(client, ny_anvandare, insats):
    client.force_login(personal(ny_anvandare, insats))
    rad = Deltagande.objects.create(insats=insats, anonym=True, anonym_kon="K", anonym_startar=2024)
    assert client.get(sida("deltagande_detail", rad.uuid)).status_code == 404
