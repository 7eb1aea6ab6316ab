"""Means and sums (7.6.2): L1, L2, T1 and V1 add over sexes, insatser and halves when weighted by their n, so a hidden
one must not follow from shown ones. Each is a table of its own, where the n stand for the unknown sums.
"""

from uppfoljning.rojande.motor import Modell
from uppfoljning.rojande.tabell import DELAR, KON

FAMILJER = {"L1": "P4", "L2": "P5", "T1": "T1_par", "V1": "P1"}
MINST = 5  # a mean or a median of fewer is not shown


def familj(namn, grund, delar, slag, k):
    """The model of one family. `grund` is the model of the counts, already solved; `slag` {part number: h1, h2, ar}."""
    modell, rad, minst = Modell(), FAMILJER[namn], max(MINST, k)
    nummer = {s: nr for nr, s in slag.items()}
    halvor = nummer.keys() >= {"ar", "h1", "h2"}
    synliga = {d.nr for d in delar}
    n = {}
    for (del_, omfang, kon, denna), i in grund.index.items():
        if denna == rad and not (namn == "L2" and del_ not in synliga):
            n[del_, omfang, kon] = grund.varden[i]
    varden = dict(n)
    if namn == "V1" and halvor:  # weeks add over halves, people do not: the year counts as both halves
        for del_, omfang, kon in n:
            if del_ == nummer["ar"]:
                varden[del_, omfang, kon] = sum(n.get((nummer[h], omfang, kon), 0) for h in ("h1", "h2"))
    for (del_, omfang, kon), varde in varden.items():
        pris = (3 if kon == "T" else 1) if omfang is not None else (24 if kon == "T" else 9)
        modell.ny((del_, omfang, kon, namn), varde, pris, osynlig=del_ not in synliga)
    omfang_av = {}
    for del_, omfang, kon in varden:
        if kon == "T":
            omfang_av.setdefault(del_, []).append(omfang)
    for del_, omfang_ in omfang_av.items():
        for omfang in omfang_:
            modell.relation([((del_, omfang, "T", namn), 1), *(((del_, omfang, kon, namn), -1) for kon in KON)], True)
        for kon in DELAR:
            per = [((del_, omfang, kon, namn), -1) for omfang in omfang_ if omfang is not None]
            if per:
                modell.relation([((del_, None, kon, namn), 1), *per], True)
    if nummer.keys() >= {"ar", "h2"} and (halvor or namn == "L2"):
        for omfang in omfang_av.get(nummer["ar"], ()):
            for kon in DELAR:
                andra = ("h2",) if namn == "L2" else ("h1", "h2")
                termer = [((nummer["ar"], omfang, kon, namn), 1)]
                termer += [
                    ((nummer[h], omfang, kon, namn), -1) for h in andra if omfang in omfang_av.get(nummer[h], ())
                ]
                modell.relation(termer, True)
    for nr, (del_, omfang, kon, _) in enumerate(modell.nycklar):
        if kon in KON:
            andra = [modell.index.get((del_, omfang, annan, namn)) for annan in KON]
            modell.grupp[nr] = tuple(x for x in andra if x is not None and modell.varden[x])
        if grund.index[del_, omfang, kon, rad] in grund.dolda:
            modell.dolda.add(nr)
            modell.tvungna.add(nr)
        if 1 <= n[del_, omfang, kon] < minst:
            modell.skydda([((del_, omfang, kon, namn), 1)], minst)
    return modell
