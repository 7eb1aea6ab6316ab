"""Who sees a remiss: the filter and the policy say the same of the full cast (beslut.md 1); states; drafts' end."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from remisser import gallring, policies, tasks, visning
from remisser.models import Deltagare, Enhetsinstallning, Remiss
from samordning.karna import kommuner
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Notis, Part
from tests.insatser.fabrik import ny_insats, ny_medarbetare
from tests.remisser.fabrik import FRAN, SAMTYCKE, anvandare, ny_remiss, ny_varld

IGAR = idag() - datetime.timedelta(1)


@pytest.fixture
def varld(db):
    return ny_varld()


def rollista(varld):
    """The full cast of beslut.md 1, at both parts."""
    annan = Part.objects.create(namn="Hultets kommun", slag="kommun", medlem_fran=FRAN)
    annan_enhet = Part.objects.create(namn="Socialtjänsten Granvik", slag="enhet", del_av=varld.kommun)
    roller = {
        "skribent": varld.skribent,
        "listad": varld.personal,
        "kollega": anvandare("remittent", varld.enhet),
        "främling": anvandare("remittent", annan),
        "annan enhet i samma kommun": anvandare("remittent", annan_enhet),
        "remittent vid moderparten": anvandare("remittent", varld.kommun),
        "olistad personal": anvandare("insatspersonal", varld.kommun),
        "personal vars listning är slut": anvandare("insatspersonal", varld.kommun),
        "personal i annan insats": anvandare("insatspersonal", varld.kommun),
        "listad utan rollen": anvandare("partsforetradare", varld.kommun),
        "insatspersonal vid enheten": anvandare("insatspersonal", varld.enhet),
    }
    ny_medarbetare(varld.insats, roller["personal vars listning är slut"], till=IGAR)
    ny_medarbetare(ny_insats("Skogen", agare=varld.kommun), roller["personal i annan insats"])
    ny_medarbetare(varld.insats, roller["listad utan rollen"])
    for roll in ("styrelse", "beredning", "ekonom", "revisor", "kansli", "forbundschef", "kontoansvarig", "drift"):
        for part in (varld.kommun, annan, varld.enhet):
            roller[f"{roll} vid {part}"] = anvandare(roll, part)
    return roller


@pytest.mark.parametrize("delar", [False, True])
def test_the_filter_mirrors_the_policy_and_lets_nobody_else_in(varld, delar):
    Enhetsinstallning.objects.create(part=varld.enhet, kollegor_ser_remisser=delar)
    remisser = {lage: ny_remiss(varld, lage) for lage in ("utkast", "skickad", "accepterad", "avbojd", "atertagen")}
    papper = ny_remiss(varld, skapad_av=varld.personal, kanal="papper")
    ser = {}
    for namn, user in rollista(varld).items():
        synliga = set(Remiss.objects.visible_to(user))
        assert synliga == {r for r in Remiss.objects.all() if policies.can_view_remiss(user, r)}, namn
        if synliga:
            ser[namn] = synliga
    vantat = {
        "skribent": set(remisser.values()) | ({papper} if delar else set()),
        "listad": set(remisser.values()) - {remisser["utkast"]} | {papper},
    }
    if delar:
        vantat["kollega"] = set(remisser.values()) | {papper}
    assert ser == vantat


def test_only_the_writer_writes_and_only_listed_staff_answer(varld):
    Enhetsinstallning.objects.create(part=varld.enhet, kollegor_ser_remisser=True)
    remiss = ny_remiss(varld)
    roller = rollista(varld)
    assert [namn for namn, user in roller.items() if policies.can_edit_remiss(user, remiss)] == ["skribent"]
    assert [namn for namn, user in roller.items() if policies.can_answer_remiss(user, remiss)] == ["listad"]


def test_who_ends_at_the_insats_no_longer_sees_the_paper_that_they_wrote_down(varld):
    papper = ny_remiss(varld, "accepterad", skapad_av=varld.personal, kanal="papper")
    assert set(Remiss.objects.visible_to(varld.personal)) == {papper}
    varld.insats.medarbetare.update(till=IGAR)
    assert not Remiss.objects.visible_to(varld.personal).exists()


def test_a_colleague_reads_but_does_not_write(client, varld):
    Enhetsinstallning.objects.create(part=varld.enhet, kollegor_ser_remisser=True)
    client.force_login(anvandare("remittent", varld.enhet))
    remiss = ny_remiss(varld, "utkast")
    assert client.get(reverse("remisser:remiss_detail", args=[remiss.uuid])).status_code == 200
    assert client.get(reverse("remisser:remiss_steg", args=[remiss.uuid, 1])).status_code == 403
    assert client.post(reverse("remisser:remiss_skicka", args=[remiss.uuid]), SAMTYCKE).status_code == 403
    assert client.post(reverse("remisser:remiss_ta_bort", args=[remiss.uuid])).status_code == 403


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_parallel_sends_give_one_remiss_and_one_notice():
    varld = ny_varld()
    remiss, start, svar = ny_remiss(varld, "utkast"), threading.Barrier(20), []
    url = reverse("remisser:remiss_skicka", args=[remiss.uuid])

    def skicka():
        klient = Client()
        klient.force_login(varld.skribent)
        start.wait()
        svar.append(klient.post(url, SAMTYCKE).status_code)
        connection.close()

    tradar = [threading.Thread(target=skicka) for _ in range(20)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert svar == [302] * 20
    assert Remiss.objects.get().lage == "skickad"
    assert (Notis.objects.count(), Deltagare.objects.count()) == (1, 1)
    assert Handelse.objects.filter(namn="skicka").count() == 1


# ---- Rules of the columns


@pytest.mark.parametrize("lage", ["skickad", "avbojd"])
def test_a_state_has_what_belongs_to_it(varld, lage):
    with pytest.raises(IntegrityError), transaction.atomic():
        Remiss.objects.create(insats=varld.insats, avsandare=varld.enhet, skapad_av=varld.skribent, lage=lage)


def test_what_names_the_person_lies_encrypted(varld):
    ny_remiss(varld)
    with connection.cursor() as c:
        c.execute("select r::text from remisser_remiss r")
        (rad,) = c.fetchone()
    assert not [t for t in ("Åsa", "Kanarie", "kanarie", "8703129802", "Hur mycket", "Tolv timmar") if t in rad]


@pytest.mark.parametrize(
    ("kod", "manad", "klass"),
    [
        ("ARBETSLOS", "2024-01", "mindre än 6 månader"),
        ("ARBETSLOS", "2023-12", "6–24 månader"),
        ("ARBETSLOS", "2022-06", "6–24 månader"),
        ("ARBETSLOS", "2022-05", "mer än 24 månader"),
        ("SJUKSKRIVEN", "2024-01", "mindre än 6 månader"),
        ("SJUKSKRIVEN", "2023-12", "6 månader eller mer"),
        ("ANNAT", "2023-12", ""),
        ("ARBETSLOS", "", ""),
    ],
)
def test_a_month_gives_the_class_of_the_paper_form_without_a_hole(kod, manad, klass):
    assert visning.tidsklass(kod, manad, datetime.date(2024, 6, 15)) == klass


@pytest.mark.parametrize(
    ("ar", "grupp"),
    [(2009, "under 16 år"), (2008, "16–19 år"), (1994, "30–44 år"), (1959, "65 år eller äldre"), (None, "okänd ålder")],
)
def test_age_groups(ar, grupp):
    assert Remiss(fodelsear=ar).aldersgrupp(datetime.date(2024, 6, 15)) == grupp


def test_all_municipalities_are_there_and_the_association_s_own_come_first(varld):
    assert len(kommuner.KOMMUNER) == 290
    assert all(len(kod) == 4 and kod.isdecimal() and namn for kod, namn in kommuner.KOMMUNER.items())
    _tomt, (egna, medlemmar), (_andra, ovriga) = kommuner.val()
    assert (egna, medlemmar) == ("I förbundet", [("1493", "Mariestad")])
    assert (ovriga[0][1], ovriga[-1][1], len(ovriga)) == ("Ale", "Övertorneå", 289)


# ---- Drafts are removed


def test_drafts_that_nobody_has_touched_for_thirty_days_are_removed(varld, capsys, caplog):
    gammalt, nytt, skickad = ny_remiss(varld, "utkast"), ny_remiss(varld, "utkast"), ny_remiss(varld)
    alder = nu() - datetime.timedelta(days=30, minutes=1)
    Remiss.objects.filter(pk__in=[gammalt.pk, skickad.pk]).update(andrad=alder)
    Remiss.objects.filter(pk=nytt.pk).update(andrad=alder + datetime.timedelta(minutes=2))
    call_command("gallra", torrkor=True)
    assert "Utkast till remisser: 1 skulle tas bort." in capsys.readouterr().out
    assert Remiss.objects.count() == 3
    call_command("gallra")
    assert "Utkast till remisser: 1 togs bort." in capsys.readouterr().out
    assert set(Remiss.objects.all()) == {nytt, skickad}
    assert Handelse.objects.get(namn="utkast_gallrat").objekt_id == str(gammalt.pk)


def test_the_daily_task_does_the_same(varld):
    utkast = ny_remiss(varld, "utkast")
    Remiss.objects.filter(pk=utkast.pk).update(andrad=nu() - datetime.timedelta(31))
    tasks.stada()
    assert not Remiss.objects.exists()
    assert gallring.ta_bort_utkast() == 0
