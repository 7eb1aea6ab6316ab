"""Reports for the tests without a database, and cells hidden at random without disclosure control, so that what is
shown is tried against any mask."""

import copy
import random

from uppfoljning.rojande import DOLT
from uppfoljning.statistik import avrunda, omdome, wilson

KON = ("K", "M", "O")
DELAR = (*KON, "T")
NAMN = {"a": "Mofalla Lantgård", "b": "Rörsås Lantliv", "c": "Gläntan"}
KODER = {"FK": "Sjukpenning", "LON": "Lön"}


def slumpad_rapport(fro, insatser=("a", "b"), hogst=60, malgrupp="intern"):
    """A half-year report of H2 with its year: cells at random that agree with each other as far as a reader sees."""
    r = random.Random(fro)
    delar = [
        _utfall(r, period, insatser, hogst, malgrupp)
        for period in (["2024-07-01", "2024-12-31"], ["2024-01-01", "2024-12-31"])
    ]
    return {
        "rapport": "halvar", "version": 1, "period": "2024H2", "for": malgrupp, "delar": delar,
        "namn": {slug: NAMN[slug] for slug in insatser}, "koder": KODER, "datakvalitet": None,
        "utelamnat": ["Något är utelämnat."], "forslag": [],
    }  # fmt: skip


def _utfall(r, period, insatser, hogst, malgrupp):
    antal = {slug: {kon: _antal(r, hogst if kon != "O" else hogst // 8) for kon in KON} for slug in insatser}
    alla = {kon: _summa(antal[slug][kon] for slug in insatser) for kon in KON}
    k = None if malgrupp == "intern" else 5
    return {
        "rapport": "utfall", "version": 1, "period": period, "for": malgrupp, "insatser": list(insatser),
        "installningar": {"t": 7, "m": 1, "k": k, "fonster_dagar": 30},
        "celler": _celler(alla, malgrupp),
        "per_insats": {slug: {"celler": _celler(antal[slug], malgrupp)} for slug in insatser},
        "anonyma": None if period[0][5:] == "07-01" else dict(zip(DELAR, (3, 2, 0, 5), strict=True)),
        "identiteter": {"ok": True, "brutna": []},
    }  # fmt: skip


def _antal(r, hogst):
    a = {"P2": r.randint(0, hogst), "P3": r.randint(0, hogst)}
    a["P1"] = a["P2"] + a["P3"]
    a["P4"] = r.randint(0, a["P1"])
    a["P5"] = a["P1"] - a["P4"]
    a["P6"] = r.randint(0, a["P4"] // 4)
    a["P7"] = a["P4"] - a["P6"]
    for del_, av in (("X1", "P7"), ("X2", "X1"), ("H1", "P7"), ("H2", "H1"), ("S1", "P7"), ("S2", "S1")):
        a[del_] = r.randint(0, a[av])
    a["X3"] = r.randint(0, a["P7"] - a["X1"])
    a["X4"] = a["P7"] - a["X1"] - a["X3"]
    a["H3"] = r.randint(0, a["H1"] - a["H2"])
    a["H4"] = a["H1"] - a["H2"] - a["H3"]
    a["H5"] = r.randint(0, a["P7"] - a["H1"])
    a["H6"] = a["P7"] - a["H1"] - a["H5"]
    a["H7"] = 0
    a |= {f"H{n}_m2": a[f"H{n}"] for n in (2, 3, 4)}
    a["U1"] = a["U2"] = a["P1"]
    a |= {f"U{n}": r.randint(0, a["U1"]) for n in (3, 4, 5, 6)}
    a["FK>LON"] = r.randint(0, a["P7"])
    a["saknas>VES"] = a["P7"] - a["FK>LON"]
    return a


def _summa(rader):
    summa: dict = {}
    for rad in rader:
        summa = {cell: summa.get(cell, 0) + antal for cell, antal in rad.items()}
    return summa


def _celler(per_kon, malgrupp):
    delar = per_kon | {"T": _summa(per_kon.values())}
    per_del = {kon: _delens(a) for kon, a in delar.items()}
    celler = {cell: {kon: per_del[kon][cell] for kon in DELAR} for cell in per_del["T"]}
    if malgrupp != "intern":
        utan_par = [celler.pop(cell) for cell in ("H5", "H6", "H7")]
        celler["H5_7"] = {kon: sum(cell[kon] for cell in utan_par) for kon in DELAR}
    return celler


def _delens(a):
    def andel(del_, av):
        return avrunda(a[del_] / a[av], 4) if a[av] else None

    ki = wilson(a["S2"], a["S1"])
    celler = {cell: antal for cell, antal in a.items() if ">" not in cell}
    return celler | {
        "X5": andel("P4", "P1"),
        "H8": andel("H1", "P7"),
        "T1": {"par": a["P7"], "start_medel": 4.25, "slut_medel": 9.5, "median_andring": 5.0},
        "F1": {par: a[par] for par in ("FK>LON", "saknas>VES") if a[par]},
        "F3": {"par": a["FK>LON"], "start": 0.0, "slut": 1.0, "nya": 1.0},
        "S3": {"andel": andel("S2", "S1"), "ki": ki and [avrunda(grans, 4) for grans in ki],
               "omdome": omdome(a["S2"], a["S1"]), "andel_t_minus_1": andel("S2", "S1"),
               "andel_t_plus_1": andel("S2", "S1"), "svarsandel": andel("S1", "P7")},
        "L1": {"medel": 100.5, "median": 99.0},
        "L2": {"medel": 77.25, "median": 70.0},
        "V1": float(a["P1"]),
    }  # fmt: skip


# ---- Hiding


def platser(rapport):
    """Every single value of the report as a path of keys; a matrix is one value."""
    for nr, utfall in enumerate(rapport["delar"]):
        for rot in (("celler",), *(("per_insats", slug, "celler") for slug in utfall["per_insats"])):
            for cell, delar in hamta(utfall, rot).items():
                for kon, varde in delar.items():
                    if isinstance(varde, dict) and cell != "F1":
                        yield from (("delar", nr, *rot, cell, kon, del_) for del_ in varde)
                    else:
                        yield ("delar", nr, *rot, cell, kon)
        if utfall["anonyma"]:
            yield from (("delar", nr, "anonyma", kon) for kon in DELAR)


def hamta(rapport, plats):
    for nyckel in plats:
        rapport = rapport[nyckel]
    return rapport


def valj(rapport, fro, andel):
    """Places to hide, chosen at random."""
    r = random.Random(fro)
    return [plats for plats in platser(rapport) if r.random() < andel]


def dolj(rapport, dolda):
    """A copy with the places hidden; every other hidden matrix lists its pairs as hidden (7.6.2)."""
    rapport = copy.deepcopy(rapport)
    for nr, plats in enumerate(dolda):
        delar = hamta(rapport, plats[:-1])
        matris = plats[-2] == "F1" and nr % 2
        delar[plats[-1]] = {f"{fore}>{efter}": DOLT for fore in KODER for efter in KODER} if matris else DOLT
    return rapport
