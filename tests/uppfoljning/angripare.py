"""An outsider with a protected report: what can be computed from its JSON alone.

Written from rapportdefinitioner.md 7.4, and shares nothing with the product. Unknown whole numbers that are not
negative; equations of the tables, of the insatser against the association and of the year against its halves; counts
that shown shares give away. `intervall` is exact (integer programming), `granser` a quick outer estimate.
"""

import itertools

import numpy as np

DOLT = ".."
KON = "KMO"
ALLA = "TKMO"
H1 = "osedd"  # the half-year that the year less the shown half gives
P = [f"P{i}" for i in range(1, 8)]
ANTAL = [*P, "X1", "X2", "X3", "X4", "H1", "H2", "H3", "H4", "H5_7", "H2_m2", "H3_m2", "H4_m2", "S1", "S2", "F3n",
         "T1n", "t-", "t+", "F3s", "F3e", "F3y"]  # fmt: skip
U = [f"U{i}" for i in range(1, 7)]
SUMMOR = [
    ("P1", "P2 P3"), ("P1", "P4 P5"), ("P4", "P6 P7"), ("P7", "H1 H5_7"), ("H1", "H2 H3 H4"), ("U1", "U2 U3"),
    ("H1", "H2_m2 H3_m2 H4_m2"),
]  # fmt: skip
MINDRE = [
    ("X2", "X1"), ("X1 X3 X4", "P7"), ("S2", "S1"), ("S1", "P7"), ("U1", "P1"),
    ("U2", "P5"), ("U3", "P4"), ("U4", "P3"), ("U5", "P3"), ("U4", "U1"),
    ("U5", "U1"),
    ("U6", "U1"),
    ("H2_m2", "H2"), ("H4_m2", "H4"), ("H3", "H3_m2"), ("T1n", "P7"), ("F3n", "P7"), ("S2", "t-"), ("t-", "S1"),
    ("t+", "S2"), ("F3s", "F3n"), ("F3e", "F3n"), ("F3y", "F3e"),
]  # fmt: skip
UNDER = [
    ("X1", "P7"), ("X2", "P7"), ("X3", "P7"), ("X4", "P7"), ("H1", "P7"), ("S1", "P7"), ("X2", "X1"), ("H2", "H1"),
    ("H3", "H1"), ("H4", "H1"), ("S2", "S1"), ("H2_m2", "H1"), ("H3_m2", "H1"), ("H4_m2", "H1"), ("t-", "S1"),
    ("t+", "S1"),
]  # fmt: skip
EJ_HALVOR = {"P1", "P2", "P5"}


def tal(celler, rad, kon):
    """A count that the JSON shows, or tells by a share; None when it does not."""

    def cell(namn, del_=None):
        varde = celler.get(namn, {}).get(kon, DOLT)
        if del_ and isinstance(varde, dict):
            varde = varde[del_]
        return None if varde == DOLT or isinstance(varde, dict) else varde

    def andel(namn, del_, av):
        varde, namnare = cell(namn, del_), tal(celler, av, kon)
        if namnare == 0:
            return 0
        return None if varde is None or namnare is None else round(varde * namnare)

    if rad in ("F3n", "T1n"):
        return cell(rad[:2], "par")
    if rad == "H5_7" and "H5" in celler:
        return sum(celler[h][kon] for h in ("H5", "H6", "H7"))
    sammansatta = {"t-": ("S3", "andel_t_minus_1", "S1"), "t+": ("S3", "andel_t_plus_1", "S1"),
                   "F3s": ("F3", "start", "F3n"), "F3e": ("F3", "slut", "F3n"),
                   "F3y": ("F3", "nya", "F3e")}  # fmt: skip
    if rad in sammansatta:
        return andel(*sammansatta[rad])
    rakt = cell(rad)
    if rakt is not None:
        return rakt
    for namn, del_, over, av in (("X5", None, "P4", "P1"), ("H8", None, "H1", "P7"), ("S3", "andel", "S2", "S1"),
                                 ("S3", "svarsandel", "S1", "P7")):  # fmt: skip
        if over == rad and (varde := andel(namn, del_, av)) is not None:
            return varde
    matris = celler.get("F1", {}).get(kon, DOLT)
    if rad == "P7" and isinstance(matris, dict) and DOLT not in matris.values():
        return sum(matris.values())
    return None


def tabeller(utfall):
    return {None: utfall["celler"]} | {slug: r["celler"] for slug, r in utfall["per_insats"].items()}


def alla_tal(rapport):
    """{(part, scope, sex, row): count} of what is shown, with what the year less the half gives."""
    ut = {}
    delar = rapport.get("delar", [rapport])
    for nr, utfall in enumerate(delar):
        for omfang, celler in tabeller(utfall).items():
            for rad, kon in itertools.product(ANTAL + U, ALLA):
                ut[nr, omfang, kon, rad] = tal(celler, rad, kon)
                if rad == "U6" and omfang is not None:
                    ut[nr, omfang, kon, rad] = 0
        for kon in ALLA if utfall["anonyma"] else ():
            varde = utfall["anonyma"][kon]
            ut[nr, None, kon, "anonyma"] = None if varde == DOLT else varde
    return ut


class Angripare:
    """`andra`: other versions of the same report that the outsider has too."""

    def __init__(self, rapport, *andra):
        self.delar = rapport.get("delar", [rapport])
        self.kanda = alla_tal(rapport)
        for version in andra:
            dar = alla_tal(version)
            self.kanda = {n: dar[n] if v is None else v for n, v in self.kanda.items()}
        self.nycklar = list(self.kanda)
        self.tva = len(self.delar) == 2
        if self.tva:
            rader = [*ANTAL]
            self.nycklar += [
                (H1, o, kon, rad) for o in tabeller(self.delar[1]) for kon in ALLA for rad in rader
            ]  # fmt: skip
        self.index = {nyckel: i for i, nyckel in enumerate(self.nycklar)}
        self.lika, self.minst = [], []
        self._ekvationer()

    def _lagg(self, till, *termer):
        self._lagg_till(till, [(n, c) for n, c in termer if n is not None])

    def _lagg_till(self, till, termer):
        if all(n in self.index for n, _ in termer):
            till.append({self.index[n]: c for n, c in termer})

    def _ekvationer(self):
        platser = dict.fromkeys(n[:2] for n in self.nycklar)
        for d, o in platser:
            for kon in ALLA:
                for v, h in SUMMOR:
                    self._lagg(self.lika, ((d, o, kon, v), 1), *(((d, o, kon, r), -1) for r in h.split()))
                for v, h in MINDRE:
                    self._lagg(self.minst, ((d, o, kon, h), 1), *(((d, o, kon, r), -1) for r in v.split()))
            for rad in [*ANTAL, *U, "anonyma"]:
                self._lagg(self.lika, ((d, o, "T", rad), 1), *(((d, o, kon, rad), -1) for kon in KON))
        for d in {d for d, _ in platser}:
            insatser = [o for e, o in platser if e == d and o is not None]
            for kon in ALLA:
                for rad in ANTAL if insatser else ():
                    self._lagg(self.lika, ((d, None, kon, rad), 1), *(((d, o, kon, rad), -1) for o in insatser))
                for o in insatser:
                    self._lagg(self.minst, ((d, None, kon, "U1"), 1), ((d, o, kon, "U1"), -1))
                if insatser:
                    self._lagg(self.minst, *(((d, o, kon, "U1"), 1) for o in insatser), ((d, None, kon, "U1"), -1))
                for o in insatser:  # stays of one person in one insats never overlap
                    self._lagg(self.lika, ((d, o, kon, "U2"), 1), ((d, o, kon, "P5"), -1))
                    for var in (o, None):
                        self._lagg(
                            self.minst, ((d, var, kon, "U1"), 1), ((d, var, kon, "U4"), -1), ((d, o, kon, "P2"), -1)
                        )
                    if 0 in (self.kanda.get((d, o, kon, "U5")), self.kanda.get((d, o, "T", "U5"))):  # nobody came back
                        self._lagg(self.lika, ((d, o, kon, "U1"), 1), ((d, o, kon, "P1"), -1))
                if len(insatser) == 1:
                    for rad in ("U1", "U2", "U3", "U4", "U5"):
                        self._lagg(self.lika, ((d, None, kon, rad), 1), ((d, insatser[0], kon, rad), -1))
        if self.tva:
            self._halvor()

    def _halvor(self):
        finns = tabeller(self.delar[0])
        for o in tabeller(self.delar[1]):
            for kon in ALLA:

                def n(d, rad, c, o=o, kon=kon):
                    return ((d, o, kon, rad) if d != 0 or o in finns else None, c)

                for rad in ANTAL:
                    if rad not in EJ_HALVOR:
                        self._lagg(self.lika, n(1, rad, 1), n(0, rad, -1), n(H1, rad, -1))
                self._lagg(self.lika, n(1, "P2", 1), n(H1, "P2", -1))
                self._lagg(self.lika, n(H1, "P5", 1), n(0, "P2", -1))
                self._lagg(self.lika, n(1, "P5", 1), n(0, "P5", -1))
                # who is in the year but not in its second half has ended in the first
                self._lagg(self.minst, n(H1, "P4", 1), n(1, "U1", -1), n(0, "U1", 1))
                self._lagg(self.minst, n(H1, "P3", 1), n(1, "U5", -1), n(0, "U5", 1))

    def _varde(self, i):
        return self.kanda.get(self.nycklar[i])

    # ---- Quick bounds

    def granser(self, varv=12):
        """[low, high] of every number by going round the equations; never too narrow."""
        lag = [0 if (v := self._varde(i)) is None else v for i in range(len(self.nycklar))]
        hog = [10**6 if (v := self._varde(i)) is None else v for i in range(len(self.nycklar))]
        rader = [(e, True) for e in self.lika] + [(e, False) for e in self.minst]
        for _ in range(varv):
            fore = sum(hog) - sum(lag)
            for e, lika in rader:
                storst = sum(c * (hog[i] if c > 0 else lag[i]) for i, c in e.items())
                minst = sum(c * (lag[i] if c > 0 else hog[i]) for i, c in e.items())
                for i, c in e.items():
                    # sum >= 0: what this one must be at least when the others are as large as can be
                    andra = storst - c * (hog[i] if c > 0 else lag[i])
                    if c > 0:
                        lag[i] = max(lag[i], -(andra // c))
                    else:
                        hog[i] = min(hog[i], andra // -c)
                    if lika:
                        andra = minst - c * (lag[i] if c > 0 else hog[i])
                        if c > 0:
                            hog[i] = min(hog[i], (-andra) // c)
                        else:
                            lag[i] = max(lag[i], -((-andra) // -c))
                    if lag[i] > hog[i]:
                        raise AssertionError(f"the report contradicts itself at {self.nycklar[i]}")
                    storst = sum(c2 * (hog[j] if c2 > 0 else lag[j]) for j, c2 in e.items())
                    minst = sum(c2 * (lag[j] if c2 > 0 else hog[j]) for j, c2 in e.items())
            if sum(hog) - sum(lag) == fore:
                break
        return lag, hog

    # ---- Exact ranges

    def _system(self):
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        if not hasattr(self, "_a"):
            rad, kol, varde = [], [], []
            for nr, e in enumerate(self.lika + self.minst):
                rad += [nr] * len(e)
                kol += e.keys()
                varde += e.values()
            n = len(self.nycklar)
            a = csr_array((varde, (rad, kol)), shape=(len(self.lika) + len(self.minst), n))
            tak = np.array([0.0] * len(self.lika) + [np.inf] * len(self.minst))
            lag, hog = self.granser()
            self._a, self._b = LinearConstraint(a, np.zeros(len(tak)), tak), Bounds(lag, np.minimum(hog, 5000))
        return self._a, self._b

    def intervall(self, uttryck):
        """(least, greatest) of a sum {key: coefficient}, over all tables that agree with what is shown."""
        from scipy.optimize import milp

        a, b = self._system()
        c = np.zeros(len(self.nycklar))
        for nyckel, koeff in uttryck.items():
            c[self.index[nyckel]] += koeff
        ut = []
        for tecken in (1, -1):
            # a dual bound is enough and safe for the outsider who does not solve to the end
            svar = milp(tecken * c, integrality=np.ones(len(c)), constraints=a, bounds=b, options={"node_limit": 2000})
            assert svar.x is not None, svar.message
            ut.append(tecken * round(svar.fun))
        return tuple(ut)


def skyddade(intern, k):
    """[{key: coefficient}] of what nobody may compute in an internal report (7.6.1, beslut.md 26), halves included."""
    sedda = alla_tal(intern)
    delar = intern.get("delar", [intern])
    if len(delar) == 2:
        finns = tabeller(delar[0])
        for o in tabeller(delar[1]):
            for kon in ALLA:
                for rad in ANTAL:
                    fore = sedda[0, o, kon, rad] if o in finns else 0
                    sedda[H1, o, kon, rad] = sedda[1, o, kon, rad] - fore
                sedda[H1, o, kon, "P2"] = sedda[1, o, kon, "P2"]
                sedda[H1, o, kon, "P5"] = sedda[0, o, kon, "P2"] if o in finns else 0
                sedda[H1, o, kon, "P1"] = sedda[H1, o, kon, "P2"] + sedda[H1, o, kon, "P3"]
    ut = [{nyckel: 1} for nyckel, antal in sedda.items() if antal is not None and 1 <= antal < k]
    for d, o, kon in dict.fromkeys(n[:3] for n in sedda):
        for rad, av in UNDER:
            a, b = sedda.get((d, o, kon, rad)), sedda.get((d, o, kon, av))
            if a is not None and b is not None and 1 <= b - a < k:
                ut.append({(d, o, kon, av): 1, (d, o, kon, rad): -1})
        for rad, av in (("X3", "P7"), ("H4", "H1")):
            a = sedda.get((d, o, kon, rad))
            if a and a == sedda[d, o, kon, av] < 10:
                ut.append({(d, o, kon, rad): 1})
    return ut


# ---- Means and sums: what a weighted mean adds to is shown where the mean is

MEDEL = {"L1": "P4", "L2": "P5", "T1": "T1n", "V1": "P1"}


def avslojade_medel(intern, skyddad, minst):
    """[(family, part, scope, sex)] of the means and sums of fewer than `minst` that follow from what is shown."""
    sedda, ut = alla_tal(intern), []
    visas = {}
    for nr, utfall in enumerate(skyddad.get("delar", [skyddad])):
        for o, celler in tabeller(utfall).items():
            for familj, kon in itertools.product(MEDEL, ALLA):
                varde = celler[familj][kon]
                if familj == "T1" and varde != DOLT:
                    varde = varde["start_medel"]
                visas[familj, nr, o, kon] = varde != DOLT
    for familj, av in MEDEL.items():
        platser = [p for p in visas if p[0] == familj]
        delar = {p[1] for p in platser}
        if len(delar) == 2 and familj != "L2":
            platser += [(familj, H1, o, kon) for _, nr, o, kon in platser if nr == 1]
        kol = {p: i for i, p in enumerate(platser)}
        rader = []
        for _, nr, o, kon in platser:
            if kon == "T":
                rader.append([(familj, nr, o, "T"), *((familj, nr, o, x) for x in KON)])
            if o is None:
                per = [p for p in platser if p[1] == nr and p[2] is not None and p[3] == kon]
                rader += [[(familj, nr, None, kon), *per]] if per else []
            if nr == 1 and len(delar) == 2:
                andra = ((familj, d, o, kon) for d in ((0,) if familj == "L2" else (0, H1)))
                rader.append([(familj, 1, o, kon), *(p for p in andra if p in kol)])
        a = np.zeros((len(rader), len(platser)))
        for i, rad in enumerate(rader):
            for p, tecken in zip(rad, [1, *[-1] * len(rad)], strict=False):
                a[i, kol[p]] = tecken
        dolda = [i for p, i in kol.items() if not visas.get(p)]
        rang = np.linalg.matrix_rank(a[:, dolda]) if dolda else 0
        for p in platser:
            if p[1] == H1:
                n = sedda[1, p[2], p[3], "P2"] + sedda[1, p[2], p[3], "P3"] if av == "P1" else sedda[1, *p[2:], av]
                n -= sedda.get((0, p[2], p[3], "P3" if av == "P1" else av)) or 0
            else:
                n = sedda[p[1], p[2], p[3], av]
            if not 0 < n < minst:
                continue
            if visas.get(p):
                ut.append(p)
            else:
                med = np.vstack([a[:, dolda], np.eye(len(platser))[kol[p], dolda]])
                if np.linalg.matrix_rank(med) == rang:
                    ut.append(p)
    return ut
