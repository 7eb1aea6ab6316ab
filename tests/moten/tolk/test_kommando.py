"""The command `importera_anteckningar`: reads, prints, writes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.moten.tolk.test_las import EXEMPEL


def kor(capsys, *ord_):
    call_command("importera_anteckningar", *map(str, ord_))
    return capsys.readouterr().out


def test_files_and_folders_are_printed_as_text_and_as_json(capsys):
    text = kor(capsys, EXEMPEL / "anteckningar_b.md")
    assert "anteckningar_b.md: minnesanteckningar, okänt organ, okänt datum" in text
    assert "Närvarande: 6. Frånvarande: 3." in text
    assert "5 Vägar in (togs inte upp)" in text
    assert "Nästa möte: --03-10, 09:00–12:00, Norra" in text
    filer = json.loads(kor(capsys, EXEMPEL, "--format", "json"))["filer"]
    assert len(filer) == len([fil for fil in EXEMPEL.iterdir() if fil.suffix in (".txt", ".md")])
    en = json.loads(
        kor(capsys, EXEMPEL / "fornamn.txt", "--format", "json", "--organ", "norra", "--datum", "2023-11-09")
    )
    assert (en["filer"][0]["organ"], en["filer"][0]["datum"]) == ("norra", "2023-11-09")


def test_what_cannot_be_read_is_said_for_every_file(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"hej")
    with pytest.raises(CommandError) as fel:
        call_command("importera_anteckningar", str(tmp_path), str(tmp_path / "saknas.txt"))
    assert [rad.split(":")[0] for rad in str(fel.value).splitlines()[:2]] == ["a.txt", "b.pdf"]
    assert "saknas.txt" in str(fel.value)
    for ord_ in (["--datum", "i går"], ["--datum", "20240101"]):
        with pytest.raises(CommandError, match="inte ett datum"):
            call_command("importera_anteckningar", str(EXEMPEL / "fornamn.txt"), *ord_)
    with pytest.raises(CommandError, match="en i taget"):
        call_command("importera_anteckningar", str(EXEMPEL), "--datum", "2024-01-01")
