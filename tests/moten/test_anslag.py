"""The notice board: which days, what cannot be changed afterwards, what all may read, and the proof."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moten import anslag, motespaneler, publicering
from moten.models import Anslag, Organ, Punkt
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from tests.moten.fabrik import ett_mote, nytt_organ
from tests.uppfoljning.tryck import sidor

pytestmark = pytest.mark.django_db
TAVLAN = "moten:anslag_list"


@pytest.fixture
def mote(forbund):
    """A board's approved record, §§ 7-8."""
    organ = nytt_organ("styrelse")
    Organ.objects.filter(pk=organ.pk).update(justeras=True, publikt=True, numrering="paragraf")
    justerat = timezone.make_aware(datetime.combine(idag() - timedelta(1), datetime.min.time()))
    mote = ett_mote(organ=nytt_organ("styrelse"), lage="avslutat", dag=idag() - timedelta(9), justerat=justerat)
    for nr, rubrik in ((7, "Ekonomi"), (8, "Om Kalle Persson")):
        Punkt.objects.create(mote=mote, ordning=nr, nummer=nr, rubrik=rubrik, text="Text.", status="behandlad")
    type(mote).objects.filter(pk=mote.pk).update(lage="justerat")
    mote.refresh_from_db()
    return mote


def _sida(mote, namn="anslag_edit"):
    return reverse(f"moten:{namn}", args=[mote.pk])


def _spara(client, mote, **falt):
    form = client.get(_sida(mote)).context["form"]
    data = {namn: form[namn].value() for namn in ("upp", "ned", "forvaras", "version")} | falt
    return client.post(_sida(mote), data, follow=True)


def _tavlan(client):
    return client.get(reverse(TAVLAN)).content.decode()


def _tid_gar(mote, dagar):
    """The notice was put up so many days ago."""
    rad = Anslag.objects.get(mote=mote)
    Anslag.objects.update(upp=rad.upp - timedelta(dagar), ned=rad.ned - timedelta(dagar))


@pytest.mark.parametrize(
    ("upp", "sista"),
    [
        (date(2026, 3, 2), date(2026, 3, 23)),  # Monday to Monday
        (date(2026, 3, 7), date(2026, 3, 30)),  # a Saturday gives way to Monday
        (date(2026, 3, 13), date(2026, 4, 7)),  # Good Friday, Easter and the day after
        (date(2026, 4, 10), date(2026, 5, 4)),  # the first of May, then a weekend
        (date(2026, 12, 3), date(2026, 12, 28)),  # Christmas Eve to the Sunday after
    ],
)
def test_the_last_day_to_appeal_is_a_working_day_three_weeks_on(upp, sista):
    assert anslag.sista_dag(upp) == sista
    assert anslag.tidigast_ned(upp) == sista + timedelta(1)


def test_a_notice_is_put_up_with_likely_days_and_is_read_by_all(inloggad, mote, client):
    kansli = inloggad("kansli")
    html = kansli.get(_sida(mote)).content.decode()
    assert "Det ska vara anslaget senast" in html
    assert "Anslaget är sparat" in _spara(kansli, mote, forvaras="Rum 7 <b>").content.decode()
    rad = Anslag.objects.get()
    assert (rad.upp, rad.ned) == (idag(), anslag.tidigast_ned(idag()))
    assert Handelse.objects.om(rad).get().data == {"upp": str(rad.upp), "ned": str(rad.ned), "forvaras": "Rum 7 <b>"}
    kansli.logout()
    html = _tavlan(client)
    for ord_ in ("§§ 7–8", "Rum 7 &lt;b&gt;", "Sista dag att överklaga"):
        assert ord_ in html
    # Nothing of the record before it is published and masked.
    assert "Ekonomi" not in html
    assert "Persson" not in html
    assert _sida(mote, "protokoll_detail") not in html


def test_what_the_record_takes_up_is_told_as_it_was_published(inloggad, mote, client, ny_anvandare):
    kansli = inloggad("kansli")
    _spara(kansli, mote)
    blad, _, fynd = publicering.underlag(mote)
    publicering.publicera(mote, blad, [(rad.text, "") for rad in fynd], [], av=ny_anvandare("kansli"))
    kansli.logout()
    html = _tavlan(client)
    assert "§ 7 Ekonomi" in html
    assert "§ 8 [dolt]" in html.replace("Om [dolt]", "[dolt]")
    assert "Persson" not in html
    assert _sida(mote, "protokoll_detail") in html
    Organ.objects.update(publikt=False)
    html = _tavlan(client)
    assert "§§ 7–8" in html
    assert "Ekonomi" not in html
    assert client.get(_sida(mote, "protokoll_detail")).status_code == 404


@pytest.mark.parametrize(
    ("falt", "fel"),
    [
        ({"ned": idag() + timedelta(20)}, "så länge det går att överklaga"),
        ({"upp": idag() - timedelta(1)}, "då satt anslaget inte uppe"),
        ({"upp": idag() + timedelta(9)}, "så länge det går att överklaga"),
        ({"forvaras": ""}, "protokollet förvaras"),
        ({"upp": "i går"}, "2026-03-31"),
        ({"ned": "9999-01-01"}, "mellan 1900 och 2100"),
    ],
)
def test_a_notice_that_is_not_right_is_not_put_up(inloggad, mote, falt, fel):
    html = _spara(inloggad("kansli"), mote, **falt).content.decode()
    assert fel in html
    assert not Anslag.objects.exists()


def test_what_has_been_up_was_up(inloggad, mote, client):
    kansli = inloggad("kansli")
    _spara(kansli, mote, upp=idag() + timedelta(2), ned=idag() + timedelta(40))
    assert "Inget är anslaget" in _tavlan(kansli)
    assert kansli.get(_sida(mote, "anslag_bevis")).status_code == 404
    # Not up yet: both days may be changed.
    _spara(kansli, mote, upp=idag() + timedelta(3))
    _tid_gar(mote, 3)
    upp = Anslag.objects.get().upp
    assert upp == idag()
    _spara(kansli, mote, upp=idag() + timedelta(1), ned=idag() + timedelta(50))
    rad = Anslag.objects.get()
    assert (rad.upp, rad.ned) == (upp, idag() + timedelta(50))
    _tid_gar(mote, 45)
    assert "Anslaget sitter uppe i dag" in _spara(kansli, mote, ned=idag()).content.decode()
    assert "§§ 7–8" in _tavlan(kansli)
    _tid_gar(mote, 5)
    assert Anslag.objects.get().ned == idag()
    assert "Inget är anslaget" in _tavlan(kansli)
    html = kansli.get(_sida(mote)).content.decode()
    assert "Anslaget satt uppe från" in html
    assert "Spara anslaget" not in html
    svar = kansli.post(_sida(mote), {"upp": idag(), "ned": idag() + timedelta(60), "forvaras": "x"}, follow=True)
    assert "Anslaget är nedtaget och kan inte ändras" in svar.content.decode()
    assert Anslag.objects.get().ned == idag()


def test_two_who_change_it_see_both(inloggad, mote):
    kansli = inloggad("kansli")
    _spara(kansli, mote)
    form = kansli.get(_sida(mote)).context["form"]
    data = {"ned": form["ned"].value() + timedelta(3), "forvaras": "Arkivet", "version": form["version"].value()}
    _spara(kansli, mote, forvaras="Stadshuset")
    html = kansli.post(_sida(mote), data).content.decode()
    assert "Någon annan har sparat" in html
    assert "Stadshuset" in html
    assert 'value="Arkivet"' in html


def test_the_proof_says_who_did_what_and_when(inloggad, mote):
    kansli = inloggad("kansli")
    assert kansli.get(_sida(mote, "anslag_bevis")).status_code == 404
    _spara(kansli, mote, forvaras="Arkivet")
    svar = kansli.get(_sida(mote, "anslag_bevis"))
    assert svar["Content-Disposition"].endswith(f'filename="bevis-anslag-styrelse-{mote.dag}.pdf"')
    text = " ".join(" ".join(sidor(svar.content)).split())
    for ord_ in ("Bevis om anslag", "§§ 7–8", "Arkivet", "anslaget lades in av", "sitter uppe när beviset"):
        assert ord_ in text
    assert "Persson" not in text
    _tid_gar(mote, 60)
    text = " ".join(" ".join(sidor(kansli.get(_sida(mote, "anslag_bevis")).content)).split())
    assert "Togs ned" in text


def test_only_a_record_that_somebody_approves_is_announced(inloggad, mote):
    kansli = inloggad("kansli")
    type(mote).objects.filter(pk=mote.pk).update(lage="avslutat")
    assert "Protokollet är inte justerat" in kansli.get(_sida(mote)).content.decode()
    svar = kansli.post(_sida(mote), {"upp": idag(), "ned": idag() + timedelta(40), "forvaras": "x"}, follow=True)
    assert "går inte att anslå" in svar.content.decode()
    annat = ett_mote("beredning", lage="publicerat", publicerat=True)
    assert "anteckningar anslås inte" in kansli.get(_sida(annat)).content.decode()
    assert not Anslag.objects.exists()


@pytest.mark.parametrize("antal", [1, 6])
def test_the_board_asks_as_often_for_many(client, forbund, django_assert_num_queries, antal):
    organ = nytt_organ("styrelse")
    for nr in range(antal):
        mote = ett_mote(organ=organ, lage="justerat", dag=idag() - timedelta(nr + 1))
        Anslag.objects.create(mote=mote, upp=idag(), ned=idag() + timedelta(30), forvaras="Kansliet")
    client.get(reverse(TAVLAN))
    with django_assert_num_queries(6):
        client.get(reverse(TAVLAN))


def test_the_kansli_is_told_to_announce_it_until_it_is(inloggad, mote, ny_anvandare):
    kansli = ny_anvandare("kansli")

    def rader():
        return [rad for rad in motespaneler.att_gora(kansli) if rad.text.startswith("Anslå protokollet")]

    (rad,) = rader()
    assert rad.url == _sida(mote)
    assert rad.dag == idag() + timedelta(1)
    blad, _, _ = publicering.underlag(mote)
    publicering.publicera(mote, blad, [], [], av=kansli)
    assert len(rader()) == 1  # published is not announced
    _spara(inloggad("kansli"), mote)
    assert rader() == []
    Anslag.objects.all().delete()
    type(mote).objects.update(justerat=timezone.now() - timedelta(31))
    assert rader() == []
