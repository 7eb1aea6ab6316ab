import json

import pytest
from django.core.management import CommandError, call_command

from tests.ekonomi.sie.test_sie import HEL


def _kor(fil, capsys, *val):
    call_command("importera_sie", str(fil), *val)
    return capsys.readouterr().out


def test_the_file_is_told_of_in_words_and_as_json(tmp_path, capsys):
    fil = tmp_path / "bok.se"
    fil.write_bytes(HEL.encode("cp437"))
    text = _kor(fil, capsys)
    assert "4 konton, 2 verifikationer, 5 rader." in text
    assert "Verifikationerna balanserar." in text
    assert "Månaderna går inte att jämföra i filen." in text
    assert json.loads(_kor(fil, capsys, "--format", "json"))["teckenkodning"] == "cp437"


def test_a_file_that_does_not_balance_is_printed_with_what_is_wrong(tmp_path, capsys):
    fil = tmp_path / "bok.se"
    fil.write_bytes(HEL.replace("#TRANS 3010 {} -500.00", "#TRANS 3010 {} -400.00").encode("cp437"))
    text = _kor(fil, capsys)
    assert "Verifikationerna balanserar inte." in text
    assert "Rad 22: Verifikation A 1 2019-01-15 balanserar inte: det skiljer 100,00 kr." in text


def test_rows_that_cannot_be_read_end_in_an_error_by_line(tmp_path, capsys):
    fil = tmp_path / "bok.se"
    fil.write_bytes(HEL.replace("#IB 0 1930 1000.00", "#IB 0 1930 tusen").encode("cp437"))
    with pytest.raises(CommandError, match="bok.se, rad 17: Beloppet ”tusen”"):
        _kor(fil, capsys)


@pytest.mark.parametrize(("innehall", "ord_"), [(b"<html>", "sparad webbsida"), (None, "Det går inte att läsa")])
def test_what_is_no_file_of_the_kind_is_refused_in_words(tmp_path, capsys, innehall, ord_):
    fil = tmp_path / "bok.se"
    if innehall:
        fil.write_bytes(innehall)
    with pytest.raises(CommandError, match=ord_):
        _kor(fil, capsys)
