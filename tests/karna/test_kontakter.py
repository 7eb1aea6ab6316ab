"""The contact register: found under every spelling, each person once, and two rows that become one."""

import re

import pytest
from django.urls import reverse

from insatser.models import Insatskontakt
from samordning.karna.kontakter import sammanslagning
from samordning.karna.kontakter.sok import liknande, sok
from samordning.karna.models import Handelse, Kontakt
from tests.insatser.fabrik import ny_insats, ny_kontakt, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def kansli(inloggad):
    return inloggad("kansli")


def adress(namn, *args):
    return reverse(f"kontakter:{namn}", args=args)


def hittade(text):
    return [kontakt.namn for kontakt in sok(Kontakt.objects.all(), text)]


def fel(svar):
    assert svar.status_code == 200
    return svar.context["form"].errors


def test_a_person_is_found_under_every_spelling():
    ny_kontakt(namn="Annika Bergting", epost="ab@example.se")
    ny_kontakt(namn="Heidi Steijer", alias=["Heidi Hansson"], epost="heidi@example.se")
    ny_kontakt(namn="Anna Ek", epost="anna@example.se", telefon="0980-319 299")
    assert hittade("Annica") == ["Annika Bergting"]
    assert hittade("annica bärgting") == ["Annika Bergting"]
    assert hittade("hansson") == ["Heidi Steijer"]
    assert hittade("Heidi  Steijer") == ["Heidi Steijer"]
    assert hittade("319 299") == ["Anna Ek"]
    assert hittade("anna@") == ["Anna Ek"]
    assert hittade("Ann") == ["Anna Ek", "Annika Bergting"]
    assert hittade("finns inte") == []
    assert hittade("% _") == []
    assert hittade(" \x00 ") == ["Anna Ek", "Annika Bergting", "Heidi Steijer"]


def test_the_list_narrows_by_part_and_says_when_it_is_empty(kansli, kommun):
    tomt = kansli.get(adress("kontakt_list")).content.decode()
    assert "Inga kontakter än" in tomt
    ny_kontakt(namn="Hos Kommunen", part=kommun, alias=["H Kommun"])
    ny_kontakt(namn="Hos Förbundet")

    def namn(**fraga):
        return [rad.namn for rad in kansli.get(adress("kontakt_list"), fraga).context["sida"]]

    assert namn() == ["Hos Förbundet", "Hos Kommunen"]
    assert namn(part=kommun.pk) == ["Hos Kommunen"]
    assert namn(part=kommun.pk, sok="Förbundet") == []
    assert namn(part="x", sida="99") == ["Hos Förbundet", "Hos Kommunen"]
    sida = kansli.get(adress("kontakt_list")).content.decode()
    assert "även H Kommun" in sida
    assert "Ingen kontakt passar" in kansli.get(adress("kontakt_list"), {"sok": "xyz"}).content.decode()


def test_the_pages_cost_the_same_with_more_contacts(kansli, assert_constant_queries):
    kontakt = ny_kontakt(ny_insats()).kontakt

    def mer():
        Insatskontakt.objects.create(insats=ny_insats(), kontakt=kontakt)
        ny_kontakt(namn="Frida Ljungh")
        Handelse.logga(kontakt, "andrad", data={"part": [kontakt.part_id, kontakt.part_id]})

    assert_constant_queries(adress("kontakt_list") + "?sok=Frida", mer)
    assert_constant_queries(adress("kontakt_detail", kontakt.pk), mer)


def test_a_new_contact_and_somebody_who_is_called_the_same(kansli, forbund):
    sidan = kansli.get(adress("kontakt_create")).content.decode()
    falt = {"namn": "Ulla Berg", "part": forbund.pk, "telefon": "0980-319 207",
            "alias": " Ulla  Bergh \nulla berg\n\nULLA BERGH\n",
            "inskick": re.search(r'name="inskick" value="([^"]+)"', sidan)[1]}  # fmt: skip
    svar = kansli.post(adress("kontakt_create"), falt)
    kontakt = Kontakt.objects.get()
    assert svar.url == adress("kontakt_detail", kontakt.pk)
    assert kontakt.alias == ["Ulla Bergh"]
    assert kansli.post(adress("kontakt_create"), falt).url == svar.url  # sent twice
    assert Kontakt.objects.count() == 1
    del falt["inskick"]
    for namn in ("ULLA BERG", "Ulla Bergh"):
        svar = kansli.post(adress("kontakt_create"), falt | {"namn": namn})
        assert "heter redan så" in fel(svar)["anda"][0]
        assert adress("kontakt_detail", kontakt.pk) in svar.content.decode()
    kansli.post(adress("kontakt_create"), falt | {"anda": "on"})
    assert Kontakt.objects.filter(namn="Ulla Berg").count() == 2
    svar = kansli.post(adress("kontakt_create"), {"namn": "Bo", "part": forbund.pk, "alias": "x" * 121})
    assert "för långt" in fel(svar)["alias"][0]
    assert "20" in fel(kansli.post(adress("kontakt_create"), {"alias": "\n".join(map(str, range(21)))}))["alias"][0]
    assert Kontakt.objects.count() == 2


def test_a_change_is_guarded_and_told(kansli, kommun):
    kontakt = ny_kontakt(alias=["Frida L"])
    url = adress("kontakt_edit", kontakt.pk)
    falt = {"namn": "Frida Ljung", "part": kontakt.part_id, "telefon": "0980-319 206", "alias": "Frida L",
            "epost": "frida.ljung@example.se", "version": version(kansli, url)}  # fmt: skip
    assert kansli.post(url, falt).status_code == 302
    assert not Handelse.objects.om(kontakt).exists()
    assert kansli.post(url, falt | {"part": kommun.pk, "alias": "Frida L\nFrida Lj"}).status_code == 302
    sent = kansli.post(url, falt | {"titel": "Chef"})
    assert "Någon annan" in fel(sent)["__all__"][0]
    assert ("Andra stavningar och tidigare namn", "Frida L, Frida Lj") in sent.context["form"].nyare
    kontakt.refresh_from_db()
    assert (kontakt.part, kontakt.alias, kontakt.titel) == (kommun, ["Frida L", "Frida Lj"], "")
    sidan = kansli.get(adress("kontakt_detail", kontakt.pk)).content.decode()
    assert "Granviks kommun" in sidan
    assert "Frida L, Frida Lj" in sidan


def test_the_page_says_which_insatser_and_who_may_be_the_same(kansli):
    kontakt = ny_kontakt(ny_insats("Rörsås"), namn="Annica Bergting").kontakt
    lik = ny_kontakt(namn="Annika Bergting", epost="annan@example.se")
    samma_post = ny_kontakt(namn="Bo Ek")
    ny_kontakt(namn="Cecilia Dahl", epost="cecilia@example.se")
    assert liknande(kontakt) == [lik, samma_post]
    sidan = kansli.get(adress("kontakt_detail", kontakt.pk)).content.decode()
    assert reverse("insatser:insats_detail", args=["rorsas"]) in sidan
    assert adress("kontakt_sla_ihop", kontakt.pk, lik.pk) in sidan
    sokt = kansli.get(adress("kontakt_valj", kontakt.pk), {"sok": "Cecilia"})
    assert [rad.namn for rad in sokt.context["sida"]] == ["Cecilia Dahl"]
    assert "Annika Bergting" in kansli.get(adress("kontakt_valj", kontakt.pk)).content.decode()


def test_two_rows_become_one_and_everything_follows(kansli, kommun, ny_anvandare):
    bada, bara = ny_insats("Båda"), ny_insats("Bara den ena")
    konto = ny_anvandare("styrelse")
    stannar = ny_kontakt(bada, namn="Annica Bergting", telefon="", titel="Chef", alias=["A B"]).kontakt
    gar = ny_kontakt(bada, namn="Annika Bergting", part=kommun, alias=["a b", "Annika B"], anvandare=konto).kontakt
    Insatskontakt.objects.filter(kontakt=gar).update(ordning=1)
    Insatskontakt.objects.create(insats=bara, kontakt=gar)
    url = adress("kontakt_sla_ihop", stannar.pk, gar.pk)
    svar = kansli.get(url)
    # Only what differs is asked for.
    assert set(svar.context["form"].fields) == {"namn", "part", "avtryck"}
    falt = {"namn": "1", "part": "1", "avtryck": svar.context["form"].avtryck}
    Kontakt.objects.filter(pk=gar.pk).update(titel="Ny titel")
    gammal = kansli.post(url, falt)
    assert "Någon annan har ändrat" in fel(gammal)["__all__"][0]
    falt |= {"avtryck": gammal.context["form"].avtryck, "titel": "0"}
    assert kansli.post(url, falt).url == adress("kontakt_detail", stannar.pk)
    kvar = Kontakt.objects.get()
    assert kvar == stannar
    assert (kvar.namn, kvar.titel, kvar.part, kvar.telefon) == ("Annika Bergting", "Chef", kommun, "0980-319 206")
    assert kvar.alias == ["Annica Bergting", "A B", "Annika B"]
    assert kvar.anvandare == konto
    assert sorted(Insatskontakt.objects.values_list("insats__namn", "kontakt")) == [
        ("Bara den ena", kvar.pk), ("Båda", kvar.pk)
    ]  # fmt: skip
    handelse = Handelse.objects.om(kvar).get()
    assert (handelse.namn, handelse.data["nummer"]) == ("sla_ihop", gar.pk)
    assert handelse.data["flyttat"] == {"kontaktpersoner": 2}
    # A double click, and an old address.
    assert kansli.post(url, falt).url == adress("kontakt_detail", kvar.pk)
    assert kansli.get(adress("kontakt_detail", gar.pk)).url == adress("kontakt_detail", kvar.pk)
    assert kansli.get(adress("kontakt_detail", 10**9)).status_code == 404
    assert "Slogs ihop" in kansli.get(adress("kontakt_detail", kvar.pk)).content.decode()


def test_two_open_accounts_are_two_people_until_one_is_closed(kansli, ny_anvandare):
    konton = [ny_anvandare("styrelse"), ny_anvandare("beredning")]
    ena, andra = (ny_kontakt(namn=f"Person {nr}", anvandare=konto) for nr, konto in enumerate(konton))
    url = adress("kontakt_sla_ihop", ena.pk, andra.pk)
    svar = kansli.get(url)
    assert "var sitt konto" in svar.context["hinder"]
    falt = {"namn": "0", "avtryck": svar.context["form"].avtryck}
    assert kansli.post(url, falt).status_code == 200
    assert Kontakt.objects.count() == 2
    konton[0].is_active = False
    konton[0].save()
    assert kansli.post(url, falt).status_code == 302
    assert Kontakt.objects.get().anvandare == konton[1]
    assert "samma kontakt" in kansli.get(adress("kontakt_sla_ihop", ena.pk, ena.pk)).context["hinder"]


def test_what_cannot_be_said_of_one_person_stops_it_all(kansli, monkeypatch):
    ena = ny_kontakt(ny_insats("Först"), namn="Person 1")
    andra = ny_kontakt(ena.insats, namn="Person 2")
    Insatskontakt.objects.create(insats=ny_insats("Sedan"), kontakt=andra.kontakt)
    # As when the two rows say different things: the place in the list is one for once.
    monkeypatch.setattr(sammanslagning, "ORDNING", set())
    Insatskontakt.objects.filter(pk=andra.pk).update(ordning=5)
    url = adress("kontakt_sla_ihop", ena.kontakt.pk, andra.kontakt.pk)
    falt = {"namn": "1", "avtryck": kansli.get(url).context["form"].avtryck}
    assert "Bland kontaktpersoner finns" in fel(kansli.post(url, falt))["__all__"][0]
    assert Insatskontakt.objects.filter(kontakt=andra.kontakt).count() == 2
    assert Kontakt.objects.get(pk=ena.kontakt.pk).alias == []


def test_what_is_locked_decides_which_row_stays(kansli, monkeypatch):
    """As an opinion in a closed round, which the database does not let anybody change."""
    ena = ny_kontakt(namn="Person 1")
    last = ny_kontakt(ny_insats(), namn="Person 2")
    andra = sammanslagning._andra
    monkeypatch.setattr(
        sammanslagning, "_andra",
        lambda modell, falt, nycklar, stannar: last.pk not in nycklar and andra(modell, falt, nycklar, stannar),
    )  # fmt: skip
    url = adress("kontakt_sla_ihop", ena.pk, last.kontakt.pk)
    falt = {"namn": "0", "avtryck": kansli.get(url).context["form"].avtryck}
    assert kansli.post(url, falt).url == adress("kontakt_detail", last.kontakt.pk)
    assert (Kontakt.objects.get().namn, Kontakt.objects.get().pk) == ("Person 1", last.kontakt.pk)
    assert kansli.post(url, falt).url == adress("kontakt_detail", last.kontakt.pk)


def test_every_key_to_a_contact_is_found():
    """Also those of other apps that have no way back, which `related_objects` leaves out."""
    funna = {
        (relation.related_model._meta.label, relation.field.name)
        for relation in Kontakt._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    assert ("insatser.Insatskontakt", "kontakt") in funna
    assert not any(relation.related_model is Insatskontakt for relation in Kontakt._meta.related_objects)
