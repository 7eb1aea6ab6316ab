"""F1 and F3 (7.6.2): a matrix is shown whole or not at all, and only where nothing in it is small.

Levels, each only with those before it: the association; its sexes; every insats with its sexes. A level is shown when
all its matrices hold zeros and figures of k or more, also for the half that the year less the other half gives, and
when their sums (P7) and own incomes (F3) are shown. There is no level with the totals of the insatser only: together
with the association's sexes it would be a table in three directions, of which the inside can be computed. A hidden
matrix is DOLT, not a list of pairs: the list of codes would depend on what is in it.
"""

from uppfoljning.rojande.tabell import DELAR, KON

RADER = ("P7", "F3_par", "F3_start", "F3_slut", "F3_nya")


class Forsorjning:
    """Which F1 matrices and F3 cells are shown. Matrices by (part, scope, sex)."""

    def __init__(self, delar, utfall, modell, k):
        self.matriser = {
            (d.nr, omfang, kon): celler["F1"][kon]
            for d, rapport in zip(delar, utfall, strict=True)
            for omfang, celler in _tabeller(rapport)
            if "F1" in celler
            for kon in DELAR
        }
        self.tomma = {
            plats for plats in self.matriser
            if (nr := modell.index.get((*plats, "P7"))) is not None and nr not in modell.dolda and not modell.varden[nr]
        }  # fmt: skip
        self.visade = set()
        for urval in (delar, delar[-1:]):
            for niva in self._nivaer(urval):
                if not self._tal(niva, urval, k) or not self._syns(niva, modell):
                    break
                self.visade |= niva
            if self.visade:
                break

    def _nivaer(self, delar):
        nummer = {d.nr for d in delar}
        platser = [plats for plats in self.matriser if plats[0] in nummer]
        yield {(d, o, kon) for d, o, kon in platser if o is None and kon == "T"}
        yield {(d, o, kon) for d, o, kon in platser if o is None and kon in KON}
        yield {(d, o, kon) for d, o, kon in platser if o is not None}

    def _tal(self, niva, delar, k):
        for plats in niva:
            if any(0 < antal < k for antal in self.matriser[plats].values()):
                return False
        if len(delar) < 2:
            return True
        # What one part has more than another that lies within it.
        for fore, efter in ((a, b) for a in delar for b in delar if a is not b):
            if not (efter.period[0] <= fore.period[0] and fore.period[1] <= efter.period[1]):
                continue
            for _, omfang, kon in (plats for plats in niva if plats[0] == efter.nr):
                inre = self.matriser.get((fore.nr, omfang, kon), {})
                yttre = self.matriser[efter.nr, omfang, kon]
                if any(0 < abs(yttre.get(par, 0) - inre.get(par, 0)) < k for par in yttre.keys() | inre.keys()):
                    return False
        return True

    @staticmethod
    def _syns(niva, modell):
        return all(
            (nr := modell.index.get((*plats, rad))) is None or nr not in modell.dolda for plats in niva for rad in RADER
        )

    def matris(self, del_, omfang, kon):
        return (del_, omfang, kon) in self.visade

    def andelar(self, del_, omfang, kon):
        """F3 is never finer than F1 of the document; where no F1 is shown, it stands by its own counts."""
        plats = (del_, omfang, kon)
        return not self.visade or plats in self.visade or plats in self.tomma


def _tabeller(utfall):
    yield None, utfall["celler"]
    for slug, rad in utfall["per_insats"].items():
        yield slug, rad["celler"]
