"""What insatser cost: the golden figures, and that no hidden number can be counted back."""

import datetime
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekonomi import kostnad, kostnad_filer
from ekonomi.kostnad import DOLT, del_av_aret, deltagarveckor, helarsplatser, per_avslut, per_enhet
from ekonomi.models import Verksamhetsar
from samordning.karna.kalender import nu
from samordning.karna.models import Rapportversion
from tests.ekonomi.bokfabrik import nytt_ar, regel, sie, sparad
from tests.insatser.fabrik import ny_insats

AR = 2019
HELA = (datetime.date(AR, 1, 1), datetime.date(AR, 12, 31))


def _d(tal):
    return Decimal(tal)


# ---- The golden figures (doman.md 8.14)


def test_g27_maria_nova():
    assert deltagarveckor(50, 16) == deltagarveckor(25, 32) == 800
    assert per_enhet(_d(1_200_000), 800) == 1_500
    assert (per_enhet(_d(1_200_000), 50), per_enhet(_d(1_200_000), 25)) == (24_000, 48_000)


def test_g28_amu():
    assert deltagarveckor(25, 12) == 300
    assert (per_enhet(_d(450_000), 300), per_enhet(_d(450_000), 25)) == (1_500, 18_000)


def test_g29_gullspang():
    assert deltagarveckor(15, 12) == 180
    assert (per_enhet(_d(250_000), 180), per_enhet(_d(250_000), 15)) == (_d("1388.89"), _d("16666.67"))


def test_g30_sotasen():
    assert helarsplatser(8, Fraction(6, 12)) == 4
    assert (per_enhet(_d(150_000), 4), per_enhet(_d(150_000), 8)) == (37_500, 18_750)
    assert round(per_enhet(_d(150_000), deltagarveckor(8, 26))) == 721


@pytest.mark.parametrize("antal", [0, None, Fraction(0)])
def test_of_nothing_there_is_no_price(antal):
    assert per_enhet(_d(100), antal) is None


@pytest.mark.parametrize(
    ("start", "slut", "del_"),
    [
        ((AR, 1, 1), (AR, 12, 31), Fraction(1)),
        ((AR - 1, 9, 1), (AR + 1, 8, 31), Fraction(1)),
        ((AR, 1, 1), (AR, 6, 30), Fraction(1, 2)),
        ((AR, 2, 1), (AR, 2, 14), Fraction(1, 24)),  # half of February
        ((AR + 1, 1, 1), (AR + 1, 12, 31), Fraction(0)),
    ],
)
def test_how_much_of_the_year(start, slut, del_):
    assert del_av_aret(datetime.date(*start), datetime.date(*slut), AR) == del_


def test_a_hidden_number_hides_what_each_cost():
    assert per_avslut(_d(100_000), DOLT) == DOLT
    assert per_avslut(_d(100_000), 8) == 12_500
    assert per_avslut(_d(100_000), 0) is per_avslut(_d(100_000), None) is None


def test_a_year_of_two_halves():
    assert kostnad.aret_av_delar([3, 4]) == 7
    assert kostnad.aret_av_delar([3, DOLT]) == DOLT
    assert kostnad.aret_av_delar([3, None]) is kostnad.aret_av_delar([DOLT, None]) is None


# ---- The report


def _bok(ar, *rader, dag="1201"):
    """(project, kronor)."""
    ver = [
        ("A", str(nr), dag, "Kostnad", (("4010", f"6 {projekt}", f"{kronor}.00"), ("1930", "", f"{-kronor}.00")))
        for nr, (projekt, kronor) in enumerate(rader, 1)
    ]
    sparad(sie(ver, ar=ar.ar), ar=ar)


def _insats(ar, projekt, belopp=100_000, **avtal):
    insats = ny_insats()
    regel(
        ar, "4010", ar.poster.create(rubrik=f"Rad {projekt}", kategori="individ", belopp=belopp, insats=insats), projekt
    )
    if avtal:
        start, slut = avtal.pop("tid", HELA)
        insats.avtal.create(huvudpart=insats.agare, start=start, slut=slut, **avtal)
    return insats


@pytest.fixture
def ar(db):
    return Verksamhetsar.objects.get(pk=nytt_ar(AR, tilldelning=1_000_000).pk)


def _version(avslut, *perioder, malgrupp="styrelse", lage="slappt", for_=None, version=1):
    """A report with {insats: exits} in each of the periods."""
    delar = [
        {"period": period, "per_insats": {rad.slug: {"celler": {"P4": {"T": tal}}} for rad, tal in avslut.items()}}
        for period in perioder or ((f"{AR}-01-01", f"{AR}-12-31"),)
    ]
    return Rapportversion.objects.create(
        typ="halvar", parametrar={"period": f"{AR}H2", "x": len(perioder), "v": version}, fran=delar[0]["period"][0],
        till=delar[-1]["period"][1], version=version, malgrupp=malgrupp, lage=lage,
        slappt=nu() if lage == "slappt" else None,
        varden={"for": for_ or malgrupp, "delar": delar}, fingeravtryck="x",
    )  # fmt: skip


def _rader(ar):
    return {rad.namn: rad for rad in kostnad.rapport(ar).rader}


def test_cost_beside_what_is_agreed_and_released(ar):
    gard = _insats(ar, "P1", deltagarveckor=200, platser=8)
    halv = _insats(ar, "P2", deltagarveckor=200, platser=8, tid=(HELA[0], datetime.date(AR, 6, 30)))
    utan = _insats(ar, "P3")
    _bok(ar, ("P1", 100_000), ("P2", 40_000), ("P3", 5_000), ("P4", 1_000))
    regel(ar, "4010", ar.poster.create(rubrik="Annat", kategori="ovrigt", belopp=1), "P4")
    _version({gard: 8, halv: DOLT})
    rader = _rader(ar)
    rad = rader[gard.namn]
    assert (rad.kostnad, rad.per_vecka, rad.per_plats, rad.avslut, rad.per_avslut) == (100_000, 500, 12_500, 8, 12_500)
    rad = rader[halv.namn]
    assert (rad.veckor, rad.platser, rad.per_vecka, rad.per_plats) == (100, 4, 400, 10_000)
    assert (rad.avslut, rad.per_avslut) == (DOLT, DOLT)
    rad = rader[utan.namn]
    assert (rad.kostnad, rad.per_vecka, rad.per_plats, rad.avslut, rad.per_avslut) == (5_000, None, None, None, None)
    rapport = kostnad.rapport(ar)
    assert (rapport.insatser, rapport.ovrigt, rapport.summa, rapport.brister) == (145_000, 1_000, 146_000, ())
    assert rapport.kalla.startswith("rapporten för 2019, version 1, släppt")


def test_one_agreement_that_says_nothing_makes_the_years_weeks_unknown(ar):
    gard = _insats(ar, "P1", deltagarveckor=200, tid=(HELA[0], datetime.date(AR, 6, 30)))
    gard.avtal.create(huvudpart=gard.agare, start=datetime.date(AR, 7, 1), slut=HELA[1])
    _bok(ar, ("P1", 100_000))
    assert _rader(ar)[gard.namn].per_vecka is None


@pytest.mark.parametrize(
    ("falt", "ser"),
    [
        ({}, True),
        ({"lage": "faststalld"}, True),
        ({"lage": "granskad"}, False),
        ({"lage": "utkast"}, False),
        ({"malgrupp": "intern"}, False),
        ({"malgrupp": "publik"}, False),
        ({"for_": "intern"}, False),  # whatever the row says: an internal value is not read
    ],
)
def test_only_what_is_released_to_the_board_is_read(ar, falt, ser):
    gard = _insats(ar, "P1")
    _bok(ar, ("P1", 100_000))
    _version({gard: 5}, **falt)
    rad = _rader(ar)[gard.namn]
    assert (rad.avslut, rad.per_avslut) == ((5, 20_000) if ser else (None, None))
    assert bool(kostnad.rapport(ar).kalla) is ser


def test_half_a_year_is_no_year(ar):
    gard = _insats(ar, "P1")
    _bok(ar, ("P1", 100_000))
    _version({gard: 5}, (f"{AR}-01-01", f"{AR}-06-30"))
    assert _rader(ar)[gard.namn].avslut is None
    _version({gard: 3}, (f"{AR}-07-01", f"{AR}-12-31"), version=2)
    assert (_rader(ar)[gard.namn].avslut, _rader(ar)[gard.namn].per_avslut) == (8, 12_500)


def test_a_year_that_goes_on_has_no_price_yet(ar):
    gard = _insats(ar, "P1", deltagarveckor=200, platser=1)
    _bok(ar, ("P1", 100_000), dag="0630")
    _version({gard: 5})
    rad = _rader(ar)[gard.namn]
    assert (rad.kostnad, rad.per_vecka, rad.per_plats, rad.per_avslut) == (100_000, None, None, None)
    assert "räknas när hela året är bokfört" in kostnad.rapport(ar).brister[0]


def test_rows_without_a_rule_make_the_figures_less_than_whole(client, inloggad, ar):
    _insats(ar, "P1")
    _bok(ar, ("P1", 100_000), ("P9", 12_400))
    inloggad("styrelse")
    text = (
        client.get(reverse("ekonomi:kostnad_detail", args=[ar.pk])).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "Talen är inte fullständiga: 1 rad för 12 400 kr" in text
    assert 'data-mark="INTE FULLSTÄNDIGA TAL"' in kostnad_filer.tryck(kostnad.rapport(ar))


def test_empty_years_say_what_is_missing(client, inloggad, ar):
    inloggad("styrelse")
    url = reverse("ekonomi:kostnad_detail", args=[ar.pk])
    assert "Ingen bokföring är inläst för året" in client.get(url).content.decode()
    _bok(ar, ("P1", 100_000))
    assert "Ingen av budgetens rader hör till en insats" in client.get(url).content.decode()
    Verksamhetsar.objects.create(ar=AR + 1, tilldelning=1)
    tomt = reverse("ekonomi:kostnad_pdf", args=[Verksamhetsar.objects.get(ar=AR + 1).pk])
    assert "Ingen bokföring är inläst" in client.get(tomt, follow=True).content.decode()


def test_page_and_files_hide_the_same(client, inloggad, ar):
    gard, liten = _insats(ar, "P1"), _insats(ar, "P2")
    _bok(ar, ("P1", 100_000), ("P2", 90_000))
    _version({gard: 8, liten: DOLT})
    inloggad("styrelse")
    sida = client.get(reverse("ekonomi:kostnad_detail", args=[ar.pk])).content.decode()
    assert sida.count('<span class="dolt">dolt</span>') == 2
    from openpyxl import load_workbook

    fil = client.get(reverse("ekonomi:kostnad_blad", args=[ar.pk]))
    blad = load_workbook(io.BytesIO(fil.content)).worksheets[1]
    rader = {rad[0]: rad for rad in blad.iter_rows(values_only=True)}
    assert rader[liten.namn][2:] == (90_000, None, None, None, None, "dolt", "dolt")
    assert rader[gard.namn][2:] == (100_000, None, None, None, None, 8, 12_500)
    assert rader["Summa"][2] == 190_000
    assert client.get(reverse("ekonomi:kostnad_pdf", args=[ar.pk])).content.startswith(b"%PDF")


def test_the_number_of_queries_does_not_grow(ar):
    def antal():
        with CaptureQueriesContext(connection) as fragor:
            kostnad.rapport(ar)
        return len(fragor)

    def lagg_till(projekt):
        return _insats(ar, projekt, deltagarveckor=1, platser=1)

    lagg_till("P1")
    _bok(ar, *((f"P{nr}", 1_000) for nr in range(1, 6)))
    fore = antal()
    avslut = {lagg_till(f"P{nr}"): 5 for nr in range(2, 6)}
    _version(avslut)
    assert antal() == fore
