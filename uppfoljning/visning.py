"""What is shown of one outcome report, by its reader's eyes: rows with words, findings and bars. Pure: reads the dict.

Every row carries the id of its cell (rapportdefinitioner.md 7.1), so that a figure can be traced. A hidden cell is
`DOLT` here too; the templates show it as the word *dolt*.
"""

from dataclasses import dataclass

from samordning.karna.kalender import Period
from samordning.karna.templatetags.samordning import SAKNAS, komma, procent, tal, talord
from uppfoljning.definitioner import omraden
from uppfoljning.meningar import ORD, kon_syns, meningar, syns, uppraknat
from uppfoljning.rapportfigurer import figurer, storlek
from uppfoljning.rojande import DOLT

KON = ("K", "M", "O", "T")
UPPRAKNAS = 4  # more insatser than this are told by their number

# What stands where a code would, when there is none (beslut.md 18).
UTAN_KOD = {"saknas": "Uppgift saknas", "VES": "Vill inte svara", "BLANDAD": "Två lika stora"}


@dataclass(frozen=True)
class Tabellrad:
    """A row of "Alla tal": women, men, others, all as [(figure, share or "")]; DOLT for what is hidden."""

    id: str
    text: str
    varden: list


def sida(rapport: dict, namn: dict[str, str], koder: dict[str, str]) -> dict:
    """The template's context. `namn` is slug -> the name of the insats, `koder` the texts of försörjning."""
    celler = rapport["celler"]
    per_insats = insatser_i_ordning(rapport, namn)
    insatser = [namn for _, namn, _ in per_insats]
    ritade, utan_figur = figurer(per_insats, celler)
    f1 = forsorjning(celler["F1"], koder)
    return {
        "rapport": rapport,
        "period": Period.av_text(*rapport["period"]),
        "insatser_i_ord": vilka(insatser),
        "fynd": _fynd(celler, ritade),
        "i_ord": [("Alla insatser", meningar(rapport, namn="insatserna"))] * (len(insatser) > 1)
        + [(rubrik, meningar(rapport, slug, rubrik)) for slug, rubrik, _ in per_insats],
        "nyckeltal": _nyckeltal(celler),
        "figurer": ritade,
        "utan_figur": utan_figur,
        "tabeller": ([("Alla insatser", tabell(celler))] if len(insatser) != 1 else [])
        + [(rubrik, tabell(delar)) for _, rubrik, delar in per_insats],
        "forsorjning": f1,
        "forsorjning_dold": f1 is None,
        "tom": celler["P1"]["T"] == 0,
        "anonyma_i_ord": _anonyma(rapport["anonyma"]),
        "definitioner": omraden(celler),
        "brutna": _brutna(rapport, namn),
    }


def insatser_i_ordning(rapport, namn):
    """[(slug, name, cells)], the largest first; those whose size is hidden last, by name."""
    rader = [(slug, namn[slug], rad["celler"]) for slug, rad in rapport["per_insats"].items()]
    return sorted(rader, key=lambda rad: (-storlek(rad[2]["P1"]["T"]), rad[1]))


# ---- The table of all figures


def tabell(celler: dict) -> list:
    """[(area, [Tabellrad])] with every cell but the matrix F1."""
    return [(omrade, [_rad(celler, definition) for definition in rader]) for omrade, rader in omraden(celler)]


def _rad(celler, d):
    varden = []
    for kon in KON:
        varde = _del(celler[d.cell][kon], d.del_)
        andel = ""
        if d.av and syns(varde) and (namnare := celler[d.av][kon]):
            andel = procent(varde / namnare) if syns(namnare) else DOLT
        varden.append((formatera(varde, d.slag), andel))
    return Tabellrad(d.id, d.text, varden)


def _del(varde, del_):
    """A part of a composed cell; a cell that is hidden as a whole hides its parts."""
    return varde[del_] if del_ and isinstance(varde, dict) else varde


def formatera(varde, slag):
    if varde is None:
        return SAKNAS
    if not syns(varde) or (slag == "intervall" and not syns(*varde)):
        return DOLT
    if slag == "andel":
        return procent(varde)
    if slag == "veckor":
        return komma(varde / 7, 1)
    if slag == "intervall":
        return f"{procent(varde[0])}–{procent(varde[1])}".replace("\N{NO-BREAK SPACE}%–", "–")
    if slag == "ord":
        return varde.capitalize()
    return komma(varde) if slag == "decimal" else tal(varde)


def forsorjning(matris: dict, koder: dict) -> list | None:
    """[(at start, at exit, women, men, others, all)] of F1, the most common first; None when all of it is hidden.

    A part that is hidden has DOLT in each of its rows.
    """
    if _matris_dold(matris["T"]):
        return None
    koder = koder | UTAN_KOD
    par = sorted(matris["T"].items(), key=lambda rad: (-storlek(rad[1]), rad[0]))
    return [
        (
            *(koder.get(kod, kod) for kod in vag.split(">")),
            *(DOLT if _matris_dold(matris[kon]) else matris[kon].get(vag, 0) for kon in KON[:3]),
            antal,
        )
        for vag, antal in par
    ]


def _matris_dold(matris):
    """Hidden as a whole: DOLT itself, or every pair of codes listed as hidden (7.6.2)."""
    return matris == DOLT or bool(matris) and not any(syns(antal) for antal in matris.values())


# ---- In words


def _nyckeltal(celler):
    rader = (("Tog emot", "P3"), ("Avslutade", "P4"), ("Positiva avslut", "X1"),
             ("Till arbete, studier eller jobbsökande", "X2"))  # fmt: skip
    return [
        (text, tal(celler[cell]["T"]), kon_i_ord(celler[cell])) if syns(celler[cell]["T"]) else (text, DOLT, "")
        for text, cell in rader
    ]


def tal_eller_dolt(antal):
    return tal(antal) if syns(antal) else DOLT


def kon_i_ord(cell: dict) -> str:
    """27 kvinnor, 8 män; the third group only where there is somebody. Says when the split is hidden."""
    if not kon_syns(cell):
        return "kvinnor och män visas inte"
    delar = [f"{tal(cell[kon])} {ORD[kon][cell[kon] != 1]}" for kon in "KM"]
    return ", ".join(delar + [f"{tal(cell['O'])} annat"] * bool(cell["O"]))


def _fynd(celler, ritade):
    """The two or three things to know first."""
    nya, slut = celler["P3"]["T"], celler["P4"]["T"]
    delar = []
    if syns(nya):
        delar.append(f"{tal(nya) if nya else 'ingen ny'} deltagare togs emot")
    if syns(slut):
        delar.append(f"{tal(slut) if slut else 'ingen'} avslutade")
    text = f"{uppraknat(delar).capitalize()}." if delar else "Hur många som togs emot och avslutade visas inte."
    positiva = next((figur["fynd"] for figur in ritade if figur["titel"].startswith("Positiva avslut av")), "")
    return f"{text} {positiva}.".strip() if positiva else text


def _anonyma(antal):
    """In words, or "" in a report that does not count them."""
    if not antal:
        return ""
    if not syns(antal["T"]):
        return "Hur många anonyma deltagare som startade under året visas inte."
    if not antal["T"]:
        return "Ingen anonym deltagare startade under året."
    ord_ = "anonym deltagare" if antal["T"] == 1 else "anonyma deltagare"
    return (
        f"Utöver dem startade {talord(antal['T'])} {ord_} under året: {kon_i_ord(antal)}. "
        "De räknas inte i något annat tal."
    )


def vilka(insatser):
    return uppraknat(insatser) if len(insatser) <= UPPRAKNAS else f"{talord(len(insatser)).capitalize()} insatser"


def _brutna(rapport, namn):
    delar = {"T": "alla", "K": "kvinnor", "M": "män", "O": "annat eller okänt kön"}
    return [
        f"Kontroll {rad['nr']}, {delar[rad['del']]}, {namn.get(rad['insats'], 'alla insatser')}"
        for rad in rapport["identiteter"]["brutna"]
    ]
