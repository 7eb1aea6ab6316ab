"""A budget from a draft to a decision and its revision, the members' shares, and a line's own page."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from ekonomi.models import Budgetversion, Verksamhetsar
from moten.models import Punkt
from samordning.demo import budget
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Part
from tests.insatser.fabrik import version as sett
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
BESLUT = {"punkt": "", "paragraf": "§ 71", "beslutad": "2018-12-12"}


@pytest.fixture
def plan(db):
    return budget.skriv_plan()


def _url(namn, rad):
    return reverse(f"ekonomi:{namn}", args=[rad.pk])


def _faststall(client, plan, **byt):
    return client.post(_url("ar_faststall", plan), BESLUT | byt)


def test_the_boards_decision_freezes_the_table_and_locks_the_year(client, inloggad, plan):
    inloggad("kansli")
    assert _faststall(client, plan).status_code == 302
    rad = Budgetversion.objects.get()
    assert (rad.nr, str(rad), rad.paragraf, rad.varden["utgaende"]["budget"]) == (
        1,
        "Fastställd budget",
        "§ 71",
        150_000,
    )
    plan.refresh_from_db()
    assert plan.lage == "faststalld"
    for namn, vad in (("ar_edit", plan), ("bidrag_edit", plan), ("post_edit", plan.poster.first())):
        svar = client.get(_url(namn, vad), follow=True)
        assert "är fastställd och går inte att ändra" in svar.content.decode(), namn
    for andra in (
        lambda: plan.poster.update(belopp=1),
        lambda: plan.poster.all().delete(),
        lambda: plan.bidrag.update(belopp=1),
        lambda: Verksamhetsar.objects.filter(pk=plan.pk).update(tilldelning=1),
        lambda: Budgetversion.objects.update(paragraf="§ 1"),
        lambda: plan.poster.create(rubrik="Ny", kategori="individ", belopp=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            andra()


def test_sent_twice_it_is_one_version(client, inloggad, plan):
    inloggad("kansli")
    inskick = client.get(_url("ar_faststall", plan)).context["form"]["inskick"].value()
    for _ in range(2):
        assert _faststall(client, plan, inskick=str(inskick)).status_code == 302
    assert Budgetversion.objects.count() == 1


def test_a_decision_needs_a_paragraph_and_a_day_that_has_been(client, inloggad, plan):
    inloggad("kansli")
    fel = _faststall(client, plan, paragraf="", beslutad="").context["form"].errors
    assert fel.keys() == {"paragraf", "beslutad"}
    imorgon = (idag() + datetime.timedelta(1)).isoformat()
    assert "har inte varit" in _faststall(client, plan, beslutad=imorgon).context["form"].errors["beslutad"][0]
    assert not Budgetversion.objects.exists()


def test_the_decision_can_be_taken_from_the_boards_record(client, inloggad, plan):
    inloggad("kansli")
    mote = ett_mote(om=-30, lage="avslutat")
    mote.organ.numrering = "paragraf"
    mote.organ.save()
    punkt = Punkt.objects.create(mote=mote, rubrik="Budget", nummer=34)
    assert _faststall(client, plan, punkt=punkt.pk, paragraf="", beslutad="").status_code == 302
    rad = Budgetversion.objects.get()
    assert (rad.punkt, rad.paragraf, rad.beslutad) == (punkt, "§ 34", mote.dag)


def test_a_revision_has_a_reason_and_the_next_version_tells_what_changed(client, inloggad, plan):
    inloggad("kansli")
    _faststall(client, plan)
    assert client.post(_url("ar_revidera", plan), {"skal": ""}).context["form"].errors
    client.post(_url("ar_revidera", plan), {"skal": "Maria Nova blev dyrare."})
    plan.refresh_from_db()
    assert plan.lage == "revideras"
    plan.poster.filter(rubrik="Resor i tjänsten").update(belopp=30_000)
    plan.poster.filter(rubrik="Övrigt").delete()
    _faststall(client, plan, paragraf="§ 12", beslutad="2019-03-01")
    forsta, andra = Budgetversion.objects.all()
    assert (str(andra), andra.skal) == ("Reviderad budget 1", "Maria Nova blev dyrare.")
    inloggad("styrelse")
    svar = client.get(_url("version_detail", andra))
    assert svar.context["skillnader"] == [("Resor i tjänsten", 25_000, 30_000), ("Övrigt", 20_000, None)]
    assert "Maria Nova blev dyrare." in svar.content.decode()
    assert client.get(_url("version_detail", forsta)).context["skillnader"] == ()
    assert forsta.varden["utgaende"]["budget"] == 150_000, "the first stays as it was decided"


def test_a_decided_budget_cannot_be_decided_again(client, inloggad, plan):
    inloggad("kansli")
    _faststall(client, plan)
    svar = client.post(_url("ar_faststall", plan), BESLUT, follow=True)
    assert "redan fastställd" in svar.content.decode()
    assert Budgetversion.objects.count() == 1


# ---- The members' shares


@pytest.fixture
def parter(db):
    fran = datetime.date(2019, 1, 1)
    namn = [("Regionen", "region"), ("Mariestads kommun", "kommun"), ("Töreboda kommun", "kommun"),
            ("Gullspångs kommun", "kommun")]  # fmt: skip
    return [Part.objects.create(namn=ett, slag=slag, medlem_fran=fran) for ett, slag in namn]


def _bidrag(client, ar, parter, **byt):
    falt = {"statens": "1 746 000", "stat_namn": "Staten (AF/FK)", "region": parter[0].pk, "region_namn": "",
            "avrunda": "1000", "version": sett(client, _url("bidrag_edit", ar))}  # fmt: skip
    for nr, (part, nyckel) in enumerate(zip(parter[1:], ("60", "25", "15"), strict=True)):
        falt |= {f"kommun_{nr}": part.pk, f"nyckel_{nr}": nyckel}
    return client.post(_url("bidrag_edit", ar), falt | byt)


def test_the_members_shares_are_counted_from_the_states(client, inloggad, parter):
    inloggad("ekonom")
    ar = Verksamhetsar.objects.create(ar=2019, tilldelning=1)
    assert _bidrag(client, ar, parter).status_code == 302
    assert [(rad.namn, rad.belopp) for rad in ar.bidrag.all()] == [
        ("Staten (AF/FK)", 1_746_000),
        ("Regionen", 873_000),
        ("Mariestads kommun", 524_000),
        ("Töreboda kommun", 218_000),
        ("Gullspångs kommun", 131_000),
    ]  # fmt: skip G01-G05
    ar.refresh_from_db()
    assert ar.tilldelning == 3_492_000
    assert Handelse.objects.om(ar).first().data == {"tilldelning": "3492000.00"}
    text = client.get(_url("ar_detail", ar)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "524 000" in text


@pytest.mark.parametrize(
    ("byt", "falt", "ord_"),
    [
        ({"nyckel_2": "14"}, "nyckel_0", "De blir 99"),
        ({"nyckel_2": ""}, "nyckel_2", "Skriv kommunens andel"),
        ({"kommun_2": ""}, "kommun_2", "Välj kommunen"),
        ({"statens": "-1"}, "statens", "0"),
        ({"statens": "mycket"}, "statens", "siffror"),
        ({"nyckel_0": "60\x00"}, "nyckel_0", ""),
    ],
)
def test_shares_that_do_not_add_up_are_refused_by_field(client, inloggad, parter, byt, falt, ord_):
    inloggad("ekonom")
    ar = Verksamhetsar.objects.create(ar=2019, tilldelning=1)
    svar = _bidrag(client, ar, parter, **byt)
    assert ord_ in svar.context["form"].errors[falt][0]
    assert not ar.bidrag.exists()


def test_the_same_municipality_twice_is_refused(client, inloggad, parter):
    inloggad("ekonom")
    ar = Verksamhetsar.objects.create(ar=2019, tilldelning=1)
    svar = _bidrag(client, ar, parter, kommun_1=parter[1].pk)
    assert "två rader" in svar.context["form"].errors["kommun_1"][0]


def test_a_colleagues_shares_are_shown_before_they_are_written_over(client, inloggad, parter):
    inloggad("ekonom")
    ar = Verksamhetsar.objects.create(ar=2019, tilldelning=1)
    gammal = sett(client, _url("bidrag_edit", ar))
    _bidrag(client, ar, parter)
    svar = _bidrag(client, ar, parter, statens="1 000 000", version=gammal)
    assert ("Staten (AF/FK)", "1\N{NO-BREAK SPACE}746\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr") in svar.context[
        "form"
    ].nyare
    ar.refresh_from_db()
    assert ar.tilldelning == 3_492_000


# ---- A line


def test_a_shared_cost_gives_the_lines_amount(client, inloggad, plan):
    inloggad("ekonom")
    post = plan.poster.get(rubrik="Styrelse")
    url = _url("post_edit", post)
    falt = {"version": sett(client, url), "gemensamt_totalt": "1 000 000", "gemensam_andel": "12,5", "memo": []}
    assert client.post(url, falt).status_code == 302
    post.refresh_from_db()
    assert post.belopp == 125_000
    plan.refresh_from_db()
    assert plan.version == 2, "an open table is told that a line has changed"


@pytest.mark.parametrize(
    ("byt", "falt"),
    [
        ({"gemensamt_totalt": "5"}, "gemensam_andel"),
        ({"gemensam_andel": "5"}, "gemensamt_totalt"),
        ({"andel_individ": "50"}, "andel_individ"),  # the board's own costs are neither
        ({"andel_individ": "101"}, "andel_individ"),
        ({"memo": ["prognos"]}, "memo"),
    ],
)
def test_a_line_is_refused_by_field(client, inloggad, plan, byt, falt):
    inloggad("ekonom")
    url = _url("post_edit", plan.poster.get(rubrik="Styrelse"))
    assert falt in client.post(url, {"version": sett(client, url)} | byt).context["form"].errors


def test_a_new_year_begins_with_the_members_of_the_year_before_but_not_their_sums(client, inloggad, parter):
    forra, ar = (Verksamhetsar.objects.create(ar=nr, tilldelning=1) for nr in (2030, 2032))
    inloggad("ekonom")
    assert _bidrag(client, forra, parter).status_code == 302
    form = client.get(_url("bidrag_edit", ar)).context["form"]
    assert form["statens"].value() is None
    assert [form[f"nyckel_{nr}"].value() for nr in range(3)] == ["60", "25", "15"]
    assert [form[f"kommun_{nr}"].value() for nr in range(3)] == [part.pk for part in parter[1:]]
    # Of a later year nothing is taken.
    tidigare = Verksamhetsar.objects.create(ar=2029, tilldelning=1)
    assert client.get(_url("bidrag_edit", tidigare)).context["form"]["nyckel_0"].value() is None


def test_there_is_room_for_all_the_municipalities_the_first_time(client, inloggad):
    for nr in range(7):
        Part.objects.create(namn=f"Kommun {nr}", slag="kommun", medlem_fran=datetime.date(2019, 1, 1))
    inloggad("ekonom")
    form = client.get(_url("bidrag_edit", Verksamhetsar.objects.create(ar=2031, tilldelning=1))).context["form"]
    assert len(form.kommunrader()) >= 7
