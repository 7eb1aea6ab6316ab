"""From the board's yes to an agreement: a new insats, one more year, conditions that follow, and nothing twice."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insatser.models import Avtal, Insats, Lagesrapport
from samordning.karna.models import Handelse
from tests.insatser.fabrik import ny_insats, version
from tests.insatser.fabrik_ansokan import START, ny_part
from tests.insatser.fabrik_avtal import bifall, lopande_avtal, nytt_beslut, nytt_villkor

pytestmark = pytest.mark.django_db
DAG = datetime.date


def falt(svar):
    """What the form of a page would send as it stands."""
    form = svar.context["form"]
    data = {}
    for falt in form:
        if (varde := falt.value()) is not None:
            data[falt.html_name] = [getattr(v, "pk", v) for v in varde] if isinstance(varde, list) else varde
    return data


@pytest.fixture
def kansli(inloggad):
    return inloggad("kansli")


def test_a_new_insats_gets_its_agreement_from_the_application(kansli):
    kommun, fk = ny_part("Granviks kommun"), ny_part("Försäkringskassan", "fk")
    ansokan, beslut = bifall(kommun, fk, justerat=False, optioner=2, platser=12, deltagarveckor=400)
    villkor = nytt_villkor(beslut)
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    svar = kansli.get(sida)
    text = svar.content.decode()
    assert "Protokollet är inte justerat." in text
    assert "Ny insats: Gläntan" in text
    assert "Minst tio deltagare." in text
    data = falt(svar)
    assert (data["ar_0"], data["platser"], data["parter"]) == (2027, 12, [fk.pk])
    # Half typed: said by the field, and nothing is made.
    fel = kansli.post(sida, data | {"slut": "2026-12-31"}).content.decode()
    assert "Avtalet kan inte sluta innan det börjar." in fel
    assert Insats.objects.count() == Avtal.objects.count() == 0
    svar = kansli.post(sida, data)
    avtal = Avtal.objects.get()
    assert svar.url == reverse("avtal:avtal_detail", args=[avtal.pk])
    assert (avtal.huvudpart, list(avtal.parter.all()), avtal.beslut) == (kommun, [fk], beslut)
    assert (avtal.start, avtal.optioner, avtal.utnyttjade, avtal.deltagarveckor) == (START, 2, 0, 400)
    assert [(rad.ar, rad.kronor) for rad in avtal.belopp.all()] == [(2027, 450_000)]
    insats = avtal.insats
    assert (insats.namn, insats.publicerad, insats.agare) == ("Gläntan", False, kommun)
    assert (insats.malgrupp, insats.bakgrund) == ("Om malgrupp.", "Om behov.")
    ansokan.refresh_from_db()
    villkor.refresh_from_db()
    assert (ansokan.insats, villkor.avtal) == (insats, avtal)
    assert avtal.rapporter.count() == 2
    assert Handelse.objects.om(insats).filter(namn="avtal_tillagt").exists()
    # Sent twice, or opened again: the same agreement.
    assert kansli.post(sida, data).url == svar.url
    assert kansli.get(sida).url == svar.url
    assert Avtal.objects.count() == Insats.objects.count() == 1
    assert "Minst tio deltagare." in kansli.get(svar.url).content.decode()


def test_an_insats_with_the_name_is_chosen_and_not_made_again(kansli):
    insats = ny_insats("Gläntan")
    _, beslut = bifall()
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    data = falt(kansli.get(sida))
    assert data["insats"] == insats.pk
    fel = kansli.post(sida, data | {"insats": ""}).content.decode()
    assert "Det finns redan en insats som heter Gläntan." in fel
    lopande_avtal(insats=insats, start=DAG(2027, 6, 1))
    fel = kansli.post(sida, data | {"insats": insats.pk}).content.decode()
    assert "Insatsen har redan ett avtal för en del av tiden." in fel
    Avtal.objects.all().delete()
    kansli.post(sida, data | {"insats": insats.pk})
    assert Avtal.objects.get().insats == insats


def forlangning(avtal, **mer):
    """A granted application for the agreement's first option."""
    return bifall(
        avtal.huvudpart, ny_part(), slag="forlangning", avtal=avtal, insats=avtal.insats, rubrik=avtal.insats.namn,
        start=DAG(2027, 9, 1), slut=DAG(2028, 8, 31), **mer,
    )  # fmt: skip


def test_a_prolongation_is_written_into_the_same_agreement(kansli):
    _, forsta = bifall()
    avtal = lopande_avtal(start=DAG(2026, 9, 1), slut=DAG(2027, 8, 31), optioner=1, beslut=forsta)
    ansokan, beslut = forlangning(avtal)
    villkor = nytt_villkor(beslut)
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    svar = kansli.get(sida)
    data = falt(svar)
    # 2027 had its first months; the granted ones come on top.
    assert [(data[f"ar_{nr}"], data[f"kronor_{nr}"]) for nr in range(2)] == [(2026, "360000"), (2027, "810000")]
    assert "är den sista som avtalet medger" in svar.content.decode()
    fel = kansli.post(sida, data | {"slut": "2029-01-01"}).content.decode()
    assert "Sista dagen kan vara 31 augusti 2028." in fel
    kansli.post(sida, data | {"slut": "2028-08-31"})
    avtal.refresh_from_db()
    ansokan.refresh_from_db()
    villkor.refresh_from_db()
    assert (avtal.slut, avtal.utnyttjade, avtal.beslut, ansokan.forlangt_till) == (
        DAG(2028, 8, 31), 1, forsta, DAG(2028, 8, 31),
    )  # fmt: skip
    assert (villkor.avtal, Avtal.objects.count()) == (avtal, 1)
    assert Lagesrapport.objects.filter(avtal=avtal, till=DAG(2028, 8, 31)).exists()
    assert "redan skrivet" in kansli.post(sida, data, follow=True).content.decode()
    avtal.refresh_from_db()
    assert avtal.utnyttjade == 1
    # No option is left: the next yes becomes a new agreement, and says so.
    nasta, beslut = forlangning(avtal)
    nasta.start, nasta.slut = DAG(2028, 9, 1), DAG(2029, 8, 31)
    nasta.save()
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    svar = kansli.get(sida)
    assert "Alla förlängningar är använda" in svar.content.decode()
    kansli.post(sida, falt(svar) | {"insats": avtal.insats_id, "ar_0": 2028})
    assert Avtal.objects.get(beslut=beslut).insats == avtal.insats


def test_an_agreement_that_was_prolonged_by_hand_is_not_prolonged_again(kansli):
    avtal = lopande_avtal(start=DAG(2026, 9, 1), slut=DAG(2028, 8, 31), optioner=2, utnyttjade=1)
    ansokan, beslut = forlangning(avtal)
    villkor = nytt_villkor(beslut)
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    assert "Är avtalet redan förlängt?" in kansli.get(sida).content.decode()
    # The form of an extension, sent after it was done by hand, is not an answer to the question.
    svar = kansli.post(sida, {"slut": "2028-08-31", "version": 1})
    assert "Är avtalet redan förlängt?" in svar.content.decode()
    ansokan.refresh_from_db()
    assert ansokan.forlangt_till is None
    assert kansli.post(sida, {"koppla": "1"}).url == reverse("avtal:avtal_detail", args=[avtal.pk])
    for rad in (avtal, ansokan, villkor):
        rad.refresh_from_db()
    assert (avtal.slut, avtal.utnyttjade, ansokan.forlangt_till) == (DAG(2028, 8, 31), 1, DAG(2028, 8, 31))
    assert villkor.avtal == avtal


def test_what_was_agreed_in_advance_is_not_granted_once_more(kansli):
    avtal = lopande_avtal(start=DAG(2026, 9, 1), slut=DAG(2027, 8, 31), optioner=2)
    avtal.belopp.create(ar=2028, kronor=360_000)
    avtal.belopp.create(ar=2029, kronor=200_000)
    ansokan, beslut = forlangning(avtal)
    ansokan.belopp.create(ar=2028, kronor=240_000)
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    data = falt(kansli.get(sida))
    belopp = {2026: 360_000, 2027: 810_000, 2028: 240_000, 2029: 200_000}
    assert {data[f"ar_{nr}"]: int(data[f"kronor_{nr}"]) for nr in range(4)} == belopp
    # A colleague who uses the last option by hand meanwhile: what was typed meets a new agreement's form, not an error.
    Avtal.objects.filter(pk=avtal.pk).update(optioner=0)
    assert "Alla förlängningar är använda" in kansli.post(sida, data).content.decode()
    Avtal.objects.filter(pk=avtal.pk).update(optioner=2)
    assert kansli.post(sida, data).status_code == 302
    assert {rad.ar: rad.kronor for rad in avtal.belopp.all()} == belopp


def test_an_agreement_that_is_changed_and_extended_at_once_is_locked_by_both(kansli):
    avtal = lopande_avtal(start=DAG(2026, 9, 1), slut=DAG(2027, 8, 31))
    _, beslut = forlangning(avtal)
    for sida in (
        reverse("insatser:avtal_edit", args=[avtal.insats.slug, avtal.pk]),
        reverse("avtal:avtal_fran_beslut", args=[beslut.pk]),
    ):
        with CaptureQueriesContext(connection) as fragor:
            kansli.post(sida, {})
        last = [rad["sql"] for rad in fragor if 'FROM "insatser_avtal" ' in rad["sql"] and "FOR UPDATE" in rad["sql"]]
        assert last, sida


def test_a_colleagues_change_of_the_agreement_is_seen_before_it_is_prolonged(kansli):
    avtal = lopande_avtal(start=DAG(2026, 9, 1), slut=DAG(2027, 8, 31), platser=8)
    _, beslut = forlangning(avtal)
    sida = reverse("avtal:avtal_fran_beslut", args=[beslut.pk])
    data = falt(kansli.get(sida)) | {"platser": 10}
    Avtal.objects.filter(pk=avtal.pk).update(version=2, platser=9)
    svar = kansli.post(sida, data)
    assert "Sparat av någon annan" in svar.content.decode()
    avtal.refresh_from_db()
    assert (avtal.platser, avtal.utnyttjade) == (9, 0)


@pytest.mark.parametrize("utfall", ["avslag", "aterremiss"])
def test_only_a_yes_becomes_an_agreement(kansli, utfall):
    ansokan, _ = bifall()
    beslut = nytt_beslut(ansokan.arende, utfall)
    svar = kansli.get(reverse("avtal:avtal_fran_beslut", args=[beslut.pk]))
    assert svar.url == reverse("sidor:arende", args=[ansokan.arende_id])
    assert kansli.get(reverse("avtal:villkor_create", args=[beslut.pk])).status_code == 404


def test_conditions_are_added_and_followed_up(kansli):
    ansokan, beslut = bifall()
    avtal = lopande_avtal(beslut=beslut)
    sida = reverse("avtal:villkor_create", args=[beslut.pk])
    data = falt(kansli.get(sida)) | {"text": "Minst tio deltagare.", "foljs_upp": "2027-05-01"}
    for _ in range(2):
        assert kansli.post(sida, data).url == reverse("sidor:arende", args=[ansokan.arende_id])
    villkor = avtal.alla_villkor.get()
    sida = reverse("avtal:villkor_edit", args=[villkor.pk])
    data = falt(kansli.get(sida)) | {"status": "uppfyllt", "uppfoljning": "Elva kom."}
    fel = kansli.post(sida, data | {"uppfoljt": "2099-01-01"}).content.decode()
    assert "kan inte ha gjorts i framtiden" in fel
    assert kansli.post(sida, data | {"uppfoljt": ""}).url == reverse("avtal:avtal_detail", args=[avtal.pk])
    villkor.refresh_from_db()
    assert (villkor.status, villkor.uppfoljning, bool(villkor.uppfoljt)) == ("uppfyllt", "Elva kom.", True)
    assert "Sparat av någon annan" in kansli.post(sida, data | {"status": "ej_uppfyllt"}).content.decode()
    data = data | {"status": "oppet", "version": version(kansli, sida)}
    kansli.post(sida, data)
    villkor.refresh_from_db()
    assert (villkor.status, villkor.uppfoljt) == ("oppet", None)
