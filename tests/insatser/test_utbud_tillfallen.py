"""Events: places, sign-up, attendance; and the nominations for Det goda exemplet."""

import datetime
import io
import threading
import uuid

import pytest
from django.db import connection
from django.shortcuts import get_object_or_404
from django.urls import reverse

from insatser import tillfalle_nominering_views, utbud_paneler
from insatser.models import Anmalan, Nominering, Tillfalle
from samordning.karna.kalender import idag
from samordning.karna.models import Anvandare, Handelse, Notis, Part, Uppdrag
from tests.conftest import Klient
from tests.insatser.fabrik import ny_insats, version
from tests.insatser.test_utbud_grupper import text

pytestmark = pytest.mark.django_db
OM = datetime.timedelta
LISTA, NOMINERINGAR = reverse("tillfallen:tillfalle_list"), reverse("tillfallen:nominering_list")


def nytt(insats=None, om=10, **falt):
    insats = insats or ny_insats(inriktning="struktur")
    return Tillfalle.objects.create(insats=insats, dag=idag() + OM(om), **{"rubrik": "KUR", "platser": 2} | falt)


def adress(namn, tillfalle, *args):
    return reverse(f"tillfallen:{namn}", args=[tillfalle.pk, *args])


def anmal(tillfalle, *namn):
    return [Anmalan.objects.create(tillfalle=tillfalle, namn=ett) for ett in namn]


def test_one_click_signs_up_and_one_gives_the_place_back(client, ny_anvandare, forbund):
    tillfalle, person, annan = nytt(), ny_anvandare("remittent"), ny_anvandare("styrelse")
    client.force_login(person)
    assert "Du anmäler dig som" in text(client.get(adress("tillfalle_detail", tillfalle)))
    sida = text(client.post(adress("anmalan_create", tillfalle), follow=True))
    assert "Du är anmäld till KUR" in sida
    assert "1 av 2 platser bokade" in sida
    client.post(adress("anmalan_create", tillfalle))
    anmalan = Anmalan.objects.get()
    assert (anmalan.namn, anmalan.epost, anmalan.part) == (person.namn, person.epost, forbund)
    assert client.get(LISTA).context["rader"][0].anmald
    assert utbud_paneler.att_gora(person) == []
    Tillfalle.objects.update(dag=idag() + OM(3))
    assert [rad.text for rad in utbud_paneler.att_gora(person)] == ["Gå på KUR"]

    client.force_login(annan)
    assert person.namn not in text(client.get(adress("tillfalle_detail", tillfalle)))
    client.post(adress("anmalan_avanmal", tillfalle))  # nothing of one's own to give back
    assert Anmalan.objects.filter(avanmald=None).count() == 1

    client.force_login(person)
    assert "Du är avanmäld" in text(client.post(adress("anmalan_avanmal", tillfalle), follow=True))
    client.post(adress("anmalan_create", tillfalle))
    assert Anmalan.objects.filter(avanmald=None).count() == 1
    assert Anmalan.objects.count() == 2


def test_who_works_in_two_places_says_for_which(client, ny_anvandare, kommun):
    tillfalle, person = nytt(), ny_anvandare("remittent")
    Uppdrag.objects.create(anvandare=person, part=kommun, roll="beredning", fran=datetime.date(2019, 1, 1))
    client.force_login(person)
    assert "Välj vilken arbetsplats" in text(client.post(adress("anmalan_create", tillfalle), follow=True))
    client.post(adress("anmalan_create", tillfalle), {"part": kommun.pk})
    assert Anmalan.objects.get().part == kommun


@pytest.mark.parametrize(
    ("falt", "ord_"),
    [
        ({"platser": 1}, "Tillfället är fullt"),
        ({"installt": True}, "Tillfället är inställt"),
        ({"sista_anmalan": idag() - OM(1)}, "Sista dagen att anmäla sig var"),
        ({"om": -1}, "Tillfället har varit"),
    ],
)
def test_no_place_in_words(inloggad, falt, ord_):
    tillfalle = nytt(**falt)
    anmal(tillfalle, "Pia Ek")
    klient = inloggad("remittent")
    assert ord_ in text(klient.get(adress("tillfalle_detail", tillfalle)))
    assert f"{ord_}" in text(klient.post(adress("anmalan_create", tillfalle), follow=True))
    assert Anmalan.objects.count() == 1


def test_an_event_of_an_unpublished_insats_does_not_exist(inloggad):
    tillfalle = nytt(ny_insats(inriktning="struktur", publicerad=False))
    klient = inloggad("remittent")
    assert klient.get(adress("tillfalle_detail", tillfalle)).status_code == 404
    assert klient.post(adress("anmalan_create", tillfalle)).status_code == 404
    assert klient.get(LISTA).context["rader"] == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_last_place_is_taken_once(ny_anvandare):
    tillfalle, personer = nytt(platser=1), [ny_anvandare("remittent") for _ in range(4)]
    start = threading.Barrier(len(personer))

    def en(person):
        klient = Klient()
        klient.force_login(person)
        start.wait()
        klient.post(adress("anmalan_create", tillfalle))
        connection.close()

    tradar = [threading.Thread(target=en, args=(person,)) for person in personer]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert Anmalan.objects.filter(avanmald=None).count() == 1


def test_the_kansli_writes_changes_and_cancels(client, ny_anvandare):
    insats, kansli, person = ny_insats(inriktning="struktur"), ny_anvandare("kansli"), ny_anvandare("remittent")
    client.force_login(kansli)
    sent = {"insats": insats.pk, "rubrik": "KUR", "dag": idag() + OM(9), "platser": "3", "inskick": str(uuid.uuid4())}
    fel = client.post(reverse("tillfallen:tillfalle_create"), sent | {"sista_anmalan": idag() + OM(10)})
    assert "sista_anmalan" in fel.context["form"].errors
    assert [client.post(reverse("tillfallen:tillfalle_create"), sent).status_code for _ in range(2)] == [302, 302]
    tillfalle = Tillfalle.objects.get()
    Anmalan.objects.create(tillfalle=tillfalle, anvandare=person, namn=person.namn)
    ny = {"namn": "Pia Ek", "inskick": str(uuid.uuid4())}
    assert [client.post(adress("anmalan_annan", tillfalle), ny).status_code for _ in range(2)] == [302, 302]

    url = adress("tillfalle_edit", tillfalle)
    sett = version(client, url)
    svar = client.post(url, sent | {"platser": "1", "version": sett})
    assert "2 är redan anmälda" in svar.context["form"].errors["platser"][0]
    assert client.post(url, sent | {"platser": "2", "version": sett}).status_code == 302
    assert not Notis.objects.exists()  # the number of places concerns nobody
    svar = client.post(url, sent | {"platser": "5", "version": sett})
    assert svar.context["form"].nyare == [("Platser", "2")]
    # Full: also for the kansli, but the second sending of the first form is known.
    full = client.post(adress("anmalan_annan", tillfalle), {"namn": "Bo", "inskick": str(uuid.uuid4())})
    assert "fullt" in full.context["form"].errors["__all__"][0]
    assert client.post(adress("anmalan_annan", tillfalle), ny).status_code == 302
    flyttat = sent | {"platser": "2", "plats": "Hjo", "version": version(client, url)}
    assert "1 anmäld har fått ett meddelande. 1 saknar konto" in text(client.post(url, flyttat, follow=True))

    stall_in = adress("tillfalle_stall_in", tillfalle)
    assert "Det går inte att ångra" in text(client.get(stall_in))
    assert [client.post(stall_in).status_code for _ in range(2)] == [302, 302]
    assert list(Notis.objects.values_list("mottagare", "mall").order_by("pk")) == [
        (person.pk, "insatser/tillfalle_andrat"), (person.pk, "insatser/tillfalle_installt"),
    ]  # fmt: skip
    assert client.get(url).status_code == 302
    assert "Inställt" in text(client.get(adress("tillfalle_detail", tillfalle)))
    for anmalan in Anmalan.objects.all():
        client.post(adress("anmalan_ta_bort", tillfalle, anmalan.pk))
    assert not Anmalan.objects.filter(avanmald=None).exists()
    for handelse in Handelse.objects.om(tillfalle):
        assert person.namn not in str(handelse.data)


def test_attendance_counts_the_places_that_were_used(client, ny_anvandare):
    insats, kansli = ny_insats("KUR-serien", inriktning="struktur"), ny_anvandare("kansli")
    fore, varit = nytt(insats, om=1), nytt(insats, om=-1, platser=40)
    pia, bo, _eva = anmal(varit, "Pia Ek", "Bo", "=Eva")
    anmal(fore, "Pia Ek")
    anmal(nytt(insats, om=-2, platser=9, installt=True), "Pia Ek")
    client.force_login(kansli)
    assert [(rad.text, rad.dag) for rad in utbud_paneler.att_gora(kansli)] == [
        ("Bocka av närvaron på KUR", varit.dag), ("Skriv ut närvarolistan till KUR", fore.dag),
    ]  # fmt: skip
    assert "från den dag" in text(client.post(adress("narvaro", fore), {"version": "x"}, follow=True))
    url = adress("narvaro", varit)
    sett = version(client, url)
    assert "Närvaron är inte ifylld" in text(client.get(LISTA, {"visa": "tidigare"}))
    assert client.post(url, {"var_dar": [pia.pk, bo.pk], "version": sett}).status_code == 302
    assert set(Anmalan.objects.filter(tillfalle=varit).values_list("namn", "narvarade")) == {
        ("Pia Ek", True), ("Bo", True), ("=Eva", False)
    }  # fmt: skip
    svar = client.post(url, {"var_dar": [pia.pk], "version": sett})
    assert svar.context["form"].nyare == [("Bo", "var där")]
    assert [ikryssad for _rad, ikryssad in svar.context["form"].rader()] == [False, False, True]
    sida = client.get(LISTA, {"visa": "tidigare"})
    assert [serie.i_ord for serie in sida.context["serier"]] == ["2 av 40 platser utnyttjade"]
    assert "2 av 40 platser utnyttjade" in text(client.get(reverse("insatser:insats_detail", args=[insats.slug])))
    assert len(utbud_paneler.att_gora(kansli)) == 1

    from openpyxl import load_workbook

    bok = load_workbook(io.BytesIO(client.get(adress("narvaro_xlsx", varit)).content))
    rader = [[cell.value for cell in rad] for rad in bok["Närvaro"].iter_rows(min_row=2)]
    assert ["Pia Ek", None, None, "Var där"] in [[varde or None for varde in rad] for rad in rader]
    assert bok["Närvaro"]["A2"].data_type == "s"


def test_the_pages_cost_the_same_with_more_events(inloggad, assert_constant_queries):
    inloggad("kansli")
    insats = ny_insats(inriktning="struktur")
    assert_constant_queries(LISTA, lambda: anmal(nytt(insats), "Pia Ek"))
    assert_constant_queries(reverse("insatser:insats_detail", args=[insats.slug]), lambda: anmal(nytt(insats), "Bo"))


def test_the_public_page_of_the_insats_shows_what_is_coming(client):
    tillfalle = nytt(plats="Hjo folkets hus", om=4)
    anmal(tillfalle, "Pia Ek")
    nytt(tillfalle.insats, om=-4, rubrik="Har varit")
    sida = text(client.get(reverse("insatser:insats_detail", args=[tillfalle.insats.slug])))
    assert "Hjo folkets hus" in sida
    assert "1 ledig plats" in sida
    assert "Logga in för att anmäla dig" in sida
    assert "Pia Ek" not in sida
    assert "Har varit" not in sida


# ---- Det goda exemplet


def test_a_party_nominates_and_the_kansli_chooses_at_most_three(client, ny_anvandare, kommun, monkeypatch):
    egen = ny_anvandare("partsforetradare", part=kommun)
    client.force_login(egen)
    sent = {"ar": idag().year, "arbetsgivare": "Sågen i Lugnås", "motivering": "Gav tid", "part": kommun.pk}
    ny = reverse("tillfallen:nominering_create")
    fel = client.post(ny, sent | {"part": Part.objects.forbund().pk, "inskick": str(uuid.uuid4())})
    assert "part" in fel.context["form"].errors
    assert client.post(ny, sent | {"inskick": str(uuid.uuid4())}).status_code == 302
    igen = client.post(ny, sent | {"arbetsgivare": "sågen  i lugnås", "inskick": str(uuid.uuid4())})
    assert igen.context["form"].errors == {"arbetsgivare": ["Arbetsgivaren är redan nominerad det året."]}
    forsta = Nominering.objects.get()
    url = reverse("tillfallen:nominering_edit", args=[forsta.pk])
    sett = version(client, url)
    assert client.post(url, sent | {"motivering": "Gav mycket tid", "version": sett}).status_code == 302
    assert "Någon annan" in client.post(url, sent | {"version": sett}).context["form"].errors["__all__"][0]

    alla = [forsta] + [
        Nominering.objects.create(ar=idag().year, arbetsgivare=f"Nr {nr}", motivering="x", part=kommun)
        for nr in range(3)
    ]
    forra = Nominering.objects.create(ar=idag().year - 1, arbetsgivare="Förra", motivering="x", part=kommun)
    client.force_login(ny_anvandare("kansli"))
    for rad in alla:
        svar = client.post(reverse("tillfallen:nominering_valj", args=[rad.pk]), follow=True)
    assert "3 är redan valda" in text(svar)
    assert Nominering.objects.filter(vald=True).count() == 3
    client.post(reverse("tillfallen:nominering_valj", args=[forra.pk]))
    client.post(reverse("tillfallen:nominering_valj_bort", args=[alla[1].pk]))
    client.post(reverse("tillfallen:nominering_valj", args=[alla[3].pk]))
    assert set(Nominering.objects.filter(vald=True)) == {forsta, alla[2], alla[3], forra}
    assert client.get(url).status_code == 302  # a chosen one is not changed
    ta_bort = reverse("tillfallen:nominering_delete", args=[forsta.pk])
    client.post(ta_bort)
    assert Nominering.objects.filter(pk=forsta.pk).exists()
    client.post(reverse("tillfallen:nominering_delete", args=[alla[1].pk]))
    assert [rad.arbetsgivare for rad, _ in client.get(NOMINERINGAR).context["rader"]] == [
        "Sågen i Lugnås",
        "Nr 1",
        "Nr 2",
    ]
    assert [rad for rad, _ in client.get(NOMINERINGAR, {"ar": idag().year - 1}).context["rader"]] == [forra]

    borta = Nominering.objects.create(ar=idag().year, arbetsgivare="Borta", motivering="x", part=kommun)

    def hamta_och_ta_bort(*args, **kwargs):
        rad = get_object_or_404(*args, **kwargs)
        Nominering.objects.filter(pk=rad.pk).delete()
        return rad

    monkeypatch.setattr(tillfalle_nominering_views, "get_object_or_404", hamta_och_ta_bort)
    svar = client.post(reverse("tillfallen:nominering_valj", args=[borta.pk]), follow=True)
    assert "togs bort eller flyttades" in text(svar)
    monkeypatch.undo()

    client.force_login(Anvandare.objects.get(pk=egen.pk))
    assert "Ge utmärkelsen" not in text(client.get(NOMINERINGAR))
