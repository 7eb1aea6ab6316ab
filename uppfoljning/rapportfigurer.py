"""Findings and bars of a report, from its cells as its readers see them. Pure.

A row whose share is hidden has no bar (`dold`), a finding is made only of cells that are shown, and a figure of which
nothing can be drawn is left out with a sentence.
"""

from fractions import Fraction

from samordning.karna.templatetags.samordning import procent, tal
from uppfoljning.meningar import kon_syns, syns
from uppfoljning.rojande import DOLT
from uppfoljning.statistik import newcombe
from uppfoljning.statistik import procent as hela_procent

FLEST_STAPLAR = 12
SMA_GRUPPER = 30  # under this many persons a share says little (ui.md 8)
LAG_SVARSANDEL = Fraction(6, 10)  # RB13
KON = (("K", "kvinnor", "Kvinnor"), ("M", "man", "Män"), ("O", "annat", "Annat"))


def fynd(antal: int, av: int, ingen: str, enda: str, flera: str, de: str, gor: str) -> str:
    """A share as a heading: "Mer än tre av fyra" + `flera` + `gor`, or "Hälften av" + `de` + `gor`.

    `ingen` is the whole heading when it is nobody, `enda` when it is the only one there is.
    """
    if antal == 0:
        return ingen
    if antal == av:
        return f"Alla {flera} {gor}" if av > 1 else enda
    if 2 * antal == av:
        return f"Hälften av {de} {gor}"
    for taljare, namnare, i_ord in ((3, 4, "tre av fyra"), (2, 3, "två av tre")):
        if antal * namnare == taljare * av:
            return f"{i_ord.capitalize()} {flera} {gor}"
        if antal * namnare > taljare * av:
            return f"Mer än {i_ord} {flera} {gor}"
    if 2 * antal > av:
        return f"Mer än hälften av {de} {gor}"
    for namnare, i_ord in ((4, "en av fyra"), (3, "en av tre")):
        if antal * namnare == av:
            return f"{i_ord.capitalize()} {flera} {gor}"
        if antal * namnare < av:
            return f"Färre än {i_ord} {flera} {gor}"
    return f"Färre än hälften av {de} {gor}"


def storlek(antal) -> int:
    """A count to sort by; a hidden one comes last."""
    return antal if syns(antal) else -1


def figurer(per_insats: list, celler: dict) -> tuple[list, list]:
    """([figure], [sentence on a figure that is left out]); `per_insats` is [(slug, name, cells)].

    A figure: fynd, raknas, titel, kolumner, rader (as komponenter/staplar.html, or dold), hogst, and the notes smatt,
    fler, svarsandel, lag_svarsandel, mal.
    """
    ritade, utan = [], []
    for rita in (_kon, _positiva, _kvinnor_och_man, _halsa, _bemotande):
        figur = rita(per_insats, celler)
        if figur is None:
            continue
        if all(rad.get("dold") for rad in figur["rader"]):
            utan.append(f"Figuren ”{figur['titel']}” är utelämnad, eftersom små tal kan peka ut en person.")
        else:
            ritade.append(figur)
    return ritade, utan


def _rader(per_insats, celler, cell):
    """[(name, cells)] of the insatser that have anybody in `cell`, the largest first, and all of them last."""
    rader = sorted(
        ((namn, delar) for _, namn, delar in per_insats if delar[cell]["T"]),
        key=lambda rad: -storlek(rad[1][cell]["T"]),
    )
    return rader[:FLEST_STAPLAR] + ([("Alla", celler)] if len(per_insats) > 1 else [])


def _fler(per_insats, cell):
    return sum(bool(delar[cell]["T"]) for _, _, delar in per_insats) > FLEST_STAPLAR


def _smatt(antal):
    return syns(antal) and antal < SMA_GRUPPER


def _kon(per_insats, celler):
    """The share of women, men and others among those received (P3)."""
    tog_emot = celler["P3"]
    if not tog_emot["T"]:
        return None
    annat = bool(tog_emot["O"])
    kon = KON if annat else KON[:2]
    return {
        "fynd": fynd(
            tog_emot["K"], tog_emot["T"], "Ingen deltagare var kvinna", "Den enda deltagaren var kvinna",
            "deltagare", "deltagarna", "var kvinnor",
        ) if syns(tog_emot["K"], tog_emot["T"]) else "Andelen kvinnor går inte att visa",
        "raknas": "Andel av alla som togs emot (P3).",
        "titel": "Mottagna deltagare efter kön",
        "kolumner": [rubrik for _, _, rubrik in kon],
        "rader": [_konsrad(namn, delar["P3"], kon) for namn, delar in _rader(per_insats, celler, "P3")],
        "sista_ar_alla": len(per_insats) > 1,
        "kon": True,
        "utan_annat": not annat,
        "smatt": _smatt(tog_emot["T"]),
        "fler": _fler(per_insats, "P3"),
    }  # fmt: skip


def _konsrad(namn, cell, kon):
    if not (syns(cell["T"]) and kon_syns(cell)):
        return {"namn": namn, "dold": True, "celler": [DOLT] * len(kon)}
    return {
        "namn": namn,
        "delar": [(klass, cell[k]) for k, klass, _ in kon],
        "celler": [procent(cell[k] / cell["T"]) for k, _, _ in kon],
    }


def _andelsrad(namn, antal, av):
    if not syns(antal, av):
        return {"namn": namn, "dold": True, "celler": [_tal(antal), _tal(av), DOLT]}
    return {
        "namn": namn, "antal": antal, "av": av,
        "celler": [tal(antal), tal(av), f"{hela_procent(antal, av)}\N{NO-BREAK SPACE}%"],
    }  # fmt: skip


def _storst(rader):
    return max((rad["av"] for rad in rader if "av" in rad), default=0)


def _tal(antal):
    return tal(antal) if syns(antal) else DOLT


def _andelsfigur(per_insats, celler, del_, av, fynden, dolt, **text):
    """None when nobody is in the denominator. `fynden` are the words of `fynd`, `dolt` the heading without figures."""
    antal, namnare = celler[del_]["T"], celler[av]["T"]
    if namnare == 0:
        return None
    rader = [_andelsrad(namn, delar[del_]["T"], delar[av]["T"]) for namn, delar in _rader(per_insats, celler, av)]
    flera = len(per_insats) > 1
    return text | {
        "fynd": fynd(antal, namnare, *fynden) if syns(antal, namnare) else dolt,
        "rader": rader,
        "hogst": _storst(rader),
        # On paper the insatser have a scale of their own, and the row of all together, the last, fills its width.
        "hogst_insats": _storst(rader[:-1] if flera else rader),
        "sista_ar_alla": flera,
        "smatt": _smatt(namnare),
        "fler": _fler(per_insats, av),
    }


def _positiva(per_insats, celler):
    return _andelsfigur(
        per_insats, celler, "X1", "P7",
        ("Inget avslut var positivt", "Det enda avslutet var positivt", "avslut", "avsluten", "var positiva"),
        "Andelen positiva avslut går inte att visa",
        titel="Positiva avslut av alla avslut som räknas",
        raknas="Bred stapel: avslut utom flyttade och avlidna (P7). Smal stapel: positiva avslut (X1).",
        kolumner=["Positiva", "Av", "Andel"],
    )  # fmt: skip


def _kvinnor_och_man(_, celler):
    """Positive exits of women and men, with Newcombe's interval of the difference; only when all of it is shown."""
    rader = [(rubrik, celler["X1"][k], celler["P7"][k]) for k, _, rubrik in KON[:2]]
    if any(av == 0 for _, _, av in rader):
        return None
    figur = {
        "titel": "Positiva avslut för kvinnor och män",
        "raknas": "Bred stapel: avslut som räknas (P7). Smal stapel: positiva avslut (X1).",
        "rubrik": "Kön",
        "kolumner": ["Positiva", "Av", "Andel"],
        "rader": [_andelsrad(*rad) for rad in rader],
        "fynd": "Skillnaden mellan kvinnor och män går inte att visa",
    }
    if any(rad.get("dold") for rad in figur["rader"]):
        return figur | {"rader": [rad | {"dold": True} for rad in figur["rader"]]}
    (_, k, k_av), (_, m, m_av) = rader
    lag, hog = newcombe(k, k_av, m, m_av)
    if lag <= 0 <= hog:
        sagt = "Skillnaden mellan kvinnor och män går inte att skilja från slumpen"
    else:
        sagt = f"{'Kvinnor' if lag > 0 else 'Män'} gick oftare till positiva avslut"
    return figur | {
        "fynd": sagt,
        "hogst": max(k_av, m_av),
        "hogst_insats": max(k_av, m_av),
        "smatt": _smatt(k_av + m_av),
        "skillnad": f"Kvinnornas andel minus männens är {_punkter(Fraction(k, k_av) - Fraction(m, m_av))} "
        f"procentenheter. Med 95 procents säkerhet är skillnaden mellan {_punkter(lag)} och {_punkter(hog)}.",
    }


def _punkter(andel):
    """A difference of shares in whole points with its sign, half away from zero: −52, +44, 0."""
    punkter = int(abs(Fraction(andel)) * 100 + Fraction(1, 2))
    return f"{'+' if andel > 0 else '−'}{punkter}" if punkter else "0"


def _svar(svar, av):
    """How many of the exits answered, and whether so few that it has to be said loudly."""
    if not syns(svar, av) or not av:
        return {"svarsandel": "", "lag_svarsandel": False}
    return {
        "svarsandel": f"Svar finns för {tal(svar)} av {tal(av)} avslut ({hela_procent(svar, av)}\N{NO-BREAK SPACE}%).",
        "lag_svarsandel": Fraction(svar, av) < LAG_SVARSANDEL,
    }


def _halsa(per_insats, celler):
    figur = _andelsfigur(
        per_insats, celler, "H2", "H1",
        ("Ingen som svarade mår bättre", "Den enda som svarade mår bättre", "som svarade", "dem som svarade",
         "mår bättre"),
        "Andelen som mår bättre går inte att visa",
        titel="Mår bättre, av dem som skattade sin hälsa två gånger",
        raknas="Bred stapel: skattade sin hälsa både vid start och avslut (H1). Smal stapel: mår bättre (H2). "
        "Det är en förändring hos dem som svarade två gånger, inte insatsens effekt.",
        kolumner=["Bättre", "Av", "Andel"],
    )  # fmt: skip
    return figur and figur | _svar(celler["H1"]["T"], celler["P7"]["T"])


def _bemotande(per_insats, celler):
    figur = _andelsfigur(
        per_insats, celler, "S2", "S1",
        ("Ingen som svarade var nöjd", "Den enda som svarade var nöjd", "som svarade", "dem som svarade",
         "var nöjda med bemötandet"),
        "Andelen nöjda går inte att visa",
        titel="Nöjda med bemötandet, av dem som svarade",
        raknas="Bred stapel: svarade vid avslut (S1). Smal stapel: nöjda (S2). Målet är 80\N{NO-BREAK SPACE}%.",
        kolumner=["Nöjda", "Av", "Andel"],
    )  # fmt: skip
    return figur and figur | _svar(celler["S1"]["T"], celler["P7"]["T"]) | {"mal": _mal(celler["S3"]["T"])}


def _mal(s3):
    """The verdict on the target in words; "" when any part of it is hidden or missing."""
    if not isinstance(s3, dict) or not s3["ki"] or not s3["omdome"] or not syns(s3["ki"], s3["omdome"], *s3["ki"]):
        return ""
    lag, hog = (procent(grans) for grans in s3["ki"])
    return f"Målet är {s3['omdome']}: med 95 procents säkerhet är andelen mellan {lag} och {hog}."
