"""The basis of the members' invoices: to the öre, on working days, and never more than the contribution (MC2)."""

import datetime
import io
import uuid
from decimal import Decimal

import page
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ekonomi import medlemsfaktura
from ekonomi.models import Konteringsregel, Medlemsbidrag, Verksamhetsar
from samordning.demo import bokforing, budget
from samordning.karna.kalender import ar_arbetsdag, varfor_ingen_arbetsdag
from samordning.karna.models import Installning, Part

DAG = datetime.date


@given(st.lists(st.integers(0, 10**11), max_size=8), st.sampled_from([1, 2, 4]), st.integers(2000, 2100))
def test_the_instalments_are_the_contribution_and_fall_due_on_working_days(oren, antal, ar):
    belopp = [Decimal(ore) / 100 for ore in oren]
    faktura = medlemsfaktura.gor([("M", "Kommun", "", "", ett) for ett in belopp], medlemsfaktura.forslag(ar, antal))
    for rad in faktura.rader:
        assert sum(rad.delar) == rad.belopp
        assert max(rad.delar) - min(rad.delar) <= Decimal("0.01")
        assert list(rad.delar) == sorted(rad.delar, reverse=True), "the last öre are in the first instalments"
    assert sum(faktura.summor) == faktura.allt == sum(belopp)
    assert faktura.forfallet(DAG(ar, 12, 31)) == faktura.allt
    assert all(ar_arbetsdag(dag) and dag.year == ar for dag in faktura.dagar)
    assert list(faktura.dagar) == sorted(set(faktura.dagar))


def test_proposed_days_and_words():
    assert medlemsfaktura.forslag(2026, 4) == [DAG(2026, 1, 30), DAG(2026, 4, 30), DAG(2026, 7, 31), DAG(2026, 10, 30)]
    assert medlemsfaktura.forslag(2026, 2) == [DAG(2026, 1, 30), DAG(2026, 7, 31)]
    assert medlemsfaktura.periodnamn(1) == ["Hela året"]
    assert varfor_ingen_arbetsdag(DAG(2026, 1, 1)) == "nyårsdagen"
    assert varfor_ingen_arbetsdag(DAG(2026, 2, 1)) == "en söndag"
    assert varfor_ingen_arbetsdag(DAG(2026, 2, 2)) == ""


# ---- The pages


@pytest.fixture
def ar(db):
    """2019: 3 492 000 from five members."""
    Part.objects.create(namn="Mariestads kommun", slag="kommun", epost="ekonomi@mariestad.example")
    return budget.skriv_plan()


def sida(ar, namn="detail"):
    return reverse(f"ekonomi:faktura_{namn}", args=[ar.pk])


def ord_pa(svar):
    return " ".join(svar.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def valj(dagar=("2019-01-31", "2019-07-31"), ar=2019):
    return Installning.objects.create(
        nyckel="medlemsfaktura", giltig_fran=DAG(ar, 1, 1), varde={"dagar": list(dagar)}, beslut_text="Medlemsrådet"
    )


def test_a_year_without_a_choice_has_a_proposal(client, inloggad, ar):
    inloggad("styrelse")
    svar = client.get(sida(ar))
    text = ord_pa(svar)
    for vantat in ("Förslag", "436 500,00", "218 250,00", "54 500,00", "873 000,00", "31 januari 2019",
                   "ekonomi@mariestad.example", "Det går inte att säga vad som är betalt"):  # fmt: skip
        assert vantat in text, vantat
    assert "Välj betalningsdagar" not in text
    valj(("2018-01-31",), ar=2018)
    svar = client.get(sida(ar))
    assert (svar.context["vald"], len(svar.context["faktura"].dagar)) == (None, 1), "the number goes on, not the days"
    tomt = Verksamhetsar.objects.create(ar=2030, tilldelning=1)
    assert "bidrag är inte inskrivna" in ord_pa(client.get(sida(tomt)))


def test_the_days_are_chosen_for_just_that_year(client, inloggad, ar):
    inloggad("ekonom")
    url = f"{sida(ar, 'edit')}?delar=2"
    assert [falt.name for falt in client.get(url).context["form"].egna_falt()] == ["dag_0", "dag_1", "beslut_text"]
    data = {"dag_0": "2019-02-15", "dag_1": "2019-08-15", "beslut_text": "Medlemsrådet 4 mars"}
    for byt, falt, ord_ in (
        ({"dag_0": "2019-02-16"}, "dag_0", "en lördag. Välj en arbetsdag, till exempel 2019-02-15"),
        ({"dag_0": "2019-06-06"}, "dag_0", "nationaldagen"), ({"dag_1": "2019-02-15"}, "dag_1", "i ordning"),
        ({"dag_1": "2020-02-14"}, "dag_1", "inte i 2019"), ({"dag_1": ""}, "dag_1", "Fyll i datum"),
        ({"beslut_text": ""}, "beslut_text", "verenskommelsen"),
    ):  # fmt: skip
        assert ord_ in client.post(url, data | byt).context["form"].errors[falt][0], byt
    data["inskick"] = str(uuid.uuid4())
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    assert Installning.objects.get().varde == {"dagar": ["2019-02-15", "2019-08-15"]}
    svar = client.get(sida(ar))
    assert [str(dag) for dag in svar.context["faktura"].dagar] == ["2019-02-15", "2019-08-15"]
    assert "Medlemsrådet 4 mars" in ord_pa(svar)
    assert client.get(sida(ar, "edit")).context["form"]["dag_0"].value() == DAG(2019, 2, 15)
    assert client.get(f"{sida(ar, 'edit')}?delar=9").context["antal"] == 2
    assert client.get(sida(Verksamhetsar.objects.get(ar=2018))).context["vald"] is None


def test_the_ledger_tells_what_is_booked_in_sum(client, inloggad, ar, ny_anvandare):
    bokforing.skriv_2019(ny_anvandare("ekonom"))
    valj()
    inloggad("revisor")
    svar = client.get(sida(ar))
    bokfort = svar.context["bokfort"]
    assert (bokfort.summa, bokfort.kvar, bokfort.forfallet, bokfort.skillnad) == (3_492_000, 0, 3_492_000, 0)
    assert "Bokfört och förfallet är lika" in ord_pa(svar)
    Medlemsbidrag.objects.filter(verksamhetsar=ar, slag="region").update(belopp=873_001)
    assert "Mindre är bokfört än som har förfallit" in ord_pa(client.get(sida(ar)))
    valj(("2019-01-31", "2019-12-30"))  # after the ledger's last day
    text = ord_pa(client.get(sida(ar)))
    assert "Mer är bokfört" in text
    assert "Det skiljer 1 745 999,50 kronor" in text
    Konteringsregel.objects.filter(mal="huvudman").delete()
    assert client.get(sida(ar)).context["bokfort"] is None


def test_the_sheet_and_the_paper(client, inloggad, ar):
    from openpyxl import load_workbook

    Medlemsbidrag.objects.filter(verksamhetsar=ar, slag="kommun").first().delete()
    Medlemsbidrag.objects.create(verksamhetsar=ar, ordning=9, slag="kommun", namn="=Kommun", belopp=Decimal("100.01"))
    valj()
    inloggad("ekonom")
    bok = load_workbook(io.BytesIO(client.get(sida(ar, "blad")).content))
    blad = bok["Medlemmar"]
    sist = blad.max_row - 1
    assert (blad.cell(sist, 1).value, blad.cell(sist, 1).data_type) == ("=Kommun", "s")
    assert [blad.cell(sist, nr).value for nr in (5, 6, 7)] == [50.01, 50, f"=SUM(E{sist}:F{sist})"]
    assert blad.cell(blad.max_row, 7).value == f"=SUM(G2:G{sist})"
    fakturor = [[cell.value for cell in rad] for rad in bok["Fakturor"].iter_rows(min_row=2)]
    assert sum(Decimal(str(rad[4])) for rad in fakturor) == sum(ar.bidrag.values_list("belopp", flat=True))
    assert fakturor[0][0] == "2019-01-31"
    svar = client.get(sida(ar, "pdf"))
    assert svar["Content-Disposition"] == 'attachment; filename="fakturaunderlag-2019.pdf"'
    assert page.validate_pdf_bytes(svar.content, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_the_number_of_queries_does_not_grow(client, inloggad, ar, assert_constant_queries):
    inloggad("ekonom")
    nummer = iter(range(9))

    def mer():
        Medlemsbidrag.objects.create(
            verksamhetsar=ar, slag="kommun", namn=f"Kommun {(nr := next(nummer))}", belopp=5,
            part=Part.objects.create(namn=f"Part {nr}", slag="kommun"),
        )  # fmt: skip
        valj()

    for namn in ("detail", "edit"):
        assert_constant_queries(sida(ar, namn), mer)
