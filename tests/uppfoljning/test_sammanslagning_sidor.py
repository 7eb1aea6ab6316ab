"""The pages that make two rows one person: who sees them, what they say, and two at once."""

import datetime
import re
import threading
import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from insatser.models import Insats
from remisser.models import Deltagare, Remiss
from samordning.karna.kalender import idag
from samordning.karna.models import Atkomst, Handelse
from samordning.karna.personnummer import tolka
from tests.conftest import Klient
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import ny_remiss, nytt_deltagande, nytt_nummer, personal, sida
from uppfoljning import inskrivning, sammanslagning
from uppfoljning.models import Deltagande, Sammanslagning

pytestmark = pytest.mark.django_db
DAG = datetime.date
FORRA = {"start": DAG(2025, 2, 3), "slut": DAG(2025, 6, 5)}
NU = {"start": DAG(2025, 9, 1)}
ENGANGS = re.compile(r'name="(csrfmiddlewaretoken|inskick)" value="[^"]+"')
SAMORDNING, PERSON = nytt_nummer("900369", 3), nytt_nummer("900309", 3)


def ett_par(insats):
    return (
        nytt_deltagande(insats, namn="Olle Provsson", personnummer=SAMORDNING, **FORRA),
        nytt_deltagande(insats, namn="Olle Prov-Ek", personnummer=PERSON, **NU),
    )


@pytest.fixture
def par(insats):
    return ett_par(insats)


def html(svar):
    return svar.content.decode()


def jamfor(par):
    return sida("sammanslagning_create", par[0].uuid, par[1].uuid)


def ifyllt(client, par, **falt):
    """What the page's own form sends, with the number of the second one as the current."""
    form = client.get(jamfor(par)).context["form"]
    dolda = {falt.html_name: falt.value() for falt in form.hidden_fields()}
    return dolda | {"nummer": str(par[1].uuid), "skal": "nytt_nummer"} | falt


def fel(svar):
    assert svar.status_code == 200
    return {namn: texter[0] for namn, texter in svar.context["form"].errors.items()}


def efter(client, svar):
    """The messages of the page that the answer leads to."""
    assert svar.status_code == 302
    return [str(text) for text in client.get(svar.url).context["messages"]]


# ---- Choose, compare, merge


def test_from_the_person_to_one_person(client, user, par):
    detalj = html(client.get(sida("deltagande_detail", par[0].uuid)))
    assert "Samma person finns två gånger?" in detalj
    val = client.get(sida("samma_person", par[0].uuid))
    assert "Olle Prov-Ek, född 1990, 1 september 2025 och pågår" in html(val)
    svar = client.post(sida("samma_person", par[0].uuid), {"annan": str(par[1].uuid)})
    assert svar.url == jamfor(par)
    jamforelse = html(client.get(svar.url))
    for text in (
        "Olle Provsson",
        "Olle Prov-Ek",
        "19900369-•••• (samordnings\N{SOFT HYPHEN}nummer)",
        "3 februari 2025 till 5 juni 2025",
    ):
        assert text in jamforelse
    assert SAMORDNING not in jamforelse
    assert PERSON not in jamforelse
    svar = client.post(svar.url, ifyllt(client, par))
    assert efter(client, svar) == ["De två raderna är nu en person. Båda deltagandena är kvar."]
    assert "Slog ihop två rader om samma person: personen har fått ett annat nummer" in html(client.get(svar.url))
    assert len(set(Deltagande.objects.values_list("deltagare", flat=True))) == 1
    assert {rad.personnummer for rad in Deltagande.objects.all()} == {PERSON}


def test_the_way_back_is_on_the_same_page(client, user, par):
    client.post(jamfor(par), ifyllt(client, par))
    adress = sida("sammanslagning_dela_upp", par[0].uuid)
    assert f'href="{adress}"' in html(client.get(sida("samma_person", par[0].uuid)))
    fraga = html(client.get(adress))
    assert "<li>Olle Provsson, 3 februari 2025 till 5 juni 2025</li>" in fraga
    assert "<li>Olle Prov-Ek, 1 september 2025 och pågår</li>" in fraga
    assert efter(client, client.post(adress)) == ["Personerna är uppdelade igen."]
    assert len(set(Deltagande.objects.values_list("deltagare", flat=True))) == 2
    assert efter(client, client.post(adress)) == [sammanslagning.REDAN_UPPDELAD]
    assert client.get(adress).status_code == 404
    assert adress not in html(client.get(sida("samma_person", par[0].uuid)))


def test_a_stay_that_got_another_number_since_is_left_alone(client, user, par):
    client.post(jamfor(par), ifyllt(client, par))
    flyttad = Deltagande.objects.get(pk=Sammanslagning.objects.get().deltaganden[0])
    inskrivning.andra(deltagande=flyttad, av=user, personnummer=tolka(nytt_nummer("910101", 5), idag()))
    kvar = next(rad for rad in par if rad.pk != flyttad.pk)
    svar = client.post(sida("sammanslagning_dela_upp", kvar.uuid))
    assert efter(client, svar)[-1] == "Deltagandena hör inte längre till samma person. Inget ändrades."
    assert Deltagande.objects.get(pk=flyttad.pk).deltagare_id == flyttad.deltagare_id


def test_alone_in_the_insats(client, user, insats):
    ensam = nytt_deltagande(insats)
    assert "Det finns ingen annan i insatsen" in html(client.get(sida("samma_person", ensam.uuid)))
    assert fel(client.post(sida("samma_person", ensam.uuid), {"annan": str(ensam.uuid)}))


def test_nothing_chosen_is_said_at_the_field(client, user, par):
    assert fel(client.post(sida("samma_person", par[0].uuid))) == {"annan": "Välj den som är samma person."}
    form = client.get(jamfor(par)).context["form"]
    dolda = {falt.html_name: falt.value() for falt in form.hidden_fields()}
    assert fel(client.post(jamfor(par), dolda)) == {
        "nummer": "Välj vilket nummer som gäller nu.", "skal": "Välj varför personen finns två gånger.",
    }  # fmt: skip
    assert fel(client.post(jamfor(par), ifyllt(client, par, nummer="1", skal="x"))).keys() == {"nummer", "skal"}
    assert not Sammanslagning.objects.exists()


def test_what_a_colleague_changed_meanwhile_is_read_first(client, user, par):
    sett = ifyllt(client, par)
    Deltagande.objects.filter(pk=par[1].pk).update(version=2)
    svar = client.post(jamfor(par), sett)
    assert fel(svar)["__all__"] == sammanslagning.ANDRAT
    nytt = sett | {"sett": svar.context["form"]["sett"].value()}
    assert client.post(jamfor(par), nytt).status_code == 302


def test_sex_and_birth_year_that_differ_are_asked(client, user, par):
    Deltagare.objects.filter(pk=par[0].deltagare_id).update(kon="K", fodelsear=1989)
    fraga = html(client.get(jamfor(par)))
    assert "Vilket kön gäller?" in fraga
    assert "Vilket födelseår gäller?" in fraga
    assert fel(client.post(jamfor(par), ifyllt(client, par))).keys() == {"kon", "fodelsear"}
    client.post(jamfor(par), ifyllt(client, par, kon="M", fodelsear="1990"))
    logg = Sammanslagning.objects.get()
    assert (logg.kvar.kon, logg.kvar.fodelsear) == ("M", 1990)


def test_protected_details_are_said_before_they_are_wiped(client, user, par):
    inskrivning.skydda(deltagande=par[0], lokal_kod="Ek 7", av=user)
    fraga = client.get(jamfor(par))
    assert "Den ena har skyddade uppgifter" in html(fraga)
    assert "Blev det fel kan du dela upp dem igen" not in html(fraga)
    assert fraga.context["form"]["lokal_kod"].value() == "Ek 7"
    utan = client.post(jamfor(par), ifyllt(client, par, lokal_kod=""))
    assert fel(utan) == {"lokal_kod": "Fyll i insatsens egen kod, så att ni hittar personen i listan."}
    assert fel(client.post(jamfor(par), ifyllt(client, par, lokal_kod=PERSON)))
    client.post(jamfor(par), ifyllt(client, par, lokal_kod="Ek 7"))
    assert {(rad.namn, rad.lokal_kod) for rad in Deltagande.objects.all()} == {("", "Ek 7")}


def test_an_overlap_and_a_mistake_are_said_and_nothing_can_be_sent(client, user, par):
    Deltagande.objects.filter(pk=par[0].pk).update(slut=None)
    sett = {"nummer": str(par[1].uuid), "skal": "annat_samma", "sett": "1.1"}
    for svar in (client.get(jamfor(par)), client.post(jamfor(par), sett)):
        assert "Tiderna i insatsen går in i varandra" in html(svar)
        assert "Ja, slå ihop" not in html(svar)
    Deltagande.objects.filter(pk=par[0].pk).update(felregistrerad=True)
    assert efter(client, client.get(sida("samma_person", par[0].uuid))) == [sammanslagning.FEL_RAD]
    assert sammanslagning.FEL_RAD in html(client.get(jamfor(par)))
    assert not Sammanslagning.objects.exists()


def test_sent_twice_is_done_once(client, user, par):
    sett = ifyllt(client, par)
    svar = [client.post(jamfor(par), sett) for _ in range(2)]
    assert [ett.url for ett in svar] == [sida("deltagande_detail", par[0].uuid)] * 2
    assert sammanslagning.REDAN in efter(client, svar[1])
    assert Sammanslagning.objects.count() == 1


# ---- Who sees what


def test_only_stays_of_one_insats_are_put_beside_each_other(client, ny_anvandare, insats, par):
    """Also for somebody who works in both; what is not there is not there."""
    annan = ny_insats("Hagen")
    dar = nytt_deltagande(annan, namn="Olle Provsson")
    client.force_login(personal(ny_anvandare, insats, annan))
    assert client.get(jamfor((par[0], dar))).status_code == 404
    assert client.post(jamfor((dar, par[0]))).status_code == 404
    assert str(dar.uuid) not in html(client.get(sida("samma_person", par[0].uuid)))
    val = client.post(sida("samma_person", par[0].uuid), {"annan": str(dar.uuid)})
    assert fel(val) == {"annan": "Det valet finns inte. Välj i listan."}
    with pytest.raises(ValueError, match="one insats"):
        sammanslagning.sla_ihop(ena=par[0], andra=dar, av=None, skal="annat_samma")


def test_staff_of_another_insats_find_nothing(client, ny_anvandare, insats, par, user):
    client.post(jamfor(par), ifyllt(client, par))
    client.force_login(personal(ny_anvandare, ny_insats("Hagen")))
    for adress in (jamfor(par), sida("samma_person", par[0].uuid), sida("sammanslagning_dela_upp", par[0].uuid)):
        assert (client.get(adress).status_code, client.post(adress).status_code) == (404, 404)
    assert not Sammanslagning.objects.exclude(uppdelad=None).exists()


def test_the_pages_are_the_same_whether_others_have_rows_of_the_person_or_not(client, user, par):
    """To the letter, but for what is new in every answer; and with as many questions to the database."""
    alla = (jamfor(par), sida("samma_person", par[0].uuid))

    def svar():
        with CaptureQueriesContext(connection) as fragor:
            text = "".join(html(client.get(adress)) for adress in alla)
        return ENGANGS.sub("", text), len(fragor)

    svar()
    fore = svar()
    annan = ny_insats("Hagen")
    for nummer in (SAMORDNING, PERSON):
        nytt_deltagande(annan, namn="Kanarina Fågelqvist", personnummer=nummer, start=DAG(2025, 2, 3))
    assert svar() == fore
    sant = client.post(jamfor(par), ifyllt(client, par))
    assert efter(client, sant) == ["De två raderna är nu en person. Båda deltagandena är kvar."]


def test_both_persons_are_in_the_record_of_access_before_they_are_shown(client, user, par):
    client.get(jamfor(par))
    rader = Atkomst.objects.values_list("handling", "objekt_id", "person")
    assert set(rader) == {("visade", str(rad.uuid), rad.deltagare.uuid) for rad in par}
    fore = Atkomst.objects.count()
    client.get(sida("samma_person", par[0].uuid))
    assert Atkomst.objects.count() == fore + 2


def test_the_list_costs_the_same_at_any_length(user, insats, par, assert_constant_queries):
    assert_constant_queries(sida("samma_person", par[0].uuid), lambda: nytt_deltagande(insats, start=DAG(2025, 1, 1)))


# ---- At once


def samtidigt(*arbeten):
    """Run at the same moment, each in a thread with its own connection; what each gave."""
    start, svar = threading.Barrier(len(arbeten)), [None] * len(arbeten)

    def en(nr):
        try:
            start.wait()
            svar[nr] = arbeten[nr]()
        finally:
            connection.close()

    tradar = [threading.Thread(target=en, args=(nr,)) for nr in range(len(arbeten))]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    return svar


def inloggad(user):
    klient = Klient()
    klient.force_login(user)
    return klient


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_staff_who_merge_the_same_two_at_once_from_either_side(ny_anvandare):
    insats = Insats.objects.get(pk=ny_insats("Gläntan").pk)
    par, klienter = ett_par(insats), [inloggad(personal(ny_anvandare, insats)) for _ in range(2)]
    hall = (par, par[::-1])
    sant = [ifyllt(klient, sidor, nummer=str(par[1].uuid)) for klient, sidor in zip(klienter, hall, strict=True)]
    svar = samtidigt(
        *(lambda nr=nr: klienter[nr].post(jamfor(hall[nr]), sant[nr]) for nr in range(2)),
    )
    assert {ett.status_code for ett in svar} <= {200, 302}
    sagt = [
        efter(klient, ett)[0] if ett.status_code == 302 else fel(ett)["__all__"]
        for klient, ett in zip(klienter, svar, strict=True)
    ]
    klart = "De två raderna är nu en person. Båda deltagandena är kvar."
    assert sorted(text == klart for text in sagt) == [False, True]
    assert set(sagt) - {klart} <= {sammanslagning.REDAN, sammanslagning.SAMTIDIGT, sammanslagning.ANDRAT}
    assert Sammanslagning.objects.count() == 1
    assert Handelse.objects.filter(namn="sammanslagen", objekt_typ="uppfoljning.deltagande").count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_exit_that_is_sent_while_the_persons_are_merged_is_asked_again(ny_anvandare):
    """The page waits for the row, which by then is another person's: still no error page."""
    insats = ny_insats("Gläntan")
    par, user = ett_par(insats), personal(ny_anvandare, insats)
    klient = inloggad(user)
    adress = sida("deltagande_avsluta", par[0].uuid)
    form = klient.get(adress).context["form"]
    data = {falt.html_name: falt.value() for falt in form if falt.value() is not None} | {"slut": "2025-06-04"}
    data["avslutsorsak"] = "arbete"
    svar = []

    def avsluta():
        svar.append(klient.post(adress, data))
        connection.close()

    trad = threading.Thread(target=avsluta)
    with transaction.atomic():
        sammanslagning.sla_ihop(ena=par[0], andra=par[1], skal="nytt_nummer", nummer=PERSON, av=user)
        trad.start()
        vantar_pa_las(1)
    trad.join()
    assert svar[0].status_code == 200, "a colleague's change is shown first"
    assert "Någon annan har sparat ändringar" in fel(svar[0])["__all__"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_staff_who_start_the_same_remiss_at_once_give_one_stay_and_one_clear_message(ny_anvandare):
    """Both have read it as accepted when the first one's row is still locked."""
    insats = ny_insats("Gläntan")
    remiss = ny_remiss(insats, ny_anvandare("remittent"))
    klienter = [inloggad(personal(ny_anvandare, insats)) for _ in range(2)]
    adress = sida("start_fran_remiss", remiss.uuid)
    sant = []
    for klient in klienter:
        form = klient.get(adress).context["form"]
        sant.append({falt.html_name: falt.value() for falt in form.hidden_fields()} | {"start": str(idag())})
    svar = [None, None]

    def starta(nr):
        svar[nr] = klienter[nr].post(adress, sant[nr], HTTP_REFERER=f"http://testserver{adress}")
        connection.close()

    tradar = [threading.Thread(target=starta, args=(nr,)) for nr in range(2)]
    with transaction.atomic():
        Remiss.objects.select_for_update().get(pk=remiss.pk)
        for trad in tradar:
            trad.start()
        vantar_pa_las(2)
    for trad in tradar:
        trad.join()
    deltagande = Deltagande.objects.get()
    assert (deltagande.remiss, Remiss.objects.get().lage) == (remiss, "paborjad")
    assert Handelse.objects.filter(namn__in=("paborja", "startad")).count() == 2
    sagt = []
    for klient, ett in zip(klienter, svar, strict=True):
        assert ett.status_code == 302
        sista = klient.get(ett.url, follow=True)
        assert sista.redirect_chain[-1:] in ([], [(sida("deltagande_detail", deltagande.uuid), 302)])
        sagt.append([str(text) for text in sista.context["messages"]])
    assert ["Starten är registrerad."] in sagt
    sagt.remove(["Starten är registrerad."])
    assert "Remiss är redan påbörjad. Inget ändrades." in sagt[0]
    assert "Starten är registrerad." not in sagt[0]


def vantar_pa_las(antal):
    """Until so many connections stand and wait for a lock; at most twenty seconds."""
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute("select count(distinct pid) from pg_locks where not granted")
            if cursor.fetchone()[0] >= antal:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
