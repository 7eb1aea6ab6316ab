"""A forecast on its pages: begun, written in, frozen for the board, and the next one."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekonomi import prognos, prognos_tryck, prognos_underlag, reports
from ekonomi.models import Prognos, Prognosrad, Verksamhetsar
from samordning.karna import pdf
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse
from tests.ekonomi.bokfabrik import regel, sparad
from tests.ekonomi.fabrik import avtal_med_pengar, budgetar
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
AR = idag().year - 1
TILL = datetime.date(AR, 8, 31)


@pytest.fixture
def ar(db):
    return Verksamhetsar.objects.get(pk=budgetar(AR).pk)


def _url(namn, rad):
    return reverse(f"ekonomi:{namn}", args=[rad.pk])


def _borja(client, ar, **byt):
    client.post(_url("prognos_create", ar), {"till": TILL.isoformat(), "mote": "", "kommentar": ""} | byt)
    return Prognos.objects.order_by("-nr").first()


def _formular(client, rad):
    """What the form holds as it is opened."""
    form = client.get(_url("prognos_edit", rad)).context["form"]
    varden = {falt.html_name: falt.value() for falt in form}
    return {namn: "" if varde is None else str(varde) for namn, varde in varden.items()}


def _las(client, rad):
    sedd = client.get(_url("prognos_las", rad)).context["sedd"]
    return client.post(_url("prognos_las", rad), {"sedd": sedd}, follow=True)


def _text(svar):
    return " ".join(svar.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_from_the_first_to_the_second_forecast(client, inloggad, ar):
    inloggad("ekonom")
    rad = _borja(client, ar, kommentar="Efter sommaren.")
    assert (str(rad), rad.nr, rad.lage) == ("Prognos 1", 1, "utkast")
    post = ar.poster.get(rubrik="Resor i tjänsten")
    falt = _formular(client, rad) | {f"belopp_{post.pk}": "18 000", f"varfor_{post.pk}": "Färre resor i höst"}
    assert client.post(_url("prognos_edit", rad), falt).status_code == 302
    sida = _text(client.get(_url("prognos_detail", rad)))
    assert "Färre resor i höst (Förslaget var 25 000 kr: Utfall 0 kr + kvar av budgeten 25 000 kr.)" in sida
    assert "Utkast" in sida
    assert "är låst. Styrelsen kan läsa den nu." in _text(_las(client, rad))
    rad.refresh_from_db()
    assert (rad.lage, prognos.ur_varden(rad.varden).kommentar) == ("last", "Efter sommaren.")

    andra = _borja(client, ar, till=f"{AR}-10-31")
    assert (andra.nr, andra.kommentar) == (2, "Efter sommaren.")
    assert list(andra.rader.values_list("post", "belopp", "kommentar")) == [(post.pk, 18_000, "Färre resor i höst")]
    falt = _formular(client, andra) | {f"belopp_{post.pk}": "20 000", f"varfor_{post.pk}": "En resa till"}
    client.post(_url("prognos_edit", andra), falt)
    rapport = client.get(_url("prognos_detail", andra)).context["rapport"]
    raden = next(del_ for del_ in rapport.kostnader.rader if del_.post == post.pk)
    assert (rapport.forra, raden.forra, raden.mot_forra, raden.procent_forra) == ("Prognos 1", 18_000, 2_000, 11)
    assert (rapport.slut_forra, rapport.slut_mot_forra) == (prognos.ur_varden(rad.varden).slut, -2_000)
    assert [handelse.namn for handelse in Handelse.objects.om(andra)] == ["andrad", "skapad"]


def test_a_frozen_forecast_never_changes(client, inloggad, ar):
    inloggad("kansli")
    rad = _borja(client, ar)
    post = ar.poster.first()
    rad.rader.create(post=post, belopp=1, kommentar="Så är det")
    _las(client, rad)
    fore = client.get(_url("prognos_detail", rad)).context["rapport"]
    for namn in ("prognos_edit", "prognos_las", "prognos_ta_bort"):
        assert "är låst och ändras aldrig. Börja en ny prognos" in _text(client.get(_url(namn, rad), follow=True)), namn
    for andra in (
        lambda: Prognos.objects.filter(pk=rad.pk).update(kommentar="Annat"),
        lambda: Prognos.objects.filter(pk=rad.pk).delete(),
        lambda: Prognosrad.objects.update(belopp=2),
        lambda: rad.rader.create(post=ar.poster.last(), belopp=2, kommentar="Mer"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            andra()
    ar.poster.all().delete()
    assert client.get(_url("prognos_detail", rad)).context["rapport"] == fore, (
        "what the budget becomes is another thing"
    )


def test_what_was_seen_is_what_is_frozen(client, inloggad, ar):
    inloggad("ekonom")
    rad = _borja(client, ar)
    sedd = client.get(_url("prognos_las", rad)).context["sedd"]
    ar.poster.filter(rubrik="Övrigt").update(belopp=21_000)
    svar = client.post(_url("prognos_las", rad), {"sedd": sedd}, follow=True)
    assert "Talen i prognosen har ändrats sedan du öppnade sidan" in _text(svar)
    rad.refresh_from_db()
    assert rad.lage == "utkast"
    _las(client, rad)
    rad.refresh_from_db()
    assert rad.lage == "last"


@pytest.mark.parametrize(
    ("byt", "falt", "ord_"),
    [
        ({"belopp": "5"}, "varfor", "Skriv varför"),
        ({"varfor": "Därför"}, "belopp", "Skriv beloppet"),
        ({"belopp": "-5", "varfor": "Därför"}, "belopp", "0"),
        ({"belopp": "mycket", "varfor": "Därför"}, "belopp", "siffror"),
        ({"belopp": "5\x00", "varfor": "Därför"}, "belopp", ""),
    ],
)
def test_another_sum_needs_its_reason(client, inloggad, ar, byt, falt, ord_):
    inloggad("ekonom")
    rad, post = _borja(client, ar), ar.poster.first()
    falten = _formular(client, rad) | {f"{namn}_{post.pk}": varde for namn, varde in byt.items()}
    form = client.post(_url("prognos_edit", rad), falten).context["form"]
    assert ord_ in form.errors[f"{falt}_{post.pk}"][0]
    assert not rad.rader.exists()
    assert all(form[f"{namn}_{post.pk}"].value() == varde for namn, varde in byt.items()), "what was typed is kept"


@pytest.mark.parametrize(
    ("till", "ord_"),
    [
        (f"{AR - 1}-12-31", f"Prognosen gäller {AR}"),
        ((idag() + datetime.timedelta(1)).isoformat(), "Prognosen gäller"),
        ("", "Fyll i"),
    ],
)
def test_the_day_is_one_of_the_year_that_has_been(client, inloggad, ar, till, ord_):
    inloggad("ekonom")
    svar = client.post(_url("prognos_create", ar), {"till": till, "mote": "", "kommentar": ""})
    assert ord_ in svar.context["form"].errors["till"][0]
    assert not Prognos.objects.exists()


def test_a_day_that_has_not_been_is_refused(client, inloggad):
    inloggad("ekonom")
    ar = budgetar(idag().year)
    imorgon = idag() + datetime.timedelta(1)
    svar = client.post(_url("prognos_create", ar), {"till": imorgon.isoformat(), "mote": "", "kommentar": ""})
    assert "har inte varit än" in svar.context["form"].errors["till"][0] or imorgon.year != ar.ar


def test_a_colleagues_sum_is_shown_before_it_is_written_over(client, inloggad, ar):
    inloggad("ekonom")
    rad, post = _borja(client, ar), ar.poster.first()
    gammal = _formular(client, rad)
    client.post(_url("prognos_edit", rad), gammal | {f"belopp_{post.pk}": "7", f"varfor_{post.pk}": "Kollegan"})
    falt = gammal | {f"belopp_{post.pk}": "9", f"varfor_{post.pk}": "Jag"}
    form = client.post(_url("prognos_edit", rad), falt).context["form"]
    assert (post.rubrik, "7\N{NO-BREAK SPACE}kr: Kollegan") in form.nyare
    assert rad.rader.get().kommentar == "Kollegan"


def test_one_draft_at_a_time_and_sent_twice_it_is_one(client, inloggad, ar):
    inloggad("ekonom")
    inskick = client.get(_url("prognos_create", ar)).context["form"]["inskick"].value()
    for _ in range(2):
        _borja(client, ar, inskick=str(inskick))
    svar = client.get(_url("prognos_create", ar), follow=True)
    assert svar.context["rad"] == Prognos.objects.get()


def test_a_draft_can_be_taken_away(client, inloggad, ar):
    inloggad("kansli")
    rad = _borja(client, ar)
    assert "försvinner" in _text(client.get(_url("prognos_ta_bort", rad)))
    client.post(_url("prognos_ta_bort", rad))
    assert not Prognos.objects.exists()


def test_the_board_sees_what_is_frozen_and_the_auditor_drafts_too(client, inloggad, ny_anvandare, ar):
    last = Prognos.objects.create(verksamhetsar=ar, nr=1, till=TILL)
    last = prognos_underlag.las(
        last, av=ny_anvandare("kansli"), sedd=prognos_underlag.avtryck(prognos_underlag.rapport(last))
    )
    utkast = Prognos.objects.create(verksamhetsar=ar, nr=2, till=TILL)
    for roll, status in (("styrelse", 404), ("revisor", 200), ("ekonom", 200)):
        inloggad(roll)
        assert [client.get(_url("prognos_detail", rad)).status_code for rad in (last, utkast)] == [200, status], roll
        assert client.get(_url("prognos_pdf", utkast)).status_code == status, roll
        antal = len(client.get(_url("prognos_list", ar)).context["rader"])
        assert antal == (1 if status == 404 else 2)
    inloggad("beredning")
    assert client.get(_url("prognos_detail", last)).status_code == 403


def test_the_budget_has_the_frozen_forecasts_column(client, inloggad, ar):
    inloggad("ekonom")
    rad, post = _borja(client, ar), ar.poster.get(rubrik="Resor i tjänsten")
    rad.rader.create(post=post, belopp=18_500, kommentar="Färre resor")

    def prognoser():
        varden = reports.som_json(reports.budgetrapport_med_utfall(ar))
        return {del_["namn"]: del_["prognos"] for block in varden["block"] for del_ in block["rader"]}

    assert set(prognoser().values()) == {None}, "a draft is nobody's forecast"
    _las(client, rad)
    assert (prognoser()["Resor i tjänsten"], prognoser()["Utvecklingsmedel, ej beslutade"]) == (18.5, 0)
    avtal_med_pengar(ar=AR, kronor=9_000)  # agreed afterwards: the frozen one does not know
    inloggad("styrelse")
    text = _text(client.get(_url("ar_detail", ar)))
    assert "Prognos 1</th>" in text
    assert "18 500" in text


def test_pages_cost_the_same_with_more_lines(client, inloggad, ar):
    inloggad("ekonom")
    rad = _borja(client, ar)
    regel(ar, "4010", ar.poster.first(), "P1")
    sparad(ar=ar)

    def fragor_pa(namn, objekt):
        with CaptureQueriesContext(connection) as fragor:
            client.get(_url(namn, objekt))
        return len(fragor)

    sidor = [("prognos_detail", rad), ("prognos_edit", rad), ("prognos_las", rad), ("prognos_list", ar)]
    for namn, objekt in sidor:
        client.get(_url(namn, objekt))
    fore = [fragor_pa(*sida) for sida in sidor]
    for nr in range(20):
        post = ar.poster.create(rubrik=f"Rad {nr}", kategori="individ", belopp=nr)
        rad.rader.create(post=post, belopp=1, kommentar="Därför")
    assert [fragor_pa(*sida) for sida in sidor] == fore


def test_the_paper_says_the_same_and_a_draft_is_marked(client, inloggad, ar):
    inloggad("ekonom")
    rad = _borja(client, ar, kommentar="Till styrelsen <b>")
    rapport = prognos_underlag.rapport(rad)
    html = prognos_tryck.tryck(rapport)
    assert 'data-mark="UTKAST"' in html
    assert "Till styrelsen &lt;b&gt;" in html
    assert "Utvecklingsmedel, ej beslutade" in html
    assert 'data-mark=""' in prognos_tryck.tryck(rapport, nu())
    svar = client.get(_url("prognos_pdf", rad))
    assert svar.content.startswith(b"%PDF")
    assert f"prognos-1-{AR}.pdf" in svar["Content-Disposition"]


def test_without_the_printer_the_page_says_so(client, inloggad, ar, monkeypatch):
    inloggad("ekonom")
    rad = _borja(client, ar)

    def saknas(*_):
        raise pdf.PdfSaknas("Det går inte att göra PDF här.")

    monkeypatch.setattr(prognos_tryck, "gor", saknas)
    assert "Det går inte att göra PDF här." in _text(client.get(_url("prognos_pdf", rad), follow=True))


def test_the_meeting_is_one_of_the_boards(client, inloggad, ar):
    inloggad("ekonom")
    styrelsens, beredningens = (ett_mote(slag, dag=datetime.date(AR, 9, 12)) for slag in ("styrelse", "beredning"))
    fel = client.post(_url("prognos_create", ar), {"till": TILL.isoformat(), "mote": beredningens.pk})
    assert "mote" in fel.context["form"].errors
    rad = _borja(client, ar, mote=styrelsens.pk)
    assert rad.mote == styrelsens
    assert f"12 september {AR}" in prognos_underlag.rapport(rad).mote.replace("\N{NO-BREAK SPACE}", " ")
