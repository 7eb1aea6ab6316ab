"""The outcome of the year before, fetched from its ledger."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ekonomi import foregaende
from ekonomi.models import Verksamhetsar
from samordning.karna.models import Handelse
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.insatser.fabrik import ny_insats

pytestmark = pytest.mark.django_db


@pytest.fixture
def aren(db):
    """(2019 with a ledger that its rules take whole, 2020)."""
    fjol, ar = nytt_ar(2019), nytt_ar(2020)
    garden = fjol.poster.create(rubrik="Gården", kategori="individ", belopp=200)
    akern = fjol.poster.create(rubrik="Åkern", kategori="individ", belopp=200, insats=ny_insats())
    hyra = fjol.poster.create(rubrik="Hyra", kategori="ovrigt", belopp=50)
    regel(fjol, "4010", garden, objekt="P1")
    regel(fjol, "4010", akern, objekt="P2")
    regel(fjol, "5010", hyra)
    regel(fjol, "3010", "huvudman")
    sparad(sie(), ar=fjol)
    ar.poster.create(rubrik="GÅRDEN", kategori="individ", belopp=1, foregaende=100)
    ar.poster.create(rubrik="Åkern och ängen", kategori="individ", belopp=1, insats=akern.insats)
    ar.poster.create(rubrik="Alldeles ny", kategori="individ", belopp=1, foregaende=7)
    return fjol, ar


def _url(ar):
    return reverse("ekonomi:foregaende_edit", args=[ar.pk])


def _fore(ar):
    return list(ar.poster.values_list("foregaende", flat=True))


def test_lines_are_the_same_by_name_and_else_by_insats(client, inloggad, aren):
    inloggad("ekonom")
    _, ar = aren
    svar = client.get(_url(ar))
    text = svar.content.decode()
    for vantat in (
        "Ändras (1)",
        "60,5",
        "2019: Åkern",
        "har redan bokföringens belopp",
        "Alldeles ny",
        "Hyra",
        "preliminärt",
    ):
        assert vantat in text, vantat
    assert _fore(ar) == [100, None, 7], "looking saves nothing"
    svar = client.post(_url(ar), {"avtryck": svar.context["form"]["avtryck"].value()})
    assert svar.url == reverse("ekonomi:ar_detail", args=[ar.pk])
    assert _fore(ar) == [100, Decimal("60.50"), 7]
    assert Handelse.objects.om(ar).get(namn="andrad").data == {
        "Åkern och ängen, året före": [None, "60.50"],
        "bokföringen": "2019",
    }
    assert Verksamhetsar.objects.get(pk=ar.pk).version == ar.version + 1
    assert "Spara utfallet" not in client.get(_url(ar)).content.decode(), "there is nothing more to fetch"


def test_what_finds_no_line_is_told_with_its_sum(aren):
    _, ar = aren
    assert foregaende.forslag(ar).utan == (("Hyra", Decimal("40.00")),)


def test_two_lines_of_one_insats_are_not_guessed(aren):
    _, ar = aren
    ar.poster.create(rubrik="Åkern, mer", kategori="individ", belopp=1, insats=ar.poster.all()[1].insats)
    ut = foregaende.forslag(ar)
    assert [rad.efter for rad in ut.rader] == [100, None, None, None]
    assert ("Åkern", Decimal("60.50")) in ut.utan


def test_two_lines_of_one_name_do_not_get_the_same_money_twice(aren):
    _, ar = aren
    ar.poster.create(rubrik="Gården", kategori="individ", belopp=1)
    assert [rad.efter for rad in foregaende.forslag(ar).rader] == [100, Decimal("60.50"), None, None]


def test_an_exact_insats_does_not_take_what_has_its_name_elsewhere(aren):
    """A line by name goes before a line by insats, whichever stands first."""
    fjol, ar = aren
    insats = fjol.poster.get(rubrik="Åkern").insats
    ar.poster.all().delete()
    ar.poster.create(rubrik="Annat", kategori="individ", belopp=1, insats=insats)
    ar.poster.create(rubrik="Åkern", kategori="individ", belopp=1)
    assert [rad.efter for rad in foregaende.forslag(ar).rader] == [None, Decimal("60.50")]


def test_a_ledger_that_is_not_reconciled_gives_nothing(client, inloggad, aren):
    inloggad("kansli")
    fjol, ar = aren
    fjol.regler.filter(konto_fran="5010").delete()
    svar = client.get(_url(ar))
    text = svar.content.decode()
    assert "Bokföringen 2019 är inte avstämd" in text
    assert "1 rad för 40" in text
    assert "Spara utfallet" not in text
    client.post(_url(ar), {"avtryck": svar.context["form"]["avtryck"].value()})
    assert _fore(ar) == [100, None, 7]


def test_without_a_ledger_the_page_says_what_to_do(client, inloggad, aren):
    inloggad("kansli")
    text = client.get(_url(nytt_ar(2030))).content.decode()
    assert "Läs in bokföringen för det året" in text


def test_a_closed_year_gives_fixed_figures(client, inloggad, aren):
    inloggad("kansli")
    fjol, ar = aren
    Verksamhetsar.objects.filter(pk=fjol.pk).update(lage="avslutat")
    text = client.get(_url(ar)).content.decode()
    assert "Utfallet är fastställt" in text
    assert "preliminärt" not in text


def test_what_changed_while_one_looked_is_shown_again(client, inloggad, aren):
    inloggad("kansli")
    fjol, ar = aren
    avtryck = client.get(_url(ar)).context["form"]["avtryck"].value()
    ar.poster.filter(rubrik="GÅRDEN").update(foregaende=1)
    text = client.post(_url(ar), {"avtryck": avtryck}).content.decode()
    assert "har ändrats medan du tittade" in text
    assert "Ändras (2)" in text
    assert _fore(ar) == [1, None, 7]


def test_a_decided_budget_is_left_alone(client, inloggad, aren):
    inloggad("kansli")
    _, ar = aren
    ar._overga("faststall", av=None)
    assert "går inte att ändra" in client.get(_url(ar), follow=True).content.decode()
    client.post(_url(ar), {})
    assert _fore(ar) == [100, None, 7]


def test_the_year_offers_it_when_there_is_a_ledger(client, inloggad, aren):
    inloggad("ekonom")
    fjol, ar = aren
    assert _url(ar) in client.get(reverse("ekonomi:ar_detail", args=[ar.pk])).content.decode()
    assert _url(fjol) not in client.get(reverse("ekonomi:ar_detail", args=[fjol.pk])).content.decode()
    inloggad("styrelse")
    assert _url(ar) not in client.get(reverse("ekonomi:ar_detail", args=[ar.pk])).content.decode()


def test_an_outcome_below_nothing_can_be_kept_on_the_years_page(client, inloggad, aren):
    """A credit note: the ledger has it, and the form of the year takes it back as it was, but lets nobody type one."""
    inloggad("kansli")
    _, ar = aren
    ar.poster.filter(rubrik="GÅRDEN").update(foregaende=-5)
    form = client.get(reverse("ekonomi:ar_edit", args=[ar.pk])).context["form"]
    assert [form.fields[f"foregaende_{nr}"].min_value for nr in range(3)] == [None, 0, 0]


def test_the_page_costs_the_same_with_more_lines(inloggad, aren, assert_constant_queries):
    inloggad("kansli")

    def en_till():
        for ar in aren:
            ar.poster.create(rubrik=f"Rad {ar.poster.count()}", kategori="ovrigt", belopp=1)

    assert_constant_queries(_url(aren[1]), en_till)
