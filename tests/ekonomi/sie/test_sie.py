"""Each trap of doman.md 4.4 in a file of our own; no company here exists."""

import contextlib
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ekonomi.sie.avstamning import stam_av
from ekonomi.sie.falt import dela
from ekonomi.sie.las import las
from ekonomi.sie.typer import SieFel
from ekonomi.sie.utskrift import som_json

HUVUD = """#FLAGGA 0
#PROGRAM "Provboken" 3.1
#FORMAT PC8
#GEN 20190701
#SIETYP 4
#ORGNR 222000-0000
#FNAMN "Samordningsförbundet Påhittet"
#RAR 0 20190101 20191231
#RAR -1 20180101 20181231
#KONTO 1930 "Bank"
#KONTO 2440 "Leverantörsskulder"
#KONTO 3010 "Bidrag"
#KONTO 4010 "Köpt verksamhet"
#DIM 6 "Projekt"
#OBJEKT 6 "P1" "Gården"
#OBJEKT 6 "P2" "Åkern"
"""
SALDON = """#IB 0 1930 1000.00
#UB 0 1930 1376.60
#UB -1 1930 1000.00
#RES 0 3010 -500.00
#RES 0 4010 123.40
"""
VER = """#VER A 1 20190115 "Bidrag från ägarna" 20190116
{
#TRANS 1930 {} 500.00
#TRANS 3010 {} -500.00
}
#VER A 2 20190131 "Hyra"
{
#TRANS 4010 {6 "P1"} 100.00
#TRANS 4010 {6 P2 1 "10"} 23.40 20190203 "februari" 2 AB
#TRANS 1930 {} -123.40
}
"""
HEL = HUVUD + SALDON + VER


def _las(text, kodning="cp437"):
    return las(text.encode(kodning))


def _texter(bok):
    return " ".join(rad.text for rad in (*bok.varningar, *bok.fel))


def test_a_whole_file_of_type_4():
    ut = som_json(_las(HEL))
    assert (ut["sietyp"], ut["program"], ut["foretag"]) == ("4", "Provboken 3.1", "Samordningsförbundet Påhittet")
    assert ut["rakenskapsar"][0] == {"nr": 0, "fran": "2019-01-01", "till": "2019-12-31"}
    assert ut["antal"] == {"konton": 4, "objekt": 2, "verifikationer": 2, "rader": 5}
    assert ut["saldo"]["ib"] == {"1930": "1000.00"}
    assert ut["saldo"]["ub"] == {"1930": "1376.60"}, "the year before is not the file's own"
    # The month is the row's own where it has one.
    assert ut["summa_per_konto_och_manad"]["4010"] == {"201901": "100.00", "201902": "23.40"}
    assert ut["summa_per_konto_manad_och_objekt"] == {
        "4010|1:10": {"201902": "23.40"}, "4010|6:P1": {"201901": "100.00"}, "4010|6:P2": {"201902": "23.40"},
    }  # fmt: skip
    stamd = ut["avstamning"]
    assert (stamd["ver_i_balans"], stamd["ub_stammer"], stamd["res_stammer"]) == (True, True, True)
    assert stamd["psaldo_stammer"] is None, "the file has no months to compare with"
    assert ut["varningar"] == ut["fel"] == stamd["avvikelser"] == []
    json.dumps(ut)


@pytest.mark.parametrize(
    ("kodning", "namn"),
    [("cp437", "cp437"), ("cp1252", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16")],
)
def test_the_letters_decide_the_coding_and_not_what_the_file_says(kodning, namn):
    bok = _las(HEL, kodning)
    assert (bok.foretag, bok.kodning, bok.format) == ("Samordningsförbundet Påhittet", namn, "PC8")
    assert bok.objekt["6", "P2"] == "Åkern"
    assert bok.varningar == []


def test_windows_signs_tell_it_from_latin_1():
    assert _las(HEL.replace('"Hyra"', '"Hyra – lokal €"'), "cp1252").kodning == "cp1252"


def test_letters_that_were_lost_are_told_of_by_line():
    for trasig in ("Samordningsf\u00c3\u00b6rbundet P\u00c3\u00a5hittet", "Samordningsf\ufffdrbundet"):
        bok = _las(HEL.replace("Samordningsförbundet Påhittet", trasig), "utf-8")
        assert [(rad.rad, "förstörda bokstäver" in rad.text) for rad in bok.varningar] == [(7, True)]
    dos = HEL.encode("cp437").decode("cp1252", errors="replace").replace("\ufffd", "?").encode("utf-8")
    assert [rad.rad for rad in las(dos).varningar if "förstörda" in rad.text]


def test_many_destroyed_lines_become_one_warning_more():
    bok = _las(HEL + '#KONTO 5010 "H\ufffdr"\n' * 50, "utf-8")
    assert "Ytterligare 30 rader" in _texter(bok)


@pytest.mark.parametrize(
    ("innehall", "ord_"),
    [
        (b"", "tom"), (b"\x00\x00\x1a\r\n", "tom"),
        (b"<!DOCTYPE html><html><body>Logga in</body></html>", "sparad webbsida"),
        (b'<?xml version="1.0"?><html></html>', "sparad webbsida"),
        (b'<?xml version="1.0"?><sie:Sie></sie:Sie>', "SIE 5"),
        (b"%PDF-1.7", "PDF"), (b"PK\x03\x04 x", "Officedokument"), (b"\xd0\xcf\x11\xe0 x", "Officedokument"),
        (b"konto;belopp\n1930;100\n", "inga rader som"), (b"# 1\n#\n##\n", "inga rader som"),
    ],
)  # fmt: skip
def test_what_is_no_sie_file_is_refused_in_words(innehall, ord_):
    with pytest.raises(SieFel, match=ord_) as fel:
        las(innehall)
    assert "Exportera filen" in fel.value.text


def test_a_voucher_that_does_not_balance_is_told_by_line():
    stamd = stam_av(_las(HEL.replace("#TRANS 1930 {} 500.00", "#TRANS 1930 {} 512.50")))
    ver, *resten = stamd.avvikelser
    assert (stamd.ver_i_balans, ver.vad, ver.rad, ver.skillnad) == (False, "ver", 22, Decimal("12.50"))
    assert "A 1 2019-01-15" in ver.text
    assert "12,50 kr" in ver.text
    assert [rad.vad for rad in resten] == ["ub"], "the bank differs too"


def test_balances_that_differ_from_the_vouchers_are_told_of():
    text = HEL.replace("#UB 0 1930 1376.60", "#UB 0 1930 1376.61").replace("#RES 0 4010 123.40\n", "")
    stamd = stam_av(_las(text))
    assert (stamd.ver_i_balans, stamd.ub_stammer, stamd.res_stammer) == (True, False, False)
    assert [(rad.vad, rad.rad, rad.skillnad) for rad in stamd.avvikelser] == [
        ("ub", 18, Decimal("0.01")), ("res", 0, Decimal("-123.40")),
    ]  # fmt: skip
    assert "inte i filen, men 123,40 kr" in stamd.avvikelser[1].text


def test_an_account_that_moved_without_a_closing_balance_is_told_of():
    text = HEL.replace("#TRANS 1930 {} -123.40", "#TRANS 2440 {} -123.40").replace("1376.60", "1500.00")
    (rad,) = stam_av(_las(text)).avvikelser
    assert (rad.vad, rad.rad, rad.skillnad) == ("ub", 0, Decimal("123.40"))


MANADER = """#PSALDO 0 201901 4010 {} 100.00
#PSALDO 0 201901 4010 {6 "P1"} 100.00
#PSALDO 0 201902 4010 {} 23.40
#PSALDO 0 201902 4010 {6 "P2"} 23.40
#PSALDO 0 201901 3010 {} -500.00
#PSALDO 0 201901 1930 {} 376.60
#PBUDGET 0 201901 4010 {} 90.00
"""


def test_rows_with_objects_repeat_the_months_total_and_are_not_added_to_it():
    ut = som_json(_las(HEL + MANADER))
    assert ut["psaldo"]["4010"] == {"201901": "100.00", "201902": "23.40"}
    assert ut["pbudget"] == {"4010": {"201901": "90.00"}}
    assert ut["avstamning"]["psaldo_stammer"] is True


def test_a_month_and_an_object_that_differ_are_told_by_line():
    text = HEL + MANADER.replace('4010 {6 "P1"} 100.00', '4010 {6 "P1"} 99.00').replace("-500.00", "-400.00")
    stamd = stam_av(_las(text))
    assert stamd.psaldo_stammer is False
    assert [(rad.rad, rad.skillnad) for rad in stamd.avvikelser] == [(37, Decimal("100.00")), (34, Decimal("-1.00"))]


def test_a_file_of_months_is_compared_by_its_months():
    text = HUVUD.replace("SIETYP 4", "SIETYP 2") + SALDON + MANADER
    stamd = stam_av(_las(text))
    assert (stamd.ver_i_balans, stamd.ub_stammer, stamd.res_stammer, stamd.psaldo_stammer) == (None, True, True, None)
    assert stam_av(_las(text.replace("RES 0 4010 123.40", "RES 0 4010 23.40"))).res_stammer is False


def test_months_may_stand_without_a_list_of_objects():
    bok = _las(HUVUD + "#PSALDO 0 201901 4010 100.00\n")
    assert bok.psaldo[0, "201901", "4010", ()].belopp == 100


def test_balances_alone_cannot_be_compared_with_anything():
    stamd = stam_av(_las(HUVUD.replace("SIETYP 4", "SIETYP 1") + SALDON))
    assert (stamd.ver_i_balans, stamd.ub_stammer, stamd.res_stammer, stamd.avvikelser) == (None, None, None, ())


def test_object_balances_are_compared():
    text = HEL + '#OIB 0 4010 {6 "P1"} 10.00\n#OUB 0 4010 {6 "P1"} 110.00\n'
    assert stam_av(_las(text)).avvikelser == ()
    (rad,) = stam_av(_las(text.replace("110.00", "100.00"))).avvikelser
    assert (rad.vad, rad.skillnad) == ("oub", Decimal("-10.00"))


def test_removed_rows_and_supplements_are_counted_once():
    text = HEL.replace(
        "#TRANS 3010 {} -500.00\n",
        "#BTRANS 3010 {} -400.00\n#RTRANS 3010 {} -500.00\n#TRANS 3010 {} -500.00\n",
    )
    bok = _las(text)
    assert stam_av(bok).ver_i_balans is True
    assert som_json(bok)["antal"]["rader"] == 5
    assert bok.varningar == []


def test_a_supplement_without_its_row_is_told_of():
    bok = _las(HEL.replace("#TRANS 3010 {} -500.00\n", "#RTRANS 3010 {} -500.00\n"))
    assert [(rad.rad, "#RTRANS" in rad.text) for rad in bok.varningar] == [(25, True)]
    assert stam_av(bok).ver_i_balans is False


def test_empty_series_and_number_are_read_and_counted():
    bok = _las(HEL.replace("#VER A 1 ", '#VER "" "" '))
    assert (bok.verifikationer[0].serie, bok.verifikationer[0].nr) == ("", "")
    assert "1 verifikationer saknar nummer" in _texter(bok)


def test_a_number_that_comes_twice_is_told_of():
    bok = _las(HEL.replace("#VER A 2 ", "#VER A 1 "))
    assert [(rad.rad, rad.text) for rad in bok.varningar] == [(27, "Verifikation A 1 finns också på rad 22.")]


def test_unknown_records_subdimensions_and_lower_case_are_tolerated():
    bok = _las(HEL.replace("#KONTO 1930", "#konto 1930") + '#UNDERDIM 21 "Delprojekt" 6\n#EGET 1 2\n#EGET 3\n')
    assert bok.konton["1930"].namn == "Bank"
    assert bok.dimensioner["21"] == "Delprojekt"
    assert "#EGET (2)" in _texter(bok)
    assert bok.fel == []


def test_vouchers_only_is_type_4i():
    ut = som_json(_las("#FLAGGA 0\n#SIETYP 4i\n#FNAMN X\n" + VER))
    assert (ut["sietyp"], ut["antal"]["verifikationer"]) == ("4i", 2)
    assert ut["avstamning"]["ub_stammer"] is None


def test_a_file_without_its_type_says_so():
    assert "#SIETYP" in _texter(_las(HEL.replace("#SIETYP 4\n", "")))


def test_a_brace_on_the_vouchers_own_line_and_other_line_ends():
    text = HEL.replace("20190116\n{\n", "20190116 {\n").replace("\n", "\r")
    bok = _las(text)
    assert len(bok.verifikationer) == 2
    assert (bok.fel, stam_av(bok).avvikelser) == ([], ())


@pytest.mark.parametrize(
    ("fran", "till", "rad", "ord_"),
    [
        (" 500.00\n", " femhundra\n", 24, "Beloppet ”femhundra”"),
        (" 500.00\n", " 1e30\n", 24, "Beloppet"),
        (" 500.00\n", " NaN\n", 24, "Beloppet"),
        (" 500.00\n", " 9999999999999999\n", 24, "Beloppet"),
        ("1930 {} 500.00\n", '1930 {6} 500.00\n', 24, "par av dimension"),
        ("#TRANS 1930 {} 500.00\n", "#TRANS\n", 24, "kontonummer"),
        ('20190115 "Bidrag', '20190231 "Bidrag', 22, "Datumet ”20190231” finns inte"),
        ('20190115 "Bidrag', '"" "Bidrag', 22, "saknar datum"),
        ("#IB 0 1930 1000.00", "#IB x 1930 1000.00", 17, "årets nummer"),
        ("#IB 0 1930 1000.00", "#PSALDO 0 201913 1930 {} 1", 17, "Perioden"),
        ("}\n#VER A 2", "#VER A 2", 22, "saknar slut före nästa"),
    ],
)  # fmt: skip
def test_a_row_that_the_sums_need_and_that_cannot_be_read_is_an_error_by_line(fran, till, rad, ord_):
    bok = _las(HEL.replace(fran, till, 1))
    assert (rad, True) in [(fel.rad, ord_ in fel.text) for fel in bok.fel]


def test_a_row_that_only_describes_is_a_warning():
    bok = _las(HEL.replace("#GEN 20190701", "#GEN igår").replace("#RAR -1 20180101 20181231", "#RAR -1 2018"))
    assert [rad.rad for rad in bok.varningar] == [4, 9]
    assert bok.fel == []


def test_a_file_that_was_cut_off_says_so():
    assert "avklippt" in _texter(_las(HEL.rstrip().removesuffix("}")))
    assert "#KSUMMA" in _texter(_las("#KSUMMA\n" + HEL))
    assert "#KSUMMA" not in _texter(_las("#KSUMMA\n" + HEL + "#KSUMMA 12345\n"))


def test_a_day_outside_the_year_is_told_of_and_not_compared():
    bok = _las(HEL.replace("#VER A 2 20190131", "#VER A 2 20200131"))
    assert (27, True) in [(rad.rad, "utanför räkenskapsåret" in rad.text) for rad in bok.varningar]
    assert stam_av(bok).res_stammer is False


def test_a_rows_own_bad_day_falls_back_to_the_vouchers():
    bok = _las(HEL.replace("20190203", "20190230"))
    assert bok.verifikationer[1].rader[1].datum == bok.verifikationer[1].datum
    assert "Verifikationens dag används" in _texter(bok)


def test_a_comma_in_an_amount_is_read():
    assert stam_av(_las(HEL.replace("500.00", "500,00"))).ver_i_balans is True


@pytest.mark.parametrize(
    ("rad", "falt", "udda"),
    [
        ("#KONTO 1930 Bank", ["#KONTO", "1930", "Bank"], False),
        ('#KONTO 1930 "Bank, ""', ["#KONTO", "1930", 'Bank, "'], False),
        (r'#VER A 1 "Kalles \"bil\" AB"', ["#VER", "A", "1", 'Kalles "bil" AB'], False),
        ('#VER A 1 "Kalles "bil" AB" x', ["#VER", "A", "1", 'Kalles "bil', 'AB"', "x"], False),
        ('#TRANS 1 {1 "A } B" 6 C} 2', ["#TRANS", "1", ["1", "A } B", "6", "C"], "2"], False),
        ('#TRANS 1 {"1" "A"}2.00', ["#TRANS", "1", ["1", "A"], "2.00"], False),
        ("#TRANS\t1\t{}\t2", ["#TRANS", "1", [], "2"], False),
        ('#VER "" "" 20190101', ["#VER", "", "", "20190101"], False),
        ('#KONTO 1 "utan slut', ["#KONTO", "1", "utan slut"], True),
        ("#TRANS 1 {6 P1 2", ["#TRANS", "1", ["6", "P1", "2"]], True),
        ("#VER A 1 20190101 {", ["#VER", "A", "1", "20190101", "{"], False),
        ("}", ["}"], False),
    ],
)
def test_fields_of_a_line(rad, falt, udda):
    assert dela(rad) == (falt, udda)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_the_reader(innehall):
    for data in (innehall, HEL.encode("cp437") + innehall, HEL.encode("cp437")[:300] + innehall + VER.encode("cp437")):
        with contextlib.suppress(SieFel):
            json.dumps(som_json(las(data)))


RAD = st.tuples(
    st.sampled_from(["1930", "2440", "3010", "4010"]), st.sampled_from(["", "P1", "P2"]),
    st.integers(-(10**9), 10**9), st.integers(1, 12),
)  # fmt: skip


@given(st.lists(st.lists(RAD, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_to_the_ore(verifikationer):
    """Random vouchers that balance: every sum by account, month and object comes back, and all agrees."""
    text, manad, objekt, konton = HUVUD, {}, {}, {}
    for nr, rader in enumerate(verifikationer, 1):
        rader = [*rader, ("1930", "", -sum(rad[2] for rad in rader), 6)]
        text += f"#VER A {nr} 20190101\n{{\n"
        for konto, projekt, ore, mm in rader:
            belopp = Decimal(ore).scaleb(-2)
            lista = f'{{6 "{projekt}"}}' if projekt else "{}"
            text += f"#TRANS {konto} {lista} {belopp:f} 2019{mm:02}15\n"
            konton[konto] = konton.get(konto, 0) + belopp
            nyckel = konto, f"2019{mm:02}"
            manad[nyckel] = manad.get(nyckel, 0) + belopp
            if projekt:
                nyckel = f"{konto}|6:{projekt}", f"2019{mm:02}"
                objekt[nyckel] = objekt.get(nyckel, 0) + belopp
        text += "}\n"
    for konto, belopp in konton.items():
        text += f"#{'UB' if konto < '3' else 'RES'} 0 {konto} {belopp:f}\n"
    ut = som_json(_las(text))
    platt = {
        namn: {(a, b): Decimal(v) for a, rader in ut[namn].items() for b, v in rader.items()}
        for namn in ("summa_per_konto_och_manad", "summa_per_konto_manad_och_objekt")
    }
    assert platt == {"summa_per_konto_och_manad": manad, "summa_per_konto_manad_och_objekt": objekt}
    assert ut["avstamning"]["avvikelser"] == ut["fel"] == []


def test_a_line_of_a_million_quotes_and_braces_does_not_hang():
    """Linear: a hundred times as long a line is read all the same."""
    bok = las(HEL.encode("cp437") + b"#KONTO 1 " + b'"' * 500_000 + b"{" * 500_000 + b"\n")
    assert len(bok.verifikationer) == 2
