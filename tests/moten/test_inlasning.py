"""Old minutes become meetings: all of them or nothing, once, with everybody matched, and undone without a trace."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from moten import inlasning, inlasning_angra
from moten.inlasning_avtryck import Nekad
from moten.inlasning_personer import OKAND_PART, Register, namnen
from moten.inlasning_tolkad import kallblock, packa_upp, tolka
from moten.models import Inlasning, Ledamotskap, Mote, Narvaro, Punkt, Utfall
from moten.tolk.las import las
from moten.tolk.text import las_fil
from samordning.karna.kalender import idag
from samordning.karna.models import Fil, Handelse, Importkorning, Kontakt, Part
from tests.moten.fabrik import nytt_organ
from tests.moten.tolk.filer import docx, stycke
from tests.moten.tolk.test_las import EXEMPEL

pytestmark = pytest.mark.django_db
FILEN = EXEMPEL / "anteckningar_b.md"
DAG = date(2022, 2, 8)


def tre_grupper():
    """The preparation group in the north; there are two more."""
    return [nytt_organ("beredning", f"Beredningsgrupp {namn}") for namn in ("västra", "östra", "norra")][-1]


@pytest.fixture
def norra(db):
    return tre_grupper()


def las_in(organ, dag=DAG, innehall=None, **val):
    return inlasning.las_in(innehall or FILEN.read_bytes(), FILEN.name, organ=organ, dag=dag, **val)


def test_what_the_reader_says_is_the_same_after_it_was_kept():
    for fil in sorted(EXEMPEL.iterdir()):
        if fil.suffix in (".txt", ".md"):
            a, b = packa_upp(tolka(fil.read_bytes(), fil.name)), las(las_fil(fil.read_bytes(), fil.name), fil.name)
            assert (a.narvarande, a.nasta_moten, a.rader, a.varningar) == (
                b.narvarande, b.nasta_moten, b.rader, b.varningar
            )  # fmt: skip
            assert [(p.nr, p.text, p.utfall, list(p.rader)) for p in a.punkter] == [
                (p.nr, p.text, p.utfall, list(p.rader)) for p in b.punkter
            ]


def test_every_line_of_the_source_has_a_place_beside_it():
    for fil in sorted(EXEMPEL.iterdir()):
        if fil.suffix in (".txt", ".md"):
            anteckning = packa_upp(tolka(fil.read_bytes(), fil.name))
            block = kallblock(anteckning)
            assert [rad for ett in block for rad in ett.rader] == [
                rad.text.strip() for rad in anteckning.rader if not rad.tom
            ]
            assert "Bara i originalet" not in {ett.plats for ett in block}


def test_a_meeting_is_saved_whole(norra):
    mote, _ = las_in(norra)
    assert (mote.organ, mote.dag, mote.lage) == (norra, DAG, "avslutat")
    rader = {rad.kontakt.namn: rad for rad in mote.narvaro.select_related("kontakt", "ersatter")}
    assert sum(rad.status == "narvarande" for rad in rader.values()) == 6
    assert sum(rad.status == "franvarande" for rad in rader.values()) == 3
    palm = rader["Caroline Palm"]
    assert (palm.ersatter.namn, palm.ersatter_namn, palm.roll) == ("Anitta Info", "Anitta", "ersattare")
    punkter = list(mote.punkter.all())
    anteckning = packa_upp(Inlasning.objects.get().tolkad)
    assert [(p.nummer_text, p.rubrik, p.text, p.status) for p in punkter] == [
        (p.nr, p.rubrik, p.text, p.status) for p in anteckning.punkter
    ]
    assert {p.kalla for p in punkter} == {"inlast"}
    assert mote.originaltext.splitlines() == FILEN.read_text().splitlines()
    assert inlasning.filer.las(mote.original) == FILEN.read_bytes()
    assert mote.original.lage == Fil.Lage.REN
    korning = Importkorning.objects.get()
    assert mote.importkorning == korning
    assert (korning.antal["narvarande"], korning.antal["franvarande"], korning.antal["punkter"]) == (6, 3, len(punkter))
    assert Handelse.objects.om(mote).filter(namn="inlast").exists()
    assert {rad.part.namn for rad in Kontakt.objects.all()} == {OKAND_PART}
    assert next(p for p in punkter if p.status == "hanvisad").hanvisad_till == "informationsunderlaget"


def test_what_was_left_long_ago_is_not_put_on_anybodys_list_of_today(norra):
    fil = EXEMPEL / "anteckningar_a.txt"
    gammalt, _ = inlasning.las_in(fil.read_bytes(), fil.name, organ=norra, dag=DAG)
    assert gammalt.punkter.exists()
    assert Utfall.objects.filter(typ="atgard").exists()
    assert not Utfall.objects.att_folja_upp().exists()
    las_in(norra, DAG + timedelta(1))
    assert Punkt.objects.filter(status="ej_behandlad").exists()
    assert not Punkt.objects.att_fora_vidare().exists()
    nytt = fil.read_bytes() + b"\n"
    inlasning.las_in(nytt, fil.name, organ=norra, dag=idag() - timedelta(3))
    assert Utfall.objects.att_folja_upp().exists()


def test_the_same_file_is_read_in_once(norra):
    las_in(norra)
    with pytest.raises(Nekad, match="redan inläst som Beredningsgrupp norra"):
        las_in(norra, DAG + timedelta(7))
    assert (Mote.objects.count(), Inlasning.objects.count()) == (1, 1)


def test_of_two_who_sent_the_same_file_at_once_one_saves_it(norra):
    rad, _ = inlasning.ta_emot(FILEN.read_bytes(), "a.md")
    inlasning.las(rad, inlasning.Underlag.nu())
    dubblett = Inlasning.objects.get(pk=rad.pk)
    dubblett.pk = None
    dubblett.save()
    for ett, dag in ((rad, DAG), (dubblett, DAG + timedelta(7))):
        ett.refresh_from_db()
        svar = inlasning.svara(ett, inlasning.Underlag.nu(), organ=norra, dag=dag)
        if ett == rad:
            inlasning.spara(ett, *svar)
        else:
            with pytest.raises(Nekad, match="redan inläst som Beredningsgrupp norra 2022-02-08"):
                inlasning.spara(ett, *svar)
    assert Mote.objects.count() == 1


def test_another_meeting_of_the_day_is_refused_and_an_earlier_import_replaced_when_asked(norra):
    forsta, _ = las_in(norra)
    annan = FILEN.read_bytes().replace(b"Christina", b"Kristina")
    with pytest.raises(Nekad, match="redan ett inläst möte"):
        las_in(norra, innehall=annan)
    assert Mote.objects.get() == forsta
    nytt, _ = las_in(norra, innehall=annan, ersatt=True)
    assert Mote.objects.get() == nytt
    assert "Kristina" in nytt.originaltext
    assert list(Inlasning.objects.order_by("pk").values_list("lage", flat=True)) == ["angrad", "inlast"]
    assert nytt.narvaro.count() == Kontakt.objects.count() == 9
    inlasning_angra.angra(Inlasning.objects.get(lage="inlast"))
    assert not Kontakt.objects.exists()  # those that the first one made went over to the second
    las_in(norra, innehall=annan)
    Mote.objects.create(organ=norra, dag=DAG + timedelta(1), lage="avslutat")
    with pytest.raises(Nekad, match="inte är en inläsning"):
        las_in(norra, DAG + timedelta(1), innehall=annan + b"\n", ersatt=True)


def test_a_planned_day_that_is_empty_is_filled_and_comes_back_when_it_is_undone(norra):
    planerat = Mote.objects.create(organ=norra, dag=DAG, plats="Björken", fran="09:00")
    mote, _ = las_in(norra)
    assert (Mote.objects.get(), mote.uid) == (mote, planerat.uid)
    inlasning_angra.angra(Inlasning.objects.get())
    kvar = Mote.objects.get()
    assert (kvar.plats, str(kvar.fran), kvar.lage, kvar.uid) == ("Björken", "09:00:00", "planerat", planerat.uid)


def test_undo_takes_everything_away_and_is_refused_when_something_was_built_on_it(norra):
    mote, _ = las_in(norra)
    rad = Inlasning.objects.get()
    punkt = mote.punkter.first()
    Punkt.objects.filter(pk=punkt.pk).update(text="Något annat")
    with pytest.raises(Nekad, match="punkterna har ändrats"):
        inlasning_angra.angra(rad)
    Punkt.objects.filter(pk=punkt.pk).update(text=punkt.text)
    vidare = Punkt.objects.create(mote=Mote.objects.create(organ=norra, dag=idag()), rubrik="X", fortsattning_pa=punkt)
    with pytest.raises(Nekad, match="ett senare möte för en punkt vidare"):
        inlasning_angra.angra(rad)
    vidare.mote.delete()
    Mote.objects.filter(pk=mote.pk).update(lage="publicerat")
    with pytest.raises(Nekad, match="mötet är publicerat"):
        inlasning_angra.angra(rad)
    Mote.objects.filter(pk=mote.pk).update(publicerat=None)
    assert Mote.objects.filter(pk=mote.pk).exists()


def test_undo_leaves_contacts_that_others_use(norra, kommun):
    mote, _ = las_in(norra)
    rad = Inlasning.objects.get()
    anvand = mote.narvaro.first().kontakt
    Ledamotskap.objects.create(organ=norra, kontakt=anvand, part=kommun)
    assert inlasning_angra.angra(rad) == 1
    assert list(Kontakt.objects.all()) == [anvand]
    rad.refresh_from_db()
    assert (rad.lage, rad.mote, Mote.objects.count(), Narvaro.objects.count()) == ("angrad", None, 0, 0)
    assert Handelse.objects.om(rad.korning).filter(namn="angrad").exists()
    with pytest.raises(Nekad, match="redan ångrad"):
        inlasning_angra.angra(rad)
    las_in(norra)  # the same file may be read in again


def test_names_are_guessed_and_only_the_exact_ones_are_certain(norra, kommun):
    exakt = Kontakt.objects.create(namn="Eva Brenner", part=kommun)
    alias = Kontakt.objects.create(namn="Ida Wik", alias=["Ida Wiklöf"], part=kommun)
    stavad = Kontakt.objects.create(namn="Annica Bergsing", part=kommun)
    for part in (kommun, Part.objects.forbund()):
        Kontakt.objects.create(namn="Carl Morén", part=part)
    anteckning = packa_upp(tolka(FILEN.read_bytes(), FILEN.name))
    rader = {rad.namn: rad for rad in namnen(anteckning, Register(), norra)}
    assert (rader["Eva Brenner"].val, rader["Eva Brenner"].saker) == (str(exakt.pk), True)
    assert (rader["Ida Wiklöf"].val, rader["Ida Wiklöf"].saker) == (str(alias.pk), True)
    assert (rader["Annika Bergzing"].val, rader["Annika Bergzing"].saker) == (str(stavad.pk), False)
    assert (rader["Carl Morén"].val, rader["Carl Morén"].saker) == ("text", False)
    assert rader["Mikael Frans"].val == "ny"
    _, att_se = las_in(norra)
    assert any("kan vara Annica Bergsing" in text for text in att_se)
    assert any("Flera kontakter heter Carl Morén" in text for text in att_se)
    assert Kontakt.objects.filter(namn="Annika Bergzing").exists()  # nobody was asked, so nobody was mixed up
    assert stavad.alias == Kontakt.objects.get(pk=stavad.pk).alias


def test_what_cannot_be_a_meeting_is_refused_and_leaves_nothing(norra):
    avkapad = docx(stycke("x"))[:-40]
    for innehall, namn, text in (
        (b"", "a.txt", "tom"), (b"hej", "a.exe", "läses från"), (b"%PDF-1.4 hej", "a.pdf", "skadad"),
        (avkapad, "a.docx", "går inte att läsa"),
    ):  # fmt: skip
        with pytest.raises(Nekad, match=text):
            inlasning.las_in(innehall, namn, organ=norra, dag=DAG)
    with pytest.raises(Nekad, match="inte säkert dagen"):
        las_in(norra, None)
    with pytest.raises(Nekad, match="inte säkert organet"):
        las_in(None)
    with pytest.raises(Nekad, match="inte varit än"):
        las_in(norra, idag() + timedelta(1))
    assert (Inlasning.objects.count(), Fil.objects.count(), Mote.objects.count()) == (0, 0, 0)


def test_a_text_without_items_is_one_item_and_a_long_heading_is_whole_in_the_text(norra):
    mote, _ = inlasning.las_in("Vi sågs och pratade.".encode(), "a.txt", organ=norra, dag=DAG)
    assert [(p.rubrik, p.text) for p in mote.punkter.all()] == [("Anteckningar", "Vi sågs och pratade.")]
    lang = "1. " + "Ord " * 70
    mote, _ = inlasning.las_in(
        f"{lang}\n\nHej.\n\n2. Slut\n\nTack.".encode(), "b.txt", organ=norra, dag=DAG - timedelta(1)
    )
    forsta = mote.punkter.first()
    assert len(forsta.rubrik) <= 200
    assert ("Ord " * 70).strip() in forsta.text


def test_two_spellings_of_one_contact_are_not_both_certain(norra, kommun):
    Kontakt.objects.create(namn="Eva Brenner", alias=["Ida Wiklöf"], part=kommun)
    anteckning = packa_upp(tolka(FILEN.read_bytes(), FILEN.name))
    rader = {rad.namn: rad for rad in namnen(anteckning, Register(), norra)}
    assert [rader[namn].saker for namn in ("Eva Brenner", "Ida Wiklöf")] == [True, False]
    assert rader["Ida Wiklöf"].val == "ny"
    mote, _ = las_in(norra)
    assert mote.narvaro.count() == 9


# ---- The command


def _kor(capsys, *ord_):
    call_command("importera_anteckningar", *map(str, ord_))
    return capsys.readouterr().out


def test_the_command_saves_only_when_told_and_all_or_nothing(norra, capsys, tmp_path):
    assert "Inget är skrivet än" in _kor(capsys, FILEN)
    assert not Mote.objects.exists()
    with pytest.raises(CommandError) as fel:
        call_command("importera_anteckningar", str(FILEN), "--spara")
    assert fel.value.returncode == 1
    assert "inte säkert organet eller dagen" in str(fel.value)
    assert "beredningsgrupp-norra" in str(fel.value)
    with pytest.raises(CommandError, match="inget organ som heter sydpolen"):
        call_command("importera_anteckningar", str(FILEN), "--organ", "sydpolen", "--spara")
    ut = _kor(capsys, FILEN, "--organ", "beredningsgrupp-norra", "--datum", "2022-02-08", "--spara")
    assert "sparad som Beredningsgrupp norra 2022-02-08" in ut
    assert Mote.objects.get().narvaro.count() == 9
    with pytest.raises(CommandError, match="redan inläst"):
        call_command("importera_anteckningar", str(FILEN), "--organ", "norra", "--datum", "2022-02-09", "--spara")
    bra, daligt = tmp_path / "2023-05-04.txt", tmp_path / "utan dag.txt"
    bra.write_text("Beredningsgrupp västra 2023-05-04\n\n1. Hej\n\nText.\n")
    daligt.write_text("Beredningsgrupp västra\n\n1. Hej\n\nAnnan text.\n")
    with pytest.raises(CommandError, match="utan dag.txt: Texten säger inte säkert dagen"):
        call_command("importera_anteckningar", str(tmp_path), "--spara")
    assert Mote.objects.count() == 1
    daligt.unlink()
    _kor(capsys, tmp_path, "--spara")
    assert Mote.objects.filter(organ__namn="Beredningsgrupp västra", dag=date(2023, 5, 4)).exists()


def test_the_command_acts_as_who_is_named_and_obeys_the_rights(norra, ny_anvandare, capsys):
    styrelse, kansli = ny_anvandare("styrelse"), ny_anvandare("kansli")
    val = ["--organ", "norra", "--datum", "2022-02-08", "--spara", "--som"]
    with pytest.raises(CommandError, match="får inte läsa in"):
        call_command("importera_anteckningar", str(FILEN), *val, styrelse.epost)
    with pytest.raises(CommandError, match="inget öppet konto"):
        call_command("importera_anteckningar", str(FILEN), *val, "ingen@example.se")
    _kor(capsys, FILEN, *val, kansli.epost)
    assert Importkorning.objects.get().anvandare == kansli
