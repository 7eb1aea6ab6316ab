"""What the report page shows of an outcome report: rows with words, findings and bars. Pure: reads the report's dict.

Every row carries the id of its cell (rapportdefinitioner.md 7.1), so that a figure can be traced.
"""

import datetime
from dataclasses import dataclass

from samordning.karna.kalender import Period
from samordning.karna.templatetags.samordning import SAKNAS, komma, procent, tal, talord
from uppfoljning.definitioner import OMRADEN
from uppfoljning.meningar import ORD, meningar
from uppfoljning.statistik import procent as hela_procent

KON = ("K", "M", "O", "T")
FLEST_STAPLAR = 12
UPPRAKNAS = 4  # more insatser than this are told by their number
SMA_GRUPPER = 30  # under this many persons a share says little (ui.md 8)

# What stands where a code would, when there is none (beslut.md 18).
UTAN_KOD = {"saknas": "Uppgift saknas", "VES": "Vill inte svara", "BLANDAD": "Två lika stora"}


@dataclass(frozen=True)
class Tabellrad:
    """A row of "Alla tal": women, men, others, all as [(figure, share or "")]."""

    id: str
    text: str
    varden: list


def sida(rapport: dict, namn: dict[str, str], koder: dict[str, str]) -> dict:
    """The template's context. `namn` is slug -> the name of the insats, `koder` the texts of försörjning."""
    celler = rapport["celler"]
    period = Period(*map(datetime.date.fromisoformat, rapport["period"]))
    per_insats = [(slug, namn[slug], rad["celler"]) for slug, rad in rapport["per_insats"].items()]
    per_insats.sort(key=lambda rad: (-rad[2]["P1"]["T"], rad[1]))
    insatser = [namn for _, namn, _ in per_insats]
    return {
        "rapport": rapport,
        "period": period,
        "insatser_i_ord": _vilka(insatser),
        "i_ord": [("Alla insatser", meningar(rapport, namn="insatserna"))] * (len(insatser) > 1)
        + [(rubrik, meningar(rapport, slug, rubrik)) for slug, rubrik, _ in per_insats],
        "nyckeltal": _nyckeltal(celler),
        "figurer": [figur for figur in (_konsfigur(per_insats, celler), _positiva(per_insats, celler),
                                        _halsa(per_insats, celler), _bemotande(per_insats, celler)) if figur],
        "tabeller": ([("Alla insatser", tabell(celler))] if len(insatser) != 1 else [])
        + [(rubrik, tabell(delar)) for _, rubrik, delar in per_insats],
        "forsorjning": forsorjning(celler["F1"], koder),
        "tom": not celler["P1"]["T"],
        "anonyma_i_ord": kon_i_ord(rapport["anonyma"]) if rapport["anonyma"] else "",
        "definitioner": OMRADEN,
        "brutna": _brutna(rapport, namn),
    }  # fmt: skip


# ---- The table of all figures


def tabell(celler: dict) -> list:
    """[(area, [Tabellrad])] with every cell but the matrix F1."""
    return [(omrade, [_rad(celler, definition) for definition in rader]) for omrade, rader in OMRADEN]


def _rad(celler, d):
    varden = []
    for kon in KON:
        varde = celler[d.cell][kon]
        varde = varde[d.del_] if d.del_ else varde
        andel = ""
        if d.av and (namnare := celler[d.av][kon]):
            andel = procent(varde / namnare)
        varden.append((_format(varde, d.slag), andel))
    return Tabellrad(d.id, d.text, varden)


def _format(varde, slag):
    if varde is None:
        return SAKNAS
    if slag == "andel":
        return procent(varde)
    if slag == "veckor":
        return komma(varde / 7, 1)
    if slag == "intervall":
        return f"{procent(varde[0])}–{procent(varde[1])}".replace("\N{NO-BREAK SPACE}%–", "–")
    if slag == "ord":
        return varde.capitalize()
    return komma(varde) if slag == "decimal" else tal(varde)


def forsorjning(matris: dict, koder: dict) -> list:
    """[(at start, at exit, women, men, others, all)] of F1, the most common first."""
    koder = koder | UTAN_KOD
    par = sorted(matris["T"].items(), key=lambda rad: (-rad[1], rad[0]))
    return [
        (*(koder.get(kod, kod) for kod in vag.split(">")), *(matris[kon].get(vag, 0) for kon in KON[:3]), antal)
        for vag, antal in par
    ]


# ---- Findings and bars


def _nyckeltal(celler):
    rader = (("Tog emot", "P3"), ("Avslutade", "P4"), ("Positiva avslut", "X1"),
             ("Till arbete, studier eller jobbsökande", "X2"))  # fmt: skip
    return [(text, tal(celler[cell]["T"]), kon_i_ord(celler[cell])) for text, cell in rader]


def kon_i_ord(cell: dict) -> str:
    """27 kvinnor, 8 män; the third group only where there is somebody."""
    delar = [f"{tal(cell[kon])} {ORD[kon][cell[kon] != 1]}" for kon in "KM"]
    return ", ".join(delar + [f"{tal(cell['O'])} annat"] * bool(cell["O"]))


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


def _rader(per_insats, celler, cell):
    """(name, cells) of the insatser that have anybody in `cell`, the largest first, and all of them last."""
    rader = sorted(
        ((namn, delar) for _, namn, delar in per_insats if delar[cell]["T"]), key=lambda rad: -rad[1][cell]["T"]
    )
    alla = [("Alla", celler)] if len(per_insats) > 1 else []
    return rader[:FLEST_STAPLAR], alla


def _konsfigur(per_insats, celler):
    """The share of women, men and others among those received (P3)."""
    if not (antal := celler["P3"]["T"]):
        return None
    visade, alla = _rader(per_insats, celler, "P3")
    annat = bool(celler["P3"]["O"])
    kon = [("K", "kvinnor"), ("M", "man"), *([("O", "annat")] if annat else [])]
    rader = [
        {
            "namn": namn,
            "delar": [(klass, delar["P3"][k]) for k, klass in kon],
            "celler": [procent(delar["P3"][k] / delar["P3"]["T"]) for k, _ in kon],
        }
        for namn, delar in visade + alla
    ]
    return {
        "fynd": fynd(
            celler["P3"]["K"],
            antal,
            "Ingen deltagare var kvinna",
            "Den enda deltagaren var kvinna",
            "deltagare",
            "deltagarna",
            "var kvinnor",
        ),
        "raknas": "Andel av alla som togs emot (P3).",
        "titel": "Mottagna deltagare efter kön",
        "kolumner": ["Kvinnor", "Män", *(["Annat"] if annat else [])],
        "rader": rader,
        "kon": True,
        "utan_annat": not annat,
        "smatt": antal < SMA_GRUPPER,
        "fler": _utelamnade(per_insats, "P3"),
    }


def _andelsfigur(per_insats, celler, del_, av, **text):
    if not (namnare := celler[av]["T"]):
        return None
    visade, alla = _rader(per_insats, celler, av)
    rader = [
        {
            "namn": namn,
            "antal": delar[del_]["T"],
            "av": delar[av]["T"],
            "celler": [
                tal(delar[del_]["T"]), tal(delar[av]["T"]),
                f"{hela_procent(delar[del_]['T'], delar[av]['T'])}\N{NO-BREAK SPACE}%",
            ],
        }
        for namn, delar in visade + alla
    ]  # fmt: skip
    return text | {
        "rader": rader,
        "hogst": max(rad["av"] for rad in rader),
        "smatt": namnare < SMA_GRUPPER,
        "fler": _utelamnade(per_insats, av),
    }


def _utelamnade(per_insats, cell):
    return max(0, sum(bool(delar[cell]["T"]) for _, _, delar in per_insats) - FLEST_STAPLAR)


def _positiva(per_insats, celler):
    return _andelsfigur(
        per_insats, celler, "X1", "P7", titel="Positiva avslut av alla avslut som räknas",
        fynd=fynd(
            celler["X1"]["T"], celler["P7"]["T"], "Inget avslut var positivt", "Det enda avslutet var positivt",
            "avslut", "avsluten", "var positiva",
        ),
        raknas="Bred stapel: avslut utom flyttade och avlidna (P7). Smal stapel: positiva avslut (X1).",
        kolumner=["Positiva", "Av", "Andel"],
    )  # fmt: skip


def _halsa(per_insats, celler):
    return _andelsfigur(
        per_insats, celler, "H2", "H1", titel="Mår bättre, av dem som skattade sin hälsa två gånger",
        fynd=fynd(
            celler["H2"]["T"], celler["H1"]["T"], "Ingen som svarade mår bättre", "Den enda som svarade mår bättre",
            "som svarade", "dem som svarade", "mår bättre",
        ),
        raknas="Bred stapel: skattade sin hälsa både vid start och avslut (H1). Smal stapel: mår bättre (H2). "
        "Det är en förändring hos dem som svarade två gånger, inte insatsens effekt.",
        kolumner=["Bättre", "Av", "Andel"],
    )  # fmt: skip


def _bemotande(per_insats, celler):
    return _andelsfigur(
        per_insats, celler, "S2", "S1", titel="Nöjda med bemötandet, av dem som svarade",
        fynd=fynd(
            celler["S2"]["T"], celler["S1"]["T"], "Ingen som svarade var nöjd", "Den enda som svarade var nöjd",
            "som svarade", "dem som svarade", "var nöjda med bemötandet",
        ),
        raknas="Bred stapel: svarade vid avslut (S1). Smal stapel: nöjda (S2). Målet är 80\N{NO-BREAK SPACE}%.",
        kolumner=["Nöjda", "Av", "Andel"],
    )  # fmt: skip


def _vilka(insatser):
    return _lista(insatser) if len(insatser) <= UPPRAKNAS else f"{talord(len(insatser)).capitalize()} insatser"


def _lista(ord_):
    return " och ".join(filter(None, [", ".join(ord_[:-1]), ord_[-1] if ord_ else ""]))


def _brutna(rapport, namn):
    delar = {"T": "alla", "K": "kvinnor", "M": "män", "O": "annat eller okänt kön"}
    return [
        f"Kontroll {rad['nr']}, {delar[rad['del']]}, {namn.get(rad['insats'], 'alla insatser')}"
        for rad in rapport["identiteter"]["brutna"]
    ]
