"""A budget on paper: the state it is in, what a revision changed, and a frozen version as it was decided."""

import datetime
import io

import pytest
from django.urls import reverse

from ekonomi import budgettryck, reports
from ekonomi.budgetrapport import som_json
from ekonomi.models import Budgetversion, Verksamhetsar
from samordning.demo import budget
from samordning.karna import pdf
from samordning.karna.models import Installning
from tests.ekonomi.fabrik import budgetar

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return Verksamhetsar.objects.get(pk=budget.skriv_plan().pk)


def _besluta(ar, paragraf="§ 71", dag="2018-12-12"):
    ar.refresh_from_db()
    version = Budgetversion(beslutad=datetime.date.fromisoformat(dag), paragraf=paragraf)
    return reports.faststall(ar, version, av=None)


@pytest.fixture
def reviderad(plan):
    """(year, first version, second): travels dearer, one line gone, and why."""
    forsta = _besluta(plan)
    plan._overga("revidera", av=None, skal="Maria Nova blev dyrare.")
    plan.poster.filter(rubrik="Resor i tjänsten").update(belopp=30_000)
    plan.poster.filter(rubrik="Övrigt").delete()
    return plan, forsta, _besluta(plan, "§ 12", "2019-03-01")


def _pdf(client, namn, rad):
    """(text of all pages, number of pages)."""
    from pypdf import PdfReader

    svar = client.get(reverse(f"ekonomi:{namn}", args=[rad.pk]))
    assert svar["Content-Type"] == "application/pdf"
    las = PdfReader(io.BytesIO(svar.content))
    assert las.trailer["/Root"]["/Lang"] == "sv"
    assert las.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(" ".join(sida.extract_text().split()) for sida in las.pages)
    return text.replace("\N{NO-BREAK SPACE}", " "), len(las.pages)


def test_a_draft_is_marked_and_has_the_plans_figures(client, inloggad, plan):
    inloggad("styrelse")
    text, sidor = _pdf(client, "ar_pdf", plan)
    assert sidor == 2
    assert text.count("Preliminär") >= 3, "in words and on each page"
    for vantat in (
        "Styrelsen har inte beslutat den", "4 195 000", "4 045 000", "(700 000)", "visas men räknas inte med",
        "Summa insatser 2 544 000 3 175 000", "Kostnader 3 532 000 4 045 000",
        "Eget kapital vid årets slut 661 000 150 000",
        "Staten (AF/FK) 1 746 000 1 794 000", "Summa 3 492 000 3 588 000", "högst 20 procent", "698 400", "349 200",
        "661 000 (37,9 %) Över gränsen", "150 000 (4,3 %) Inom gränsen", "101 procent tillsammans", "Avslutas",
        "Utfallet 2018 är preliminärt", "Utfall 2018 (prel.)", "Individ- och strukturinriktad",
    ):  # fmt: skip
        assert vantat in text, vantat


def test_a_decided_budget_names_its_decision(client, inloggad, plan):
    _besluta(plan)
    inloggad("revisor")
    text, _ = _pdf(client, "ar_pdf", plan)
    assert "Fastställd budget. Styrelsen beslutade den 12 december 2018, § 71." in text
    assert "Preliminär" not in text
    assert "Varför budgeten ändras" not in text


def test_a_proposed_change_tells_what_and_why(client, inloggad, plan):
    _besluta(plan)
    plan._overga("revidera", av=None, skal="Maria Nova blev dyrare.")
    plan.poster.filter(rubrik="Resor i tjänsten").update(belopp=30_000)
    inloggad("styrelse")
    text, _ = _pdf(client, "ar_pdf", plan)
    for vantat in ("Förslag till ändrad budget", "Förslag till ändring", "Maria Nova blev dyrare.",
                   "ändras mot fastställd budget", "Resor i tjänsten 25 000 30 000 +5 000"):  # fmt: skip
        assert vantat in text, vantat


def test_a_version_is_printed_as_it_was_decided(client, inloggad, reviderad):
    ar, forsta, andra = reviderad
    inloggad("styrelse")
    text, _ = _pdf(client, "version_pdf", andra)
    for vantat in ("Reviderad budget 1. Styrelsen beslutade den 1 mars 2019, § 12.", "Maria Nova blev dyrare.",
                   "Resor i tjänsten 25 000 30 000 +5 000", "Övrigt 20 000 borttagen −20 000",
                   "Kostnader 3 515 000 4 030 000"):  # fmt: skip
        assert vantat in text, vantat
    text, _ = _pdf(client, "version_pdf", forsta)
    assert "Kostnader 3 532 000 4 045 000" in text
    assert "Maria Nova blev dyrare" not in text
    text, _ = _pdf(client, "ar_pdf", ar)
    assert "Reviderad budget 1. Styrelsen beslutade" in text
    assert "Resor i tjänsten 25 000 30 000 +5 000" in text, "the year's paper tells it too"


def test_a_frozen_version_is_read_and_not_counted_again(plan):
    """A rule that is written later says nothing of what was decided before it."""
    version = _besluta(plan)
    Installning.objects.create(nyckel="egetkapitalregel", varde=[[7_000_000, 1]], giltig_fran="2019-01-01")
    sett = budgettryck.fryst(Budgetversion.objects.get(pk=version.pk))
    assert som_json(sett, kronor=True) == version.varden
    assert [(rad.belopp, rad.tak) for rad in sett.kapital] == [(3_492_000, 20), (1_746_000, 20)]
    assert reports.budgetrapport(plan).kapital[0].tak == 1


def test_a_frozen_rule_is_its_own(plan):
    Installning.objects.create(nyckel="egetkapitalregel", varde=[[7_000_000, 15]], giltig_fran="2019-01-01")
    version = _besluta(plan)
    assert som_json(budgettryck.fryst(version), kronor=True) == version.varden
    version.varden["eget_kapital"][0] |= {"tak": None, "omdome": "ingen regel", "omdome_ingaende": "ingen regel"}
    ingen = budgettryck.fryst(version).kapital[0]
    assert (ingen.tak, ingen.ut.lage) == (None, "ingen_regel")


def test_the_states_sum_of_a_frozen_version_is_only_told_when_it_is_sure(plan):
    version = _besluta(plan)
    for rad in version.varden["tilldelning"]:
        rad["belopp"] = 1_746_000 if rad["part"].startswith("Hälso") else rad["belopp"] + 10_000
    assert budgettryck.fryst(version).kapital[1].belopp == 1_746_000
    for rad in version.varden["tilldelning"]:
        rad["belopp"] = 5
    assert budgettryck.fryst(version).kapital[1].belopp is None


def test_a_year_with_nothing_in_it_can_be_printed(client, inloggad):
    ar = Verksamhetsar.objects.create(ar=2019, tilldelning=0)
    inloggad("styrelse")
    text, _ = _pdf(client, "ar_pdf", ar)
    assert "Vad varje medlem betalar är inte inskrivet" in text


def test_a_closed_year_before_is_not_preliminary(client, inloggad, plan):
    Verksamhetsar.objects.filter(ar=2018).update(lage="avslutat")
    inloggad("styrelse")
    text, _ = _pdf(client, "ar_pdf", plan)
    assert "Bokslutet för 2018 är klart" in text
    assert "preliminärt" not in text
    assert "(prel.)" not in text


def test_without_the_library_the_page_says_so(client, inloggad, plan, monkeypatch):
    def saknas(*args, **kwargs):
        raise pdf.PdfSaknas("Det går inte att göra PDF här.")

    monkeypatch.setattr(pdf, "gor", saknas)
    inloggad("styrelse")
    svar = client.get(reverse("ekonomi:ar_pdf", args=[plan.pk]), follow=True)
    assert svar.redirect_chain[0][0] == reverse("ekonomi:ar_detail", args=[plan.pk])
    assert "Det går inte att göra PDF här." in svar.content.decode()


def test_the_version_page_shows_the_table_in_words(client, inloggad, reviderad):
    inloggad("styrelse")
    text = client.get(reverse("ekonomi:version_detail", args=[reviderad[2].pk])).content.decode()
    for vantat in ("Ledning/administration", "Avslutas", "Ny</span>", "som var känt när budgeten beslutades",
                   "/pdf/"):  # fmt: skip
        assert vantat in text, vantat


def test_the_paper_costs_the_same_with_more_lines(inloggad, assert_constant_queries):
    ar = budgetar()
    inloggad("styrelse")
    assert_constant_queries(
        reverse("ekonomi:ar_pdf", args=[ar.pk]),
        lambda: ar.poster.create(rubrik="Rad", kategori="ovrigt", belopp=1),
    )
