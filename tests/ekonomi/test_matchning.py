"""A requisition and the row where it is booked: proposed, joined by hand, taken apart, one of each."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ekonomi import bok_spara, matchning
from ekonomi.models import Bokkoppling, Budgetpost, Verifikationsrad
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition

pytestmark = pytest.mark.django_db


def _betald(ny_anvandare, period="H1", belopp=100, avtal=None, lage="betald"):
    a, b, c = (ny_anvandare("kansli") for _ in range(3))
    avtal = avtal or avtal_med_pengar(ar=2019)
    return ny_rekvisition(avtal, a, period=period, belopp=belopp, lage=lage, attest=(b, c))


def _ver(nr, dag, text, belopp="100.00", konto="4010"):
    return "A", str(nr), dag, text, ((konto, "", belopp), ("2440", "", f"-{belopp}"))


def _forslag(rekvisition):
    return matchning.forslag(nytt_ar(), [rekvisition])[rekvisition.pk]


def test_the_row_with_the_number_comes_before_the_one_with_the_day(ny_anvandare):
    rekvisition = _betald(ny_anvandare)
    sparad(sie([
        _ver(1, "1231", "Samma dag"), _ver(2, "1220", f"Rekvisition {rekvisition.pk}, insatsen"),
        _ver(3, "1231", "Annat belopp", "99.00"), _ver(4, "0301", "Långt före"),
        _ver(5, "1230", f"Rekvisition {rekvisition.pk}7"),
    ]))  # fmt: skip
    forslag = _forslag(rekvisition)
    assert [str(ett.rad.verifikation) for ett in forslag] == ["A 2", "A 1", "A 5"]
    assert forslag[0].ensam
    assert "texten nämner rekvisition" in forslag[0].varfor
    assert "samma dag som den betalades" in forslag[1].varfor
    assert all(ett.rad.konto == "4010" for ett in forslag), "a debt is no cost"


def test_two_that_speak_as_well_are_nobodys_own(ny_anvandare):
    rekvisition = _betald(ny_anvandare)
    sparad(sie([_ver(1, "1231", ""), _ver(2, "1231", "")]))
    assert [ett.ensam for ett in _forslag(rekvisition)] == [False, False]
    andra = _betald(ny_anvandare)
    rad = Verifikationsrad.objects.filter(konto="4010").first()
    matchning.koppla(andra, rad, av=andra.skapad_av)
    assert [ett.ensam for ett in _forslag(rekvisition)] == [True]


def test_one_row_has_one_requisition_and_the_other_way_round(ny_anvandare):
    rekvisition, andra, utkast = _betald(ny_anvandare), _betald(ny_anvandare), _betald(ny_anvandare, lage="inskickad")
    sparad(sie([_ver(1, "1231", ""), _ver(2, "1231", "")]))
    en, annan = Verifikationsrad.objects.filter(konto="4010")
    koppling = matchning.koppla(rekvisition, en, av=rekvisition.skapad_av)
    fall = ((andra, en, "hör redan"), (rekvisition, annan, "redan kopplad"), (utkast, annan, "inskickad"))
    for fel, rad, text in fall:
        with pytest.raises(OtillatenOvergang, match=text):
            matchning.koppla(fel, rad, av=fel.skapad_av)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bokkoppling.objects.create(rekvisition=andra, rad=en, av=andra.skapad_av)
    assert [rad.namn for rad in Handelse.objects.om(rekvisition)][0] == "bokford"
    matchning.lossa(koppling, av=rekvisition.skapad_av)
    assert matchning.koppla(andra, en, av=andra.skapad_av)


def test_an_import_that_a_requisition_is_joined_to_is_not_undone(ny_anvandare):
    rekvisition = _betald(ny_anvandare)
    importen = sparad(sie([_ver(1, "1231", "")]))
    matchning.koppla(rekvisition, Verifikationsrad.objects.get(konto="4010"), av=rekvisition.skapad_av)
    with pytest.raises(bok_spara.KanInteSparas, match="1 rekvisition är kopplad till dess verifikationer"):
        bok_spara.angra(importen, av=None)


def test_the_page_shows_what_is_left_on_both_sides(ny_anvandare, client, inloggad):
    rekvisition = _betald(ny_anvandare)
    ar = nytt_ar()
    post = Budgetpost.objects.create(verksamhetsar=ar, rubrik="Insats", kategori="individ", belopp=1)
    ledning = Budgetpost.objects.create(verksamhetsar=ar, rubrik="Resor", kategori="ledning", block="ledning", belopp=1)
    sparad(sie([_ver(1, "1231", f"Rekvisition {rekvisition.pk}"), _ver(2, "0301", "Hyra", "30.00", "5010"),
                _ver(3, "0301", "Resa", "20.00", "5810")]))  # fmt: skip
    regel(ar, "4000", post, till="5799")
    regel(ar, "5810", ledning)
    inloggad("ekonom")
    url = reverse("ekonomi:matchning_list", args=[ar.pk])
    svar = client.get(url)
    assert [rad for rad, _ in svar.context["vantande"]] == [rekvisition]
    assert [str(rad.verifikation) for rad in svar.context["sida"]] == ["A 2", "A 1"]
    (_, (forslag,)) = svar.context["vantande"][0]
    koppla = reverse("ekonomi:matchning_create", args=[rekvisition.pk])
    assert client.post(koppla, {"rad": forslag.rad.pk}).status_code == 302
    svar = client.get(url)
    assert (svar.context["vantande"], [str(rad.verifikation) for rad in svar.context["sida"]]) == ([], ["A 2"])
    assert "redan kopplad, eller inte attesterad" in client.get(koppla).content.decode()
    detalj = reverse("ekonomi:rekvisition_detail", args=[rekvisition.pk])
    assert "A 1, 31 december 2019" in client.get(detalj).content.decode().replace("\xa0", " ")
    assert client.post(reverse("ekonomi:matchning_ta_bort", args=[Bokkoppling.objects.get().pk])).status_code == 302
    assert not Bokkoppling.objects.exists()
    assert "Kopplingen till bokföringen togs bort" in client.get(detalj).content.decode()


def test_a_row_is_chosen_by_hand_when_nothing_fits(ny_anvandare, client, inloggad):
    rekvisition = _betald(ny_anvandare)
    nytt_ar()
    sparad(sie([_ver(1, "0301", "Delbetalning", "60.00")]))
    inloggad("ekonom")
    url = reverse("ekonomi:matchning_create", args=[rekvisition.pk])
    assert "Delbetalning" in client.get(url).content.decode()
    assert "Välj en rad i bokföringen." in client.post(url).content.decode()
    skuld = Verifikationsrad.objects.get(konto="2440")
    assert "finns inte längre" in client.post(url, {"rad": skuld.pk}).content.decode()
    kostnad = Verifikationsrad.objects.get(konto="4010")
    svar = client.post(url, {"rad": kostnad.pk}, follow=True)
    assert "Bokfört 60 kr: det skiljer." in svar.content.decode()


def test_what_is_paid_after_the_year_is_found_in_the_next(ny_anvandare):
    rekvisition = _betald(ny_anvandare, lage="attesterad", period="H2")
    sparad(sie([_ver(1, "0215", "Sent")], ar=2020), ar=nytt_ar(2020))
    assert [ett.rad.datum for ett in _forslag(rekvisition)] == [datetime.date(2020, 2, 15)]


def test_the_page_costs_the_same_with_more(ny_anvandare, inloggad, assert_constant_queries):
    ar, nummer = nytt_ar(), iter(range(1, 100))
    post = Budgetpost.objects.create(verksamhetsar=ar, rubrik="Insats", kategori="individ", belopp=1)
    regel(ar, "4010", post)
    inloggad("kansli")

    def fler():
        nr = next(nummer)
        sparad(sie([_ver(f"{nr}0", "1231", "Kopplas", f"{nr}.00"), _ver(nr, "1231", "", "77.00")]))
        kopplas = _betald(ny_anvandare, belopp=nr)
        matchning.koppla(kopplas, Verifikationsrad.objects.get(konto="4010", belopp=nr), av=kopplas.skapad_av)
        _betald(ny_anvandare, belopp=77)

    assert_constant_queries(reverse("ekonomi:matchning_list", args=[ar.pk]), fler)
