"""What the annual wheel is made of: its rings and their forms, its measures, a day in it, and how a form is drawn.

Pure functions; `hjulplats.py` says where things lie and `hjul.py` draws the wheel.
"""

import math
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import escape

from samordning.karna import diagram

FARGER = diagram.FARGER | {
    "t1": "#13716f", "t2": "#b04a33", "t3": "#965d06", "t4": "#4c6f8a", "t5": "#6f6389", "ned": "#ebeae4",
    "fara": "#a5331f", "farayta": "#fbece8", "varnyta": "#fdf2d8", "diabas": "#10292e",
}  # fmt: skip
# Advance widths of Source Sans 3 in thousandths of the size (its other letters are taken as wide as a d). Paper needs
# them to set a text along an arc letter by letter, which WeasyPrint cannot do by itself.
_TECKEN = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ .,-–…()/:!"
_BREDDER = (
    504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467, 719,
    446, 467, 425, 504, 504, 542, 543, 588, 571, 615, 527, 494, 617, 652, 263, 479, 579, 486, 727, 647, 664, 566, 664,
    569, 534, 536, 645, 515, 786, 513, 476, 539, 544, 544, 664, 200, 249, 249, 311, 480, 948, 303, 303, 350, 249, 289,
)  # fmt: skip
BREDDER = dict(zip(_TECKEN, _BREDDER, strict=True)) | dict.fromkeys("0123456789", 497)
FET = 1.045  # how much wider the bold cuts are
HORN = {"romb": 4, "sexhorning": 6, "femhorning": 5, "triangel": 3}


@dataclass(frozen=True)
class Marke:
    """A day or a period of the wheel. `lage` is klar, sen, snart, kommer or installd, and `ord` the state in words."""

    ring: str
    dag: date
    text: str
    lage: str
    ord: str
    slut: date | None = None
    lank: str = ""
    oviss: bool = False  # only the month is known

    @property
    def sist(self):
        """Its last day."""
        return self.slut or self.dag


@dataclass(frozen=True)
class Ringform:
    nyckel: str
    namn: str
    farg: str
    form: str


# From the outside in; the keys are those of `ekonomi.models.Ring`.
RINGAR = (
    Ringform("beredning", "Beredningsgrupp", "t1", "cirkel"),
    Ringform("presidium", "Presidium", "t4", "romb"),
    Ringform("styrelse", "Styrelse", "t2", "kvadrat"),
    Ringform("ekonomi", "Ekonomi", "t3", "sexhorning"),
    Ringform("uppfoljning", "Uppföljning", "t5", "femhorning"),
    Ringform("kansli", "Kansli", "alla", "triangel"),
)
LAGEN = ("sen", "snart", "kommer", "klar", "installd")  # the gravest first: what several days together are shown as


@dataclass(frozen=True)
class Matt:
    """The measures of a wheel in its own units, which are CSS pixels where it is shown at full size."""

    sida: int
    manad: tuple[float, float]  # radii of the ring of months
    ut: float  # outer radius of the rings
    inn: tuple[float, float]  # the least and the largest radius of the middle
    bana: float  # how high a lane of days is
    topp: float  # how much higher one of triangles is
    band: tuple[float, float]  # how high a lane of periods is: as low as, as high as
    luft: float  # between rings
    halv: float  # half of what a day takes along its lane
    tillagg: float  # what a halo, a sign or a second outline adds to that
    kortast: float  # a period that is shorter than this along its ring is drawn as a day
    storlek: dict[str, float] = field(hash=False)  # radius of each form
    text: float
    manadstext: float
    stor: bool  # with texts along arcs

    def banhojd(self, ring: Ringform) -> float:
        return self.bana + (self.topp if ring.form == "triangel" else 0)


BRED = Matt(
    sida=800, manad=(361, 390), ut=358, inn=(50, 96), bana=31, topp=4, band=(16, 20), luft=3, halv=15.2, tillagg=2.8,
    kortast=26, text=14, manadstext=17, stor=True,
    storlek={"cirkel": 13, "romb": 14.8, "kvadrat": 10.6, "sexhorning": 13.8, "femhorning": 14.4, "triangel": 17},
)  # fmt: skip
SMAL = Matt(
    sida=360, manad=(160, 176), ut=159, inn=(30, 36), bana=18.5, topp=2.6, band=(2.5, 6), luft=0, halv=10.1,
    tillagg=1.2, kortast=12, text=11, manadstext=12, stor=False,
    storlek={"cirkel": 8.4, "romb": 9.4, "kvadrat": 7, "sexhorning": 9, "femhorning": 9.4, "triangel": 10.6},
)  # fmt: skip


# ---- Shapes


def pol(mitt: float, radie: float, vinkel: float) -> tuple[float, float]:
    """The point at an angle from the top, clockwise, around (mitt, mitt)."""
    v = math.radians(vinkel)
    return mitt + radie * math.sin(v), mitt - radie * math.cos(v)


def fyll(farg):
    return f'class="f-{farg}" fill="{FARGER[farg]}"'


def linje(farg, bredd, mer=""):
    return f'class="s-{farg}" fill="none" stroke="{FARGER[farg]}" stroke-width="{bredd}"{mer}'


def bada(inne, kant, bredd, mer=""):
    """The attributes of a shape with one colour inside and another around it."""
    farger = f'class="f-{inne} s-{kant}" fill="{FARGER[inne]}" stroke="{FARGER[kant]}"'
    return f'{farger} stroke-width="{bredd}" stroke-linejoin="round"{mer}'


def text_vid(text, x, y, storlek, farg):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{storlek}" font-weight="700" {fyll(farg)}>{text}</text>'


def bredd(text: str, storlek: float) -> float:
    """About how wide a text is."""
    return sum(BREDDER.get(tecken, 555) for tecken in text) * storlek / 1000


def korta(text: str, storlek: float, plats: float) -> str:
    """As much of a text as there is room for; nothing rather than a letter or two."""
    if bredd(text, storlek) <= plats:
        return text
    while text and bredd(text + "…", storlek) > plats:
        text = text[:-1]
    return text.rstrip(" ,.:;–-(") + "…" if len(text) > 2 else ""


def langs_bage(text: str, mitt: float, radie: float, vinkel: float, storlek: float, fet: bool, omvant: bool) -> str:
    """A text with its middle at an angle of an arc as the attributes and letters of <text>, each letter turned."""
    skala = storlek / 1000 * (FET if fet else 1)
    har = -bredd(text, storlek) / 2 * (FET if fet else 1)
    lagen = []
    for tecken in text:
        halv = BREDDER.get(tecken, 555) * skala / 2
        v = vinkel + (-1 if omvant else 1) * math.degrees((har + halv) / radie)
        x, y = pol(mitt, radie, v)
        vridning = v + 180 if omvant else v
        x, y = x - halv * math.cos(math.radians(vridning)), y - halv * math.sin(math.radians(vridning))
        lagen.append((f"{x:.1f}", f"{y:.1f}", f"{vridning:.1f}"))
        har += 2 * halv
    x, y, vridningar = (" ".join(tal) for tal in zip(*lagen, strict=True))
    return f' x="{x}" y="{y}" rotate="{vridningar}" text-anchor="start">{escape(text)}</text>'


def form(sort: str, x: float, y: float, r: float, attribut: str) -> str:
    """The form of a ring, upright. `r` reaches its corners, but half the side of the square."""
    if sort == "cirkel":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {attribut}/>'
    if sort == "kvadrat":
        sida = f'width="{2 * r:.1f}" height="{2 * r:.1f}" rx="1.5"'
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" {sida} {attribut}/>'
    vinklar = [2 * math.pi * i / HORN[sort] for i in range(HORN[sort])]
    horn = " ".join(f"{x + r * math.sin(v):.1f},{y - r * math.cos(v):.1f}" for v in vinklar)
    return f'<polygon points="{horn}" {attribut}/>'


def bock(x, y, s, farg):
    """A tick; `s` is half its width."""
    bana = f"M{x - s:.1f} {y:.1f}l{s * 0.7:.1f} {s * 0.7:.1f}L{x + s:.1f} {y - s * 0.7:.1f}"
    return f'<path d="{bana}" {linje(farg, round(s * 0.5, 1))} stroke-linecap="round" stroke-linejoin="round"/>'


def utrop(x, y, matt):
    """The sign of what is late."""
    r, storlek = (5.2, 10) if matt.stor else (3.2, 6.5)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" {fyll("fara")}/>' + text_vid(
        "!", x, y + storlek * 0.34, storlek, "yta"
    )


def dagmarke(ring: Ringform, x: float, y: float, matt: Matt, lage: str, tecken: str, *, streckad=False, flera=False):
    """A day: the form of its ring, its state by fill and edge, and what stands in it (`tecken`, "" for nothing).

    `streckad`: the day is not decided. `flera`: it stands for several.
    """
    r, kant, text, tunn = matt.storlek[ring.form], ring.farg, ring.farg, 1.75 if matt.stor else 1.4
    mer, under = ' stroke-dasharray="3 2.4"' if streckad else "", []
    if lage == "snart":
        gloria = matt.tillagg * (0.72 if ring.form == "kvadrat" else 1)  # its corners reach far enough
        under.append(form(ring.form, x, y, r + gloria, bada("raps", "text", 0.75)))
    if flera:
        steg = matt.tillagg * 0.7
        under.append(form(ring.form, x + steg, y - steg, r, bada("yta", "fara" if lage == "sen" else kant, 1.25)))
    if lage == "sen":
        text, stil = "fara", bada("farayta", "fara", 2.75 if matt.stor else 2, mer)
    elif lage == "installd":
        text, stil = "text2", bada("yta", "kant", tunn, mer)
    elif lage == "klar" or streckad:
        stil = bada("yta", kant, tunn, mer)
    else:
        text, stil = "yta", bada(kant, "yta", 1.25 if matt.stor else 1)
    return "".join(under) + form(ring.form, x, y, r, stil) + _inuti(ring, x, y, matt, lage, tecken, text)


def _inuti(ring, x, y, matt, lage, tecken, farg):
    """The number and the sign of the state."""
    delar, storlek = [], matt.text - (ring.form == "triangel" or lage == "sen" and matt.stor) - (len(tecken) > 2)
    ner = {"triangel": 0.43, "femhorning": 0.4}.get(ring.form, 0.35)  # where a form has its room
    if lage == "klar" and matt.stor:
        triangel = ring.form == "triangel"
        if tecken:
            storlek, ner = 12, 0.5 if triangel else 0.13
        delar.append(bock(x, y + (-5.5 if triangel else 6 if tecken else 0), 2.4 if triangel else 3.2, farg))
    if tecken:
        undan = 1.2 if lage == "sen" and matt.stor else 0
        delar.append(text_vid(tecken, x - undan, y + storlek * ner + undan, storlek, farg))
    if lage == "installd":
        r = matt.storlek["cirkel"] * 0.85
        delar.append(f'<path d="M{x - r:.1f} {y + r:.1f}L{x + r:.1f} {y - r:.1f}" {linje("text2", 1.75)}/>')
    if lage == "sen":
        delar.append(utrop(x + matt.halv * 0.56, y - matt.halv * 0.56, matt))
    return "".join(delar)
