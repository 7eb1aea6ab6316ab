"""The plan of years: what agreements bind, what their options may cost, and what people plan (MC16)."""

import datetime
import io
from decimal import Decimal

import page
import pytest
import time_machine
from django.urls import reverse

from ekonomi.flerarsplan_las import las
from ekonomi.models import Budgetpost, Medlemsbidrag, Planbelopp, Planram, Verksamhetsar
from insatser.models import Avtal
from samordning.karna import pdf
from samordning.karna.models import Handelse, Installning, Part
from tests.ekonomi.fabrik import budgetar
from tests.insatser.fabrik import ny_insats, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("i_mars")]
DAG = datetime.date
FRAN, TILL = DAG(2022, 9, 1), DAG(2023, 8, 31)


@pytest.fixture
def i_mars():
    with time_machine.travel(datetime.datetime(2023, 3, 1, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def ar(db):
    rad = Verksamhetsar.objects.create(ar=2023, tilldelning=3_000_000, ovriga_intakter=50_000, eget_kapital_in=400_000)
    Medlemsbidrag.objects.create(verksamhetsar=rad, slag="stat", namn="Staten", belopp=1_500_000)
    rad.refresh_from_db()
    return rad


def rad(ar, namn="Rörsås", belopp=368_000, **falt):
    standard = {"kategori": "individ", "block": "insatser"}
    return Budgetpost.objects.create(verksamhetsar=ar, rubrik=namn, belopp=belopp, **standard | falt)


def avtal(insats, fran=FRAN, till=TILL, optioner=2, belopp=None, **falt):
    ett = Avtal.objects.create(
        insats=insats, huvudpart=Part.objects.forbund(), start=fran, slut=till, optioner=optioner, **falt
    )
    for nr, kronor in (belopp or {}).items():
        ett.belopp.create(ar=nr, kronor=kronor)
    return ett


def celler(plan, namn="Rörsås"):
    return next(rad for block in plan.block for rad in block.rader if rad.linje.namn == namn).celler


def stallt(cell):
    return cell.slag, cell.belopp, cell.bundet, cell.option


def test_an_agreement_of_a_year_with_two_options(ar):
    """220901-230831 with 1+1: the last year is from September 2024 (G39)."""
    insats = ny_insats("Rörsås Lantliv")
    avtal(insats, belopp={2022: 120_000, 2023: 240_000})
    rad(ar, insats=insats, belopp=360_000)
    plan = las(ar)
    nasta, sedan = celler(plan)
    # 2024 is two options, 2025 eight months of the last: 30 000 a month, and both are said to be counted.
    assert (stallt(nasta), stallt(sedan)) == (("option", 360_000, 0, 360_000), ("option", 240_000, 0, 240_000))
    assert "räknad per månad" in nasta.text
    assert sedan.text.endswith("till och med 31 augusti 2025, sedan är avtalet slut")
    i_ord = plan.block[0].rader[0].avtal_i_ord
    assert i_ord == (
        "Avtal 1 september 2022 till 31 augusti 2023, kan förlängas till 31 augusti 2025 "
        "(från september 2024 sista år)."
    )
    assert (nasta.i_ord, nasta.marke[2], nasta.skrivs) == ("Obundet (option)", "ring", False)


def test_the_sums_of_the_agreement_win_and_a_year_may_be_half_bound(ar):
    insats = ny_insats()
    avtal(insats, till=DAG(2024, 8, 31), optioner=2, utnyttjade=1, belopp={2023: 1, 2024: 200_000, 2025: 77_000})
    rad(ar, insats=insats)
    nasta, sedan = celler(las(ar))
    assert stallt(nasta) == ("delvis", 300_000, 200_000, 100_000)
    assert "Optionen är räknad per månad" in nasta.text
    assert "bundet till och med 31 augusti 2024" in nasta.text
    assert stallt(sedan) == ("option", 77_000, 0, 77_000)
    assert "räknad" not in sedan.text, "that sum is agreed"


def test_a_bound_year_and_the_end(ar):
    insats = ny_insats()
    avtal(insats, till=DAG(2024, 12, 31), optioner=0, belopp={2023: 368_000, 2024: 300_000})
    rad(ar, insats=insats)
    nasta, sedan = celler(las(ar))
    assert stallt(nasta) == ("bundet", 300_000, 300_000, 0)
    assert stallt(sedan) == ("slut", 0, 0, 0)
    assert (sedan.i_ord, sedan.skrivs, sedan.text) == ("Avtalet slut", True, "Sista dagen är 31 december 2024")
    Planbelopp.objects.create(post=ar.poster.get(), ar=2025, belopp=5)
    sedan = celler(las(ar))[1]
    assert (stallt(sedan), sedan.text) == (("slut", 5, 0, 0), "Sista dagen är 31 december 2024. Planerat ändå")


def test_an_option_that_nobody_took_and_one_that_another_agreement_follows_cost_nothing(ar):
    slut, foljs = ny_insats(), ny_insats()
    avtal(slut, till=DAG(2023, 2, 28), belopp={2023: 60_000})  # yesterday
    avtal(foljs, belopp={2022: 1, 2023: 240_000})
    avtal(foljs, DAG(2023, 9, 1), DAG(2024, 12, 31), 0, {2023: 100_000, 2024: 310_000})
    rad(ar, "Slut", insats=slut)
    rad(ar, "Följs", insats=foljs)
    plan = las(ar)
    assert [stallt(cell)[:2] for cell in celler(plan, "Slut")] == [("slut", 0), ("slut", 0)]
    assert [stallt(cell)[:2] for cell in celler(plan, "Följs")] == [("bundet", 310_000), ("slut", 0)]
    assert "Avtalets belopp för 2023 är 340 000 kr, inte budgetens" in _utan_hart(plan.block[0].rader[1].avtal_i_ord)


def _utan_hart(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_agreement_without_a_sum_is_told_and_not_guessed(ar):
    insats = ny_insats()
    avtal(insats, till=DAG(2024, 12, 31), optioner=1, belopp={2023: 368_000})
    rad(ar, insats=insats)
    plan = las(ar)
    nasta, sedan = celler(plan)
    assert (nasta.slag, nasta.belopp, nasta.skrivs) == ("saknas", 0, True)
    assert stallt(sedan) == ("option", 368_000, 0, 368_000)
    assert plan.varningar == ("Rörsås: avtalet har inget belopp för 2024.",)
    Planbelopp.objects.create(post=ar.poster.get(), ar=2024, belopp=9, kommentar="Enligt samtal")
    plan = las(ar)
    assert (celler(plan)[0].belopp, celler(plan)[0].kommentar, plan.varningar) == (9, "Enligt samtal", ())
    tomt = ny_insats()
    avtal(tomt, belopp={})
    rad(ar, "Utan", insats=tomt)
    assert [cell.slag for cell in celler(las(ar), "Utan")] == ["saknas", "saknas"]


def test_lines_without_agreement_follow_the_budget_until_somebody_plans(ar):
    kansli = rad(ar, "Kansli", 650_000, kategori="ledning", block="ledning")
    rad(ar, "Avslutas", 45_000, avslutas=True)
    rad(ar, "Inom parentes", 700_000, memo=["budget"])
    rad(ar, "Insats utan avtal", 10, insats=ny_insats())
    Planbelopp.objects.create(post=kansli, ar=2025, belopp=0)
    plan = las(ar)
    assert [stallt(cell)[:2] for cell in celler(plan, "Kansli")] == [("forslag", 650_000), ("planerat", 0)]
    assert [cell.belopp for cell in celler(plan, "Avslutas")] == [0, 0]
    assert [cell.belopp for cell in celler(plan, "Insats utan avtal")] == [10, 10]
    assert [block.summor for block in plan.block] == [[650_000, 650_000, 0], [45_010, 10, 10]], (
        "the memo is not counted"
    )


def test_equity_goes_from_year_to_year_and_is_compared_on_both_bases(ar):
    rad(ar, "Allt", 3_000_000)
    rad(ar, "Utvecklingsmedel", 300_000, kategori="ej_beslutat")
    Planram.objects.create(verksamhetsar=ar, ar=2025, tilldelning=4_000_000, ovriga_intakter=0)
    Installning.objects.create(nyckel="egetkapitalregel", varde=[[7_000_000, 1]], giltig_fran=DAG(2025, 6, 1),
                               beslut_text="§ 1")  # fmt: skip
    plan = las(ar)
    # 3 450 000 - 3 300 000; then 3 050 000 + 150 000 - 3 300 000; then 4 000 000 - 100 000 - 3 300 000
    assert [rad.budget.eget_kapital_ut for rad in plan.aren] == [150_000, -100_000, 600_000]
    assert [rad.budget.eget_kapital_om_kvar for rad in plan.aren] == [450_000, 200_000, 900_000]
    assert [rad.ram.skriven for rad in plan.aren] == [False, False, True]
    assert [[(ett.bas, ett.belopp, ett.ut.lage) for ett in rad.kapital] for rad in plan.aren] == [
        [("total tilldelning", 3_000_000, "klarar"), ("statens del", 1_500_000, "klarar")],
        [("total tilldelning", 3_000_000, "under_noll"), ("statens del", 1_500_000, "under_noll")],
        [("total tilldelning", 4_000_000, "bryter"), ("statens del", 2_000_000, "bryter")],
    ]  # fmt: skip
    assert sum(rad.budget.kostnader for rad in plan.aren[1:]) == sum(
        (rad.bundet + rad.option + rad.planerat for rad in plan.aren[1:]), Decimal(0)
    )


def test_new_agreements_come_in_and_those_that_may_be_counted_already_stand_apart(ar):
    nytt, gammalt = ny_insats("Nytt"), ny_insats("Gammalt")
    avtal(nytt, DAG(2024, 1, 1), DAG(2024, 12, 31), 0, {2024: 70_000})
    avtal(gammalt, DAG(2023, 1, 1), DAG(2024, 12, 31), 0, {2023: 10, 2024: 500_000})
    rad(ar, "Kanske gammalt", 10)
    plan = las(ar)
    assert [block.namn for block in plan.block] == ["Insatser", "Nya avtal, utan rad i budgeten 2023"]
    assert plan.block[1].summor == [0, 70_000, 0]
    assert [rad.linje.namn for rad in plan.utanfor] == ["Gammalt"]
    assert plan.aren[1].budget.kostnader == 70_010
    assert not plan.hel
    rad(ar, "Gammalt", 0, insats=gammalt)
    assert las(ar).hel


def test_an_agreement_with_two_lines_is_shared_between_them_to_the_ore(ar):
    insats = ny_insats()
    avtal(insats, till=DAG(2024, 12, 31), optioner=0, belopp={2023: 300, 2024: Decimal("100.01")})
    rad(ar, "Ett", 200, insats=insats)
    rad(ar, "Två", 100, insats=insats)
    plan = las(ar)
    delar = [celler(plan, namn)[0] for namn in ("Ett", "Två")]
    assert [cell.belopp for cell in delar] == [Decimal("66.67"), Decimal("33.34")]
    assert all("delat mellan dess rader" in cell.text for cell in delar)
    assert "inte budgetens" not in plan.block[0].rader[0].avtal_i_ord


# ---- The pages


def url(namn, ar):
    return reverse(f"ekonomi:plan_{namn}", args=[ar.pk])


def test_the_board_reads_the_plan_and_the_kansli_changes_it(client, inloggad, ar):
    insats = ny_insats("Rörsås Lantliv")
    avtal(insats, belopp={2022: 120_000, 2023: 240_000})
    rad(ar, insats=insats)
    kansli = rad(ar, "Kansli", 650_000)
    Verksamhetsar.objects.filter(pk=ar.pk).update(lage="faststalld")  # a decided budget may still be planned on
    inloggad("styrelse")
    text = _utan_hart(client.get(url("detail", ar)).content.decode())
    for vantat in ("Obundet (option)", "från september 2024 sista år", "Som i budgeten", "Statens del, 1 500 000"):
        assert vantat in text, vantat
    assert "Ändra planen" not in text
    inloggad("ekonom")
    sida = client.get(url("edit", ar))
    assert [rad.linje.namn for rad, _ in sida.context["form"].rader()] == ["Kansli"], "what agreements say is not typed"
    data = {"version": version(client, url("edit", ar)), f"belopp_{kansli.pk}_2024": "660 000",
            f"kommentar_{kansli.pk}_2024": "Lön", "tilldelning_2025": "3 100 000,50"}  # fmt: skip
    fel = client.post(url("edit", ar), data | {"ovriga_intakter_2024": "1", f"kommentar_{kansli.pk}_2025": "x"})
    assert set(fel.context["form"].errors) == {"tilldelning_2024", f"belopp_{kansli.pk}_2025"}
    assert client.post(url("edit", ar), data).status_code == 302
    assert list(Planbelopp.objects.values_list("post", "ar", "belopp", "kommentar")) == [
        (kansli.pk, 2024, 660_000, "Lön")
    ]
    assert Planram.objects.get().tilldelning == Decimal("3100000.50")
    assert Planram.objects.get().ovriga_intakter == 50_000, "an empty field is as the budget"
    logg = Handelse.objects.om(ar).first()
    assert (logg.namn, logg.data["Kansli 2024"]) == ("plan_andrad", [None, "660000.00"])
    # A page that was opened before: nothing is overwritten, both are shown, and the next sending is a choice.
    krock = client.post(url("edit", ar), data | {f"belopp_{kansli.pk}_2024": "1"})
    assert "Någon annan har sparat" in krock.context["form"].non_field_errors()[0]
    assert [namn for namn, _ in krock.context["form"].nyare] == [
        "Övriga intäkter 2025", "Kansli 2024",
    ]  # fmt: skip
    ny = version(client, url("edit", ar))
    assert client.post(url("edit", ar), {"version": ny}).status_code == 302
    assert (Planbelopp.objects.count(), Planram.objects.count()) == (0, 0), "emptied is the proposal again"


def test_the_sheet_has_formulas_that_give_the_pages_sums(client, inloggad, ar):
    from openpyxl import load_workbook

    insats = ny_insats()
    avtal(insats, till=DAG(2024, 12, 31), optioner=1, belopp={2023: 100, 2024: 200_000})
    rad(ar, "=1+1", 100, insats=insats)
    rad(ar, "Inom parentes", 700, memo=["budget"])
    rad(ar, "Kansli", 650_000, block="ledning", kategori="ledning")
    Planram.objects.create(verksamhetsar=ar, ar=2024, tilldelning=3_200_000)
    inloggad("revisor")
    svar = client.get(url("blad", ar))
    blad = load_workbook(io.BytesIO(svar.content))["Budgetplan"]
    assert (blad["A4"].value, blad["A4"].data_type) == ("=1+1", "s")
    namn = {blad.cell(nr, 1).value: nr for nr in range(2, blad.max_row + 1)}
    plan = las(ar)
    for kolumn, rad_ in zip("CDH", plan.aren, strict=True):
        assert _varde(blad, f"{kolumn}{namn['Kostnader']}") == rad_.budget.kostnader
        assert _varde(blad, f"{kolumn}{namn['Eget kapital vid årets slut']}") == rad_.budget.eget_kapital_ut
    assert _varde(blad, f"E{namn['Kostnader']}") == plan.aren[1].bundet == 200_000
    assert _varde(blad, f"J{namn['Kostnader']}") == plan.aren[2].option == 200_000


def _varde(blad, cell):
    """What a formula of sums, plus and minus comes to."""
    varde = blad[cell].value
    if not str(varde).startswith("="):
        return Decimal(varde or 0)
    text, summa = varde[1:], Decimal(0)
    if text.startswith("SUM("):
        return sum((_varde(blad, ett.coordinate) for (ett,) in blad[text[4:-1]]), Decimal(0))
    for del_ in text.replace("-", "+-").split("+"):
        summa += -_varde(blad, del_[1:]) if del_.startswith("-") else _varde(blad, del_)
    return summa


def test_the_paper_is_pdf_ua_and_a_machine_without_the_library_says_so(client, inloggad, ar, monkeypatch):
    rad(ar, "Kansli", 650_000)
    avtal(insats := ny_insats("Bär"), belopp={2022: 1, 2023: 240_000})
    rad(ar, "Bär", insats=insats)
    inloggad("styrelse")
    svar = client.get(url("pdf", ar))
    assert (svar["Content-Type"], svar.content[:5]) == ("application/pdf", b"%PDF-")
    assert page.validate_pdf_bytes(svar.content, profile=page.ValidationProfile.PDF_UA_1).is_compliant

    def saknas(*_, **__):
        raise pdf.PdfSaknas("Det går inte att göra PDF här.")

    monkeypatch.setattr(pdf, "gor", saknas)
    svar = client.get(url("pdf", ar), follow=True)
    assert "Det går inte att göra PDF här" in svar.content.decode()


def test_an_empty_budget_and_the_plan_of_2019(client, inloggad, ar):
    inloggad("styrelse")
    assert "inga rader än" in client.get(url("detail", ar)).content.decode()
    plan = las(Verksamhetsar.objects.get(pk=budgetar().pk))
    assert [rad.budget.eget_kapital_ut for rad in plan.aren] == [150_000, -361_000, -872_000]  # G15, then as planned


def test_the_number_of_queries_does_not_grow(client, inloggad, ar, assert_constant_queries, django_assert_num_queries):
    def mer():
        avtal(insats := ny_insats(), belopp={2022: 1, 2023: 240_000})
        avtal(ny_insats(), DAG(2024, 1, 1), DAG(2024, 12, 31), 0, {2024: 5})
        Planbelopp.objects.create(post=rad(ar, "Rad"), ar=2024, belopp=1)
        rad(ar, insats=insats)

    inloggad("ekonom")
    for namn in ("detail", "edit"):
        assert_constant_queries(url(namn, ar), mer)
    with django_assert_num_queries(8):
        las(ar)
