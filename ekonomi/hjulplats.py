"""Where everything lies in the annual wheel: pure arithmetic, no drawing and no database.

January is at the top and the year goes clockwise; angles are degrees from the top. A ring has lanes: the outer ones for
periods, the inner ones for days. A day stays in its own month and as near its own place as the others let it; where
there is no room, days of a month become one place that says how many they are. So nothing lies over anything else.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ekonomi.hjulform import RINGAR, Marke, Matt, Ringform


@dataclass(frozen=True)
class Plats:
    """A place in a lane of days: one day, or several that share it."""

    vinkel: float
    radie: float
    poster: tuple[Marke, ...]


@dataclass(frozen=True)
class Bage:
    """A period, or several over each other that have become one arc."""

    fran: float
    till: float
    radier: tuple[float, float]
    poster: tuple[Marke, ...]


@dataclass(frozen=True)
class Ringlage:
    ring: Ringform
    radier: tuple[float, float]
    dagbanor: tuple[float, ...]  # the radius of each lane of days
    platser: tuple[Plats, ...]
    bagar: tuple[Bage, ...]


class Artal:
    """The days of a year as angles."""

    def __init__(self, ar: int):
        self.ar = ar
        self.forsta, self.sista = date(ar, 1, 1), date(ar, 12, 31)
        self.dagar = (self.sista - self.forsta).days + 1
        starter = [self.borjan(date(ar, manad, 1)) for manad in range(1, 13)]
        self.manader = [*starter, 360.0]

    def inom(self, dag):
        """The day itself, or the nearest day of the year."""
        return min(max(dag, self.forsta), self.sista)

    def borjan(self, dag):
        return 360 * (self.inom(dag) - self.forsta).days / self.dagar

    def mitt(self, dag):
        return self.borjan(dag) + 180 / self.dagar

    def slut(self, dag):
        return self.borjan(dag) + 360 / self.dagar

    def onskad(self, marke):
        """Where a day wants to stand: the middle of the month when no more is known."""
        if marke.oviss:
            manad = self.inom(marke.dag).month
            return (self.manader[manad - 1] + self.manader[manad]) / 2
        return self.mitt(marke.dag)


def lagg_ut(ar: int, marken: Sequence[Marke], matt: Matt) -> list[Ringlage]:
    """The six rings with every day and period, given in order of date, in a place of its own, or counted in one."""
    artal = Artal(ar)
    dagar, perioder = _dela(artal, marken, matt)
    bandlanor = _band(artal, perioder, matt)
    banor = [1] * len(RINGAR)
    basta = _prova(artal, dagar, bandlanor, banor, matt)
    while True:
        forslag = []  # another lane in each of the rings where something is lost
        for nr in range(len(RINGAR)):
            fler = [antal + (i == nr) for i, antal in enumerate(banor)]
            if basta[1][nr] and (prov := _prova(artal, dagar, bandlanor, fler, matt)):
                forslag.append((sum(prov[1]), nr, prov, fler))
        if not forslag or min(ett[0] for ett in forslag) > sum(basta[1]) - matt.halv:
            return basta[0]
        _, _, basta, banor = min(forslag, key=lambda ett: ett[:2])


def _dela(artal, marken, matt):
    """(days, periods) per ring in their order. A period too short to be seen as an arc is a day."""
    dagar, perioder = [[] for _ in RINGAR], [[] for _ in RINGAR]
    hojd = (matt.ut - matt.inn[0]) / len(RINGAR)
    nummer = {ring.nyckel: nr for nr, ring in enumerate(RINGAR)}
    for marke in marken:
        nr = nummer[marke.ring]
        radie = matt.ut - hojd * (nr + 0.5)
        grader = artal.slut(marke.sist) - artal.borjan(marke.dag)
        kort = not marke.slut or math.radians(grader) * radie < matt.kortast
        (dagar if kort else perioder)[nr].append(marke)
    return dagar, perioder


# ---- Periods


def _band(artal, perioder, matt):
    """Per ring its lanes of periods, [[(from, to, [Marke])]], no more in all than there is room for."""
    plats = matt.ut - matt.inn[0] - sum(matt.banhojd(ring) + matt.luft for ring in RINGAR)
    tak = [len(_banor(artal, ringens, len(ringens) or 1)) for ringens in perioder]
    while sum(tak) * matt.band[0] > plats and max(tak) > 1:
        mest = max(range(len(tak)), key=lambda nr: (tak[nr], nr))
        tak[mest] -= 1
    return [_banor(artal, ringens, antal or 1) for ringens, antal in zip(perioder, tak, strict=True)]


def _banor(artal, perioder, hogst):
    """Periods beside each other in the fewest lanes; those that find all lanes taken join the one that ends first."""
    banor = []
    for marke in perioder:
        fran, till = artal.borjan(marke.dag), artal.slut(marke.sist)
        ledig = next((bana for bana in banor if bana[-1][1] <= fran), None)
        if ledig is not None:
            ledig.append((fran, till, [marke]))
        elif len(banor) < hogst:
            banor.append([(fran, till, [marke])])
        else:
            bana = min(banor, key=lambda bana: bana[-1][1])
            forst, sist, poster = bana[-1]
            bana[-1] = (forst, max(sist, till), [*poster, marke])
    return banor


# ---- Days


def _prova(artal, dagar, bandlanor, banor, matt):
    """(rings, [what is lost in each ring]) with so many lanes of days; None when that is more than there is room for.

    Lost is how far days are moved beyond what the eye forgives, and much more for days that share a place.
    """
    antal_band = sum(len(lanor) for lanor in bandlanor)
    hojder = [matt.banhojd(ring) for ring in RINGAR]
    rum = matt.ut - matt.inn[0] - sum(matt.luft + n * hojd for n, hojd in zip(banor, hojder, strict=True))
    band = min(matt.band[1], rum / antal_band) if antal_band else 0
    if rum < 0 or antal_band and band < matt.band[0] - 1e-9:
        return None
    over = rum - antal_band * band
    luft = matt.luft + max(0, over - (matt.inn[1] - matt.inn[0])) / len(RINGAR)
    ringar, forluster, ut = [], [], matt.ut
    for ring, ringens, lanor, antal, hojd in zip(RINGAR, dagar, bandlanor, banor, hojder, strict=True):
        inn = ut - luft - len(lanor) * band - antal * hojd
        topp = ut - luft / 2
        bagar = tuple(
            Bage(fran, till, (topp - (nr + 1) * band, topp - nr * band), tuple(poster))
            for nr, lana in enumerate(lanor)
            for fran, till, poster in lana
        )
        topp -= len(lanor) * band
        radier = tuple(topp - (nr + 0.5) * hojd for nr in range(antal))
        platser, forlust = _lagg_ringens(artal, ringens, radier, matt)
        ringar.append(Ringlage(ring, (inn, ut), radier, platser, bagar))
        forluster.append(forlust)
        ut = inn
    return ringar, forluster


@dataclass
class _Post:
    """Days on their way to a place: where they want to stand and the months that they belong to."""

    onskad: float
    poster: list
    manader: tuple[int, int]


def _lagg_ringens(artal, dagar, radier, matt):
    banor = [[] for _ in radier]
    sist = [-1e9] * len(radier)  # in degrees
    poster = [_Post(artal.onskad(marke), [marke], (artal.inom(marke.dag).month,) * 2) for marke in dagar]
    for post in sorted(poster, key=lambda post: (post.onskad, post.poster[0].dag)):
        steg = [math.degrees((2 * matt.halv + matt.tillagg) / radie) for radie in radier]
        vantan = [max(0, ende + ett - post.onskad) for ende, ett in zip(sist, steg, strict=True)]
        nr = min(range(len(radier)), key=lambda nr: (vantan[nr], nr))
        banor[nr].append(post)
        sist[nr] = post.onskad + vantan[nr]
    platser, forlust = [], 0
    for bana, radie in zip(banor, radier, strict=True):
        for post, vinkel in _lagg_banan(artal, bana, radie, matt):
            platser.append(Plats(vinkel, radie, tuple(post.poster)))
            flytt = math.radians(abs(vinkel - post.onskad)) * radie
            forlust += max(0, flytt - matt.halv / 2)
            forlust += 4 * matt.halv * len(post.poster) if len(post.poster) > 1 else 0
    return tuple(platser), forlust


def _lagg_banan(artal, bana, radie, matt):
    """[(post, angle)]: joins the nearest days of a month until the rest have room in their own months."""
    per_grad = math.radians(1) * radie
    bana = list(bana)
    while bana:
        halva = [matt.halv + (matt.tillagg if _vid(post.poster) else 0) for post in bana]
        lagst = [max(artal.manader[post.manader[0] - 1] * per_grad, halva[0]) for post in bana]
        hogst = [min(artal.manader[post.manader[1]] * per_grad, 360 * per_grad - halva[-1]) for post in bana]
        svar = sprid([post.onskad * per_grad for post in bana], halva, lagst, hogst)
        if isinstance(svar, list):
            return [(post, x / per_grad) for post, x in zip(bana, svar, strict=True)]
        a = _som_ska_ihop(bana, *svar)
        ett, annat = bana[a], bana[a + 1]
        n, m = len(ett.poster), len(annat.poster)
        bana[a : a + 2] = [
            _Post(
                (ett.onskad * n + annat.onskad * m) / (n + m), ett.poster + annat.poster,
                (ett.manader[0], annat.manader[1]),
            )
        ]  # fmt: skip
    return []


def _vid(poster):
    """True for what is drawn with something outside its form."""
    return len(poster) > 1 or poster[0].lage in ("sen", "snart")


def _som_ska_ihop(bana, forst, sist):
    """The first of the two neighbours that become one: of the same month if any are, and the nearest."""

    def olika(nr):
        ett, annat = bana[nr], bana[nr + 1]
        return ett.manader[0] != annat.manader[1], len(ett.poster) + len(annat.poster), annat.onskad - ett.onskad, nr

    i_kedjan = [nr for nr in range(forst, sist) if not olika(nr)[0]]
    return min(i_kedjan or range(len(bana) - 1), key=olika)


def sprid(onskat: list[float], halva: list[float], lagst: list[float], hogst: list[float]):
    """Places along a line as near the wished ones as possible (least squares), in order, within their bounds and with
    half of each between neighbours. When there is no room: the indexes (first, last) of a chain that is too crowded.
    """
    n = len(onskat)
    steg = [0.0]
    for ett, annat in zip(halva, halva[1:], strict=False):
        steg.append(steg[-1] + ett + annat)
    # From here everything is without the widths, so that "beside each other" is "not falling".
    fran = [lagst[0]]
    for i in range(1, n):
        fran.append(max(lagst[i] - steg[i], fran[-1]))
    till = [hogst[-1] - steg[-1]]
    for i in range(n - 2, -1, -1):
        till.insert(0, min(hogst[i] - steg[i], till[0]))
    for i in range(n):
        if fran[i] > till[i] + 1e-9:
            return _kedja(i, fran, till)
    grupper = []  # [sum, count]: pool adjacent violators
    for vill, bredd in zip(onskat, steg, strict=True):
        grupper.append([vill - bredd, 1])
        while len(grupper) > 1 and grupper[-2][0] * grupper[-1][1] >= grupper[-1][0] * grupper[-2][1]:
            summa, antal = grupper.pop()
            grupper[-1][0] += summa
            grupper[-1][1] += antal
    jamna = [summa / antal for summa, antal in grupper for _ in range(antal)]
    return [min(max(y, f), t) + s for y, f, t, s in zip(jamna, fran, till, steg, strict=True)]


def _kedja(i, fran, till):
    """The neighbours of a place without room that push against it."""
    forst = sist = i
    while forst and fran[forst - 1] == fran[forst]:
        forst -= 1
    while sist < len(till) - 1 and till[sist + 1] == till[sist]:
        sist += 1
    return forst, sist
