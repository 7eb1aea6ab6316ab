"""Sending an application and completing it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insatser import avsnitt, inlamning
from insatser.models import Ansokan, Ansokanspart, Kompletteringspunkt
from moten.models import Arende
from samordning.karna.kalender import idag
from tests.insatser.fabrik_ansokan import ny_ansokan, ny_part, skickad_ansokan
from tests.insatser.fabrik_avtal import lopande_avtal

pytestmark = pytest.mark.django_db


def test_a_sent_application_has_a_case_with_its_parties_and_a_first_version():
    ansokan = skickad_ansokan()
    assert ansokan.lage == "inskickad"
    assert ansokan.arende.diarienummer == f"{idag().year}/1"
    assert set(ansokan.arende.parter.all()) == {rad.part for rad in ansokan.parter.all()}
    assert ansokan.versioner.get().innehall["behov"] == "Om behov."
    assert skickad_ansokan(ny_part("A"), ny_part("B")).arende.lopnummer == 2


def test_one_party_alone_is_stopped_with_words_and_nothing_is_written():
    ansokan = ny_ansokan(ny_part("Tibro kommun"))
    with pytest.raises(ValidationError, match="minst två parter"):
        inlamning.skicka(ansokan, av=None)
    Ansokanspart.objects.create(ansokan=ansokan, part=ny_part("Försäkringskassan", "fk"))
    with pytest.raises(ValidationError, match="Det här saknas: Försäkringskassan"):
        inlamning.skicka(ansokan, av=None)
    ansokan.refresh_from_db()
    assert (ansokan.lage, Arende.objects.count(), ansokan.versioner.count()) == ("utkast", 0, 0)


def test_the_huvudpart_has_to_stand_behind_too():
    ansokan = ny_ansokan(ny_part("A"), ny_part("B"), ny_part("C"))
    ansokan.parter.filter(huvud=True).update(star_bakom=None, namngiven="")
    assert inlamning.hinder(ansokan) == ["Huvudparten ska också stå bakom ansökan innan den skickas."]


def test_what_is_not_filled_in_is_said_section_by_section():
    ansokan = ny_ansokan(behov=" ", start=None)
    ansokan.belopp.all().delete()
    assert inlamning.hinder(ansokan) == [
        "Behov och bakgrund är inte ifyllt.", "Skriv när insatsen ska börja och sluta.",
        "Skriv hur mycket ni söker för varje år.",
    ]  # fmt: skip


def test_a_completion_opens_the_named_section_alone_and_gives_version_2():
    ansokan = skickad_ansokan()
    assert inlamning.oppna_avsnitt(ansokan) == set()
    ansokan.arende.flytta("begar_komplettering", av=None)
    Kompletteringspunkt.objects.create(ansokan=ansokan, avsnitt="malgrupp", text="Aktivitetsersättning", senast=idag())
    assert inlamning.oppna_avsnitt(ansokan) == {"malgrupp"}
    ansokan.malgrupp = "Också personer med aktivitetsersättning."
    ansokan.save()
    assert inlamning.komplettera(ansokan, av=None).nr == 2
    assert [v.innehall["malgrupp"] for v in ansokan.versioner.all()] == ["Om malgrupp.", ansokan.malgrupp]
    assert ansokan.punkter.get().version.nr == 2
    assert ansokan.punkter.get().atgardad
    ansokan.arende.refresh_from_db()
    assert ansokan.arende.lage == "inkommen"
    assert inlamning.oppna_avsnitt(ansokan) == set()


def test_a_version_that_was_sent_never_changes():
    version = skickad_ansokan().versioner.get()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.delete()
    version.innehall = {}
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.save()


def test_a_forlangning_is_not_sent_while_it_says_that_there_is_no_result():
    avtal = lopande_avtal(ny_part())
    ansokan = ny_ansokan(
        slag="forlangning",
        avtal=avtal,
        insats=avtal.insats,
        resultat=f"{avsnitt.UTAN_SIFFROR}\n\nVillkor i besluten:\n– Vården är med.",
    )
    with pytest.raises(ValidationError, match="Hämta resultatet"):
        inlamning.skicka(ansokan, av=None)
    ansokan.resultat = "Insatsen började i mars, så inget halvår är redovisat än."
    ansokan.save()
    inlamning.skicka(ansokan, av=None)
    # One that was sent before is completed in the section that was asked about, where nothing else can be mended.
    Ansokan.objects.update(resultat=avsnitt.UTAN_SIFFROR)
    ansokan = Ansokan.objects.get()
    ansokan.arende.flytta("begar_komplettering", av=None)
    Kompletteringspunkt.objects.create(ansokan=ansokan, avsnitt="framat", text="Hur?", senast=idag())
    assert inlamning.hinder(ansokan) == []
    Kompletteringspunkt.objects.update(avsnitt="resultat")
    assert len(inlamning.hinder(ansokan)) == 1
