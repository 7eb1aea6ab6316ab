"""What becomes of a stay: start, corrections, exit, mistakes and protected details."""

import datetime

import pytest

from remisser.models import Avbojandeorsak, Deltagare, Remiss, Samtycke
from samordning.karna import krypto
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Part
from samordning.karna.personnummer import tolka
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.personer import START, ny_remiss, nytt_deltagande, nytt_nummer, personal, starta
from uppfoljning import inskrivning
from uppfoljning.inskrivning import GarInte
from uppfoljning.models import Avslutsorsak, Deltagande, Lage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]


@pytest.fixture
def av(ny_anvandare, insats):
    return personal(ny_anvandare, insats)


def orsak(kod):
    return Avslutsorsak.objects.get(kod=kod)


def handelser(objekt):
    return [(rad.namn, rad.data) for rad in Handelse.objects.om(objekt)]


def test_a_remiss_becomes_a_stay_with_a_copy_of_who_it_is(insats, av, ny_anvandare, kommun):
    remiss = ny_remiss(insats, ny_anvandare("remittent"), avsandare=kommun, kommun="1493", epost="berit@example.se")
    deltagande = inskrivning.starta_fran_remiss(remiss=remiss, start=START, av=av)
    sparat = Deltagande.objects.get(pk=deltagande.pk)
    assert (sparat.namn, sparat.personnummer) == ("Berit Provsson", remiss.personnummer)
    assert (sparat.telefon, sparat.epost, sparat.kommun) == ("0980-319 201", "berit@example.se", "1493")
    assert (sparat.deltagare, sparat.remittent, sparat.remittentslag) == (remiss.deltagare, kommun, "KOMMUN")
    assert Remiss.objects.get(pk=remiss.pk).lage == "paborjad"
    assert handelser(sparat) == [("startad", {"start": "2026-01-12"})]


def test_a_remiss_is_started_once(insats, av, ny_anvandare):
    remiss = ny_remiss(insats, ny_anvandare("remittent"))
    inskrivning.starta_fran_remiss(remiss=remiss, start=START, av=av)
    with pytest.raises(OtillatenOvergang, match="redan påbörjad"):
        inskrivning.starta_fran_remiss(remiss=Remiss.objects.get(pk=remiss.pk), start=START, av=av)
    assert Deltagande.objects.count() == 1


@pytest.mark.parametrize(
    ("slag", "under", "vantat"),
    [("fk", False, "FK"), ("af", True, "AF"), ("kommun", True, "KOMMUN"), ("region", False, "REGION"),
     ("region", True, "VARD"), ("annan", False, "")],
)  # fmt: skip
def test_the_class_of_a_sender_is_that_of_its_branch(db, slag, under, vantat):
    part = Part.objects.create(namn="Moder", slag=slag, medlem_fran=datetime.date(2019, 1, 1))
    if under:
        part = Part.objects.create(namn="Enheten", slag="enhet", del_av=part)
    assert inskrivning.remittentslag(part) == vantat


def test_a_number_is_the_same_person_in_every_insats(insats, av):
    nummer = nytt_nummer()
    ett, annat = starta(insats, av, nummer), starta(ny_insats(), av, nummer)
    assert ett.deltagare == annat.deltagare
    assert bytes(Deltagare.objects.get(pk=ett.deltagare_id).lookup) == krypto.uppslag("personnummer", nummer)
    assert (ett.deltagare.kon, ett.deltagare.fodelsear) == (tolka(nummer, idag()).kon, 1990)


def test_without_a_number_it_is_always_a_new_person(insats, av):
    ett, annat = (
        inskrivning.starta_utan_remiss(insats=insats, start=START, av=av, kon="M", fodelsear=1980, namn="Olle Prov")
        for _ in range(2)
    )
    assert ett.deltagare != annat.deltagare
    assert (ett.deltagare.kon, ett.deltagare.fodelsear, ett.personnummer) == ("M", 1980, "")


def test_two_stays_at_once_are_refused_in_words_and_nothing_is_saved(insats, av, ny_anvandare):
    nummer = nytt_nummer()
    starta(insats, av, nummer)
    remiss = ny_remiss(insats, ny_anvandare("remittent"), deltagare=Deltagare.objects.get())
    with pytest.raises(GarInte, match="redan inskriven i insatsen"):
        inskrivning.starta_fran_remiss(remiss=remiss, start=START, av=av)
    assert Remiss.objects.get(pk=remiss.pk).lage == "accepterad"
    assert Deltagande.objects.count() == 1


def test_a_protected_person_has_nothing_but_the_code(insats, av):
    deltagande = inskrivning.starta_utan_remiss(
        insats=insats, start=START, av=av, skyddad=True, kon="K", fodelsear=1990, lokal_kod="Ek 7", namn="Berit Prov",
        adress="Storgatan 1", kommun="1493", remittentslag="AF", telefon="0980-319 201",
    )  # fmt: skip
    sparat = Deltagande.objects.get(pk=deltagande.pk)
    assert (sparat.skyddad, sparat.lokal_kod, sparat.visat_namn) == (True, "Ek 7", "Ek 7")
    assert {sparat.namn, sparat.personnummer, sparat.adress, sparat.telefon, sparat.kommun, sparat.remittentslag} == {
        ""
    }
    assert (sparat.deltagare.lookup, sparat.deltagare.skyddad, sparat.deltagare.kon) == (None, True, "K")


def test_exit_and_its_correction(insats, av):
    deltagande = starta(insats, av)
    inskrivning.avsluta(deltagande=deltagande, slut=datetime.date(2026, 2, 1), orsak=orsak("arbete"), av=av)
    inskrivning.avsluta(deltagande=deltagande, slut=datetime.date(2026, 2, 5), orsak=orsak("studier"), av=av)
    sparat = Deltagande.objects.get()
    assert (sparat.slut, sparat.avslutsorsak.kod, sparat.felregistrerad) == (
        datetime.date(2026, 2, 5),
        "studier",
        False,
    )
    assert [namn for namn, _ in handelser(sparat)] == ["avslut_andrat", "avslutad", "startad"]
    assert sparat.version == 3


def test_an_exit_may_not_be_moved_into_the_next_stay(insats, av):
    nummer = nytt_nummer()
    forsta = starta(insats, av, nummer)
    inskrivning.avsluta(deltagande=forsta, slut=datetime.date(2026, 1, 20), orsak=orsak("arbete"), av=av)
    starta(insats, av, nummer, start=datetime.date(2026, 2, 1))
    with pytest.raises(GarInte, match="redan inskriven"):
        inskrivning.avsluta(deltagande=forsta, slut=datetime.date(2026, 2, 1), orsak=orsak("arbete"), av=av)
    assert Deltagande.objects.get(pk=forsta.pk).slut == datetime.date(2026, 1, 20)


@pytest.mark.parametrize("slut", [None, datetime.date(2026, 2, 1)])
def test_a_mistake_is_in_nobodys_way(insats, av, slut):
    nummer = nytt_nummer()
    deltagande = starta(insats, av, nummer)
    if slut:
        inskrivning.avsluta(deltagande=deltagande, slut=slut, orsak=orsak("arbete"), av=av)
    inskrivning.felregistrera(deltagande=deltagande, skal="fel_person", av=av)
    sparat = Deltagande.objects.get(pk=deltagande.pk)
    assert (sparat.felregistrerad, sparat.avslutsorsak.kod) == (True, "felregistrering")
    assert handelser(sparat)[0] == ("felregistrerad", {"skal": "fel_person"})
    starta(insats, av, nummer)  # the days are free again
    with pytest.raises(GarInte, match="redan felregistrerat"):
        inskrivning.felregistrera(deltagande=deltagande, skal="annat", av=av)
    with pytest.raises(GarInte, match="kan inte avslutas"):
        inskrivning.avsluta(deltagande=deltagande, slut=idag(), orsak=orsak("arbete"), av=av)


def test_corrections_are_recorded_by_field_and_never_by_value(insats, av):
    deltagande = starta(insats, av, adress="Storgatan 1")
    nummer = tolka(nytt_nummer("850505"), idag())
    fore = deltagande.deltagare_id
    andrat = inskrivning.andra(
        deltagande=deltagande, av=av, namn="Berit Nyman", adress="Storgatan 1", personnummer=nummer
    )
    sparat = Deltagande.objects.get()
    assert andrat == ["namn", "personnummer"]
    assert (sparat.namn, sparat.personnummer, sparat.version) == ("Berit Nyman", nummer.tolv, 2)
    assert sparat.deltagare_id != fore
    assert handelser(sparat)[0] == ("andrad", {"falt": ["namn", "personnummer"]})


def test_nothing_changed_is_no_event(insats, av):
    deltagande = starta(insats, av, adress="Storgatan 1")
    assert inskrivning.andra(deltagande=deltagande, av=av, namn="Berit Provsson", adress="Storgatan 1") == []
    assert [namn for namn, _ in handelser(deltagande)] == ["startad"]


@pytest.mark.parametrize(
    ("andelar", "vantat"),
    [({"FK": 100}, "FK"), ({"FK": 75, "LON": 25}, "FK"), ({"FK": 50, "LON": 50}, "BLANDAD"),
     ({"FK": 25, "LON": 25, "AF": 50}, "AF"), ({}, "")],
)  # fmt: skip
def test_the_largest_share_is_the_support(andelar, vantat):
    assert inskrivning.storst(andelar) == vantat


def test_hours_and_support_are_replaced_or_kept(insats, av):
    deltagande = starta(insats, av)
    varden = {"deltagande": deltagande, "tillfalle": "start", "datum": START, "av": av}
    inskrivning.satt_lage(timmar=10, andelar={"FK": 75, "LON": 25}, ves=False, **varden)
    inskrivning.satt_lage(timmar=None, andelar={"AF": 100}, ves=False, behall=("forsorjning", "timmar"), **varden)
    lage = Lage.objects.get()
    assert (lage.timmar, lage.forsorjning, dict(lage.andelar.values_list("kod", "procent"))) == (10, "AF", {"AF": 100})
    inskrivning.satt_lage(timmar=None, andelar={}, ves=True, **varden)
    lage.refresh_from_db()
    assert (lage.timmar, lage.forsorjning, lage.andelar.count()) == (None, "VES", 0)
    assert handelser(deltagande)[0] == ("lage", {"tillfalle": "start"})


def test_the_mark_that_comes_later_wipes_every_copy(insats, av, ny_anvandare):
    remiss = ny_remiss(insats, ny_anvandare("remittent"), kommun="1493", fragestallning="Orkar hon arbeta?")
    deltagande = inskrivning.starta_fran_remiss(remiss=remiss, start=START, av=av)
    nummer = deltagande.personnummer
    annat = starta(ny_insats(), av, nummer, kommun="1493", remittentslag="AF")
    utanfor = starta(insats, av, namn="Olle Utanför")
    inskrivning.skydda(deltagande=deltagande, lokal_kod="Ek 7", av=av)
    for pk, kod in ((deltagande.pk, "Ek 7"), (annat.pk, "")):
        rad = Deltagande.objects.get(pk=pk)
        assert (rad.skyddad, rad.lokal_kod, rad.remiss, rad.remittent) == (True, kod, None, None)
        assert {rad.namn, rad.personnummer, rad.adress, rad.telefon, rad.epost, rad.kommun, rad.remittentslag} == {""}
        assert handelser(rad)[0] == ("skyddad", {})
    remiss.refresh_from_db()
    assert {remiss.namn, remiss.personnummer, remiss.telefon, remiss.fragestallning, remiss.kommun} == {""}
    assert Deltagare.objects.filter(lookup=krypto.uppslag("personnummer", nummer)).count() == 0
    assert Deltagande.objects.get(pk=utanfor.pk).namn == "Olle Utanför"


def test_a_pseudonym_of_an_import_stays_so_that_the_row_is_not_read_in_again(insats, av):
    deltagare = Deltagare.objects.create(kon="K", lookup=krypto.uppslag("kalla", "P1"))
    deltagande = nytt_deltagande(insats, deltagare=deltagare)
    inskrivning.skydda(deltagande=deltagande, lokal_kod="Ek 7", av=av)
    assert Deltagare.objects.get(pk=deltagare.pk).lookup is not None


def test_who_is_protected_elsewhere_is_never_written_down_by_name(insats, av):
    nummer = nytt_nummer()
    Deltagare.objects.filter(pk=starta(ny_insats(), av, nummer).deltagare_id).update(skyddad=True)
    with pytest.raises(GarInte, match="Ring kansliet"):
        starta(insats, av, nummer)
    assert not Deltagande.objects.filter(insats=insats).exists()


def test_a_corrected_number_corrects_the_sex_that_came_from_the_wrong_one(insats, av):
    man, kvinna = (tolka(nytt_nummer("700707", nr=nr), idag()) for nr in (1, 0))
    deltagande = starta(insats, av, man.tolv)
    assert deltagande.deltagare.kon == "M"
    inskrivning.andra(deltagande=deltagande, av=av, personnummer=kvinna)
    assert Deltagande.objects.get().deltagare.kon == "K"


def test_what_the_person_says_of_their_sex_follows_to_the_right_number(insats, av):
    deltagande = starta(insats, av, nytt_nummer("700707", nr=1), kon="O")
    inskrivning.andra(deltagande=deltagande, av=av, personnummer=tolka(nytt_nummer("700707", nr=0), idag()))
    assert Deltagande.objects.get().deltagare.kon == "O"


def test_what_the_person_says_of_their_sex_holds_also_when_the_number_is_known(insats, av, ny_anvandare):
    """One current value a person (7.2); to show another one than was typed would tell that the number was known."""
    nummer = nytt_nummer("700707", nr=0)
    starta(ny_insats(), av, nummer)
    assert starta(insats, av, nummer, kon="O").deltagare.kon == "O"
    assert Deltagare.objects.get().kon == "O"
    assert starta(ny_insats(), av, nummer).deltagare.kon == "O"  # silence changes nothing
    remiss = ny_remiss(ny_insats(), ny_anvandare("remittent"), deltagare=Deltagare.objects.get(), kon="K")
    assert inskrivning.starta_fran_remiss(remiss=remiss, start=START, av=av).deltagare.kon == "K"


def test_the_mark_wipes_the_contacts_in_the_consent_and_the_words_of_a_refusal(insats, av, ny_anvandare):
    skribent = ny_anvandare("remittent")
    deltagande = starta(insats, av)
    orsaken = Avbojandeorsak.objects.get(kod="FULLT")
    avbojd = ny_remiss(
        insats, skribent, deltagare=deltagande.deltagare, lage="avbojd", avbojande=orsaken, motivering="Ring Berit."
    )
    Samtycke.objects.create(
        remiss=avbojd, slag="sekretess", parter="Granviks kommun\nFrivården", satt="papper", givet=START
    )
    inskrivning.skydda(deltagande=deltagande, lokal_kod="Ek 7", av=av)
    assert (Remiss.objects.get().motivering, Samtycke.objects.get().parter) == ("", "")


def test_a_look_up_that_only_a_remiss_has_the_number_of_is_wiped_too(insats, av, ny_anvandare):
    remiss = ny_remiss(insats, ny_anvandare("remittent"))
    deltagande = nytt_deltagande(ny_insats(), deltagare=remiss.deltagare)
    Deltagande.objects.filter(pk=deltagande.pk).update(personnummer="")
    inskrivning.skydda(deltagande=deltagande, lokal_kod="Ek 7", av=av)
    assert Deltagare.objects.get(pk=remiss.deltagare_id).lookup is None


def test_a_page_that_was_read_before_the_mark_writes_nobody_down(insats, av, ny_anvandare):
    """Between the reading of the remiss and the start somebody in another insats sets the mark."""
    remiss = ny_remiss(insats, ny_anvandare("remittent"))
    last = Remiss.objects.select_related("deltagare").get(pk=remiss.pk)
    assert (last.namn, last.deltagare.skyddad) == ("Berit Provsson", False)
    inskrivning.skydda(deltagande=starta(ny_insats(), av, remiss.personnummer), lokal_kod="Ek 7", av=av)
    with pytest.raises(GarInte, match="Ring kansliet"):
        inskrivning.starta_fran_remiss(remiss=last, start=START, av=av)
    assert not Deltagande.objects.filter(insats=insats).exists()


@pytest.mark.parametrize(("skal", "lage"), [("fel_person", "accepterad"), ("dubbelt", "paborjad")])
def test_when_it_was_somebody_else_who_began_the_remiss_waits_again(insats, av, ny_anvandare, skal, lage):
    remiss = ny_remiss(insats, ny_anvandare("remittent"))
    deltagande = inskrivning.starta_fran_remiss(remiss=remiss, start=START, av=av)
    inskrivning.felregistrera(deltagande=deltagande, skal=skal, av=av)
    igen = Remiss.objects.get()
    assert igen.lage == lage
    if lage == "accepterad":
        rad = inskrivning.starta_fran_remiss(remiss=igen, start=START, av=av)
        assert (rad.felregistrerad, rad.remiss, rad.namn) == (False, igen, "Berit Provsson")
