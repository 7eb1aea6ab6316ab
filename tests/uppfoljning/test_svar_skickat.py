"""Sent: a half, the facts, and the figures; sent twice, from two places, changed within the hour and not after it."""

import datetime
import threading
import time
from decimal import Decimal

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse
from tests.uppfoljning.personer import nytt_deltagande
from tests.uppfoljning.svarande import SLUT, Telefon, ny_telefon
from uppfoljning import lankar
from uppfoljning.lankar import BESOK
from uppfoljning.models import Avslutsorsak, Deltagande, Forsorjningsandel, Lage, Parnyckel, Skattning, Svarskod
from uppfoljning.svar import Besok
from uppfoljning.svar_views import KAKA, SALT
from uppfoljning.utfall import utfall

DAG = datetime.timedelta(days=1)


@pytest.fixture
def skickat(db):
    """(a phone that has sent its answers at start, its stay)."""
    telefon, deltagande = ny_telefon()
    telefon.fyll_i()
    assert telefon.skicka()["Location"] == reverse("svara:klart")
    return telefon, deltagande


# ---- What it becomes


def test_a_half_with_its_week_and_the_facts_with_their_day(skickat):
    _, deltagande = skickat
    halva = Skattning.objects.get()
    assert halva.parnyckel == Parnyckel.objects.get(deltagande=deltagande).nyckel
    assert (halva.tillfalle, halva.halsa, halva.bemotande, halva.galler) == ("start", 4, None, True)
    assert (halva.formular.kod, halva.formular.version, halva.sprak) == ("bilaga2", 1, "sv")
    assert (halva.datum, halva.vecka) == (None, idag() - idag().weekday() * DAG)
    lage = Lage.objects.get()
    assert (lage.deltagande, lage.tillfalle, lage.datum) == (deltagande, "start", idag())
    assert (lage.timmar, lage.forsorjning) == (12, "FORS")
    assert list(Forsorjningsandel.objects.values_list("kod", "procent")) == [("FORS", 100)]


def test_the_draft_is_emptied(skickat):
    rad = Svarskod.objects.get()
    assert (rad.utkast, rad.skickad) == ("", True)


def test_nothing_is_written_before_it_is_sent(db):
    telefon, _ = ny_telefon()
    telefon.fyll_i()
    assert not Skattning.objects.exists()
    assert not Lage.objects.exists()
    assert not Parnyckel.objects.exists()


def test_a_question_left_out_is_not_collected(db):
    telefon, _ = ny_telefon()
    telefon.svara("halsa", 5)
    assert telefon.hamta("granska").content.decode().count("Inget svar än") == 2
    telefon.skicka()
    assert Skattning.objects.get().halsa == 5
    assert not Lage.objects.exists()


def test_what_staff_have_filled_in_stays_and_the_person_is_told(db):
    telefon, deltagande = _med_personalens()
    telefon.fyll_i()
    telefon.skicka()
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning, lage.datum) == (20, "FORS", deltagande.start)
    text = telefon.hamta("klart").content.decode()
    assert text.count("Personalen har fyllt i det här") == 1
    assert "<dd>20<small>" in text
    # Nor does a change touch it.
    telefon.posta("andra")
    telefon.svara("timmar", 3)
    telefon.skicka()
    assert Lage.objects.get().timmar == 20


def _med_personalens():
    cache.clear()
    deltagande = nytt_deltagande(start=idag() - 10 * DAG)
    Lage.objects.create(deltagande=deltagande, tillfalle="start", datum=deltagande.start, timmar=20)
    return ny_telefon(deltagande=deltagande)


def test_a_form_that_staff_have_open_is_told_of_the_new_facts(skickat):
    _, deltagande = skickat
    assert Deltagande.objects.get(pk=deltagande.pk).version == deltagande.version + 1
    assert Handelse.objects.om(deltagande).first().namn == "lage_av_deltagaren"


def test_the_figures_count_both_halves_after_the_exit(skickat):
    _, deltagande = skickat
    telefon, _ = ny_telefon("slut", deltagande)
    telefon.fyll_i(SLUT, "lon")
    telefon.svara("pengar-lon", "LON")
    telefon.svara("ovrigt", "Det hjälpte.")
    telefon.skicka()
    assert Skattning.objects.get(tillfalle="slut").fritext == "Det hjälpte."
    orsak = Avslutsorsak.objects.get(kod="arbete")
    Deltagande.objects.filter(pk=deltagande.pk).update(slut=idag(), avslutsorsak=orsak)
    celler = utfall(idag() - 20 * DAG, idag())["celler"]
    alla = {cell: celler[cell]["T"] for cell in ("P7", "X1", "H1", "H2", "H3", "S1", "S2", "F1")}
    assert alla == {"P7": 1, "X1": 1, "H1": 1, "H2": 1, "H3": 0, "S1": 1, "S2": 1, "F1": {"FORS>LON": 1}}
    tider = celler["T1"]["T"]
    assert (tider["par"], tider["start_medel"], tider["slut_medel"], tider["median_andring"]) == (1, 12, 20, 8)


# ---- Twice


def test_sent_twice_is_one_half(skickat):
    telefon, _ = skickat
    assert telefon.skicka()["Location"] == reverse("svara:klart")
    assert Skattning.objects.count() == 1


def test_back_from_the_last_page_leads_to_it_again(skickat):
    telefon, _ = skickat
    for sida in (("granska",), ("start",), ("fraga", "halsa")):
        assert telefon.hamta(*sida)["Location"] == reverse("svara:klart")
    assert telefon.posta("fraga", "halsa", svar=9)["Location"] == reverse("svara:klart")
    assert Skattning.objects.get().halsa == 4


def test_the_page_of_the_code_sent_twice_lets_the_same_page_in_and_no_other(db):
    cache.clear()
    kod = lankar.ny_kod(nytt_deltagande(start=idag()), "start", None)
    telefon = Telefon()
    inskick = str(telefon.hamta("kod").context["form"]["inskick"].value())
    telefon.kod(kod, inskick=inskick)
    telefon.svara("halsa", 7)
    # The answer to the first never came, so the phone has no cookie.
    igen = Telefon()
    assert igen.kod(kod, inskick=inskick).status_code == 302
    assert "7 av 10" in igen.hamta("granska").content.decode()
    assert Telefon().kod(kod).status_code == 400
    igen.skicka()
    assert Telefon().kod(kod, inskick=inskick).status_code == 400, "sent: nothing more to let anybody in to"


def test_the_same_code_typed_again_on_the_same_phone_goes_on(db):
    cache.clear()
    kod = lankar.ny_kod(nytt_deltagande(start=idag()), "start", None)
    telefon = Telefon()
    telefon.kod(kod)
    telefon.fyll_i()
    assert telefon.kod(kod)["Location"] == reverse("svara:start")
    telefon.skicka()
    assert telefon.kod(kod)["Location"] == reverse("svara:klart")


def test_on_two_phones_the_first_one_answers(db):
    cache.clear()
    kod = lankar.ny_kod(nytt_deltagande(start=idag()), "start", None)
    forsta, andra = Telefon(), Telefon()
    forsta.kod(kod)
    andra.kod(kod)
    assert "Fortsätt på den mobil eller dator där du skrev den" in andra.text
    assert andra.hamta("granska").status_code == 410
    forsta.fyll_i()
    forsta.skicka()
    assert Skattning.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_parallel_sends_are_one_half():
    telefon, _ = ny_telefon()
    telefon.fyll_i()
    kakor, svar, klara = telefon.client.cookies, [], threading.Barrier(20)

    def skicka():
        annan = Telefon()
        annan.client.cookies = kakor
        try:
            klara.wait()
            svar.append(annan.skicka().status_code)
        finally:
            connection.close()

    tradar = [threading.Thread(target=skicka) for _ in range(20)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert svar == [302] * 20
    assert (Skattning.objects.count(), Lage.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_staff_who_register_the_exit_while_it_is_sent_and_the_phone_wait_for_each_other_in_turn():
    """Both have to do with the stay and with its answers; locked in different order, one of them would be a 500."""
    telefon, deltagande = ny_telefon("slut")
    telefon.fyll_i(SLUT)
    kaka = Besok.fran_kaka(signing.loads(telefon.client.cookies[KAKA].value, salt=SALT)).kaka
    las, svar = threading.Event(), []

    def personalen():
        try:
            with transaction.atomic():
                last = Deltagande.objects.select_for_update().get(pk=deltagande.pk)
                las.set()
                time.sleep(0.5)  # the phone has what it locks first
                lankar.ny_kod(last, "slut", None)
        except OperationalError as fel:
            svar.append(fel)
        finally:
            connection.close()

    trad = threading.Thread(target=personalen)
    trad.start()
    las.wait()
    try:
        with transaction.atomic():
            if besok := Besok.fran_kaka(kaka, las=True):
                besok.skicka()
    except OperationalError as fel:
        svar.append(fel)
    trad.join()
    assert svar == []


def test_an_answer_is_of_the_day_when_the_code_was_good(db):
    """The last day of the window is a Sunday: typed before midnight and sent after it, the answer is inside."""
    cache.clear()
    mandag = datetime.date(2026, 3, 2)  # 23.50 in Stockholm the Sunday after it, then 0.10
    with time_machine.travel(datetime.datetime(2026, 3, 8, 22, 50, tzinfo=datetime.UTC), tick=False) as tid:
        kod = lankar.ny_kod(nytt_deltagande(start=mandag + 6 * DAG - 30 * DAG), "start", None)
        telefon = Telefon()
        telefon.kod(kod)
        tid.shift(datetime.timedelta(minutes=20))
        assert idag() == mandag + 7 * DAG
        telefon.fyll_i()
        telefon.skicka()
    assert Skattning.objects.get().vecka == mandag


# ---- Changed


def test_within_the_hour_the_answers_are_seen_and_changed(skickat):
    telefon, _ = skickat
    text = telefon.hamta("klart").content.decode()
    for svar in ("4 av 10", "<dd>12</dd>", "Försörjningsstöd 100\N{NO-BREAK SPACE}%", "1177", "112", "Ändra mina svar"):
        assert svar in text
    fore = Skattning.objects.get().pk
    assert telefon.posta("andra")["Location"] == reverse("svara:granska")
    assert "Dina ändringar är inte skickade än" in telefon.hamta("granska").content.decode()
    telefon.svara("halsa", 8, fraga="?igen")
    telefon.svara("timmar", "20")
    telefon.svara("pengar", "ingen")
    assert Skattning.objects.get().halsa == 4
    assert "Du har ändrat något som inte är skickat" in telefon.hamta("klart").content.decode()
    telefon.skicka()
    halva = Skattning.objects.get()
    assert (halva.pk, halva.halsa, halva.galler) == (fore, 8, True)
    assert (Lage.objects.get().timmar, Lage.objects.get().forsorjning) == (Decimal(20), "INGEN")
    assert list(Forsorjningsandel.objects.values_list("kod", "procent")) == [("INGEN", 100)]


def test_a_change_may_be_to_no_answer(skickat):
    telefon, _ = skickat
    telefon.posta("andra")
    telefon.posta("fraga", "halsa", val="vetej")
    telefon.posta("fraga", "timmar", val="vetej")
    telefon.posta("fraga", "pengar", val="hoppa")
    telefon.skicka()
    assert Skattning.objects.get().halsa is None
    assert (Lage.objects.get().timmar, Lage.objects.get().forsorjning) == (None, "VES")
    assert not Forsorjningsandel.objects.exists()
    telefon.posta("andra")
    telefon.skicka()
    assert Lage.objects.get().forsorjning == "VES"


def test_several_kinds_of_money_come_back_as_they_were(db):
    telefon, _ = ny_telefon()
    telefon.svara("halsa", 5)
    telefon.posta("fraga", "pengar", svar=["fk", "kommun"])
    telefon.posta("fraga", "pengar-fk", val="vetej")
    telefon.posta("fraga", "andelar", annan_FK_SAMLAD=60, annan_FORS=40)
    telefon.skicka()
    telefon.posta("andra")
    text = telefon.hamta("granska").content.decode()
    assert "flera slag 60\N{NO-BREAK SPACE}%, Försörjningsstöd 40\N{NO-BREAK SPACE}%" in text
    assert 'value="60"' in telefon.hamta("fraga", "andelar").content.decode()
    telefon.skicka()
    assert dict(Forsorjningsandel.objects.values_list("kod", "procent")) == {"FK_SAMLAD": 60, "FORS": 40}


def test_after_the_hour_nothing_shows_or_changes_them(skickat):
    telefon, _ = skickat
    telefon.posta("andra")
    with time_machine.travel(nu() + BESOK):
        for sida in ("klart", "granska", "start"):
            assert telefon.hamta(sida).status_code == 410
            assert "4 av 10" not in telefon.text
        assert telefon.posta("andra").status_code == 410
        assert telefon.posta("fraga", "halsa", svar=9).status_code == 410
        assert telefon.skicka().status_code == 410
    assert Skattning.objects.get().halsa == 4


def test_closing_takes_the_answers_from_the_phone(skickat):
    telefon, _ = skickat
    assert "Nu är sidan stängd" in telefon.posta("stang").content.decode()
    assert telefon.hamta("klart").status_code == 410
    assert Skattning.objects.count() == 1


def test_a_new_code_gives_a_half_beside_the_first(skickat):
    _, deltagande = skickat
    telefon, _ = ny_telefon(deltagande=deltagande)
    telefon.svara("halsa", 9)
    telefon.skicka()
    assert sorted(Skattning.objects.values_list("halsa", flat=True)) == [4, 9]
    assert Skattning.objects.filter(galler=True).count() == 1


def test_a_changed_cookie_opens_nothing(skickat):
    telefon, _ = skickat
    kaka = next(iter(telefon.client.cookies.values()))
    telefon.client.cookies[kaka.key] = kaka.value[:-2] + ("aa" if kaka.value[-2:] != "aa" else "bb")
    assert telefon.hamta("klart").status_code == 410


def test_who_chooses_the_phones_secret_cannot_reach_another_half(skickat):
    """The id of a half is made of the secret and the code's own row with the server's key."""
    forsta = Skattning.objects.get()
    cache.clear()
    annan = Telefon()
    annan.kod(lankar.ny_kod(nytt_deltagande(start=idag()), "start", None), inskick=str(forsta.pk))
    annan.svara("halsa", 10)
    annan.skicka()
    assert Skattning.objects.count() == 2
    assert Skattning.objects.get(pk=forsta.pk).halsa == 4
