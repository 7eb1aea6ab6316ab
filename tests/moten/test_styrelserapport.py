"""What the board has decided since a body met last fills the item that reports from it."""

from datetime import timedelta

import pytest

from moten import aterkoppling, dagordning, styrelserapport, uppfoljning
from moten.models import Beslut, Fastpunkt, Mote, Punkt, Utfall
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_organ

pytestmark = pytest.mark.django_db


def ett_beslut(fore, text, stangt=None, arende=None, lage="avslutat", **falt):
    """A decision of the board's meeting so many days ago; closed then, or `stangt` days ago."""
    tid = nu() - timedelta(fore if stangt is None else stangt)
    mote = ett_mote("styrelse", lage=lage, dag=idag() - timedelta(fore), avslutat=tid if lage == "avslutat" else None)
    punkt = Punkt.objects.create(mote=mote, ordning=1, nummer=fore, rubrik="Planen", arende=arende)
    return Utfall.objects.create(punkt=punkt, typ="beslut", text=text, **falt)


def gruppens(fore, lage="avslutat"):
    tid = nu() - timedelta(fore)
    return ett_mote("beredning", lage=lage, dag=idag() - timedelta(fore), oppnat=tid, avslutat=tid)


def test_what_was_closed_since_the_last_meeting_is_told_once(kommun):
    ett_beslut(60, "Gammalt beslut.")
    gruppens(40)
    ett_beslut(50, "Mötet var före\ngruppens, men avslutades efter.", stangt=30)
    ett_beslut(20, "Nytt beslut.")
    ett_beslut(10, "Inte avslutat.", lage="pagar")
    text = styrelserapport.block(ett_mote("beredning", om=0))
    assert text.startswith("Styrelsen har beslutat:\n- 50 Planen, ")
    assert "Mötet var före gruppens, men avslutades efter." in text
    assert "Nytt beslut." in text
    assert "Gammalt" not in text
    assert "Inte avslutat" not in text
    gruppens(5)
    assert styrelserapport.block(ett_mote("beredning", om=0)) == ""
    assert styrelserapport.block(ett_mote("styrelse", om=0)) == ""


def test_the_record_tells_what_was_told_that_day(kommun):
    """Decisions of a meeting that is closed between the group's meeting and its own close belong to the next one."""
    mote = gruppens(3, lage="pagar")
    ett_beslut(8, "Före.", stangt=4)
    ett_beslut(6, "Efter.", stangt=1)
    text = styrelserapport.block(mote)
    assert "Före." in text
    assert "Efter." not in text


def test_a_case_that_no_group_has_had_is_not_told_of(kommun):
    beredd = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    ovrigt = skickad_ansokan(kommun, ny_part()).arende
    type(beredd).objects.filter(pk=beredd.pk).update(beredd=nu())
    type(ovrigt).objects.filter(pk=ovrigt.pk).update(beredd=None)
    ett_beslut(5, "Styrelsen beviljar.", arende=beredd, arendeutfall="bifall")
    ett_beslut(4, "Hemligt.", arende=ovrigt, arendeutfall="avslag")
    text = styrelserapport.block(ett_mote("beredning", om=0))
    assert ": Bifall. Styrelsen beviljar." in text
    assert "Hemligt" not in text


def test_what_has_an_item_of_its_own_is_not_told_twice(kommun):
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    type(arende).objects.filter(pk=arende.pk).update(beredd=nu())
    utfall = ett_beslut(5, "Styrelsen beviljar.", arende=arende, arendeutfall="bifall")
    ett_beslut(4, "Planen antas.")
    grupp, annan = gruppens(40), nytt_organ("beredning", "Västra gruppen")
    Punkt.objects.create(mote=grupp, ordning=1, rubrik="Ansökan", arende=arende)
    utfall.beslut = Beslut.objects.create(
        arende=arende, organ=utfall.punkt.mote.organ, datum=idag(), paragraf="§ 5", utfall="bifall"
    )
    utfall.save()
    mote = ett_mote("beredning", om=0)
    assert "Styrelsen beviljar." in styrelserapport.block(mote)
    (onskan,) = aterkoppling.beratta(utfall.beslut, av=None)
    text = styrelserapport.block(mote)
    assert "Planen antas." in text
    assert "Styrelsen beviljar." not in text
    assert "Styrelsen beviljar." in styrelserapport.block(ett_mote(organ=annan, om=0))  # a group that never had it
    type(onskan).objects.update(avfort="Det räcker med rapporten.")
    assert "Styrelsen beviljar." in styrelserapport.block(mote)


@pytest.mark.parametrize("antal", [1, 9])
def test_it_asks_as_often_for_many(kommun, django_assert_num_queries, antal):
    for nr in range(antal):
        ett_beslut(nr + 1, "Beslut.")
    mote = ett_mote("beredning", om=0)
    with django_assert_num_queries(3):
        assert styrelserapport.block(mote).count("\n") == antal


def test_it_is_renewed_when_the_meeting_is_opened_and_what_is_written_stays(inloggad):
    client = inloggad("kansli")
    organ = nytt_organ("beredning")
    Fastpunkt.objects.create(organ=organ, slag="rapport", rubrik="Rapport från styrelsen")
    mote = ett_mote(organ=organ, lage="kallat", dag=idag())
    ett_beslut(2, "Första beslutet.")
    (punkt,) = dagordning.bygg(mote, Anvandare.objects.first())
    assert "Första beslutet." in punkt.underlag
    Punkt.objects.filter(pk=punkt.pk).update(underlag=f"Ordföranden berättar.\n\n{punkt.underlag}")
    ett_beslut(1, "Andra beslutet.")
    client.post(f"/moten/{mote.pk}/oppna/")
    punkt.refresh_from_db()
    assert Mote.objects.get(pk=mote.pk).oppnat
    assert punkt.underlag.startswith("Ordföranden berättar.\n\nStyrelsen har beslutat:\n")
    assert punkt.underlag.count("Styrelsen har beslutat:") == 1
    assert "Andra beslutet." in punkt.underlag
    assert uppfoljning.fyllt("vanlig", "Orört.", mote) == "Orört."
