"""The parties write an application: new, section by section, together, checked and sent once."""

import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from insatser.models import Ansokan, Ide
from moten.models import Arende
from samordning.karna.models import Notis
from tests.conftest import Klient
from tests.insatser.fabrik import ny_insats, nytt_avtal, version
from tests.insatser.fabrik_ansokan import SLUT, START, adress, ny_ansokan, ny_part, skickad_ansokan

pytestmark = pytest.mark.django_db


def ny(slag="forberedande"):
    return reverse("ansokan:ansokan_create", args=[slag])


@pytest.fixture
def skriver(inloggad, tibro):
    """Logged in for Tibro."""
    return inloggad("partsforetradare", part=tibro)


def annan_klient(ny_anvandare, part):
    klient = Klient()
    klient.force_login(ny_anvandare("partsforetradare", part=part))
    return klient


# ---- New


def test_a_new_one_needs_only_a_name_and_is_the_parts_own(skriver, tibro):
    html = skriver.get(ny()).content.decode()
    assert "Vilken part" not in html  # there is only one to choose
    assert skriver.post(ny(), {"rubrik": " "}).context["form"].errors["rubrik"]
    data = {"rubrik": "Gläntan", "inskick": str(uuid.uuid4())}
    for _ in range(2):  # a double click
        svar = skriver.post(ny(), data)
    ansokan = Ansokan.objects.get()
    assert svar.url == adress("avsnitt_edit", ansokan, "behov")
    assert [(rad.part, rad.huvud, rad.star_bakom) for rad in ansokan.parter.all()] == [(tibro, True, None)]
    assert skriver.get(ny("forlangning")).status_code == 404


def test_what_the_insats_sheet_says_is_not_asked_again(skriver):
    insats = ny_insats("Mofalla", malgrupp="Unga.", mal="Arbete.", beskrivning="På gården.", metod="I grupp.",
                       max_veckor=12, min_veckor=12, platser_totalt=8)  # fmt: skip
    nytt_avtal(insats, START.replace(year=2026), SLUT.replace(year=2026), platser=10, deltagarveckor=400)
    skriver.post(ny(), {"insats": insats.pk, "inskick": str(uuid.uuid4())})
    ansokan = Ansokan.objects.get()
    assert (ansokan.rubrik, ansokan.malgrupp, ansokan.mal) == ("Mofalla", "Unga.", "Arbete.")
    assert ansokan.genomforande == "På gården.\n\nI grupp.\n\nTid i insatsen: 12 veckor"
    assert (ansokan.start, ansokan.slut, ansokan.platser, ansokan.deltagarveckor) == (START, SLUT, 10, 400)
    assert ansokan.insats == insats


def test_the_kansli_says_for_whom_and_the_part_is_told(inloggad, ny_anvandare, tibro):
    foretradare = ny_anvandare("partsforetradare", part=tibro)
    kansli = inloggad("kansli")
    assert "huvudpart" in kansli.post(ny("forstudie"), {"rubrik": "Vägar in"}).context["form"].errors
    kansli.post(ny("forstudie"), {"rubrik": "Vägar in", "huvudpart": tibro.pk})
    ansokan = Ansokan.objects.get()
    assert (ansokan.slag, ansokan.parter.get().part) == ("forstudie", tibro)
    assert Notis.objects.get().mottagare == foretradare


def test_an_idea_becomes_a_draft_and_says_so(skriver):
    ide = Ide.objects.create(rubrik="En skogsgrupp", text="Många vill vara ute.")
    url = f"{ny()}?ide={ide.pk}"
    assert 'value="En skogsgrupp"' in skriver.get(url).content.decode()
    skriver.post(url, {"rubrik": "Skogen", "inskick": str(uuid.uuid4())})
    ide.refresh_from_db()
    assert (ide.ansokan.rubrik, ide.ansokan.behov, ide.status) == ("Skogen", "Många vill vara ute.", "ansokan")
    # Who had the page open meanwhile is told, keeps what was typed, and makes no second one.
    svar = skriver.post(url, {"rubrik": "Samma skog", "inskick": str(uuid.uuid4())}).content.decode()
    assert "har redan blivit en ansökan" in svar
    assert 'value="Samma skog"' in svar
    assert "har redan blivit en ansökan" in skriver.get(url, follow=True).content.decode()
    assert Ansokan.objects.count() == 1
    skriver.post(adress("ansokan_delete", ide.ansokan))
    ide.refresh_from_db()
    assert (ide.ansokan, ide.status, ide.version, Ansokan.objects.count()) == (None, "provas", 3, 0)
    assert skriver.get(f"{ny()}?ide=99999").status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_make_an_application_of_one_idea_make_one(ny_anvandare, tibro, skovde):
    ide = Ide.objects.create(rubrik="En skogsgrupp")
    klienter = [annan_klient(ny_anvandare, part) for part in (tibro, skovde)]
    start = threading.Barrier(2)

    def skicka(klient):
        start.wait()
        klient.post(f"{ny()}?ide={ide.pk}", {"rubrik": "Skogen", "inskick": str(uuid.uuid4())})
        connection.close()

    tradar = [threading.Thread(target=skicka, args=[klient]) for klient in klienter]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    ide.refresh_from_db()
    assert (Ansokan.objects.count(), ide.version) == (1, 2)


# ---- Section by section


def test_half_is_saved_too_and_the_next_section_follows(skriver, tibro, skovde):
    ansokan = ny_ansokan(tibro, skovde, bakom=False, behov="", start=None, slut=None)
    ansokan.belopp.all().delete()
    url = adress("avsnitt_edit", ansokan, "period")
    assert skriver.post(url, {"start": "2027-01-01", "version": version(skriver, url)}).status_code == 302
    url = adress("avsnitt_edit", ansokan, "behov")
    svar = skriver.post(url, {"behov": "Många väntar.", "version": version(skriver, url)})
    assert svar.url == adress("avsnitt_edit", ansokan, "malgrupp")
    ansokan.refresh_from_db()
    assert (ansokan.start, ansokan.slut, ansokan.behov, ansokan.version) == (START, None, "Många väntar.", 3)
    assert skriver.get(adress("avsnitt_edit", ansokan, "resultat")).status_code == 404  # a förlängning has it


def test_wrong_periods_and_sums_are_said_by_the_field(skriver, tibro, skovde):
    ansokan = ny_ansokan(tibro, skovde)
    url = adress("avsnitt_edit", ansokan, "period")
    data = {"start": "2027-05-01", "slut": "2027-01-01", "version": version(skriver, url)}
    assert "slut" in skriver.post(url, data).context["form"].errors
    url = adress("avsnitt_edit", ansokan, "budget")
    sett = version(skriver, url)
    rader = {"ar_0": "2027", "kronor_0": "1 200 000", "ar_1": "2027", "kronor_1": "5", "ar_2": "2031", "kronor_2": "1",
             "kronor_3": "9", "version": sett}  # fmt: skip
    fel = skriver.post(url, rader).context["form"].errors
    assert set(fel) == {"ar_1", "ar_2", "ar_3"}
    assert [rad.kronor for rad in ansokan.belopp.all()] == [450_000]
    rader = {"ar_0": "2027", "kronor_0": "1 200 000,50", "budgettext": "Löner.", "fler": "1", "version": sett}
    assert skriver.post(url, rader).url == url
    assert [(rad.ar, str(rad.kronor)) for rad in ansokan.belopp.all()] == [(2027, "1200000.50")]


def test_two_who_write_in_different_sections_lose_nothing(skriver, ny_anvandare, tibro, skovde):
    ansokan = ny_ansokan(tibro, skovde)
    kollega = annan_klient(ny_anvandare, skovde)
    behov, mal = adress("avsnitt_edit", ansokan, "behov"), adress("avsnitt_edit", ansokan, "mal")
    sett_behov, sett_mal = version(skriver, behov), version(kollega, mal)
    assert kollega.post(mal, {"mal": "Åtta i arbete.", "version": sett_mal}).status_code == 302
    assert skriver.post(behov, {"behov": "Många väntar.", "version": sett_behov}).status_code == 302
    ansokan.refresh_from_db()
    assert (ansokan.behov, ansokan.mal, ansokan.version) == ("Många väntar.", "Åtta i arbete.", 3)


def test_two_who_write_in_the_same_section_see_both_texts(skriver, ny_anvandare, tibro, skovde):
    ansokan = ny_ansokan(tibro, skovde)
    kollega = annan_klient(ny_anvandare, skovde)
    url = adress("avsnitt_edit", ansokan, "budget")
    sett = version(skriver, url)
    forst = {"ar_0": "2027", "kronor_0": "500000", "budgettext": "Kollegans ord.", "version": sett}
    assert kollega.post(url, forst).status_code == 302
    mina = {"ar_0": "2027", "kronor_0": "600000", "budgettext": "Mina ord.", "version": sett}
    svar = skriver.post(url, mina)
    assert svar.context["form"].nyare == [("Budget med ord", "Kollegans ord."), ("Belopp 2027", "500\xa0000 kr")]
    html = svar.content.decode()
    assert "Sparat av någon annan" in html
    assert "Mina ord." in html
    mina["version"] = svar.context["form"].data["version"]
    assert skriver.post(url, mina).status_code == 302
    assert ansokan.belopp.get().kronor == 600_000


def test_a_closed_section_says_so_and_keeps_the_text_in_sight(skriver, tibro, skovde):
    ansokan = skickad_ansokan(tibro, skovde)
    svar = skriver.post(adress("avsnitt_edit", ansokan, "behov"), {"behov": "Det jag skrev.", "version": "x"})
    assert svar.status_code == 403
    html = svar.content.decode()
    assert "går inte att ändra nu" in html
    assert "Det jag skrev." in html
    ansokan.refresh_from_db()
    assert ansokan.behov == "Om behov."


# ---- Checked and sent


def test_the_check_says_what_is_missing_and_where(skriver, tibro):
    ansokan = ny_ansokan(tibro, behov="", bakom=False)
    svar = skriver.get(adress("kontroll", ansokan))
    assert svar.context["hinder"] == [
        ("En ansökan behöver minst två parter. Lägg till den part som ni söker tillsammans med.",
         adress("parter", ansokan)),
        ("Behov och bakgrund är inte ifyllt.", adress("avsnitt_edit", ansokan, "behov")),
    ]  # fmt: skip
    assert "Vården är inte med." in svar.content.decode()
    svar = skriver.post(adress("ansokan_skicka", ansokan), {"version": ansokan.version})
    assert "Ansökan är inte skickad" in svar.content.decode()
    assert Arende.objects.count() == 0


def test_it_is_sent_as_it_was_read(skriver, tibro, skovde):
    ansokan = ny_ansokan(tibro, skovde)
    url = adress("ansokan_skicka", ansokan)
    svar = skriver.post(url, {"version": ansokan.version + 1})  # a colleague changed it meanwhile
    assert "har ändrats sedan du öppnade sidan" in svar.content.decode()
    assert Arende.objects.count() == 0
    for _ in range(2):
        svar = skriver.post(url, {"version": ansokan.version})
    assert svar.url == reverse("sidor:arende", args=[Arende.objects.get().pk])
    assert ansokan.versioner.get().nr == 1
    assert skriver.get(adress("kontroll", ansokan)).status_code == 302
    assert skriver.get(adress("ansokan_delete", ansokan)).status_code == 302
    assert Ansokan.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_who_send_at_once_make_one_case(ny_anvandare):
    tibro = ny_part("Tibro kommun")
    ansokan = ny_ansokan(tibro, ny_part("Skövde kommun"))
    anvandare = ny_anvandare("partsforetradare", part=tibro)
    klienter, svar = [Klient() for _ in range(20)], []
    for klient in klienter:
        klient.force_login(anvandare)
    start = threading.Barrier(20)

    def skicka(klient):
        start.wait()
        svar.append(klient.post(adress("ansokan_skicka", ansokan), {"version": ansokan.version}).status_code)
        connection.close()

    tradar = [threading.Thread(target=skicka, args=[klient]) for klient in klienter]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert svar == [302] * 20
    assert (Arende.objects.count(), ansokan.versioner.count()) == (1, 1)
