"""Which cells have to be hidden, so that no protected figure can be computed from what is shown.

A model holds whole numbers, what must hold between them and the protected sums of them. It knows nothing of reports.
An outsider sees the shown numbers and all relations. A protected sum is safe when two other tables that agree with
everything shown exist (witnesses) which put it at k or more and spread it over at least k - 1 (7.6.4). Witnesses are
found as whole-number steps away from the true table in which only hidden numbers move (`sokning.py`); what a search
restricted to the neighbourhood finds is a proof, and hiding more never makes a witness false.
"""

from collections import deque
from dataclasses import dataclass, field


@dataclass(eq=False)
class Skyddad:
    """A sum of numbers that nobody may compute, with the two witnesses found so far."""

    uttryck: dict[int, int]
    hem: int
    varde: int
    k: int
    lag: int = 0
    hog: int = 0
    vittnen: dict[str, frozenset] = field(default_factory=dict)

    def __post_init__(self):
        self.glom()

    def glom(self):
        self.lag = self.hog = self.varde
        self.vittnen = {}

    @property
    def saker(self):
        return self.hog >= self.k and self.hog - self.lag >= self.k - 1

    def saknas(self, riktning):
        """How far from the true value a search up (+1) or down (-1) has to go to make it safe; 0 when it is there."""
        if self.saker:
            return 0
        if riktning > 0:
            return max(self.k, self.lag + self.k - 1) - self.varde
        return max(0, self.varde - max(0, max(self.k, self.hog) - self.k + 1))

    def mat(self, steg, rorda):
        """Take notice of a table that is `steg` away from the true one."""
        varde = self.varde + sum(c * steg.get(v, 0) for v, c in self.uttryck.items())
        if varde > self.hog:
            self.hog, self.vittnen["hog"] = varde, rorda
        elif varde < self.lag:
            self.lag, self.vittnen["lag"] = varde, rorda


class Modell:
    """Numbers by key, relations, protected sums. `dolda` is the mask; `fast` can never be hidden."""

    def __init__(self):
        self.nycklar, self.varden, self.index = [], [], {}
        self.relationer = []  # (coefficients, slack): slack None is an equality, else how far from equality it is
        self.rel_av = []  # the relations of every number
        self.skyddade = []
        self.dolda, self.fast, self.osynliga = set(), set(), set()
        self.tvungna = set()  # hidden whatever the audit says
        self.pris = {}
        self.grupp = {}  # number -> numbers that are hidden with it

    def ny(self, nyckel, varde, pris, *, fast=False, osynlig=False):
        """A number; `osynlig` is one that no document shows, but that can be computed."""
        nr = len(self.varden)
        self.nycklar.append(nyckel)
        self.varden.append(varde)
        self.rel_av.append([])
        self.index[nyckel] = nr
        self.pris[nr] = pris
        if fast:
            self.fast.add(nr)
        if osynlig:
            self.osynliga.add(nr)
            self.dolda.add(nr)
        return nr

    def relation(self, termer, lika, minst=0):
        """sum(c * number) = 0, or >= minst. One that the true figures break tells nothing and is left out."""
        koeff = {}
        for nyckel, c in termer:
            nr = self.index.get(nyckel)
            if nr is None:
                return
            koeff[nr] = koeff.get(nr, 0) + c
        summa = sum(c * self.varden[nr] for nr, c in koeff.items())
        if (lika and summa != 0) or summa < minst:
            return
        for nr in koeff:
            self.rel_av[nr].append(len(self.relationer))
        self.relationer.append((koeff, None if lika else summa - minst))

    def skydda(self, termer, k):
        """Protect a sum; its first number is the one that is hidden for it."""
        uttryck = {self.index[nyckel]: c for nyckel, c in termer}
        hem = next(iter(uttryck))
        varde = sum(c * self.varden[nr] for nr, c in uttryck.items())
        self.skyddade.append(Skyddad(uttryck, hem, varde, k))

    # ---- Hiding

    def arv(self, under):
        """Hide what another model of the same numbers hides, for good."""
        arvda = {self.index[under.nycklar[nr]] for nr in under.dolda - under.osynliga}
        self.tvungna |= arvda
        self.dolj(arvda)

    def kan_doljas(self, nr):
        return nr not in self.dolda and nr not in self.fast

    def dolj(self, nummer):
        """Hide and close: a hidden number that is alone in an equality takes another with it. The newly hidden."""
        nya, ko = set(), deque(nummer)
        while ko:
            nr = ko.popleft()
            if self.kan_doljas(nr):
                self.dolda.add(nr)
                nya.add(nr)
                ko.extend(n for n in self.grupp.get(nr, ()) if self.kan_doljas(n))
            elif nr not in self.dolda:
                continue
            for rel in self.rel_av[nr]:
                if (val := self._avslojad(nr, rel)) is not None:
                    ko.append(val)
        return nya

    def _avslojad(self, nr, rel):
        """The cheapest number to hide, when `nr` is the only one in the equality that is not known."""
        koeff, slack = self.relationer[rel]
        if slack is not None:
            return None
        andra = [n for n in koeff if n != nr]
        if any(n in self.dolda and not self._bestamd(n, rel) for n in andra):
            return None
        kan = [n for n in andra if self.kan_doljas(n)]
        return min(kan, key=lambda n: (self.pris_for(n), self.varden[n], n)) if kan else None

    def _bestamd(self, nr, utom):
        """An invisible number that follows from shown ones by another equality."""
        if nr not in self.osynliga:
            return False
        return any(
            rel != utom and self.relationer[rel][1] is None
            and all(n == nr or n not in self.dolda for n in self.relationer[rel][0])
            for rel in self.rel_av[nr]
        )  # fmt: skip

    def pris_for(self, nr):
        return self.pris[nr] * (1 if self.varden[nr] else 4)
