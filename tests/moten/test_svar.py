"""Answers to a summons: only the form of one's own link answers, and a no calls the party's next deputy."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from moten import kallelse, kallelse_paket, svar
from moten.models import Mote, Motesmejl, Narvaro
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Kontakt, Notis
from tests.insatser.fabrik_ansokan import ny_part
from tests.moten.fabrik import ett_mote
from tests.moten.test_kallelse import en_ledamot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def snabb_pdf(monkeypatch):
    monkeypatch.setattr(kallelse_paket, "gor", lambda rad, framsteg: b"%PDF-1.7 prov")


@pytest.fixture
def mote(kommun, django_capture_on_commit_callbacks):
    """Called: a member of each of two parties, and two deputies for the first, in order, and one of another party."""
    mote = ett_mote(om=30)
    fk = ny_part("Försäkringskassan", "fk")
    en_ledamot(mote, kommun, "Eva Prov")
    en_ledamot(mote, fk, "Frida Prov")
    en_ledamot(mote, kommun, "Andra Reserv", ersattare=True, ordning=2)
    en_ledamot(mote, kommun, "Forsta Reserv", ersattare=True, ordning=1)
    en_ledamot(mote, ny_part("Gamla kommun"), "Fel Reserv", ersattare=True)
    with django_capture_on_commit_callbacks(execute=True):
        kallelse.skicka(mote, av=None, svara_senast=idag() + timedelta(20))
    mail.outbox.clear()
    return mote


def _rad(mote, namn):
    return mote.narvaro.select_related("kontakt").get(kontakt__namn=namn)


def _svara(client, mote, namn, valt):
    return client.post(svar.lank(_rad(mote, namn)), {"svar": valt}, follow=True)


def _till():
    return [mejl.to[0] for mejl in mail.outbox if mejl.subject.startswith("Kallelse som ersättare")]


def test_to_open_the_link_answers_nothing_and_the_form_does(client, mote):
    rad = _rad(mote, "Eva Prov")
    lank = svar.lank(rad)
    for _ in range(3):
        html = client.get(lank).content.decode()
    assert client.head(lank).status_code in (200, 405)
    rad.refresh_from_db()
    assert (rad.svar, rad.svarade) == ("", None)
    assert "Eva" not in html + lank
    assert "<title>Svara på kallelsen" in html
    html = _svara(client, mote, "Eva Prov", "senare").content.decode()
    assert "Ditt svar är sparat: kommer senare" in html
    html = _svara(client, mote, "Eva Prov", "ja").content.decode()
    rad.refresh_from_db()
    assert (rad.svar, bool(rad.svarade)) == ("ja", True)
    assert [rad.data["svar"] for rad in Handelse.objects.filter(namn="svarat").order_by("pk")] == [
        ["", "senare"], ["senare", "ja"],
    ]  # fmt: skip
    _svara(client, mote, "Eva Prov", "ja")
    assert Handelse.objects.filter(namn="svarat").count() == 2
    for fel in ("kanske", "ja\x00", ""):
        svaret = client.post(lank, {"svar": fel})
        assert "Valet gick inte att läsa" in svaret.content.decode()
    assert not _till()


@pytest.mark.parametrize("kod", ["x", "WzEsMV0:1abc:falsk", "a" * 3000, "å", "%00", "WzEsMV0"])
def test_a_link_that_we_did_not_make_is_a_friendly_page(client, mote, kod):
    svaret = client.get(f"/kallelser/svar/{kod}/")
    assert svaret.status_code == 404
    assert "Länken gäller inte" in svaret.content.decode()
    assert client.post(f"/kallelser/svar/{kod}/", {"svar": "ja"}).status_code == 404


def test_a_link_is_of_one_row_and_ends_with_the_meeting(client, mote):
    rad = _rad(mote, "Eva Prov")
    annan = svar.signing.dumps([rad.pk, rad.mote_id + 1], salt=svar.SALT)
    fel_salt = svar.signing.dumps([rad.pk, rad.mote_id], salt="annat")
    inte_kallad = svar.kod(_rad(mote, "Forsta Reserv"))
    for kod in (annan, fel_salt, inte_kallad):
        assert client.get(reverse("moten:narvaro_svar", args=[kod])).status_code == 404
    with time_machine.travel(nu() + timedelta(days=30)):
        assert client.get(svar.lank(rad)).status_code == 200
    with time_machine.travel(nu() + timedelta(days=31)):
        assert client.get(svar.lank(rad)).status_code == 404


def test_when_it_has_begun_or_is_cancelled_no_answer_is_changed(client, mote):
    _svara(client, mote, "Eva Prov", "ja")
    for lage, ord_ in (("pagar", "Mötet har börjat"), ("installt", "Mötet är inställt"), ("planerat", "gäller inte")):
        Mote.objects.filter(pk=mote.pk).update(lage=lage)
        assert ord_ in client.get(svar.lank(_rad(mote, "Eva Prov"))).content.decode()
        html = _svara(client, mote, "Eva Prov", "nej").content.decode()
        assert "Inget ändrades" in html
        assert _rad(mote, "Eva Prov").svar == "ja"
    assert not _till()


def test_a_no_calls_the_partys_deputies_in_their_order_and_says_when_there_are_no_more(client, mote, ny_anvandare):
    ny_anvandare("kansli")
    _svara(client, mote, "Eva Prov", "nej")
    assert _till() == ["forsta.reserv@example.se"]
    eva, forsta = _rad(mote, "Eva Prov"), _rad(mote, "Forsta Reserv")
    assert (eva.ersattare_kallad, forsta.ersatter, bool(forsta.kallad)) == (forsta, eva.kontakt, True)
    mejl = mail.outbox[-1].body
    assert "En ledamot för Granviks kommun kan inte komma" in mejl
    assert svar.lank(forsta).split("/")[3].split(":")[0] in mejl
    _svara(client, mote, "Eva Prov", "nej")
    assert len(_till()) == 1
    _svara(client, mote, "Forsta Reserv", "nej")
    assert _till() == ["forsta.reserv@example.se", "andra.reserv@example.se"]
    andra = _rad(mote, "Andra Reserv")
    assert (andra.ersatter, _rad(mote, "Forsta Reserv").ersattare_kallad) == (eva.kontakt, andra)
    assert not Notis.objects.exists()
    _svara(client, mote, "Andra Reserv", "nej")
    notis = Notis.objects.get()
    assert notis.rubrik.endswith("Granviks kommun saknar ersättare")
    assert len(_till()) == 2
    assert mail.outbox[-1].subject == notis.rubrik
    assert not {"Eva", "Forsta", "Andra"} & set(re.findall(r"\w+", notis.rubrik + mail.outbox[-1].body))


def test_who_can_come_after_all_sends_no_deputy_home_and_the_kansli_is_told(client, mote, ny_anvandare):
    ny_anvandare("kansli")
    _svara(client, mote, "Eva Prov", "nej")
    _svara(client, mote, "Forsta Reserv", "ja")
    _svara(client, mote, "Eva Prov", "ja")
    forsta = _rad(mote, "Forsta Reserv")
    assert (bool(forsta.kallad), forsta.svar, forsta.ersatter) == (True, "ja", None)
    assert "ledamoten kommer ändå" in Notis.objects.get().rubrik
    _svara(client, mote, "Eva Prov", "senare")  # comes still: told once
    assert Notis.objects.count() == 1
    _svara(client, mote, "Eva Prov", "nej")  # changes again: the same deputy, who is not asked twice
    assert _rad(mote, "Forsta Reserv").ersatter == _rad(mote, "Eva Prov").kontakt
    assert _till() == ["forsta.reserv@example.se"]


def test_a_deputy_whom_nobody_needs_any_more_calls_nobody_and_is_the_first_to_take_another_place(
    client, mote, ny_anvandare, kommun
):
    kontakt = en_ledamot(mote, kommun, "Karl Prov")
    Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, kallad=nu())
    _svara(client, mote, "Eva Prov", "nej")
    _svara(client, mote, "Eva Prov", "ja")
    _svara(client, mote, "Karl Prov", "nej")
    assert _rad(mote, "Forsta Reserv").ersatter == kontakt
    assert _till() == ["forsta.reserv@example.se"]
    _svara(client, mote, "Eva Prov", "nej")  # serves in Karl's place now, so the next is called
    forsta, andra = _rad(mote, "Forsta Reserv"), _rad(mote, "Andra Reserv")
    assert (forsta.ersatter, andra.ersatter) == (kontakt, _rad(mote, "Eva Prov").kontakt)
    assert _till() == ["forsta.reserv@example.se", "andra.reserv@example.se"]
    _svara(client, mote, "Eva Prov", "ja")
    ny_anvandare("kansli")
    _svara(client, mote, "Andra Reserv", "nej")  # was told by telephone that nobody needs her
    assert not Notis.objects.exists()  # nobody is missing
    _svara(client, mote, "Karl Prov", "ja")
    assert _rad(mote, "Forsta Reserv").ersatter is None
    assert len(_till()) == 2
    assert Notis.objects.count() == 1


def test_a_new_day_leaves_the_deputies_called_and_the_kansli_hears_when_both_come(
    client, mote, ny_anvandare, django_capture_on_commit_callbacks
):
    ny_anvandare("kansli")
    _svara(client, mote, "Eva Prov", "nej")
    mote.refresh_from_db()
    mote.dag += timedelta(7)
    mote.save()
    with django_capture_on_commit_callbacks(execute=True):
        kallelse.skicka(mote, av=None, svara_senast=idag() + timedelta(20))
    assert "forsta.reserv@example.se" in {mejl.to[0] for mejl in mail.outbox if mejl.subject.startswith("Ändrad")}
    assert _rad(mote, "Forsta Reserv").ersatter is None
    _svara(client, mote, "Forsta Reserv", "ja")
    assert not Notis.objects.exists()
    _svara(client, mote, "Eva Prov", "ja")
    assert "kommer ändå" in Notis.objects.get().rubrik


def test_a_link_is_heard_only_so_many_times_an_hour(client, mote, ny_anvandare):
    for nr in range(svar.SVAR_I_TIMMEN):
        _svara(client, mote, "Frida Prov", ("ja", "senare")[nr % 2])
    html = _svara(client, mote, "Frida Prov", "nej").content.decode()
    assert "många gånger den senaste timmen" in html
    assert _rad(mote, "Frida Prov").svar == "senare"
    svar.svara(_rad(mote, "Frida Prov").pk, "nej", av=ny_anvandare("kansli"))
    assert _rad(mote, "Frida Prov").svar == "nej"
    _svara(client, mote, "Eva Prov", "ja")
    assert _rad(mote, "Eva Prov").svar == "ja"


def test_two_who_decline_get_a_deputy_each_and_the_wrong_party_none(client, mote, ny_anvandare, kommun):
    ny_anvandare("kansli")
    kontakt = en_ledamot(mote, kommun, "Karl Prov")
    Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, kallad=nu())
    _svara(client, mote, "Eva Prov", "nej")
    _svara(client, mote, "Karl Prov", "nej")
    assert _till() == ["forsta.reserv@example.se", "andra.reserv@example.se"]
    _svara(client, mote, "Frida Prov", "nej")
    assert len(_till()) == 2
    assert Notis.objects.get().rubrik.endswith("Försäkringskassan saknar ersättare")


def test_a_deputy_who_has_no_address_or_is_not_in_the_list_is_called_all_the_same(client, mote, ny_anvandare):
    ny_anvandare("kansli")
    _rad(mote, "Forsta Reserv").delete()
    Kontakt.objects.filter(namn="Forsta Reserv").update(epost="")
    _svara(client, mote, "Eva Prov", "nej")
    assert _rad(mote, "Forsta Reserv").kallad
    assert "Ring ersättaren för Granviks kommun" in Notis.objects.get().rubrik
    assert not _till()


def test_a_body_without_deputies_tells_nobody_of_every_no(client, kommun, ny_anvandare):
    ny_anvandare("kansli")
    mote = ett_mote("beredning", om=30)
    en_ledamot(mote, kommun, "Eva Prov")
    kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    _svara(client, mote, "Eva Prov", "nej")
    assert not Notis.objects.exists()


def test_a_guests_no_calls_nobody(client, mote, kommun):
    kontakt = Kontakt.objects.create(namn="Gunn Prov", part=kommun, epost="gunn@example.se")
    Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, kallad=nu(), roll="gast")
    _svara(client, mote, "Gunn Prov", "nej")
    assert not _till()


def test_a_user_answers_in_the_page_and_the_kansli_for_who_rings(client, mote, ny_anvandare):
    eva, annan = ny_anvandare("styrelse"), ny_anvandare("styrelse")
    Kontakt.objects.filter(namn="Eva Prov").update(anvandare=eva)
    sidan = reverse("moten:mote_detail", args=[mote.pk])
    svara = reverse("moten:narvaro_svara", args=[_rad(mote, "Eva Prov").pk])
    client.force_login(eva)
    assert "Du har inte svarat än." in client.get(sidan).content.decode()
    html = client.post(svara, {"svar": "senare", "fran": "motet"}, follow=True).content.decode()
    assert "Ditt svar: <strong>kommer senare</strong>" in html
    assert "har svarat" not in html  # how far it has come is the kansli's
    client.force_login(annan)
    assert "Kommer du?" not in client.get(sidan).content.decode()
    assert client.post(svara, {"svar": "nej"}).status_code == 403
    client.force_login(ny_anvandare("remittent"))
    assert client.post(svara, {"svar": "nej"}).status_code == 404
    client.force_login(ny_anvandare("kansli"))
    html = client.post(svara, {"svar": "ja"}, follow=True).content.decode()
    assert "1 av 2 har svarat, Försäkringskassan saknas." in html
    assert "Inget svar än." in html
    assert "Valet gick inte att läsa" in client.post(svara, {"svar": "x"}, follow=True).content.decode()
    assert "1 av 2 har svarat, Försäkringskassan saknas." in client.get(sidan).content.decode()
    assert Handelse.objects.filter(namn="svarat").last().av_id
    inte_kallad = reverse("moten:narvaro_svara", args=[_rad(mote, "Forsta Reserv").pk])
    assert "inte kallad" in client.post(inte_kallad, {"svar": "ja"}, follow=True).content.decode()
    assert client.post(reverse("moten:narvaro_svara", args=[10**9]), {"svar": "ja"}).status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_decline_at_the_same_moment_do_not_get_the_same_deputy(kommun):
    mote = ett_mote("beredning", om=30)
    for namn in ("Eva Prov", "Karl Prov"):
        en_ledamot(mote, kommun, namn, epost=False)
    for nr in (1, 2):
        en_ledamot(mote, kommun, f"Reserv {nr}", ersattare=True, ordning=nr, epost=False)
    with transaction.atomic():
        kallelse.skicka(mote, av=None, svara_senast=mote.dag)
    grind = Barrier(2)

    def nej(pk):
        try:
            grind.wait()
            svar.svara(pk, "nej")
        finally:
            connection.close()

    tradar = [Thread(target=nej, args=[rad.pk]) for rad in mote.narvaro.filter(roll="ledamot")]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert mote.narvaro.filter(roll="ersattare").exclude(kallad=None).count() == 2
    assert len(set(mote.narvaro.filter(roll="ledamot").values_list("ersattare_kallad", flat=True))) == 2
    assert not Motesmejl.objects.exists()
