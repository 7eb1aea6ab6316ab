"""The last day to apply, counted back from the board (MB8)."""

import datetime
import itertools

import pytest
from django.urls import reverse

from moten import kedja
from moten.models import Mote
from samordning.karna.kalender import ar_arbetsdag, idag
from samordning.karna.models import Installning
from tests.moten.fabrik import nytt_mote, nytt_organ

D = datetime.date


def en(styrelse, beredning=None, au=None, **regler):
    [tid] = kedja.rakna([(styrelse, "")], beredning or {}, au, kedja.REGLER | regler)
    return tid


def test_the_chain_of_five_weeks_when_only_the_board_is_set():
    """The board on 17 June 2026: 35 days before is 13 May, the group 21 before, the dispatch 7 before."""
    tid = en(D(2026, 6, 17), au=[])
    assert (tid.sista_dag, tid.underlag) == (D(2026, 5, 13), D(2026, 5, 20))
    assert (tid.beredning, tid.beredning_bestamd) == ((D(2026, 5, 27),), False)
    assert (tid.forslag, tid.au, tid.au_bestamd, tid.utskick) == (D(2026, 6, 10), D(2026, 6, 10), False, D(2026, 6, 10))
    assert en(D(2026, 6, 17)).au is None


def test_meetings_that_are_set_are_used_and_move_the_rest():
    tid = en(
        D(2026, 6, 17), {1: [D(2026, 4, 22), D(2026, 5, 19), D(2026, 6, 16)], 2: [D(2026, 5, 26)]}, [D(2026, 6, 4)]
    )
    assert (tid.beredning, tid.beredning_bestamd) == ((D(2026, 5, 19), D(2026, 5, 26)), True)
    assert tid.underlag == tid.sista_dag == D(2026, 5, 12), "seven days before the first group, earlier than 13 May"
    assert (tid.au, tid.au_bestamd, tid.forslag) == (D(2026, 6, 4), True, D(2026, 6, 4)), "the AU has the proposal"
    sen = en(D(2026, 6, 17), {1: [D(2026, 6, 3)]})
    assert (sen.beredning, sen.forslag) == ((D(2026, 6, 3),), D(2026, 6, 10)), "a late group shortens the chief's time"


def test_a_holiday_moves_to_the_working_day_before():
    """Five weeks before 10 February 2027 is Trettondagen, 6 January; 5 January is a Tuesday."""
    assert en(D(2027, 2, 10)).sista_dag == D(2027, 1, 5)
    assert kedja.arbetsdag_senast(D(2026, 12, 27)) == D(2026, 12, 23), "over Christmas and the weekend"


def test_moving_the_board_moves_the_chain():
    fore, efter = en(D(2026, 6, 17)), en(D(2026, 6, 24))
    for namn in ("sista_dag", "underlag", "utskick"):
        assert getattr(efter, namn) - getattr(fore, namn) == datetime.timedelta(7), namn


def test_a_group_prepares_for_the_next_board_only():
    mars, juni = kedja.rakna([(D(2026, 6, 17), ""), (D(2026, 4, 29), "")], {1: [D(2026, 4, 1)]}, [])
    assert (mars.styrelse, mars.beredning, mars.beredning_bestamd) == (D(2026, 4, 29), (D(2026, 4, 1),), True)
    assert (juni.beredning_bestamd, juni.au_bestamd) == (False, False)


def test_the_days_always_come_in_order_and_counted_ones_are_working_days():
    start = D(2026, 1, 1)
    for dag, om in itertools.product(range(0, 400, 3), (12, 19, 25, 33, 60)):
        styrelse = start + datetime.timedelta(dag)
        mote = styrelse - datetime.timedelta(om)
        for beredning, au in (({}, []), ({1: [mote]}, None), ({1: [mote]}, [mote + datetime.timedelta(9)])):
            tid = en(styrelse, beredning, au)
            dagar = [tid.sista_dag, tid.underlag, *tid.beredning, tid.forslag, tid.utskick, tid.styrelse]
            assert dagar == sorted(dagar), (styrelse, beredning)
            assert tid.au is None or tid.beredning[-1] <= tid.au <= tid.utskick
            assert tid.sista_dag <= styrelse - datetime.timedelta(35)
            assert all(map(ar_arbetsdag, (tid.sista_dag, tid.underlag, tid.utskick)))


@pytest.mark.parametrize("varde", [-5, 0, 10**9])
def test_a_setting_that_is_a_slip_of_the_pen_gives_days_in_order(varde):
    tid = en(D(2026, 6, 17), au=[], **dict.fromkeys(kedja.REGLER, varde))
    assert tid.sista_dag <= tid.beredning[0] <= tid.utskick <= tid.styrelse


@pytest.mark.django_db
def test_the_page_is_for_everybody_and_says_what_is_next(client, django_assert_num_queries):
    adress = reverse("sidor:ansokningstider")
    tomt = client.get(adress).content.decode()
    assert "Styrelsens mötesdagar är inte bestämda än" in tomt
    assert "Ring kansliet på" in tomt
    nara, sen = nytt_mote(om=20), nytt_mote(om=90)
    nytt_organ("au")
    with django_assert_num_queries(3):
        tider = Mote.objects.ansokningstider()
    assert [tid.styrelse for tid in tider] == [nara.dag, sen.dag]
    assert [tid.har_passerat(idag()) for tid in tider] == [True, False]
    assert Mote.objects.nasta_ansokningstid() == tider[1]
    text = client.get(adress).content.decode()
    assert text.count("Sista dagen har passerat") == text.count("Nästa att söka till") == 1
    Installning.objects.create(
        nyckel="ansokan_dagar_fore_styrelse", varde=80, giltig_fran=idag(), beslut_text="§ 12"
    )  # fmt: skip
    assert Mote.objects.nasta_ansokningstid().sista_dag <= sen.dag - datetime.timedelta(80)
    assert Mote.objects.nasta_ansokningstid(sen.dag) is None
