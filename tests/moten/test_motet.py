"""A meeting's page, attendance and minutes: who sees what, nothing is lost when two write, a ready record is closed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten import policies
from moten.models import Anteckning, Ledamotskap, Mote, Narvaro, Punkt, Undantag, Utfall
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, ny_runda

pytestmark = pytest.mark.django_db


def _sida(client, namn, pk, **data):
    return client.get(reverse(f"moten:{namn}", args=[pk]), data).content.decode()


def _skicka(client, namn, pk, **data):
    return client.post(reverse(f"moten:{namn}", args=[pk]), data, follow=True)


def test_the_page_shows_the_agenda_when_the_meeting_is_called_and_what_is_new(inloggad, ny_anvandare):
    mote = ett_mote(rubrik="Framtidsdag")
    punkt = Punkt.objects.create(
        mote=mote, ordning=1, rubrik="Fönster & dörrar", underlag="- ett\n- två", intern="Hemligt"
    )
    sida = reverse("moten:mote_detail", args=[mote.pk])
    client = inloggad("styrelse")
    html = client.get(sida).content.decode()
    assert "Framtidsdag" in html
    assert "visas här när kallelsen" in html
    assert "Fönster" not in html
    assert client.get(reverse("moten:min_anteckning", args=[punkt.pk])).status_code == 404
    Mote.objects.filter(pk=mote.pk).update(lage="kallat")
    html = client.get(sida).content.decode()
    assert "Fönster &amp; dörrar" in html
    assert "<li>ett</li>" in html
    assert "Hemligt" not in html
    assert "Nytt sedan sist" not in html
    Punkt.objects.filter(pk=punkt.pk).update(andrad=nu())
    assert "Nytt sedan sist" in client.get(sida).content.decode()
    assert "Nytt sedan sist" not in client.get(sida).content.decode()
    assert "Min anteckning" in _skicka(client, "min_anteckning", punkt.pk, text="Fråga om <vården>").content.decode()
    assert "Fråga om &lt;vården&gt;" in client.get(sida).content.decode()
    client.force_login(ny_anvandare("kansli"))
    html = client.get(sida).content.decode()
    assert "Hemligt" in html
    assert "Fråga om" not in html
    assert "1 annan har öppnat sidan" in html
    assert Anteckning.objects.count() == 1


def test_a_case_that_a_member_may_not_see_is_not_in_the_page(inloggad, kommun):
    mote = ett_mote(lage="kallat")
    Punkt.objects.create(mote=mote, ordning=1, rubrik="Inledning")
    arende = skickad_ansokan(kommun, ny_part(), lage="inkommen").arende
    Punkt.objects.create(mote=mote, ordning=2, rubrik="Ett ärende som väntar", arende=arende)
    html = _sida(inloggad("styrelse"), "mote_detail", mote.pk)
    assert "Inledning" in html
    assert "Ett ärende som väntar" not in html


def test_the_meeting_is_opened_on_its_day_and_everybody_is_ticked_off(inloggad, kommun):
    client = inloggad("kansli")
    senare = ett_mote(lage="kallat")
    assert "öppnas tidigast den dagen" in _skicka(client, "mote_oppna", senare.pk).content.decode()
    mote = ett_mote(lage="kallat", dag=idag())
    eva, per = (Kontakt.objects.create(namn=namn, part=kommun) for namn in ("Eva Prov", "Per Prov"))
    Ledamotskap.objects.create(organ=mote.organ, kontakt=eva, part=kommun, fran=idag() - timedelta(9))
    assert "Eva Prov" in _skicka(client, "mote_oppna", mote.pk).content.decode()
    assert "redan pågår" in _skicka(client, "mote_oppna", mote.pk).content.decode()
    rad = mote.narvaro.get()
    html = _skicka(client, "narvaro_satt", rad.pk, status="franvarande").content.decode()
    assert "0 är här, 1 är borta, 0 är inte prickade" in html
    assert "Valet gick inte att läsa" in _skicka(client, "narvaro_satt", rad.pk, status="nej").content.decode()
    ny = {"kontakt": per.pk, "roll": "ersattare", "part": kommun.pk, "ersatter": eva.pk}
    html = _skicka(client, "narvaro_create", mote.pk, **ny).content.decode()
    assert "1 är här, 1 är borta" in html
    assert "Ersätter Eva Prov" in html
    assert "finns redan i mötets lista" in _skicka(client, "narvaro_create", mote.pk, **ny).content.decode()
    ett, tva = (Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}") for nr in (1, 2))
    rad = mote.narvaro.get(kontakt=per)
    data = {"version": rad.version, "status": "narvarande", "roll": "ersattare", "fran_punkt": tva.pk}
    html = _skicka(client, "narvaro_edit", rad.pk, **data, till_punkt=ett.pk).content.decode()
    assert "kommer före den då personen kom" in html
    assert "Från Punkt 2" in _skicka(client, "narvaro_edit", rad.pk, **data).content.decode()
    assert "1 av 2 var med" in _sida(client, "mote_detail", mote.pk)


def test_two_who_write_the_same_item_see_both_texts_and_outcomes_are_typed(inloggad, kommun):
    client = inloggad("kansli")
    mote = ett_mote(lage="pagar")
    ett, tva = (Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}") for nr in (1, 2))
    kontakt = Kontakt.objects.create(namn="Eva Prov", part=kommun)
    rad = Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, status="narvarande")
    skriv = {"version": 1, "status": "behandlad"}
    svar = _skicka(client, "punkt_anteckna", ett.pk, **skriv, text="Den första", nasta="1")
    assert svar.redirect_chain[-1][0] == reverse("moten:punkt_anteckna", args=[tva.pk])
    html = _skicka(client, "punkt_anteckna", ett.pk, **skriv, text="Den andra").content.decode()
    assert "Den första" in html
    assert "Den andra" in html
    assert "Någon annan har sparat" in html
    ett.refresh_from_db()
    assert ett.text == "Den första"
    _skicka(client, "utfall_create", ett.pk, typ="medskick", text="Ta med vården.")
    html = _skicka(client, "utfall_create", ett.pk, typ="atgard", text="Ring.", ansvarig=kontakt.pk).content.decode()
    assert "Ta med vården." in html
    medskick, atgard = ett.utfall.all()
    assert (medskick.ordning, atgard.ordning) == (0, 1)
    _skicka(client, "utfall_edit", medskick.pk, version=1, typ="medskick", text="Ta med psykiatrin.")
    assert "Ja, ta bort" in _sida(client, "utfall_delete", atgard.pk)
    _skicka(client, "utfall_delete", atgard.pk)
    assert Utfall.objects.get().text == "Ta med psykiatrin."
    html = _skicka(client, "undantag_satt", ett.pk, narvaro=rad.pk, slag="jav").content.decode()
    assert "Eva Prov: jäv" in html
    html = _sida(client, "mote_detail", mote.pk)
    assert "deltog inte på grund av jäv" in html
    assert "Ta med psykiatrin." in html
    _skicka(client, "undantag_satt", ett.pk, narvaro=rad.pk, slag="")
    assert not Undantag.objects.exists()
    assert "Välj vem" in _skicka(client, "undantag_satt", ett.pk, narvaro="x", slag="jav").content.decode()


def test_a_record_that_is_ready_is_not_written(inloggad):
    client = inloggad("kansli")
    mote = ett_mote(lage="pagar")
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Punkt", text="Sagt")
    Mote.objects.filter(pk=mote.pk).update(lage="justerat")
    for namn, pk in (("punkt_anteckna", punkt.pk), ("utfall_create", punkt.pk), ("narvaro_create", mote.pk)):
        svar = _skicka(client, namn, pk, version=1, text="Annat", typ="medskick", status="behandlad")
        assert "går inte att anteckna" in svar.content.decode()
    punkt.refresh_from_db()
    assert punkt.text == "Sagt"
    assert not Utfall.objects.exists()


def test_the_pages_cost_the_same_however_long_the_agenda_is(inloggad, assert_constant_queries, kommun):
    inloggad("kansli")
    mote = ett_mote(lage="pagar")

    def rad():
        nr = mote.punkter.count() + 1
        punkt = Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}")
        Utfall.objects.create(punkt=punkt, typ="medskick", text="Ta med.")
        kontakt = Kontakt.objects.create(namn=f"Eva {nr}", part=kommun)
        narvaro = Narvaro.objects.create(mote=mote, kontakt=kontakt, status="narvarande", part=kommun)
        Undantag.objects.create(punkt=punkt, narvaro=narvaro, slag="ute")

    for namn in ("mote_detail", "narvaro_list", "anteckna"):
        assert_constant_queries(reverse(f"moten:{namn}", args=[mote.pk]), rad)


def test_the_rest_are_here_but_not_deputies_whom_nobody_called(inloggad, kommun):
    client = inloggad("kansli")
    mote = ett_mote(lage="pagar", dag=idag())
    for namn, roll, status in (
        ("Eva Prov", "ledamot", "okand"), ("Per Prov", "ledamot", "franvarande"), ("Siv Prov", "ersattare", "okand"),
    ):  # fmt: skip
        kontakt = Kontakt.objects.create(namn=namn, part=kommun)
        Narvaro.objects.create(mote=mote, kontakt=kontakt, roll=roll, status=status)
    assert "1 är prickade" in _skicka(client, "narvaro_alla", mote.pk).content.decode()
    assert dict(mote.narvaro.values_list("kontakt__namn", "status")) == {
        "Eva Prov": "narvarande", "Per Prov": "franvarande", "Siv Prov": "okand",
    }  # fmt: skip
    assert "redan prickade" in _skicka(client, "narvaro_alla", mote.pk).content.decode()


def test_outcomes_are_put_in_another_order(inloggad):
    mote = ett_mote(lage="pagar", dag=idag(), oppnat=nu())
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Planen", andrad=nu() - timedelta(1))
    ett, tva, tre = (
        Utfall.objects.create(punkt=punkt, typ="information", text=text, ordning=nr)
        for nr, text in enumerate(("Ett", "Två", "Tre"))
    )
    client = inloggad("kansli")
    assert "Flytta upp Ett" not in _sida(client, "anteckna", mote.pk)
    assert "Flytta ner Ett" in _sida(client, "anteckna", mote.pk)
    _skicka(client, "utfall_upp", tre.pk)
    assert [rad.text for rad in punkt.utfall.all()] == ["Ett", "Tre", "Två"]
    _skicka(client, "utfall_ner", ett.pk)
    assert [rad.text for rad in punkt.utfall.all()] == ["Tre", "Ett", "Två"]
    assert "redan sist" in _skicka(client, "utfall_ner", tva.pk).content.decode()
    punkt.refresh_from_db()
    assert punkt.andrad > nu() - timedelta(minutes=1)  # readers see that it is new
    Mote.objects.filter(pk=mote.pk).update(lage="justerat")
    assert "Inget ändrades" in _skicka(client, "utfall_upp", tva.pk).content.decode()
    assert [rad.text for rad in punkt.utfall.all()] == ["Tre", "Ett", "Två"]


@pytest.mark.parametrize(
    ("lage", "dag", "text"),
    [("planerat", -1, "Inte öppnat"), ("kallat", -1, "Inte öppnat"), ("planerat", 0, "Planerat"),
     ("kallat", 0, "Kallat"), ("installt", -1, "Inställt"), ("avslutat", -1, "Avslutat")],
)  # fmt: skip
def test_a_meeting_that_nobody_opened_says_so_after_its_day(inloggad, lage, dag, text):
    ett_mote(lage=lage, dag=idag() + timedelta(dag), sista_dag=idag() + timedelta(dag))
    html = inloggad("kansli").get(reverse("moten:mote_list")).content.decode()
    assert text in html
    assert ("Inte öppnat" in html) == (text == "Inte öppnat")


def test_nobody_is_ticked_off_before_the_meeting(inloggad, kommun):
    mote = ett_mote(lage="kallat", dag=idag())
    Narvaro.objects.create(mote=mote, kontakt=Kontakt.objects.create(namn="Eva Prov", part=kommun))
    client = inloggad("kansli")
    assert "Inte prickad" not in _sida(client, "narvaro_list", mote.pk)
    Mote.objects.filter(pk=mote.pk).update(lage="justerat")
    assert "Inte prickad" in _sida(client, "narvaro_list", mote.pk)


def test_the_menu_knows_the_pages_beside_the_list(inloggad, kommun):
    client = inloggad("kansli")
    organ = ett_mote().organ
    runda = ny_runda(skickad_ansokan(kommun, ny_part(), lage="beredning").arende)
    for adress, var in (
        (reverse("moten:atgard_list"), "Möten"), (reverse("moten:organ_detail", args=[organ.pk]), "Möten"),
        (reverse("moten:runda_detail", args=[runda.pk]), "Ärenden"), (reverse("moten:mote_list"), "Möten"),
        (reverse("sidor:start"), "Start"),
    ):  # fmt: skip
        meny = client.get(adress).context["meny"]
        assert [post.text for post in meny if post.aktiv] == [var], adress


def test_the_page_asks_once_whether_the_reader_belongs_to_the_body(inloggad, monkeypatch):
    mote, antal, riktiga = ett_mote(lage="kallat"), [], policies.belongs
    monkeypatch.setattr(policies, "belongs", lambda *args: antal.append(1) or riktiga(*args))
    assert inloggad("styrelse").get(reverse("moten:mote_detail", args=[mote.pk])).status_code == 200
    assert len(antal) == 1
