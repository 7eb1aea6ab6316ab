"""The pages of a budget as an Excel file: it comes in, is looked through, and only what one says is saved."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ekonomi.models import Konteringsregel, Verksamhetsar
from samordning.demo import budget
from samordning.karna import filer
from samordning.karna.models import Fil, Handelse, Importkorning
from tests.ekonomi.bladfabrik import Bok, bladet
from tests.ekonomi.bokfabrik import nytt_ar, regel

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return Verksamhetsar.objects.get(pk=budget.skriv_plan().pk)


@pytest.fixture
def resor(plan):
    return plan.poster.get(rubrik="Resor i tjänsten")


def _ladda_upp(client, ar, innehall, namn="budget-2019.xlsx", **byt):
    data = {"fil": SimpleUploadedFile(namn, innehall)} | byt
    return client.post(reverse("ekonomi:blad_create", args=[ar.pk]), data)


def _granska(client, ar, bok):
    """The address of the page that shows what differs."""
    return _ladda_upp(client, ar, bok.spara()).url


def _text(svar):
    return svar.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def _spara(client, url, **kryss):
    return client.post(url, {"avtryck": client.get(url).context["form"]["avtryck"].value()} | kryss)


def test_a_changed_file_is_seen_and_saved(client, inloggad, plan, resor):
    inloggad("ekonom")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp=30_000, kommentar="Fler möten")
    bok.ny("ovrigt", rubrik="=Jubileum", kategori="Övrigt", foregaende=1000, belopp="12 500,50")
    bok.blad[f"B{bok.rad('ny:ovrigt')}"].data_type = "s"
    bok.cell("ar:eget_kapital_in", "belopp").value = 660_000
    url = _granska(client, plan, bok)
    svar = client.get(url)
    text = _text(svar)
    for vantat in ("Ändras (3)", "25 000 kr", "30 000 kr", "Nya rader (1)", "=Jubileum", "12 500,50 kr", "660 000 kr"):
        assert vantat in text, vantat
    assert plan.poster.get(pk=resor.pk).belopp == 25_000, "looking saves nothing"
    assert _spara(client, url).url == reverse("ekonomi:ar_detail", args=[plan.pk])
    rad = plan.poster.get(pk=resor.pk)
    assert (rad.belopp, rad.kommentar, rad.rubrik) == (30_000, "Fler möten", "Resor i tjänsten")
    ny = plan.poster.last()
    assert (ny.rubrik, ny.block, ny.kategori, ny.foregaende, str(ny.belopp)) == (
        "=Jubileum", "ovrigt", "ovrigt", 1000, "12500.50",
    )  # fmt: skip
    efter = Verksamhetsar.objects.get(pk=plan.pk)
    assert (efter.eget_kapital_in, efter.tilldelning, efter.version) == (660_000, 3_492_000, plan.version + 1)
    korning = Importkorning.objects.get(typ="budgetblad")
    assert korning.antal == {"andrade": 3, "nya": 1, "borttagna": 0}
    handelse = Handelse.objects.om(plan).get(namn="andrad")
    assert handelse.data["Resor i tjänsten, budget"] == ["25000.00", "30000.00"]
    assert handelse.data["=Jubileum"] == [None, "12500.50"]
    assert (handelse.data["import"], handelse.av) == (korning.pk, korning.anvandare)


def test_a_second_click_saves_once(client, inloggad, plan, resor):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.ny("ovrigt", rubrik="Jubileum", kategori="Övrigt", belopp=1)
    url = _granska(client, plan, bok)
    avtryck = client.get(url).context["form"]["avtryck"].value()
    for _ in range(2):
        svar = client.post(url, {"avtryck": avtryck}, follow=True)
    assert "Filen är redan sparad" in _text(svar)
    assert plan.poster.filter(rubrik="Jubileum").count() == 1
    assert Importkorning.objects.count() == 1


def test_the_same_sending_is_one_file(client, inloggad, plan):
    inloggad("kansli")
    nyckel = str(uuid.uuid4())
    adresser = {_ladda_upp(client, plan, bladet(plan), inskick=nyckel).url for _ in range(2)}
    assert len(adresser) == 1
    assert Fil.objects.count() == 1


def test_what_changed_while_one_looked_is_shown_again(client, inloggad, plan, resor):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp=30_000)
    url = _granska(client, plan, bok)
    avtryck = client.get(url).context["form"]["avtryck"].value()
    resor.belopp = 40_000
    resor.save()
    Verksamhetsar.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    svar = client.post(url, {"avtryck": avtryck})
    text = _text(svar)
    assert "har ändrats medan du tittade" in text
    assert "Ändrat både här och i filen" in text
    for vantat in ("25 000 kr", "40 000 kr", "Ta filens värde: 30 000 kr"):
        assert vantat in text, vantat
    assert plan.poster.get(pk=resor.pk).belopp == 40_000
    client.post(url, {"avtryck": svar.context["form"]["avtryck"].value()})
    assert plan.poster.get(pk=resor.pk).belopp == 40_000, "the saved value stays unless one says otherwise"


def test_the_files_value_is_taken_where_one_says_so(client, inloggad, plan, resor):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp=30_000)
    resor.belopp = 40_000
    resor.save()
    Verksamhetsar.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    _spara(client, _granska(client, plan, bok), krock_0="on")
    assert plan.poster.get(pk=resor.pk).belopp == 30_000


def test_a_line_goes_only_when_one_says_so(client, inloggad, plan, resor):
    inloggad("kansli")
    regel(plan, "5800", resor)
    bok = Bok(bladet(plan))
    bok.utan(resor)
    url = _granska(client, plan, bok)
    text = _text(client.get(url))
    assert "Ta bort ”Resor i tjänsten”" in text
    assert "försvinner också en konteringsregel" in text
    _spara(client, url)
    assert plan.poster.filter(pk=resor.pk).exists()
    url = _granska(client, plan, bok)
    _spara(client, url, **{f"bort_{resor.pk}": "on"})
    assert not plan.poster.filter(pk=resor.pk).exists()
    assert not Konteringsregel.objects.exists()
    assert Handelse.objects.om(plan).filter(namn="andrad").first().data["Resor i tjänsten"] == ["25000.00", None]


def test_a_line_that_was_taken_away_here_comes_back_only_when_one_says_so(client, inloggad, plan, resor):
    inloggad("kansli")
    bok, pk = Bok(bladet(plan)), resor.pk
    resor.delete()
    Verksamhetsar.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    url = _granska(client, plan, bok)
    assert "Rader som har tagits bort här" in _text(client.get(url))
    _spara(client, url, **{f"ater_{pk}": "on"})
    assert plan.poster.get(rubrik="Resor i tjänsten").block == "ledning"


def test_faults_are_listed_and_nothing_can_be_saved(client, inloggad, plan, resor):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp="mycket")
    bok.ny("ovrigt", rubrik="Jubileum", kategori="Övrigt", belopp=1)
    url = _granska(client, plan, bok)
    svar = client.get(url)
    text = _text(svar)
    assert "Filen behöver rättas" in text
    assert "”mycket” är inget belopp" in text
    assert f"G{bok.rad(f'post:{resor.pk}')}, Budget" in text
    assert "Spara ändringarna" not in text
    client.post(url, {"avtryck": svar.context["form"]["avtryck"].value()})
    assert not plan.poster.filter(rubrik="Jubileum").exists()


def test_a_file_without_changes_says_so(client, inloggad, plan):
    inloggad("kansli")
    url = _ladda_upp(client, plan, bladet(plan)).url
    text = _text(client.get(url))
    assert "Filen ändrar ingenting" in text
    assert "Spara ändringarna" not in text
    client.post(url, {})
    assert not Importkorning.objects.exists()


@pytest.mark.parametrize(
    ("namn", "innehall", "ord_"),
    [
        ("budget.xlsx", b"", "Filen är tom"), ("budget.xls", b"\xd0\xcf\x11\xe0", "äldre format"),
        ("budget.csv", b"a;b", "Filtypen tas inte emot här"), ("budget.xlsx", b"%PDF-1.7", "innehållet är en PDF"),
        ("budget.xlsx", b"PK\x03\x04" + b"0" * 50, "skadad"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_at_the_door(client, inloggad, plan, namn, innehall, ord_):
    inloggad("kansli")
    svar = _ladda_upp(client, plan, innehall, namn)
    assert ord_ in svar.context["form"].errors["fil"][0]
    assert "Hade du valt en fil behöver du välja den igen" in _text(svar)
    assert not Fil.objects.exists()


def test_a_file_that_is_too_large_is_refused(client, inloggad, plan, monkeypatch):
    inloggad("kansli")
    monkeypatch.setattr("ekonomi.forms_blad.STORSTA_FIL", 100)
    svar = _ladda_upp(client, plan, bladet(plan))
    assert "större än 2 MB" in svar.context["form"].errors["fil"][0]


def test_another_workbook_is_refused_with_the_way_forward(client, inloggad, plan):
    inloggad("kansli")
    svar = _ladda_upp(client, plan, bladet(plan, skriver=False))
    fel = svar.context["form"].errors["fil"][0]
    assert "hämtad för att läsas" in fel
    assert "Hämta budgeten som kalkylblad" in fel


def test_a_decided_budget_is_refused_with_the_way_forward(client, inloggad, plan, resor):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp=1)
    url = _granska(client, plan, bok)
    avtryck = client.get(url).context["form"]["avtryck"].value()
    plan._overga("faststall", av=None)
    for svar in (
        client.get(reverse("ekonomi:blad_create", args=[plan.pk]), follow=True),
        client.post(url, {"avtryck": avtryck}, follow=True),
    ):
        text = _text(svar)
        assert "är fastställd och går inte att ändra" in text
        assert "Börja en revidering först" in text
    assert plan.poster.get(pk=resor.pk).belopp == 25_000


def test_the_file_waits_encrypted_and_can_be_put_away(client, inloggad, plan, resor):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp=1)
    url = _granska(client, plan, bok)
    fil = Fil.objects.get()
    assert not filer.vag(fil).read_bytes().startswith(b"PK")
    assert fil.filnamn == "budget-2019.xlsx"
    svar = client.post(f"{url}avvisa/", follow=True)
    assert "Budgeten för 2019 är som den var" in _text(svar)
    assert "Filen lästes inte in" in _text(client.get(url, follow=True))
    client.post(url, {"avtryck": "x"})
    assert plan.poster.get(pk=resor.pk).belopp == 25_000


def test_a_file_belongs_to_its_year_and_no_other_file_is_read(client, inloggad, plan, ny_anvandare):
    inloggad("kansli")
    _ladda_upp(client, plan, bladet(plan))
    fil, annat = Fil.objects.get(), nytt_ar(2020)
    frammande = filer.spara(bladet(plan), "något.xlsx", person=True)
    for ar, uuid_ in ((annat, fil.uuid), (plan, frammande.uuid), (plan, uuid.uuid4())):
        assert client.get(reverse("ekonomi:blad_granska", args=[ar.pk, uuid_])).status_code == 404
        assert client.post(reverse("ekonomi:blad_avvisa", args=[ar.pk, uuid_])).status_code == 404
    frammande.refresh_from_db()
    assert frammande.lage == "karantan"


def test_the_page_costs_the_same_whatever_differs(client, inloggad, plan, django_assert_num_queries):
    inloggad("kansli")
    poster = list(plan.poster.all())
    for antal in (2, 12):
        bok = Bok(bladet(plan))
        for post in poster[:antal]:
            bok.post(post, belopp=1)
        bok.utan(poster[-1])
        url = _granska(client, plan, bok)
        client.get(url)
        with django_assert_num_queries(13):
            assert client.get(url).status_code == 200


def test_the_year_is_locked_while_it_is_saved(client, inloggad, plan, resor, django_assert_max_num_queries):
    inloggad("kansli")
    bok = Bok(bladet(plan))
    bok.post(resor, belopp=1)
    url = _granska(client, plan, bok)
    avtryck = client.get(url).context["form"]["avtryck"].value()
    with django_assert_max_num_queries(60) as fangade:
        client.post(url, {"avtryck": avtryck})
    last = [rad["sql"] for rad in fangade.captured_queries if "FOR UPDATE" in rad["sql"]]
    assert any("ekonomi_verksamhetsar" in sql for sql in last)
    assert any("karna_fil" in sql for sql in last)
