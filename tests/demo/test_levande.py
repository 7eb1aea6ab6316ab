"""The demo's living layer: what the caseworker and the staff find when they log in, whatever day it is."""

import datetime
import re
import subprocess

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from remisser import inskickning, paneler
from remisser.models import Deltagare, Remiss, Samtycke
from samordning.demo.konton import epost
from samordning.demo.ladda import ladda
from samordning.demo.nummer import Nummerserie
from samordning.karna import krypto
from samordning.karna.kalender import idag
from samordning.karna.models import Anvandare, Handelse, Roll
from samordning.karna.personnummer import tolka
from uppfoljning.models import Deltagande

INSATSER = ("rorsas-lantliv", "mofalla-lantgard")
LAGEN = ["accepterad", "atertagen", "avbojd", "skickad", "skickad", "utkast"]
# The Monday after Christmas, when nine days are not yet late; a leap day; and Midsummer's Sunday.
DAGAR = ["2026-12-28", "2024-02-29", "2025-06-22"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    with time_machine.travel("2026-11-25 12:00", tick=False):
        ladda()
        yield


def konto(roll):
    return Anvandare.objects.get(epost=epost(roll))


def nummer_i_demon():
    """{number: the sex and the person it stands for}, decrypted through the models."""
    rader = [
        *Remiss.objects.select_related("deltagare"),
        *Deltagande.objects.exclude(personnummer=None).select_related("deltagare"),
    ]
    return {rad.personnummer: rad.deltagare for rad in rader if rad.personnummer}


@pytest.mark.parametrize("dag", DAGAR)
def test_whatever_day_it_is_somebody_has_written_and_somebody_is_there(dag):
    with time_machine.travel(f"{dag} 12:00", tick=False):
        ladda()
        for slug in INSATSER:
            _en_av_varje(slug)
        pagar = Deltagande.objects.filter(insats__slug=INSATSER[0], slut=None, anonym=False)
        assert pagar.filter(skyddad=True, lokal_kod__startswith="RL-").exists()
        assert pagar.filter(skyddad=False).exists()
        assert not pagar.filter(skyddad=False, namn=None).exists()


def _en_av_varje(slug):
    """One remiss in each state, from the caseworker, as the transitions would have left it."""
    remisser = list(Remiss.objects.filter(insats__slug=slug).order_by("lage", "-skickad"))
    assert [remiss.lage for remiss in remisser] == LAGEN
    assert {(remiss.skapad_av, remiss.avsandare.namn) for remiss in remisser} == {
        (konto(Roll.REMITTENT), "Vårdcentralen Mariestad")
    }
    ny, sen = (remiss for remiss in remisser if remiss.lage == "skickad")
    assert (localdate(ny.skickad), ny.ar_forsenad) == (idag() - datetime.timedelta(3), False)
    assert (localdate(sen.skickad) <= idag() - datetime.timedelta(9), sen.ar_forsenad) == (True, True)
    for remiss in remisser:
        skickad = remiss.lage != "utkast"
        assert bool(inskickning.brister(remiss)) != skickad, remiss
        assert remiss.samtycken.count() == skickad
        assert remiss.andrad.date() < idag()
        assert bool(remiss.motivering) == bool(remiss.avbojande) == (remiss.lage == "avbojd")
        # As the transitions write it: the last event led to the state, and had its time.
        handelser = list(Handelse.objects.om(remiss))
        assert len(handelser) == skickad * (1 if remiss.lage == "skickad" else 2)
        if skickad:
            assert (handelser[0].till, handelser[0].tid) == (remiss.lage, remiss.andrad)
    for samtycke in Samtycke.objects.filter(remiss__in=remisser):
        assert samtycke.parter.startswith("Västra Götalandsregionen (Vårdcentralen Mariestad)\n")
        assert samtycke.givet == localdate(samtycke.remiss.skickad)


@pytest.mark.usefixtures("demo")
def test_the_caseworker_sees_the_list(client):
    client.force_login(konto(Roll.REMITTENT))
    sida = client.get(reverse("remisser:remiss_list")).content.decode()
    assert sida.count("Försenad") == 2
    for remiss in Remiss.objects.all():
        assert remiss.namn in sida
        assert client.get(reverse("remisser:remiss_detail", args=[remiss.uuid]), follow=True).status_code == 200
    assert "två utkast" in client.get(reverse("sidor:start")).content.decode()


@pytest.mark.usefixtures("demo")
def test_the_staff_see_their_inbox_and_who_is_there(client):
    personal = konto(Roll.INSATSPERSONAL)
    client.force_login(personal)
    inkorg = client.get(reverse("remisser:inkorg_list"))
    assert [rad["insats"] for rad in inkorg.context["rader"]] == ["Rörsås Lantliv"] * 5
    oppen = Remiss.objects.mottagna_av(personal).get(lage="accepterad")
    assert oppen.namn in inkorg.content.decode()
    assert "två remisser" in " ".join(rad.text for rad in paneler.att_gora(personal))
    svar = client.get(reverse("uppfoljning:deltagande_list"))
    assert svar.context["vantar"] == [oppen]
    rader = svar.context["rader"]
    assert len(rader) == Deltagande.objects.filter(insats__slug="rorsas-lantliv", slut=None, anonym=False).count()
    skyddade = [rad for rad, _ in rader if rad.skyddad]
    assert skyddade
    assert all(rad.visat_namn == rad.lokal_kod and not rad.namn and not rad.telefon for rad in skyddade)
    namn = [rad.namn for rad, _ in rader if not rad.skyddad]
    assert all(namn)
    assert len(set(namn)) == len(namn)
    brister = [saknas for _, saknas in rader]
    assert 2 < sum(map(bool, brister)) < len(brister)
    assert ["skattning vid start", "timmar vid start", "försörjning vid start"] in brister
    for rad, _ in rader[:5]:
        assert client.get(reverse("uppfoljning:deltagande_detail", args=[rad.uuid])).status_code == 200


@pytest.mark.usefixtures("demo")
def test_every_number_is_kept_for_tests_and_is_its_persons():
    nummer = nummer_i_demon()
    assert len(nummer) > 12
    for tolv, deltagare in nummer.items():
        tolkat = tolka(tolv, idag())
        assert tolkat.tolv == tolv
        assert 980 <= int(tolv[8:11]) <= 999
        if deltagare is None:  # a draft
            continue
        assert bytes(deltagare.lookup) == krypto.uppslag("personnummer", tolv)
        assert (deltagare.kon, deltagare.fodelsear, deltagare.skyddad) == (tolkat.kon, tolkat.fodelsear, False)
        assert Deltagare.objects.for_nummer(tolkat) == deltagare
    for modell in (Remiss, Deltagande):
        for rad in modell.objects.all():
            assert not rad.telefon or rad.telefon.startswith("0980-319 2")
            assert not rad.epost or rad.epost.endswith("@example.se")


@pytest.mark.usefixtures("demo")
def test_no_number_stands_in_the_source():
    kort = {tolv[2:] for tolv in nummer_i_demon()}
    utfort = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=settings.ROT, capture_output=True, text=True,
    )  # fmt: skip
    filer = [settings.ROT / fil for fil in utfort.stdout.splitlines()]
    funna = [
        (fil.name, traff)
        for fil in filer
        if fil.suffix in (".py", ".html", ".md", ".js", ".json", ".csv") and fil.exists()
        for traff in re.findall(r"\d{6}-?\d{4}", fil.read_text())
        if traff.replace("-", "") in kort
    ]
    assert funna == []
    i_demon = [fil for fil in (settings.ROT / "samordning/demo").rglob("*.py")]
    assert len(i_demon) > 10
    assert [fil.name for fil in i_demon if re.search(r"(?<!\d)(\d\d)?\d{6}[-+]?\d{4}(?!\d)", fil.read_text())] == []


def test_a_series_gives_each_number_once_and_the_same_again():
    en, annan = Nummerserie("frö"), Nummerserie("frö")
    nummer = [en.ny(1990, kon) for kon in "KM" * 400]
    assert len(set(nummer)) == 800
    assert nummer == [annan.ny(1990, kon) for kon in "KM" * 400]
    assert {tolka(tolv, datetime.date(2026, 1, 1)).kon for tolv in nummer[1::2]} == {"M"}


def test_those_who_are_many_have_no_identity():
    with time_machine.travel("2026-11-25 12:00", tick=False):
        ladda(storlek=300)
    med = Deltagande.objects.exclude(namn=None)
    assert set(med.values_list("insats__slug", "slut")) == {("rorsas-lantliv", None)}
