"""Every URL x every role. A new URL without a row in its app's access.py fails the test (README, "Who may do what").

A row is (method, kwargs builder, {column: status}). Columns: `anonym`, each role at the association, and
`egen_personal`, who is listed in the world's insats. The same role at another part (`roll@annan`) and a user with two
roles have what the row says, or what follows from it.
"""

import datetime
from itertools import chain
from types import SimpleNamespace

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from insatser.models import Insats, Medarbetare
from samordning.karna.models import Anvandare, Part, Roll, Uppdrag
from tests.insatser import access as insatser
from tests.karna import access as karna
from tests.uppfoljning import access as uppfoljning

MATRIS = insatser.MATRIS | karna.MATRIS | uppfoljning.MATRIS

# What is open without a login, each with its reason. Everything else sends the anonymous to the login page.
PUBLIKA = {
    "sidor:rot": "only sends on: to the catalogue or the start page",
    "sidor:halsa": "health check of the load balancer; says nothing but true and false",
    "insatser:insats_list": "the public catalogue",
    "insatser:insats_detail": "a published sheet of the catalogue",
    "karna:tema": "light or dark, a cookie of one's own",
    "konton:inbjudan_los_in": "who is invited has no account yet; asks for the code",
    "account_login": "the login itself",
    "account_logout": "sends the anonymous on",
    "account_signup": "says that accounts are by invitation",
    "account_inactive": "says that the account is closed",
    "account_reset_password": "asks for a code by mail",
    "account_confirm_password_reset_code": "asks for that code",
    "account_complete_password_reset": "the new password, after the code",
    "account_reset_password_from_key": "the new password, after the code",
    "account_reset_password_from_key_done": "says that it is done",
    "account_reset_password_done": "says that a code is on its way",
}

ROLLER = [*Roll.values, "egen_personal"]
TVA_ROLLER = ("styrelse", "remittent")


def alla_urlnamn(monster=None, forled=""):
    for post in monster or get_resolver().url_patterns:
        if isinstance(post, URLResolver):
            yield from alla_urlnamn(post.url_patterns, f"{forled}{post.namespace}:" if post.namespace else forled)
        elif isinstance(post, URLPattern) and post.name:
            yield f"{forled}{post.name}"


def test_the_matrix_covers_every_url_and_no_other():
    assert set(alla_urlnamn()) == set(MATRIS)


def test_every_row_has_every_column():
    fel = {namn: set(ROLLER) - rad[2].keys() for namn, rad in MATRIS.items() if set(ROLLER) - rad[2].keys()}
    assert fel == {}


def test_what_is_public_is_listed_with_its_reason():
    oppna = {namn for namn, (_, _, status) in MATRIS.items() if status["anonym"] != 302 or namn in PUBLIKA}
    assert oppna == set(PUBLIKA) & set(MATRIS)
    assert set(PUBLIKA) >= oppna


@pytest.fixture
def varld(db):
    """The objects of the rows, visible to as many roles as possible, so that a 404 does not hide a forgotten 403."""
    forbund = Part.objects.forbund()
    annan = Part.objects.create(namn="Granviks kommun", slag="kommun", medlem_fran=datetime.date(2019, 1, 1))
    insats = Insats.objects.create(namn="Gläntan", slug="glantan", agare=forbund, publicerad=True)
    konto = Anvandare.objects.skapa("konto@example.se", "Konto", "hemligt-losen-123")
    uppdrag = Uppdrag.objects.create(anvandare=konto, part=forbund, roll="beredning", fran=datetime.date(2019, 1, 1))
    medarbetare = Medarbetare.objects.create(insats=insats, anvandare=konto, fran=datetime.date(2019, 1, 1))
    return SimpleNamespace(part=forbund, annan=annan, insats=insats, konto=konto, uppdrag=uppdrag,
                           medarbetare=medarbetare)  # fmt: skip


def _skapa(varld, part, *roller):
    user = Anvandare.objects.skapa("prov@example.se", "Prov", "hemligt-losen-123")
    for roll in roller:
        if roll == "egen_personal":
            Medarbetare.objects.create(insats=varld.insats, anvandare=user, fran=datetime.date(2019, 1, 1))
            roll = Roll.INSATSPERSONAL
        Uppdrag.objects.create(anvandare=user, part=part, roll=roll, fran=datetime.date(2019, 1, 1))
    return user


def _svar(client, namn, varld):
    metod, bygg, _ = MATRIS[namn]
    return getattr(client, metod)(reverse(namn, kwargs=bygg(varld) if bygg else {})).status_code


def _stammer(client, varld, vantat_av):
    fel = {}
    for namn, (_, _, status) in MATRIS.items():
        vantat, fick = vantat_av(status), _svar(client, namn, varld)
        if fick != vantat:
            fel[namn] = f"{fick}, should be {vantat}"
    return fel


def test_anonymous(client, varld):
    assert _stammer(client, varld, lambda status: status["anonym"]) == {}


@pytest.mark.parametrize("roll", ROLLER)
def test_role_at_the_right_part(client, varld, roll):
    fel = {}
    for namn, (_, _, status) in MATRIS.items():
        client.force_login(_skapa_en_gang(varld, varld.part, roll))
        if (fick := _svar(client, namn, varld)) != status[roll]:
            fel[namn] = f"{fick}, should be {status[roll]}"
    assert fel == {}


@pytest.mark.parametrize("roll", Roll.values)
def test_the_same_role_at_another_part(client, varld, roll):
    fel = {}
    for namn, (_, _, status) in MATRIS.items():
        client.force_login(_skapa_en_gang(varld, varld.annan, roll))
        vantat = status.get(f"{roll}@annan", status[roll])
        if (fick := _svar(client, namn, varld)) != vantat:
            fel[namn] = f"{fick}, should be {vantat}"
    assert fel == {}


def test_two_roles_have_the_rights_of_both(client, varld):
    fel = {}
    for namn, (_, _, status) in MATRIS.items():
        client.force_login(_skapa_en_gang(varld, varld.part, *TVA_ROLLER))
        vantat = min(status[roll] for roll in TVA_ROLLER)
        if (fick := _svar(client, namn, varld)) != vantat:
            fel[namn] = f"{fick}, should be {vantat}"
    assert fel == {}


def _skapa_en_gang(varld, part, *roller):
    """The same user for all rows of a column; a row that ends the session (logout) does not end the next one's."""
    if not hasattr(varld, "user"):
        varld.user = _skapa(varld, part, *roller)
    return Anvandare.objects.get(pk=varld.user.pk)


def test_the_rows_are_of_their_own_app():
    delar = {"insatser": insatser, "konton": karna, "karna": karna, "sidor": karna, "uppfoljning": uppfoljning}
    fel = [
        namn
        for namn in chain(insatser.MATRIS, karna.MATRIS, uppfoljning.MATRIS)
        if ":" in namn and namn not in delar[namn.split(":")[0]].MATRIS
    ]
    assert fel == []
