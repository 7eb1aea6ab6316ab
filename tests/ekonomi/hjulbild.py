"""Days of a wheel for the tests, and what can be read out of its picture: forms, arcs, and whether they overlap."""

import math
import random
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from ekonomi.hjul import Marke
from ekonomi.models import Ring

AR = 2026
IDAG = date(AR, 6, 10)
LAGEN = ("klar", "sen", "snart", "kommer", "installd")
S = "{http://www.w3.org/2000/svg}"


def marke(dag=date(AR, 3, 16), ring="styrelse", text="Styrelse", lage="kommer", **falt):
    return Marke(ring, dag, text, lage, falt.pop("ord", "Inte kallat"), lank=falt.pop("lank", "/dag/"), **falt)


def slumpade(antal, fro, ar=AR, ringar=tuple(Ring.values), perioder=0.2, inom=365):
    """So many days and periods anywhere in the year, each with its number as text and link."""
    slump = random.Random(fro)
    marken = []
    for nr in range(antal):
        dag = date(ar, 1, 1) + timedelta(slump.randrange(inom))
        slut = dag + timedelta(slump.choice([2, 10, 30, 60, 120])) if slump.random() < perioder else None
        marken.append(
            marke(
                dag, slump.choice(ringar), f"P{nr}", slump.choice(LAGEN), lank=f"/{nr}/", slut=slut,
                oviss=not slut and slump.random() < 0.1,
            )
        )  # fmt: skip
    return marken


def manga():
    """Sets that are hard to lay out, with the year each is of."""
    yield from (pytest.param(AR, slumpade(80, fro), id=f"80-{fro}") for fro in range(12))
    yield from (pytest.param(AR, slumpade(150, fro), id=f"150-{fro}") for fro in range(6))
    yield pytest.param(AR, slumpade(80, 1, ringar=("kansli",)), id="innersta ringen")
    yield pytest.param(AR, slumpade(80, 2, ringar=("beredning",), inom=20), id="en manad")
    yield pytest.param(AR, slumpade(60, 3, perioder=1), id="bara perioder")
    yield pytest.param(2028, slumpade(80, 4, ar=2028, inom=366), id="skottar")
    samma = [marke(text=f"P{nr}", ring=ring, lank=f"/{nr}/") for nr, ring in enumerate(list(Ring.values) * 13)]
    yield pytest.param(AR, samma, id="samma dag")
    manadsvis = [
        marke(date(AR, m, d), "kansli", f"P{m}{d}", "sen", lank=f"/{m}{d}/") for m in range(1, 13) for d in (1, 15)
    ]
    yield pytest.param(AR, manadsvis, id="tva i varje manad")


def las(svg):
    return ET.fromstring(str(svg))  # noqa: S314  our own


class Bild:
    """What can be read out of the SVG alone: the forms of each link, the arcs of the periods."""

    def __init__(self, svg):
        self.rot = las(svg)
        self.mitt = float(self.rot.get("viewBox").split()[2]) / 2
        self.saker = [barn for barn in self.rot if barn.tag in (f"{S}a", f"{S}g") and not barn.get("aria-hidden")]
        self.perioder = [sak for sak in self.saker if sak.get("class") == "period"]
        self.dagar = [sak for sak in self.saker if sak not in self.perioder]

    @staticmethod
    def titel(sak):
        return sak.find(f"{S}title").text

    def lankar(self):
        return [(sak.get("href"), self.titel(sak)) for sak in self.saker]

    @staticmethod
    def _former(sak):
        return [barn for barn in sak if barn.tag in (f"{S}circle", f"{S}rect", f"{S}polygon")]

    def polygoner(self, sak):
        return [horn(form) for form in self._former(sak)]

    def huvudform(self, sak):
        """The middle of the form that carries the number: the last but the sign of what is late."""
        former = [form for form in self._former(sak) if form.get("class") != "f-fara"]
        punkter = horn(former[-1])
        return sum(x for x, _ in punkter) / len(punkter), sum(y for _, y in punkter) / len(punkter)

    def riktning(self, x, y):
        return math.degrees(math.atan2(x - self.mitt, self.mitt - y)) % 360

    def vinkel(self, sak):
        return self.riktning(*self.huvudform(sak))

    def sektor(self, sak):
        """(inner radius, outer radius, from, to in degrees) of a period."""
        tal = [float(t) for t in re.findall(r"-?\d+\.?\d*", sak.find(f"{S}path").get("d"))]
        (x0, y0, r1), lang, (x1, y1), r0 = tal[:3], tal[5], tal[7:9], tal[11]
        fran, till = (self.riktning(x, y) for x, y in ((x0, y0), (x1, y1)))
        till += 360 if till <= fran else 0
        assert (till - fran > 180) == bool(lang)
        return r0, r1, fran, till


def horn(form):
    """A form as a polygon."""
    if form.tag == f"{S}circle":
        x, y, r = (float(form.get(namn)) for namn in ("cx", "cy", "r"))
        return [(x + r * math.cos(v), y + r * math.sin(v)) for v in (2 * math.pi * i / 24 for i in range(24))]
    if form.tag == f"{S}rect":
        x, y, b, h = (float(form.get(namn)) for namn in ("x", "y", "width", "height"))
        return [(x, y), (x + b, y), (x + b, y + h), (x, y + h)]
    return [tuple(map(float, punkt.split(","))) for punkt in form.get("points").split()]


def djup(ett, annat):
    """How far two convex polygons lie into each other (separating axes); 0 when they do not."""
    minst = math.inf
    for polygon in (ett, annat):
        for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
            langd = math.hypot(x1 - x0, y1 - y0)
            nx, ny = (y1 - y0) / langd, (x0 - x1) / langd
            a, b = ([x * nx + y * ny for x, y in punkter] for punkter in (ett, annat))
            minst = min(minst, max(a) - min(b), max(b) - min(a))
            if minst <= 0:
                return 0
    return minst


def kanten(polygon):
    for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        yield from ((x0 + (x1 - x0) * t / 8, y0 + (y1 - y0) * t / 8) for t in range(8))
