"""Accounts: who sees them, who gives which role where, and how somebody is let in and shut out."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse

from samordning.karna import policies
from samordning.karna.kalender import idag
from samordning.karna.konton import forms
from samordning.karna.models import Anvandare, Handelse, Notis, Part, Roll, Uppdrag

pytestmark = pytest.mark.django_db

EN_DAG = datetime.timedelta(days=1)


@pytest.fixture
def enhet(kommun):
    return Part.objects.create(namn="Granviks AME", slag="enhet", del_av=kommun)


@pytest.fixture
def annan_kommun(db):
    return Part.objects.create(namn="Lidsjö kommun", slag="kommun")


@pytest.fixture
def gor(client):
    """`gor(user, "konton:...", pk, **data)` posts as the user."""

    def posta(user, namn, *args, **data):
        client.force_login(user)
        return client.post(reverse(namn, args=args), data)

    return posta


@pytest.fixture
def se(client):
    def hamta(user, namn, *args, **fraga):
        client.force_login(user)
        return client.get(reverse(namn, args=args), fraga)

    return hamta


def text(response):
    return response.content.decode()


def roll_data(part, roll="remittent", **falt):
    return {"part": part.pk, "roll": roll, "fran": idag().isoformat(), "till": "", **falt}


# ---- Who sees which accounts, and gives which roles


def test_the_filters_say_what_the_policies_say(ny_anvandare, forbund, kommun, enhet, annan_kommun):
    rollbesattning = [
        ny_anvandare("kontoansvarig"),
        ny_anvandare("kontoansvarig", part=kommun),
        ny_anvandare("kontoansvarig", part=enhet),
        ny_anvandare("kontoansvarig", part=annan_kommun),
        ny_anvandare("kansli", "forbundschef"),
        ny_anvandare("remittent", part=enhet),
        ny_anvandare("remittent", part=annan_kommun),
        ny_anvandare(),
    ]
    for user in rollbesattning:
        konton = {k.pk for k in Anvandare.objects.visible_to(user)}
        assert konton == {k.pk for k in Anvandare.objects.all() if policies.can_view_konto(user, k)}
        parter = {p.pk for p in Part.objects.for_konton(user)}
        assert parter == {p.pk for p in Part.objects.all() if policies.can_manage_uppdrag(user, p)}
        uppdrag = {u.pk for u in Uppdrag.objects.visible_to(user)}
        assert uppdrag == {u.pk for u in Uppdrag.objects.all() if policies.can_manage_uppdrag(user, u.part)}
    antal = [Anvandare.objects.visible_to(user).count() for user in rollbesattning]
    assert antal == [8, 3, 2, 2, 0, 0, 0, 0]


def test_a_role_of_yesterday_opens_nothing(ny_anvandare, se):
    user = ny_anvandare("kontoansvarig")
    user.uppdrag.update(till=idag() - EN_DAG)
    assert se(user, "konton:konto_list").status_code == 403


@pytest.mark.parametrize("roll", Roll.values)
def test_what_each_kontoansvarig_may_give(ny_anvandare, forbund, kommun, enhet, annan_kommun, roll):
    alla, partens = ny_anvandare("kontoansvarig"), ny_anvandare("kontoansvarig", part=kommun)
    bara_forbundet = roll in ("kansli", "forbundschef", "drift")
    assert policies.can_ge_roll(alla, roll, forbund)
    assert policies.can_ge_roll(alla, roll, kommun) is not bara_forbundet
    hos_parten = roll in ("kontoansvarig", "remittent", "insatspersonal", "partsforetradare")
    assert policies.can_ge_roll(partens, roll, kommun) is hos_parten
    assert policies.can_ge_roll(partens, roll, enhet) is hos_parten
    assert not policies.can_ge_roll(partens, roll, annan_kommun)
    assert not policies.can_ge_roll(partens, roll, forbund)


# ---- The list


def test_the_list_costs_the_same_with_more_rows(client, ny_anvandare, assert_constant_queries):
    client.force_login(ny_anvandare("kontoansvarig"))
    assert_constant_queries(reverse("konton:konto_list"), lambda: ny_anvandare("remittent", "ekonom"))


def test_search_role_and_pages(ny_anvandare, se):
    chef = ny_anvandare("kontoansvarig", namn="Åke Ansvarig")
    ny_anvandare("ekonom", namn="Eva Ekonom")
    for nr in range(50):
        ny_anvandare(namn=f"Person {nr:02}")
    sida = text(se(chef, "konton:konto_list"))
    assert "52 konton" in sida
    assert sida.count('<th scope="row">') == 50
    assert "Åke Ansvarig" in text(se(chef, "konton:konto_list", sida=2))
    assert "Eva Ekonom" in text(se(chef, "konton:konto_list", sok="eva"))
    bara_ekonomer = text(se(chef, "konton:konto_list", roll="ekonom"))
    assert "1 konto<" in bara_ekonomer
    assert "Eva Ekonom" in bara_ekonomer
    assert "Inga konton passar" in text(se(chef, "konton:konto_list", sok="finns inte"))
    assert "52 konton" in text(se(chef, "konton:konto_list", roll="påhittad"))


def test_a_part_sees_its_own_people_and_only_their_roles_with_it(ny_anvandare, se, kommun, annan_kommun):
    ansvarig = ny_anvandare("kontoansvarig", part=kommun)
    person = ny_anvandare("remittent", part=kommun, namn="Två Hem")
    Uppdrag.objects.create(anvandare=person, part=annan_kommun, roll="ekonom", fran=idag())
    ny_anvandare("remittent", part=annan_kommun, namn="Någon Annan")
    for sida in (text(se(ansvarig, "konton:konto_list")), text(se(ansvarig, "konton:konto_detail", person.pk))):
        assert "Två Hem" in sida
        assert "Någon Annan" not in sida
        assert "Lidsjö" not in sida
    sida = text(se(ansvarig, "konton:konto_detail", person.pk))
    assert "Förbundets kontoansvarig kan stänga kontot" in sida


def test_the_account_shows_roles_of_today_of_later_and_of_before(ny_anvandare, se, kommun, forbund):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare("remittent", part=kommun)
    for roll, fran, till in (("ekonom", 5, None), ("revisor", -9, -2)):
        Uppdrag.objects.create(
            anvandare=person,
            part=forbund,
            roll=roll,
            fran=idag() + fran * EN_DAG,
            till=till and idag() + till * EN_DAG,
        )
    response = se(chef, "konton:konto_detail", person.pk)
    grupper = [[u.roll for u in response.context[namn]] for namn in ("roller_nu", "roller_kommande", "roller_tidigare")]
    assert grupper == [["remittent"], ["ekonom"], ["revisor"]]


# ---- Giving and ending roles


def test_a_role_is_given_recorded_and_told(ny_anvandare, gor, se, kommun):
    chef, person = ny_anvandare("kontoansvarig", namn="Kim Chef"), ny_anvandare()
    response = gor(chef, "konton:uppdrag_create", person.pk, **roll_data(kommun))
    assert response["Location"] == reverse("konton:konto_detail", args=[person.pk])
    assert person.har_roll("remittent")
    handelse = Handelse.objects.om(person).get()
    assert (handelse.namn, handelse.av, handelse.data["part"]) == ("ge_roll", chef, kommun.pk)
    assert "Rollen lades till: Remittent, Granviks kommun" in text(se(chef, "konton:konto_detail", person.pk))
    assert Notis.objects.get().mottagare == person
    assert [brev.to for brev in mail.outbox] == [[person.epost]]
    assert person.namn not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("finns", "ny", "fel"),
    [
        ("kontoansvarig", "insatspersonal", "kan inte vara både kontoansvarig och insatspersonal"),
        ("insatspersonal", "kontoansvarig", "kan inte vara både kontoansvarig och insatspersonal"),
        ("remittent", "remittent", "har redan den rollen där under de dagarna"),
    ],
)
def test_roles_that_collide_are_refused_in_words(ny_anvandare, gor, kommun, finns, ny, fel):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare(finns, part=kommun)
    response = gor(chef, "konton:uppdrag_create", person.pk, **roll_data(kommun, ny))
    assert response.status_code == 200
    assert fel in text(response)
    assert person.uppdrag.count() == 1


def test_a_collision_that_only_the_database_sees_is_refused_in_words(ny_anvandare, gor, kommun, monkeypatch):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare("remittent", part=kommun)
    monkeypatch.setattr(forms.Uppdragsformular, "_post_clean", forms.forms.ModelForm._post_clean)
    response = gor(chef, "konton:uppdrag_create", person.pk, **roll_data(kommun))
    assert "Någon annan ändrade personens roller samtidigt" in text(response)
    assert person.uppdrag.count() == 1


def test_a_role_does_not_end_before_it_begins(ny_anvandare, gor, kommun):
    igar = (idag() - EN_DAG).isoformat()
    response = gor(
        ny_anvandare("kontoansvarig"), "konton:uppdrag_create", ny_anvandare().pk, **roll_data(kommun, till=igar)
    )
    assert "Uppdraget kan inte sluta innan det börjar." in text(response)


def test_a_part_gives_no_role_of_the_association_and_none_elsewhere(ny_anvandare, gor, kommun, annan_kommun, forbund):
    ansvarig, person = ny_anvandare("kontoansvarig", part=kommun), ny_anvandare("remittent", part=kommun)
    for data in (roll_data(kommun, "forbundschef"), roll_data(annan_kommun), roll_data(forbund, "kansli")):
        assert gor(ansvarig, "konton:uppdrag_create", person.pk, **data).status_code == 200
    assert [u.roll for u in person.uppdrag.all()] == ["remittent"]


def test_kansli_is_a_role_at_the_association_only(ny_anvandare, gor, kommun):
    response = gor(
        ny_anvandare("kontoansvarig"), "konton:uppdrag_create", ny_anvandare().pk, **roll_data(kommun, "kansli")
    )
    assert "Rollen Kansli finns bara hos samordningsförbundet" in text(response)


def test_a_role_gets_a_last_day(ny_anvandare, gor, kommun):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare("remittent", part=kommun)
    uppdrag = person.uppdrag.get()
    gor(chef, "konton:uppdrag_end", person.pk, uppdrag.pk, till=idag().isoformat())
    uppdrag.refresh_from_db()
    assert uppdrag.till == idag()
    assert Handelse.objects.om(person).get().data["till"] == idag().isoformat()
    assert Notis.objects.get().mottagare == person


@pytest.mark.parametrize("till", ["", "2020-01-01", "i morgon"])
def test_a_last_day_is_a_day_from_today_on(ny_anvandare, gor, kommun, till):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare("remittent", part=kommun)
    response = gor(chef, "konton:uppdrag_end", person.pk, person.uppdrag.get().pk, till=till)
    assert response.status_code == 200
    assert "behöver rättas" in text(response)
    assert person.uppdrag.get().till is None


def test_a_role_that_has_not_begun_is_taken_away(ny_anvandare, gor, se, kommun):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare()
    uppdrag = Uppdrag.objects.create(anvandare=person, part=kommun, roll="remittent", fran=idag() + EN_DAG)
    assert "Vill du ta bort rollen?" in text(se(chef, "konton:uppdrag_end", person.pk, uppdrag.pk))
    gor(chef, "konton:uppdrag_end", person.pk, uppdrag.pk)
    assert not person.uppdrag.exists()
    assert Handelse.objects.om(person).get().namn == "ta_bort_roll"


def test_a_role_that_has_ended_stays_as_it_is(ny_anvandare, gor, kommun):
    chef, person = ny_anvandare("kontoansvarig"), ny_anvandare("remittent", part=kommun)
    person.uppdrag.update(till=idag() - EN_DAG)
    response = gor(chef, "konton:uppdrag_end", person.pk, person.uppdrag.get().pk, till=idag().isoformat())
    assert response.status_code == 302
    assert person.uppdrag.get().till == idag() - EN_DAG


def test_a_part_does_not_end_roles_elsewhere(ny_anvandare, gor, kommun, annan_kommun):
    ansvarig, person = ny_anvandare("kontoansvarig", part=kommun), ny_anvandare("remittent", part=kommun)
    annat = Uppdrag.objects.create(anvandare=person, part=annan_kommun, roll="ekonom", fran=idag())
    assert gor(ansvarig, "konton:uppdrag_end", person.pk, annat.pk, till=idag().isoformat()).status_code == 404


def test_nobody_locks_everybody_out(ny_anvandare, gor):
    chef = ny_anvandare("kontoansvarig")
    response = gor(chef, "konton:uppdrag_end", chef.pk, chef.uppdrag.get().pk, till=idag().isoformat())
    assert "Den rollen kan du inte avsluta själv" in text(response)
    assert chef.uppdrag.get().till is None
    # Somebody else may.
    gor(ny_anvandare("kontoansvarig"), "konton:uppdrag_end", chef.pk, chef.uppdrag.get().pk, till=idag().isoformat())
    assert chef.uppdrag.get().till == idag()


# ---- Closing and opening


def test_a_closed_account_is_out_at_once_and_stays_out(client, ny_anvandare, gor):
    person = ny_anvandare("kansli")
    client.force_login(person)
    kaka = client.cookies["sessionid"].value
    assert client.get(reverse("konton:mitt_konto")).status_code == 200
    chef = ny_anvandare("kontoansvarig")
    gor(chef, "konton:konto_stang", person.pk)
    person.refresh_from_db()
    assert not person.is_active
    assert [h.namn for h in Handelse.objects.om(person)] == ["stang"]
    client.cookies["sessionid"] = kaka
    assert client.get(reverse("konton:mitt_konto")).status_code == 302
    # Opened again: the old session and the old password are still void, and an invitation leaves.
    gor(chef, "konton:konto_oppna", person.pk)
    person.refresh_from_db()
    assert person.is_active
    assert not person.has_usable_password()
    assert mail.outbox[-1].to == [person.epost]
    client.cookies["sessionid"] = kaka
    assert client.get(reverse("konton:mitt_konto")).status_code == 302


def test_nobody_closes_their_own_account(ny_anvandare, gor):
    chef = ny_anvandare("kontoansvarig")
    assert "Du kan inte stänga ditt eget konto" in text(gor(chef, "konton:konto_stang", chef.pk))
    chef.refresh_from_db()
    assert chef.is_active


def test_a_part_closes_only_accounts_that_are_wholly_its_own(ny_anvandare, gor, kommun, annan_kommun):
    ansvarig, person = ny_anvandare("kontoansvarig", part=kommun), ny_anvandare("remittent", part=kommun)
    annat = Uppdrag.objects.create(anvandare=person, part=annan_kommun, roll="ekonom", fran=idag())
    assert gor(ansvarig, "konton:konto_stang", person.pk).status_code == 403
    Uppdrag.objects.filter(pk=annat.pk).delete()
    assert gor(ansvarig, "konton:konto_stang", person.pk).status_code == 302


def test_opening_an_open_account_sends_nothing(ny_anvandare, gor):
    person = ny_anvandare()
    gor(ny_anvandare("kontoansvarig"), "konton:konto_oppna", person.pk)
    assert not mail.outbox
    person.refresh_from_db()
    assert person.has_usable_password()


# ---- One's own


def test_my_account_shows_my_roles(ny_anvandare, se, kommun):
    person = ny_anvandare("partsforetradare", part=kommun)
    sida = text(se(person, "konton:mitt_konto"))
    assert "Partsföreträdare" in sida
    assert "Granviks kommun" in sida
    assert reverse("account_change_password") in sida
    assert "Du har ingen roll i dag" in text(se(ny_anvandare(), "konton:mitt_konto"))


def test_an_address_is_stored_in_lower_case():
    with pytest.raises(IntegrityError):
        Anvandare.objects.create(epost="Stor@example.se", namn="Stor")


def test_a_double_click_gives_the_role_once_and_shows_no_error(client, ny_anvandare, kommun):
    person = ny_anvandare()
    client.force_login(ny_anvandare("kontoansvarig"))
    adress = reverse("konton:uppdrag_create", args=[person.pk])
    data = {"part": kommun.pk, "roll": "remittent", "fran": "2026-01-01"}
    data["inskick"] = str(client.get(adress).context["form"]["inskick"].value())
    svar = [client.post(adress, data) for _ in range(2)]
    assert [s["Location"] for s in svar] == [reverse("konton:konto_detail", args=[person.pk])] * 2
    assert person.uppdrag.count() == 1
    assert [h.namn for h in Handelse.objects.om(person)] == ["ge_roll"]
