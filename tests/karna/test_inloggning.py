"""Logging in and out, and passwords: django-allauth with our pages and words."""

import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.validators import validate_email
from django.urls import NoReverseMatch, get_resolver, reverse

from samordning.karna.konton import allauth_urls
from samordning.karna.konton.adapter import Kontoadapter
from samordning.karna.models import Handelse

pytestmark = pytest.mark.django_db

LOSENORD, NYTT = "hemligt-losen-123", "nytt-hemligt-losen-9"
FEL = Kontoadapter.error_messages["email_password_mismatch"]


@pytest.fixture(autouse=True)
def _rent():
    cache.clear()


@pytest.fixture
def logga_in(client):
    return lambda epost, losenord=LOSENORD, **fraga: client.post(
        reverse("account_login", query=fraga), {"login": epost, "password": losenord}
    )


def text(response):
    return response.content.decode()


def test_in_with_the_address_in_any_case_and_out_again(client, ny_anvandare, logga_in):
    person = ny_anvandare("kansli")
    assert logga_in(f" {person.epost.upper()} ")["Location"] == reverse("sidor:start")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.get_expire_at_browser_close()
    assert "Vill du logga ut?" in text(client.get(reverse("account_logout")))
    assert client.post(reverse("account_logout"))["Location"] == reverse("insatser:insats_list")
    assert "_auth_user_id" not in client.session
    person.refresh_from_db()
    assert person.last_login


def test_one_comes_to_the_page_that_one_asked_for_but_never_to_another_site(client, ny_anvandare, logga_in):
    person = ny_anvandare()
    sidan = reverse("konton:mitt_konto")
    assert client.get(sidan)["Location"] == f"{reverse('account_login')}?next={sidan}"
    assert logga_in(person.epost, next=sidan)["Location"] == sidan
    client.logout()
    assert logga_in(person.epost, next="https://exempel.se/")["Location"] == reverse("sidor:start")


def test_the_error_does_not_tell_who_has_an_account(client, ny_anvandare, logga_in):
    person, utan_losenord = ny_anvandare(), ny_anvandare()
    utan_losenord.set_unusable_password()
    utan_losenord.save()
    for epost in (person.epost, utan_losenord.epost, "finns.inte@example.se"):
        svar = text(logga_in(epost, "fel-losenord-helt"))
        assert svar.count(FEL) == 1
        assert "<title>Fel: Logga in" in svar
        assert epost in svar


def test_empty_and_misspelt_fields_say_what_to_do(logga_in):
    svar = text(logga_in("", ""))
    assert "Skriv din e-postadress." in svar
    assert "Skriv ditt lösenord." in svar
    assert "Skriv en hel e-postadress" in text(logga_in("inte en adress", "x"))


def test_our_words_stay_in_our_fields(logga_in):
    fore = validate_email.message
    logga_in("inte en adress", "x")
    assert validate_email.message is fore


def test_a_closed_account_does_not_get_in(client, ny_anvandare, logga_in):
    person = ny_anvandare()
    person.is_active = False
    person.save()
    response = logga_in(person.epost)
    assert "_auth_user_id" not in client.session
    assert response.status_code == 200 or response["Location"] == reverse("account_inactive")
    assert "Kontot är stängt" in text(client.get(reverse("account_inactive")))


def test_who_guesses_passwords_has_to_wait(client, ny_anvandare, logga_in):
    person = ny_anvandare()
    for _ in range(5):
        logga_in(person.epost, "fel-losenord-helt")
    assert "Vänta några minuter" in text(logga_in(person.epost))
    assert "_auth_user_id" not in client.session


def test_too_many_requests_get_our_page(client):
    for _ in range(30):
        client.post(reverse("account_login"), {})
    response = client.post(reverse("account_login"), {})
    assert response.status_code == 429
    assert "<h1>För många försök</h1>" in text(response)


def test_a_forgotten_password_by_code(client, ny_anvandare, logga_in, settings):
    person = ny_anvandare()
    response = client.post(reverse("account_reset_password"), {"email": person.epost})
    kodsida = reverse("account_confirm_password_reset_code")
    assert response["Location"] == kodsida
    brev = mail.outbox[0]
    assert (brev.to, brev.subject) == ([person.epost], "Kod för nytt lösenord")
    assert "example.com" not in brev.body
    kod = re.search(r"^([A-Z0-9-]{6,12})$", brev.body, re.M)[1]
    assert "Koden stämmer inte" in text(client.post(kodsida, {"code": "XXXXXX"}))
    response = client.post(kodsida, {"code": kod})
    nytt = reverse("account_complete_password_reset")
    assert response["Location"] == nytt
    svar = text(client.post(nytt, {"password1": NYTT, "password2": "nagot-annat-9999"}))
    assert svar.count("Lösenorden är inte lika.") == 2
    assert "för kort" in text(client.post(nytt, {"password1": "kort", "password2": "kort"}))
    response = client.post(nytt, {"password1": NYTT, "password2": NYTT}, follow=True)
    assert "Lösenordet är ändrat" in text(response)
    assert logga_in(person.epost, NYTT).status_code == 302
    assert mail.outbox[-1].subject == "Ditt lösenord är ändrat"
    assert Handelse.objects.om(person).get().namn == "byt_losenord"


def test_a_silent_mail_server_gives_the_same_answer_to_all(client, ny_anvandare, monkeypatch):
    def ga_sonder(_brev):
        raise SMTPException

    monkeypatch.setattr(mail.EmailMessage, "send", ga_sonder)
    for epost in (ny_anvandare().epost, "finns.inte@example.se"):
        response = client.post(reverse("account_reset_password"), {"email": epost})
        assert response["Location"] == reverse("account_confirm_password_reset_code")


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client):
    response = client.post(reverse("account_reset_password"), {"email": "finns.inte@example.se"}, follow=True)
    assert "Om adressen har ett konto finns koden i mejlen" in text(response)
    assert not mail.outbox


def test_three_wrong_codes_are_enough(client, ny_anvandare):
    client.post(reverse("account_reset_password"), {"email": ny_anvandare().epost})
    for _ in range(3):
        response = client.post(reverse("account_confirm_password_reset_code"), {"code": "XXXXXX"})
    assert response["Location"] == reverse("account_login")
    assert "för många försök" in text(client.get(response["Location"]))


def test_the_password_is_changed_and_other_sessions_end(client, ny_anvandare, logga_in):
    person = ny_anvandare()
    logga_in(person.epost)
    annan = client.cookies["sessionid"].value
    client.cookies.clear()
    logga_in(person.epost)
    sidan = reverse("account_change_password")
    fel = text(client.post(sidan, {"oldpassword": "fel", "password1": NYTT, "password2": NYTT}))
    assert "Lösenordet stämmer inte. Skriv det lösenord du har nu." in fel
    svar = text(client.post(sidan, {"oldpassword": LOSENORD, "password1": NYTT, "password2": ""}))
    assert "Skriv det nya lösenordet en gång till." in svar
    response = client.post(sidan, {"oldpassword": LOSENORD, "password1": NYTT, "password2": NYTT}, follow=True)
    assert response.request["PATH_INFO"] == reverse("konton:mitt_konto")
    assert "Lösenordet är ändrat." in text(response)
    assert mail.outbox[-1].to == [person.epost]
    assert Handelse.objects.om(person).get().namn == "byt_losenord"
    client.cookies["sessionid"] = annan
    assert client.get(reverse("konton:mitt_konto")).status_code == 302


def test_nobody_makes_an_account_alone(client):
    for svar in (client.get(reverse("account_signup")), client.post(reverse("account_signup"), {"email": "a@b.se"})):
        assert "Konto får du av kansliet" in text(svar)


def test_only_the_pages_that_are_used_exist():
    konto = next(p for p in get_resolver().url_patterns if str(p.pattern) == "konto/")
    assert [p.name for p in konto.url_patterns] == [p.name for p in allauth_urls.urlpatterns]
    for namn in ("account_email", "account_set_password", "account_email_verification_sent"):
        with pytest.raises(NoReverseMatch):
            reverse(namn)


@pytest.mark.parametrize("namn", ["account_login", "account_reset_password", "account_change_password"])
def test_fields_have_labels_in_swedish_and_no_placeholder(inloggad, client, namn):
    if namn == "account_change_password":
        inloggad()
    svar = text(client.get(reverse(namn)))
    assert "placeholder" not in svar
    assert not re.search(r"Epost|Email|Password", re.sub(r"<[^>]+>", "", svar))
