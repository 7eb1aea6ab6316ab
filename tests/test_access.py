"""Every URL x every role. A new URL without a row in its app's access.py fails the test (README, "Who may do what").

A row is (method, kwargs builder, {column: status}). Columns: `anonym`, each role at the association, and
`egen_personal`, who is listed in the world's insats. The same role at another part (`roll@annan`) and a user with two
roles have what the row says, or what follows from it.
"""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from insatser.models import Medarbetare
from samordning.karna import pdf
from samordning.karna.models import Anvandare, Part, Roll, Uppdrag
from tests.ekonomi import access as ekonomi
from tests.insatser import access as insatser
from tests.insatser import access_ansokan, access_avtal, access_handlaggning, access_utbud
from tests.insatser.fabrik import ny_insats, ny_kontakt, nytt_avtal
from tests.karna import access as karna
from tests.moten import access as moten
from tests.moten import (
    access_avslut,
    access_dagordning,
    access_inlasning,
    access_justering,
    access_kallelse,
    access_motet,
    access_publicering,
    access_rum,
    access_sok,
)
from tests.remisser import access as remisser
from tests.sidor import access_arende
from tests.uppfoljning import access as uppfoljning

# The namespaces that each module has the rows of.
RADER = {
    insatser: {"insatser"},
    access_ansokan: {"ansokan"},
    access_handlaggning: {"ansokan"},
    access_avtal: {"avtal"},
    access_utbud: {"insatser", "tillfallen"},
    karna: {"konton", "karna", "kontakter", "sidor"},
    access_arende: {"sidor"},
    moten: {"moten"},
    access_avslut: {"moten"},
    access_dagordning: {"moten"},
    access_inlasning: {"moten"},
    access_justering: {"moten"},
    access_kallelse: {"moten"},
    access_motet: {"moten"},
    access_publicering: {"moten"},
    access_rum: {"moten"},
    access_sok: {"moten", "sidor"},
    remisser: {"remisser"},
    uppfoljning: {"uppfoljning", "svara", "resultat"},
    ekonomi: {"ekonomi"},
}
MATRIS = {namn: rad for modul in RADER for namn, rad in modul.MATRIS.items()}

# What is open without a login, each with its reason. Everything else sends the anonymous to the login page.
PUBLIKA = {
    "sidor:rot": "only sends on: to the catalogue or the start page",
    "sidor:halsa": "health check of the load balancer; says nothing but true and false",
    "sidor:ansokningstider": "when to apply: days of meetings and nothing else",
    "insatser:insats_list": "the public catalogue",
    "insatser:insats_detail": "a published sheet of the catalogue",
    "insatser:insats_blad": "the same sheet on paper",
    "insatser:insats_json": "the published sheets for other web pages",
    "insatser:grupp_list": "groups of the published sheets that have places",
    "insatser:blankett": "the empty referral form of a published sheet",
    "resultat:resultat_list": "the released public reports",
    "resultat:resultat_detail": "one of them",
    "resultat:resultat_fil": "its files",
    "karna:tema": "light or dark, a cookie of one's own",
    "konton:inbjudan_los_in": "who is invited has no account yet; asks for the code",
    "moten:protokoll_list": "published records of public bodies",
    "moten:protokoll_detail": "one of them, as it was published",
    "moten:protokoll_fil": "the same as PDF",
    "moten:anslag_list": "the notice board",
    "moten:rum_kod": "asks for the code of a meeting that goes on",
    "moten:rum": "people at a meeting have no account: what its code opens, while it goes on",
    "moten:rum_grupp": "the same: the group's paper",
    "moten:rum_rosta": "the same: dots",
    "moten:rum_ord": "the same: a word round the table",
    "moten:rum_utvardera": "the same: the evaluation",
    "moten:narvaro_svar": "who is called may have no account: a signed link in a mail, to one row",
    "moten:kalender_organ": "days and places of a public body; of another one by a user's signed key",
    "ekonomi:hjul_kalender": "the same for the annual wheel: a user's signed key",
    "moten:kalender_person": "a calendar program cannot log in: a user's signed key, which can be renewed",
    "svara:kod": "participants have no account; asks for their code",
    "svara:start": "what a participant's code opened, in that browser alone",
    "svara:sprak": "the same: Swedish or easy Swedish",
    "svara:fraga": "the same: one question",
    "svara:granska": "the same: the answers before they are sent",
    "svara:skicka": "the same: sends them",
    "svara:klart": "the same: what was sent, within the hour",
    "svara:andra": "the same: change it, within the hour",
    "svara:stang": "forgets the code's cookie",
    "account_login": "the login itself",
    "account_logout": "sends the anonymous on",
    "account_signup": "says that accounts are by invitation",
    "account_inactive": "says that the account is closed",
    "account_reset_password": "asks for a code by mail",
    "account_confirm_password_reset_code": "asks for that code",
    "account_complete_password_reset": "the new password, after the code",
    "account_password_reset_completed": "says that it is done",
}

FRAN = datetime.date(2019, 1, 1)
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
    kolumner = {"anonym", *Roll.values}
    assert {namn: kolumner - rad[2].keys() for namn, rad in MATRIS.items() if kolumner - rad[2].keys()} == {}


def test_what_is_public_is_listed_with_its_reason():
    oppna = {namn for namn, (_, _, status) in MATRIS.items() if status["anonym"] != 302}
    assert oppna <= set(PUBLIKA) <= set(MATRIS)


def test_everything_else_sends_the_anonymous_to_the_login_page(client, varld):
    inloggning = reverse("account_login")
    fel = {
        namn: svar.url
        for namn, (metod, _, _) in MATRIS.items()
        if namn not in PUBLIKA
        and metod == "get"
        and not (svar := _svar(client, namn, varld)).url.startswith(inloggning)
    }
    assert fel == {}


def test_a_form_of_the_anonymous_is_refused_with_a_way_to_log_in_that_keeps_it(client, varld):
    lank = f'<a href="{reverse("account_login")}" target="_blank"'
    for namn, (metod, bygg, _) in MATRIS.items():
        if namn not in PUBLIKA and metod == "post":
            svar = client.post(reverse(namn, kwargs=bygg(varld) if bygg else {}), {"text": "Det jag skrev"})
            assert svar.status_code == 403, namn
            assert lank in svar.content.decode()
            assert 'name="text" value="Det jag skrev"' in svar.content.decode()


@pytest.fixture
def varld(db, monkeypatch):
    """The objects of the rows, visible to as many roles as possible, so that a 404 does not hide a forgotten 403."""
    monkeypatch.setattr(pdf, "gor", lambda html, **_: b"%PDF")  # laid out in tests/insatser/test_blad.py
    forbund = Part.objects.forbund()
    annan = Part.objects.create(namn="Granviks kommun", slag="kommun", medlem_fran=FRAN)
    konto = Anvandare.objects.skapa("konto@example.se", "Konto", "hemligt-losen-123")
    uppdrag = Uppdrag.objects.create(anvandare=konto, part=forbund, roll="beredning", fran=FRAN)
    insats = ny_insats("Gläntan")
    return SimpleNamespace(
        part=forbund, annan=annan, insats=insats, konto=konto, uppdrag=uppdrag,
        medarbetare=Medarbetare.objects.create(insats=insats, anvandare=konto, fran=FRAN),
        kontakt=ny_kontakt(insats), avtal=nytt_avtal(insats, FRAN, FRAN.replace(year=2030)),
    )  # fmt: skip


def _skapa(varld, part, *roller):
    user = Anvandare.objects.skapa("prov@example.se", "Prov", "hemligt-losen-123")
    for roll in roller:
        if roll == "egen_personal":
            Medarbetare.objects.create(insats=varld.insats, anvandare=user, fran=FRAN)
            roll = Roll.INSATSPERSONAL
        Uppdrag.objects.create(anvandare=user, part=part, roll=roll, fran=FRAN)
    return user


def _svar(client, namn, varld):
    metod, bygg, _ = MATRIS[namn]
    return getattr(client, metod)(reverse(namn, kwargs=bygg(varld) if bygg else {}))


def _vantat(status, roll):
    """`egen_personal` has what insatspersonal has where the row does not say; `roll@annan` what the role has."""
    return (
        status[roll] if roll in status else status["insatspersonal" if roll == "egen_personal" else roll.split("@")[0]]
    )


def _stammer(client, varld, kolumn, user=None):
    """{URL name: what went wrong} of a whole column."""
    fel = {}
    for namn, (metod, _, status) in MATRIS.items():
        if user is None and metod == "post" and namn not in PUBLIKA:
            continue  # a form is refused and not sent on: the test above
        if user:  # anew for each row: one of them logs out, another closes the session
            client.force_login(Anvandare.objects.get(pk=user.pk))
        if (fick := _svar(client, namn, varld).status_code) != (vantat := _vantat(status, kolumn)):
            fel[namn] = f"{fick}, should be {vantat}"
    return fel


def test_anonymous(client, varld):
    assert _stammer(client, varld, "anonym") == {}


@pytest.mark.parametrize("roll", [*Roll.values, "egen_personal"])
def test_role_at_the_right_part(client, varld, roll):
    assert _stammer(client, varld, roll, _skapa(varld, varld.part, roll)) == {}


@pytest.mark.parametrize("roll", Roll.values)
def test_the_same_role_at_another_part(client, varld, roll):
    assert _stammer(client, varld, f"{roll}@annan", _skapa(varld, varld.annan, roll)) == {}


def test_two_roles_have_the_rights_of_both(client, varld):
    user = _skapa(varld, varld.part, *TVA_ROLLER)
    fel = {}
    for namn, (_, _, status) in MATRIS.items():
        client.force_login(Anvandare.objects.get(pk=user.pk))
        vantat = min(_vantat(status, roll) for roll in TVA_ROLLER)
        if (fick := _svar(client, namn, varld).status_code) != vantat:
            fel[namn] = f"{fick}, should be {vantat}"
    assert fel == {}


def test_the_rows_are_of_their_own_app():
    fel = [
        namn
        for modul, namnrymder in RADER.items()
        for namn in modul.MATRIS
        if ":" in namn and namn.split(":")[0] not in namnrymder
    ]
    assert fel == []
    assert len(MATRIS) == sum(len(modul.MATRIS) for modul in RADER), "a row is in two files"
