"""The half-year report's road: ordered once, made for three readers, reviewed, released, frozen, and who sees what."""

import datetime
import json
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse

from remisser.models import Deltagare
from samordning.karna import filer, jobb
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Atkomst, Handelse, Installning, Jobb, Notis, Rapportversion, Roll
from samordning.karna.policies import can_view_rapportversion
from tests.uppfoljning.filer import importera, rad
from tests.uppfoljning.rapporter import ENKLA, gor_sats, slappt_sats
from uppfoljning import rapportversioner
from uppfoljning.halvarsrapport import UTAN_AR
from uppfoljning.models import Deltagande, Rapportmedlem
from uppfoljning.rapportversioner import KanInteSlappas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def en_dag_2025():
    with time_machine.travel("2025-03-01 12:00", tick=False):
        yield


@pytest.fixture
def rader():
    """Two stays in the first half of 2024, one of which ended, and one in the second half."""
    importera([rad(1, slut="2024-03-01", avslutsorsak="arbete"), rad(2, kon="M"), rad(3, start="2024-09-01")])


def bestall(klient, kod):
    with mock.patch.object(rapportversioner, "RITARE", ENKLA):
        return klient.post(reverse("uppfoljning:rapport_create"), {"period": kod})


def sida(version, namn="detail", **mer):
    return reverse(f"uppfoljning:rapport_{namn}", kwargs={"uuid": version.uuid, **mer})


# ---- Making


def test_one_order_makes_three_versions_with_files_and_the_list_of_what_was_counted(rader):
    sats = gor_sats()
    assert [(m, rad.version, rad.lage, rad.varden["for"]) for m, rad in sats.items()] == [
        ("intern", 1, "utkast", "intern"), ("styrelse", 1, "utkast", "styrelse"), ("publik", 1, "utkast", "publik"),
    ]  # fmt: skip
    assert (sats["intern"].fran, sats["intern"].till) == (datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))
    for malgrupp, version in sats.items():
        assert {fil.typ for fil in version.filer.all()} == {"pdf", "xlsx", "json"}
        (fil,) = version.filer.filter(typ="json")
        assert json.loads(filer.las(fil)) == version.varden
        assert fil.person == (malgrupp == "intern"), "small numbers lie encrypted on the disk"
    assert Rapportmedlem.objects.filter(rapport=sats["intern"]).count() == 2
    assert sats["intern"].varden["delar"][0]["celler"]["P1"]["T"] == 2
    assert sats["styrelse"].varden["delar"][0]["celler"]["P1"]["T"] == ".."


def test_the_second_half_has_the_year_as_a_second_part(rader):
    sats = gor_sats("2024H2")
    assert [del_["period"] for del_ in sats["styrelse"].varden["delar"]] == [
        ["2024-07-01", "2024-12-31"], ["2024-01-01", "2024-12-31"],
    ]  # fmt: skip
    assert sats["styrelse"].fran == datetime.date(2024, 1, 1)


def test_the_year_is_left_out_of_what_is_shared_when_the_first_half_is_released(rader):
    slappt_sats("2024H1")
    sats = gor_sats("2024H2")
    assert [len(sats[m].varden["delar"]) for m in ("intern", "styrelse", "publik")] == [2, 1, 1]
    assert UTAN_AR in sats["publik"].varden["utelamnat"]
    assert sats["styrelse"].fran == datetime.date(2024, 7, 1)
    assert rapportversioner.hinder(sats["styrelse"]) == []


def test_the_same_order_twice_is_one_job_and_then_the_finished_report(inloggad, rader):
    klient = inloggad("kansli")
    with mock.patch("samordning.karna.jobb.ring"):
        forsta, andra = bestall(klient, "2024H1"), bestall(klient, "2024H1")
    (arbete,) = Jobb.objects.all()
    assert forsta.url == andra.url == reverse("sidor:jobb_detail", args=[arbete.uuid])
    with mock.patch.object(rapportversioner, "RITARE", ENKLA):
        jobb.kor_jobb(arbete.pk)
    arbete.refresh_from_db()
    intern = Rapportversion.objects.get(malgrupp="intern")
    assert (arbete.lage, arbete.resultat["lank"]) == ("klart", sida(intern))
    igen = bestall(klient, "2024H1")
    assert igen.url == sida(intern)
    assert (Jobb.objects.count(), Rapportversion.objects.count()) == (1, 3)


def test_late_data_give_a_new_version_and_the_old_one_stays(rader):
    gammal = gor_sats()["intern"]
    fore = (gammal.varden, gammal.fingeravtryck)
    importera([rad(9, kon="M", start="2024-02-01")])
    ny = gor_sats()["intern"]
    gammal.refresh_from_db()
    assert (ny.version, (gammal.varden, gammal.fingeravtryck)) == (2, fore)
    assert ny.varden["delar"][0]["celler"]["P1"]["T"] == 3
    assert rapportversioner.skillnader(gammal) == {"nya": 1, "borta": 0, "andrade": 0}


def test_what_has_changed_since_is_counted(rader):
    intern = gor_sats()["intern"]
    assert rapportversioner.skillnader(intern) == {"nya": 0, "borta": 0, "andrade": 0}
    oppen = Deltagande.objects.get(slut=None, start__lt="2024-07-01")
    oppen.slut = datetime.date(2024, 5, 1)
    oppen.save(update_fields=["slut"])
    assert rapportversioner.skillnader(intern)["andrade"] == 1
    avslutat = Deltagande.objects.get(slut="2024-03-01")
    avslutat.deltagare = Deltagare.objects.create(kon="K")  # two rows of one person were parted
    avslutat.save(update_fields=["deltagare"])
    assert rapportversioner.skillnader(intern)["andrade"] == 2
    avslutat.felregistrerad = True
    avslutat.save(update_fields=["felregistrerad"])
    assert rapportversioner.skillnader(intern) == {"nya": 0, "borta": 1, "andrade": 1}


def test_an_attempt_that_was_taken_over_publishes_nothing(rader):
    arbete = jobb.ta(jobb.bestall(rapportversioner.UPPGIFT, {"period": "2024H1"}).pk)

    def tas_over(varden, raknad):
        Jobb.objects.update(forsok=2)
        return b"x"

    with mock.patch.object(rapportversioner, "RITARE", {"pdf": tas_over}), pytest.raises(jobb.Overtaget):
        rapportversioner.gor(arbete)
    assert not Rapportversion.objects.exists()
    assert not Rapportmedlem.objects.exists()


# ---- Release


def test_the_road_to_frozen(inloggad, ny_anvandare, rader):
    styrelse = ny_anvandare("styrelse")
    klient = inloggad("kansli", "forbundschef")
    sats = gor_sats()
    svar = klient.post(sida(sats["intern"], "slapp"))
    assert svar.status_code == 404
    assert klient.post(sida(sats["styrelse"], "granska")).status_code == 200, "the tick is asked for"
    klient.post(sida(sats["intern"], "granska"), {"last": "on"})
    klient.post(sida(sats["styrelse"], "slapp"))
    assert [rad.lage for rad in rapportversioner.satsen(sats["intern"]).values()] == ["slappt", "slappt", "granskad"]
    assert Notis.objects.get(mottagare=styrelse).lank == sida(sats["styrelse"])
    (brev,) = mail.outbox
    assert brev.to == [styrelse.epost]
    klient.post(sida(sats["publik"], "slapp"))
    klient.post(sida(sats["intern"], "faststall"))
    assert {rad.lage for rad in rapportversioner.satsen(sats["intern"]).values()} == {"faststalld"}
    assert "Fastställ rapporten" not in klient.get(sida(sats["intern"])).content.decode()
    assert [h.namn for h in Handelse.objects.om(sats["styrelse"])] == ["faststall", "slapp", "granska"]


def test_what_is_released_cannot_be_changed_nor_taken_back(rader):
    version = slappt_sats()["styrelse"]
    for andring in (
        lambda: Rapportversion.objects.filter(pk=version.pk).update(varden={}),
        lambda: Rapportversion.objects.filter(pk=version.pk).update(lage="granskad"),
        lambda: version.filer.clear(),
        lambda: version.filer.add(filer.spara(b"x", "x.pdf")),
    ):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            andring()


def test_a_draft_is_not_released_and_a_release_happens_once(inloggad, rader):
    klient = inloggad("kansli")
    version = gor_sats()["styrelse"]
    klient.post(sida(version, "slapp"))
    assert Rapportversion.objects.get(pk=version.pk).lage == "utkast"
    klient.post(sida(version, "granska"), {"last": "on"})
    klient.post(sida(version, "slapp"))
    with pytest.raises(OtillatenOvergang, match="redan släppt"):
        rapportversioner.slapp(Rapportversion.objects.get(pk=version.pk), None)
    assert not Notis.objects.filter(mall="uppfoljning/rapport_slappt").exists(), "nobody is on the board"


def test_a_report_over_the_same_days_is_refused_in_words(inloggad, rader):
    slappt_sats("2024H1")
    ny = gor_sats("2024")
    klient = inloggad("kansli")
    klient.post(sida(ny["intern"], "granska"), {"last": "on"})
    svar = klient.get(sida(ny["styrelse"], "slapp"))
    assert "täcker redan samma tid" in svar.content.decode()
    klient.post(sida(ny["styrelse"], "slapp"), {"skal": "Vi vill ändå visa årets tal."})
    assert Rapportversion.objects.get(pk=ny["styrelse"].pk).lage == "granskad", "only the förbundschef may"
    with pytest.raises(KanInteSlappas, match="Resultat första halvåret 2024, version 1, täcker samma tid"):
        rapportversioner.slapp(ny["publik"], None)


def test_the_forbundschef_may_release_all_the_same_with_a_reason_that_is_kept(inloggad, rader):
    slappt_sats("2024H1")
    klient = inloggad("forbundschef")
    ny = gor_sats("2024")
    klient.post(sida(ny["intern"], "granska"), {"last": "on"})
    assert klient.post(sida(ny["styrelse"], "slapp"), {"skal": "kort"}).status_code == 200
    klient.post(sida(ny["styrelse"], "slapp"), {"skal": "Styrelsen har bett om hela årets tal."})
    assert Rapportversion.objects.get(pk=ny["styrelse"].pk).lage == "slappt"
    assert Handelse.objects.get(namn="slappt_anda").data["skal"] == "Styrelsen har bett om hela årets tal."
    assert "Skäl: Styrelsen har bett" in klient.get(sida(ny["styrelse"])).content.decode()


def test_figures_that_do_not_add_up_are_not_approved(inloggad, rader):
    klient = inloggad("kansli")
    version = gor_sats()["intern"]
    version.varden["delar"][0]["identiteter"] = {"ok": False, "brutna": [{"nr": "1", "del": "T", "insats": None}]}
    version.save(update_fields=["varden"])
    svar = klient.post(sida(version, "granska"), {"last": "on"}, follow=True)
    assert "går inte ihop, så den kan inte godkännas" in svar.content.decode()
    assert Rapportversion.objects.get(pk=version.pk).lage == "utkast"


def test_the_start_page_says_what_waits(inloggad, rader):
    klient = inloggad("kansli")

    def poster():
        return [p.text for p in klient.get(reverse("sidor:start")).context["att_gora"] if "Resultat" in p.text]

    assert poster() == []
    sats = gor_sats()
    assert poster() == ["Granska: Resultat första halvåret 2024"]
    klient.post(sida(sats["intern"], "granska"), {"last": "on"})
    assert poster() == ["Släpp: Resultat första halvåret 2024"]
    klient.post(sida(sats["styrelse"], "slapp"))
    assert poster() == []


# ---- Who sees what


def test_visible_to_and_policy_agree(ny_anvandare, rader):
    slappta, utkast = slappt_sats("2024H1"), gor_sats("2024H2")
    alla = [*slappta.values(), *utkast.values()]
    for roll in Roll.values:
        anvandare = ny_anvandare(roll)
        tillatna = {v.pk for v in alla if can_view_rapportversion(anvandare, v)}
        assert set(Rapportversion.objects.visible_to(anvandare).values_list("pk", flat=True)) == tillatna
        antal = 6 if roll in ("kansli", "forbundschef") else 2 if roll in Rapportversion.STYRELSENS_ROLLER else 1
        assert len(tillatna) == antal, roll


def test_no_one_outside_the_kansli_reaches_intern_or_drafts_by_address(client, ny_anvandare, rader):
    slappta, utkast = slappt_sats("2024H1"), gor_sats("2024H2")
    for roll in ("styrelse", "beredning", "insatspersonal", "remittent", None):
        if roll:
            client.force_login(ny_anvandare(roll))
        else:
            client.logout()
        for version in (slappta["intern"], *utkast.values()):
            for adress in (sida(version), *(sida(version, "fil", slag=slag) for slag in ENKLA)):
                assert client.get(adress).status_code == (404 if roll else 302), (roll, adress)
    assert client.get(reverse("resultat:resultat_detail", args=["2024H2"])).status_code == 404


def test_the_internal_report_leaves_a_trace_and_the_boards_does_not(inloggad, rader):
    klient = inloggad("kansli")
    sats = gor_sats()
    klient.get(sida(sats["intern"]))
    klient.get(sida(sats["intern"], "fil", slag="xlsx"))
    klient.get(sida(sats["styrelse"]))
    rader = [(a.handling, a.objekt_typ, a.objekt_id) for a in Atkomst.objects.order_by("pk")]
    assert rader == [
        ("visade", "rapportversion", str(sats["intern"].uuid)), ("hämtade", "rapportversion", str(sats["intern"].uuid)),
    ]  # fmt: skip


def test_a_board_member_reads_and_fetches_what_is_released(inloggad, rader):
    version = slappt_sats()["styrelse"]
    klient = inloggad("styrelse")
    assert "Resultat första halvåret 2024" in klient.get(reverse("uppfoljning:rapport_list")).content.decode()
    text = klient.get(sida(version)).content.decode()
    assert "Kansliet: alla tal" not in text
    assert "Tal under 3 visas inte" in text
    svar = klient.get(sida(version, "fil", slag="pdf"))
    assert svar["Content-Disposition"] == 'attachment; filename="resultat-2024H1-styrelse-version-1.pdf"'
    assert svar.content == b"%PDF- styrelse"
    assert klient.get(sida(version, "fil", slag="exe")).status_code == 404


def test_everybody_reads_the_public_results(client, rader):
    assert "Inget resultat är publicerat än" in client.get(reverse("resultat:resultat_list")).content.decode()
    slappt_sats()
    assert reverse("resultat:resultat_detail", args=["2024H1"]) in client.get("/resultat/").content.decode()
    assert "Tal under 5 visas inte" in client.get("/resultat/2024H1/").content.decode()
    assert client.get("/resultat/2024H1/pdf/").content == b"%PDF- publik"
    assert client.get("/resultat/2024H1/exe/").status_code == 404


def test_the_lists_cost_the_same_with_more_reports(inloggad, assert_constant_queries, rader):
    inloggad("kansli")
    nummer = iter(range(1, 9))

    def en_till():
        importera([rad(f"n{next(nummer)}", start="2024-02-01")])
        gor_sats()

    assert_constant_queries(reverse("uppfoljning:rapport_list"), en_till)


# ---- By itself


@pytest.mark.parametrize(
    ("dag", "kod"),
    [("2025-01-14", None), ("2025-01-15", "2024H2"), ("2025-01-31", "2024H2"), ("2025-02-15", None),
     ("2025-07-15", "2025H1")],
)  # fmt: skip
def test_the_half_year_is_ordered_in_the_middle_of_january_and_july(dag, kod):
    with time_machine.travel(f"{dag} 08:00", tick=False):
        bestalld = rapportversioner.bestall_halvarets()
        assert (bestalld and bestalld.parametrar["period"]) == kod
        assert rapportversioner.bestall_halvarets() is None, "once"


def test_the_day_is_a_setting_and_a_report_made_by_hand_is_enough():
    Installning.objects.create(nyckel="rapportdag_juli", varde=20, giltig_fran="2025-01-01", beslut_text="§ 12")
    assert rapportversioner.bestall_halvarets(datetime.date(2025, 7, 19)) is None
    with time_machine.travel("2025-07-20 08:00", tick=False):
        gor_sats("2025H1")
        Jobb.objects.all().delete()
        assert rapportversioner.bestall_halvarets() is None


def test_the_kansli_is_told_that_a_draft_waits(ny_anvandare, rader, django_capture_on_commit_callbacks):
    kansli, _styrelse = ny_anvandare("kansli"), ny_anvandare("styrelse")
    with django_capture_on_commit_callbacks(execute=True):
        intern = gor_sats()["intern"]
    assert [(n.mottagare, n.lank) for n in Notis.objects.all()] == [(kansli, sida(intern))]
    assert "utkast till halvårsrapport" in mail.outbox[0].subject
    gor_sats("2024H2", av=kansli)
    assert Notis.objects.count() == 1, "who ordered it sees it on the job's page"
