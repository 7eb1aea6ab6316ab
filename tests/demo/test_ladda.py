"""The demo data: the figures of 2023 to the last one, the same every time, and never on top of anybody's data."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from insatser.models import Avtal, Avtalsar, Insats, Medarbetare
from remisser.models import Deltagare, Forsorjning
from samordning.demo.avtal import Avtalsserie
from samordning.demo.konton import KONTON, LOSENORD
from samordning.demo.ladda import ladda
from samordning.karna.models import Anvandare, Kontakt, Part, Roll
from uppfoljning.meningar import meningar
from uppfoljning.models import Deltagande, Lage, Skattning
from uppfoljning.utfall import utfall

AR_2023 = (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
# cell -> total, women, men (doman.md M216 and M217)
FACIT = {
    "mofalla-lantgard": {"P3": (13, 9, 4), "P4": (10, 7, 3), "X1": (6, 4, 2), "X2": (2, 1, 1), "H2": (9, 6, 3)},
    "rorsas-lantliv": {"P3": (22, 18, 4), "P4": (18, 15, 3), "X1": (8, 7, 1), "X2": (1, 1, 0)},
}
PLANEN = {
    "maria-nova": 1_200_000, "amu-toreboda": 450_000, "ame-gullspang": 250_000, "ung-arena": 200_000,
    "rorsas-lantliv": 150_000, "gront-jobbspar-sotasen": 150_000, "upprop-for-ett-friskare-norra-skaraborg": 330_000,
    "kur-kompetensutveckling-psykisk-halsa": 70_000, "vald-i-nara-relation": 65_000, "det-goda-exemplet": 10_000,
}  # fmt: skip
RORELSE = (Anvandare, Insats, Deltagande, Deltagare, Part, Kontakt, Avtal, Skattning)

pytestmark = pytest.mark.django_db


@pytest.fixture
def en_dag():
    with time_machine.travel("2026-11-25 12:00", tick=False):
        yield


def och_angra(gor):
    """What `gor()` gives, and the database as it was before."""
    with transaction.atomic():
        svar = gor()
        transaction.set_rollback(True)
    return svar


def kommando(*argument):
    ut = StringIO()
    call_command("ladda_demo", *argument, stdout=ut)
    return ut.getvalue()


def antal_rader():
    return {modell.__name__: modell.objects.count() for modell in RORELSE}


def siffror():
    """{insats: {cell: (total, women, men)}} of 2023."""
    rapport = utfall(*AR_2023)
    assert rapport["identiteter"] == {"ok": True, "brutna": []}
    return {
        slug: {cell: tuple(rapport["per_insats"][slug]["celler"][cell][kon] for kon in "TKM") for cell in celler}
        for slug, celler in FACIT.items()
    }


@pytest.mark.usefixtures("en_dag")
def test_the_figures_of_2023_and_the_sentences():
    ladda()
    assert siffror() == FACIT
    rapport = utfall(*AR_2023)
    assert (
        "Mofalla Lantgård tagit emot 13 deltagare, varav 9 kvinnor och 4 män. "
        "10 deltagare har avslutat insatsen (7 kvinnor och 3 män). "
        "Av dessa har 6 gått till positiva avslut (4 kvinnor och 2 män). "
        "2 har gått till arbete, studier eller jobbsökande (1 kvinna och 1 man). "
        "Av de 10 som skattade sin hälsa både vid start och avslut mår 9 bättre (6 kvinnor och 3 män)."
    ) in meningar(rapport, "mofalla-lantgard", "Mofalla Lantgård")
    text = meningar(rapport, "rorsas-lantliv", "Rörsås Lantliv")
    for mening in (
        "tagit emot 22 deltagare, varav 18 kvinnor och 4 män.",
        "18 deltagare har avslutat insatsen (15 kvinnor och 3 män).",
        "8 gått till positiva avslut (7 kvinnor och 1 man).",
        "1 har gått till arbete, studier eller jobbsökande (1 kvinna).",
    ):
        assert mening in text
    celler = rapport["per_insats"]["rorsas-lantliv"]["celler"]
    assert 0 < celler["H2"]["T"] < celler["H1"]["T"] <= celler["P7"]["T"]
    assert celler["S3"]["T"]["andel"] >= 0.8
    assert celler["T1"]["T"]["start_medel"] < celler["T1"]["T"]["slut_medel"]


@pytest.mark.parametrize("nar", ["2024-02-29", "2025-01-02", "2031-07-01"])
def test_whatever_day_it_is_the_past_is_the_same_and_the_present_lives(nar):
    with time_machine.travel(f"{nar} 12:00", tick=False):
        idag = datetime.date.fromisoformat(nar)
        ladda()
        assert siffror() == FACIT
        for insats in Insats.objects.individinriktade():
            nyss = Deltagande.objects.filter(insats=insats, slut=None, start__gte=idag - datetime.timedelta(90))
            assert nyss.count() >= 3, insats
            assert insats.platser_bekraftade < idag
        for fel in ({"start__gt": idag}, {"slut__gt": idag}):
            assert not Deltagande.objects.filter(**fel).exists()
        assert not Skattning.objects.filter(datum__gt=idag).exists()
        giltiga = Avtal.objects.filter(start__lte=idag, slut__gte=idag)
        assert set(giltiga.values_list("insats", flat=True)) == set(Insats.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("en_dag")
def test_two_loads_give_the_same_figures():
    def alla_ar():
        ladda(storlek=200)
        return [utfall(datetime.date(ar, 1, 1), datetime.date(ar, 12, 31)) for ar in range(2019, 2027)]

    forsta, andra = och_angra(alla_ar), och_angra(alla_ar)
    assert forsta == andra
    assert all(rapport["celler"]["P1"]["T"] > 100 and rapport["identiteter"]["ok"] for rapport in forsta)


@pytest.mark.usefixtures("en_dag")
def test_the_size_adds_exactly_that_many_and_leaves_2023_alone():
    def antal(*argument):
        kommando(*argument)
        return Deltagande.objects.count()

    utan = och_angra(antal)
    assert antal("--storlek", "500") == utan + 500
    assert siffror() == FACIT


@pytest.mark.usefixtures("en_dag")
def test_a_second_run_says_so_and_changes_nothing():
    kommando()
    fore = antal_rader()
    assert kommando("--storlek", "10") == "De påhittade uppgifterna finns redan. Inget har ändrats.\n"
    assert antal_rader() == fore


def _anvandare():
    Anvandare.objects.skapa("nagon@example.se", "Någon")


def _insats():
    Insats.objects.create(namn="Gläntan", slug="glantan", agare=Part.objects.forbund())


def _deltagare():
    Deltagare.objects.create()


def _kommun():
    Part.objects.create(namn="Granviks kommun", slag="kommun")


@pytest.mark.parametrize("finns", [_anvandare, _insats, _deltagare, _kommun])
def test_other_data_are_left_alone(finns):
    finns()
    fore = antal_rader()
    with pytest.raises(CommandError, match="inget har ändrats"):
        kommando()
    assert antal_rader() == fore


@pytest.mark.parametrize("storlek", ["-1", "många", "1.5"])
def test_the_size_is_a_number(storlek):
    with pytest.raises(CommandError, match="är inte ett antal"):
        kommando(f"--storlek={storlek}")


@pytest.mark.usefixtures("en_dag")
def test_the_catalogue_the_accounts_and_the_stays():
    ladda()
    # The ten sheets of the plan with its sums, and Mofalla.
    belopp = dict(Avtalsar.objects.filter(ar=2019).values_list("avtal__insats__slug", "kronor"))
    assert belopp == PLANEN
    assert set(Insats.objects.values_list("slug", flat=True)) == {*PLANEN, "mofalla-lantgard"}
    assert Insats.objects.individinriktade().count() == 7
    assert Insats.objects.get(slug="ung-arena").aven_strukturell
    rorsas = Avtal.objects.filter(insats__slug="rorsas-lantliv").order_by("start")
    assert [avtal.start.year for avtal in rorsas][:2] == [2019, 2022]
    assert rorsas[1].parter.count() == 2
    for insats in Insats.objects.all():
        insats.full_clean()
        assert insats.sammanfattning
        assert insats.beskrivning
        assert insats.insatskontakter.exists() or insats.slug == "ung-arena"
    for kontakt in Kontakt.objects.all():
        assert kontakt.telefon.startswith("0980-319 2")
        assert kontakt.epost.endswith("@example.se")
        kontakt.full_clean()
    # One account per role, that can log in, at a part where the role makes sense.
    assert len(KONTON) == len(Roll)
    for _, epost, losenord in KONTON:
        anvandare = authenticate(email=epost, password=losenord)
        assert anvandare is not None, epost
        assert losenord == LOSENORD
        assert anvandare.roller == {epost.partition("@")[0]}
    medarbetare = Medarbetare.objects.get(insats__slug="rorsas-lantliv")
    assert medarbetare.anvandare.har_roll(Roll.INSATSPERSONAL)
    assert medarbetare.anvandare.epost == "insatspersonal@example.se"
    assert Deltagande.objects.visible_to(medarbetare.anvandare).count() > 60
    # Every code is in its list, and nothing is kept of those who are protected.
    koder = {"", "VES", *Forsorjning.objects.values_list("kod", flat=True)}
    assert set(Lage.objects.values_list("forsorjning", flat=True)) <= koder
    skyddade = Deltagande.objects.filter(deltagare__skyddad=True)
    assert skyddade.exists()
    assert not skyddade.exclude(skyddad=True, kommun="", remittent=None).exists()
    # Somebody has come back to the same insats, and some are in several.
    assert utfall(datetime.date(2019, 1, 1), datetime.date(2026, 11, 25))["celler"]["U5"]["T"] > 0


@pytest.mark.usefixtures("en_dag")
def test_many_stays_cost_few_statements():
    def satser(storlek):
        with CaptureQueriesContext(connection) as fragor:
            ladda(storlek)
        return len(fragor)

    assert och_angra(lambda: satser(3000)) - och_angra(lambda: satser(0)) < 25


@pytest.mark.parametrize(
    ("idag", "tider"),
    [
        ("2019-01-01", [("2019-01-01", "2019-12-31", 0)]),
        ("2019-10-02", [("2019-01-01", "2019-12-31", 0)]),
        ("2019-10-03", [("2019-01-01", "2020-12-31", 1)]),
        ("2021-10-02", [("2019-01-01", "2021-12-31", 2)]),
        ("2021-10-03", [("2019-01-01", "2021-12-31", 2), ("2022-01-01", "2022-12-31", 0)]),
    ],
)
def test_an_agreement_is_prolonged_in_time_and_then_made_anew(idag, tider):
    serie = Avtalsserie("Tibro kommun", (), datetime.date(2019, 1, 1), 120)
    fick = serie.tider(datetime.date.fromisoformat(idag))
    assert [(start.isoformat(), slut.isoformat(), nr) for start, slut, _, nr in fick] == tider


def test_an_agreement_that_begins_in_autumn_has_its_sum_shared_between_the_years():
    serie = Avtalsserie("Tibro kommun", (), datetime.date(2022, 9, 1), 540_000)
    assert serie.belopp(datetime.date(2022, 9, 1), datetime.date(2024, 8, 31)) == {
        2022: 180_000, 2023: 540_000, 2024: 360_000
    }  # fmt: skip
