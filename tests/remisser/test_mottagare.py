"""The insats' side: what it reads before and after its answer, the answers, paper, notices, the flow in numbers."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from remisser import paneler, reports
from remisser.models import Avbojandeorsak, Deltagare, Remiss
from samordning.karna.kalender import helar, idag, nu
from samordning.karna.models import Atkomst, Handelse, Notis
from samordning.karna.templatetags.samordning import felrader
from tests.insatser.fabrik import ny_insats, ny_medarbetare
from tests.remisser.fabrik import HEMLIGT, NUMMER, OPPET, SAMTYCKE, STEG, anvandare, ny_remiss, ny_varld

pytestmark = pytest.mark.django_db


@pytest.fixture
def varld():
    return ny_varld()


@pytest.fixture
def personal(client, varld):
    client.force_login(varld.personal)
    return client


def adress(namn, remiss):
    return reverse(f"remisser:{namn}", args=[remiss.uuid])


def kanariefaglar(sida):
    """The secret values that stand in a page; a number also with its hyphen, and parts of it."""
    spar = set(HEMLIGT.values()) | {"19870312", "9802", "1493", "Mariestad", "sedan 2024"}
    return {varde for varde in spar if varde in sida}


# ---- RA5


@pytest.mark.parametrize("lage", ["skickad", "avbojd"])
def test_before_its_yes_the_insats_reads_only_what_it_needs(personal, varld, lage):
    remiss = ny_remiss(varld, lage)
    sida = personal.get(adress("remiss_detail", remiss)).content.decode()
    assert kanariefaglar(sida) == set()
    assert all(varde in sida for varde in OPPET.values())
    assert f"{remiss.aldersgrupp()}" in sida
    lista = personal.get(reverse("remisser:inkorg_list")).content.decode()
    assert kanariefaglar(lista) == set()
    assert "Åsa" in lista


def test_after_its_yes_the_insats_reads_everything(personal, varld):
    remiss = ny_remiss(varld, "accepterad")
    sida = personal.get(adress("remiss_detail", remiss)).content.decode()
    assert all(varde in sida for varde in (set(HEMLIGT.values()) - {NUMMER}) | {"19870312-9802"})
    assert "Kanariefågel" in personal.get(reverse("remisser:inkorg_list")).content.decode()


def test_what_is_taken_back_is_not_read_by_the_insats(personal, varld):
    remiss = ny_remiss(varld, "atertagen")
    for url in (adress("remiss_detail", remiss), reverse("remisser:inkorg_list")):
        sida = personal.get(url).content.decode()
        assert kanariefaglar(sida) == set()
        assert not any(varde in sida for varde in OPPET.values())


@pytest.mark.parametrize("lage", ["utkast", "skickad", "accepterad"])
def test_no_title_and_no_address_tells_who_it_is(client, varld, lage):
    remiss = ny_remiss(varld, lage)
    for user in (varld.skribent, varld.personal):
        client.force_login(user)
        svar = client.get(adress("remiss_detail", remiss), follow=True)
        sida = svar.content.decode()
        titel = "".join(re.findall(r"<title>(.*?)</title>", sida)) + "".join(re.findall(r'href="([^"#]*)', sida))
        assert kanariefaglar(titel) == set()
        assert "Åsa" not in titel


def test_every_page_that_shows_a_person_is_a_row_of_the_record(client, varld):
    remiss = ny_remiss(varld)
    rader = []
    for user, url in (
        (varld.skribent, reverse("remisser:remiss_list")),
        (varld.skribent, adress("remiss_detail", remiss)),
        (varld.personal, reverse("remisser:inkorg_list")),
        (varld.personal, adress("remiss_detail", remiss)),
        (varld.personal, adress("remiss_avboj", remiss)),
    ):
        client.force_login(user)
        client.get(url)
        rad = Atkomst.objects.latest("pk")
        rader.append((rad.anvandare, rad.handling, rad.objekt_id, rad.person))
    vem = (str(remiss.uuid), remiss.deltagare.uuid)
    assert rader == [
        (varld.skribent, "lista", *vem), (varld.skribent, "visa", *vem), (varld.personal, "inkorg", *vem),
        (varld.personal, "visa_fore_svar", *vem), (varld.personal, "avboja", *vem),
    ]  # fmt: skip


# ---- The answers


def test_a_yes_is_told_to_the_sender_without_a_word_about_the_person(personal, varld):
    remiss = ny_remiss(varld)
    assert personal.post(adress("remiss_ta_emot", remiss)).url == adress("remiss_detail", remiss)
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert (sparad.lage, sparad.besvarad_av) == ("accepterad", varld.personal)
    notis = Notis.objects.get()
    assert (notis.mottagare, notis.lank) == (varld.skribent, adress("remiss_detail", remiss))
    (brev,) = mail.outbox
    assert brev.to == [varld.skribent.epost]
    text = f"{brev.subject} {brev.body} {notis.rubrik} {notis.lank}"
    assert kanariefaglar(text) == set()
    assert not any(varde in text for varde in OPPET.values())
    assert all(kanariefaglar(str(h.data)) == set() for h in Handelse.objects.all())


def test_a_no_has_a_reason_that_the_sender_reads(client, personal, varld):
    remiss = ny_remiss(varld)
    assert "Välj en orsak." in personal.post(adress("remiss_avboj", remiss), {"orsak": ""}).content.decode()
    personal.post(adress("remiss_avboj", remiss), {"orsak": "FULLT", "motivering": "Ring oss i maj."})
    assert Notis.objects.get().mall == "remisser/avbojd"
    client.force_login(varld.skribent)
    sida = client.get(adress("remiss_detail", remiss)).content.decode()
    assert "Det finns ingen ledig plats nu." in sida
    assert "Ring oss i maj." in sida


def test_another_reason_needs_words(personal, varld):
    remiss = ny_remiss(varld)
    svar = personal.post(adress("remiss_avboj", remiss), {"orsak": "ANNAT", "motivering": " "})
    assert "Beskriv orsaken med några ord." in svar.content.decode()
    assert Remiss.objects.get(pk=remiss.pk).lage == "skickad"


def test_a_reason_whose_time_is_over_cannot_be_chosen(personal, varld):
    Avbojandeorsak.objects.filter(kod="FULLT").update(giltig_till=datetime.date(2020, 1, 1))
    remiss = ny_remiss(varld)
    assert "ingen ledig plats" not in personal.get(adress("remiss_avboj", remiss)).content.decode()
    personal.post(adress("remiss_avboj", remiss), {"orsak": "FULLT"})
    assert Remiss.objects.get(pk=remiss.pk).lage == "skickad"


def test_two_who_answer_give_one_answer_and_one_clear_message(personal, varld):
    kollega = anvandare("insatspersonal", varld.kommun)
    ny_medarbetare(varld.insats, kollega)
    remiss, andra = ny_remiss(varld), Client()
    andra.force_login(kollega)
    personal.post(adress("remiss_ta_emot", remiss))
    sida = andra.post(adress("remiss_avboj", remiss), {"orsak": "FULLT"}, follow=True).content.decode()
    assert "Remiss är redan accepterad. Inget ändrades." in sida
    sparad = Remiss.objects.get(pk=remiss.pk)
    assert (sparad.lage, sparad.besvarad_av) == ("accepterad", varld.personal)
    assert Notis.objects.count() == 1


# ---- Paper


def papper(**andrat):
    return {"avsandare": "", **STEG[1], **STEG[2], **STEG[3], **STEG[4], **SAMTYCKE, "version": "1"} | andrat


def test_a_paper_remiss_goes_straight_to_accepted_through_its_transitions(personal, varld):
    url = reverse("remisser:papper_create", args=[varld.insats.slug])
    assert "Behåll den på papper." in personal.get(url).content.decode()
    data = papper(avsandare=varld.enhet.pk, inskick="6f0b3c1e-2f5c-4c61-9d0c-0d8a5a0c7a12")
    svar = [personal.post(url, data).url for _ in range(2)]
    remiss = Remiss.objects.get()
    assert svar == [adress("remiss_detail", remiss)] * 2
    assert (remiss.lage, remiss.kanal, remiss.avsandare) == ("accepterad", "papper", varld.enhet)
    assert (remiss.personnummer, remiss.kontakter, remiss.situation) == (NUMMER, "af", {"SJUKSKRIVEN": "2024-01"})
    assert list(Handelse.objects.om(remiss).values_list("namn", flat=True)) == ["ta_emot", "skicka"]
    assert remiss.samtycken.get().parter.startswith("Granviks kommun (Arbetsmarknadsenheten Granvik)\n")
    assert Notis.objects.count() == 0


def test_the_paper_page_says_all_that_is_missing_and_keeps_the_rest(personal, varld):
    url = reverse("remisser:papper_create", args=[varld.insats.slug])
    sida = personal.post(url, papper(samtycke="", mal="", situation=[])).content.decode()
    for text in (
        "Välj vem som skickade remissen.",
        "Utan samtycke kan remissen inte skickas.",
        "Skriv vilket målet är.",
    ):
        assert sida.count(text) >= 2, text
    assert 'value="Kanariefågel"' in sida
    assert Remiss.objects.count() == Deltagare.objects.count() == 0


def test_a_protected_person_is_not_registered_from_paper(personal, varld):
    url = reverse("remisser:papper_create", args=[varld.insats.slug])
    personal.post(url, papper(avsandare=varld.enhet.pk))
    Deltagare.objects.update(skyddad=True)
    sida = personal.post(url, papper(avsandare=varld.enhet.pk)).content.decode()
    assert "Remissen är inte registrerad." in sida
    assert Remiss.objects.count() == 1


def test_paper_is_for_the_listed_staff_of_an_insats_that_receives(client, personal, varld):
    annan = ny_insats("Skogen", tar_emot="papper")
    assert personal.get(reverse("remisser:papper_create", args=[annan.slug])).status_code == 403
    varld.insats.tar_emot = "ingen"
    varld.insats.save()
    assert personal.get(reverse("remisser:papper_create", args=[varld.insats.slug])).status_code == 302
    client.force_login(varld.skribent)
    assert client.get(reverse("remisser:papper_create", args=[varld.insats.slug])).status_code == 403


# ---- Lists


def test_the_inbox_has_the_unanswered_first_and_marks_the_late(personal, varld):
    svarad, ny, gammal = ny_remiss(varld, "accepterad"), ny_remiss(varld), ny_remiss(varld)
    Remiss.objects.filter(pk=gammal.pk).update(skickad=nu() - datetime.timedelta(20))
    svar = personal.get(reverse("remisser:inkorg_list"))
    rader = svar.context["rader"]
    assert [rad["nummer"] for rad in rader] == [gammal.pk, ny.pk, svarad.pk]
    assert [rad["marke"][0] for rad in rader] == ["Försenad", "Skickad", "Accepterad"]
    assert rader[2]["svara_senast"] is None


def test_late_is_after_five_working_days(varld):
    with time_machine.travel(datetime.datetime.fromisoformat("2024-06-03T22:30:00+00:00"), tick=False) as tid:
        remiss = ny_remiss(varld)  # it is Tuesday the 4th in Stockholm; the 6th is a holiday
        assert remiss.svara_senast == datetime.date(2024, 6, 12)
        tid.move_to(datetime.datetime.fromisoformat("2024-06-12T20:00:00+00:00"))
        assert not remiss.ar_forsenad
        tid.move_to(datetime.datetime.fromisoformat("2024-06-12T22:30:00+00:00"))
        assert remiss.ar_forsenad


@pytest.mark.parametrize("vem", ["skribent", "personal"])
def test_the_lists_cost_the_same_with_more_rows(client, varld, assert_constant_queries, vem):
    client.force_login(getattr(varld, vem))
    namn = {"skribent": "remiss_list", "personal": "inkorg_list"}[vem]
    assert_constant_queries(reverse(f"remisser:{namn}"), lambda: ny_remiss(varld))


@pytest.mark.parametrize(
    ("vem", "namn", "text"),
    [
        ("skribent", "remiss_list", "Du har inte skrivit någon remiss"),
        ("personal", "inkorg_list", "Nya remisser visas här så snart någon har skickat dem."),
    ],
)
def test_an_empty_list_says_what_will_come(client, varld, vem, namn, text):
    client.force_login(getattr(varld, vem))
    assert text in client.get(reverse(f"remisser:{namn}")).content.decode()


def test_my_remisser_say_state_and_days_since_something_happened(client, varld):
    utkast, skickad = ny_remiss(varld, "utkast"), ny_remiss(varld)
    Remiss.objects.filter(pk=skickad.pk).update(andrad=nu() - datetime.timedelta(3, 60))
    client.force_login(varld.skribent)
    svar = client.get(reverse("remisser:remiss_list"))
    rader = {rad["remiss"].pk: (rad["marke"][0], rad["sedan"]) for rad in svar.context["rader"]}
    assert rader == {utkast.pk: ("Utkast", "i dag"), skickad.pk: ("Skickad", "3\xa0dagar sedan")}


def test_the_errors_of_a_paper_remiss_come_in_the_order_of_the_page(client, varld):
    client.force_login(varld.personal)
    svar = client.post(reverse("remisser:papper_create", args=[varld.insats.slug]), {"version": "1"})
    html = svar.content.decode()
    falten = [html.index(f'id="{mal}"') for mal, _text in felrader(svar.context["form"])]
    assert len(falten) > 12
    assert falten == sorted(falten)


def test_days_since_are_days_of_the_calendar(client, varld):
    """Sent in the afternoon and read the next morning, it was not today."""
    with time_machine.travel(datetime.datetime(2026, 3, 2, 15, 0, tzinfo=datetime.UTC), tick=False) as tid:
        ny_remiss(varld)
        client.force_login(varld.skribent)
        tid.shift(datetime.timedelta(hours=7, minutes=59))
        assert client.get(reverse("remisser:remiss_list")).context["rader"][0]["sedan"] == "i dag"
        tid.shift(datetime.timedelta(minutes=1))
        assert client.get(reverse("remisser:remiss_list")).context["rader"][0]["sedan"] == "1\xa0dag sedan"


# ---- The kansli: numbers


def test_the_kansli_sees_numbers_and_no_remiss(client, varld):
    gammal, _ny = ny_remiss(varld), ny_remiss(varld)
    ny_remiss(varld, "avbojd")
    ny_remiss(varld, "utkast")
    Remiss.objects.filter(pk=gammal.pk).update(skickad=nu() - datetime.timedelta(6, 60))
    kansli = anvandare("kansli", varld.kommun)
    assert reports.remissflode(helar(idag().year)) == [
        {"insats": "Gläntan", "slug": "glantan", "obesvarade": 2, "aldsta_dagar": 6, "accepterade": 0, "avbojda": 1,
         "atertagna": 0, "skickade": 3}
    ]  # fmt: skip
    (post,) = paneler.att_gora(kansli)
    assert post.text == "Gläntan har remisser som väntar"
    assert post.varfor == "Obesvarade: 2. Den äldsta har väntat sex dagar."
    client.force_login(kansli)
    sida = client.get(post.url).content.decode()
    assert kanariefaglar(sida) == set()
    assert "R-" not in sida
    assert "Åsa" not in sida


def test_what_waits_for_the_two_parties(varld):
    remiss = ny_remiss(varld)
    ny_remiss(varld, "utkast")
    (svara,), (skriv,) = paneler.att_gora(varld.personal), paneler.att_gora(varld.skribent)
    assert (svara.text, svara.dag) == ("Svara på en remiss", remiss.svara_senast)
    assert (skriv.text, skriv.dag) == ("Skriv klart ett utkast till remiss", idag() + datetime.timedelta(30))
    assert paneler.att_gora(anvandare("styrelse", varld.kommun)) == []


def test_only_staff_who_still_have_the_role_get_the_notice(client, varld):
    borta = anvandare("insatspersonal", varld.kommun, till=idag() - datetime.timedelta(1))
    slutat = anvandare("insatspersonal", varld.kommun)
    ny_medarbetare(varld.insats, borta)
    ny_medarbetare(varld.insats, slutat, till=idag() - datetime.timedelta(1))
    remiss = ny_remiss(varld, "utkast")
    client.force_login(varld.skribent)
    client.post(adress("remiss_skicka", remiss), SAMTYCKE)
    assert [notis.mottagare for notis in Notis.objects.all()] == [varld.personal]
