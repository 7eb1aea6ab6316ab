"""Publication: what is looked at, what is hidden everywhere, what is frozen, and who reads which version."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from moten import protokoll
from moten.granskning import granska
from moten.maskering import DOLT, maskera
from moten.models import Anslag, Narvaro, Organ, Punkt, Utfall
from samordning.karna import filer
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt
from tests.moten.fabrik import ett_mote, nytt_organ
from tests.uppfoljning.tryck import sidor

pytestmark = pytest.mark.django_db
TEXT = "Kalle Persson deltog. Vi ringde\nkalle  persson och Kalle Perssons mor (19800101-1239). Eva Prov tackade Evert."


@pytest.fixture
def mote(kommun, forbund):
    """Of a public body that nobody approves; Eva was there, Kalle is nobody that the association knows."""
    Organ.objects.filter(pk=nytt_organ("medlemsrad").pk).update(publikt=True)
    mote = ett_mote(organ=nytt_organ("medlemsrad"), lage="avslutat", dag=idag() - timedelta(1))
    eva = Kontakt.objects.create(namn="Eva Prov", part=kommun)
    Narvaro.objects.create(mote=mote, kontakt=eva, part=kommun, status="narvarande")
    punkt = Punkt.objects.create(
        mote=mote, ordning=1, nummer=1, rubrik="Om Kalle Persson", text=TEXT, intern="Hemligheten", status="behandlad"
    )
    Utfall.objects.create(punkt=punkt, typ="atgard", text="Hjälp Kalle Persson.")
    return mote


def _adress(namn, mote):
    return reverse(f"moten:{namn}", args=[mote.pk])


def _data(client, mote, **val):
    form = client.get(_adress("publicera", mote)).context["form"]
    data = {"avtryck": form["avtryck"].value(), "fler": ""}
    for nr, fynd in enumerate(form.fynd):
        if svar := val.get(fynd.text.replace(" ", "_"), val.get("annars")):
            data[f"fynd_{nr}"] = svar
    return data


def test_the_look_points_at_numbers_and_at_names_that_nobody_knows(mote):
    fynd = {rad.text: rad for rad in granska(protokoll.som_json(protokoll.las(mote)))}
    assert set(fynd) == {"19800101-1239", "Kalle Persson", "Evert"}
    assert fynd["19800101-1239"].slag == "nummer"
    assert fynd["Kalle Persson"].var == ("1",)


@pytest.mark.parametrize(
    ("text", "ord_"),
    [
        ("Försäkringskassan och Granviks kommun var med. Mötet var bra.", []),
        ("Vi tackar Eva Provs chef. Eva Prov höll i det.", []),
        ("Ring 0500-12 34 56 den 12 mars 2026.", []),
        ("Hon heter Anna-Lena von Essen.", ["Anna-Lena von Essen"]),
        ("Född 800101 1239 eller 8001011239.", ["800101 1239", "8001011239"]),
        ("Samordningsnummer 19800161-ABCD.", ["19800161-ABCD"]),
    ],
)
def test_what_is_taken_for_a_name(mote, text, ord_):
    Punkt.objects.update(rubrik="Ekonomi", text=text)
    Utfall.objects.all().delete()
    assert [rad.text for rad in granska(protokoll.som_json(protokoll.las(mote)))] == ord_


@pytest.mark.parametrize(
    ("text", "ord_", "blir"),
    [
        ("Åsa Berg och ÅSA\n BERG och Åsa Bergs bil", ["åsa berg"], f"{DOLT} och {DOLT} och {DOLT} bil"),
        ("A\u030asa Berg", ["Åsa Berg"], DOLT),
        ("Annars kom Anna", ["Anna"], f"Annars kom {DOLT}"),
        ("a.b (c)* axb", ["a.b", "(c)*"], f"{DOLT} {DOLT} axb"),
        ("Anna Ek, Anna", ["Anna", "Anna Ek"], f"{DOLT}, {DOLT}"),
        ("inget", ["", " "], "inget"),
    ],
)
def test_masking_leaves_nothing_of_the_word(text, ord_, blir):
    assert maskera({"a": [text], "id": "Anna"}, ord_) == {"a": [blir], "id": "Anna"}


def test_what_is_hidden_is_nowhere_and_what_is_frozen_stays(inloggad, mote, client):
    kansli = inloggad("kansli")
    svar = kansli.post(_adress("publicera", mote), _data(kansli, mote))
    assert "Välj om ”Kalle Persson”" in svar.content.decode()
    data = _data(kansli, mote, annars="dolj", Evert="kvar") | {"fler": "mor\n\n mor "}
    html = kansli.post(_adress("publicera", mote), data | {"visa": "1"}).content.decode()
    assert DOLT in html[html.index("forhandsvisning") :]
    assert "Persson" not in html[html.index("forhandsvisning") :]
    mote.refresh_from_db()
    assert mote.lage == "avslutat"
    kansli.post(_adress("publicera", mote), data)
    mote.refresh_from_db()
    rad = mote.publiceringar.get()
    assert (mote.lage, rad.granskat) == ("publicerat", ["1 som ett namn som inte är känt står kvar"])
    assert set(mote.maskeringar.values_list("text", flat=True)) == {
        "19800101-1239", "Kalle Persson", "mor",
    }  # fmt: skip
    kansli.logout()
    allt = client.get(_adress("protokoll_detail", mote)).content.decode() + str(rad.innehall)
    allt += " ".join(sidor(filer.las(rad.fil))) + client.get(_adress("protokoll_fil", mote))["Content-Disposition"]
    assert "Evert" in allt
    for ord_ in ("Persson", "persson", "1239", "Hemligheten"):
        assert ord_ not in allt
    rad.innehall = {}
    with pytest.raises(DatabaseError), transaction.atomic():
        rad.save()
    assert mote.organ.namn in client.get(reverse("moten:protokoll_list")).content.decode()
    assert "Ingenting hittades" in client.get(reverse("moten:protokoll_list") + "?q=persson").content.decode()
    assert "tackade" in client.get(reverse("moten:protokoll_list") + "?q=tackade").content.decode()


def test_who_reads_because_it_is_published_reads_the_masked_one(inloggad, mote, ny_anvandare):
    client = inloggad("kansli")
    client.post(_adress("publicera", mote), _data(client, mote, annars="dolj"))
    client.force_login(ny_anvandare("revisor"))
    svar = client.get(_adress("mote_detail", mote), follow=True)
    assert svar.redirect_chain[-1][0] == _adress("protokoll_detail", mote)
    assert "Persson" not in svar.content.decode()
    assert client.get(_adress("protokoll_pdf", mote)).status_code == 403


def test_a_change_since_the_look_is_looked_at_again(inloggad, mote):
    client = inloggad("kansli")
    data = _data(client, mote, annars="dolj")
    Punkt.objects.update(text="Något nytt om Lisa Larsson.")
    html = client.post(_adress("publicera", mote), data).content.decode()
    assert "har ändrats sedan du öppnade sidan" in html
    assert not mote.publiceringar.exists()


def test_it_is_corrected_by_a_new_one_and_read_meanwhile(inloggad, mote, client):
    kansli = inloggad("kansli")
    kansli.post(_adress("publicera", mote), _data(kansli, mote, annars="dolj"))
    assert "Ja, rätta" in kansli.get(_adress("mote_ratta", mote)).content.decode()
    kansli.post(_adress("mote_ratta", mote))
    Punkt.objects.filter(mote=mote).update(text="Rättat.")
    assert DOLT in kansli.get(_adress("protokoll_detail", mote)).content.decode()
    kansli.post(_adress("publicera", mote), _data(kansli, mote, annars="dolj"))
    html = kansli.get(_adress("protokoll_detail", mote)).content.decode()
    assert "Rättat." in html
    assert "Rättad " in html
    assert mote.publiceringar.count() == 2
    kansli.post(_adress("mote_arkivera", mote))
    mote.refresh_from_db()
    assert mote.lage == "arkiverat"
    assert "Inget publicerades" in kansli.get(_adress("publicera", mote), follow=True).content.decode()


def test_a_record_that_is_approved_is_published_when_it_is_and_put_on_the_board(inloggad, forbund, client):
    Organ.objects.filter(pk=nytt_organ("styrelse").pk).update(justeras=True, publikt=True)
    mote = ett_mote(organ=nytt_organ("styrelse"), lage="avslutat", dag=idag() - timedelta(9))
    kansli = inloggad("kansli")
    assert "inte justerat än" in kansli.get(_adress("publicera", mote), follow=True).content.decode()
    assert "inte justerat" in kansli.get(_adress("anslag_edit", mote)).content.decode()
    type(mote).objects.filter(pk=mote.pk).update(lage="justerat")
    data = {"upp": idag(), "ned": idag() + timedelta(5), "forvaras": "Kansliet", "version": 0}
    form = kansli.get(_adress("anslag_edit", mote)).context["form"]
    assert form["ned"].value() == idag() + timedelta(22)
    data["version"] = form["version"].value()
    assert "minst tre veckor" in kansli.post(_adress("anslag_edit", mote), data).content.decode()
    data["ned"] = idag() + timedelta(22)
    kansli.post(_adress("anslag_edit", mote), data)
    assert Anslag.objects.get().ned == data["ned"]
    kansli.post(_adress("publicera", mote), _data(kansli, mote))
    kansli.logout()
    html = client.get(reverse("moten:anslag_list")).content.decode()
    assert "Kansliet" in html
    assert _adress("protokoll_detail", mote) in html
    Anslag.objects.update(upp=idag() - timedelta(30), ned=idag())
    assert "Inget protokoll är anslaget" in client.get(reverse("moten:anslag_list")).content.decode()


def test_words_that_cannot_be_hidden_and_hostile_text(inloggad, mote):
    client = inloggad("kansli")
    data = _data(client, mote, annars="dolj")
    for fler, fel in (
        ("...", "varken bokstav eller siffra"), ("x" * 301, "för långt"),
        ("\n".join(map(str, range(201))), "högst 200"),
    ):  # fmt: skip
        assert fel in client.post(_adress("publicera", mote), data | {"fler": fler}).content.decode()
    Punkt.objects.filter(mote=mote).update(text="<script>alert(1)</script>" + "<b>" * 60_000)
    svar = client.get(_adress("publicera", mote))
    assert b"<script>alert(1)" not in svar.content
