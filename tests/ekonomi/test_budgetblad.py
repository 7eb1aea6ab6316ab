"""The budget as an Excel file: its own formulas give the plan's figures, and what is typed cannot become one."""

import pytest
from django.urls import reverse

from ekonomi import reports
from ekonomi.budgetblad import BARA_LASA
from ekonomi.models import Budgetpost, Verksamhetsar
from samordning.demo import budget
from samordning.karna.models import Installning
from tests.ekonomi.bladfabrik import Bok, bladet
from tests.ekonomi.bokfabrik import regel, sie, sparad
from tests.ekonomi.fabrik import budgetar
from tests.ekonomi.formler import Raknare

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return Verksamhetsar.objects.get(pk=budget.skriv_plan().pk)


def _tkr(bok, nyckel, bokstaver="FG"):
    raknare = Raknare(bok.bok)
    return tuple(raknare.varde("Budget", f"{bokstav}{bok.rad(f'summa:{nyckel}')}") / 1000 for bokstav in bokstaver)


def _cell(bok, nyckel, bokstav):
    return Raknare(bok.bok).varde("Budget", f"{bokstav}{bok.rad(f'summa:{nyckel}')}")


@pytest.mark.parametrize(
    ("nyckel", "vantat"),
    [
        ("medel", (4193, 4195)), ("ledning", (776, 650)), ("insatser", (2544, 3175)), ("ovrigt", (212, 220)),
        ("kostnader", (3532, 4045)), ("utgaende", (661, 150)), ("resultat", (226, -511)),
    ],
)  # fmt: skip
def test_the_sums_of_the_sheet_are_the_plans(plan, nyckel, vantat):
    """G07-G16."""
    assert _tkr(Bok(bladet(plan)), nyckel) == vantat


@pytest.mark.parametrize(
    ("kategori", "tkr", "andel"),
    [
        ("individ", 2400, 57.21), ("struktur", 495, 11.80), ("ej_beslutat", 450, 10.73), ("ledning", 820, 19.55),
        ("ovrigt", 30, 0.72),
    ],
)  # fmt: skip
def test_the_shares_are_of_all_there_is(plan, kategori, tkr, andel):
    """G17-G22."""
    bok = Bok(bladet(plan))
    assert _tkr(bok, f"andel:{kategori}", "G") == (tkr,)
    assert round(100 * _cell(bok, f"andel:{kategori}", "F"), 2) == andel
    assert _tkr(bok, "andelar", "G") == (4195,)


def test_equity_is_compared_on_both_bases(plan):
    """G24, G25."""
    bok = Bok(bladet(plan))
    for bas, tak, in_, ut in (
        ("total tilldelning", 698_400, ("Inom gränsen", 18.93), ("Inom gränsen", 4.30)),
        ("statens del", 349_200, ("Över gränsen", 37.86), ("Inom gränsen", 8.59)),
    ):
        assert _cell(bok, f"tak:{bas}", "G") == pytest.approx(tak)
        for nyckel, vantat in (("in", in_), ("ut", ut)):
            svar = _cell(bok, f"{nyckel}:{bas}", "C"), round(100 * _cell(bok, f"{nyckel}:{bas}", "F"), 2)
            assert svar == vantat, (bas, nyckel)


def test_the_formulas_follow_what_is_typed(plan):
    """More money for a line: sums, shares and equity move with it."""
    bok = Bok(bladet(plan))
    post = plan.poster.get(rubrik="Resor i tjänsten")
    bok.post(post, belopp=225_000)
    bok.ny("ovrigt", rubrik="Jubileum", kategori="Övrigt", belopp=100_000)
    assert _tkr(bok, "ledning", "G") == (850,)
    assert _tkr(bok, "kostnader", "G") == (4345,)
    assert _tkr(bok, "utgaende", "G") == (-150,)
    assert _tkr(bok, "andel:ovrigt", "G") == (130,)
    assert _cell(bok, "ut:total tilldelning", "C") == "Under noll"


def test_a_line_that_is_both_is_divided_and_a_memo_is_not_counted(db):
    ar = budgetar()
    ar.poster.filter(rubrik="Ung Arena").update(andel_individ="25")
    ar.poster.filter(rubrik="Våld i nära relation").update(memo=["budget"])
    bok, sett = Bok(bladet(ar)), reports.budgetrapport(Verksamhetsar.objects.get(pk=ar.pk)).budget
    for andel in sett.andelar():
        assert _cell(bok, f"andel:{andel.kategori}", "G") == pytest.approx(float(andel.belopp)), andel.kategori
    assert _cell(bok, "kostnader", "G") == pytest.approx(float(sett.kostnader))
    assert bok.cell(f"post:{ar.poster.get(rubrik='Våld i nära relation').pk}", "belopp").number_format == "(#,##0)"


def test_the_rules_steps_are_in_the_formula(plan):
    Installning.objects.create(
        nyckel="egetkapitalregel", varde=[[3_000_000, 20], [5_000_000, 15]], giltig_fran="2019-01-01"
    )
    bok = Bok(bladet(plan))
    assert _cell(bok, "tak:total tilldelning", "F") == 0.15
    bok.cell("ar:tilldelning", "belopp").value = 3_000_000
    assert _cell(bok, "tak:total tilldelning", "F") == 0.2, "up to and with"
    bok.cell("ar:tilldelning", "belopp").value = 6_000_000
    assert _cell(bok, "tak:total tilldelning", "G") == ""
    assert _cell(bok, "in:total tilldelning", "C") == "Ingen regel"


def test_the_members_shares_have_formulas_and_the_change(plan):
    """G01-G06."""
    blad = Bok(bladet(plan)).bok["Tilldelning"]
    raknare = Raknare(blad.parent)
    rader = {blad[f"A{nr}"].value: nr for nr in range(5, 11)}

    def rad(namn):
        return [raknare.varde("Tilldelning", f"{bokstav}{rader[namn]}") for bokstav in "DEFGHI"]

    assert rad("Staten (AF/FK)")[1:5] == [1_746_000, 0.5, 1_794_000, -48_000]
    assert rad("Mariestads kommun")[:2] == [pytest.approx(523_800), 524_000]
    assert rad("Hälso- och sjukvårdsnämnden Skaraborg")[0] == 873_000
    assert rad("Summa")[1:5] == [3_492_000, 1, 3_588_000, -96_000]
    assert round(100 * rad("Summa")[5], 2) == -2.68


def test_a_name_that_looks_like_a_formula_is_a_text(db):
    ar = budgetar()
    ar.poster.filter(rubrik="Ung Arena").update(rubrik="=1+1", kommentar="=HYPERLINK(1)", sida="+3")
    ar = Verksamhetsar.objects.get(pk=ar.pk)
    ar.ovriga_vad = "=cmd"
    ar.save()
    bok = Bok(bladet(ar))
    nyckel = f"post:{ar.poster.get(rubrik='=1+1').pk}"
    for falt in ("rubrik", "kommentar", "sida"):
        assert bok.cell(nyckel, falt).data_type == "s", falt
    assert bok.cell("ar:ovriga_intakter", "rubrik").data_type == "s"


def test_only_the_cells_where_one_types_are_open(plan):
    bok = Bok(bladet(plan))
    post = f"post:{plan.poster.get(rubrik='Ung Arena').pk}"
    oppna = {falt for falt in ("rubrik", "kategori", "sida", "marke", "foregaende", "belopp", "raknas", "andel",
                               "kommentar", "nyckel", "bas") if not bok.cell(post, falt).protection.locked}  # fmt: skip
    assert oppna == {"rubrik", "kategori", "sida", "foregaende", "belopp", "kommentar"}
    assert bok.blad.protection.sheet
    assert not bok.blad.protection.password
    assert bok.cell("summa:kostnader", "belopp").protection.locked
    assert bok.cell("ar:tilldelning", "belopp").protection.locked, "the members' shares add up to it"
    assert not bok.cell("ar:eget_kapital_in", "belopp").protection.locked
    assert bok.blad.column_dimensions["A"].hidden
    assert bok.blad.column_dimensions["L"].hidden
    assert (bok.blad.freeze_panes, bok.blad.print_title_rows) == ("C5", "$4:$4")
    assert (bok.blad.page_setup.orientation, bok.blad.page_setup.paperSize) == ("landscape", 9)
    assert bok.cell(post, "raknas").value == "Utfallet året före"
    assert [bok.blad[f"{bokstav}4"].value for bokstav in "BFG"] == ["Rad", "Utfall 2018 (prel.)", "Budget 2019"]


def test_the_ledgers_outcome_has_a_column_of_its_own(db):
    ar = Verksamhetsar.objects.create(ar=2019, tilldelning=500)
    post = ar.poster.create(rubrik="Gården", kategori="individ", belopp=200)
    regel(ar, "4010", post)
    dold = Bok(bladet(ar))
    assert dold.blad.column_dimensions["H"].hidden
    sparad(sie(), ar=ar)
    bok = Bok(bladet(ar))
    assert not bok.blad.column_dimensions["H"].hidden
    assert bok.cell(f"post:{post.pk}", "utfall").value == pytest.approx(160.5)
    assert _cell(bok, "kostnader", "H") == pytest.approx(160.5)


def test_a_year_without_one_before_shows_no_equity_of_it(db):
    ar = budgetar()
    bok = Bok(bladet(ar))
    assert [_cell(bok, nyckel, "F") for nyckel in ("medel", "kostnader", "utgaende")] == ["", "", ""]


@pytest.mark.parametrize("skriver", [True, False])
@pytest.mark.parametrize("vilket", ["planen", "tomt", "utan del"])
def test_every_formula_can_be_worked_out(plan, vilket, skriver):
    """None reads itself or divides by nothing, whatever the year is without."""
    ar = plan
    if vilket == "tomt":
        ar = Verksamhetsar.objects.create(ar=2030, tilldelning=0)
    elif vilket == "utan del":
        plan.poster.filter(block="insatser").delete()
    bok = Bok(bladet(ar, skriver)).bok
    raknare, antal = Raknare(bok), 0
    for blad in bok:
        for cell in (cell for rad in blad.iter_rows() for cell in rad if cell.data_type == "f"):
            raknare.varde(blad.title, cell.coordinate)
            antal += 1
    assert antal > 30
    slut = reports.budgetrapport(Verksamhetsar.objects.get(pk=ar.pk)).budget.eget_kapital_ut
    assert _cell(Bok(bladet(ar, skriver)), "utgaende", "G") == slut


# ---- Who gets what


def _hamta(client, ar):
    return Bok(client.get(reverse("ekonomi:blad_ut", args=[ar.pk])).content)


def test_the_board_reads_without_the_offices_comments(client, inloggad, plan):
    plan.poster.filter(rubrik="Ung Arena").update(kommentar="Kansliets egen anteckning")
    inloggad("styrelse")
    bok = _hamta(client, plan)
    assert bok.blad["A1"].value == BARA_LASA
    celler = [cell.value for rad in bok.blad.iter_rows() for cell in rad if isinstance(cell.value, str)]
    assert "Ung Arena" in celler
    assert not [text for text in celler if "anteckning" in text]
    assert not [cell for rad in bok.blad.iter_rows() for cell in rad if not cell.protection.locked]
    inloggad("ekonom")
    svar = client.get(reverse("ekonomi:blad_ut", args=[plan.pk]))
    assert svar["Content-Disposition"] == 'attachment; filename="budget-2019.xlsx"'
    assert "Kansliets egen anteckning" in [cell.value for cell in Bok(svar.content).blad["K"]]


def test_a_locked_year_has_no_cells_to_type_in(client, inloggad, plan):
    plan._overga("faststall", av=None)
    inloggad("kansli")
    bok = _hamta(client, plan)
    assert bok.blad["A1"].value == BARA_LASA
    assert not [cell for rad in bok.blad.iter_rows() for cell in rad if not cell.protection.locked]
    assert _tkr(bok, "utgaende") == (661, 150)


def test_the_file_costs_the_same_with_more_lines(inloggad, plan, assert_constant_queries):
    inloggad("kansli")
    assert_constant_queries(
        reverse("ekonomi:blad_ut", args=[plan.pk]),
        lambda: Budgetpost.objects.create(verksamhetsar=plan, rubrik="Rad", kategori="ovrigt", belopp=1),
    )


def test_the_sheet_opens_as_values_too(plan):
    """Formulas and plain cells, nothing broken for a reader that works nothing out."""
    import io

    from openpyxl import load_workbook

    bok = load_workbook(io.BytesIO(bladet(plan)), data_only=True)
    assert bok.sheetnames == ["Budget", "Tilldelning"]
    assert bok["Budget"]["B1"].value == "Budget 2019"
