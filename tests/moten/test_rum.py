"""The room on the phones: the code, groups, dots and the evaluation; and what the kansli prepares."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten import rum, rum_resultat
from moten.models import Alternativ, Grupp, Grupparbete, Mote, Narvaro, Omrostning, Punkt, Svar, Utvardering, Valsedel
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt
from tests.conftest import Klient
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db


@pytest.fixture
def mote():
    return ett_mote("beredning", lage="pagar", dag=idag(), oppnat=nu())


@pytest.fixture
def punkt(mote):
    return Punkt.objects.create(mote=mote, ordning=1, rubrik="Vårens utbildningar")


def har(mote, *parter):
    """One who is here for each part."""
    rader = []
    for nr, part in enumerate(parter):
        kontakt = Kontakt.objects.create(namn=f"Person {part.pk} {nr}", part=part)
        rader.append(Narvaro.objects.create(mote=mote, kontakt=kontakt, part=part, status="narvarande"))
    return rader


def _i_rummet(mote, namn="rum", *args):
    return reverse(f"moten:{namn}", args=[rum.kod(mote), *args])


def en_rostning(punkt, *alternativ, lage="oppen", **falt):
    rad = Omrostning.objects.create(punkt=punkt, fraga="Vad börjar vi med?", lage=lage, **falt)
    return rad, [Alternativ.objects.create(omrostning=rad, ordning=nr, text=text) for nr, text in enumerate(alternativ)]


# ---- The door


def test_the_code_opens_the_room_while_the_meeting_goes_on_and_nothing_else(client, mote):
    kod = rum.kod(mote)
    assert (len(kod), rum.hitta(f" {kod[:3].lower()} {kod[3:]}"), rum.hitta("AAAAAA")) == (6, mote, None)
    svar = client.post(reverse("moten:rum_kod"), {"kod": f"{kod[:3]} {kod[3:]}"})
    assert svar.url == _i_rummet(mote)
    html = client.get(svar.url).content.decode()
    assert "Inget är öppet just nu" in html
    fel = client.post(reverse("moten:rum_kod"), {"kod": "ABC"})
    assert (fel.status_code, "stämmer inte" in fel.content.decode()) == (400, True)
    assert client.get("/rum/åäöåäö/").status_code == 404
    Mote.objects.filter(pk=mote.pk).update(lage="avslutat")
    svar = client.get(_i_rummet(mote))
    assert (svar.status_code, "Rummet är stängt" in svar.content.decode()) == (404, True)
    Mote.objects.filter(pk=mote.pk).update(lage="pagar", oppnat=nu() + timedelta(1))
    assert client.get(reverse("moten:rum", args=[kod])).status_code == 404  # opened again: another code


def test_many_wrong_codes_from_one_place_close_the_door(client, mote, monkeypatch):
    monkeypatch.setattr(rum, "FEL_PER_TIMME", 3)
    for _ in range(3):
        assert client.get(reverse("moten:rum", args=["AAAAAA"])).status_code == 404
    assert client.get(_i_rummet(mote)).status_code == 404


def test_phones_that_ask_on_after_the_meeting_lock_nobody_out(client, mote, monkeypatch):
    monkeypatch.setattr(rum, "FEL_PER_TIMME", 3)
    gammal = _i_rummet(mote)
    Mote.objects.filter(pk=mote.pk).update(lage="avslutat")
    for _ in range(5):
        assert client.get(gammal).status_code == 404
    annat = ett_mote(lage="pagar", dag=idag(), oppnat=nu())
    assert client.get(_i_rummet(annat)).status_code == 200


def test_another_meetings_things_are_not_reached_with_the_code(client, mote):
    annat = Punkt.objects.create(mote=ett_mote(lage="pagar", dag=idag(), oppnat=nu()), rubrik="Annat")
    rad, _ = en_rostning(annat, "A", "B")
    arbete = Grupparbete.objects.create(punkt=annat, lage="oppen")
    grupp = Grupp.objects.create(arbete=arbete, nr=1)
    assert client.get(_i_rummet(mote, "rum_rosta", rad.pk)).status_code == 404
    assert client.get(_i_rummet(mote, "rum_grupp", grupp.pk)).status_code == 404
    assert client.get(_i_rummet(mote, "rum_utvardera")).status_code == 404


# ---- Groups


def test_the_groups_mix_the_parties(mote):
    ett, tva, tre = (ny_part() for _ in range(3))
    har(mote, *[ett] * 4, *[tva] * 4, tre, tre)
    for _ in range(5):
        grupper = rum.dela(mote, 4)
        assert sorted(len(grupp) for grupp in grupper) == [2, 2, 3, 3]
        for part in (ett, tva, tre):
            assert max(sum(rad.part == part for rad in grupp) for grupp in grupper) == 1
    assert [len(grupp) for grupp in rum.dela(ett_mote("au", lage="pagar"), 3)] == [0, 0, 0]


def test_the_kansli_draws_moves_and_opens_and_a_group_writes_on_its_phone(inloggad, mote, punkt, kommun):
    arende = skickad_ansokan(kommun, ny_part(), lage="beredning").arende
    Punkt.objects.filter(pk=punkt.pk).update(arende=arende)
    personer = har(mote, *[kommun] * 4)
    client = inloggad("kansli")
    sida = reverse("moten:grupparbete_edit", args=[punkt.pk])
    client.post(sida, {"fragor": "Vad tycker ni?", "staller": "on", "antal": 2})
    arbete = punkt.grupparbete
    ett, tva = arbete.grupper.all()
    assert ett.deltagare.count() + tva.deltagare.count() == 4
    rad = personer[0]
    client.post(reverse("moten:grupp_flytta", args=[arbete.pk]), {"narvaro": rad.pk, "grupp": tva.pk})
    assert rad in tva.deltagare.all()
    assert rad not in ett.deltagare.all()
    telefon, andra = Klient(), Klient()
    assert "är stängt nu" in telefon.get(_i_rummet(mote, "rum_grupp", ett.pk), follow=True).content.decode()
    client.post(reverse("moten:grupparbete_vand", args=[arbete.pk]), {"vad": "oppna"})
    assert "Grupp 1" in telefon.get(_i_rummet(mote)).content.decode()
    svar = client.post(sida, {"fragor": "Vad tycker ni?", "staller": "on", "antal": 2, "lotta": "1"}, follow=True)
    assert "Stäng det" in svar.content.decode()  # somebody may be writing in a group just now
    gruppen = _i_rummet(mote, "rum_grupp", ett.pk)
    assert "Vad tycker ni?" in telefon.get(gruppen).content.decode()
    telefon.post(gruppen, {"stallning": "medskick", "text": "Ta med <vården>.", "version": ett.version})
    svar = andra.post(gruppen, {"stallning": "tillstyrker", "text": "Ja!", "version": ett.version})
    html = svar.content.decode()
    assert "Någon annan har sparat" in html
    assert "Ta med &lt;vården&gt;." in html
    assert "Ja!" in html
    ett.refresh_from_db()
    assert (ett.stallning, ett.text) == ("medskick", "Ta med <vården>.")
    svar = client.post(sida, {"fragor": "Vad tycker ni?", "antal": 3}, follow=True)
    assert "redan skrivit" in svar.content.decode()
    client.post(reverse("moten:grupparbete_vand", args=[arbete.pk]), {"vad": "stang"})
    svar = telefon.post(gruppen, {"text": "Mer", "version": 1}, follow=True)
    assert "är stängt nu" in svar.content.decode()
    assert rum_resultat.grupper(mote)[punkt.pk].grupper[0].text == "Ta med <vården>."


# ---- Dots


def test_dots_one_ballot_a_phone_that_may_be_changed(client, mote, punkt):
    har(mote, ny_part(), ny_part())
    rad, (a, b, c) = en_rostning(punkt, "A", "B", "C", per_alternativ=1)
    sida = _i_rummet(mote, "rum_rosta", rad.pk)
    assert "2 prickar" in client.get(sida).content.decode()
    assert "får sätta 2" in client.post(sida, {f"val_{x.pk}": "1" for x in (a, b, c)}).content.decode()
    assert "Sätt minst en prick" in client.post(sida, {}).content.decode()
    assert client.post(sida, {f"val_{a.pk}": "2"}).status_code == 200  # more than one on the same
    assert client.post(sida, {f"val_{a.pk}": "-1"}).status_code == 200
    assert not Valsedel.objects.exists()
    client.post(sida, {f"val_{a.pk}": "1", f"val_{b.pk}": "1", "val_999999": "1"})
    client.post(sida, {f"val_{a.pk}": "1", f"val_{c.pk}": "1"})
    assert Valsedel.objects.count() == 1
    Klient().post(sida, {f"val_{a.pk}": "1"})
    Omrostning.objects.update(lage="stangd")
    assert "är stängt nu" in client.post(sida, {f"val_{b.pk}": "1"}, follow=True).content.decode()
    resultat = rum_resultat.omrostningar(mote)[punkt.pk][0]
    assert resultat.roster == 2
    assert [(val.text, val.antal) for val in resultat.rader] == [("A", 2), ("C", 1), ("B", 0)]


def test_the_kansli_makes_opens_closes_and_merges_a_vote(inloggad, mote, punkt):
    har(mote, *(ny_part() for _ in range(3)))
    client = inloggad("kansli")
    ny = reverse("moten:omrostning_create", args=[punkt.pk])
    assert "minst två olika" in client.post(ny, {"fraga": "V?", "alternativ": "A\nA", "prickar": 2}).content.decode()
    assert "mellan 1 och 20" in client.post(ny, {"fraga": "V?", "alternativ": "A\nB", "prickar": 0}).content.decode()
    client.post(ny, {"fraga": "Vad börjar vi med?", "alternativ": "Vården\nPsykiatrin\nSkolan", "prickar": 2})
    rad = Omrostning.objects.get(fraga="Vad börjar vi med?")
    vand = reverse("moten:omrostning_vand", args=[rad.pk])
    client.post(vand, {"vad": "oppna"})
    a, b, c = rad.alternativ.all()
    for nr in range(3):
        rum.rosta(rad, f"e{nr}", {a.pk: 1, (b if nr else c).pk: 1})
    assert "Vården" not in client.get(reverse("moten:rum_visa", args=[mote.pk])).content.decode()
    ihop = reverse("moten:omrostning_sla_ihop", args=[rad.pk])
    assert "Stäng omröstningen" in client.post(ihop, {"ena": a.pk, "andra": b.pk}, follow=True).content.decode()
    client.post(vand, {"vad": "stang"})
    client.post(ihop, {"ena": a.pk, "andra": b.pk})
    assert "redan sammanslagna" in client.post(ihop, {"ena": b.pk, "andra": a.pk}, follow=True).content.decode()
    resultat = rum_resultat.staplar(rad)
    assert [(val.text, val.antal) for val in resultat.rader] == [("Psykiatrin + Vården", 5), ("Skolan", 1)]
    assert resultat.rader[0].hopslagna == (("Psykiatrin", 2), ("Vården", 3))
    assert "Vården: 3" in client.get(reverse("moten:omrostning_detail", args=[rad.pk])).content.decode()
    client.post(ihop, {"ena": a.pk, "andra": ""})
    assert len(rum_resultat.staplar(rad).rader) == 3
    svar = client.post(reverse("moten:omrostning_delete", args=[rad.pk]), follow=True)
    assert "tas inte bort" in svar.content.decode()


# ---- The evaluation


def test_the_evaluation_is_anonymous_once_a_phone_and_shown_from_five(inloggad, mote):
    har(mote, *(ny_part() for _ in range(5)))
    client = inloggad("kansli")
    sida = reverse("moten:utvardering_edit", args=[mote.pk])
    client.post(sida)
    utvardering = Utvardering.objects.get()
    assert utvardering.fragor.count() == 10
    client.post(sida, {"text": "Vad tar du med dig?", "slag": "oppen", "far_hoppas": "on"})
    assert "finns redan" in client.post(sida, {"text": "Vad tar du med dig?", "slag": "oppen"}).content.decode()
    client.post(reverse("moten:fraga_delete", args=[utvardering.fragor.first().pk]))
    assert utvardering.fragor.count() == 10
    client.post(reverse("moten:utvardering_vand", args=[utvardering.pk]), {"vad": "oppna"})
    assert "frågorna ändras inte" in client.post(sida, {"text": "Sen"}, follow=True).content.decode()
    stjarna = utvardering.fragor.filter(slag="stjarnor").first()
    ord_ = utvardering.fragor.get(slag="ett_ord")
    svara = _i_rummet(mote, "rum_utvardera")
    for nr in range(5):
        telefon = Klient()
        assert "Svara på minst en" in telefon.post(svara, {}).content.decode()
        data = {f"fraga_{stjarna.pk}": str(5 - nr % 2), f"fraga_{ord_.pk}": "Bra"}
        assert "Tack för dina svar" in telefon.post(svara, data, follow=True).content.decode()
        assert "redan svarat" in telefon.post(svara, data, follow=True).content.decode()
        assert telefon.post(svara, {f"fraga_{stjarna.pk}": "9"}, follow=True).status_code == 200
        if nr == 3:
            assert "minst fem" in client.get(sida).content.decode()
    assert Svar.objects.count() == 10
    assert rum_resultat.utvardering(mote) == ()  # open: nothing is shown
    client.post(reverse("moten:utvardering_vand", args=[utvardering.pk]), {"vad": "stang"})
    html = client.get(sida).content.decode()
    assert "4,6 av 5" in html
    assert "Öppna igen" not in html
    svar = client.post(reverse("moten:utvardering_vand", args=[utvardering.pk]), {"vad": "oppna"}, follow=True)
    assert "redan visats" in svar.content.decode()  # one more answer would be told by the difference
    utvardering.refresh_from_db()
    assert utvardering.lage == "stangd"
    assert "bra (5)" in html
    trend = client.get(reverse("moten:utvardering_trend", args=[mote.organ_id])).content.decode()
    assert "4,6" in trend
    senare = ett_mote(organ=mote.organ, om=9)
    assert list(rum.ny_utvardering(senare).fragor.values_list("text", flat=True)) == list(
        utvardering.fragor.values_list("text", flat=True)
    )


def test_nothing_is_opened_before_the_meeting_and_prepared_after_it(inloggad, mote, punkt):
    client = inloggad("kansli")
    rad, _ = en_rostning(punkt, "A", "B", lage="utkast")
    Mote.objects.filter(pk=mote.pk).update(lage="kallat")
    vand = reverse("moten:omrostning_vand", args=[rad.pk])
    assert "Inget ändrades" in client.post(vand, {"vad": "oppna"}, follow=True).content.decode()
    Mote.objects.filter(pk=mote.pk).update(lage="avslutat")
    for namn in ("grupparbete_edit", "omrostning_create"):
        assert "Inget ändrades" in client.post(reverse(f"moten:{namn}", args=[punkt.pk]), follow=True).content.decode()
    rad.refresh_from_db()
    assert rad.lage == "utkast"
    with pytest.raises(OtillatenOvergang):
        rum.rosta(rad, "e", {})


@pytest.mark.parametrize("antal", [1, 6])
def test_a_phones_page_asks_as_often_for_much(client, mote, django_assert_max_num_queries, antal):
    for nr in range(antal):
        punkt = Punkt.objects.create(mote=mote, ordning=nr, rubrik=f"Punkt {nr}")
        en_rostning(punkt, "A", "B")
        arbete = Grupparbete.objects.create(punkt=punkt, lage="oppen")
        Grupp.objects.create(arbete=arbete, nr=1).deltagare.set(har(mote, ny_part()))
    client.get(_i_rummet(mote))
    with django_assert_max_num_queries(14):
        client.get(_i_rummet(mote))
