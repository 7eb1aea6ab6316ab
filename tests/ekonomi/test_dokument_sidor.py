"""The pages of yearly documents: made with last year's texts, written by one at a time, adopted as they were read."""

import datetime
import uuid

import pytest
from django.urls import reverse

from ekonomi import dokument as dokumenten
from ekonomi import dokument_jobb, policies
from ekonomi.models import Dokument, Dokumenttext
from samordning.karna import filer
from samordning.karna.jobb import kor_jobb
from samordning.karna.kalender import idag
from samordning.karna.models import Fil, Handelse, Jobb
from tests.ekonomi.dokumentfabrik import fylld, nytt, skriv
from tests.insatser.fabrik import version
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
LISTA, NY = reverse("ekonomi:dokument_list"), reverse("ekonomi:dokument_create")
BESLUT = {"paragraf": "§ 9", "beslutad": "2019-12-01"}
SKAL = "Förbundet hade inte allt i systemet."


def _adress(namn, dokument, *mer):
    return reverse(f"ekonomi:dokument_{namn}", args=[dokument.pk, *mer])


def _sida(client, dokument, namn="detail"):
    return client.get(_adress(namn, dokument)).content.decode()


def _sedd(client, dokument):
    return client.get(_adress("faststall", dokument)).context["form"].initial["sedd"]


def _faststall(client, dokument, **byt):
    data = BESLUT | {"sedd": _sedd(client, dokument)} | byt
    return client.post(_adress("faststall", dokument), data)


# ---- Made and written


def test_a_new_one_begins_with_the_texts_of_the_latest_before(client, inloggad):
    inloggad("kansli")
    nytt("plan", 2017, vision="Den äldsta.")
    nytt("plan", 2019, vision="Vår vision.", individ="Om individen.", saknas="Därför.")
    nytt("arsredov", 2019, oversikt="Något annat.")
    svar = client.post(NY, {"slag": "plan", "ar": 2020, "inskick": str(uuid.uuid4())}, follow=True)
    ny = Dokument.objects.get(slag="plan", ar=2020)
    assert dict(ny.texter.values_list("nyckel", "text")) == {"vision": "Vår vision.", "individ": "Om individen."}
    text = svar.content.decode()
    assert text.count("Från förra dokumentet") == 2
    assert "Påbörjat med texterna från 2019" in text
    client.post(_adress("text", ny, "vision"), {"text": "Ny vision.", "version": 1})
    assert _sida(client, ny).count("Från förra dokumentet") == 1


def test_one_of_each_kind_and_year_and_the_same_sending_is_one(client, inloggad):
    inloggad("kansli")
    data = {"slag": "delar", "ar": 2020, "inskick": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(NY, data).status_code == 302
    assert Dokument.objects.count() == 1
    svar = client.post(NY, data | {"inskick": str(uuid.uuid4())})
    assert "Dokumentet finns redan för det året" in svar.context["form"].errors["ar"][0]
    svar = client.post(NY, data | {"ar": 1850, "inskick": str(uuid.uuid4())})
    assert svar.context["form"].errors["ar"]


def test_two_who_write_the_same_text_do_not_overwrite_each_other(client, inloggad):
    inloggad("kansli")
    plan = nytt()
    adress = _adress("text", plan, "vision")
    sedd = version(client, adress)
    assert client.post(adress, {"text": "Den ena.", "version": sedd}).status_code == 302
    svar = client.post(adress, {"text": "Den andra.", "version": sedd})
    text = svar.content.decode()
    assert "Någon annan har sparat ändringar medan du skrev" in text
    assert "Den ena." in text
    assert "Den andra." in text, "what was typed is kept"
    assert Dokumenttext.objects.get().text == "Den ena."
    assert client.post(adress, {"text": "Båda.", "version": version_i(text)}).status_code == 302
    assert Dokumenttext.objects.get().text == "Båda."
    assert Handelse.objects.om(plan).filter(namn="text").count() == 2
    assert "Den ena" not in str(list(Handelse.objects.om(plan).values_list("data", flat=True))), "texts are not logged"


def version_i(text):
    return text.split('name="version" value="')[1].split('"')[0]


def test_a_text_that_the_document_has_not_does_not_exist(client, inloggad):
    inloggad("kansli")
    plan = nytt()
    assert client.get(_adress("text", plan, "oversikt")).status_code == 404
    assert client.get(_adress("text", plan, "vision")).status_code == 200
    assert not Dokumenttext.objects.exists(), "reading writes nothing"


def test_last_years_text_stands_beside(client, inloggad):
    inloggad("kansli")
    nytt("plan", 2018, vision="Så var det.")
    plan = nytt("plan", 2019)
    adress = _adress("text", plan, "vision")
    assert "Så stod det" not in client.get(adress).content.decode(), "it came along and is the same"
    skriv(plan, vision="Nu.")
    assert "Så stod det 2018" in client.get(adress).content.decode()


def test_the_page_tells_what_is_missing_and_where(client, inloggad):
    inloggad("kansli")
    plan = nytt("plan", 2031)
    text = _sida(client, plan)
    assert "Budgeten för 2031 är inte inlagd." in text
    assert text.count("är inte skriven.") >= 13
    assert _adress("text", plan, "styrelse") in text


# ---- Adopted


def test_adopting_freezes_value_files_and_decision_in_a_job(client, inloggad):
    inloggad("kansli")
    plan = fylld(saknas=SKAL, vision="Det här beslutades.")
    svar = _faststall(client, plan)
    jobb = Jobb.objects.get()
    assert svar.url == reverse("sidor:jobb_detail", args=[jobb.uuid])
    assert (jobb.lage, jobb.lank) == ("klart", _adress("detail", plan))
    plan.refresh_from_db()
    assert (plan.lage, plan.paragraf, plan.beslutad) == ("faststallt", "§ 9", datetime.date(2019, 12, 1))
    assert plan.varden["beslut"] == {"dag": "2019-12-01", "paragraf": "§ 9"}
    assert "Det här beslutades." in _sida(client, plan)
    for typ, borjan in (("pdf", b"%PDF-"), ("docx", b"PK")):
        svar = client.get(_adress(typ, plan))
        assert svar.content == filer.las(getattr(plan, typ))
        assert svar.content.startswith(borjan)
        assert f'filename="verksamhetsplan-2019.{typ}"' in svar["Content-Disposition"]
    assert client.post(_adress("text", plan, "vision"), {"text": "Nu.", "version": 2}, follow=True).status_code == 200
    assert plan.texter.get(nyckel="vision").text == "Det här beslutades."
    assert "Ändra texten" not in _sida(client, plan)
    igen = _faststall_igen(client, plan)
    assert "redan" in igen or "går inte att ändra" in igen


def _faststall_igen(client, plan):
    return client.post(_adress("faststall", plan), BESLUT | {"sedd": "x"}, follow=True).content.decode()


def test_what_is_missing_is_listed_and_nothing_is_adopted(client, inloggad):
    inloggad("kansli")
    plan = nytt()
    text = _sida(client, plan, "faststall")
    assert "Det går inte att fastställa än" in text
    assert "Fastställ och lås dokumentet" not in text
    last = dokumenten.las(plan)
    svar = client.post(_adress("faststall", plan), BESLUT | {"sedd": last.avtryck}, follow=True)
    assert "Inget är fastställt" in svar.content.decode()
    assert not Jobb.objects.exists()


def test_what_has_changed_since_it_was_read_is_not_adopted(client, inloggad, ny_anvandare):
    inloggad("kansli")
    plan = fylld(saknas=SKAL)
    sedd = _sedd(client, plan)
    skriv(plan, vision="En annan vision.")
    svar = _faststall(client, plan, sedd=sedd)
    assert svar.url == _adress("faststall", plan)
    assert not Jobb.objects.exists()
    # And when it changes between the order and the work:
    jobb = dokument_jobb.bestall(
        plan, av=ny_anvandare("kansli"), sedd=sedd, paragraf="§ 9", beslutad=datetime.date(2019, 12, 1)
    )  # fmt: skip
    kor_jobb(jobb.pk)
    jobb.refresh_from_db()
    assert jobb.lage == "misslyckat"
    assert "har ändrats sedan du läste det" in jobb.besked
    plan.refresh_from_db()
    assert plan.lage == "utkast"
    assert not Fil.objects.exists()


def test_the_decision_may_be_an_item_of_the_boards_record(client, inloggad):
    inloggad("kansli")
    plan = fylld(saknas=SKAL)
    mote = ett_mote("styrelse", lage="avslutat", dag=idag() - datetime.timedelta(30))
    punkt = mote.punkter.create(ordning=1, nummer=71, rubrik="Verksamhetsplan")
    _faststall(client, plan, punkt=punkt.pk, paragraf="", beslutad="")
    plan.refresh_from_db()
    assert (plan.punkt, plan.beslutad, plan.paragraf) == (punkt, mote.dag, punkt.beteckning)
    assert "Beslutet i protokollet" in _sida(client, plan)


def test_a_decision_needs_its_day_and_paragraph(client, inloggad):
    inloggad("kansli")
    plan = fylld(saknas=SKAL)
    fel = _faststall(client, plan, paragraf="", beslutad="").context["form"].errors
    assert set(fel) == {"paragraf", "beslutad"}
    assert "har inte varit än" in _faststall(client, plan, beslutad="2099-01-01").context["form"].errors["beslutad"][0]


# ---- Read, fetched, removed


def test_who_sees_what(ny_anvandare):
    plan, redovisning, antagen = fylld(), fylld("arsredov", saknas=SKAL), fylld("plan", 2020, saknas=SKAL)
    last = dokumenten.las(antagen)
    varden = dokumenten.beslutade(last, beslutad=datetime.date(2019, 12, 1), paragraf="§ 9")
    dokument_jobb.frys(
        antagen, varden, docx=b"PK", papper=None, av=None, beslutad=datetime.date(2019, 12, 1), paragraf="§ 9"
    )  # fmt: skip
    alla = {plan, redovisning, antagen}
    facit = {
        "kansli": alla, "forbundschef": alla, "ekonom": {redovisning, antagen}, "revisor": {redovisning, antagen},
        "styrelse": {antagen}, "beredning": set(), "partsforetradare": set(), "remittent": set(),
    }  # fmt: skip
    for roll, vantat in facit.items():
        anvandare = ny_anvandare(roll)
        assert set(Dokument.objects.visible_to(anvandare)) == vantat, roll
        assert {ett for ett in alla if policies.can_view_dokument(anvandare, ett)} == vantat, roll


def test_a_draft_is_fetched_as_a_draft(client, inloggad):
    inloggad("kansli")
    plan = nytt()
    svar = client.get(_adress("pdf", plan))
    assert svar.content.startswith(b"%PDF-")
    assert "verksamhetsplan-2019-utkast.pdf" in svar["Content-Disposition"]
    assert client.get(_adress("docx", plan)).content.startswith(b"PK")
    assert not Fil.objects.exists()


def test_an_adopted_one_without_a_pdf_says_nothing_of_it(client, inloggad):
    inloggad("styrelse")
    plan = fylld(saknas=SKAL)
    varden = dokumenten.beslutade(dokumenten.las(plan), beslutad=datetime.date(2019, 12, 1), paragraf="§ 9")
    dokument_jobb.frys(
        plan, varden, docx=b"PK", papper=None, av=None, beslutad=datetime.date(2019, 12, 1), paragraf="§ 9"
    )  # fmt: skip
    assert client.get(_adress("pdf", plan)).status_code == 404
    assert _adress("pdf", plan) not in _sida(client, plan)
    assert _adress("pdf", plan) not in client.get(LISTA).content.decode()


def test_a_draft_may_be_removed_and_an_adopted_one_not(client, inloggad):
    inloggad("kansli")
    utkast = nytt(vision="Något.")
    assert client.get(_adress("ta_bort", utkast)).status_code == 200
    assert Dokument.objects.exists()
    client.post(_adress("ta_bort", utkast))
    assert not Dokument.objects.exists()
    antagen = fylld(saknas=SKAL)
    _faststall(client, antagen)
    assert "går inte att ändra" in client.post(_adress("ta_bort", antagen), follow=True).content.decode()
    assert Dokument.objects.exists()


def test_the_list_and_the_page_cost_the_same_with_more(client, inloggad, assert_constant_queries):
    inloggad("kansli")
    ar = iter(range(2020, 2090))
    assert_constant_queries(LISTA, lambda: nytt("plan", next(ar)))
    plan = fylld("plan", 2019, saknas=SKAL)
    nummer = iter(range(100))
    assert_constant_queries(
        _adress("detail", plan),
        lambda: client.post(
            _adress("text", plan, "vision"), {"text": f"Text {next(nummer)}", "version": _version(plan)}
        ),
    )


def _version(plan):
    return plan.texter.get(nyckel="vision").version
