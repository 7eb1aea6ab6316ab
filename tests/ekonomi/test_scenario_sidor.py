"""Scenarios on their pages: what is ticked, side by side, and filed as a paper that does not change."""

import pytest
from django.urls import reverse

from ekonomi import underlag, utfall
from ekonomi.models import Scenario, Scenariorad
from insatser.models import Ansokansar
from moten.models import Handling
from samordning.karna import filer
from tests.ekonomi.fabrik import budgetar, nytt_scenario
from tests.insatser.fabrik import version
from tests.insatser.fabrik_ansokan import ny_ansokan, skickad_ansokan

pytestmark = pytest.mark.django_db


def adress(namn, *args):
    return reverse(f"ekonomi:{namn}", args=args)


@pytest.fixture
def kansli(client, ny_anvandare):
    person = ny_anvandare("kansli")
    client.force_login(person)
    return person


def test_from_the_first_year_to_the_counted_page(client, kansli):
    ar, ansokan, utkast = budgetar(2027), skickad_ansokan(av=kansli), ny_ansokan()
    Ansokansar.objects.create(ansokan=ansokan, ar=2028, kronor=77_000)
    avslagen = skickad_ansokan(av=kansli, lage="avslagen")
    svar = client.post(adress("scenario_create"), {"rubrik": "Allt", "forsta_ar": ar.pk}, follow=True)
    scenario, sida = Scenario.objects.get(), svar.content.decode()
    assert f'name="kronor_{ansokan.pk}_2027" value="450000"' in sida
    assert "Söker också 2028: 77" in sida
    assert f"med_{utkast.pk}" not in sida
    assert f"med_{avslagen.pk}" not in sida
    url, sett = adress("scenario_edit", scenario.pk), version(client, adress("scenario_edit", scenario.pk))
    mitt = {"version": sett, "rubrik": "Allt", f"med_{ansokan.pk}": "on", f"kategori_{ansokan.pk}": "individ",
            f"kronor_{ansokan.pk}_2027": "400 000"}  # fmt: skip
    sida = client.post(url, mitt, follow=True).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "400 000 kr, 100 000 kr mer än det som inte är beslutat" in sida
    assert "77 000 kr för 2028" in sida
    form = client.post(url, mitt | {f"kronor_{ansokan.pk}_2027": "1"}).context["form"]
    assert [namn for namn, _ in form.nyare] == [ansokan.rubrik]
    assert Scenariorad.objects.get().kronor == 400_000


def test_the_pages_cost_the_same_with_more_in_them(client, kansli, assert_constant_queries):
    ar = budgetar(2027)
    ett = nytt_scenario(kansli, ar, skickad_ansokan(av=kansli))

    def mer():
        ansokan = skickad_ansokan(av=kansli)
        Scenariorad.objects.create(scenario=ett, ansokan=ansokan, kategori="individ", ar=2027, kronor=1)
        nytt_scenario(kansli, ar, ansokan)

    for url in (adress("scenario_list"), adress("scenario_detail", ett.pk), adress("scenario_edit", ett.pk)):
        assert_constant_queries(url, mer)


def test_side_by_side(client, kansli):
    ar = budgetar(2027)
    ansokan = skickad_ansokan(av=kansli)
    fyra = [nytt_scenario(kansli, ar, ansokan, kronor=nr * 200_000) for nr in range(4)]
    url = adress("scenario_jamfor")
    svar = client.get(url, {"s": [fyra[0].pk, fyra[1].pk, fyra[3].pk]})
    ((nr, kolumner),) = svar.context["per_ar"]
    assert (nr, [rad.kvar for rad in kolumner]) == (2027, [-300_000, 100_000, 300_000])  # the newest first
    assert kolumner[0].lage == "under_noll"
    assert "två eller tre" in client.get(url, {"s": [rad.pk for rad in fyra]}).context["form"].errors["s"][0]
    assert client.get(url).status_code == 200


def test_filed_in_a_case_it_is_frozen_and_says_who_reads_it(client, kansli, ny_anvandare):
    ar, ansokan, annan = budgetar(2027), skickad_ansokan(av=kansli), skickad_ansokan(av=kansli)
    scenario = nytt_scenario(kansli, ar, ansokan, annan)
    url = adress("scenario_underlag", scenario.pk)
    assert "Alla som ser ärendet kan läsa hela underlaget" in client.get(url).content.decode()
    inskick = client.get(url).context["form"]["inskick"].value()
    svar = client.post(url, {"arenden": [ansokan.arende_id], "inskick": str(inskick)})
    assert svar.status_code == 302
    client.post(url, {"arenden": [ansokan.arende_id], "inskick": str(inskick)})
    handling = Handling.objects.get()
    assert (handling.arende, handling.krets, handling.av) == (ansokan.arende, Handling.Krets.ALLA, kansli)
    assert filer.las(handling.fil)[:5] == b"%PDF-"
    assert "2027: ej beslutat 300" in handling.text
    fore = handling.text
    Scenariorad.objects.update(kronor=1)
    handling.refresh_from_db()
    assert handling.text == fore != underlag.text(utfall.rakna([scenario])[0])
    # What it was counted from stays; a draft that nobody has filed goes away, with who made it or the kansli.
    ta_bort = adress("scenario_ta_bort", scenario.pk)
    assert ta_bort not in client.get(adress("scenario_detail", scenario.pk)).content.decode()
    for skicka in (client.get, client.post):
        assert "är underlag i ett ärende" in skicka(ta_bort, follow=True).content.decode()
    assert scenario.rader.count() == 2
    ekonom = ny_anvandare("ekonom")
    client.force_login(ekonom)
    utkast = nytt_scenario(kansli, ar, ansokan)
    ta_bort = adress("scenario_ta_bort", utkast.pk)
    assert client.post(ta_bort).status_code == 403
    Scenario.objects.filter(pk=utkast.pk).update(skapad_av=ekonom)
    assert ta_bort in client.get(adress("scenario_detail", utkast.pk)).content.decode()
    assert "Ja, ta bort" in client.get(ta_bort).content.decode()
    assert client.post(ta_bort).status_code == 302
    assert list(Scenario.objects.all()) == [scenario]
    client.force_login(ny_anvandare("styrelse"))
    assert client.get(adress("scenario_detail", scenario.pk)).status_code == 403
