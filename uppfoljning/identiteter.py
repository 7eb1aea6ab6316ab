"""What must hold between the cells of an outcome report (rapportdefinitioner.md 7.4). Pure: reads the report's dict.

Each identity is data: its number, a left side, a relation and a right side, where a side is a sum of cells.
"""

from decimal import Decimal
from operator import eq, le

DELAR = ("T", "K", "M", "O")
KON = ("K", "M", "O")

IDENTITETER = (
    ("1", ("P1",), eq, ("P2", "P3")),
    ("1", ("P1",), eq, ("P4", "P5")),
    ("2", ("P4",), eq, ("P6", "P7")),
    ("3", ("P7",), eq, ("H1", "H5", "H6", "H7")),
    ("4", ("H1",), eq, ("H2", "H3", "H4")),
    ("4", ("H1",), eq, ("H2_m2", "H3_m2", "H4_m2")),
    ("5", ("X2",), le, ("X1",)),
    ("5", ("X1",), le, ("P7",)),
    ("5", ("X1", "X3", "X4"), le, ("P7",)),
    ("6", ("F1",), eq, ("P7",)),
    ("7", ("S2",), le, ("S1",)),
    ("7", ("S1",), le, ("P7",)),
    ("8", ("U1",), eq, ("U2", "U3")),
    ("8", ("U1",), le, ("P1",)),
    ("8", ("U4",), le, ("U1",)),
    ("8", ("U5",), le, ("U1",)),
    ("8", ("U6",), le, ("U1",)),
)

# 9: the year against its halves; a side is a sum of (report, cell)
HALVARENS = (
    ((("ar", "P3"),), (("h1", "P3"), ("h2", "P3"))),
    ((("ar", "P4"),), (("h1", "P4"), ("h2", "P4"))),
    ((("ar", "P1"),), (("h1", "P2"), ("ar", "P3"))),
    ((("h1", "P5"),), (("h2", "P2"),)),
)

PERSONER = tuple(f"U{n}" for n in range(1, 7))
SUMMERAS = (
    *(f"P{n}" for n in range(1, 8)), *(f"X{n}" for n in range(1, 5)), *(f"H{n}" for n in range(1, 8)),
    "H2_m2", "H3_m2", "H4_m2", "S1", "S2",
)  # fmt: skip
V1_SLACK = Decimal("0.02")  # four numbers, each rounded to two decimals


def _antal(celler, cell, del_):
    """A count; a matrix counts as its sum; a cell that the report lacks (m = 2 in older ones) as None."""
    if cell not in celler:
        return None
    varde = celler[cell][del_]
    return sum(varde.values()) if isinstance(varde, dict) else varde


def _summa(celler, sida, del_):
    varden = [_antal(celler, cell, del_) for cell in sida]
    return None if None in varden else sum(varden)


def _inom(celler):
    """Numbers and parts of the identities that one set of cells breaks (1-8 and 10)."""
    for del_ in DELAR:
        for nr, vanster, relation, hoger in IDENTITETER:
            a, b = _summa(celler, vanster, del_), _summa(celler, hoger, del_)
            if a is not None and b is not None and not relation(a, b):
                yield nr, del_
    for cell in (*SUMMERAS, *PERSONER):
        if cell in celler and sum(celler[cell][kon] for kon in KON) != celler[cell]["T"]:
            yield "10", "T"
    if _matris([celler["F1"][kon] for kon in KON]) != celler["F1"]["T"]:
        yield "10", "T"
    veckor = {del_: Decimal(str(celler["V1"][del_])) for del_ in DELAR}
    if abs(sum(veckor[kon] for kon in KON) - veckor["T"]) > V1_SLACK:
        yield "10", "T"


def _matris(matriser):
    summa = {}
    for matris in matriser:
        for par, antal in matris.items():
            summa[par] = summa.get(par, 0) + antal
    return summa


def _halvor(ar, h1, h2):
    """9, for one set of cells; a half without the insats has None."""
    celler = {"ar": ar, "h1": h1, "h2": h2}

    def summa(sida, del_):
        return sum(celler[vilken][cell][del_] if celler[vilken] else 0 for vilken, cell in sida)

    for del_ in DELAR:
        if any(summa(vanster, del_) != summa(hoger, del_) for vanster, hoger in HALVARENS):
            yield "9", del_


def _mot_forbundet(rapport):
    """11: the insatser sum to the association."""
    alla = [insats["celler"] for insats in rapport["per_insats"].values()]
    for del_ in DELAR:
        for cell in SUMMERAS:
            if cell in rapport["celler"] and sum(c[cell][del_] for c in alla) != rapport["celler"][cell][del_]:
                yield "11", del_
        if _matris([c["F1"][del_] for c in alla]) != rapport["celler"]["F1"][del_]:
            yield "11", del_


def kontrollera(rapport, halvor=None):
    """{"ok", "brutna"} for a report; `halvor` is its two half-year reports when it covers a whole year."""
    delar = {None: rapport["celler"]} | {slug: rad["celler"] for slug, rad in rapport["per_insats"].items()}
    brutna = {}  # a dict keeps the order and tells each breach once
    for insats, celler in delar.items():
        brott = list(_inom(celler))
        if halvor:
            h1, h2 = (
                halva["celler"] if insats is None else halva["per_insats"].get(insats, {}).get("celler")
                for halva in halvor
            )
            brott += _halvor(celler, h1, h2)
        brutna |= dict.fromkeys((nr, del_, insats) for nr, del_ in brott)
    brutna |= dict.fromkeys((nr, del_, None) for nr, del_ in _mot_forbundet(rapport))
    return {
        "ok": not brutna,
        "brutna": [{"nr": nr, "del": del_, "insats": insats} for nr, del_, insats in brutna],
    }
