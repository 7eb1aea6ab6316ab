"""A ledger is saved once, whatever is read in again, and can be taken back; what is closed stays."""

import datetime
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from ekonomi import bok_spara
from ekonomi.bok_jamfor import Sparad, avtryck, jamfor
from ekonomi.models import (
    Bokimport,
    Bokkonto,
    Boksaldo,
    Verifikation,
    Verifikationsrad,
    Verksamhetsar,
)
from ekonomi.sie.las import las
from samordning.karna.models import Importkorning
from tests.ekonomi.bokfabrik import VERIFIKATIONER, granskad, nytt_ar, regel, sie, sparad

pytestmark = pytest.mark.django_db
ANDRAD = ("A", "2", "0131", "Faktura Gården", (("4010", "6 P1", "90.00"), ("1930", "", "-90.00")))
NY = ("A", "4", "0401", "Ny", (("4010", "6 P1", "7.00"), ("1930", "", "-7.00")))
UTAN = ("A", "", "0501", "Utan nummer", (("4010", "", "5.00"), ("1930", "", "-5.00")))


def _konto(nr, ar=2019):
    return sum(Verifikationsrad.objects.filter(konto=nr, verksamhetsar__ar=ar).values_list("belopp", flat=True))


def _antal(rad):
    antal = rad.granskning["antal"]
    return antal["nya"], antal["kanda"], antal["andrade"], antal["saknas"]


def test_a_file_is_saved_with_its_texts_objects_and_balances():
    rad = sparad(sie(mer="#IB 0 1930 1000.00\n#UB 0 1930 1299.50\n#RES 0 3010 -500.00\n#IB -1 1930 7.00\n"))
    ver = Verifikation.objects.get(serie="A", nr="2")
    assert (ver.text, ver.datum, str(ver)) == ("Faktura Gården", datetime.date(2019, 1, 31), "A 2")
    (kostnad,) = ver.rader.filter(konto="4010")
    assert (kostnad.objekt, kostnad.belopp) == (["6:P1"], Decimal(100))
    konton = dict(Bokkonto.objects.values_list("nr", "balans"))
    assert konton == {"1930": True, "2440": True, "3010": False, "4010": False, "5010": False}
    saldon = Boksaldo.objects.order_by("slag", "konto").values_list("slag", "konto", "belopp")
    assert list(saldon) == [("ib", "1930", 1000), ("res", "3010", -500), ("ub", "1930", Decimal("1299.5"))]
    korning = rad.korning
    assert (korning.typ, korning.filnamn, korning.antal["nya"]) == ("sie", "bok.se", 4)
    assert any("Utgående" not in rad["text"] and "Resultatet" in rad["text"] for rad in korning.varningar)


def test_the_same_file_again_adds_nothing_and_more_adds_only_the_new():
    sparad()
    igen = sparad()
    assert _antal(igen) == (0, 4, 0, 0)
    mer = sparad(sie((*VERIFIKATIONER, NY)))
    assert _antal(mer) == (1, 4, 0, 0)
    assert (Verifikation.objects.count(), _konto("4010")) == (5, Decimal("167.5"))


def test_a_changed_voucher_is_told_of_and_never_doubled():
    sparad()
    andrad = (VERIFIKATIONER[0], ANDRAD, *VERIFIKATIONER[2:], NY)
    rad = granskad(sie(andrad))
    assert _antal(rad) == (1, 3, 1, 0)
    assert rad.granskning["andrade"][0]["namn"] == "A 2 2019-01-31"
    bok_spara.spara(rad, las(sie(andrad)), av=None)
    assert _konto("4010") == Decimal("167.5"), "the new one is there, the changed one is not"


def test_with_a_reason_a_change_is_a_correction_and_known_from_then_on():
    sparad()
    andrad = (VERIFIKATIONER[0], ANDRAD, *VERIFIKATIONER[2:])
    rad = sparad(sie(andrad), skal="Fel belopp")
    assert rad.granskning["antal"]["rattade"] == 1
    forst, rattelse = Verifikation.objects.filter(serie="A", nr="2").order_by("pk")
    assert (rattelse.rattar, rattelse.skal, forst.skal) == (forst, "Fel belopp", "")
    assert sorted(rattelse.rader.values_list("konto", "objekt", "belopp")) == [
        ("1930", [], Decimal(10)), ("4010", ["6:P1"], Decimal(-10)),
    ]  # fmt: skip
    assert _konto("4010") == Decimal("150.5")
    assert _antal(sparad(sie(andrad))) == (0, 4, 0, 0)
    # And back again: what it corrects is the voucher as it stands now.
    sparad(skal="Det första var rätt")
    assert _konto("4010") == Decimal("160.5")
    assert Verifikation.objects.filter(rattar=forst).count() == 2


def test_what_is_saved_and_not_in_the_file_is_told_of_and_stays():
    sparad()
    rad = sparad(sie((VERIFIKATIONER[0], VERIFIKATIONER[3])))
    assert _antal(rad) == (0, 2, 0, 2)
    assert rad.granskning["saknas"] == ["A 2 2019-01-31", "A 3 2019-02-10"]
    text = " ".join(varning["text"] for varning in rad.granskning["varningar"])
    assert "2 verifikationer finns redan här men inte i filen" in text
    assert "Filen är en del av året: den slutar 2019-03-31" in text
    assert Verifikation.objects.count() == 4


def test_vouchers_without_a_number_are_counted():
    sparad(sie((UTAN, UTAN)))
    assert Verifikation.objects.count() == 2
    rad = sparad(sie((UTAN, UTAN, UTAN)))
    assert (_antal(rad), rad.granskning["antal"]["utan_nummer"]) == ((1, 2, 0, 0), 3)
    assert Verifikation.objects.count() == 3
    assert _antal(granskad(sie((UTAN,)))) == (0, 1, 0, 2)


def test_the_same_number_twice_in_a_file_is_two_vouchers():
    annan = ("A", "1", "0620", "Annan med samma nummer", (("5010", "", "3.00"), ("1930", "", "-3.00")))
    sparad(sie((*VERIFIKATIONER, annan)))
    assert Verifikation.objects.filter(serie="A", nr="1").count() == 2
    assert _antal(sparad(sie((*VERIFIKATIONER, annan)))) == (0, 5, 0, 0)


def test_the_comparison_does_not_mind_how_rows_and_texts_are_written():
    def ver(text, rader):
        return las(sie([("A", "1", "0115", text, rader)])).verifikationer[0]

    en = ver("Hyra", (("4010", "6 P1 1 K", "100"), ("1930", "", "-100.00")))
    annan = ver("Annan text", (("1930", "", "-100.0"), ("4010", "1 K 6 P1", "100.00")))
    assert avtryck(en) == avtryck(annan)
    assert avtryck(en) != avtryck(ver("Hyra", (("4010", "6 P2 1 K", "100"), ("1930", "", "-100"))))
    saved = Sparad(1, "A", "1", en.datum, avtryck(annan))
    assert (jamfor([en], [saved]).kanda, jamfor([en], [saved]).nya) == (1, [])


def test_what_the_preview_promised_is_what_is_saved_or_nothing():
    rad = granskad(sie((*VERIFIKATIONER, NY)))
    sparad()  # somebody else was first
    with pytest.raises(bok_spara.KanInteSparas, match="Bokföringen har ändrats sedan filen granskades"):
        bok_spara.spara(rad, las(sie((*VERIFIKATIONER, NY))), av=None)
    assert Verifikation.objects.count() == 4
    assert Bokimport.objects.get(pk=rad.pk).lage == "granskad"


@pytest.mark.parametrize(
    ("innehall", "text"),
    [
        (sie([("A", "1", "0115", "Fel", (("1930", "", "5.00"), ("3010", "", "-4.00")))]), "balanserar inte"),
        (sie(ar=2018), "Filen gäller 2018-01-01 till 2018-12-31, inte 2019"),
        (sie(mer="#IB 0 1930 tusen\n"), "Beloppet ”tusen”"),
        (sie([]), "varken verifikationer eller saldon"),
        (sie([("A" * 101, "1", "0115", "", ())]), "längre än 100 tecken"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(innehall, text):
    ar = nytt_ar()
    rad = granskad(innehall, ar)
    assert text in rad.granskning["hinder"][0]
    with pytest.raises(bok_spara.KanInteSparas, match="Inget är sparat"):
        bok_spara.spara(rad, las(innehall), av=None)
    assert not Verifikation.objects.exists()
    assert not Importkorning.objects.exists()


def test_an_import_is_undone_and_can_be_read_in_again():
    sparad()
    senare = sparad(sie((*VERIFIKATIONER, NY), mer="#KONTO 7010 Lön\n#IB 0 1930 1.00\n"))
    bok_spara.angra(senare, av=None)
    assert (Verifikation.objects.count(), Boksaldo.objects.count()) == (4, 0)
    assert not Bokkonto.objects.filter(nr="7010").exists()
    assert Bokkonto.objects.filter(nr="1930").exists(), "the first import made it"
    assert _antal(sparad(sie((*VERIFIKATIONER, NY)))) == (1, 4, 0, 0)


def test_an_import_that_something_stands_on_stays():
    forst = sparad()
    senare = sparad(sie((*VERIFIKATIONER, NY)))
    with pytest.raises(bok_spara.KanInteSparas, match="1 senare import bygger på den"):
        bok_spara.angra(forst, av=None)
    Verksamhetsar.objects.update(lage="avslutat")
    with pytest.raises(bok_spara.KanInteSparas, match="2019 är avslutat"):
        bok_spara.angra(senare, av=None)
    assert Verifikation.objects.count() == 5


def test_a_closed_year_takes_only_corrections_with_a_reason():
    sparad()
    Verksamhetsar.objects.update(lage="avslutat")
    mer = sie((*VERIFIKATIONER, NY))
    with pytest.raises(bok_spara.KanInteSparas, match="Året är avslutat. Skriv varför"):
        sparad(mer)
    sparad(mer, skal="Revisorn hittade en faktura")
    assert Verifikation.objects.get(nr="4").skal == "Revisorn hittade en faktura"


def _vagras(satt):
    with pytest.raises(IntegrityError, match="closed|only added|not the year"), transaction.atomic():
        satt()


def test_the_database_itself_keeps_the_ledger():
    rad = sparad(sie(mer="#IB 0 1930 1.00\n"))
    ar, ver = nytt_ar(), Verifikation.objects.first()
    _vagras(lambda: Verifikation.objects.filter(pk=ver.pk).update(text="Något annat"))
    _vagras(lambda: ver.rader.update(belopp=1))
    _vagras(lambda: Boksaldo.objects.update(belopp=1))
    annat_ar = nytt_ar(2020)
    ny = {"konto": "4010", "belopp": 1, "datum": ver.datum}
    _vagras(lambda: Verifikationsrad.objects.create(verksamhetsar=annat_ar, verifikation=ver, **ny))
    Verifikationsrad.objects.create(verksamhetsar=ar, verifikation=ver, **ny)
    en = regel(ar, "4010", "utanfor")
    Verksamhetsar.objects.filter(pk=ar.pk).update(lage="avslutat")
    _vagras(lambda: Verifikationsrad.objects.create(verksamhetsar=ar, verifikation=ver, **ny))
    _vagras(lambda: ver.rader.all()._raw_delete(using="default"))
    _vagras(lambda: Verifikation.objects.filter(pk=ver.pk)._raw_delete(using="default"))
    _vagras(lambda: rad.saldon.all()._raw_delete(using="default"))
    _vagras(lambda: regel(ar, "5010", "utanfor"))
    _vagras(lambda: type(en).objects.filter(pk=en.pk).update(ordning=9))
    _vagras(en.delete)
    falt = {"verksamhetsar": ar, "bokimport": rad, "datum": ver.datum, "avtryck": "x"}
    _vagras(lambda: Verifikation.objects.create(**falt))
    rattelse = Verifikation.objects.create(**falt, skal="Rättelse")
    Verifikationsrad.objects.create(verksamhetsar=ar, verifikation=rattelse, **ny)


def test_two_hundred_thousand_rows_are_written_with_a_handful_of_statements(django_assert_max_num_queries):
    ar = nytt_ar()
    manga = [("A", str(nr), "0115", "", (("4010", "", "1.00"), ("1930", "", "-1.00"))) for nr in range(3000)]
    innehall = sie(manga)
    rad = granskad(innehall, ar)
    with django_assert_max_num_queries(20):
        bok_spara.spara(rad, las(innehall), av=None)
    assert Verifikationsrad.objects.count() == 6000


def _kor(fil, capsys, *val):
    call_command("importera_sie", str(fil), *val)
    return capsys.readouterr().out


def test_the_command_saves_once_and_says_what_it_did(tmp_path, capsys):
    fil = tmp_path / "bok.se"
    fil.write_bytes(sie())
    assert "Sparat" not in _kor(fil, capsys), "a dry run writes nothing"
    assert not Verifikation.objects.exists()
    text = _kor(fil, capsys, "--ar", "2019", "--spara")
    assert "2019 fanns inte som budgetår och är upplagt utan budget." in text
    assert "Sparat i 2019: 4 nya verifikationer, 0 fanns redan, 0 hade andra rader." in text
    fil.write_bytes(sie((VERIFIKATIONER[0], ANDRAD, *VERIFIKATIONER[2:], NY)))
    text = _kor(fil, capsys, "--spara")
    assert "1 nya verifikationer, 3 fanns redan, 1 hade andra rader." in text
    assert "De ändrade är inte sparade. Skriv --skal" in text
    ut = json.loads(_kor(fil, capsys, "--spara", "--skal", "Fel belopp", "--format", "json"))["sparat"]
    assert (ut["nya"], ut["kanda"], ut["andrade"], ut["rattade"]) == (0, 4, 1, 1)
    assert _konto("4010") == Decimal("157.5")


def test_the_command_refuses_another_year_and_what_does_not_balance(tmp_path, capsys):
    fil = tmp_path / "bok.se"
    fil.write_bytes(sie())
    with pytest.raises(CommandError, match="gäller 2019-01-01 till 2019-12-31, inte 2018"):
        _kor(fil, capsys, "--ar", "2018")
    fil.write_bytes(sie().replace(b"-500.00", b"-400.00"))
    with pytest.raises(CommandError, match=r"(?s)balanserar inte.*Inget är sparat"):
        _kor(fil, capsys, "--spara")
    assert not Verksamhetsar.objects.exists()
    assert connection.in_atomic_block
