"""Rules lead the ledger's rows to the budget's lines, down to nothing left; the table and the ledger are the same."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ekonomi import bok_utfall, kontering
from ekonomi.models import Budgetpost, Konteringsregel, Verksamhetsar
from samordning.karna.models import Handelse
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.insatser.fabrik import version

pytestmark = pytest.mark.django_db


@pytest.fixture
def bok(db):
    """(year, the line Gården, the line Lokaler) with a saved ledger and no rule."""
    ar = nytt_ar()
    sparad(sie(mer="#RES 0 3010 -500.00\n#RES 0 4010 160.50\n#RES 0 5010 40.00\n"))
    poster = [
        Budgetpost.objects.create(verksamhetsar=ar, ordning=nr, rubrik=namn, kategori="individ", belopp=100)
        for nr, namn in enumerate(("Gården", "Lokaler"))
    ]
    return ar, *poster


def _alla_regler(ar, garden, lokaler):
    regel(ar, "4000", lokaler, till="5999")
    regel(ar, "4010", garden, objekt="P1")
    regel(ar, "3010", "huvudman")


def test_without_rules_everything_is_unmapped_and_nothing_is_green(bok):
    utfall = bok_utfall.utfall(bok[0])
    assert [(rad.konto, rad.objektnamn, rad.antal, rad.belopp) for rad in utfall.omappade] == [
        ("3010", "", 1, -500), ("4010", "Gården", 1, 100), ("4010", "Åkern", 1, Decimal("60.5")),
        ("5010", "", 1, 40),
    ]  # fmt: skip
    assert (utfall.omappat, utfall.stammer) == ((4, Decimal("700.5")), False)
    assert utfall.omappade[1].for_ny_regel == {
        "konto_fran": "4010", "konto_till": "4010", "dimension": "6", "objekt": "P1",
    }  # fmt: skip


def test_rules_drive_it_to_zero_and_then_the_table_is_the_ledger(bok):
    ar, garden, lokaler = bok
    _alla_regler(*bok)
    utfall = bok_utfall.utfall(ar)
    assert utfall.poster == {garden.pk: 100, lokaler.pk: Decimal("100.5")}
    assert (utfall.intakter, utfall.omappat) == ({"huvudman": 500}, (0, 0))
    assert utfall.tabellens == utfall.resultat == utfall.i_filen == Decimal("299.5")
    assert utfall.stammer


def test_it_is_not_green_when_the_file_says_another_result(bok):
    _alla_regler(*bok)
    sparad(sie(mer="#RES 0 3010 -500.00\n#RES 0 4010 161.00\n#RES 0 5010 40.00\n"))
    utfall = bok_utfall.utfall(bok[0])
    assert (utfall.omappat[0], utfall.i_filen, utfall.stammer) == (0, 299, False)


def test_two_unmapped_that_cancel_each_other_are_not_green(bok):
    _alla_regler(*bok)
    rader = (("6001", "", "9.00"), ("6002", "", "-9.00"))
    sparad(sie((("C", "1", "0601", "Ombokat", rader),)))
    utfall = bok_utfall.utfall(bok[0])
    assert utfall.tabellens == utfall.resultat == utfall.i_filen
    assert (utfall.omappat, utfall.stammer) == ((2, 18), False)


def test_the_years_result_that_is_booked_away_is_set_aside(bok):
    bokslut = ("B", "2", "1231", "Årets resultat", (("8999", "", "299.50"), ("2069", "", "-299.50")))
    sparad(sie((bokslut,), mer="#RES 0 3010 -299.50\n#RES 0 8999 299.50\n"))
    _alla_regler(*bok)
    regel(bok[0], "8999", "utanfor")
    utfall = bok_utfall.utfall(bok[0])
    assert (utfall.utanfor, utfall.resultat, utfall.tabellens) == (Decimal("-299.5"), 0, 0)
    assert utfall.stammer


def test_the_specific_rule_stands_before_the_general_and_may_be_moved(bok):
    ar, garden, lokaler = bok
    _alla_regler(*bok)
    assert [str(rad) for rad in ar.regler.all()] == ["4010, objekt P1", "3010", "4000–5999"]
    allman = ar.regler.get(konto_fran="4000")
    assert kontering.flytta(allman, -1)
    assert kontering.flytta(allman, -1)
    assert not kontering.flytta(allman, -1)
    regler = list(ar.regler.all())
    assert [str(rad) for rad in regler] == ["4000–5999", "4010, objekt P1", "3010"]
    assert bok_utfall.utfall(ar).poster == {lokaler.pk: Decimal("200.5")}, "the first that fits counts"
    assert kontering.onabara(regler) == {regler[1].pk: allman}


def test_an_interval_takes_sub_accounts_and_not_its_neighbours(bok):
    ar, garden, _ = bok
    rader = (("40991", "", "1.00"), ("4100", "", "2.00"), ("3999", "", "4.00"), ("1930", "", "-7.00"))
    sparad(sie((("C", "1", "0601", "", rader),)))
    regel(ar, "4000", garden, till="4099")
    assert bok_utfall.utfall(ar).poster[garden.pk] == Decimal("161.5")


def test_rules_of_last_year_come_with_their_lines_by_name(bok):
    ar, garden, lokaler = bok
    _alla_regler(*bok)
    nasta = nytt_ar(2020)
    ny = Budgetpost.objects.create(verksamhetsar=nasta, rubrik="gården", kategori="individ", belopp=1)
    regel(nasta, "3010", "ovriga")
    antal, utan = kontering.kopiera(ar, nasta)
    assert (antal, [rad.malet for rad in utan]) == (1, ["Lokaler"])
    assert nasta.regler.get(objekt="P1").post == ny
    assert nasta.regler.get(konto_fran="3010").mal == "ovriga", "what the year has is left"
    assert kontering.kopiera(ar, nasta)[0] == 0


def test_the_outcome_costs_the_same_whatever_there_is(bok, django_assert_num_queries):
    ar = bok[0]
    for antal in (3, 30):
        nya = [("X", str(nr), "0701", "", (("4010", f'6 "N{nr}"', "1"), ("1930", "", "-1"))) for nr in range(antal)]
        sparad(sie(nya))
        Konteringsregel.objects.filter(verksamhetsar=ar).delete()
        _alla_regler(*bok)
        with django_assert_num_queries(5):
            bok_utfall.utfall(ar)
    tomt = nytt_ar(2020)
    with django_assert_num_queries(1):
        assert bok_utfall.utfall(tomt) is None


# ---- The pages


def test_the_budgets_table_gets_its_outcome_and_the_board_no_way_to_vouchers(bok, client, inloggad):
    ar, garden, _ = bok
    url = reverse("ekonomi:ar_detail", args=[ar.pk])
    inloggad("styrelse")
    sida = client.get(url).content.decode()
    assert "Utfallet är inte hela bokföringen" in sida
    assert "verifikationer/" not in sida
    _alla_regler(*bok)
    svar = client.get(url)
    assert "Utfallet är lika med bokföringen" in svar.content.decode()
    rapport = svar.context["rapport"]
    assert [rad.utfall for rad in rapport.block[0].rader] == [100, Decimal("100.5")]
    assert (rapport.intakter[0].utfall, rapport.block[0].summa_utfall) == (500, Decimal("200.5"))
    inloggad("revisor")
    assert f"verifikationer/?post={garden.pk}" in client.get(url).content.decode()


def test_a_rule_is_added_from_what_has_none_and_zero_comes_nearer(bok, client, inloggad):
    ar, garden, lokaler = bok
    inloggad("ekonom")
    lista = reverse("ekonomi:regel_list", args=[ar.pk])
    sida = client.get(lista).content.decode()
    assert "Omappat: 4 rader, 700,5" in sida.replace("\xa0", " ")
    ny = reverse("ekonomi:regel_create", args=[ar.pk])
    assert f"{ny}?konto_fran=4010&amp;konto_till=4010&amp;dimension=6&amp;objekt=P1" in sida
    form = client.get(f"{ny}?konto_fran=4010&konto_till=4010&dimension=6&objekt=P1").context["form"]
    assert [form[namn].value() for namn in ("konto_fran", "konto_till", "objektet")] == ["4010", "4010", "6:P1"]
    data = {"konto_fran": "4010", "konto_till": "4010", "objektet": "6:P1", "malet": garden.pk}
    svar = client.post(ny, data, follow=True)
    assert "Den tar 1 rader. Kvar utan regel: 3." in svar.content.decode()
    rad = Konteringsregel.objects.get()
    assert (rad.post, rad.mal, rad.dimension, rad.objekt) == (garden, "post", "6", "P1")
    fel = client.post(ny, data | {"inskick": ""}).context["form"].errors
    assert "Det finns redan en regel för samma konton" in str(fel)
    assert "ska stå i ordning" in str(client.post(ny, data | {"konto_till": "3999"}).context["form"].errors)

    url = reverse("ekonomi:regel_edit", args=[rad.pk])
    sett = version(client, url)
    assert client.post(url, data | {"malet": "utanfor", "objektet": "", "version": sett}).status_code == 302
    rad.refresh_from_db()
    assert (rad.mal, rad.post, rad.objekt, rad.version) == ("utanfor", None, "", 2)
    assert Handelse.objects.om(rad).first().data["malet"] == ["Gården", "Räknas inte mot budgeten"]
    svar = client.post(url, data | {"malet": lokaler.pk, "version": sett})
    assert "Någon annan har sparat" in str(svar.context["form"].errors)
    assert client.post(reverse("ekonomi:regel_ta_bort", args=[rad.pk])).status_code == 302
    assert not Konteringsregel.objects.exists()


def test_a_closed_years_rules_stay_and_the_page_says_so(bok, client, inloggad):
    ar, garden, _ = bok
    rad = regel(ar, "4010", garden)
    Verksamhetsar.objects.update(lage="avslutat")
    inloggad("ekonom")
    for namn, pk in (("regel_create", ar.pk), ("regel_kopiera", ar.pk), ("regel_edit", rad.pk), ("regel_upp", rad.pk)):
        client.post(reverse(f"ekonomi:{namn}", args=[pk]), {"konto_fran": "1"})
    assert Konteringsregel.objects.get().konto_fran == "4010"
    assert "Lägg till regel" not in client.get(reverse("ekonomi:regel_list", args=[ar.pk])).content.decode()


def test_the_line_opens_into_its_vouchers(bok, client, inloggad):
    ar, garden, _ = bok
    _alla_regler(*bok)
    inloggad("revisor")
    url = reverse("ekonomi:verifikation_list", args=[ar.pk])
    svar = client.get(f"{url}?post={garden.pk}")
    assert (svar.context["summa"], svar.context["antal"]) == (100, 1)
    text = svar.content.decode()
    for vantat in ("2019-01-31", "A 2", "Faktura Gården"):
        assert vantat in text
    assert "Faktura Åkern" not in text
    assert client.get(f"{url}?mal=huvudman").context["summa"] == 500
    assert client.get(f"{url}?konto=4010&objekt=6:P2").context["summa"] == Decimal("60.5")
    assert client.get(url).context["antal"] == 8
    for fel in ("?post=0", "?post=x", "?mal=post"):
        assert client.get(url + fel).status_code == 404


def test_the_csv_has_all_rows_semicolons_and_no_formula(bok, client, inloggad):
    ar = bok[0]
    inloggad("ekonom")
    svar = client.get(reverse("ekonomi:verifikation_csv", args=[ar.pk]) + "?konto=5010")
    rader = svar.content.decode().split("\r\n")
    assert rader[0] == "\ufeffDatum;Verifikation;Konto;Objekt;Text;Belopp;Rättelse"
    assert rader[1] == '2019-03-01;B 1;5010;;"\'=Hyra; mars";40,00;'
    assert svar["Content-Type"] == "text/csv; charset=utf-8"
    alla = client.get(reverse("ekonomi:verifikation_csv", args=[ar.pk])).content.decode()
    assert "2019-02-10;A 3;4010;P2;Faktura Åkern;60,50;" in alla
    assert ";-500,00;" in alla


def test_pages_cost_the_same_with_more_rows(bok, inloggad, assert_constant_queries):
    ar, nummer = bok[0], iter(range(100, 200))
    inloggad("ekonom")

    def fler():
        nr = next(nummer)
        sparad(sie([("Z", str(nr), "0801", "", ((f"6{nr}", f'6 "Q{nr}"', "1"), ("1930", "", "-1")))]))
        regel(ar, f"6{nr}", "utanfor")

    for namn in ("regel_list", "verifikation_list", "ar_detail"):
        assert_constant_queries(reverse(f"ekonomi:{namn}", args=[ar.pk]), fler)
    assert_constant_queries(reverse("ekonomi:bok_list"), fler)
