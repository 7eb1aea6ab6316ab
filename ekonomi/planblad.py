"""The plan of years as an Excel file: one row a line, sums and equity as formulas."""

from ekonomi.flerarsplan import Plan
from samordning.karna import kalkylblad
from samordning.karna.kalender import idag
from samordning.karna.kalkylblad import Formel, Kr

# Of the budget year its amount; of each plan year amount, what is bound of it, what is an option, and the words.
AR0, AR1, AR2 = "C", ("D", "E", "F", "G"), ("H", "I", "J", "K")


def gor(plan: Plan) -> bytes:
    """Two sheets, "Om" and the table. One query."""
    aren = [rad.ar for rad in plan.aren]
    kolumner = [("Rad", 46), ("Del av budgeten", 24), (f"Budget {aren[0]}", 16)]
    for ar in aren[1:]:
        kolumner += [(f"Plan {ar}", 16), (f"Varav bundet {ar}", 16), (f"Varav option {ar}", 16), (f"Läge {ar}", 34)]
    om = [
        ("Uttaget", str(idag())),
        ("Innehåll", f"Budgeten för {aren[0]} och planen för de två åren efter. Belopp i kronor."),
        ("Bundet", "Det som står i avtal som gäller. Option är det som avtalens förlängningar skulle kosta."),
        ("Räknas inte med", "Rader inom parentes i budgeten har sitt belopp i kolumnen Läge och inte i summorna."),
        *(("Inte med i summorna", f"{rad.linje.namn}: avtal utan rad i budgeten.") for rad in plan.utanfor),
        *(("Saknas", text) for text in plan.varningar),
    ]
    return kalkylblad.gor(
        f"Budgetplan {aren[0]}–{aren[-1]}", om, [kalkylblad.Blad("Budgetplan", kolumner, _rader(plan))]
    )


def _rader(plan):
    rader, blocksummor = [], []
    for block in plan.block:
        forsta = len(rader) + 2  # row 1 is the heading
        rader += [_rad(rad, block.namn) for rad in block.rader]
        sista = len(rader) + 1
        blocksummor.append(len(rader) + 2)
        rader.append(
            _summa(
                f"Summa {block.namn[:1].lower()}{block.namn[1:]}", lambda b, f=forsta, s=sista: f"SUM({b}{f}:{b}{s})"
            )
        )
    kostnader = len(rader) + 2
    rader.append(_summa("Kostnader", lambda b: "+".join(f"{b}{nr}" for nr in blocksummor) or "0"))
    return rader + _inkomster(plan, kostnader)


def _rad(rad, block):
    celler = [Kr(rad.raknas(0))]
    for nr, cell in enumerate(rad.celler, 1):
        if rad.linje.memo:
            celler += [Kr(rad.raknas(nr)), Kr(0), Kr(0), f"Räknas inte med: {cell.belopp}"]
        else:
            lage = ". ".join(del_ for del_ in (cell.i_ord, cell.text, cell.kommentar) if del_)
            celler += [Kr(cell.belopp), Kr(cell.bundet), Kr(cell.option), lage]
    return [rad.linje.namn, block, *celler]


def _summa(namn, formel):
    ut = [namn, None, Formel(f"={formel(AR0)}")]
    for kolumner in (AR1, AR2):
        ut += [*(Formel(f"={formel(b)}") for b in kolumner[:3]), None]
    return ut


def _inkomster(plan, kostnader):
    """Incomes, and equity that goes from one year to the next."""
    forsta = kostnader + 1
    ramar = [rad.ram for rad in plan.aren]
    slut = forsta + 4
    bokstaver = (AR0, AR1[0], AR2[0])

    def rad(namn, varden):
        return [namn, None, varden[0], varden[1], None, None, None, varden[2], None, None, None]

    in_ = [Kr(plan.forsta.budget.eget_kapital_in), *(Formel(f"={b}{slut}") for b in bokstaver[:2])]
    return [
        rad("Tilldelning", [Kr(ram.tilldelning) for ram in ramar]),
        rad("Övriga intäkter", [Kr(ram.ovriga) for ram in ramar]),
        rad("Eget kapital vid årets början", in_),
        rad("Att använda", [Formel(f"=SUM({b}{forsta}:{b}{forsta + 2})") for b in bokstaver]),
        rad("Eget kapital vid årets slut", [Formel(f"={b}{forsta + 3}-{b}{kostnader}") for b in bokstaver]),
    ]
