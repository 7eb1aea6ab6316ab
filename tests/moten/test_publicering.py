"""Publication: what is looked at, what is hidden everywhere, what is frozen, and who reads which version."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from moten.maskering import DOLT
from moten.models import Narvaro, Organ, Punkt, Utfall
from samordning.karna import filer, pdf
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
    for falt in form.fyndfalt():
        if svar := val.get(falt.label.replace(" ", "_"), val.get("annars")):
            data[falt.html_name] = svar
    return data


def test_what_is_hidden_is_nowhere_and_what_is_frozen_stays(inloggad, mote, client):
    kansli = inloggad("kansli")
    svar = kansli.post(_adress("publicera", mote), _data(kansli, mote))
    assert "Välj om ”Kalle Persson”" in svar.content.decode()
    data = _data(kansli, mote, annars="dolj", Evert="roll") | {"fler": "mor\n\n mor "}
    html = kansli.post(_adress("publicera", mote), data | {"visa": "1"}).content.decode()
    assert DOLT in html[html.index("forhandsvisning") :]
    assert "Persson" not in html[html.index("forhandsvisning") :]
    mote.refresh_from_db()
    assert mote.lage == "avslutat"
    kansli.post(_adress("publicera", mote), data)
    mote.refresh_from_db()
    rad = mote.publiceringar.get()
    assert (mote.lage, rad.granskat) == ("publicerat", ["Punkt 1: namn, nämns i sitt arbete eller uppdrag"])
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
    assert client.get(_adress("protokoll_pdf", mote)).url == _adress("protokoll_fil", mote)


def test_a_change_since_the_look_is_looked_at_again_and_each_choice_stays_with_its_words(inloggad, mote):
    client = inloggad("kansli")
    data = _data(client, mote, annars="dolj", Evert="roll")
    Punkt.objects.update(text="Alva Alm är ny. Vi tackar Evert.")
    html = client.post(_adress("publicera", mote), data)
    form = html.context["form"]
    assert "har ändrats sedan du öppnade sidan" in html.content.decode()
    assert not mote.publiceringar.exists()
    valt = {falt.label: falt.value() for falt in form.fyndfalt()}
    assert valt == {"Alva Alm": None, "Evert": "roll", "Kalle Persson": "dolj"}
    # The answer is of the new text: sent again as it is, it lacks what is new.
    igen = data | {"avtryck": form["avtryck"].value()}
    assert "Välj om ”Alva Alm”" in client.post(_adress("publicera", mote), igen).content.decode()
    assert not mote.publiceringar.exists()


def test_what_may_stay_has_a_reason_that_fits_and_names_nobody(inloggad, mote):
    client = inloggad("kansli")
    for falt in client.get(_adress("publicera", mote)).context["form"].fyndfalt():
        skal = [val for val, _ in falt.field.choices]
        assert ("roll" in skal) == (falt.label != "19800101-1239")
    data = _data(client, mote, annars="roll")
    assert "går inte att välja" in client.post(_adress("publicera", mote), data).content.decode()
    data = _data(client, mote, annars="roll", **{"19800101-1239": "ingen"})
    client.post(_adress("publicera", mote), data)
    rad = mote.publiceringar.get()
    assert rad.granskat == [
        "Punkt 1: nummer, hör inte till någon person", "Punkt 1: namn, nämns i sitt arbete eller uppdrag",
        "Punkt 1: namn, nämns i sitt arbete eller uppdrag",
    ]  # fmt: skip
    html = client.get(_adress("protokoll_detail", mote)).content.decode()
    assert "Så granskades det" in html
    client.logout()
    assert "granskades" not in client.get(_adress("protokoll_detail", mote)).content.decode()


def test_what_is_hidden_is_shown_beside_what_it_was_before_everything_is_chosen(inloggad, mote):
    client = inloggad("kansli")
    data = _data(client, mote, Kalle_Persson="dolj") | {"visa": "1", "fler": "Tackade\nfinns inte"}
    svar = client.post(_adress("publicera", mote), data)
    html = svar.content.decode()
    assert "<mark>kalle  persson</mark>" in html
    assert "”finns inte” står inte i anteckningarna" in html
    assert "Välj om" not in html
    assert "Tackade\nfinns inte</textarea>" in html
    html = client.post(_adress("publicera", mote), data | {"fler": "Tackade"}).content.decode()
    assert "<mark>tackade</mark>" in html
    assert "felruta" not in html
    assert not mote.publiceringar.exists()


def test_the_same_is_not_published_twice(inloggad, mote):
    client = inloggad("kansli")
    data = _data(client, mote, annars="dolj")
    client.post(_adress("publicera", mote), data)
    assert "Inget publicerades" in client.post(_adress("publicera", mote), data, follow=True).content.decode()
    assert mote.publiceringar.count() == 1


def test_without_what_draws_text_nothing_is_published(inloggad, mote, monkeypatch):
    def saknas(*_, **__):
        raise pdf.PdfSaknas("Det går inte att göra PDF här.")

    client = inloggad("kansli")
    data = _data(client, mote, annars="dolj")
    monkeypatch.setattr(pdf, "gor", saknas)
    assert "Det går inte att göra PDF här." in client.post(_adress("publicera", mote), data).content.decode()
    mote.refresh_from_db()
    assert (mote.lage, mote.publiceringar.count(), mote.maskeringar.count()) == ("avslutat", 0, 0)


def test_more_than_anybody_looks_through_is_not_published(inloggad, mote):
    client = inloggad("kansli")
    bokstaver = "abcdefghijklmnopqrstuvwxyz"
    namn = [f"Kalle P{ena}{andra}" for ena in bokstaver for andra in bokstaver][:301]
    Punkt.objects.filter(mote=mote).update(text="\n".join(namn))
    data = _data(client, mote, annars="dolj")
    assert "fler än 300" in client.post(_adress("publicera", mote), data).content.decode()
    assert not mote.publiceringar.exists()


def test_what_a_body_that_is_not_public_publishes_is_for_those_who_may_read_it(inloggad, mote, client, ny_anvandare):
    kansli = inloggad("kansli")
    kansli.post(_adress("publicera", mote), _data(kansli, mote, annars="dolj"))
    type(mote).objects.update(organ=nytt_organ("beredning"))
    for roll, status in (("revisor", 200), ("remittent", 404), (None, 404)):
        kansli.logout()
        if roll:
            client.force_login(ny_anvandare(roll))
        for namn in ("protokoll_detail", "protokoll_fil"):
            assert client.get(_adress(namn, mote)).status_code == status, (roll, namn)
        assert _adress("protokoll_detail", mote) not in client.get(reverse("moten:protokoll_list")).content.decode()


def test_an_approved_record_is_never_corrected(inloggad, mote):
    client = inloggad("kansli")
    client.post(_adress("publicera", mote), _data(client, mote, annars="dolj"))
    Organ.objects.update(justeras=True)
    assert "Ja, rätta" not in client.get(_adress("mote_ratta", mote)).content.decode()
    assert "ändras inte" in client.post(_adress("mote_ratta", mote), follow=True).content.decode()
    mote.refresh_from_db()
    assert mote.lage == "publicerat"


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


def test_words_that_cannot_be_hidden_and_hostile_text(inloggad, mote):
    client = inloggad("kansli")
    data = _data(client, mote, annars="dolj")
    for fler, fel in (
        ("...", "varken bokstav eller siffra"), ("Kalle Perrson", "står inte i anteckningarna"),
        ("x" * 301, "för långt"), ("\n".join(map(str, range(201))), "högst 200"),
    ):  # fmt: skip
        assert fel in client.post(_adress("publicera", mote), data | {"fler": fler}).content.decode()
    Punkt.objects.filter(mote=mote).update(text="<script>alert(1)</script>" + "<b>" * 60_000)
    svar = client.get(_adress("publicera", mote))
    assert b"<script>alert(1)" not in svar.content
