"""A transition happens once, whoever asks and however many at the same moment."""

import threading

import pytest
from django.db import connection

from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse, Rapportversion


def ny_rapport():
    return Rapportversion.objects.create(typ="utfall", version=1, malgrupp="intern", varden={}, fingeravtryck="x")


@pytest.mark.django_db
def test_a_transition_changes_the_state_and_leaves_a_row(ny_anvandare):
    chef, rapport = ny_anvandare("forbundschef"), ny_rapport()
    assert rapport.mojliga_overgangar == {"granska"}
    rapport.granska(av=chef)
    assert Rapportversion.objects.get(pk=rapport.pk).lage == "granskad"
    handelse = Handelse.objects.om(rapport).get()
    assert (handelse.namn, handelse.fran, handelse.till, handelse.av) == ("granska", "utkast", "granskad", chef)


@pytest.mark.django_db
def test_a_refused_transition_says_why_and_changes_nothing(ny_anvandare):
    rapport = ny_rapport()
    with pytest.raises(OtillatenOvergang, match="Rapport är redan utkast. Inget ändrades."):
        rapport.faststall(av=ny_anvandare())
    assert Rapportversion.objects.get(pk=rapport.pk).lage == "utkast"
    assert not Handelse.objects.om(rapport).exists()


@pytest.mark.django_db
def test_a_stale_object_does_not_repeat_the_transition(ny_anvandare):
    chef, rapport = ny_anvandare("forbundschef"), ny_rapport()
    gammal = Rapportversion.objects.get(pk=rapport.pk)
    rapport.granska(av=chef)
    with pytest.raises(OtillatenOvergang):
        gammal.granska(av=chef)
    assert Handelse.objects.om(rapport).count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_four_at_once_give_one_success():
    rapport, start, utfall = ny_rapport(), threading.Barrier(4), []

    def forsok():
        min_rapport = Rapportversion.objects.get(pk=rapport.pk)
        start.wait()
        try:
            min_rapport.granska(av=None)
            utfall.append("gick")
        except OtillatenOvergang:
            utfall.append("nekad")
        finally:
            connection.close()

    tradar = [threading.Thread(target=forsok) for _ in range(4)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert sorted(utfall) == ["gick", "nekad", "nekad", "nekad"]
    assert Handelse.objects.om(rapport).count() == 1
