"""Budget years as they are typed and read."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from ekonomi import reports
from ekonomi.models import Budgetpost, Verksamhetsar
from samordning.demo import budget
from samordning.karna.models import Handelse, Installning
from tests.ekonomi.fabrik import budgetar
from tests.insatser.fabrik import ny_insats, version

pytestmark = pytest.mark.django_db
NY = reverse("ekonomi:ar_create")


def falt(**byt):
    standard = {"ar": "2027", "tilldelning": "3 492 000", "ovriga_intakter": "42000", "eget_kapital_in": "-5 000"}
    return standard | {"rubrik_0": "Maria Nova", "kategori_0": "individ", "belopp_0": "1 200 000,50"} | byt


def test_the_plan_of_2019_is_read_by_the_board_with_its_shares_and_the_rule(client, inloggad):
    ar = budgetar()
    inloggad("styrelse")
    sida = client.get(reverse("ekonomi:ar_detail", args=[ar.pk])).content.decode()
    text = " ".join(sida.replace("\N{NO-BREAK SPACE}", " ").split())
    for vantat in ("57 %", "12 %", "11 %", "20 %", "1 %", "så de blir 101 procent tillsammans", "4,3 %", "12,9 %",
                   "18,9 %", "Högst 20 procent enligt regeln, 698 400 kronor", "4 195 000"):  # fmt: skip
        assert vantat in text, vantat
    assert "Ändra budgeten" not in text
    assert "4,3 %" in client.get(reverse("ekonomi:ar_list")).content.decode()


def test_the_rule_is_the_associations_own(client, inloggad):
    ar = budgetar()
    for hogst, fran in ((15, datetime.date(2019, 6, 1)), (1, datetime.date(2020, 1, 1))):  # the later is not the year's
        Installning.objects.create(
            nyckel="egetkapitalregel", varde=[[7_000_000, hogst]], giltig_fran=fran, beslut_text="§ 9"
        )
    inloggad("revisor")
    svar = client.get(reverse("ekonomi:ar_detail", args=[ar.pk]))
    assert [bedomning.lage for _, bedomning in svar.context["rapport"].kapital[0].rader] == [
        "bryter",
        "klarar",
        "klarar",
    ]


def test_a_year_is_typed_changed_and_guarded(client, inloggad):
    inloggad("ekonom")
    svar = client.post(NY, falt(belopp_0=""))
    assert "Skriv beloppet för ”Maria Nova”" in svar.context["form"].errors["belopp_0"][0]
    assert client.post(NY, falt()).status_code == 302
    ar = Verksamhetsar.objects.get()
    assert (ar.eget_kapital_in, ar.poster.get().belopp) == (-5000, Budgetpost.objects.get().belopp)
    assert "finns redan" in client.post(NY, falt()).context["form"].errors["ar"][0]

    url, post = reverse("ekonomi:ar_edit", args=[ar.pk]), ar.poster.get()
    sett = version(client, url)
    min_rad = {"pk_0": str(post.pk), "rubrik_0": "Maria Nova", "kategori_0": "individ"}
    nya = falt(version=sett, **min_rad, belopp_0="900", rubrik_1="Reserv", kategori_1="ej_beslutat", belopp_1="300")
    assert client.post(url, nya).status_code == 302
    assert [(rad.pk == post.pk, rad.belopp) for rad in ar.poster.all()] == [(True, 900), (False, 300)]
    historik = Handelse.objects.om(ar).first().data
    assert historik["Maria Nova"] == ["1200000.50", "900.00"]
    assert "Maria Nova, kategori" not in historik
    form = client.post(url, falt(version=sett, **min_rad, belopp_0="800")).context["form"]
    assert "Någon annan har sparat" in form.non_field_errors()[0]
    assert [namn for namn, _ in form.nyare] == ["Raden ”Maria Nova”", "Raden ”Reserv”"]
    assert ar.poster.count() == 2
    tom = falt(version=str(ar.version + 1), **min_rad | {"rubrik_0": ""}, belopp_0="")
    assert client.post(url, tom).status_code == 302
    assert not ar.poster.exists()


def test_the_history_tells_which_category_and_insats_a_line_had(client, inloggad):
    inloggad("ekonom")
    insats = ny_insats()
    client.post(NY, falt(rubrik_1="Maria Nova", kategori_1="struktur", belopp_1="7"))
    ar = Verksamhetsar.objects.get()
    en, annan = ar.poster.all()
    rader = {"pk_0": en.pk, "kategori_0": "ovrigt", "insats_0": insats.pk, "pk_1": annan.pk, "rubrik_1": "Maria Nova",
             "kategori_1": "struktur", "belopp_1": "8", "version": ar.version}  # fmt: skip
    assert client.post(reverse("ekonomi:ar_edit", args=[ar.pk]), falt(**rader)).status_code == 302
    assert Handelse.objects.om(ar).first().data == {
        "Maria Nova, kategori": ["individ", "ovrigt"], "Maria Nova, insats": [None, insats.pk],
        "Maria Nova, del": ["insatser", "ovrigt"],
        "Maria Nova (2)": ["7.00", "8.00"],
    }  # fmt: skip


def test_the_kansli_writes_the_associations_rule_with_its_steps_and_day(client, inloggad):
    inloggad("kansli")
    url = reverse("ekonomi:kapitalregel_edit")
    sida = client.get(url)
    assert "Försäkringskassans modell" in sida.content.decode()
    assert [falt.value() for falt in sida.context["form"].stegrader()[0]] == ["7000000", "20"]
    data = {"giltig_fran": "2026-01-01", "beslut_text": "Styrelsen § 9", "inskick": str(uuid.uuid4())}
    fel = client.post(url, data | {"kronor_0": "7 000 000", "procent_1": "15"}).context["form"].errors
    assert ("procent_0" in fel, "kronor_1" in fel) == (True, True)
    assert "minst ett steg" in client.post(url, data).context["form"].errors["kronor_0"][0]
    steg = {"kronor_0": "10 000 000", "procent_0": "12,5", "kronor_1": "7 000 000 kr", "procent_1": "20"}
    assert "kronor_1" in client.post(url, data | steg | {"kronor_1": "10000000"}).context["form"].errors
    for _ in range(2):
        assert client.post(url, data | steg).status_code == 302
    rad = Installning.objects.get()
    assert (rad.nyckel, rad.varde) == ("egetkapitalregel", [[7_000_000, 20], [10_000_000, "12.5"]])
    assert reports.kapitalregel().hogst_procent(Decimal(8_000_000)) == Decimal("12.5")
    assert "Styrelsen § 9" in client.get(url).content.decode()
    client.post(url, data | steg | {"giltig_fran": "2090-01-01", "procent_1": "1", "inskick": str(uuid.uuid4())})
    assert reports.kapitalregel().hogst_procent(Decimal(1)) == 20


def test_the_kansli_says_what_the_rules_share_is_of_and_only_that_is_compared(client, inloggad):
    plan = Verksamhetsar.objects.get(pk=budget.skriv_plan().pk)
    inloggad("kansli")
    url = reverse("ekonomi:kapitalregel_edit")
    assert [rad.bas for rad in reports.budgetrapport(plan).kapital] == ["total tilldelning", "statens del"]
    assert "av hela tilldelningen" in client.get(reverse("ekonomi:ar_list")).content.decode()
    data = {"giltig_fran": "2019-01-01", "beslut_text": "§ 9", "kronor_0": "7000000", "procent_0": "20"}
    assert client.post(url, data | {"bas": "annat"}).context["form"].errors["bas"]
    assert client.post(url, data | {"bas": "stat"}).status_code == 302
    assert Installning.objects.get().varde == {"steg": [[7_000_000, 20]], "bas": "stat"}
    (kapital,) = reports.budgetrapport(plan).kapital  # G25: 661 of 1 746
    assert (kapital.bas, str(kapital.in_.procent), kapital.in_.lage) == ("statens del", "37.9", "bryter")
    sida = client.get(url)
    assert "högst 20 procent av statens del" in sida.content.decode()
    assert sida.context["form"]["bas"].value() == "stat"
    assert "av statens del av tilldelningen" in client.get(reverse("ekonomi:ar_list")).content.decode()
    assert "Hela tilldelningen" not in client.get(reverse("ekonomi:ar_detail", args=[plan.pk])).content.decode()
    # A year without members' shares is compared with the only sum that is known.
    utan = Verksamhetsar.objects.get(pk=budgetar(2020).pk)
    assert [rad.bas for rad in reports.budgetrapport(utan).kapital] == ["total tilldelning"]
