"""A year from its rules, days that move with what hangs on them, and what the wheel sets going by itself."""

import datetime

import pytest
from django.urls import reverse

from ekonomi import hjulgang, hjulprocess, hjulregler
from ekonomi.models import Arshjul, Hjulpost, Hjulregel
from moten.models import Forslag, Mote
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Installning, Notis
from tests.ekonomi.hjulfabrik import ny_post, ny_regel, nytt_hjul
from tests.moten.fabrik import ett_mote, nytt_organ

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def kansli(ny_anvandare):
    return ny_anvandare("kansli")


def om(dagar):
    return idag() + datetime.timedelta(dagar)


def test_the_usual_rules_draw_the_year_of_the_plan(kansli):
    for slag in ("styrelse", "au", "beredning", "medlemsrad", "dag"):
        nytt_organ(slag)
    hjulregler.ladda(kansli)
    hjul = hjulprocess.skapa(2019, av=kansli)
    dagar = {post.rubrik: post for post in hjul.poster.all()}
    assert len(dagar) == hjul.poster.count() == Hjulregel.objects.count()
    # Six boards and five preparation groups (G44, G45), the fixed days, and the chain before each board.
    assert sum(rubrik.startswith("Styrelse ") for rubrik in dagar) == 6
    assert sum(rubrik.startswith("Presidium ") for rubrik in dagar) == 6
    assert sum(rubrik.startswith("Beredningsgrupp ") for rubrik in dagar) == 5
    assert dagar["Revisionsmöte"].dag == D(2019, 3, 22)
    assert dagar["Utbildningsdag för styrelser"].dag == D(2019, 3, 1)
    assert dagar["Medlemsråd"].dag == D(2019, 4, 11)
    assert dagar["Deltagaruppgifterna för andra halvåret hämtas"].dag == D(2019, 1, 15)
    assert dagar["Årets ekonomiska utfall hämtas"].dag == D(2019, 1, 31)
    assert dagar["Deltagaruppgifterna stäms av"].dag == D(2019, 10, 15)
    assert dagar["Styrelse september"].dagen_oviss
    kedja = ["Begär bokföringen (SIE) till delårsbokslutet", "Läs in bokföringen till delårsbokslutet",
             "Prognos till delårsbokslutet", "Handlingarna till styrelsen september är klara",
             "Kallelsen till styrelsen september"]  # fmt: skip
    assert all(dagar[namn].bas == dagar["Styrelse september"] and dagar[namn].dagen_oviss for namn in kedja)
    assert [dagar[namn].dag for namn in kedja] == sorted(dagar[namn].dag for namn in kedja)
    assert dagar["Årsredovisningen ska vara upprättad"].kalla == "lag"


def test_a_meeting_that_is_there_gives_the_month_its_day_and_the_chain_its_days(kansli):
    styrelse, au = nytt_organ("styrelse"), nytt_organ("au")
    bas = ny_regel("Styrelse februari", "manad", manad=2, organ=styrelse, koppling="mote")
    ny_regel("Presidium", "veckan_fore", bas=bas, organ=au, koppling="mote")
    ny_regel("Handlingar", "dagar", bas=bas, antal=-10)
    mote = Mote.objects.create(organ=styrelse, dag=D(2019, 2, 16))
    presidium = Mote.objects.create(organ=au, dag=D(2019, 2, 7))
    Mote.objects.create(organ=au, dag=D(2019, 3, 7))
    Mote.objects.create(organ=styrelse, dag=D(2019, 2, 20), lage="installt")
    rader = {rad.regel.rubrik: rad for rad in hjulprocess.forslag(2019)}
    assert rader["Styrelse februari"].dag.dag == D(2019, 2, 16)
    assert rader["Styrelse februari"].varning == "16 februari 2019 är en lördag."
    assert (rader["Presidium"].mote, rader["Presidium"].dag.dag) == (presidium, D(2019, 2, 7))
    assert rader["Handlingar"].dag.dag == D(2019, 2, 6)
    assert not rader["Handlingar"].dag.oviss
    hjul = hjulprocess.skapa(2019, av=kansli)
    assert hjul.poster.get(rubrik="Styrelse februari").mote == mote
    assert hjul.poster.get(rubrik="Handlingar").bas.rubrik == "Styrelse februari"


def test_a_rule_that_is_not_used_gives_no_day_and_nor_does_what_hangs_on_it(kansli):
    bas = ny_regel("Styrelse", aktiv=False)
    ny_regel("Presidium", "veckan_fore", bas=bas)
    kvar = ny_regel("Revision")
    assert list(hjulprocess.skapa(2027, av=kansli).poster.values_list("regel", flat=True)) == [kvar.pk]


def _kedja(**falt):
    organ = nytt_organ("styrelse")
    mote = Mote.objects.create(organ=organ, dag=om(60), svara_senast=om(55))
    styrelse = ny_post(60, rubrik="Styrelse", ring="styrelse", koppling="mote", organ=organ, mote=mote, **falt)
    hjul = styrelse.hjul
    au = ny_post(53, hjul, rubrik="Presidium", bas=styrelse, regel=ny_regel("P", "dagar", bas=ny_regel("S"), antal=-7))
    handlingar = ny_post(50, hjul, rubrik="Handlingar", bas=au)
    annan = ny_post(58, hjul, rubrik="Annat")
    return styrelse, au, handlingar, annan


def test_a_day_moves_with_its_meeting_and_those_that_were_chosen(kansli):
    styrelse, au, handlingar, annan = _kedja()
    till = om(67)
    flyttar = hjulprocess.flytt(styrelse, till)
    assert [(rad.post, rad.med) for rad in flyttar] == [(styrelse, True), (au, True), (handlingar, True)]
    hjulprocess.flytta(styrelse, till, {au.pk}, av=kansli, skal="Salen var upptagen")
    for rad in (styrelse, au, handlingar, annan):
        rad.refresh_from_db()
    mote = Mote.objects.get()
    assert (styrelse.dag, mote.dag, mote.sekvens, styrelse.sekvens) == (till, till, 1, 1)
    assert au.dag == flyttar[1].till > om(53)
    assert handlingar.dag == om(50)
    assert annan.dag == om(58)
    assert Handelse.objects.om(styrelse).get(namn="flyttad").data["skal"] == "Salen var upptagen"
    assert Handelse.objects.om(mote).filter(namn="flyttad").exists()
    # Back to a day before the answers were due: nobody is asked to answer after the meeting.
    hjulprocess.flytta(styrelse, om(40), set(), av=kansli)
    mote.refresh_from_db()
    assert mote.svara_senast == mote.dag == om(40)


@pytest.mark.parametrize("fel", ["har varit", "upptagen", "klar"])
def test_what_cannot_move_stops_the_whole_move(kansli, fel):
    styrelse, au, *_ = _kedja()
    if fel == "har varit":
        Mote.objects.update(lage="avslutat")
    elif fel == "upptagen":
        Mote.objects.create(organ=styrelse.organ, dag=om(67))
    else:
        Hjulpost.objects.filter(pk=au.pk).update(klar=nu())
    flyttar = hjulprocess.flytt(styrelse, om(67))
    assert [bool(rad.hinder) for rad in flyttar][:2] == [fel != "klar", fel == "klar"]
    assert not any(rad.med for rad in flyttar if rad.hinder)
    with pytest.raises(OtillatenOvergang, match="Inget ändrades"):
        hjulprocess.flytta(styrelse, om(67), {au.pk}, av=kansli)
    styrelse.refresh_from_db()
    assert styrelse.dag == om(60)


def test_a_move_warns_of_weekends_days_gone_by_and_people_called(kansli):
    styrelse, *_ = _kedja()
    Mote.objects.update(lage="kallat")
    lordag = om(60) + datetime.timedelta((5 - om(60).weekday()) % 7 or 7)
    text = " ".join(hjulprocess.flytt(Hjulpost.objects.get(pk=styrelse.pk), lordag)[0].varningar)
    assert "lördag" in text
    assert "redan kallade" in text
    bakat = hjulprocess.flytt(Hjulpost.objects.get(pk=styrelse.pk), om(-3))
    assert "har redan varit" in " ".join(bakat[0].varningar)
    assert not any(rad.med for rad in bakat[1:])


def test_an_unset_day_is_set_by_moving_it_and_its_meeting_is_put_in(kansli):
    organ = nytt_organ("beredning")
    post = ny_post(45, rubrik="Beredning", koppling="mote", organ=organ, dagen_oviss=True)
    with pytest.raises(OtillatenOvergang):
        hjulprocess.lagg_in_mote(post, av=kansli)
    hjulprocess.flytta(post, om(40), set(), av=kansli)
    post.refresh_from_db()
    assert not post.dagen_oviss
    assert hjulprocess.lagg_in_moten(post.hjul, av=kansli) == 1
    post.refresh_from_db()
    assert (post.mote.organ, post.mote.dag) == (organ, om(40))
    assert hjulprocess.lagg_in_moten(post.hjul, av=kansli) == 0
    with pytest.raises(OtillatenOvergang):
        hjulprocess.lagg_in_mote(post, av=kansli)


def test_a_meeting_that_is_there_that_day_is_joined_once(kansli):
    mote = ett_mote("beredning", dag=om(20))
    forst = ny_post(20, koppling="mote", organ=mote.organ)
    andra = ny_post(20, koppling="mote", organ=mote.organ)
    assert hjulprocess.lagg_in_mote(forst, av=kansli) == mote
    with pytest.raises(OtillatenOvergang, match="hör redan till"):
        hjulprocess.lagg_in_mote(andra, av=kansli)


def test_the_decided_wheel_sets_the_days_of_the_reports(kansli):
    hjul = nytt_hjul(2027)
    januari = ny_post(dag=D(2027, 1, 18), hjul=hjul, bestaller="rapport")
    ny_post(dag=D(2027, 7, 9), hjul=hjul, bestaller="rapport")
    hjulprocess.flytta(januari, D(2027, 1, 19), set(), av=kansli)
    assert not Installning.objects.filter(nyckel__startswith="rapportdag").exists()  # a draft sets nothing
    hjulprocess.faststall(hjul, av=kansli, beslutad=D(2026, 11, 1), paragraf="§ 40")
    standard = {"rapportdag_januari": 15, "rapportdag_juli": 15}
    assert Installning.objects.varden(standard, dag=D(2027, 1, 1)) == {"rapportdag_januari": 19, "rapportdag_juli": 9}
    januari.refresh_from_db()
    januari.hjul.refresh_from_db()
    hjulprocess.flytta(januari, D(2027, 1, 20), set(), av=kansli, skal="Sjuk")
    assert Installning.objects.varden(standard, dag=D(2027, 1, 31))["rapportdag_januari"] == 20
    assert Installning.objects.varden(standard, dag=D(2026, 12, 31))["rapportdag_januari"] == 15
    with pytest.raises(OtillatenOvergang):
        hjulprocess.faststall(Arshjul.objects.get(), av=kansli, beslutad=D(2026, 11, 1), paragraf="§ 41")


def test_the_decided_wheel_wishes_once_and_the_wish_moves_with_its_day(kansli):
    organ = nytt_organ("styrelse")
    post = ny_post(30, rubrik="Delårsbokslut", bestaller="forslag", organ=organ)
    ny_post(90, post.hjul, rubrik="För tidigt", bestaller="forslag", organ=organ)
    ny_post(30, post.hjul, rubrik="Inget önskas", organ=organ)
    assert hjulgang.onska_punkter() == 0  # a draft orders nothing
    Arshjul.objects.update(lage="faststallt")
    assert [hjulgang.onska_punkter(), hjulgang.onska_punkter()] == [1, 0]
    onskan = Forslag.objects.get()
    assert (onskan.rubrik, onskan.tidigast, onskan.lank) == (
        "Delårsbokslut", om(30), reverse("ekonomi:hjulpost_detail", args=[post.pk]),
    )  # fmt: skip
    post = Hjulpost.objects.get(pk=post.pk)
    hjulprocess.flytta(post, om(35), set(), av=kansli, skal="Senare")
    assert Forslag.objects.get().tidigast == om(35)


def test_the_kansli_hears_once_of_what_is_very_late(kansli, ny_anvandare):
    ny_anvandare("ekonom")
    hjul = nytt_hjul(lage="faststallt")
    sen = ny_post(-20, hjul)
    ny_post(-10, hjul)  # late, and not very
    ny_post(-20, hjul, slut=om(-3))
    ny_post(-20, hjul, installd=True)
    ny_post(-200, hjul)
    assert [hjulgang.beratta_om_sena(), hjulgang.beratta_om_sena()] == [1, 0]
    assert Notis.objects.get().mottagare == kansli
    assert Hjulpost.objects.exclude(paminnd=None).get() == sen
