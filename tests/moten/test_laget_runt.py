"""A question that goes round the table: from the phones and by hand, on the wall and in the minutes."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from moten import granskning, ordrunda, protokoll, publicering, rum
from moten.models import Mote, Ordrunda, Ordsvar, Publiceradtext, Punkt
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from tests.conftest import Klient
from tests.insatser.fabrik_ansokan import ny_part
from tests.moten.fabrik import ett_mote
from tests.moten.test_rum import _i_rummet, har

pytestmark = pytest.mark.django_db
# As the source prints it, with other names.
SAGT = """
Lova: konkret
Ebba: givande
Maj: informativt
Jarl: intressant
Calle: stringent. Hamnade i ett nytt sammanhang men ändå inte.
Hedvig: inspirerande
Cilla: verklighetsförankrat
Iris: Inspirerande
Dag: inspirerande, gillar konkreta exempel
Alva: jättebra med erfarenhetsutbyte
"""


@pytest.fixture
def mote():
    rad = ett_mote("beredning", lage="pagar", dag=idag(), oppnat=nu())
    har(rad, ny_part(), ny_part())
    return rad


@pytest.fixture
def punkt(mote):
    return Punkt.objects.create(mote=mote, ordning=1, rubrik="Avslutning", slag="laget_runt")


@pytest.fixture
def runda(punkt):
    return Ordrunda.objects.create(punkt=punkt, fraga="Ett ord om dagen", lage="oppen")


def _sida(punkt):
    return reverse("moten:ordrunda_edit", args=[punkt.pk])


@pytest.mark.parametrize(
    ("slag", "underlag", "fraga"),
    [
        ("laget_runt", "", "Ett ord om dagen"),
        ("incheckning", "", "Hur är läget?"),
        ("incheckning", " Vad gjorde dig glad i går? ", "Vad gjorde dig glad i går?"),
        ("laget_runt", "Två\nrader", "Ett ord om dagen"),
        ("vanlig", "Vi talar om budgeten.", "Hur är läget?"),
    ],
)
def test_the_question_is_the_one_that_the_item_has(mote, slag, underlag, fraga):
    assert ordrunda.fraga(Punkt(mote=mote, slag=slag, underlag=underlag)) == fraga


def test_lines_are_read_as_they_are_printed():
    assert ordrunda.tolka("Lova:  konkret\n\nbra\n 9:00 var för tidigt\nEbba: kl. 9:00, för tidigt") == [
        ("Lova", "konkret"), ("", "bra"), ("", "9:00 var för tidigt"), ("Ebba", "kl. 9:00, för tidigt"),
    ]  # fmt: skip


def test_the_same_word_is_counted_however_it_goes_on():
    svar = [text for _, text in ordrunda.tolka(SAGT)]
    assert len(svar) == 10
    assert ordrunda.samma(svar) == [("inspirerande", 3)]
    assert ordrunda.samma_i_ord(["Bra!", "bra", "  ", "nytt – kul", "Nytt (igen)", "e-bra"]) == "bra (2), nytt (2)"


def test_the_kansli_asks_the_phones_answer_and_the_wall_shows(inloggad, mote, punkt):
    kansli, telefon = inloggad("kansli"), Klient()
    assert 'value="Ett ord om dagen"' in kansli.get(_sida(punkt)).content.decode()
    assert not Ordrunda.objects.exists()  # looking makes nothing
    kansli.post(_sida(punkt), {"fraga": "Ett ord om <dagen>?"})
    runda = Ordrunda.objects.get()
    svara = _i_rummet(mote, "rum_ord", runda.pk)
    assert "är stängt nu" in telefon.post(svara, {"text": "Nej"}, follow=True).content.decode()
    kansli.post(reverse("moten:ordrunda_vand", args=[runda.pk]), {"vad": "oppna"})
    assert "Ett ord om &lt;dagen&gt;?" in telefon.get(_i_rummet(mote)).content.decode()
    assert "Skriv ett ord eller en kort mening" in telefon.post(svara, {"text": " "}).content.decode()
    assert telefon.post(svara, {"text": "x" * 201, "namn": "Lova"}).content.decode().count('value="Lova"') == 1
    telefon.post(svara, {"text": "Givande", "namn": "Lova"})
    assert "Du har svarat: Givande" in telefon.get(_i_rummet(mote)).content.decode()
    assert 'value="Givande"' in telefon.get(svara).content.decode()
    telefon.post(svara, {"text": "<b>Givande</b>, mycket", "namn": "Lova"})
    Klient().post(svara, {"text": "<b>givande</b>"})
    html = kansli.get(reverse("moten:rum_visa", args=[mote.pk])).content.decode()
    assert "Lova: &lt;b&gt;Givande&lt;/b&gt;, mycket" in html
    assert "Samma ord: &lt;b&gt;givande&lt;/b&gt; (2)" in html
    assert list(runda.svar.values_list("namn", "version")) == [("Lova", 2), ("", 1)]
    svar = kansli.post(_sida(punkt), {"fraga": "En annan fråga"}, follow=True)
    assert "frågan ändras inte" in svar.content.decode()
    kansli.post(reverse("moten:ordrunda_vand", args=[runda.pk]), {"vad": "stang"})
    assert "är stängt nu" in telefon.post(svara, {"text": "Sen"}, follow=True).content.decode()
    assert Ordsvar.objects.count() == 2


def test_no_more_phones_than_people_but_as_many_by_hand(mote, punkt, runda):
    for nr in range(3):
        ordrunda.svara(runda, f"e{nr}", namn="", text="bra")
    with pytest.raises(rum.Fullt):
        ordrunda.svara(runda, "e3", namn="", text="bra")
    svar = [Klient().post(_i_rummet(mote, "rum_ord", runda.pk), {"text": "nytt", "namn": "Lova"}) for _ in range(2)]
    assert [s.status_code for s in svar] == [200, 200]
    assert "fler svar än det finns personer" in svar[0].content.decode()
    assert 'value="nytt"' in svar[0].content.decode()
    ordrunda.skriv(runda, [("Ebba", "bra"), ("", "nytt")])
    assert list(runda.svar.values_list("ordning", flat=True)) == [1, 2, 3, 4, 5]


def test_what_is_said_is_written_in_order_changed_moved_and_taken_away(inloggad, mote, punkt, runda):
    client, sida = inloggad("kansli"), _sida(punkt)
    svar = client.post(sida, {"svar": "Lova: konkret\n" + "x" * 201})
    assert "är längre än 200 tecken" in svar.content.decode()
    assert "Lova: konkret" in svar.content.decode()
    assert "Skriv minst ett svar" in client.post(sida, {"svar": " \n "}).content.decode()
    assert "högst 100 svar" in client.post(sida, {"svar": "bra\n" * 101}).content.decode()
    assert not Ordsvar.objects.exists()
    data = {"svar": "Lova: konkret\nEbba: givande", "inskick": "3f0d6a3e-1f65-4f0a-9c3e-5b8e5b1a7a11"}
    for _ in range(2):  # a double click
        client.post(sida, data)
    client.post(sida, {"svar": "tydligt"})
    assert list(runda.svar.values_list("namn", "text")) == [("Lova", "konkret"), ("Ebba", "givande"), ("", "tydligt")]
    lova, ebba, _ = runda.svar.all()
    client.post(reverse("moten:ordsvar_upp", args=[ebba.pk]))
    assert [rad.namn for rad in runda.svar.all()] == ["Ebba", "Lova", ""]
    assert "redan först" in client.post(reverse("moten:ordsvar_upp", args=[ebba.pk]), follow=True).content.decode()
    client.post(reverse("moten:ordsvar_ner", args=[lova.pk]))
    assert [rad.namn for rad in runda.svar.all()] == ["Ebba", "", "Lova"]
    andra = reverse("moten:ordsvar_edit", args=[lova.pk])
    client.post(andra, {"namn": "Lova", "text": "mycket konkret", "version": 1})
    svar = client.post(andra, {"namn": "Lova", "text": "abstrakt", "version": 1})
    assert "Någon annan har sparat" in svar.content.decode()
    assert "mycket konkret" in svar.content.decode()
    client.post(reverse("moten:ordsvar_delete", args=[ebba.pk]))
    assert [rad.text for rad in runda.svar.all()] == ["tydligt", "mycket konkret"]


def test_the_record_prints_it_as_it_was_said(inloggad, mote, punkt, runda):
    assert protokoll.las(mote).punkter[0].laget_runt is None  # nobody has answered
    ordrunda.skriv(runda, ordrunda.tolka(SAGT))
    rad = protokoll.las(mote).punkter[0].laget_runt
    assert (rad.fraga, len(rad.svar), rad.samma) == ("Ett ord om dagen", 10, "inspirerande (3)")
    client = inloggad("kansli")
    assert "Calle: stringent. Hamnade i ett nytt sammanhang" in client.get(
        reverse("moten:mote_detail", args=[mote.pk])
    ).content.decode()  # fmt: skip
    sidan = client.get(reverse("moten:mote_avsluta", args=[mote.pk])).content.decode()
    assert 'value="behandlad" selected' in sidan  # somebody said something, so it was treated
    data = {"forsta": "", f"{punkt.pk}-status": "behandlad"}
    client.post(reverse("moten:mote_avsluta", args=[mote.pk]), data | _gomda(sidan))
    runda.refresh_from_db()
    mote.refresh_from_db()
    assert (mote.lage, runda.lage) == ("avslutat", "stangd")
    client.post(_sida(punkt), {"svar": "Olle: kom på det nu"})  # the record is not ready yet
    assert runda.svar.count() == 11
    blad, _, fynd = publicering.underlag(mote)
    assert "Calle" in {rad.text for rad in granskning.granska(blad)}
    publicering.publicera(mote, blad, [(rad.text, "") for rad in fynd], ["Hedvig"], av=None)
    assert "erfarenhetsutbyte" in Publiceradtext.objects.get(punkt=punkt).text
    mote.refresh_from_db()
    assert "Inget ändrades" in client.post(_sida(punkt), {"svar": "Sen"}, follow=True).content.decode()
    for gora in (lambda: ordrunda.skriv(runda, [("", "sen")]), lambda: runda.svar.update(text="annat"),
                 lambda: runda.svar.first().delete()):  # fmt: skip
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
            gora()


def _gomda(html):
    """The hidden boxes of a page's form."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_nobody_answers_before_the_meeting_and_nothing_is_written_after_it(inloggad, mote, punkt, runda):
    Mote.objects.filter(pk=mote.pk).update(lage="kallat")
    client = inloggad("kansli")
    client.post(_sida(punkt), {"fraga": "Vad tar ni med er?"})
    runda.refresh_from_db()
    assert runda.fraga == "Vad tar ni med er?"
    assert "Skriv svar för hand" not in client.get(_sida(punkt)).content.decode()
    Ordrunda.objects.update(lage="stangd")
    svar = client.post(reverse("moten:ordrunda_vand", args=[runda.pk]), {"vad": "oppna"}, follow=True)
    assert "Inget ändrades" in svar.content.decode()
    with pytest.raises(OtillatenOvergang):
        ordrunda.svara(runda, "e", namn="", text="bra")


def test_another_meetings_round_is_not_reached_with_the_code(client, mote, punkt):
    annat = Punkt.objects.create(mote=ett_mote(lage="pagar", dag=idag(), oppnat=nu()), rubrik="Annat")
    runda = Ordrunda.objects.create(punkt=annat, fraga="Hur?", lage="oppen")
    assert client.get(_i_rummet(mote, "rum_ord", runda.pk)).status_code == 404
