"""The state's model worked through with an association's own figures, step by step (MC2, doman.md 4.1). Pure.

What the model says is known: a base, the rest by försörjningsmått and population. What equity costs is not published:
the deduction here is a reading, off unless the association turns it on, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from ekonomi.belopp import NOLL, Bedomning, Kapitalregel, kr
from ekonomi.fordelning import HALVA, Omrade, Statsmodell

HUNDRA = Decimal(100)
# The model of 2015 as it is described; the frame and the number of associations change every year.
STANDARD = {
    "grund": 400_000, "vikt_forsorjning": 75, "vikt_invanare": 25, "ram": None, "antal": None,
    "kapitalavdrag": False, "broms": 10,
}  # fmt: skip
TALNYCKLAR = ("fm", "fm_alla", "inv", "inv_alla", "kapital")


@dataclass(frozen=True)
class Modell:
    """The settings: kronor and percent. `broms` is the largest fall in percent from one year to the next, None when
    there is none; `kapitalavdrag` whether equity above the rule is taken off."""

    ram: Decimal | None
    antal: int | None
    grund: Decimal
    vikt_forsorjning: Decimal
    vikt_invanare: Decimal
    kapitalavdrag: bool
    broms: Decimal | None

    @classmethod
    def av(cls, varde: Mapping):
        """From the setting `statsmodell`; what it does not say is as in STANDARD."""
        varde = STANDARD | dict(varde)

        def tal(namn):
            return None if varde[namn] is None else Decimal(str(varde[namn]))

        return cls(
            tal("ram"), varde["antal"], tal("grund"), tal("vikt_forsorjning"), tal("vikt_invanare"),
            bool(varde["kapitalavdrag"]), tal("broms"),
        )  # fmt: skip


@dataclass(frozen=True)
class Tal:
    """What a year is counted with: försörjningsmått and population 16–64 of our area and of the areas of all
    associations together, our equity, and what we had the year before. None where it is not known."""

    fm: Decimal | None = None
    fm_alla: Decimal | None = None
    inv: Decimal | None = None
    inv_alla: Decimal | None = None
    kapital: Decimal | None = None
    tilldelning_fore: Decimal | None = None
    stat_fore: Decimal | None = None

    @classmethod
    def av(cls, varde: Mapping, **falt):
        """From the setting of the year; `falt` are the ones that the budget knows."""
        givna = {namn: Decimal(str(varde[namn])) for namn in TALNYCKLAR if varde.get(namn) is not None}
        return cls(**{namn: belopp for namn, belopp in falt.items() if belopp is not None} | givna)


@dataclass(frozen=True)
class Steg:
    """A step of the calculation: what is done, with which figures, and what it gives in kronor (None: no sum)."""

    rubrik: str
    text: str
    belopp: Decimal | None = None


@dataclass(frozen=True)
class Utrakning:
    """`enligt_modellen` before equity and brake; `resultat` after. Whole kronor. `ovriga` is what the model leaves for
    all the others, so that the two are the frame."""

    enligt_modellen: Decimal
    ovriga: Decimal
    avdrag: Decimal
    golv: Decimal | None
    bromsad: bool
    resultat: Decimal
    kapital: Bedomning | None
    steg: tuple[Steg, ...]

    @property
    def halva(self):
        """What the region then pays, and the municipalities together (lag 2003:1210 5 §)."""
        return self.resultat * HALVA

    @property
    def hela_tilldelningen(self):
        return self.resultat + 2 * self.halva


def saknas(modell: Modell, tal: Tal) -> list[str]:
    """What is not known yet, in words; empty when the model can be counted."""
    behovs = (
        (modell.ram, "statens ram för alla förbund"), (modell.antal, "antalet förbund"),
        (tal.fm, "försörjningsmåttet i vårt område"), (tal.fm_alla, "försörjningsmåttet i alla förbunds områden"),
        (tal.inv, "invånarna 16–64 år i vårt område"), (tal.inv_alla, "invånarna 16–64 år i alla förbunds områden"),
    )  # fmt: skip
    return [namn for varde, namn in behovs if varde is None]


def hinder_modell(modell: Modell) -> dict[str, str]:
    """{field: why} of settings that cannot be true."""
    fel = {}
    if modell.vikt_forsorjning + modell.vikt_invanare != HUNDRA:
        fel["vikt_invanare"] = "Vikterna ska bli 100 procent tillsammans."
    if modell.ram < modell.grund * modell.antal:
        fel["ram"] = f"Ramen räcker inte till {kr(modell.grund)} var för {modell.antal} förbund. Kontrollera beloppet."
    return fel


def hinder_tal(tal: Tal) -> dict[str, str]:
    """{field: why} of a year's figures that cannot be true."""
    fel = {}
    for vart, allas, falt, vad in (
        (tal.fm, tal.fm_alla, "fm_alla", "försörjningsmått"), (tal.inv, tal.inv_alla, "inv_alla", "invånare"),
    ):  # fmt: skip
        if not allas:
            fel[falt] = f"Alla förbunds {vad} kan inte vara noll."
        elif vart > allas:
            fel[falt] = f"Vårt områdes {vad} är större än alla förbunds tillsammans. Kontrollera båda."
    return fel


def hinder(modell: Modell, tal: Tal) -> dict[str, str]:
    """{field: why it cannot be counted} of figures that are all there."""
    fel = hinder_modell(modell) | hinder_tal(tal)
    if modell.antal == 1 and not fel and (tal.fm, tal.inv) != (tal.fm_alla, tal.inv_alla):
        fel["antal"] = "Med ett enda förbund i landet är vårt område hela. Kontrollera antalet."
    return fel


def rakna(modell: Modell, tal: Tal, regel: Kapitalregel) -> Utrakning:
    """Needs that `saknas` and `hinder` are empty."""
    stat = Statsmodell(
        modell.ram, modell.antal, modell.grund, modell.vikt_forsorjning / HUNDRA, modell.vikt_invanare / HUNDRA
    )
    var = Omrade(tal.fm, tal.inv)
    andra = Omrade(tal.fm_alla - tal.fm, tal.inv_alla - tal.inv, modell.antal - 1)
    enligt, ovriga = stat.fordela([var, andra]) if modell.antal > 1 else (*stat.fordela([var]), NOLL)
    bedomning = _bedom(tal, regel)
    over = bedomning is not None and bedomning.lage == "bryter"
    avdrag = NOLL
    if modell.kapitalavdrag and over:
        avdrag = min((bedomning.kapital - bedomning.hogst).quantize(Decimal(1), ROUND_HALF_UP), enligt)
    golv = None
    if modell.broms is not None and tal.stat_fore is not None and not over:
        golv = (tal.stat_fore * (HUNDRA - modell.broms) / HUNDRA).quantize(Decimal(1), ROUND_HALF_UP)
    resultat = enligt - avdrag
    bromsad = golv is not None and golv > resultat
    svar = Utrakning(
        enligt, ovriga, avdrag, golv, bromsad, golv if bromsad else resultat, bedomning, ()
    )  # fmt: skip
    return replace(svar, steg=tuple(_stegen(modell, tal, svar)))


def _bedom(tal, regel):
    """Our equity against the rule, of the allocation that the year before had; None when either is not known."""
    if tal.kapital is None or not tal.tilldelning_fore:
        return None
    return regel.bedom(tal.kapital, tal.tilldelning_fore)


def _stegen(modell, tal, svar):
    grunder = modell.grund * modell.antal
    yield Steg(
        "Alla får en grund",
        f"{modell.antal} förbund × {kr(modell.grund)} = {kr(grunder)} av ramen {kr(modell.ram)}.",
        modell.grund,
    )
    yield Steg(
        "Det som är kvar att fördela",
        f"{kr(modell.ram)} − {kr(grunder)} = {kr(modell.ram - grunder)} till alla förbund.",
    )
    andel_f, andel_i = tal.fm / tal.fm_alla, tal.inv / tal.inv_alla
    yield Steg(
        "Vår del av försörjningsmåttet",
        f"{tal_i_ord(tal.fm)} av {tal_i_ord(tal.fm_alla)} = {i_procent(andel_f)}. Den väger "
        f"{tal_i_ord(modell.vikt_forsorjning)} procent.",
    )
    yield Steg(
        "Vår del av invånarna 16–64 år",
        f"{tal_i_ord(tal.inv)} av {tal_i_ord(tal.inv_alla)} = {i_procent(andel_i)}. Den väger "
        f"{tal_i_ord(modell.vikt_invanare)} procent.",
    )
    andel = (modell.vikt_forsorjning * andel_f + modell.vikt_invanare * andel_i) / HUNDRA
    yield Steg(
        "Vår del av det som är kvar",
        f"{i_procent(andel)} av {kr(modell.ram - grunder)}, avrundat till hela kronor.",
        svar.enligt_modellen - modell.grund,
    )
    yield Steg("Enligt modellen", "Grunden och vår del av det som är kvar.", svar.enligt_modellen)
    yield _kapitalsteg(modell, tal, svar)
    yield _bromssteg(modell, tal, svar)
    yield Steg("Statens del", "Efter eget kapital och broms.", svar.resultat)


def _kapitalsteg(modell, tal, svar):
    rad = svar.kapital
    if rad is None:
        vad = "det egna kapitalet" if tal.kapital is None else "tilldelningen året före"
        return Steg("Det egna kapitalet", f"Inget avdrag är räknat, eftersom {vad} saknas.")
    ord_ = f"{kr(rad.kapital)} är {str(rad.procent).replace('.', ',')} procent av tilldelningen året före"
    if rad.hogst is None:
        return Steg("Det egna kapitalet", f"{ord_}. Ingen regel är inställd för en så stor tilldelning.")
    if rad.lage != "bryter":
        return Steg("Det egna kapitalet", f"{ord_}. Det är inom regeln, högst {kr(rad.hogst)}. Inget avdrag.", NOLL)
    if not modell.kapitalavdrag:
        return Steg(
            "Det egna kapitalet",
            f"{ord_}, mer än regelns {kr(rad.hogst)}. Avdraget är avstängt, så inget är taget bort.",
        )
    return Steg("Det egna kapitalet", f"{ord_}. Det som är över regelns {kr(rad.hogst)} dras av.", -svar.avdrag)


def _bromssteg(modell, tal, svar):
    if modell.broms is None:
        return Steg("Bromsen", "Ingen broms är inställd.")
    if svar.kapital is not None and svar.kapital.lage == "bryter":
        return Steg("Bromsen", "Gäller inte, eftersom det egna kapitalet är över regeln.")
    if svar.golv is None:
        return Steg("Bromsen", "Är inte räknad, eftersom statens del året före inte är känd.")
    ord_ = f"Högst {tal_i_ord(modell.broms)} procent lägre än året före, {kr(tal.stat_fore)}: lägst {kr(svar.golv)}."
    if svar.bromsad:
        return Steg("Bromsen", f"{ord_} Den höjer beloppet.", svar.golv - (svar.enligt_modellen - svar.avdrag))
    return Steg("Bromsen", f"{ord_} Den behövs inte.", NOLL)


def tal_i_ord(varde: Decimal) -> str:
    """12 345,6 with no decimals that say nothing."""
    text = f"{varde:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def i_procent(andel: Decimal) -> str:
    """1,2346 procent, four decimals."""
    return f"{(andel * 100).quantize(Decimal('0.0001'), ROUND_HALF_UP)} procent".replace(".", ",")
