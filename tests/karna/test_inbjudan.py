"""An invitation: a code in a mail, a hash in the database, one use within a week."""

import datetime
import re
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from samordning.karna import gissning, notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.konton import inbjudan
from samordning.karna.konton.forms import FEL_KOD
from samordning.karna.models import Anvandare, Handelse, Inbjudan

pytestmark = pytest.mark.django_db

LOSENORD = "korrekt-hast-batteri"


@pytest.fixture(autouse=True)
def _rent():
    cache.clear()


@pytest.fixture
def chef(ny_anvandare):
    return ny_anvandare("kontoansvarig", namn="Kim Chef")


@pytest.fixture
def bjud_in(client, kommun):
    """Invites as the user; returns the response."""

    def posta(user, epost="Ny.Person@Example.se", **falt):
        client.force_login(user)
        data = {"namn": "Ny Person", "epost": epost, "part": kommun.pk, "roll": "remittent", "fran": idag().isoformat()}
        return client.post(reverse("konton:inbjudan_create"), data | falt)

    return posta


@pytest.fixture
def los_in(client):
    def posta(kod, losenord=LOSENORD, igen=None, **extra):
        client.logout()
        data = {"kod": kod, "losenord": losenord, "losenord_igen": losenord if igen is None else igen}
        return client.post(reverse("konton:inbjudan_los_in"), data, **extra)

    return posta


def text(response):
    return response.content.decode()


def kod_i_mejlet():
    return re.search(r"#([A-Z0-9-]+)", mail.outbox[-1].body)[1]


def test_the_invited_gets_a_mail_a_password_and_in(client, chef, bjud_in, los_in, settings):
    response = bjud_in(chef)
    ny = Anvandare.objects.get(epost="ny.person@example.se")
    assert response["Location"] == reverse("konton:konto_detail", args=[ny.pk])
    assert [h.namn for h in Handelse.objects.om(ny)] == ["bjud_in", "ge_roll"]
    assert not ny.has_usable_password()
    assert "Inbjuden, har inte loggat in" in text(client.get(response["Location"]))
    brev = mail.outbox[0]
    assert brev.to == [ny.epost]
    assert "Kim Chef" in brev.body
    assert f"{settings.ADRESS}/konton/inbjudan/#{kod_i_mejlet()}" in brev.body
    response = los_in(kod_i_mejlet())
    assert response["Location"] == reverse("sidor:start")
    assert client.session["_auth_user_id"] == str(ny.pk)
    ny.refresh_from_db()
    assert ny.check_password(LOSENORD)
    assert ny.last_login
    assert Handelse.objects.om(ny).first().namn == "los_in"


def test_the_code_is_random_and_only_its_hash_is_kept(chef, bjud_in):
    koder = {inbjudan.ny_kod() for _ in range(100)}
    assert len(koder) == 100
    assert all(len(set(kod) - {"-"} & set(gissning.ALFABET)) and len(kod.replace("-", "")) == 32 for kod in koder)
    bjud_in(chef)
    rad = Inbjudan.objects.values().get()
    assert bytes(rad["kod_sha256"]) == inbjudan.kodens_hash(kod_i_mejlet())
    assert kod_i_mejlet() not in str(rad)
    assert datetime.timedelta(days=6, hours=23) < rad["giltig_till"] - nu() <= datetime.timedelta(days=7)


def test_case_hyphens_and_spaces_do_not_matter(chef, bjud_in, los_in):
    bjud_in(chef)
    assert los_in(" " + kod_i_mejlet().lower().replace("-", " ")).status_code == 302


def test_wrong_used_old_replaced_and_closed_codes_all_say_the_same(client, chef, bjud_in, los_in):
    bjud_in(chef)
    ny, forsta = Anvandare.objects.get(epost="ny.person@example.se"), kod_i_mejlet()
    assert FEL_KOD in text(los_in("AAAA-BBBB"))
    client.force_login(chef)
    client.post(reverse("konton:inbjudan_resend", args=[ny.pk]))
    andra = kod_i_mejlet()
    assert andra != forsta
    assert FEL_KOD in text(los_in(forsta))
    with time_machine.travel(nu() + datetime.timedelta(days=7, minutes=1)):
        assert FEL_KOD in text(los_in(andra))
    Anvandare.objects.filter(pk=ny.pk).update(is_active=False)
    assert FEL_KOD in text(los_in(andra))
    Anvandare.objects.filter(pk=ny.pk).update(is_active=True)
    assert los_in(andra).status_code == 302
    assert FEL_KOD in text(los_in(andra))


def test_a_password_chosen_in_another_way_ends_the_invitation(chef, bjud_in, los_in):
    bjud_in(chef)
    ny = Anvandare.objects.get(epost="ny.person@example.se")
    ny.set_password("ett-annat-losenord-1")
    ny.save()
    assert FEL_KOD in text(los_in(kod_i_mejlet()))


@pytest.mark.parametrize(
    ("losenord", "igen", "fel"),
    [
        ("kort", "kort", "för kort"),
        ("ny.person@example.se", "ny.person@example.se", "för lik"),
        (LOSENORD, "nagot-helt-annat", "Lösenorden är inte lika"),
        (LOSENORD, "", "Skriv lösenordet en gång till"),
        ("", "", "Välj ett lösenord."),
    ],
)
def test_a_bad_password_is_told_and_the_code_still_works(chef, bjud_in, los_in, losenord, igen, fel):
    bjud_in(chef)
    response = los_in(kod_i_mejlet(), losenord, igen)
    assert response.status_code == 200
    assert fel in text(response)
    assert kod_i_mejlet() in text(response)
    assert los_in(kod_i_mejlet()).status_code == 302


def test_a_wrong_code_says_nothing_of_the_password(los_in):
    svar = text(los_in("AAAA-BBBB", "kort"))
    assert FEL_KOD in svar
    assert "för kort" not in svar


def test_twenty_wrong_codes_from_one_place_are_enough(chef, bjud_in, los_in):
    bjud_in(chef)
    for _ in range(inbjudan.FEL_PER_TIMME):
        assert los_in("AAAA-BBBB").status_code == 200
    assert los_in(kod_i_mejlet()).status_code == 429
    assert los_in(kod_i_mejlet(), REMOTE_ADDR="10.0.0.9").status_code == 302


def test_the_page_is_open_and_the_code_never_stands_in_an_address_that_the_server_sees(client, chef, bjud_in):
    response = client.get(reverse("konton:inbjudan_los_in"))
    assert response.status_code == 200
    assert "js/inbjudan.js" in text(response)
    bjud_in(chef)
    assert not re.search(r"https?://[^\s#]*" + kod_i_mejlet(), mail.outbox[-1].body)


def test_a_mail_that_cannot_be_sent_is_told_at_the_account(client, chef, bjud_in, monkeypatch):
    def ga_sonder(*_args):
        raise SMTPException

    with monkeypatch.context() as m:
        m.setattr(notiser.EmailMultiAlternatives, "send", ga_sonder)
        konto = bjud_in(chef)["Location"]
    assert "Inbjudan är inte mejlad" in text(client.get(konto))
    assert Inbjudan.objects.get().kod_sha256 is None
    ny = Anvandare.objects.get(epost="ny.person@example.se")
    client.post(reverse("konton:inbjudan_resend", args=[ny.pk]))
    assert "Inbjuden, har inte loggat in" in text(client.get(konto))


def test_who_has_a_password_gets_no_invitation(client, chef, ny_anvandare):
    client.force_login(chef)
    assert client.post(reverse("konton:inbjudan_resend", args=[ny_anvandare().pk])).status_code == 302
    assert not mail.outbox
    assert not Inbjudan.objects.exists()


def test_an_address_with_an_account_is_shown_to_who_may_see_it(ny_anvandare, chef, bjud_in, kommun, forbund):
    finns = ny_anvandare("revisor", namn="Finns Redan")
    svar = text(bjud_in(chef, finns.epost.upper()))
    assert "Det finns redan ett konto med den adressen" in svar
    assert reverse("konton:konto_detail", args=[finns.pk]) in svar
    svar = text(bjud_in(ny_anvandare("kontoansvarig", part=kommun), finns.epost))
    assert "Ring kansliet" in svar
    assert "Finns Redan" not in svar
    assert "finns redan" not in svar
    assert not mail.outbox


def test_somebody_else_may_be_faster(chef, bjud_in, monkeypatch):
    from samordning.karna.konton import forms

    monkeypatch.setattr(forms.InbjudanForm, "clean_epost", lambda self: self.cleaned_data["epost"].lower())
    assert "bjöd in samma adress samtidigt" in text(bjud_in(chef, chef.epost))
    assert not mail.outbox


def test_the_fields_are_asked_for(client, chef):
    client.force_login(chef)
    response = client.post(reverse("konton:inbjudan_create"), {})
    assert set(response.context["form"].errors) == {"namn", "epost", "part", "roll", "fran"}
    assert "<title>Fel: Bjud in en person" in text(response)


def test_a_double_click_invites_once_and_shows_no_error(client, chef, bjud_in):
    client.force_login(chef)
    inskick = client.get(reverse("konton:inbjudan_create")).context["form"]["inskick"].value()
    svar = [bjud_in(chef, inskick=str(inskick)) for _ in range(2)]
    konto = Anvandare.objects.get(epost="ny.person@example.se")
    assert [s["Location"] for s in svar] == [reverse("konton:konto_detail", args=[konto.pk])] * 2
    assert len(mail.outbox) == 1
    assert konto.uppdrag.count() == 1


def test_an_address_that_is_too_long_is_told(chef, bjud_in):
    delar = ".".join(["a" * 50] * 4)
    svar = bjud_in(chef, f"{'b' * 54}@{delar}.example")
    assert svar.status_code == 200
    assert list(svar.context["form"].errors) == ["epost"]
    lang = bjud_in(chef, f"{'b' * 46}@{delar}")
    assert lang.status_code in (200, 302)


def test_an_account_that_is_opened_again_is_not_said_never_to_have_logged_in(client, chef, ny_anvandare):
    person = ny_anvandare("remittent")
    client.force_login(person)
    client.force_login(chef)
    client.post(reverse("konton:konto_stang", args=[person.pk]))
    client.post(reverse("konton:konto_oppna", args=[person.pk]))
    svar = text(client.get(reverse("konton:konto_detail", args=[person.pk])))
    assert "Inbjuden igen, har inte valt lösenord" in svar
    assert "har inte loggat in" not in svar


def test_an_account_that_is_open_is_not_opened_again(client, chef, ny_anvandare):
    person = ny_anvandare("remittent")
    client.force_login(chef)
    adress = reverse("konton:konto_oppna", args=[person.pk])
    assert "Personen får ett mejl" not in text(client.get(adress))
    svar = text(client.post(adress, follow=True))
    assert "Kontot är redan öppet. Inget ändrades" in svar
    assert "mejlas till personen" not in svar
    assert not mail.outbox
