"""The value of a document as templates draw it: with the level of each heading and a name for each table."""

import itertools

UNDER = 3  # the level of what stands under an insats or a goal, where a chapter's own headings are 2


def kapitlen(varden: dict, niva: int) -> list[dict]:
    """The chapters; `niva` is the level of headings right under the chapter's: 2 on paper, 3 on the page."""
    nummer = itertools.count(1)
    return [ett | {"delar": _delar(ett["delar"], niva - 2, nummer)} for ett in varden["kapitel"]]


def _delar(delar, mer, nummer):
    return [_del(del_, mer, nummer) for del_ in delar]


def _del(del_, mer, nummer):
    ut = del_ | {"h": mer + (UNDER if del_["typ"] == "avsnitt" else del_.get("niva", 2))}
    if "delar" in del_:
        ut["delar"] = _delar(del_["delar"], mer, nummer)
    if del_["typ"] == "tabell":
        ut["ident"] = f"tabell-{next(nummer)}"
        ut["rader"] = [_rad(rad, del_["kolumner"]) for rad in del_["rader"]]
    if del_["typ"] == "fakta":
        ut["rader"] = [(etikett, rader(varde)) for etikett, varde in del_["rader"]]
    return ut


def _rad(rad, kolumner):
    """The first cell is the row's heading; the others come with whether they are figures."""
    tal = (kolumn["tal"] for kolumn in kolumner[1:])
    return rad | {"forst": rad["celler"][0], "resten": list(zip(rad["celler"][1:], tal, strict=False))}


def rader(varde) -> list[str]:
    """A value of facts is a text or several lines."""
    return varde if isinstance(varde, list) else [varde]
