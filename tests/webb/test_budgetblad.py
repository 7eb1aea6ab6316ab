"""A budget of its own year goes out as an Excel file and comes back, and fetches the outcome of the year before, in a
real browser: what differs is read on a wide page and on a phone, and nothing is saved before somebody says so."""

import re

from playwright.sync_api import expect

from tests.ekonomi.bladfabrik import Bok
from tests.webb.handgrepp import granska, huvud, knapp, lank, rubrik, visa

AR = "2020"  # the demo has the year before, with a ledger that is reconciled


def _hamta(sida):
    with sida.expect_download() as hamtat:
        huvud(sida).get_by_role("link", name="Hämta som kalkylblad").click()
    assert hamtat.value.suggested_filename == f"budget-{AR}.xlsx"
    return Bok(hamtat.value.path().read_bytes())


def _las_in(sida, bok, fil):
    fil.write_bytes(bok.spara())
    lank(sida, "Läs in kalkylblad")
    huvud(sida).get_by_label("Budgeten som kalkylblad").set_input_files(fil)
    knapp(sida, "Visa skillnaderna")


def _granska(sida, ord_):
    for bredd in (1280, 390):
        visa(sida, bredd, morkt=bredd == 1280)
        granska(sida, ord_)


def _rader(bok):
    return [rad[0].value for rad in bok.blad.iter_rows(max_col=1) if str(rad[0].value).startswith("post:")]


def test_a_budget_is_worked_on_in_excel_and_gets_the_outcome_of_the_year_before(oppna, tmp_path):
    sida, fil = oppna("/ekonomi/ar/nytt/", "ekonom"), tmp_path / "budget.xlsx"
    for namn, varde in {
        "ar": AR, "tilldelning": "3 492 000", "ovriga_intakter": "0", "eget_kapital_in": "661 000",
        "rubrik_0": "Resor i tjänsten", "belopp_0": "25 000", "rubrik_1": "Styrelse", "belopp_1": "140 000",
    }.items():  # fmt: skip
        huvud(sida).locator(f"[name={namn}]").fill(varde)
    for nr in (0, 1):
        huvud(sida).locator(f"[name=kategori_{nr}]").select_option("ledning")
    knapp(sida, "Spara budgeten")
    expect(rubrik(sida)).to_have_text(f"Budget {AR}")
    bok = _hamta(sida)
    # A file with a fault is told, and put away.
    resor, styrelse = _rader(bok)
    bok.cell(resor, "belopp").value = "väldigt mycket"
    _las_in(sida, bok, fil)
    _granska(sida, "”väldigt mycket” är inget belopp")
    knapp(sida, "Läs inte in filen")
    assert "är som den var" in huvud(sida).inner_text()
    # A file with changes is seen, and saved.
    bok.cell(resor, "belopp").value = 31_500
    bok.ny("ovrigt", rubrik="Jubileum", kategori="Övrigt", belopp=12_000)
    nr = bok.rad(styrelse)
    for bokstav in "ABCDEFGHIJKL":
        bok.blad[f"{bokstav}{nr}"].value = None
    _las_in(sida, bok, fil)
    _granska(sida, "Nya rader (1)")
    expect(huvud(sida).get_by_role("checkbox", name="Ta bort ”Styrelse”")).not_to_be_checked()
    knapp(sida, "Spara ändringarna")
    text = huvud(sida).inner_text()
    assert "2 ändringar i budgeten" in text
    assert re.search(r"31.500", text)
    assert "Jubileum" in text
    assert "Styrelse" in text, "it stays unless one says otherwise"
    # And the outcome of the year before.
    lank(sida, "Hämta utfallet 2019 från bokföringen")
    _granska(sida, "Har ingen rad i budgeten")
    knapp(sida, "Spara utfallet")
    assert "Utfallet 2019 är hämtat till 2 rader." in huvud(sida).inner_text()
