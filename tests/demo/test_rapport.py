"""The demo's board has a report from the start."""

from unittest import mock

import pytest

from samordning.demo import rapport
from samordning.demo.konton import KONTON
from samordning.karna import jobb
from samordning.karna.models import Anvandare, Rapportversion
from tests.uppfoljning.rapporter import ENKLA
from uppfoljning import rapportversioner


@pytest.mark.django_db
def test_the_report_of_last_year_is_made_and_released():
    kansli = Anvandare.objects.skapa(
        next(e for _, e, _ in KONTON if e.startswith("kansli@")), "Kansli", "losen-123-abc"
    )
    with mock.patch("samordning.karna.jobb.ring"):
        arbete = rapport.bestall()
    with mock.patch.object(rapportversioner, "RITARE", ENKLA):
        jobb.kor_jobb(arbete.pk)
    arbete.refresh_from_db()
    assert (arbete.lage, arbete.bestalld_av) == ("klart", kansli)
    assert {rad.lage for rad in Rapportversion.objects.all()} == {"slappt"}
    assert arbete.resultat["lank"].endswith(f"{Rapportversion.objects.get(malgrupp='intern').uuid}/")
