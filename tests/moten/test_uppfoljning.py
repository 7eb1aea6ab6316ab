"""What is to be done after meetings: who sees it, who changes it, how it comes back to the next meeting and by mail."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten import aterkoppling, dagordning, uppfoljning
from moten.models import Beslut, Fastpunkt, Forslag, Ledamotskap, Punkt, Utfall
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_mote, nytt_organ

pytestmark = pytest.mark.django_db


def en_atgard(slag="beredning", text="Ring runt till kommunerna", ansvarig=None, om=3, dag=None, **falt):
    mote = ett_mote(slag, lage="avslutat", dag=dag or idag() - timedelta(10 + Utfall.objects.count()))
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Gläntan", status="behandlad")
    senast = None if om is None else idag() + timedelta(om)
    return Utfall.objects.create(punkt=punkt, typ="atgard", text=text, ansvarig=ansvarig, senast=senast, **falt)


@pytest.fixture
def eva(kommun, ny_anvandare):
    """Somebody with an account and no role."""
    return Kontakt.objects.create(namn="Eva Prov", part=kommun, anvandare=ny_anvandare())


def _adress(rad):
    return reverse("moten:atgard_edit", args=[rad.pk])


def test_the_list_shows_what_is_late_done_and_mine(inloggad, eva):
    sen, snar = en_atgard(om=-2, text="Sen sak", ansvarig=eva), en_atgard(text="Snar sak")
    klar = en_atgard(text="Klar sak", lage="klar")
    client = inloggad("kansli")
    html = client.get(reverse("moten:atgard_list")).content.decode()
    assert html.index("Sen sak") < html.index("Snar sak")
    assert "Klar sak" not in html
    assert f"#p{snar.punkt_id}" in html
    for fraga, finns, inte in (
        ("?visa=sena", "Sen sak", "Snar sak"), ("?visa=klara", "Klar sak", "Sen sak"),
        ("?visa=alla", "Klar sak", "Ingen åtgärd"), ("?mina=on", "Ingen åtgärd passar", "Sen sak"),
        ("?visa=nej", "Snar sak", "Ingen åtgärd"),
    ):  # fmt: skip
        html = client.get(reverse("moten:atgard_list") + fraga).content.decode()
        assert finns in html, fraga
        assert inte not in html, fraga
    assert klar.lage == "klar"
    assert sen.senast < idag()


def test_who_is_to_do_it_says_how_far_it_has_come_and_nothing_else(client, eva, ny_anvandare, kommun):
    rad = en_atgard("medlemsrad", ansvarig=eva)
    client.force_login(eva.anvandare)
    html = client.get(_adress(rad)).content.decode()
    assert 'name="senast"' not in html
    data = {"lage": "klar", "uppfoljning": "Jag ringde.", "version": rad.version, "senast": "2031-01-01"}
    client.post(_adress(rad), data)
    rad.refresh_from_db()
    assert (rad.lage, rad.klart, rad.uppfoljning) == ("klar", idag(), "Jag ringde.")
    assert rad.senast == idag() + timedelta(3)
    svar = client.post(_adress(rad), data | {"lage": "pagar", "version": rad.version - 1})
    assert "Någon annan har sparat" in svar.content.decode()
    client.post(_adress(rad), data | {"lage": "pagar", "version": rad.version})
    rad.refresh_from_db()
    assert (rad.lage, rad.klart) == ("pagar", None)
    client.force_login(ny_anvandare())
    assert client.get(_adress(rad)).status_code == 404
    ledamot = Kontakt.objects.create(namn="Per Prov", part=kommun, anvandare=ny_anvandare())
    Ledamotskap.objects.create(organ=rad.punkt.mote.organ, kontakt=ledamot, part=kommun, fran=idag() - timedelta(99))
    client.force_login(ledamot.anvandare)
    assert client.get(_adress(rad)).status_code == 403
    assert "Ring runt" in client.get(reverse("moten:atgard_list")).content.decode()
    assert client.get(reverse("moten:mote_list")).status_code == 200


@pytest.mark.parametrize("antal", [1, 9])
def test_the_list_asks_as_often_for_many(inloggad, eva, django_assert_max_num_queries, antal):
    for _ in range(antal):
        en_atgard(ansvarig=eva)
    client = inloggad("kansli")
    client.get(reverse("moten:atgard_list"))
    with django_assert_max_num_queries(14):
        client.get(reverse("moten:atgard_list"))


def test_the_standing_item_fills_itself_until_the_meeting_closes(inloggad, eva):
    rad = en_atgard(ansvarig=eva)
    organ = nytt_organ("beredning")
    Fastpunkt.objects.create(organ=organ, slag="uppfoljning", rubrik="Uppföljning", underlag="Kort.")
    mote = ett_mote(organ=organ, lage="kallat", dag=idag())
    (punkt,) = dagordning.bygg(mote, Anvandare.objects.first())
    assert punkt.underlag.startswith("Kort.\n\nAtt följa upp:\n- Ring runt till kommunerna. Eva Prov, senast ")
    assert "Inte påbörjad. Från Gläntan, " in punkt.underlag
    Punkt.objects.filter(pk=punkt.pk).update(underlag=punkt.underlag + "\n\nSkrivet för hand.")
    Utfall.objects.filter(pk=rad.pk).update(lage="pagar")
    client = inloggad("kansli")
    client.post(reverse("moten:mote_oppna", args=[mote.pk]))
    punkt.refresh_from_db()
    assert "Pågår. Från" in punkt.underlag
    assert punkt.underlag.count("Att följa upp:") == 1
    assert "Skrivet för hand." in punkt.underlag
    form = client.get(reverse("moten:mote_avsluta", args=[mote.pk])).context["form"]
    data = {falt.html_name: falt.value() for falt in form if falt.value() not in (None, False)}
    client.post(reverse("moten:mote_avsluta", args=[mote.pk]), data | {f"{punkt.pk}-status": "behandlad"})
    Utfall.objects.filter(pk=rad.pk).update(lage="klar")
    punkt.refresh_from_db()
    assert "Pågår. Från" in punkt.text
    assert uppfoljning.block(organ, idag() + timedelta(1)) == ""


def test_the_boards_answer_comes_back_to_the_group_once(kommun, inloggad):
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    mote = ett_mote("beredning", lage="avslutat", dag=idag() - timedelta(30))
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Gläntan", arende=arende)
    Utfall.objects.create(punkt=punkt, typ="medskick", text="Glöm inte tolkarna.")
    beslut = Beslut.objects.create(
        arende=arende, organ=nytt_organ("styrelse"), datum=idag(), paragraf="§ 34", utfall="bifall",
        motivering="Styrelsen beviljar.",
    )  # fmt: skip
    av = Anvandare.objects.first()
    aterkoppling.beratta(beslut, av=av)
    aterkoppling.beratta(beslut, av=av)
    onskan = Forslag.objects.get()
    assert onskan.organ == mote.organ
    for ord_ in ("§ 34", "bifall", "Styrelsen beviljar.", "- Glöm inte tolkarna."):
        assert ord_ in onskan.text
    nasta = nytt_mote("beredning")
    assert [rad.punkt.underlag for rad in dagordning.forslag(nasta)] == [onskan.text]
    dagordning.bygg(nasta, av)
    aterkoppling.beratta(beslut, av=av)
    assert dagordning.forslag(nytt_mote("beredning", 90)) == []


def test_the_kansli_is_told_once_of_what_has_become_very_late(
    ny_anvandare, eva, mailoutbox, django_capture_on_commit_callbacks
):
    ny_anvandare("kansli")
    rad = en_atgard(ansvarig=eva, om=-10)
    en_atgard(om=-30, lage="klar")

    def brev(senast=None):
        mailoutbox.clear()
        if senast is not None:
            Utfall.objects.filter(pk=rad.pk).update(senast=idag() - timedelta(senast))
        with django_capture_on_commit_callbacks(execute=True):
            uppfoljning.beratta_om_sena()
        return [mejl.subject for mejl in mailoutbox]

    mycket_sen = ["Åtgärder efter möten är mycket sena"]
    assert [brev(), brev(14)] == [[], []]
    assert brev(15) == mycket_sen
    assert all("Eva" not in mejl.body and "Ring" not in mejl.body for mejl in mailoutbox)
    assert [brev(), brev(24)] == [[], []]
    # A new day begins it all again: told before that one became very late.
    Utfall.objects.update(paminnd=nu() - timedelta(20))
    assert brev(15) == mycket_sen


def test_the_kansli_begins_to_follow_a_decision(inloggad, eva):
    rad = en_atgard(om=None, text="Styrelsen antar planen.")
    Utfall.objects.filter(pk=rad.pk).update(typ="beslut")
    punkt = rad.punkt
    client = inloggad("kansli")
    assert "antar planen" not in client.get(reverse("moten:atgard_list") + "?visa=alla").content.decode()
    assert _adress(rad) in client.get(reverse("moten:mote_detail", args=[punkt.mote_id])).content.decode()
    data = {"lage": "pagar", "uppfoljning": "", "version": rad.version, "ansvarig": "", "senast": ""}
    assert client.post(_adress(rad), data).status_code == 200
    assert client.post(_adress(rad), data | {"ansvarig": eva.pk, "senast": "2031-01-01"}).status_code == 302
    assert "antar planen" in client.get(reverse("moten:atgard_list")).content.decode()
    client.force_login(eva.anvandare)
    assert client.get(_adress(rad)).status_code == 200
    information = en_atgard(om=None)
    Utfall.objects.filter(pk=information.pk).update(typ="information")
    assert inloggad("kansli").get(_adress(information)).status_code == 404


def test_what_the_owner_may_not_read_is_not_named(client, eva):
    """Who is to do something need not have been at the meeting."""
    rad = en_atgard("medlemsrad", ansvarig=eva)
    client.force_login(eva.anvandare)
    for adress in (reverse("moten:atgard_list"), _adress(rad)):
        html = client.get(adress).content.decode()
        assert "Ring runt" in html
        assert str(rad.punkt.mote.organ) in html
        assert "Gläntan" not in html
        assert reverse("moten:mote_detail", args=[rad.punkt.mote_id]) not in html
    Ledamotskap.objects.create(organ=rad.punkt.mote.organ, kontakt=eva, part=eva.part, fran=idag() - timedelta(99))
    for adress in (reverse("moten:atgard_list"), _adress(rad)):
        assert (
            f"{reverse('moten:mote_detail', args=[rad.punkt.mote_id])}#p{rad.punkt_id}"
            in client.get(adress).content.decode()
        )


def test_who_has_a_seat_finds_the_meetings_in_the_menu(client, eva):
    client.force_login(eva.anvandare)
    moten = f'href="{reverse("moten:mote_list")}"'
    assert moten not in client.get("/start/").content.decode()
    assert client.get(reverse("moten:mote_list")).status_code == 403
    Ledamotskap.objects.create(organ=nytt_organ("medlemsrad"), kontakt=eva, part=eva.part, fran=idag())
    assert moten in client.get("/start/").content.decode()
    assert client.get(reverse("moten:mote_list")).status_code == 200
