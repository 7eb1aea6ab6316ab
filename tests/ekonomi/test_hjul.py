"""The annual wheel as drawn: nothing lies over anything else, nothing is lost, and a state is told without colour."""

import itertools
import math
import random
import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from ekonomi.hjul import forklaring, namn, rita
from ekonomi.hjulform import RINGAR, bredd, korta
from ekonomi.hjulplats import sprid
from ekonomi.models import Ring
from tests.ekonomi.hjulbild import AR, IDAG, LAGEN, Bild, S, djup, kanten, las, manga, marke, slumpade

# ---- Nothing over anything else, nothing lost


@pytest.mark.parametrize("kompakt", [False, True])
@pytest.mark.parametrize(("ar", "marken"), [*manga()])
def test_no_mark_lies_over_another_or_over_a_period(ar, marken, kompakt):
    bild = Bild(rita(ar, IDAG, marken, kompakt=kompakt))
    tal = 1  # what the eye forgives
    dagar = [(sak, bild.polygoner(sak), bild.huvudform(sak)) for sak in bild.dagar]
    for (ett, a, p), (annat, b, q) in itertools.combinations(dagar, 2):
        if math.dist(p, q) < 50:
            over = max(djup(x, y) for x in a for y in b)
            assert over < tal, (bild.titel(ett), bild.titel(annat), over)
    bagar = [(sak, bild.sektor(sak)) for sak in bild.perioder]
    for (ett, a), (annat, b) in itertools.combinations(bagar, 2):
        isar = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
        assert isar, (bild.titel(ett), bild.titel(annat))
    for sak, polygoner, _ in dagar:
        for x, y in (punkt for polygon in polygoner for punkt in kanten(polygon)):
            r, v = (
                math.hypot(x - bild.mitt, y - bild.mitt),
                math.degrees(math.atan2(x - bild.mitt, bild.mitt - y)) % 360,
            )
            assert r < bild.mitt
            inne = [ett for ett, (r0, r1, a, b) in bagar if r0 + tal < r < r1 - tal and a < v < b]
            assert not inne, (bild.titel(sak), bild.titel(inne[0]))


@pytest.mark.parametrize("kompakt", [False, True])
@pytest.mark.parametrize(("ar", "marken"), [*manga()])
def test_each_day_is_drawn_or_counted_and_the_keyboard_goes_by_date(ar, marken, kompakt):
    bild = Bild(rita(ar, IDAG, marken, kompakt=kompakt, lista="#alla"))
    dag = {m.text: m.dag for m in marken}
    ensamma, raknade, ordning = [], 0, []
    for lank, titel in bild.lankar():
        ordning.append(dag[re.search(r"\bP\d+", titel)[0]])
        if lank == "#alla":
            raknade += int(titel.split(" saker ")[0])
        else:
            ensamma.append(lank)
    assert len(ensamma) == len(set(ensamma))
    assert len(ensamma) + raknade == len(marken)
    assert ordning == sorted(ordning)
    for sak in bild.dagar:
        if sak.get("href") == "#alla":
            (antal,) = [text.text for text in sak.iter(f"{S}text") if text.text != "!"]
            assert bild.titel(sak).startswith(f"{antal[1:]} saker")


@pytest.mark.parametrize("kompakt", [False, True])
@pytest.mark.parametrize(("ar", "marken"), [*manga()])
def test_a_day_stays_in_its_month(ar, marken, kompakt):
    bild = Bild(rita(ar, IDAG, marken, kompakt=kompakt, lista="#alla"))
    manader = [360 * (date(ar, m, 1) - date(ar, 1, 1)).days / (365 + (ar % 4 == 0)) for m in range(1, 13)] + [360]
    dag = {m.lank: m.dag for m in marken}
    ensamma = [sak for sak in bild.dagar if sak.get("href") != "#alla"]
    for sak in ensamma:
        m = dag[sak.get("href")].month
        # Half a unit is what the rounding of coordinates is worth near the middle.
        assert manader[m - 1] - 1 <= bild.vinkel(sak) <= manader[m] + 1, bild.titel(sak)


@pytest.mark.parametrize(("ar", "marken"), [*manga()])
def test_days_that_share_a_place_are_of_one_month(ar, marken):
    bild = Bild(rita(ar, IDAG, marken, lista="#alla"))
    manad = {m.text: m.dag.month for m in marken}
    for sak in bild.dagar:
        assert len({manad[text] for text in re.findall(r"\bP\d+", bild.titel(sak))}) == 1, bild.titel(sak)


def test_nothing_is_joined_in_an_ordinary_year():
    marken = [
        marke(date(AR, manad, dag), ring, f"P{manad}{dag}", lank=f"/{ring}{dag}/{manad}/")
        for ring, dag in (
            ("beredning", 4), ("presidium", 8), ("styrelse", 16), ("ekonomi", 20), ("uppfoljning", 27), ("kansli", 5),
            ("kansli", 12), ("kansli", 22),
        )
        for manad in range(1, 13)
    ]  # fmt: skip
    bild = Bild(rita(AR, IDAG, marken))
    assert {lank for lank, _ in bild.lankar()} == {m.lank for m in marken}


def test_periods_that_become_one_cover_all_of_their_days():
    marken = [
        marke(date(AR, manad, 1), ring, slut=slut)
        for ring in Ring.values
        for manad, slut in ((2, date(AR, 5, 31)), (3, date(AR, 11, 30)), (4, date(AR, 6, 30)))
    ]
    bild = Bild(rita(AR, IDAG, marken))
    flera = [sak for sak in bild.perioder if sak.get("href") == "#dagar"]
    assert len(flera) == 6
    assert sum(int(bild.titel(sak).split()[0]) for sak in flera) == 18
    for sak in flera:
        assert bild.sektor(sak)[2:] == pytest.approx((360 * 31 / 365, 360 * 334 / 365), abs=2)
        assert next(sak.iter(f"{S}textPath")).text == "3 perioder"


# ---- Where things stand


@pytest.mark.parametrize(
    ("dag", "vinkel"),
    [
        (date(2026, 1, 16), 360 * 15.5 / 365), (date(2026, 7, 2), 360 * 182.5 / 365),
        (date(2024, 2, 29), 360 * 59.5 / 366), (date(2024, 12, 20), 360 * 354.5 / 366),
        (date(2025, 12, 20), 360 * 353.5 / 365),
    ],
)  # fmt: skip
def test_january_is_at_the_top_and_a_day_that_is_alone_stands_on_its_own_place(dag, vinkel):
    bild = Bild(rita(dag.year, dag, [marke(dag)]))
    assert bild.vinkel(bild.dagar[0]) == pytest.approx(vinkel, abs=0.02)


def test_the_first_and_the_last_day_stay_on_their_sides_of_new_year():
    bild = Bild(rita(AR, IDAG, [marke(date(AR, 1, 1)), marke(date(AR, 12, 31))]))
    forst, sist = (bild.vinkel(sak) for sak in bild.dagar)
    assert 0 < forst < 5
    assert 355 < sist < 360


def test_the_rings_are_those_of_the_model_from_the_outside_in():
    assert [(ring.nyckel, ring.namn) for ring in RINGAR] == Ring.choices
    assert len({ring.form for ring in RINGAR}) == len({ring.farg for ring in RINGAR}) == 6
    bild = Bild(rita(AR, IDAG, [marke(ring=ring.nyckel, text=ring.namn) for ring in RINGAR]))
    avstand = {bild.titel(sak): math.dist(bild.huvudform(sak), (bild.mitt, bild.mitt)) for sak in bild.dagar}
    assert [titel.split()[0] for titel in sorted(avstand, key=avstand.get, reverse=True)] == [r.namn for r in RINGAR]


def test_two_of_a_day_stand_beside_each_other():
    bild = Bild(rita(AR, IDAG, [marke(text="Ett", lank="/1/"), marke(text="Annat", lank="/2/")]))
    assert {lank for lank, _ in bild.lankar()} == {"/1/", "/2/"}
    dagens = 360 * 74.5 / 365
    ett, annat = sorted(bild.vinkel(sak) for sak in bild.dagar)
    assert ett < dagens < annat
    assert (ett + annat) / 2 == pytest.approx(dagens, abs=0.05)


def test_a_day_that_is_not_decided_has_no_number_and_stands_in_the_middle_of_its_month():
    bild = Bild(rita(AR, IDAG, [marke(date(AR, 5, 2), oviss=True)]))
    assert bild.titel(bild.dagar[0]) == "Styrelse i maj: Inte kallat"
    assert bild.vinkel(bild.dagar[0]) == pytest.approx(360 * 135.5 / 365, abs=0.05)
    assert not list(bild.dagar[0].iter(f"{S}text"))


def test_what_is_outside_the_year_has_an_arrow_and_its_year_in_words():
    marken = [marke(date(2025, 12, 28), text="Kallelse", ring="kansli"), marke(date(2027, 1, 3))]
    bild = Bild(rita(AR, IDAG, marken))
    assert [(bild.titel(sak), sak.find(f"{S}text").text) for sak in bild.dagar] == [
        ("Kallelse 28 december 2025 (Kansli): Inte kallat", "‹"), ("Styrelse 3 januari 2027: Inte kallat", "›"),
    ]  # fmt: skip
    # A short one that began the year before is no day of January with the number of a day in December.
    kort = Bild(rita(AR, IDAG, [marke(date(2025, 12, 20), "kansli", slut=date(2026, 1, 6))]))
    assert [text.text for text in kort.dagar[0].iter(f"{S}text")] == ["‹"]
    utanfor = Bild(rita(AR, IDAG, [marke(date(2027, 2, 1), slut=date(2027, 5, 1))]))
    assert [text.text for text in utanfor.dagar[0].iter(f"{S}text")] == ["›"]
    over = marke(date(2025, 11, 1), slut=date(2026, 2, 1), text="Bokslut", ring="ekonomi")
    assert namn(over, AR) == "Bokslut 1 november 2025–1 februari 2026 (Ekonomi): Inte kallat"
    bild = Bild(rita(AR, IDAG, [over]))
    assert bild.sektor(bild.perioder[0])[2:] == pytest.approx((0, 360 * 32 / 365), abs=0.4)


def test_a_period_is_an_arc_over_its_days_and_a_few_days_are_a_mark():
    marken = [
        marke(date(AR, 7, 1), slut=date(AR, 8, 14)),
        marke(date(AR, 3, 26), slut=date(AR, 3, 27), text="Konferens"),
    ]
    bild = Bild(rita(AR, IDAG, marken))
    r0, r1, fran, till = bild.sektor(bild.perioder[0])
    assert (fran, till) == pytest.approx((360 * 181 / 365, 360 * 226 / 365), abs=0.5)
    assert r1 - r0 > 12
    assert bild.titel(bild.perioder[0]) == "Styrelse 1 juli–14 augusti: Inte kallat"
    assert [bild.titel(sak) for sak in bild.dagar] == ["Konferens 26–27 mars (Styrelse): Inte kallat"]


def test_a_period_may_last_the_whole_year():
    bild = Bild(rita(AR, IDAG, [marke(date(AR, 1, 1), slut=date(AR, 12, 31), text="Verksamhetsår")]))
    fran, till = bild.sektor(bild.perioder[0])[2:]
    assert till - fran == pytest.approx(360, abs=1)
    assert next(bild.perioder[0].iter(f"{S}textPath")).text == "Verksamhetsår"


def test_today_has_a_hand_and_its_month_only_in_its_own_year():
    def har(idag):
        svg = str(rita(AR, idag, []))
        return "stroke-dasharray" in svg, "f-raps" in svg, 'font-weight="700"' in svg, f"vecka {24}" in svg

    assert har(IDAG) == (True, True, True, True)
    assert har(date(AR - 1, 6, 10)) == har(date(AR + 1, 6, 10)) == (False, False, False, False)
    beskrivning = las(rita(AR, IDAG, [marke(date(AR, 6, 12), lage="snart")])).find(f"{S}desc").text
    assert "I dag är det 10 juni" in beskrivning
    assert "Närmast: Styrelse 12 juni" in beskrivning


# ---- Words, states, safety


def test_names_say_what_when_whose_and_how_far():
    assert namn(marke(date(AR, 2, 16)), AR) == "Styrelse 16 februari: Inte kallat"
    assert namn(marke(text="Styrelsens resa"), AR) == "Styrelsens resa 16 mars (Styrelse): Inte kallat"
    flera = [marke(date(AR, 3, 1 + nr), "kansli", f"P{nr}", lank=f"/{nr}/") for nr in range(30)]
    lank, titel = Bild(rita(AR, IDAG, flera)).lankar()[0]
    antal = int(titel.split()[0])
    borjan = f"{antal} saker (Kansli), se listan. P0 1 mars: Inte kallat. P"
    assert (lank, titel[: len(borjan)]) == ("#dagar", borjan)
    assert titel.count("Inte kallat") == 5
    assert titel.endswith(f". Och {antal - 5} till")


def _utan_farg(svg):
    return re.sub(r' (class|fill|stroke)="[^"]*"', "", svg)


@pytest.mark.parametrize("slut", [None, date(AR, 5, 1)])
def test_each_state_differs_from_the_others_without_colour(slut):
    """By its fill or the lack of it, its edge and its signs."""
    utseende = {}
    for lage, oviss in [*((lage, False) for lage in LAGEN), ("kommer", True)]:
        svg = str(rita(AR - 1, IDAG, [marke(date(AR - 1, 3, 16), lage=lage, oviss=oviss)]))
        if slut:
            svg = str(rita(AR, date(AR - 1, 1, 1), [marke(lage=lage, oviss=oviss, slut=slut)]))
        lank = svg[svg.index("<a ") : svg.index("</a>")]
        fylld = re.search(r"<(rect|path)[^>]* class=\"f-(?!yta|farayta)", lank) is not None
        utseende[lage, oviss] = (fylld, _utan_farg(lank.split("</title>")[1]))
    assert len(set(utseende.values())) == 6
    assert utseende["kommer", False][0]
    assert not utseende["klar", False][0]
    assert "linecap" in utseende["klar", False][1]  # the tick
    assert "dasharray" in utseende["kommer", True][1]


def test_the_gravest_of_several_is_what_they_are_shown_as():
    flera = [marke(date(AR, 3, 10 + nr), "kansli", f"P{nr}", "klar") for nr in range(7)]
    assert "f-fara" not in rita(AR, IDAG, flera, kompakt=True)
    assert "f-fara" in rita(AR, IDAG, [marke(date(AR, 3, 9), "kansli", "P8", "sen"), *flera], kompakt=True)


@pytest.mark.parametrize("falt", [{}, {"kompakt": True}, {"pdf": True}])
def test_what_somebody_typed_is_never_markup(falt):
    elak = '</title><script>alert("x")</script>&'
    marken = [
        marke(text=elak, ord=elak, lank='/x/"><b>'), marke(text=elak, slut=date(AR, 9, 1), lank="/p/"),
        marke(ring="kansli", text=elak, lank=""),
    ]  # fmt: skip
    svg = rita(AR, IDAG, marken, lista='"#<b>', **falt)
    rot = las(svg)
    assert "<script" not in svg
    assert {element.tag for element in rot.iter()} <= {
        f"{S}{tagg}"
        for tagg in ("svg", "title", "desc", "defs", "g", "a", "path", "circle", "rect", "polygon", "text", "textPath")
    }
    assert not re.search(r"\sstyle=|\son\w+=", str(svg))


def test_a_day_without_a_page_is_no_link_but_has_its_name():
    bild = Bild(rita(AR, IDAG, [marke(lank="")]))
    (sak,) = bild.saker
    assert (sak.tag, sak.get("role"), bild.titel(sak)) == (f"{S}g", "img", "Styrelse 16 mars: Inte kallat")


def test_a_long_text_is_cut_along_its_arc_and_whole_in_its_name():
    text = "Lägesrapporter för våren samlas in från alla insatser i hela länet"
    bild = Bild(rita(AR, IDAG, [marke(date(AR, 8, 1), "kansli", text, slut=date(AR, 9, 20))]))
    langs = [textbana.text for textbana in bild.perioder[0].iter(f"{S}textPath")]
    assert langs[0].endswith("…")
    assert text.startswith(langs[0][:-1])
    r0, r1, fran, till = bild.sektor(bild.perioder[0])
    assert bredd(langs[0], 14) < math.radians(till - fran) * r0
    assert bild.titel(bild.perioder[0]).startswith(text)
    assert korta("Kort", 14, 100) == "Kort"
    assert korta("Lägesrapport", 14, 5) == ""


def test_on_paper_it_is_one_picture_with_one_name_and_each_letter_in_its_place():
    marken = [*slumpade(40, 5), marke(date(AR, 7, 1), text="Året & bokslutet", slut=date(AR, 10, 30))]
    rot = las(rita(AR, IDAG, marken, pdf=True))
    assert rot.get("role") == "img"
    assert not [e for e in rot.iter() if e.tag in (f"{S}a", f"{S}textPath") or e.get("id") or e.get("href")]
    (titel,) = rot.iter(f"{S}title")
    assert titel.text.startswith("Årshjul 2026: Ett hjul med")
    vridna = [text for text in rot.iter(f"{S}text") if text.get("rotate")]
    assert {"januari", "december", "Beredningsgrupp", "Året & bokslutet"} <= {text.text for text in vridna}
    for text in vridna:
        assert {len(text.get(namn).split()) for namn in ("x", "y", "rotate")} == {len(text.text)}
    (juli,) = [text for text in vridna if text.text == "juli"]
    (januari,) = [text for text in vridna if text.text == "januari"]
    # Both are read from the left: below, the letters go against the clock and stand on their heads twice.
    for ord_ in (juli, januari):
        x = [float(tal) for tal in ord_.get("x").split()]
        assert x == sorted(x)
    assert all(
        abs((float(v) + 180) % 360 - 180) < 45 for v in (juli.get("rotate") + " " + januari.get("rotate")).split()
    )


def test_the_same_days_give_the_same_picture_whatever_their_order():
    marken = [*slumpade(78, 6), marke(lank="/a/"), marke(lank="/b/")]
    svg = rita(AR, IDAG, marken)
    assert rita(AR, IDAG, marken[::-1]) == svg
    assert len(svg.encode()) < 60_000
    assert len(rita(AR, IDAG, marken, kompakt=True).encode()) < 60_000


def test_the_page_has_both_sizes_with_a_legend_and_no_id_twice():
    marken = slumpade(80, 7)
    text = render_to_string(
        "ekonomi/_hjul.html",
        {"hjulet": rita(AR, IDAG, marken), "litet": rita(AR, IDAG, marken, kompakt=True), "forklaring": forklaring()},
    )
    alla = re.findall(r'\bid="([^"]+)"', text)
    assert len(alla) == len(set(alla)) > 20
    hanvisade = re.findall(r'(?:aria-labelledby|aria-describedby)="([^"]+)"|textPath href="#([^"]+)"', text)
    assert {ett or annat for ett, annat in hanvisade} == set(alla)
    for ord_ in [*Ring.labels, "Kommer", "Snart eller pågår", "Försenad", "Klar", "Inställd", "Dagen är inte bestämd"]:
        assert f"</svg>{ord_}</li>" in text
    assert 'class="hjul hjul-smal"' in text


def test_an_empty_year_is_a_wheel_without_days():
    bild = Bild(rita(AR, IDAG, []))
    assert bild.saker == []
    assert "Närmast" not in bild.rot.find(f"{S}desc").text


def test_an_unknown_ring_or_state_is_not_drawn_as_something_else():
    with pytest.raises(KeyError):
        rita(AR, IDAG, [marke(ring="annan")])
    with pytest.raises(ValueError, match="not in tuple"):
        rita(AR, IDAG, [marke(lage="okand")])


# ---- Spreading along a line


def test_neighbours_move_as_little_as_they_can():
    assert sprid([50, 50], [10, 10], [0, 0], [100, 100]) == [40, 60]
    assert sprid([10, 50, 51, 90], [5] * 4, [0] * 4, [100] * 4) == [10, 45.5, 55.5, 90]
    assert sprid([2, 3], [5, 5], [5, 5], [100, 100]) == [5, 15]
    assert sprid([50, 50], [10, 10], [0, 45], [48, 100]) == [40, 60]
    assert sprid([50, 50], [10, 10], [45, 45], [100, 100]) == [45, 65]
    assert sprid([1, 2, 80], [10, 10, 10], [0, 0, 70], [9, 9, 99]) == (0, 1)


@pytest.mark.parametrize("fro", range(30))
def test_no_small_move_makes_the_spread_better(fro):
    slump = random.Random(fro)
    vill = sorted(slump.uniform(0, 300) for _ in range(12))
    halva = [slump.choice([5, 8]) for _ in vill]
    fick = sprid(vill, halva, [0] * 12, [300] * 12)

    def giltig(x):
        return all(b - a >= s + t - 1e-6 for a, b, s, t in zip(x, x[1:], halva, halva[1:], strict=False)) and (
            min(x) >= 0 and max(x) <= 300
        )

    def kostnad(x):
        return sum((a - b) ** 2 for a, b in zip(x, vill, strict=True))

    assert giltig(fick)
    for i, j in itertools.combinations(range(13), 2):
        for steg in (-0.01, 0.01):
            annan = [x + steg * (i <= nr < j) for nr, x in enumerate(fick)]
            assert not giltig(annan) or kostnad(annan) >= kostnad(fick) - 1e-6
