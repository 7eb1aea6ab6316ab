"""Disclosure control of the outcome report (rapportdefinitioner.md 7.6, beslut.md 26-29). Pure.

1. `tabell.py` lays out the counts of all parts of the document, the identities of 7.4, what else holds by definition,
   the half-year that the year less the other half gives, and the protected sums: small counts and small complements.
2. `motor.py` hides the protected numbers and closes: none may be alone as unknown in an equality.
3. `stege.py` audits. A sum is safe when two other tables, that agree with everything shown, put it at k or more and
   spread it over k - 1 (`sokning.py`, whole numbers). Where there are none, the cheapest table in which shown
   numbers move, at a price, tells what more to hide. Then what was hidden in vain is shown again, and every witness is
   checked against the final mask; without that the report is refused.
4. `familjer.py` does the same for means and sums (L1, L2, T1, V1), `forsorjning.py` decides F1 and F3.
5. `visat.py` writes the masked report. A composed cell keeps its keys, with DOLT for each hidden part; when all of it
   is hidden the cell is DOLT. A hidden F1 is DOLT. `forslag.py` offers larger tables.
"""

from uppfoljning.rojande import stege
from uppfoljning.rojande.familjer import FAMILJER, familj
from uppfoljning.rojande.forslag import forslag
from uppfoljning.rojande.forsorjning import Forsorjning
from uppfoljning.rojande.mask import DOLT
from uppfoljning.rojande.tabell import Del, antal, bygg, slag_av
from uppfoljning.rojande.visat import Mask

__all__ = ["DOLT", "skydda", "skydda_flera"]

MINSTA_K = 3  # never below, whatever the setting says
KVAR = ("rapport", "version", "period", "koder", "utelamnat")


def skydda(rapport: dict, malgrupp: str, k: int) -> dict:
    """The version of an internal report that `malgrupp` may have: a new dict, cells masked with DOLT.

    `rapport` is one outcome report (format.md) or a document of several (`delar`), which are protected together.
    Pure; seconds for a few insatser, tens of seconds for twelve with two parts: run it in a job.
    """
    return skydda_flera(rapport, {malgrupp: k})[malgrupp]


def skydda_flera(rapport: dict, granser: dict[str, int]) -> dict[str, dict]:
    """Versions for several audiences, {audience: k}, the one that sees most first: what it may not see the next ones do
    not see either, so that who reads two versions knows no more than the first one tells."""
    versioner, under = {}, None
    for malgrupp, k in granser.items():
        versioner[malgrupp], under = _skydda(rapport, malgrupp, max(MINSTA_K, k), stege.losning, under)
    return versioner


def _skydda(rapport, malgrupp, k, losning, under=None):
    """(the version, its mask). `losning` decides what is hidden; `under` is the mask that it starts from."""
    utfall = rapport.get("delar", [rapport])
    delar = [_del(nr, u) for nr, u in enumerate(utfall)]
    modell = bygg(delar, k, utfall[0]["installningar"]["m"])
    if under:
        modell.arv(under.modell)
    losning(modell)
    slag = slag_av(modell, delar)
    familjer = {namn: familj(namn, modell, delar, slag, k) for namn in FAMILJER}
    for namn, medel in familjer.items():
        if under:
            medel.arv(under.familjer[namn])
        losning(medel)
    mask = Mask(modell, familjer, Forsorjning(delar, utfall, modell, k), under)
    skyddade = [mask.del_(u, nr, malgrupp, k) for nr, u in enumerate(utfall)]
    if "delar" not in rapport:
        return skyddade[0], mask
    namn = {slug: namn for slug, namn in rapport["namn"].items() if any(slug in u["insatser"] for u in utfall)}
    return {nyckel: rapport[nyckel] for nyckel in KVAR if nyckel in rapport} | {
        "for": malgrupp, "delar": skyddade, "namn": namn, "datakvalitet": None, "forslag": forslag(skyddade, namn),
    }, mask  # fmt: skip


def _del(nr, utfall):
    rader = {None: antal(utfall["celler"])}
    rader |= {slug: antal(rad["celler"]) for slug, rad in utfall["per_insats"].items()}
    if utfall.get("anonyma"):
        rader[None]["anonyma"] = dict(utfall["anonyma"])
    return Del(nr, rader, tuple(utfall["period"]), tuple(utfall["per_insats"]))
