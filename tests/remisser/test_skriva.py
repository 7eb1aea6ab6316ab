"""The sender's way: begin, five steps that each save, check, send, take back, remove."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from remisser.models import Deltagare, Remiss, Samtycke
from samordning.karna.kalender import idag
from samordning.karna.models import Atkomst, Handelse, Notis, Uppdrag
from tests.insatser.fabrik import ny_insats, ny_kontakt
from tests.remisser.fabrik import FRAN, NUMMER, SAMTYCKE, STEG, anvandare, ny_remiss, ny_varld

pytestmark = pytest.mark.django_db


@pytest.fixture
def varld():
    return ny_varld()


@pytest.fixture
def skribent(client, varld):
    client.force_login(varld.skribent)
    return client


def adress(namn, remiss, *fler):
    return reverse(f"remisser:{namn}", args=[remiss.uuid, *fler])


def tomt_utkast(varld):
    return Remiss.objects.create(insats=varld.insats, avsandare=varld.enhet, skapad_av=varld.skribent)


def fyll(client, remiss, nr, **andrat):
    data = STEG[nr] | {"version": Remiss.objects.get(pk=remiss.pk).version} | andrat
    return client.post(adress("remiss_steg", remiss, nr), {k: v for k, v in data.items() if v is not None})


# ---- Begin


def test_the_yellow_box_with_a_number_to_ring_stands_before_anything_is_asked(skribent, varld):
    ny_kontakt(varld.insats, telefon="0980-319 263")
    svar = skribent.get(reverse("remisser:remiss_create", args=[varld.insats.slug])).content.decode()
    assert svar.index("Skyddade personuppgifter?") < svar.index("<form class")
    assert 'href="tel:0980319263"' in svar
    assert Remiss.objects.count() == 0


def test_beginning_makes_one_draft_however_often_it_is_sent(skribent, varld):
    url = reverse("remisser:remiss_create", args=[varld.insats.slug])
    data = {"inskick": "6f0b3c1e-2f5c-4c61-9d0c-0d8a5a0c7a11"}
    forsta, andra = skribent.post(url, data), skribent.post(url, data)
    remiss = Remiss.objects.get()
    assert forsta.url == andra.url == adress("remiss_steg", remiss, 1)
    assert (remiss.avsandare, remiss.skapad_av, remiss.handlaggare) == (varld.enhet, varld.skribent, "Tomas Hedlund")


def test_who_works_at_two_units_says_which(skribent, varld):
    Uppdrag.objects.create(anvandare=varld.skribent, part=varld.kommun, roll="remittent", fran=FRAN)
    url = reverse("remisser:remiss_create", args=[varld.insats.slug])
    assert "Välj var du arbetar." in skribent.post(url).content.decode()
    skribent.post(url, {"avsandare": varld.kommun.pk})
    assert Remiss.objects.get().avsandare == varld.kommun


@pytest.mark.parametrize("falt", [{"tar_emot": "papper"}, {"tar_emot": "ingen"}, {"slut": datetime.date(2024, 1, 1)}])
def test_an_insats_that_does_not_receive_gets_no_draft(skribent, falt):
    insats = ny_insats(**{"tar_emot": "digitalt"} | falt)
    svar = skribent.post(reverse("remisser:remiss_create", args=[insats.slug]))
    assert svar.url == reverse("insatser:insats_detail", args=[insats.slug])
    assert Remiss.objects.count() == 0


@pytest.mark.parametrize(
    ("roll", "tar_emot", "syns"),
    [
        ("remittent", "digitalt", True),
        ("remittent", "papper", False),
        ("kansli", "digitalt", False),
        (None, "digitalt", False),
    ],
)
def test_the_page_of_the_insats_leads_to_the_form_for_who_may_write(client, varld, roll, tar_emot, syns):
    insats = ny_insats("Skogen", tar_emot=tar_emot)
    if roll:
        client.force_login(anvandare(roll, varld.kommun))
    sida = client.get(reverse("insatser:insats_detail", args=[insats.slug])).content.decode()
    assert (reverse("remisser:remiss_create", args=[insats.slug]) in sida) is syns


# ---- The steps


@pytest.mark.parametrize("nr", [1, 2, 3, 4])
def test_each_step_saves_and_leads_on(skribent, varld, nr):
    remiss = tomt_utkast(varld)
    sida = skribent.get(adress("remiss_steg", remiss, nr)).content.decode()
    assert "Det tas bort" in sida
    assert "sidmeny" not in sida
    assert fyll(skribent, remiss, nr).url == adress("remiss_steg", remiss, nr + 1)
    assert Remiss.objects.get(pk=remiss.pk).version == 2
    assert Atkomst.objects.filter(handling="skriva", objekt_id=str(remiss.uuid)).count() == 1


@pytest.mark.parametrize(
    ("nr", "fel", "behallet", "text"),
    [
        (1, {"adress": ""}, 'value="Kanariefågel"', "Fyll i adressen."),
        (1, {"personnummer": "870312-00"}, 'value="870312-00"', "Det är inte ett personnummer"),
        (1, {"handlaggare_telefon": "ring mig"}, 'value="ring mig"', "Skriv telefonnumret med siffror"),
        (1, {"epost": "inte@"}, 'value="inte@"', "e-postadress"),
        (2, {"sedan_SJUKSKRIVEN": "2999-01"}, 'value="2999-01"', "Månaden har inte varit än"),
        (2, {"sedan_SJUKSKRIVEN": ""}, 'id="id_situation_1" checked', "Fyll i månaden för ”Sjukskriven”."),
        (2, {"situation": None}, 'value="2024-01"', "Välj minst en situation."),
        (2, {"forsorjning": ["INGEN", "FK"]}, "checked", "Välj antingen"),
        (2, {"situation": ["ANNAT"], "sedan_ANNAT": "2024-01"}, "checked", "Beskriv situationen med några ord."),
        (3, {"kontakter": ["annan"]}, "checked", "Skriv vilken den andra kontakten är."),
        (4, {"mal": ""}, "Hur mycket orkar hon?", "Skriv vilket målet är."),
        (4, {"tolk": "True"}, "Hur mycket orkar hon?", "Välj språk för tolken."),
    ],
)
def test_an_error_says_what_to_do_and_keeps_what_was_typed(skribent, varld, nr, fel, behallet, text):
    svar = fyll(skribent, tomt_utkast(varld), nr, **fel)
    sida = svar.content.decode()
    assert svar.status_code == 200
    assert "<title>Fel: " in sida
    assert behallet in sida
    assert sida.count(text) >= 2, "the summary and the field say the same"


def test_what_is_right_is_saved_although_something_else_is_wrong(skribent, varld):
    remiss = tomt_utkast(varld)
    fyll(skribent, remiss, 1, personnummer="870312-00", adress="")
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert (sparad.fornamn, sparad.personnummer, sparad.adress) == ("Åsa", "", "")


def test_save_and_leave_asks_for_nothing_that_is_missing(skribent, varld):
    remiss = tomt_utkast(varld)
    tomt = dict.fromkeys(("efternamn", "personnummer", "adress", "kommun", "telefon"), "")
    svar = fyll(skribent, remiss, 1, avsluta="1", **tomt)
    assert svar.url == reverse("remisser:remiss_list")
    assert Remiss.objects.get(pk=remiss.pk).fornamn == "Åsa"


def test_save_and_leave_stays_when_something_typed_is_wrong(skribent, varld):
    svar = fyll(skribent, tomt_utkast(varld), 1, avsluta="1", personnummer="870312-00", adress="")
    sida = svar.content.decode()
    assert 'value="870312-00"' in sida
    assert "Det som är rätt ifyllt är sparat." in sida
    assert "Fyll i adressen." not in sida


def test_ten_digits_become_twelve_and_the_birth_date_is_shown(skribent, varld):
    remiss = tomt_utkast(varld)
    fyll(skribent, remiss, 1, personnummer="870312-9802")
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert (sparad.personnummer, sparad.fodelsear) == (NUMMER, 1987)
    assert "12\xa0mars\xa01987" in skribent.get(adress("remiss_steg", remiss, 1)).content.decode()
    granska = skribent.get(adress("remiss_steg", remiss, 5)).content.decode()
    assert "19870312-••••" in granska
    assert "12\xa0mars\xa01987" in granska
    assert "9802" not in granska


def test_without_a_number_the_reason_and_the_year_are_asked(skribent, varld):
    remiss = tomt_utkast(varld)
    utan = {"utan_nummer": "saknar", "personnummer": "", "fodelsear": ""}
    assert "Skriv födelseåret med fyra siffror." in fyll(skribent, remiss, 1, **utan).content.decode()
    assert "Födelseåret är orimligt" in fyll(skribent, remiss, 1, **utan | {"fodelsear": "87"}).content.decode()
    assert fyll(skribent, remiss, 1, **utan | {"fodelsear": "1987"}).status_code == 302
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert (sparad.utan_nummer, sparad.personnummer, sparad.fodelsear) == ("saknar", "", 1987)


def test_a_conflict_shows_both_texts_and_the_second_sending_is_a_choice(skribent, varld):
    remiss = ny_remiss(varld, "utkast", mal="Det som var först")
    Remiss.objects.filter(pk=remiss.pk).update(version=2)  # saved in another window meanwhile
    svar = fyll(skribent, remiss, 4, version=1, mal="Min nya text")
    sida = svar.content.decode()
    assert "Det som var först" in sida
    assert "Min nya text" in sida
    assert "Sparat medan du skrev" in sida
    assert Remiss.objects.get(pk=remiss.pk).mal == "Det som var först"
    version = svar.context["form"]["version"].value()
    assert fyll(skribent, remiss, 4, version=version, mal="Min nya text").status_code == 302
    assert Remiss.objects.get(pk=remiss.pk).mal == "Min nya text"


@pytest.mark.parametrize("nr", [1, 2, 3, 4])
def test_a_double_click_is_no_conflict(skribent, varld, nr):
    remiss = ny_remiss(varld, "utkast")
    extra = {"personnummer": "870312-9802"} if nr == 1 else {}
    svar = [fyll(skribent, remiss, nr, version=1, **extra) for _ in range(2)]
    assert [ett.url for ett in svar] == [adress("remiss_steg", remiss, nr + 1)] * 2


def test_nothing_about_the_person_reaches_the_log(skribent, varld, caplog):
    remiss = tomt_utkast(varld)
    with caplog.at_level("DEBUG"):
        for nr in STEG:
            fyll(skribent, remiss, nr)
        fyll(skribent, remiss, 1, personnummer="19870312980")
        fyll(skribent, remiss, 1)
        version = Remiss.objects.get(pk=remiss.pk).version
        skribent.post(adress("remiss_skicka", remiss), SAMTYCKE | {"version": version})
    assert Remiss.objects.get(pk=remiss.pk).lage == "skickad"
    hemligt = ["Kanarie", "Åsa", "9802", "19870312980", "0980-319 261", "Hur mycket orkar"]
    assert [text for text in hemligt if text in caplog.text] == []


def test_a_conflict_about_codes_is_told_in_words(skribent, varld):
    remiss = ny_remiss(varld, "utkast", situation={"ARBETSLOS": "2020-01"})
    Remiss.objects.filter(pk=remiss.pk).update(version=2)
    sida = fyll(skribent, remiss, 2, version=1).content.decode()
    assert "Arbetslös sedan 2020-01, mer än 24 månader" in sida
    assert "Försörjningsstöd" in sida


def test_a_changed_situation_replaces_the_old_one(skribent, varld):
    remiss = ny_remiss(varld, "utkast")
    fyll(skribent, remiss, 2)
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert sparad.situation == {"SJUKSKRIVEN": "2024-01"}
    assert (sparad.situation_annat, sparad.forsorjning, sparad.inskriven_af) == ("", ["FK"], False)


# ---- Check and send


def test_sending_is_blocked_with_links_to_what_is_missing(skribent, varld):
    remiss = ny_remiss(varld, "utkast", adress="", situation={"SJUKSKRIVEN": ""}, mal="", tolk=None)
    svar = skribent.post(adress("remiss_skicka", remiss), SAMTYCKE)
    sida = svar.content.decode()
    assert "Remissen är inte skickad. Fyra saker saknas" in sida
    for nr, falt in ((1, "id_adress"), (2, "id_sedan_SJUKSKRIVEN"), (4, "id_mal"), (4, "id_tolk_0")):
        assert f'href="{adress("remiss_steg", remiss, nr)}#{falt}"' in sida
    assert Remiss.objects.get(pk=remiss.pk).lage == "utkast"
    assert Samtycke.objects.count() == 0


def test_nothing_is_missing_of_a_complete_draft(skribent, varld):
    sida = skribent.get(adress("remiss_steg", ny_remiss(varld, "utkast"), 5))
    assert sida.context["brister"] == []
    assert sida.context["parter"] == [
        "Granviks kommun (Arbetsmarknadsenheten Granvik)", "Granviks kommun (Gläntan)", "Socialtjänsten",
        "kanariekontakten",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fel", "text"),
    [
        ({"samtycke": ""}, "Utan samtycke kan remissen inte skickas."),
        ({"satt": ""}, "Välj hur deltagaren har sagt ja."),
        ({"givet": ""}, "Fyll i vilken dag deltagaren skrev under"),
        ({"givet": "2999-01-01"}, "Dagen har inte varit än."),
    ],
)
def test_without_consent_nothing_is_sent(skribent, varld, fel, text):
    remiss = ny_remiss(varld, "utkast")
    assert text in skribent.post(adress("remiss_skicka", remiss), SAMTYCKE | fel).content.decode()
    assert Remiss.objects.get(pk=remiss.pk).lage == "utkast"


def test_a_sent_remiss_has_its_person_its_consents_and_one_notice(skribent, varld):
    remiss = ny_remiss(varld, "utkast")
    svar = skribent.post(adress("remiss_skicka", remiss), SAMTYCKE | {"nationell": "on"})
    assert svar.url == adress("remiss_detail", remiss)
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert (sparad.lage, sparad.deltagare.fodelsear, sparad.deltagare.kon) == ("skickad", 1987, "K")
    samtycken = {rad.slag: rad.parter for rad in sparad.samtycken.all()}
    assert set(samtycken) == {"sekretess", "nationell"}
    assert "Granviks kommun (Gläntan)\nSocialtjänsten\nkanariekontakten" in samtycken["sekretess"]
    assert [n.mottagare for n in Notis.objects.all()] == [varld.personal]
    assert list(Handelse.objects.om(remiss).values_list("namn", flat=True)) == ["skicka"]


def test_sending_again_gives_the_same_remiss_and_no_second_notice(skribent, varld):
    remiss = ny_remiss(varld, "utkast")
    with CaptureQueriesContext(connection) as fragor:
        skribent.post(adress("remiss_skicka", remiss), SAMTYCKE)
    assert any("FOR UPDATE" in f["sql"] and "remisser_remiss" in f["sql"] for f in fragor)
    for _ in range(3):
        assert skribent.post(adress("remiss_skicka", remiss), SAMTYCKE).url == adress("remiss_detail", remiss)
    assert (Remiss.objects.count(), Notis.objects.count(), Samtycke.objects.count()) == (1, 1, 1)
    assert Deltagare.objects.count() == 1


def test_a_known_number_gives_the_same_person_and_says_nothing_about_it(skribent, varld):
    svar = []
    for _ in range(2):
        remiss = ny_remiss(varld, "utkast")
        fore = skribent.post(adress("remiss_skicka", remiss), SAMTYCKE)
        svar.append(
            skribent.get(fore.url).content.decode().replace(f"R-{remiss.pk}", "R").replace(str(remiss.uuid), "")
        )
    assert Deltagare.objects.count() == 1
    assert len({len(text) for text in svar}) == 1


def test_a_protected_person_is_refused_in_the_words_of_the_yellow_box(skribent, varld):
    ny_kontakt(varld.insats, telefon="0980-319 263")
    remiss = ny_remiss(varld, "utkast")
    skribent.post(adress("remiss_skicka", remiss), SAMTYCKE)
    Deltagare.objects.update(skyddad=True)
    andra = ny_remiss(varld, "utkast")
    sida = skribent.post(adress("remiss_skicka", andra), SAMTYCKE).content.decode()
    assert "Skicka inte remissen här. Ring insatsen i stället på 0980-319 263." in sida
    assert "skyddad" not in sida.lower().replace("skyddas med kryptering", "")
    sparad = Remiss.objects.get(pk=andra.pk)
    assert (sparad.lage, sparad.deltagare, sparad.samtycken.count()) == ("utkast", None, 0)


def test_an_insats_that_has_closed_meanwhile_gets_nothing(skribent, varld):
    remiss = ny_remiss(varld, "utkast")
    varld.insats.tar_emot = "ingen"
    varld.insats.save()
    sida = skribent.post(adress("remiss_skicka", remiss), SAMTYCKE).content.decode()
    assert "tar inte emot remisser i systemet just nu. Utkastet är kvar." in sida
    assert Remiss.objects.get(pk=remiss.pk).lage == "utkast"
    assert Deltagare.objects.count() == 0


# ---- After


def test_taking_back_asks_first_and_tells_the_insats(skribent, varld):
    remiss = ny_remiss(varld)
    assert "Vill du ta tillbaka" in skribent.get(adress("remiss_aterta", remiss)).content.decode()
    skribent.post(adress("remiss_aterta", remiss))
    assert Remiss.objects.get(pk=remiss.pk).lage == "atertagen"
    assert Notis.objects.get().mall == "remisser/atertagen"


def test_what_is_answered_is_not_taken_back(skribent, varld):
    remiss = ny_remiss(varld, "accepterad")
    svar = skribent.post(adress("remiss_aterta", remiss), follow=True)
    assert "redan accepterad. Inget ändrades." in svar.content.decode()
    assert Remiss.objects.get(pk=remiss.pk).lage == "accepterad"


def test_only_a_draft_is_removed_and_it_is_gone(skribent, varld):
    utkast, skickad = ny_remiss(varld, "utkast"), ny_remiss(varld)
    assert "försvinner" in skribent.get(adress("remiss_ta_bort", utkast)).content.decode()
    skribent.post(adress("remiss_ta_bort", utkast))
    skribent.post(adress("remiss_ta_bort", skickad))
    assert list(Remiss.objects.all()) == [skickad]


@pytest.mark.parametrize("nr", [1, 5])
def test_a_sent_remiss_is_not_written_any_more(skribent, varld, nr):
    remiss = ny_remiss(varld)
    assert skribent.get(adress("remiss_steg", remiss, nr)).url == adress("remiss_detail", remiss)
    if nr == 1:
        fyll(skribent, remiss, 1, fornamn="Ändrat")
        assert Remiss.objects.get(pk=remiss.pk).fornamn == "Åsa"


@pytest.mark.parametrize("nr", [0, 6])
def test_there_are_five_steps(skribent, varld, nr):
    assert skribent.get(adress("remiss_steg", ny_remiss(varld, "utkast"), nr)).status_code == 404


def test_the_writer_who_has_left_the_unit_has_left_the_case(client, varld):
    remiss = ny_remiss(varld, "utkast")
    borta = anvandare("remittent", varld.enhet, till=idag() - datetime.timedelta(1))
    Remiss.objects.filter(pk=remiss.pk).update(skapad_av=borta)
    client.force_login(borta)
    assert client.get(adress("remiss_steg", remiss, 1)).status_code == 404
