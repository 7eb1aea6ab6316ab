"""Bodies, their members and meeting days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten.models import Beslut, Ledamotskap, Mote, Organ
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_mote, nytt_organ

pytestmark = pytest.mark.django_db


def test_a_body_gets_members_who_sit_once_at_a_time(inloggad, kommun):
    client = inloggad("kansli")
    assert "Inga organ än" in client.get(reverse("moten:organ_list")).content.decode()
    client.post(reverse("moten:organ_create"), {"namn": "Styrelsen", "slag": "styrelse"})
    assert "finns redan ett organ" in client.post(
        reverse("moten:organ_create"), {"namn": "Styrelsen", "slag": "au"}
    ).content.decode()  # fmt: skip
    organ = Organ.objects.get()
    eva = Kontakt.objects.create(namn="Eva Hallgren", part=kommun)
    ny = reverse("moten:ledamot_create", args=[organ.pk])
    data = {"kontakt": eva.pk, "part": kommun.pk, "fran": "2026-01-01"}
    assert client.post(ny, data).status_code == 302
    assert "redan ledamot" in client.post(ny, data | {"fran": "2026-02-01"}).content.decode()
    assert "kan inte sluta innan" in client.post(ny, data | {"till": "2025-01-01"}).content.decode()
    rad = Ledamotskap.objects.get()
    url = reverse("moten:ledamot_edit", args=[rad.pk])
    version = client.get(url).context["form"]["version"].value()
    slut = {"fran": "2026-01-01", "till": "2026-06-30", "version": version}
    assert client.post(url, slut).status_code == 302
    assert "Någon annan har sparat" in client.post(url, slut | {"till": "2026-07-31"}).content.decode()
    assert client.post(ny, data | {"fran": "2026-07-01"}).status_code == 302
    version = client.get(url).context["form"]["version"].value()
    for dagar in ({"till": "2026-07-01"}, {"till": ""}, {"fran": "2026-07-01", "till": "2026-07-31"}):
        svar = client.post(url, slut | {"version": version} | dagar)
        assert "fran" in svar.context["form"].errors
        assert "redan ledamot" in svar.content.decode()
    rad.refresh_from_db()
    assert rad.till.isoformat() == "2026-06-30"
    sida = client.get(reverse("moten:organ_detail", args=[organ.pk])).content.decode()
    assert "Har suttit tidigare (1)" in sida
    organet = reverse("moten:organ_edit", args=[organ.pk])
    version = client.get(organet).context["form"]["version"].value()
    client.post(
        organet,
        {
            "namn": "Styrelsen",
            "numrering": "paragraf",
            "kallelse_dagar": 14,
            "upphorde": "2026-01-31",
            "version": version,
        },
    )
    assert "Har upphört" in client.get(reverse("moten:organ_list")).content.decode()


def test_meeting_days_are_added_moved_and_removed(inloggad, kommun):
    organ = nytt_organ()
    client = inloggad("kansli")
    dagar = [idag() + timedelta(nr) for nr in (30, 60)]
    url = reverse("moten:mote_create", args=[organ.pk])
    data = {"dag_1": dagar[1].isoformat(), "dag_4": dagar[0].isoformat(), "plats": "Mariestad"}
    assert client.post(url, data).status_code == 302
    assert list(organ.moten.values_list("dag", flat=True)) == dagar
    for fel, extra in (
        ("Skriv minst en dag.", {"dag_1": "", "dag_4": ""}),
        ("redan ett möte den dagen", {}),
        ("står redan på en annan rad", {"dag_4": dagar[1].isoformat()}),
    ):
        assert fel in client.post(url, data | extra).content.decode()
    forst, sist = organ.moten.all()
    andra = reverse("moten:mote_edit", args=[forst.pk])
    version = client.get(andra).context["form"]["version"].value()
    assert "redan ett möte" in client.post(andra, {"dag": sist.dag.isoformat(), "version": version}).content.decode()
    assert "inte har varit" in client.post(andra, {"dag": "2020-01-01", "version": version}).content.decode()
    ny_dag = idag() + timedelta(45)
    assert client.post(andra, {"dag": ny_dag.isoformat(), "version": version}).status_code == 302
    client.post(reverse("moten:mote_delete", args=[forst.pk]))
    gammalt = nytt_mote("styrelse", om=-1)
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    Beslut.objects.create(arende=arende, organ=organ, datum=sist.dag, paragraf="§ 1", utfall="bifall")
    for mote in (gammalt, sist):
        svar = client.post(reverse("moten:mote_delete", args=[mote.pk]), follow=True)
        assert "går inte att ta bort" in svar.content.decode()
    assert set(Mote.objects.all()) == {gammalt, sist}


@pytest.mark.parametrize("lage", ["pagar", "avslutat", "publicerat", "installt"])
def test_a_meeting_that_has_begun_is_not_moved(ny_anvandare, lage):
    mote = ett_mote(lage=lage)
    with pytest.raises(OtillatenOvergang, match="går inte att ändra"):
        mote.flytta(mote.dag + timedelta(1), av=ny_anvandare("kansli"))


def test_a_meeting_moves_whole_and_not_to_a_day_that_the_body_has_taken(ny_anvandare):
    kansli, mote, annat = ny_anvandare("kansli"), ett_mote(om=20, lage="kallat"), ett_mote(om=30)
    mote.sista_dag = mote.dag + timedelta(1)
    mote.save()
    with pytest.raises(OtillatenOvergang, match="har redan ett möte"):
        mote.flytta(annat.dag, av=kansli)
    till = mote.dag + timedelta(3)
    mote.flytta(till, av=kansli)
    mote.refresh_from_db()
    assert (mote.dag, mote.sista_dag, mote.sekvens, mote.lage) == (till, till + timedelta(1), 1, "kallat")
