"""Two rows of one person become one: what moves, what does not, whose figures, and the way back."""

import datetime
import json

import pytest

from remisser.models import Deltagare, Remiss
from samordning.karna import krypto
from samordning.karna.kalender import Period, idag
from samordning.karna.models import Handelse
from samordning.karna.personnummer import tolka
from tests.insatser.fabrik import ny_insats
from tests.uppfoljning.filer import importera, rad, som_csv
from tests.uppfoljning.personer import ny_remiss, nytt_deltagande, nytt_nummer, personal, starta
from uppfoljning import inskrivning, sammanslagning
from uppfoljning.importering import granska, spara
from uppfoljning.inskrivning import GarInte
from uppfoljning.models import Deltagande, Sammanslagning
from uppfoljning.reports import utfallsrapport
from uppfoljning.sammanslagning import RedanGjort, att_dela_upp, dela_upp, hinder, kandidater, skillnader, sla_ihop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en_dag_2026")]
DAG = datetime.date
FORRA = {"start": DAG(2025, 2, 3), "slut": DAG(2025, 6, 5)}
NU = {"start": DAG(2026, 1, 12)}
SAMORDNING, PERSON = nytt_nummer("900369", 1), nytt_nummer("900309", 1)  # men, as their ninth digit says


@pytest.fixture
def annan_insats():
    return ny_insats("Hagen")


@pytest.fixture
def av(ny_anvandare, insats):
    return personal(ny_anvandare, insats)


def lookup(nummer):
    return krypto.uppslag("personnummer", nummer)


def utan_nummer(insats, **falt):
    deltagare = Deltagare.objects.create(kon="M", fodelsear=1990)
    standard = {"namn": "Olle Provsson", "personnummer": "", "deltagare": deltagare}
    return Deltagande.objects.create(insats=insats, **standard | falt)


@pytest.fixture
def par(insats):
    """The same man, first with a samordningsnummer and a year later with a personnummer."""
    return (
        nytt_deltagande(insats, namn="Olle Provsson", personnummer=SAMORDNING, **FORRA),
        nytt_deltagande(insats, namn="Olle Provsson", personnummer=PERSON, **NU),
    )


def ihop(par, av, **val):
    ena, andra = (Deltagande.objects.get(pk=rad.pk) for rad in par)
    return sla_ihop(ena=ena, andra=andra, av=av, **{"skal": "nytt_nummer", "nummer": PERSON} | val)


def personerna(*rader):
    return [Deltagande.objects.get(pk=rad.pk).deltagare_id for rad in rader]


def nummer(*rader):
    return [Deltagande.objects.get(pk=rad.pk).personnummer for rad in rader]


def celler(*namn):
    rapport = utfallsrapport(Period(DAG(2025, 1, 1), DAG(2026, 2, 28)))
    return [rapport["celler"][cell]["T"] for cell in namn]


def handelser(objekt):
    return [(rad.namn, rad.data) for rad in Handelse.objects.om(objekt)]


# ---- One person


def test_two_numbers_of_one_person_are_counted_as_one_and_both_find_the_person(par, av):
    assert celler("P1", "U1", "U2", "U4", "U5") == [2, 2, 1, 2, 0]
    logg = ihop(par, av)
    assert celler("P1", "U1", "U2", "U4", "U5") == [2, 1, 1, 1, 1]
    assert len(set(personerna(*par))) == 1
    assert nummer(*par) == [PERSON, PERSON]
    kvar = logg.kvar
    assert bytes(kvar.lookup) == lookup(PERSON), "the chosen number's row is left when nothing else decides"
    for gammalt_eller_nytt in (SAMORDNING, PERSON):
        assert Deltagare.objects.for_nummer(tolka(gammalt_eller_nytt, idag())) == kvar
    assert Deltagare.objects.count() == 2


@pytest.mark.parametrize("valt", [SAMORDNING, PERSON])
def test_staff_say_which_number_is_the_current_one(par, av, valt):
    logg = ihop(par, av, nummer=valt)
    assert nummer(*par) == [valt, valt]
    assert bytes(logg.kvar.lookup) == lookup(valt)


def test_a_number_that_comes_later_is_the_one_that_is_left(insats, av):
    forst, sedan = utan_nummer(insats, **FORRA), nytt_deltagande(insats, personnummer=PERSON, **NU)
    logg = ihop((forst, sedan), av, nummer="", skal="utan_nummer")
    assert bytes(logg.kvar.lookup) == lookup(PERSON)
    assert nummer(forst, sedan) == [PERSON, PERSON]


def test_two_without_a_number_become_the_older_one(insats, av):
    forst, sedan = utan_nummer(insats, **NU), utan_nummer(insats, **FORRA)
    logg = ihop((sedan, forst), av, nummer="", skal="ater")
    assert logg.kvar_id == forst.deltagare_id
    assert nummer(forst, sedan) == ["", ""]


def test_all_stays_and_remisser_of_the_insats_follow(par, insats, av, ny_anvandare):
    tidigare = nytt_deltagande(insats, deltagare=par[0].deltagare, start=DAG(2024, 1, 8), slut=DAG(2024, 3, 1))
    fel = nytt_deltagande(
        insats, deltagare=par[0].deltagare, start=DAG(2025, 3, 1), slut=DAG(2025, 3, 2), felregistrerad=True
    )
    remiss = ny_remiss(insats, ny_anvandare("remittent"), deltagare=par[0].deltagare, lage="accepterad")
    logg = ihop(par, av)
    assert set(personerna(*par, tidigare, fel)) == {logg.kvar_id}
    assert (sorted(logg.deltaganden), logg.remisser) == (sorted([par[0].pk, tidigare.pk, fel.pk]), [remiss.pk])
    # The accepted remiss is started after the merge: it is the same person's.
    Deltagande.objects.filter(pk=par[1].pk).update(slut=DAG(2026, 1, 20))
    startat = inskrivning.starta_fran_remiss(remiss=remiss, start=DAG(2026, 2, 2), av=av)
    assert startat.deltagare_id == logg.kvar_id


def test_the_record_names_nobody(par, av):
    logg = ihop(par, av)
    data = {"skal": "nytt_nummer", "sammanslagning": logg.pk}
    for objekt in (*par, logg.kvar, logg.borta):
        assert handelser(objekt) == [("sammanslagen", data)]
    assert {rad.version for rad in Deltagande.objects.filter(pk__in=logg.deltaganden)} == {2}
    alla = json.dumps(list(Handelse.objects.values("namn", "data", "fran", "till")))
    assert not any(text in alla for text in ("Olle", SAMORDNING, PERSON))
    assert b"1990" not in bytes(Sammanslagning.objects.values_list("nummer", flat=True).get()), "encrypted"


def test_what_differs_is_a_choice(insats, av):
    ena = nytt_deltagande(insats, deltagare=Deltagare.objects.create(kon="K", fodelsear=1990), **FORRA)
    andra = nytt_deltagande(insats, deltagare=Deltagare.objects.create(kon="O", fodelsear=1991), **NU)
    val = skillnader(ena, andra)
    assert (val.kon, val.fodelsear, val.nummer) == (["K", "O"], [1990, 1991], "")
    assert val.numren == [ena.personnummer, andra.personnummer]
    ratt = {"nummer": ena.personnummer, "kon": "O", "fodelsear": 1991}
    for fel in ({"kon": ""}, {"kon": "M"}, {"fodelsear": None}, {"fodelsear": 1950}, {"nummer": ""}):
        with pytest.raises(GarInte, match="har ändrats"):
            ihop((ena, andra), av, **ratt | fel)
    kvar = ihop((ena, andra), av, **ratt).kvar
    assert (kvar.kon, kvar.fodelsear) == ("O", 1991)


def test_a_birth_year_fills_a_gap(insats, av):
    ena = nytt_deltagande(insats, deltagare=Deltagare.objects.create(kon="M"), personnummer=PERSON, **FORRA)
    andra = utan_nummer(insats, **NU)
    assert skillnader(ena, andra).fodelsear == []
    assert ihop((ena, andra), av, nummer="").kvar.fodelsear == 1990


# ---- What is refused


def test_two_stays_at_once_are_not_one_person(insats, av):
    ena = nytt_deltagande(insats, personnummer=SAMORDNING, **FORRA)
    andra = nytt_deltagande(insats, personnummer=PERSON, start=FORRA["slut"])  # exit and entry on one day
    with pytest.raises(GarInte, match="5 juni 2025 och pågår"):
        ihop((ena, andra), av)
    assert not Sammanslagning.objects.exists()
    assert len(set(personerna(ena, andra))) == 2


def test_another_stay_of_the_same_two_stands_in_the_way_too(par, insats, av):
    nytt_deltagande(insats, deltagare=par[1].deltagare, start=DAG(2025, 6, 1), slut=DAG(2025, 6, 30))
    with pytest.raises(GarInte, match="går in i varandra"):
        ihop(par, av)


def test_a_mistake_and_a_removed_identity_are_refused_in_words(par, insats, av):
    gallrad = Deltagande.objects.create(insats=insats, deltagare=Deltagare.objects.create(kon="K"), **FORRA)
    assert "har tagits bort" in hinder(par[1], gallrad)
    Deltagande.objects.filter(pk=par[0].pk).update(felregistrerad=True)
    with pytest.raises(GarInte, match="felregistrerat"):
        ihop(par, av)


def test_the_second_time_says_that_it_is_done(par, av):
    ihop(par, av)
    with pytest.raises(RedanGjort):
        ihop(par, av)
    assert Sammanslagning.objects.count() == 1


def test_a_stay_that_became_somebody_elses_meanwhile_is_not_taken_along(par, insats, av):
    sedda = [Deltagande.objects.get(pk=rad.pk) for rad in par]
    inskrivning.andra(deltagande=Deltagande.objects.get(pk=par[0].pk), av=av, personnummer=tolka(nytt_nummer(), idag()))
    with pytest.raises(GarInte, match="har ändrats"):
        sla_ihop(ena=sedda[0], andra=sedda[1], av=av, skal="nytt_nummer", nummer=PERSON)


# ---- Other insatser


def test_the_row_that_another_insats_uses_is_left_and_its_stay_is_not_touched(par, annan_insats, av):
    """Whichever number is chosen, so that the person is still one in the association."""
    dar = nytt_deltagande(annan_insats, personnummer=SAMORDNING, namn="Olle P", start=DAG(2025, 9, 1))
    fore = Deltagande.objects.filter(pk=dar.pk).values().get()
    assert celler("U1", "U6") == [2, 1]
    logg = ihop(par, av, nummer=PERSON)
    assert celler("U1", "U6") == [1, 1]
    assert logg.kvar_id == dar.deltagare_id
    assert Deltagande.objects.filter(pk=dar.pk).values().get() == fore
    assert not Handelse.objects.om(dar).exists()
    assert nummer(dar, *par) == [SAMORDNING, PERSON, PERSON]


def test_when_others_use_both_rows_theirs_stay_where_they_are(par, annan_insats, av, ny_anvandare):
    dar = nytt_deltagande(annan_insats, personnummer=SAMORDNING, start=DAG(2025, 9, 1))
    remiss = ny_remiss(ny_insats(), ny_anvandare("remittent"), deltagare=par[1].deltagare)
    logg = ihop(par, av)
    assert set(personerna(*par)) == {logg.kvar_id}
    assert personerna(dar) == [dar.deltagare_id]
    assert Remiss.objects.get(pk=remiss.pk).deltagare == par[1].deltagare
    # Nothing leads away from a row that is still in use.
    assert logg.borta.ersatt_av is None
    assert Deltagare.objects.for_nummer(tolka(SAMORDNING, idag())).pk == dar.deltagare_id


@pytest.mark.parametrize("dar", ["ingen", "overlappar", "bada"])
def test_nothing_that_is_said_depends_on_other_insatser(par, annan_insats, av, dar, django_assert_num_queries):
    """The same words, the same steps; an overlap elsewhere is nothing that these staff can see or be told."""
    if dar != "ingen":
        nytt_deltagande(annan_insats, personnummer=SAMORDNING, start=DAG(2025, 9, 1))
    if dar == "bada":
        nytt_deltagande(annan_insats, personnummer=PERSON, start=DAG(2025, 9, 1))
    ena, andra = (Deltagande.objects.select_related("deltagare").get(pk=rad.pk) for rad in par)
    with django_assert_num_queries(4):
        assert hinder(ena, andra) == ""
        val = skillnader(ena, andra)
        kandidat = [rad.pk for rad in kandidater(andra, av)]
    assert val == sammanslagning.Skillnader([SAMORDNING, PERSON], "", [], [], False, "")
    assert kandidat == [ena.pk]
    ihop(par, av)
    assert nummer(*par) == [PERSON, PERSON]


def test_the_likeliest_come_first_and_only_from_this_insats(par, insats, annan_insats, av):
    helt_annan = nytt_deltagande(insats, namn="Karin Ek", start=DAG(2026, 2, 1))
    nytt_deltagande(annan_insats, namn="Olle Provsson")
    nytt_deltagande(insats, namn="Olle Provsson", start=DAG(2024, 1, 1), slut=DAG(2024, 2, 1), felregistrerad=True)
    nytt_deltagande(insats, deltagare=par[1].deltagare, start=DAG(2023, 1, 1), slut=DAG(2023, 2, 1))
    assert [rad.pk for rad in kandidater(par[1], av)] == [par[0].pk, helt_annan.pk]


# ---- Protected details


def test_protected_details_of_one_wipe_the_other_everywhere(par, annan_insats, insats, av, ny_anvandare):
    dar = nytt_deltagande(annan_insats, personnummer=PERSON, start=DAG(2025, 9, 1), kommun="1493")
    remiss = ny_remiss(insats, ny_anvandare("remittent"), deltagare=par[1].deltagare, fragestallning="Orkar han?")
    inskrivning.skydda(deltagande=par[0], lokal_kod="Ek 7", av=av)
    ena, andra = (Deltagande.objects.get(pk=rad.pk) for rad in par)
    assert skillnader(ena, andra) == sammanslagning.Skillnader([], "", [], [], True, "Ek 7")
    with pytest.raises(GarInte, match="har ändrats"):
        ihop(par, av, nummer="", lokal_kod="")
    assert Deltagande.objects.get(pk=andra.pk).namn == "Olle Provsson"
    logg = ihop(par, av, nummer="", lokal_kod="Ek 7")
    for rad_ in Deltagande.objects.filter(pk__in=[*(p.pk for p in par), dar.pk]):
        assert rad_.skyddad
        assert {rad_.namn, rad_.personnummer, rad_.telefon, rad_.kommun} == {""}
        assert rad_.lokal_kod == ("" if rad_.pk == dar.pk else "Ek 7")
    remiss.refresh_from_db()
    assert (remiss.fornamn, remiss.personnummer, remiss.fragestallning) == ("", "", "")
    assert (
        not Deltagare.objects.exclude(skyddad=True, lookup=None).filter(pk__in=(logg.kvar_id, logg.borta_id)).exists()
    )
    assert (logg.nummer, len(set(personerna(*par)))) == ("", 1)


def test_a_mark_that_comes_after_the_merge_reaches_the_row_that_was_left_behind(par, annan_insats, av):
    """Also its look-ups, and the number that the log has kept."""
    dar = nytt_deltagande(annan_insats, personnummer=SAMORDNING, start=DAG(2025, 9, 1))
    nytt_deltagande(annan_insats, personnummer=PERSON, start=DAG(2024, 9, 1), slut=DAG(2024, 10, 1))
    logg = ihop(par, av)
    inskrivning.skydda(deltagande=par[1], lokal_kod="Ek 7", av=av)
    assert not Deltagande.objects.exclude(skyddad=True).exists()
    assert Deltagande.objects.get(pk=dar.pk).namn == ""
    assert not Deltagare.objects.exclude(skyddad=True, lookup=None).exists()
    logg.refresh_from_db()
    assert logg.nummer == ""


def test_dividing_the_protected_gives_nothing_back(par, av):
    logg = ihop(par, av)
    inskrivning.skydda(deltagande=par[1], lokal_kod="Ek 7", av=av)
    dela_upp(sammanslagning=logg, av=av)
    assert len(set(personerna(*par))) == 2
    assert nummer(*par) == ["", ""]
    assert not Deltagare.objects.exclude(skyddad=True, lookup=None).exists()


# ---- The way back


def test_dividing_restores_what_was(par, insats, av, ny_anvandare):
    remiss = ny_remiss(insats, ny_anvandare("remittent"), deltagare=par[0].deltagare)
    Deltagare.objects.filter(pk=par[1].deltagare_id).update(kon="K", fodelsear=1991)
    fore = (personerna(*par), nummer(*par), list(Deltagare.objects.order_by("pk").values()), celler("U1", "U5"))
    logg = ihop(par, av, kon="M", fodelsear=1990)
    assert Deltagare.objects.get(pk=logg.kvar_id).kon == "M"
    dela_upp(sammanslagning=logg, av=av)
    assert (
        personerna(*par), nummer(*par), list(Deltagare.objects.order_by("pk").values()), celler("U1", "U5")
    ) == fore  # fmt: skip
    assert Remiss.objects.get(pk=remiss.pk).deltagare == par[0].deltagare
    logg.refresh_from_db()
    assert (logg.nummer, logg.uppdelad_av) == ("", av)
    assert handelser(par[0])[0] == ("uppdelad", {"sammanslagning": logg.pk})
    assert att_dela_upp(Deltagande.objects.get(pk=par[0].pk)) is None
    with pytest.raises(RedanGjort):
        dela_upp(sammanslagning=logg, av=av)
    assert ihop(par, av, kon="M", fodelsear=1991), "and they can be merged again"


def test_what_came_through_the_old_number_goes_back_with_it(par, annan_insats, av):
    logg = ihop(par, av)
    senare = starta(annan_insats, av, SAMORDNING, start=DAG(2026, 2, 2))
    eget = starta(ny_insats(), av, PERSON, start=DAG(2025, 1, 2))
    assert personerna(senare, eget) == [logg.kvar_id] * 2
    dela_upp(sammanslagning=logg, av=av)
    assert personerna(senare, eget) == [logg.borta_id, logg.kvar_id]


def test_the_last_merge_is_taken_back_first(par, insats, av):
    tredje = utan_nummer(insats, start=DAG(2024, 1, 8), slut=DAG(2024, 3, 1))
    forsta = ihop(par, av)
    andra = ihop((par[0], tredje), av, nummer="")
    with pytest.raises(GarInte, match="senaste gången först"):
        dela_upp(sammanslagning=forsta, av=av)
    assert att_dela_upp(Deltagande.objects.get(pk=tredje.pk)) == andra
    dela_upp(sammanslagning=andra, av=av)
    dela_upp(sammanslagning=forsta, av=av)
    assert len(set(personerna(*par, tredje))) == 3
    assert nummer(*par, tredje) == [SAMORDNING, PERSON, ""]


def test_a_chain_of_merges_is_followed(par, insats, annan_insats, av):
    tredje = nytt_deltagande(insats, start=DAG(2024, 1, 8), slut=DAG(2024, 3, 1), deltagare=None)
    Deltagare.objects.filter(pk=tredje.deltagare_id).update(kon="M", fodelsear=1990)
    sist = ihop(par, av).kvar
    nytt_deltagande(annan_insats, deltagare=Deltagare.objects.get(pk=tredje.deltagare_id), start=DAG(2023, 1, 1))
    assert ihop((par[0], tredje), av).borta == sist
    assert Deltagare.objects.for_nummer(tolka(SAMORDNING, idag())).pk == tredje.deltagare_id


# ---- The import


def test_a_file_with_both_identities_knows_that_they_are_one(av, insats):
    filen = [
        rad(1, person="P1", kon="K", insats="Gläntan", start="2024-01-10", slut="2024-02-01"),
        rad(2, person="P2", kon="M", insats="Gläntan", start="2024-03-10", slut="2024-04-01"),
    ]
    importera(filen)
    ena, andra = Deltagande.objects.order_by("start")
    ihop((ena, andra), av, nummer="", kon="K", skal="annat_samma")
    fler = [rad(3, person="P2", kon="M", insats="Gläntan", start="2024-05-10"),
            rad(4, person="P1", insats="Hagen", start="2024-05-10", skyddad="1")]  # fmt: skip
    granskning = importera_mer([*filen, *fler])
    assert (granskning.fel, granskning.kanda, granskning.antal()["personer_nya"]) == ([], 2, 0)
    spara(granskning)
    assert Deltagande.objects.values("deltagare").distinct().count() == 1
    assert not Deltagande.objects.exclude(skyddad=True).exists()
    krock = importera_mer(
        [*filen, rad(5, person="P2", kon="", insats="Gläntan", start="2024-01-20", slut="2024-01-21")]
    )
    assert [(radnr, kolumn) for radnr, kolumn, _ in krock.fel] == [(4, "start")]


def importera_mer(rader):
    return granska(som_csv(rader), "prov.csv", skapa_insatser=True)
