"""The pages of one stay: what they show, what they refuse, and what they write down."""

import datetime

import pytest

from samordning.karna.forms import NAGON_ANNAN_HANN_FORE
from samordning.karna.models import Atkomst, Handelse
from tests.uppfoljning.personer import START, ny_remiss, nytt_deltagande, nytt_nummer, sida, starta
from uppfoljning.gallande import gallande, spara_halva
from uppfoljning.inskrivning import satt_lage, starta_fran_remiss
from uppfoljning.models import Avslutsorsak, Deltagande, Formular, Lage, Parnyckel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]

D = datetime.date


@pytest.fixture
def deltagande(insats, user):
    return starta(insats, user, adress="Storgatan 1", telefon="0980-319 201")


def fel(svar):
    assert svar.status_code == 200
    return {namn: texter[0] for namn, texter in svar.context["form"].errors.items()}


def handelser(objekt):
    return [(rad.namn, rad.data) for rad in Handelse.objects.om(objekt)]


def versioner(deltagande):
    return {"version": str(Deltagande.objects.get(pk=deltagande.pk).version)}


def test_the_page_shows_facts_and_never_an_answer(client, user, deltagande):
    formular = Formular.objects.get(kod="bilaga2")
    spara_halva(deltagande, "start", formular, datum=START, halsa=7)
    spara_halva(deltagande, "slut", formular, datum=START, halsa=9, bemotande=8, fritext="Kanariefågel")
    satt_lage(deltagande=deltagande, tillfalle="start", datum=START, timmar=12, andelar={"FK": 75, "LON": 25},
              ves=False, av=user)  # fmt: skip
    svar = client.get(sida("deltagande_detail", deltagande.uuid))
    html = svar.content.decode()
    for text in ("Berit Provsson", "Storgatan 1", "0980-319 201", "Besvarad", "rehabiliteringspenning, 75",
                 "Skrev in timmar och försörjning vid start", "Registrerade starten"):  # fmt: skip
        assert text in html
    assert "Kanariefågel" not in html
    for tillfalle in svar.context["tillfallen"]:
        assert set(tillfalle) == {"kod", "text", "dag", "lage", "timmar", "forsorjning", "svar"}
        assert tillfalle["svar"] == (START, None)
    assert "<title>Deltagare" in html.replace("\n", "")


def test_the_number_is_shown_on_a_page_of_its_own_that_is_written_down(client, user, deltagande):
    nummer = deltagande.personnummer
    html = client.get(sida("deltagande_detail", deltagande.uuid)).content.decode()
    assert f"{nummer[:8]}-••••" in html
    assert nummer not in html
    assert nummer[8:] not in html.replace(str(deltagande.uuid), "")
    for namn in ("deltagande_edit", "deltagande_avsluta", "deltagande_felregistrera", "deltagande_skydda", "blankett"):
        text = client.get(sida(namn, deltagande.uuid)).content.decode()
        assert nummer not in text
        assert f"{nummer[:8]}-{nummer[8:]}" not in text
    assert client.get(sida("deltagande_nummer", deltagande.uuid)).status_code == 405
    svar = client.post(sida("deltagande_nummer", deltagande.uuid))
    assert f"{nummer[:8]}-{nummer[8:]}" in svar.content.decode()
    assert svar["Cache-Control"] == "no-store"
    senaste = Atkomst.objects.latest("pk")
    assert (senaste.handling, senaste.objekt_id, senaste.person) == (
        "visade nummer", str(deltagande.uuid), deltagande.deltagare.uuid,
    )  # fmt: skip


def test_without_a_number_there_is_none_to_show(client, user, insats):
    deltagande = nytt_deltagande(insats)
    deltagande.personnummer = ""
    deltagande.save()
    assert client.post(sida("deltagande_nummer", deltagande.uuid)).status_code == 404


@pytest.mark.parametrize(
    "namn", ["detail", "edit", "avsluta", "felregistrera", "skydda", "blankett", "lage"],
)  # fmt: skip
def test_every_page_is_written_down_once(client, user, deltagande, namn):
    namn = {"blankett": "blankett", "lage": "lage_edit"}.get(namn, f"deltagande_{namn}")
    delar = (deltagande.uuid, "start") if namn == "lage_edit" else (deltagande.uuid,)
    assert client.get(sida(namn, *delar)).status_code == 200
    rad = Atkomst.objects.get()
    assert (rad.anvandare, rad.handling, rad.objekt_typ, rad.objekt_id, rad.person) == (
        user, "visade", "deltagande", str(deltagande.uuid), deltagande.deltagare.uuid,
    )  # fmt: skip


def test_an_edit_is_saved_and_recorded_by_field(client, user, deltagande):
    data = versioner(deltagande) | {"start": "2026-01-15", "namn": "Berit Nyman", "adress": "Storgatan 1",
                                    "telefon": "0980-319 201", "epost": "berit@example.se"}  # fmt: skip
    svar = client.post(sida("deltagande_edit", deltagande.uuid), data)
    assert svar.url == sida("deltagande_detail", deltagande.uuid)
    sparat = Deltagande.objects.get()
    assert (sparat.namn, sparat.start, sparat.epost) == ("Berit Nyman", D(2026, 1, 15), "berit@example.se")
    assert sparat.personnummer == deltagande.personnummer
    assert handelser(sparat)[0] == ("andrad", {"falt": ["epost", "namn", "start"]})
    html = client.get(svar.url).content.decode()
    assert "Ändrade uppgifter: e-post, namn, första dagen" in html


def test_another_number_is_another_person(client, user, deltagande):
    nytt = nytt_nummer("850505")
    data = versioner(deltagande) | {"start": START, "namn": "Berit Provsson", "personnummer": nytt}
    client.post(sida("deltagande_edit", deltagande.uuid), data)
    sparat = Deltagande.objects.get()
    assert sparat.personnummer == nytt
    assert sparat.deltagare_id != deltagande.deltagare_id
    assert sparat.deltagare.fodelsear == 1985


def test_a_colleague_was_faster_and_both_texts_are_shown(client, user, deltagande):
    data = versioner(deltagande) | {"start": START, "namn": "Min Text", "adress": "Storgatan 1"}
    client.post(sida("deltagande_edit", deltagande.uuid), data | {"namn": "Kollegans Text"})
    svar = client.post(sida("deltagande_edit", deltagande.uuid), data)
    html = svar.content.decode()
    assert NAGON_ANNAN_HANN_FORE in html
    assert svar.context["form"].nyare == [("Namn", "Kollegans Text")]
    assert 'value="Min Text"' in html
    assert Deltagande.objects.get().namn == "Kollegans Text"
    igen = data | {"version": svar.context["form"]["version"].value()}
    assert client.post(sida("deltagande_edit", deltagande.uuid), igen).status_code == 302
    assert Deltagande.objects.get().namn == "Min Text"


def test_an_edit_that_meets_another_stay_is_refused_in_words(client, user, insats, deltagande):
    Deltagande.objects.filter(pk=deltagande.pk).update(slut=D(2026, 1, 20))
    annat = starta(insats, user, deltagande.personnummer, start=D(2026, 2, 1))
    data = versioner(annat) | {"start": "2026-01-20", "namn": "Ändrat Namn"}
    svar = client.post(sida("deltagande_edit", annat.uuid), data)
    assert "redan inskriven" in fel(svar)["start"]
    assert 'value="Ändrat Namn"' in svar.content.decode()
    assert Deltagande.objects.get(pk=annat.pk).start == D(2026, 2, 1)
    assert "efter avslutet" in fel(
        client.post(sida("deltagande_edit", deltagande.uuid), versioner(deltagande) | {"start": "2026-01-21"})
    )["start"]  # fmt: skip


def test_an_edited_first_day_chooses_the_half_anew(client, user, deltagande):
    formular = Formular.objects.get(kod="bilaga2")
    for dag, halsa in ((D(2025, 12, 5), 5), (D(2026, 1, 12), 6)):
        spara_halva(deltagande, "start", formular, datum=dag, halsa=halsa)
    nyckel = Parnyckel.objects.get().nyckel
    assert gallande(nyckel, "start").halsa == 6
    data = versioner(deltagande) | {"start": "2026-01-02", "namn": "Berit Provsson"}
    client.post(sida("deltagande_edit", deltagande.uuid), data)
    assert gallande(nyckel, "start").halsa == 5


def test_a_protected_stay_has_only_its_code_and_day_to_edit(client, user, deltagande):
    client.post(sida("deltagande_skydda", deltagande.uuid), {"lokal_kod": "Ek 7"})
    svar = client.get(sida("deltagande_edit", deltagande.uuid))
    assert [falt.name for falt in svar.context["form"].visible_fields()] == ["start", "lokal_kod"]
    data = versioner(deltagande) | {"start": START, "lokal_kod": "Ek 8", "namn": "Berit Provsson"}
    assert client.post(sida("deltagande_edit", deltagande.uuid), data).status_code == 302
    sparat = Deltagande.objects.get()
    assert (sparat.lokal_kod, sparat.namn) == ("Ek 8", "")


def test_hours_and_support_are_written_and_corrected(client, user, deltagande):
    adress = sida("lage_edit", deltagande.uuid, "start")
    assert 'value="2026-01-12"' in client.get(adress).content.decode()
    data = {"datum": "2026-01-12", "timmar": "7,25", "procent_FK": "50", "procent_LON": "50"}
    assert client.post(adress, data | versioner(deltagande)).status_code == 302
    lage = Lage.objects.get()
    assert (float(lage.timmar), lage.forsorjning, lage.andelar.count()) == (7.25, "BLANDAD", 2)
    html = client.get(adress).content.decode()
    assert 'value="7,25"' in html
    assert 'value="50"' in html
    client.post(adress, {"datum": "2026-01-13", "ves": "on"} | versioner(deltagande))
    lage.refresh_from_db()
    assert (lage.timmar, lage.forsorjning, lage.datum, lage.andelar.count()) == (None, "VES", D(2026, 1, 13), 0)
    assert [rad for rad in handelser(deltagande) if rad[0] == "lage"] == [("lage", {"tillfalle": "start"})] * 2


@pytest.mark.parametrize(
    ("data", "plats", "text"),
    [({"datum": ""}, "datum", "Fyll i datumet"), ({"datum": "2026-03-02"}, "datum", "efter i dag"),
     ({}, "__all__", "Fyll i timmar eller försörjning"), ({"timmar": "-1"}, "timmar", "mellan 0 och 60"),
     ({"procent_FK": "80", "procent_AF": "41"}, "procent_FK", "121 % tillsammans"),
     ({"procent_FK": "0"}, "procent_FK", "1 till 100")],
)  # fmt: skip
def test_the_errors_of_hours_and_support(client, user, deltagande, data, plats, text):
    svar = client.post(
        sida("lage_edit", deltagande.uuid, "start"), {"datum": "2026-01-12"} | versioner(deltagande) | data
    )
    assert text in fel(svar)[plats]
    assert not Lage.objects.exists()


def test_a_colleagues_hours_are_not_overwritten(client, user, deltagande):
    adress = sida("lage_edit", deltagande.uuid, "start")
    gammal = {"datum": "2026-01-12"} | versioner(deltagande)
    client.post(adress, gammal | {"timmar": "10", "procent_FK": "100"})
    svar = client.post(adress, gammal | {"timmar": "20"})
    assert ("Timmar i veckan", "10") in svar.context["form"].nyare
    assert ("Sjukpenning eller rehabiliteringspenning", 100) in svar.context["form"].nyare
    assert Lage.objects.get().timmar == 10


def test_there_are_two_occasions(client, user, deltagande):
    assert client.get(sida("lage_edit", deltagande.uuid, "mitten")).status_code == 404


def test_an_exit_with_its_situation(client, user, deltagande):
    adress = sida("deltagande_avsluta", deltagande.uuid)
    html = client.get(adress).content.decode()
    assert html.index("Positivt") < html.index("Övrigt") < html.index("Neutralt") < html.index("Avliden")
    assert "Felregistrering" not in html
    data = {"slut": "2026-02-20", "avslutsorsak": "arbete", "timmar": "30", "procent_LON": "100"}
    assert client.post(adress, data | versioner(deltagande)).status_code == 302
    sparat = Deltagande.objects.get()
    assert (sparat.slut, sparat.avslutsorsak.kod, sparat.felregistrerad) == (D(2026, 2, 20), "arbete", False)
    lage = Lage.objects.get()
    assert (lage.tillfalle, lage.datum, lage.timmar, lage.forsorjning) == ("slut", sparat.slut, 30, "LON")
    assert ("avslutad", {"slut": "2026-02-20", "orsak": "arbete"}) in handelser(sparat)


def test_a_registered_exit_is_corrected(client, user, deltagande):
    adress = sida("deltagande_avsluta", deltagande.uuid)
    client.post(adress, {"slut": "2026-02-20", "avslutsorsak": "arbete"} | versioner(deltagande))
    assert "Ändra avslutet" in client.get(adress).content.decode()
    client.post(adress, {"slut": "2026-02-21", "avslutsorsak": "studier"} | versioner(deltagande))
    sparat = Deltagande.objects.get()
    assert (sparat.slut, sparat.avslutsorsak.kod) == (D(2026, 2, 21), "studier")
    svar = client.post(adress, {"slut": "2026-02-22", "avslutsorsak": "arbete", "version": "1"})
    assert svar.context["form"].nyare == [
        ("Sista dagen", "21 februari 2026"), ("Varför deltagandet slutar", "Studier"),
    ]  # fmt: skip
    assert Deltagande.objects.get().slut == D(2026, 2, 21)


@pytest.mark.parametrize(
    ("data", "plats", "text"),
    [({"slut": ""}, "slut", "Fyll i den sista dagen"), ({"slut": "2026-01-11"}, "slut", "före den första"),
     ({"slut": "2026-03-02"}, "slut", "efter i dag"), ({"avslutsorsak": ""}, "avslutsorsak", "Välj varför"),
     ({"avslutsorsak": "felregistrering"}, "avslutsorsak", "Välj i listan"),
     ({"avslutsorsak": "gammal"}, "avslutsorsak", "gick inte att använda den dagen"),
     ({"timmar": "99"}, "timmar", "mellan 0 och 60")],
)  # fmt: skip
def test_the_errors_of_an_exit(client, user, deltagande, data, plats, text):
    Avslutsorsak.objects.create(kod="gammal", text="Gammal", grupp="ovrigt", giltig_till=D(2020, 1, 1))
    adress = sida("deltagande_avsluta", deltagande.uuid)
    assert "Gammal" not in client.get(adress).content.decode()
    svar = client.post(adress, {"slut": "2026-02-20", "avslutsorsak": "arbete"} | versioner(deltagande) | data)
    assert text in fel(svar)[plats]
    assert Deltagande.objects.get().slut is None
    assert not Lage.objects.exists()


def test_a_mistake_asks_first_and_stays(client, user, deltagande):
    adress = sida("deltagande_felregistrera", deltagande.uuid)
    assert "går inte att ångra" in client.get(adress).content.decode()
    assert "Välj vad som blev fel" in fel(client.post(adress))["skal"]
    assert client.post(adress, {"skal": "fel_person"}).status_code == 302
    assert Deltagande.objects.get().felregistrerad
    assert "redan felregistrerat" in client.post(adress, {"skal": "annat"}, follow=True).content.decode()
    html = client.get(sida("deltagande_detail", deltagande.uuid)).content.decode()
    assert "Markerade som felregistrerat: det var fel person" in html
    assert sida("deltagande_avsluta", deltagande.uuid) not in html
    data = {"slut": "2026-02-20", "avslutsorsak": "arbete"} | versioner(deltagande)
    assert "felregistrerat" in fel(client.post(sida("deltagande_avsluta", deltagande.uuid), data))["slut"]


def test_protected_details_leave_nothing_of_the_person(client, user, deltagande):
    nummer = deltagande.personnummer
    adress = sida("deltagande_skydda", deltagande.uuid)
    assert "går inte att ångra" in client.get(adress).content.decode()
    assert "egen kod" in fel(client.post(adress, {"lokal_kod": ""}))["lokal_kod"]
    assert "personnummer" in fel(client.post(adress, {"lokal_kod": nummer[2:]}))["lokal_kod"]
    assert client.post(adress, {"lokal_kod": "Ek 7"}).status_code == 302
    html = client.get(sida("deltagande_detail", deltagande.uuid)).content.decode()
    for text in ("Berit", "Provsson", "Storgatan", "0980-319 201", nummer[:8]):
        assert text not in html
    assert "Ek 7" in html
    assert "redan borttagna" in client.get(adress, follow=True).content.decode()


def test_a_form_without_its_version_is_not_saved(client, user, deltagande):
    svar = client.post(sida("deltagande_edit", deltagande.uuid), {"start": START, "namn": "Utan Version"})
    assert "Öppna sidan igen" in fel(svar)["version"]
    assert Deltagande.objects.get().namn == "Berit Provsson"


def test_an_exit_long_ago_has_the_reasons_of_its_day(client, user, insats):
    Avslutsorsak.objects.create(kod="gammal", text="Gammal orsak", grupp="ovrigt", giltig_till=D(2020, 12, 31))
    deltagande = nytt_deltagande(insats, start=D(2020, 1, 10))
    data = {"slut": "2020-05-01", "avslutsorsak": ""} | versioner(deltagande)
    svar = client.post(sida("deltagande_avsluta", deltagande.uuid), data)
    assert "Gammal orsak" in svar.content.decode()
    assert (
        client.post(sida("deltagande_avsluta", deltagande.uuid), data | {"avslutsorsak": "gammal"}).status_code == 302
    )
    assert Deltagande.objects.get().avslutsorsak.kod == "gammal"


def test_a_municipality_anywhere_is_shown_by_name_and_an_unknown_code_is_kept(client, user, insats):
    deltagande = nytt_deltagande(insats, kommun="1480")
    assert "Göteborg" in client.get(sida("deltagande_detail", deltagande.uuid)).content.decode()
    Deltagande.objects.update(kommun="9998")
    html = client.get(sida("deltagande_edit", deltagande.uuid)).content.decode()
    assert 'value="9998" selected' in html
    data = versioner(deltagande) | {"start": START, "namn": "Berit Provsson", "kommun": "9998"}
    assert client.post(sida("deltagande_edit", deltagande.uuid), data).status_code == 302
    assert Deltagande.objects.get().kommun == "9998"


def test_an_edit_sent_twice_is_no_conflict(client, user, deltagande):
    nytt = nytt_nummer("850505")
    data = versioner(deltagande) | {"start": START, "namn": "Berit Nyman", "adress": "Storgatan 1",
                                    "telefon": "0980-319 201", "personnummer": nytt}  # fmt: skip
    assert [client.post(sida("deltagande_edit", deltagande.uuid), data).status_code for _ in range(2)] == [302, 302]
    assert [namn for namn, _ in handelser(deltagande)].count("andrad") == 1
    annat = data | {"personnummer": nytt_nummer("860606")}
    svar = client.post(sida("deltagande_edit", deltagande.uuid), annat)
    assert svar.context["form"].nyare == [("Nytt personnummer", "det sparade numret visas inte här")]
    assert Deltagande.objects.get().personnummer == nytt


def test_who_sent_the_remiss_is_frozen(client, user, insats, ny_anvandare, kommun):
    """The class and the part go together in the split by remittent (7.2)."""
    remiss = ny_remiss(insats, ny_anvandare("remittent"), avsandare=kommun)
    deltagande = starta_fran_remiss(remiss=remiss, start=START, av=user)
    html = client.get(sida("deltagande_edit", deltagande.uuid)).content.decode()
    assert "Vem som hänvisade personen" not in html
    data = versioner(deltagande) | {"start": START, "namn": "Berit Nyman", "remittentslag": "FK"}
    assert client.post(sida("deltagande_edit", deltagande.uuid), data).status_code == 302
    sparat = Deltagande.objects.get()
    assert (sparat.namn, sparat.remittentslag, sparat.remittent) == ("Berit Nyman", "KOMMUN", kommun)


def test_a_mistake_still_holds_who_it_was_so_the_mark_can_be_set(client, user, deltagande):
    client.post(sida("deltagande_felregistrera", deltagande.uuid), {"skal": "fel_person"})
    assert sida("deltagande_skydda", deltagande.uuid) in client.get(
        sida("deltagande_detail", deltagande.uuid)
    ).content.decode()  # fmt: skip
    client.post(sida("deltagande_skydda", deltagande.uuid), {"lokal_kod": "Ek 7"})
    assert Deltagande.objects.get().namn == ""
