"""What waits because of meetings, and where a case was treated."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moten import motespaneler
from moten.models import Justerare, Narvaro, Organ, Punkt, Utfall
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_organ

pytestmark = pytest.mark.django_db


def test_the_kansli_calls_closes_sends_and_publishes(ny_anvandare, kommun):
    Organ.objects.filter(pk=nytt_organ("styrelse").pk).update(justeras=True, kallelse_dagar=14)
    styrelsen, gruppen = nytt_organ("styrelse"), nytt_organ("beredning")
    ett_mote(organ=styrelsen, dag=idag() + timedelta(60))
    snart = ett_mote(organ=styrelsen, dag=idag() + timedelta(10))
    varit = ett_mote(organ=styrelsen, dag=idag() - timedelta(1), lage="pagar")
    ett_mote(organ=styrelsen, dag=idag() - timedelta(2), lage="avslutat")
    ett_mote(organ=styrelsen, dag=idag() - timedelta(3), lage="justerat")
    ett_mote(organ=gruppen, dag=idag() - timedelta(4), lage="avslutat")
    ute = ett_mote(organ=styrelsen, dag=idag() - timedelta(5), lage="justering")
    kansli = ny_anvandare("kansli")
    rader = {rad.text.split(" ")[0]: rad for rad in motespaneler.att_gora(kansli)}
    assert [rad.text.split(" ")[0] for rad in motespaneler.att_gora(kansli)] == [
        "Publicera", "Publicera", "Skicka", "Avsluta", "Kalla",
    ]  # fmt: skip
    assert rader["Kalla"].url == reverse("moten:kallelse_create", args=[snart.pk])
    assert rader["Kalla"].marke
    assert rader["Avsluta"].url == reverse("moten:mote_detail", args=[varit.pk])
    rad = Justerare.objects.create(mote=ute, kontakt=Kontakt.objects.create(namn="Per Prov", part=kommun))
    rad.kommentarer.create(text="Fel ord.")
    assert "Svara" in {rad.text.split(" ")[0] for rad in motespaneler.att_gora(kansli)}
    rad.kommentarer.update(svar="Rättat.")
    assert "Svara" not in {rad.text.split(" ")[0] for rad in motespaneler.att_gora(kansli)}


def test_a_person_approves_answers_and_does(ny_anvandare, kommun, django_assert_num_queries):
    konto = ny_anvandare()
    kontakt = Kontakt.objects.create(namn="Eva Prov", part=kommun, anvandare=konto)
    Justerare.objects.create(mote=ett_mote(lage="justering", dag=idag()), kontakt=kontakt)
    kallat = ett_mote(lage="kallat")
    Narvaro.objects.create(mote=kallat, kontakt=kontakt, kallad=nu())
    mote = ett_mote("beredning", lage="avslutat", dag=idag() - timedelta(9))
    punkt = Punkt.objects.create(mote=mote, rubrik="Gläntan")
    for om in (-1, 30):
        Utfall.objects.create(punkt=punkt, typ="atgard", text="Ring", ansvarig=kontakt, senast=idag() + timedelta(om))
    konto.pagaende_uppdrag  # noqa: B018
    with django_assert_num_queries(3):
        rader = motespaneler.att_gora(konto)
    assert [rad.text.split(" ")[0] for rad in rader] == ["Justera", "Svara", "Ring"]
    assert rader[2].marke[0] == "Sent"
    assert motespaneler.att_gora(ny_anvandare()) == []


def test_where_a_case_was_treated_is_told_to_who_may_read_it(ny_anvandare, kommun, django_assert_num_queries):
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    grupp = ett_mote("beredning", lage="avslutat", dag=idag() - timedelta(30))
    styrelsen = ett_mote("styrelse", lage="avslutat", dag=idag())
    forsta = Punkt.objects.create(mote=grupp, ordning=4, nummer=4, rubrik="Gläntan", arende=arende, status="behandlad")
    Utfall.objects.create(punkt=forsta, typ="medskick", text="Ta med vården.")
    andra = Punkt.objects.create(mote=styrelsen, ordning=1, nummer=34, rubrik="Gläntan", arende=arende)
    Utfall.objects.create(punkt=andra, typ="beslut", text="Bifall.", arendeutfall="bifall")
    Punkt.objects.create(mote=ett_mote(lage="kallat"), rubrik="Kommer", arende=arende)
    kansli = ny_anvandare("kansli")
    kansli.pagaende_uppdrag  # noqa: B018
    with django_assert_num_queries(2):
        rader = motespaneler.behandlad([arende.pk], kansli)
    assert [(rad.organ, rad.utfall) for rad in rader] == [("Styrelse", "Bifall"), ("Beredningsgrupp", "1 medskick")]
    assert rader[0].url.endswith(f"#p{andra.pk}")
    assert [rad.text for rad in motespaneler.tidslinje(arende, kansli)][0].startswith("Punkt 4. 1 medskick")
    assert [rad.organ for rad in motespaneler.behandlad([arende.pk], ny_anvandare("beredning"))] == ["Beredningsgrupp"]
    assert motespaneler.behandlad([arende.pk], ny_anvandare()) == []
