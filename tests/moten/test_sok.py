"""Search: what is found, how it is typed, and that nobody finds what they may not read (MA16)."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from moten import policies
from moten.models import (
    Handling,
    Handlingstext,
    Mote,
    Narvaro,
    Publiceradtext,
    Publicering,
    Punkt,
    Sparadsokning,
    Utfall,
)
from moten.sok import publika_traffar
from samordning.karna import notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Kontakt, Notis, Roll, Uppdrag
from samordning.sidor import sok_sparat, tasks
from samordning.sidor.sok import Sokning
from tests.insatser.fabrik import ny_insats
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
SOK = reverse("sidor:sok")


def ny_punkt(mote, rubrik, text="", *utfall, **falt):
    punkt = Punkt.objects.create(mote=mote, rubrik=rubrik, text=text, ordning=mote.punkter.count() + 1, **falt)
    for typ, ord_ in utfall:
        Utfall.objects.create(punkt=punkt, typ=typ, text=ord_)
    return punkt


def publicera(mote, **maskerat):
    """The record as it would be published, each item's texts masked as `maskerat` says: {word: instead}."""

    def dolt(text):
        for ordet, i_stallet in maskerat.items():
            text = text.replace(ordet, i_stallet)
        return text

    punkter = [
        {"pk": punkt.pk, "id": f"p{punkt.pk}", "rubrik": dolt(punkt.rubrik), "text": dolt(punkt.text),
         "utfall": [{"pk": rad.pk, "typ": rad.typ, "text": dolt(rad.text)} for rad in punkt.utfall.all()]}
        for punkt in mote.punkter.all()
    ]  # fmt: skip
    nr = mote.publiceringar.count() + 1
    Mote.objects.filter(pk=mote.pk).update(lage="publicerat", publicerat=nu())
    return Publicering.objects.create(mote=mote, nr=nr, innehall={"organ": "Organet", "punkter": punkter})


def las(svar):
    return [str(traff.titel) for traff in svar.context["sida"]]


@pytest.fixture
def styrelsens(db):
    """A published meeting of the board, with masked words, and one that goes on."""
    mote = ett_mote("styrelse", om=-90, lage="avslutat")
    ny_punkt(mote, "Ansökan om Gläntan", "Deltagarna berättade om odlingen.", ("beslut", "Styrelsen beviljar."))
    ny_punkt(mote, "Övriga frågor", "Hemligman ringde om trädgårdsrehabilitering.", ("medskick", "Tänk på Hemligman."))
    publicera(mote, Hemligman="■■■")
    pagar = ett_mote("styrelse", om=-1, lage="pagar")
    ny_punkt(pagar, "Budgetläget", "Utkast till siffror.")
    return mote


def test_words_are_found_bent_inside_others_as_phrases_and_without_exceptions(styrelsens, inloggad):
    client = inloggad("kansli")
    vantat = {
        "deltagare": ["Ansökan om Gläntan"], "odling": ["Ansökan om Gläntan"], "rehab": ["Övriga frågor"],
        "ringde trädgård": ["Övriga frågor"], "beviljar": ["Ansökan om Gläntan"], '"berättade om odlingen"':
        ["Ansökan om Gläntan"], '"odlingen berättade"': [], "”berättade om odlingen”": ["Ansökan om Gläntan"],
        "odling -deltagare": [], "odlingen -budget": ["Ansökan om Gläntan"], "och odling": ["Ansökan om Gläntan"],
        "siffror eller odling": ["Ansökan om Gläntan", "Budgetläget"], "ÖVRIGA": ["Övriga frågor"] * 2,
        "hemlig%": ["Övriga frågor"] * 2, "<b>": [], "a_b": [], "':* & |": [],
    }  # fmt: skip
    for text, titlar in vantat.items():
        svar = client.get(SOK, {"q": text})
        funna = las(svar) if "sida" in svar.context else []
        rena = sorted({t.replace("<mark>", "").replace("</mark>", "").split(" ", 1)[1] for t in funna})
        assert rena == sorted(set(titlar)), text


def test_help_is_given_where_there_is_nothing_to_look_for(styrelsens, inloggad):
    client = inloggad("kansli")
    for text, ord_ in {
        "": "Så söker du", "och i": "vanliga ord", "-budget": "ett ord som ska finnas med", "\x00": "Så söker du",
        "a" * 500: "för lång",
    }.items():  # fmt: skip
        sida = client.get(SOK, {"q": text}).content.decode()
        assert ord_ in sida, text
    assert "Menade du" in client.get(SOK, {"q": "Glentan"}).content.decode()
    assert client.get(SOK, {"q": "Glentan"}).context["menade"] == "Gläntan"
    assert client.get(SOK, {"q": "bugdet"}).context["menade"] == "budget", "as a longer word begins"
    assert client.get(SOK, {"q": "xyzzyx"}).context["menade"] == ""


def test_a_hit_says_where_it_is_and_its_words_are_marked_safely(styrelsens, inloggad):
    mote = ett_mote("styrelse", om=-30, lage="avslutat")
    ny_punkt(mote, "<script>alert(1)</script> kvalster", "Ett kvalster 3 < 4 & 5 > 4 \ue000fel\ue001 \ue000.")
    svar = inloggad("kansli").get(SOK, {"q": "kvalster"})
    [traff] = svar.context["sida"]
    assert "<script>" not in svar.content.decode().split("<main", 1)[1].split("</main")[0]
    assert traff.titel.endswith("&lt;script&gt;alert(1)&lt;/script&gt; <mark>kvalster</mark>")
    assert traff.utdrag.startswith("Ett <mark>kvalster</mark> 3 &lt; 4 &amp; 5 &gt; 4")
    assert traff.utdrag.count("<mark>") == traff.utdrag.count("</mark>")
    assert "\ue000" not in traff.utdrag
    [inuti] = inloggad("kansli").get(SOK, {"q": "rehab"}).context["sida"]
    assert "trädgårds<mark>rehab</mark>ilitering" in inuti.utdrag
    assert inuti.url == f"{reverse('moten:mote_detail', args=[styrelsens.pk])}#p{styrelsens.punkter.all()[1].pk}"
    assert "Styrelse" in inuti.om


# ---- What one may not read gives no hit, no number, no snippet and no near word


def test_who_belongs_is_the_same_in_the_policy_and_in_the_filter(styrelsens, kommun, ny_anvandare):
    ett_mote("beredning", om=-20, lage="avslutat")
    ett_mote("au", om=-20, lage="avslutat")
    kallad = ny_anvandare()
    kontakt = Kontakt.objects.create(namn="Kalle Prov", part=kommun, anvandare=kallad)
    Narvaro.objects.create(mote=styrelsens, kontakt=kontakt)
    antal = {}
    for user in [kallad, *(ny_anvandare(roll) for roll in Roll.values)]:
        moten = Mote.objects.visible_to(user)
        inne = set(Mote.objects.inifran(user)) & set(moten)
        assert inne == {mote for mote in moten if not policies.sees_only_published(user, mote)}
        antal[user] = len(inne)
    assert antal[kallad] == 1
    assert set(antal.values()) >= {0, 1, 2, 4}


def test_masked_words_are_found_only_by_who_belongs(styrelsens, inloggad):
    hemligt = ("Hemligman", "hemligman ringde", "övriga -hemligman", '"Hemligman ringde"', "hemligmann")
    for text in hemligt[:2]:
        assert inloggad("styrelse").get(SOK, {"q": text}).context["i_allt"] > 0
    for roll in ("revisor", "ekonom", "beredning"):
        client = inloggad(roll)
        for text in hemligt:
            svar = client.get(SOK, {"q": text})
            # An exception of the masked word takes nothing away: else its absence would tell.
            assert svar.context["i_allt"] == (1 if "-" in text else 0), (roll, text)
            assert not svar.context.get("menade")
        svar = client.get(SOK, {"q": "trädgårdsrehabilitering"})
        assert las(svar) == ["2 Övriga frågor"]
        assert "Hemligman" not in svar.content.decode()
        assert "■■■ ringde" in svar.content.decode()
        assert client.get(SOK, {"q": "rehab"}).context["i_allt"] == 1
        assert client.get(SOK, {"q": "Tänk"}).context["i_allt"] == 1, "what came of the item is in the record"
        assert client.get(SOK, {"q": "siffror"}).context["i_allt"] == 0, "a meeting that goes on is the board's"
        assert client.get(SOK, {"organ": styrelsens.organ_id}).context["i_allt"] == 2


def test_the_last_publication_is_what_counts(styrelsens, inloggad):
    publicera(styrelsens, Hemligman="■■■", odlingen="■■")
    client = inloggad("revisor")
    assert client.get(SOK, {"q": "odlingen"}).context["i_allt"] == 0
    assert client.get(SOK, {"q": "berättade"}).context["i_allt"] == 1


def test_what_is_in_the_published_record_alone_is_kept_row_by_row(styrelsens):
    forsta, andra = styrelsens.punkter.all()
    pk = Publiceradtext.objects.get(punkt=andra).pk
    assert "Hemligman" not in Publiceradtext.objects.get(punkt=andra).text
    Publicering.objects.create(mote=styrelsens, nr=2, innehall={
        "x": [{"text": "utanför"}], "punkter": [{"pk": andra.pk, "rubrik": "Nytt", "text": None, "fel": {"text": 1}},
        {"pk": "x"}, {"pk": 10**9}, {"rubrik": "utan"}],
    })  # fmt: skip
    rad = Publiceradtext.objects.get()
    assert (rad.pk, rad.punkt, rad.rubrik, rad.text) == (pk, andra, "Nytt", ""), "a kept search does not tell twice"
    Publicering.objects.create(mote=styrelsens, nr=3, innehall={})
    assert not Publiceradtext.objects.exists()


def test_roles_without_meetings_and_cases_find_nothing(styrelsens, inloggad):
    for roll in ("remittent", "insatspersonal", "drift", "kontoansvarig", "partsforetradare"):
        svar = inloggad(roll).get(SOK, {"q": "odling eller Glentan"})
        assert (svar.context["i_allt"], svar.context["menade"]) == (0, ""), roll


def test_what_the_public_finds_is_what_was_published(styrelsens, client):
    def lank(punkt):
        return f"/protokoll/{punkt.mote_id}/#p{punkt.pk}"

    assert publika_traffar("odling", lank)[1].antal == {}
    organ = styrelsens.organ
    organ.publikt = True
    organ.save()
    fraga, svar = publika_traffar("odling", lank)
    assert [traff.url for traff in svar.sida] == [f"/protokoll/{styrelsens.pk}/#p{styrelsens.punkter.first().pk}"]
    assert publika_traffar("Hemligman", lank)[1].antal == {}
    assert publika_traffar("siffror", lank)[1].antal == {}
    assert publika_traffar("och", lank)[1] is None


@pytest.fixture
def arendena(kommun):
    """One case before and one after it went to a preparation group, with papers of both circles."""
    fk = ny_part("Försäkringskassan", "fk")
    ut = []
    for lage in ("inkommen", "beredning"):
        ansokan = skickad_ansokan(kommun, fk, lage=lage, rubrik=f"Fyrbåken {lage}", behov="Om kvartsfolk.")
        for krets in ("alla", "intern"):
            handling = Handling.objects.create(arende=ansokan.arende, rubrik=f"Yttrande {krets}", text="x", krets=krets)
            Handlingstext.objects.create(
                handling=handling, rubrik=handling.rubrik, text=f"{handling.rubrik}\nOm stenröset i {lage}."
            )
        ut.append(ansokan)
    return ut


def test_cases_papers_and_applications_follow_their_rules(arendena, kommun, inloggad):
    vantat = {
        ("kansli", None): {"arende": 2, "handling": 4, "ansokan": 2},
        ("styrelse", None): {"arende": 1, "handling": 1, "ansokan": 1},
        ("partsforetradare", kommun): {"arende": 2, "handling": 2, "ansokan": 2},
        ("partsforetradare", None): {}, ("remittent", kommun): {}, ("drift", None): {},
    }  # fmt: skip
    for (roll, part), antal in vantat.items():
        svar = inloggad(roll, part=part).get(SOK, {"q": "stenröset eller fyrbåken"})
        assert Sokning(svar.wsgi_request.GET, svar.wsgi_request.user).svar("1").antal == antal, roll
        svar = inloggad(roll, part=part).get(SOK, {"q": "Fyrboken"})
        assert bool(svar.context["menade"]) == bool(antal), roll


def test_a_number_finds_the_case_and_what_belongs_to_it(arendena, styrelsens, inloggad):
    ansokan = arendena[0]
    pagar = Mote.objects.get(lage="pagar")
    ny_punkt(pagar, "Något annat", "", arende=ansokan.arende, nummer=34)
    client = inloggad("kansli")
    for text in (ansokan.arende.diarienummer, f"Dnr {ansokan.arende.diarienummer}"):
        svar = client.get(SOK, {"q": text})
        assert Sokning({"q": text}, svar.wsgi_request.user).svar("1").antal == {
            "arende": 1, "ansokan": 1, "handling": 2, "punkt": 1,
        }  # fmt: skip
    assert las(client.get(SOK, {"q": "§ 34"})) == ["34 Något annat"]
    assert las(client.get(SOK, {"q": f"34 § / {pagar.dag.year}"})) == ["34 Något annat"]
    assert client.get(SOK, {"q": "§ 34/1999"}).context["i_allt"] == 0
    assert client.get(SOK, {"q": "§ 3"}).context["i_allt"] == 0


def test_choices_narrow_and_may_stand_alone(arendena, styrelsens, kommun, inloggad):
    client = inloggad("kansli")
    ny_punkt(Mote.objects.get(lage="pagar"), "Fyrbåken igen", arende=arendena[1].arende)
    antal = {
        ("organ", styrelsens.organ_id): 6, ("ar", 1999): 0, ("part", kommun.pk): 9, ("organ", 10**9): 0,
        ("slag", "beslut"): 1, ("slag", "finnsinte"): 0,
    }  # fmt: skip
    for (namn, varde), n in antal.items():
        svar = client.get(SOK, {namn: varde})
        assert ("sida" in svar.context) == bool(n), namn
        if n:
            assert svar.context["sida"].paginator.count == n, (namn, varde)
    svar = client.get(SOK, {"q": "fyrbåken", "organ": styrelsens.organ_id})
    assert las(svar) == ["3 <mark>Fyrbåken</mark> igen"] or svar.context["i_allt"] == 1
    svar = client.get(SOK, {"q": "fyrbåken", "slag": "arende"})
    assert (svar.context["i_allt"], svar.context["sida"].paginator.count) == (5, 2)


def test_an_insats_narrows_to_its_cases_and_to_records_that_name_it(arendena, styrelsens, inloggad):
    insats = ny_insats(namn="Gläntan")
    type(arendena[0]).objects.filter(pk=arendena[0].pk).update(insats=insats)
    svar = inloggad("kansli").get(SOK, {"insats": insats.pk})
    assert Sokning({"insats": insats.pk}, svar.wsgi_request.user).svar("1").antal == {
        "arende": 1, "ansokan": 1, "handling": 2, "punkt": 1, "beslut": 1,
    }  # fmt: skip


def test_it_costs_the_same_with_more_rows(arendena, styrelsens, inloggad, django_assert_num_queries):
    pagar = Mote.objects.get(lage="pagar")
    for roll, antal in (("kansli", 18), ("revisor", 17)):
        client = inloggad(roll)
        for _ in range(2):
            for nr in range(3):
                ny_punkt(pagar, f"Stenröset {nr}", "Om fyrbåken.", ("beslut", "Stenröset får stå."))
            client.get(SOK, {"q": "stenröset eller fyrbåken eller odling"})
            with django_assert_num_queries(antal):
                client.get(SOK, {"q": "stenröset eller fyrbåken eller odling"})


def test_pages_are_turned_and_a_page_too_far_is_the_last(styrelsens, inloggad):
    pagar = Mote.objects.get(lage="pagar")
    for nr in range(45):
        ny_punkt(pagar, f"Kvalster {nr}")
    client = inloggad("kansli")
    sedda = [titel for sida in (1, 2, 3) for titel in las(client.get(SOK, {"q": "kvalster", "sida": sida}))]
    assert len(sedda) == len(set(sedda)) == 45
    for sida in ("99", "x", "0", "9" * 30):
        svar = client.get(SOK, {"q": "kvalster", "sida": sida})
        assert svar.context["sida"].number == (1 if sida in "x0" else 3)
        assert las(svar)


# ---- Searches that are kept


def test_a_kept_search_tells_once_how_many_are_new_and_nothing_else(styrelsens, inloggad, ny_anvandare):
    client = inloggad("styrelse")
    ny = f"{reverse('sidor:sokning_create')}?q=odling&organ={styrelsens.organ_id}"
    assert "Vad sökningen heter" in client.get(ny).content.decode()
    svar = client.post(ny, {"namn": "Odlingen", "inskick": (nyckel := str(uuid.uuid4()))}, follow=True)
    assert "Sökningen är sparad" in svar.content.decode()
    client.post(ny, {"namn": "Odlingen", "inskick": nyckel})
    rad = Sparadsokning.objects.get()
    assert (rad.villkor, len(rad.sedda)) == ({"q": "odling", "organ": str(styrelsens.organ_id)}, 1)
    assert "redan en sökning" in client.post(ny, {"namn": "Odlingen"}).content.decode()
    sok_sparat.kor_alla()
    assert Notis.objects.count() == 0, "it was run today"

    pagar = Mote.objects.get(lage="pagar")
    ny_punkt(pagar, "Om odling i Hemligby")
    ny_punkt(pagar, "Mer odling")
    ny_punkt(ett_mote("beredning", om=-3, lage="pagar"), "Odling som styrelsen inte ser")
    for antal in (1, 1):
        with time_machine.travel(nu() + datetime.timedelta(days=1)):
            sok_sparat.kor_alla()
        Sparadsokning.objects.update(korde=nu() - datetime.timedelta(days=2))
        assert Notis.objects.count() == antal
    notis = Notis.objects.get()
    assert notis.rubrik == "2 nya träffar i en sparad sökning"
    with time_machine.travel(nu() + datetime.timedelta(days=2)):
        notiser.skicka_osanda()
    [mejl] = mail.outbox
    assert not re.search("odling|hemligby|organ", mejl.subject + mejl.body, re.I)
    assert reverse("sidor:sokning_visa", args=[rad.pk]) in mejl.body
    assert client.get(notis.lank).url.startswith(f"{SOK}?q=odling&organ=")


def test_the_rights_of_the_day_decide_and_a_closed_account_hears_nothing(styrelsens, ny_anvandare):
    pagar = Mote.objects.get(lage="pagar")
    kvar, slutat, stangt = (ny_anvandare("styrelse") for _ in range(3))
    for user in (kvar, slutat, stangt):
        sok_sparat.spara(user, "Kvalster", Sokning({"q": "kvalster"}, user))
    Sparadsokning.objects.update(korde=None)
    ny_punkt(pagar, "Kvalster")
    Uppdrag.objects.filter(anvandare=slutat).update(till=idag() - datetime.timedelta(1))
    Anvandare.objects.filter(pk=stangt.pk).update(is_active=False)
    sok_sparat.kor_alla()
    assert [notis.mottagare for notis in Notis.objects.all()] == [kvar]
    assert Sparadsokning.objects.get(anvandare=stangt).korde is None


def test_one_search_that_fails_does_not_stop_the_others(styrelsens, ny_anvandare, monkeypatch):
    user = ny_anvandare("styrelse")
    for namn in ("Ett", "Två"):
        sok_sparat.spara(user, namn, Sokning({"q": "kvalster"}, user))
    forsta = Sparadsokning.objects.get(namn="Ett")
    Sparadsokning.objects.filter(pk=forsta.pk).update(villkor=[1])
    Sparadsokning.objects.update(korde=None)
    ny_punkt(Mote.objects.get(lage="pagar"), "Kvalster")
    tasks.sparade_sokningar()
    assert Notis.objects.count() == 1


def test_a_kept_search_is_ones_own(styrelsens, inloggad, ny_anvandare):
    rad = sok_sparat.spara(agare := ny_anvandare("kansli"), "Min", Sokning({"q": "odling"}, agare))
    annan = inloggad("kansli")
    assert "Min" not in annan.get(reverse("sidor:sokning_list")).content.decode().split("<main")[1]
    namnen = ("sokning_visa", "sokning_edit", "sokning_delete")
    for namn in namnen:
        assert annan.get(reverse(f"sidor:{namn}", args=[rad.pk])).status_code == 404
    annan.force_login(agare)
    assert [annan.get(reverse(f"sidor:{namn}", args=[rad.pk])).status_code for namn in namnen] == [302, 200, 200]
    annan.post(reverse("sidor:sokning_edit", args=[rad.pk]), {"namn": "Annat namn"})
    assert "Annat namn" in annan.get(reverse("sidor:sokning_list")).content.decode()
    annan.post(reverse("sidor:sokning_delete", args=[rad.pk]))
    assert not Sparadsokning.objects.exists()
    assert annan.get(reverse("sidor:sokning_create")).status_code == 302, "nothing to keep"


def test_no_more_are_kept_than_can_be_run(styrelsens, inloggad, monkeypatch):
    monkeypatch.setattr(sok_sparat, "HOGST", 1)
    client = inloggad("kansli")
    for namn in ("Ett", "Två"):
        svar = client.post(f"{reverse('sidor:sokning_create')}?q=odling", {"namn": namn}, follow=True)
    assert "så många som går" in svar.content.decode()
    assert Sparadsokning.objects.count() == 1
