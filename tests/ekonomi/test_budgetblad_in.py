"""A budget that comes back as an Excel file: what is read, what is refused in words, and how it is compared."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest

from ekonomi import budgetblad_in
from ekonomi.budgetblad_in import BladFel, Felvarde, Utraknat, las, tolka
from ekonomi.budgetblad_jamfor import jamfor
from ekonomi.models import Verksamhetsar
from samordning.demo import budget
from tests.ekonomi.bladfabrik import Bok, bladet
from tests.ekonomi.bokfabrik import nytt_ar, regel

pytestmark = pytest.mark.django_db
DAG = datetime.datetime.fromisoformat("2026-03-01")


@pytest.fixture
def plan(db):
    return Verksamhetsar.objects.get(pk=budget.skriv_plan().pk)


@pytest.fixture
def resor(plan):
    return plan.poster.get(rubrik="Resor i tjänsten")


def skillnad(bok, ar):
    return jamfor(las(bok.spara()), Verksamhetsar.objects.get(pk=ar.pk))


def celler(rader):
    return [(rad.namn, rad.falt, rad.fore, rad.efter) for rad in rader]


# ---- Single values


@pytest.mark.parametrize(
    ("varde", "kronor"),
    [
        ("1 200,50", "1200.50"), ("1\N{NO-BREAK SPACE}200", "1200.00"), ("450 000 kr", "450000.00"), ("12.5", "12.50"),
        (25_000, "25000.00"), (0.1 + 0.2, "0.30"), (466666.67, "466666.67"), (Utraknat(100 / 3), "33.33"),
        ("0", "0.00"),        ("\N{MINUS SIGN}5", "-5.00"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(varde, kronor):
    assert str(tolka(varde)) == kronor


@pytest.mark.parametrize("varde", [None, "", "   "])
def test_an_empty_cell_is_no_amount(varde):
    assert tolka(varde) is None


@pytest.mark.parametrize(
    ("varde", "ord_"),
    [
        ("ca 500", "är inget belopp"), ("1.200", "kan läsas på två sätt"), ("1.200,50", "kan läsas på två sätt"),
        (True, "sant eller falskt"), (DAG, "datum"), (datetime.time(3), "datum"),
        (float("nan"), "inget tal"), (float("inf"), "inget tal"), ("NaN", "är inget belopp"), (1e12, "för stort"),
        (12.345, "fler än två decimaler"), ("12,345", "fler än två decimaler"), (Felvarde("#REF!"), "visar #REF!"),
        ("٣", "är inget belopp"), ("1e5", "är inget belopp"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told(varde, ord_):
    with pytest.raises(ValueError, match=ord_):
        tolka(varde)


# ---- The file


def test_a_file_as_it_was_taken_out_changes_nothing(plan):
    fil = las(bladet(plan))
    assert (fil.ar, fil.version, len(fil.rader), fil.fel, fil.noter) == (2019, plan.version, 22, [], [])
    ut = jamfor(fil, plan)
    assert ut.tom
    assert not ut.gammal


def test_odd_texts_come_back_as_they_were(plan, resor):
    """Line breaks of a form, double spaces, formulas' first sign: none of it is a change."""
    resor.rubrik, resor.kommentar, resor.sida = "=A1  B", "rad 1\r\nrad 2\n", "12"
    resor.foregaende = Decimal("-12.50")
    resor.save()
    ut = skillnad(Bok(bladet(plan)), plan)
    assert ut.tom, ut
    assert not ut.fel


@pytest.mark.parametrize(
    ("innehall", "ord_"),
    [(b"PK\x03\x04 trasig", "gick inte att läsa"), (b"", "gick inte att läsa"), (b"<html>", "gick inte att läsa")],
)
def test_what_is_no_workbook_is_refused(innehall, ord_):
    with pytest.raises(BladFel, match=ord_):
        las(innehall)


def test_another_workbook_is_refused(plan):
    from openpyxl import Workbook

    bok = Workbook()
    ut = io.BytesIO()
    bok.save(ut)
    with pytest.raises(BladFel, match="Fliken ”Budget” finns inte"):
        las(ut.getvalue())
    egen = Bok(bladet(plan))
    egen.blad["A1"].value = "något annat"
    with pytest.raises(BladFel, match="inte en budget som är hämtad härifrån"):
        las(egen.spara())
    with pytest.raises(BladFel, match="hämtad för att läsas"):
        las(bladet(plan, skriver=False))


def test_a_huge_sheet_is_refused_before_it_is_read(plan, monkeypatch):
    monkeypatch.setattr("ekonomi.budgetblad_in.STORSTA_UPPACKAT", 10_000)
    with pytest.raises(BladFel, match="mycket större än en budget"):
        las(bladet(plan))


def test_a_sheet_that_would_grow_when_it_is_read_is_refused(plan):
    """A document type with entities within entities, in the part that only the reader of sheets opens."""
    bomb = '<!DOCTYPE b [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {till} "{f"&{fran};" * 20}">' for fran, till in zip("abcdefg", "bcdefgh", strict=True)
    )
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bladet(plan))) as fran, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as till:
        for post in fran.infolist():
            data = fran.read(post)
            if post.filename == "xl/worksheets/sheet1.xml":
                data = f'<?xml version="1.0"?>{bomb}]>'.encode() + data.replace(b"Budget 2019", b"&h;")
            till.writestr(post.filename, data)
    with pytest.raises(BladFel, match="gick inte att läsa"):
        las(ut.getvalue())


def test_too_many_rows_are_refused(plan):
    bok = Bok(bladet(plan))
    bok.blad["B2500"].value = "långt ner"
    with pytest.raises(BladFel, match="fler än 2000 rader"):
        las(bok.spara())


def test_a_file_of_another_year_is_refused(plan):
    annat = nytt_ar(2020)
    ut = jamfor(las(bladet(plan)), annat)
    assert ut.fel == [("", "Filen är budgeten för 2019, inte för 2020. Läs in den på det årets sida.")]


# ---- What differs


def test_changed_cells_are_shown_with_both_values(plan, resor):
    bok = Bok(bladet(plan))
    bok.post(resor, belopp="30 000,50", rubrik="Resor", kommentar="Fler möten", sida=4, foregaende=None)
    bok.cell("ar:ovriga_intakter", "belopp").value = 50_000
    ut = skillnad(bok, plan)
    assert celler(ut.andrade) == [
        ("Året", "ovriga_intakter", "42000.00", "50000.00"),
        ("Resor i tjänsten", "rubrik", "Resor i tjänsten", "Resor"),
        ("Resor i tjänsten", "sida", "", "4"),
        ("Resor i tjänsten", "foregaende", "15000.00", None),
        ("Resor i tjänsten", "belopp", "25000.00", "30000.50"),
        ("Resor i tjänsten", "kommentar", "", "Fler möten"),
    ]
    assert ut.andrade[4].efter_ord.replace("\N{NO-BREAK SPACE}", " ") == "30 000,50 kr"
    assert not ut.fel
    assert not ut.krockar


@pytest.mark.parametrize(
    ("falt", "varde", "cell", "ord_"),
    [
        ("belopp", -5, "G", "utan minustecken"), ("belopp", "ca 5", "G", "inget belopp"),
        ("belopp", None, "G", "Skriv 0"),        ("foregaende", -1, "F", "utan minustecken"),
        ("kategori", "Påhitt", "C", "Kategorin ”Påhitt” finns inte"),
        ("kategori", "Led", "C", "finns inte"),
        ("kategori", None, "C", "Välj en kategori"), ("rubrik", None, "B", "Skriv vad raden heter"),
        ("rubrik", "x" * 121, "B", "högst 120"), ("belopp", "=5+5", "G", "inte är uträknad"),
        ("sida", "x" * 21, "D", "20"),        ("belopp", DAG, "G", "datum"), ("belopp", 1e11, "G", "för stort"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_cell(plan, resor, falt, varde, cell, ord_):
    bok = Bok(bladet(plan))
    bok.post(resor, **{falt: varde})
    nr = bok.rad(f"post:{resor.pk}")
    ((var, text),) = skillnad(bok, plan).fel
    assert var.startswith(f"{cell}{nr}, ")
    assert ord_ in text


@pytest.mark.parametrize(
    ("text", "kod"),
    [("individinriktad INSATS", "individ"), ("struktur", "struktur"), ("ledning", "ledning"), ("Ej", "ej_beslutat")],
)
def test_a_category_may_be_written_shortly(plan, resor, text, kod):
    bok = Bok(bladet(plan))
    bok.post(resor, kategori=text)
    ut = skillnad(bok, plan)
    assert not ut.fel
    assert [rad.efter for rad in ut.andrade] == ([] if kod == "ledning" else [kod])


def test_new_lines_stand_in_the_block_where_they_are_written(plan):
    bok = Bok(bladet(plan))
    bok.ny("ledning", rubrik="Kopiator", kategori="ledning", belopp=7)
    bok.ny("ovrigt", nr=2, rubrik="Jubileum", kategori="Övrigt", foregaende="1,5", belopp=9, kommentar="50 år")
    ut = skillnad(bok, plan)
    assert [(rad.block, rad.varden["rubrik"], str(rad.varden["belopp"])) for rad in ut.nya] == [
        ("ledning", "Kopiator", "7.00"),
        ("ovrigt", "Jubileum", "9.00"),
    ]


def test_a_new_line_without_category_or_amount_is_told(plan):
    bok = Bok(bladet(plan))
    bok.ny("ledning", rubrik="Kopiator")
    bok.ny("ovrigt", belopp=9)
    nr, andra = bok.rad("ny:ledning"), bok.rad("ny:ovrigt")
    assert [cell for cell, _ in skillnad(bok, plan).fel] == [
        f"C{nr}, Kategori", f"G{nr}, Budget", f"B{andra}, Rad", f"C{andra}, Kategori",
    ]  # fmt: skip


def test_an_amount_outside_the_blocks_is_told(plan):
    bok = Bok(bladet(plan))
    nr = bok.rad("summa:resultat") + 1
    bok.blad[f"G{nr}"].value = 500
    assert skillnad(bok, plan).fel == [
        (f"B{nr}, Rad", "Raden står utanför budgetens delar. Flytta in den före en delsumma.")
    ]


def test_a_line_that_is_gone_is_kept_unless_somebody_says_so(plan, resor):
    regel(plan, "5800", resor)
    bok = Bok(bladet(plan))
    bok.utan(resor)
    ut = skillnad(bok, plan)
    (borta,) = ut.borta
    assert (borta.post, borta.namn) == (resor.pk, "Resor i tjänsten")
    assert "försvinner också en konteringsregel" in borta.i_ord
    assert not ut.fel


def test_a_copied_line_is_a_new_one(plan, resor):
    bok = Bok(bladet(plan))
    till, fran = bok.rad("ny:ledning"), bok.rad(f"post:{resor.pk}")
    for bokstav in "ABCDEFGHIJKL":
        bok.blad[f"{bokstav}{till}"].value = bok.blad[f"{bokstav}{fran}"].value
    ut = skillnad(bok, plan)
    assert [rad.varden["rubrik"] for rad in ut.nya] == ["Resor i tjänsten"]
    assert "kopia" in ut.noter[0]
    assert not ut.andrade


def test_changed_formulas_and_locked_cells_are_told_and_not_read(plan, resor):
    bok = Bok(bladet(plan))
    bok.cell("summa:ledning", "belopp").value = 1
    bok.cell("summa:kostnader", "belopp").value = "=1+1"
    bok.cell("ar:tilldelning", "belopp").value = 5
    bok.cell("ar:tilldelning", "foregaende").value = 5
    bok.post(resor, raknas="Budgeten", marke="Ny")
    ut = skillnad(bok, plan)
    assert ut.tom
    text = "\n".join(ut.noter)
    for ord_ in ("Formeln för ”Summa ledning” är ändrad", "Formeln för ”Kostnader” är ändrad", "Medlemmarnas bidrag",
                 "hör till året före", "(Räknas inte med)", "(Märkning)"):  # fmt: skip
        assert ord_ in text, ord_
    assert len(ut.noter) == 6


def test_a_row_that_is_put_in_moves_the_formulas_and_nothing_else(plan, resor):
    """Excel writes the references anew; the numbers of rows are no change."""
    bok = Bok(bladet(plan))
    cell = bok.cell("summa:ledning", "belopp")
    cell.value = cell.value.replace("10", "11")
    assert skillnad(bok, plan).noter == []


def test_a_shown_sum_that_is_not_the_rows_is_told(plan, monkeypatch):
    """The program's own sum against the rows that are read: a row that fell outside a sum is seen."""
    bok = Bok(bladet(plan))
    innehall = bok.spara()
    nr = bok.rad("summa:kostnader")
    riktig = budgetblad_in._oppna

    def med_summa(data):
        formler, visade = riktig(data)
        return formler, visade | {(nr, "belopp"): summa}

    monkeypatch.setattr(budgetblad_in, "_oppna", med_summa)
    summa = 4_045_000
    assert las(innehall).noter == []
    summa = 4_000_000
    (text,) = las(innehall).noter
    assert "visar kostnaderna 4\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000" in text


def test_a_formula_where_one_types_counts_with_its_figure(plan, resor, monkeypatch):
    bok = Bok(bladet(plan))
    bok.post(resor, belopp="=10000/3")
    innehall, nr = bok.spara(), bok.rad(f"post:{resor.pk}")
    riktig = budgetblad_in._oppna
    monkeypatch.setattr(
        budgetblad_in, "_oppna", lambda data: (riktig(data)[0], riktig(data)[1] | {(nr, "belopp"): 10000 / 3})
    )
    ut = jamfor(las(innehall), plan)
    assert celler(ut.andrade) == [("Resor i tjänsten", "belopp", "25000.00", "3333.33")]
    assert "=10000/3" in ut.noter[0]


# ---- When somebody has changed the year since


@pytest.fixture
def andrad_sedan(plan, resor):
    """(file, year): the budget of travels became 40 000 after the file was taken out."""
    bok = Bok(bladet(plan))
    resor.belopp = 40_000
    resor.save()
    Verksamhetsar.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    return bok


def test_what_only_others_changed_is_left_alone(plan, andrad_sedan):
    ut = skillnad(andrad_sedan, plan)
    assert celler(ut.sedan) == [("Resor i tjänsten", "belopp", "40000.00", "25000.00")]
    assert ut.tom
    assert ut.gammal


def test_what_both_changed_is_a_choice(plan, resor, andrad_sedan):
    andrad_sedan.post(resor, belopp=30_000, sida="2")
    ut = skillnad(andrad_sedan, plan)
    assert celler(ut.krockar) == [("Resor i tjänsten", "belopp", "40000.00", "30000.00")]
    assert ut.krockar[0].bas == "25000.00"
    assert celler(ut.andrade) == [("Resor i tjänsten", "sida", "", "2")]


def test_two_who_write_the_same_do_not_collide(plan, resor, andrad_sedan):
    andrad_sedan.post(resor, belopp=40_000)
    ut = skillnad(andrad_sedan, plan)
    assert ut.tom
    assert not ut.krockar


def test_without_what_stood_there_every_difference_is_a_choice(plan, resor, andrad_sedan):
    andrad_sedan.post(resor, bas="trasig", sida="2")
    ut = skillnad(andrad_sedan, plan)
    assert {rad.falt for rad in ut.krockar} == {"belopp", "sida"}
    assert not ut.andrade


def test_lines_that_came_and_went_here_are_told(plan, resor, andrad_sedan):
    resor.delete()
    ny = plan.poster.create(rubrik="Ny här", kategori="ovrigt", belopp=1)
    ut = skillnad(andrad_sedan, plan)
    assert [rad.varden["rubrik"] for rad in ut.aterfunna] == ["Resor i tjänsten"]
    assert ut.tillkomna == [ny.rubrik]
    assert not ut.borta, "what the file never had is not gone from it"


def test_a_divided_line_keeps_a_category_that_can_be_divided(plan):
    ung = plan.poster.get(rubrik="Ung Arena")
    bok = Bok(bladet(plan))
    bok.post(ung, kategori="Övrigt")
    ((_, text),) = skillnad(bok, plan).fel
    assert "Ta bort delningen" in text


def test_a_shared_cost_tells_that_the_whole_stays(plan):
    bok = Bok(bladet(plan))
    bok.post(plan.poster.get(rubrik="Våld i nära relation"), belopp=70_000)
    assert "flera förbund delar" in skillnad(bok, plan).noter[0]


def test_a_budget_has_no_more_lines_than_its_page_can_show(plan, monkeypatch):
    monkeypatch.setattr("ekonomi.budgetblad_jamfor.FLEST_POSTER", 22)
    bok = Bok(bladet(plan))
    bok.ny("ledning", rubrik="En till", kategori="ledning", belopp=7)
    assert "fler än 22 rader" in skillnad(bok, plan).fel[0][1]


def test_the_comparison_costs_the_same_whatever_differs(plan, django_assert_num_queries):
    poster = list(plan.poster.all())
    for antal in (2, 10):
        bok = Bok(bladet(plan))
        for post in poster[:antal]:
            bok.utan(post)
        fil = las(bok.spara())
        with django_assert_num_queries(4):
            assert len(jamfor(fil, plan).borta) == antal
