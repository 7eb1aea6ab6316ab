"""New and changed sheets: rules, one row however often it is sent, nobody's text overwritten, and a history."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from insatser.models import Insats
from samordning.karna.models import Handelse, Part
from tests.insatser.fabrik import ny_insats, ny_medarbetare, version

pytestmark = pytest.mark.django_db
NY = reverse("insatser:insats_create")


def adress(namn, insats):
    return reverse(f"insatser:{namn}", args=[insats.slug])


@pytest.fixture
def kansli(inloggad):
    return inloggad("kansli")


def blad(**falt):
    """A whole sheet as a browser sends it."""
    return {
        "namn": "Ung Arena",
        "agare": Part.objects.forbund().pk,
        "inriktning": "individ",
        "tar_emot": "papper",
        "inskick": str(uuid.uuid4()),
    } | falt


def fel(svar):
    """{field: [message]} of the form of a page that was shown again."""
    assert svar.status_code == 200
    assert "Fel: " in svar.content.decode().split("</title>")[0]
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


# ---- Create


def test_create_makes_an_unpublished_insats_with_a_slug_and_a_history(kansli):
    svar = kansli.post(
        NY,
        blad(
            namn="Rörsås Lantliv",
            orter="mariestad, Hjo,, mariestad",
            grupper=["unga", "psykisk"],
            upplagg=["natur"],
            remittenter=["af"],
            min_veckor="4",
            start="2024-01-01",
            lankar=" https://www.example.se/a \n\nhttps://www.example.se/b",
        ),
    )
    insats = Insats.objects.get()
    assert svar.url == adress("insats_detail", insats) == "/insatser/rorsas-lantliv/"
    assert (insats.orter, insats.grupper, insats.upplagg) == (["Mariestad", "Hjo"], ["unga", "psykisk"], ["natur"])
    assert insats.lankar == "https://www.example.se/a\nhttps://www.example.se/b"
    assert not insats.publicerad
    handelse = Handelse.objects.om(insats).get()
    assert handelse.namn == "skapad"
    assert handelse.data["namn"] == [None, "Rörsås Lantliv"]
    assert handelse.data["start"] == [None, "2024-01-01"]
    assert "metod" not in handelse.data


def test_an_insats_named_ny_does_not_hide_the_page_for_new_ones(kansli):
    kansli.post(NY, blad(namn="Ny"))
    assert Insats.objects.get().slug == "ny-2"
    assert "Lägg till en insats" in kansli.get(NY).content.decode()


def test_places_are_spelled_as_before(kansli, kommun):
    ny_insats(orter=["Vårgårda"])
    kansli.post(NY, blad(orter="vårgårda; GRANVIK"))
    assert Insats.objects.get(namn="Ung Arena").orter == ["Vårgårda", "Granvik"]


def test_errors_keep_what_was_typed(kansli):
    svar = kansli.post(NY, blad(namn="", beskrivning="Min långa text", orter="Vara, Hjo", grupper=["unga"]))
    assert fel(svar) == {"namn": ["Fyll i namn."]}
    html = svar.content.decode()
    assert "Min långa text" in html
    assert 'value="Vara, Hjo"' in html
    assert re.search(r'value="unga"[^>]*checked', html)
    assert not Insats.objects.exists()


@pytest.mark.parametrize(
    ("falt", "plats", "text"),
    [
        ({"start": "2024-05-02", "slut": "2024-05-01"}, "slut", "avslutas innan"),
        ({"alder_fran": "30", "alder_till": "20"}, "alder_till", "högsta åldern"),
        ({"min_veckor": "9", "max_veckor": "8"}, "max_veckor", "längsta tiden"),
        ({"inriktning": "struktur", "tar_emot": "papper"}, "tar_emot", "tar inte emot"),
        ({"lankar": "javascript:alert(1)"}, "lankar", "ingen webbadress"),
        ({"lankar": "ftp://example.se"}, "lankar", "ingen webbadress"),
        ({"orter": "x" * 41}, "orter", "för långt"),
        ({"grupper": "zzz"}, "grupper", "zzz"),
        ({"alder_fran": "-1"}, "alder_fran", "0"),
        ({"alder_fran": "arton"}, "alder_fran", "heltal"),
        ({"sammanfattning": "x" * 301}, "sammanfattning", "300"),
        ({"agare": "999999"}, "agare", ""),
    ],
)
def test_a_broken_rule_is_said_at_its_field(kansli, falt, plats, text):
    fel_ = fel(kansli.post(NY, blad(**falt)))
    assert list(fel_) == [plats]
    assert text in fel_[plats][0]
    assert not Insats.objects.exists()


def test_a_taken_name_is_refused_in_words(kansli):
    ny_insats("Ung Arena")
    assert fel(kansli.post(NY, blad())) == {"namn": ["Det finns redan en insats som heter så. Välj ett annat namn."]}


def test_sending_twice_makes_one_row_and_leads_to_it(kansli):
    sent = blad()
    forsta, andra = kansli.post(NY, sent), kansli.post(NY, sent)
    insats = Insats.objects.get()
    assert forsta.url == andra.url == adress("insats_detail", insats)
    assert Handelse.objects.om(insats).count() == 1
    assert "var redan skickat" in kansli.get(andra.url).content.decode()


def test_the_form_carries_a_new_key_each_time(kansli):
    nycklar = {re.search(r'name="inskick" value="([^"]+)"', kansli.get(NY).content.decode())[1] for _ in range(2)}
    assert len(nycklar) == 2


# ---- Edit


def andrat(insats, **falt):
    return blad(namn=insats.namn, version=insats.version) | falt


def test_edit_saves_what_changed_and_never_the_slug(kansli):
    insats = ny_insats("Gammalt namn", tar_emot="papper", orter=["Vara"], metod="Samma")
    svar = kansli.post(
        adress("insats_edit", insats), andrat(insats, namn="Nytt namn", orter="Vara", metod="Samma", publicerad="on")
    )
    assert svar.url == adress("insats_detail", insats)
    insats.refresh_from_db()
    assert (insats.namn, insats.slug, insats.version) == ("Nytt namn", "gammalt-namn", 2)
    handelse = Handelse.objects.om(insats).get()
    assert (handelse.namn, handelse.data) == ("andrad", {"namn": ["Gammalt namn", "Nytt namn"]})


def test_saving_without_a_change_writes_no_history(kansli):
    insats = ny_insats(tar_emot="papper", orter=["Vara", "Hjo"], upplagg=["natur", "grupp"], start="2024-01-01")
    sent = andrat(insats, orter="Hjo, Vara", upplagg=["natur", "grupp"], start="2024-01-01", publicerad="on")
    assert kansli.post(adress("insats_edit", insats), sent).status_code == 302
    assert not Handelse.objects.om(insats).exists()
    insats.refresh_from_db()
    assert insats.version == 1


def test_somebody_elses_change_is_not_overwritten(kansli, kommun):
    insats = ny_insats(tar_emot="papper", metod="Från början", agare=kommun)
    min_sida = andrat(insats, agare=kommun.pk, metod="Från början", beskrivning="Min långa text", publicerad="on")
    kollegans = min_sida | {"metod": "Kollegans metod", "beskrivning": "", "agare": Part.objects.forbund().pk}
    assert kansli.post(adress("insats_edit", insats), kollegans).status_code == 302

    svar = kansli.post(adress("insats_edit", insats), min_sida)
    assert "Någon annan har sparat ändringar" in fel(svar)["__all__"][0]
    html = svar.content.decode()
    assert "Min långa text" in html
    assert dict(svar.context["form"].nyare) == {
        "Arrangör": "Samordningsförbundet Skaraborg",
        "Metod": "Kollegans metod",
        "Det här händer": "(tomt)",
    }
    insats.refresh_from_db()
    assert (insats.metod, insats.beskrivning, insats.version) == ("Kollegans metod", "", 2)

    nyare = re.search(r'name="version" value="(\d+)"', html)[1]
    assert kansli.post(adress("insats_edit", insats), min_sida | {"version": nyare}).status_code == 302
    insats.refresh_from_db()
    assert (insats.metod, insats.beskrivning, insats.version) == ("Från början", "Min långa text", 3)


def test_a_refused_name_does_not_become_the_heading(kansli):
    insats = ny_insats("Rörsås")
    html = kansli.post(adress("insats_edit", insats), andrat(insats, namn="")).content.decode()
    assert "<h1>Ändra Rörsås</h1>" in html


def test_free_places_are_kept_when_the_sheet_is_saved(kansli):
    insats = ny_insats(tar_emot="papper", lediga_platser=3, platser_totalt=9)
    kansli.post(adress("insats_edit", insats), andrat(insats, metod="Ny", lediga_platser=""))
    insats.refresh_from_db()
    assert (insats.metod, insats.lediga_platser, insats.platser_totalt) == ("Ny", 3, 9)


# ---- Free places


@time_machine.travel("2024-06-13 12:00+02:00")
def test_staff_confirm_free_places(client, ny_anvandare):
    insats, personal = ny_insats(lediga_platser=1), ny_anvandare("insatspersonal")
    ny_medarbetare(insats, personal)
    client.force_login(personal)
    url = adress("insats_platser", insats)
    svar = client.post(url, {"lediga_platser": "4", "platser_totalt": "15", "version": version(client, url)})
    assert svar.url == adress("insats_detail", insats)
    insats.refresh_from_db()
    assert (insats.lediga_platser, insats.platser_totalt) == (4, 15)
    assert insats.platser_bekraftade == datetime.date(2024, 6, 13)
    assert insats.version == 1
    handelse = Handelse.objects.om(insats).get()
    assert (handelse.namn, handelse.av) == ("platser", personal)
    assert handelse.data == {"lediga_platser": [1, 4], "platser_totalt": [None, 15]}


def test_confirming_the_same_places_is_an_event_too(kansli):
    insats = ny_insats(lediga_platser=0)
    url = adress("insats_platser", insats)
    kansli.post(url, {"lediga_platser": "0", "version": version(kansli, url)})
    insats.refresh_from_db()
    assert insats.platser_bekraftade is not None
    assert Handelse.objects.om(insats).get().data == {}


@pytest.mark.parametrize(
    ("falt", "text"),
    [
        ({"lediga_platser": ""}, "Fyll i lediga platser."),
        ({"lediga_platser": "-1"}, "0"),
        ({"lediga_platser": "9", "platser_totalt": "8"}, "kan inte vara fler"),
    ],
)
def test_impossible_places_are_refused(kansli, falt, text):
    insats = ny_insats()
    url = adress("insats_platser", insats)
    assert text in fel(kansli.post(url, falt | {"version": version(kansli, url)}))["lediga_platser"][0]
    insats.refresh_from_db()
    assert insats.platser_bekraftade is None


# ---- History


def test_history_says_who_what_and_before_and_after(kansli, kommun):
    kansli.post(NY, blad(agare=kommun.pk, grupper=["unga"], start="2024-01-01"))
    insats = Insats.objects.get()
    kansli.post(
        adress("insats_edit", insats),
        andrat(insats, grupper=["psykisk", "unga"], tar_emot="ingen", publicerad="on", start="2024-02-01"),
    )
    svar = kansli.get(adress("insats_historik", insats))
    andrad, skapad = svar.context["rader"]
    assert (andrad.text, skapad.text) == ("Ändrade sidan", "Lade till insatsen")
    assert ("Arrangör", "Granviks kommun", "Samordningsförbundet Skaraborg") in andrad.andringar
    assert ("Passar för", "Unga 16–29 år", "Unga 16–29 år, Utmattning och psykisk ohälsa") in andrad.andringar or (
        "Passar för", "Unga 16–29 år", "Utmattning och psykisk ohälsa, Unga 16–29 år",
    ) in andrad.andringar  # fmt: skip
    assert ("Remisser", "På papper", "Tar inte emot remisser") in andrad.andringar
    assert ("Visas i katalogen", "nej", "ja") in andrad.andringar
    assert ("Startade", "1 januari 2024", "1 februari 2024") in andrad.andringar
    assert andrad.handelse.av.namn in svar.content.decode()


def test_history_is_a_fixed_number_of_queries(kansli, ny_anvandare, assert_constant_queries):
    insats = ny_insats()

    def mer():
        part = Part.objects.create(namn=f"Part {Part.objects.count()}", slag="annan")
        data = {"agare": [insats.agare_id, part.pk], "okänt": [1, None]}
        Handelse.logga(insats, "andrad", av=ny_anvandare(), data=data)

    assert_constant_queries(adress("insats_historik", insats), mer)


def test_empty_history_says_what_will_come(kansli):
    assert "Ingen historik än" in kansli.get(adress("insats_historik", ny_insats())).content.decode()
