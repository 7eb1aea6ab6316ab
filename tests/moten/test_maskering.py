"""What is looked at before a record is published, and how words are hidden. No test here needs a page."""

import time

import pytest

from moten import protokoll, publicering
from moten.granskning import granska
from moten.maskering import DOLT, delar, finns, maskera
from moten.models import Maskering, Narvaro, Punkt, Utfall
from samordning.karna.models import Kontakt
from tests.moten.fabrik import ett_mote


def _maskerad(text, *ord_):
    return maskera({"text": text}, ord_)["text"]


@pytest.mark.parametrize(
    ("text", "ord_", "blir"),
    [
        ("Åsa Berg och ÅSA\n BERG och Åsa Bergs bil", ["åsa berg"], f"{DOLT} och {DOLT} och {DOLT} bil"),
        ("A\u030asa Berg", ["Åsa Berg"], DOLT),
        ("Åsa Berg", ["A\u030asa Berg"], DOLT),
        ("Annars kom Anna", ["Anna"], f"Annars kom {DOLT}"),
        ("Anna, Anna:s och ANNAS", ["Anna"], f"{DOLT}, {DOLT} och {DOLT}"),
        ("a.b, (c)* axb x(c)*", ["a.b", "(c)*"], f"{DOLT}, {DOLT} axb x{DOLT}"),
        ("[a-z]+ och .* och \\d", [".*", "[a-z]+", "\\d"], f"{DOLT} och .* och {DOLT}"),
        ("Anna Ek, Anna", ["Anna", "Anna Ek"], f"{DOLT}, {DOLT}"),
        ("Anna Berg Karlsson kom", ["Anna Berg", "Berg Karlsson"], f"{DOLT} kom"),
        ("Anna Anna Anna kom", ["Anna Anna"], f"{DOLT} kom"),
        ("An\u00adna och A\u200bnna", ["Anna"], f"{DOLT} och {DOLT}"),
        ("Anna\u00a0Ek och Anna-Lena och Anna\u2011Lena", ["anna ek", "Anna-Lena"], f"{DOLT} och {DOLT} och {DOLT}"),
        ("O’Hara kom", ["O'Hara"], f"{DOLT} kom"),
        ("Eva Anna Ek kom", ["Eva", "Anna", "Ek"], f"{DOLT} kom"),
        ("Mor (Anna)", ["mor (anna)"], DOLT),
        ("inget", ["", " ", "..."], "inget"),
        ("[dolt] stod här", ["dolt"], f"[{DOLT}] stod här"),
    ],
)
def test_masking_leaves_nothing_of_the_word(text, ord_, blir):
    assert _maskerad(text, *ord_) == blir


@pytest.mark.parametrize(
    "text", ["800101-1239", "19800101-1239", "8001011239", "800101 1239", "800101–1239", "80 01 01 - 12 39"]
)
@pytest.mark.parametrize("ord_", ["800101-1239", "19800101-1239", "800101 1239"])
def test_a_number_is_hidden_however_it_is_written(text, ord_):
    assert _maskerad(f"Se {text}.", ord_) == f"Se {DOLT}."


def test_nothing_tells_how_much_was_hidden():
    assert _maskerad("Vi såg Bo i går.", "Bo") == _maskerad("Vi såg Maximilian von Oxenstjerna i går.",
                                                             "Maximilian von Oxenstjerna")  # fmt: skip


def test_what_the_page_uses_is_left_and_everything_else_is_masked():
    blad = {"pk": 7, "id": "Anna", "slag": "Anna", "lista": [{"namn": "Anna", "antal": 3, "av": None}], "sant": True}
    assert maskera(blad, ["anna"]) == blad | {"lista": [{"namn": DOLT, "antal": 3, "av": None}]}
    assert maskera(blad, []) is blad


def test_the_parts_of_a_text_are_the_text():
    text = "Hej Anna Ek, och Anna."
    assert delar(text, ["anna"]) == [
        ("Hej ", False), ("Anna", True), (" Ek, och ", False), ("Anna", True), (".", False),
    ]  # fmt: skip
    assert "".join(bit for bit, _ in delar(text, ["ek"])) == text
    assert finns({"a": ["hej ANNA"]}, "Anna")
    assert not finns({"a": ["hej Annars"], "id": "Anna"}, "Anna")


@pytest.mark.parametrize(
    "text",
    [
        "Kalle Persson är här. " * 9_000, "A" * 200_000, "1" * 200_000, "1 " * 100_000, "Aa " * 66_000, "A." * 100_000,
        " " * 200_000, "Kalle" + " " * 200_000, "a@" * 100_000, "skyddad" + " " * 200_000, "0 -" * 66_000,
        "Anna-" * 40_000, "Kalle\n" * 33_000,
    ],
    ids=["names", "A", "1", "1_", "Aa_", "A.", "spaces", "name_spaces", "at", "skyddad", "0_-", "Anna-", "lines"],
)  # fmt: skip
def test_200_kb_cost_seconds_at_most(db, mote, text):
    Punkt.objects.filter(mote=mote).update(text=text)
    start = time.monotonic()
    blad, _, fynd = publicering.underlag(mote)
    ord_ = [*(rad.text for rad in fynd), "Kalle Persson", "111111", "Anna-Anna", *(f"namn{nr}" for nr in range(200))]
    maskera(blad, ord_)
    publicering.jamfor(blad, ord_)
    assert time.monotonic() - start < 10


# ---- The look


@pytest.fixture
def mote(kommun, forbund, db):
    """Eva was there, and Nils Persson; Lisa Larsson is in the contact register."""
    mote = ett_mote("medlemsrad", lage="avslutat", om=-9)
    for namn in ("Eva Prov", "Nils Persson"):
        kontakt = Kontakt.objects.create(namn=namn, part=kommun)
        Narvaro.objects.create(mote=mote, kontakt=kontakt, part=kommun, status="narvarande")
    Kontakt.objects.create(namn="Lisa Larsson", part=kommun, epost="lisa@example.se", telefon="0980-31 92 00")
    Punkt.objects.create(mote=mote, ordning=1, nummer=1, rubrik="Ekonomi", text="", status="behandlad")
    return mote


def _fynd(mote, text):
    Punkt.objects.filter(mote=mote).update(text=text)
    return [rad.text for rad in granska(protokoll.som_json(protokoll.las(mote)))]


@pytest.mark.parametrize(
    ("text", "ord_"),
    [
        ("Försäkringskassan och Granviks kommun var med. Mötet var bra.", []),
        ("Vi tackar Eva Provs chef. Eva höll i det. Också Nils.", []),
        ("Vi talade med Lisa Larsson och Lisa Larssons chef.", []),
        ("Vi talade med Lisa.", ["Lisa"]),
        ("Hon heter Anna-Lena von Essen.", ["Anna-Lena von Essen"]),
        # Two who were there make no third.
        ("Vi talade med Eva Persson.", ["Eva Persson"]),
        ("Om Kalle Perssons väg. Kalle berättade. Mentor Kalle Persson.", ["Kalle Persson", "Kalle"]),
        ("Kalle berättade om sin väg.", ["Kalle"]),
        ("Hon ringde Försäkringskassan Kalle Ek.", ["Kalle Ek"]),
        ("KALLE PERSSON kom. BIP och SUS är system.", ["KALLE PERSSON"]),
        ("Vi såg kalle\noch Kalle\nPersson.", ["Kalle Persson"]),
        ("Vi såg kalle\r\noch Kalle\r\nPersson.", ["Kalle Persson"]),
        ("Vi såg Kalle Ek\nLisa Larsson", ["Kalle Ek"]),
        ("A.B. och K. P. kom. T.ex. i dag.", ["A.B.", "K. P."]),
        ("Född 800101 1239 eller 8001011239.", ["800101 1239", "8001011239"]),
        ("Samordningsnummer 19800161-ABCD, eller 800101.", ["19800161-ABCD", "800101"]),
        ("Organisationsnummer 212000-1234, 450 000 kronor den 2026-03-12, dnr 2026/123, 999999.", []),
        ("Hon har skyddad identitet. Sekretessmarkering finns.", ["skyddad identitet", "Sekretessmarkering"]),
        ("Mejla lisa@example.se eller kalle.ek@example.se.", ["kalle.ek@example.se"]),
        ("Ring 0980-319200 eller 070-123 45 67, inte § 12.", ["070-123 45 67"]),
        ("Ring +46 980 31 92 00.", []),
    ],
)
def test_what_is_pointed_at(mote, text, ord_):
    assert _fynd(mote, text) == ord_


def test_nothing_that_is_pointed_at_is_too_long_to_be_kept(mote):
    ord_ = "-".join(["K" + "a" * 30] * 2)
    text = f"{' von '.join([ord_] * 9)} {' '.join([ord_] * 9)} {'a' * 64}@{'.'.join(['b' * 40] * 4)} "
    fynd = _fynd(mote, text)
    assert max(map(len, fynd)) > 200
    for ett in fynd:
        Maskering(mote=mote, text=ett).clean_fields(exclude=["av"])


def test_every_place_where_something_can_be_typed_is_looked_at(mote, kommun):
    Punkt.objects.filter(mote=mote).update(rubrik="Om Olle Ett", text="Också Olle Två.")
    punkt = mote.punkter.get()
    Utfall.objects.create(punkt=punkt, typ="beslut", text="Fråga Olle Tre.")
    type(mote).objects.filter(pk=mote.pk).update(plats="Hemma hos Olle Fyra", rubrik="Dagen med Olle Fem")
    mote.refresh_from_db()
    fynd = {rad.text: rad.var for rad in granska(protokoll.som_json(protokoll.las(mote)))}
    assert fynd == {
        "Olle Fem": ("rubriken",), "Olle Fyra": ("platsen",), "Olle Ett": ("1",), "Olle Två": ("1",),
        "Olle Tre": ("1",),
    }  # fmt: skip


def test_the_look_asks_as_often_for_a_long_record(mote, django_assert_num_queries):
    for antal in (1, 30):
        for nr in range(antal):
            Punkt.objects.create(mote=mote, ordning=100 + nr, rubrik=f"Om Olle Nummer{antal}x{nr}", text="Kalle kom.")
        blad = protokoll.som_json(protokoll.las(mote))
        with django_assert_num_queries(3):
            granska(blad)
