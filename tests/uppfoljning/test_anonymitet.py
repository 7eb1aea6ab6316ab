"""Nothing in Skattning points at a person, and nothing tells when in the week it came (beslut.md 5, RB2).

An attacker here may read every table but Parnyckel, which is the one that joins them.
"""

import datetime
import itertools

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models

from samordning.karna.kalender import idag, nu
from tests.uppfoljning.personer import nytt_deltagande, personal
from tests.uppfoljning.svarande import Telefon
from uppfoljning import lankar
from uppfoljning.models import Deltagande, Parnyckel, Skattning

MANDAG = datetime.datetime(2026, 3, 2, 7, 0, tzinfo=datetime.UTC)
ANTAL = 5


def test_no_foreign_key_leads_from_an_answer_to_a_person():
    fran = {falt.name: falt.related_model.__name__ for falt in Skattning._meta.get_fields() if falt.is_relation}
    assert fran == {"formular": "Formular"}


def test_nothing_but_parnyckel_joins_them():
    pekare = [
        f"{modell.__name__}.{falt.name}"
        for modell in apps.get_models()
        for falt in modell._meta.get_fields()
        if getattr(falt, "related_model", None) in (Skattning, Parnyckel) and falt.concrete
    ]
    assert pekare == []
    nycklar = [modell.__name__ for modell in apps.get_models() if {"nyckel", "parnyckel"} & _falt(modell)]
    assert set(nycklar) - {"Installning"} == {"Skattning", "Parnyckel"}


def _falt(modell):
    return {falt.name for falt in modell._meta.get_fields() if isinstance(falt, models.UUIDField)}


def test_the_key_is_random_and_no_time_is_finer_than_a_day():
    assert Skattning._meta.pk.default.__name__ == "uuid4"
    assert Parnyckel._meta.get_field("nyckel").default.__name__ == "uuid4"
    for modell in (Skattning, Parnyckel):
        assert not [f for f in modell._meta.get_fields() if isinstance(f, models.DateTimeField | models.TimeField)]


@pytest.fixture
def vecka(db, ny_anvandare, client):
    """One person a day answers, Monday to Friday, each with a health of its own: {stay's pk: health}."""
    svar = {}
    user = personal(ny_anvandare)
    for nr in range(ANTAL):
        with time_machine.travel(MANDAG + datetime.timedelta(days=nr, hours=nr), tick=False):
            deltagande = nytt_deltagande(start=idag())
            telefon = Telefon()
            telefon.kod(lankar.ny_kod(deltagande, "start", user))
            telefon.fyll_i({"halsa": nr + 1, "timmar": str(10 + nr)})
            telefon.skicka()
            telefon.hamta("klart")
            svar[deltagande.pk] = nr + 1
    return svar


def _rader(tabell):
    """Every row as text, as in a dump."""
    with connection.cursor() as c:
        c.execute(f'select t::text from "{tabell}" t')
        return [rad for (rad,) in c.fetchall()]


def test_no_value_of_an_answer_is_found_in_another_table(vecka):
    halvor = list(Skattning.objects.all())
    assert len(halvor) == ANTAL
    hemligt = [str(varde) for halva in halvor for varde in (halva.pk, halva.parnyckel)]
    hemligt += [varde.replace("-", "") for varde in hemligt]
    utom = {Skattning._meta.db_table, Parnyckel._meta.db_table}
    sokta = 0
    for modell in apps.get_models():
        if modell._meta.db_table in utom or not modell._meta.managed:
            continue
        for rad in _rader(modell._meta.db_table):
            sokta += 1
            assert not [varde for varde in hemligt if varde in rad], modell
    assert sokta > 20


def test_whoever_tries_gets_no_nearer_than_the_week(vecka):
    """Join on everything that both sides have: all answers of the week fit every person of the week."""
    with connection.cursor() as c:
        c.execute(
            """
            select d.id, s.id from uppfoljning_deltagande d
            join uppfoljning_svarskod k on k.deltagande_id = d.id and k.skickad
            join uppfoljning_lage l on l.deltagande_id = d.id and l.tillfalle = k.tillfalle
            join karna_handelse h on h.objekt_typ = 'uppfoljning.deltagande' and h.objekt_id = d.id::text
            left join karna_atkomst a on a.objekt_id = d.uuid::text
            join uppfoljning_skattning s on s.tillfalle = k.tillfalle
                and s.vecka = date_trunc('week', k.inlost at time zone 'Europe/Stockholm')::date
                and s.vecka = date_trunc('week', l.datum)::date
                and s.vecka = date_trunc('week', h.tid at time zone 'Europe/Stockholm')::date
                and s.datum is null
            """
        )
        par = set(c.fetchall())
    halvor = set(Skattning.objects.values_list("pk", flat=True))
    assert par == set(itertools.product(vecka, halvor)), "every one of the week fits every answer of the week"


def test_the_order_of_the_keys_is_not_the_order_of_the_answers(vecka):
    """With five, chance alone gives the order once in 120; so the halves are made anew until it differs."""
    i_ordning = list(Skattning.objects.order_by("pk").values_list("halsa", flat=True))
    assert sorted(i_ordning) == list(vecka.values())
    nycklar = [Skattning().pk for _ in range(50)]
    assert nycklar != sorted(nycklar)


def test_another_day_of_the_same_week_gives_the_same_row(vecka):
    """But for the answer itself and what is random, the five rows are the same."""
    rader = {
        tuple(sorted((namn, str(varde)) for namn, varde in rad.items() if namn not in ("id", "parnyckel", "halsa")))
        for rad in Skattning.objects.values()
    }
    assert len(rader) == 1


def test_the_right_pairs_are_there_for_the_figures(vecka):
    """Else everything above could pass because nothing was joined at all."""
    nycklar = dict(Parnyckel.objects.values_list("nyckel", "deltagande"))
    assert {nycklar[s.parnyckel]: s.halsa for s in Skattning.objects.all()} == vecka
    assert Deltagande.objects.count() == ANTAL
    assert nu()
