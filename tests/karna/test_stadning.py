"""The daily sweep: what nobody asks for any more goes, what somebody may ask for stays."""

import datetime
import logging
import os

import pytest

from samordning.karna import filer, tasks
from samordning.karna.kalender import nu
from samordning.karna.models import Fil, Jobb

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mapp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def aldra(plats, timmar):
    tid = (nu() - datetime.timedelta(hours=timmar)).timestamp()
    os.utime(plats, (tid, tid))
    return plats


def skriv(plats, timmar):
    plats.parent.mkdir(parents=True, exist_ok=True)
    plats.write_bytes(b"x")
    return aldra(plats, timmar)


def ny(dagar, **falt):
    avslutat = None if dagar is None else nu() - datetime.timedelta(days=dagar)
    return Jobb.objects.create(uppgift="x", parametrar={"nr": Jobb.objects.count()}, avslutat=avslutat, **falt)


def test_files_without_a_row_go_after_a_day_and_files_with_one_stay(tmp_path):
    gammal = skriv(tmp_path / "ab" / ("ab" * 16), 25)
    halv = skriv(tmp_path / "ab" / "tmpq1w2e3r4", 25)
    farsk = skriv(tmp_path / "cd" / ("cd" * 16), 23)
    utanfor = skriv(tmp_path / "las-mig", 2500)
    fil = filer.spara(b"rapport", "rapport.pdf")
    aldra(filer.vag(fil), 2500)
    assert filer.stada() == (2, 0)
    assert not gammal.exists()
    assert not halv.exists()
    assert farsk.exists()
    assert utanfor.exists()
    assert filer.las(fil) == b"rapport"


def test_a_file_about_a_person_that_never_got_its_row_goes_too(tmp_path):
    fil = filer.spara(b"remiss", "remiss.pdf", person=True)
    plats = aldra(filer.vag(fil), 25)
    Fil.objects.filter(pk=fil.pk).delete()  # as when the transaction was rolled back
    assert filer.stada() == (1, 0)
    assert not plats.exists()


def test_a_row_whose_file_is_gone_is_told_by_its_number_only(caplog):
    fil, hel = filer.spara(b"x", "Remiss Kim Prov.pdf"), filer.spara(b"y", "hel.pdf")
    filer.vag(fil).unlink()
    with caplog.at_level(logging.ERROR):
        assert filer.stada() == (0, 1)
    assert [rad.getMessage() for rad in caplog.records] == [f"Fil {fil.pk} finns inte på disken"]
    assert set(Fil.objects.all()) == {fil, hel}


def test_a_file_that_gets_its_name_meanwhile_is_no_error(tmp_path):
    assert not filer._aldre(tmp_path / "borta", nu().timestamp())


def test_an_empty_place_is_no_error(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "finns-inte"
    assert filer.stada() == (0, 0)


@pytest.mark.parametrize("lage", ["klart", "misslyckat", "avbrutet"])
def test_finished_jobs_go_when_their_time_is_over(lage):
    ny(2, lage=lage)
    ny(401, lage=lage, rubrik="Halvårsrapport")
    kvar = [ny(0, lage=lage), ny(399, lage=lage, rubrik="Halvårsrapport")]
    tasks.stada()
    assert list(Jobb.objects.order_by("pk")) == kvar


@pytest.mark.parametrize("lage", ["ko", "pagar"])
def test_work_that_is_not_finished_is_never_swept(lage):
    gammalt = ny(None, lage=lage)
    Jobb.objects.update(skapat=nu() - datetime.timedelta(days=900))
    tasks.stada()
    assert Jobb.objects.get() == gammalt


def test_the_sweep_takes_jobs_and_files_and_says_how_many(tmp_path, caplog):
    ny(2, lage="klart")
    skriv(tmp_path / "ab" / ("ab" * 16), 25)
    with caplog.at_level(logging.INFO):
        tasks.stada()
        tasks.stada()
    rader = [rad.getMessage() for rad in caplog.records if rad.name == tasks.__name__]
    assert rader == [
        "Städning: 1 jobb och 1 filer utan rad togs bort, 0 filer saknas",
        "Städning: 0 jobb och 0 filer utan rad togs bort, 0 filer saknas",
    ]


def test_a_database_that_is_not_the_files_own_removes_nothing(tmp_path, caplog):
    for nr in range(21):
        skriv(tmp_path / "ab" / f"ab{nr:030d}", 25)
    assert filer.stada() == (0, 0)
    assert len(list((tmp_path / "ab").iterdir())) == 21
    assert "21 filer saknar rad i databasen, så inga togs bort" in caplog.text
