"""The wheel's pages: a year is made and decided, a day is moved, ticked off and put in, and read as a calendar."""

import datetime
import uuid

import pytest
import vobject
from django.urls import reverse

from ekonomi import hjulpaneler, views_hjul
from ekonomi.models import Arshjul, Hjulpost, Hjulregel
from moten.models import Kalenderprenumeration, Mote
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from tests.ekonomi.hjulfabrik import ny_post, ny_regel, nytt_hjul
from tests.insatser.fabrik import version
from tests.moten.fabrik import ett_mote, nytt_organ

pytestmark = pytest.mark.django_db
D = datetime.date


def om(dagar):
    return idag() + datetime.timedelta(dagar)


def sidan(namn, *args):
    return reverse(f"ekonomi:{namn}", args=args)


def test_from_no_rules_to_a_decided_year(client, inloggad):
    nytt_organ("styrelse")
    inloggad("kansli")
    assert "Lägg in de vanliga reglerna" in client.get(sidan("hjul_list")).content.decode()
    assert client.post(sidan("hjulregel_ladda")).status_code == 302
    antal = Hjulregel.objects.count()
    client.post(sidan("hjulregel_ladda"))  # a second click adds nothing
    assert Hjulregel.objects.count() == antal > 50
    sida = client.get(sidan("hjul_create") + "?ar=2027").content.decode()
    assert "Så blir 2027" in sida
    assert "Bestäm dag" in sida
    nyckel = str(uuid.uuid4())
    for _ in range(2):
        svar = client.post(sidan("hjul_create"), {"ar": "2027", "inskick": nyckel})
        assert svar.url == sidan("hjul_detail", 2027)
    assert Hjulpost.objects.count() == antal
    assert "har redan ett årshjul" in client.post(sidan("hjul_create"), {"ar": "2027"}).content.decode()
    assert "mellan 2000 och 2100" in client.post(sidan("hjul_create"), {"ar": "3000"}).content.decode()
    assert client.get(sidan("hjul_create") + "?ar=99999999999999999999").status_code == 200
    sida = client.get(sidan("hjul_detail", 2027)).content.decode()
    assert "Ett utkast" in sida
    assert "dagar är inte bestämda" in sida
    fel = client.post(sidan("hjul_faststall", 2027), {"paragraf": "§ 5"})
    assert "Skriv vilken dag styrelsen beslutade" in fel.content.decode()
    client.post(sidan("hjul_faststall", 2027), {"paragraf": "§ 5", "beslutad": "2026-11-20"})
    assert Arshjul.objects.get().lage == "faststallt"
    text = client.get(sidan("hjul_detail", 2027)).content.decode().replace("\xa0", " ")
    assert "fastställde årshjulet 20 november 2026, § 5" in text


def test_the_table_filters_and_says_what_is_wrong_with_a_day(client, inloggad):
    hjul = nytt_hjul(2019)
    ny_post(dag=D(2019, 2, 16), hjul=hjul, rubrik="Styrelse februari", ring="styrelse")
    ny_post(dag=D(2019, 3, 1), hjul=hjul, rubrik="Ekonomens", roll="ekonom")
    inloggad("ekonom")
    url = sidan("hjul_detail", 2019)
    text = client.get(url).content.decode()
    assert "16 februari 2019 är en lördag" in text
    assert [rad.post.rubrik for rad in client.get(url + "?visa=mina").context["rader"]] == ["Ekonomens"]
    assert [rad.post.rubrik for rad in client.get(url + "?ring=styrelse").context["rader"]] == ["Styrelse februari"]
    assert "Ingen dag passar valet" in client.get(url + "?ring=kansli").content.decode()
    assert len(client.get(url + "?ring=finnsinte&visa=%00").context["rader"]) == 2
    for ord_ in ("Lägg till en dag", "Nytt år", "Skriv in beslutet"):
        assert ord_ not in text


def test_every_day_of_the_wheel_is_a_link_with_its_state(client, inloggad):
    posten = ny_post(30, rubrik="Revision & <b>bokslut</b>")
    inloggad("styrelse")
    hjulet = str(client.get(sidan("hjul_detail", posten.hjul.ar)).context["hjulet"])
    assert f'href="{sidan("hjulpost_detail", posten.pk)}"' in hjulet
    assert "Revision &amp; &lt;b&gt;bokslut&lt;/b&gt;" in hjulet
    assert "<b>" not in hjulet


def test_a_move_is_seen_before_it_is_made(client, inloggad):
    organ = nytt_organ("styrelse")
    mote = ett_mote(organ=organ, dag=om(60), lage="kallat")
    styrelse = ny_post(60, rubrik="Styrelse", koppling="mote", organ=organ, mote=mote)
    au = ny_post(50, styrelse.hjul, rubrik="Presidium", bas=styrelse)
    inloggad("kansli")
    url, till = sidan("hjulpost_flytta", styrelse.pk), om(65).isoformat()
    assert client.get(url).context["form"] is None
    assert "Skriv" in client.get(url + "?till=igår").content.decode()
    assert client.get(url + "?till=2099-01-01").context["form"] is None
    sida = client.get(f"{url}?till={till}")
    assert sida.context["form"]["folj"].initial == [au.pk]
    assert "redan kallade" in sida.content.decode()
    assert Hjulpost.objects.get(pk=styrelse.pk).dag == om(60)  # GET wrote nothing
    svar = client.post(url, {"till": till, "version": "1", "folj": [au.pk]}, follow=True)
    assert "1 till följde med" in svar.content.decode()
    assert "Skicka kallelsen igen" in svar.content.decode()
    assert svar.redirect_chain[-1][0] == reverse("moten:kallelse_create", args=[mote.pk])
    assert (Hjulpost.objects.get(pk=styrelse.pk).dag, Mote.objects.get().dag) == (om(65), om(65))
    assert Hjulpost.objects.get(pk=au.pk).dag != om(50)
    # Somebody who still looks at the old page moves nothing.
    gammal = client.post(url, {"till": om(70).isoformat(), "version": "1"})
    assert "Inget är flyttat" in gammal.content.decode()
    assert Mote.objects.get().dag == om(65)


def test_a_decided_wheel_wants_a_reason(client, inloggad):
    posten = ny_post(30)
    Arshjul.objects.update(lage="faststallt")
    inloggad("forbundschef")
    url, data = sidan("hjulpost_flytta", posten.pk), {"till": om(33).isoformat(), "version": "1"}
    svar = client.post(url, data)
    assert svar.context["form"].errors["skal"]
    assert Hjulpost.objects.get().dag == om(30)
    client.post(url, data | {"skal": "Revisorn är sjuk"})
    assert Hjulpost.objects.get().dag == om(33)
    assert "Revisorn är sjuk" in client.get(sidan("hjulpost_detail", posten.pk)).content.decode()


def test_done_by_who_answers_for_it_and_only_them(client, inloggad):
    posten = ny_post(3, roll="ekonom")
    inloggad("styrelse")
    assert client.post(sidan("hjulpost_klar", posten.pk)).status_code == 403
    inloggad("ekonom")
    for _ in range(2):
        client.post(sidan("hjulpost_klar", posten.pk))
    assert Handelse.objects.om(posten).filter(namn="klar").count() == 1
    client.post(sidan("hjulpost_klar", posten.pk), {"angra": "1"})
    assert Hjulpost.objects.get().klar is None


def test_a_named_person_answers_for_it_instead_of_the_role(client, inloggad, ny_anvandare):
    posten = ny_post(3, roll="ekonom", agare=ny_anvandare("ekonom"))
    inloggad("ekonom")
    assert client.post(sidan("hjulpost_klar", posten.pk)).status_code == 403


def test_a_day_is_cancelled_but_not_over_its_meeting(client, inloggad):
    mote = ett_mote(dag=om(20))
    posten = ny_post(20, koppling="mote", organ=mote.organ, mote=mote)
    inloggad("kansli")
    assert "Ställ in mötet först" in client.post(sidan("hjulpost_installd", posten.pk), follow=True).content.decode()
    Mote.objects.update(lage="installt")
    client.post(sidan("hjulpost_installd", posten.pk))
    posten.refresh_from_db()
    assert (posten.installd, posten.sekvens) == (True, 1)
    assert "Inställd" in client.get(sidan("hjulpost_detail", posten.pk)).content.decode()
    client.post(sidan("hjulpost_installd", posten.pk), {"angra": "1"})
    assert not Hjulpost.objects.get().installd


def test_a_meeting_is_put_in_and_its_own_page_points_back(client, inloggad):
    posten = ny_post(40, koppling="mote", organ=nytt_organ("beredning"))
    inloggad("kansli")
    svar = client.post(sidan("hjulpost_mote", posten.pk))
    mote = Mote.objects.get()
    assert svar.url == reverse("moten:dagordning_edit", args=[mote.pk])
    assert (
        sidan("hjulpost_flytta", posten.pk) in client.get(reverse("moten:mote_edit", args=[mote.pk])).content.decode()
    )
    utan = ett_mote("styrelse")
    assert "arshjul" not in client.get(sidan("hjul_mote_panel", utan.pk)).content.decode()
    # Moved on its own page: the wheel tells, and offers to follow.
    Mote.objects.filter(pk=mote.pk).update(dag=om(41))
    text = client.get(sidan("hjulpost_detail", posten.pk)).content.decode()
    assert f"?till={om(41).isoformat()}" in text
    assert "Mötet ligger" in text


def _falt(**byt):
    standard = {"rubrik": "Studieresa", "ring": "kansli", "dag": om(30).isoformat(), "roll": "kansli", "kalla": "rutin",
                "avser": "0"}  # fmt: skip
    return standard | byt


@pytest.mark.parametrize(
    ("byt", "falt", "ord_"),
    [
        ({"rubrik": ""}, "rubrik", ""), ({"dag": "2019-02-30"}, "dag", ""), ({"dag": "2090-01-01"}, "dag", "hjulet"),
        ({"slut": "2020-01-01"}, "slut", "kan inte vara före"), ({"koppling": "mote"}, "organ", "Välj vilket organ"),
        ({"bestaller": "forslag"}, "organ", "Välj vilket organ"), ({"koppling": "kallelse"}, "bas", "Välj mötet"),
    ],
)  # fmt: skip
def test_a_day_of_ones_own_is_checked(client, inloggad, byt, falt, ord_):
    hjul = nytt_hjul(om(30).year)
    inloggad("kansli")
    svar = client.post(sidan("hjulpost_create", hjul.ar), _falt(**byt))
    assert ord_ in " ".join(svar.context["form"].errors[falt])
    assert not Hjulpost.objects.exists()


def test_the_report_is_made_in_january_or_july(client, inloggad):
    hjul = nytt_hjul(2027)
    inloggad("kansli")
    svar = client.post(sidan("hjulpost_create", 2027), _falt(dag="2027-03-01", bestaller="rapport"))
    assert "januari eller juli" in svar.context["form"].errors["bestaller"][0]
    client.post(sidan("hjulpost_create", 2027), _falt(dag="2027-07-06", bestaller="rapport"))
    assert hjul.poster.get().dag == D(2027, 7, 6)


def test_a_day_is_changed_never_over_a_colleague_nor_in_a_ring(client, inloggad):
    a = ny_post(30, rubrik="A")
    b = ny_post(20, a.hjul, rubrik="B", bas=a)
    inloggad("kansli")
    url = sidan("hjulpost_edit", a.pk)
    sett = version(client, url)
    assert "räknas redan från" in client.post(url, _falt(version=sett, bas=b.pk)).context["form"].errors["bas"][0]
    assert client.post(url, _falt(version=sett, rubrik="Ny rubrik")).status_code == 302
    a.refresh_from_db()
    assert (a.rubrik, a.sekvens, a.dag) == ("Ny rubrik", 1, om(30))
    krock = client.post(url, _falt(version=sett, rubrik="Den andras"))
    assert krock.context["form"].nyare
    assert "Den andras" in krock.content.decode()


def test_a_day_keeps_the_body_of_its_meeting(client, inloggad):
    mote = ett_mote(dag=om(30))
    posten = ny_post(30, koppling="mote", organ=mote.organ, mote=mote)
    inloggad("kansli")
    url = sidan("hjulpost_edit", posten.pk)
    data = _falt(version=version(client, url), koppling="mote", organ=nytt_organ("beredning").pk)
    assert "Mötet är inlagt i" in client.post(url, data).context["form"].errors["organ"][0]
    assert client.post(url, data | {"organ": mote.organ.pk}).status_code == 302


REGEL = {"rubrik": "Ny", "ring": "kansli", "roll": "kansli", "kalla": "rutin", "avser": "0", "aktiv": "on"}


@pytest.mark.parametrize(
    ("byt", "falt"),
    [
        ({"slag": "fast", "manad": "3"}, "dag"), ({"slag": "fast", "dag": "3"}, "manad"),
        ({"slag": "fast", "manad": "3", "dag": "32"}, "dag"),
        ({"slag": "veckodag", "manad": "2", "vilken": "2"}, "veckodag"),
        ({"slag": "dagar", "antal": "-3"}, "bas"), ({"slag": "period", "manad": "1", "dag": "2"}, "slut_manad"),
        ({"slag": ""}, "slag"), ({"slag": "mitten", "manad": "3", "bestaller": "rapport"}, "manad"),
    ],
)  # fmt: skip
def test_a_rule_says_what_it_lacks(client, inloggad, byt, falt):
    inloggad("kansli")
    svar = client.post(sidan("hjulregel_create"), REGEL | byt)
    assert svar.context["form"].errors[falt]
    assert not Hjulregel.objects.exists()


def test_a_rule_keeps_only_what_its_kind_needs_and_never_a_ring(client, inloggad):
    bas = ny_regel("Styrelse")
    inloggad("kansli")
    data = REGEL | {"slag": "dagar", "bas": bas.pk, "antal": "-7", "manad": "3", "dag": "99", "slut_dag": "x"}
    assert client.post(sidan("hjulregel_create"), data).status_code == 302
    ny = Hjulregel.objects.get(rubrik="Ny")
    assert (ny.manad, ny.dag, ny.antal, ny.i_ord) == (None, None, -7, "7 dagar före Styrelse")
    url = sidan("hjulregel_edit", bas.pk)
    ring = REGEL | {"version": version(client, url), "slag": "dagar", "antal": "1", "bas": ny.pk}
    assert "räknas redan från" in client.post(url, ring).context["form"].errors["bas"][0]
    assert client.post(url, ring | {"slag": "mitten", "manad": "5", "bas": ""}).status_code == 302


def test_a_day_of_one_year_becomes_a_rule(client, inloggad):
    posten = ny_post(dag=D(2027, 5, 4), rubrik="Studieresa", slut=D(2027, 5, 6), kalla="lag")
    inloggad("kansli")
    form = client.get(f"{sidan('hjulregel_create')}?fran={posten.pk}").context["form"]
    assert [form[namn].value() for namn in ("rubrik", "slag", "manad", "dag", "slut_dag", "kalla")] == [
        "Studieresa", "period", 5, 4, 6, "lag",
    ]  # fmt: skip
    assert client.get(sidan("hjulregel_create") + "?fran=x").status_code == 200


def test_the_calendar_is_read_by_a_signed_address_that_can_be_renewed(client, ny_anvandare):
    ekonom = ny_anvandare("ekonom")
    egen = ny_post(30, rubrik="Ekonomens", roll="ekonom")
    ny_post(31, egen.hjul, rubrik="Oviss", dagen_oviss=True)
    ny_post(32, egen.hjul, rubrik="Kansliets")
    url = sidan("hjul_kalender", views_hjul.nyckel(ekonom))

    def lasta(adress):
        svar = client.get(adress)
        assert svar["Content-Type"].startswith("text/calendar")
        return {rad.summary.value: rad for rad in vobject.readOne(svar.content.decode()).vevent_list}

    assert {namn.split(": ")[-1] for namn in lasta(url)} == {"Ekonomens", "Kansliets"}
    (rad,) = lasta(url + "?visa=mina").values()
    assert rad.dtstart.value == om(30)
    Hjulpost.objects.filter(pk=egen.pk).update(dag=om(33), sekvens=1)
    (efter,) = lasta(url + "?visa=mina").values()
    assert (efter.uid.value, efter.sequence.value, efter.dtstart.value) == (rad.uid.value, "1", om(33))
    assert client.get(sidan("hjul_kalender", "fel")).status_code == 404
    Kalenderprenumeration.objects.create(anvandare=ekonom, nummer=2)
    assert client.get(url).status_code == 404
    utan_roll = ny_anvandare("drift")
    assert client.get(sidan("hjul_kalender", views_hjul.nyckel(utan_roll))).status_code == 404


def test_what_waits_for_whom(ny_anvandare):
    ekonom, kansli, styrelse = ny_anvandare("ekonom"), ny_anvandare("kansli"), ny_anvandare("styrelse")
    hjul = nytt_hjul(idag().year)
    nytt_hjul(idag().year + 1)
    ny_post(-3, hjul, rubrik="Sen", roll="ekonom")
    ny_post(5, hjul, rubrik="Snart", roll="ekonom")
    ny_post(40, hjul, rubrik="Senare", roll="ekonom")
    ny_post(-3, hjul, rubrik="Gjord", roll="ekonom", installd=True)
    mote = ett_mote(dag=om(5))
    ny_post(5, hjul, rubrik="Mötet", koppling="mote", mote=mote)  # moten asks for it
    ny_post(5, hjul, rubrik="Inget möte", koppling="mote", organ=mote.organ)
    assert [(rad.text, bool(rad.marke)) for rad in hjulpaneler.att_gora(ekonom)] == [("Sen", True), ("Snart", False)]
    assert [rad.text for rad in hjulpaneler.att_gora(kansli)] == ["Inget möte"]
    assert hjulpaneler.att_gora(styrelse) == []
    assert [rad.text for rad in hjulpaneler.att_gora(ny_anvandare("forbundschef"))] == ["Inget möte"]


def test_the_next_year_is_asked_for_in_the_autumn(ny_anvandare, monkeypatch):
    kansli = ny_anvandare("kansli")
    nytt_hjul(2026)
    for dag, antal in ((D(2026, 9, 30), 0), (D(2026, 10, 1), 1)):
        monkeypatch.setattr(hjulpaneler, "idag", lambda dag=dag: dag)
        assert len(hjulpaneler.att_gora(kansli)) == antal
    nytt_hjul(2027)
    assert hjulpaneler.att_gora(kansli) == []


def test_the_page_asks_as_much_for_many_days_as_for_few(client, inloggad, assert_constant_queries):
    hjul = nytt_hjul(2027)
    organ = nytt_organ()
    inloggad("kansli")

    def en_till():
        dag = D(2027, 1, 1) + datetime.timedelta(Hjulpost.objects.count())
        bas = ny_post(dag=dag, hjul=hjul, koppling="mote", organ=organ, mote=ett_mote(dag=dag, organ=organ))
        for koppling in ("kallelse", "prognos", "bokforing", "budget", "halvar1", "lage2", "plan"):
            ny_post(dag=dag, hjul=hjul, koppling=koppling, bas=bas)

    assert_constant_queries(sidan("hjul_detail", 2027), en_till)
