"""Disclosure control (rapportdefinitioner.md 7.6)."""

from uppfoljning.rojande import stege
from uppfoljning.rojande.familjer import FAMILJER, familj
from uppfoljning.rojande.forslag import forslag
from uppfoljning.rojande.forsorjning import Forsorjning
from uppfoljning.rojande.mask import DOLT
from uppfoljning.rojande.tabell import Del, antal, bygg, slag_av
from uppfoljning.rojande.visat import Mask

__all__ = ["DOLT", "skydda"]

MINSTA_K = 3  # never below, whatever the setting says
KVAR = ("rapport", "version", "period", "koder", "utelamnat")


def skydda(rapport: dict, malgrupp: str, k: int) -> dict:
    """The version of an internal report that `malgrupp` may have: a new dict, cells masked with DOLT.

    `rapport` is one outcome report (format.md) or a document of several (`delar`), which are protected together.
    Pure; takes a tenth of a second for two insatser and seconds for twelve.
    """
    return _skydda(rapport, malgrupp, k, stege.losning)


def _skydda(rapport, malgrupp, k, losning):
    k = max(MINSTA_K, k)
    utfall = rapport.get("delar", [rapport])
    delar = [_del(nr, u) for nr, u in enumerate(utfall)]
    modell = bygg(delar, k, utfall[0]["installningar"]["m"])
    losning(modell)
    slag = slag_av(modell, delar)
    familjer = {namn: familj(namn, modell, delar, slag, k) for namn in FAMILJER}
    for medel in familjer.values():
        losning(medel)
    mask = Mask(modell, familjer, Forsorjning(delar, utfall, modell, k))
    skyddade = [mask.del_(u, nr, malgrupp, k) for nr, u in enumerate(utfall)]
    if "delar" not in rapport:
        return skyddade[0]
    namn = {slug: namn for slug, namn in rapport["namn"].items() if any(slug in u["insatser"] for u in utfall)}
    return {nyckel: rapport[nyckel] for nyckel in KVAR if nyckel in rapport} | {
        "for": malgrupp, "delar": skyddade, "namn": namn, "datakvalitet": None, "forslag": forslag(skyddade, namn),
    }  # fmt: skip


def _del(nr, utfall):
    rader = {None: antal(utfall["celler"])}
    rader |= {slug: antal(rad["celler"]) for slug, rad in utfall["per_insats"].items()}
    if utfall.get("anonyma"):
        rader[None]["anonyma"] = dict(utfall["anonyma"])
    return Del(nr, rader, tuple(utfall["period"]), tuple(utfall["per_insats"]))
