"""The two small tables under a budget in Excel: what the money is used for, and equity against the rule. Formulas."""

from ekonomi.belopp import EJ_BESLUTAT, KATEGORIER
from ekonomi.budgetrapport import OMDOMEN
from ekonomi.models import Budgetpost

Kategori = Budgetpost.Kategori
DELBARA = (Kategori.INDIVID, Kategori.STRUKTUR)


def andelar(blad):
    """Shares of all there is to use (G17-G22); undecided money together with closing equity (G19)."""
    blad.rad += 2
    blad.satt("A", "rubrik:andelar")
    blad.rubrikrad({"B": "Så används pengarna", "C": "", "D": "", "E": "", "F": "Andel av medlen", "G": "Kronor"})
    medel, forsta = blad.rader["medel"], blad.rad + 1
    for kod, namn in KATEGORIER.items():
        formel = "=" + "+".join(_summa(blad, kod))
        if kod == EJ_BESLUTAT:
            formel += f"+G{blad.rader['utgaende']}"
        rad = blad.rad + 1
        blad.delrad(f"andel:{kod}", namn, {"F": f'=IF(G{medel}=0,"",G{rad}/G{medel})', "G": formel}, andel="0%")
    sista, rad = blad.rad, blad.rad + 1
    blad.delrad("andelar", "Summa, allt som finns att använda", {
        "F": f'=IF(G{medel}=0,"",G{rad}/G{medel})', "G": f"=SUM(G{forsta}:G{sista})",
    }, fet=True, andel="0%")  # fmt: skip
    blad.rad += 1
    blad.satt("B", "Varje andel är avrundad för sig, så de kan tillsammans bli något annat än 100 procent.")


def _summa(blad, kod):
    """Terms of a category's sum. A line that is both individual and structural is divided by its own share."""
    a, b = blad.forsta, blad.sista

    def kolumn(bokstav):
        return f"${bokstav}${a}:${bokstav}${b}"

    def av(koder):
        return "(" + "+".join(f'({kolumn("C")}="{kod.label}")' for kod in koder) + ")"

    raknas = f'({kolumn("I")}<>"Budgeten")*({kolumn("I")}<>"Båda")*{kolumn("G")}'
    if kod in DELBARA:
        del_ = kolumn("J") if kod == Kategori.INDIVID else f"(100-{kolumn('J')})"
        yield f"""SUMPRODUCT({av([Kategori(kod)])}*({kolumn("J")}="")*{raknas})"""
        yield f"""SUMPRODUCT({av(DELBARA)}*({kolumn("J")}<>"")*{raknas}*{del_})/100"""
    else:
        koder = [ett for ett in Kategori if ett == kod or (kod == "ledning" and ett == Kategori.LEDNING_ADMIN)]
        yield f"SUMPRODUCT({av(koder)}*{raknas})"


def kapital(blad, bas, formel, steg):
    """Equity at the year's beginning and end against the rule on one base (G24, G25). `steg`: [(up to, percent)]."""
    blad.rad += 2
    blad.satt("A", f"rubrik:{bas}")
    blad.rubrikrad({
        "B": f"Eget kapital mot regeln, av {bas}", "C": "Bedömning", "D": "", "E": "", "F": "Andel", "G": "Kronor",
    })  # fmt: skip
    blad.delrad(f"bas:{bas}", bas.capitalize(), {"G": formel})
    basrad = blad.rad
    tak = '""'
    for till, procent in reversed(steg):
        tak = f"IF(G{blad.rader['tilldelning']}<={till:f},{procent:f}/100,{tak})"
    rad = blad.rad + 1
    blad.delrad(f"tak:{bas}", "Högst enligt regeln", {"F": f"={tak}", "G": f'=IF(F{rad}="","",F{rad}*G{basrad})'})
    takrad, slut = blad.rad, blad.rader["utgaende"]
    ej_beslutat = blad.rader[f"andel:{EJ_BESLUTAT}"]  # with closing equity: what is left if nothing of it is used
    for nyckel, namn, cell in (
        ("in", "Vid årets början", f"=G{blad.rader['eget_kapital_in']}"),
        ("ut", "Vid årets slut, om allt används", f"=G{slut}"),
        ("kvar", "Vid årets slut, om det ej beslutade blir kvar", f"=G{ej_beslutat}"),
    ):
        rad = blad.rad + 1
        blad.delrad(f"{nyckel}:{bas}", namn, {
            "C": f'=IF(G{rad}<0,"{_ord("under_noll")}",IF(G{takrad}="","{_ord("ingen_regel")}",'
            f'IF(G{rad}<=G{takrad},"{_ord("klarar")}","{_ord("bryter")}")))',
            "F": f'=IF(G{basrad}=0,"",G{rad}/G{basrad})', "G": cell,
        })  # fmt: skip


def _ord(lage):
    return OMDOMEN[lage].capitalize()
