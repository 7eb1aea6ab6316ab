"""The written sentences of the outcome report (rapportdefinitioner.md 7.8), from its cells and nothing else.

They say *deltagare* for deltaganden (beslut.md 29).
"""

import datetime

from samordning.karna.kalender import Period

# kon: (one, many) as the sentences say it
ORD = {"K": ("kvinna", "kvinnor"), "M": ("man", "män"), "O": ("med annat eller okänt kön",) * 2}


def meningar(rapport: dict, insats: str | None = None, namn: str = "Insatserna") -> str:
    """The sentences about one insats (its slug), or about all together. `namn` is how the text names it."""
    celler = (rapport["per_insats"][insats] if insats else rapport)["celler"]
    delar = [
        _tog_emot(celler, _nar(rapport["period"]), namn),
        _avslutade(celler),
        _positiva(celler),
        _arbete(celler),
        _halsa(celler),
    ]
    return " ".join(filter(None, delar))


def _nar(period):
    return f"Under {_period(period)}"


def _period(period):
    """2023, första halvåret 2024, or the two dates in words."""
    p = Period(*map(datetime.date.fromisoformat, period))
    if p.namn[0].isdigit() and not p.ar_kalenderar:
        return f"perioden {p.namn}"
    return p.namn


def _uppdelat(cell):
    """[(count, "kvinnor")] of the sexes that have anybody, women first."""
    return [(cell[kon], ORD[kon][cell[kon] != 1]) for kon in ("K", "M", "O") if cell[kon]]


def _lista(delar):
    text = [f"{antal} {ord_}" for antal, ord_ in delar]
    return text[0] if len(text) == 1 else f"{', '.join(text[:-1])} och {text[-1]}"


def _parentes(cell):
    """ " (7 kvinnor och 3 män)"; when all are of one sex " (alla kvinnor)", and for one person " (en kvinna)"."""
    delar = _uppdelat(cell)
    if len(delar) > 1:
        return f" ({_lista(delar)})"
    ((antal, ord_),) = delar
    return f" ({'1' if antal == 1 else 'alla'} {ord_})"


def _tog_emot(celler, nar, namn):
    antal = celler["P3"]["T"]
    if not antal:
        return f"{nar} har {namn} inte tagit emot någon ny deltagare."
    delar = _uppdelat(celler["P3"])
    if antal == 1:
        return f"{nar} har {namn} tagit emot 1 deltagare, {_en(delar[0][1])}."
    vilka = f"varav {_lista(delar)}" if len(delar) > 1 else f"alla {delar[0][1]}"
    return f"{nar} har {namn} tagit emot {antal} deltagare, {vilka}."


def _en(ord_):
    return ord_ if ord_.startswith("med ") else f"en {ord_}"


def _avslutade(celler):
    antal = celler["P4"]["T"]
    if not antal:
        return "Ingen deltagare har avslutat insatsen."
    text = f"{antal} deltagare har avslutat insatsen{_parentes(celler['P4'])}."
    if neutrala := celler["P6"]["T"]:
        text += f" {neutrala} av dem har flyttat eller avlidit och räknas inte med i resten."
    return text


def _positiva(celler):
    if not celler["P7"]["T"]:
        return ""
    antal = celler["X1"]["T"]
    if not antal:
        return "Ingen av dessa har gått till ett positivt avslut."
    if antal == 1:
        return f"Av dessa har 1 gått till ett positivt avslut{_parentes(celler['X1'])}."
    return f"Av dessa har {antal} gått till positiva avslut{_parentes(celler['X1'])}."


def _arbete(celler):
    if not celler["X1"]["T"]:
        return ""
    antal = celler["X2"]["T"]
    if not antal:
        return "Ingen har gått till arbete, studier eller jobbsökande."
    return f"{antal} har gått till arbete, studier eller jobbsökande{_parentes(celler['X2'])}."


def _halsa(celler):
    av = celler["H1"]["T"]
    if not av:
        return "Uppgift om hälsa både vid start och avslut saknas." if celler["P7"]["T"] else ""
    antal = celler["H2"]["T"]
    if not antal:
        return (
            f"Av de {av} som skattade sin hälsa både vid start och avslut mår ingen bättre."
            if av > 1
            else ("Den enda som skattade sin hälsa både vid start och avslut mår inte bättre.")
        )
    if av == 1:
        return f"Den enda som skattade sin hälsa både vid start och avslut mår bättre{_parentes(celler['H2'])}."
    return f"Av de {av} som skattade sin hälsa både vid start och avslut mår {antal} bättre{_parentes(celler['H2'])}."
