"""The ladder (beslut.md 27): hide what has to be hidden, audit, hide more where the audit fails, show again what was
hidden in vain. The prices of the model are the ladder: a split of an insats is cheaper than its total, that is
cheaper than the association's split, and the association's totals are dearest.
"""

import random
from collections import deque

from uppfoljning.rojande.sokning import NODER, Sokning

OMGANGAR = 40  # searches for many at once before each is looked at alone
HOJDA = 4  # after so many that more was hidden for, the others are searched for again
NARA = 1200  # numbers that a search for one sum may move, before all may
ATERVISNINGAR = 8  # searches spent on showing again


def losning(modell):
    """Decides `modell.dolda` so that every protected sum is safe."""
    primara(modell)
    kvar = [s for s in modell.skyddade if not s.saker]
    if not kvar:
        return
    sokning = Sokning(modell)
    granska(modell, sokning)
    while kvar := [s for s in kvar if not s.saker]:
        hojda = 0
        for s in kvar:
            if not s.saker:
                hojda += _hoj(modell, sokning, s) > 0
            if hojda >= HOJDA:
                break
        granska(modell, sokning, omgangar=3)
    _visa_igen(modell, sokning)
    if not all(s.saker and all(v <= modell.dolda for v in s.vittnen.values()) for s in modell.skyddade):
        raise RuntimeError("Granskningen före utlämnande godkände inte rapporten.")  # no report leaves without it


def primara(modell):
    """Hides the protected numbers and what stands alone beside them."""
    modell.dolj(skyddad.hem for skyddad in modell.skyddade)


def granska(modell, sokning, skyddade=None, omgangar=OMGANGAR):
    """Witnesses for many sums at once; those that stay unsafe are returned."""
    slump = random.Random(1)  # noqa: S311 - only the order of searches, the same each time
    alla = modell.skyddade if skyddade is None else skyddade
    kvar = [s for s in alla if not s.saker]
    delning = 1
    for omgang in range(omgangar):
        if not kvar or delning > len(kvar):
            break
        urval = kvar if omgang < 2 else slump.sample(kvar, -(-len(kvar) // delning))
        riktningar = [(1, -1)[omgang == 1 or (omgang > 3 and s.hog >= s.k)] for s in urval]
        # Uneven weights make some reach all the way, where even ones would let all go half-way.
        if steg := sokning.manga(urval, riktningar, [slump.choice((1, 4, 16)) for _ in urval]):
            _mat(modell, steg)
        efter = [s for s in kvar if not s.saker]
        if len(kvar) - len(efter) < 0.2 * len(urval):
            delning *= 2
        kvar = efter
    return kvar


def _mat(modell, steg):
    rorda = frozenset(steg)
    for s in modell.skyddade:
        if not s.saker and any(nr in rorda for nr in s.uttryck):
            s.mat(steg, rorda)


def _hoj(modell, sokning, s):
    """Make one sum safe by the cheapest table, and hide what moved in it. How many were hidden."""
    fore = len(modell.dolda)
    alla = len(modell.varden)
    for nara, noder in ((NARA, NODER), (alla, NODER), (alla, 50 * NODER)):
        if not s.saker and (steg := sokning.en(s, nara, noder)):
            modell.dolj(nr for nr in steg if modell.kan_doljas(nr))
            _mat(modell, steg)
    if not s.saker:  # bound by what cannot be hidden, such as a table that is not there: nothing is shown
        modell.dolj(range(alla))
        s.hog, s.lag = s.varde + s.k, s.varde - s.k
        s.vittnen = {"hog": frozenset(modell.dolda)}  # so that it is asked of everything that would be shown again
    return len(modell.dolda) - fore


def _visa_igen(modell, sokning):
    """Show again, the dearest first, what no protected sum needs."""
    kravda = {s.hem for s in modell.skyddade} | modell.tvungna
    grupper = {}
    for nr in modell.dolda - modell.osynliga - kravda:
        grupp = frozenset(n for n in {nr, *modell.grupp.get(nr, ())} if n in modell.dolda)
        if not grupp & kravda:
            grupper[grupp] = max(modell.pris[n] for n in grupp)
    bord = ATERVISNINGAR
    for grupp in sorted(grupper, key=lambda g: (-grupper[g], sorted(g))):
        grupp = grupp & modell.dolda
        if not grupp or _avslojar(modell, grupp):
            continue
        berorda = [s for s in modell.skyddade if any(v & grupp for v in s.vittnen.values())]
        if berorda and bord <= 0:
            continue
        fore = [(s, s.lag, s.hog, s.vittnen) for s in berorda]
        modell.dolda -= grupp
        for s in berorda:
            s.glom()
        innan = sokning.antal
        if granska(modell, sokning, berorda, 4):
            modell.dolda |= grupp
            for s, lag, hog, vittnen in fore:
                s.lag, s.hog, s.vittnen = lag, hog, vittnen
        bord -= sokning.antal - innan


def _avslojar(modell, grupp):
    """Whether a protected sum follows at once, by equalities with one unknown, when the group is shown."""
    okanda = modell.dolda - grupp
    ko = deque({rel for nr in grupp for rel in modell.rel_av[nr]})
    rorda = set(grupp)
    while ko:
        koeff, slack = modell.relationer[ko.popleft()]
        if slack is not None:
            continue
        kvar = [n for n in koeff if n in okanda]
        if len(kvar) == 1:
            okanda.discard(kvar[0])
            rorda.add(kvar[0])
            ko.extend(modell.rel_av[kvar[0]])
    return any(
        not any(nr in okanda for nr in s.uttryck) for s in modell.skyddade if any(nr in rorda for nr in s.uttryck)
    )
