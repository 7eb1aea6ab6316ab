"""What a case says about itself, and what waits for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten import paneler
from moten.models import Beslut, Yttrande
from samordning.karna.kalender import idag
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ny_runda, nytt_mote, nytt_organ

pytestmark = pytest.mark.django_db


@pytest.fixture
def fk():
    return ny_part("Försäkringskassan", "fk")


def test_the_kansli_is_told_of_what_is_new_completed_late_and_not_justerat(
    kommun, fk, ny_anvandare, django_assert_num_queries
):
    kansli = ny_anvandare("kansli")
    nytt = skickad_ansokan(kommun, fk).arende
    taget = skickad_ansokan(kommun, fk).arende
    taget.handlaggare = kansli
    taget.save()
    kompletterat = skickad_ansokan(kommun, fk, lage="komplettering").arende
    kompletterat.flytta("komplettera", av=None)
    sent = ny_runda(skickad_ansokan(kommun, fk, lage="beredning").arende, "Grupp 1", senast=idag() - timedelta(1))
    ny_runda(skickad_ansokan(kommun, fk, lage="beredning").arende, "Grupp 1")
    beviljat = skickad_ansokan(kommun, fk, lage="beviljad").arende
    beslut = Beslut.objects.create(
        arende=beviljat, organ=nytt_organ(), datum=idag() - timedelta(14), paragraf="§ 1", utfall="bifall"
    )
    kansli.pagaende_uppdrag  # noqa: B018
    with django_assert_num_queries(7):
        rader = paneler.att_gora(kansli)
    assert [(rad.text.split(" 20")[0], rad.url) for rad in rader] == [
        ("Gå igenom", reverse("sidor:arende", args=[nytt.pk])),
        ("Läs kompletteringen i", reverse("sidor:arende", args=[kompletterat.pk])),
        ("Stäng yttranderundan om", reverse("moten:runda_detail", args=[sent.pk])),
        ("Skriv in när protokollet med § 1 justerades", reverse("moten:beslut_edit", args=[beslut.pk])),
    ]
    assert paneler.att_gora(ny_anvandare("partsforetradare", part=kommun)) == []


def test_a_heap_of_cases_is_told_in_one_row(kommun, fk, ny_anvandare, monkeypatch):
    monkeypatch.setattr(paneler, "FLEST", 2)
    kansli = ny_anvandare("kansli")
    for _ in range(5):
        skickad_ansokan(kommun, fk)
    *rader, sist = paneler.att_gora(kansli)
    assert len(rader) == 2
    assert (sist.text, sist.url) == ("Gå igenom 3 ärenden till", f"{reverse('moten:arende_list')}?lage=inkommen")


def test_a_preparation_group_is_told_of_its_own_opinions_until_they_are_given(kommun, fk, ny_anvandare):
    runda = ny_runda(skickad_ansokan(kommun, fk, lage="beredning").arende)
    eget, _ = (Yttrande.objects.create(runda=runda, part=part) for part in (kommun, fk))
    user = ny_anvandare("beredning", part=kommun)
    (rad,) = paneler.att_gora(user)
    assert (rad.url, rad.dag) == (reverse("moten:yttrande_edit", args=[eget.pk]), runda.senast)
    Yttrande.objects.filter(pk=eget.pk).update(stallning="avstar", inkom=idag())
    assert paneler.att_gora(user) == []


def test_the_timeline_costs_the_same_however_long_and_quotes_the_demands(
    kommun, fk, ny_anvandare, django_assert_num_queries
):
    arende = skickad_ansokan(kommun, fk, lage="styrelse").arende
    kansli, part = ny_anvandare("kansli"), ny_anvandare("partsforetradare", part=kommun)
    mote = nytt_mote("styrelse", om=20)
    for user in (kansli, part):
        user.pagaende_uppdrag  # noqa: B018
    for nr in range(1, 3):
        runda = ny_runda(arende, "Grupp 1", "Grupp 2")
        runda.yttranden.filter(grupp="Grupp 1").update(stallning="medskick", text="Ta med vården.", inkom=idag())
        runda.stang(av=None, sammanfattning="Gruppen står bakom.\nMedskick:\n– Grupp 1: Ta med vården.")
        Beslut.objects.create(
            arende=arende, organ=nytt_organ("au"), datum=idag(), paragraf=f"§ {nr}", utfall="aterremiss"
        )
        with django_assert_num_queries(6):
            rader = paneler.tidslinje(arende, kansli)
    ny_runda(arende, "Grupp 1")
    yttrade, beslutade = "1 av 2 grupper yttrade sig", "Arbetsutskott: återremiss, §"
    assert [rad.rubrik for rad in rader] == [
        "Skickades till beredningsgruppen", "Skickades till styrelsen", yttrade, f"{beslutade} 1", yttrade,
        f"{beslutade} 2", "Styrelse möts",
    ]  # fmt: skip
    assert [rad.tid for rad in rader] == ["klar"] * 6 + ["kommer"]
    assert rader[2].citat == "– Grupp 1: Ta med vården."
    assert rader[-1].dag == mote.dag
    assert "Yttranden: 0 av 1 inne" in [rad.rubrik for rad in paneler.tidslinje(arende, kansli)]
    assert "Yttranden: 0 av 1 inne" not in [rad.rubrik for rad in paneler.tidslinje(arende, part)]


def test_each_state_says_who_holds_it_and_offers_only_what_it_allows(kommun, fk, ny_anvandare):
    kansli = ny_anvandare("kansli", namn="Anna Lindgren")
    huvud, annan = ny_anvandare("partsforetradare", part=kommun), ny_anvandare("partsforetradare", part=fk)
    mote = nytt_mote("styrelse")
    vantat = {
        "inkommen": ("kansliet", {"runda_create", "arende_till_beredning", "arende_till_au", "arende_till_styrelse"}),
        "komplettering": ("parterna", set()),
        "beredning": ("kansliet", {"runda_create", "arende_till_au", "arende_till_styrelse"}),
        "au": ("arbetsutskottet", {"runda_create", "beslut_create", "arende_till_styrelse"}),
        "styrelse": ("styrelsen", {"runda_create", "beslut_create"}),
        "beviljad": ("kansliet", {"arende_avsluta"}),
        "avslagen": (None, set()),
    }
    alltid = {"handlaggare_edit", "handling_create", "jav_edit"}
    for lage, (vem, urler) in vantat.items():
        arende = skickad_ansokan(kommun, fk, lage=lage).arende
        nasta = paneler.nasta_steg(arende, kansli)
        assert (nasta and nasta.ansvarig) == vem
        fore = {"arende_aterkalla"} if lage not in ("beviljad", "avslagen") else set()
        knappar = paneler.atgarder(arende, kansli)
        assert {rad.url for rad in knappar} == {
            reverse(f"moten:{namn}", args=[arende.pk]) for namn in urler | alltid | fore
        }
        assert sum(rad.huvudsak for rad in knappar) <= 1
        assert {rad.url for rad in paneler.atgarder(arende, huvud)} == {
            reverse(f"moten:{namn}", args=[arende.pk]) for namn in fore
        }
        assert paneler.atgarder(arende, annan) == []
        if lage == "styrelse":
            assert nasta.dag == mote.dag
        if lage == "beredning":
            runda = ny_runda(arende, "Grupp 1")
            assert paneler.nasta_steg(arende, kansli).dag == runda.senast
            Yttrande.objects.create(runda=runda, part=kommun)
            assert [rad.text for rad in paneler.atgarder(arende, ny_anvandare("beredning", part=kommun))] == [
                "Skriv yttrandet"
            ]
            runda.stang(av=None, sammanfattning="Ja.")
            assert paneler.nasta_steg(arende, kansli).text == "Kansliet skickar ärendet vidare"
    arende.handlaggare = kansli
    assert paneler.fakta(arende, huvud) == [("Huvudpart", "Granviks kommun")]
