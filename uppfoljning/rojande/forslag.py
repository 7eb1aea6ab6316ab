"""The offer (7.6.6): where a figure can be read instead, when it is hidden in one insats."""

from uppfoljning.rojande.mask import DOLT

RADER = {
    "P3": "nya deltagare", "P4": "avslutade", "X1": "positiva avslut", "H2": "bättre hälsa",
    "S2": "positivt bemötande",
}  # fmt: skip


def forslag(delar: list, namn: dict) -> list:
    """Swedish sentences, one for each insats and each larger table where its hidden figures live. Masked parts in."""
    if not delar:
        return []
    forsta, ar = delar[0], delar[-1] if len(delar) > 1 else None
    meningar = []
    for slug in sorted(forsta["per_insats"], key=lambda s: namn.get(s, s)):
        celler = forsta["per_insats"][slug]["celler"]
        arets = ar and ar["per_insats"].get(slug, {}).get("celler")
        funna = {}
        for rad, text in RADER.items():
            if rad not in celler:
                continue
            vad = "totalt" if celler[rad]["T"] == DOLT else "kon" if _kon_dold(celler[rad]) else None
            if vad is None:
                continue
            if arets and _lever(arets.get(rad), vad):
                funna.setdefault((vad, "hela året"), []).append(text)
            elif len(forsta["per_insats"]) > 1 and _lever(forsta["celler"][rad], vad):
                funna.setdefault((vad, "alla insatser tillsammans"), []).append(text)
        for (vad, var), texter in funna.items():
            vilka = _uppraknat(texter) + (" för kvinnor och män" if vad == "kon" else "")
            meningar.append(f"{namn.get(slug, slug)}: {vilka} går att visa för {var}.")
    return meningar


def _kon_dold(cell):
    return DOLT in (cell["K"], cell["M"])


def _lever(cell, vad):
    return cell is not None and cell["T"] != DOLT and (vad == "totalt" or not _kon_dold(cell))


def _uppraknat(texter):
    return texter[0] if len(texter) == 1 else f"{', '.join(texter[:-1])} och {texter[-1]}"
