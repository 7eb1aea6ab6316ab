"""Colleagues' insight: who decides, what it says, what the record holds, and that it opens and closes at once."""

import pytest
from django.urls import reverse

from remisser.models import Enhetsinstallning, Remiss
from remisser.policies import can_manage_enhet, enheter
from samordning.karna.models import Anvandare, Handelse, Part, Roll, Uppdrag
from tests.remisser.fabrik import FRAN, anvandare, ny_remiss, ny_varld

pytestmark = pytest.mark.django_db


@pytest.fixture
def varld():
    return ny_varld()


def adress(enhet):
    return reverse("remisser:enhet_edit", args=[enhet.pk])


def som(client, user):
    client.force_login(user)
    return client


def test_it_opens_and_closes_for_colleagues_at_once(client, varld):
    ansvarig, kollega = anvandare("kontoansvarig", varld.enhet), anvandare("remittent", varld.enhet)
    remiss = ny_remiss(varld)
    for kryss, ser, ord_ in (("on", True, "kan nu läsa varandras"), ("", False, "bara sina egna")):
        svar = som(client, ansvarig).post(adress(varld.enhet), {"kollegor_ser_remisser": kryss}, follow=True)
        assert ord_ in svar.content.decode()
        assert Enhetsinstallning.objects.get().kollegor_ser_remisser is ser
        ny = Anvandare.objects.get(pk=kollega.pk)  # the roles are read once a request
        assert Remiss.objects.visible_to(ny).filter(pk=remiss.pk).exists() is ser
    handelser = Handelse.objects.om(Enhetsinstallning.objects.get())
    assert [(rad.namn, rad.av, rad.data) for rad in handelser] == [
        ("andrad", ansvarig, {"kollegor_ser_remisser": [True, False]}),
        ("andrad", ansvarig, {"kollegor_ser_remisser": [False, True]}),
    ]


def test_saving_the_same_again_is_no_event(client, varld):
    som(client, anvandare("kontoansvarig", varld.enhet))
    for _ in range(2):
        svar = client.post(adress(varld.enhet), {"kollegor_ser_remisser": "on"}, follow=True)
    assert "inget ändrades" in svar.content.decode()
    assert Handelse.objects.om(Enhetsinstallning.objects.get()).count() == 1


def test_the_page_shows_what_holds_and_what_it_means(client, varld):
    Enhetsinstallning.objects.create(part=varld.enhet, kollegor_ser_remisser=True)
    sida = som(client, anvandare("kontoansvarig", varld.enhet)).get(adress(varld.enhet)).content.decode()
    assert "checked" in sida
    assert "Kollegor kan bara läsa" in sida
    assert "Granviks kommun" not in sida.split("<main")[1]


@pytest.mark.parametrize("var", ["enhet", "kommun", "forbund"])
def test_who_looks_after_the_accounts_decides(client, varld, forbund, var):
    ansvarig = anvandare("kontoansvarig", forbund if var == "forbund" else getattr(varld, var))
    assert can_manage_enhet(ansvarig, varld.enhet)
    assert som(client, ansvarig).get(adress(varld.enhet)).status_code == 200


def test_nobody_else_does(client, varld):
    grann = Part.objects.create(namn="Socialtjänsten Granvik", slag="enhet", del_av=varld.kommun)
    for user in (anvandare("kontoansvarig", grann), varld.skribent, varld.personal, anvandare("kansli", varld.enhet)):
        assert not can_manage_enhet(user, varld.enhet)
        assert not enheter(user).filter(pk=varld.enhet.pk).exists()
        svar = som(client, user).post(adress(varld.enhet), {"kollegor_ser_remisser": "on"})
        assert svar.status_code == 404
    assert not Enhetsinstallning.objects.exists()


def test_the_list_is_of_units_where_somebody_writes_remisser(client, varld, forbund):
    ansvarig = anvandare("kontoansvarig", forbund)
    tidigare = Part.objects.create(namn="Socialtjänsten Granvik", slag="enhet", del_av=varld.kommun)
    anvandare("remittent", tidigare, till=FRAN)
    anvandare("remittent", varld.enhet)
    anvandare("beredning", varld.kommun)
    Enhetsinstallning.objects.create(part=varld.enhet, kollegor_ser_remisser=True)
    svar = som(client, ansvarig).get(reverse("remisser:enhet_list"))
    assert [(rad.namn, rad.remittenter, rad.delar) for rad in svar.context["sida"]] == [(varld.enhet.namn, 2, True)]
    assert adress(varld.enhet) in svar.content.decode()
    assert som(client, ansvarig).get(adress(tidigare)).status_code == 404


def test_the_list_is_empty_in_words(client, forbund):
    svar = som(client, anvandare("kontoansvarig", forbund)).get(reverse("remisser:enhet_list"))
    assert "Ingen är remittent än" in svar.content.decode()


def test_the_list_costs_the_same_at_any_length(client, varld, forbund, assert_constant_queries):
    som(client, anvandare("kontoansvarig", forbund))

    def ny_enhet():
        nr = Part.objects.count()
        enhet = Part.objects.create(namn=f"Enhet {nr}", slag="enhet", del_av=varld.kommun)
        Uppdrag.objects.create(anvandare=varld.skribent, part=enhet, roll=Roll.REMITTENT, fran=FRAN)

    assert_constant_queries(reverse("remisser:enhet_list"), ny_enhet)


def test_who_looks_after_accounts_finds_the_way_there(client, forbund):
    som(client, anvandare("kontoansvarig", forbund))
    for sida in ("sidor:start", "konton:konto_list"):
        assert reverse("remisser:enhet_list") in client.get(reverse(sida)).content.decode()
