"""Where is my application, the whole of one, its versions side by side, a completion, a rework, ideas, the panels."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser import ansokan_paneler, inlamning
from insatser.jamforelse import BORTA, LIKA, NY, avsnitt_for_avsnitt, skillnad
from insatser.models import Ansokan, Bilaga, Ide, Kompletteringspunkt
from moten.models import Beslut
from samordning.karna.kalender import idag
from samordning.karna.models import Anvandare, Fil
from tests.conftest import Klient
from tests.insatser.fabrik import ny_insats, version
from tests.insatser.fabrik_ansokan import adress, ny_ansokan, ny_part, skickad_ansokan
from tests.moten.fabrik import ny_runda, nytt_mote, nytt_organ

pytestmark = pytest.mark.django_db
LISTA = reverse("ansokan:ansokan_list")
SENAST = idag() + datetime.timedelta(10)


@pytest.fixture
def part(inloggad, tibro):
    """Logged in for Tibro."""
    return inloggad("partsforetradare", part=tibro)


def punkt(ansokan, avsnitt="behov", text="Skriv hur ni vet det."):
    return Kompletteringspunkt.objects.create(ansokan=ansokan, avsnitt=avsnitt, text=text, senast=SENAST)


@pytest.fixture
def kompletteras(tibro, skovde):
    ansokan = skickad_ansokan(tibro, skovde, lage="beredning")
    ansokan.arende.flytta("begar_komplettering", av=None)
    punkt(ansokan)
    return ansokan


# ---- The list


def test_the_list_says_where_each_is_and_what_is_asked(part, tibro, skovde, kompletteras):
    skickad_ansokan(tibro, skovde, rubrik="I styrelsen", lage="styrelse")
    mote = nytt_mote("styrelse", om=60)
    nytt_mote("beredning", om=3)
    utkast = ny_ansokan(skovde, tibro, rubrik="Vårt utkast", bakom=False)
    ny_ansokan(ny_part("Hjo kommun"), rubrik="De andras")
    rader = {rad.ansokan.rubrik: rad for rad in part.get(LISTA).context["rader"]}
    assert set(rader) == {"Gläntan", "I styrelsen", "Vårt utkast"}
    assert (rader["Gläntan"].begart, rader["Gläntan"].senast) == ("Komplettera ansökan", SENAST)
    assert (rader["I styrelsen"].mote, rader["I styrelsen"].begart) == (mote, "")
    assert rader["Vårt utkast"].url == adress("parter", utkast)

    def visas(visa):
        return {rad.ansokan.rubrik for rad in part.get(LISTA, {"visa": visa}).context["rader"]}

    assert visas("utkast") == {"Vårt utkast"}
    assert visas("kompletteras") == {"Gläntan"}
    assert visas("pagar") == {"Gläntan", "I styrelsen"}
    assert visas("avslutade") == set()
    assert "Visa alla" in part.get(LISTA, {"visa": "avslutade"}).content.decode()


def test_the_list_costs_the_same_with_more(part, tibro, skovde, assert_constant_queries):
    def en_till():
        ansokan = skickad_ansokan(tibro, skovde, lage="komplettering")
        punkt(ansokan)
        skickad_ansokan(tibro, skovde, lage="beredning")
        ny_ansokan(tibro, skovde, bakom=False)

    assert_constant_queries(LISTA, en_till)


def test_the_empty_list_says_how_and_when(part):
    html = part.get(LISTA).content.decode()
    assert "Minst två parter söker tillsammans" in html
    assert reverse("sidor:ansokningstider") in html


# ---- Versions


def test_word_by_word():
    delar = skillnad("Vi söker för unga.\r\nTvå rader.", "Vi söker för alla unga.\nTvå rader.")
    assert delar == [(LIKA, "Vi söker för "), (NY, "alla "), (LIKA, "unga.\nTvå rader.")]
    assert skillnad("", "Nytt.") == [(NY, "Nytt.")]
    assert skillnad("Samma.", "Samma.") == [(LIKA, "Samma.")]
    langt = "ord " * 2000
    assert skillnad(langt, langt + "till") == [(BORTA, langt), (NY, langt + "till")]  # too long to compare by words
    rad = avsnitt_for_avsnitt({"mal": "A b.", "behov": ""}, {"mal": "A c.", "behov": ""})
    assert [(r.rubrik, r.fore, r.efter, r.andrad) for r in rad] == [
        ("Mål", [(LIKA, "A "), (BORTA, "b.")], [(LIKA, "A "), (NY, "c.")], True)
    ]


# ---- Completion


def test_a_completion_is_answered_point_by_point_and_sent(part, kompletteras, tibro):
    url, skicka = adress("komplettering_edit", kompletteras), adress("komplettering_skicka", kompletteras)
    assert adress("avsnitt_edit", kompletteras, "behov") in part.get(url).content.decode()
    assert part.get(adress("avsnitt_edit", kompletteras, "mal")).status_code == 403
    avsnitt = adress("avsnitt_edit", kompletteras, "behov")
    assert "Skriv hur ni vet det." in part.get(avsnitt).content.decode()
    part.post(avsnitt, {"behov": "Om många behov. <b>", "version": version(part, avsnitt)})

    namn = f"p{kompletteras.punkter.get().pk}"
    svar = part.post(skicka)
    assert "Behov och bakgrund: skriv ett svar och markera punkten som klar." in svar.content.decode()
    data = {f"{namn}-version": part.get(url).context["rader"][0][2]["version"].value(), f"{namn}-svar": "Vi räknade."}
    data["version"] = part.get(url).context["ansokan"].version
    svar = part.post(skicka, data)  # typed and not ticked: saved, and not sent
    assert "inte skickad" in svar.content.decode()
    assert kompletteras.punkter.get().svar == "Vi räknade."
    data[f"{namn}-version"] = part.get(url).context["rader"][0][2]["version"].value()
    fel = part.post(url, data | {f"{namn}-svar": " ", f"{namn}-klart": "on"}).content.decode()
    assert "Skriv ett svar innan du markerar" in fel
    klart = data | {f"{namn}-klart": "on"}
    svar = part.post(skicka, klart | {"version": data["version"] - 1}).content.decode()  # another text was read
    assert "har ändrats sedan du öppnade sidan" in svar
    assert f'name="version" value="{data["version"]}"' in svar
    assert Kompletteringspunkt.objects.get().atgardad
    klart[f"{namn}-version"] = part.get(url).context["rader"][0][2]["version"].value()
    for _ in range(2):  # a double click: the second finds nothing to complete
        part.post(skicka, klart)
    kompletteras.arende.refresh_from_db()
    assert (kompletteras.arende.lage, kompletteras.versioner.count()) == ("inkommen", 2)

    html = part.get(adress("ansokan_versioner", kompletteras)).content.decode()
    assert '<ins><span class="visually-hidden">Tillagt: </span>många' in html
    assert "&lt;b&gt;" in html
    assert part.get(adress("ansokan_versioner", kompletteras), {"fran": "9", "till": "x"}).status_code == 200
    utan = part.get(adress("ansokan_versioner", kompletteras), {"fran": "1", "till": "1"})
    assert utan.context["andrade"] == 0


def test_who_reads_sees_what_was_sent_while_it_is_completed(part, client, ny_anvandare, kompletteras):
    Ansokan.objects.filter(pk=kompletteras.pk).update(behov="Halvfärdigt.")
    Bilaga.objects.create(ansokan=kompletteras, rubrik="Inte skickad", fil=Fil.objects.create(storlek=1, typ="pdf"))
    url = adress("ansokan_detail", kompletteras)
    assert "Halvfärdigt." in part.get(url).content.decode()
    client.force_login(ny_anvandare("styrelse"))
    html = client.get(url).content.decode()
    assert "Om behov." in html
    assert "Halvfärdigt." not in html
    assert "Inte skickad" not in html
    assert client.get(adress("bilaga_fil", kompletteras, kompletteras.bilagor.get().pk)).status_code == 404


# ---- Rework


@pytest.fixture
def avslagen(tibro, skovde):
    ansokan = skickad_ansokan(tibro, skovde, av=None)
    runda = ny_runda(ansokan.arende, "Grupp 1")
    runda.yttranden.update(stallning="tveksam", text="Vården saknas.", inkom=idag())
    runda.stang(av=None, sammanfattning="Beredningsgruppen är tveksam.")
    for steg in ("till_styrelse", "avsla"):
        ansokan.arende.flytta(steg, av=None)
    Beslut.objects.create(arende=ansokan.arende, organ=nytt_organ("styrelse"), datum=idag(), paragraf="§ 34",
                          utfall="avslag", motivering="Arbeta om den.")  # fmt: skip
    return ansokan


def test_a_rejected_one_comes_back_with_everything_and_its_old_opinions(part, avslagen):
    fil = Fil.objects.create(storlek=1, typ="pdf")
    Bilaga.objects.create(ansokan=avslagen, rubrik="Plan", fil=fil)
    for _ in range(2):  # a double click
        svar = part.post(adress("ansokan_omarbeta", avslagen))
    ny = Ansokan.objects.get(omarbetning_av=avslagen)
    assert svar.url == adress("ansokan_detail", ny)
    assert (ny.lage, ny.behov, ny.start, ny.belopp.get().kronor) == ("utkast", avslagen.behov, avslagen.start, 450_000)
    assert [(rad.huvud, rad.star_bakom) for rad in ny.parter.all()] == [(True, None), (False, None)]
    html = part.get(svar.url).content.decode()
    for text in ("§ 34", "Arbeta om den.", "Grupp 1", "Vården saknas.", "Beredningsgruppen är tveksam."):
        assert text in html
    part.post(adress("ansokan_delete", ny))  # the file is the old one's too
    assert (Fil.objects.count(), avslagen.bilagor.count(), Ansokan.objects.count()) == (1, 1, 1)


def test_only_a_rejected_one_is_reworked_and_the_new_is_compared_with_it(part, avslagen, tibro, skovde):
    beviljad = skickad_ansokan(tibro, skovde, lage="beviljad")
    part.post(adress("ansokan_omarbeta", beviljad))
    assert not beviljad.omarbetningar.exists()
    ny = ny_ansokan(tibro, skovde, omarbetning_av=avslagen, mal="Om nya mål.")
    inlamning.skicka(ny, av=None)
    svar = part.get(adress("ansokan_versioner", ny))
    assert (svar.context["fran"], svar.context["till"], svar.context["andrade"]) == (0, 1, 1)


# ---- Ideas


def test_ideas_are_read_by_all_parties_and_changed_by_their_own(part, inloggad, tibro, skovde):
    lista = reverse("ansokan:ide_list")
    assert "Ingen har skrivit någon idé än" in part.get(lista).content.decode()
    ny = {"rubrik": "En skogsgrupp", "part": tibro.pk, "inskick": str(uuid.uuid4())}
    for _ in range(2):
        assert part.post(reverse("ansokan:ide_create"), ny).status_code == 302
    ide = Ide.objects.get()
    url = reverse("ansokan:ide_edit", args=[ide.pk])
    assert "Gör en ansökan av idén" in part.get(url).content.decode()
    part.post(url, ny | {"status": "provas", "version": version(part, url)})
    ide.refresh_from_db()
    assert (ide.status, ide.version) == ("provas", 2)
    annan = inloggad("partsforetradare", part=skovde)
    assert "En skogsgrupp" in annan.get(lista).content.decode()
    assert "Spara idén" not in annan.get(url).content.decode()
    assert annan.post(url, ny).status_code == 403


def test_an_unpublished_insats_is_not_named_and_not_lost(part, ny_anvandare, kompletteras, tibro, skovde):
    hemlig = ny_insats("Hemliga huset", publicerad=False)
    ide = Ide.objects.create(rubrik="En skogsgrupp", part=tibro, insats=hemlig)
    url, lista = reverse("ansokan:ide_edit", args=[ide.pk]), reverse("ansokan:ide_list")
    annan, kansli = Klient(), Klient()
    annan.force_login(ny_anvandare("partsforetradare", part=skovde))
    kansli.force_login(ny_anvandare("kansli"))
    for klient, adressen in ((part, url), (part, lista), (annan, url), (annan, lista)):
        html = klient.get(adressen).content.decode()
        assert "Hemliga huset" not in html
        assert "en insats som inte är publicerad" in html.lower()
    ny = {"rubrik": "En skogsgrupp till", "part": tibro.pk, "status": "provas", "version": version(part, url)}
    assert part.post(url, ny | {"insats": ""}).status_code == 302
    ide.refresh_from_db()
    assert (ide.rubrik, ide.insats) == ("En skogsgrupp till", hemlig)
    assert "Hemliga huset" in kansli.get(lista).content.decode()

    Ansokan.objects.filter(pk=kompletteras.pk).update(insats=hemlig)
    for roll, syns in (("partsforetradare", False), ("kansli", True)):
        user = ny_anvandare(roll, part=tibro if roll == "partsforetradare" else None)
        assert (("Insats", "Hemliga huset") in ansokan_paneler.fakta(kompletteras.arende, user)) is syns
    utkast = ny_ansokan(tibro, skovde, insats=hemlig)
    assert "Hemliga huset" not in part.get(adress("ansokan_edit", utkast)).content.decode()


# ---- Panels


def test_what_waits_for_a_party_and_nothing_for_the_kansli(ny_anvandare, kompletteras, tibro, skovde):
    ny_ansokan(skovde, tibro, rubrik="Vårt utkast", bakom=False, skapad="2020-01-01T12:00:00Z")
    poster = ansokan_paneler.att_gora(ny_anvandare("partsforetradare", part=tibro))
    assert [(post.text, post.dag) for post in poster] == [
        ("Komplettera ansökan Gläntan", SENAST), ("Ta ställning till ansökan Vårt utkast", None),
        ("Skriv klart ansökan Vårt utkast", None),
    ]  # fmt: skip
    assert ansokan_paneler.att_gora(ny_anvandare("kansli")) == []


def test_a_case_tells_the_application_s_life(ny_anvandare, avslagen, kompletteras, tibro):
    user = ny_anvandare("partsforetradare", part=tibro)
    ny = Ansokan.objects.create(
        slag="forberedande", rubrik="Gläntan igen", omarbetning_av=avslagen, skapad_av=Anvandare.objects.first()
    )
    ny.parter.create(part=tibro, huvud=True)
    Ide.objects.create(rubrik="En skogsgrupp", ansokan=avslagen)
    rubriker = [rad.rubrik for rad in ansokan_paneler.tidslinje(avslagen.arende, user)]
    assert rubriker == ["Idén skrevs ner", "Utkastet skapades", "Ansökan kom in", "Ansökan arbetas om"]
    # The draft of the rework is its parties' own.
    assert "Ansökan arbetas om" not in [
        rad.rubrik for rad in ansokan_paneler.tidslinje(avslagen.arende, ny_anvandare("styrelse"))
    ]
    assert "Gör en omarbetad ansökan" in [a.text for a in ansokan_paneler.atgarder(avslagen.arende, user)]

    arende = kompletteras.arende
    bad = ansokan_paneler.tidslinje(arende, user)[-1]
    assert (bad.tid, bad.citat) == ("nu", "Behov och bakgrund: Skriv hur ni vet det.")
    steg = ansokan_paneler.nasta_steg(arende, user)
    assert (steg.ansvarig, steg.dag) == ("Tibro kommun och Skövde kommun", SENAST)
    assert [a.text for a in ansokan_paneler.atgarder(arende, user)] == ["Komplettera ansökan", "Läs ansökan"]
    assert ("Söker", "2027: 450\xa0000 kr") in ansokan_paneler.fakta(arende, user)


def test_the_panels_cost_the_same_however_long_the_history(ny_anvandare, kompletteras, tibro):
    user = ny_anvandare("partsforetradare", part=tibro)

    def fragor():
        arende = type(kompletteras.arende).objects.get(pk=kompletteras.arende_id)
        with CaptureQueriesContext(connection) as matning:
            for panel in (ansokan_paneler.tidslinje, ansokan_paneler.nasta_steg, ansokan_paneler.atgarder):
                panel(arende, user)
            ansokan_paneler.att_gora(user)
        return len(matning)

    fragor()  # the user's roles are looked up once
    fore = fragor()
    for _ in range(3):
        inlamning.spara_version(kompletteras, av=None)
        punkt(kompletteras, "mal")
    assert fragor() == fore
