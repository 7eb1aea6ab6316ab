"""The list of one's own insatser, and what the start page says of it."""

import datetime

import pytest

from remisser.models import Deltagare
from samordning.karna.models import Atkomst
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import ny_remiss, nytt_deltagande, personal, sida
from uppfoljning.gallande import spara_halva
from uppfoljning.inskrivning import satt_lage, skydda
from uppfoljning.models import Avslutsorsak, Formular
from uppfoljning.paneler import att_gora

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]

SLUT = datetime.date(2026, 2, 10)


def orsak(kod):
    return Avslutsorsak.objects.get(kod=kod)


def brister(svar):
    return {rad.visat_namn: saknas for rad, saknas in svar.context["rader"]}


def test_staff_who_are_listed_nowhere_are_told_what_to_do(client, ny_anvandare):
    client.force_login(ny_anvandare("insatspersonal"))
    assert "Be kansliet att lägga till dig" in client.get(sida("deltagande_list")).content.decode()


def test_who_waits_for_a_start_stands_first(client, user, insats, ny_anvandare):
    remittent = ny_anvandare("remittent")
    vantar = ny_remiss(insats, remittent, fornamn="Olle", efternamn="Väntar")
    ny_remiss(insats, remittent, lage="skickad", fornamn="Inte", efternamn="Mottagen")
    ny_remiss(ny_insats(), remittent, fornamn="Annan", efternamn="Insats")
    svar = client.get(sida("deltagande_list"))
    assert svar.context["vantar"] == [vantar]
    html = svar.content.decode()
    assert sida("start_fran_remiss", vantar.uuid) in html
    assert [namn for namn in ("Inte Mottagen", "Annan Insats") if namn in html] == []
    rad = Atkomst.objects.get()
    assert (rad.handling, rad.objekt_typ, rad.objekt_id) == ("visade i lista", "remisser.remiss", str(vantar.uuid))


def test_who_got_protected_details_waits_for_no_start_by_name(client, user, insats, ny_anvandare):
    """The remiss is empty and cannot be started; it would stand here, and on the start page, for ever."""
    vantar = ny_remiss(insats, ny_anvandare("remittent"))
    annat = nytt_deltagande(ny_insats(), deltagare=vantar.deltagare)
    skydda(deltagande=annat, lokal_kod="Ek 7", av=user)
    assert client.get(sida("deltagande_list")).context["vantar"] == []
    assert "Registrera start för en person" not in [post.text for post in att_gora(user)]


def test_what_is_missing_is_said_in_words(client, user, insats):
    formular = Formular.objects.get(kod="bilaga2")
    nytt_deltagande(insats, namn="Ny Ström")
    klar = nytt_deltagande(insats, namn="Klar Berg")
    spara_halva(klar, "start", formular, datum=klar.start, halsa=5)
    satt_lage(deltagande=klar, tillfalle="start", datum=klar.start, timmar=5, andelar={}, ves=True, av=user)
    svar = client.get(sida("deltagande_list"))
    assert brister(svar) == {
        "Ny Ström": ["skattning vid start", "timmar vid start", "försörjning vid start"],
        "Klar Berg": [],
    }
    assert "skattning vid start, timmar vid start, försörjning vid start" in svar.content.decode()


def test_an_exit_is_asked_for_its_half_unless_it_is_neutral(client, user, insats):
    nytt_deltagande(insats, namn="Utan Orsak", slut=SLUT)
    nytt_deltagande(insats, namn="Dog Sorgligt", slut=SLUT, avslutsorsak=orsak("avliden"))
    nytt_deltagande(insats, namn="Pågår Än")
    nytt_deltagande(insats, namn="Fel Rad", slut=SLUT, avslutsorsak=orsak("felregistrering"), felregistrerad=True)
    start = ["skattning vid start", "timmar vid start", "försörjning vid start"]
    slut = ["skattning vid avslut", "timmar vid avslut", "försörjning vid avslut"]
    assert brister(client.get(sida("deltagande_list"), {"lage": "avslutade"})) == {
        "Utan Orsak": ["avslutsorsak", *start, *slut],
        "Dog Sorgligt": start,
    }
    assert brister(client.get(sida("deltagande_list"), {"lage": "fel"})) == {"Fel Rad": []}
    assert list(brister(client.get(sida("deltagande_list"), {"lage": "hittepå"}))) == ["Pågår Än"]


def test_one_of_several_insatser_can_be_chosen(client, ny_anvandare, insats):
    annan, framfor = ny_insats("Hagen"), ny_insats("Främmande")
    client.force_login(personal(ny_anvandare, insats, annan))
    for plats, namn in ((insats, "Ann Ett"), (annan, "Bo Två"), (framfor, "Cia Tre")):
        nytt_deltagande(plats, namn=namn)
    assert set(brister(client.get(sida("deltagande_list")))) == {"Ann Ett", "Bo Två"}
    assert set(brister(client.get(sida("deltagande_list"), {"insats": "hagen"}))) == {"Bo Två"}
    assert set(brister(client.get(sida("deltagande_list"), {"insats": "frammande"}))) == {"Ann Ett", "Bo Två"}


def test_persons_cannot_be_searched(client, user, insats):
    nytt_deltagande(insats, namn="Ny Ström")
    svar = client.get(sida("deltagande_list"), {"q": "Finns inte", "sok": "Finns inte"})
    assert list(brister(svar)) == ["Ny Ström"]
    assert 'type="search"' not in svar.content.decode()


def test_fifty_a_page_and_a_row_in_the_record_for_each_shown(client, user, insats):
    for nr in range(52):
        nytt_deltagande(insats, namn=f"Person {nr}", deltagare=Deltagare.objects.create(kon="K"))
    svar = client.get(sida("deltagande_list"))
    assert len(svar.context["rader"]) == 50
    rader = Atkomst.objects.all()
    assert {(rad.handling, rad.objekt_typ) for rad in rader} == {("visade i lista", "deltagande")}
    assert {rad.objekt_id for rad in rader} == {str(rad.uuid) for rad, _ in svar.context["rader"]}
    assert {rad.person for rad in rader} == {rad.deltagare.uuid for rad, _ in svar.context["rader"]}
    client.get(sida("deltagande_list"), {"sida": 2})
    assert Atkomst.objects.count() == 52


def test_the_list_costs_the_same_at_any_length(user, insats, ny_anvandare, assert_constant_queries):
    remittent = ny_anvandare("remittent")

    def en_till():
        deltagande = nytt_deltagande(insats)
        spara_halva(deltagande, "start", Formular.objects.get(kod="bilaga2"), datum=deltagande.start, halsa=5)
        satt_lage(
            deltagande=deltagande, tillfalle="start", datum=deltagande.start, timmar=5, andelar={}, ves=True, av=user
        )
        ny_remiss(insats, remittent)

    assert_constant_queries(sida("deltagande_list"), en_till)


def test_the_start_page_counts_and_names_nobody(user, insats, ny_anvandare, django_assert_num_queries):
    ny_remiss(insats, ny_anvandare("remittent"))
    nytt_deltagande(insats)
    nytt_deltagande(insats, slut=SLUT, avslutsorsak=orsak("arbete"))
    nytt_deltagande(insats, slut=SLUT, avslutsorsak=orsak("flyttat"))
    nytt_deltagande(insats, start=datetime.date(2025, 1, 1), slut=datetime.date(2025, 2, 1))
    nytt_deltagande(ny_insats())
    assert user.har_roll("insatspersonal")
    with django_assert_num_queries(3):
        poster = att_gora(user)
    assert [(post.text, post.varfor) for post in poster] == [
        ("Registrera start för en person", "Remissen är mottagen men starten saknas."),
        ("Be om skattning vid start", "Den saknas för 1 deltagare."),
        ("Be om skattning vid avslut", "Den saknas för 1 deltagare."),
    ]
    assert "Berit" not in str(poster)


def test_nothing_waits_when_all_is_answered(user, insats):
    deltagande = nytt_deltagande(insats)
    spara_halva(deltagande, "start", Formular.objects.get(kod="bilaga2"), datum=deltagande.start, halsa=0)
    assert att_gora(user) == []
