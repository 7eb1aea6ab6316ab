"""One question a page: what each takes, what skipping means, and where one comes next. No script anywhere."""

import json

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from remisser.models import Forsorjning
from samordning.karna.kalender import nu
from tests.uppfoljning.svarande import ny_telefon
from uppfoljning.fragor import FRAGOR, GRUPPER, ORDNING
from uppfoljning.lankar import BESOK
from uppfoljning.models import Forsorjningsandel, Lage, Skattning, Svarskod

pytestmark = pytest.mark.django_db


def steg(adress):
    return adress.removeprefix("/svara/").removeprefix("fraga/").strip("/")


def utkast():
    return json.loads(Svarskod.objects.get().utkast)["svar"]


def lage():
    return Lage.objects.get()


def andelar():
    return dict(Forsorjningsandel.objects.values_list("kod", "procent"))


# ---- The way


def test_the_way_at_start():
    telefon, _ = ny_telefon()
    assert "tre korta frågor" in telefon.hamta("start").content.decode()
    assert steg(telefon.svara("halsa", 6)) == "timmar"
    assert steg(telefon.svara("timmar", "12,5")) == "pengar"
    assert steg(telefon.svara("pengar", "kommun")) == "kontrollera"
    text = telefon.hamta("granska").content.decode()
    for svar in ("6 av 10", "12,5", "Försörjningsstöd 100\N{NO-BREAK SPACE}%", "Skicka mina svar"):
        assert svar in text
    assert not Skattning.objects.exists()


def test_the_way_at_exit():
    telefon, _ = ny_telefon("slut")
    assert "fem korta frågor" in telefon.hamta("start").content.decode()
    assert steg(telefon.svara("bemotande", 9)) == "halsa"
    assert steg(telefon.svara("halsa", 8)) == "timmar"
    assert steg(telefon.svara("timmar", 30)) == "pengar"
    assert steg(telefon.svara("pengar", "lon")) == "pengar-lon"
    assert steg(telefon.svara("pengar-lon", "LON")) == "ovrigt"
    assert "Skriv inte namn" in telefon.hamta("fraga", "ovrigt").content.decode()
    assert steg(telefon.svara("ovrigt", "Det blev bra.")) == "kontrollera"
    assert "Det blev bra." in telefon.hamta("granska").content.decode()


def test_every_code_that_is_asked_for_exists_and_wages_only_count_as_studies_at_exit():
    koder = {kod for grupper in GRUPPER.values() for g in grupper.values() for kod in (*g.koder, g.okand) if kod}
    assert koder == set(Forsorjning.objects.values_list("kod", flat=True))
    assert {(t, namn) for t, namnen in ORDNING.items() for namn in namnen} == set(FRAGOR)
    start = {kod for grupp in GRUPPER["start"].values() for kod in grupp.koder}
    slut = {kod for grupp in GRUPPER["slut"].values() for kod in grupp.koder}
    assert ("STUD" in start, "STUD" in slut, "STUDIEMEDEL" in start, "STUDIEMEDEL" in slut) == (
        False,
        True,
        True,
        False,
    )
    assert len(GRUPPER["start"]) == 5


def test_nothing_is_chosen_beforehand_and_each_radio_says_both_ends():
    telefon, _ = ny_telefon()
    text = telefon.hamta("fraga", "halsa").content.decode()
    assert text.count('type="radio"') == 10
    assert " checked" not in text
    assert text.count("av 10, där 1 är mycket dåligt och 10 är mycket bra") == 10
    assert text.count("<h1") == 1


def test_what_was_answered_is_there_for_who_goes_back():
    telefon, _ = ny_telefon()
    telefon.svara("halsa", 6)
    telefon.svara("timmar", "12,5")
    assert 'value="6" checked' in telefon.hamta("fraga", "halsa").content.decode()
    assert 'value="12,5"' in telefon.hamta("fraga", "timmar").content.decode()
    tillbaka = telefon.hamta("fraga", "timmar").context["tillbaka"]
    assert tillbaka == reverse("svara:fraga", args=["halsa"])
    assert telefon.hamta("fraga", "halsa").context["tillbaka"] == reverse("svara:start")


def test_a_change_from_the_list_goes_back_to_the_list():
    telefon, _ = ny_telefon()
    telefon.fyll_i()
    assert steg(telefon.svara("halsa", 2, fraga="?igen")) == "kontrollera"
    assert "2 av 10" in telefon.hamta("granska").content.decode()
    # More money: what belongs to the new answer is asked for first.
    assert telefon.posta("fraga", "pengar", fraga="?igen", svar=["kommun", "fk"])["Location"].endswith(
        "/pengar-fk/?igen"
    )
    assert telefon.svara("pengar-fk", "FK", fraga="?igen").endswith("/andelar/?igen")
    assert steg(telefon.posta("fraga", "andelar", fraga="?igen", del_FORS=50, del_FK=50)["Location"]) == "kontrollera"


def test_a_question_that_other_answers_would_lead_to_sends_to_the_list_and_an_unknown_one_is_no_page():
    telefon, _ = ny_telefon()
    assert telefon.hamta("fraga", "andelar")["Location"] == reverse("svara:granska")
    assert telefon.hamta("fraga", "pengar-fk")["Location"] == reverse("svara:granska")
    assert telefon.hamta("fraga", "bemotande").status_code == 404
    assert telefon.hamta("fraga", "pengar-mars").status_code == 404
    assert telefon.posta("fraga", "halsa", val="annat").status_code == 404


def test_what_is_saved_at_each_step_is_encrypted():
    telefon, _ = ny_telefon()
    telefon.svara("halsa", 6)
    telefon.svara("timmar", 12)
    assert utkast() == {"halsa": 6, "timmar": "12"}
    with connection.cursor() as c:
        c.execute("select utkast from uppfoljning_svarskod")
        assert b"halsa" not in bytes(c.fetchone()[0])


def test_easy_swedish_is_chosen_on_the_first_page_and_kept_with_the_answer():
    telefon, _ = ny_telefon()
    telefon.posta("sprak", sprak="sv-lattlast")
    assert "Hur mår du nu?" in telefon.hamta("fraga", "halsa").content.decode()
    telefon.posta("sprak", sprak="tlh")
    telefon.fyll_i()
    assert "Pengar från kommunen 100\N{NO-BREAK SPACE}%" in telefon.hamta("granska").content.decode()
    telefon.skicka()
    assert Skattning.objects.get().sprak == "sv-lattlast"


# ---- What is wrong


@pytest.mark.parametrize(
    ("vilket", "svar", "fel"),
    [
        ("halsa", {}, "Välj en siffra från 1 till 10"),
        ("halsa", {"svar": 11}, "Välj en siffra från 1 till 10"),
        ("timmar", {"svar": ""}, "Skriv hur många timmar"),
        ("timmar", {"svar": "-1"}, "mellan 0 och 60"),
        ("timmar", {"svar": "60,5"}, "mellan 0 och 60"),
        ("timmar", {"svar": "många"}, "mellan 0 och 60"),
        ("timmar", {"svar": "NaN"}, "mellan 0 och 60"),
        ("pengar", {}, "Välj minst en"),
        ("pengar", {"svar": ["ingen", "fk"]}, "Ta bort ett val"),
        ("pengar", {"svar": "guld"}, "Det valet finns inte"),
    ],
)
def test_an_answer_that_cannot_be_is_told_and_not_kept(vilket, svar, fel):
    telefon, _ = ny_telefon()
    assert telefon.posta("fraga", vilket, **svar).status_code == 400
    assert fel in telefon.text
    assert "<title>Fel: Fråga" in telefon.text
    assert utkast() == {}


def test_a_too_long_text_is_told_and_not_lost():
    telefon, _ = ny_telefon("slut")
    text = "å" * 1001
    assert telefon.posta("fraga", "ovrigt", svar=text).status_code == 400
    assert "högst 1000 tecken" in telefon.text
    assert text in telefon.text


# ---- Money


def flera(telefon):
    assert steg(telefon.posta("fraga", "pengar", svar=["fk", "kommun"])["Location"]) == "pengar-fk"
    assert steg(telefon.svara("pengar-fk", ["FK", "AKTERS"])) == "andelar"


@pytest.mark.parametrize(
    ("delar", "fel"),
    [
        ({"del_FK": 50, "del_AKTERS": 25}, "Välj hur stor del det är: Försörjningsstöd"),
        ({"del_FK": 50, "del_AKTERS": 25, "del_FORS": 50}, "Tillsammans blir det 125 %"),
        ({"del_FK": 25, "del_AKTERS": 25, "del_FORS": 25}, "Tillsammans blir det 75 %"),
        ({"annan_FK": 101, "del_AKTERS": 25, "del_FORS": 25}, "från 1 till 100"),
        ({"annan_FK": "halva", "del_AKTERS": 25, "del_FORS": 25}, "från 1 till 100"),
    ],
)
def test_the_shares_have_to_be_all(delar, fel):
    telefon, _ = ny_telefon()
    flera(telefon)
    assert telefon.posta("fraga", "andelar", **delar).status_code == 400
    assert fel in telefon.text
    assert "procent" not in utkast()["pengar"]


@pytest.mark.parametrize(
    ("delar", "storst"),
    [
        ({"del_FK": 25, "del_AKTERS": 25, "del_FORS": 50}, "FORS"),
        ({"annan_FK": 33, "annan_AKTERS": 33, "annan_FORS": 33}, "BLANDAD"),
        ({"annan_FK": 60, "del_FK": 25, "annan_AKTERS": 30, "annan_FORS": 10}, "FK"),
    ],
)
def test_the_largest_share_is_the_main_one_and_a_typed_number_goes_before_a_quarter(delar, storst):
    telefon, _ = ny_telefon()
    flera(telefon)
    assert steg(telefon.posta("fraga", "andelar", **delar)["Location"]) == "kontrollera"
    telefon.skicka()
    assert lage().forsorjning == storst
    assert andelar() == {k: delar.get(f"annan_{k}") or delar[f"del_{k}"] for k in ("FK", "AKTERS", "FORS")}


def test_other_codes_are_asked_for_their_shares_anew():
    telefon, _ = ny_telefon()
    flera(telefon)
    telefon.posta("fraga", "andelar", del_FK=25, del_AKTERS=25, del_FORS=50)
    assert steg(telefon.svara("pengar-fk", ["FK", "AKTERS"])) == "andelar"
    assert "procent" in utkast()["pengar"]
    telefon.svara("pengar-fk", ["FK"])
    assert "procent" not in utkast()["pengar"]
    assert "Inget svar än" in telefon.hamta("granska").content.decode()


def test_who_does_not_know_which_benefit_still_lives_on_it():
    telefon, _ = ny_telefon()
    telefon.svara("pengar", "fk")
    assert steg(telefon.posta("fraga", "pengar-fk", val="vetej")["Location"]) == "kontrollera"
    telefon.skicka()
    assert andelar() == {"FK_SAMLAD": 100}


@pytest.mark.parametrize(("val", "kod"), [("hoppa", "VES"), ("vetej", "")])
@pytest.mark.parametrize("vilket", ["pengar", "pengar-fk", "andelar"])
def test_skipping_money_and_not_knowing_are_different(vilket, val, kod):
    telefon, _ = ny_telefon()
    telefon.svara("timmar", 10)
    if vilket != "pengar":
        flera(telefon)
    if (vilket, val) == ("pengar-fk", "vetej"):
        return  # the test above
    telefon.posta("fraga", vilket, val=val)
    telefon.skicka()
    assert lage().forsorjning == kod
    assert andelar() == {}


# ---- Skipping


@pytest.mark.parametrize(("val", "siffra"), [("hoppa", 0), ("vetej", None)])
def test_skipped_is_zero_and_not_known_is_nothing(val, siffra):
    telefon, _ = ny_telefon("slut")
    for vilket in ("bemotande", "halsa", "timmar", "pengar"):
        assert f'value="{val}"' in telefon.hamta("fraga", vilket).content.decode()
        assert telefon.posta("fraga", vilket, val=val).status_code == 302
    telefon.posta("fraga", "ovrigt", val="hoppa")
    telefon.skicka()
    halva = Skattning.objects.get()
    assert (halva.halsa, halva.bemotande, halva.fritext) == (siffra, siffra, "")
    if val == "hoppa":
        assert (lage().timmar, lage().forsorjning) == (None, "VES")
    else:
        assert not Lage.objects.exists()


def test_zero_hours_is_an_answer():
    telefon, _ = ny_telefon()
    telefon.fyll_i({"halsa": 5, "timmar": "0"})
    telefon.skicka()
    assert lage().timmar == 0


def test_an_answer_may_be_taken_back_by_skipping():
    telefon, _ = ny_telefon()
    telefon.svara("halsa", 6)
    telefon.posta("fraga", "halsa", val="hoppa")
    assert utkast()["halsa"] == "VES"
    assert " checked" not in telefon.hamta("fraga", "halsa").content.decode()


# ---- The hour


def test_after_the_hour_the_draft_is_shown_to_nobody():
    telefon, _ = ny_telefon()
    telefon.fyll_i()
    with time_machine.travel(nu() + BESOK):
        for sida in ("start", "granska", "klart"):
            assert telefon.hamta(sida).status_code == 410
        assert telefon.skicka().status_code == 410
        assert "Be personalen om en ny kod" in telefon.text
    assert not Skattning.objects.exists()
