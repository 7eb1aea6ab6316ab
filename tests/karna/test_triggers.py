"""What the database itself refuses, whatever the code does."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from samordning.karna.kalender import nu
from samordning.karna.models import Atkomst, Handelse, Installning, Rapportversion

pytestmark = pytest.mark.django_db


def en_handelse(forbund):
    return Handelse.logga(forbund, "prov")


def en_atkomst(forbund):
    Atkomst.logga(None, "visa", "karna.part", [(forbund.pk, None)])
    return Atkomst.objects.get()


def en_installning(forbund):
    return Installning.objects.create(nyckel="prov", varde=3, giltig_fran=datetime.date(2024, 1, 1), beslut_text="§ 1")


@pytest.mark.parametrize("skapa", [en_handelse, en_atkomst, en_installning])
@pytest.mark.parametrize("sql", ["update {} set id = id where id = %s", "delete from {} where id = %s"])
def test_append_only_tables_refuse_change_and_removal(skapa, sql, forbund):
    rad = skapa(forbund)
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic(), connection.cursor() as c:
        c.execute(sql.format(rad._meta.db_table), [rad.pk])
    assert type(rad).objects.filter(pk=rad.pk).exists()


def test_a_frozen_report_never_changes_and_a_draft_may(ny_anvandare):
    rapport = Rapportversion.objects.create(typ="t", version=1, malgrupp="intern", varden={}, fingeravtryck="x")
    Rapportversion.objects.filter(pk=rapport.pk).update(varden={"a": 1})
    chef = ny_anvandare("forbundschef")
    rapport.granska(av=chef)
    rapport.slapp(av=chef, nar=nu())
    rapport.faststall(av=chef)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Rapportversion.objects.filter(pk=rapport.pk).update(varden={"a": 2})
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        rapport.delete()
    assert Rapportversion.objects.get(pk=rapport.pk).varden == {"a": 1}


def test_the_latest_row_of_a_setting_that_has_begun_is_the_one_that_holds():
    for varde, dag in ((3, datetime.date(2023, 1, 1)), (5, datetime.date(2024, 1, 1)), (8, datetime.date(2030, 1, 1))):
        Installning.objects.create(nyckel="troskel", varde=varde, giltig_fran=dag, beslut_text="§ 1")
    varden = Installning.objects.varden({"troskel": 1, "annan": "x"}, datetime.date(2024, 6, 1))
    assert varden == {"troskel": 5, "annan": "x"}
