"""Several tabs and old pages: what is sent was written on the version that is saved, or it is asked again."""

import pytest

from remisser.models import Remiss, Samtycke
from tests.remisser.fabrik import SAMTYCKE, STEG, ny_remiss, ny_varld
from tests.remisser.test_skriva import adress, fyll

pytestmark = pytest.mark.django_db


@pytest.fixture
def varld():
    return ny_varld()


@pytest.fixture
def skribent(client, varld):
    client.force_login(varld.skribent)
    return client


@pytest.mark.parametrize("utan", [False, True])
def test_consent_is_to_what_stood_on_the_page_and_nothing_that_came_after(skribent, varld, utan):
    """The check page stands in one tab, and in another a contact is added: the consent would name it unseen."""
    remiss = ny_remiss(varld, "utkast", kontakter="", kontakt_annan="")
    gammal = SAMTYCKE | {"version": skribent.get(adress("remiss_steg", remiss, 5)).context["version"]}
    fyll(skribent, remiss, 3, kontakter=["frivarden"])
    if utan:
        del gammal["version"]
    svar = skribent.post(adress("remiss_skicka", remiss), gammal)
    assert "Utkastet har ändrats sedan du öppnade sidan" in svar.content.decode()
    assert "<li>Frivården</li>" in svar.content.decode()
    assert (Remiss.objects.get(pk=remiss.pk).lage, Samtycke.objects.count()) == ("utkast", 0)
    skribent.post(adress("remiss_skicka", remiss), gammal | {"version": svar.context["version"]})
    assert "Frivården" in Samtycke.objects.get().parter


@pytest.mark.parametrize("version", ["", "abc", None])
def test_a_step_without_its_version_saves_over_nothing(skribent, varld, version):
    remiss = ny_remiss(varld, "utkast")
    data = STEG[4] | {"mal": "Skrivet i en gammal flik."} | ({} if version is None else {"version": version})
    svar = skribent.post(adress("remiss_steg", remiss, 4), data)
    assert svar.status_code == 200
    assert "Skrivet i en gammal flik." in svar.content.decode()
    assert "Det som är rätt ifyllt är sparat" not in svar.content.decode()
    assert Remiss.objects.get(pk=remiss.pk).mal == "Tolv timmar i veckan."


@pytest.mark.parametrize("ar", ["99999", "-1", "1" * 30, "nittonhundra"])
def test_a_year_of_birth_that_is_not_asked_is_no_error(skribent, varld, ar):
    """Typed before the choice was changed; the field is not seen any more."""
    remiss = ny_remiss(varld, "utkast")
    assert fyll(skribent, remiss, 1, fodelsear=ar).status_code == 302
    assert Remiss.objects.get(pk=remiss.pk).fodelsear == 1987
    svar = fyll(skribent, remiss, 1, fodelsear=ar, personnummer="870312-9800")
    assert list(svar.context["form"].errors) == ["personnummer"]
