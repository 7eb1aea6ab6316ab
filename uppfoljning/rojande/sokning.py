"""Searches for other tables that agree with what is shown (HiGHS through scipy, imported when first needed)."""

from collections import deque

NODER = 200  # branches of the solver; a limit in seconds would give different masks on different days
TILLAGG = 0.05  # what a step of a hidden number costs, so that a search moves no more than it has to


class Sokning:
    """The relations of a model as matrices; columns are numbers, rows relations."""

    def __init__(self, modell):
        import numpy as np
        from scipy.sparse import csc_array

        self.modell, self.np = modell, np
        rad, kol, varde = [], [], []
        for nr, (koeff, _) in enumerate(modell.relationer):
            rad += [nr] * len(koeff)
            kol += koeff.keys()
            varde += koeff.values()
        form = (len(modell.relationer), len(modell.varden))
        self.a = csc_array((np.array(varde, float), (rad, kol)), shape=form)
        self.golv = np.array([0.0 if slack is None else -slack for _, slack in modell.relationer])
        self.tak = np.array([0.0 if slack is None else np.inf for _, slack in modell.relationer])
        self.varden = np.array(modell.varden, float)
        self.antal = 0

    def _los(self, kolumner, pris, golv, tak, villkor, mal_golv, mal_tak, heltal, noder=NODER):
        """Least cost over columns (matrix blocks side by side) with extra rows; None when there is none."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        self.antal += 1
        svar = milp(
            pris, integrality=heltal, bounds=Bounds(golv, tak),
            constraints=[LinearConstraint(kolumner, self._g, self._t), LinearConstraint(villkor, mal_golv, mal_tak)],
            options={"node_limit": noder, "mip_rel_gap": 0.3 if noder < NODER else 0.05},
        )  # fmt: skip
        return svar.x

    def _rader(self, kol):
        """The relations that the columns are in, as rows of a matrix."""
        a = self.a[:, kol].tocsr()
        med = self.np.flatnonzero(self.np.diff(a.indptr))
        self._g, self._t = self.golv[med], self.tak[med]
        return a[med, :]

    def manga(self, skyddade, riktningar, vikter):
        """One table in which as many as possible of the sums have moved as far as they need; only hidden ones move."""
        np = self.np
        from scipy.sparse import csc_array, hstack

        kol = np.array(sorted(self.modell.dolda))
        mal = [
            (s, r, langt, vikt)
            for s, r, vikt in zip(skyddade, riktningar, vikter, strict=True)
            if (langt := s.saknas(r)) > 0
        ]
        if not len(kol) or not mal:
            return {}
        n, m = len(kol), len(mal)
        plats = {nr: i for i, nr in enumerate(kol)}
        rad, k2, v2 = [], [], []
        for j, (s, r, *_) in enumerate(mal):
            for nr, c in s.uttryck.items():
                if nr in plats:
                    rad.append(j)
                    k2.append(plats[nr])
                    v2.append(r * c)
            rad.append(j)
            k2.append(n + j)
            v2.append(-1)
        a = self._rader(kol)
        steg = 3 * max(s.k for s in skyddade)
        x = self._los(
            hstack([a, csc_array((a.shape[0], m))], format="csc"),
            np.concatenate([np.zeros(n), [-vikt / langt for *_, langt, vikt in mal]]),
            np.concatenate([-np.minimum(self.varden[kol], steg), np.full(m, -steg)]),
            np.concatenate([np.full(n, steg), [langt for *_, langt, _ in mal]]),
            csc_array((v2, (rad, k2)), shape=(m, n + m)), np.zeros(m), np.full(m, np.inf),
            np.concatenate([np.ones(n), np.zeros(m)]), 20,
        )  # fmt: skip
        return self._tabell(kol, x)

    def en(self, skyddad, nara, noder):
        """The cheapest table that moves one sum up as far as it needs; {} when there is none. Shown numbers move too,
        at their price; `nara` is how many numbers may move, `noder` how long the solver looks."""
        np = self.np
        from scipy.sparse import csc_array, hstack

        modell = self.modell
        kol = np.array(self._omrade(skyddad, nara))
        if not len(kol):
            return {}
        synlig = np.array([nr not in modell.dolda for nr in kol])
        n = len(kol)
        a = self._rader(kol)
        steg = 3 * skyddad.k
        plats = {nr: i for i, nr in enumerate(kol)}
        e = np.zeros(n)
        for nr, c in skyddad.uttryck.items():
            if nr in plats:
                e[plats[nr]] = c
        # A shown number's step is two columns, up and down, that both cost; a hidden one's too, but little.
        pris = np.array([modell.pris_for(int(nr)) if s else TILLAGG for nr, s in zip(kol, synlig, strict=True)])
        ned = np.minimum(self.varden[kol], steg)
        x = self._los(
            hstack([a, -a], format="csc"), np.concatenate([pris, pris]), np.zeros(2 * n),
            np.concatenate([np.full(n, steg), ned]), csc_array(np.concatenate([e, -e])[None, :]),
            [skyddad.saknas(1)], [np.inf], np.ones(2 * n), noder,
        )  # fmt: skip
        return self._tabell(kol, None if x is None else x[:n] - x[n:])

    def _omrade(self, skyddad, nara):
        """Numbers near a sum, the nearest first."""
        modell = self.modell

        def far(nr):
            return nr not in modell.fast

        sedda = dict.fromkeys(nr for nr in skyddad.uttryck if far(nr))
        ko = deque(sedda)
        while ko and len(sedda) < nara:
            for rel in modell.rel_av[ko.popleft()]:
                for nr in modell.relationer[rel][0]:
                    if nr not in sedda and far(nr):
                        sedda[nr] = None
                        ko.append(nr)
        return list(sedda)[:nara]

    def _tabell(self, kol, x):
        """Whole steps, checked exactly: the solver counts in floats."""
        if x is None:
            return {}
        steg = {int(nr): d for nr, v in zip(kol, x, strict=False) if (d := round(v))}
        modell = self.modell
        for rel in dict.fromkeys(rel for nr in steg for rel in modell.rel_av[nr]):
            koeff, slack = modell.relationer[rel]
            summa = sum(c * steg.get(nr, 0) for nr, c in koeff.items())
            if summa != 0 if slack is None else summa < -slack:
                return {}
        return steg if all(modell.varden[nr] + d >= 0 for nr, d in steg.items()) else {}
