"""The count rows of outcome reports as a model: what an outsider knows of them (7.4) and what is protected (7.6.1)."""

from dataclasses import dataclass

from uppfoljning.rojande.motor import Modell

KON = ("K", "M", "O")
DELAR = (*KON, "T")

LIKA = (  # left = sum of right
    ("P1", "P2", "P3"), ("P1", "P4", "P5"), ("P4", "P6", "P7"), ("P7", "H1", "H5_7"), ("H1", "H2", "H3", "H4"),
    ("H1", "H2_m2", "H3_m2", "H4_m2"), ("U1", "U2", "U3"),
)  # fmt: skip
HOGST = (  # sum of left <= right
    (("X2",), "X1"), (("X1", "X3", "X4"), "P7"), (("S2",), "S1"), (("S1",), "P7"), (("S2",), "S2_under"),
    (("S2_under",), "S1"), (("S2_over",), "S2"), (("U1",), "P1"), (("U2",), "P5"), (("U3",), "P4"), (("U4",), "U1"),
    (("U4",), "P3"), (("U5",), "U1"), (("U5",), "P3"), (("U6",), "U1"), (("T1_par",), "P7"), (("F3_par",), "P7"),
    (("F3_start",), "F3_par"), (("F3_slut",), "F3_par"), (("F3_nya",), "F3_slut"),
    (("F3_nya", "F3_start"), "F3_par"),
)  # fmt: skip
M2 = ((("H2_m2",), "H2"), (("H4_m2",), "H4"), (("H3",), "H3_m2"))

# 7.6.1 with beslut.md 26, and the counts that shares give away: (count, its denominator).
KOMPLEMENT = (
    ("X1", "P7"), ("X2", "P7"), ("X3", "P7"), ("X4", "P7"), ("H1", "P7"), ("S1", "P7"), ("X2", "X1"), ("H2", "H1"),
    ("H3", "H1"), ("H4", "H1"), ("H2_m2", "H1"), ("H3_m2", "H1"), ("H4_m2", "H1"), ("H2_m2", "H2"), ("H4_m2", "H4"),
    ("S2", "S1"), ("S2_under", "S1"), ("S2_over", "S1"), ("S2_under", "S2"), ("S2_over", "S2"),
    ("F3_par", "P7"), ("F3_start", "F3_par"), ("F3_slut", "F3_par"), ("F3_nya", "F3_slut"),
)  # fmt: skip
ALLA = (("X3", "P7"), ("H4", "H1"))  # all of a group under ten have the outcome
LITEN_GRUPP = 10

HALVOR_SUMMERAS = (
    "P3", "P4", "P6", "P7", "X1", "X2", "X3", "X4", "H1", "H5_7", "H2", "H3", "H4", "H2_m2", "H3_m2", "H4_m2",
    "S1", "S2", "S2_under", "S2_over", "T1_par", "F3_par", "F3_start", "F3_slut", "F3_nya",
)  # fmt: skip
INTE_OVER_INSATSER = ("U1", "U2", "U3", "U4", "U5", "U6")
AV_FLERA = ("U1", "U2", "U4", "U5")  # a person counts once in every insats where it is true

# What a row costs more than others to lose.
DYRARE = {"P3": 1.6, "P4": 1.6, "X1": 1.5, "P1": 1.3, "P7": 1.2, "H2": 1.3, "S2": 1.2, "X2": 1.2, "U1": 1.2}


@dataclass(frozen=True)
class Del:
    """One part of the document: its count rows by scope (None = the association), and which half or year it is."""

    nr: int
    rader: dict
    period: tuple
    lista: tuple = ()

    @property
    def ar(self):
        return self.period[0][:4]

    @property
    def slag(self):
        """ "h1", "h2", "ar" or "" """
        return {("01-01", "06-30"): "h1", ("07-01", "12-31"): "h2", ("01-01", "12-31"): "ar"}.get(
            tuple(dag[5:] for dag in self.period) if self.period[0][:4] == self.period[1][:4] else None, ""
        )


def antal(celler):
    """{row: {T, K, M, O: count}} of one set of cells; what the report lacks is left out."""
    rader = {
        cell: dict(delar) for cell, delar in celler.items()
        if cell[0] in "PXHSU" and isinstance(delar["T"], int) and cell not in ("H5", "H6", "H7")
    }  # fmt: skip
    utan_par = [celler[cell] for cell in ("H5", "H6", "H7") if cell in celler]
    if utan_par:
        rader["H5_7"] = {kon: sum(cell[kon] for cell in utan_par) for kon in DELAR}

    def andel(cell, namn, av, rad):
        if cell in celler and all(isinstance(celler[cell][kon], dict) for kon in DELAR):
            rader[rad] = {
                kon: round((celler[cell][kon][namn] or 0) * rader[av][kon]) for kon in DELAR
            }  # fmt: skip

    if "S1" in rader:
        andel("S3", "andel_t_minus_1", "S1", "S2_under")
        andel("S3", "andel_t_plus_1", "S1", "S2_over")
    for cell in ("T1", "F3"):
        if cell in celler:
            rader[f"{cell}_par"] = {kon: celler[cell][kon]["par"] for kon in DELAR}
    if "F3" in celler:
        andel("F3", "start", "F3_par", "F3_start")
        andel("F3", "slut", "F3_par", "F3_slut")
        andel("F3", "nya", "F3_slut", "F3_nya")
    return rader


def slag_av(modell, delar):
    """{part number: "h1", "h2" or "ar"} of the parts that hang together, with the half that no document shows."""
    slag = {d.nr: d.slag for d in delar if d.slag}
    osedda = {nyckel[0] for nyckel in modell.nycklar} - {d.nr for d in delar}
    for nr in osedda:
        slag[nr] = next(iter({"h1", "h2"} - set(slag.values())))
    return slag


def bygg(delar, k, m=1):
    """The model of all parts together. Keys: (part, scope, sex, row)."""
    modell = Modell()
    for d in delar:
        for omfang, rader in d.rader.items():
            for rad, tal in rader.items():
                for kon in DELAR:
                    _ny(modell, (d.nr, omfang, kon, rad), tal[kon], fast=omfang is not None and rad == "U6")
    osedda = _osedd_halva(modell, delar)
    for d in (*delar, *osedda):
        _inom(modell, d, m)
        _over_insatser(modell, d)
    _halvor(modell, delar, osedda)
    for nr in range(len(modell.varden)):
        del_, omfang, kon, rad = modell.nycklar[nr]
        if kon in KON:
            andra = [modell.index.get((del_, omfang, annan, rad)) for annan in KON]
            modell.grupp[nr] = tuple(n for n in andra if n is not None and modell.varden[n])
    for d in (*delar, *osedda):
        _skyddade(modell, d, k)
    return modell


def _ny(modell, nyckel, varde, **val):
    _, omfang, kon, rad = nyckel
    pris = (3 if kon == "T" else 1) if omfang is not None else (24 if kon == "T" else 9)
    modell.ny(nyckel, varde, pris * DYRARE.get(rad, 1), **val)


def _osedd_halva(modell, delar):
    """The half that no document shows but that the year less the other half gives (7.6.5)."""
    ar = next((d for d in delar if d.slag == "ar"), None)
    halvor = [d for d in delar if ar and d.slag in ("h1", "h2") and d.ar == ar.ar]
    if len(halvor) != 1:
        return []
    sedd = halvor[0]
    rader = {}
    for omfang, arets in ar.rader.items():
        halvans = sedd.rader.get(omfang)
        skillnad = {
            rad: {kon: arets[rad][kon] - (halvans[rad][kon] if halvans else 0) for kon in DELAR}
            for rad in (*HALVOR_SUMMERAS, *(("U4",) if omfang is None else ()))
            if rad in arets
        }
        if sedd.slag == "h2" and "P1" in arets:
            skillnad["P2"] = dict(arets["P2"])
            skillnad["P5"] = dict(halvans["P2"]) if halvans else dict.fromkeys(DELAR, 0)
            skillnad["P1"] = {kon: skillnad["P2"][kon] + skillnad["P3"][kon] for kon in DELAR}
        rader[omfang] = {rad: tal for rad, tal in skillnad.items() if min(tal.values()) >= 0}
    nr = max(d.nr for d in delar) + 1
    period = (f"{ar.ar}-01-01", f"{ar.ar}-06-30") if sedd.slag == "h2" else (f"{ar.ar}-07-01", f"{ar.ar}-12-31")
    for omfang, tal in rader.items():
        for rad, delar_ in tal.items():
            for kon in DELAR:
                _ny(modell, (nr, omfang, kon, rad), delar_[kon], osynlig=True)
    return [Del(nr, rader, period)]


def _inom(modell, d, m):
    """7.4 within one table, and what else is true of every table by the definitions of its cells."""
    for omfang, rader in d.rader.items():
        for kon in DELAR:

            def n(rad, c=1, omfang=omfang, kon=kon):
                return ((d.nr, omfang, kon, rad), c)

            for vanster, *hoger in LIKA:
                modell.relation([n(vanster), *(n(rad, -1) for rad in hoger)], True)
            for vanster, hoger in (*HOGST, *(M2 if m <= 2 else ())):
                modell.relation([n(hoger), *(n(rad, -1) for rad in vanster)], False)
            # own income at exit that is not new was there at start
            modell.relation([n("F3_start"), n("F3_nya"), n("F3_slut", -1)], False)
        for rad in rader:
            modell.relation([((d.nr, omfang, "T", rad), 1), *(((d.nr, omfang, kon, rad), -1) for kon in KON)], True)
        if omfang is not None:
            _personer_i_en_insats(modell, d, omfang)
        if omfang in d.lista:  # a table that is there has somebody in it
            for rad in ("P1", "U1"):
                modell.relation([((d.nr, omfang, "T", rad), 1)], False, minst=1)


def _personer_i_en_insats(modell, d, omfang):
    """Stays of one person in one insats never overlap (7.3), so persons and stays are nearly the same numbers."""
    for kon in DELAR:

        def n(rad, c=1, var=omfang, kon=kon):
            return ((d.nr, var, kon, rad), c)

        modell.relation([n("U2"), n("P5", -1)], True)
        for var in (omfang, None):  # who was there before is not new
            modell.relation([n("U1", 1, var), n("U4", -1, var), n("P2", -1)], False)
        if d.rader[omfang].get("U5", {}).get(kon) == 0:  # nobody came back: one stay each
            modell.relation([n("P1"), n("U1", -1)], True)


def _over_insatser(modell, d):
    insatser = [omfang for omfang in d.rader if omfang is not None]
    if None not in d.rader or not insatser:
        return
    for rad in d.rader[None]:
        for kon in DELAR:
            alla = ((d.nr, None, kon, rad), 1)
            per = [((d.nr, omfang, kon, rad), -1) for omfang in insatser]
            if rad not in INTE_OVER_INSATSER and rad != "anonyma":
                modell.relation([alla, *per], True)
            elif rad in ("U1", "U2", "U3", "U4", "U5") and "U6" in d.rader[None]:
                summa = [(nyckel, 1) for nyckel, _ in per]
                flera = (d.nr, None, kon, "U6")
                modell.relation([*summa, (alla[0], -1)], False)
                if rad in AV_FLERA:
                    for nyckel, _ in per:
                        modell.relation([alla, (nyckel, -1)], False)
                    modell.relation([(flera, len(per) - 1), alla, *per], False)
                if rad == "U1":
                    modell.relation([*summa, (alla[0], -1), (flera, -1)], False)
                    if len(per) == 2:
                        modell.relation([*summa, (alla[0], -1), (flera, -1)], True)


def _halvor(modell, delar, osedda):
    slag = {d.slag: d for d in (*delar, *osedda) if d.slag}
    if not slag.keys() >= {"ar", "h1", "h2"} or len({d.ar for d in slag.values()}) > 1:
        return
    ar, h1, h2 = slag["ar"], slag["h1"], slag["h2"]
    for omfang in ar.rader:
        for kon in DELAR:

            def n(d, rad, c=1, omfang=omfang, kon=kon):
                # a half without the insats had nobody in it
                return [((d.nr, omfang, kon, rad), c)] if omfang in d.rader else []

            for rad in (*HALVOR_SUMMERAS, *(("U4",) if omfang is None else ())):
                modell.relation([*n(ar, rad), *n(h1, rad, -1), *n(h2, rad, -1)], True)
            modell.relation([*n(ar, "P2"), *n(h1, "P2", -1)], True)
            modell.relation([*n(ar, "P5"), *n(h2, "P5", -1)], True)
            modell.relation([*n(h1, "P5"), *n(h2, "P2", -1)], True)
            modell.relation([*n(ar, "U2"), *n(h2, "U2", -1)], True)
            for rad in ("U1", "U4", "U5", "U6"):
                modell.relation([*n(ar, rad), *n(h2, rad, -1)], False)
            # the year's persons that the second half lacks have ended in the first; re-entries are starts
            modell.relation([*n(h1, "P4"), *n(ar, "U1", -1), *n(h2, "U1")], False)
            modell.relation([*n(h1, "P3"), *n(ar, "U5", -1), *n(h2, "U5")], False)


def _skyddade(modell, d, k):
    for omfang, rader in d.rader.items():
        for kon in DELAR:

            def varde(rad, rader=rader, kon=kon):
                return rader[rad][kon]

            for rad in rader:
                if 1 <= varde(rad) < k and not (rad == "U6" and omfang is not None):
                    modell.skydda([((d.nr, omfang, kon, rad), 1)], k)
            for rad, av in KOMPLEMENT:
                if rad in rader and av in rader and 1 <= abs(varde(av) - varde(rad)) < k:
                    tecken = 1 if varde(av) >= varde(rad) else -1
                    modell.skydda([((d.nr, omfang, kon, rad), -tecken), ((d.nr, omfang, kon, av), tecken)], k)
            for rad, av in ALLA:
                if rad in rader and av in rader and 0 < varde(rad) == varde(av) < LITEN_GRUPP:
                    modell.skydda([((d.nr, omfang, kon, rad), 1)], k)
                    modell.skydda([((d.nr, omfang, kon, rad), -1), ((d.nr, omfang, kon, av), 1)], k)
