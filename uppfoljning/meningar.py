"""The written sentences of the outcome report (rapportdefinitioner.md 7.8), from its cells and nothing else.

They say *deltagare* for deltaganden (beslut.md 29). What is hidden is told in one sentence, last; the others are built
without it, so that no grammar tells what it was.
"""

from samordning.karna.kalender import Period
from uppfoljning.rojande import DOLT

# kon: (one, many) as the sentences say it
ORD = {"K": ("kvinna", "kvinnor"), "M": ("man", "män"), "O": ("med annat eller okänt kön",) * 2}
SKAL = "eftersom små tal kan peka ut en person"


def syns(*varden) -> bool:
    """True when none of the values is hidden."""
    return DOLT not in varden


def kon_syns(cell: dict) -> bool:
    """True when the split by sex can be told."""
    return syns(*(cell[kon] for kon in ORD))


def meningar(rapport: dict, insats: str | None = None, namn: str = "Insatserna") -> str:
    """The sentences about one insats (its slug), or about all together. `namn` is how the text names it."""
    celler = (rapport["per_insats"][insats] if insats else rapport)["celler"]
    nar = period_i_ord(rapport["period"])
    text = _Text()
    for mening in (_tog_emot(text, celler, nar, namn), _avslutade(text, celler, nar), _positiva(text, celler),
                   _arbete(text, celler), _halsa(text, celler)):  # fmt: skip
        text.skriv(mening)
    return text.klar(f"Talen för {namn} under {nar} visas inte, {SKAL}.")


def period_i_ord(period) -> str:
    """2023, första halvåret 2024, or the two dates in words."""
    p = Period.av_text(*period)
    if p.namn[0].isdigit() and not p.ar_kalenderar:
        return f"perioden {p.namn}"
    return p.namn


def uppraknat(ord_: list[str]) -> str:
    """a, b och c"""
    return " och ".join(filter(None, [", ".join(ord_[:-1]), ord_[-1] if ord_ else ""]))


class _Text:
    """The sentences so far, and what they could not say."""

    def __init__(self):
        self.meningar, self.dolda = [], []
        self.kon_visade = self.kon_dolda = False

    def skriv(self, mening):
        if mening:
            self.meningar.append(mening)

    def dolj(self, vad):
        """`vad` continues "Hur många": som ..."""
        self.dolda.append(vad)

    def parentes(self, cell):
        """ " (7 kvinnor och 3 män)"; when all are of one sex " (alla kvinnor)", and for one person " (1 kvinna)"."""
        if not (delar := self.uppdelat(cell)):
            return ""
        if len(delar) > 1:
            return f" ({_lista(delar)})"
        ((antal, ord_),) = delar
        return f" ({'1' if antal == 1 else 'alla'} {ord_})"

    def uppdelat(self, cell):
        """[(count, "kvinnor")] of the sexes that have anybody, women first; [] when any of them is hidden."""
        if not kon_syns(cell):
            self.kon_dolda = True
            return []
        self.kon_visade = True
        return [(cell[kon], ORD[kon][cell[kon] != 1]) for kon in ORD if cell[kon]]

    def klar(self, allt_dolt):
        """The whole text; `allt_dolt` is the one sentence to say when nothing at all can be said."""
        if not self.meningar:
            return allt_dolt
        dolda = self.dolda + ["som var kvinnor och män"] * (self.kon_dolda and not self.kon_visade)
        if dolda:
            self.skriv(f"Hur många {uppraknat(dolda)} visas inte, {SKAL}.")
        if self.kon_dolda and self.kon_visade:
            self.skriv("Kvinnor och män nämns bara där det går att visa." if dolda else
                       f"Kvinnor och män nämns bara där det går att visa, {SKAL}.")  # fmt: skip
        return " ".join(self.meningar)


def _lista(delar):
    return uppraknat([f"{antal} {ord_}" for antal, ord_ in delar])


def _tog_emot(text, celler, nar, namn):
    antal = celler["P3"]["T"]
    if not syns(antal):
        text.dolj(f"som {namn} har tagit emot{'' if syns(celler['P4']['T']) else f' under {nar}'}")
        return ""
    if not antal:
        return f"Under {nar} har {namn} inte tagit emot någon ny deltagare."
    inledning = f"Under {nar} har {namn} tagit emot {antal} deltagare"
    delar = text.uppdelat(celler["P3"])
    if not delar:
        return f"{inledning}."
    if antal == 1:
        return f"{inledning}, {_en(delar[0][1])}."
    return f"{inledning}, {f'varav {_lista(delar)}' if len(delar) > 1 else f'alla {delar[0][1]}'}."


def _en(ord_):
    return ord_ if ord_.startswith("med ") else f"en {ord_}"


def _avslutade(text, celler, nar):
    antal, neutrala = celler["P4"]["T"], celler["P6"]["T"]
    if not syns(antal):
        text.dolj("som har avslutat insatsen")
        return ""
    vilka = f"{antal} deltagare" if antal else "ingen deltagare"
    if syns(celler["P3"]["T"]):
        mening = f"{vilka[0].upper()}{vilka[1:]} har avslutat insatsen"
    else:  # nothing has said the period yet
        mening = f"Under {nar} har {vilka} avslutat insatsen"
    if not antal:
        return f"{mening}."
    mening += f"{text.parentes(celler['P4'])}."
    if not syns(neutrala):
        text.dolj("som har flyttat eller avlidit")
    elif neutrala:
        mening += f" {neutrala} av dem har flyttat eller avlidit och räknas inte med i resten."
    return mening


def _positiva(text, celler):
    av, antal = celler["P7"]["T"], celler["X1"]["T"]
    if av == 0:
        return ""
    if not syns(antal):
        text.dolj("som har gått till positiva avslut")
        return ""
    # "Av dessa" needs somebody to point at.
    dessa = syns(celler["P4"]["T"])
    if not antal:
        return f"Ingen{' av dessa' * dessa} har gått till ett positivt avslut."
    vart = "ett positivt avslut" if antal == 1 else "positiva avslut"
    inledning = f"Av dessa har {antal} gått" if dessa else f"{antal} har gått"
    return f"{inledning} till {vart}{text.parentes(celler['X1'])}."


def _arbete(text, celler):
    positiva, antal = celler["X1"]["T"], celler["X2"]["T"]
    if positiva == 0 or celler["P7"]["T"] == 0:
        return ""
    if not syns(antal):
        text.dolj("som har gått till arbete, studier eller jobbsökande")
        return ""
    if not antal:
        return "Ingen har gått till arbete, studier eller jobbsökande."
    return f"{antal} har gått till arbete, studier eller jobbsökande{text.parentes(celler['X2'])}."


def _halsa(text, celler):
    av, antal = celler["H1"]["T"], celler["H2"]["T"]
    if av == 0:
        return "" if celler["P7"]["T"] == 0 else "Uppgift om hälsa både vid start och avslut saknas."
    if not syns(antal):
        text.dolj("som mår bättre")
        return f"{av} skattade sin hälsa både vid start och avslut." if syns(av) else ""
    if not syns(av):
        vilka = f"{antal} mår" if antal else "Ingen mår"
        return f"{vilka} bättre, av dem som skattade sin hälsa både vid start och avslut{text.parentes(celler['H2'])}."
    if av == 1:
        mar = f"mår bättre{text.parentes(celler['H2'])}" if antal else "mår inte bättre"
        return f"Den enda som skattade sin hälsa både vid start och avslut {mar}."
    mar = f"{antal} bättre{text.parentes(celler['H2'])}" if antal else "ingen bättre"
    return f"Av de {av} som skattade sin hälsa både vid start och avslut mår {mar}."
