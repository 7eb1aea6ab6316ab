"""The code: made by staff, seen once, redeemed once, and not to be guessed."""

import datetime
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from samordning.karna import gissning
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Atkomst, Handelse, Installning
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import nytt_deltagande, personal
from tests.uppfoljning.svarande import Telefon
from uppfoljning import inskrivning, lankar
from uppfoljning.models import Avslutsorsak, Deltagande, Svarskod

DAG = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _rent():
    cache.clear()


@pytest.fixture
def deltagande(db):
    return nytt_deltagande(start=idag())


def kod_till(deltagande, tillfalle="start"):
    return lankar.ny_kod(deltagande, tillfalle, None)


# ---- The code


def test_the_code_is_eight_signs_of_40_bits_and_only_its_hash_is_kept(deltagande):
    koder = [kod_till(deltagande) for _ in range(50)]
    assert len(set(koder)) == 50
    assert len(gissning.ALFABET) ** lankar.LANGD == 2**40
    assert all(len(kod) == 8 and set(kod) <= set(gissning.ALFABET) for kod in koder)
    assert not set(gissning.ALFABET) & set("0O1I")
    rad = Svarskod.objects.values().get()
    assert rad["kod_sha256"] == Svarskod.fingeravtryck(koder[-1])
    assert koder[-1] not in str(rad)


def test_that_a_code_was_made_is_recorded_without_it(deltagande, ny_anvandare):
    user = personal(ny_anvandare, deltagande.insats)
    kod = lankar.ny_kod(deltagande, "start", user)
    handelse = Handelse.objects.om(deltagande).get()
    assert (handelse.namn, handelse.av, handelse.data) == ("svarskod", user, {"tillfalle": "start"})
    assert kod not in str(vars(handelse))


def test_it_is_valid_thirty_days_before_and_after_the_event(deltagande):
    kod_till(deltagande)
    rad = Svarskod.objects.get()
    assert rad.giltig_fran.astimezone().date() <= idag() - 29 * DAG
    for dagar, gar in ((-31, False), (-30, True), (30, True), (31, False)):
        kod = kod_till(deltagande)
        with time_machine.travel(nu() + dagar * DAG, tick=False):
            if gar:
                assert lankar.los_in(kod).inlost
            else:
                with pytest.raises(lankar.GallerInte):
                    lankar.los_in(kod)


def test_an_exit_that_is_not_registered_happens_today_and_a_registered_one_on_its_day(db):
    pagar = nytt_deltagande(start=idag() - 400 * DAG)
    assert lankar.giltighet(pagar, "slut") == (idag() - 30 * DAG, idag() + 30 * DAG)
    slutat = nytt_deltagande(start=idag() - 400 * DAG, slut=idag() - 10 * DAG)
    assert lankar.giltighet(slutat, "slut") == (idag() - 40 * DAG, idag() + 20 * DAG)


def test_the_window_is_the_one_that_the_association_has_decided(deltagande, client, ny_anvandare):
    Installning.objects.create(
        nyckel="fonster_dagar", varde=45, giltig_fran=datetime.date(2019, 1, 1), beslut_text="Styrelsen 2019"
    )
    assert lankar.giltighet(deltagande, "start") == (idag() - 45 * DAG, idag() + 45 * DAG)
    assert kod_till(nytt_deltagande(deltagande.insats, start=idag() - 40 * DAG))
    client.force_login(personal(ny_anvandare, deltagande.insats))
    gammalt = nytt_deltagande(deltagande.insats, start=idag() - 46 * DAG)
    sidan = client.get(reverse("uppfoljning:svarskod_create", args=[gammalt.uuid, "start"])).content.decode()
    assert "inom 45 dagar från starten" in sidan


def test_a_code_that_nobody_has_used_follows_the_day_of_its_event(deltagande, ny_anvandare):
    user, orsak = personal(ny_anvandare, deltagande.insats), Avslutsorsak.objects.get(kod="arbete")
    Deltagande.objects.update(start=idag() - 60 * DAG)
    deltagande.refresh_from_db()
    kod_till(deltagande, "slut")
    inskrivning.avsluta(deltagande=deltagande, slut=idag() - 20 * DAG, orsak=orsak, av=user)
    rad = Svarskod.objects.get()
    assert (localdate(rad.giltig_fran), localdate(rad.giltig_till)) == (idag() - 50 * DAG, idag() + 10 * DAG)
    deltagande.refresh_from_db()
    inskrivning.avsluta(deltagande=deltagande, slut=idag() - 40 * DAG, orsak=orsak, av=user)
    rad.refresh_from_db()
    assert localdate(rad.giltig_till) == idag() - 10 * DAG  # an answer now would be outside the window


def test_no_code_when_its_time_has_passed_or_there_was_no_stay(deltagande):
    gammalt = nytt_deltagande(start=idag() - 31 * DAG)
    assert kod_till(gammalt) is None
    deltagande.felregistrerad = True
    deltagande.save()
    assert kod_till(deltagande) is None
    assert not Svarskod.objects.exists()


def test_a_new_code_replaces_the_old_one_and_shuts_out_who_came_with_it(deltagande):
    forsta, telefon = kod_till(deltagande), Telefon()
    telefon.kod(forsta)
    telefon.svara("halsa", 3)
    andra = kod_till(deltagande)
    assert telefon.hamta("granska").status_code == 410
    assert "Koden stämmer inte" in Telefon().kod(forsta).content.decode()
    ny = Telefon()
    assert ny.kod(andra).status_code == 302
    assert "3 av 10" not in ny.hamta("granska").content.decode()


def test_start_and_exit_have_codes_of_their_own(deltagande):
    start, slut = kod_till(deltagande), kod_till(deltagande, "slut")
    assert lankar.los_in(start).tillfalle == "start"
    assert lankar.los_in(slut).tillfalle == "slut"


# ---- Redeeming


def test_case_spaces_and_hyphens_do_not_matter(deltagande):
    kod = kod_till(deltagande)
    assert Telefon().kod(f" {kod[:4].lower()}-{kod[4:]} ").status_code == 302


def test_wrong_used_and_expired_say_what_to_do_and_nothing_about_whose_it_is(deltagande):
    kod, telefon = kod_till(deltagande), Telefon()
    telefon.kod("AAAABBBB")
    assert telefon.sida.status_code == 400
    assert "Koden stämmer inte. Titta på lappen och skriv koden igen." in telefon.text
    telefon.kod(kod)
    annan = Telefon()
    annan.kod(kod)
    assert "Koden är redan använd" in annan.text
    assert "Be personalen om en ny kod" in annan.text
    sen = Telefon()
    with time_machine.travel(nu() + 31 * DAG):
        sen.kod(kod_till(nytt_deltagande(start=idag())))
        assert sen.sida.status_code == 302
        sen = Telefon()
        sen.kod(kod)
    for sida in (annan.text, sen.text):
        assert deltagande.namn not in sida
        assert deltagande.insats.namn not in sida


def test_an_expired_code_is_told(deltagande):
    kod = kod_till(deltagande)
    with time_machine.travel(nu() + 31 * DAG):
        telefon = Telefon()
        telefon.kod(kod)
    assert telefon.sida.status_code == 400
    assert "Koden gäller inte i dag" in telefon.text


@pytest.mark.parametrize(
    ("skrivet", "fel"),
    [
        ("", "Skriv koden som står på lappen"),
        ("ABCD", "Du har skrivit 4"),
        ("ABCD EFG0", "aldrig siffrorna 0 och 1"),
        ("A" * 41, "Koden är för lång"),
    ],
)
def test_a_slip_of_the_pen_is_told_and_is_no_guess(db, skrivet, fel):
    telefon = Telefon()
    for _ in range(lankar.FEL_PER_PLATS + 1):
        telefon.kod(skrivet)
    assert telefon.sida.status_code == 400
    assert fel in telefon.text


def test_looking_at_the_page_uses_no_code(deltagande):
    kod = kod_till(deltagande)
    Telefon().hamta("kod", fraga=f"?kod={kod}")
    assert Svarskod.objects.get().inlost is None


def test_a_stay_that_was_a_mistake_opens_nothing(deltagande):
    kod = kod_till(deltagande)
    deltagande.felregistrerad = True
    deltagande.save()
    with pytest.raises(lankar.GallerInte):
        lankar.los_in(kod)


def test_what_was_never_sent_is_wiped_when_its_hour_has_passed(deltagande):
    telefon, annan = Telefon(), nytt_deltagande(start=idag())
    telefon.kod(kod_till(deltagande))
    telefon.svara("halsa", 3)
    sparat = Svarskod.objects.filter(deltagande=deltagande, utkast__isnull=False)
    lankar.los_in(kod_till(annan, "slut"))
    assert sparat.exists(), "the hour has not passed"
    with time_machine.travel(nu() + lankar.BESOK):
        lankar.los_in(kod_till(annan))
    assert not sparat.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_twenty_who_redeem_at_once_one_gets_it():
    kod = kod_till(nytt_deltagande(start=idag()))
    fick, nekades, klara = [], [], threading.Barrier(20)

    def los_in():
        try:
            klara.wait()
            with transaction.atomic():
                fick.append(lankar.los_in(kod))
        except lankar.Anvand:
            nekades.append(1)
        finally:
            connection.close()

    tradar = [threading.Thread(target=los_in) for _ in range(20)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert (len(fick), len(nekades)) == (1, 19)


# ---- Guessing


def test_twenty_wrong_in_an_hour_are_enough_from_one_place(deltagande):
    kod, telefon = kod_till(deltagande), Telefon()
    for _ in range(lankar.FEL_PER_PLATS):
        assert telefon.kod("AAAABBBB").status_code == 400
    assert telefon.kod(kod).status_code == 429
    assert "Vänta en timme" in telefon.text
    assert Svarskod.objects.get().inlost is None
    assert Telefon("192.0.2.99").kod(kod).status_code == 302


def test_after_an_hour_it_goes_again(deltagande, monkeypatch):
    kod, telefon = kod_till(deltagande), Telefon()
    monkeypatch.setattr(lankar, "TIMME", 0)  # the cache's own clock is not moved
    for _ in range(lankar.FEL_PER_PLATS):
        telefon.kod("AAAABBBB")
    assert telefon.kod(kod).status_code == 302


def test_a_hundred_wrong_in_an_hour_are_enough_in_all(deltagande):
    kod = kod_till(deltagande)
    for nr in range(lankar.FEL_I_ALLT):
        assert Telefon(f"198.51.100.{nr}").kod("AAAABBBB").status_code == 400
    assert Telefon("203.0.113.1").kod(kod).status_code == 429


def test_a_whole_64_of_ipv6_is_one_place_and_ipv4_in_ipv6_is_itself():
    nyckel = [next(iter(lankar._nycklar(ip))) for ip in ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1")]
    assert nyckel[0] == nyckel[1] != nyckel[2]
    assert lankar._nycklar("::ffff:192.0.2.1") == lankar._nycklar("192.0.2.1")


def test_who_redeems_rightly_and_who_comes_with_a_used_code_is_not_counted(deltagande):
    kod = kod_till(deltagande)
    Telefon().kod(kod)
    for _ in range(lankar.FEL_PER_PLATS + 1):
        assert Telefon().kod(kod).status_code == 400


@pytest.mark.parametrize("metod", ["get_many", "add"])
def test_without_a_cache_no_code_is_tried_and_the_page_says_so(deltagande, monkeypatch, metod):
    def borta(*_args, **_kwargs):
        raise lankar.RedisError

    kod, telefon = kod_till(deltagande), Telefon()
    with monkeypatch.context() as m:
        m.setattr(type(cache._connections["default"]), metod, borta)
        assert telefon.kod("AAAABBBB" if metod == "add" else kod).status_code == 503
        assert "Inget är fel med din kod" in telefon.text
    assert Svarskod.objects.get().inlost is None
    assert telefon.kod(kod).status_code == 302


# ---- Staff's page


def adress(deltagande, tillfalle="start"):
    return reverse("uppfoljning:svarskod_create", args=[deltagande.uuid, tillfalle])


@pytest.fixture
def inne(client, deltagande, ny_anvandare):
    client.force_login(personal(ny_anvandare, deltagande.insats))
    return client


def test_staff_are_asked_first_and_see_the_code_once(inne, deltagande):
    fraga = inne.get(adress(deltagande)).content.decode()
    assert "Gör en kod" in fraga
    assert not Svarskod.objects.exists()
    svar = inne.post(adress(deltagande))
    text = svar.content.decode()
    kod = svar.context["kod"]
    assert len(kod) == 9
    assert kod in text
    assert Svarskod.objects.get().kod_sha256 == Svarskod.fingeravtryck(kod)
    assert "/svara/" in text
    assert "<title>QR-kod</title>" in text
    igen = inne.get(adress(deltagande)).content.decode()
    assert kod not in igen
    assert "Det finns redan en kod" in igen


def test_the_note_has_no_name_on_paper_nor_in_the_title(inne, deltagande):
    text = inne.post(adress(deltagande)).content.decode()
    titel = text.split("<title>")[1].split("</title>")[0]
    lapp = text.split('<section class="blad kodlapp"')[1].split("</section>")[0]
    assert deltagande.namn not in titel + lapp
    assert deltagande.insats.namn not in titel + lapp
    assert 'class="ej-utskrift"' in text.split(f"<strong>{deltagande.namn}")[0][-400:]


def test_every_look_is_in_the_access_log(inne, deltagande):
    inne.get(adress(deltagande))
    inne.post(adress(deltagande))
    rader = Atkomst.objects.order_by("pk").values_list("handling", "objekt_typ", "objekt_id", "person")
    vem = ("deltagande", str(deltagande.uuid), deltagande.deltagare.uuid)
    assert list(rader) == [("visade", *vem), ("skapade svarskod", *vem)]


def test_staff_of_another_insats_and_the_kansli_find_nothing(client, deltagande, ny_anvandare):
    for user in (personal(ny_anvandare, ny_insats()), ny_anvandare("kansli"), ny_anvandare("remittent")):
        client.force_login(user)
        assert client.get(adress(deltagande)).status_code == 404
        assert client.post(adress(deltagande)).status_code == 404
    assert not Svarskod.objects.exists()


def test_an_unknown_occasion_is_no_page(inne, deltagande):
    assert inne.get(adress(deltagande, "mitt")).status_code == 404


def test_too_late_is_said_and_makes_nothing(inne, deltagande):
    deltagande.start = idag() - 31 * DAG
    deltagande.save()
    for svar in (inne.get(adress(deltagande)), inne.post(adress(deltagande))):
        assert "de dagarna har gått" in svar.content.decode()
    assert not Svarskod.objects.exists()
