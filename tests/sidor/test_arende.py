"""The whole life of a case on one page, and the same as PDF (MB1)."""

import datetime
import re
from types import SimpleNamespace

import page
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser import inlamning
from insatser.models import Ansokan
from moten.models import Beslut, Handling, Jav, Yttrande
from samordning.karna import pdf
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt, Part, Rapportversion
from samordning.karna.paneler import Atgard, NastaSteg, Tidsrad
from samordning.sidor import arende_sida
from tests.insatser.fabrik import ny_insats, nytt_avtal
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ny_runda, nytt_organ
from tests.uppfoljning.tryck import sidor, strommar

D = datetime.date


def sida(arende, namn="sidor:arende"):
    return reverse(namn, args=[arende.pk])


def rad(dag, text="Något", tid="klar", **mer):
    return Tidsrad(dag, text, tid=tid, **mer)


@pytest.fixture
def panel(monkeypatch):
    """`panel(tidslinje=[...], atgarder=[...])` sets what the panels answer, the lowest first."""

    def satt(*paneler, **svar):
        paneler = [SimpleNamespace(**{namn: lambda *_, v=v: v for namn, v in p.items()}) for p in (paneler or [svar])]
        monkeypatch.setattr(arende_sida, "PANELER", tuple(paneler))

    return satt


# ---- The order of the rows


def test_planned_first_then_now_then_done_newest_first():
    rader = [
        rad(D(2024, 1, 1), "a"), rad(D(2025, 1, 1), "b"), rad(D(2025, 1, 1), "c"), rad(D(2026, 6, 1), "nu", "nu"),
        rad(None, "utan dag", "kommer"), rad(D(2027, 1, 1), "nära", "kommer"), rad(D(2028, 1, 1), "fjärran", "kommer"),
    ]  # fmt: skip
    synliga = [rad.rubrik for rad, _ in arende_sida.tidslinje(rader).rader]
    assert synliga == ["fjärran", "nära", "utan dag", "nu", "c", "b", "a"]
    assert [rad.rubrik for rad in arende_sida.aldst_forst(rader)] == [
        "a", "b", "c", "nu", "nära", "fjärran", "utan dag"
    ]  # fmt: skip
    assert not arende_sida.tidslinje([])
    samma_dag = [rad(D(2026, 1, 1), namn, slag=namn) for namn in ("", "beslut", "ansokan", "avtal", "yttrande")]
    assert [rad.slag for rad in arende_sida.aldst_forst(samma_dag)] == ["ansokan", "", "yttrande", "beslut", "avtal"]


def test_sixty_rows_are_folded_by_year_and_none_is_lost():
    rader = [rad(D(2022, 1, 1) + datetime.timedelta(20 * nr), str(nr), slag="beslut") for nr in range(60)]
    rader += [rad(D(2027, manad, 1), "plan", "kommer") for manad in range(1, 13)]
    linje = arende_sida.tidslinje(rader)
    assert (len(linje.langre_fram), len(linje.rader)) == (6, 6 + 15)
    assert [(ar.ar, ar.delat) for ar in linje.aldre] == [(2024, True), (2023, False), (2022, False)]
    alla = [r for r, _ in [*linje.langre_fram, *linje.rader, *(rad for ar in linje.aldre for rad in ar.rader)]]
    assert sorted(map(id, alla)) == sorted(map(id, rader))
    assert {bild for _, bild in linje.rader} == {"scale", "flag"}
    assert arende_sida.tidslinje([rad(D(2024, 1, nr + 1)) for nr in range(18)]).aldre == [], "three are not folded"


# ---- The page


def test_the_next_step_and_who_holds_it_come_first_and_one_button_is_primary(inloggad, panel):
    klient = inloggad("kansli")
    ansokan = skickad_ansokan()
    lag = {
        "nasta_steg": NastaSteg("Skicka till beredningsgruppen", "kansliet"),
        "fakta": [("Handläggare", "Karin"), ("Diarium", "A")],
        "atgarder": [Atgard("Skicka till styrelsen", "/a/", huvudsak=True, metod="post")],
        "tidslinje": [rad(D(2026, 1, 1), "Ansökan kom in", lankar=(("Läs ansökan", "/l/"),))],
    }
    hog = {
        "nasta_steg": NastaSteg("Skriv avtalet", "Karin Åberg", D(2026, 6, 13), "Beslutet är justerat."),
        "fakta": [("Diarium", "B")],
        "atgarder": [Atgard("Skriv avtal", "/b/", huvudsak=True), Atgard("Rekvirera", "/c/")],
        "tidslinje": [rad(D(2026, 2, 1), "Beslut", slag="beslut", citat="Styrelsen <beviljar>.")],
    }
    panel(lag, hog)
    text = klient.get(sida(ansokan.arende)).content.decode()
    assert text.index("Skriv avtalet") < text.index("Händelser") < text.index("Om ärendet")
    assert "Karin Åberg" in text
    assert "Skicka till beredningsgruppen" not in text, "the highest app that has a next step wins"
    assert re.findall(r'class="btn btn-primary"[^>]*>([^<]+)', text) == ["Skicka till styrelsen"]
    assert '<form method="post" action="/a/"><input type="hidden" name="csrfmiddlewaretoken"' in text
    assert '<a class="btn btn-outline-primary" href="/b/">Skriv avtal</a>' in text
    assert '<blockquote class="beslut"><p>Styrelsen &lt;beviljar&gt;.</p></blockquote>' in text
    assert '<a href="/l/">Läs ansökan</a>' in text
    assert ("<dd>A</dd>" in text, "<dd>B</dd>" in text) == (True, False), "the first that uses a label has it"


def test_a_case_with_nothing_but_its_arrival_and_one_that_has_ended(inloggad, panel, ny_anvandare):
    klient = inloggad("kansli")
    panel()
    arende = skickad_ansokan().arende
    text = klient.get(sida(arende)).content.decode()
    for ord_ in ("Kansliet bestämmer vad som händer härnäst.", "Inget har hänt än", "Inga handlingar än.", "Inkommen"):
        assert ord_ in text, ord_
    arende.flytta("aterkalla", av=ny_anvandare("kansli"))
    text = klient.get(sida(arende)).content.decode()
    assert "Inget mer ska göras i ärendet." in text
    assert "Återkallad" in text


def test_the_road_leaves_out_what_was_skipped(ny_anvandare):
    kansli = ny_anvandare("kansli")
    vag = lambda ansokan: [(e.namn, e.tid) for e in arende_sida.hamta(ansokan.arende, kansli).vag]  # noqa: E731
    assert vag(skickad_ansokan(av=kansli)) == [
        ("Kom in", "nu"), ("Beredning", "kommer"), ("Arbetsutskott", "kommer"), ("Styrelse", "kommer"),
        ("Beslut", "kommer"), ("Avslut", "kommer"),
    ]  # fmt: skip
    assert vag(skickad_ansokan(av=kansli, lage="styrelse"))[:4] == [
        ("Kom in", "klar"), ("Beredning", "klar"), ("Styrelse", "nu"), ("Beslut", "kommer")
    ]  # fmt: skip
    assert vag(skickad_ansokan(av=kansli, lage="avslagen"))[-1] == ("Beslut", "klar")


def test_each_sees_their_own(inloggad, ny_anvandare, client):
    """Another part's case does not exist; internal papers, the log and the kansli's buttons are the kansli's."""
    min_, annan = ny_part(), ny_part()
    arende = skickad_ansokan(min_, ny_part(), av=ny_anvandare("kansli")).arende
    for rubrik, krets in (("Öppen skrivelse", "alla"), ("Intern anteckning", "intern")):
        Handling.objects.create(arende=arende, rubrik=rubrik, text="Texten.", krets=krets)
    Handling.objects.create(arende=arende, rubrik="Fel skrivelse", text="Feltexten.", makulerad="Fel ärende")
    Jav.objects.create(arende=arende, kontakt=Kontakt.objects.create(namn="Anna Ek", part=min_))
    text = inloggad("partsforetradare", part=min_).get(sida(arende)).content.decode()
    for ord_ in ("Öppen skrivelse", "Makulerad: Fel ärende", "Anna Ek", min_.namn):
        assert ord_ in text, ord_
    for ord_ in ("Intern anteckning", "Feltexten", "vem som gjorde vad", "Makulera<"):
        assert ord_ not in text, ord_
    for roll, part in (("partsforetradare", annan), ("styrelse", None), ("remittent", min_), ("drift", None)):
        for namn in ("sidor:arende", "sidor:arende_pdf"):
            assert inloggad(roll, part=part).get(sida(arende, namn)).status_code == 404, (roll, namn)
    text = inloggad("kansli").get(sida(arende)).content.decode()
    assert "Intern anteckning" in text
    assert "vem som gjorde vad" in text


def test_sentences_of_a_released_version_are_shown_with_the_report_that_they_are_from(inloggad):
    klient = inloggad("styrelse")
    version = Rapportversion.objects.create(
        typ="halvar", version=1, malgrupp="styrelse", varden={}, fingeravtryck="x", lage="slappt", slappt=nu()
    )  # fmt: skip
    avtal = nytt_avtal(ny_insats(), D(2026, 1, 1), D(2026, 12, 31), optioner=1)
    ansokan = skickad_ansokan(
        slag="forlangning", avtal=avtal, resultat="Insatsen tog emot 13.", rapportversion=version, lage="beredning"
    )
    Handling.objects.create(
        arende=ansokan.arende, rubrik="Resultat 2023", text="Sex avslut var positiva.", rapportversion=version
    )  # fmt: skip
    text = klient.get(sida(ansokan.arende)).content.decode()
    for ord_ in ("Insatsen tog emot 13.", "Sex avslut var positiva.", f"/uppfoljning/rapporter/{version.uuid}/"):
        assert ord_ in text, ord_
    # What the parties write while they complete it is theirs until they send it.
    Ansokan.objects.filter(pk=ansokan.pk).update(resultat="Halvfärdig mening")
    text = klient.get(sida(ansokan.arende)).content.decode()
    assert "Insatsen tog emot 13." in text
    assert "Halvfärdig" not in text


def test_a_long_history_costs_the_same(client, ny_anvandare):
    """Three opinions, versions and papers, or thirty: the same queries on the page and in the PDF."""
    kansli = ny_anvandare("kansli")
    client.force_login(kansli)
    ansokan = skickad_ansokan(av=kansli, lage="beredning")
    runda, organ, nr = ny_runda(ansokan.arende), nytt_organ("au"), iter(range(1000))

    def fyll_pa(antal):
        for i in (next(nr) for _ in range(antal)):
            Yttrande.objects.create(runda=runda, grupp=f"Grupp {i}", stallning="medskick", text="Ja.", inkom=idag())
            inlamning.spara_version(ansokan, av=kansli)
            Handling.objects.create(arende=ansokan.arende, rubrik=f"Handling {i}", text="Text.", av=kansli)
            dag = D(2025, 1, 1) - datetime.timedelta(i)
            Beslut.objects.create(arende=ansokan.arende, organ=organ, datum=dag, paragraf=f"§ {i}", utfall="aterremiss")

    def fragor():
        with CaptureQueriesContext(connection) as lista:
            assert client.get(sida(ansokan.arende)).status_code == 200
        return len(lista)

    fyll_pa(3)
    fragor()  # warms sessions and caches
    fore = fragor()
    fyll_pa(27)
    assert fragor() == fore


# ---- On paper


def test_the_pdf_tells_it_oldest_first_with_the_papers(inloggad, panel):
    klient = inloggad("kansli")
    arende = skickad_ansokan().arende
    panel(
        nasta_steg=NastaSteg("Styrelsen beslutar", "kansliet", D(2026, 6, 13)),
        tidslinje=[rad(D(2026, 3, 1), "Yttranden", citat="Gruppen står bakom."), rad(D(2026, 1, 1), "Ansökan kom in")],
    )
    Handling.objects.create(arende=arende, rubrik="Tjänsteutlåtande", text="Bifall.")
    Jav.objects.create(arende=arende, kontakt=Kontakt.objects.create(namn="Anna Ek", part=Part.objects.forbund()))
    svar = klient.get(sida(arende, "sidor:arende_pdf"))
    assert svar["Content-Disposition"] == f'attachment; filename="arende-{arende.ar}-{arende.lopnummer}.pdf"'
    text = " ".join(" ".join(sidor(svar.content)).split())
    for ord_ in (
        "Styrelsen beslutar",
        "Gruppen står bakom.",
        f"Anna Ek ({Part.objects.forbund()}), jäv",
        "Tjänsteutlåtande",
        arende.diarienummer,
    ):
        assert ord_ in text, ord_
    assert text.index("Ansökan kom in") < text.index("Yttranden")
    assert f"Ärende {arende.diarienummer}: {arende.rubrik}".encode() in strommar(svar.content)
    granskad = page.validate_pdf_bytes(svar.content, profile=page.ValidationProfile.PDF_UA_1)
    assert granskad.is_compliant, granskad.failures


def test_without_pango_the_page_says_what_to_do(inloggad, monkeypatch):
    def saknas(*_, **__):
        raise pdf.PdfSaknas("Pango saknas.")

    monkeypatch.setattr(pdf, "gor", saknas)
    klient = inloggad("kansli")
    arende = skickad_ansokan().arende
    svar = klient.get(sida(arende, "sidor:arende_pdf"), follow=True)
    assert svar.redirect_chain == [(sida(arende), 302)]
    assert "Skriv ut sidan i stället." in svar.content.decode()
