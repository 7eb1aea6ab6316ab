"""The plan of 2019 out of the demo: the same tables and figures as the plan that the association printed (doman.md 2,
M055-M105), kept here in our own words."""

import page
import pytest
import time_machine
from django.db import IntegrityError, transaction

from ekonomi import dokument as dokumenten
from ekonomi import dokument_tryck
from ekonomi.models import Budgetpost, Dokument, Hjulpost
from insatser.models import Insats
from samordning.demo import budget
from samordning.demo.ladda import ladda
from samordning.karna import filer
from tests.ekonomi.dokumentfabrik import alla_delar, del_for, fylld, i_ord, tabellen
from tests.insatser.fabrik import ny_insats, ny_kontakt
from tests.uppfoljning.tryck import sidor

pytestmark = pytest.mark.django_db
# What the plan prints: 2018 (preliminary) and 2019, tkr; costs with minus.
LEDNING = [("−650", "−510"), ("−15", "−25"), ("−25", "−25"), ("−53", "−55"), ("−33", "−35")]
INSATSER = [
    ("−1 200", "−1 200"), ("−450", "−450"), ("−250", "−250"), ("(−700)", "−200"), ("−150", "−150"), ("0", "−150"),
    ("−330", "−330"), ("−45", "−70"), ("−45", "0"), ("−66", "−65"), ("−8", "−10"), ("–", "−300"),
]  # fmt: skip
OVRIGT = [("−15", "−20"), ("−130", "−140"), ("−15", "−30"), ("−35", "−10"), ("−17", "−20")]
SUMMOR = {
    "Ingående ekonomi": ("4 193", "4 195"), "Summa ledning": ("−776", "−650"), "Summa insatser": ("−2 544", "−3 175"),
    "Summa övrigt": ("−212", "−220"), "Kostnader totalt": ("−3 532", "−4 045"),
    "Beräknad utgående ekonomi": ("661", "150"),
}  # fmt: skip
ANDELAR = [("2 400", "57 %"), ("495", "12 %"), ("450", "11 %"), ("820", "20 %"), ("30", "1 %")]
TILLDELNING = [
    ("1 746 000 kr", "1 794 000 kr"), ("873 000 kr", "897 000 kr"), ("524 000 kr", "538 200 kr"),
    ("218 000 kr", "224 250 kr"), ("131 000 kr", "134 550 kr"), ("3 492 000 kr", "3 588 000 kr"),
]  # fmt: skip
# The plan's ten sheets: what each costs.
BLAD = {
    "Maria Nova": "1 200 tkr", "AMU Töreboda": "450 tkr", "AME Gullspång": "250 tkr", "Rörsås Lantliv": "150 tkr",
    "Grönt jobbspår, Sötåsen": "150 tkr", "Ung Arena": "200 tkr", "Upprop för ett friskare Norra Skaraborg": "330 tkr",
    "Våld i nära relation": "65 tkr (15 % av gemensamma kostnader i Skaraborg)",
    "KUR – kompetensutveckling psykisk hälsa": "70 tkr (15 % av gemensamma kostnader i Skaraborg)",
    "Det goda exemplet": "10 tkr",
}  # fmt: skip


def _vanligt(varde):
    return varde.replace("\u00a0", " ") if isinstance(varde, str) else varde


def _par(tabell, fran, till):
    rader = [tuple(_vanligt(varde) for varde in rad["celler"][fran:till]) for rad in tabell["rader"] if not rad["slag"]]
    return rader


@pytest.fixture
def demo():
    with time_machine.travel("2026-11-25 12:00", tick=False):
        ladda()
        yield Dokument.objects.get(slag="plan", ar=2019)


def test_the_plan_of_2019_is_the_plan_that_was_printed(demo, django_assert_num_queries):
    varden = demo.varden
    tilldelning, tabell, andelar = (del_for(varden, "ekonomi", "tabell", nr) for nr in (0, 1, 2))
    alla = [tuple(_vanligt(ett) for ett in rad["celler"][1:]) for rad in tilldelning["rader"]]
    assert alla == TILLDELNING
    assert _par(tabell, 2, 4) == [("3 588", "3 492"), ("170", "42"), ("435", "661"), *LEDNING, *INSATSER, *OVRIGT]
    i_tabellen = tabellen(varden, "Budget 2019")
    assert {namn: tuple(_vanligt(ett) for ett in i_tabellen[namn][1:3]) for namn in SUMMOR} == SUMMOR
    assert "Grön rehab/Pre-rehab – Rörsås Lantliv – nytt" in i_tabellen
    assert "UMA-Utveckling sociala företag – avslutas" in i_tabellen
    assert i_tabellen["Ung Arena"][0] == "Individ- och strukturinriktad"
    assert _par(andelar, 1, 3) == ANDELAR
    assert "4 195 tkr" in _vanligt(andelar["not"])
    assert "101 % tillsammans" in _vanligt(andelar["not"])
    medlemmar = del_for(varden, "organisation", "lista")["punkter"]
    assert medlemmar[:3] == ["Försäkringskassan", "Arbetsförmedlingen", "Västra Götalandsregionen"]
    assert medlemmar[3:] == ["Gullspångs kommun", "Mariestads kommun", "Töreboda kommun"]
    with django_assert_num_queries(0):
        dokument_tryck.tryck(varden)


def test_each_insats_of_the_budget_has_its_page(demo):
    bladen = [blad for kapitel in demo.varden["kapitel"] for blad in alla_delar(kapitel["delar"], "blad")]
    fakta = {blad["rubrik"]: dict(next(alla_delar(blad["delar"], "fakta"))["rader"]) for blad in bladen}
    assert {namn: _vanligt(rader["Budget"]) for namn, rader in fakta.items()} == BLAD
    assert fakta["AME Gullspång"]["Omfattning"] == "Grupp tre halvdagar i veckan. 15 deltagare i 12 veckor."
    kontakt = next(rad for rad in Insats.objects.get(namn="Maria Nova").insatskontakter.all()).kontakt
    assert fakta["Maria Nova"]["Kontakt"][0].startswith(f"{kontakt.namn}, {kontakt.titel}")
    assert all(any(del_["rubrik"] == "Mål och förväntat resultat" for del_ in alla_delar(blad["delar"], "avsnitt"))
               for blad in bladen)  # fmt: skip
    sida = next(rad[3] for namn, rad in tabellen(demo.varden, "Budget 2019").items() if namn.startswith("Goda exempel"))
    assert sida == {"till": "insats-det-goda-exemplet"}
    under = {text for _, _, rader in demo.varden["innehall"] for _, text in rader}
    assert BLAD.keys() <= under, "each page is in the contents"


def test_the_wheel_stands_as_a_picture_and_as_a_table_in_quarters(demo):
    bild, tabell = del_for(demo.varden, "arshjul", "bild"), del_for(demo.varden, "arshjul", "tabell")
    assert bild["svg"].startswith("<svg")
    assert bild["alt"].startswith("Årshjulet 2019")
    kvartal = [rad["celler"][0] for rad in tabell["rader"] if rad["slag"] == "grupp"]
    assert kvartal == ["Januari–mars", "April–juni", "Juli–september", "Oktober–december"]
    rader = [rad["celler"] for rad in tabell["rader"] if not rad["slag"]]
    assert ["13 februari", "Beredningsgrupp februari", "Beredningsgrupp"] in rader
    assert ["16 februari", "Styrelse februari", "Styrelse"] in rader


def test_adopted_it_stays_as_it_was_while_everything_else_changes(demo):
    fore, fil = demo.varden, filer.las(demo.pdf)
    Insats.objects.filter(namn="Maria Nova").update(namn="Något annat")
    Hjulpost.objects.filter(hjul__ar=2019).update(rubrik="Något annat")
    for fraga in (demo.texter.filter(nyckel="vision"), Dokument.objects.filter(pk=demo.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            fraga.update(version=99)
    demo.refresh_from_db()
    assert dokumenten.las(demo).varden == fore
    assert filer.las(demo.pdf) == fil
    assert fore["beslut"] == {"dag": "2018-12-12", "paragraf": "§ 72"}
    svar = page.validate_pdf_bytes(fil, profile=page.ValidationProfile.PDF_UA_1)
    assert svar.is_compliant, svar.failures
    papper = sidor(fil)
    assert "Fastställd av styrelsen 12 december 2018, § 72" in _vanligt(" ".join(papper[0].split()))
    assert not any("Utkast" in sida for sida in papper)
    rader = set(_vanligt("\n".join(papper)).splitlines())
    assert {"(−700)", "−3 532", "−4 045", "20 %", "Årshjul 2019"} <= rader


# ---- What is missing


def test_without_a_budget_the_draft_says_so_and_where_it_is_mended(db):
    last = dokumenten.las(fylld(ar=2031))
    text = {brist.text: brist.url for brist in last.brister}
    assert text["Budgeten för 2031 är inte inlagd."] == "/ekonomi/"
    assert "Årshjulet för 2031 är inte gjort." in text
    assert "Budgeten för 2031 är inte inlagd." in i_ord(last.varden)
    assert {brist.text for brist in last.hinder} == set(text)


def test_a_text_that_is_not_written_is_no_excuse_but_other_things_may_be_explained(db):
    budget.skriv_plan()
    plan = fylld(saknas="Vi hann inte.")
    last = dokumenten.las(plan)
    assert last.brister, "the budget is not decided, and there is no wheel"
    assert last.hinder == ()
    assert last.varden["kapitel"][-1]["id"] == "saknas"
    assert "Vi hann inte." in i_ord(last.varden)
    plan.texter.filter(nyckel="vision").delete()
    (hinder,) = dokumenten.las(plan).hinder
    assert hinder.text == "Texten ”Vision och värdegrund” är inte skriven."


def test_a_line_without_an_insats_is_told_of(db):
    ar = budget.skriv_plan()
    last = dokumenten.las(fylld())
    utan = Budgetpost.objects.filter(
        verksamhetsar=ar, block="insatser", kategori__in=["individ", "struktur"], belopp__gt=0
    )
    assert sum("ingen insats i katalogen" in brist.text for brist in last.brister) == utan.count() == 10


def test_amounts_that_are_no_whole_tkr_are_printed_in_kronor(db):
    ar = budget.skriv_plan()
    ar.poster.filter(rubrik="Resor i tjänsten").update(belopp="25400.50")
    tabell = tabellen(dokumenten.las(fylld()).varden, "Budget 2019 i kronor")
    assert [_vanligt(ett) for ett in tabell["Resor i tjänsten"][1:3]] == ["−15 000", "−25 400,50"]
    assert _vanligt(tabell["Summa ledning"][2]) == "−650 400,50"


def test_the_number_of_queries_does_not_grow(db, django_assert_num_queries):
    ar = budget.skriv_plan()
    plan = fylld()

    def lagg_till():
        for nr in range(4):
            insats = ny_insats()
            ny_kontakt(insats, namn=f"Åsa Prov {nr}")
            Budgetpost.objects.create(
                verksamhetsar=ar, rubrik=insats.namn, kategori="individ", belopp=1000, insats=insats, block="insatser"
            )

    lagg_till()
    with django_assert_num_queries(15):
        dokumenten.las(plan)
    lagg_till()
    with django_assert_num_queries(15):
        dokumenten.las(plan)
